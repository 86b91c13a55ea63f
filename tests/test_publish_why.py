"""Every number can be asked why, down to the sentence."""

from __future__ import annotations

import pytest
from tests.publishing import ASSESSMENT, CLAIMS, IDS, LINKED, RATINGS, REPORTS

from tocsin.errors import UsageError
from tocsin.publish import why


def asked(thing: str) -> str:
    return " ".join(
        why.render(ASSESSMENT, thing, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=LINKED).split()
    )


def test_a_claim_is_found_by_the_letters_the_page_prints() -> None:
    told = asked(IDS["fleet"][:10])

    assert "The defence ministry of Karvia denied that «its fleet had left the northern base»." in told
    assert "The Harbour Post (media) → defence ministry of Karvia (official)" in told
    assert "https://example.org/harbour-post/landing-craft" in told
    assert "the opposite asserted" in told


@pytest.mark.parametrize(
    "thing", ["answer", "landing", "decision", "landing-craft", "troops-at-port-sel", "karvia-mod"]
)
def test_everything_that_has_a_number_has_reasons(thing: str) -> None:
    assert len(asked(thing)) > 80


def test_an_indicator_leads_to_every_sentence_that_speaks_of_it() -> None:
    told = asked("landing-craft")

    assert "«eleven landing craft had entered Port Sel»" in told
    assert "«its fleet had left the northern base»" in told


def test_a_source_is_found_by_id_and_by_name() -> None:
    assert asked("karvia-mod") == asked("Karvian defence ministry")


def test_a_figure_shows_its_readings_in_their_sentences() -> None:
    told = asked("troops-at-port-sel")

    assert "«about 4,000 soldiers slept in the sheds last night»" in told
    assert "about 6,900 (2,200 to 13,800" in told


def test_a_name_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="indicators: landing-craft"):
        asked("submarines")


def test_letters_that_begin_several_claims_are_refused() -> None:
    with pytest.raises(UsageError, match="write more of it"):
        asked(next(IDS[a][:3] for a in IDS for b in IDS if a != b and IDS[a][:3] == IDS[b][:3]))
