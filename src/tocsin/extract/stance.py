"""Stance: is a statement affirmed or denied, how surely is it put, and what kind of saying is it?

Each answer names the words that decided it. The numbers are those of docs/method.md where it has them
("hedge words in a claim"); the others are judgements and stand beside the modalities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.extract import lexicon
from tocsin.extract.lexicon import Match
from tocsin.extract.line import Line
from tocsin.extract.proposition import Proposition
from tocsin.extract.said import Said
from tocsin.extract.stance_clause import Clause
from tocsin.extract.stance_deny import denial
from tocsin.extract.stance_judged import Judged
from tocsin.extract.stance_mode import modality
from tocsin.extract.stance_role import role
from tocsin.model.claim import UNHEDGED, Bound, Figure, Modality, Polarity, Role
from tocsin.text import lang

NOT_SAID = 0.0
"""Weight of what a voice is reported not to have said."""


@dataclass(frozen=True, slots=True)
class Stance:
    """Polarity, modality and role of one statement, with its hedge, its weight (0 to 1) and the reasons."""

    polarity: Polarity
    modality: Modality
    role: Role
    hedge: str | None
    weight: float
    because: tuple[str, ...]


def stance(
    line: Line, proposition: Proposition, said: Sequence[Said], *, figures: Sequence[Figure], year: int | None
) -> Stance:
    """Judge one statement from its tree and the attributions around it, outermost first.

    Args:
        line: The sentence.
        proposition: The statement in it.
        said: The attributions the statement stands under.
        figures: The figures in the statement.
        year: The year of publication, if known: an earlier year named makes it background.
    """
    clause = Clause.of(line, _own(line, proposition))
    denied, why_denied = denial(clause)
    for one in said:
        if one.verb in lexicon.group("verbs", "deny") and not one.negated:
            denied, why_denied = not denied, one.verb
        if one.negated and one.verb in _SEEING:
            denied, why_denied = not denied, f"not {one.verb}"
    mode, hedge, why = modality(clause, said, denied=denied)
    if said and said[-1].nominal and said[-1].source is None and mode is Modality.ASSERTED:
        mode, why = Modality.REPORTED_RUMOUR, "nobody named"
    if mode in {Modality.QUESTION, Modality.UNLIKELY}:
        denied = False
    polarity = Polarity.DENIED if denied else Polarity.AFFIRMED
    kind, why_role = role(
        Judged(
            clause=clause,
            modality=mode,
            denied=denied,
            said=said,
            counted=_tokens_of(line, clause, figures),
            measured=_tokens_of(line, clause, [f for f in figures if f.bound is not Bound.EXACT or _is_share(f)]),
            levels=any(f.unit == "percent" or f.unit not in _MEASURES for f in figures),
            year=year,
        )
    )
    weight = _weight(mode, hedge)
    if said and said[-1].negated and said[-1].verb not in _DENYING:
        weight = NOT_SAID
    because = []
    if denied or why_denied:
        because.append(f"{polarity.value}: {why_denied}")
    if why:
        because.append(f"{mode.value}: {why}")
    if why_role:
        because.append(f"{kind.value}: {why_role}")
    verbatim = None
    if hedge is not None:
        verbatim = " ".join(line.tokens[clause.tokens[k]].text for k in range(hedge.start, hedge.stop))
    return Stance(polarity, mode, kind, verbatim, weight, tuple(because))


def _own(line: Line, proposition: Proposition) -> tuple[int, ...]:
    """The tokens of a statement, without quotation marks and without what only leads to it."""
    tokens = tuple(index for index in proposition.tokens if not line.is_quote(index)) or proposition.tokens
    opening = lexicon.phrases("opening", "introducing").at([line.lower[index] for index in tokens], 0)
    return tokens[opening.stop :] if opening and opening.stop < len(tokens) else tokens


def _is_share(figure: Figure) -> bool:
    """A percentage or a fraction."""
    return figure.unit == "percent" or (figure.low is not None and 0 < figure.low < 1)


def _tokens_of(line: Line, clause: Clause, figures: Sequence[Figure]) -> frozenset[int]:
    """The tokens that figures stand on; a duration counts nothing."""
    spans = [f.span for f in figures if f.unit not in _DURATIONS]
    return frozenset(k for k in clause.tokens if any(s.start <= line.tokens[k].span.start < s.stop for s in spans))


def _weight(mode: Modality, hedge: Match | None) -> float:
    if mode is not Modality.ASSERTED and hedge is not None and hedge.phrase in lexicon.hedge_weights():
        return lexicon.hedge_weights()[hedge.phrase]
    return UNHEDGED[mode]


_SEEING = lexicon.group("role", "observed") - {"report"}
_DENYING = lexicon.group("verbs", "deny") | lexicon.group("verbs", "raising") | _SEEING
_MEASURES = frozenset(lang.load("en")["kinds"]["measures"])
_DURATIONS = frozenset({"hour", "day", "week", "month", "year", "minute", "second", "night"})
