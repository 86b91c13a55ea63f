"""One worker: a process of its own that takes files apart and reads reports, and may be killed at any moment.

It speaks over its standard input and output, in frames of MessagePack, each after its length in four bytes. It opens
the files it is told to open and no others, writes none, and ends when its input does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from tocsin import extract
from tocsin.desk.reading import Reading
from tocsin.errors import TocsinError
from tocsin.model.claim import Extraction
from tocsin.model.report import Report
from tocsin.read import Item, Kind, PassedOver, Unread
from tocsin.read.items import Piece

_BELT = 4 * 3600


class Setting(msgspec.Struct):
    """The first frame: how to read, whether to extract too, and how much memory may be taken."""

    reading: Reading
    extract: bool
    memory: int


class Job(msgspec.Struct, omit_defaults=True):
    """A request: read an item; or take apart a file, or bytes, of a name."""

    item: Item | None = None
    name: str = ""
    path: str | None = None
    data: bytes = b""
    kind: Kind | None = None


class Answer(msgspec.Struct, omit_defaults=True):
    """One frame of an answer; ``done`` marks the last.

    ``length`` is that of the report's text, told before the claims are read: it says how long they may take.
    """

    done: bool = False
    failed: str | None = None
    length: int | None = None
    report: Report | None = None
    extraction: Extraction | None = None
    item: Item | None = None
    unread: Unread | None = None
    passed: PassedOver | None = None


class Ended(Exception):  # noqa: N818 - the other side ended; nothing here is in error
    """The other side has gone."""


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Send one frame."""
    stream.write(len(data).to_bytes(4, "big") + data)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes:
    """Receive one frame.

    Raises:
        Ended: The other side has gone.
    """
    head = stream.read(4)
    if len(head) < 4:
        raise Ended
    length = int.from_bytes(head, "big")
    data = stream.read(length)
    if len(data) < length:
        raise Ended
    return data


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer requests until there are no more."""
    encoder = msgspec.msgpack.Encoder()
    jobs = msgspec.msgpack.Decoder(Job)
    try:
        setting = msgspec.msgpack.decode(read_frame(source), type=Setting)
        _hold_memory(setting.memory)
        write_frame(sink, encoder.encode(Answer(done=True)))  # ready
        while True:
            job = jobs.decode(read_frame(source))
            _wake_in(_BELT)
            for answer in _answers(job, setting):
                write_frame(sink, encoder.encode(answer))
    except (Ended, BrokenPipeError):
        return


def _answers(job: Job, setting: Setting) -> Iterator[Answer]:
    try:
        yield from _read(job.item, setting) if job.item is not None else _taken_apart(job, setting)
    except TocsinError as error:
        yield Answer(done=True, failed=str(error))
    except (MemoryError, RecursionError):
        name = job.item.name if job.item is not None else job.name
        reason = f"{name}: takes more memory than {setting.memory / 1_000_000_000:.3g} GB, which is the limit"
        yield Answer(done=True, failed=f"{reason} (save its text and add that)")


def _read(item: Item, setting: Setting) -> Iterator[Answer]:
    report = setting.reading.report(item)
    yield Answer(length=len(report.text))
    found = setting.reading.claims(report, extract.extract, name=item.name) if setting.extract else None
    yield Answer(done=True, report=report, extraction=found)


def _taken_apart(job: Job, setting: Setting) -> Iterator[Answer]:
    got = Path(job.path) if job.path is not None else job.data
    for piece in setting.reading.contents(got, name=job.name, kind=job.kind):
        yield framed(piece)
    yield Answer(done=True)


def framed(piece: Piece) -> Answer:
    """A piece as an answer."""
    match piece:
        case Item():
            return Answer(item=piece)
        case Unread():
            return Answer(unread=piece)
        case PassedOver():
            return Answer(passed=piece)


def _wake_in(seconds: int) -> None:
    """End this process after so long, whoever has gone in the meantime: a parent that lives is quicker."""
    import signal

    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _hold_memory(limit: int) -> None:
    """Make the system refuse more memory than the limit, where it can."""
    try:
        import resource
    except ImportError:  # not on this system
        return
    for kind in (resource.RLIMIT_DATA, resource.RLIMIT_CORE):
        _, hard = resource.getrlimit(kind)
        wanted = 0 if kind == resource.RLIMIT_CORE else limit
        if hard == resource.RLIM_INFINITY or wanted <= hard:
            resource.setrlimit(kind, (wanted, hard))


def main() -> None:
    """Run one worker over the standard streams; whatever else writes to standard output goes nowhere."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a stop at the keyboard is the parent's to handle
    sink = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    serve(sys.stdin.buffer, sink)
