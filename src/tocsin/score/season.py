"""A season's forecasts against what happened: scores by horizon, calibration, onset, alarms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from tocsin.model.outcome import Alarms, Forecast, Line, Onset, Outcome, Scored
from tocsin.score.pool import pooled
from tocsin.score.rules import brier, flip_flop, log_score, mean, skill

MODEL = "model"
POOLED = "analysts pooled"

ALARM_DAYS = 30
"""The horizon whose probability an alarm line is held against."""


def score(
    outcome: Outcome,
    forecasts: Iterable[Forecast],
    *,
    onsets: Sequence[Onset] = (),
    alarms: Sequence[tuple[float, float | None]] = (),
) -> Scored:
    """Score what was issued under the outcome as recorded.

    A forecast given on or after the day of onset is left out: it foretells nothing. Where several analysts answered
    the same question on the same day, their pooled answer is scored too, beside them and beside the model's, never
    mixed into it.

    Args:
        outcome: What happened.
        forecasts: What was given; of one forecaster, horizon and day the last one counts.
        onsets: The distributions of the first day, for their place at the true one.
        alarms: Lines, each with the days its decision takes.
    """
    from tocsin.score.calibration import calibration

    day = outcome.onset
    kept = {(f.who, f.days, f.as_of): f for f in forecasts if day is None or f.as_of < day}
    given = sorted([*kept.values(), *_pools(kept.values())], key=lambda f: (f.who != MODEL, f.who, f.days, f.as_of))
    resolved = [(f, told) for f in given if (told := outcome.happened(f.as_of, f.until)) is not None]
    own = [(f.probability, told) for f, told in resolved if f.who == MODEL]
    return Scored(
        problem=outcome.problem,
        outcome=outcome,
        lines=tuple(
            _line(who, days, list(some)) for (who, days), some in groupby(resolved, key=lambda pair: _asked(pair[0]))
        ),
        calibration=calibration([p for p, _ in own], [told for _, told in own]),
        onset=tuple(_place(one, day) for one in onsets if day is not None and one.as_of < day and one.curve),
        alarms=tuple(_alarms(line, takes, [f for f in given if f.who == MODEL], outcome) for line, takes in alarms),
        open_questions=len(given) - len(resolved),
    )


def _asked(forecast: Forecast) -> tuple[str, int]:
    return forecast.who, forecast.days


def _pools(forecasts: Iterable[Forecast]) -> list[Forecast]:
    """One answer for each question that several analysts answered on one day."""
    found: dict[tuple[int, date, date], list[Forecast]] = {}
    for one in forecasts:
        if one.who != MODEL:
            found.setdefault((one.days, one.as_of, one.until), []).append(one)
    return [
        replace(some[0], who=POOLED, probability=pooled([f.probability for f in some]))
        for some in found.values()
        if len(some) > 1
    ]


def _line(who: str, days: int, resolved: Sequence[tuple[Forecast, bool]]) -> Line:
    logs = [log_score(f.probability, happened=told) for f, told in resolved]
    priors = [log_score(f.prior, happened=told) for f, told in resolved if f.prior is not None]
    before = [log_score(f.probability, happened=told) for (f, _), (_, told) in pairwise(resolved)]
    return Line(
        who=who,
        days=days,
        n=len(resolved),
        events=sum(told for _, told in resolved),
        brier=mean([brier(f.probability, happened=told) for f, told in resolved]),
        log=mean(logs),
        skill_prior=skill(logs, priors),
        skill_yesterday=skill(logs[1:], before),
        flip_flop=flip_flop([f.probability for f, _ in resolved]),
    )


def _place(given: Onset, onset: date) -> tuple[date, float]:
    """Where in the distribution of the first day, given that the event comes, the true day lay."""
    whole = given.curve[-1][1]
    reached = max((p for day, p in given.curve if day <= onset), default=0.0)
    return given.as_of, (reached / whole if whole > 0.0 else 0.0)


def _alarms(line: float, takes: float | None, given: Sequence[Forecast], outcome: Outcome) -> Alarms:
    daily = [(f.as_of, f.probability >= line) for f in given if f.days == ALARM_DAYS]
    runs = [[day for day, _ in some] for on, some in groupby(daily, key=lambda pair: pair[1]) if on]
    standing = runs[-1] if outcome.onset is not None and runs and daily[-1][1] else None
    false = [
        run
        for run in runs
        if run is not standing and outcome.happened(run[0], run[-1] + timedelta(days=ALARM_DAYS)) is False
    ]
    return Alarms(
        line=line,
        first=standing[0] if standing else None,
        lead_days=(outcome.onset - standing[0]).days if standing and outcome.onset else None,
        needed_days=takes,
        false_alarms=len(false),
        missed=outcome.onset is not None and bool(daily) and standing is None,
    )
