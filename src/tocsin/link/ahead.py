"""Days ahead: what somebody said will be on a day still to come. Shown with its day, and never fed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.link.context import compared
from tocsin.link.other import question_words, touches
from tocsin.link.words import Word, stand_in, stems
from tocsin.model.claim import Claim, Modality, Role, When
from tocsin.model.evidence import DayAhead
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Report

_WITHIN = timedelta(days=14)
"""A time wider than this is a season and no day: "in the spring" is not announced for a day."""

_ROLES = frozenset({Role.EVENT, Role.OBSERVATION, Role.PLAN, Role.INTENT, Role.FORECAST, Role.REQUIREMENT})
_TO_BE = frozenset({Role.PLAN, Role.INTENT, Role.FORECAST, Role.REQUIREMENT})
"""Roles that tell by themselves that it is still to come: "within ten days" begins today, as "this week" does."""

_MODALITIES = frozenset({Modality.ASSERTED, Modality.PLANNED, Modality.CONDITIONAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a problem is about, in words: its question's, and the names of the actors and places that it watches."""

    question: tuple[frozenset[str], frozenset[str]]
    names: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, problem: WarningProblem) -> Subject:
        """The words of a problem."""
        watches = [one.watch for one in problem.indicators]
        watches += [one.watch for one in problem.gates]
        watches += [one.watch for one in problem.figures]
        names = {stems(name) for watch in watches for name in (*watch.who, *watch.where)}
        return cls(question=question_words(problem), names=frozenset(name for name in names if name))

    def spoken_of(self, words: Sequence[Word]) -> bool:
        """Do the words speak of it?"""
        content = tuple(word.stem for word in words)
        return touches(frozenset(content), self.question) or stand_in(self.names, content)


def day_ahead(
    claim: Claim, report: Report, published: date, words: Sequence[Word], subject: Subject, *, watched: bool
) -> DayAhead | None:
    """A claim as something that is to be on a day still to come when it was published; None where it is not.

    It speaks to the problem: a watch phrase matches it, or its words, those of its time left out, name an actor or a
    place that is watched or touch the question. Opinions and what is only held possible are no announcements.
    """
    when = claim.when
    if when is None or claim.role not in _ROLES or claim.modality not in _MODALITIES:
        return None
    if not _to_come(when, published, told=claim.role in _TO_BE) or compared(when, report.text):
        return None
    span = when.span
    rest = [word for word in words if span is None or not span.start <= word.span.start < span.stop]
    if not watched and not subject.spoken_of(rest):
        return None
    return DayAhead(
        claim=claim.id,
        who=claim.origin.name,
        says=claim.content,
        polarity=claim.polarity.value,
        published=published,
        earliest=when.earliest,
        latest=when.latest,
        watched=watched,
    )


def _to_come(when: When, published: date, *, told: bool) -> bool:
    """Is it a day, or a few, after the publication; or a last or first day that lies after it?

    ``told``: the role says that it is to come, so that the days may begin with those of the publication.
    """
    first, last = when.earliest, when.latest
    if first is None or last is None:
        return (last or first or published) > published
    return last - first <= _WITHIN and (last if told else first) > published
