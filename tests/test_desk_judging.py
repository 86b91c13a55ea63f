"""Judgements over the claims of a desk: what they change, what they leave alone, and how they are told."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from tocsin.cli import cli
from tocsin.desk import Desk
from tocsin.errors import UsageError
from tocsin.model.assessment import Assessment, JudgementCount
from tocsin.model.judgement import State, Verdict

NOW = datetime(2023, 3, 1)  # noqa: DTZ001 - the store's moments are UTC without a zone
LATER = NOW + timedelta(days=5)
LAST = date(2023, 2, 20)


def assessed(desk: Desk, *, known_by: date | None = None) -> Assessment:
    return desk.assess(as_of=LAST, known_by=known_by, now=NOW).assessment


def on(desk: Desk, indicator: str) -> list[str]:
    """The claims that are evidence on an indicator, the first to be published first."""
    found = [item for item in desk.linkage(as_of=LAST).linked.evidence if item.indicator == indicator]
    return [item.claim for item in sorted(found, key=lambda item: item.published) if item.claim]


def weights(desk: Desk) -> dict[str, float | None]:
    return {item.id: item.knows for item in desk.linkage(as_of=LAST).linked.evidence}


def judge(desk: Desk, claim: str, verdict: Verdict, *, by: str = "A", now: datetime = LATER) -> State:
    return desk.judgements.judge(claim, verdict, by=by, why="a ground", now=now)[-1].state


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_a_rejected_claim_counts_no_more_and_an_undo_restores_every_digit(desk: Desk) -> None:
    before = assessed(desk)
    [claim] = on(desk, "rerouted")
    judge(desk, claim, Verdict.REJECTED)
    without = assessed(desk)
    judge(desk, claim, Verdict.UNDONE)

    assert claim not in {name for line in without.indicators for name in line.claims}
    assert without.answer.probability != before.answer.probability
    assert without.digests.claims != before.digests.claims
    assert without.judgements == JudgementCount(counted=1, rejected=1)
    assert assessed(desk) == before


def test_a_rejected_original_leaves_its_copy_in_its_place(desk: Desk) -> None:
    original, copy = on(desk, "stocks")
    judge(desk, original, Verdict.REJECTED)
    [left] = [item for item in desk.linkage(as_of=LAST).linked.evidence if item.indicator == "stocks"]

    assert left.claim == copy
    assert left.echo_of is None


def test_a_rejected_claim_is_still_shown_with_who_rejected_it(desk: Desk, folder: Path) -> None:
    [claim] = on(desk, "rerouted")
    judge(desk, claim, Verdict.REJECTED)
    rows = csv.DictReader(io.StringIO(run("claims", folder, "--as-of", LAST.isoformat(), "--format", "csv").stdout))

    assert {row["id"]: row["counts_for"] for row in rows}[claim] == (
        "set aside: rejected by an analyst; rejected (A: a ground)"
    )
    assert "rejected (A: a ground)" in run("why", folder, claim, "--as-of", LAST.isoformat()).stdout


def test_page_and_brief_say_that_they_rest_on_judgements(desk: Desk, folder: Path) -> None:
    def told() -> list[str]:
        page = run("assess", folder, "--as-of", LAST.isoformat()).stdout
        brief = run("brief", folder, "--as-of", LAST.isoformat(), "-o", "-").stdout
        return [" ".join(text.split()) for text in (page, brief)]

    assert not any("Judgements on" in text for text in told())
    [claim] = on(desk, "rerouted")
    judge(desk, claim, Verdict.REJECTED)
    judge(desk, on(desk, "stocks")[0], Verdict.TRUE)
    judge(desk, on(desk, "stocks")[0], Verdict.FALSE, by="B")
    for page in told():
        assert "Judgements on one claim count in this answer; one claim rejected, and left out." in page
        assert "On one claim analysts differ" in page


def test_an_accepted_claim_is_reviewed_and_moves_no_number(desk: Desk) -> None:
    before = assessed(desk)
    for done, claim in enumerate((*on(desk, "rerouted"), *on(desk, "stocks")), 1):
        judge(desk, claim, Verdict.ACCEPTED)
        after = assessed(desk)

        assert after.unreviewed.claims == before.unreviewed.claims - done
        assert after.answer == before.answer


def test_resolved_claims_move_their_source_and_no_other(desk: Desk) -> None:
    before = weights(desk)
    [claim] = on(desk, "rerouted")
    judge(desk, claim, Verdict.TRUE)
    better = weights(desk)
    judge(desk, claim, Verdict.FALSE)
    worse = weights(desk)

    assert desk.linkage(as_of=LAST).records.keys() == {"port"}
    for name, knows in before.items():
        low, high = worse[name], better[name]
        if knows is not None and low is not None and high is not None:
            assert low < knows < high if "rerouted" in name else low <= knows <= high


def test_where_analysts_differ_every_digit_stays(desk: Desk) -> None:
    before = assessed(desk)
    [claim] = on(desk, "rerouted")
    assert judge(desk, claim, Verdict.TRUE) is State.STANDS
    assert judge(desk, claim, Verdict.FALSE, by="B") is State.DISPUTED
    after = assessed(desk)

    assert after.answer == before.answer
    assert after.judgements == JudgementCount(disputed=1)
    assert after.unreviewed == before.unreviewed
    assert [entry.state for entry in desk.judgements.entries()] == [State.DISPUTED, State.DISPUTED]


def test_what_was_judged_later_was_not_known_by_an_earlier_day(desk: Desk) -> None:
    before = assessed(desk, known_by=NOW.date())
    [claim] = on(desk, "rerouted")
    judge(desk, claim, Verdict.FALSE)
    judge(desk, claim, Verdict.REJECTED)

    assert assessed(desk, known_by=NOW.date()) == before
    assert assessed(desk, known_by=LATER.date()).answer != before.answer


def test_a_replay_learns_from_no_resolution_that_came_after_the_day_and_keeps_corrections(desk: Desk) -> None:
    def replayed() -> Assessment:
        [found] = desk.history.replay(days=[LAST], now=NOW)
        return found.assessment

    before = replayed()
    [claim] = on(desk, "rerouted")
    judge(desk, claim, Verdict.FALSE)
    assert replayed() == before
    judge(desk, claim, Verdict.REJECTED)
    assert replayed().judgements == JudgementCount(counted=1, rejected=1)
    assert replayed().answer != before.answer


@pytest.mark.parametrize("name", ["", "  ", "zz", "zzzz", "%", "' OR 1=1 --", "../..", "\x1b[31mred", "c" * 10_000])
def test_what_names_no_claim_is_refused_and_nothing_is_kept(desk: Desk, name: str) -> None:
    with pytest.raises(UsageError, match=r"too short|begins with"):
        desk.judgements.judge(name, Verdict.TRUE, by="A", why="x", now=NOW)
    assert desk.judgements.entries() == ()


def test_a_claim_may_be_named_by_any_beginning_that_is_its_alone(desk: Desk) -> None:
    claims = [claim.id for claim in desk.linkage(as_of=LAST).stream.claims]
    for claim in claims:
        judged = desk.judgements.judge(f"[{claim[:10]}…]", Verdict.ACCEPTED, by="A", why="x", now=NOW)
        assert {entry.judgement.subject for entry in judged} == {claim}


@pytest.mark.parametrize(
    ("by", "why"), [("", "x"), ("A", ""), (" \t", "x"), ("A", "\n"), ("A" * 201, "x"), ("A", "x" * 10_001)]
)
def test_a_judgement_is_signed_and_has_a_ground(desk: Desk, by: str, why: str) -> None:
    [claim] = on(desk, "rerouted")
    for verdict in Verdict:
        with pytest.raises(UsageError):
            desk.judgements.judge(claim, verdict, by=by, why=why, now=NOW)
    assert desk.judgements.entries() == ()


def test_nobody_withdraws_what_another_judged(desk: Desk) -> None:
    [claim] = on(desk, "rerouted")
    judge(desk, claim, Verdict.TRUE)

    with pytest.raises(UsageError, match="B has judged nothing"):
        judge(desk, claim, Verdict.UNDONE, by="B")
    assert judge(desk, claim, Verdict.UNDONE) is State.WITHDRAWAL
    with pytest.raises(UsageError, match="A has judged nothing"):
        judge(desk, claim, Verdict.UNDONE)


def test_every_judgement_is_listed_in_every_form(desk: Desk, folder: Path) -> None:
    [claim] = on(desk, "rerouted")
    assert run("judge", folder).stdout.strip() == "nothing yet"
    for words in (["--true", "--by", "A"], ["--false", "--by", "B"], ["--undo", "--by", "B"]):
        assert run("judge", folder, claim[:8], *words, "--why", '=1+1 "or" so').exit_code == 0
    told = json.loads(run("judge", folder, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(run("judge", folder, "--format", "csv").stdout)))

    assert [row["state"] for row in told] == [row["state"] for row in rows] == ["stands", "withdrawn", "withdrawal"]
    assert {row["claim"] for row in told} == {claim}
    assert {row["why"] for row in rows} == {'\'=1+1 "or" so'}


def test_an_escape_sequence_in_a_name_or_a_ground_does_not_reach_the_terminal(desk: Desk, folder: Path) -> None:
    [claim] = on(desk, "rerouted")
    evil = "\x1b]0;gone\x07\x1b[2J\u202eeno"
    done = run("judge", folder, claim, "--reject", "--by", evil, "--why", evil)
    shown = [run(name, folder, "--as-of", LAST.isoformat()).stdout for name in ("claims", "board", "sources")]

    assert done.exit_code == 0
    for out in (
        done.output,
        run("judge", folder).stdout,
        run("why", folder, claim, "--as-of", "2023-02-20").stdout,
        *shown,
    ):
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_a_source_is_shown_with_the_letter_that_its_record_supports(desk: Desk, folder: Path) -> None:
    def row() -> dict[str, object]:
        rows = json.loads(run("sources", folder, "--as-of", LAST.isoformat(), "--format", "json").stdout)
        return next(one for one in rows if one["id"] == "port")

    first, copy = on(desk, "stocks")
    assert (row()["resolved"], row()["record_supports"]) == (0, None)
    judge(desk, first, Verdict.TRUE)
    judge(desk, copy, Verdict.TRUE)
    assert (row()["resolved"], row()["came_true"], row()["record_supports"]) == (1, 1, "B")
    assert "1 of 1 resolved claims came true" in run("why", folder, "port", "--as-of", LAST.isoformat()).stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["CLAIM"], "say one thing"),
        (["CLAIM", "--true", "--false", "--by", "A", "--why", "x"], "say one thing"),
        (["CLAIM", "--true"], "needs --by and --why"),
        (["CLAIM", "--true", "--by", "A"], "needs --by and --why"),
        (["--true", "--by", "A", "--why", "x"], "name the claim"),
        (["CLAIM", "another", "--true", "--by", "A", "--why", "x"], "one word too many"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(desk: Desk, folder: Path, words: list[str], told: str) -> None:
    claim = on(desk, "rerouted")[0]
    found = run("judge", folder, *(claim if word == "CLAIM" else word for word in words))

    assert found.exit_code != 0
    assert told in str(found.exception)
    assert desk.judgements.entries() == ()


def test_judgements_outlive_their_claims_and_their_store_is_never_rewritten(desk: Desk, folder: Path) -> None:
    [claim] = on(desk, "rerouted")
    judge(desk, claim, Verdict.TRUE)
    engine = create_engine(f"sqlite:///{folder / 'tocsin.db'}")
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER judgements_no_update"))
        connection.execute(text("UPDATE judgements SET subject = 'of-another-extractor'"))
    engine.dispose()
    [entry] = desk.judgements.entries()

    assert entry.claim is None
    assert assessed(desk).judgements == JudgementCount()
    assert json.loads(run("judge", folder, "--format", "json").stdout)[0]["content"] is None
