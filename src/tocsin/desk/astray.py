"""A folder that is no desk: which one was meant, and how it is written for a shell."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

_NAMED = 3
_ALIKE = 0.7
_LOOKED_INTO = 1_000


def no_desk(path: Path) -> str:
    """Why a path is no desk, and the cure: a desk one level up or below, or where to make one."""
    near = [shlex.quote(str(one)) for one in _near(path)]
    if path.is_file():
        what = f"{path}: this is a file, and a desk is a folder"
    else:
        what = f"{path}: no desk here, for it has no folder problems/"
    if near:
        more = " …" if len(near) > _NAMED else ""
        return f"{what} (did you mean {' or '.join(near[:_NAMED])}{more}?)"
    if path.is_file():
        return f"{what} (name the folder)"
    if holds_something(path):
        own = shlex.quote(str(path / "my-desk"))
        return f"{what} (go to your desk or name its folder; a new one: tocsin new {own})"
    return f"{what} (make one with: tocsin new {shlex.quote(str(path))})"


def holds_something(path: Path) -> bool:
    """Does a folder hold anything but hidden files?"""
    return any(not one.name.startswith(".") for one in _inside(path))


def _near(path: Path) -> Iterator[Path]:
    """The desk that the path lies in, else those that lie in it; of a path that is nothing, desks of a similar name."""
    if not _is_there(path):
        beside = {one.name: one for one in _inside(path.parent) if _is_desk(one)}
        yield from (beside[name] for name in get_close_matches(path.name, beside, cutoff=_ALIKE))
    else:
        whole = path.resolve()
        for up in range(1, 3):
            if len(whole.parents) >= up and _is_desk(whole.parents[up - 1]):
                yield path.parents[up - 1] if len(path.parents) >= up else Path(*[".."] * (up - len(path.parents)))
                return
    yield from sorted(one for one in _inside(path) if _is_desk(one))


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long to be one, or with a NUL in it
        return False


def _inside(path: Path) -> list[Path]:
    try:
        return [one for one, _ in zip(path.iterdir(), range(_LOOKED_INTO), strict=False)]
    except (OSError, ValueError):  # no folder, or none that may be read
        return []


def _is_desk(path: Path) -> bool:
    try:
        return (path / "problems").is_dir() and not path.is_symlink()
    except (OSError, ValueError):
        return False
