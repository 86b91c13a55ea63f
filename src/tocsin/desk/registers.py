"""The desk's own registers as readers of a release may see them: judgements, the audit trail, looks, alerts, outcomes.

One table says what each text of a register's entry holds. A text that it does not name is left out for everybody but
those who may see everything, so that a field that is added later cannot leak.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum, StrEnum
from typing import TypeVar, cast

from tocsin.desk.release import who_is_who
from tocsin.desk.values import Stream
from tocsin.model.claim import Claim
from tocsin.model.judgement import Entry, Judgement, JudgementKind, detail_of
from tocsin.model.log import Act, Delivery
from tocsin.model.look import Lookout
from tocsin.model.outcome import Line, Outcome, Scored
from tocsin.publish.handling import Release, named, withheld
from tocsin.publish.masking import MASK, mapped

Row = TypeVar("Row", bound=Entry | Act | Lookout | Delivery | Outcome | Scored)


class Holds(StrEnum):
    """What a text of a register holds: words of ours, or the id of a thing that must be seen to be named."""

    WORDS = "words"
    THING = "thing"


_WORDS, _THING = Holds.WORDS, Holds.THING
_HELD: Mapping[type, Mapping[str, Holds]] = {
    Judgement: {"subject": _THING},
    Act: {"what": _WORDS, "subject": _THING},
    Lookout: {"indicator": _WORDS, "who": _WORDS},
    Delivery: dict.fromkeys(("problem", "rule", "key", "reason", "channel", "target"), _WORDS),
    Outcome: dict.fromkeys(("problem", "scenario", "rule"), _WORDS),
    Scored: {"problem": _WORDS},
    Line: {"who": _WORDS},
}
"""Who signs a forecast is told in the answer it goes with, and so here; who judged or recorded, and why, is not."""

_OURS = frozenset({"issue", "outcome", "forecast", "look", "note", "watch", "deliver"})
"""Acts whose subject is a word of ours: a problem, an indicator, a kind of note, the key of an alert."""

_OF_TWO = frozenset({JudgementKind.MERGER, JudgementKind.INDEPENDENCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What readers who may not see everything may see of the whole desk.

    Attributes:
        seen: The ids of claims, reports, sources and voices that may be named.
        hidden: The claims that are withheld.
        names: What finds the names of withheld sources.
    """

    seen: frozenset[str]
    hidden: frozenset[str]
    names: tuple[re.Pattern[str], ...]

    def shown(self, row: Row) -> Row:
        """One entry of a register, masked."""
        return cast("Row", self._deep(row))

    def words(self, text: str) -> str:
        """Words of ours without the names of withheld sources."""
        for pattern in self.names:
            text = pattern.sub(MASK, text)
        return text

    def thing(self, name: str) -> str:
        """An id, where what it means may be seen."""
        return name if name in self.seen else MASK

    def _deep(self, value: object) -> object:
        if isinstance(value, Claim):
            return mapped(value, self.words) if value.id in self.seen else None
        if isinstance(value, tuple):
            return tuple(self._deep(one) for one in value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        held = _HELD.get(type(value), {})
        changed = {one.name: self._field(getattr(value, one.name), held.get(one.name)) for one in fields(value)}
        mend = _MENDED.get(type(value))
        return replace(value, **{**changed, **(mend(self, value) if mend else {})})

    def _field(self, value: object, holds: Holds | None) -> object:
        if isinstance(value, str) and not isinstance(value, Enum):
            return "" if holds is None else self.thing(value) if holds is Holds.THING else self.words(value)
        return None if isinstance(value, Mapping) else self._deep(value)


def _judgement(sight: Sight, value: object) -> Mapping[str, object]:
    """What a judgement gives, but for the value of a correction: that is somebody's words, and may quote anything."""
    one = cast("Judgement", value)
    aspect = sight.thing(one.aspect) if one.kind in _OF_TWO else sight.words(one.aspect)
    given = "" if one.kind is JudgementKind.CORRECTION else sight.words(one.given)
    return {"detail": detail_of(aspect, given) if one.detail else None}


def _act(sight: Sight, value: object) -> Mapping[str, object]:
    """What is about a word of ours names it; who did it is told where it was this program."""
    one = cast("Act", value)
    found: dict[str, object] = {"who": one.who if one.who == "tocsin" else ""}
    return {**found, "subject": sight.words(one.subject)} if one.what in _OURS else found


def _delivery(sight: Sight, value: object) -> Mapping[str, object]:
    """An alert tells nothing where a claim behind it has been withheld since."""
    one = cast("Delivery", value)
    try:
        behind = json.loads(one.payload).get("claims", ())
    except (ValueError, AttributeError):
        behind = ()
    return {"reason": MASK} if sight.hidden.intersection(behind) else {}


_MENDED: Mapping[type, Callable[[Sight, object], Mapping[str, object]]] = {
    Judgement: _judgement,
    Act: _act,
    Delivery: _delivery,
}


def sight(stream: Stream, *, to: Release) -> Sight:
    """What readers of a release may see of a desk, by everything it has read."""
    sources = who_is_who(stream)
    claims = (*stream.claims, *stream.rejected)
    gone = withheld(claims, stream.reports, stream.ratings, sources, to=to)
    shown = frozenset(claim.id for claim in claims) - gone.claims.keys()
    heard = {rating.merged_from or rating.source for claim, rating in stream.ratings.items() if claim in shown}
    open_sources = {source.id for source in sources}
    return Sight(
        seen=(shown | (stream.reports.keys() - gone.reports.keys()) | heard | open_sources) - gone.sources.keys(),
        hidden=frozenset(gone.claims),
        names=tuple(named(source) for source in sources if source.id in gone.sources),
    )


def shown(rows: Iterable[Row], stream: Callable[[], Stream], *, to: Release) -> tuple[Row, ...]:
    """The entries of a register that readers of a release may see.

    Args:
        rows: The entries.
        stream: Gives everything the desk has read; asked for only where something may have to be withheld.
        to: What the readers are cleared for.
    """
    if to.everything:
        return tuple(rows)
    eyes = sight(stream(), to=to)
    return tuple(eyes.shown(row) for row in rows)
