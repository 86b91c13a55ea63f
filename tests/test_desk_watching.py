"""Watching: feeds polled politely, looks logged where somebody really looked, alerts told once."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.misbehaving import MISBEHAVING
from tests.north import north
from tests.web_stub import OTHER, PUBLIC, Net, Site, saying, send, serving

from tocsin.cli import cli
from tocsin.desk import Desk, Means, Round, watch
from tocsin.desk.feeds import due
from tocsin.desk.workers import Workers
from tocsin.model.feed import Feed
from tocsin.model.log import DeliveryState, Fetched

pytestmark = pytest.mark.usefixtures("few_draws")

NOW = datetime(2022, 12, 20, 12)  # noqa: DTZ001 - the store's moments are UTC without a zone
TODAY = NOW.date()
HOUR = timedelta(hours=1)

SETTINGS = """
[[feeds]]
id = "weekly"
url = "http://weekly.example/feed"
every = "30 minutes"
source = "weekly"
covers = ["strike-groups", "north/drills", "elsewhere/relocation"]
coverage = "partly"

[[channels]]
id = "log"
file = "alerts.jsonl"
"""
ALERTS = """
[[alerts]]
on = ["critical_seen", "indicator_turned", "feed_silent"]
to = ["log"]
"""
QUIET = "The river is high and the ferry is late, the harbour master said."
SEEN = "According to the General Staff, Russian forces are forming a strike group near Mazyr in Belarus."
DENIED = "According to the General Staff, the formation of a strike group in Belarus has not been recorded."


def feed(*entries: tuple[str, str], day: str = "Tue, 20 Dec 2022 08:00:00 GMT") -> bytes:
    """A feed of entries: a name, which is part of the address, and the words."""
    items = "".join(
        f"<item><title>Item {name}</title><link>http://weekly.example/{name}</link><guid>{name}</guid>"
        f"<pubDate>{day}</pubDate><description>{words}</description></item>"
        for name, words in entries
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Kyiv Weekly</title>{items}</channel></rss>'.encode()
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return north(tmp_path, more=ALERTS, settings=SETTINGS)


def settle(desk: Desk, old: str, new: str, file: str = "tocsin.toml") -> None:
    """Change a declaration of the desk."""
    path = desk.path / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def at(desk: Desk, net: Net, *, after: timedelta = timedelta(), naps: list[float] | None = None) -> Round:
    means = Means(workers=0, network=net, sleep=(naps if naps is not None else []).append)
    return watch(desk, now=NOW + after, means=means)


def web(site: Site) -> Net:
    return Net({"weekly.example": [[PUBLIC]]}, {PUBLIC: site.port})


def looks(desk: Desk) -> list[tuple[str, str, date, bool]]:
    return [(one.indicator, one.who, one.day, one.found) for one in desk.store.looks("north")]


def test_what_a_feed_brings_is_taken_in_once_and_each_day_it_is_read_is_one_look(desk: Desk) -> None:
    with serving(saying(feed(("a", QUIET), ("b", QUIET + " Again.")))) as site:
        rounds = [at(desk, web(site), after=n * HOUR) for n in (0, 1, 24)]
    reports = desk.store.reports()

    assert [(one.polls[0].new, one.polls[0].known) for one in rounds] == [(2, 0), (0, 2), (0, 2)]
    assert {report.outlet for report in reports.values()} == {"weekly"}
    assert {report.published.latest for report in reports.values() if report.published} == {TODAY}
    assert looks(desk) == [
        (name, "feed weekly", day, False)
        for day in (TODAY, TODAY + timedelta(days=1))
        for name in ("drills", "strike-groups")
    ]


def test_a_feed_that_is_not_due_is_left_alone_and_one_that_has_nothing_new_says_so_in_few_words(desk: Desk) -> None:
    def reply(handler: BaseHTTPRequestHandler, _: Site) -> None:
        if handler.headers.get("If-None-Match") == '"v1"':
            send(handler, status=304, ETag='"v1"')
        else:
            send(handler, feed(("a", QUIET)), ETag='"v1"', Last_Modified="Tue, 20 Dec 2022 08:00:00 GMT")

    with serving(reply) as site:
        rounds = [at(desk, web(site), after=timedelta(minutes=n)) for n in (0, 10, 29, 30, 60)]

    assert [len(one.polls) for one in rounds] == [1, 0, 0, 1, 1]
    assert rounds[0].again == NOW + timedelta(minutes=30)
    assert [head.get("if-none-match") for head in site.heads] == [None, '"v1"', '"v1"']
    assert site.heads[1]["if-modified-since"] == "Tue, 20 Dec 2022 08:00:00 GMT"
    assert site.heads[0]["user-agent"].startswith("Tocsin/")
    assert [one.status for one in desk.store.fetches("weekly")] == [200, 304, 304]
    assert len(looks(desk)) == 2


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (b"", 503, "status 503"),
        (b"", 404, "status 404"),
        (b"<html><body>Please sign in to this network.</body></html>", 200, "no feed"),
        (b"", 200, "no feed"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel>', 200, "cannot be read"),
        (feed(("a", "")).replace(b"<title>Item a</title>", b""), 200, "cannot be read"),
        (feed(("a", QUIET)).replace(b"?>", b'?><!DOCTYPE r [<!ENTITY x "y">]>', 1), 200, r"no feed|cannot be read"),
        (
            feed(("a", "Две колонны техники вышли к границе, сообщил представитель штаба вечером.")),
            200,
            "not understood",
        ),
    ],
)
def test_a_feed_that_was_not_read_to_the_end_is_no_look(desk: Desk, body: bytes, status: int, told: str) -> None:
    with serving(saying(body, status=status, ETag='"v1"')) as site:
        found = at(desk, web(site))
        at(desk, web(site), after=4 * HOUR)

    assert found.failed
    assert len(found.polls) == 1
    assert found.polls[0].error is not None
    assert _found(told, found.polls[0].error)
    assert looks(desk) == []
    assert all("if-none-match" not in head for head in site.heads)  # it is asked for the whole again
    lines = desk.assess("north", as_of=TODAY, now=NOW).assessment.indicators
    assert {line.status.value for line in lines} == {"not_covered"}


def _found(pattern: str, text: str) -> bool:
    return any(part in text for part in pattern.split("|"))


def test_a_sighting_is_no_look_that_found_nothing(desk: Desk) -> None:
    with serving(saying(feed(("a", QUIET)))) as site:
        at(desk, web(site))
    with serving(saying(feed(("a", QUIET), ("b", SEEN)), ETag='"v1"')) as site:
        at(desk, web(site), after=HOUR)
    day = TODAY + timedelta(days=5)
    logged = desk.linkage(as_of=day).problem.looks

    with serving(saying(b"", status=304)) as site:
        at(desk, web(site), after=2 * HOUR)
    assert [one for one in looks(desk) if one[0] == "strike-groups"] == [
        ("strike-groups", "feed weekly", TODAY, False),
        ("strike-groups", "feed weekly", TODAY, True),
    ]
    [line] = [
        one
        for one in desk.collection.lookouts(as_of=TODAY)
        if one.who == "feed weekly" and one.indicator == "strike-groups"
    ]
    assert line.found
    assert {(look.indicator, look.coverage) for look in logged} == {("drills", 0.3)}


def test_looks_that_found_nothing_speak_against_it_and_only_once_they_were_written_down(desk: Desk) -> None:
    later = TODAY + timedelta(days=10)
    before = desk.assess(as_of=later, now=NOW).assessment
    with serving(saying(feed(("a", QUIET)))) as site:
        for n in range(8):
            at(desk, web(site), after=timedelta(days=n))
    after = desk.assess(as_of=later, now=NOW).assessment
    then = desk.assess(as_of=later, known_by=TODAY - timedelta(days=1), now=NOW).assessment

    assert after.answer.probability < before.answer.probability
    assert then.answer == before.answer
    assert (before.digests.looks, then.digests.looks) == ("", "")
    assert after.digests.looks
    [told] = [line for line in after.indicators if line.id == "strike-groups"]
    assert (told.status.value, told.last_look) == ("not_seen", TODAY + timedelta(days=7))
    [replayed] = desk.history.replay(days=[later], now=NOW)
    [unknown] = desk.history.replay(days=[TODAY + timedelta(days=1)], as_known=True, now=NOW)
    assert replayed.assessment.answer == after.answer
    assert [look.first for look in unknown.problem.looks if look.indicator == "drills"] == [
        TODAY,
        TODAY + timedelta(days=1),
    ]


def test_a_feed_that_brings_nothing_new_for_too_long_is_no_look_any_more_and_is_told(desk: Desk) -> None:
    settle(desk, 'coverage = "partly"', 'coverage = "partly"\nsilent_after = "2 days"')
    with serving(saying(feed(("a", QUIET)))) as site:
        rounds = [at(desk, web(site), after=timedelta(days=n)) for n in (0, 1, 2, 3, 4)]

    assert max(day for _, _, day, _ in looks(desk)) == TODAY + timedelta(days=2)
    assert [len(one.sent) for one in rounds] == [0, 0, 0, 1, 0]
    assert "brought nothing new since 2022-12-20" in rounds[3].sent[0].reason


def test_a_dead_feed_is_told_once_and_again_after_it_came_back(desk: Desk) -> None:
    dead = Net({"weekly.example": [[PUBLIC]]}, {})
    with serving(saying(feed(("a", QUIET)))) as site:
        at(desk, web(site))
        told = [len(at(desk, dead, after=timedelta(days=n)).sent) for n in (1, 2, 3, 4)]
        at(desk, web(site), after=timedelta(days=6))
        told_again = [len(at(desk, dead, after=timedelta(days=n)).sent) for n in (7, 8, 9)]

    assert (told, told_again) == ([0, 1, 0, 0], [0, 1, 0])
    assert "has not answered since 2022-12-20 12:00" in alerts(desk)[0]["reason"]


def alerts(desk: Desk) -> list[dict[str, str]]:
    return [json.loads(line) for line in (desk.path / "alerts.jsonl").read_text(encoding="utf-8").splitlines()]


def poll(hours: float, status: int | None, until: float | None = None) -> Fetched:
    moment = NOW + timedelta(hours=hours)
    return Fetched(
        feed="f", at=moment, status=status, until=NOW + timedelta(hours=until) if until is not None else None
    )


@pytest.mark.parametrize(
    ("polls", "least", "most"),
    [
        ([poll(0, 200)], 0.5, 0.5),
        ([poll(0, 304)], 0.5, 0.5),
        ([poll(0, None)], 1.0, 1.25),
        ([poll(-1, None), poll(0, 503)], 2.0, 2.5),
        ([poll(-9, 500), poll(-8, 200), poll(0, 500)], 1.0, 1.25),
        ([poll(n - 40, None) for n in range(41)], 24.0, 30.0),
        ([poll(0, 429, until=5)], 5.0, 5.0),
        ([poll(0, 429, until=0.1)], 1.0, 1.25),
        ([poll(0, 200, until=7)], 7.0, 7.0),
    ],
)
def test_after_errors_a_feed_is_asked_ever_more_seldom_and_never_before_its_server_wants(
    polls: Sequence[Fetched], least: float, most: float
) -> None:
    waits = [(due(Feed(id=name, url="", every=1 / 48), polls) - NOW) / HOUR for name in ("a", "b", "c")]

    assert all(least <= wait <= most for wait in waits)
    assert len({round(wait, 6) for wait in waits}) == (1 if least == most else 3)


@pytest.mark.parametrize(
    ("wanted", "hours"),
    [
        ("7200", 2.0),
        ("Tue, 20 Dec 2022 15:00:00 GMT", 3.0),
        ("Tue, 20 Dec 2022 17:00:00 +0200", 3.0),
        ("99999999999999999999", 168.0),
        ("Tue, 20 Dec 2022 09:00:00 GMT", None),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_a_server_that_wants_us_to_wait_is_obeyed_across_restarts(desk: Desk, wanted: str, hours: float | None) -> None:
    with serving(saying(b"", status=429, Retry_After=wanted)) as site:
        found = at(desk, web(site))
    [kept] = desk.store.fetches("weekly")

    assert kept.until == (NOW + timedelta(hours=hours) if hours else None)
    assert found.again >= (kept.until or NOW + HOUR)


def test_pages_behind_new_entries_are_fetched_slowly_and_only_where_their_site_lets_us(desk: Desk) -> None:
    settle(desk, 'coverage = "partly"', "pages = true")
    page = f"<html><head><title>Whole</title></head><body><p>{DENIED} {QUIET} {QUIET}</p></body></html>".encode()
    naps: list[float] = []

    def reply(handler: BaseHTTPRequestHandler, _: Site) -> None:
        if handler.path == "/robots.txt":
            send(handler, b"User-agent: *\nDisallow: /b\nCrawl-delay: 3\n")
        elif handler.path == "/feed":
            send(handler, feed(("a", QUIET), ("b", QUIET + " B."), ("c", QUIET + " C.")))
        else:
            send(handler, page + handler.path.encode(), Content_Type="text/html")

    with serving(reply) as site:
        first = at(desk, web(site), naps=naps)
        at(desk, web(site), after=HOUR, naps=naps)

    assert site.paths == ["/feed", "/robots.txt", "/a", "/c", "/feed"]
    assert naps == [3.0]
    assert first.polls[0].new == 5
    assert [fault for fault in first.faults if "/b: its site lets no program read it" in fault]
    urls = {report.url for report in desk.store.reports().values()}
    assert {"http://weekly.example/a", "http://weekly.example/b", "http://weekly.example/c"} == urls


def test_a_poisoned_feed_leads_nowhere_inside(desk: Desk) -> None:
    settle(desk, 'coverage = "partly"', "pages = true")
    inside = feed(("x", QUIET)).replace(b"http://weekly.example/x", b"http://127.0.0.1/admin")
    with serving(saying(inside)) as site:
        net = web(site)
        found = at(desk, net)

    assert {address for address, _ in net.connected} == {PUBLIC}
    assert any("this machine" in fault or "lets no program" in fault for fault in found.faults)


def test_one_alert_goes_once_through_each_channel_with_reason_and_claims(desk: Desk) -> None:
    settle(desk, 'to = ["log"]', 'to = ["log", "second", "log"]', "problems/north.toml")
    settle(desk, "[[channels]]", '[[channels]]\nid = "second"\nfile = "second.jsonl"\n\n[[channels]]')
    with serving(saying(feed(("a", DENIED)))) as site:
        calm = at(desk, web(site))
    with serving(saying(feed(("a", DENIED), ("b", SEEN)))) as site:
        rounds = [at(desk, web(site), after=n * HOUR) for n in (1, 2, 3)]
    claims = desk.linkage(as_of=TODAY).claims

    assert calm.sent == ()
    assert [len(one.sent) for one in rounds] == [4, 0, 0]
    assert [one["rule"] for one in alerts(desk)] == ["indicator_turned", "critical_seen"] or [
        one["rule"] for one in alerts(desk)
    ] == ["critical_seen", "indicator_turned"]
    for one in alerts(desk):
        assert "strike-groups" in one["reason"]
        assert one["claims"]
        assert set(one["claims"]) <= set(claims)
        assert "Mazyr" not in json.dumps(one)  # no word of a report leaves
    assert {one.state.value for one in desk.deliveries() if one.attempts == 2} == {"sent"}


def test_what_failed_is_sent_the_next_time_and_what_is_under_way_is_left_to_who_sends_it(desk: Desk) -> None:
    (desk.path / "alerts.jsonl").mkdir()
    with serving(saying(feed(("b", SEEN)))) as site:
        failing = at(desk, web(site))
        assert at(desk, web(site), after=timedelta(minutes=1)).sent == ()  # not at once
        again = at(desk, web(site), after=HOUR)
        (desk.path / "alerts.jsonl").rmdir()
        mended = at(desk, web(site), after=2 * HOUR)
        later = at(desk, web(site), after=3 * HOUR)

    assert [one.error is None for one in failing.sent] == [False]
    assert [one.error is None for one in again.sent] == [False]
    assert [one.error is None for one in mended.sent] == [True]
    assert later.sent == ()
    assert len(alerts(desk)) == 1
    assert [(one.state.value, one.attempts) for one in desk.deliveries()] == [
        ("pending", 0), ("begun", 1), ("failed", 2), ("begun", 3), ("failed", 4), ("begun", 5), ("sent", 6),
    ]  # fmt: skip


def test_an_attempt_that_was_broken_off_is_made_again_and_one_that_is_under_way_is_not(desk: Desk) -> None:
    with serving(saying(feed(("b", SEEN)))) as site:
        at(desk, web(site))
    [_, _, last] = desk.deliveries()
    desk.store.deliver(replace(last, state=DeliveryState.BEGUN, attempts=3, at=NOW + HOUR))
    dead = Net({}, {})
    soon = at(desk, dead, after=HOUR + timedelta(minutes=10))
    later = at(desk, dead, after=HOUR + timedelta(minutes=20))

    assert (len(soon.sent), len(later.sent)) == (0, 1)
    assert len(alerts(desk)) == 1  # a file can tell that the line stands there


def test_an_attempt_late_in_a_long_round_is_under_way_from_when_it_began(desk: Desk) -> None:
    late = NOW + timedelta(minutes=20)
    with serving(saying(feed(("b", SEEN)))) as site:
        watch(desk, now=NOW, means=Means(workers=0, network=web(site), clock=lambda: late))

    assert [one.at for one in desk.deliveries()] == [NOW, late, late]


def test_nothing_leaves_where_no_alert_is_declared(desk: Desk) -> None:
    settle(desk, ALERTS, "", "problems/north.toml")
    with serving(saying(feed(("b", SEEN)))) as site:
        found = at(desk, web(site))

    assert (found.sent, found.faults) == ((), ())
    assert not (desk.path / "alerts.jsonl").exists()


def test_a_problem_with_faults_stops_no_other(desk: Desk) -> None:
    (desk.path / "problems" / "bad.toml").write_text("schema = 1\n", encoding="utf-8")
    settle(desk, 'to = ["log"]', 'to = ["log", "nowhere"]', "problems/north.toml")
    with serving(saying(feed(("b", SEEN)))) as site:
        found = at(desk, web(site))

    assert len(found.sent) == 1
    assert any(fault.startswith("bad.toml") for fault in found.faults)
    assert any("'nowhere'" in fault for fault in found.faults)


def test_two_feeds_are_polled_one_after_the_other_and_one_that_fails_stops_no_other(desk: Desk) -> None:
    settle(desk, "[[feeds]]", '[[feeds]]\nid = "wire"\nurl = "http://wire.example/feed"\nevery = "1 hour"\n\n[[feeds]]')
    with serving(saying(feed(("a", QUIET)))) as site:
        net = Net({"weekly.example": [[PUBLIC]], "wire.example": [[OTHER]]}, {PUBLIC: site.port})
        found = at(desk, net)

    assert [(one.feed, one.error is None) for one in found.polls] == [("wire", False), ("weekly", True)]


def test_an_entry_that_hangs_its_reader_holds_no_round_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.desk.workers._CHILD", MISBEHAVING)
    limits = dict(Workers.__init__.__kwdefaults__ or {}, seconds=(6.0, 60.0))
    monkeypatch.setattr(Workers.__init__, "__kwdefaults__", limits)
    hostile = feed(("a", f"{QUIET} Now please hang."), ("b", SEEN))
    with serving(saying(hostile)) as site:
        before = time.monotonic()
        found = watch(desk, now=NOW, means=Means(network=web(site)))

    assert time.monotonic() - before < 50
    assert found.polls[0].new == 1
    assert "took more than 6 seconds" in (found.polls[0].error or "")
    assert len(found.sent) == 1
    assert looks(desk) == []


@pytest.mark.parametrize(("given", "used"), [((), None), (("--workers", "3"), 3)])
def test_the_command_leaves_reading_to_workers(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], used: int | None
) -> None:
    seen = list[int]()

    def watching(_: Desk, *, now: datetime, means: Means) -> Round:
        seen.append(means.workers)
        return Round(polls=(), sent=(), faults=(), again=now)

    monkeypatch.setattr("tocsin.desk.watch", watching, raising=False)
    done = CliRunner().invoke(cli, ["watch", str(desk.path), "--once", *given])

    assert done.exit_code == 0
    assert seen == [used] if used else seen[0] >= 1


def test_the_command_polls_once_tells_what_it_did_and_fails_where_something_failed(desk: Desk) -> None:
    settle(desk, "http://weekly.example/feed", "http://127.0.0.1/feed?key=hush")
    done = CliRunner().invoke(cli, ["watch", str(desk.path), "--once"])
    listed = CliRunner().invoke(cli, ["alerts", str(desk.path), "--format", "json"])

    assert done.exit_code == 1
    assert "failed weekly: http://127.0.0.1/feed: refused" in done.stderr
    assert "hush" not in done.output
    assert json.loads(listed.stdout) == []
