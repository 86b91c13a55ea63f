"""Ratings of claims, evidence on indicators, readings of figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tocsin.model.claim import Bound
from tocsin.model.grade import Reliability


class Says(StrEnum):
    """What an item of evidence says about its indicator. Ambiguous is shown and weighs nothing by itself."""

    PRESENT = "present"
    ABSENT = "absent"
    AMBIGUOUS = "ambiguous"


class ReadingRole(StrEnum):
    """A holding, a need and a rumour are three things; only holdings are pooled."""

    HOLDING = "holding"
    NEED = "need"
    RUMOUR = "rumour"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What somebody judged: what it changed in words of ours, and ``signed``, who says so and why in words of theirs.

    The two stand apart because a person's reason may tell what readers must not see; it is empty for those readers.
    """

    what: str
    signed: str = ""

    @property
    def told(self) -> str:
        """Both in one line.

        >>> Judged(what="rejected", signed="A: read wrongly").told, Judged(what="rejected").told
        ('rejected (A: read wrongly)', 'rejected')
        """
        return f"{self.what} ({self.signed})" if self.signed else self.what


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """How much a claim's origin is worth, with the reason in words.

    ``source`` is the id of the origin: a declared source, or an id of its own for a voice nobody declared.
    ``knows`` is None where nothing may be counted (grade F, no grade). ``echo_of`` names the claim it repeats,
    ``repeats`` the earlier claim in which the same origin used the same words. ``through`` is what the channel that
    passes it on is worth, where that is the limit. ``credibility`` is the digit that somebody other than the grader
    gave the item, None where nobody did or it does not count; ``judged`` says what people changed. ``merged_from`` is
    the id of the voice itself where an analyst merged it with another and ``source`` is the other's.
    """

    claim: str
    source: str
    source_name: str
    reliability: Reliability
    knows: float | None
    party: str | None = None
    access: str | None = None
    alarmist: bool = False
    interest: str | None = None
    echo_of: str | None = None
    copy_probability: float = 0.0
    weight: float = 1.0
    because: tuple[str, ...] = ()
    repeats: str | None = None
    through: float | None = None
    credibility: int | None = None
    judged: tuple[Judged, ...] = ()
    merged_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One claim on one indicator (or gate), or one item coded by hand.

    ``knows`` is the source's probability of knowing before ``weight`` scales it; None weighs nothing (grade F).
    ``echo_of`` names another item's ``id``. ``counter``: the opposite was asserted; it counts as absent.
    ``words`` are the words that matched; ``because`` says in words why it says what it says. ``party`` is the side its
    source belongs to; ``unnamed``: its source has no name, and shares its reporter with the others of the report.
    """

    id: str
    indicator: str
    says: Says
    about: date
    published: date
    source: str
    knows: float | None
    weight: float = 1.0
    alarmist: bool = False
    access: str | None = None
    echo_of: str | None = None
    copy_probability: float | None = None
    counter: bool = False
    claim: str | None = None
    report: str | None = None
    words: tuple[str, ...] = ()
    because: str = ""
    party: str | None = None
    unnamed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One figure of a claim that speaks to a declared figure.

    ``group`` is None for the whole; readings that share a group are parts of one sum, given by one source
    ("20,000 servicemen" and "3,000 mercenaries"). ``interest`` is the side to which the source would shade.
    """

    id: str
    figure: str
    low: float | None
    high: float | None
    bound: Bound
    of: str
    about: date
    source: str
    knows: float | None
    role: ReadingRole = ReadingRole.HOLDING
    interest: str | None = None
    group: str | None = None
    weight: float = 1.0
    echo_of: str | None = None
    claim: str | None = None
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relink:
    """What an analyst says a claim speaks to, in the place of what its words say; nothing, where there is no target.

    ``targets`` are ids of indicators, gates and figures, each with what the claim says of it; None where that follows
    from the claim itself.
    """

    targets: tuple[tuple[str, Says | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherView:
    """Another's assessment or forecast: shown beside ours with its expiry, and never fed in."""

    claim: str
    who: str
    says: str
    polarity: str
    published: date
    expires: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAhead:
    """What somebody said will be on a day still to come: a deadline, a meeting, a notice. It is no part of the answer.

    ``earliest`` and ``latest`` bound the day; an open end is None. ``published`` is the day of its report.
    ``watched``: a watch phrase of the problem matches it.
    """

    claim: str
    who: str
    says: str
    polarity: str
    published: date
    earliest: date | None
    latest: date | None
    watched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What linking made of a desk's claims for one problem.

    ``unlinked`` counts claims that touch nothing declared; ``set_aside`` gives (claim, reason) for claims that match
    an indicator's words but do not count (another place, another actor, a plan, somebody's assessment). ``judged``
    gives (claim, what analysts decided of it) where they linked it or took it out. ``near`` gives (claim, target and
    phrase) for claims that hold all words of a watch phrase too far apart or in another form: a hint, and nothing else.
    ``ahead`` are the days still to come that claims name, whatever else became of these claims.
    """

    evidence: tuple[Evidence, ...]
    readings: tuple[Reading, ...]
    others: tuple[OtherView, ...]
    set_aside: tuple[tuple[str, str], ...]
    unlinked: int
    judged: tuple[tuple[str, Judged], ...] = ()
    near: tuple[tuple[str, str], ...] = ()
    ahead: tuple[DayAhead, ...] = ()
