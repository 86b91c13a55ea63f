"""The collection log and the deliveries of alerts, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tocsin.model.log import Delivery, DeliveryState
from tocsin.model.look import Lookout
from tocsin.publish.tables import Table, Value, text

_MINUTES = 1440


def looks(found: Iterable[Lookout]) -> Table:
    """Who looks for what, how often, when last, what is overdue; indicators for which nobody looks are there too."""
    return Table(
        columns=("indicator", "who", "every_days", "last", "found", "coverage", "overdue_days", "note", "state"),
        rows=tuple(
            (
                one.indicator,
                one.who or None,
                one.every,
                one.last.isoformat() if one.last else None,
                one.found,
                one.coverage,
                one.overdue,
                one.note or None,
                _state(one),
            )
            for one in found
        ),
        shown={
            "indicator": text,
            "who": text,
            "every_days": lambda value: every(value) if isinstance(value, float) else "",
            "last": text,
            "found": lambda value: "" if value is None else "seen" if value else "nothing",
            "state": text,
            "note": text,
        },
    )


def every(days: float) -> str:
    """How often, in words.

    >>> every(1 / 48), every(1.0), every(14.0), every(0.5)
    ('30 minutes', '1 day', '14 days', '12 hours')
    """
    for size, unit in ((1.0, "day"), (1 / 24, "hour"), (1 / _MINUTES, "minute")):
        count = days / size
        if count >= 0.999:
            return f"{count:.3g} {unit}{'' if round(count, 3) == 1 else 's'}"
    return f"{days * _MINUTES:.2g} minutes"


def _state(one: Lookout) -> str:
    if not one.who:
        return "nobody looks"
    if one.overdue is not None:
        return f"overdue by {one.overdue} {'day' if one.overdue == 1 else 'days'}"
    return "never looked at" if one.last is None else "in time" if one.every is not None else "as it comes"


def alerts(steps: Sequence[Delivery]) -> Table:
    """Each alert once through each channel, with how it stands after its last step, oldest first."""
    last: dict[tuple[str, str], Delivery] = {}
    for step in steps:
        last[step.key, step.target] = step
    rows: list[tuple[Value, ...]] = [
        (
            step.at.isoformat(timespec="seconds"),
            step.problem,
            step.rule,
            step.reason,
            step.channel,
            step.target,
            "under way" if step.state is DeliveryState.BEGUN else step.state.value,
            (step.attempts + 1) // 2,
            step.key,
        )
        for step in last.values()
    ]
    return Table(
        columns=("at", "problem", "rule", "reason", "kind", "channel", "state", "attempts", "key"),
        rows=tuple(rows),
        shown=dict.fromkeys(("at", "problem", "rule", "reason", "channel", "state"), text),
    )
