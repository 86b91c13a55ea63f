"""What moved the answer: every claim, echo, source and indicator left out in turn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from tocsin.infer.board import Line, name, origins, root, weighs
from tocsin.infer.case import Case, percent
from tocsin.infer.spoken import spoken
from tocsin.infer.timing import words
from tocsin.model.assessment import Against, Driver, EchoResult, Status, Unreviewed
from tocsin.model.claim import Claim, Modality, Polarity, Role
from tocsin.model.evidence import Evidence, Says

Key = TypeVar("Key", bound=Hashable)

MOST_CLAIMS = 400
"""Claims that are left out one by one; beyond that, only each source's latest on an indicator, weightiest first."""

MOST_GROUPS = 200
"""Echoes, and sources, that are left out in turn; beyond that, those with most items."""

MOST_PLACES = 200
"""Indicators that are computed anew for sources, and for echoes, left out in turn; the largest come first."""

_MOST_SHOWN = 25
_MOST_AGAINST = 5
_NOTHING = 1e-9
_WISHES = frozenset({Role.PLAN, Role.INTENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Items that stand or fall together: a claim, an echo, a source, an indicator.

    ``log_odds`` is the headline's with them minus without them; ``without`` the headline without them.
    """

    kind: str
    id: str
    items: tuple[Evidence, ...]
    log_odds: float
    without: float


def bundles(case: Case) -> tuple[Bundle, ...]:
    """Everything left out in turn, the largest first; a set of items that has several names has the narrowest."""
    weighing = [item for item in case.evidence if weighs(item)]
    by_id = {item.id: item for item in case.evidence}
    sets: list[tuple[str, str, tuple[Evidence, ...]]] = []
    sets += [("claim", key, items) for key, items in _grouped(_candidates(weighing), name)]
    repeated = [pair for pair in _grouped(weighing, lambda item: name(root(item, by_id))) if len(pair[1]) > 1]
    sets += [("echo", key, items) for key, items in _heaviest(repeated)]
    origin = origins(case.evidence)
    sets += [("source", key, items) for key, items in _heaviest(_grouped(weighing, lambda item: origin[item.id]))]
    gates = {gate.id for gate in case.problem.gates}
    sets += [
        ("gate" if key in gates else "indicator", key, items)
        for key, items in _grouped(weighing, lambda item: item.indicator)
    ]
    with_all = case.odds(case.posterior)
    named = [(kind, key, items, frozenset(item.id for item in items)) for kind, key, items in sets]
    distinct = list(dict.fromkeys(ids for _, _, _, ids in named))
    left = dict(zip(distinct, case.variants([dict.fromkeys(ids) for ids in distinct]), strict=True))
    out = [
        Bundle(kind=kind, id=key, items=items, log_odds=with_all - left[ids].log_odds, without=left[ids].probability)
        for kind, key, items, ids in named
    ]
    return tuple(sorted(out, key=lambda bundle: -abs(bundle.log_odds)))


def drivers(found: Sequence[Bundle], *, remarks: Mapping[tuple[str, str], str] | None = None) -> tuple[Driver, ...]:
    """The bundles that moved the answer, the largest first; one inside another that does the same is named once.

    ``remarks`` gives, by kind and id, what to say beside the effect.
    """
    return tuple(
        Driver(
            kind=bundle.kind,
            id=bundle.id,
            log_odds=bundle.log_odds,
            text=f"without it: {percent(bundle.without)}{_remark(bundle, remarks)}",
        )
        for bundle in _distinct(found)
        if abs(bundle.log_odds) > _NOTHING
    )[:_MOST_SHOWN]


def _remark(bundle: Bundle, remarks: Mapping[tuple[str, str], str] | None) -> str:
    told = (remarks or {}).get((bundle.kind, bundle.id))
    return f"; {told}" if told else ""


def against(
    case: Case,
    found: Sequence[Bundle],
    lines: Mapping[str, Line],
    *,
    set_aside: Iterable[tuple[str, str]] = (),
    claims: Mapping[str, Claim] | None = None,
    remarks: Mapping[tuple[str, str], str] | None = None,
) -> tuple[Against, ...]:
    """What speaks against the direction in which the reports moved the answer, and what limits it.

    Items that pulled the other way; plans and intents that are no evidence but persist, while the answer is low;
    critical indicators that nobody looked at.
    """
    moved = case.odds(case.posterior) - case.odds(case.nothing)
    aside = tuple(set_aside)
    out: list[Against] = []
    for bundle in _distinct(found):
        if bundle.log_odds * moved < 0 and abs(bundle.log_odds) > 0.01:
            what = ", ".join(dict.fromkeys(words(item.indicator) for item in bundle.items))
            out.append(
                Against(
                    kind=bundle.kind,
                    id=bundle.id,
                    text=f"pulls the other way on {what}; without it: {percent(bundle.without)}"
                    f"{_remark(bundle, remarks)}",
                )
            )
    out = out[:_MOST_AGAINST]
    if case.headline(case.posterior) < 0.5:
        wishes = [(key, why) for key, why in aside if claims is not None and _is_wish(claims.get(key))]
        out += [Against(kind="claim", id=key, text=f"not counted: {why}") for key, why in wishes[:_MOST_AGAINST]]
    out += [
        Against(kind="indicator", id=indicator.id, text=f"critical, and {_silence(indicator.id, aside)}")
        for indicator in case.problem.indicators
        if indicator.critical and lines[indicator.id].status is Status.NOT_COVERED
    ]
    return tuple(out)


def _silence(indicator: str, aside: Sequence[tuple[str, str]]) -> str:
    """Why nothing is known of an indicator: nobody spoke of it, or what was said did not count."""
    matched = len({claim for claim, why in aside if why.startswith(f"{indicator}: ")})
    return f"nothing that counts was said of it ({matched} set aside)" if matched else "nobody has looked"


def echoes(case: Case) -> tuple[EchoResult, ...]:
    """Items on one indicator that say the same and go back to one origin, and how many items they count as.

    The one that is least a copy counts as one, each other as what is left of it when it may be a copy.
    """
    origin = origins(case.evidence)
    out: list[EchoResult] = []
    for indicator, items in case.terms.admitted.items.items():
        copies = dict(zip((item.id for item in items), _copies(case, items, indicator=indicator), strict=True))
        graded = [item for item in items if item.knows is not None]
        for (source, _), members in _grouped(graded, lambda item: (origin.get(item.id, item.source), item.says)):
            claims = tuple(dict.fromkeys(name(item) for item in members))
            if len(claims) > 1:
                out.append(
                    EchoResult(
                        origin=source,
                        claims=claims,
                        counted_as=_effective([copies[item.id] for item in members]),
                    )
                )
    return tuple(sorted(out, key=lambda echo: (-len(echo.claims), echo.origin, echo.claims)))


def unreviewed(case: Case, found: Sequence[Bundle], *, reviewed: Collection[str] = ()) -> Unreviewed:
    """Claims in use that nobody has judged, and how many of them could alone change the word.

    Each is left out, and then turned round: present to absent and the reverse.
    """
    now = case.headline(case.posterior)
    used = {name(item) for item in case.evidence if weighs(item)} - set(reviewed)
    turned: list[dict[str, Evidence | None]] = []
    able = 0
    for bundle in found:
        if bundle.kind != "claim" or bundle.id not in used or case.closed:
            continue
        if not case.same_word(bundle.without, now):
            able += 1
        else:
            turned.append({item.id: _turned(item) for item in bundle.items})
    able += sum(not case.same_word(one.probability, now) for one in case.variants(turned))
    return Unreviewed(claims=len(used), could_change_the_word=able)


def _copies(case: Case, items: Sequence[Evidence], *, indicator: str) -> list[float]:
    """How likely each item is a mere copy, by what the reports tell of the habits of their sources."""
    said = spoken(case.prepared, items, indicator=indicator)
    nobody = np.array([], dtype=np.int64)
    chances = sum(
        float(chance) * said.copying(habit, summed=nobody).copied
        for habit, chance in zip(case.prepared.stories.habits, case.posterior.habits, strict=True)
    )
    return list(np.asarray(chances).tolist())


def _effective(copies: Sequence[float]) -> float:
    return sum(1.0 - kappa for kappa in copies) + min(copies)


def _distinct(found: Sequence[Bundle]) -> list[Bundle]:
    out: list[Bundle] = []
    sets: list[tuple[frozenset[str], float]] = []
    for bundle in found:
        ids = frozenset(item.id for item in bundle.items)
        same = (other for other, size in sets if abs(size - bundle.log_odds) <= _NOTHING)
        if not any(ids <= other or other <= ids for other in same):
            sets.append((ids, bundle.log_odds))
            out.append(bundle)
    return out


def _turned(item: Evidence) -> Evidence:
    says = Says.ABSENT if item.says is Says.PRESENT else Says.PRESENT
    return replace(item, says=says, counter=False)


def _is_wish(claim: Claim | None) -> bool:
    if claim is None or claim.polarity is Polarity.DENIED:
        return False
    return claim.role in _WISHES or claim.modality is Modality.PLANNED


def _candidates(items: Sequence[Evidence]) -> Sequence[Evidence]:
    if len(items) <= MOST_CLAIMS:
        return items
    latest: dict[tuple[str, str], Evidence] = {}
    for item in sorted(items, key=lambda item: (item.published, item.about, item.id)):
        latest[item.indicator, item.source] = item
    weightiest = sorted(latest.values(), key=lambda item: (-(item.knows or 0.0) * item.weight, item.id))
    return weightiest[:MOST_CLAIMS]


def _heaviest(groups: list[tuple[str, tuple[Evidence, ...]]]) -> list[tuple[str, tuple[Evidence, ...]]]:
    """The largest groups, as many as can be left out in turn within a second or two."""
    kept: list[tuple[str, tuple[Evidence, ...]]] = []
    places = 0
    for group in sorted(groups, key=lambda group: (-len(group[1]), group[0]))[:MOST_GROUPS]:
        places += len({item.indicator for item in group[1]})
        if kept and places > MOST_PLACES:
            break
        kept.append(group)
    return kept


def _grouped(items: Iterable[Evidence], key: Callable[[Evidence], Key]) -> list[tuple[Key, tuple[Evidence, ...]]]:
    groups: dict[Key, list[Evidence]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return [(group, tuple(members)) for group, members in groups.items()]
