"""The simulator of worlds: what it draws has the properties that the definitions give it."""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.worlds.draw import world
from benchmarks.worlds.family import Family, Story
from benchmarks.worlds.truth import background, draw_lead
from benchmarks.worlds.values import Lead, World

PLAIN = Family()


def some(family: Family, count: int = 40) -> list[World]:
    return [world(family, seed) for seed in range(count)]


def test_the_same_seed_gives_the_same_world() -> None:
    assert world(PLAIN, 7) == world(PLAIN, 7)
    assert world(PLAIN, 7) != world(PLAIN, 8)


def test_nothing_has_begun_on_the_day_of_the_assessment() -> None:
    assert all(w.truth.onset is None or w.truth.onset > w.as_of for w in some(PLAIN))


def test_no_report_speaks_of_a_day_after_it_appeared_or_appears_after_the_assessment() -> None:
    for w in some(PLAIN):
        assert all(0 <= report.about <= report.published <= w.as_of for report in w.reports)


def test_an_echo_says_what_its_parent_said_later_and_by_another_source() -> None:
    for w in some(PLAIN):
        by_id = {report.id: report for report in w.reports}
        for report in w.reports:
            if report.repeats is not None:
                parent = by_id[report.repeats]
                assert (report.indicator, report.present, report.about) == (
                    parent.indicator,
                    parent.present,
                    parent.about,
                )
                assert report.published >= parent.published
                assert report.source != parent.source


def test_a_world_that_differs_only_in_what_is_declared_has_the_same_reports() -> None:
    for seed in range(5):
        plain, silent = world(PLAIN, seed), world(replace(PLAIN, feint_declared=False), seed)
        assert plain.truth == silent.truth
        assert plain.reports == silent.reports
        assert len(silent.declared.scenarios) == 2


def test_a_settled_source_tells_one_story_of_a_sign_that_does_not_change() -> None:
    """With every source ignorant, settled sources never contradict themselves and unsettled ones do."""

    def contradictions(family: Family) -> int:
        count = 0
        for w in some(replace(family, reports=400.0, hedged=0.0, second_hand=0.0), 8):
            never = {source.id for source in w.sources if source.knows < 0.25}
            said: dict[tuple[str, str], set[bool]] = {}
            for report in w.reports:
                if report.source in never and report.repeats is None:
                    said.setdefault((report.source, report.indicator), set()).add(report.present)
            count += sum(len(both) == 2 for both in said.values())
        return count

    assert contradictions(replace(PLAIN, settled=True)) * 4 < contradictions(replace(PLAIN, settled=False))


def test_a_boasting_adversary_says_present_more_often_when_something_is_coming() -> None:
    family = replace(PLAIN, story=Story.BOAST, liars=4, control=1.0, reports=200.0)
    shares: dict[bool, list[bool]] = {True: [], False: []}
    for w in some(family):
        held = {source.id for source in w.sources if source.held}
        assert len(held) == 4
        coming = w.truth.scenario in {"assault", "raid"}
        shares[coming] += [report.present for report in w.reports if report.source in held and report.repeats is None]

    assert np.mean(shares[True]) > 0.8
    assert np.mean(shares[False]) < 0.2


def test_leads_have_the_declared_points() -> None:
    rng = np.random.default_rng(1)
    drawn = np.array([draw_lead(Lead(at_least=40.0, typically=60.0, at_most=120.0), rng) for _ in range(20_000)])

    assert math.isclose(float(np.mean(drawn < 40)), 0.05, abs_tol=0.01)
    assert math.isclose(float(np.mean(drawn < 60)), 0.50, abs_tol=0.02)
    assert math.isclose(float(np.mean(drawn > 120)), 0.05, abs_tol=0.01)


def test_the_background_is_in_balance_on_every_day() -> None:
    rng = np.random.default_rng(2)
    days = np.array([background(10.0, 14.0, 60, rng) for _ in range(3000)])
    share = (10 / 365) / (10 / 365 + 1 / 14)

    assert math.isclose(float(days[:, 0].mean()), share, abs_tol=0.03)
    assert math.isclose(float(days[:, -1].mean()), share, abs_tol=0.03)


def test_a_look_at_a_covered_indicator_brings_only_reports_of_days_on_which_it_was_on() -> None:
    """Whatever is said of a covered indicator was said because a look found it on."""
    for w in some(replace(PLAIN, covered=4), 15):
        covered = {indicator.id for indicator in w.real.indicators if indicator.coverage}
        assert len(covered) == 4
        assert {name for name, _ in w.looks} == covered
        for report in w.reports:
            if report.indicator in covered:
                assert (report.indicator, report.about) in w.looks


def test_a_grade_one_letter_too_high_changes_the_letter_alone() -> None:
    high, right = world(replace(PLAIN, graded_high=True), 3), world(PLAIN, 3)

    assert [s.knows for s in high.sources] == [s.knows for s in right.sources]
    assert all(a.grade <= b.grade for a, b in zip(high.sources, right.sources, strict=True))
    assert any(a.grade < b.grade for a, b in zip(high.sources, right.sources, strict=True))
