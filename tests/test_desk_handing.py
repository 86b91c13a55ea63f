"""The note between shifts: then and now, what was looked at, what is open; kept, and acknowledged by another."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tocsin import cli
from tocsin.desk import Desk
from tocsin.errors import UsageError
from tocsin.model.handover import HandOver, Near
from tocsin.model.judgement import Verdict
from tocsin.model.log import Delivery, DeliveryState, LookMade
from tocsin.publish import handover
from tocsin.publish.handling import ALL, PUBLIC, Release

NOW = datetime(2023, 2, 20, 18)  # noqa: DTZ001 - the store's moments are UTC without a zone
EARLIER = NOW - timedelta(days=5)


def written(
    desk: Desk,
    *,
    now: datetime = NOW,
    since: datetime | None = EARLIER,
    asked: tuple[str, ...] = (),
    closed: tuple[int, ...] = (),
    to: Release = ALL,
) -> HandOver:
    return desk.hand_over(by="Early Watch", since=since, as_of=NOW.date(), asked=asked, closed=closed, to=to, now=now)


def told(found: HandOver) -> str:
    return " ".join(handover.render(found).split())


def look(day: int, *, found: bool) -> LookMade:
    return LookMade(
        problem="port-strike",
        indicator="rerouted",
        who=f"L. {day}",
        day=date(2023, 2, day),
        found=found,
        at=datetime(2023, 2, day, 12),  # noqa: DTZ001
    )


def alert(n: int, state: DeliveryState, *, at: datetime) -> Delivery:
    return Delivery(
        problem="port-strike",
        rule="turned",
        key=f"k{n}",
        reason=f"reason {n}",
        payload="",
        channel="file",
        target="out",
        state=state,
        at=at,
    )


@pytest.fixture(scope="module")
def busy(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk on which a watch looked, alerted and judged, and left its note; not to be written to."""
    folder = Path(shutil.copytree(filled, tmp_path_factory.mktemp("busy") / "desk"))
    desk = Desk(folder)
    for day, found in ((3, False), (18, False), (19, True)):
        desk.store.look(look(day, found=found))
    desk.store.deliver(alert(0, DeliveryState.SENT, at=NOW))
    desk.store.deliver(alert(1, DeliveryState.FAILED, at=NOW - timedelta(hours=1)))
    desk.store.deliver(alert(2, DeliveryState.SENT, at=EARLIER - timedelta(hours=1)))
    first, second = (claim.id for claim in desk.linkage(as_of=NOW.date()).stream.claims[:2])
    desk.judgements.judge(first, Verdict.REJECTED, by="A", why="read wrongly", now=NOW - timedelta(minutes=1))
    desk.judgements.judge(first, Verdict.ACCEPTED, by="B", why="read rightly", now=NOW - timedelta(minutes=1))
    desk.judgements.judge(second, Verdict.ACCEPTED, by="A", why="settled", now=NOW - timedelta(minutes=1))
    written(desk, asked=("Who saw the trucks?", "Is the ballot dated?"))
    desk.close()
    return folder


@pytest.fixture(scope="module")
def note(busy: Path) -> HandOver:
    desk = Desk(busy)
    found, taken = desk.handed_over()
    desk.close()
    assert taken is None
    return found


@pytest.fixture
def left(busy: Path, tmp_path: Path) -> Desk:
    """A copy of that desk."""
    return Desk(Path(shutil.copytree(busy, tmp_path / "left")))


def test_the_note_gives_the_answer_then_and_now_and_what_moved_it(note: HandOver) -> None:
    (watched,) = note.problems
    text = told(note)

    assert watched.then is not None
    assert (watched.then.as_of, watched.now.as_of) == (date(2023, 2, 15), date(2023, 2, 20))
    assert [(one.indicator, one.before, one.now) for one in watched.turned] == [("stocks", "not_covered", "observed")]
    assert "stocks (not covered, now observed): odds" in text
    assert "Norhaven Port Authority: " in text
    assert "Confidence in this judgement: " in text


def test_looks_of_the_watch_are_told_found_or_not_and_earlier_ones_are_not(note: HandOver) -> None:
    text = told(note)

    assert "Looked and found nothing: · rerouted: L. 18" in text
    assert "Looked and found: · rerouted: L. 19" in text
    assert "L. 3" not in text


def test_judgements_in_dispute_are_told_and_settled_ones_are_not(note: HandOver) -> None:
    text = told(note)

    assert "rejected, by A: read wrongly" in text
    assert "accepted, by B: read rightly" in text
    assert "settled" not in text


def test_alerts_of_the_watch_are_told_with_what_became_of_them(note: HandOver) -> None:
    text = told(note)

    assert "turned, sent through file: reason 0" in text
    assert "turned, failed through file: reason 1" in text
    assert "reason 2" not in text


def test_the_next_note_goes_on_where_this_one_ended(left: Desk, note: HandOver) -> None:
    with pytest.raises(UsageError, match="no open query 7"):
        written(left, since=None, closed=(7,))
    later = written(left, since=None, now=NOW + timedelta(hours=5), closed=(1,), asked=("Who pays?",))

    assert later.since == note.at
    assert later.problems[0].then == note.problems[0].now
    assert later.problems[0].turned == ()
    assert later.queries == ("Is the ballot dated?", "Who pays?")
    assert "What changed, and why: nothing." in told(later)


def test_what_nobody_looked_at_is_named_and_a_critical_one_is_called_so(desk: Desk) -> None:
    early = datetime(2023, 2, 5, 18)  # noqa: DTZ001
    found = desk.hand_over(by="A", as_of=early.date(), to=ALL, now=early)

    assert set(found.problems[0].nobody) == {"rerouted (critical)", "stocks (critical)"}
    assert "Nobody looked at: · rerouted (critical)" in told(found)


def test_a_note_for_others_holds_nothing_that_is_withheld(left: Desk) -> None:
    file = left.path / "sources.toml"
    file.write_text(file.read_text().replace('id = "port"', 'id = "port"\nhandling = "TLP:RED"', 1))
    text = told(written(left, now=NOW + timedelta(hours=5), to=PUBLIC))

    assert "Port Authority" not in text
    assert "withheld: TLP:RED" in text
    assert "stocks (not covered, now observed)" in text


def test_a_note_is_acknowledged_once_and_by_another(left: Desk, desk: Desk) -> None:
    with pytest.raises(UsageError, match="no note"):
        desk.take_over(by="Late Watch", now=NOW)
    with pytest.raises(UsageError, match="somebody else"):
        left.take_over(by="early watch", now=NOW)
    found, taken = left.take_over(by="Late Watch", now=NOW + timedelta(minutes=5))

    assert "Taken over by Late Watch" in handover.render(found, taken=taken)
    assert left.handed_over() == (found, taken)
    with pytest.raises(UsageError, match="acknowledged by Late Watch already"):
        left.take_over(by="Third Watch", now=NOW + timedelta(hours=1))


def test_a_watch_does_not_begin_in_the_future(desk: Desk) -> None:
    with pytest.raises(UsageError, match="ahead of now"):
        written(desk, since=NOW + timedelta(days=1))


# -- the command -------------------------------------------------------------------------------------------------------


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.cli, ["handover", *(str(word) for word in words)])


def test_the_command_writes_text_and_json_and_the_last_note_can_be_read_again(folder: Path, tmp_path: Path) -> None:
    wrote = run(folder, "--by", "Early Watch", "--as-of", "2023-02-20", "--since", "2023-02-15", "--query", "Who?")
    taken = run(folder, "--acknowledge", "--by", "Late Watch")
    again = run(folder, "--last", "--format", "json", "-o", tmp_path / "note.json")

    assert wrote.exit_code == taken.exit_code == again.exit_code == 0, wrote.output + taken.output + again.output
    assert "Not acknowledged yet." in wrote.stdout
    assert "Taken over by Late Watch" in taken.stdout
    kept = json.loads((tmp_path / "note.json").read_text())
    assert kept["note"]["queries"] == ["Who?"]
    assert kept["taken"]["by"] == "Late Watch"


def test_a_note_is_signed(folder: Path) -> None:
    assert "--by" in str(run(folder).exception)
    assert "alone" in str(run(folder, "--last", "--by", "A").exception)


def test_what_came_in_is_told_even_where_no_indicator_turned(desk: Desk) -> None:
    moment = datetime(2023, 3, 2, 12)  # noqa: DTZ001
    first = desk.linkage(as_of=NOW.date()).stream.claims[0].id
    desk.add([("calm.txt", lambda: b"The weather office said that it rained.")], now=moment, retrieved=NOW.date())
    desk.judgements.judge(first, Verdict.ACCEPTED, by="A", why="read rightly", now=moment)
    [file] = desk.declared.problem_files()
    desk.assess(as_of=NOW.date(), now=moment)
    file.write_text(file.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
    note = written(desk, now=moment + timedelta(hours=1), since=moment - timedelta(minutes=1))

    [watched] = note.problems
    assert (watched.reports, watched.judgements, watched.versions) == (1, 1, 1)
    assert "one report taken in, one judgement, one other version of the files" in told(note)
    assert "What changed, and why: nothing" not in told(note)


def test_a_decision_whose_latest_day_has_passed_is_called_missed(note: HandOver) -> None:
    [watched] = note.problems
    past = Near(who="X", what="leave", latest=watched.now.as_of - timedelta(days=2), above=False)
    today = replace(past, latest=watched.now.as_of)
    text = told(replace(note, problems=(replace(watched, near=(past, today)),))).replace("\N{NO-BREAK SPACE}", " ")

    assert "leave, missed since 18 February 2023" in text
    assert "leave, latest 20 February 2023" in text


def test_the_note_and_the_changes_give_one_answer_for_yesterday_and_say_by_which_files(desk: Desk) -> None:
    desk.assess(as_of=EARLIER.date(), now=EARLIER)
    [file] = desk.declared.problem_files()
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("prior =", "prior = 0.02 #", 1), encoding="utf-8")
    first = written(desk)
    changed = desk.history.changes(first=EARLIER.date(), last=NOW.date(), now=NOW)
    second = written(desk, now=NOW + timedelta(hours=1), since=None)

    [then], [again] = first.problems, second.problems
    assert then.then is not None
    assert then.then.probability == changed.start
    assert {one.indicator for one in then.turned if one.before != one.now} == {one.indicator for one in changed.turned}
    assert "by the files then in force." in told(first)
    assert again.then == then.now
    assert "by the last note." in told(second)


def test_several_versions_and_a_report_that_was_forgotten_are_counted_right(desk: Desk) -> None:
    moment = datetime(2023, 3, 2, 12)  # noqa: DTZ001
    texts = (b"The weather office said that it rained.", b"The weather office said that it snowed.")
    kept, gone = desk.add([("rain.txt", lambda: texts[0]), ("snow.txt", lambda: texts[1])], now=moment)
    assert kept.report
    assert gone.report
    desk.forget(gone.report, by="A", why="asked to", now=moment)
    [file] = desk.declared.problem_files()
    for n in range(2):
        file.write_text(file.read_text(encoding="utf-8") + f"\n# edit {n}\n", encoding="utf-8")
        desk.assess(as_of=NOW.date(), now=moment)
    note = written(desk, now=moment + timedelta(hours=1), since=moment - timedelta(minutes=1))

    assert "one report taken in, 2 other versions of the files" in told(note)
