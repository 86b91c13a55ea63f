"""Score the second annotation of ``tests/data/attribution`` against the first, with the scorer of the program.

``python -m tests.goldset_agreement`` prints the table: what a careful reader of the guideline reaches. The second
annotation stays as it was written; where it was right, the first was corrected, as that folder's README tells.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
from tests import goldset
from tests.goldset import DATA, GoldClaim, GoldFigure, Passage, Score

from tocsin.model.claim import Claim, Figure, PlaceMention, When
from tocsin.model.report import Span, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TWICE = ("dev", "test")
"""The parts that were annotated twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """One passage as the second annotator read it."""

    id: str
    claims: tuple[GoldClaim, ...]


@cache
def second() -> Mapping[str, tuple[GoldClaim, ...]]:
    """The claims of the second annotation by passage; passages annotated once only are not there."""
    lines = (DATA / "second.jsonl").read_bytes().splitlines()
    read = (msgspec.json.decode(line, type=Second) for line in lines)
    return MappingProxyType({passage.id: passage.claims for passage in read})


def agreement(passages: Iterable[Passage], answers: Mapping[str, tuple[GoldClaim, ...]]) -> Score:
    """Score annotations as if they were a program's; passages without an answer are left out."""
    result = Score()
    for passage in passages:
        if passage.id in answers:
            claims = [_claim(passage, gold) for gold in answers[passage.id]]
            goldset.compare(result, passage, claims=claims, figures=[f for claim in claims for f in claim.figures])
    return result


def _claim(passage: Passage, gold: GoldClaim) -> Claim:
    span = Span(start=gold.span[0], stop=gold.span[1])
    return Claim(
        id=f"{passage.id}:{span.start}",
        report=passage.id,
        span=span,
        sentence=span,
        content=gold.content,
        cue=None,
        chain=tuple(Voice(name=voice.name, kind=voice.kind) for voice in gold.chain),
        attribution=gold.attribution,
        polarity=gold.polarity,
        modality=gold.modality,
        role=gold.role,
        hedge=gold.hedge,
        figures=tuple(_figure(figure, gold) for figure in gold.figures),
        when=When(text=gold.when.text, earliest=gold.when.earliest, latest=gold.when.latest) if gold.when else None,
        places=tuple(
            PlaceMention(text=text, name=text, country=None, lat=None, lon=None, span=_standing(text, gold))
            for text in gold.places
        ),
    )


def _figure(figure: GoldFigure, gold: GoldClaim) -> Figure:
    return Figure(
        text=figure.text,
        low=figure.low,
        high=figure.high,
        bound=figure.bound,
        unit=figure.unit,
        of=figure.of,
        change=figure.change,
        span=_standing(figure.text, gold),
    )


def _standing(text: str, gold: GoldClaim) -> Span:
    start = gold.span[0] + gold.content.index(text)
    return Span(start=start, stop=start + len(text))


def main() -> None:
    """Print the table of the parts annotated twice."""
    scores = {part: agreement(goldset.load(part), second()) for part in TWICE}
    sys.stdout.write(goldset.table(scores) + "\n")


if __name__ == "__main__":
    main()
