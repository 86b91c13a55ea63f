"""A case as a release may see it: numbers stay, words and origin of what is withheld are masked.

The masked case takes the place of the whole one before anything is rendered, so that no product has to know of it.
Reasons that people signed are shown to those alone who may see everything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar, cast

import msgspec

from tocsin.model.assessment import Against, Assessment, Driver, ReadingShown
from tocsin.model.claim import Attribution, Claim
from tocsin.model.evidence import Evidence, Judged, Linked, OtherView, Rating, Reading
from tocsin.model.report import Report, Source, Span, Voice, VoiceKind
from tocsin.publish.handling import Release, Withheld, named, withheld

MASK = "withheld"
BLOCK = "█"
_OURS = frozenset({"question", "resolution", "statement", "words", "yardstick", "method"})
"""Keys of an assessment that hold the problem's own words, or the yardstick's: no voice's name is looked for there."""

_DECLARED = frozenset({"problem", "indicator", "scenario", "figure", "needs"})
"""Keys that hold ids of the problem's own; so does ``id`` in the parts of ``_PARTS``."""

_PARTS = frozenset({"indicators", "scenarios", "gates", "figures"})

Value = TypeVar("Value")
Effect = TypeVar("Effect", Driver, Against)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What products are rendered from. ``assessment`` is None where there is none, as in a table of claims."""

    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]
    ratings: Mapping[str, Rating]
    linked: Linked
    sources: tuple[Source, ...]
    assessment: Assessment | None = None


def masked(case: Case, *, to: Release) -> tuple[Case, Withheld]:
    """The case as readers of a release may see it, and what is withheld from them.

    A withheld claim keeps its place under a name of its own ("withheld-1"), its role and polarity and what it did to
    the answer; its words, voices, figures, times and places are gone, and so is its report. A withheld source is
    "withheld-source-1"; its names are blocked out wherever they stand. The answer itself is the same for all readers.

    Why somebody judged something, and who, is left out of every release but the one of everything, whether or not
    anything is withheld: nobody marks a reason, and it may quote a report that is not in this case at all.
    """
    if to.everything:
        return case, Withheld()
    gone = withheld(case.claims.values(), case.reports, case.ratings, case.sources, to=to)
    case = _without_reasons(case)
    return (_Mask(case, gone).case(), gone) if gone else (case, gone)


def _without_reasons(case: Case) -> Case:
    """The case with what was judged, and without who judged so and why; itself where nothing was signed."""
    signed = {key: rating for key, rating in case.ratings.items() if rating.judged}
    graded = any(source.graded_by or source.grades for source in case.sources)
    recorded = case.assessment.outcome if case.assessment is not None else None
    if not (signed or graded or case.linked.judged or recorded):
        return case
    assessment = case.assessment
    if assessment is not None and recorded is not None:
        assessment = replace(assessment, outcome=replace(recorded, by=""))
    return replace(
        case,
        ratings={
            **case.ratings,
            **{key: replace(rating, judged=tuple(map(_unsigned, rating.judged))) for key, rating in signed.items()},
        },
        linked=replace(case.linked, judged=tuple((claim, _unsigned(one)) for claim, one in case.linked.judged)),
        sources=tuple(
            replace(source, graded_by="", grades=tuple(replace(grade, by="", why="") for grade in source.grades))
            for source in case.sources
        ),
        assessment=assessment,
    )


def _unsigned(judged: Judged) -> Judged:
    return replace(judged, signed="")


class _Mask:
    """The names under which withheld things go, and the transformations that use them."""

    def __init__(self, case: Case, gone: Withheld) -> None:
        self._case = case
        self._gone = gone
        self._heard = {_voice(rating) for claim, rating in case.ratings.items() if claim not in gone.claims}
        self._claims = {claim: f"{MASK}-{n}" for n, claim in enumerate((c for c in case.claims if c in gone.claims), 1)}
        self._sources = {source: f"{MASK}-source-{n}" for n, source in enumerate(self._hidden_sources(), 1)}
        self._apart = self._own_ids()
        self._names = [named(source) for source in case.sources if source.id in gone.sources]
        self._told = self._told_names()
        self._closed: dict[str, list[Span]] = {}
        for claim in case.claims.values():
            if claim.id in gone.claims:
                spans = (claim.sentence, claim.span, *([claim.cue.span] if claim.cue else []))
                self._closed.setdefault(claim.report, []).extend(spans)
        self._exact = {**self._claims, **self._sources, **self._apart, **dict.fromkeys(gone.reports, MASK)}
        said = [(item.id, item.claim, item.indicator) for item in case.linked.evidence]
        said += [(reading.id, reading.claim, reading.figure) for reading in case.linked.readings]
        self._exact |= {key: f"{self._claims[c]}/{about}" for key, c, about in said if c in self._claims}

    def _hidden_sources(self) -> list[str]:
        """Sources that are withheld themselves, and those of whom nothing is left to be seen."""
        found = dict.fromkeys(self._gone.sources)
        used = {rating.source for claim, rating in self._case.ratings.items() if claim not in self._gone.claims}
        for claim, rating in self._case.ratings.items():
            if claim in self._gone.claims:
                own = {_voice(rating)} - self._heard
                found |= dict.fromkeys(sorted(own | ({rating.source} - self._heard - used)))
        declared = {source.id for source in self._case.sources}
        for rating in self._case.ratings.values():  # a voice that speaks nowhere here, and gives others its id
            if rating.merged_from and rating.source not in declared and rating.source not in self._heard:
                found[rating.source] = None
        return list(found)

    def _own_ids(self) -> dict[str, str]:
        """For a hidden source under whose id a voice goes that may be seen: the id under which that one goes instead.

        Else the id of two voices that were merged would name the one that is withheld.
        """
        found: dict[str, str] = {}
        for claim, rating in self._case.ratings.items():
            own = rating.merged_from
            if own and claim not in self._gone.claims and rating.source in self._sources:
                found[rating.source] = min(found.get(rating.source, own), own)
        return found

    def _told_names(self) -> re.Pattern[str] | None:
        """The names by which an assessment's sentences may call a hidden source."""
        names = {*self._sources, *(source.name for source in self._case.sources if source.id in self._sources)}
        shown = {""}
        for claim, rating in self._case.ratings.items():
            if claim not in self._gone.claims:
                shown.add(self._spoken(rating))
            elif rating.source in self._sources or _voice(rating) in self._sources:
                names.add(rating.source_name)
                if rating.merged_from and self._case.claims[claim].origin.kind is not VoiceKind.ANONYMOUS:
                    names.add(self._case.claims[claim].origin.name)
        names -= shown
        if not names:
            return None
        longest = sorted(names, key=lambda name: (-len(name), name))
        return re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(name) for name in longest)})(?![\w-])", re.IGNORECASE)

    def _spoken(self, rating: Rating) -> str:
        """By what name the voice of a rating that may be seen goes."""
        return self._case.claims[rating.claim].origin.name if rating.source in self._apart else rating.source_name

    def case(self) -> Case:
        """The whole case, masked."""
        case = self._case
        reports = {key: self._report(report) for key, report in case.reports.items() if key not in self._gone.reports}
        kept = [self._claim(claim) for claim in case.claims.values()]
        return Case(
            claims={claim.id: claim for claim in kept},
            reports=reports,
            ratings={rating.claim: rating for rating in map(self._rating, case.ratings.values())},
            linked=self._linked(case.linked),
            sources=tuple(self._source(source) for source in case.sources),
            assessment=self._assessment(case.assessment) if case.assessment else None,
        )

    # -- claims and reports ----------------------------------------------------------------------------------------

    def _report(self, report: Report) -> Report:
        """A report that may be seen, without the sentences and names in it that may not."""
        text = report.text
        for a, b in self._closed.get(report.id, ()):
            text = text[:a] + _blocked(text[a:b]) + text[b:]
        return self._blocked(replace(report, text=text))

    def _claim(self, claim: Claim) -> Claim:
        why = self._gone.claims.get(claim.id)
        if why is None:
            return self._blocked(claim)
        words = f"{MASK}: {why}"
        return Claim(
            id=self._claims[claim.id],
            report=MASK,
            span=Span(0, len(words)),
            sentence=Span(0, len(words)),
            content=words,
            cue=None,
            chain=(Voice(name=MASK, kind=VoiceKind.ANONYMOUS),),
            attribution=Attribution.AUTHOR,
            polarity=claim.polarity,
            modality=claim.modality,
            role=claim.role,
            weight=claim.weight,
            extractor=claim.extractor,
        )

    def _blocked(self, value: Value) -> Value:
        """A value in whose texts the names of withheld sources are blocked out, character by character."""
        if not self._names:
            return value

        def block(text: str) -> str:
            for pattern in self._names:
                text = pattern.sub(lambda found: _blocked(found[0]), text)
            return text

        return mapped(value, block)

    # -- what was made of them -------------------------------------------------------------------------------------

    def _rating(self, rating: Rating) -> Rating:
        if rating.claim in self._claims:
            return Rating(
                claim=self._claims[rating.claim],
                source=self._sources.get(rating.source, MASK),
                source_name=MASK,
                reliability=rating.reliability,
                knows=rating.knows,
                echo_of=self._exact.get(rating.echo_of or "", rating.echo_of),
                copy_probability=rating.copy_probability,
                weight=rating.weight,
            )
        if rating.echo_of in self._claims or rating.repeats in self._claims:
            rating = replace(rating, because=())
        if rating.source in self._apart:
            own = self._spoken(rating)
            return replace(self._named(replace(rating, because=(), merged_from=None)), source_name=own)
        return self._named(rating)

    def _linked(self, linked: Linked) -> Linked:
        return replace(
            linked,
            evidence=tuple(self._evidence(item) for item in linked.evidence),
            readings=tuple(self._reading(reading) for reading in linked.readings),
            others=tuple(self._other(other) for other in linked.others),
            ahead=tuple(self._named(one) for one in linked.ahead if one.claim not in self._claims),
            judged=tuple((self._claims.get(claim, claim), self._named(judged)) for claim, judged in linked.judged),
            set_aside=tuple(
                (self._claims[claim], MASK) if claim in self._claims else (claim, self._named(reason))
                for claim, reason in linked.set_aside
            ),
            near=tuple((claim, told) for claim, told in linked.near if claim not in self._claims),
        )

    def _evidence(self, item: Evidence) -> Evidence:
        if item.claim not in self._claims:
            return replace(self._named(item), id=item.id, indicator=item.indicator)
        return Evidence(
            id=self._exact[item.id],
            indicator=item.indicator,
            says=item.says,
            about=item.about,
            published=item.published,
            source=MASK,
            knows=item.knows,
            weight=item.weight,
            counter=item.counter,
            claim=self._claims[item.claim],
        )

    def _reading(self, reading: Reading) -> Reading:
        if reading.claim not in self._claims:
            return replace(self._named(reading), id=reading.id, figure=reading.figure)
        return Reading(
            id=self._exact[reading.id],
            figure=reading.figure,
            low=None,
            high=None,
            bound=reading.bound,
            of=MASK,
            about=reading.about,
            source=MASK,
            knows=reading.knows,
            role=reading.role,
            claim=self._claims[reading.claim],
        )

    def _other(self, other: OtherView) -> OtherView:
        shown = self._named(other)
        return replace(shown, who=MASK, says=MASK) if other.claim in self._claims else shown

    def _source(self, source: Source) -> Source:
        if source.id not in self._gone.sources:
            return replace(source, part_of=self._sources.get(source.part_of or "", source.part_of))
        alias = self._sources[source.id]
        return Source(id=alias, name=alias, kind=source.kind, reliability=source.reliability, wording=source.wording)

    def _assessment(self, assessment: Assessment) -> Assessment:
        hidden = set(self._claims.values())
        partly = {rating.source for claim, rating in self._case.ratings.items() if claim in self._gone.claims}
        plain = msgspec.to_builtins(assessment)
        found = msgspec.convert({key: self._walked(value, key, part=key) for key, value in plain.items()}, Assessment)
        return replace(
            found,
            figures=tuple(
                replace(figure, readings=tuple(_shown(reading, hidden) for reading in figure.readings))
                for figure in found.figures
            ),
            others=tuple(replace(o, who=MASK, says=MASK) if o.claim in hidden else o for o in found.others),
            echoes=tuple(replace(e, claims=own) for e in found.echoes if (own := _left(e.claims, hidden))),
            drivers=tuple(_unsaid(driver, partly) for driver in found.drivers),
            against=tuple(_unsaid(point, partly) for point in found.against),
            ahead=tuple(one for one in found.ahead if one.claim not in hidden),
        )

    def _walked(self, value: object, key: str, *, part: str) -> object:
        """The same tree of plain values with every text masked that names something withheld."""
        if isinstance(value, str):
            ours = key in _DECLARED or (key == "id" and part in _PARTS)
            return value if ours else self._line(value, ours=key in _OURS)
        if isinstance(value, dict):
            return {self._line(str(k), ours=True): self._walked(v, str(k), part=part) for k, v in value.items()}
        return [self._walked(one, key, part=part) for one in value] if isinstance(value, list | tuple) else value

    def _named(self, value: Value) -> Value:
        """A value whose texts call withheld things by their names here."""
        return mapped(value, lambda text: self._line(text, ours=False))

    def _line(self, text: str, *, ours: bool) -> str:
        alias = self._exact.get(text)
        if alias is not None:
            return alias
        for pattern in self._names:
            text = pattern.sub(MASK, text)
        return text if ours or self._told is None else self._told.sub(MASK, text)


def _voice(rating: Rating) -> str:
    """The id of the voice itself, before any merger."""
    return rating.merged_from or rating.source


def _unsaid(point: Effect, partly: Collection[str]) -> Effect:
    """What a source did to the answer, without its name where some of what it said is withheld."""
    return replace(point, id=MASK) if point.kind == "source" and point.id in partly else point


def _left(claims: Sequence[str], hidden: Collection[str]) -> tuple[str, ...]:
    """Of claims of one origin those that may be seen: that it said the others too is nobody's business."""
    return tuple(claim for claim in claims if claim not in hidden)


def _shown(reading: ReadingShown, hidden: set[str]) -> ReadingShown:
    if reading.claim not in hidden:
        return reading
    return replace(reading, source=MASK, of=MASK, low=None, high=None, group=None)


def _blocked(text: str) -> str:
    return re.sub(r"\S", BLOCK, text)


def mapped(value: Value, change: Callable[[str], str]) -> Value:
    """The same value with every text in it changed; enums, numbers and days stand as they are."""
    return cast("Value", _deep(value, change))


def _deep(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return value if isinstance(value, Enum) else change(value)
    if isinstance(value, tuple) and not isinstance(value, Span):
        return tuple(_deep(one, change) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _deep(getattr(value, f.name), change) for f in fields(value)})
    return value
