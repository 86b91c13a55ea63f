"""Actors, rival explanations, parts of figures and costs of decisions, from the file."""

from pathlib import Path

import pytest

from tocsin.errors import FaultyInput
from tocsin.model.problem import WarningProblem
from tocsin.problem import load, parse_problem

BASE = """
schema = 1
id = "p"
question = "Will it?"
resolution = "It does."
opened = 2022-11-20
by = 2022-12-31
decisions = [{ who = "team", what = "move", takes = "2 days", DECISION }]
[[gates]]
id = "ally"
statement = "The ally takes part"
probability = "unlikely"
[[scenarios]]
id = "raid"
statement = "A raid"
event = true
prior = 0.3
even_odds_within = "30 days"
needs = "ally"
[[figures]]
id = "troops"
of = "troops"
unit = "person"
expect = [1000, 50000]
FIGURE
"""

ACTORS = """
[dispute]
question = "How far?"
gate = "ally"
even_at = 70
width = 8
without = [["king", "guard"]]
[[actors]]
id = "king"
position = "rather against"
capability = "very much"
salience = [40, 80]
[[actors]]
id = "guard"
position = 20
capability = "some"
salience = "much"
until = 2022-11-26
"""

DEATH = """
[[explanations]]
id = "death"
statement = "The minister died"
on = 2022-11-26
accounts = [
  { id = "natural", statement = "An illness", prior = 0.9 },
  { id = "killed", statement = "Killed", prior = 0.1, odds = { ally = 2, raid = 1.5 } },
]
observations = [{ id = "sudden", statement = "Sudden", likelihood = { natural = "often", killed = 0.75 } }]
"""


def read(*parts: str, decision: str = "alarm = 0.1", figure: str = "") -> WarningProblem:
    base = BASE.replace("DECISION", decision).replace("FIGURE", figure)
    return parse_problem(base + "\n".join(parts), file="p.toml")


def faults(*parts: str, decision: str = "alarm = 0.1", figure: str = "") -> str:
    with pytest.raises(FaultyInput) as raised:
        read(*parts, decision=decision, figure=figure)
    return "\n".join(str(fault) for fault in raised.value.faults)


def test_actors_are_read_with_words_numbers_and_ranges() -> None:
    found = read(ACTORS)
    king, guard = found.actors
    assert (king.position.point, king.position.low, king.position.high) == (35.0, 20.0, 45.0)
    assert (king.salience.point, king.salience.text) == (60.0, "40 to 80")
    assert (guard.position.low, guard.position.high) == (20.0, 20.0)
    assert found.dispute is not None
    assert (found.dispute.gate, found.dispute.without) == ("ally", (("king", "guard"),))


def test_actors_without_a_dispute_are_about_the_question_and_get_a_note(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    text = BASE.replace("DECISION", "alarm = 0.1").replace("FIGURE", "") + ACTORS[ACTORS.index("[[actors]]") :]
    path.write_text(text, encoding="utf-8")
    loaded = load(path)
    assert loaded.problem.dispute is not None
    assert loaded.problem.dispute.question == "Will it?"
    assert any("dispute" in str(note) for note in loaded.notes)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('gate = "ally"', 'gate = "allly"', "did you mean 'ally'"),
        ('"rather against"', '"rather agianst"', "did you mean 'rather against'"),
        ("position = 20", "position = 120", "from 0 to 100"),
        ("width = 8", "width = 0", "above 0"),
        ('["king", "guard"]', '["king", "gard"]', "no actor"),
        ('id = "guard"', 'id = "king"', "declared twice"),
        ("until = 2022-11-26", "since = 2022-12-01\nuntil = 2022-11-26", "lies before since"),
        ("[40, 80]", "[80, 40]", "runs from high to low"),
    ],
)
def test_a_faulty_actor_is_told_with_its_cure(old: str, new: str, told: str) -> None:
    assert old in ACTORS
    assert told in faults(ACTORS.replace(old, new))


def test_nobody_who_weighs_anything_is_a_fault() -> None:
    idle = '[[actors]]\nid = "a"\nposition = 5\ncapability = 0\nsalience = 10'
    assert "no actor weighs anything" in faults(idle)


def test_explanations_are_read_with_factors_and_likelihoods() -> None:
    (event,) = read(DEATH).explanations
    assert event.accounts[1].odds == {"ally": 2.0, "raid": 1.5}
    assert event.observations[0].likelihood["natural"].point == 0.6


def test_priors_in_words_are_scaled_to_one() -> None:
    (event,) = read(DEATH.replace("prior = 0.9", 'prior = "very likely"')).explanations
    assert sum(account.prior.point for account in event.accounts) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("prior = 0.9", "prior = 0.5", "sum to 0.6, not to 1"),
        ("ally = 2,", "aly = 2,", "did you mean 'ally'"),
        ("ally = 2,", "ally = 0,", "above 0"),
        ('natural = "often", ', "", "is missing"),
        ('natural = "often", killed = 0.75', "natural = 0, killed = 0", "under every account"),
        ('id = "killed"', 'id = "natural"', "declared twice"),
        ("raid = 1.5", "raid = 10000\n  ", "sum to"),
    ],
)
def test_a_faulty_explanation_is_told_with_its_cure(old: str, new: str, told: str) -> None:
    assert old in DEATH
    second = '[[scenarios]]\nid = "feint"\nevent = false\nprior = 0.5\neven_odds_within = 30\nneeds = "ally"\n'
    assert told in faults(second, DEATH.replace(old, new.strip() if "\n" in new else new))


def test_observations_that_rule_out_every_account_are_a_fault() -> None:
    pair = (
        "{ id = 'x', likelihood = { natural = 0, killed = 1 } }, { id = 'y', likelihood = { natural = 1, killed = 0 } }"
    )
    assert "rule out every account" in faults(DEATH[: DEATH.index("observations")] + f"observations = [{pair}]")


def test_one_account_explains_nothing() -> None:
    lone = '[[explanations]]\nid = "x"\naccounts = [{ id = "a", prior = 1.0 }]'
    assert "at least two" in faults(lone)


def test_the_line_follows_from_the_costs_where_none_is_given() -> None:
    assert read(decision="false_alarm = 1, miss = 19").decisions[0].alarm == pytest.approx(0.05)
    assert read(decision="alarm = 0.2, false_alarm = 1, miss = 19").decisions[0].alarm == 0.2
    assert "what a false_alarm and a miss would cost" in faults(decision="false_alarm = 1")
    assert "out of range" in faults(decision="false_alarm = 0, miss = 5")


def test_a_part_of_a_figure_is_read() -> None:
    part = read(figure='part = { of = "guards", expect = [100, 900], words = "guards", unclear = 0.3 }').figures[0].part
    assert part is not None
    assert (part.expect, part.words, part.unclear) == ((100.0, 900.0), ("guards",), 0.3)
    assert "is missing" in faults(figure='part = { of = "guards" }')
