"""All claims of a desk against one problem."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tocsin.link.actor import acting
from tocsin.link.ahead import Subject, day_ahead
from tocsin.link.context import Surroundings, day_about, day_published, surroundings, words_of
from tocsin.link.figure import Counted, Placed, counted, reading, sums
from tocsin.link.ground import ground, placed
from tocsin.link.judged import independent
from tocsin.link.near import Hints
from tocsin.link.other import other_view, question_words, touches
from tocsin.link.phrase import ENGLISH, Kind, Match, Phrases
from tocsin.link.place import DEPARTING, Located, located
from tocsin.link.verdict import set_aside, verdict
from tocsin.link.words import Word, stems
from tocsin.model.claim import Claim, Polarity
from tocsin.model.evidence import DayAhead, Evidence, Linked, OtherView, Rating, Reading, ReadingRole, Relink, Says
from tocsin.model.problem import FigurePart, FigureQuestion, Gate, Indicator, WarningProblem
from tocsin.model.report import Report, VoiceKind

BY_HAND = "linked by an analyst"
"""Why something counts for what its words do not say; who says so and why stands in ``Linked.judged``."""


@dataclass(slots=True)
class _Tally:
    """What linking has found so far."""

    evidence: list[Evidence] = field(default_factory=list[Evidence])
    placed: dict[tuple[str, str], list[Placed]] = field(default_factory=dict[tuple[str, str], list[Placed]])
    others: list[OtherView] = field(default_factory=list[OtherView])
    ahead: list[DayAhead] = field(default_factory=list[DayAhead])
    aside: dict[tuple[str, str], None] = field(default_factory=dict[tuple[str, str], None])
    touched: set[str] = field(default_factory=set[str])
    near: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def put_aside(self, claim: Claim, target: str, reason: str) -> None:
        """Note that a claim touches a target and does not count."""
        self.aside[claim.id, f"{target}: {reason}"] = None
        self.touched.add(claim.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A claim with what is needed to link it."""

    claim: Claim
    rating: Rating
    report: Report
    words: tuple[Word, ...]
    around: Surroundings
    published: date


def link(
    claims: Sequence[Claim],
    ratings: Mapping[str, Rating],
    reports: Mapping[str, Report],
    problem: WarningProblem,
    *,
    relinks: Mapping[str, Relink] | None = None,
    apart: Mapping[str, frozenset[str]] | None = None,
) -> Linked:
    """Link claims to the indicators, gates and figures of a problem.

    An observation or event of the right actor at the right place, in the words the problem watches for, is evidence.
    What matches the words and does not count is set aside with its reason, so that an analyst can disagree.

    Args:
        claims: Claims of any number of reports, in any order.
        ratings: The rating of each claim, by claim id; a claim without one is passed over.
        reports: The reports, by id.
        problem: The declared problem.
        relinks: By claim id what an analyst linked it to; its words, place, actor and role are not asked then.
        apart: For the id of a claim, report or source those of which it is known to be independent, both ways.

    Returns:
        Evidence, readings and others' views in the order of the claims, at most one item of evidence per claim and
        indicator; and what was set aside.
    """
    tally = _Tally()
    claims = placed(claims, reports, problem)
    around = surroundings(claims, reports, ground(problem))
    targets: dict[str, Indicator | Gate] = {indicator.id: indicator for indicator in problem.indicators}
    targets |= {gate.id: gate for gate in problem.gates}
    questions = {f"figure {question.id}": question for question in problem.figures}
    watches = [(key, target.watch) for key, target in targets.items()]
    watches += [(key, question.watch) for key, question in questions.items()]
    phrases: dict[str | None, Phrases] = {}
    hints: dict[str | None, Hints] = {}
    asked = question_words(problem)
    subject = Subject.of(problem)
    count = 0
    for claim in claims:
        rating, report = ratings.get(claim.id), reports.get(claim.report)
        if rating is None or report is None:
            continue
        count += 1
        if report.lang not in phrases:
            phrases[report.lang] = Phrases.of(watches, report.lang)
            hints[report.lang] = Hints.of(((key, watch) for key, watch in watches if key in targets), report.lang)
        words = words_of(claim, report)
        english = report.text if (report.lang or ENGLISH) == ENGLISH else None
        matches = phrases[report.lang].find(words, english, denied=claim.polarity is Polarity.DENIED)
        published = day_published(report)
        if published is None:
            for key in matches:
                tally.put_aside(claim, key, "the report has no date")
            continue
        item = _Item(
            claim=claim, rating=rating, report=report, words=words, around=around[report.id], published=published
        )
        coming = day_ahead(claim, report, published, words, subject, watched=bool(matches))
        if coming is not None:
            tally.ahead.append(coming)
        if relinks and claim.id in relinks:
            _relink(item, relinks[claim.id], targets, {one.id: one for one in problem.figures}, tally)
            continue
        for key, match in matches.items():
            if key in targets:
                _weigh_match(item, targets[key], match, matches, tally)
        for key, phrase in hints[report.lang].find(words, but=matches).items():
            tally.near.append((claim.id, f"{key}: {phrase}"))
        for key, question in questions.items():
            _read_figures(item, question, matches.get(key), tally)
        view = other_view(claim, published)
        if view is not None and (
            any(key in targets for key in matches) or touches(frozenset(word.stem for word in words), asked)
        ):
            tally.others.append(view)
            tally.touched.add(claim.id)
    readings = tuple(_with_echoes(_readings(tally, reports, {one.id: one.part for one in problem.figures}), ratings))
    tally.touched.update(item.claim for item in readings if item.claim is not None)
    return Linked(
        evidence=independent(_parents(tally.evidence), apart or {}),
        readings=readings,
        others=tuple(tally.others),
        ahead=tuple(tally.ahead),
        set_aside=tuple(tally.aside),
        unlinked=count - sum(claim.id in tally.touched for claim in claims),
        near=tuple(tally.near),
    )


def _weigh_match(
    item: _Item, target: Indicator | Gate, match: Match, matches: Mapping[str, Match], tally: _Tally
) -> None:
    """Turn one match into evidence, or set it aside."""
    claim = item.claim
    watch = target.watch
    leaving = match.kind is Kind.COUNTER or bool(DEPARTING & set(stems(match.phrase)))
    place = located(claim, item.words, watch.where, item.around, matched=match.span, leaving=leaving)
    actor = acting(item.words, watch.who, match)
    about = day_about(claim, item.report, item.published)
    reason = (
        (place.because if not place.counts else None)
        or (actor.because if not actor.counts else None)
        or set_aside(claim)
        or ("it is about a day still to come" if about is None else None)
    )
    if reason is not None or about is None:
        tally.put_aside(claim, target.id, f"{reason} (“{match.phrase}”)")
        return
    said = verdict(claim, match.kind)
    rival = _alternative(match, matches, item)
    because = "; ".join(filter(None, (f"“{match.phrase}”", said.because, place.because, rival)))
    tally.touched.add(claim.id)
    tally.evidence.append(
        _evidence(
            item,
            target.id,
            says=Says.AMBIGUOUS if rival else said.says,
            about=about,
            weight=place.weight,
            counter=said.counter and not rival,
            words=(_matched(item, match),),
            because=because,
        )
    )


def _evidence(
    item: _Item,
    target: str,
    *,
    says: Says,
    about: date,
    because: str,
    weight: float = 1.0,
    counter: bool = False,
    words: tuple[str, ...] = (),
) -> Evidence:
    claim, rating = item.claim, item.rating
    return Evidence(
        id=f"{claim.id}:{target}",
        indicator=target,
        says=says,
        about=about,
        published=item.published,
        source=rating.source,
        knows=rating.knows,
        weight=rating.weight * weight,
        alarmist=rating.alarmist,
        access=rating.access,
        echo_of=f"{rating.echo_of}:{target}" if rating.echo_of is not None else None,
        copy_probability=rating.copy_probability if rating.echo_of is not None else None,
        counter=counter,
        claim=claim.id,
        report=claim.report,
        words=words,
        because=because,
        party=rating.party,
        unnamed=claim.origin.kind is VoiceKind.ANONYMOUS,
    )


def _relink(
    item: _Item,
    given: Relink,
    targets: Mapping[str, Indicator | Gate],
    figures: Mapping[str, FigureQuestion],
    tally: _Tally,
) -> None:
    """Link a claim to what an analyst says it speaks to, and to nothing else."""
    claim = item.claim
    about = day_about(claim, item.report, item.published) or item.published
    if not given.targets:
        tally.put_aside(claim, "linked to nothing", BY_HAND)
    for name, says in given.targets:
        if name in targets:
            said = says if says is not None else verdict(claim, Kind.POINTS).says
            tally.touched.add(claim.id)
            tally.evidence.append(_evidence(item, name, says=said, about=about, because=BY_HAND))
        elif name in figures:
            for number, figure in enumerate(claim.figures):
                found = Counted(figure=figure, role=ReadingRole.HOLDING, part=False, because=BY_HAND)
                place = Located(counts=True, weight=1.0, because="")
                _place(item, figures[name], found, number=number, about=about, place=place, tally=tally)
        else:
            tally.put_aside(claim, name, f"linked to what this problem does not declare ({BY_HAND})")


def _alternative(match: Match, matches: Mapping[str, Match], item: _Item) -> str:
    """The other indicator that a claim may mean instead ("an exercise or preparation"), or nothing.

    The sighting may be certain and its purpose open: then it is shown under both and weighs nothing.
    """
    for other in matches.values():
        first, second = sorted((match, other), key=lambda found: found.first)
        if other is match or other.target.startswith("figure ") or first.stop > second.first:
            continue
        between = item.report.text[first.span.stop : second.span.start].split()
        if len(between) <= 4 and "or" in between:
            return f"may mean {other.target} instead"
    return ""


def _read_figures(item: _Item, question: FigureQuestion, match: Match | None, tally: _Tally) -> None:
    """Turn the figures of a claim into readings of one declared figure."""
    claim = item.claim
    name = f"figure {question.id}"
    ahead = item.report.text[claim.sentence.start : claim.span.start] if claim.cue is None else ""
    for number, figure in enumerate(claim.figures):
        found = counted(
            claim, figure, question, item.words, text=item.report.text, matched=_matched(item, match), ahead=ahead
        )
        if found is None:
            continue
        if isinstance(found, str):
            tally.put_aside(claim, name, f"{found} (“{figure.text}”)")
            continue
        about = day_about(claim, item.report, item.published) or item.published
        place = located(claim, item.words, question.where, item.around, leaving=found.role is not ReadingRole.HOLDING)
        if found.role is ReadingRole.HOLDING and place.several:
            tally.put_aside(claim, name, f"a count for several places ({', '.join(place.several)}) is none for one")
        elif not place.counts and (found.role is ReadingRole.HOLDING or place.because.startswith("another")):
            tally.put_aside(claim, name, f"{place.because} (“{figure.text}”)")
        else:
            _place(item, question, found, number=number, about=about, place=place, tally=tally)


def _matched(item: _Item, match: Match | None) -> str:
    """The words of a match as they stand in the report, empty without one."""
    return "" if match is None else item.report.text[match.span.start : match.span.stop]


def _place(
    item: _Item, question: FigureQuestion, found: Counted, *, number: int, about: date, place: Located, tally: _Tally
) -> None:
    """Keep a reading until the parts of sums are put together."""
    made = reading(
        item.claim,
        question,
        found,
        item.rating,
        number=number,
        about=about,
        weight=place.weight if place.counts else 1.0,
        because=place.because,
    )
    placed = Placed(claim=item.claim, figure=found.figure, reading=made, part=found.part)
    tally.placed.setdefault((item.claim.report, question.id), []).append(placed)


def _readings(
    tally: _Tally, reports: Mapping[str, Report], parts: Mapping[str, FigurePart | None]
) -> Iterator[Reading]:
    """The readings with parts joined; a figure that stands in two claims of one report is read once."""
    for (report, figure), found in tally.placed.items():
        once = {item.figure.span: item for item in reversed(found)}
        kept, aside = sums(once.values(), reports[report].text, part=parts[figure])
        for item, reason in aside:
            tally.put_aside(item.claim, f"figure {figure}", reason)
        for item, group in kept:
            yield dataclasses.replace(item.reading, group=group)


def _with_echoes(readings: Iterator[Reading], ratings: Mapping[str, Rating]) -> Iterator[Reading]:
    """Readings of claims that echo another name that claim's reading of the same figure."""
    made = list(readings)
    ids = {(item.claim, item.figure, item.low, item.high): item.id for item in made}
    for item in made:
        rating = ratings.get(item.claim or "")
        parent = ids.get((rating.echo_of, item.figure, item.low, item.high)) if rating is not None else None
        yield dataclasses.replace(item, echo_of=parent) if parent is not None else item


def _parents(evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """Evidence that names as its parent only what became evidence on the same indicator."""
    ids = {item.id for item in evidence}
    for item in evidence:
        if item.echo_of is not None and item.echo_of not in ids:
            yield dataclasses.replace(item, echo_of=None, copy_probability=None)
        else:
            yield item
