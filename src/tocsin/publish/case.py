"""An assessment together with what it was made from, and the names of everything in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tocsin.model.assessment import Assessment, IndicatorResult
from tocsin.model.claim import Claim, Modality, Polarity
from tocsin.model.evidence import Evidence, Linked, Rating, Reading
from tocsin.model.report import Report
from tocsin.publish.safe import plain
from tocsin.publish.story import Kind, Ref, Text
from tocsin.publish.words import NBSP, short

NOTHING_LINKED = Linked(evidence=(), readings=(), others=(), set_aside=(), unlinked=0)


class Case:
    """What a product is rendered from. A claim that is missing (evidence coded by hand) is named by its id.

    ``withheld`` says what its readers may not see, counted; empty where they see all of it. ``bare``: what linking
    made of the claims was not given. ``commands``: its readers have the program at hand, and are told what to enter.
    """

    def __init__(
        self,
        assessment: Assessment,
        *,
        claims: Mapping[str, Claim],
        reports: Mapping[str, Report],
        ratings: Mapping[str, Rating] | None = None,
        linked: Linked | None = None,
        withheld: str = "",
        commands: bool = False,
    ) -> None:
        self.assessment = assessment
        self.commands = commands
        self.withheld = withheld
        self.claims = claims
        self.reports = reports
        self.ratings = ratings or {}
        self.linked = linked or NOTHING_LINKED
        self.bare = linked is None
        self._names = {rating.source: rating.source_name for rating in self.ratings.values()}
        self._items: dict[str, list[Evidence]] = {}
        for item in self.linked.evidence:
            self._items.setdefault(item.claim or item.id, []).append(item)
        self._lines = {line.id: line for line in assessment.indicators}
        self._stated = {figure.id: figure.of for figure in assessment.figures}
        for stated in (assessment.scenarios, assessment.gates, assessment.indicators):
            self._stated |= {thing.id: thing.statement for thing in stated}

    def claim_ref(self, name: str) -> Ref:
        """The reference to a claim."""
        return Ref(Kind.CLAIM, name, short(plain(name)))

    def indicator(self, name: str) -> IndicatorResult | None:
        """The board's line of that id."""
        return self._lines.get(name)

    def statement(self, name: str) -> str:
        """What an indicator, gate, scenario or figure states; its id where it is not declared."""
        return plain(self._stated.get(name) or name)

    def source_name(self, source: str) -> str:
        """The name of a source, from the ratings; its id where no rating names it."""
        return plain(self._names.get(source) or source)

    def who(self, claim: str) -> str:
        """The origin of a claim: the innermost voice, with the outlet that carried it where it is another."""
        found = self.claims.get(claim)
        rating = self.ratings.get(claim)
        if found is None:
            item = self.evidence_of(claim)
            return self.source_name(rating.source if rating else item.source if item else claim)
        origin = plain(rating.source_name if rating else found.origin.name)
        outlet = plain(found.chain[0].name)
        return origin if outlet.casefold() == origin.casefold() else f"{origin}, through {outlet}"

    def items_of(self, claim: str) -> tuple[Evidence, ...]:
        """All items of evidence a claim became; one claim may bear on several indicators."""
        return tuple(self._items.get(claim, ()))

    def readings_of(self, claim: str) -> tuple[Reading, ...]:
        """The readings of figures that a claim gives."""
        return tuple(reading for reading in self.linked.readings if reading.claim == claim)

    def evidence_of(self, claim: str) -> Evidence | None:
        """The first item of evidence a claim became, if it became one."""
        return next(iter(self._items.get(claim, ())), None)

    def evidence_on(self, indicator: str) -> tuple[Evidence, ...]:
        """The evidence on one indicator, oldest first."""
        found = (item for item in self.linked.evidence if item.indicator == indicator)
        return tuple(sorted(found, key=lambda item: (item.about, item.published, item.id)))

    def saying(self, claim: str, *, limit: int = 150) -> str:
        """A claim's words on one line, cut at a word where they are longer than ``limit`` characters."""
        found = self.claims.get(claim)
        if found is None:
            item = self.evidence_of(claim)
            return f"{item.says.value} on {item.about.isoformat()}" if item else ""
        return cut(plain(found.content), limit)

    def quoted(self, claim: str, *, limit: int = 110) -> str:
        """A claim's words in quotation marks after a colon, and what kind of saying they are if not plain assertion."""
        found = self.claims.get(claim)
        told = self.saying(claim, limit=limit)
        if found is None:
            return f": {told}" if told else ""
        denial = ["denial"] if found.polarity is Polarity.DENIED else []
        put = [found.modality.value.replace("_", " ")] if found.modality is not Modality.ASSERTED else []
        tags = ", ".join(denial + put)
        return f": “{told}”" + (f" ({tags})" if tags else "")

    def named(self, kind: str, name: str) -> Text:
        """A thing named by kind and id, as words that lead to it."""
        if kind == "claim":
            return (f"{self.who(name)}{self.quoted(name)}{NBSP}", self.claim_ref(name))
        if kind == "source":
            return (self.source_name(name),)
        if kind in {"indicator", "scenario", "figure"}:
            return (Ref(Kind(kind), name, self.statement(name)),)
        if kind == "echo":
            if self._is_claim(name):
                return ("all that repeats ", *self.named("claim", name))
            return (f"all that leads back to {self.source_name(name)}",)
        return (self.statement(name),)

    def _is_claim(self, name: str) -> bool:
        return name in self.claims or name in self._items or any(name in line.claims for line in self._lines.values())

    def refs(self, claims: Iterable[str], *, limit: int = 6) -> Text:
        """References to claims in a row; beyond ``limit`` the rest are counted."""
        names = list(dict.fromkeys(claims))
        parts: list[str | Ref] = []
        for name in names[:limit]:
            parts += [" " if parts else "", self.claim_ref(name)]
        if len(names) > limit:
            parts.append(f" and {len(names) - limit} more")
        return tuple(part for part in parts if part)

    def used(self) -> tuple[str, ...]:
        """Ids of every claim that a product may name, days ahead first, then in the order of the board."""
        return tuple(dict.fromkeys(self._used()))

    def _used(self) -> Iterator[str]:
        a = self.assessment
        yield from (one.claim for one in a.ahead)
        for line in a.indicators:
            yield from line.claims
        for figure in a.figures:
            yield from (reading.claim for reading in figure.readings if reading.claim is not None)
        yield from (driver.id for driver in a.drivers if driver.kind == "claim" or self._is_claim(driver.id))
        yield from (item.id for item in a.against if item.kind == "claim" or self._is_claim(item.id))
        for change in a.changes:
            yield from change.because
        for echo in a.echoes:
            yield from echo.claims
        yield from (other.claim for other in a.others)
        yield from (item.claim or item.id for item in self.linked.evidence)


def cut(text: str, limit: int) -> str:
    """The text, cut at a word and marked with an ellipsis where it is longer than ``limit`` characters.

    >>> cut("one two three", 9), cut("one", 9)
    ('one two…', 'one')
    """
    if len(text) <= limit:
        return text
    head = text[:limit].rsplit(" ", 1)[0] if " " in text[:limit] else text[: limit - 1]
    return head.rstrip(" ,;:.") + "…"
