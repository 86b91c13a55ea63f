"""Judging claims on a desk: which claim is meant, what may be said of it, what a withdrawal takes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from tocsin import weigh
from tocsin.errors import UsageError
from tocsin.model.claim import Claim
from tocsin.model.judgement import KINDS, Judgement, Verdict

FEWEST_LETTERS = 3
LONGEST_NAME = 200
LONGEST_REASON = 10_000


def named(claims: Mapping[str, Claim], wanted: str) -> Claim:
    """The claim of that id, or the only one whose id begins so.

    Raises:
        UsageError: None does, several do, or too few letters were given.
    """
    name = wanted.strip().strip("[]…")
    if name in claims:
        return claims[name]
    if len(name) < FEWEST_LETTERS:
        raise UsageError(f"'{name}' is too short for a claim's id: write at least {FEWEST_LETTERS} letters of it")
    found = [key for key in claims if key.startswith(name)]
    shown = name[:LONGEST_NAME]
    if len(found) == 1:
        return claims[found[0]]
    if found:
        some = ", ".join(key[: len(name) + 4] for key in found[:5])
        raise UsageError(f"'{shown}' begins {len(found)} ids ({some}…): write more of it")
    raise UsageError(f"no claim's id begins with '{shown}' (the ids are in: tocsin claims)")


def made(claim: Claim, verdict: Verdict, *, by: str, why: str, now: datetime) -> Judgement:
    """A judgement over a claim.

    Raises:
        UsageError: Nobody signs it, no ground is given, or one of them is too long.
    """
    who, ground = _signed(by, why)
    return Judgement(claim=claim.id, kind=KINDS[verdict], value=verdict, by=who, at=now, why=ground)


def withdrawal(judgements: Sequence[Judgement], claim: Claim, *, by: str, why: str, now: datetime) -> Judgement:
    """What takes back the last judgement that somebody made of a claim and has not withdrawn.

    Raises:
        UsageError: There is none, nobody signs, or no ground is given.
    """
    who, ground = _signed(by, why)
    own = [one for one in weigh.standing(judgements) if one.claim == claim.id and one.by == who]
    if not own:
        raise UsageError(f"{who} has judged nothing of {claim.id} that could be withdrawn")
    return Judgement(claim=claim.id, kind=own[-1].kind, value=Verdict.UNDONE, by=who, at=now, why=ground)


def _signed(by: str, why: str) -> tuple[str, str]:
    """Name and ground, spaces put in order."""
    who, ground = " ".join(by.split()), why.strip()
    if not who or not ground:
        raise UsageError("a judgement needs --by and --why: who says so, and on what grounds")
    if len(who) > LONGEST_NAME or len(ground) > LONGEST_REASON:
        raise UsageError(f"too long: a name has at most {LONGEST_NAME} characters, a reason {LONGEST_REASON}")
    return who, ground
