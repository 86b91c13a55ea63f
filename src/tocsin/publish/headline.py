"""The first part of the story: the answer, the confidence in it, how soon, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tocsin.model.assessment import ConfidenceTest, DecisionResult, ScenarioResult, Signed, Timing
from tocsin.model.evidence import DayAhead
from tocsin.publish.case import Case
from tocsin.publish.safe import plain
from tocsin.publish.steps import standing
from tocsin.publish.story import Grid, Kind, Picture, Point, Points, Ref, Row, Section, Text, Tone, note, say
from tocsin.publish.words import band_of, between, day, days, listed, number, percent, plural
from tocsin.publish.words import moved as shift

BECAUSE_LIMIT = 5
AHEAD_LIMIT = 8
CASES = {
    "full plan begun today": "the earliest, if what must come first is begun today",
    "full plan begun unseen since the last good look": (
        "the earliest, if what must come first was begun unseen after the last good look"
    ),
    "under strength with what is there": "the earliest of a course that needs no building up",
}
"""What the timings are called on pages, for any kind of event; the assessment keeps its own names for them."""


def answer(case: Case) -> Section:
    """The answer in words and number, with its date and scope; the next 7, 30 and 90 days; the courses."""
    a = case.assessment
    found = a.answer
    if found.words == "window closed" or found.by < a.as_of:
        lead = say(
            f"The window of the question closed on {day(found.by)}. The rolling answers below still hold.",
            tone=Tone.LEAD,
        )
    else:
        lead = say(
            f"{found.words.capitalize()}: {percent(found.probability)}",
            f" ({band})" if (band := between(found.low, found.high)) else "",
            f" by {day(found.by)} inclusive.",
            tone=Tone.LEAD,
        )
    stands_for = band_of(found.words, found.yardstick)
    scale = f"“{found.words}” stands for {stands_for} ({found.yardstick}). " if stands_for else ""
    banded = "The range in brackets runs from the 5 % to the 95 % point. " if found.low is not None else ""
    rolling = tuple(
        Row(
            (
                (f"within {days(step.days)}",),
                (percent(step.probability),),
                (between(step.low, step.high) or "not computed",),
            )
        )
        for step in found.rolling
    )
    return Section(
        "answer",
        "The answer",
        (
            lead,
            *standing(case),
            note(f"{scale}{banded}Without any report the answer would be {percent(found.prior)}."),
            Grid("Counted from this day on", ("", "chance", "range"), rolling, frozenset({1, 2})),
            Picture("curves"),
            Grid(
                "The courses",
                ("course", "chance", "before reports", "range", "if it comes, hardly before"),
                tuple(_course(course) for course in a.scenarios),
                frozenset({1, 2, 3}),
            ),
            note(
                "A course's chance has no end date. “Hardly before” is the day by which one in twenty of its "
                "beginnings would have come."
            ),
        ),
    )


def _course(course: ScenarioResult) -> Row:
    here = Ref(Kind.SCENARIO, course.id, course.id)
    scope = "" if course.event else " (does not count as the event)"
    cells: tuple[Text, ...] = (
        (plain(course.statement) or plain(course.id), scope),
        (percent(course.probability),),
        (percent(course.prior),),
        (between(course.low, course.high) or "–",),
        (day(course.p05_date) if course.p05_date else "–",),
    )
    return Row(cells, anchor=here)


def ahead(case: Case) -> Section:
    """What somebody announced for days still to come, in their order; nothing where nobody did."""
    every = case.assessment.ahead
    first = sorted(every, key=lambda one: not one.watched)[:AHEAD_LIMIT]
    points = [_ahead(case, one) for one in every if one in first]
    rest = len(every) - len(points)
    points += [Point((f"and {rest} more, further from what is watched",))] if rest else []
    return Section(
        "ahead",
        "Dates ahead",
        (
            Points(tuple(points)),
            note("Announced by those named, and not counted: what is announced may be put off or never meant."),
        )
        if points
        else (),
    )


def _ahead(case: Case, one: DayAhead) -> Point:
    said = f" (reported on {day(one.published)})"
    return Point((f"{_when(one, case.assessment.as_of)}: ", *case.named("claim", one.claim), said))


def _when(one: DayAhead, as_of: date) -> str:
    """The day in words, as far as it is known."""
    first, last = one.earliest, one.latest
    if last is None:
        return f"From {day(first)} on" if first else "Some day"
    away = {0: ", today", 1: ", tomorrow"}.get((last - as_of).days, "")
    if first == last:
        return f"{day(last)}{away}"
    if first is None or first <= max(one.published, as_of):
        return f"By {day(last)}{away}"
    return f"{day(first)} to {day(last)}"


def own(case: Case) -> Section:
    """What people signed themselves, with their dissent, beside the model's answer; nothing where nobody did."""
    points = tuple(signed_point(one) for one in case.assessment.signed)
    return Section(
        "own",
        "The desk's own judgement",
        (Points(points), note("Signed by people, and not part of the computed answer.")) if points else (),
    )


def signed_point(one: Signed) -> Point:
    """Who signed, of which day, with the probability that they gave, their judgement and dissent."""
    gave = f", who says {percent(one.probability)}" if one.probability is not None else ""
    said = ((one.judgement, "Judgement"), (one.dissent, "Dissent"))
    return Point(
        (f"{plain(one.by)} as of {day(one.as_of)}, signed {one.at:%Y-%m-%d %H:%M} UTC{gave}",),
        notes=tuple((f"{what}: {plain(words)}",) for words, what in said if words),
    )


def confidence(case: Case) -> Section:
    """How far the judgement can be trusted, and the tests this rests on; never in a sentence with a probability."""
    found = case.assessment.confidence
    passed = sum(test.passed for test in found.tests)
    tally = f" {passed} of {plural(len(found.tests), 'test')} passed." if found.tests else ""
    tests = tuple(Point((_test(test),), Tone.HOLDS if test.passed else Tone.FAILS) for test in found.tests) or tuple(
        Point((plain(reason),)) for reason in found.because
    )
    beside = [
        note(f"{plain(why)[:1].upper()}{plain(why)[1:]}.") for why in found.because[len(found.tests) :] if found.tests
    ]
    return Section(
        "confidence",
        "Confidence",
        (say(f"Confidence in this judgement is {found.level}.{tally}", tone=Tone.LEAD), Points(tests), *beside),
    )


def _test(test: ConfidenceTest) -> str:
    name, finding = plain(test.name), plain(test.finding)
    return finding if name.casefold() in finding.casefold() else f"{name}: {finding}"


def timing(case: Case) -> Section:
    """The three earliest days, the warning time, and the decisions that depend on them."""
    a = case.assessment
    points = tuple(_timing(case, item) for item in a.timing)
    least = min((item.earliest - a.as_of).days for item in a.timing)
    sooner = f" Of a course that needs no building up: {days(least)}." if least < a.warning_time_days else ""
    full = f"Warning time, if it comes: {days(a.warning_time_days)}."
    blocks = [
        say(f"{full}{sooner}", tone=Tone.LEAD),
        note(
            "By the declared least leads, one in twenty being shorter: from this day to the earlier of the first two "
            "days below. It shrinks if something began unseen before the last look."
        )
        if len(a.timing) > 1
        else note("From this day to the earliest day below."),
    ]
    decisions = (
        (
            Points(tuple(_decision(case, item) for item in a.decisions), title="Decisions"),
            note("That start is the first “hardly before” day of a course that counts: one in twenty would be sooner."),
        )
        if a.decisions
        else ()
    )
    return Section("timing", "How soon", (*blocks, Points(points), *decisions))


def _timing(case: Case, item: Timing) -> Point:
    away = (item.earliest - case.assessment.as_of).days
    return Point(
        (f"{day(item.earliest)}, {days(away)} away: {CASES.get(item.case) or plain(item.case)}",),
        notes=tuple((plain(reason),) for reason in item.because),
    )


def _decision(case: Case, item: DecisionResult) -> Point:
    stand = "the answer stands above" if item.above else "the answer stands below"
    late = item.latest < case.assessment.as_of
    until = (
        f"To be done before the earliest plausible start it had to begin by {day(item.latest)}."
        if late
        else f"It can wait until {day(item.latest)} and still be done before the earliest plausible start."
    )
    return Point(
        (
            f"{plain(item.who)}: {plain(item.what)}. It takes {days(item.takes_days)}; its alarm line is at ",
            f"{percent(item.alarm)}, and {stand} it. {until}",
        ),
        Tone.RAISES if item.above else Tone.PLAIN,
        notes=tuple((line,) for line in _beside(case, item)),
    )


def _beside(case: Case, item: DecisionResult) -> Iterator[str]:
    """Where the alarm line comes from, when the curve reaches it, and how probable it is to be too late already."""
    if item.false_alarm is not None and item.miss is not None:
        costs = f"Acting in vain is held to cost {number(item.false_alarm)}, not acting in time {number(item.miss)}"
        follows = item.false_alarm / (item.false_alarm + item.miss)
        yield f"{costs}: the line follows from that." if item.derived else f"{costs}: a line of {percent(follows)}."
    if item.reached is not None and not item.above:
        if item.reached > case.assessment.answer.by:
            yield "On the curve the line is not reached within the days of the question."
        else:
            yield f"On the curve the line is reached by {day(item.reached)}."
    if item.too_late is not None:
        yield f"Begun today, it would come too late with a chance of {percent(item.too_late)}."
    if item.latest_by_leads is not None and item.latest_by_leads != item.latest:
        past = item.latest_by_leads < case.assessment.as_of
        leaves = "was" if past else "is"
        yield (
            f"By the declared leads, if what must come first began unseen, there {leaves} time until "
            f"{day(item.latest_by_leads)}."
        )


def changes(case: Case) -> Section:
    """What moved since an earlier day, and the claims that did it."""
    found = case.assessment.changes
    if not found:
        only = say("There is no earlier answer to compare with.")
        return Section("changes", "What changed", (only,))
    points = []
    for item in found:
        same = percent(item.from_) == percent(item.to)
        moved = (
            f"Since {day(item.since)}: no change, {percent(item.to)}."
            if same
            else f"Since {day(item.since)}: from {percent(item.from_)} to {percent(item.to)}."
        )
        tone = Tone.PLAIN if same else Tone.RAISES if item.to > item.from_ else Tone.LOWERS
        notes: list[Text] = [case.named("claim", claim) for claim in item.because[:BECAUSE_LIMIT]]
        rest = item.because[BECAUSE_LIMIT:]
        if rest:
            notes.append((f"and {plural(len(rest), 'further claim')}: ", *case.refs(rest)))
        if not item.because:
            notes.append(("No new claim bears on it; what moved it is the passing of time.",))
        elif item.moved:
            told = [f"the passing of time ({shift(item.time)})"]
            told += [f"new claims on {plain(part.indicator)} ({shift(part.log_odds)})" for part in item.moved]
            notes.append((f"Taken one after the other: {listed(told)}.",))
        points.append(Point((moved,), tone, tuple(notes)))
    return Section("changes", "What changed", (Points(tuple(points)),))


def scope(case: Case) -> tuple[Text, ...]:
    """What the answer is about: the day, the question, and what counts."""
    a = case.assessment
    known = f", with what was retrieved by {day(a.known_by)}" if a.known_by else ""
    counts = f"Counts as yes: {plain(a.resolution)}" if a.resolution else ""
    courses = listed(plain(s.id) for s in a.scenarios if s.event)
    return tuple(
        (line,)
        for line in (
            f"As of {day(a.as_of)}{known}. Question: {plain(a.problem)}.",
            counts,
            f"Courses that count: {courses}.",
            f"{case.withheld}. The answer rests on all of it." if case.withheld else "",
        )
        if line
    )
