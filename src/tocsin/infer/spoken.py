"""The statements on one indicator as arrays, and what habits of the sources make of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import ProbabilityError
from tocsin.infer.admission import told
from tocsin.infer.habits import Habit
from tocsin.infer.prepare import Prepared
from tocsin.infer.stories import Reach, reach
from tocsin.model.evidence import Evidence, Says
from tocsin.prob import minds, reports
from tocsin.prob.copies import OTHER_DAY, Copying, copying, repeated
from tocsin.prob.reports import Statements

DETECTED_ECHO = 0.9
MOST_OF_ONE_REPORT = 1.5
_FIRST_HAND = frozenset(("saw", "imagery"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Everything said on one indicator or gate, in order of time; each array of shape ``(report,)``.

    Attributes:
        said: The statements, each by itself: nothing is taken for a copy yet.
        published: Day numbers.
        origin: Row of the detected origin, -1 for none.
        copy_probability: Of a detected echo.
        independent: Is independence documented?
        shares: A number for each report whose unnamed voices share their reporter, -1 for a voice that shares none.
        reached: How far each party reaches the statements.
        window: Days within which an undetected echo may follow.
        copies: What was found of copies, by blanket; it hangs on who said what and not on how much he knows.
    """

    said: Statements
    published: NDArray[np.int64]
    origin: NDArray[np.int64]
    copy_probability: NDArray[np.float64]
    independent: NDArray[np.bool_]
    shares: NDArray[np.int64]
    reached: Reach
    window: int
    copies: dict[float, Copying] = field(default_factory=dict[float, Copying])

    def __len__(self) -> int:
        """How many statements."""
        return len(self.said.day)

    def part(self, rows: NDArray[np.int64]) -> Spoken:
        """Some of the statements; what repeated one that is left out speaks for itself."""
        place = np.full(len(self) + 1, -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        return Spoken(
            said=self.said.part(rows),
            published=self.published[rows],
            origin=place[self.origin[rows]],
            copy_probability=self.copy_probability[rows],
            independent=self.independent[rows],
            shares=self.shares[rows],
            reached=self.reached.part(rows),
            window=self.window,
        )

    def known(self, able: NDArray[np.float64], knows: NDArray[np.float64]) -> Spoken:
        """The same where the sources know with other chances; ``knows`` is scaled by the weights."""
        return replace(self, said=replace(self.said, able=able, knows=knows))

    def summed(self) -> NDArray[np.int64]:
        """The sources whose minds are summed out."""
        return minds.speakers(self.said.source, self.said.knows)

    def turned(self, rows: NDArray[np.bool_]) -> Spoken:
        """The same with some statements saying the opposite."""
        return replace(self, said=replace(self.said, present=self.said.present ^ rows), copies={})

    def copying(self, habit: Habit, *, summed: NDArray[np.int64]) -> Copying:
        """How likely each statement is a mere copy; of sources not ``summed``, equal words in a row count as one."""
        if habit.blanket not in self.copies:
            self.copies[habit.blanket] = copying(
                self.said.present,
                source=self.said.source,
                about=self.said.day,
                published=self.published,
                origin=self.origin,
                copy_probability=self.copy_probability,
                independent=self.independent,
                blanket_echo=habit.blanket,
                blanket_window_days=self.window,
            )
        found = self.copies[habit.blanket]
        if not habit.settled > 0 or len(self) < 2:
            return found
        again = repeated(self.said.present, self.said.source) & ~minds.among(self.said.source, summed)
        return replace(found, copied=np.where(again, np.maximum(found.copied, habit.settled), found.copied))

    def under(self, habit: Habit, *, summed: NDArray[np.int64]) -> Statements:
        """The statements under a habit of their sources."""
        found = self.copying(habit, summed=summed)
        said = replace(self.said, copied=found.copied, refused=found.refused)
        return said if (self.shares < 0).all() else replace(said, power=self._shared(said))

    def _shared(self, said: Statements) -> NDArray[np.float64]:
        """Exponents that cap what several unnamed voices of one report say together.

        They share their reporter: all that say the same weigh at most half as much again as the weightiest of them.
        """
        power = said.power.copy()
        with np.errstate(divide="ignore"):
            sizes = power * np.abs(np.log(said.on()) - np.log(said.off()))
        for report in np.unique(self.shares[self.shares >= 0]).tolist():
            for present in (True, False):
                rows = np.flatnonzero((self.shares == report) & (said.present == present))
                if len(np.unique(said.source[rows])) < 2:
                    continue
                total, most = float(sizes[rows].sum()), MOST_OF_ONE_REPORT * float(sizes[rows].max())
                if most < total < np.inf:
                    power[rows] *= most / total
        return power


def spoken(prepared: Prepared, items: Sequence[Evidence], *, indicator: str) -> Spoken:
    """The items of one indicator or gate, in order of time, as arrays.

    Raises:
        ProbabilityError: A copy probability is none, or parties together steer a statement with more than certainty.
    """
    opened = prepared.problem.opened
    row_of = {item.id: row for row, item in enumerate(items)}
    source_of: dict[str, int] = {}
    report_of: dict[str, int] = {}
    origin = [row_of.get(item.echo_of, -1) if item.echo_of is not None else -1 for item in items]
    copies = [
        _detected(item, items[at] if at >= 0 else item) if item.copy_probability is None else item.copy_probability
        for item, at in zip(items, origin, strict=True)
    ]
    if any(not 0 <= p <= 1 for p in copies):
        raise ProbabilityError("a copy probability must lie between 0 and 1")
    nothing = np.zeros(len(items))
    return Spoken(
        said=Statements(
            day=np.array([(item.about - opened).days for item in items], dtype=np.int64),
            present=np.array([item.says is Says.PRESENT for item in items], dtype=np.bool_),
            source=np.array([source_of.setdefault(item.source, len(source_of)) for item in items], dtype=np.int64),
            able=np.array([item.knows or 0.0 for item in items], dtype=np.float64),
            knows=np.array([told(item) for item in items], dtype=np.float64),
            guess=np.array([reports.GUESS_ALARMIST if item.alarmist else reports.GUESS for item in items]),
            sighted=np.array([reports.SIGHTED_ERROR if item.access in _FIRST_HAND else 1.0 for item in items]),
            copied=nothing,
            refused=nothing,
            power=np.array([1.0 if item.knows is not None else 0.0 for item in items]),
        ),
        published=np.array([item.published.toordinal() for item in items], dtype=np.int64),
        origin=np.array([-1 if at == row else at for row, at in enumerate(origin)], dtype=np.int64),
        copy_probability=np.array(copies, dtype=np.float64),
        independent=np.array([item.copy_probability == 0 for item in items], dtype=np.bool_),
        shares=np.array(
            [
                report_of.setdefault(item.report, len(report_of)) if item.unnamed and item.report is not None else -1
                for item in items
            ],
            dtype=np.int64,
        ),
        reached=reach(prepared.stories, items, indicator=indicator),
        window=prepared.problem.method.blanket_window_days,
    )


def _detected(echo: Evidence, origin: Evidence) -> float:
    """How surely an item is the echo that it was declared to be.

    An echo speaks of the day that its origin speaks of, or calls it by its own: what speaks of an earlier day, or is
    further from its origin in what it speaks of than in when it came out, is seldom one.
    """
    shifted = echo.about - origin.about
    apt = echo.about == origin.about or timedelta(0) < shifted <= echo.published - origin.published
    return DETECTED_ECHO if apt else DETECTED_ECHO * OTHER_DAY
