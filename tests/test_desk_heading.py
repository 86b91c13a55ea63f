"""A report on record whose outlet or day was wrong is corrected: appended, signed, undone, and used where it counts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import postgres
from tests.storing import engine

from tocsin.cli import cli
from tocsin.desk import Desk
from tocsin.errors import UsageError
from tocsin.extract import extract
from tocsin.extract.again import again
from tocsin.model.assessment import JudgementCount
from tocsin.model.claim import Claim, Polarity
from tocsin.model.judgement import State, Verdict
from tocsin.model.log import Hit
from tocsin.model.report import Report, Voice, VoiceKind
from tocsin.model.time import Window
from tocsin.publish.handling import release
from tocsin.store import schema

NOW = datetime(2023, 3, 1, 12)  # noqa: DTZ001 - the store's moments are UTC without a zone
LATER = NOW + timedelta(days=5)
LAST = date(2023, 3, 1)
WRONG = "Dockside Whisper"
RIGHT = "Norhaven Gazette"
SHIPS = "Two ships were rerouted to the north port yesterday"
TEXT = f"{SHIPS}. The members had voted for a strike, an official said in the morning."
BOTH = pytest.mark.parametrize("desk", ["sqlite", "postgresql"], indirect=True)


def empty(folder: Path, store: str | None = None) -> Desk:
    """A desk that watches for a port strike, with nothing taken in."""
    shipped = Path(__file__).parent / "desks" / "port-strike"
    shutil.copytree(shipped / "problems", folder / "problems")
    shutil.copy(shipped / "sources.toml", folder)
    if store is not None:
        (folder / "tocsin.toml").write_text(f'store = "{store}"\n', encoding="utf-8")
    return Desk(folder)


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk with one report that was taken in under the wrong outlet and the wrong day."""
    store: str | None = None
    if getattr(request, "param", "sqlite") == "postgresql":
        server: postgres.Server = request.getfixturevalue("server")
        store = server.fresh()
    opened = empty(tmp_path / "desk", store)
    opened.add([("page.txt", TEXT.encode)], now=NOW, outlet=WRONG, published=Window.on(date(2023, 2, 20)))
    yield opened
    opened.close()


def only(desk: Desk) -> str:
    """The id of the only report."""
    [report] = desk.store.reports()
    return report


def correct(desk: Desk, field: str, given: str, *, by: str = "A", now: datetime = LATER) -> State:
    entries = desk.judgements.judge(
        only(desk), Verdict.CORRECTED, by=by, why="seen on the page", aspect=field, given=given, now=now
    )
    return entries[-1].state


def undo(desk: Desk, *, by: str = "A") -> State:
    return desk.judgements.judge(only(desk), Verdict.UNDONE, by=by, why="it was not", now=LATER)[-1].state


def ships(desk: Desk, *, as_of: date = LAST, known_by: date | None = None) -> Claim:
    """The claim about the ships, as the answer uses it."""
    claims = desk.linkage(as_of=as_of, known_by=known_by).stream.claims
    return next(claim for claim in claims if claim.content == SHIPS)


def head(desk: Desk, *, known_by: date | None = None) -> tuple[str | None, date | None]:
    """Outlet and day of the report, as the answer uses them."""
    report = desk.linkage(as_of=LAST, known_by=known_by).stream.reports[only(desk)]
    return report.outlet, report.published.latest if report.published else None


def hits(desk: Desk, *, as_of: date | None = None) -> tuple[Hit, ...]:
    return desk.search("ships rerouted", as_of=as_of)[0]


def everything(desk: Desk) -> str:
    """Every row of every table as one text."""
    database = engine(desk.store._database.engine.url.render_as_string(hide_password=False))
    with database.connect() as connection:
        rows = [
            str(tuple(row)) for table in schema.metadata.sorted_tables for row in connection.execute(table.select())
        ]
    database.dispose()
    return "\n".join(rows)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@BOTH
@pytest.mark.usefixtures("few_draws")
def test_another_outlet_and_day_change_the_answer_and_an_undo_restores_every_digit(desk: Desk) -> None:
    before, linked = desk.assess(as_of=LAST, now=NOW).assessment, desk.linkage(as_of=LAST)
    correct(desk, "outlet", RIGHT)
    of_gazette = desk.assess(as_of=LAST, now=NOW).assessment
    correct(desk, "published", "2023-02-10")
    earlier, claim = desk.assess(as_of=LAST, now=NOW).assessment, ships(desk)

    assert before.answer.probability != of_gazette.answer.probability != earlier.answer.probability
    assert earlier.judgements == JudgementCount(reports=1)
    assert earlier.digests.judgements
    assert [voice.name for voice in claim.chain] == [RIGHT]
    assert claim.when is not None
    assert claim.when.latest == date(2023, 2, 9)

    assert [undo(desk), undo(desk)] == [State.WITHDRAWAL, State.WITHDRAWAL]
    assert desk.assess(as_of=LAST, now=NOW).assessment == before
    assert desk.linkage(as_of=LAST) == linked


@BOTH
def test_what_was_judged_of_a_claim_still_stands_when_its_report_is_read_anew(desk: Desk) -> None:
    claim = ships(desk)
    desk.judgements.judge(
        claim.id, Verdict.CORRECTED, by="B", why="read it", aspect="polarity", given="denied", now=LATER
    )
    correct(desk, "outlet", RIGHT)
    correct(desk, "published", "2023-02-10")
    now = ships(desk)

    assert now.id == claim.id
    assert (now.polarity, now.chain[0].name) == (Polarity.DENIED, RIGHT)
    assert desk.linkage(as_of=LAST).stream.counts == JudgementCount(counted=1, corrected=1, reports=1)


@BOTH
def test_the_report_and_its_first_reading_stay_on_record_as_they_came_in(desk: Desk) -> None:
    report, reading = desk.store.reports(), desk.store.extractions()
    correct(desk, "outlet", RIGHT)

    assert desk.store.reports() == report
    assert desk.store.extractions() == reading
    assert [act.what for act in desk.acts(only(desk))] == ["judge"]
    assert desk.judgements.entries()[0].judgement.given == RIGHT


@BOTH
def test_two_who_give_different_days_are_both_kept_and_the_day_that_was_read_counts(desk: Desk) -> None:
    correct(desk, "published", "2023-02-10", by="A")
    state = correct(desk, "published", "2023-02-11", by="B")
    stream = desk.linkage(as_of=LAST).stream

    assert state is State.DISPUTED
    assert [entry.judgement.by for entry in desk.judgements.entries()] == ["A", "B"]
    assert head(desk) == (WRONG, date(2023, 2, 20))
    assert stream.counts == JudgementCount(reports_disputed=1)

    undo(desk, by="A")
    assert head(desk) == (WRONG, date(2023, 2, 11))


@BOTH
def test_somebody_may_hold_that_it_was_read_rightly_against_somebody_who_corrects_it(desk: Desk) -> None:
    correct(desk, "outlet", RIGHT, by="A")

    assert correct(desk, "outlet", WRONG, by="B") is State.DISPUTED
    assert head(desk) == (WRONG, date(2023, 2, 20))


@pytest.mark.parametrize(
    ("given", "earliest", "latest"),
    [
        ("2023-02-10/2023-02-12", date(2023, 2, 10), date(2023, 2, 12)),
        ("/2023-02-12", None, date(2023, 2, 12)),
        ("2023-02-10/", date(2023, 2, 10), None),
    ],
)
def test_a_day_may_be_known_within_bounds(desk: Desk, given: str, earliest: date | None, latest: date | None) -> None:
    correct(desk, "published", given)
    report = desk.linkage(as_of=LAST).stream.reports[only(desk)]

    assert report.published == Window(earliest=earliest, latest=latest)
    assert desk.judgements.entries()[0].judgement.given == given


@BOTH
def test_two_who_correct_outlet_and_day_do_not_meet_and_each_may_withdraw(desk: Desk) -> None:
    correct(desk, "outlet", RIGHT, by="A")
    correct(desk, "published", "2023-02-10", by="B")
    both, when = head(desk), ships(desk).when
    undo(desk, by="A")
    day = ships(desk)

    assert both == (RIGHT, date(2023, 2, 10))
    assert when is not None
    assert day.when == when
    assert day.chain[0].name == WRONG
    assert head(desk) == (WRONG, date(2023, 2, 10))


@BOTH
def test_a_day_on_which_the_correction_was_not_known_is_answered_without_it(desk: Desk) -> None:
    before = ships(desk, known_by=LAST)
    correct(desk, "outlet", RIGHT, now=LATER)
    correct(desk, "published", "2023-02-10", now=LATER + timedelta(days=2))

    assert ships(desk, known_by=LAST) == before
    assert head(desk, known_by=LAST) == (WRONG, date(2023, 2, 20))
    assert head(desk, known_by=LATER.date()) == (RIGHT, date(2023, 2, 20))
    assert ships(desk, known_by=LATER.date()).when == before.when
    assert head(desk) == (RIGHT, date(2023, 2, 10))


@BOTH
def test_the_day_that_counts_says_from_when_on_a_report_is_there(desk: Desk) -> None:
    assert not desk.linkage(as_of=date(2023, 2, 15)).stream.reports
    assert not hits(desk, as_of=date(2023, 2, 15))
    correct(desk, "published", "2023-02-10")

    assert ships(desk, as_of=date(2023, 2, 15)).content == SHIPS
    assert [hit.published for hit in hits(desk, as_of=date(2023, 2, 15))] == [date(2023, 2, 10)]
    assert desk.last_published() == date(2023, 2, 10)

    correct(desk, "published", "2023-02-22")
    assert not desk.linkage(as_of=date(2023, 2, 21)).stream.reports
    assert not hits(desk, as_of=date(2023, 2, 21))
    assert hits(desk, as_of=date(2023, 2, 22))


@BOTH
def test_a_report_may_be_said_to_have_no_known_outlet_or_day(desk: Desk) -> None:
    correct(desk, "outlet", "none")
    correct(desk, "published", "none")

    assert head(desk) == (None, None)
    assert ships(desk).chain[0].kind is VoiceKind.AUTHOR
    assert not desk.linkage(as_of=date(2023, 2, 28)).stream.reports


@BOTH
def test_a_search_tells_outlet_and_day_as_corrected(desk: Desk) -> None:
    correct(desk, "outlet", RIGHT)
    correct(desk, "published", "2023-02-10")
    [hit] = hits(desk)

    assert (hit.outlet, hit.published) == (f"{RIGHT} (corrected)", date(2023, 2, 10))


def test_the_earlier_of_two_that_share_words_is_the_origin_by_the_day_that_counts(desk: Desk) -> None:
    said = "The port authority reported that two grain merchants are filling warehouses in Norhaven this week."
    for name, day in (("one", 17), ("two", 18)):
        body = f"{said} {name.capitalize()} was first."
        desk.add([(name, body.encode)], now=NOW, outlet=f"Paper {name}", published=Window.on(date(2023, 2, day)))
    by_outlet = {report.outlet: key for key, report in desk.store.reports().items()}

    def repeats() -> dict[str, bool]:
        stream = desk.linkage(as_of=LAST).stream
        found = {claim.report: claim.id for claim in stream.claims if "grain" in claim.content}
        return {
            name: bool((rating := stream.ratings[found[by_outlet[name]]]).echo_of or rating.repeats)
            for name in ("Paper one", "Paper two")
        }

    before = repeats()
    desk.judgements.judge(
        by_outlet["Paper two"],
        Verdict.CORRECTED,
        by="A",
        why="seen",
        aspect="published",
        given="2023-02-16",
        now=LATER,
    )

    assert before == {"Paper one": False, "Paper two": True}
    assert repeats() == {"Paper one": True, "Paper two": False}


@pytest.mark.usefixtures("few_draws")
def test_from_one_store_to_another_every_byte_and_every_digit_stays(
    desk: Desk, server: postgres.Server, tmp_path: Path
) -> None:
    correct(desk, "outlet", RIGHT)
    correct(desk, "published", "2023-02-10", by="B")
    lines = list(desk.export_lines())
    other = empty(tmp_path / "other", server.fresh())
    other.import_lines(lines)
    again_in = other.import_lines(lines)

    assert list(other.export_lines()) == lines
    assert not any(again_in.new.values())
    moment = LATER + timedelta(days=1)
    answers = [one.assess(as_of=LAST, now=moment).assessment for one in (desk, other)]
    assert answers[0] == answers[1]
    assert ships(other) == ships(desk)
    other.close()


def test_where_two_desks_corrected_each_a_half_both_hold_once_they_are_one(desk: Desk, tmp_path: Path) -> None:
    other = empty(tmp_path / "other")
    other.import_lines(list(desk.export_lines()))
    correct(desk, "outlet", RIGHT, by="A", now=LATER)
    correct(other, "published", "2023-02-10", by="B", now=LATER + timedelta(hours=1))
    other.import_lines(list(desk.export_lines()))
    desk.import_lines(list(other.export_lines()))

    for one in (desk, other):
        claim = ships(one)
        assert head(one) == (RIGHT, date(2023, 2, 10))
        assert claim.chain[0].name == RIGHT
        assert claim.when is not None
        assert claim.when.latest == date(2023, 2, 9)
    assert ships(desk) == ships(other)
    other.close()


@BOTH
def test_a_forgotten_report_leaves_nothing_of_its_corrected_outlet_or_its_new_reading(desk: Desk) -> None:
    correct(desk, "outlet", "The Secret Courier")
    before = list(desk.export_lines())
    assert "Secret Courier" in everything(desk)
    desk.forget(only(desk), by="The editor", why="by order", now=LATER)

    assert "Secret Courier" not in everything(desk)
    assert SHIPS not in everything(desk)
    desk.import_lines(before)
    assert "Secret Courier" not in everything(desk)
    assert not desk.store.rereadings()


@BOTH
def test_a_forgotten_voice_goes_from_new_readings_too_and_lines_from_before_do_not_bring_it_back(desk: Desk) -> None:
    correct(desk, "outlet", "Piotr Zarubin")
    before = list(desk.export_lines())
    assert "Zarubin" in everything(desk)
    desk.forget("Piotr Zarubin", by="The editor", why="asked for protection", now=LATER)

    assert "Zarubin" not in everything(desk)
    desk.import_lines(before)
    desk.import_lines(before)
    assert "Zarubin" not in everything(desk)
    assert SHIPS not in everything(desk)


def test_of_a_blackened_sentence_nothing_is_read_anew(desk: Desk) -> None:
    desk.forget("an official", by="The editor", why="asked for protection", now=LATER)
    correct(desk, "outlet", RIGHT)
    claims = desk.linkage(as_of=LAST).stream.claims

    assert [claim.content for claim in claims] == [SHIPS]
    assert claims[0].chain[0].name == RIGHT


@pytest.mark.parametrize(
    ("subject", "field", "given", "told"),
    [
        ("report", "outlet", WRONG, f"the report was read so already: outlet is {WRONG}"),
        ("report", "published", "yesterday", "'yesterday' is no day"),
        ("report", "published", "/", "'/' is no day"),
        ("report", "published", "2023-02-12/2023-02-10", "ends before it begins"),
        ("report", "published", "2023-03-20", "is still to come"),
        ("report", "outlet", " ", "is no name of an outlet"),
        ("claim", "outlet", RIGHT, "belongs to the whole report: name it in the claim's place"),
        ("nobody", "outlet", RIGHT, "no report's id begins with 'nobody'"),
    ],
)
def test_a_wrong_correction_is_told_what_is_wrong_and_nothing_is_kept(
    desk: Desk, subject: str, field: str, given: str, told: str
) -> None:
    name = {"report": only(desk), "claim": ships(desk).id}.get(subject, subject)
    with pytest.raises(UsageError, match=told):
        desk.judgements.judge(name, Verdict.CORRECTED, by="A", why="a ground", aspect=field, given=given, now=LATER)

    assert not desk.judgements.entries()
    assert not desk.store.rereadings()


def test_every_view_that_rests_on_it_names_the_correction_and_who_made_it(desk: Desk) -> None:
    correct(desk, "published", "2023-02-10")
    claim, as_of = ships(desk).id, ("--as-of", LAST.isoformat())
    told = "day of publication of the report read as 2023-02-20, corrected to 2023-02-10 (A: seen on the page)"
    why = " ".join(run("why", desk.path, claim, *as_of).stdout.split())
    rows = json.loads(run("claims", desk.path, *as_of, "--format", "json").stdout)
    page = " ".join(run("assess", desk.path, *as_of).stdout.split())
    audit = run("audit", desk.path, "--format", "json").stdout

    assert told in why
    assert told in next(row["counts_for"] for row in rows if row["id"] == claim)
    assert "One report with outlet or day corrected" in page
    assert "seen on the page" in audit
    assert "One report with outlet or day corrected" in run("claims", desk.path, *as_of).stderr


def test_readers_who_may_not_see_everything_see_the_corrected_day_and_not_who_gave_it(desk: Desk) -> None:
    correct(desk, "published", "2023-02-10")
    shown, as_of = ships(desk).id, ("--as-of", LAST.isoformat())
    why = " ".join(run("why", desk.path, shown, *as_of, "--release", "TLP:GREEN").stdout.split())
    found, _ = desk.search("ships rerouted", to=release(("TLP:GREEN",)))

    assert "corrected to 2023-02-10" in why
    assert "seen on the page" not in why
    assert [hit.published for hit in found] == [date(2023, 2, 10)]


def test_a_correction_does_not_name_an_outlet_that_readers_may_not_know(desk: Desk) -> None:
    declared = f'\n[[sources]]\nid = "whisper"\nname = "{WRONG}"\nreliability = "B"\nhandling = "TLP:RED"\n'
    file = desk.path / "sources.toml"
    file.write_text(file.read_text(encoding="utf-8") + declared, encoding="utf-8")
    as_of, to = ("--as-of", LAST.isoformat()), ("--release", "TLP:GREEN")
    correct(desk, "outlet", RIGHT)
    name = ships(desk).id
    views = [
        run("why", desk.path, name, *as_of, *to),
        run("claims", desk.path, *as_of, *to, "--format", "json"),
        run("search", desk.path, "ships", *to),
        run("assess", desk.path, *as_of, *to),
        run("export", desk.path, *as_of, *to, "--to", "stix"),
    ]

    assert [view.exit_code for view in views] == [0] * len(views)
    assert RIGHT in views[2].stdout
    assert not [view.output for view in views if WRONG in view.output or "whisper" in view.output]


def test_an_outlet_that_readers_may_not_know_hides_what_it_is_corrected_to(desk: Desk) -> None:
    declared = '\n[[sources]]\nid = "hidden"\nname = "The Hidden Hand"\nreliability = "B"\nhandling = "TLP:RED"\n'
    file = desk.path / "sources.toml"
    file.write_text(file.read_text(encoding="utf-8") + declared, encoding="utf-8")
    to = release(("TLP:GREEN",))
    seen, _ = desk.search("ships rerouted", to=to)
    correct(desk, "outlet", "The Hidden Hand")
    hidden, gone = desk.search("ships rerouted", to=to)

    assert len(seen) == 1
    assert not hidden
    assert gone.claims


def test_a_report_is_named_to_judge_by_the_beginning_of_its_id(desk: Desk) -> None:
    name = only(desk).removeprefix("sha256:")[:10]
    signed = ("--by", "A", "--why", "seen on the page")
    done = run("judge", desk.path, name, "--correct", "published=2023-02-10", *signed)
    assert head(desk) == (WRONG, date(2023, 2, 10))
    undone = run("judge", desk.path, name, "--undo", *signed)

    assert (done.exit_code, undone.exit_code) == (0, 0)
    assert head(desk) == (WRONG, date(2023, 2, 20))


def test_adding_known_reports_again_corrects_them_where_somebody_signs(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    given = ("--source", RIGHT, "--published", "2023-02-10")
    unsigned = run("add", desk.path, page, *given)
    assert head(desk) == (WRONG, date(2023, 2, 20))
    signed = run("add", desk.path, page, *given, "--by", "A", "--why", "wrong folder")
    repeated = run("add", desk.path, page, *given, "--by", "A", "--why", "wrong folder")

    assert unsigned.exit_code == 1
    assert f"its id is {only(desk).removeprefix('sha256:')[:10]}" in unsigned.stdout
    assert "--correct outlet=NAME" in unsigned.stderr
    assert (signed.exit_code, repeated.exit_code) == (0, 0)
    assert f"outlet corrected to {RIGHT}; day of publication corrected to 2023-02-10" in signed.stdout
    assert "corrected" not in repeated.stdout
    assert head(desk) == (RIGHT, date(2023, 2, 10))
    assert [(one.judgement.by, one.judgement.why) for one in desk.judgements.entries()] == [("A", "wrong folder")] * 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--source", RIGHT, "--by", "A"), "a judgement needs --by and --why"),
        (("--by", "A", "--why", "seen"), "sign for --source or --published"),
    ],
)
def test_adding_with_a_name_alone_or_nothing_to_sign_for_is_refused(
    desk: Desk, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    found = run("add", desk.path, page, *words)

    assert isinstance(found.exception, UsageError)
    assert told in str(found.exception)


def test_what_a_language_model_read_is_kept_and_its_outlet_and_times_are_put_right() -> None:
    report = Report(id="r", text=TEXT, outlet=WRONG, published=Window.on(date(2023, 2, 20)), lang="en")
    before = replace(extract(report), extractor="tocsin 0.1 llm small")
    now = replace(report, outlet=RIGHT, published=Window.on(date(2023, 2, 10)))
    after = again(before, now, outlet=Voice(name=RIGHT, kind=VoiceKind.MEDIA))

    assert [claim.id for claim in after.claims] == [claim.id for claim in before.claims]
    assert {claim.chain[0].name for claim in after.claims} == {RIGHT}
    assert [claim.chain[1:] for claim in after.claims] == [claim.chain[1:] for claim in before.claims]
    assert after.claims[0].when is not None
    assert after.claims[0].when.latest == date(2023, 2, 9)
    assert after.extractor == before.extractor
