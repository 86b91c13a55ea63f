from __future__ import annotations

import json
from datetime import date

import pytest

from tocsin.errors import FaultyInput
from tocsin.infer import coded
from tocsin.model.claim import Bound
from tocsin.model.evidence import Evidence, Reading, ReadingRole, Says
from tocsin.model.grade import Reliability
from tocsin.model.problem import Chance, Gate, Indicator, Scenario, WarningProblem, Watch
from tocsin.model.report import Access, Source
from tocsin.model.time import Lead

HALF = Chance(point=0.5, low=0.4, high=0.6, text="0.5")
PROBLEM = WarningProblem(
    id="river",
    question="Will the river flood?",
    resolution="It did.",
    opened=date(2022, 11, 20),
    by=date(2022, 12, 31),
    yardstick="ICD 203",
    scenarios=(Scenario(id="flood", statement="", event=True, prior=HALF, even_odds_within=30),),
    gates=(Gate(id="thaw", statement="", probability=HALF),),
    indicators=(
        Indicator(
            id="high-water",
            statement="",
            watch=Watch(),
            seen_first={"flood": HALF},
            leads={"": Lead(pairs=((1, 1.0),))},
        ),
    ),
    sources=(
        Source(
            id="gauge",
            name="Gauge",
            access=Access.SAW,
            alarmist=True,
            reliability={"": Reliability.B, "ice": Reliability.E},
        ),
        Source(id="diver", name="Diver", knows=0.66, reliability={"": Reliability.E}),
        Source(id="rumour", name="Rumour", reliability={"": Reliability.F}),
    ),
)
GOOD: dict[str, object] = {
    "id": "e1",
    "indicator": "high-water",
    "says": "absent",
    "about": "2022-12-01",
    "published": "2022-12-02",
    "source": "stranger",
    "reliability": "B",
}
READING: dict[str, object] = {"id": "r1", "low": 9000, "high": 9000, "about": "2022-12-01", "source": "s1"}


def evidence(**changed: object) -> Evidence:
    return coded.parse_evidence(json.dumps(GOOD | changed), file="e.jsonl", problem=PROBLEM).evidence[0]


def reading(**changed: object) -> Reading:
    return coded.parse_readings(json.dumps(READING | changed), file="r.jsonl")[0]


def faults(text: str) -> list[str]:
    with pytest.raises(FaultyInput) as caught:
        coded.parse_evidence(text, file="e.jsonl", problem=PROBLEM)
    return [str(fault) for fault in caught.value.faults]


def test_a_line_becomes_an_item() -> None:
    found = evidence()

    assert (found.id, found.indicator, found.says) == ("e1", "high-water", Says.ABSENT)
    assert (found.about, found.published) == (date(2022, 12, 1), date(2022, 12, 2))
    assert (found.knows, found.weight, found.echo_of, found.copy_probability) == (0.75, 1.0, None, None)


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", "  \r\n"])
def test_an_empty_file_is_no_evidence(text: str) -> None:
    assert coded.parse_evidence(text, file="e.jsonl", problem=PROBLEM).evidence == ()
    assert coded.parse_readings(text, file="r.jsonl") == ()


def test_reports_on_a_gate_are_evidence() -> None:
    assert evidence(indicator="thaw").indicator == "thaw"


@pytest.mark.parametrize(
    ("changed", "knows"),
    [
        ({"reliability": "A"}, 0.9),
        ({"reliability": "F"}, None),
        ({"reliability": None}, None),
        ({"reliability": "A", "knows": 0.31}, 0.31),
        ({"reliability": "F", "knows": 0.31}, 0.31),
        ({"reliability": None, "source": "gauge"}, 0.75),
        ({"reliability": "D", "source": "gauge"}, 0.4),
        ({"reliability": None, "source": "diver"}, 0.66),
        ({"reliability": "A", "source": "diver"}, 0.9),
        ({"reliability": None, "source": "rumour"}, None),
    ],
)
def test_the_nearest_word_on_a_source_counts(changed: dict[str, object], knows: float | None) -> None:
    assert evidence(**changed).knows == knows


def test_a_declared_source_lends_its_access_and_its_habit_unless_the_line_says_otherwise() -> None:
    lent = evidence(source="gauge")
    own = evidence(source="gauge", access="told", alarmist=False)

    assert (lent.access, lent.alarmist) == ("saw", True)
    assert (own.access, own.alarmist) == ("told", False)


def test_every_fault_of_every_line_is_shown_with_its_place_and_cure() -> None:
    lines = [
        json.dumps(GOOD | {"indicator": "high-watr"}),
        json.dumps(GOOD | {"id": "e2", "says": "yes", "about": "2022-13-01", "knows": 1.5}),
        "not json",
        "[1, 2]",
        json.dumps({key: value for key, value in GOOD.items() if key != "source"} | {"id": "e5"}),
        json.dumps(GOOD | {"id": "e5", "weight": "heavy", "reliability": "G"}),
    ]

    found = faults("\n".join(lines))

    assert [line.split(": ")[1].split(",")[0] for line in found] == [
        "line 1",
        "line 2",
        "line 2",
        "line 2",
        "line 3",
        "line 4",
        "line 5",
        "line 6",
        "line 6",
        "line 6",
    ]
    assert "did you mean high-water?" in found[0]
    assert all("(" in line for line in found)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(GOOD).replace('"B"', "NaN"),
        json.dumps(GOOD | {"knows": 0.5}).replace("0.5", "Infinity"),
        json.dumps(GOOD | {"knows": 0.5}).replace("0.5", "1e999"),
        json.dumps(GOOD | {"knows": 0.5}).replace("0.5", "9" * 5000),
        json.dumps(GOOD | {"knows": 0.5}).replace("0.5", "9" * 500),
        json.dumps(GOOD | {"knows": True}),
        json.dumps(GOOD | {"id": 7}),
        json.dumps(GOOD | {"id": ""}),
        json.dumps(GOOD | {"about": 20221201}),
        json.dumps(GOOD | {"about": "20221201"}),
        json.dumps(GOOD | {"access": "heard"}),
        json.dumps(GOOD | {"alarmist": 1}),
        json.dumps(GOOD | {"copy_probability": -0.1}),
        json.dumps(GOOD)[:-1] + ', "id": "e2"}',
        json.dumps(GOOD).replace("reliability", "reliabilty"),
        "[" * 100_000,
        "{" + '"a":{' * 100_000,
        "\x00\x01\x02",
        "null",
        '"text"',
    ],
)
def test_hostile_lines_are_one_fault_each_and_no_crash(text: str) -> None:
    assert len(faults(text)) == 1


def test_an_id_given_twice_is_a_fault() -> None:
    assert "line 2, id: 'e1' stands on line 1 already" in faults(f"{json.dumps(GOOD)}\n{json.dumps(GOOD)}")[0]


def test_keys_of_other_programs_do_no_harm() -> None:
    assert evidence(schema=1, comment="seen from the bridge") == evidence()


def test_an_odd_echo_is_a_warning_and_no_fault() -> None:
    lines = [
        GOOD | {"echo_of": "elsewhere"},
        GOOD | {"id": "e2", "echo_of": "e2"},
        GOOD | {"id": "e3", "indicator": "thaw", "echo_of": "e1"},
        GOOD | {"id": "e4", "copy_probability": 0.4},
        GOOD | {"id": "e5", "echo_of": "e4"},
    ]

    found = coded.parse_evidence("\n".join(json.dumps(line) for line in lines), file="e.jsonl", problem=PROBLEM)

    assert [item.id for item in found.evidence] == ["e1", "e2", "e3", "e4", "e5"]
    assert [warning.place.where for warning in found.warnings] == [f"line {k}, echo_of" for k in (1, 2, 3, 4)]


def test_a_reading_is_a_holding_of_the_whole_unless_it_says_otherwise() -> None:
    found = reading()

    assert (found.of, found.role, found.group, found.interest) == ("total", ReadingRole.HOLDING, None, None)
    assert reading(role="need").role is ReadingRole.NEED


@pytest.mark.parametrize(
    ("changed", "bound"),
    [
        ({}, Bound.EXACT),
        ({"high": 12000}, Bound.RANGE),
        ({"high": None}, Bound.AT_LEAST),
        ({"low": None}, Bound.AT_MOST),
        ({"bound": "about"}, Bound.ABOUT),
        ({"bound": "at_least"}, Bound.AT_LEAST),
    ],
)
def test_the_ends_show_the_bound(changed: dict[str, object], bound: Bound) -> None:
    assert reading(**changed).bound is bound


def test_parts_of_one_source_belong_to_one_sum() -> None:
    assert reading(of="part").group == "s1"
    assert reading(of="part", group="g").group == "g"


@pytest.mark.parametrize(
    "changed",
    [
        {"low": None, "high": None},
        {"low": 10, "high": 5},
        {"low": -1},
        {"low": 0, "high": 0},
        {"bound": "range", "high": None},
        {"bound": "roughly"},
        {"interest": "sideways"},
        {"role": "wish"},
        {"about": None},
        {"low": "many"},
        {"reliability": "Z"},
    ],
)
def test_a_faulty_reading_is_a_fault_with_its_line(changed: dict[str, object]) -> None:
    with pytest.raises(FaultyInput, match=r"r\.jsonl: line 1"):
        reading(**changed)
