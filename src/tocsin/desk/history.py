"""What a desk would have answered on other days, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from tocsin.desk import chain, changing
from tocsin.desk.holdings import Holdings
from tocsin.desk.release import released
from tocsin.desk.values import Assessed
from tocsin.desk.versions import Declared, Versions
from tocsin.errors import UsageError
from tocsin.model.changes import Changes
from tocsin.model.problem import WarningProblem
from tocsin.publish.handling import ALL, Release


class History:
    """The answers of other days, by the declarations that were in force on them.

    Args:
        holdings: What the desk holds.
        versions: The versions of its declarations.
    """

    def __init__(self, holdings: Holdings, versions: Versions) -> None:
        self._holdings = holdings
        self._declared = holdings.declared
        self._versions = versions

    def replay(
        self,
        name: str | None = None,
        *,
        days: Iterable[date],
        as_known: bool = False,
        by_today: bool = False,
        to: Release = ALL,
        now: datetime,
    ) -> Iterator[Assessed]:
        """The assessment of each day as it would have been, by the declarations then in force or by today's.

        In force on a day is the version first used on or before it; on days before the first use, the first version.
        Of resolved claims those count that were resolved by the day: what was learnt later is no part of it.

        Args:
            name: The problem's id; may be left out where the desk has one problem.
            days: The days, each on or after the problem was opened.
            as_known: Count only what had also been retrieved by each day.
            by_today: Take today's declarations for every day. They may know what came after it.
            to: What the readers are cleared for: the rest is masked, each day by itself.
            now: The moment of use, under which the present versions are kept.
        """
        _, declared = self._declarations(name, by_today=by_today, now=now)
        everything = self._holdings.everything()
        for day in days:
            then = declared(day)
            known_by = day if as_known else None
            found = chain.linkage(then.problem, then.sources, everything, as_of=day, known_by=known_by, resolved_by=day)
            shown, _ = released(chain.assessed(found, as_of=day, known_by=known_by), to=to)
            yield shown

    def changes(
        self,
        name: str | None = None,
        *,
        first: date,
        last: date,
        as_known: bool = False,
        by_today: bool = False,
        to: Release = ALL,
        now: datetime,
    ) -> Changes:
        """What changed between two days, by the declarations then in force: what time did, reports, declarations.

        Args:
            name: The problem's id; may be left out where the desk has one problem.
            first: The earlier day, on or after the problem was opened.
            last: The later day.
            as_known: Count on each day only what had also been retrieved by then.
            by_today: Take today's declarations for both days.
            to: What the readers are cleared for: of new claims that this does not cover the words are withheld.
            now: The moment of use, under which the present versions are kept.

        Raises:
            UsageError: The days stand in the wrong order, or the first lies before the problem was opened.
        """
        if last <= first:
            raise UsageError(f"--to {last} does not lie after --from {first}")
        problem, declared = self._declarations(name, by_today=by_today, now=now)
        return changing.changes(
            self._holdings.everything(),
            declared(first),
            declared(last),
            first=first,
            last=last,
            as_known=as_known,
            versions=() if by_today else self._versions.later(problem),
            to=to,
            today=self._versions.today(problem),
            by_today=by_today,
        )

    def answered(self, name: str | None, day: date, *, now: datetime) -> Assessed | None:
        """The answer of one day by the declarations then in force; None where they open the question later."""
        problem = self._declared.problem(name)
        if day < self._versions.then(problem)(day).problem.opened:
            return None
        return next(self.replay(name, days=[day], now=now))

    def _declarations(
        self, name: str | None, *, by_today: bool, now: datetime
    ) -> tuple[WarningProblem, Callable[[date], Declared]]:
        """A problem as it is declared now, kept as such; and what is to be taken for each day."""
        problem, sources = self._declared.with_sources(name)
        self._versions.keep(problem, now=now)
        today = Declared(problem=problem, sources=sources)
        return problem, (lambda _: today) if by_today else self._versions.then(problem)

    def later_versions(self, name: str | None) -> tuple[datetime, ...]:
        """When each version of a problem's file and of sources.toml was first used, but for the first of each."""
        return tuple(used for _, used in self._versions.later(self._declared.problem(name)))

    def answered_by_older(self, name: str | None, day: date) -> bool:
        """Is a day replayed by other declarations than today's?"""
        problem = self._declared.problem(name)
        then = self._versions.then(problem)(day)
        return then.problem.digest != problem.digest or then.sources != self._declared.sources(problem)
