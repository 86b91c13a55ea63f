"""What Tocsin missed and what it offered wrongly, for those who work on it. It holds text of the data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from benchmarks.extraction.attribution import is_speech, match
from benchmarks.extraction.figures import pairs, same_bound, same_value
from benchmarks.extraction.shapes import Attribution, Quantity
from benchmarks.extraction.units import same_thing


def of_quotations(
    texts: Mapping[str, str], wanted: Mapping[str, Sequence[Attribution]], offered: Mapping[str, Sequence[Attribution]]
) -> Iterable[str]:
    """One line for each speech attribution that was missed, and one for each that was offered wrongly."""
    for name, text in texts.items():
        gold = [one for one in wanted[name] if is_speech(one.cue)]
        mine = [one for one in offered.get(name, ()) if is_speech(one.cue)]
        found = match(text, gold, mine).found
        right = match(text, mine, gold).found
        yield from (_said("missed", name, text, one) for at, one in enumerate(gold) if at not in found)
        yield from (_said("wrong", name, text, one) for at, one in enumerate(mine) if at not in right)


def of_figures(
    texts: Mapping[str, str], wanted: Mapping[str, Sequence[Quantity]], offered: Mapping[str, Sequence[Quantity]]
) -> Iterable[str]:
    """One line for each quantity that was missed, has another unit or bound, or is not in the corpus."""
    for name, text in texts.items():
        gold, mine = wanted[name], offered.get(name, ())
        matched = dict(pairs(gold, mine, same_value))
        for at, one in enumerate(gold):
            if at not in matched:
                yield _counted("missed", text, one, None)
            else:
                other = mine[matched[at]]
                if not same_thing(one, other):
                    yield _counted("unit", text, one, other)
                if not same_bound(one, other):
                    yield _counted("bound", text, one, other)
        yield from (
            _counted("not in the corpus", text, None, other)
            for at, other in enumerate(mine)
            if at not in matched.values()
        )


def _said(kind: str, name: str, text: str, one: Attribution) -> str:
    parts = {
        "kind": kind,
        "text": name,
        "cue": one.cue,
        "source": [text[first:stop] for first, stop in one.source],
        "content": [text[first:stop] for first, stop in one.content],
    }
    return json.dumps(parts, ensure_ascii=False)


def _counted(kind: str, text: str, gold: Quantity | None, mine: Quantity | None) -> str:
    parts = {"kind": kind, "wanted": _shown(gold), "offered": _shown(mine), "text": text}
    return json.dumps(parts, ensure_ascii=False)


def _shown(one: Quantity | None) -> list[object] | None:
    return None if one is None else [list(one.ends), one.unit, one.of, one.bound, one.change]
