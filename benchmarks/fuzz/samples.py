"""Small sound files of every kind that is read, made here: what fuzzing mutates and tests start from."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

SENTENCE = "Two brigades moved to the border on 2 December 2022, an official said."
OTHER = "The ferry to the island was held at the quay for three hours, the harbour office said on Friday."


def pdf(*pages: str, info: Mapping[str, str] | None = None, picture: bool = False) -> bytes:
    """A PDF file with one line of text per line of each page; with ``picture`` each page holds one grey dot too."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    dot = 4 + 2 * len(pages)
    for number, page in enumerate(pages):
        escaped = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in page.split("\n")]
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in escaped if line)
        drawn = f"BT /F1 11 Tf 40 800 Td {shown}ET" + (" q 400 0 0 400 50 50 cm /P Do Q" if picture else "")
        stream = drawn.encode("cp1252", "replace")
        more = f"/XObject << /P {dot} 0 R >>" if picture else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> {more} >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    if picture:
        objects.append(
            b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
            b"/Length 1 >>\nstream\n\x80\nendstream"
        )
    trailer = ""
    if info is not None:
        objects.append(("<< " + " ".join(f"/{key} ({value})" for key, value in info.items()) + " >>").encode())
        trailer = f"/Info {len(objects)} 0 R "
    return _numbered(objects, trailer)


def _numbered(objects: Sequence[bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def rss(*items: Mapping[str, str], title: str = "Northern Wire") -> bytes:
    """An RSS feed; each item is its elements."""
    body = "".join("<item>" + "".join(f"<{k}>{v}</{k}>" for k, v in item.items()) + "</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://wire.example/</link>{body}</channel></rss>"
    ).encode()


ITEM = {
    "title": "Brigades at the border",
    "link": "https://wire.example/1",
    "guid": "https://wire.example/1",
    "pubDate": "Fri, 02 Dec 2022 10:00:00 +0200",
    "description": f"&lt;p&gt;{SENTENCE}&lt;/p&gt;",
}


def atom() -> bytes:
    """An Atom feed of one entry, taken from another feed."""
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Digest</title><entry><id>urn:x:1</id>'
        f"<title>At the quay</title><updated>2022-12-02T23:00:00+02:00</updated><content>{OTHER}</content>"
        "<source><title>Harbour News</title></source><link href='https://digest.example/1'/></entry></feed>"
    ).encode()


def chat(**changes: object) -> bytes:
    """An export of one channel: a message, a forwarded one with formats, a picture without words, a notice."""
    messages: list[dict[str, object]] = [
        {"id": 1, "type": "message", "date": "2022-12-02T10:11:12", "from": "Hajun", "text": SENTENCE, **changes},
        {
            "id": 2,
            "type": "message",
            "date": "2022-12-02T11:00:00",
            "from": "Hajun",
            "forwarded_from": "Harbour News",
            "text": [{"type": "bold", "text": "Late. "}, OTHER],
        },
        {"id": 3, "type": "message", "date": "2022-12-02T12:00:00", "from": "Hajun", "text": "", "photo": "p.jpg"},
        {"id": 4, "type": "service", "date": "2022-12-02T12:00:00", "actor": "Hajun", "action": "pin_message"},
    ]
    return json.dumps({"name": "Hajun", "type": "public_channel", "id": 77, "messages": messages}, indent=1).encode()


def mail(
    *attached: tuple[str, bytes, str], text: str = SENTENCE, html: str | None = None, subject: str = "Note"
) -> bytes:
    """A message; each attachment is its name, its bytes and its type."""
    message = EmailMessage()
    message["From"] = "Press Desk <press@wire.example>"
    message["To"] = "desk@example.org"
    message["Subject"] = subject
    message["Date"] = "Fri, 02 Dec 2022 10:00:00 +0200"
    if text:
        message.set_content(text)
    if html is not None:
        if text:
            message.add_alternative(html, subtype="html")
        else:
            message.set_content(html, subtype="html")
    for name, data, kind in attached:
        main, sub = kind.split("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return bytes(message)


def mailbox(*messages: bytes) -> bytes:
    """A mailbox, with the words that would begin a message marked in the text."""
    return b"".join(
        b"From press@wire.example Fri Dec  2 10:00:00 2022\n" + one.replace(b"\nFrom ", b"\n>From ").rstrip() + b"\n\n"
        for one in messages
    )


def record(
    body: bytes,
    *,
    url: str = "https://ridge.example/a",
    kind: str = "text/html",
    record_type: str = "response",
    length: int | None = None,
    status: str = "200 OK",
) -> bytes:
    """One record of a web archive; ``length`` lies about its size."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    block = http + body if record_type == "response" else body
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {record_type}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2022-12-03T08:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
            f"Content-Type: {'application/http; msgtype=response' if record_type == 'response' else kind}\r\n"
            f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


def page(body: str = f"<p>{SENTENCE}</p><p>{OTHER}</p>", head: str = "") -> bytes:
    """A web page."""
    return f'<!doctype html><html lang="en"><head>{head}</head><body><article>{body}</article></body></html>'.encode()


def table(*rows: Sequence[str], columns: Sequence[str] = ("day", "source", "body"), divided: str = ",") -> bytes:
    """A table; cells are quoted."""
    lines = [columns, *(rows or (("2022-12-02", "Northern Wire", SENTENCE), ("2022-12-03", "Northern Wire", OTHER)))]
    quoted = ([f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line] for line in lines)
    return "\n".join(divided.join(line) for line in quoted).encode() + b"\n"


def lines(*rows: Mapping[str, object]) -> bytes:
    """JSON Lines."""
    given = rows or ({"day": "2022-12-02", "source": "Northern Wire", "body": SENTENCE},)
    return b"".join(json.dumps(row).encode() + b"\n" for row in given)


MAPPING = 'text = "body"\npublished = "day"\noutlet = "source"\n'


def zipped(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2022, 12, 2, 0, 0, 0)), data, method)
    return held.getvalue()


def every() -> dict[str, bytes]:
    """One sound file of every kind, by its name."""
    note = SENTENCE.encode()
    return {
        "note.txt": note,
        "note.md": b"---\ntitle: A note\npublished: 2022-12-02\n---\n\n# Note\n\n" + note,
        "page.html": page(),
        "paper.pdf": pdf(SENTENCE, OTHER),
        "feed.rss": rss(ITEM, {**ITEM, "title": "Quay", "description": OTHER, "guid": "2"}),
        "feed.atom": atom(),
        "result.json": chat(),
        "one.eml": mail(("paper.pdf", pdf(OTHER), "application/pdf"), html=f"<p>{SENTENCE}</p>"),
        "all.mbox": mailbox(mail(), mail(text=OTHER)),
        "crawl.warc": record(page())
        + record(b"\x89PNG", kind="image/png")
        + record(note, kind="text/plain", url="https://ridge.example/b.txt"),
        "crawl.warc.gz": gzip.compress(record(page())) + gzip.compress(record(pdf(OTHER), kind="application/pdf")),
        "rows.csv": table(),
        "rows.jsonl": lines(),
        "all.zip": zipped({"a/note.txt": note, "b.pdf": pdf(OTHER), "c.zip": zipped({"d.txt": OTHER.encode()})}),
    }
