"""The reasons behind a number, followed back to the words of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from tocsin.errors import UsageError
from tocsin.model.assessment import Assessment, FigureResult, GateResult, IndicatorResult, ScenarioResult
from tocsin.model.claim import Claim
from tocsin.model.evidence import Linked, Rating
from tocsin.model.report import Report
from tocsin.publish.case import Case
from tocsin.publish.evidence import Mark, standing
from tocsin.publish.lines import wrap
from tocsin.publish.page import lines_of, spoken
from tocsin.publish.rivals import account_for, actors, one_actor
from tocsin.publish.safe import plain
from tocsin.publish.steps import step_name
from tocsin.publish.uncounted import asides, legend, nearly, state, weightless_told
from tocsin.publish.words import apart, between, day, listed, moved, number, percent, plural, quantity
from tocsin.text.places import taken_as

SHOWN = 40
NEAR_SHOWN = 10
MOVERS = 6


def render(
    assessment: Assessment,
    thing: str,
    *,
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
    ratings: Mapping[str, Rating] | None = None,
    linked: Linked | None = None,
    width: int = 100,
) -> str:
    """Why: of the answer, a scenario, gate, indicator, figure, event, actor, source or claim.

    Args:
        assessment: The answer.
        thing: ``answer``, or the id of a thing; of a claim or report the first characters are enough.
        claims: Claims by id.
        reports: Reports by id.
        ratings: Ratings by claim id.
        linked: What linking made of the claims.
        width: Columns to fill.

    Raises:
        UsageError: Nothing is called that, or several claims begin so.
    """
    case = Case(assessment, claims=claims, reports=reports, ratings=ratings, linked=linked, commands=True)
    return "\n".join(_of(case, thing.strip(), width))


def _of(case: Case, thing: str, width: int) -> list[str]:
    a = case.assessment
    if thing in {"answer", a.problem}:
        return _answer(case, width)
    for scenario in a.scenarios:
        if scenario.id == thing:
            return _scenario(case, scenario, width)
    for line in a.indicators:
        if line.id == thing:
            return _indicator(case, line, width)
    for gate in a.gates:
        if gate.id == thing:
            return _gate(case, gate, width)
    figures = [figure for figure in a.figures if figure.id == thing]
    if figures:
        return _figure(case, figures, width)
    rivals = _rivals(case, thing, width)
    if rivals:
        return rivals
    by_source = _claims_of(case, thing)
    if by_source:
        return _source(case, thing, by_source, width)
    found = _matching(case, thing)
    if len(found) == 1:
        return _claim(case, found[0], width)
    if found:
        some = listed(plain(name)[:24] for name in found[:5])
        raise UsageError(f"'{plain(thing)}' begins {len(found)} ids ({some}…): write more of it")
    of_report = [claim.id for claim in case.claims.values() if _begins(claim.report, thing)]
    if of_report:
        return _listing(case, f"{plural(len(of_report), 'claim')} of this report:", of_report, width)
    raise UsageError(f"nothing is called '{plain(thing)}' here; {_names(case)}")


def _rivals(case: Case, thing: str, width: int) -> list[str]:
    """An event with its accounts, the actors together, or one of them; nothing where it is none of these."""
    found = case.assessment.actors
    for event in case.assessment.explanations:
        if event.event == thing:
            return lines_of(account_for(event), width)
    if found is None:
        return []
    if thing == "actors":
        return lines_of(actors(case).blocks, width)
    one = next((actor for actor in found.actors if actor.id == thing), None)
    return [] if one is None else lines_of(one_actor(case, found, one), width)


def _names(case: Case) -> str:
    a = case.assessment
    kinds = (
        ("scenarios", a.scenarios),
        ("gates", a.gates),
        ("indicators", a.indicators),
        ("figures", a.figures),
    )
    told = [f"{kind}: {', '.join(dict.fromkeys(plain(x.id) for x in things))}" for kind, things in kinds if things]
    if a.explanations:
        told.append(f"events: {', '.join(plain(event.event) for event in a.explanations)}")
    if a.actors is not None:
        told.append(f"actors: {', '.join(plain(actor.id) for actor in a.actors.actors)}")
    return "; ".join([*told, "or a source, or the beginning of a claim's id"])


def _begins(name: str, thing: str) -> bool:
    return bool(thing) and (
        name.startswith(thing) or name.removeprefix("sha256:").startswith(thing.removeprefix("sha256:"))
    )


def _matching(case: Case, thing: str) -> list[str]:
    ids = dict.fromkeys(chain(case.claims, (item.claim or item.id for item in case.linked.evidence), case.used()))
    wanted = thing.strip("[]…")
    if wanted in ids:
        return [wanted]
    return [name for name in ids if _begins(name, wanted)] if len(wanted) >= 3 else []


def _claims_of(case: Case, source: str) -> list[str]:
    wanted = source.casefold()
    rated = [r.claim for r in case.ratings.values() if wanted in {r.source.casefold(), r.source_name.casefold()}]
    coded = [item.id for item in case.linked.evidence if item.claim is None and item.source.casefold() == wanted]
    return rated + coded


def _answer(case: Case, width: int) -> list[str]:
    a = case.assessment
    lines = wrap(
        f"{plain(a.question)} {a.answer.words.capitalize()}: {percent(a.answer.probability)} by {day(a.answer.by)}.",
        width,
    )
    lines += wrap(f"Without any report: {percent(a.answer.prior)}.", width, indent="  ")
    lines += wrap("It is the sum of the courses that count, up to that day:", width, indent="  ")
    for scenario in a.scenarios:
        if scenario.event:
            until = max((chance for when, chance in scenario.curve if when <= a.answer.by), default=0.0)
            lines += _point(f"{plain(scenario.statement)} ({plain(scenario.id)}): {percent(until)}", width)
    return [*lines, *_movers(case, width), *_steps(case, width)]


def _steps(case: Case, width: int) -> list[str]:
    """The way from prior to answer; the factors multiply to the whole of it."""
    found = case.assessment.waterfall
    if found is None or not found.steps:
        return []
    lines = wrap(f"Step by step from {percent(case.assessment.answer.prior)} without any report:", width, indent="  ")
    for step in found.steps:
        lines += _point(
            f"{spoken((step_name(case, step),))}: {moved(step.log_odds)}, to {percent(step.probability)}", width
        )
    return lines


def _movers(case: Case, width: int) -> list[str]:
    found = sorted(case.assessment.drivers, key=lambda driver: -abs(driver.log_odds))[:MOVERS]
    lines = wrap("What moved the answer most:", width, indent="  ") if found else []
    for driver in found:
        named = spoken(case.named(driver.kind, driver.id))
        lines += _point(f"{named}: {moved(driver.log_odds)}; {plain(driver.text)}", width)
    return lines


def _scenario(case: Case, found: ScenarioResult, width: int) -> list[str]:
    band = f" ({told})" if (told := between(found.low, found.high)) else ""
    lines = wrap(f"{plain(found.id)}: {plain(found.statement)}", width)
    lines += wrap(
        f"{found.words.capitalize()}: {percent(found.probability)}{band}, whenever it begins; "
        f"{percent(found.prior)} before any report.",
        width,
        indent="  ",
    )
    if not found.event:
        lines += wrap("It does not count as the event.", width, indent="  ")
    if found.p05_date:
        lines += wrap(f"If it comes, hardly before {day(found.p05_date)}.", width, indent="  ")
    a = case.assessment
    for gate in a.gates:
        lines += _point(
            f"condition {plain(gate.id)}, {plain(gate.statement)}: {percent(gate.probability)}, "
            f"{percent(gate.prior)} before reports",
            width,
        )
    for timing in a.timing:
        lines += _point(
            f"{plain(timing.case)}: {day(timing.earliest)} ({listed(plain(r) for r in timing.because)})", width
        )
    for figure in a.figures:
        if figure.scenario == found.id and figure.need and figure.p_enough is not None:
            lines += _point(
                f"needs {quantity(*figure.need)} {plain(figure.of)}: "
                f"chance that there are enough {percent(figure.p_enough)}",
                width,
            )
    return [*lines, *_movers(case, width)]


def _gate(case: Case, found: GateResult, width: int) -> list[str]:
    lines = wrap(f"{plain(found.id)}: {plain(found.statement)}", width)
    lines += wrap(f"{percent(found.probability)}; {percent(found.prior)} before any report.", width, indent="  ")
    link = None if case.assessment.actors is None else case.assessment.actors.gate
    if link is not None and link.id == found.id:
        told = f"where the actors would settle: {percent(link.probability)}; the file by itself says"
        lines += wrap(f"Its prior follows from {told} {percent(link.declared)}.", width, indent="  ")
    lines += _aside(case, found.id, width)
    said = [item.claim or item.id for item in case.evidence_on(found.id)]
    if not said:
        return [
            *lines,
            *wrap(
                "No report that counts speaks of it; what moved it is what was reported on the indicators.",
                width,
                indent="  ",
            ),
        ]
    return [*lines, *_standings(case, said, width)]


def _indicator(case: Case, found: IndicatorResult, width: int) -> list[str]:
    sign, meaning = state(case, found, since=f" since {day(found.since)}" if found.since else "")
    lines = wrap(f"{plain(found.id)}: {plain(found.statement)}", width)
    looked = f"last look {day(found.last_look)}" if found.last_look else "no look is known"
    lines += wrap(f"{sign} {meaning}; {looked}{'; critical' if found.critical else ''}.", width, indent="  ")
    if found.claims:
        lines += wrap(f"What its reports did together to the answer: {moved(found.log_odds)}.", width, indent="  ")
    if told := weightless_told(case, found):
        lines += wrap(told, width, indent="  ")
    lines += wrap(
        "Before any report, and for an event whenever it comes, to know that it is there in place of knowing that it "
        f"is not multiplies the odds by {apart(found.diagnosticity)}.",
        width,
        indent="  ",
    )
    for item in case.assessment.watch:
        if item.indicator == found.id:
            lines += wrap(
                f"If we knew today that it is there, the answer by {day(case.assessment.answer.by)} would be "
                f"{percent(item.if_seen)}; if we knew that it is not, {percent(item.if_not_seen)}. At its least lead "
                f"it would have to show by {day(item.by)}.",
                width,
                indent="  ",
            )
    lines += _aside(case, found.id, width)
    return [*lines, *_standings(case, found.claims, width)]


def _aside(case: Case, target: str, width: int) -> list[str]:
    """What matched the words of an indicator, gate or figure and does not count, with the reason for each."""
    if case.bare:
        return []
    found = asides(case.linked, target)
    if not found:
        return [*wrap("Matched, but set aside: nothing.", width, indent="  "), *_nearly(case, target, width)]
    lines = wrap("Matched, but set aside:", width, indent="  ")
    for claim, why in found[:SHOWN]:
        lines += _point(f"[{case.claim_ref(claim).label}] {case.who(claim)}{case.quoted(claim)} – {plain(why)}", width)
    if len(found) > SHOWN:
        lines += wrap(f"and {len(found) - SHOWN} more", width, indent="    ")
    for told in legend(why for _, why in found):
        lines += wrap(told, width, indent="  ")
    return [*lines, *_nearly(case, target, width)]


def _nearly(case: Case, target: str, width: int) -> list[str]:
    """Claims that hold all words of a phrase, too far apart or in another form: they may be meant."""
    found = nearly(case.linked, target)
    lines = (
        wrap("Near misses: all words of a phrase, too far apart or in another form:", width, indent="  ")
        if found
        else []
    )
    for claim, phrase in found[:NEAR_SHOWN]:
        told = f"[{case.claim_ref(claim).label}] {case.who(claim)}{case.quoted(claim)} – “{plain(phrase)}”"
        lines += _point(told, width)
    if len(found) > NEAR_SHOWN:
        lines += wrap(f"and {len(found) - NEAR_SHOWN} more", width, indent="    ")
    return lines


def _figure(case: Case, found: list[FigureResult], width: int) -> list[str]:
    first = found[0]
    lines = wrap(f"{plain(first.id)}: {plain(first.of)}", width)
    if first.median is None:
        lines += wrap("No reading that counts says how many there are; nothing is pooled.", width, indent="  ")
    else:
        lines += wrap(
            f"Taken together: about {number(first.median)} ({number(first.low)} to {number(first.high)}, 5 % to 95 %).",
            width,
            indent="  ",
        )
    for entry in found:
        for pair, chance, what in (
            (entry.need, entry.p_enough, "needs"),
            (entry.attempt, entry.p_attempt, "might be tried with"),
        ):
            if pair:
                told = f", chance {percent(chance)}" if chance is not None else ""
                lines += _point(f"{case.statement(entry.scenario)} {what} {quantity(*pair)}{told}", width)
    lines += _aside(case, f"figure {first.id}", width)
    said = [reading.claim for reading in first.readings if reading.claim]
    return [*lines, *_standings(case, said, width)]


def _source(case: Case, name: str, said: list[str], width: int) -> list[str]:
    rating = next((case.ratings[claim] for claim in said if claim in case.ratings), None)
    lines = wrap(f"{plain(rating.source_name)} ({plain(rating.source)})" if rating else plain(name), width)
    if rating:
        worth = (
            f"knows with probability {rating.knows:.2g}"
            if rating.knows is not None
            else "not judged, so it weighs nothing"
        )
        facts = [f"reliability {rating.reliability}", worth]
        facts += [f"party: {plain(rating.party)}"] if rating.party else []
        facts += [f"access: {plain(rating.access)}"] if rating.access else []
        facts += ["given to alarm"] if rating.alarmist else []
        lines += wrap(f"{'; '.join(facts)}.", width, indent="  ")
        for reason in rating.because:
            lines += _point(plain(reason), width)
    for driver in case.assessment.drivers:
        if driver.kind == "source" and rating and driver.id == rating.source:
            lines += wrap(f"All it says together: {moved(driver.log_odds)}; {plain(driver.text)}.", width, indent="  ")
    return [*lines, *_listing(case, f"{plural(len(said), 'claim')}:", said, width)]


def _listing(case: Case, title: str, said: list[str], width: int) -> list[str]:
    lines = wrap(title, width, indent="  ")
    for name in said[:SHOWN]:
        uses = [f"{item.indicator}: {item.says}" for item in case.items_of(name)]
        uses += [f"{reading.figure}: {reading.role}" for reading in case.readings_of(name)]
        used = f" – {plain(', '.join(uses))}" if uses else ""
        lines += _point(f"[{case.claim_ref(name).label}] {case.who(name)}{case.quoted(name)}{used}", width)
    if len(said) > SHOWN:
        lines += wrap(f"and {plural(len(said) - SHOWN, 'more', 'more')}", width, indent="    ")
    return lines


def _claim(case: Case, name: str, width: int) -> list[str]:
    lines = [*_standing(case, name, width, indent="")]
    claim = case.claims.get(name)
    if claim is not None:
        for reason in claim.because:
            lines += _point(plain(reason), width)
        if claim.when:
            lines += wrap(f"When: “{plain(claim.when.text)}”.", width, indent="  ")
        if claim.places:
            named = listed(plain(taken_as(place.text, place.name, place.country)) for place in claim.places)
            lines += wrap(f"Where: {named}.", width, indent="  ")
    for driver in case.assessment.drivers:
        if driver.kind == "claim" and driver.id == name:
            lines += wrap(f"Its effect: {moved(driver.log_odds)}; {plain(driver.text)}.", width, indent="  ")
    return lines


def _standings(case: Case, names: tuple[str, ...] | list[str], width: int) -> Iterator[str]:
    for name in list(dict.fromkeys(names))[:SHOWN]:
        yield ""
        yield from _standing(case, name, width, indent="  ")


def _standing(case: Case, name: str, width: int, *, indent: str) -> list[str]:
    found = standing(case, name)
    sentence = "".join(f"«{piece}»" if mark is Mark.CONTENT else piece for piece, mark in found.pieces)
    lines = wrap(f"[{plain(name)}] {found.chain}", width, first=indent, indent=indent)
    inner = indent + "  "
    lines += wrap(" ".join(sentence.split(" ")), width, first=inner, indent=inner)
    if found.title or found.place:
        lines += wrap(
            ", ".join(word for word in (found.title, found.place, found.url or "") if word),
            width,
            first=inner,
            indent=inner,
        )
    if found.kind:
        lines += wrap(found.kind, width, first=inner, indent=inner)
    for line in found.counted:
        lines += wrap(line, width, first=inner, indent=inner)
    return lines


def _point(text: str, width: int) -> list[str]:
    return wrap(text, width, first="  · ", indent="    ")
