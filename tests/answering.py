"""A small fictional question, and evidence on it, for the tests of the answer."""

from __future__ import annotations

from datetime import date, timedelta

from tocsin.model.evidence import Evidence, Says
from tocsin.model.problem import (
    Chance,
    Decision,
    Expr,
    Gate,
    Indicator,
    Scenario,
    WarningProblem,
    Watch,
)
from tocsin.model.time import Lead, Quantiles

OPENED = date(2022, 11, 20)
AS_OF = date(2022, 12, 2)


def chance(point: float, low: float | None = None, high: float | None = None) -> Chance:
    return Chance(point=point, low=low or point, high=high or point, text=str(point))


def lead(least: float, typical: float, most: float) -> dict[str, Lead]:
    return {"": Lead(quantiles=Quantiles(least=least, typical=typical, most=most))}


def indicator(
    name: str,
    *,
    leads: dict[str, Lead],
    seen: float = 0.9,
    feint: float = 0.3,
    then: str | None = None,
    noticed: float | None = None,
    critical: bool = False,
    building: bool = False,
) -> Indicator:
    return Indicator(
        id=name,
        statement=f"{name} is seen",
        watch=Watch(),
        seen_first={"offensive": chance(seen), "feint": chance(feint)},
        leads=leads,
        then=then,
        false_starts=1.0,
        noticed_within=noticed,
        critical=critical,
        building=building,
    )


PROBLEM = WarningProblem(
    id="northern-front",
    question="Will it come over the northern border?",
    resolution="A formed unit crosses.",
    opened=OPENED,
    by=date(2023, 1, 31),
    yardstick="ICD 203",
    gates=(Gate(id="ally-joins", statement="The ally takes part", probability=chance(0.3, 0.2, 0.45)),),
    scenarios=(
        Scenario(
            id="offensive",
            statement="A joint offensive",
            event=True,
            prior=chance(0.5, 0.45, 0.55),
            even_odds_within=60.0,
            needs=Expr(op="gate", name="ally-joins"),
            needs_text="ally-joins",
        ),
        Scenario(
            id="feint",
            statement="A feint",
            event=False,
            prior=chance(0.3, 0.2, 0.45),
            even_odds_within=30.0,
        ),
    ),
    indicators=(
        indicator(
            "strike-groups",
            leads=lead(42, 49, 63),
            then="relocation",
            noticed=7.0,
            critical=True,
            building=True,
        ),
        indicator("relocation", leads=lead(2, 3, 7), noticed=2.0, critical=True),
        indicator("field-hospitals", leads=lead(7, 14, 30), feint=0.05),
    ),
    decisions=(Decision(who="the region", what="move staff south", takes=2.0, alarm=0.1),),
)


def item(
    name: str,
    on: str,
    says: Says,
    *,
    ago: int = 1,
    source: str | None = None,
    knows: float | None = 0.75,
    echo_of: str | None = None,
    copy_probability: float | None = None,
    access: str | None = None,
    counter: bool = False,
) -> Evidence:
    about = AS_OF - timedelta(days=ago)
    return Evidence(
        id=name,
        indicator=on,
        says=says,
        about=about,
        published=min(about + timedelta(days=1), AS_OF),
        source=source or f"source of {name}",
        knows=knows,
        echo_of=echo_of,
        copy_probability=copy_probability,
        access=access,
        counter=counter,
    )
