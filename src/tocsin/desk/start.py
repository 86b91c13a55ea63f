"""New desks: an empty one to fill, and the worked example."""

from __future__ import annotations

import importlib.resources
import shlex
from datetime import datetime
from importlib.resources.abc import Traversable
from pathlib import Path

from tocsin import problem as problems
from tocsin.desk.astray import holds_something
from tocsin.desk.folder import Desk
from tocsin.desk.values import Taken
from tocsin.errors import UsageError

EXAMPLE = "northern-front"


def new(path: Path) -> tuple[Path, ...]:
    """Write a new desk: a commented problem that passes `check`, and commented sources.

    Raises:
        UsageError: There is a desk already, or the folder holds other things; nothing is overwritten.
    """
    if (path / "problems").exists():
        raise UsageError(f"{path}: a desk is there already (nothing was changed)")
    if holds_something(path):
        own = shlex.quote(str(path / "my-desk"))
        raise UsageError(f"{path}: not empty, and a desk has a folder of its own (name another: tocsin new {own})")
    text = problems.template_problem()
    name = problems.parse_problem(text, file="template").id
    written = {path / "problems" / f"{name}.toml": text, path / "sources.toml": problems.template_sources()}
    for file, content in written.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return tuple(written)


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
