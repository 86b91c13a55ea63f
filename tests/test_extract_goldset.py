"""The annotated passages keep their own rules, and extraction does not fall behind what it reached on them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec
import pytest
from tests import goldset
from tests.goldset import DATA, PARTS, GoldVoice, Passage

from tocsin.extract import extract
from tocsin.model.claim import Attribution, Claim
from tocsin.model.report import Report, VoiceKind
from tocsin.model.time import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """The digest of each part's file, and the percentages (F1) that extraction may not fall below."""

    digest: dict[str, str]
    floors: dict[str, dict[str, float]]


@pytest.fixture(scope="module")
def floors() -> Floors:
    return msgspec.json.decode((DATA / "floors.json").read_bytes(), type=Floors)


@pytest.mark.parametrize("part", PARTS)
def test_the_passages_are_those_the_floors_were_measured_on(part: str, floors: Floors) -> None:
    assert goldset.digest(part) == floors.digest[part], "the data changed: measure anew, pin the new digest and floors"


@pytest.mark.parametrize("part", PARTS)
def test_extraction_does_not_fall_below_its_floors(part: str, floors: Floors) -> None:
    scores = {part: goldset.score(part)}
    print(goldset.table(scores))  # noqa: T201 - the table is what a failing test should show

    reached = {name: 100 * scores[part].tally(name).f1 for name in floors.floors[part]}
    fallen = {name: reached[name] for name, floor in floors.floors[part].items() if reached[name] < floor}

    assert not fallen


def test_no_passage_stands_in_both_parts_or_twice() -> None:
    passages = [passage for part in PARTS for passage in goldset.load(part)]

    assert len({p.id for p in passages}) == len(passages)
    assert len({p.text for p in passages}) == len(passages)


@pytest.mark.parametrize("part", PARTS)
def test_every_annotation_keeps_the_guideline(part: str) -> None:
    broken = [f"{p.id}: {fault}" for p in goldset.load(part) for fault in _faults(p)]

    assert broken == []


@pytest.mark.parametrize("part", PARTS)
def test_no_more_than_one_claim_in_ten_leaves_its_role_open(part: str) -> None:
    claims = [claim for passage in goldset.load(part) for claim in passage.claims]

    assert sum(len(claim.roles) > 1 for claim in claims) <= len(claims) / 10


def _faults(passage: Passage) -> list[str]:
    outlet = GoldVoice(name=passage.outlet or "author", kind=VoiceKind.MEDIA if passage.outlet else VoiceKind.AUTHOR)
    faults: list[str] = []
    for claim in passage.claims:
        start, stop = claim.span
        if passage.text[start:stop] != claim.content:
            faults.append(f"{claim.content!r} does not stand at its span")
        if claim.content.removesuffix(".m.").strip(" .,;:?“”") != claim.content.removesuffix(".m."):
            faults.append(f"{claim.content!r} has blanks or stops at its edges")
        if claim.chain[0] != outlet:
            faults.append(f"{claim.content!r} does not begin its chain with the outlet")
        if (claim.attribution is Attribution.AUTHOR) != (len(claim.chain) == 1):
            faults.append(f"{claim.content!r} is the author's own if and only if nobody else is in the chain")
        mentions = [voice.mention or voice.name for voice in claim.chain[1:]]
        faults += [
            f"{words!r} is not in the text" for words in mentions if words.casefold() not in passage.text.casefold()
        ]
        if claim.hedge is not None and claim.hedge not in passage.text:
            faults.append(f"hedge {claim.hedge!r} is not in the text")
        faults += [f"{f.text!r} is not in {claim.content!r}" for f in claim.figures if f.text not in claim.content]
        faults += [f"{f.text!r} has neither end" for f in claim.figures if f.low is None and f.high is None]
        faults += [f"{place!r} is not in {claim.content!r}" for place in claim.places if place not in claim.content]
        if claim.when is not None and claim.when.text not in claim.content:
            faults.append(f"{claim.when.text!r} is not in {claim.content!r}")
    return faults


PASSAGE = goldset.load("dev")[0]


def _claims() -> tuple[Claim, ...]:
    report = Report(id=PASSAGE.id, text=PASSAGE.text, published=Window.on(PASSAGE.published), lang="en")
    return extract(report).claims


def test_a_chain_with_one_voice_less_is_wrong() -> None:
    gold = PASSAGE.claims[0]
    claim = next(c for c in _claims() if goldset.same_chain(c, gold))

    assert not goldset.same_chain(replace(claim, chain=claim.chain[:1]), gold)
    assert not goldset.same_chain(replace(claim, chain=(*claim.chain, claim.chain[-1])), gold)


@pytest.mark.parametrize(
    ("name", "gold", "same"),
    [
        ("Anna Weil", "Anna Weil, its secretary", True),
        ("the mayor", "the mayor of Lima", True),
        ("Lima", "the mayor of Lima", False),
        ("officers in the general staff", "one of the officers", True),
        ("a nurse", "a doctor", False),
    ],
)
def test_a_voice_is_known_by_the_head_of_its_name(*, name: str, gold: str, same: bool) -> None:
    annotated = replace(
        PASSAGE.claims[0], chain=(PASSAGE.claims[0].chain[0], GoldVoice(name=gold, kind=VoiceKind.PERSON))
    )
    claim = _claims()[0]
    said = replace(claim, chain=(claim.chain[0], replace(claim.chain[0], name=name)))

    assert goldset.same_chain(said, annotated) is same


def test_a_tally_without_answers_is_neither_wrong_nor_a_division_by_zero() -> None:
    assert goldset.Tally().f1 == 1.0
    assert goldset.Tally(gold=2).f1 == 0.0
