"""Fetching reaches the public internet and what the user permits by name, and nothing else, whatever a server says."""

from __future__ import annotations

import gzip
import ipaddress
import shutil
import ssl
import subprocess
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from tests.web_stub import OTHER, PUBLIC, Net, Reply, Site, saying, send, sending_on, serving

from tocsin.errors import FetchError, UsageError
from tocsin.fetch import Limits, Policy, Robots, get, permit, post, target
from tocsin.fetch.address import refusal

QUICK = Limits(connect=1.0, read=0.5, total=1.0, size=100_000)


def policy(net: Net, *allow: str, limits: Limits = QUICK) -> Policy:
    return Policy(network=net, permits=tuple(permit(one) for one in allow), limits=limits, agent="Tocsin/test")


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("127.0.0.1", "this machine"),
        ("127.8.9.1", "this machine"),
        ("::1", "this machine"),
        ("0.0.0.0", "no address"),  # noqa: S104 - refused, not bound
        ("0.1.2.3", "no address"),
        ("::", "no address"),
        ("10.0.0.1", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.178.1", "private"),
        ("fd12:3456::1", "private"),
        ("fec0::1", "private"),
        ("169.254.7.7", "link-local"),
        ("fe80::1", "link-local"),
        ("169.254.169.254", "metadata"),
        ("168.63.129.16", "metadata"),
        ("100.100.100.200", "metadata"),
        ("fd00:ec2::254", "metadata"),
        ("100.64.0.1", "carrier"),
        ("100.127.255.255", "carrier"),
        ("64:ff9b:1::1", "carrier"),
        ("224.0.0.1", "multicast"),
        ("ff02::1", "multicast"),
        ("255.255.255.255", "broadcast"),
        ("240.0.0.1", "reserved"),
        ("192.0.2.7", "reserved"),
        ("198.18.0.1", "reserved"),
        ("198.51.100.1", "reserved"),
        ("203.0.113.9", "reserved"),
        ("192.0.0.8", "reserved"),
        ("2001:db8::1", "reserved"),
        ("3fff::1", "reserved"),
        ("100::1", "reserved"),
        ("4000::1", "reserved"),
        ("::ffff:127.0.0.1", "this machine"),
        ("::ffff:10.0.0.1", "private"),
        ("::ffff:169.254.169.254", "metadata"),
        ("::127.0.0.1", "this machine"),
        ("64:ff9b::192.168.0.1", "private"),
        ("64:ff9b::169.254.169.254", "metadata"),
        ("2002:7f00:1::", "this machine"),
        ("2002:c0a8:1::1", "private"),
        ("2002:808:808::1", "tunnel"),
        ("2001:0:4136:e378:8000:63bf:f5ff:fffe", "private"),  # Teredo, behind it 10.0.0.1
        ("2001:0:808:808::f7f7:f7f7", "tunnel"),
        ("2a00:1450::5efe:10.1.2.3", "private"),  # ISATAP
        ("2a00:1450:4001:830::200e", None),
        ("64:ff9b::8.8.8.8", None),
        ("::ffff:8.8.8.8", None),
        ("8.8.8.8", None),
        ("172.32.0.1", None),
        ("100.128.0.1", None),
        ("192.0.1.1", None),
    ],
)
def test_an_address_is_judged_by_what_it_is_and_by_what_it_carries(address: str, what: str | None) -> None:
    found = refusal(ipaddress.ip_address(address))

    assert (found is None) if what is None else (found is not None and what in found)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://example.org/x", "scheme"),
        ("file:///etc/hostname", "scheme"),
        ("gopher://example.org:70/_x", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("//example.org/x", "scheme"),
        ("example.org", "scheme"),
        ("", "scheme"),
        ("http://user:pass@example.org/", "password"),
        ("http://user@example.org/", "password"),
        ("http://example.org@127.0.0.1/", "password"),
        ("http://@example.org/", "password"),
        ("http:///x", "no name"),
        ("http://exa mple.org/", "no name"),
        ("http://example..org/", "no name"),
        ("http://-example.org/", "no name"),
        ("http://example.org\\@127.0.0.1/", "character"),
        ("http://example.org/\r\nHost: x", "character"),
        ("http://example.org/\x00", "character"),
        ("http://example.org:99999/", "ort"),
        ("http://example.org:port/", "ort"),
        ("http://2130706433/", "unusual"),
        ("http://0x7f000001/", "unusual"),
        ("http://0177.0.0.1/", "unusual"),
        ("http://127.1/", "unusual"),
        ("http://1.2.3.4.5/", "unusual"),
        ("http://[::1%25eth0]/", "no address"),
        ("http://[::1/", "IPv6"),
        ("http://[v1.x]/", "no address"),
        ("http://" + "a" * 70 + ".org/", "no name"),
        ("http://example.org/" + "a" * 2000, "longer"),
    ],
)
def test_what_cannot_be_read_in_one_way_only_is_refused_before_anything_is_looked_up(url: str, told: str) -> None:
    net = Net({}, {})
    with pytest.raises(FetchError, match=told) as error:
        get(url, policy=policy(net))

    assert error.value.refused
    assert "pass" not in str(error.value) or told == "password"
    assert (net.resolved, net.connected) == ([], [])


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("http://EXAMPLE.org", "http://example.org/"),
        ("https://example.org.:443/a?b=c#d", "https://example.org/a?b=c"),
        ("http://bücher.example/é?ü=1", "http://xn--bcher-kva.example/%C3%A9?%C3%BC=1"),
        ("http://[2A00:0:0::1]:80/", "http://[2a00::1]/"),
        ("http://127。0。0。1/", "http://127.0.0.1/"),
        ("http://example.org:8080/%41%", "http://example.org:8080/%41%"),
    ],
)
def test_an_address_has_one_spelling(url: str, meant: str) -> None:
    assert target(url).url == meant
    assert target(meant).url == meant


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://127。0。0。1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://0.0.0.0/",
        "http://inside.example/",
        "http://mixed.example/",
        "http://mapped.example/",
        "https://inside.example/",
        "http://outside.example:22/",
        "http://outside.example:8080/",
        f"http://{PUBLIC}:6379/",
    ],
)
def test_no_connection_is_made_to_a_refused_place(url: str) -> None:
    names = {
        "inside.example": [["192.168.0.7"]],
        "mixed.example": [[PUBLIC, "127.0.0.1"]],  # one bad address spoils the name
        "mapped.example": [["::ffff:10.0.0.1"]],
        "outside.example": [[PUBLIC]],
    }
    net = Net(names, {})
    with pytest.raises(FetchError, match=r"refused, for it leads to|none of the usual ones") as error:
        get(url, policy=policy(net))

    assert error.value.refused
    assert net.connected == []


def test_the_connection_goes_to_the_address_that_was_checked_whatever_the_name_leads_to_later() -> None:
    with serving(saying(b"hello")) as site:
        net = Net({"turning.example": [[PUBLIC], ["127.0.0.1"]]}, {PUBLIC: site.port, "127.0.0.1": site.port})
        found = get("http://turning.example/a?b=1", policy=policy(net))

        assert (found.data, found.address) == (b"hello", PUBLIC)
        assert net.resolved == ["turning.example"]
        assert net.connected == [(PUBLIC, 80)]
        assert site.paths == ["/a?b=1"]
        with pytest.raises(FetchError, match=r"leads to 127\.0\.0\.1: this machine"):
            get("http://turning.example/", policy=policy(net))
        assert len(site.paths) == 1


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("http://127.0.0.1/", "this machine"),
        ("http://169.254.169.254/latest/meta-data/iam", "metadata"),
        ("http://[::ffff:192.168.0.1]/", "private"),
        ("http://inside.example/", "private"),
        ("http://turning.example/again", "this machine"),
        ("//10.0.0.1/", "private"),
        ("http://turning.example:25/", "port 25"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://turning.example/", "scheme"),
        ("http://u:secret-word@turning.example/", "password"),
        ("http://2130706433/", "unusual"),
        ("", "without saying where"),
    ],
)
def test_every_redirect_is_checked_anew(to: str, told: str) -> None:
    with serving(sending_on(to)) as site:
        names = {"turning.example": [[PUBLIC], ["127.0.0.1"]], "inside.example": [["10.1.1.1"]]}
        net = Net(names, {PUBLIC: site.port, "127.0.0.1": site.port, "10.1.1.1": site.port})
        with pytest.raises(FetchError, match=told) as error:
            get("http://turning.example/", policy=policy(net))

        assert "secret-word" not in str(error.value)
        assert net.connected == [(PUBLIC, 80)]
        assert len(site.paths) == 1


def test_redirects_are_followed_five_times_and_no_more() -> None:
    def onward(handler: BaseHTTPRequestHandler, _: Site) -> None:
        step = int(handler.path.strip("/") or 0)
        if step == last:
            send(handler, b"there")
        else:
            send(handler, status=(301, 302, 303, 307, 308)[step % 5], Location=f"/{step + 1}")

    with serving(onward) as site:
        net = Net({"long.example": [[PUBLIC]]}, {PUBLIC: site.port})
        last = 5
        found = get("http://long.example/", policy=policy(net))
        last = 6
        with pytest.raises(FetchError, match="more than 5 times"):
            get("http://long.example/", policy=policy(net))

        assert (found.data, found.asked, found.url) == (b"there", "http://long.example/", "http://long.example/5")


def test_a_permit_opens_a_place_to_who_asks_for_it_by_name_and_not_to_a_stranger_who_sends_on() -> None:
    with serving(saying(b"inside")) as site, serving(sending_on("http://10.0.0.5:8080/")) as stranger:
        net = Net(
            {"feeds.home.example": [["10.0.0.5"]], "stranger.example": [[PUBLIC]], "posing.example": [["10.0.0.5"]]},
            {"10.0.0.5": site.port, PUBLIC: stranger.port},
        )
        rules = policy(net, "10.0.0.0/24", "10.0.0.5:8080", "feeds.home.example:8080")

        assert get("http://10.0.0.5:8080/", policy=rules).data == b"inside"
        assert get("http://10.0.0.5/", policy=rules).data == b"inside"
        assert get("http://feeds.home.example:8080/", policy=rules).data == b"inside"
        for url in (
            "http://feeds.home.example/",
            "http://stranger.example/",
            "http://posing.example/",
            "http://10.0.1.5/",
        ):
            with pytest.raises(FetchError, match=r"private|port 8080"):
                get(url, policy=rules)


@pytest.mark.parametrize("allow", ["169.254.0.0/16", "169.254.169.254", "meta.example"])
def test_no_permit_opens_a_clouds_metadata(allow: str) -> None:
    net = Net({"meta.example": [["169.254.169.254"]]}, {})
    for url in ("http://169.254.169.254/", "http://meta.example/"):
        with pytest.raises(FetchError, match="metadata"):
            get(url, policy=policy(net, allow))
    assert net.connected == []


@pytest.mark.parametrize("text", ["", "http://x/", "a b", "10.0.0.0/99", "x:y", "x:0x50", "*", "*.example.org"])
def test_what_is_no_host_is_no_permit(text: str) -> None:
    with pytest.raises(UsageError, match="is no host to allow"):
        permit(text)


def drip(handler: BaseHTTPRequestHandler, site: Site) -> None:
    """Sends a byte now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    while not site.stop.wait(0.05):
        handler.wfile.write(b"x")


def drip_head(handler: BaseHTTPRequestHandler, site: Site) -> None:
    """Never comes to the end of its header lines."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not site.stop.wait(0.05):
        handler.wfile.write(b"y")


def silence(_: BaseHTTPRequestHandler, site: Site) -> None:
    """Says nothing at all."""
    site.stop.wait(5)


def endless(handler: BaseHTTPRequestHandler, site: Site) -> None:
    """Sends as fast as it can, for ever."""
    handler.send_response(200)
    handler.end_headers()
    while not site.stop.is_set():
        handler.wfile.write(b"x" * 65_536)


def raw(answer: bytes) -> Reply:
    def reply(handler: BaseHTTPRequestHandler, _: Site) -> None:
        handler.wfile.write(answer)
        handler.close_connection = True

    return reply


BOMB = gzip.compress(b"\x00" * 5_000_000)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (drip, "no whole answer within 1 seconds"),
        (drip_head, "no whole answer within 1 seconds"),
        (silence, r"nothing more came for 0\.5 seconds"),
        (endless, "larger than 0.1 MB"),
        (saying(b"x" * 100_001), "larger than 0.1 MB"),
        (saying(BOMB, Content_Encoding="gzip"), "larger than 0.1 MB"),
        (saying(gzip.compress(b"half of it")[:-9], Content_Encoding="gzip"), "no whole answer"),
        (saying(gzip.compress(b"a") + b"tail", Content_Encoding="gzip"), "no whole answer"),
        (saying(b"no gzip", Content_Encoding="gzip"), "no whole answer"),
        (saying(b"x", Content_Encoding="br"), "packed in a way"),
        (saying(b"x", Content_Encoding="gzip, gzip"), "packed in a way"),
        (raw(b"HTTP/1.1 200 OK\r\n" + (b"X: " + b"y" * 1000 + b"\r\n") * 80 + b"\r\n"), "header lines are longer"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"), "no whole answer"),
        (raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n"), "no whole answer"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"), "no whole answer"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"), "no whole answer"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhel"), "no whole answer"),
        (raw(b"SSH-2.0-OpenSSH_9\r\n"), "no whole answer"),
        (raw(b""), "no whole answer"),
        (saying(b"", status=404), "status 404"),
        (saying(b"", status=500), "status 500"),
        (saying(b"", status=304), "status 304"),
        (saying(b"", status=204), "status 204"),
    ],
)
def test_a_server_that_misbehaves_costs_no_more_than_the_limits(reply: Reply, told: str) -> None:
    with serving(reply) as site:
        net = Net({"bad.example": [[PUBLIC]]}, {PUBLIC: site.port})
        before = time.monotonic()
        with pytest.raises(FetchError, match=told):
            get("http://bad.example/", policy=policy(net))

        assert time.monotonic() - before < QUICK.total + 1.0


def test_what_is_sent_names_us_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")

    def cookie(handler: BaseHTTPRequestHandler, site: Site) -> None:
        if len(site.paths) == 1:
            send(handler, status=302, Location="/b", Set_Cookie="a=b", WWW_Authenticate="Basic realm=x")
        else:
            send(handler, b"text", Content_Type="Text/HTML; charset=KOI8-R", ETag='"v1"', Last_Modified="yesterday")

    with serving(cookie) as site:
        net = Net({"a.example": [[PUBLIC]]}, {PUBLIC: site.port})
        found = get("http://a.example/a", policy=policy(net))

    assert (found.media_type, found.charset, found.etag, found.modified) == ("text/html", "koi8-r", '"v1"', "yesterday")
    for head in site.heads:
        assert set(head) == {"host", "user-agent", "accept", "accept-encoding"}
        assert (head["host"], head["user-agent"]) == ("a.example", "Tocsin/test")


def test_a_server_that_has_nothing_new_is_believed_only_where_it_was_asked() -> None:
    def reply(handler: BaseHTTPRequestHandler, _: Site) -> None:
        known = handler.headers.get("If-None-Match") == '"v1"' or handler.headers.get("If-Modified-Since") == "then"
        send(handler, b"" if known else gzip.compress(b"new"), status=304 if known else 200, Content_Encoding="gzip")

    with serving(reply) as site:
        net = Net({"a.example": [[PUBLIC]]}, {PUBLIC: site.port})
        rules = policy(net)

        assert get("http://a.example/", policy=rules).data == b"new"
        assert get("http://a.example/", policy=rules, etag='"v1"').unchanged
        assert get("http://a.example/", policy=rules, modified="then").unchanged
        assert get("http://a.example/", policy=rules, etag='"v0"').data == b"new"


@pytest.mark.parametrize("mark", ["a\tb", "é", "x" * 1001])
def test_a_mark_that_could_not_be_sent_back_is_dropped(mark: str) -> None:
    with serving(raw(b"HTTP/1.1 200 OK\r\nETag: " + mark.encode() + b"\r\nContent-Length: 0\r\n\r\n")) as site:
        net = Net({"a.example": [[PUBLIC]]}, {PUBLIC: site.port})
        assert get("http://a.example/", policy=policy(net)).etag is None


def test_the_next_address_is_tried_where_nobody_answers_at_the_first() -> None:
    with serving(saying(b"second")) as site:
        net = Net({"two.example": [[OTHER, PUBLIC]]}, {PUBLIC: site.port})
        assert get("http://two.example/", policy=policy(net)).address == PUBLIC
        assert net.connected == [(OTHER, 80), (PUBLIC, 80)]
        net.ports.clear()
        with pytest.raises(FetchError, match="cannot be reached") as error:
            get("http://two.example/", policy=policy(net))
        assert not error.value.refused


def test_a_name_that_leads_nowhere_is_told_without_its_query() -> None:
    for net in (Net({}, {}), Net({"a.example": [[]]}, {})):
        with pytest.raises(FetchError, match=r"a\.example/feed") as error:
            get("http://a.example/feed?key=hush", policy=policy(net))
        assert "hush" not in str(error.value)


def test_a_post_is_sent_once_and_never_sent_on() -> None:
    with serving(saying(b"ok", status=202)) as site, serving(sending_on("http://other.example/", 307)) as elsewhere:
        names = {"hook.example": [[PUBLIC]], "other.example": [[OTHER]], "inside.example": [["127.0.0.1"]]}
        net = Net(names, {PUBLIC: site.port, OTHER: elsewhere.port, "127.0.0.1": site.port})

        assert post("http://hook.example/x", b"{}", policy=policy(net), head={"X-A": "b"}) == 202
        assert site.bodies == [b"{}"]
        assert site.heads[0]["x-a"] == "b"
        with pytest.raises(FetchError, match="sends on"):
            post("http://other.example/", b"{}", policy=policy(net), head={})
        with pytest.raises(FetchError, match="this machine"):
            post("http://inside.example/", b"{}", policy=policy(net), head={})
        assert (len(site.bodies), len(elsewhere.bodies)) == (1, 1)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for secure.example with its key, signed by nobody but itself."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl on this machine to make a certificate with")
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    made = subprocess.run(
        [
            *(program, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "2", "-subj", "/CN=secure.example", "-addext", "subjectAltName=DNS:secure.example"),
            *("-keyout", str(file), "-out", str(file.with_suffix(".crt"))),
        ],
        capture_output=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    file.write_bytes(file.read_bytes() + file.with_suffix(".crt").read_bytes())
    return file


def test_tls_asks_for_the_name_and_checks_the_certificate_at_the_address_that_was_checked(certificate: Path) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    asked: list[str | None] = []
    server.sni_callback = lambda _sock, name, _context: asked.append(name)
    trusting = ssl.create_default_context(cafile=str(certificate.with_suffix(".crt")))
    names = {"secure.example": [[PUBLIC]], "posing.example": [[PUBLIC]]}
    with serving(saying(b"sealed"), tls=server) as site:
        known = Net(names, {PUBLIC: site.port}, context=trusting)
        stranger = Net(names, {PUBLIC: site.port})

        assert get("https://secure.example/", policy=policy(known)).data == b"sealed"
        assert asked == ["secure.example"]
        assert known.connected == [(PUBLIC, 443)]
        for url, net in (("https://posing.example/", known), ("https://secure.example/", stranger)):
            with pytest.raises(FetchError, match="certificate does not hold"):
                get(url, policy=policy(net))
        assert len(site.paths) == 1


def test_no_redirect_leads_from_https_to_http(certificate: Path) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=str(certificate.with_suffix(".crt")))
    with serving(sending_on("http://secure.example/"), tls=server) as site:
        net = Net({"secure.example": [[PUBLIC]]}, {PUBLIC: site.port}, context=trusting)
        with pytest.raises(FetchError, match="from https to http"):
            get("https://secure.example/", policy=policy(net))


@pytest.mark.parametrize(
    ("rules", "status", "allowed"),
    [
        (b"", 200, {"/a", "/private/b"}),
        (b"User-agent: *\nDisallow: /private\n", 200, {"/a"}),
        (b"User-agent: tocsin\nDisallow: /\nUser-agent: *\nDisallow:\n", 200, set()),
        (b"\xff\xfe nonsense \x00", 200, {"/a", "/private/b"}),
        (b"", 404, {"/a", "/private/b"}),
        (b"", 403, {"/a", "/private/b"}),
        (b"", 429, set()),
        (b"", 503, set()),
    ],
)
def test_a_sites_rules_are_asked_once_and_kept(rules: bytes, status: int, allowed: set[str]) -> None:
    with serving(saying(rules, status=status)) as site:
        net = Net({"a.example": [[PUBLIC]]}, {PUBLIC: site.port})
        robots = Robots(policy(net))

        assert {path for path in ("/a", "/private/b") if robots.allows(f"http://a.example{path}")} == allowed
        assert site.paths == ["/robots.txt"]


def test_a_site_that_asks_for_slowness_gets_it_within_reason() -> None:
    with (
        serving(saying(b"User-agent: *\nCrawl-delay: 7\n")) as site,
        serving(saying(b"User-agent: *\nCrawl-delay: 99999\n")) as other,
    ):
        net = Net({"a.example": [[PUBLIC]], "b.example": [[OTHER]]}, {PUBLIC: site.port, OTHER: other.port})
        robots = Robots(policy(net))

        assert (robots.pause("http://a.example/"), robots.pause("http://b.example/")) == (7.0, 60.0)
