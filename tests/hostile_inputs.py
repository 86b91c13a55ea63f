"""More than two hundred files made to break a reader, written by code. Names are those of the files given in."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.reading import samples

SENTENCE, OTHER = samples.SENTENCE, samples.OTHER
NOTE = SENTENCE.encode()
MB = 1_000_000
STEER = "\x1b]0;title\x07\x1b[2J\x1b[31m\u202egnp.exe\u2066\u200b"
CLIMB = (
    "../../../../etc/cron.d/x",
    "/etc/passwd",
    "C:\\Windows\\x.txt",
    "\\\\host\\share\\x.txt",
    "~/x.txt",
    "a/../../x.txt",
)
RESERVED = (
    "CON.txt",
    "aux.txt",
    "x.txt.",
    "x .txt ",
    "-rf.txt",
    "$(id).txt",
    "a;b|c.txt",
    "n\nl.txt",
    f"{STEER}.txt",
    "é" * 300,
)


def inputs() -> dict[str, bytes]:
    """All of them, by name."""
    found: dict[str, bytes] = {}
    for name, data in (
        *_zips(),
        *_gzips(),
        *_feeds(),
        *_pages(),
        *_chats(),
        *_rows(),
        *_mails(),
        *_boxes(),
        *_warcs(),
        *_pdfs(),
        *_texts(),
        *_disguised(),
    ):
        if name in found:
            raise ValueError(f"two inputs are called {name}")
        found[name] = data
    return found


def _named(stem: str, suffix: str, many: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name, data in many.items():
        yield f"{stem} {name}{suffix}", data


def _zips() -> Iterator[tuple[str, bytes]]:
    plain = samples.zipped({"a.txt": NOTE})
    nested = NOTE
    for _ in range(12):
        nested = samples.zipped({"in.zip": nested})
    many = {
        "bomb": samples.zipped({"zeros.txt": b"\0" * 19 * MB}),
        "bomb of spaces": samples.zipped({"spaces.html": b" " * 19 * MB}),
        "bomb of many": samples.zipped({f"{n}.txt": b"\0" * MB for n in range(40)}),
        "bomb in a bomb": samples.zipped({"in.zip": samples.zipped({"z.txt": b"\0" * 15 * MB})}),
        "bomb by bzip2": _packed(zipfile.ZIP_BZIP2),
        "bomb by lzma": _packed(zipfile.ZIP_LZMA),
        "nested": nested,
        "overlap": _overlapping(plain),
        "lying size": plain.replace(struct.pack("<I", len(NOTE)), struct.pack("<I", 2**31)),
        "size of zip64": plain.replace(struct.pack("<I", len(NOTE)), b"\xff\xff\xff\xff"),
        "unknown method": plain.replace(b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x00\x00\x63\x00"),
        "locked": plain.replace(b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x01\x00\x08\x00"),
        "wrong sum": plain.replace(struct.pack("<I", zlib.crc32(NOTE)), b"\0\0\0\0"),
        "no directory": plain[: plain.index(b"PK\x01\x02")],
        "half": plain[: len(plain) // 2],
        "junk before": b"junk" * 500 + plain,
        "junk after": plain + b"junk" * 500,
        "long comment": plain[:-2] + struct.pack("<H", 65535) + b"c" * 65535,
        "only folders": samples.zipped({"a/": b"", "b/": b""}),
        "empty": samples.zipped({}),
        "place beyond the end": plain.replace(plain[-6:-2], b"\xff\xff\xff\x7f"),
        "symbolic link": _link(),
        "same name twice": _twice(),
        "no name": samples.zipped({"": NOTE}),
        "name of 60,000": samples.zipped({"n" * 60_000 + ".txt": NOTE}),
        "name with NUL": samples.zipped({"aXb.txt": NOTE}).replace(b"aXb.txt", b"a\0b.txt"),
    }
    yield from _named("zip", ".zip", many)
    for number, name in enumerate((*CLIMB, *RESERVED)):
        yield f"zip name {number}.zip", samples.zipped({name: f"{SENTENCE} {number}".encode()})


def _packed(method: int) -> bytes:
    return samples.zipped({"zeros.txt": b"\0" * 15 * MB}, method=method)


def _overlapping(plain: bytes) -> bytes:
    """Two hundred names for one packed member."""
    start = plain.index(b"PK\x01\x02")
    end = plain.index(b"PK\x05\x06")
    head = samples.zipped({"a.txt": b"\0" * 900_000})
    start, end = head.index(b"PK\x01\x02"), head.index(b"PK\x05\x06")
    one = head[start:end]
    entries = one * 200
    close = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 200, 200, len(entries), start, 0)
    return head[:start] + entries + close


def _link() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return held.getvalue()


def _twice() -> bytes:
    one, two = (samples.zipped({name: NOTE}) for name in ("a.txt", "b.txt"))
    return one + two.replace(b"b.txt", b"a.txt")


def _gzips() -> Iterator[tuple[str, bytes]]:
    whole = gzip.compress(NOTE)
    deep = NOTE
    for _ in range(8):
        deep = gzip.compress(deep)
    many = {
        "bomb.txt": gzip.compress(b"\0" * 19 * MB),
        "bomb of lines.jsonl": gzip.compress(b"\n" * 19 * MB),
        "bomb of mail.mbox": gzip.compress(b"From a@b Fri Dec  2 10:00:00 2022\n" + b"x" * 19 * MB),
        "bomb of an archive.warc": gzip.compress(samples.record(b"\0" * 19 * MB)),
        "deep.txt": deep,
        "half.txt": whole[: len(whole) // 2],
        "head alone.txt": whole[:10],
        "junk after.txt": whole + b"junk" * 100,
        "wrong sum.txt": whole[:-8] + b"\0" * 8,
        "name inside.txt": b"\x1f\x8b\x08\x08" + whole[4:10] + b"../../x\0" + whole[10:],
    }
    yield from _named("gzip", ".gz", many)


def _feeds() -> Iterator[tuple[str, bytes]]:
    sound = samples.rss(samples.ITEM).decode()
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

    def doctype(inner: str, use: str = "&x;") -> bytes:
        told = sound.replace('<rss version="2.0">', f'<!DOCTYPE rss [{inner}]><rss version="2.0">')
        return told.replace("Brigades at the border", use).encode()

    def item(**changes: str) -> bytes:
        return samples.rss({**samples.ITEM, **changes})

    many = {
        "laughs": doctype(f'<!ENTITY l0 "ha">{laughs}', "&l9;"),
        "quadratic": doctype(f'<!ENTITY x "{"a" * 100_000}">', "&x;" * 1000),
        "file entity": doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'),
        "web entity": doctype('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'),
        "parameter entity": doctype('<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;', "x"),
        "small letters": doctype('<!entity x "y">'),
        "document type elsewhere": sound.replace("<rss", '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9"><rss', 1).encode(),
        "include": item(description='<xi:include href="file:///etc/passwd" xmlns:xi="x"/>'),
        "deep": sound.replace("</title>", "</title>" + "<a>" * 50_000, 1).encode(),
        "wide": sound.replace("<item>", "<item " + " ".join(f'a{n}="b"' for n in range(50_000)) + ">").encode(),
        "long title": item(title="t" * MB),
        "long attribute": sound.replace("<item>", f'<item a="{"b" * MB}">').encode(),
        "says utf-16": sound.replace('encoding="utf-8"', 'encoding="utf-16"').encode(),
        "says nonsense": sound.replace('encoding="utf-8"', 'encoding="no-such-set"').encode(),
        "is utf-16": sound.replace('encoding="utf-8"', 'encoding="utf-16"').encode("utf-16"),
        "broken bytes": sound.encode() .replace(b"brigades", b"\xff\xfe\xfa"),
        "NUL": sound.replace("Brigades", "\0Bri\0gades").encode(),
        "section left open": item(description="<![CDATA[never closed"),
        "script": item(title="<script>alert(1)</script>", description="&lt;script&gt;alert(1)&lt;/script&gt;Words."),
        "address of script": item(link="javascript:alert(1)", guid="data:text/html,x"),
        "steering": item(title=STEER.replace("\x1b", "").replace("\x07", ""), author="\u202egro.elpmaxe"),
        "day of another age": item(pubDate="Fri, 31 Dec 9999 23:59:59 +9959"),
        "day that is none": item(pubDate="31 February 2022 99:99"),
        "year nought": item(pubDate="0000-00-00"),
        "base": sound.replace("<channel>", '<channel xml:base="javascript:alert(1)//">').encode(),
        "entities of HTML": item(description="&amp;nbsp;" * 50_000),
        "no channel": b'<?xml version="1.0"?><rss version="2.0"><item/></rss>',
        "no entries": b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>',
        "half": sound[: len(sound) // 2].encode(),
        "5,000 entries": samples.rss(*({"title": f"Entry {n}"} for n in range(300))) + b"<item>" * 5000,
    }  # fmt: skip
    yield from _named("feed", ".rss", many)


def _pages() -> Iterator[tuple[str, bytes]]:
    words = f"<p>{SENTENCE}</p><p>{OTHER}</p>"
    deep_data = '{"a":' * 20_000 + "1" + "}" * 20_000
    many = {
        "deep": samples.page("<div>" * 100_000 + words),
        "deep and closed": samples.page("<b>" * 3_000 + words + "</b>" * 3_000),
        "unknown tags": samples.page("<xx>" * 50_000 + words),
        "script left open": samples.page("<script>" * 50_000 + words),
        "comment left open": samples.page("<!--" * 100_000 + words),
        "less than": samples.page("<" * 500_000 + words),
        "attribute of a megabyte": samples.page(f'<p title="{"a" * MB}">{words}'),
        "50,000 attributes": samples.page("<p " + " ".join(f'a{n}="b"' for n in range(50_000)) + f">{words}"),
        "entities": samples.page("&amp;" * 200_000 + words),
        "entities that are none": samples.page("&#x110000;&#0;&#xD800;&nosuch;" * 1000 + words),
        "cells": samples.page(f"<table>{'<tr><td>x</td></tr>' * 10_000}</table>{words}"),
        "steering": samples.page(words, f"<title>{STEER}</title><meta name='author' content='{STEER}'>"),
        "linked data deep": samples.page(words, f'<script type="application/ld+json">{deep_data}</script>'),
        "linked data many": samples.page(words, '<script type="application/ld+json">{"@graph": [1]}</script>' * 5_000),
        "linked data odd": samples.page(
            words, '<script type="application/ld+json">{"headline": {"name": [[]]}}</script>'
        ),
        "refresh": samples.page(words, '<meta http-equiv="refresh" content="0; url=http://127.0.0.1:9/">'),
        "base": samples.page(words, '<base href="javascript:alert(1)//">'),
        "frames": samples.page('<iframe src="file:///etc/passwd"></iframe>' * 1000 + words),
        "plain text": samples.page("<plaintext>" + words),
        "NUL": samples.page(words).replace(b"brigades", b"bri\0gades"),
        "drawing": samples.page(f"<svg>{'<use href=#a />' * 10_000}</svg>{words}"),
        "document type": b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + samples.page(words + "&x;"),
        "day of another age": samples.page(words, '<meta property="article:published_time" content="9999-99-99">'),
        "days": samples.page("<time datetime='2022-13-77'>x</time>" * 5_000 + words),
        "address that is none": samples.page(words, '<link rel="canonical" href="http://[::1/%00">'),
        "nothing": samples.page(""),
        "scripts alone": samples.page("<script>document.write('x')</script>"),
    }
    yield from _named("page", ".html", many)
    for charset in (
        "undefined",
        "unicode_escape",
        "idna",
        "utf-7",
        "zlib",
        "utf-16",
        "nonsense",
        "base64",
        "mbcs",
        "\0",
    ):
        shown = charset.replace("\0", "NUL")
        yield f"page says {shown}.html", samples.page(words, f'<meta charset="{charset}">')


def _chats() -> Iterator[tuple[str, bytes]]:
    def told(**changes: object) -> bytes:
        return samples.chat(**changes)

    whole = samples.chat()
    many = {
        "deep lists": b"[" * 100_000,
        "deep objects": b'{"messages":' * 50_000,
        "deep text": told(text=None).replace(b"null", b"[" * 50_000 + b"]" * 50_000),
        "number of 5,000": told(id=0).replace(b'"id": 0', b'"id": ' + b"9" * 5000),
        "no number": whole.replace(b'"id": 1', b'"id": NaN'),
        "half": whole[: len(whole) // 2],
        "string left open": whole[:-30] + b'"' * 3,
        "halves of characters": told(text="A \ud800 word."),
        "steering": told(text=f"{STEER} {SENTENCE}", **{"from": STEER, "forwarded_from": STEER}),
        "text of numbers": told(text=[1, 2, {"text": 3}]),
        "text of lists": told(text=[["a"], "b"]),
        "day that is none": told(date="yesterday"),
        "day of another age": told(date="9999-12-31T99:99:99"),
        "name of a list": whole.replace(b'"Hajun",\n "type": "public', b'["x"],\n "type": "public'),
        "messages of one": whole.replace(b'"messages": [', b'"messages": {"a": [', 1) + b"}",
        "chats of nothing": b'{"chats": {"list": null}}',
        "key twice": b'{"messages": 1, "messages": []}',
        "mark before": b"\xef\xbb\xbf" + whole,
        "utf-16": whole.decode().encode("utf-16"),
        "NUL": told(text="A\0word", **{"from": "\0"}),
        "message of a megabyte": told(text="a" * MB),
        "2,000 messages": json.dumps({"messages": [{"id": 1, "type": "service"}] * 2000, "name": "x"}).encode(),
    }
    yield from _named("chat", ".json", many)


def _rows() -> Iterator[tuple[str, bytes]]:
    head = b"day,source,body\n"
    tables = {
        "quote left open": head + b'2022-12-02,x,"' + b"a" * 2 * MB,
        "cell of 2 MB": head + b"2022-12-02,x," + b"a" * 2 * MB,
        "line without end": b"a" * 2 * MB,
        "5,000 columns": b",".join(b"c%d" % n for n in range(5000)) + b"\n" + b"x," * 5000,
        "no columns": b",,,\n1,2,3\n",
        "columns alone": head,
        "ragged": head + b"2022-12-02\n1,2,3,4,5,6\n,,\n2022-12-02,x,A word.\n",
        "formulas": head + b'2022-12-02,"=cmd|calc","=HYPERLINK(1) was said."\n',
        "NUL": head + b"2022-12-02,x,a\0b\n",
        "mark before": b"\xef\xbb\xbf" + head + b"2022-12-02,x,A word.\n",
        "utf-16": (head + b"2022-12-02,x,A word.\n").decode().encode("utf-16"),
        "cp1251": head + "2022-12-02,x,Слово".encode("cp1251"),
        "returns alone": (head + b"2022-12-02,x,A word.\n").replace(b"\n", b"\r"),
        "steering columns": f"{STEER},b\n1,2\n".encode(),
        "day that is none": head + b"soon,x,A word.\n",
        "same column twice": b"day,body,body\n2022-12-02,one,two\n",
    }
    lines = {
        "line of 2 MB": b'{"body": "' + b"a" * 2 * MB + b'"}',
        "deep": b'{"body": "x", "a":' + b"[" * 90_000 + b"]" * 90_000 + b"}",
        "lists": b"[1]\n[2]\n",
        "numbers": b"1\n2e999\n" + b"9" * 5000 + b"\nNaN\n",
        "half": b'{"body": "x"}\n{"body": "',
        "halves of characters": b'{"body": "A \\ud800 word."}\n',
        "body of objects": b'{"body": {"a": 1}}\n{"body": [1]}\n{"body": true}\n',
        "keys": b'{"' + b"k" * 100_000 + b'": 1}\n',
        "nothing": b"\n\n\n",
        "no text": b"\xff\xfe\xfa\n",
    }
    yield from _named("table", ".csv", tables)
    yield from _named("lines", ".jsonl", lines)


def _mails() -> Iterator[tuple[str, bytes]]:
    head = b"From: a@b.example\nDate: Fri, 02 Dec 2022 10:00:00 +0000\n"
    part = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
    inner = samples.mail()
    for _ in range(30):
        inner = b"Content-Type: message/rfc822\n\n" + inner
    bomb = samples.zipped({"z.txt": b"\0" * 15 * MB})
    many = {
        "deep": head + b"".join(part % (n, n) for n in range(1000)),
        "deep, not too deep": head + b"".join(part % (n, n) for n in range(150)) + b"\n" + NOTE,
        "message in message": head + inner,
        "boundary missing": head + b"Content-Type: multipart/mixed\n\n" + NOTE,
        "boundary empty": head + b'Content-Type: multipart/mixed; boundary=""\n\n--\n\n' + NOTE,
        "boundary long": head + b"Content-Type: multipart/mixed; boundary=" + b"b" * 100_000 + b"\n\n" + NOTE,
        "boundary never ends": head + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" + NOTE,
        "5,000 boundaries": head + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 5000,
        "base64 that is none": head + b"Content-Transfer-Encoding: base64\n\n!!!!" + NOTE,
        "quoted that is none": head + b"Content-Transfer-Encoding: quoted-printable\n\n=ZZ=\n=" + NOTE,
        "uuencoded": head + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 ../../x\n!!!\nend\n",
        "header of a megabyte": head + b"Subject: " + b"s" * MB + b"\n\n" + NOTE,
        "20,000 headers": head + b"".join(b"X-%d: y\n" % n for n in range(20_000)) + b"\n" + NOTE,
        "encoded words": head + b"Subject: " + b"=?utf-8?q?=ff?= " * 5000 + b"\n\n" + NOTE,
        "encoded word of nonsense": head + b"Subject: =?no-such?b?//8?= =?utf-8?x?y?=\n\n" + NOTE,
        "steering": head + f"Subject: {STEER}\nFrom: {STEER} <x@y>\n\n{SENTENCE} {STEER}".encode(),
        "line breaks in a word": head + b"Subject: =?utf-8?q?a=0d=0aBcc:_x=40y?=\n\n" + NOTE,
        "day that is none": b"From: a@b\nDate: Fri, 99 Foo 0000 99:99:99 +9999\n\n" + NOTE,
        "addresses": b"From: " + b"(" * 10_000 + b"\n\n" + NOTE,
        "no header": NOTE,
        "nothing": head + b"\n",
        "NUL": head + b"\n\0\0" + NOTE,
        "alternative of nothing": head + b"Content-Type: multipart/alternative; boundary=b\n\n--b--\n",
        "page of scripts": samples.mail(text="", html="<script>x()</script>"),
        "page that is deep": samples.mail(text="", html="<div>" * 20_000 + SENTENCE),
        "attached bomb": samples.mail(("bomb.zip", bomb, "application/zip")),
        "attached program": samples.mail(("a.txt.exe", b"MZ\x90\x00" + b"\0" * 100, "application/octet-stream")),
        "attached climber": samples.mail(("../../etc/x.txt", OTHER.encode(), "text/plain")),
        "attached by many": samples.mail(*((f"{n}.txt", b"%d" % n, "text/plain") for n in range(120))),
        "attached name of steering": samples.mail(("x\u202etxt.exe", OTHER.encode(), "text/plain")),
        "flowed": head + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 50_000,
        "attached broken PDF": samples.mail(("p.pdf", b"%PDF-1.4 broken", "application/pdf")),
        "body by base64": head + b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(NOTE * 100),
    }
    yield from _named("mail", ".eml", many)
    for charset in ("idna", "utf-7", "utf-16", "zlib", "no such", "x" * 5000):
        yield (
            f"mail says {charset[:20]}.eml",
            head + b"Content-Type: text/plain; charset=" + charset.encode() + b"\n\n" + NOTE,
        )


def _boxes() -> Iterator[tuple[str, bytes]]:
    line = b"From a@b.example Fri Dec  2 10:00:00 2022\n"
    many = {
        "beginnings alone": line * 2000,
        "beginning in a text": samples.mailbox(samples.mail(text=f"x\n\n{line.decode()}\nno header")),
        "beginning that forges": samples.mailbox(samples.mail())
        + line
        + b"From: the.chief@example\n\nForged words here.\n",
        "quoted beginnings": line + samples.mail(text=">>>>From here\n" * 1000),
        "no beginning": b"Subject: x\n\n" + NOTE,
        "message of 25 MB": line + b"Subject: x\n\n" + (b"x" * 99 + b"\n") * 250_000 + b"\n" + line + samples.mail(),
        "line without end": line + b"Subject: x\n\n" + b"x" * 3 * MB,
        "half": samples.mailbox(samples.mail(("p.pdf", samples.pdf(OTHER), "application/pdf")))[:900],
        "returns": samples.mailbox(samples.mail()).replace(b"\n", b"\r\n"),
        "beginning of steering": b"From \x1b[2J@x Fri Dec  2 10:00:00 2022\n" + samples.mail(),
    }
    yield from _named("box", ".mbox", many)


def _warcs() -> Iterator[tuple[str, bytes]]:
    page = samples.page()
    one = samples.record(page)
    packed = gzip.compress(b"\0" * 30 * MB)
    unpacking = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
        b"Content-Length: %d\r\n\r\n" % len(packed)
    ) + packed
    many = {
        "length of minus one": samples.record(page, length=-1),
        "length of nought": samples.record(page, length=0),
        "length too short": samples.record(page, length=20),
        "length too long": samples.record(page, length=10**7),
        "length beyond sense": samples.record(page, length=10**18),
        "length of words": one.replace(b"\r\nContent-Length: ", b"\r\nContent-Length: many"),
        "no length": one.replace(b"\r\nContent-Length: ", b"\r\nX: "),
        "no type": one.replace(b"WARC-Type: response\r\n", b""),
        "version": one.replace(b"WARC/1.0", b"WARC/9.9"),
        "head of a megabyte": one.replace(b"WARC-Date", b"X: " + b"y" * MB + b"\r\nWARC-Date"),
        "head without end": b"WARC/1.0\r\n" + b"X: y\r\n" * 50_000,
        "head alone": b"WARC/1.0\r\n\r\n",
        "bomb in an answer": _answer(unpacking),
        "bomb in an answer of no length": _answer(unpacking.replace(b"Content-Length", b"X")),
        "chunks that lie": _answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\nx"),
        "answer that is none": _answer(b"\0\0\0\0\r\n\r\nx"),
        "answer without end": _answer(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000),
        "address of script": samples.record(page, url="javascript:alert(1)"),
        "address of steering": samples.record(page, url=f"https://x.example/{STEER.encode().hex()}\x1b[2J"),
        "half": one[: len(one) // 2],
        "revisits": samples.record(b"", record_type="revisit") * 200,
        "page of another kind": samples.record(samples.pdf(OTHER), kind="text/html"),
        "page that is broken": samples.record(b"%PDF-1.4 x", kind="application/pdf") + one,
    }  # fmt: skip
    yield from _named("warc", ".warc", many)


def _answer(block: bytes) -> bytes:
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/\r\nWARC-Date: 2022-12-03T08:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _pdfs() -> Iterator[tuple[str, bytes]]:
    sound = samples.pdf(SENTENCE, OTHER)
    content = zlib.compress(b"\0" * 30 * MB)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content)
    many = {
        "pages in a circle": sound.replace(b"/Kids [4 0 R 6 0 R]", b"/Kids [2 0 R 2 0 R]"),
        "page that is its parent": sound.replace(b"/Parent 2 0 R", b"/Parent 4 0 R"),
        "a million pages": sound.replace(b"/Count 2", b"/Count 1000000"),
        "pages below nought": sound.replace(b"/Count 2", b"/Count -2"),
        "length beyond sense": sound.replace(b"<< /Length ", b"<< /Length 99999999"),
        "length of itself": sound.replace(b"<< /Length ", b"<< /Length 5 0 R /X "),
        "bomb": samples.pdf(SENTENCE).replace(b"\n5 0 obj\n", b"\n5 0 obj\n" + stream + b"\nendobj\n9 0 obj\n"),
        "deep": sound.replace(b"/Type /Catalog", b"/Type /Catalog /X " + b"[" * 50_000 + b"]" * 50_000),
        "deep names": sound.replace(b"/Type /Catalog", b"/Type /Catalog /X " + b"<<" * 20_000 + b">>" * 20_000),
        "script": sound.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (x()) >>"),
        "launch": sound.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /Launch /F (calc.exe) >>"),
        "page of another world": sound.replace(b"[0 0 595 842]", b"[0 0 1e38 1e38]"),
        "page of no size": sound.replace(b"[0 0 595 842]", b"[]"),
        "drawing of itself": samples.pdf(SENTENCE, picture=True).replace(
            b"/Subtype /Image", b"/Subtype /Form /Resources << /XObject << /P 6 0 R >> >>"
        ),
        "font of nothing": sound.replace(b"/Type /Font", b"/Type /Nothing"),
        "no cross references": sound[: sound.rfind(b"xref\n0")],
        "cross references elsewhere": sound.replace(b"startxref\n", b"startxref\n9"),
        "references in a circle": sound.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % sound.rfind(b"xref\n0")),
        "root of nothing": sound.replace(b"/Root 1 0 R", b"/Root 99 0 R"),
        "lock of nothing": sound.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 1 0 R"),
        "steering": samples.pdf(SENTENCE, info={"Title": "\x1b[2J\x9b31m", "Author": "(((", "CreationDate": "D:9999"}),
        "head alone": b"%PDF-1.7\n",
        "junk before": b"junk" * 200 + sound,
        "NULs": b"%PDF-1.4\n" + b"\0" * 100_000,
        "half": sound[: len(sound) // 2],
    }  # fmt: skip
    yield from _named("pdf", ".pdf", many)


def _texts() -> Iterator[tuple[str, bytes]]:
    many = {
        "steering": f"{STEER}{SENTENCE}{STEER}".encode(),
        "line of a megabyte": b"a" * MB,
        "words of a megabyte": b"a " * 60_000,
        "marks": "‘“«(".encode() * 20_000,
        "controls": bytes(range(1, 32)) * 200,
        "NUL": b"A\0word.",
        "utf-16 without a mark": SENTENCE.encode("utf-16-le"),
        "utf-32": SENTENCE.encode("utf-32"),
        "longer than need be": b"\xc0\xaf\xe0\x80\xaf" * 50 + NOTE,
        "halves of characters": b"\xed\xa0\x80" * 20 + NOTE,
        "cp1251": ("Вантажівки стоять порожні. " * 5).encode("cp1251"),
        "nothing": b" \n\t\r\n",
        "numbers": b"9" * 100_000,
        "zero width": ("\u200b\u2060\ufeff" * 5000 + SENTENCE).encode(),
        "combining": ("a" + "\u0301" * 50_000).encode(),
    }
    yield from _named("text", ".txt", many)
    marks = {
        "quotes": b">" * 3000 + NOTE,
        "lists": b"".join(b" " * n + b"- x\n" for n in range(500)),
        "links": b"[" * 20_000 + NOTE,
        "stars": b"*a_ " * 20_000,
        "script": b"<script>alert(1)</script>\n\n" + NOTE,
        "front of anchors": b"---\na: &a [x]\nb: *a\ntitle: t\n---\n" + NOTE,
        "front without end": b"---\n" + b"k: v\n" * 5000,
        "front of steering": f"---\ntitle: {STEER}\noutlet: {STEER}\n---\n{SENTENCE}".encode(),
    }
    yield from _named("mark", ".md", marks)


def _disguised() -> Iterator[tuple[str, bytes]]:
    yield from {
        "page as.pdf": samples.page(),
        "paper as.txt": samples.pdf(SENTENCE + " As text."),
        "archive as.html": samples.zipped({"a.txt": OTHER.encode()}),
        "picture as.html": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        "program as.eml": b"MZ\x90\x00" + b"\0" * 500,
        "elf as.txt": b"\x7fELF" + b"\0" * 500,
        "database as.json": b"SQLite format 3\0" + b"\0" * 500,
        "feed as.html": samples.rss(samples.ITEM),
        "mailbox as.txt": samples.mailbox(samples.mail()),
        "noise as.zip": bytes((n * 7919) % 251 for n in range(5000)),
        "noise as.warc": bytes((n * 7907) % 251 for n in range(5000)),
        "noise as.mbox": bytes((n * 7901) % 251 for n in range(5000)),
        "noise as.rss": bytes((n * 7883) % 251 for n in range(5000)),
        "bzip2 as.txt": bz2.compress(NOTE),
        "kept as.json": b'{"tocsin_entry":1,"form":"feed","text":5}',
        "kept deep.json": b'{"tocsin_entry":1,"form":' + b"[" * 50_000,
        "kept odd.json": b'{"tocsin_entry":1,"form":"feed","evil":"x","text":"y"}',
    }.items()
