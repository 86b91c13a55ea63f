"""A season as a reader sees it: the curve of a replay, what happened, and what the forecasts scored."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tocsin.model.assessment import Assessment
from tocsin.model.outcome import Line, Outcome, Scored
from tocsin.publish.lines import table, wrap
from tocsin.publish.safe import json_text, plain
from tocsin.publish.tables import Table, Value
from tocsin.publish.words import day, number, percent, plural

SCHEMA = 1


def curve(assessments: Sequence[Assessment]) -> Table:
    """One row a day: the headline, its band and its word, the rolling questions, the warning time."""
    rows: list[tuple[Value, ...]] = []
    for one in assessments:
        rolling = {r.days: r.probability for r in one.answer.rolling}
        rows.append(
            (
                one.as_of.isoformat(),
                one.answer.probability,
                one.answer.low,
                one.answer.high,
                one.answer.words,
                *(rolling.get(days) for days in (7, 30, 90)),
                one.warning_time_days,
            )
        )
    return Table(
        columns=("as_of", "probability", "low", "high", "words", "days_7", "days_30", "days_90", "warning_time_days"),
        rows=tuple(rows),
        shown={
            "as_of": _text,
            "probability": _percent,
            "low": _percent,
            "high": _percent,
            "words": _text,
            "days_30": _percent,
            "warning_time_days": _text,
        },
        numeric=frozenset({"probability", "low", "high", "days_30", "warning_time_days"}),
    )


def _text(value: Value) -> str:
    return "" if value is None else plain(str(value))


def _percent(value: Value) -> str:
    return percent(value) if isinstance(value, float) else ""


def outcomes(found: Sequence[Outcome]) -> str:
    """Every record of what happened, oldest first; the last one counts."""
    if not found:
        return "nothing recorded yet"
    return "\n".join(line for one in found for line in _outcome(one))


def _outcome(one: Outcome) -> list[str]:
    if one.onset is not None:
        told = f"{one.problem}: it began on {day(one.onset)}"
        told += f" ({one.scenario})" if one.scenario else ""
    else:
        told = f"{one.problem}: it had not begun by the end of {day(one.through)}"
    by, why = f" by {one.by}" if one.by else "", f": {one.why}" if one.why else ""
    lines = wrap(plain(f"{told}. Recorded{by}, {one.at:%Y-%m-%d %H:%M} UTC{why}"), 100)
    return lines + wrap(plain(f"Rule: {one.rule}"), 100, indent="  ") if one.rule else lines


def scores(found: Scored, *, form: str, width: int = 100) -> str:
    """The scores as ``text`` or ``json``."""
    if form == "json":
        return json_text({"schema": SCHEMA, **msgspec.to_builtins(found)})
    parts = ["\n".join(_outcome(found.outcome)), "\n".join(_lines(found.lines, width))]
    if not found.lines:
        parts[1] = "No forecast is resolved yet."
    if found.open_questions:
        parts.append(f"{plural(found.open_questions, 'forecast')} not resolved yet: the last day is not known.")
    if found.calibration is not None:
        parts.append("\n".join(_calibration(found, width)))
    if found.onset:
        parts.append("\n".join(_onset(found, width)))
    parts += ["\n".join(_alarm(found, number_, width)) for number_ in range(len(found.alarms))]
    if found.calibration is not None:
        parts.append(
            "\n".join(
                wrap(
                    "One season is one event or none: days next to each other are nearly one forecast, so these "
                    "figures describe this season and prove no skill.",
                    width,
                )
            )
        )
    return "\n\n".join(parts)


def _lines(lines: Sequence[Line], width: int) -> list[str]:
    head = ["who", "question", "n", "true", "Brier", "log", "skill: prior", "yesterday", "flip-flop"]
    rows = [
        [
            plain(one.who),
            f"within {one.days} days" if one.days else "headline",
            str(one.n),
            str(one.events),
            f"{one.brier:.4f}",
            f"{one.log:.4f}",
            *(f"{value:+.2f}" if value is not None else "" for value in (one.skill_prior, one.skill_yesterday)),
            f"{one.flip_flop:.4f}" if one.flip_flop is not None else "",
        ]
        for one in lines
    ]
    return table(head, rows, width, numeric=range(2, 9), indent="")


def _calibration(found: Scored, width: int) -> list[str]:
    told = found.calibration
    if told is None:
        return []
    slope = (
        f"slope {told.slope:.2f} (1 is right, less is too sure)"
        if told.slope is not None
        else ("no slope, for all resolved alike or the forecasts part them fully")
    )
    return wrap(
        f"Calibration over {told.n} forecasts of the model: {slope}; Brier = miscalibration "
        f"{told.miscalibration:.4f} - discrimination {told.discrimination:.4f} + uncertainty {told.uncertainty:.4f}.",
        width,
    )


def _onset(found: Scored, width: int) -> list[str]:
    first, last = found.onset[0], found.onset[-1]
    return wrap(
        f"The day it began lay at {percent(first[1])} of the distribution of first days given on {day(first[0])}, and "
        f"at {percent(last[1])} of that given on {day(last[0])}: near 0 sooner than expected, near 100 % later.",
        width,
    )


def _alarm(found: Scored, at: int, width: int) -> list[str]:
    one = found.alarms[at]
    head = f"Alarm line {percent(one.line)} on the 30-day question: "
    if one.lead_days is not None and one.first is not None:
        told = f"crossed for good on {day(one.first)}, {plural(one.lead_days, 'day')} before it began"
        told += f" ({number(one.needed_days)} needed)" if one.needed_days is not None else ""
    elif one.missed:
        told = "no alarm stood when it began"
    else:
        told = "nothing to be warned of"
    return wrap(f"{head}{told}; {plural(one.false_alarms, 'false alarm')}.", width)
