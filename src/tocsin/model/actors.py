"""Actors who pull in different directions over one dispute, as declared and as forecast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number from 0 to 100 as the analyst gave it: a point, and the range (5-95 %) that word or pair stands for."""

    point: float
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody with a say: where they stand, how much they can do, how much they care; all from 0 to 100.

    They count from ``since`` to ``until``, both inclusive. Whoever has died or fallen counts no more.
    """

    id: str
    name: str
    position: Measure
    capability: Measure
    salience: Measure
    since: date | None = None
    until: date | None = None

    def counts(self, day: date) -> bool:
        """Do they have a say on that day?"""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """What the actors want different things about: a line from 0 to 100, and what its ends mean.

    ``gate`` names the gate whose probability follows from where they settle: as likely as not at ``even_at``, its odds
    rising by a factor e with every ``width`` points. ``without`` lists actors to be taken away together.
    """

    question: str
    nought: str = ""
    hundred: str = ""
    gate: str | None = None
    even_at: float = 50.0
    width: float = 10.0
    without: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorShown:
    """An actor with the share of the weight it has on the day assessed; none once it has no say."""

    id: str
    name: str
    position: float
    capability: float
    salience: float
    share: float
    needed: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """The forecast if one actor had no say; ``gate`` is the linked gate's prior then."""

    actor: str
    mean: float
    gate: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutSeveral:
    """The forecast if several actors together had no say."""

    actors: tuple[str, ...]
    mean: float
    gate: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLink:
    """The gate that the forecast opens or shuts: its prior by the declared logistic, beside the one in the file."""

    id: str
    probability: float
    low: float
    high: float
    declared: float
    even_at: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorsResult:
    """What the actors would settle on, from 0 to 100.

    ``low`` and ``high`` are the 5 % and 95 % points of the outcome, ``likely`` the narrowest stretch that holds
    80 %; ``mean_low`` and ``mean_high`` say how far the mean moves within what the analyst's words allow.
    ``pivotal`` stands where the weight on either side balances, ``heaviest`` moves the mean most by having no say.
    ``target`` is the point that each actor's ``needed`` position would bring the mean to.
    """

    question: str
    nought: str
    hundred: str
    mean: float
    low: float
    high: float
    likely: tuple[float, float]
    mean_low: float
    mean_high: float
    actors: tuple[ActorShown, ...]
    without: tuple[Without, ...]
    without_several: tuple[WithoutSeveral, ...]
    pivotal: str
    heaviest: str | None
    target: float
    gate: GateLink | None
    caution: str
