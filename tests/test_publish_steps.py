"""The page tells the way from prior to answer, the stories of deception, and what the answer rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.answering import AS_OF
from tests.test_infer_explained import EVERYTHING, SAID

from tocsin.infer.assess import assess_evidence
from tocsin.model.assessment import Assessment
from tocsin.model.problem import Decision
from tocsin.model.reasons import Standing
from tocsin.publish import brief, page, why


@pytest.fixture(scope="module")
def found() -> Assessment:
    alarmed = replace(EVERYTHING, decisions=(Decision(who="the region", what="go", takes=1.0, alarm=0.5),))
    return assess_evidence(alarmed, SAID, as_of=AS_OF, version="0")


def shown(found: Assessment) -> str:
    return " ".join(page.render(found, claims={}, reports={}, width=400).split())


def test_the_page_tells_steps_stories_and_assumptions(found: Assessment) -> None:
    text = shown(found)

    assert "From prior to answer" in text
    assert "looks that found nothing" in text
    assert "that somebody may be deceiving us" in text
    assert "COULD SOMEBODY BE DECEIVING US?" in text
    assert "hide: hides what is coming" in text
    assert "Sources within reach: s1." in text
    assert "WHAT IT RESTS ON" in text
    assert "one tempo speeds or slows all leads" in text


def test_without_a_declared_party_nothing_is_said_of_deception(found: Assessment) -> None:
    assert "DECEIVING" not in shown(replace(found, deception=None))


def test_the_fewest_findings_that_cross_an_alarm_line_are_named(found: Assessment) -> None:
    assert any(crossing.line == "alarm" for crossing in found.crossings)
    assert "The fewest findings that would cross an alarm line: · the region: " in shown(found)


def test_a_judgement_that_is_held_to_is_named_beside_the_number(found: Assessment) -> None:
    held = Standing(words="likely", held=True, low=0.1, high=0.6, because="the band still touches it")

    assert "The judgement of record stays “likely”: the band still touches it." in shown(replace(found, standing=held))
    assert "judgement of record" not in shown(replace(found, standing=replace(held, held=False)))


def test_why_goes_from_prior_to_answer_step_by_step(found: Assessment) -> None:
    text = why.render(found, "answer", claims={}, reports={}, width=400)

    assert "Step by step from" in text
    assert text.count("·") >= len(found.waterfall.steps if found.waterfall else ())


def test_the_brief_is_made_of_the_same_parts(found: Assessment) -> None:
    text = brief.render(found, claims={}, reports={})

    assert "Could somebody be deceiving us?" in text
    assert "From prior to answer" in text
