"""What several commands share: the kinds of their arguments, and how a desk is named."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from tocsin.errors import UsageError
from tocsin.model.time import Window

if TYPE_CHECKING:
    from tocsin.desk import Desk, Get, Got, Linkage
    from tocsin.publish.handling import Release

Command = TypeVar("Command", bound=Callable[..., object])
Found = TypeVar("Found", bound="Linkage")


class DayType(click.ParamType[date]):
    """A day, as ISO 8601 writes it."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Turn ``2022-12-02`` into a day."""
        if isinstance(value, date):
            return value
        text = str(value)
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            self.fail(f"'{text}' is no date (write it like 2022-12-02)", param, ctx)
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            self.fail(f"'{text}' is no date: {error} (write it like 2022-12-02)", param, ctx)


class WindowType(click.ParamType[Window]):
    """A day, or two days with a slash between them."""

    name = "DATE[/DATE]"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Window:
        """Turn ``2022-11-28/2022-12-02`` into a window."""
        if isinstance(value, Window):
            return value
        first, slash, last = str(value).partition("/")
        if "/" in last or (slash and not all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", one) for one in (first, last))):
            self.fail(f"'{value}' is no date (write a day like 2022-12-02, or 2022-11-28/2022-12-02)", param, ctx)
        earliest = DAY.convert(first, param, ctx)
        latest = DAY.convert(last, param, ctx) if slash else earliest
        if latest < earliest:
            self.fail(f"'{value}' ends before it begins (write the earlier day first)", param, ctx)
        return Window(earliest=earliest, latest=latest)


LARGEST = 100_000_000
"""Bytes of coded evidence or readings that are read at once."""

_OPENED = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")  # what a shell has opened already, as <(…) does


class WordsType(click.ParamType[str]):
    """Text that is kept or compared: always characters, whatever bytes were typed."""

    name = "TEXT"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Mark what is no UTF-8."""
        from tocsin.publish import safe

        return safe.terminal(readable(str(value)))


WORDS = WordsType()
DAY = DayType()
WINDOW = WindowType()


def now() -> datetime:
    """The moment, in UTC; only the command line and the web read the clock."""
    return datetime.now(tz=UTC).replace(tzinfo=None)


def readable(text: str) -> str:
    r"""An argument as text: bytes that are no UTF-8, which the system hands on as half characters, become a mark.

    >>> readable("a\udcff.txt") == "a\ufffd.txt"
    True
    """
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def is_desk(path: str) -> bool:
    """Is a folder a desk? It is one if it holds ``problems/``."""
    try:
        return (Path(path) / "problems").is_dir()
    except (OSError, ValueError):  # a name too long to be one, or with a NUL in it
        return False


def is_nothing(name: str) -> bool:
    """Is a word no file, no folder, no pattern, no address and not standard input?"""
    try:
        return name != "-" and "://" not in name and not set("*?[") & set(name) and not Path(name).exists()
    except (OSError, ValueError):  # a name too long to be one, or with a NUL in it
        return True


def open_desk(path: str) -> Desk:
    """Open the desk at a path."""
    from tocsin.desk import Desk

    return Desk(Path(path))


def desk_and_rest(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Split arguments into the desk and the rest: the first is the desk only if that folder holds ``problems/``."""
    if words and is_desk(words[0]):
        return words[0], words[1:]
    return ".", words


def desk_argument(command: Command) -> Command:
    """``[DESK]``, the current folder if left out."""
    return click.argument("desk", default=".", type=click.Path(), metavar="[DESK]")(command)


def as_of_options(command: Command) -> Command:
    """``--problem``, ``--as-of``, ``--known-by``: which question, as of which day, from which knowledge."""
    for option in (
        click.option("--known-by", type=DAY, help="Only reports retrieved on or before this day."),
        click.option(
            "--as-of", type=DAY, help="The day assessed: reports published on or before it. Today if left out."
        ),
        click.option("--problem", metavar="ID", help="The problem, where the desk has several."),
    ):
        command = option(command)
    return command


def release_option(*, default: str) -> Callable[[Command], Command]:
    """``--release``: what the readers are cleared for; what it does not cover is withheld, and counted.

    Args:
        default: What holds without it.
    """
    return click.option(
        "--release",
        "release",
        multiple=True,
        type=WORDS,
        metavar="LEVEL",
        default=(default,),
        show_default=default,
        help="What readers are cleared for: a TLP label, a caveat in words, or all; may be repeated.",
    )


def readers(names: tuple[str, ...]) -> Release:
    """What ``--release`` says of the readers."""
    from tocsin.publish import handling

    return handling.release(names)


def released(found: Found, names: tuple[str, ...]) -> tuple[Found, str]:
    """What a release may see, and what is withheld from it, counted; that is said on standard error too."""
    from tocsin.desk.release import released as for_readers

    shown, gone = for_readers(found, to=readers(names))
    if gone:
        click.echo(gone.told(), err=True)
    return shown, gone.told()


def write(text: str, output: str | None, *, told: bool = True) -> None:
    """Write a result to standard output, or to a file in one step, and say so on standard error if ``told``.

    Raises:
        UsageError: The file cannot be written.
    """
    if output is None or output == "-":
        click.echo(text, nl=not text.endswith("\n"))
        return
    write_bytes([text.encode("utf-8")], output, told=told)


def write_bytes(parts: Iterable[bytes], output: str | None, *, told: bool = True) -> None:
    """Write bytes to standard output, part by part, or to a file that has its name once it is whole.

    Raises:
        UsageError: The file cannot be written.
    """
    if output is None or output == "-":
        for part in parts:
            sys.stdout.buffer.write(part)
        return
    target = Path(output)
    partial = target.with_name(target.name + ".part")
    try:
        with partial.open("wb") as file:
            file.writelines(parts)
        partial.replace(target)
        if told:
            _wrote(output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageError(f"{output}: cannot be written: {error.strerror or error}") from error


def _wrote(output: str) -> None:
    from tocsin.publish import safe

    click.echo(f"wrote {safe.plain(readable(output))}", err=True)


@contextmanager
def lines_of(name: str) -> Iterator[Iterable[bytes]]:
    """The lines of a file, or of standard input for ``-``, one after the other.

    Raises:
        UsageError: It cannot be read.
    """
    if name == "-":
        yield sys.stdin.buffer if sys.stdin is not None else ()
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - closed below, and only its opening is in doubt here
    except (OSError, ValueError) as error:
        raise UsageError(f"{name}: {getattr(error, 'strerror', None) or error} (check the path)") from error
    with file:
        yield file


def standard_input(limit: int) -> bytes:
    """What stands in standard input; of more than the limit no more than proves it."""
    if sys.stdin is None:  # it can be closed
        return b""
    return sys.stdin.buffer.read(limit + 1)


def items(names: tuple[str, ...], *, page: Callable[[str], Got] | None = None) -> Iterator[tuple[str, Get]]:
    """What arguments stand for, each with a way to get its bytes or its file: files, folders, patterns, ``-``.

    ``page`` gets what stands at an address; without it none is fetched.
    """
    from tocsin import desk as desks
    from tocsin.read import MAX_BYTES

    for name in names:
        if name == "-":
            yield "standard input", partial(standard_input, MAX_BYTES)
        elif "://" in name:
            reason = f"{name}: this command fetches no addresses (save the page, or: tocsin add {name})"
            yield readable(name), partial(page, name) if page is not None else partial(_refused, reason)
        else:
            files = desks.files_under(Path(name))
            if not files:
                reason = f"{name}: no report there (docs/how-to/take-reports-in.md lists the kinds of files)"
                yield readable(name), partial(_refused, reason)
            for file in files:
                yield readable(str(file)), partial(_itself, file)


def _itself(file: Path) -> Path:
    return file


def workers() -> int:
    """How many workers read: as many as this process has cores, eight at most, for one writer keeps up with no more."""
    import os

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, 8)


@contextmanager
def counting(label: str) -> Iterator[Callable[[bool], None]]:
    """A line on standard error, where that is a terminal, that counts what is done; call it with whether it failed."""
    import time

    done = failed = 0
    shown = 0.0
    watched = sys.stderr is not None and sys.stderr.isatty()

    def tick(bad: bool) -> None:  # noqa: FBT001 - one thing is counted, and it went well or not
        nonlocal done, failed, shown
        done, failed = done + 1, failed + bad
        if watched and time.monotonic() - shown > 0.1:
            shown = time.monotonic()
            click.echo(f"\r{label}: {done:,} done, {failed:,} failed ", err=True, nl=False)

    try:
        yield tick
    finally:
        if shown:
            click.echo("\r" + " " * 60 + "\r", err=True, nl=False)


def _refused(reason: str) -> bytes:
    raise UsageError(reason)


def read_text(path: str) -> str:
    """A text file of the user's, or standard input for ``-``.

    Raises:
        UsageError: It cannot be read, is too large, or is not UTF-8.
    """
    try:
        if path == "-":
            data = standard_input(LARGEST)
        else:
            file = Path(path)
            if file.exists() and not (file.is_file() or file.is_dir() or path.startswith(_OPENED)):
                raise UsageError(f"{path}: no regular file (use - to read standard input)")
            with file.open("rb") as stream:
                data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise UsageError(f"{path}: more than {LARGEST // 1_000_000} MB (split it)")
        return data.decode("utf-8-sig")
    except ValueError as error:
        if not isinstance(error, UnicodeDecodeError):
            raise UsageError(f"{path}: {error} (check the path)") from error
        raise UsageError(f"{path}: not UTF-8 at byte {error.start} (save it as UTF-8)") from error
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error} (check the path)") from error


def width() -> int:
    """Columns to print in: those of the terminal, 100 where there is none."""
    import shutil

    return max(60, min(120, shutil.get_terminal_size((100, 24)).columns))


def colour() -> bool:
    """Is standard output a terminal that shows colour?"""
    import os

    return sys.stdout is not None and sys.stdout.isatty() and "NO_COLOR" not in os.environ


@contextmanager
def progress(total: int, label: str) -> Iterator[Callable[[], None]]:
    """A bar on standard error where that is a terminal and there is more than one step; call it after each."""
    if total < 2 or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)
