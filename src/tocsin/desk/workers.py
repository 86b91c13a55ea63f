"""Workers that can be killed: reports are read in processes of their own, each held to time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Protocol, Self

import msgspec

from tocsin import extract
from tocsin.desk.reading import Extractor, Reading
from tocsin.desk.worker import Answer, Ended, Job, Setting, read_frame, write_frame
from tocsin.errors import ReadError
from tocsin.model.claim import Extraction
from tocsin.model.report import Report
from tocsin.read import Item, Kind
from tocsin.read.items import Piece
from tocsin.read.limits import CHARACTERS_A_SECOND, SECONDS_TO_EXTRACT, SECONDS_TO_READ, WORKER_MEMORY

Read = tuple[Report, Extraction]
_CHILD = "from tocsin.desk.worker import main; main()"
_SECONDS_TO_START = 120
_CURE = "save its text and add that"
_SECRETS = "TOCSIN_"


class Hands(Protocol):
    """Who reads: this process, or workers."""

    @property
    def ahead(self) -> int:
        """How many items may be under way at once."""
        ...

    def contents(self, got: bytes | Path, *, name: str, kind: Kind | None = None) -> Iterator[Piece]:
        """The reports in a file."""
        ...

    def read(self, item: Item) -> Callable[[], Read]:
        """Begin to read an item; calling what is given back waits for it, and raises ReadError where it fails."""
        ...


class Here:
    """Reading in this process: for a few reports that are trusted."""

    ahead = 1

    def __init__(self, reading: Reading, extractor: Extractor = extract.extract) -> None:
        self._reading = reading
        self._extractor = extractor

    def contents(self, got: bytes | Path, *, name: str, kind: Kind | None = None) -> Iterator[Piece]:
        """The reports in a file."""
        return self._reading.contents(got, name=name, kind=kind)

    def read(self, item: Item) -> Callable[[], Read]:
        """Read an item when it is asked for."""

        def now() -> Read:
            report = self._reading.report(item)
            return report, self._reading.claims(report, self._extractor, name=item.name)

        return now


class Workers:
    """Reading in worker processes.

    A worker that takes too long is killed, one that crashes is replaced; its item fails with the reason, and no other
    item notices. An extractor other than the rules runs here, for it may hold keys and connections: workers only read
    for it.

    Args:
        count: How many read at once.
        reading: How to read.
        extractor: What reads the claims.
        seconds: Wall time for one report to be read, and again for its claims before what its length adds.
        memory: Bytes that one worker may take.
    """

    def __init__(
        self,
        count: int,
        *,
        reading: Reading,
        extractor: Extractor = extract.extract,
        seconds: tuple[float, float] = (SECONDS_TO_READ, SECONDS_TO_EXTRACT),
        memory: int = WORKER_MEMORY,
    ) -> None:
        self._reading = reading
        self._extractor = extractor
        self._by_rules = extractor is extract.extract
        self._seconds = seconds
        setting = Setting(reading=reading, extract=self._by_rules, memory=memory)
        self._setting = msgspec.msgpack.encode(setting)
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        self._all: set[_Process] = set()
        self._threads = ThreadPoolExecutor(max_workers=count, thread_name_prefix="tocsin-reader")
        self._ended = False
        self.ahead = 4 * count

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End all workers; what they were at is left undone."""
        self._ended = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in tuple(self._all):
            process.kill()
        self._threads.shutdown(wait=True)

    def contents(self, got: bytes | Path, *, name: str, kind: Kind | None = None) -> Iterator[Piece]:
        """The reports in a file, taken apart by a worker; one that takes too long over the next one is killed."""
        process = self._take()
        finished = False
        try:
            job = Job(name=name, kind=kind, data=got) if isinstance(got, bytes) else Job(name=name, path=os.fspath(got))
            process.ask(job)
            while not (answer := process.answer(self._seconds[0], name)).done:
                piece: Piece | None = answer.item or answer.unread or answer.passed
                if piece is not None:
                    yield piece
            finished = True
            if answer.failed is not None:
                raise ReadError(answer.failed)
        finally:
            self._put(process, whole=finished)

    def read(self, item: Item) -> Callable[[], Read]:
        """Begin to read an item."""
        future: Future[Read] = self._threads.submit(self._read, item)
        return future.result

    def _read(self, item: Item) -> Read:
        process = self._take()
        finished = False
        try:
            process.ask(Job(item=item))
            answer = process.answer(self._seconds[0], item.name)
            if answer.length is not None:
                answer = process.answer(self._seconds[1] + answer.length / CHARACTERS_A_SECOND, item.name)
            finished = answer.done
        finally:
            self._put(process, whole=finished)
        if answer.report is None:
            raise ReadError(answer.failed or f"{item.name}: the worker gave no answer ({_CURE})")
        if answer.extraction is not None:
            return answer.report, answer.extraction
        return answer.report, self._reading.claims(answer.report, self._extractor, name=item.name)

    def _take(self) -> _Process:
        """An idle worker that is alive, else a new one."""
        while not self._ended:
            try:
                process = self._idle.get_nowait()
            except Empty:
                process = _Process(self._setting)
                self._all.add(process)
                process.answer(_SECONDS_TO_START, "a worker")
                return process
            if process.is_alive:
                return process
            self._put(process, whole=False)
        raise ReadError("the intake was stopped (start it again)")

    def _put(self, process: _Process, *, whole: bool) -> None:
        if whole:
            self._idle.put(process)
        else:
            process.kill()
            self._all.discard(process)


@contextmanager
def hands(count: int, reading: Reading, extractor: Extractor) -> Iterator[Hands]:
    """So many workers while the block runs; none, and this process reads."""
    if count == 0:
        yield Here(reading, extractor)
        return
    with Workers(count, reading=reading, extractor=extractor) as workers:
        yield workers


class _Process:
    """One worker process, seen from here."""

    def __init__(self, setting: bytes) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this very interpreter, with words of our own
            [sys.executable, "-P", "-c", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        self._decoder = msgspec.msgpack.Decoder(Answer)
        self._late = False
        self._send(setting)

    @property
    def is_alive(self) -> bool:
        """Has it not ended by itself?"""
        return self._process.poll() is None

    def ask(self, job: Job) -> None:
        """Send a request."""
        self._send(msgspec.msgpack.encode(job))

    def _send(self, frame: bytes) -> None:
        try:
            write_frame(self._process.stdin, frame)  # type: ignore[arg-type]  # it is a pipe
        except OSError:
            self.kill()  # the answer tells what became of it

    def answer(self, seconds: float, name: str) -> Answer:
        """The next frame of the answer.

        Raises:
            ReadError: The worker took too long and was killed, or ended by itself.
        """
        timer = threading.Timer(seconds, self._too_late)
        timer.daemon = True
        timer.start()
        try:
            return self._decoder.decode(read_frame(self._process.stdout))  # type: ignore[arg-type]  # it is a pipe
        except (Ended, OSError, ValueError, msgspec.MsgspecError) as error:
            self.kill()
            raise ReadError(f"{name}: {self._end(seconds)} ({_CURE}; the original is kept)") from error
        finally:
            timer.cancel()

    def _too_late(self) -> None:
        self._late = True
        self._process.kill()

    def _end(self, seconds: float) -> str:
        if self._late:
            return f"took more than {seconds:,.0f} seconds to read, and was stopped"
        code = self._process.returncode
        how = f"signal {-code}" if code is not None and code < 0 else f"status {code}"
        return f"made the reader crash ({how}), perhaps by the memory it took"

    def kill(self) -> None:
        """End the process, now."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                continue


def _environment() -> dict[str, str]:
    """The environment without what the program itself takes from it, secrets above all; one core a worker."""
    given = {key: value for key, value in os.environ.items() if not key.startswith(_SECRETS)}
    return given | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
