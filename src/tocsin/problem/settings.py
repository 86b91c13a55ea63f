"""The method's settings and the decisions that hang on the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tocsin.model.problem import Decision, Law, Method, blanket
from tocsin.model.yardstick import Yardstick
from tocsin.problem.leads import shares
from tocsin.problem.table import Table
from tocsin.problem.values import number_from, text, whole_from, word_of
from tocsin.problem.words import duration, proportion

_DEFAULT = Method()


def method(table: Table | None) -> Method:
    """The settings given, the method's own defaults for the rest."""
    if table is None:
        return _DEFAULT
    return Method(
        contamination=table.get("contamination", number_from(0, 1), _DEFAULT.contamination),
        blanket_echo=table.get("blanket_echo", _law(blanket), _DEFAULT.blanket_echo),
        blanket_window_days=table.get("blanket_window_days", whole_from(0, 3660), _DEFAULT.blanket_window_days),
        self_repeat=table.get("self_repeat", _law(lambda value: ((value, 1.0),)), _DEFAULT.self_repeat),
        tempo=table.get("tempo", lambda value: shares(value, what="factor", above=0), _DEFAULT.tempo),
        prior_as_of=table.get("prior_as_of", word_of("opened", "as_of", what="prior_as_of"), _DEFAULT.prior_as_of),
    )


def _law(of_number: Callable[[float], Law]) -> Callable[[object], Law]:
    """A chance, or pairs of chance and probability."""

    def read(value: object) -> Law:
        if isinstance(value, list):
            return shares(value, what="chance", above=-1e-12, most=1)
        return of_number(number_from(0, 1)(value))

    return read


def decisions(tables: Sequence[Table], *, yardstick: Yardstick) -> tuple[Decision, ...]:
    """Who would do what on a warning, how long it takes, and from which probability on."""
    return tuple(_decision(table, yardstick=yardstick) for table in tables)


def alarm_line(false_alarm: float, miss: float) -> float:
    """The probability from which on acting costs less than waiting: acting in vain against not acting in time.

    >>> alarm_line(1.0, 9.0)
    0.1
    """
    return false_alarm / (false_alarm + miss)


def _decision(table: Table, *, yardstick: Yardstick) -> Decision:
    cost = number_from(0, 1e15, above=True)
    false_alarm, miss = table.get("false_alarm", cost, None), table.get("miss", cost, None)
    line = 0.0
    if "alarm" in table:
        line = table.get("alarm", proportion(yardstick=yardstick), 0.0)
    elif false_alarm is not None and miss is not None:
        line = alarm_line(false_alarm, miss)
    elif not table.bad & {"false_alarm", "miss"}:
        table.want("alarm", "add alarm = 0.10, or what a false_alarm and a miss would cost")
    return Decision(
        who=table.get("who", text, ""),
        what=table.get("what", text, ""),
        takes=table.get("takes", duration(), 0.0),
        alarm=line,
        false_alarm=false_alarm,
        miss=miss,
    )
