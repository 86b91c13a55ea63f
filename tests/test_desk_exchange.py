"""What leaves a desk: exports of its answers, with caveats enforced, and what people signed beside the model."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tocsin import cli
from tocsin.desk import Assessed, Desk
from tocsin.desk.exchange import FORMATS, exported
from tocsin.desk.release import released
from tocsin.desk.signing import signed
from tocsin.errors import UsageError
from tocsin.model.log import Issued
from tocsin.model.outcome import Forecast
from tocsin.publish import brief, page
from tocsin.publish.handling import PUBLIC, Release, Tlp

DAY = date(2023, 2, 20)
NOW = datetime(2023, 3, 1)  # noqa: DTZ001 - the store's moments are UTC without a zone
CALL = (
    "---\ntitle: A call from the harbour\npublished: 2023-02-19\noutlet: Quiet Line\n---\n\n"
    "According to a crane driver, ships were rerouted to Eastport on Saturday.\n"
)
WORDS = ("crane driver", "Eastport", "Quiet Line", "rerouted to")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.cli, [str(word) for word in words])


@pytest.fixture(scope="module")
def marked(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The filled desk with one report more, for the eyes of few; not to be written to."""
    folder = Path(shutil.copytree(filled, tmp_path_factory.mktemp("marked") / "desk"))
    report = tmp_path_factory.mktemp("call") / "call.md"
    report.write_text(CALL, encoding="utf-8")
    added = run("add", folder, report, "--handling", "TLP:RED", "--retrieved", "2023-02-19")
    assert added.exit_code == 0, added.output
    return folder


@pytest.fixture(scope="module")
def answer(marked: Path) -> Assessed:
    desk = Desk(marked)
    found = desk.assess(as_of=DAY, now=NOW)
    desk.close()
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_holds_nothing_that_is_withheld_and_says_how_much(answer: Assessed, form: str) -> None:
    given, gone = exported(answer, to=PUBLIC)
    made = FORMATS[form](given)
    if form == "csv":
        packed = zipfile.ZipFile(io.BytesIO(made))
        made = b"\n".join(packed.read(name) for name in packed.namelist())
    text = made.decode()

    assert gone.told() == "1 claim withheld: TLP:RED; 1 report withheld: TLP:RED"
    assert "1 claim withheld: TLP:RED" in text.replace("\r\n ", "")
    for word in WORDS:
        assert word not in text, word


def test_those_who_are_cleared_are_given_the_words(marked: Path, tmp_path: Path) -> None:
    target = tmp_path / "entities.json"
    words = ("export", marked, "--to", "ftm", "--as-of", DAY.isoformat())

    cleared = run(*words, "--release", "TLP:RED", "-o", target)

    assert cleared.exit_code == 0, cleared.output
    assert cleared.stderr == f"wrote {target}\n"
    assert "ships were rerouted to Eastport" in target.read_text(encoding="utf-8")
    assert "rerouted to Eastport" not in run(*words).stdout


def test_the_desk_sees_all_and_a_page_for_others_does_not(marked: Path) -> None:
    words = ("claims", marked, "--as-of", DAY.isoformat(), "--format", "json")
    own, public = run(*words), run(*words, "--release", "TLP:GREEN")
    brief = run("brief", marked, "--as-of", DAY.isoformat(), "-o", "-")

    assert "crane driver" in own.stdout
    assert "TLP:RED" in own.stdout
    assert "withheld" not in own.stderr
    for shown in (public, brief):
        assert shown.exit_code == 0, shown.output
        assert "1 claim withheld: TLP:RED" in shown.stderr
        for word in WORDS:
            assert word not in shown.stdout, word
    assert "The answer rests on all of it." in brief.stdout


def test_the_answer_does_not_depend_on_who_reads_it(answer: Assessed) -> None:
    public, _ = released(answer, to=PUBLIC)

    assert public.assessment.answer == answer.assessment.answer
    assert public.assessment.digests == answer.assessment.digests
    assert len(public.stream.claims) == len(answer.stream.claims)
    assert public.stream.extractions == {}


def test_a_source_is_protected_by_its_declaration(answer: Assessed) -> None:
    sources = tuple(replace(s, handling="TLP:RED") if s.id == "port" else s for s in answer.stream.sources)
    guarded = replace(answer, stream=replace(answer.stream, sources=sources))

    shown, gone = released(guarded, to=Release(Tlp.AMBER))
    given, _ = exported(guarded, to=Release(Tlp.AMBER))

    assert "1 source withheld: TLP:RED" in gone.told()
    assert "Port Authority" not in FORMATS["ftm"](given).decode()
    assert "port authority" not in str(shown).casefold()


def test_a_table_goes_with_csv_alone(marked: Path) -> None:
    done = run("export", marked, "--to", "stix", "--table", "claims")

    assert "--table goes with --to csv" in str(done.exception)


@pytest.mark.parametrize("form", ["ftm", "ics"])
def test_golden_export_of_a_desk(answer: Assessed, form: str, *, refresh_golden: bool) -> None:
    kept = Path(__file__).parent / "desks" / "port-strike" / "expected" / f"export.{form}"
    given, _ = exported(answer, to=PUBLIC, producer="port desk")
    made = FORMATS[form](given)
    if refresh_golden:
        kept.write_bytes(made)

    assert made == kept.read_bytes()


# -- a whole desk -----------------------------------------------------------------------------------------------------


def test_a_whole_desk_is_taken_in_elsewhere_and_answers_alike(folder: Path, tmp_path: Path) -> None:
    lines, copy = tmp_path / "desk.jsonl", tmp_path / "copy"

    out, back = run("export", folder, "--to", "jsonl", "-o", lines), run("import", copy, lines)
    again = run("import", copy, lines)

    assert out.exit_code == back.exit_code == again.exit_code == 0, out.output + back.output + again.output
    assert " new, 0 known" in back.stdout
    assert again.stdout.startswith("0 new, ")
    assert run("export", copy, "--to", "jsonl").stdout_bytes == lines.read_bytes()
    words = ("assess", "--as-of", DAY.isoformat(), "--format", "json")
    assert run(words[0], folder, *words[1:]).stdout == run(words[0], copy, *words[1:]).stdout


def test_a_whole_desk_leaves_nothing_out_and_so_does_not_leave_with_a_caveat(marked: Path) -> None:
    refused = run("export", marked, "--to", "jsonl")

    assert refused.exit_code != 0
    assert "1 report withheld: TLP:RED" in str(refused.exception)
    assert not any(word in refused.output for word in WORDS)
    assert "crane driver" in run("export", marked, "--to", "jsonl", "--release", "TLP:RED").stdout


def test_what_is_no_desk_is_refused_and_nothing_is_taken_in(tmp_path: Path) -> None:
    lines = tmp_path / "other.jsonl"
    lines.write_text('{"id": "e1"}\n', encoding="utf-8")

    assert "line 1" in str(run("import", tmp_path / "desk", lines).exception)
    assert "check the path" in str(run("import", tmp_path / "desk", tmp_path / "none.jsonl").exception)
    assert "whole desk" in str(run("export", tmp_path, "--to", "jsonl", "--as-of", "2023-02-20").exception)


# -- what people signed ------------------------------------------------------------------------------------------------


def issue(by: str, day: date, *, judgement: str | None = None, dissent: str | None = None, later: int = 0) -> Issued:
    at = datetime.combine(day, datetime.min.time()) + timedelta(days=later, hours=9)
    return Issued(
        problem="p", as_of=day, issued_at=at, by=by, judgement=judgement, dissent=dissent, digest="", payload=b""
    )


def test_each_signer_is_shown_with_the_last_words_by_that_day() -> None:
    issues = [
        issue("A", date(2023, 2, 17), judgement="calm"),
        issue("B", date(2023, 2, 18)),
        issue("A", date(2023, 2, 20), judgement="less calm", dissent="too calm still"),
    ]

    def told(day: int, **known: date) -> list[tuple[str, str | None]]:
        found = signed(issues, [], as_of=date(2023, 2, day), known_by=known.get("by"))
        return [(one.by, one.judgement) for one in found]

    assert told(16) == []
    assert told(18) == [("A", "calm")]  # B signed without words of his own
    assert told(21) == [("A", "less calm")]
    assert told(21, by=date(2023, 2, 19)) == [("A", "calm")]


def own(probability: float, at: datetime) -> Forecast:
    return Forecast(who="B", as_of=DAY, days=0, until=date(2023, 3, 31), probability=probability, at=at)


def test_a_signers_own_probability_stands_with_the_signature() -> None:
    one = issue("B", DAY)

    (found,) = signed([one], [own(0.6, one.issued_at)], as_of=DAY, known_by=None)

    assert (found.by, found.probability, found.judgement) == ("B", 0.6, None)


def test_a_probability_does_not_stand_beside_words_that_were_signed_after_it() -> None:
    first = replace(issue("B", DAY, judgement="first view"), probability=0.6)
    second = replace(first, judgement="second view", probability=None, issued_at=first.issued_at + timedelta(hours=1))
    given = [own(0.6, first.issued_at)]

    assert [(one.judgement, one.probability) for one in signed([first], given, as_of=DAY, known_by=None)] == [
        ("first view", 0.6)
    ]
    assert [(one.judgement, one.probability) for one in signed([first, second], given, as_of=DAY, known_by=None)] == [
        ("second view", None)
    ]


def test_a_probability_given_later_was_not_known_by_the_day() -> None:
    one = issue("B", DAY, judgement="mine")
    later = own(0.9, one.issued_at + timedelta(days=20))
    day = one.issued_at.date()

    (then,) = signed([one], [later], as_of=DAY, known_by=day)
    (now,) = signed([one], [later], as_of=DAY, known_by=day + timedelta(days=20))

    assert (then.probability, now.probability) == (None, 0.9)


def test_a_second_view_of_the_same_signer_takes_the_place_of_the_first_and_both_are_kept(desk: Desk) -> None:
    words = ("assess", desk.path, "--as-of", DAY.isoformat(), "--issue", "--by", "A", "--judgement")
    second = (*words, "second view", "--dissent", "B objects", "--probability", "0.3")
    told = [run(*words, "first view").stderr, run(*second).stderr, run(*second).stderr]
    (beside,) = desk.assess(as_of=DAY, now=NOW).assessment.signed

    assert ["issued already" in one for one in told] == [False, False, True]
    assert [(one.judgement, one.dissent, one.probability) for one in desk.season.issued()] == [
        ("first view", None, None),
        ("second view", "B objects", 0.3),
    ]
    assert (beside.judgement, beside.dissent, beside.probability) == ("second view", "B objects", 0.3)
    assert len(desk.store.forecasts("port-strike")) == 1


def test_a_probability_that_cannot_be_given_leaves_nothing_issued(desk: Desk) -> None:
    found = desk.assess(as_of=DAY, now=NOW)
    with pytest.raises(UsageError, match="another line of the scores"):
        desk.season.issue(found, by="model", judgement="mine", dissent=None, probability=0.3, now=NOW)

    assert desk.season.issued() == ()


def test_signed_judgement_and_dissent_stand_beside_the_models_on_page_board_and_brief(desk: Desk) -> None:
    found = desk.assess(as_of=DAY, now=NOW)
    desk.season.issue(found, by="A. Signer", judgement="rather likely", dissent=None, now=NOW)
    desk.season.issue(found, by="B. Other", judgement=None, dissent="far too high", now=NOW)
    both = desk.assess(as_of=DAY, now=NOW)
    text = page.render(both.assessment, claims=both.claims, reports=both.stream.reports)
    html = brief.render(both.assessment, claims=both.claims, reports=both.stream.reports)
    board = run("board", desk.path, "--as-of", DAY.isoformat()).stdout

    for told in ("A. Signer", "rather likely", "B. Other", "far too high"):
        for product in (text, html, board):
            assert told in product
    assert both.assessment.answer == found.assessment.answer


def test_what_others_signed_does_not_enter_what_is_kept_as_issued(desk: Desk) -> None:
    desk.season.issue(desk.assess(as_of=DAY, now=NOW), by="A. Signer", judgement="calm", dissent=None, now=NOW)
    desk.season.issue(desk.assess(as_of=DAY, now=NOW), by="B. Other", judgement="not calm", dissent=None, now=NOW)

    first, second = desk.season.issued()

    assert first.payload == second.payload
