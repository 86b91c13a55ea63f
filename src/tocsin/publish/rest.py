"""The last part of the story: what would change the answer, what nobody looked at, what was not understood."""

from __future__ import annotations

from tocsin.model.assessment import WatchItem
from tocsin.publish.case import Case
from tocsin.publish.judged import rests_on
from tocsin.publish.safe import plain
from tocsin.publish.steps import crossings
from tocsin.publish.story import Block, Grid, Kind, Point, Points, Ref, Row, Say, Section, Text, note, say
from tocsin.publish.uncounted import aside_points, asides, legend, near_points, tally
from tocsin.publish.words import day, listed, percent, plural

WATCHED = 8


def watch(case: Case) -> Section:
    """What would raise the answer and what would lower it, and the fewest sightings that would change the word."""
    a = case.assessment
    now = a.answer.probability
    raising = sorted((w for w in a.watch if w.if_seen > now and _shows(w.if_seen, now)), key=lambda w: -w.if_seen)
    lowering = sorted((w for w in a.watch if w.if_not_seen < now and _shows(w.if_not_seen, now)), key=_if_not_seen)
    blocks: list[Block] = []
    if raising:
        blocks.append(_grid(case, "Would raise it, if certainly seen", raising, seen=True))
        blocks.append(
            note(
                "“Must show” is the question's last day less the least lead declared; the answers also allow for a "
                "quicker hand than declared."
            )
        )
        blocks += _alarms(case, raising)
    blocks += crossings(case)
    if lowering:
        blocks.append(_grid(case, "Would lower it, if certainly not there", lowering, seen=False))
    if not blocks:
        blocks.append(say("Nothing on the board would move the answer."))
    if a.flip is None:
        blocks.append(say("No set of up to three sightings would change the word."))
    else:
        needed: list[str | Ref] = []
        for name in a.flip.needs:
            needed += ["; " if needed else "", Ref(Kind.INDICATOR, name, case.statement(name))]
        blocks.append(
            say(
                f"The word would change to “{plain(a.flip.to)}” ({percent(a.flip.probability)}) with ",
                "this seen: " if len(a.flip.needs) == 1 else "all of these seen: ",
                *needed,
                ".",
            )
        )
    return Section("watch", "What would raise or lower it", tuple(blocks))


def _alarms(case: Case, raising: list[WatchItem]) -> list[Block]:
    """Per decision whose line is not reached yet: the sightings that alone would reach it."""
    points = []
    for decision in case.assessment.decisions:
        names = [item for item in raising if item.if_seen >= decision.alarm]
        if decision.above:
            continue
        parts: list[str | Ref] = [f"{plain(decision.who)}, {percent(decision.alarm)}: "]
        for place, item in enumerate(names):
            parts += ["; " if place else "", Ref(Kind.INDICATOR, item.indicator, case.statement(item.indicator))]
        points.append(Point(tuple(parts) if names else (*parts, "no single sighting")))
    return [Points(tuple(points), title="One of these alone would reach the alarm line")] if points else []


def _shows(then: float, now: float) -> bool:
    return percent(then) != percent(now)


def _if_not_seen(item: WatchItem) -> float:
    return item.if_not_seen


def _grid(case: Case, title: str, items: list[WatchItem], *, seen: bool) -> Grid:
    rows = tuple(
        Row(
            (
                (Ref(Kind.INDICATOR, item.indicator, plain(item.statement) or plain(item.indicator)),),
                (percent(item.if_seen if seen else item.if_not_seen),),
                (percent(item.chance_seen if seen else 1 - item.chance_seen),),
                *(((_until(case, item),),) if seen else ()),
            )
        )
        for item in items[:WATCHED]
    )
    head = (
        ("indicator", "answer then", "chance of that", "must show")
        if seen
        else ("indicator", "answer then", "chance of that")
    )
    return Grid(title, head, rows, frozenset({1, 2}))


def _until(case: Case, item: WatchItem) -> str:
    had = "had to show by" if item.by < case.assessment.as_of else "by"
    return f"{had} {day(item.by)}"


def uncovered(case: Case) -> Section:
    """The indicators on which nobody looked; silence is shown and never counted."""
    a = case.assessment
    points = tuple(_blank(case, name) for name in a.not_covered)
    terms = legend(why for name in a.not_covered for _, why in asides(case.linked, name))
    if not points:
        return Section("uncovered", "What nobody looked at", (say("Every indicator has at least one report."),))
    return Section(
        "uncovered",
        "What nobody looked at",
        (
            Points(points),
            note(
                f"{len(points)} of {plural(len(a.indicators), 'indicator')}. Silence is not absence: "
                "nothing was concluded from it."
            ),
            *(note(told) for told in terms),
        ),
    )


def _blank(case: Case, name: str) -> Point:
    line = case.indicator(name)
    critical = " (critical)" if line is not None and line.critical else ""
    found = asides(case.linked, name)
    stand = f": nothing that counts ({len({claim for claim, _ in found})} set aside)" if found else ""
    return Point(
        (Ref(Kind.INDICATOR, name, case.statement(name)), critical, stand),
        notes=tuple(point.text for point in (*aside_points(case, found, limit=3), *near_points(case, name))),
    )


def understood(case: Case) -> Section:
    """What was read and not understood, and how far unreviewed claims could carry the answer."""
    a = case.assessment
    missed = a.not_understood
    rows = (
        (missed.reports, "report", "in a language that extraction does not read"),
        (missed.passages, "passage", "that extraction could not turn into claims"),
        (missed.claims_unlinked, "claim", "that match no watch phrase"),
        (
            missed.claims_set_aside,
            "claim",
            "with an indicator's words set aside (another place, actor, a plan, an opinion)",
        ),
        (missed.claims_ungraded, "claim", "whose source cannot be judged (F): shown, and weighing nothing"),
        (a.left_out.after_as_of, "item", "about or from a later day, left out"),
        (a.left_out.before_opened, "item", "about a day before the question was opened, left out"),
    )
    points = tuple(Point((f"{plural(count, noun)} {what}",)) for count, noun, what in rows if count)
    return Section(
        "understood",
        "What was not understood",
        (
            Points(points) if points else say("Everything that was read was understood and used."),
            _reviewed(case),
            *_judged(case),
            *_forgotten(case),
        ),
    )


def _reviewed(case: Case) -> Say:
    """How many of the claims that the answer rests on nobody has reviewed, and what they could do."""
    found = case.assessment.unreviewed
    if found.claims:
        could = found.could_change_the_word
        alone = (
            f"{could} of them could change the word if wrong" if could else "none of them alone could change the word"
        )
        return say(f"Nobody has reviewed {plural(found.claims, 'claim')} that the answer rests on; {alone}.")
    every = tally(case)
    rests = every.counting if every is not None else any(line.claims for line in case.assessment.indicators)
    return say(
        "Every claim that the answer rests on was reviewed."
        if rests
        else "The answer rests on no claim: there is none to review."
    )


def _judged(case: Case) -> tuple[Say, ...]:
    """What people's judgements do in this answer; nothing where there are none."""
    told = rests_on(case.assessment.judgements)
    return (say(told),) if told else ()


def _forgotten(case: Case) -> tuple[Say, ...]:
    """That something was erased; nothing where nothing was."""
    count = case.assessment.forgotten
    if not count:
        return ()
    told = f"{plural(count, 'report or voice', 'reports or voices')} erased from this desk, for protection or by order"
    return (say(f"{told.capitalize()}: what they said is no part of this answer."),)


def method(case: Case) -> Section:
    """How the answer was made, so that it can be made again."""
    a = case.assessment
    lines: tuple[Text, ...] = (
        (f"Method: {plain(a.method)}. Program: Tocsin {plain(a.version)}. Words after {plain(a.answer.yardstick)}.",),
        (f"Problem: {plain(a.digests.problem)}",),
        (f"Sources: {plain(a.digests.sources)}",),
        (f"Claims: {plain(a.digests.claims)}",),
        *(((f"Judgements: {plain(a.digests.judgements)}",),) if a.digests.judgements else ()),
    )
    used = len(case.claims) - a.judgements.rejected
    counted = listed(f"{plural(n, noun)}" for n, noun in ((used, "claim"), (len(case.reports), "report")) if n)
    return Section(
        "method",
        "Method",
        (*(say(*line) for line in lines), *((note(f"Made from {counted}."),) if counted else ())),
    )
