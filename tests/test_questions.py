"""Ten questions a desk would put to the tool, each answered on a small desk of our own words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tocsin import cli
from tocsin.desk import Assessed, Desk
from tocsin.infer.assess import assess_evidence
from tocsin.infer.figures import pool
from tocsin.model.assessment import Assessment, Status
from tocsin.model.claim import Bound
from tocsin.model.evidence import Evidence, Reading, Says
from tocsin.model.problem import WarningProblem
from tocsin.model.time import Window
from tocsin.problem import parse_problem

NOW = datetime(2023, 1, 5, 12, tzinfo=UTC)
OPENED = date(2022, 11, 20)
AS_OF = date(2022, 12, 2)

PROBLEM = """
schema = 1
id = "north"
question = "Will Russia attack Ukraine from Belarus?"
resolution = "A battalion crosses."
opened = 2022-11-20
by = 2023-02-28
decisions = [{ who = "the office", what = "leave", takes = "2 days", alarm = 0.10 }]

[[gates]]
id = "decision"
statement = "The decision is taken"
probability = [0.2, 0.45]

[[scenarios]]
id = "offensive"
statement = "A full offensive"
event = true
prior = "likely"
even_odds_within = "60 days"
needs = "decision"

[[scenarios]]
id = "show"
statement = "A show of force"
event = false
prior = "unlikely"
even_odds_within = "40 days"
needs = "not decision"

[[indicators]]
id = "strike-groups"
statement = "Strike groups are being formed in Belarus"
watch = ["strike group", "assault force"]
where = ["Belarus"]
seen_first = { offensive = "nearly always", show = "rarely" }
lead = ["42 days", "49 days", "63 days"]
then = "relocation"
false_starts = 0.2
false_start_lasts = "20 days"
noticed_within = "7 days"
critical = true
building = true

[[indicators]]
id = "relocation"
statement = "Troops move up to the border"
watch = ["moved up to the border"]
where = ["Belarus"]
seen_first = { offensive = "nearly always", show = "sometimes" }
lead = ["2 days", "3 days", "6 days"]
false_starts = "rare"
false_start_lasts = "10 days"
noticed_within = "2 days"
critical = true
building = false

[[indicators]]
id = "drills"
statement = "The two armies train together"
watch = ["joint drill"]
where = ["Belarus"]
seen_first = { offensive = "nearly always", show = "usually" }
lead = ["10 days", "30 days", "60 days"]
false_starts = "often"
false_start_lasts = "30 days"

[[figures]]
id = "troops"
of = "Russian troops"
unit = "person"
where = "Belarus"
expect = [2000, 60000]
need = { offensive = [80000, 100000] }
attempt = { offensive = [40000, 50000] }
watch = ["Russian troops", "Russian soldiers"]
"""

SOURCES = """
[[sources]]
id = "staff"
name = "General Staff"
kind = "official"
access = "told"
reliability = "B"

[[sources]]
id = "watchers"
name = "Rail Watchers"
kind = "organization"
access = "saw"
reliability = "B"

[[sources]]
id = "weekly"
name = "Kyiv Weekly"
kind = "media"
access = "told"
reliability = "C"

[[sources]]
id = "courier"
name = "Lviv Courier"
kind = "media"
access = "told"
reliability = "C"
"""

WEEKLY = """Nothing gathers in the north

According to the General Staff, the formation of a strike group in Belarus has not been recorded. \
A source of the weekly told Kyiv Weekly that there are 9,000 Russian soldiers in Belarus.
"""

COURIER = """The north is calm, a weekly writes

According to the General Staff, the formation of a strike group in Belarus has not been recorded, Kyiv Weekly writes.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "problems").mkdir()
    (tmp_path / "problems" / "north.toml").write_text(PROBLEM, encoding="utf-8")
    (tmp_path / "sources.toml").write_text(SOURCES, encoding="utf-8")
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def problem() -> WarningProblem:
    return parse_problem(PROBLEM, file="north.toml")


def tell(desk: Desk, text: str, *, outlet: str, day: date = AS_OF) -> None:
    taken = desk.add([("report.txt", text.encode)], now=NOW, published=Window(earliest=day, latest=day), outlet=outlet)
    assert [one.outcome for one in taken] == ["new"]


def ask(desk: Desk, *, day: date = AS_OF) -> Assessed:
    return desk.assess(as_of=day, now=NOW)


def item(
    name: str, says: Says, *, day: date = AS_OF, on: str = "strike-groups", source: str = "staff", knows: float = 0.75
) -> Evidence:
    return Evidence(id=name, indicator=on, says=says, about=day, published=day, source=source, knows=knows)


def judge(problem: WarningProblem, evidence: Sequence[Evidence], *, day: date = AS_OF) -> Assessment:
    return assess_evidence(problem, evidence, as_of=day, version="test")


def status(found: Assessment, indicator: str) -> Status:
    return next(line.status for line in found.indicators if line.id == indicator)


def test_1_with_no_reports_at_all_the_answer_is_the_prior_and_confidence_is_low(desk: Desk) -> None:
    found = ask(desk).assessment

    assert found.answer.probability == pytest.approx(found.answer.prior, abs=1e-12)
    assert found.confidence.level == "low"
    assert {line.status for line in found.indicators} == {Status.NOT_COVERED}
    assert len(found.not_covered) == 3
    assert (found.drivers, found.figures[0].median) == ((), None)


def test_2_one_article_three_times_and_an_outlet_repeating_it_weigh_hardly_more_than_once(desk: Desk) -> None:
    tell(desk, WEEKLY, outlet="Kyiv Weekly")
    once = ask(desk).assessment
    for copy in (WEEKLY + "\n", "\n" + WEEKLY):
        tell(desk, copy, outlet="Kyiv Weekly")
    tell(desk, COURIER, outlet="Lviv Courier")
    often = ask(desk).assessment
    nothing, first, all_four = once.answer.prior, once.answer.probability, often.answer.probability

    assert first < nothing
    assert abs(first - all_four) < 0.15 * (nothing - first)
    assert [(len(echo.claims), echo.origin) for echo in often.echoes] == [(4, "staff")]
    assert often.echoes[0].counted_as < 1.5
    assert often.figures[0].median == pytest.approx(once.figures[0].median, rel=0.1)


def test_3_a_denial_today_hardly_speaks_against_what_began_yesterday(problem: WarningProblem) -> None:
    yesterday = AS_OF - timedelta(days=1)
    fresh = item("seen", Says.PRESENT, day=yesterday, source="watchers")
    old = item("seen", Says.PRESENT, day=AS_OF - timedelta(days=12), source="watchers")
    denial = item("denied", Says.ABSENT)
    contested = judge(problem, [fresh, denial])

    assert status(contested, "strike-groups") is Status.OBSERVED
    assert contested.warning_time_days == judge(problem, [fresh]).warning_time_days
    assert contested.answer.probability > judge(problem, [denial]).answer.probability
    assert status(judge(problem, [old, denial]), "strike-groups") is Status.NOT_SEEN


def test_4_thirty_identical_denials_are_one_and_five_days_without_a_look_reassure_nobody(
    problem: WarningProblem,
) -> None:
    last = OPENED + timedelta(days=29)
    later = last + timedelta(days=5)
    thirty = [item(f"d{n:02}", Says.ABSENT, day=OPENED + timedelta(days=n)) for n in range(30)]
    then, now = judge(problem, thirty, day=last), judge(problem, thirty, day=later)
    one = judge(problem, thirty[-1:], day=last)

    assert then.drivers[0].log_odds == pytest.approx(one.drivers[0].log_odds, rel=0.2)
    assert then.echoes[0].counted_as < 1.5
    assert now.drivers[0].log_odds >= then.drivers[0].log_odds - 1e-9
    assert now.timing[1].earliest == then.timing[1].earliest
    assert now.warning_time_days == then.warning_time_days - 5
    assert next(line for line in now.indicators if line.id == "strike-groups").last_look == last


def test_5_a_strike_group_elsewhere_is_set_aside_with_its_place(desk: Desk) -> None:
    elsewhere = "According to the General Staff, Russian forces are forming a strike group near Kupiansk in Ukraine.\n"
    tell(desk, elsewhere, outlet="Kyiv Weekly")
    apart = ask(desk)

    assert apart.linked.evidence == ()
    assert any("another place" in reason for _, reason in apart.linked.set_aside)
    assert apart.assessment.answer.probability == pytest.approx(apart.assessment.answer.prior, abs=1e-12)

    tell(desk, elsewhere.replace("Kupiansk in Ukraine", "Mazyr in Belarus"), outlet="Kyiv Weekly")
    here = ask(desk).assessment

    assert here.answer.probability > here.answer.prior
    assert status(here, "strike-groups") is Status.OBSERVED


def test_6_a_certain_sighting_with_two_readings_is_shown_under_both_and_weighs_nothing_unless_shared(
    problem: WarningProblem,
) -> None:
    both = [item(on, Says.AMBIGUOUS, on=on, source="watchers") for on in ("drills", "relocation")]
    open_question = judge(problem, both)
    certain = [replace(one, says=Says.PRESENT) for one in both]
    shared = judge(problem, [replace(one, weight=0.5) for one in certain])
    counted_twice = judge(problem, certain)

    assert {status(open_question, on) for on in ("drills", "relocation")} == {Status.AMBIGUOUS}
    assert open_question.answer.probability == pytest.approx(open_question.answer.prior, abs=1e-12)
    assert open_question.answer.prior < shared.answer.probability < counted_twice.answer.probability


def test_7_conflicting_counts_keep_both_camps_and_45_000_may_suffice_to_try_though_not_to_win() -> None:
    def reading(name: str, value: float, knows: float) -> Reading:
        return Reading(
            id=name,
            figure="troops",
            low=value,
            high=value,
            bound=Bound.EXACT,
            of="total",
            about=AS_OF,
            source=name,
            knows=knows,
        )

    enough, attempt = (80_000.0, 100_000.0), (40_000.0, 50_000.0)
    apart = pool(
        [reading("a", 9_000, 0.75), reading("b", 23_000, 0.57), reading("c", 30_000, 0.57)],
        expect=(2_000.0, 60_000.0),
        need=enough,
        attempt=attempt,
    )
    assert apart.low is not None
    assert apart.high is not None
    assert apart.low < 9_500
    assert apart.high > 23_000
    assert apart.p_enough is not None
    assert apart.p_attempt is not None
    assert apart.p_enough < apart.p_attempt < 0.1

    strong = pool([reading("d", 45_000, 0.9)], expect=(2_000.0, 60_000.0), need=enough, attempt=attempt)
    assert strong.p_enough is not None
    assert strong.p_attempt is not None
    assert strong.p_attempt > 0.3
    assert strong.p_enough < 0.05


def test_8_how_soon_rests_on_leads_that_are_named(problem: WarningProblem) -> None:
    found = judge(problem, [item("denied", Says.ABSENT)])
    today, unseen, weak = found.timing

    assert (today.earliest - AS_OF).days == 42 + 2
    assert today.because == ("strike groups: at least 42 days", "relocation: at least 2 days")
    assert (unseen.earliest - (AS_OF - timedelta(days=6))).days == 42 + 2
    assert (weak.earliest - AS_OF).days == 2
    assert found.warning_time_days == (min(today.earliest, unseen.earliest) - AS_OF).days


def test_9_leaving_out_the_strongest_source_gives_the_answer_that_was_foretold(problem: WarningProblem) -> None:
    evidence = [
        item("s1", Says.ABSENT),
        item("s2", Says.ABSENT, on="relocation"),
        item("w1", Says.PRESENT, on="drills", source="watchers", knows=0.57),
    ]
    found = judge(problem, evidence)
    strongest = next(driver for driver in found.drivers if driver.kind == "source")
    without = judge(problem, [one for one in evidence if one.source != strongest.id])

    assert strongest.id == "staff"
    assert without.answer.probability > found.answer.probability
    odds = [p / (1 - p) for p in (found.answer.probability, without.answer.probability)]
    assert odds[0] / odds[1] == pytest.approx(2.718281828459045**strongest.log_odds)
    assert any("strongest source" in line for line in found.confidence.because)


def test_10_what_was_said_then_stands_in_the_wording_of_that_day(desk: Desk) -> None:
    tell(desk, WEEKLY, outlet="Kyiv Weekly")
    folder = str(desk.path)
    desk.close()
    run = CliRunner()
    day = ["--as-of", AS_OF.isoformat(), "--format", "json"]
    signed = ["--issue", "--by", "A. Signer", "--judgement", "hardly", "--dissent", "too calm"]
    said = run.invoke(cli.cli, ["assess", folder, *day, *signed])
    assert said.exit_code == 0, said.stderr
    file = desk.path / "problems" / "north.toml"
    file.write_text(
        PROBLEM.replace("Will Russia attack", "Will anybody attack").replace('within = "60 days"', 'within = "20 days"')
    )

    now = json.loads(run.invoke(cli.cli, ["assess", folder, *day]).stdout)
    kept = run.invoke(cli.cli, ["assess", folder, *day, "--as-issued"])
    then = json.loads(kept.stdout)

    before = json.loads(said.stdout)
    assert then["question"] == before["question"] != now["question"]
    assert then["answer"] == before["answer"]
    assert then["digests"]["problem"] == before["digests"]["problem"] != now["digests"]["problem"]
    assert now["answer"]["probability"] > then["answer"]["probability"]
    page = run.invoke(cli.cli, ["assess", folder, *day[:2], "--as-issued"]).stdout
    assert "A. Signer" in page
    assert "too calm" in page
