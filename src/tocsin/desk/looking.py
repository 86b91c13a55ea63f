"""The collection log: who looked for what, how often, when last, and what is overdue."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from tocsin.errors import Fault, FetchError, Place, UsageError
from tocsin.model.feed import Feed, Settings
from tocsin.model.log import LookMade
from tocsin.model.look import Look, Lookout
from tocsin.model.problem import WarningProblem

LONGEST_NAME = 200
LONGEST_NOTE = 10_000


def made(
    problem: WarningProblem,
    indicator: str,
    *,
    by: str,
    day: date,
    found: bool,
    coverage: float | None,
    note: str,
    now: datetime,
) -> LookMade:
    """A look, as it is entered into the log.

    Raises:
        UsageError: There is no such indicator, nobody signs, the day is to come or before the problem was opened, or
            something is too long.
    """
    if problem.indicator(indicator) is None:
        known = ", ".join(one.id for one in problem.indicators) or "none"
        raise UsageError(f"no indicator '{indicator[:LONGEST_NAME]}' in {problem.id} (there are: {known})")
    who, words = " ".join(by.split()), note.strip()
    if not who:
        raise UsageError("a look needs --by: who looked")
    if len(who) > LONGEST_NAME or len(words) > LONGEST_NOTE:
        raise UsageError(f"too long: a name has at most {LONGEST_NAME} characters, a note {LONGEST_NOTE}")
    if day > now.date():
        raise UsageError(f"--on {day} is still to come: log what was looked at, not what is meant to be")
    if day < problem.opened:
        raise UsageError(f"--on {day} lies before the problem was opened ({problem.opened})")
    return LookMade(
        problem=problem.id, indicator=indicator, who=who, day=day, found=found, coverage=coverage, note=words, at=now
    )


def joined(problem: WarningProblem, logged: Iterable[LookMade], *, known_by: date | None) -> WarningProblem:
    """The problem with the looks of the log beside those it declares: those that found nothing.

    Of one observer's looks at one day none counts where one of them found it: what was seen is for a report to say.

    Args:
        problem: As declared.
        logged: The log, of this problem and of others.
        known_by: Only looks written down by this day count.
    """
    entries = [one for one in logged if one.problem == problem.id and (known_by is None or one.at.date() <= known_by)]
    seen = {(one.indicator, one.who, one.day) for one in entries if one.found}
    known = {one.id for one in problem.indicators}
    looks = tuple(
        Look(indicator=one.indicator, first=one.day, last=one.day, by=one.who, coverage=one.coverage)
        for one in entries
        if one.indicator in known and not one.found and (one.indicator, one.who, one.day) not in seen
    )
    return replace(problem, looks=(*problem.looks, *looks)) if looks else problem


def covers(feed: Feed, problem: WarningProblem) -> tuple[str, ...]:
    """The indicators of a problem that one would learn of from a feed."""
    wanted = {name.removeprefix(f"{problem.id}/") for name in feed.covers}
    return tuple(one.id for one in problem.indicators if one.id in wanted)


def faults(file: Path, settings: Settings, problems: Sequence[WarningProblem]) -> tuple[Fault, ...]:
    """What in the settings and the problems does not fit together, or can never be fetched."""
    from tocsin import fetch

    names = {
        name for one in problems for indicator in one.indicators for name in (indicator.id, f"{one.id}/{indicator.id}")
    }
    found = []
    for feed in settings.feeds:
        place = Place(str(file), f"feeds.{feed.id}")
        found += [
            Fault(replace(place, where=f"{place.where}.covers"), f"'{name}' is no indicator of any problem", "name one")
            for name in feed.covers
            if name not in names
        ]
        try:
            fetch.target(feed.url)
        except FetchError as error:
            found.append(Fault(replace(place, where=f"{place.where}.url"), str(error)))
    for text in settings.allow:
        try:
            fetch.permit(text)
        except UsageError as error:
            found.append(Fault(Place(str(file), "fetch.allow"), str(error)))
    return (*found, *unknown_channels(settings, problems))


def unknown_channels(settings: Settings, problems: Sequence[WarningProblem]) -> tuple[Fault, ...]:
    """The channels that alerts name and ``tocsin.toml`` does not declare, which no export of a desk brings along."""
    known = {channel.id for channel in settings.channels}
    cure = "declare it in tocsin.toml: [[channels]]; that file belongs to one machine, and an import brings none"
    return tuple(
        Fault(Place(f"problems/{problem.id}.toml", "alerts"), f"'{name}' is no channel of the desk", cure)
        for problem in problems
        for name in dict.fromkeys(name for rule in problem.alerts for name in rule.to if name not in known)
    )


def feed_name(feed: Feed) -> str:
    """Who looks, where a feed does."""
    return f"feed {feed.id}"


def lookouts(
    problem: WarningProblem, logged: Iterable[LookMade], feeds: Sequence[Feed], *, as_of: date
) -> tuple[Lookout, ...]:
    """The collection log of a problem as of a day, indicator by indicator, everybody who looks or ought to."""
    plan = {(task.indicator, task.by): task.every for task in problem.collection}
    plan |= {(name, feed_name(feed)): feed.every for feed in feeds for name in covers(feed, problem)}
    last: dict[tuple[str, str], LookMade] = {}
    for one in _all(problem, logged):
        known = last.get((one.indicator, one.who))
        if one.day <= as_of and (known is None or (one.day, one.found) >= (known.day, known.found)):
            last[one.indicator, one.who] = one
    lines: list[Lookout] = []
    for indicator in problem.indicators:
        who = sorted({by for name, by in (*plan, *last) if name == indicator.id})
        lines += [
            _line(
                indicator.id,
                by,
                every=plan.get((indicator.id, by)),
                last=last.get((indicator.id, by)),
                opened=problem.opened,
                as_of=as_of,
            )
            for by in who
        ] or [Lookout(indicator=indicator.id)]
    return tuple(lines)


def _all(problem: WarningProblem, logged: Iterable[LookMade]) -> list[LookMade]:
    """The log, and before it the looks that the problem itself declares."""
    declared = [
        LookMade(
            problem=problem.id,
            indicator=look.indicator,
            who=look.by,
            day=look.last,
            found=False,
            coverage=look.coverage,
            at=datetime.combine(look.last, datetime.min.time()),
        )
        for look in problem.looks
    ]
    return [*declared, *logged]


def _line(
    indicator: str, who: str, *, every: float | None, last: LookMade | None, opened: date, as_of: date
) -> Lookout:
    since = last.day if last else opened
    late = (as_of - since).days - math.ceil(every) if every is not None else 0
    return Lookout(
        indicator=indicator,
        who=who,
        every=every,
        last=last.day if last else None,
        found=last.found if last else None,
        coverage=last.coverage if last else None,
        overdue=late if late > 0 else None,
        note=last.note if last else "",
    )
