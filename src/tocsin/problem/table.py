"""A table of a TOML file, read key by key; what is wrong is collected with its place and never raised at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from tocsin.errors import Fault, FaultyInput, Place
from tocsin.problem.kinds import Kind
from tocsin.problem.values import Wrong, alike, nearest, shown, string_keyed

_T = TypeVar("_T")
_MOST_FAULTS = 500
_LONGEST_NAME = 64


class Faults:
    """The faults of one file, in the order found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: dict[Fault, None] = {}

    def add(self, where: str, message: str, cure: str) -> None:
        """Keep one fault; the same fault is kept once, and of very many the first ones."""
        if not self.full:
            self.found[Fault(Place(self.file, where), message, cure)] = None

    @property
    def full(self) -> bool:
        """Are there so many that no more are kept?"""
        return len(self.found) >= _MOST_FAULTS

    def raise_if_any(self) -> None:
        """Raise all faults together.

        Raises:
            FaultyInput: there is at least one.
        """
        if self.found:
            raise FaultyInput(tuple(self.found))


class Table:
    """One table with its place in the file.

    On creation it reports keys that its kind does not know and required ones that are missing. ``name`` is its id
    as written, faulty or not, so that one bad id does not make every mention of it a fault too.
    """

    def __init__(self, values: Mapping[str, object], where: str, kind: Kind, faults: Faults) -> None:
        self.where = where
        self.kind = kind
        self.values = values
        self.faults = faults
        self.bad: set[str] = set()
        self.misspelt: set[str] = set()
        raw = values.get("id")
        self.name = raw.strip() if isinstance(raw, str) else ""
        for key in values:
            if key not in kind.keys and not faults.full:
                meant = None if key in kind.hints else alike(key, kind.keys)
                if meant is not None:
                    self.misspelt.add(meant)
                cure = kind.hints.get(key) or nearest(key, kind.keys, what="keys")
                self.say(key, f"{shown(key)} is no key of {kind.article}", cure)
        for key in kind.required:
            self.want(key, f"add {key} = {kind.keys[key].example}")

    def __contains__(self, key: str) -> bool:
        """Does the file give this key?"""
        return key in self.values

    def want(self, key: str, cure: str, *, message: str = "is missing") -> None:
        """Report a key that should stand here and does not; one that is there misspelt has been reported already."""
        if key in self.misspelt:
            self.bad.add(key)
        elif key not in self.values:
            self.say(key, message, cure)

    def at(self, *parts: str) -> str:
        """The path of something inside this table."""
        return ".".join(part for part in (self.where, *map(_on_one_line, parts)) if part)

    def say(self, key: str, message: str, cure: str, *, inside: str | None = None) -> None:
        """Report a fault at a key of this table, or at something inside what the key holds."""
        self.bad.add(key)
        self.faults.add(self.at(key) if inside is None else self.at(key, inside), message, cure)

    def get(self, key: str, read: Callable[[object], _T], fallback: _T) -> _T:
        """The value of a key; ``fallback`` where it is absent or, after a fault, where it is wrong."""
        if key not in self.values:
            return fallback
        try:
            return read(self.values[key])
        except Wrong as wrong:
            self.say(key, wrong.message, wrong.cure)
            return fallback

    def by_name(
        self, key: str, read: Callable[[object], _T], *, known: Collection[str] | None, what: str
    ) -> dict[str, _T]:
        """A table inside this one that gives a value for each of several names.

        Args:
            key: The key that holds it.
            read: Reader of each value.
            known: The names that exist; None where any name will do.
            what: What the names are, in the plural.

        Returns:
            The values that could be read; for the others a fault is kept.
        """
        if key not in self.values:
            return {}
        inner = string_keyed(self.values[key])
        if inner is None:
            some = min(known, default="name") if known else "name"
            self.say(key, f"{shown(self.values[key])} does not say for which of the {what}", f"write {{ {some} = … }}")
            return {}
        result: dict[str, _T] = {}
        for name, value in inner.items():
            if self.faults.full:
                break
            if known is not None and name not in known:
                self.say(key, f"{shown(name)} is none of the {what}", nearest(name, known, what=what), inside=name)
                continue
            try:
                result[name] = read(value)
            except Wrong as wrong:
                self.say(key, wrong.message, wrong.cure, inside=name)
        return result

    def tables(self, key: str, kind: Kind) -> list[Table]:
        """The tables of a list of tables, each placed by its id, or by its number where it has none."""
        value = self.values.get(key, [])
        cure = f"write {key} = [{{ … }}, …]" if self.where else f"head each one with [[{key}]]"
        if not isinstance(value, list):
            self.say(key, f"{shown(value)} is no list of tables", cure)
            return []
        if len(value) > kind.most:
            self.say(key, f"{len(value)} of them are too many", f"give at most {kind.most}")
        result = []
        for position, item in enumerate(value[: kind.most], start=1):
            inner = string_keyed(item)
            if inner is None:
                self.say(key, f"{shown(item)} is no table", cure, inside=f"#{position}")
                continue
            name = inner.get("id")
            label = name.strip() if isinstance(name, str) and name.strip() else f"#{position}"
            result.append(Table(inner, self.at(key, label), kind, self.faults))
        return result

    def table(self, key: str, kind: Kind) -> Table | None:
        """One table inside this one, or None where it is absent or no table."""
        if key not in self.values:
            return None
        inner = string_keyed(self.values[key])
        if inner is None:
            self.say(key, f"{shown(self.values[key])} is no table", f"head it with [{key}]")
            return None
        return Table(inner, self.at(key), kind, self.faults)


def circles(follows: Mapping[str, Collection[str]]) -> list[tuple[str, ...]]:
    """The circles in "this one leads to those": each once, beginning with its first name in order.

    >>> circles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]})
    [('a', 'b', 'c', 'a')]
    """
    done: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in follows:
        path: list[str] = []
        waiting = [(start, 0)]
        while waiting:
            name, depth = waiting.pop()
            del path[depth:]
            if name in path:
                ring = path[path.index(name) :]
                turn = ring.index(min(ring))
                found.append((*ring[turn:], *ring[:turn], ring[turn]))
            elif name not in done:
                path.append(name)
                done.add(name)
                waiting.extend((after, depth + 1) for after in follows.get(name, ()))
    return list(dict.fromkeys(found))


def _on_one_line(part: str) -> str:
    part = part if part.isprintable() and part.strip() else repr(part)
    return part if len(part) <= _LONGEST_NAME else f"{part[: _LONGEST_NAME - 1]}…"
