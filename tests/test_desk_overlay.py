"""Corrections, links, grades, digits, mergers and independence on a desk; the review queue; what people sign."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tocsin.cli import cli
from tocsin.desk import Desk
from tocsin.errors import UsageError
from tocsin.model.assessment import Assessment, JudgementCount
from tocsin.model.claim import Polarity
from tocsin.model.evidence import Evidence
from tocsin.model.grade import Reliability
from tocsin.model.judgement import State, Verdict

NOW = datetime(2023, 3, 1)  # noqa: DTZ001 - the store's moments are UTC without a zone
LATER = NOW + timedelta(days=5)
LAST = date(2023, 2, 20)
AS_OF = ("--as-of", "2023-02-20")
SIGNED = ("--by", "A", "--why", "a ground")
DENIED_SHIPS = "it had not recorded any diverted ships"
WORKERS = "900 dockers work in Norhaven"


def assessed(desk: Desk, *, known_by: date | None = None) -> Assessment:
    return desk.assess(as_of=LAST, known_by=known_by, now=NOW).assessment


def evidence(desk: Desk) -> Mapping[str, Evidence]:
    return {item.claim or "": item for item in desk.linkage(as_of=LAST).linked.evidence}


def named(desk: Desk, content: str) -> str:
    claims = desk.linkage(as_of=LAST).stream.claims
    return next(claim.id for claim in claims if claim.content == content)


def judge(desk: Desk, subject: str, verdict: Verdict, *, by: str = "A", aspect: str = "", given: str = "") -> State:
    entries = desk.judgements.judge(subject, verdict, by=by, why="a ground", aspect=aspect, given=given, now=LATER)
    return entries[-1].state


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.mark.parametrize(
    ("content", "verdict", "aspect", "given"),
    [
        (DENIED_SHIPS, Verdict.CORRECTED, "polarity", "affirmed"),
        (DENIED_SHIPS, Verdict.CORRECTED, "role", "assessment"),
        (DENIED_SHIPS, Verdict.LINKED, "", "stocks=present"),
        (DENIED_SHIPS, Verdict.LINKED, "", ""),
        (DENIED_SHIPS, Verdict.RATED, "", "5"),
        ("port", Verdict.GRADED, "", "E"),
        ("port", Verdict.GRADED, "rerouted", "E"),
    ],
)
def test_what_is_judged_changes_the_answer_and_an_undo_restores_every_digit(
    desk: Desk, content: str, verdict: Verdict, aspect: str, given: str
) -> None:
    before = desk.linkage(as_of=LAST)
    subject = content if content == "port" else named(desk, content)
    judge(desk, subject, verdict, aspect=aspect, given=given)
    after = desk.linkage(as_of=LAST)
    judge(desk, subject, verdict, by="B", aspect=aspect, given=given)
    agreed = desk.linkage(as_of=LAST)
    judge(desk, subject, Verdict.UNDONE, by="B")
    judge(desk, subject, Verdict.UNDONE)

    assert after.linked.evidence != before.linked.evidence
    assert after.stream.counts != JudgementCount()
    assert [weighed(item) for item in agreed.linked.evidence] == [weighed(item) for item in after.linked.evidence]
    assert desk.linkage(as_of=LAST) == before


def weighed(item: Evidence) -> tuple[str, str, float | None, float]:
    return item.indicator, item.says.value, item.knows, item.weight


def test_an_answer_says_on_which_judgements_it_rests_and_an_undo_restores_it(desk: Desk) -> None:
    before = assessed(desk)
    claim = named(desk, DENIED_SHIPS)
    judge(desk, claim, Verdict.CORRECTED, aspect="polarity", given="affirmed")
    after = assessed(desk)
    judge(desk, claim, Verdict.UNDONE)

    assert after.answer.probability != before.answer.probability
    assert after.judgements == JudgementCount(counted=1, corrected=1)
    assert after.digests.judgements
    assert after.digests.claims != before.digests.claims
    assert assessed(desk) == before


def test_a_corrected_claim_is_used_as_corrected_and_shown_as_read_and_as_corrected(desk: Desk, folder: Path) -> None:
    claim = named(desk, DENIED_SHIPS)
    done = run("judge", folder, claim[:8], "--correct", "polarity=affirmed", *SIGNED)
    stream = desk.linkage(as_of=LAST).stream
    why = " ".join(run("why", folder, claim, *AS_OF).stdout.split())
    rows = json.loads(run("claims", folder, *AS_OF, "--format", "json").stdout)

    assert done.exit_code == 0
    assert evidence(desk)[claim].says == "present"
    assert stream.as_read[claim].polarity is Polarity.DENIED
    assert desk.judgements.entries()[0].claim == stream.as_read[claim]
    told = "polarity read as denied, corrected to affirmed (A: a ground)"
    assert told in why
    assert told in next(row["counts_for"] for row in rows if row["id"] == claim)


def test_a_claim_is_linked_to_what_an_analyst_says_and_to_nothing_else(desk: Desk, folder: Path) -> None:
    claim = named(desk, DENIED_SHIPS)
    assert run("judge", folder, claim, "--link", "stocks=present", "--link", "ballot", *SIGNED).exit_code == 0
    items = {
        item.indicator: item.says.value for item in desk.linkage(as_of=LAST).linked.evidence if item.claim == claim
    }
    assert items == {"stocks": "present", "ballot": "absent"}

    assert run("judge", folder, claim, "--link", "none", *SIGNED).exit_code == 0
    linked = desk.linkage(as_of=LAST).linked
    assert claim not in {item.claim for item in linked.evidence}
    assert dict(linked.set_aside)[claim] == "linked to nothing: linked by an analyst"
    assert dict(linked.judged)[claim].told == "linked (A: a ground)"


def test_the_figure_of_a_claim_can_be_linked_and_corrected(desk: Desk) -> None:
    problem = desk.declared.problem()
    [figure] = [one.id for one in problem.figures]
    claim = named(desk, WORKERS)
    judge(desk, claim, Verdict.CORRECTED, aspect="figure 1", given="700..800")
    judge(desk, claim, Verdict.LINKED, given=figure)
    linked = desk.linkage(as_of=LAST).linked
    [reading] = [one for one in linked.readings if one.claim == claim]

    assert (reading.figure, reading.low, reading.high) == (figure, 700, 800)
    assert "linked by an analyst" in reading.because
    assert dict(linked.judged)[claim].signed == "A: a ground"


def test_two_who_correct_differently_leave_the_claim_as_it_was_read(desk: Desk) -> None:
    before = assessed(desk)
    claim = named(desk, DENIED_SHIPS)
    assert judge(desk, claim, Verdict.CORRECTED, aspect="role", given="rumour") is State.STANDS
    assert judge(desk, claim, Verdict.CORRECTED, by="B", aspect="role", given="plan") is State.DISPUTED

    assert assessed(desk).answer == before.answer
    assert assessed(desk).judgements == JudgementCount(disputed=1)


def test_a_replay_keeps_corrections_and_learns_of_no_grade_that_came_after_the_day(desk: Desk) -> None:
    def replayed() -> float:
        [found] = desk.history.replay(days=[LAST], now=NOW)
        return found.assessment.answer.probability

    before = replayed()
    judge(desk, "port", Verdict.GRADED, given="E")
    assert replayed() == before
    judge(desk, named(desk, DENIED_SHIPS), Verdict.CORRECTED, aspect="polarity", given="affirmed")
    assert replayed() != before


def test_each_day_of_a_replay_uses_the_grade_in_force_on_it(desk: Desk, folder: Path) -> None:
    days = [LAST - timedelta(days=1), LAST]
    before = [found.assessment for found in desk.history.replay(days=days, now=NOW)]
    file = folder / "sources.toml"
    grades = '[[sources.grades]]\nfrom = 2023-02-20\nreliability = "E"\nby = "A"\n'
    text = file.read_text(encoding="utf-8")
    fresh = folder.parent / "again"
    fresh.mkdir()
    file.write_text(text.replace('[[sources]]\nid = "gazette"', f'{grades}\n[[sources]]\nid = "gazette"'), "utf-8")
    later = [desk.assess(as_of=day, now=NOW) for day in days]

    assert [found.assessment.answer == old.answer for found, old in zip(later, before, strict=True)] == [True, False]
    port = [next(one for one in found.stream.sources if one.id == "port") for found in later]
    assert [one.reliability[""] for one in port] == [Reliability.B, Reliability.E]


def test_independence_lifts_what_two_agreeing_items_say_together(desk: Desk) -> None:
    first, copy = (item.claim or "" for item in desk.linkage(as_of=LAST).linked.evidence if item.indicator == "stocks")
    claims = {claim.id: claim for claim in desk.linkage(as_of=LAST).stream.claims}
    judge(desk, copy, Verdict.CORRECTED, aspect="origin", given="media: Norhaven Gazette")
    together = evidence(desk)[copy].copy_probability
    judge(desk, claims[first].report, Verdict.INDEPENDENT, aspect=claims[copy].report)

    assert together == 0.9
    assert evidence(desk)[copy].copy_probability == 0.0
    assert evidence(desk)[copy].echo_of is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["CLAIM", "--correct", "polarity"], "FIELD=VALUE"),
        (["CLAIM", "--correct", "polarity=denied"], "was read so already"),
        (["CLAIM", "--correct", "colour=red"], "cannot be corrected"),
        (["CLAIM", "--link", "nowhere"], "no indicator, gate or figure"),
        (["CLAIM", "--link", "stocks=perhaps"], "present, absent or ambiguous"),
        (["CLAIM", "--link", "stocks", "--link", "stocks=absent"], "one target twice"),
        (["CLAIM", "--link", "none", "--link", "stocks"], "stands alone"),
        (["CLAIM", "--credibility", "7"], "no digit"),
        (["CLAIM", "--topic", "stocks", "--accept"], "go with --grade"),
        (["port", "--grade", "G"], "no grade"),
        (["nobody", "--grade", "C"], "no voice's id"),
        (["port", "--merge-with", "union"], "are declared"),
        (["port", "--merge-with", "port"], "one voice already"),
        (["CLAIM", "--independent-of", "CLAIM"], "independent of itself"),
        (["CLAIM", "--accept", "--credibility", "3"], "say one thing"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong_and_nothing_is_kept(
    desk: Desk, folder: Path, words: list[str], told: str
) -> None:
    claim = named(desk, DENIED_SHIPS)
    found = run("judge", folder, *(claim if word == "CLAIM" else word for word in words), *SIGNED)

    assert found.exit_code != 0
    assert told in str(found.exception)
    assert desk.judgements.entries() == ()


def test_a_one_is_refused_within_an_echo_and_a_digit_to_the_grader(desk: Desk) -> None:
    copy = [item.claim or "" for item in desk.linkage(as_of=LAST).linked.evidence if item.indicator == "stocks"][1]
    judge(desk, copy, Verdict.CORRECTED, aspect="origin", given="media: Norhaven Gazette")
    with pytest.raises(UsageError, match="within an echo"):
        judge(desk, copy, Verdict.RATED, given="1")
    judge(desk, "gazette", Verdict.GRADED, given="C")
    with pytest.raises(UsageError, match="A graded Norhaven Gazette"):
        judge(desk, copy, Verdict.RATED, given="4")
    assert judge(desk, copy, Verdict.RATED, by="B", given="4") is State.STANDS


def test_the_queue_holds_what_nobody_judged_the_one_that_moves_most_first(desk: Desk, folder: Path) -> None:
    found, waiting = desk.queue(as_of=LAST)
    answer = assessed(desk)
    now = answer.answer.probability

    assert {one.claim for one in waiting.claims} == {item.claim for item in found.linked.evidence}
    assert len(waiting.claims) == answer.unreviewed.claims
    assert [one.moves for one in waiting.claims] == sorted((one.moves for one in waiting.claims), reverse=True)
    first = waiting.claims[0]
    judge(desk, first.claim, Verdict.REJECTED)
    assert first.without == pytest.approx(assessed(desk).answer.probability, abs=1e-12)
    assert first.without != now
    _, rest = desk.queue(as_of=LAST)
    assert [one.claim for one in rest.claims].count(first.claim) == 0
    shown = run("queue", folder, *AS_OF)
    assert shown.stdout.replace("\xa0", " ").splitlines()[0] == (
        f"{rest.could_change} of 2 unreviewed claims could change the word alone."
    )
    assert "one claim rejected" in shown.stderr.replace("\xa0", " ")
    rows = json.loads(run("queue", folder, *AS_OF, "--format", "json").stdout)
    assert [row["claim"] for row in rows] == [one.claim for one in rest.claims]


def test_every_table_says_on_which_judgements_it_rests(desk: Desk, folder: Path) -> None:
    judge(desk, named(desk, DENIED_SHIPS), Verdict.CORRECTED, aspect="polarity", given="affirmed")
    for name in ("board", "claims", "figures", "sources", "queue"):
        assert "one claim corrected" in run(name, folder, *AS_OF).stderr.casefold(), name


def test_what_people_signed_stands_beside_the_answer_on_page_board_and_brief(desk: Desk, folder: Path) -> None:
    own = ("--issue", "--by", "W. Watch", "--judgement", "They will walk out", "--dissent", "B. B. doubts it")
    before = assessed(desk)
    assert run("assess", folder, *AS_OF, *own, "--probability", "0.7").exit_code == 0
    shown = {
        "page": run("assess", folder, *AS_OF).stdout,
        "board": run("board", folder, *AS_OF).stdout,
        "brief": run("brief", folder, *AS_OF, "-o", "-").stdout,
    }
    after = assessed(desk)

    for name, text in shown.items():
        for words in ("W. Watch", "They will walk out", "B. B. doubts it", "70 %"):
            assert words in text.replace("\xa0", " "), (name, words)
    assert after.answer == before.answer
    assert [one.probability for one in after.signed] == [0.7]
    assert assessed(desk, known_by=LAST).signed == ()


def test_the_queue_lists_what_would_count_if_its_source_were_graded_behind_the_rest(desk: Desk) -> None:
    for source in desk.declared.sources():
        judge(desk, source.id, Verdict.GRADED, given="F")
    _, waiting = desk.queue(as_of=LAST)

    assert waiting.claims == ()
    assert waiting.rests_on == 0
    assert waiting.ungraded
    assert {one.note for one in waiting.ungraded} == {"would count if its source were graded"}


def test_the_queue_says_of_whom_its_numbers_may_mislead_and_what_they_mean(desk: Desk, folder: Path) -> None:
    found, plain = desk.queue(as_of=LAST)
    declared = {source.id for source in desk.declared.sources()}
    name = next(item.source for item in found.linked.evidence if item.source in declared and item.knows)
    (file,) = (folder / "problems").glob("*.toml")
    deceiving = f'\n[[deception]]\nid = "ministry"\nsuspects = ["{name}"]\n'
    file.write_text(file.read_text(encoding="utf-8") + deceiving, encoding="utf-8")

    again = Desk(folder)
    found, waiting = again.queue(as_of=LAST)
    again.close()

    assert {one.note for one in plain.claims} == {""}
    said = {item.claim for item in found.linked.evidence if item.source == name}
    assert {one.claim for one in waiting.claims if one.note} == said
    shown = " ".join(run("queue", folder, *AS_OF).stdout.split())
    assert "its source may be deceiving" in shown
    assert "Turned: the answer if its source had said the opposite of the same day." in shown
