"""New desks: an empty one to fill, and the worked example."""

from __future__ import annotations

import importlib.resources
import shlex
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources.abc import Traversable
from pathlib import Path

from tocsin import problem as problems
from tocsin.desk.folder import Desk
from tocsin.desk.values import Taken
from tocsin.errors import UsageError

EXAMPLE = "northern-front"
WATCHED = timedelta(days=90)
"""How long a new question of one's own is watched until its author says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A desk that was written.

    Attributes:
        files: The files.
        by: The last day of a question of one's own; None for the commented example.
        named: The question itself names that day; otherwise it is a guess.
    """

    files: tuple[Path, ...]
    by: date | None = None
    named: bool = False


def new(path: Path, *, today: date, ident: str | None = None, question: str | None = None) -> Begun:
    """Write a new desk: a commented problem that passes `check`, and commented sources.

    Args:
        path: Its folder.
        today: The first day of the watch of one's own question; it ends on the last day that the question names, and
            90 days on where it names none.
        ident: The id of one's own problem, and the name of its file; None for the commented example.
        question: Its question.

    Raises:
        UsageError: There is a desk already, or a file of sources, and nothing is overwritten; or of id and question
            only one is given.
        FaultyInput: The id or the question is faulty.
    """
    if (path / "problems").exists():
        raise UsageError(f"{path}: a desk is there already (nothing was changed)")
    if (path / "sources.toml").exists():
        own = shlex.quote(str(path / "my-desk"))
        raise UsageError(f"{path / 'sources.toml'}: is there already (nothing was changed; try: tocsin new {own})")
    if (ident is None) is not (question is None):
        raise UsageError("give --id and --question together, or neither for the commented example")
    end, by = None, None
    text, sources = problems.template_problem(), problems.template_sources()
    if ident is not None and question is not None:
        end = problems.end_of(question, opened=today)
        by = end or today + WATCHED
        text = problems.own_problem(ident=ident, question=question, opened=today, by=by)
        sources = problems.own_sources()
    name = problems.parse_problem(text, file="the new problem").id
    written = {path / "problems" / f"{name}.toml": text, path / "sources.toml": sources}
    for file, content in written.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return Begun(files=tuple(written), by=by, named=end is not None)


def example(path: Path, *, now: datetime) -> tuple[Desk, tuple[Taken, ...]]:
    """Write the worked desk into a folder and take its reports in. Files that are there already are left alone.

    Its reports count as retrieved on the day they were published, for the desk is a reconstruction.

    Raises:
        UsageError: The folder holds something else.
    """
    source = importlib.resources.files("tocsin").joinpath("examples", EXAMPLE)
    if path.exists() and any(path.iterdir()) and not (path / "problems" / f"{EXAMPLE}.toml").exists():
        raise UsageError(f"{path}: not empty, and not the worked desk (name another folder: tocsin demo DIR)")
    _copy(source.joinpath("problems"), path / "problems")
    sources = path / "sources.toml"
    if not sources.exists():
        sources.write_bytes(source.joinpath("sources.toml").read_bytes())
    desk = Desk(path)
    reports = sorted(source.joinpath("reports").iterdir(), key=lambda file: file.name)
    return desk, desk.add([(file.name, file.read_bytes) for file in reports], now=now, backfill=True)


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for file in source.iterdir():
        if not (target / file.name).exists():
            (target / file.name).write_bytes(file.read_bytes())
