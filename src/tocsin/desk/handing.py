"""Handing the watch over: what changed, what was looked at, what is open; written, kept and acknowledged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from tocsin.desk.release import released
from tocsin.desk.values import Assessed
from tocsin.errors import UsageError
from tocsin.model.claim import Polarity
from tocsin.model.handover import Disputed, HandOver, Looked, Near, Sent, Stand, TakenOver, Turned, Watched
from tocsin.model.judgement import Entry, State
from tocsin.model.log import Delivery, DeliveryState, LookMade, Note
from tocsin.publish import handover
from tocsin.publish.handling import Release, Withheld
from tocsin.publish.masking import MASK
from tocsin.store.sql import Store

if TYPE_CHECKING:
    from tocsin.desk.folder import Desk

WRITTEN, TAKEN = "handover", "handover taken"
NEAR = timedelta(days=7)
"""A decision is near when no more time than this is left before its latest day."""

FIRST = timedelta(hours=24)
"""How far the first note looks back."""

_SHOWN = 6
_OPEN = "open"
"""Under this key the kept note has the open queries in their own words, for the next note to carry them on."""


def hand_over(
    desk: Desk,
    store: Store,
    names: Sequence[str],
    *,
    by: str,
    since: datetime | None,
    as_of: date,
    asked: Sequence[str],
    closed: Sequence[int],
    to: Release,
    now: datetime,
) -> HandOver:
    """Write the note and keep it.

    Args:
        desk: The desk.
        store: Its store.
        names: The problems it is about.
        by: Who had the watch.
        since: When it began; the moment of the last note if None.
        as_of: The day assessed.
        asked: New open queries.
        closed: Numbers of the last note's queries that are closed.
        to: What those who read the note are cleared for.
        now: The moment.

    Raises:
        UsageError: The watch would begin later than now, or no query has such a number.
    """
    notes = store.notes(WRITTEN)
    begun = since or (notes[-1].at if notes else now - FIRST)
    if begun > now:
        raise UsageError(f"--since {begun:%Y-%m-%dT%H:%M} lies ahead of now ({now:%Y-%m-%dT%H:%M} UTC)")
    carried = _carried(notes, closed=closed, to=to)
    new = tuple(text for text in asked if text.strip() and text not in carried)
    answers = {watched.problem: watched.now for watched in handed(notes[-1]).problems} if notes else {}
    problems: list[Watched] = []
    came = {one.report for one in store.attempts() if one.outcome == "new" and begun < one.at <= now}
    arrived = len(came & desk.holdings.everything().reports.keys())
    judged = sum(1 for one in store.judgements() if begun < one.at <= now)
    gone = Withheld()
    for name in names:
        whole = desk.assess(name, as_of=as_of, now=now)
        found, more = released(whole, to=to)
        gone = gone.joined(more)
        called = dict(zip(whole.claims, found.claims, strict=True))
        day = min(begun.date(), as_of)
        then: Assessed | None = None
        known: frozenset[str] = frozenset()
        earlier = desk.history.answered(name, day, now=now)
        if earlier is not None:
            known = frozenset(called[claim] for claim in earlier.claims if claim in called)
            then, more = released(earlier, to=to)
            gone = gone.joined(more)
        problems.append(
            replace(
                _watched(
                    found,
                    then,
                    known=known,
                    before=answers.get(found.problem.id),
                    looks=store.looks(found.problem.id),
                    deliveries=desk.deliveries(found.problem.id, to=to),
                    since=begun,
                    to=to,
                ),
                reports=arrived,
                judgements=judged,
                versions=sum(1 for used in desk.history.later_versions(name) if begun < used <= now),
            )
        )
    note = HandOver(
        at=now,
        by=by,
        since=begun,
        problems=tuple(problems),
        disputed=_disputed(desk.judgements.entries(to=to)),
        queries=tuple(text if to.everything or text in asked else MASK for text in (*carried, *new)),
        failed=sum(1 for attempt in store.attempts() if attempt.outcome == "failed" and attempt.at > begun),
        withheld=gone.told(),
    )
    detail = {**msgspec.to_builtins(note, str_keys=True), _OPEN: [*carried, *new]}
    store.write_note(Note(at=now, by=by, kind=WRITTEN, text=handover.render(note), detail=detail))
    return note


def last(store: Store) -> tuple[HandOver, TakenOver | None]:
    """The last note, and who took over with it.

    Raises:
        UsageError: No note was written.
    """
    notes = store.notes(WRITTEN)
    if not notes:
        raise UsageError("no note was written yet (write one: tocsin handover --by NAME)")
    taken = [one for one in store.notes(TAKEN) if one.at >= notes[-1].at]
    return handed(notes[-1]), TakenOver(by=taken[-1].by, at=taken[-1].at) if taken else None


def take_over(store: Store, *, by: str, now: datetime) -> tuple[HandOver, TakenOver]:
    """Acknowledge the last note: who reads it has the watch.

    Raises:
        UsageError: There is none, it was acknowledged already, or by the one who wrote it.
    """
    note, taken = last(store)
    if taken is not None:
        raise UsageError(f"the last note was acknowledged by {taken.by} already ({taken.at:%Y-%m-%d %H:%M} UTC)")
    if by.casefold() == note.by.casefold():
        raise UsageError(f"{note.by} wrote the last note: somebody else acknowledges it")
    store.write_note(Note(at=now, by=by, kind=TAKEN, text=f"{by} took the watch over from {note.by}"))
    return note, TakenOver(by=by, at=now)


def _carried(notes: Sequence[Note], *, closed: Iterable[int], to: Release) -> tuple[str, ...]:
    """The queries of the last note without those that are closed, in their own words whoever that note was for.

    Raises:
        UsageError: No query has that number; what the open ones say is told to those alone who may see everything.
    """
    before = _open(notes[-1]) if notes else ()
    numbers = set(closed)
    unknown = sorted(n for n in numbers if not 1 <= n <= len(before))
    if unknown:
        told = "; ".join(f"{n}. {text if to.everything else MASK}" for n, text in enumerate(before, 1)) or "none"
        raise UsageError(f"no open query {unknown[0]} (open are: {told})")
    return tuple(text for n, text in enumerate(before, 1) if n not in numbers)


def _open(note: Note) -> tuple[str, ...]:
    """The queries that a note leaves open, as they were asked."""
    kept = (note.detail or {}).get(_OPEN)
    return tuple(str(text) for text in kept) if isinstance(kept, list) else handed(note).queries


def handed(note: Note) -> HandOver:
    """The note as it was written, from what the store kept of it."""
    return msgspec.convert(dict(note.detail or {}), HandOver)


def _watched(
    now: Assessed,
    then: Assessed | None,
    *,
    known: frozenset[str],
    before: Stand | None,
    looks: Iterable[LookMade],
    deliveries: Iterable[Delivery],
    since: datetime,
    to: Release,
) -> Watched:
    """One problem over the watch.

    Args:
        now: The answer now.
        then: The answer as of the day on which the watch began, by the declarations then in force; None where the
            problem was not open yet.
        known: The claims that were known then, by their names in the answer now.
        before: The answer that the last note gave, where it gave one.
        looks: The collection log.
        deliveries: Alerts.
        since: When the watch began.
        to: What the readers are cleared for: notes on looks are for those alone who may see everything.
    """
    a = now.assessment
    return Watched(
        problem=a.problem,
        question=a.question,
        then=before or (_stand(then) if then else None),
        noted=before is not None,
        now=_stand(now),
        confidence=a.confidence.level,
        turned=tuple(_turned(now, then, known)),
        looked=tuple(
            Looked(
                indicator=one.indicator,
                who=one.who,
                day=one.day,
                found=one.found,
                note=one.note if to.everything else "",
            )
            for one in looks
            if one.at > since
        ),
        nobody=_nobody(now),
        near=tuple(
            Near(who=one.who, what=one.what, latest=one.latest, above=one.above)
            for one in a.decisions
            if one.above or one.latest - a.as_of <= NEAR
        ),
        sent=tuple(
            Sent(at=one.at, rule=one.rule, reason=one.reason, channel=one.channel, state=one.state.value)
            for one in {(one.key, one.target): one for one in deliveries}.values()
            if one.at > since and one.state not in {DeliveryState.BEGUN, DeliveryState.MOVED}
        ),
        could_change=a.unreviewed.could_change_the_word,
    )


def _stand(found: Assessed) -> Stand:
    """The answer of an assessment."""
    a = found.assessment
    return Stand(as_of=a.as_of, probability=a.answer.probability, words=a.answer.words)


def _disputed(entries: Iterable[Entry]) -> tuple[Disputed, ...]:
    """The judgements on which people differ and that nobody has withdrawn, as the readers may see them."""
    return tuple(
        Disputed(
            subject=entry.judgement.subject,
            value=entry.judgement.value.value,
            by=entry.judgement.by,
            why=entry.judgement.why,
        )
        for entry in entries
        if entry.state is State.DISPUTED
    )


def _turned(now: Assessed, then: Assessed | None, known: frozenset[str]) -> Iterator[Turned]:
    """The lines of the board that stand otherwise, or on which something new was said."""
    was = {line.id: line for line in then.assessment.indicators} if then else {}
    for line in now.assessment.indicators:
        before = was.get(line.id)
        new = [name for name in line.claims if name not in known]
        if not new and (before is None or before.status == line.status):
            continue
        yield Turned(
            indicator=line.id,
            statement=line.statement,
            before=before.status.value if before else line.status.value,
            now=line.status.value,
            log_odds=line.log_odds - (before.log_odds if before else 0.0),
            claims=tuple((name, _told(now, name)) for name in new[:_SHOWN]),
        )


def _told(found: Assessed, name: str) -> str:
    claim = found.claims.get(name)
    if claim is None:
        return ""
    rating = found.stream.ratings.get(name)
    who = rating.source_name if rating else claim.origin.name
    denied = " (denied)" if claim.polarity is Polarity.DENIED else ""
    return f"{who}: {claim.content}{denied}"


def _nobody(found: Assessed) -> tuple[str, ...]:
    """The indicators that nobody looked at, critical ones first and so called."""
    lines = {line.id: line for line in found.assessment.indicators}
    names = sorted(found.assessment.not_covered, key=lambda name: not (name in lines and lines[name].critical))
    return tuple(f"{name} (critical)" if name in lines and lines[name].critical else name for name in names)
