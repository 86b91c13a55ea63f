"""What the small renderers say: faults, priors, pooled figures, issues."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

import msgspec
from tests.publishing import ASSESSMENT

from tocsin.errors import Fault, Place
from tocsin.model.assessment import FigurePartResult
from tocsin.model.problem import WarningProblem
from tocsin.publish import check, issued, pooled


@dataclass(frozen=True)
class Priors:
    opened: date = date(2031, 3, 1)
    answers: tuple[tuple[int, float], ...] = ((7, 0.001), (30, 0.01), (90, 0.03))
    per_year: float = 0.12
    by: float = 0.02
    scenarios: dict[str, float] = field(default_factory=lambda: {"landing": 0.06})
    diagnosticity: dict[str, float] = field(default_factory=lambda: {"craft": 0.01, "sweepers": 2.3})
    idle: tuple[str, ...] = ("craft",)


PROBLEM = WarningProblem(
    id="strait",
    question="Will they land?",
    resolution="",
    opened=date(2031, 3, 1),
    by=date(2031, 4, 30),
    yardstick="ICD 203",
    scenarios=(),
)


def test_every_fault_is_shown_with_place_and_cure() -> None:
    faults = [Fault(Place("p.toml", f"indicators.{n}.lead"), "no duration", "write 42") for n in range(10)]
    text = check.render(faults)

    assert text.startswith("10 faults:")
    assert all(f"p.toml: indicators.{n}.lead: no duration (write 42)" in text for n in range(10))


def test_a_fault_cannot_steer_the_terminal() -> None:
    text = check.render([Fault(Place("p.toml", "id"), "'\x1b[2Jx\u202e' is no id")])

    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_priors_answer_for_three_spans_and_give_the_base_rate_to_sign() -> None:
    text = check.render([], checks=[(PROBLEM, Priors())])

    assert "No faults." in text
    for words in ("within 7 days", "within 30 days", "within 90 days", "one such event in 8.3 years", "0.1 %"):
        assert words in text


def test_indicators_are_ordered_by_what_they_tell_and_the_idle_ones_are_named() -> None:
    text = check.render([], checks=[(PROBLEM, Priors())])

    assert text.index("sweepers") < text.index("craft")
    assert "These separate nothing: craft." in text


@dataclass(frozen=True)
class Used:
    id: str = "r1"
    low: float | None = 9000.0
    high: float | None = None
    bound: str = "at_least"
    of: str = "total"
    about: date = date(2031, 3, 1)
    source: str = "s1"
    pooled: bool = True
    because: str = ""


@dataclass(frozen=True)
class Pooled:
    median: float | None = 23412.0
    low: float | None = 9000.0
    high: float | None = 36000.0
    need: tuple[float, float] | None = (80000.0, 100000.0)
    p_enough: float | None = 0.002
    attempt: tuple[float, float] | None = None
    p_attempt: float | None = None
    readings: tuple[Used, ...] = (Used(),)
    part: FigurePartResult | None = None
    without_part: FigurePartResult | None = None


def test_a_part_told_apart_has_its_own_line() -> None:
    part = FigurePartResult(of="fighters", median=2760.0, low=778.0, high=5040.0)

    assert "Of it, fighters: about 2,760 (778 to 5,040, 5 % to 95 %)." in pooled.render(Pooled(part=part))


def test_pooled_figures_are_told_with_need_and_chance() -> None:
    text = pooled.render(Pooled())

    assert "at least 9,000" in text
    assert "about 23,400" in text or "about 23,412" in text
    assert "Needed: 80,000 to 100,000; chance that there is enough 0.2 %." in text


def test_an_expectation_alone_is_not_shown_as_a_finding() -> None:
    text = pooled.render(Pooled(median=None, low=None, high=None, readings=()))

    assert "not shown as a finding" in text


@dataclass(frozen=True)
class Issue:
    payload: bytes
    as_of: date = date(2031, 3, 12)
    issued_at: datetime = datetime(2031, 3, 12, 9, 30)  # noqa: DTZ001 - the store keeps UTC without a zone
    by: str = "O. Reader"
    judgement: str | None = "I would say unlikely."
    dissent: str | None = "The harbour desk disagrees."
    probability: float | None = 0.25


def test_an_issue_is_shown_in_its_own_words_with_judgement_and_dissent() -> None:
    text = issued.render([Issue(msgspec.json.encode(ASSESSMENT))])

    for words in (
        "Very unlikely: 8.3 %",
        "O. Reader",
        "I would say unlikely.",
        "The harbour desk disagrees.",
        "own probability: 25 %",
    ):
        assert words in text
