"""Two parts of the story that only some problems have: rival accounts of an event, and where actors would settle."""

from __future__ import annotations

from tocsin.model.actors import ActorShown, ActorsResult, Without
from tocsin.model.explanations import AccountResult, ExplanationResult, ObservationResult
from tocsin.publish.case import Case
from tocsin.publish.safe import plain
from tocsin.publish.story import Block, Grid, Point, Points, Row, Section, Text, note, say
from tocsin.publish.words import listed, number, percent


def explanations(case: Case) -> Section:
    """What happened and why, by rival accounts; and plainly where nothing tells them apart."""
    blocks: list[Block] = []
    for event in case.assessment.explanations:
        blocks += account_for(event)
    return Section("explanations", "What happened, by rival accounts", tuple(blocks))


def actors(case: Case) -> Section:
    """Who pulls which way, where that would settle, and on whom it hangs."""
    found = case.assessment.actors
    return Section("actors", "Where the actors would settle", () if found is None else tuple(_actors(case, found)))


def account_for(event: ExplanationResult) -> list[Block]:
    """One event: its accounts, whether they are told apart, what was observed, what they would change."""
    moved = any(account.odds for account in event.accounts)
    head = ("account", "before", "after what was observed", *(("with all reports", "answer if true") if moved else ()))
    rows = tuple(Row(_account(account, moved=moved)) for account in event.accounts)
    verdict = (
        f"What was observed separates them, by {_ratio(event.ratio)} at most."
        if event.separates
        else f"What was observed does not separate them: {_ratio(event.ratio)} at most, and 3 to 1 is the least that "
        "counts. The numbers are hardly more than what was thought before."
        if event.observations
        else "Nothing was observed that could separate them. The numbers are what was thought before."
    )
    points = tuple(Point((_observed(event, one),)) for one in event.observations)
    blocks: list[Block] = [
        Grid(plain(event.statement).rstrip("."), head, rows, frozenset(range(1, len(head)))),
        say(verdict),
    ]
    if points:
        blocks.append(Points(points, title="Observed"))
    effects = [
        f"{plain(account.statement)}: " + listed(f"{plain(name)} ×{factor:g}" for name, factor in account.odds.items())
        for account in event.accounts
        if account.odds
    ]
    if effects:
        blocks.append(note(f"Odds that an account would change, as declared. {'. '.join(effects)}."))
    return blocks


def _account(account: AccountResult, *, moved: bool) -> tuple[Text, ...]:
    cells: list[Text] = [(plain(account.statement),), (percent(account.prior),), (percent(account.probability),)]
    if moved:
        cells += [(percent(account.with_reports),), (percent(account.answer_if_true),)]
    return tuple(cells)


def _observed(event: ExplanationResult, one: ObservationResult) -> str:
    names = {account.id: plain(account.statement) for account in event.accounts}
    if one.favours is None:
        return f"{_sentence(one.statement)} It is as probable under every account."
    return f"{_sentence(one.statement)} {_ratio(one.ratio)} for “{names[one.favours]}” at most."


def _actors(case: Case, found: ActorsResult) -> list[Block]:
    names = {actor.id: plain(actor.name) for actor in found.actors}
    ends = " ".join(
        f"{place} is “{plain(text)}”." for place, text in (("0", found.nought), ("100", found.hundred)) if text
    )
    low, high = found.likely
    blocks: list[Block] = [
        say(f"{_sentence(found.question)} {ends}".strip()),
        say(
            f"The weight of the actors lies at {number(round(found.mean))} (between {number(round(found.mean_low))} "
            f"and {number(round(found.mean_high))}, as the words allow). What comes of it could lie anywhere from "
            f"{number(found.low)} to {number(found.high)}; four times in five from {number(low)} to {number(high)}."
        ),
        note(plain(found.caution)),
        Grid(
            "Actors",
            ("actor", "stands at", "share of the weight", "mean without it", "needed at"),
            tuple(Row(_actor(found, actor)) for actor in found.actors),
            frozenset({1, 2, 3, 4}),
        ),
    ]
    blocks.append(
        note(f"“Needed at”: where it alone would have to stand to bring the weight to {number(found.target)}.")
    )
    who = f"It hangs on {names[found.pivotal]}, at whose place the weight on either side balances"
    heaviest = "" if found.heaviest is None else f"; the mean moves most without {names[found.heaviest]}"
    blocks.append(say(f"{who}{heaviest}."))
    several = tuple(
        Point((f"Without {listed(names[name] for name in group.actors)}: {number(round(group.mean))}.",))
        for group in found.without_several
    )
    if several:
        blocks.append(Points(several))
    if found.gate is not None:
        gate = found.gate
        blocks.append(
            say(
                f"From this follows the prior of the gate “{plain(_gate(case, gate.id))}”: {percent(gate.probability)} "
                f"({percent(gate.low)} to {percent(gate.high)}), where the file by itself says "
                f"{percent(gate.declared)}. It is as likely as not at {number(gate.even_at)}, and its odds grow by a "
                f"factor of 2.7 with every {number(gate.width)} points."
            )
        )
    else:
        blocks.append(note("No gate is linked to it: the answer does not depend on this part."))
    return blocks


def one_actor(case: Case, found: ActorsResult, actor: ActorShown) -> list[Block]:
    """What hangs on one actor: its share, the forecast without it, where it would have to stand to turn it."""
    name = plain(actor.name)
    if actor.share == 0:
        return [say(f"{name} has no say on this day: the forecast takes no account of it.")]
    blocks: list[Block] = [
        say(f"{name} stands at {number(actor.position)} and has {percent(actor.share)} of the weight."),
    ]
    left = next((one for one in found.without if one.actor == actor.id), None)
    if left is not None:
        lies = f"Without it the weight would lie at {number(round(left.mean))}, not at {number(round(found.mean))}"
        blocks.append(say(f"{lies}{_gate_without(case, found, left)}."))
    target = number(found.target)
    blocks.append(
        say(f"No place of its own on the line would bring the weight to {target}.")
        if actor.needed is None
        else say(f"To bring the weight to {target}, it alone would have to stand at {number(round(actor.needed))}.")
    )
    blocks.append(note(plain(found.caution)))
    return blocks


def _gate_without(case: Case, found: ActorsResult, left: Without) -> str:
    if found.gate is None or left.gate is None:
        return ""
    gate = plain(_gate(case, found.gate.id))
    return f", and the prior of the gate “{gate}” at {percent(left.gate)}, not at {percent(found.gate.probability)}"


def _actor(found: ActorsResult, actor: ActorShown) -> tuple[Text, ...]:
    mean = next((one.mean for one in found.without if one.actor == actor.id), None)
    name = plain(actor.name) if actor.share > 0 else f"{plain(actor.name)} (no say now)"
    return (
        (name,),
        (number(actor.position),),
        (percent(actor.share),),
        ("–" if mean is None else number(round(mean)),),
        ("nowhere" if actor.needed is None else number(round(actor.needed)),),
    )


def _gate(case: Case, name: str) -> str:
    return next((gate.statement for gate in case.assessment.gates if gate.id == name), name)


def _ratio(ratio: float) -> str:
    return "more than 100 to 1" if ratio > 100 else f"{ratio:.1f} to 1"


def _sentence(text: str) -> str:
    said = plain(text)
    return said if said.endswith((".", "?", "!")) else f"{said}."
