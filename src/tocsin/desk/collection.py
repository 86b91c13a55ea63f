"""The collection log of a desk: who looked for what, and what is overdue."""

from __future__ import annotations

from datetime import date, datetime

from tocsin import problem as problems
from tocsin.desk import looking, registers
from tocsin.desk.holdings import Holdings
from tocsin.model.log import LookMade
from tocsin.model.look import Lookout
from tocsin.publish.handling import ALL, Release


class Collection:
    """The log of looks.

    Args:
        holdings: What the desk holds.
    """

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._declared = holdings.declared

    def look(
        self,
        name: str | None,
        indicator: str,
        *,
        by: str,
        day: date,
        found: bool,
        coverage: str | None = None,
        note: str = "",
        now: datetime,
    ) -> LookMade:
        """Enter into the log that somebody looked for an indicator on a day, and whether it was seen.

        Raises:
            UsageError: There is no such indicator, nobody signs, the coverage is no word for one, or the day lies
                outside the watch.
        """
        made = looking.made(
            self._declared.problem(name),
            indicator,
            by=by,
            day=day,
            found=found,
            coverage=problems.coverage_of(coverage) if coverage is not None else None,
            note=note,
            now=now,
        )
        self._holdings.store.look(made)
        return made

    def lookouts(self, name: str | None = None, *, as_of: date, to: Release = ALL) -> tuple[Lookout, ...]:
        """The collection log as of a day: of each indicator who looks, how often, when last, and what is overdue.

        Args:
            name: The problem's id.
            as_of: The day.
            to: What the readers are cleared for.
        """
        problem = self._declared.problem(name)
        found = looking.lookouts(
            problem, self._holdings.store.looks(problem.id), self._declared.settings().feeds, as_of=as_of
        )
        return registers.shown(found, self._holdings.stream, to=to)
