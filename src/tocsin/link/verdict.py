"""What a claim that matches an indicator's words says about it: present, absent, ambiguous, or nothing."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.link.phrase import Kind
from tocsin.model.claim import Claim, Modality, Polarity, Role
from tocsin.model.evidence import Says

_ASIDE_ROLES: dict[Role, str] = {
    Role.ASSESSMENT: "somebody's assessment, shown beside ours and never fed in",
    Role.FORECAST: "somebody's forecast, shown beside ours and never fed in",
    Role.PLAN: "a plan, and plans lie ready for years",
    Role.INTENT: "an intent, not something seen",
    Role.REQUIREMENT: "a requirement: what would be needed, not what is there",
    Role.RUMOUR: "a rumour",
    Role.BACKGROUND: "background, not news",
}
_ASIDE_MODALITIES: dict[Modality, str] = {
    Modality.PLANNED: "planned, not done",
    Modality.CONDITIONAL: "said under a condition",
    Modality.HYPOTHETICAL: "hypothetical",
    Modality.QUESTION: "a question",
    Modality.REPORTED_RUMOUR: "a rumour that is reported",
}


class Verdict(NamedTuple):
    """What the claim says, whether the opposite was asserted, and why."""

    says: Says
    counter: bool
    because: str


def set_aside(claim: Claim) -> str | None:
    """Why a claim can be no evidence whatever it speaks about, or None.

    Only what somebody saw, counted or looked for, and what happened, is evidence.
    """
    return _ASIDE_ROLES.get(claim.role) or _ASIDE_MODALITIES.get(claim.modality)


def verdict(claim: Claim, kind: Kind) -> Verdict:
    """Turn polarity and modality into what the claim says about the indicator.

    A hedge scales the weight and changes nothing here; *unlikely* turns the claim round. The opposite asserted is
    absent and shown as counter; the opposite denied says nothing clear.
    """
    denied = claim.polarity is Polarity.DENIED
    unlikely = claim.modality is Modality.UNLIKELY
    if kind is Kind.COUNTER:
        if denied or unlikely:
            return Verdict(Says.AMBIGUOUS, counter=False, because="the opposite is denied, which says nothing clear")
        return Verdict(Says.ABSENT, counter=True, because="the opposite is asserted")
    if denied and unlikely:
        return Verdict(Says.AMBIGUOUS, counter=False, because="denied and called unlikely at once")
    if denied:
        return Verdict(Says.ABSENT, counter=False, because="denied: looked for and reported absent")
    if unlikely:
        return Verdict(Says.ABSENT, counter=False, because="called unlikely")
    if claim.modality in (Modality.LIKELY, Modality.POSSIBLE):
        hedge = f" “{claim.hedge}”" if claim.hedge else ""
        return Verdict(Says.PRESENT, counter=False, because=f"affirmed with a hedge{hedge}")
    return Verdict(Says.PRESENT, counter=False, because="affirmed")
