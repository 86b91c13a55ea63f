"""The second annotation is scored as a program would be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests import goldset
from tests.goldset import PARTS, GoldClaim, Score
from tests.goldset_agreement import TWICE, agreement, second

from tocsin.model.claim import Polarity, Role


def _own(part: str) -> dict[str, tuple[GoldClaim, ...]]:
    return {passage.id: passage.claims for passage in goldset.load(part)}


def _with_first(claim: GoldClaim) -> Score:
    """The agreement of a first passage with itself after one claim was replaced."""
    passage = goldset.load("dev")[0]
    return agreement([passage], {passage.id: (claim, *passage.claims[1:])})


@pytest.mark.parametrize("part", PARTS)
def test_an_annotation_agrees_with_itself_in_every_field(part: str) -> None:
    score = agreement(goldset.load(part), _own(part))

    assert score.errors == {}
    assert {tally.f1 for tally in score.tallies.values()} == {1.0}


def test_a_claim_read_otherwise_lowers_its_own_field_alone() -> None:
    claim = goldset.load("dev")[0].claims[0]

    assert set(_with_first(replace(claim, polarity=Polarity.DENIED)).errors) == {"polarity"}


def test_either_of_two_open_roles_is_right_and_a_third_is_not() -> None:
    passage = goldset.load("dev")[0]
    claim = passage.claims[0]
    opened = replace(passage, claims=(replace(claim, role=Role.EVENT, role_or=Role.PLAN), *passage.claims[1:]))

    def roles_right(role: Role) -> int:
        answers = (replace(claim, role=role), *passage.claims[1:])
        return agreement([opened], {passage.id: answers}).tally("role").right

    assert roles_right(Role.EVENT) == roles_right(Role.PLAN) == len(passage.claims)
    assert roles_right(Role.RUMOUR) == len(passage.claims) - 1


def test_passages_annotated_once_do_not_count_as_disagreement() -> None:
    assert agreement(goldset.load("dev"), {}).tallies == {}


@pytest.mark.parametrize("part", TWICE)
def test_the_second_annotation_stands_in_the_texts_it_was_made_of(part: str) -> None:
    answers = second()
    read = [(passage, claim) for passage in goldset.load(part) for claim in answers.get(passage.id, ())]

    assert read
    assert all(passage.text[slice(*claim.span)] == claim.content for passage, claim in read)
