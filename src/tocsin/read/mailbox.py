"""Mailboxes: one message after another, never more than one in memory."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import BinaryIO

from tocsin.errors import ReadError
from tocsin.read.items import Stream, Unread
from tocsin.read.kind import FROM_LINE, Kind
from tocsin.read.limits import MAX_BYTES, MAX_ENTRIES, MAX_LINE
from tocsin.read.mail import looks_like_header

_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def messages(stream: BinaryIO, *, name: str, letters: Callable[[bytes, str], Stream]) -> Stream:
    """The messages of a mailbox, each with its attachments.

    A message begins with a line ``From sender time`` after a blank line (or at the very beginning) if a header
    follows; the same words within a message begin none. The line itself is no part of the message, nor is the mark
    that was put before such words in its text, nor the blank line at its end.

    Args:
        stream: The mailbox.
        name: Its name.
        letters: What makes one message's bytes into reports.
    """
    number = 0
    lines: list[bytes] = []
    size = 0
    held: bytes | None = None
    blank = True
    while True:
        line = stream.readline(MAX_LINE)
        if held is not None:
            if looks_like_header(line) or not line:
                if number:
                    yield from _message(lines, size, name, number, letters)
                number += 1
                if number > MAX_ENTRIES:
                    raise ReadError(f"{name}: more than {MAX_ENTRIES:,} messages (split it)")
                lines, size = [], 0
            else:
                lines.append(held)
            held = None
        if not line:
            break
        if blank and FROM_LINE.fullmatch(line):
            held = line
            blank = False
            continue
        blank = not line.strip(b"\r\n")
        size += len(line)
        if size <= MAX_BYTES:
            lines.append(line)
    if number == 0:
        raise ReadError(f"{name}: no message begins in this mailbox (save single messages as .eml)")
    yield from _message(lines, size, name, number, letters)


def _message(lines: list[bytes], size: int, name: str, number: int, letters: Callable[[bytes, str], Stream]) -> Stream:
    label = f"{name}: message {number}"
    if size > MAX_BYTES:
        yield Unread(name=label, reason=f"{label}: more than {MAX_BYTES // 1_000_000} MB (save what matters of it)")
        return
    if lines and not lines[-1].strip(b"\r\n"):
        lines = lines[:-1]
    data = _QUOTED.sub(rb"\1", b"".join(lines))
    if not data.strip():
        return
    try:
        yield from letters(data, label)
    except ReadError as error:
        yield Unread(name=label, reason=str(error), data=data, kind=Kind.MAIL)
