"""What a source says regularly, and the day on which it published and left it out.

That is a question and no indication: a statement that stops may mean that its subject has changed, or that somebody was
on leave. A day on which the source published nothing asks nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from tocsin.model.evidence import Evidence, Says

FEWEST = 5
"""Days on which a source must have said something before it counts as said regularly."""

SHARE = 0.8
"""Of the days on which it published, on at least this share it must have said it."""

FRESH = 3
"""Days after which a statement that was left out is no news any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One report: its day, the outlet that printed it, and the sources heard in it.

    ``closed`` is one under a caveat: who was heard in it, and through whom, is not told.
    """

    report: str
    day: date
    outlet: str
    sources: frozenset[str]
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Something that a source said of an indicator and that is no statement on it: a judgement, a plan, a rumour."""

    indicator: str
    source: str
    day: date
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A regular statement that was left out.

    Attributes:
        source: Who used to say it.
        indicator: On what.
        says: What it said of it.
        day: The day on which it published without it.
        last: The last day on which it said it.
        said: On how many days it said it.
        published: On how many days it published, up to and including ``last``.
        claims: The claims with which it said it last.
        through: The outlets through which it was heard on ``day``, but for reports under a caveat.
        openly: Was it heard on ``day`` in a report without one?
        otherwise: The claims in which it spoke of the indicator on ``day`` in another way.
    """

    source: str
    indicator: str
    says: Says
    day: date
    last: date
    said: int
    published: int
    claims: tuple[str, ...]
    through: tuple[str, ...]
    openly: bool = True
    otherwise: tuple[str, ...] = ()


def left_out(
    evidence: Iterable[Evidence],
    heard: Iterable[Heard],
    outlets: Mapping[str, str],
    aside: Iterable[Aside] = (),
    *,
    day: date,
    over: float,
) -> Iterator[LeftOut]:
    """The regular statements that their sources left out lately, in order of indicator and source.

    A statement is what one source says of one indicator: present, or absent. It is regular if within ``over`` days the
    source said it on at least five days, and on four in five of the days on which it published. It published on a day
    if a report of that day, from an outlet through which it used to say it, holds any word of it. A day on which it
    has not published as many reports as usual is not over, and not judged. Unnamed voices say nothing regularly.

    A source that speaks of the indicator in another way that day, as a judgement or a plan, has left its statement out
    all the same: the change of words may be the news. What it said instead goes with it.

    Args:
        evidence: What was said of indicators.
        heard: Every report, with the sources heard in it.
        outlets: The outlet of each report, by the report's id.
        aside: What was said of indicators and is no statement on them.
        day: The present day.
        over: Days to look back.
    """
    first = day - timedelta(days=round(over))
    unclear: dict[tuple[str, str, date], set[str]] = defaultdict(set)
    for part in aside:
        unclear[part.indicator, part.source, part.day].add(part.claim)
    said: dict[tuple[str, str], dict[date, dict[Says, list[Evidence]]]] = defaultdict(lambda: defaultdict(dict))
    for item in evidence:
        if item.says is Says.AMBIGUOUS:
            unclear[item.indicator, item.source, item.published].add(item.claim or item.id)
        elif first <= item.published <= day and not item.unnamed:
            said[item.indicator, item.source][item.published].setdefault(item.says, []).append(item)
    reports = [one for one in heard if first <= one.day <= day]
    for (indicator, source), days in sorted(said.items()):
        through = {
            outlets.get(item.report or "", "") for by in days.values() for items in by.values() for item in items
        }
        own = [one for one in reports if source in one.sources and one.outlet in through]
        for says in (Says.ABSENT, Says.PRESENT):
            found = _left_out(days, own, says=says, day=day)
            if found is not None:
                without, last, count, published = found
                names = tuple(sorted({item.claim or item.id for item in days[last][says]}))
                told = [one.outlet for one in own if one.day == without and not one.closed]
                yield LeftOut(
                    source=source,
                    indicator=indicator,
                    says=says,
                    day=without,
                    last=last,
                    said=count,
                    published=published,
                    claims=names,
                    through=tuple(sorted(set(told))),
                    openly=bool(told),
                    otherwise=tuple(sorted(unclear[indicator, source, without])),
                )


def _left_out(
    days: Mapping[date, Mapping[Says, object]], own: Iterable[Heard], *, says: Says, day: date
) -> tuple[date, date, int, int] | None:
    """The first day without it, the last with it, on how many days it was said, and on how many published by then."""
    said = sorted(on for on, by in days.items() if says in by)
    if len(said) < FEWEST:
        return None
    last = said[-1]
    reports: dict[date, int] = defaultdict(int)
    for one in own:
        reports[one.day] += 1
    published = {on for on in reports if on <= last} | set(said)
    if len(said) < SHARE * len(published):
        return None
    usual = median(reports.get(on, 1) for on in said)
    for without in sorted(on for on in reports if last < on <= day):
        if without in days:  # it spoke of it, otherwise: that is news of another kind
            return None
        if without < day or reports[without] >= usual:
            return (without, last, len(said), len(published)) if (day - without).days <= FRESH else None
    return None
