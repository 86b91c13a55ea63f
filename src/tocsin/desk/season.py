"""What a desk issued over the season, what people forecast, what happened, and how right that was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

import msgspec

from tocsin import score
from tocsin.desk import registers
from tocsin.desk.holdings import Holdings
from tocsin.desk.scorable import Scorable
from tocsin.desk.values import Assessed
from tocsin.errors import UsageError
from tocsin.model.log import Issued
from tocsin.model.outcome import Forecast, Outcome, Scored
from tocsin.model.problem import WarningProblem
from tocsin.publish.handling import ALL, Release
from tocsin.score.season import MODEL, POOLED


class Season:
    """What was issued and foretold on a desk's problems, and what came of it.

    Args:
        holdings: What the desk holds.
    """

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._declared = holdings.declared

    def issue(
        self,
        assessed: Assessed,
        *,
        by: str,
        judgement: str | None,
        dissent: str | None,
        probability: float | None = None,
        now: datetime,
    ) -> bool:
        """Keep an assessment as issued, with the signer's own judgement, dissent and probability beside the model's.

        What others had signed by then stands in their own issues and is no part of it. Everything issued is kept; of
        one signer's issues of a day the latest counts.

        Returns:
            False where the same signer last issued exactly this: then nothing changes.

        Raises:
            UsageError: A probability is given where none can be; see ``forecast``.
        """
        from tocsin.publish import json

        payload = json.encode(replace(assessed.assessment, signed=()))
        as_of = assessed.assessment.as_of
        given: Forecast | None = None
        if probability is not None:
            given = _forecast(assessed.problem, who=by, as_of=as_of, probability=probability, now=now)
        return self._holdings.store.issue(
            Issued(
                problem=assessed.problem.id,
                as_of=as_of,
                issued_at=now,
                by=by,
                judgement=judgement,
                dissent=dissent,
                probability=probability,
                digest=hashlib.sha256(payload).hexdigest(),
                payload=payload,
            ),
            given,
        )

    def issued(self, name: str | None = None, *, on: date | None = None) -> tuple[Issued, ...]:
        """What was issued on a problem (as of one day, if given), in the wording of that time."""
        every = self._holdings.store.issued(self._declared.id_of(name))
        return tuple(one for one in every if on is None or one.as_of == on)

    def forecast(self, name: str | None, *, who: str, as_of: date, probability: float, now: datetime) -> Forecast:
        """Keep an analyst's own probability for the headline question, beside the model's.

        Raises:
            UsageError: The day lies on or after the last day of the question, or ``who`` is a name we use ourselves.
        """
        problem = self._declared.problem(name)
        given = _forecast(problem, who=who, as_of=as_of, probability=probability, now=now)
        self._holdings.store.forecast(problem.id, given, at=now)
        return given

    def record(
        self,
        name: str | None = None,
        *,
        onset: date | None,
        through: date,
        scenario: str | None = None,
        by: str,
        why: str,
        now: datetime,
    ) -> Outcome:
        """Record what happened under the problem's resolution rule; an earlier record is kept and no longer counts.

        Raises:
            UsageError: The days contradict each other or the problem, or there is no such scenario.
        """
        problem = self._declared.problem(name)
        if onset is not None and onset > through:
            raise UsageError(f"--happened {onset} lies after --through {through}")
        ahead = next((day for day in (onset, through) if day is not None and day > now.date()), None)
        if ahead is not None:
            raise UsageError(
                f"{ahead} is still to come (record what happened when that day is over; today is {now:%Y-%m-%d})"
            )
        if (onset or through) < problem.opened:
            raise UsageError(f"{onset or through} lies before the problem was opened ({problem.opened})")
        known = [one.id for one in problem.scenarios]
        if scenario is not None and scenario not in known:
            raise UsageError(f"no scenario '{scenario}' (there are: {', '.join(known)})")
        outcome = Outcome(
            problem=problem.id,
            onset=onset,
            through=through,
            scenario=scenario,
            rule=problem.resolution,
            by=by,
            why=why,
            at=now,
        )
        self._holdings.store.record(outcome)
        return outcome

    def outcomes(self, name: str | None = None, *, to: Release = ALL) -> tuple[Outcome, ...]:
        """Every record of what happened on a problem, oldest first; the last one counts.

        Args:
            name: The problem's id.
            to: What the readers are cleared for.
        """
        return registers.shown(self._holdings.store.outcomes(self._declared.id_of(name)), self._holdings.stream, to=to)

    def score(self, name: str | None = None, *, replayed: Iterable[bytes] | None = None, to: Release = ALL) -> Scored:
        """Score what was issued, or what a replay gave, and the analysts' own forecasts under the recorded outcome.

        Args:
            name: The problem's id.
            replayed: Assessments as JSON, to be scored in the place of the issued ones.
            to: What the readers are cleared for.

        Raises:
            UsageError: No outcome was recorded, or nothing was issued.
        """
        outcomes = self.outcomes(name)
        if not outcomes:
            raise UsageError(
                f"{self._holdings.path}: what happened is not recorded yet (record it with: tocsin outcome)"
            )
        given = Scorable(replayed if replayed is not None else [one.payload for one in self.issued(name)])
        forecasts = (*given.forecasts(), *self._holdings.store.forecasts(outcomes[-1].problem))
        if not forecasts:
            raise UsageError(
                f"{self._holdings.path}: nothing was issued that could be scored (tocsin assess --issue --by NAME)"
            )
        found = score.score(outcomes[-1], forecasts, onsets=given.onsets(), alarms=given.alarms())
        return registers.shown([found], self._holdings.stream, to=to)[0]

    def declared_by(self, name: str | None, replayed: Sequence[bytes]) -> str:
        """By which declarations assessments that are scored were made, in words."""
        today = self._declared.problem(name).digest
        count = sum(1 for line in replayed if msgspec.json.decode(line, type=_Made).digests.problem == today)
        others = len(replayed) - count
        if not others:
            return f"all {count} assessments were made by the problem's file as it stands today"
        what = f"{others} of {len(replayed)} assessments were made by another version of the problem's file"
        return f"{what} than today's (replay --by-today makes them all by today's)"


class _Digests(msgspec.Struct):
    problem: str = ""


class _Made(msgspec.Struct):
    """What tells by which file an assessment was made."""

    digests: _Digests


def _forecast(problem: WarningProblem, *, who: str, as_of: date, probability: float, now: datetime) -> Forecast:
    """Somebody's own probability for the headline question of a problem."""
    if as_of >= problem.by:
        raise UsageError(f"--as-of {as_of} leaves nothing to forecast: the question ends on {problem.by}")
    if who in {MODEL, POOLED}:
        raise UsageError(f"--by '{who}' is the name of another line of the scores; sign with your own")
    return Forecast(who=who, as_of=as_of, days=0, until=problem.by, probability=probability, at=now)
