"""What a desk would have answered on other days, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from tocsin.desk import chain, changing
from tocsin.desk.holdings import Holdings
from tocsin.desk.release import released
from tocsin.desk.values import Assessed
from tocsin.desk.versions import Versions
from tocsin.errors import UsageError
from tocsin.model.changes import Changes
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
        to: Release = ALL,
        now: datetime,
    ) -> Iterator[Assessed]:
        """The assessment of each day as it would have been, by the declarations then in force.

        In force on a day is the version first used on or before it; on days before the first use, the first version.
        Of resolved claims those count that were resolved by the day: what was learnt later is no part of it.

        Args:
            name: The problem's id; may be left out where the desk has one problem.
            days: The days, each on or after the problem was opened.
            as_known: Count only what had also been retrieved by each day.
            to: What the readers are cleared for: the rest is masked, each day by itself.
            now: The moment of use, under which the present versions are kept.
        """
        problem = self._declared.problem(name)
        self._versions.keep(problem, now=now)
        everything = self._holdings.everything()
        declared = self._versions.then(problem)
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
        to: Release = ALL,
        now: datetime,
    ) -> Changes:
        """What changed between two days, by the declarations then in force: what time did, reports, declarations.

        Args:
            name: The problem's id; may be left out where the desk has one problem.
            first: The earlier day, on or after the problem was opened.
            last: The later day.
            as_known: Count on each day only what had also been retrieved by then.
            to: What the readers are cleared for: of new claims that this does not cover the words are withheld.
            now: The moment of use, under which the present versions are kept.

        Raises:
            UsageError: The days stand in the wrong order, or the first lies before the problem was opened.
        """
        if last <= first:
            raise UsageError(f"--to {last} does not lie after --from {first}")
        problem = self._declared.problem(name)
        self._versions.keep(problem, now=now)
        declared = self._versions.then(problem)
        versions = self._versions.later(problem)
        return changing.changes(
            self._holdings.everything(),
            declared(first),
            declared(last),
            first=first,
            last=last,
            as_known=as_known,
            versions=versions,
            to=to,
            today=self._versions.today(problem),
        )

    def later_versions(self, name: str | None) -> tuple[datetime, ...]:
        """When each version of a problem's file and of sources.toml was first used, but for the first of each."""
        return tuple(used for _, used in self._versions.later(self._declared.problem(name)))

    def answered_by_older(self, name: str | None, day: date) -> bool:
        """Is a day replayed by other declarations than today's?"""
        problem = self._declared.problem(name)
        then = self._versions.then(problem)(day)
        return then.problem.digest != problem.digest or then.sources != self._declared.sources(problem)
