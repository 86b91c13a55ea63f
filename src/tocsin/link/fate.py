"""What befell those whom a figure counts: the killed, wounded, captured and fled are no strength."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from tocsin.link.words import stem, stems
from tocsin.model.claim import Claim, Figure


def _group(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


_FATES: dict[str, frozenset[str]] = {
    "killed": _group(
        "kill killed dead die died dies dying death deaths body bodies corpse corpses slain slew slaughtered buried"
        " bury fatality fatalities executed beheaded shot casualty casualties deceased drowned perished neutralised"
        " neutralized eliminated liquidated"
    ),
    "wounded": _group(
        "wounded wound wounds injured injure injury injuries hurt treated treat hospitalised hospitalized maimed"
        " casualty casualties"
    ),
    "captured": _group(
        "captured capture captive captives captivity detained detain detainee detainees arrested arrest prisoner"
        " prisoners surrendered surrender imprisoned jailed kidnapped abducted hostage hostages disarmed"
    ),
    "lost": _group("lost lose loses losing destroyed destroy damaged burned burnt wrecked sunk sank downed seized"),
    "gone": _group(
        "deserted desert deserter deserters defected defect defector defectors fled flee fleeing displaced evacuated"
        " evacuate evacuee evacuees missing demobilised demobilized repatriated"
    ),
}
_OF_STRENGTH = frozenset({"gone"})
"""What takes people out of a force only: the displaced may well be those who are in a camp."""

_BEING = _group("were was is are be been being get got gets")
LIGHT = _BEING | _group("have has had who which that")
"""What may stand between those counted and the verb that tells what befell them."""

_LIGHT = LIGHT | _group("reportedly also allegedly later since already all confirmed reported said to of them these")
_DONE_TO = _group(
    "kill wound injure hurt treat capture detain arrest imprison jail kidnap abduct disarm execute behead shot bury"
    " slaughter neutralise neutralize eliminate liquidate lost lose destroy damage seize evacuate repatriate displace"
)
"""What somebody does to another: those counted suffer it where it is passive ("were killed", "killed in the raid")."""

_BEHIND = _group(
    "in on at by during near around when while since after before so as and or with without within along inside outside"
    " last this yesterday today again from of over here there alone"
)
_BEFORE = _group(
    "at least more than about some another as many up to nearly almost over around roughly approximately total"
    " estimated only further other least fewer less under close number of their its his include includes including"
    " were are was is been being be"
)
_AT = _group("at to stand stands stood")
_TOTALLED = re.compile(r"\b(?:number|total|count|toll|figure)\b", re.IGNORECASE)
_FAR = 6
_AROUND = 200
"""Characters before and behind a number that are looked at."""
_END = re.compile(r"[.;:()]|,")


def fates(stems_of: Iterable[str], *, strength: bool) -> frozenset[str]:
    """What befell somebody, by the stems of some words: "killed", "wounded", "captured", "lost", "gone".

    Args:
        stems_of: The stems.
        strength: Whether it is about a force, which those who fled or went missing are no part of.
    """
    found = set(stems_of)
    return frozenset(name for name, group in _FATES.items() if group & found and (strength or name not in _OF_STRENGTH))


def befell(claim: Claim, figure: Figure, text: str, *, head: Iterable[str], strength: bool) -> frozenset[str]:
    """What befell those whom a figure counts: by their name, by the verb behind them or by the one before the number.

    "62 wounded", "51 fighters were killed", "killed at least 51 fighters", "put the number of enemy killed at 60"; but
    not "51 fighters who attacked and killed", nor "captured by 200 fighters".

    Args:
        claim: The claim.
        figure: One of its figures.
        text: The report's text.
        head: The stems of what it counts, up to the first preposition.
        strength: Whether a force is asked about.
    """
    named = fates(head, strength=strength)
    if named:
        return named
    return fates(
        (*_behind(claim, figure, text), *_ahead(claim, figure, text)),
        strength=strength,
    )


def _behind(claim: Claim, figure: Figure, text: str) -> tuple[str, ...]:
    """The first word behind the noun phrase that is no auxiliary, where those counted suffer it."""
    stop = min(max(claim.sentence.stop, figure.span.stop), figure.span.stop + _AROUND)
    behind = stems(text[figure.span.stop : stop])
    counts = tuple(takewhile(lambda word: word not in LIGHT, stems(figure.of or "")))
    at = 0
    while at < len(behind) and at < len(counts) and behind[at] in counts:
        at += 1
    first = at
    while at < len(behind) and behind[at] in _LIGHT:
        at += 1
    verb = behind[at : at + 1]
    passive = at > first and not _BEING.isdisjoint(behind[first:at])
    bare = at == first and (at + 1 >= len(behind) or behind[at + 1] in _BEHIND)
    return verb if passive or bare or not _DONE_TO & set(verb) else ()


def _ahead(claim: Claim, figure: Figure, text: str) -> tuple[str, ...]:
    """The first word before the number that does not only bound it: the verb of which those counted are the object."""
    start = max(min(claim.sentence.start, figure.span.start), figure.span.start - _AROUND)
    near = text[start : figure.span.start]
    cut = [found.end() for found in _END.finditer(near)]
    before = stems(near[cut[-1] :] if cut else near)[::-1]
    totalled = before[:1] != () and before[0] in _AT and _TOTALLED.search(near) is not None
    at = int(totalled)  # "put the number of killed at 60"
    while at < min(len(before), _FAR) and before[at] in _BEFORE:
        at += 1
    return before[at : at + 1]
