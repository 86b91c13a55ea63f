"""The middle of the story: what moved the answer, what speaks against it, the figures, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from tocsin.model.assessment import FigureResult, IndicatorResult, OtherShown, Status
from tocsin.model.claim import Polarity
from tocsin.model.evidence import Evidence, Says
from tocsin.publish.case import Case, cut
from tocsin.publish.pooled import of_it
from tocsin.publish.readings import Told, told_once
from tocsin.publish.safe import plain
from tocsin.publish.steps import way
from tocsin.publish.story import Block, Grid, Kind, Picture, Point, Points, Ref, Row, Section, Text, Tone, note, say
from tocsin.publish.uncounted import aside_points, asides, legend, state
from tocsin.publish.words import NBSP, apart, day, moved, number, percent, plural, quantity, short_day

DRIVERS_SHOWN = 5
VOICES_SHOWN = 4
OTHERS_SHOWN = 10
STATES = tuple(Status)
_LEAST_TRIED = 0.05


def why(case: Case) -> Section:
    """The five things that moved the answer most, each by what the answer would be without it."""
    found = sorted(case.assessment.drivers, key=lambda driver: -abs(driver.log_odds))[:DRIVERS_SHOWN]
    points = tuple(
        Point(
            (*case.named(driver.kind, driver.id),),
            Tone.RAISES if driver.log_odds > 0 else Tone.LOWERS if driver.log_odds < 0 else Tone.PLAIN,
            ((f"{moved(driver.log_odds)}; {plain(driver.text)}",),),
        )
        for driver in found
    )
    gates = tuple(
        Row(
            (
                (plain(gate.statement) or gate.id,),
                (percent(gate.probability),),
                (percent(gate.prior),),
                *_split(case, case.evidence_on(gate.id)),
            ),
            anchor=Ref(Kind.INDICATOR, gate.id, gate.id),
        )
        for gate in case.assessment.gates
    )
    blocks: list[Block] = [
        Points(points, ordered=True)
        if points
        else say("No report moved the answer: it is what the declared priors say by themselves."),
    ]
    if points:
        blocks.append(note("Each is left out alone. A source and its claims overlap, so the factors do not add up."))
    blocks += way(case)
    if gates:
        blocks.append(
            Grid(
                "Conditions that must hold first",
                ("condition", "chance", "before reports", "says so", "disagrees"),
                gates,
                frozenset({1, 2}),
            )
        )
        blocks.append(
            note(
                "A condition's chance also moves with the indicators of the courses that need it, not by its own alone."
            )
        )
    return Section("why", "Why", tuple(blocks))


def against(case: Case) -> Section:
    """What points the other way."""
    found = case.assessment.against
    points = tuple(Point(_against(case, item.kind, item.id, item.text)) for item in found)
    body: Block = Points(points) if points else say("Nothing that was read points the other way.")
    return Section("against", "What speaks against", (body,))


def _against(case: Case, kind: str, name: str, text: str) -> Text:
    told = plain(text)
    if kind in {"claim", "echo", "source"}:
        return (*case.named(kind, name), f" – {told}" if told else "")
    stated = case.statement(name)
    if kind == "indicator" and case.indicator(name) is not None:
        return (Ref(Kind.INDICATOR, name, stated), f": {told}")
    return (told if stated == name or stated in told else f"{stated}: {told}",)


def figures(case: Case) -> Section:
    """Each declared figure: what everybody says, side by side, and the pooled value against the need."""
    blocks: list[Block] = []
    for name, same in groupby(case.assessment.figures, key=lambda figure: figure.id):
        entries = tuple(same)
        blocks += _figure(case, name, entries)
    return Section(
        "figures",
        "Conflicting figures",
        tuple(blocks) or (say("No figure is declared for this question."),),
    )


def _figure(case: Case, name: str, entries: tuple[FigureResult, ...]) -> list[Block]:
    first = entries[0]
    here = Ref(Kind.FIGURE, name, name)
    readings = sorted(first.readings, key=lambda reading: (reading.role, reading.low or reading.high or 0))
    title = plain(first.of)
    aside = asides(case.linked, f"figure {name}")
    left = aside_points(case, aside)
    terms = [note(told) for told in legend(why for _, why in aside)]
    if not readings:
        lacks = "no report gives a number that counts" if aside else "no report gives a number"
        told = [Points(left, title="Numbers that were set aside")] if left else []
        return [say(f"{title}: {lacks}.", anchor=here), *told, *terms]
    rows = tuple(_reading(case, told, plain(first.unit)) for told in told_once(case, readings))
    blocks: list[Block] = [
        Grid(title, ("reading", "of what", "who", "about", "taken as"), rows, frozenset({0})),
    ]
    if first.median is None:
        blocks.append(say("No reading says how many there are; nothing is pooled.", anchor=here))
    else:
        blocks.append(
            say(
                f"Taken together: about {number(first.median)}"
                f" ({number(first.low)} to {number(first.high)}, 5 % to 95 %).",
                anchor=here,
                tone=Tone.LEAD,
            )
        )
        blocks += [say(of_it(held)) for held in (first.part, first.without_part) if held is not None]
    blocks += [Points(points) for points in [tuple(_need(case, entry) for entry in entries if entry.need)] if points]
    blocks.append(Picture(f"figure:{name}"))
    return [*blocks, Points(left, title="Numbers that were set aside"), *terms] if left else blocks


def _reading(case: Case, item: Told, unit: str) -> Row:
    reading = item.reading
    told = quantity(reading.low, reading.high, bound=reading.bound)
    known = reading.claim is not None and reading.claim in case.claims
    who = case.who(reading.claim or "") if known else case.source_name(reading.source)
    of = cut(plain(reading.of), 60) or unit
    said: Text = (f"{who}{NBSP}", case.claim_ref(reading.claim)) if reading.claim else (who,)
    if item.again:
        said = (*said, f", told again{NBSP}", *case.refs(item.again, limit=2))
    return Row(((told,), (of,), said, (day(reading.about),), (plain(item.taken),)))


def _need(case: Case, entry: FigureResult) -> Point:
    need = entry.need
    course = Ref(Kind.SCENARIO, entry.scenario, case.statement(entry.scenario))
    wanted = f" needs {number(need[0])} to {number(need[1])}" if need else ""
    enough = f": chance that there are enough {percent(entry.p_enough)}" if entry.p_enough is not None else ""
    tries: list[Text] = []
    if entry.attempt is not None:
        low, high = entry.attempt
        chance = (
            f": chance of enough for that {percent(entry.p_attempt)}, never put below {percent(_LEAST_TRIED)}"
            if entry.p_attempt is not None
            else ""
        )
        tries.append((f"an actor who misjudges might try with {number(low)} to {number(high)}{chance}",))
    return Point(
        (
            course,
            f"{wanted}{enough}.",
        ),
        notes=tuple(tries),
    )


def voices(case: Case) -> Section:
    """The board: each indicator with its state, who says so and who disagrees; echoes; others' assessments."""
    a = case.assessment
    rows = tuple(_line(case, line) for line in sorted(a.indicators, key=lambda line: STATES.index(line.status)))
    blocks: list[Block] = [
        Picture("board"),
        Grid(
            "The board",
            ("state", "indicator", "says so", "disagrees", "last look", "effect", "tells apart"),
            rows,
        ),
        note(
            "“Effect” is what its reports did to the odds of the answer. “Tells apart” is the factor between the odds "
            "of the event, whenever it comes, with the indicator certainly there today and with it certainly not "
            "there, before any report. Reports also tell when it began, so their effect on an answer with an end date "
            "can be larger. Where reports weigh nothing, their sources are not graded."
        ),
    ]
    echoes = tuple(
        Point(
            (
                f"{plural(len(echo.claims), 'claim')} lead back to {case.source_name(echo.origin)} ",
                f"and count as {echo.counted_as:.1f}: ",
                *case.refs(echo.claims),
            )
        )
        for echo in a.echoes
        if len(echo.claims) > 1
    )
    if echoes:
        blocks.append(Points(echoes, title="Echoes"))
    blocks += _others(case)
    return Section("voices", "Who says so, who disagrees", tuple(blocks))


def _others(case: Case) -> list[Block]:
    a = case.assessment
    points = tuple(
        Point(
            (
                f"{plain(other.who)}: “{cut(plain(other.says), 160)}”{_denied(other)}, ",
                f"expired on {day(other.expires)} " if other.expires < a.as_of else f"until {day(other.expires)} ",
                case.claim_ref(other.claim),
            )
        )
        for other in a.others[:OTHERS_SHOWN]
    )
    if len(a.others) > OTHERS_SHOWN:
        points += (Point((f"and {plural(len(a.others) - OTHERS_SHOWN, 'more', 'more')}",)),)
    if not points:
        return []
    return [
        Points(points, title="Other people's assessments"),
        note("They stand beside ours and are never fed into it."),
    ]


def _denied(other: OtherShown) -> str:
    return " (denial)" if other.polarity == Polarity.DENIED else ""


def _line(case: Case, line: IndicatorResult) -> Row:
    evidence = case.evidence_on(line.id)
    critical = " (critical)" if line.critical else ""
    sign, meaning = state(case, line, since=f" since {short_day(line.since)}" if line.since else "")
    if evidence:
        yes, no = _split(case, evidence)
    else:
        yes, no = (case.refs(line.claims) if line.claims else ("–",)), ("–",)
    cells: tuple[Text, ...] = (
        (f"{sign} {meaning}",),
        (plain(line.statement) or plain(line.id), critical),
        yes,
        no,
        (short_day(line.last_look) if line.last_look else "never",),
        (moved(line.log_odds) if line.claims or evidence else "–",),
        (apart(line.diagnosticity),),
    )
    return Row(cells, anchor=Ref(Kind.INDICATOR, line.id, line.id), state=line.status.value)


def _split(case: Case, evidence: tuple[Evidence, ...]) -> tuple[Text, Text]:
    present = _speakers(case, (item for item in evidence if item.says is Says.PRESENT))
    absent = _speakers(case, (item for item in evidence if item.says is Says.ABSENT))
    unclear = _speakers(case, (item for item in evidence if item.says is Says.AMBIGUOUS))
    if unclear != ("–",):
        present = (*present, "; unclear: ", *unclear) if present != ("–",) else ("unclear: ", *unclear)
    return present, absent


def _speakers(case: Case, evidence: Iterable[Evidence]) -> Text:
    claims: dict[str, list[str]] = {}
    for item in evidence:
        claims.setdefault(case.source_name(item.source), []).append(item.claim or item.id)
    if not claims:
        return ("–",)
    parts: list[str | Ref] = []
    for name, said in list(claims.items())[:VOICES_SHOWN]:
        parts += [", " if parts else "", f"{name}{NBSP}", *case.refs(said, limit=2)]
    if len(claims) > VOICES_SHOWN:
        parts.append(f" and {plural(len(claims) - VOICES_SHOWN, 'other')}")
    return tuple(part for part in parts if part)
