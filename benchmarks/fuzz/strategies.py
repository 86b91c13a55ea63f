"""What is fed to each reader: sound files with bytes changed, and files built from broken parts."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from benchmarks.fuzz import samples
from tocsin.read.entry import Entry

TOKENS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n\r\n", b"\n\n", b"From ", b"<", b">", b"&#0;", b"&#x10FFFF;",
    b"<![CDATA[", b"]]>",
    b"<!--", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b'"', b"'", b"{", b"}" * 50, b"[" * 200, b"\\ud800", b"1e999",
    b"-1", b"99999999999999999999", b"Content-Length: -1\r\n", b"charset=utf-7", b"charset=idna", b"=?utf-8?b?////?=",
    b"boundary=", b"--b\n", b"base64", b"PK\x01\x02", b"PK\x03\x04", b"endobj", b"stream", b"/Length 99999999", b"xref",
    b"\x1b[2J", "\u202e\u2066".encode(), b"../" * 20, b"WARC/1.0\r\n", b"HTTP/1.1 200 OK\r\n", b"chunked",
    b"\x1f\x8b\x08",
    b"<script>", b"<svg", b"<div>" * 100, b"---\n", b"published: ", b"9" * 400, b"%PDF-", b"/Kids [2 0 R]", b"/JS (x)",
)  # fmt: skip
"""Pieces that mean something to one reader or another."""

ODD = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    [
        "",
        "\x00",
        "\u202e",
        "2022-12-02",
        "Fri, 99 Dec 2022 25:61:61 +9999",
        "javascript:x",
        "9" * 5000,
        "<b>",
        "&amp;",
        "=?",
    ]
)


@dataclass(frozen=True, slots=True)
class Target:
    """One reader: the file's name, and what it is fed."""

    name: str
    broken: st.SearchStrategy[bytes]


def _edits() -> st.SearchStrategy[Sequence[tuple[int, int, int, bytes]]]:
    piece = st.sampled_from(TOKENS) | st.binary(max_size=8)
    share = st.integers(0, 10_000)
    return st.lists(st.tuples(st.integers(0, 4), share, share, piece), min_size=1, max_size=8)


def changed(data: bytes, edits: Sequence[tuple[int, int, int, bytes]]) -> bytes:
    """A file after some changes: bytes set, put in, taken out, doubled, or all that follows cut off."""
    found = bytearray(data)
    for kind, first, second, piece in edits:
        size = len(found)
        at, length = first * size // 10_000, 1 + second * min(size, 400) // 10_000
        if kind == 0:
            found[at : at + len(piece)] = piece
        elif kind == 1:
            found[at:at] = piece
        elif kind == 2:
            del found[at : at + length]
        elif kind == 3:
            found[at:at] = found[at : at + length] * 5
        else:
            del found[at:]
    return bytes(found)


def mutated(*sound: bytes) -> st.SearchStrategy[bytes]:
    """A sound file after some changes."""
    return st.builds(changed, st.sampled_from(sound), _edits())


def _json() -> st.SearchStrategy[object]:
    leaf = st.none() | st.booleans() | st.integers() | st.floats() | ODD
    return st.recursive(leaf, lambda of: st.lists(of, max_size=4) | st.dictionaries(ODD, of, max_size=4), max_leaves=12)


def _dumped(value: object) -> bytes:
    return json.dumps(value).encode("utf-8", "surrogatepass")


def _chat() -> st.SearchStrategy[bytes]:
    keys = ("id", "type", "date", "text", "from", "forwarded_from", "author")
    message = st.fixed_dictionaries({}, optional={key: ODD | _json() for key in keys})
    whole = st.fixed_dictionaries(
        {"messages": st.lists(message | _json(), max_size=4)}, optional={"name": ODD | _json()}
    )
    account = whole.map(lambda chat: {"chats": {"list": [chat]}})
    return (whole | account | _json()).map(_dumped)


def _feed() -> st.SearchStrategy[bytes]:
    names = st.sampled_from(["title", "link", "guid", "pubDate", "description", "content:encoded", "author", "source"])
    item = st.dictionaries(names, ODD, max_size=6)
    return st.builds(lambda items, title: samples.rss(*items, title=title), st.lists(item, max_size=4), ODD)


def _header() -> st.SearchStrategy[bytes]:
    keys = st.sampled_from(
        ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Date", "From", "Subject"]
    )
    values = ODD | st.sampled_from(
        [
            "multipart/mixed; boundary=b", "multipart/mixed", "text/html; charset=x", "text/plain; charset=utf-16",
            "message/rfc822", "attachment; filename*=utf-8''%00%2e%2e%2f", 'attachment; filename="=?x?q?y?="', "base64",
            "quoted-printable", "x-uuencode", "=?utf-8?q?=ff?=", "application/zip; name=a.zip",
        ]
    )  # fmt: skip
    return st.builds(lambda key, value: f"{key}: {value}\n".encode("utf-8", "replace"), keys, values)


def _mail() -> st.SearchStrategy[bytes]:
    body = st.binary(max_size=60) | st.sampled_from((b"--b\n", b"--b--\n", samples.SENTENCE.encode(), *TOKENS))
    block = st.builds(lambda head, text: b"".join(head) + b"\n" + text + b"\n", st.lists(_header(), max_size=5), body)
    return st.lists(block, min_size=1, max_size=6).map(b"--b\n".join)


def _boxed() -> st.SearchStrategy[bytes]:
    return st.lists(_mail(), min_size=1, max_size=4).map(lambda messages: samples.mailbox(*messages))


def _page() -> st.SearchStrategy[bytes]:
    tags = st.sampled_from(
        ["p", "div", "table", "td", "script", "svg", "meta", "time", "a", "br", "xx", "template", "!--"]
    )
    text = ODD.map(lambda words: f"{words} {samples.OTHER}")
    piece = st.builds(lambda tag, key, value, words: f'<{tag} {key}="{value}">{words}', tags, ODD, ODD, text)
    closed = st.builds(lambda opened, tag: f"{opened}</{tag}>", piece, tags)
    body = st.lists(piece | closed, max_size=12).map("".join)
    return st.builds(
        lambda inner, head: samples.page(
            inner.encode("utf-8", "replace").decode(), head.encode("utf-8", "replace").decode()
        ),
        body,
        body,
    )


def _archive() -> st.SearchStrategy[bytes]:
    names = ODD.filter(bool) | st.sampled_from(
        ["../../x.txt", "/etc/x", "a.zip", "b.csv", "c.eml", "d.pdf", "e.warc.gz", "f/"]
    )
    inner = st.sampled_from(tuple(samples.every().values())) | st.binary(max_size=100)
    members = st.dictionaries(names.map(lambda name: name[:60000]), inner, max_size=4)
    whole = members.map(_zipped)
    return whole | st.builds(changed, whole, _edits())


def _zipped(members: Mapping[str, bytes]) -> bytes:
    try:
        return samples.zipped(members)
    except (ValueError, UnicodeError):  # a name that no archive can hold
        return samples.zipped({"a.txt": b"A word."})


def _records() -> st.SearchStrategy[bytes]:
    body = st.sampled_from((samples.page(), samples.pdf("A page."), b"", samples.SENTENCE.encode())) | st.binary(
        max_size=80
    )
    kinds = st.sampled_from(["text/html", "application/pdf", "text/plain", "", "text/html; charset=idna", "x/y"])
    one = st.builds(
        lambda data, kind, form, length, status: samples.record(
            data, kind=kind, record_type=form, length=length, status=status
        ),
        body,
        kinds,
        st.sampled_from(["response", "resource", "revisit", "warcinfo", "conversion", ""]),
        st.none() | st.integers(-10, 10_000_000),
        st.sampled_from(["200 OK", "404", "", "999 \x00", "200"]),
    )
    plain = st.lists(one, min_size=1, max_size=4).map(b"".join)
    return plain | st.builds(changed, plain, _edits())


def _rows() -> st.SearchStrategy[bytes]:
    row = st.lists(ODD, max_size=5).map(tuple)
    return st.builds(lambda rows: samples.table(*rows), st.lists(row, min_size=1, max_size=5))


def _objects() -> st.SearchStrategy[bytes]:
    row = st.dictionaries(st.sampled_from(["day", "source", "body"]) | ODD, _json(), max_size=4)
    return st.lists(row.map(_dumped), min_size=1, max_size=4).map(b"\n".join)


def targets() -> dict[str, Target]:
    """Every reader with what it is fed."""
    sound = samples.every()
    built: dict[str, Callable[[], st.SearchStrategy[bytes]]] = {
        "page.html": _page,
        "feed.rss": _feed,
        "feed.atom": lambda: mutated(sound["feed.atom"]),
        "result.json": _chat,
        "one.eml": _mail,
        "all.mbox": _boxed,
        "crawl.warc": _records,
        "crawl.warc.gz": lambda: _records().map(gzip.compress),
        "rows.csv": _rows,
        "rows.jsonl": _objects,
        "all.zip": _archive,
    }
    kept = Entry(form="feed", html="<p>A word.</p>", title="T", published="2022-12-02", url="https://x.example/")
    found = {name: Target(name, mutated(data) | built[name]()) if name in built else Target(name, mutated(data))
             for name, data in sound.items()}  # fmt: skip
    return found | {"kept.json": Target("kept.json", mutated(kept.encoded()))}
