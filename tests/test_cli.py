"""The command line: exit statuses, batches that go on, start-up that loads nothing heavy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tocsin import __version__
from tocsin.desk import Desk

REPORT = """Harbour closes, says office

The harbour office said on 1 December that there are 40 tankers at anchor off the coast.
According to two dockers, no crew has been called back yet.
"""


def run(*words: str | Path, stdin: bytes | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tocsin", *map(str, words)], input=stdin, capture_output=True, check=False, cwd=cwd
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    assert run("new", folder).returncode == 0
    return folder


def test_a_desk_on_ones_own_question_passes_check_and_its_advice_can_be_pasted(tmp_path: Path) -> None:
    folder = tmp_path / "my desk"
    made = run("new", folder, "--id", "kosti-road", "--question", 'Will the "El Obeid–Kosti" road close?')
    checked = run("check", folder)

    assert (made.returncode, checked.returncode) == (0, 0), made.stderr + checked.stdout
    assert (folder / "problems" / "kosti-road.toml").exists()
    assert f"tocsin check '{folder}'" in made.stderr
    assert 'kosti-road: Will the "El Obeid–Kosti" road close?' in checked.stdout
    assert "No faults." in checked.stdout


@pytest.mark.parametrize(
    ("options", "told"),
    [(["--id", "kosti-road"], "together"), (["--id", "kosti road", "--question", "Will it close?"], "is no id")],
)
def test_a_faulty_question_of_ones_own_writes_nothing(tmp_path: Path, options: list[str], told: str) -> None:
    made = run("new", tmp_path / "desk", *options)

    assert (made.returncode, (tmp_path / "desk").exists()) == (2, False)
    assert told in made.stderr


def test_check_tells_of_a_place_and_an_actor_that_nobody_knows(desk: Path) -> None:
    file = desk / "problems" / "border-crossing.toml"
    text = file.read_text(encoding="utf-8").replace("Road Agency", "Rapid Suport Forces", 1)
    file.write_text(text.replace('where = ["Stone Bridge"]', 'where = ["Norht Kordofan"]', 1), encoding="utf-8")

    told = " ".join(run("check", desk).stdout.split())

    assert "No faults." in told
    assert 'where: "Norht Kordofan", "Stone Bridge" are not in the gazetteer' in told
    assert 'who: "Rapid Suport Forces" is no declared source or actor and no nation' in told


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    return file


def test_help_is_quick_and_loads_neither_numpy_nor_the_database() -> None:
    code = (
        "import sys, click.testing, tocsin.cli as c; click.testing.CliRunner().invoke(c.cli, ['--help']); "
        "print([m for m in ('numpy', 'scipy', 'sqlalchemy', 'altair', 'trafilatura') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"

    times = []
    for _ in range(5):  # in the time of the processor, which other programs' work does not lengthen
        start = os.times()
        assert run("--help").returncode == 0
        end = os.times()
        times.append(end.children_user + end.children_system - start.children_user - start.children_system)
    assert min(times) < 0.3


def test_importing_the_package_loads_no_extra() -> None:
    code = "import sys, tocsin; print([m for m in ('numpy', 'click', 'sqlalchemy') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


def test_the_version_is_the_packages() -> None:
    assert __version__ in run("--version").stdout


def test_an_unknown_command_is_wrong_usage() -> None:
    assert run("divine").returncode == 2


def test_a_new_desk_passes_its_own_check_and_is_never_overwritten(desk: Path) -> None:
    checked = run("check", desk)

    assert checked.returncode == 0, checked.stdout
    assert run("new", desk).returncode == 2


def test_a_folder_that_is_no_desk_is_named_with_the_cure(tmp_path: Path) -> None:
    found = run("assess", tmp_path)

    assert found.returncode == 2
    assert "tocsin new" in found.stderr


def test_adding_twice_adds_once(desk: Path, report: Path) -> None:
    first = run("add", desk, report, "--published", "2022-12-02")
    second = run("add", desk, report, "--published", "2022-12-02")

    assert "1 new, 0 known, 0 failed" in first.stdout, first.stderr
    assert "0 new, 1 known, 0 failed" in second.stdout
    assert len(list((desk / "reports").iterdir())) == 1


def test_the_original_is_kept_byte_for_byte(desk: Path, report: Path) -> None:
    run("add", desk, report)
    (kept,) = (desk / "reports").iterdir()

    assert kept.read_bytes() == report.read_bytes()


def test_one_bad_file_never_stops_the_batch(desk: Path, report: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    binary = tmp_path / "binary.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    large = tmp_path / "large.txt"
    large.write_bytes(b"One word and another. " * 2_400_000)
    missing = tmp_path / "missing.txt"
    found = run("add", desk, empty, binary, large, missing, report, "--published", "2022-12-02")

    assert found.returncode == 1
    assert "1 new, 0 known, 4 failed" in found.stdout
    for file in (empty, binary, large, missing):
        assert str(file) in found.stderr


@pytest.mark.parametrize("day", ["soon", "2022-13-01", "2022-02-30", "02.12.2022", "2022-12-02/2022-12-01"])
def test_a_broken_date_is_wrong_usage_and_says_how_to_write_one(desk: Path, report: Path, day: str) -> None:
    found = run("add", desk, report, "--published", day)

    assert found.returncode == 2
    assert day.split("/", maxsplit=1)[0] in found.stderr


def test_extracted_claims_stand_in_the_text_letter_for_letter(report: Path) -> None:
    found = run("extract", report, "--published", "2022-12-02", "--format", "jsonl", "--with-text", "--figures")
    header, *claims = (json.loads(line) for line in found.stdout.splitlines())

    assert header["schema"] == 1
    assert header["text"] == REPORT
    assert claims
    for claim in claims:
        start, stop = claim["span"]
        assert claim["content"] == REPORT[start:stop]
    assert [figure["low"] for figure in header["figures"]] == [40, 2]


def test_extract_goes_on_after_a_file_that_cannot_be_read(report: Path, tmp_path: Path) -> None:
    found = run("extract", tmp_path / "missing.txt", report, "--format", "jsonl")

    assert found.returncode == 1
    assert "missing.txt" in found.stderr
    assert found.stdout.count("\n") >= 2


def test_a_report_in_another_language_is_kept_counted_and_no_failure(desk: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.txt"
    foreign.write_text("Порт закрито до кінця тижня, повідомила адміністрація порту у вівторок. " * 5, encoding="utf-8")
    found = run("add", desk, foreign, "--published", "2022-12-02")

    assert found.returncode == 0
    assert "language uk" in found.stdout


def test_a_line_break_in_a_files_name_makes_no_line_of_its_own(desk: Path, tmp_path: Path) -> None:
    forged = tmp_path / "bad.txt\nnew     trusted.txt: 9 claims"
    forged.write_text("The border guard said that nothing moved.", encoding="utf-8")
    out = run("add", desk, forged).stdout

    assert not any(line.startswith("new     trusted.txt") for line in out.splitlines())
    assert "bad.txt new trusted.txt: 9 claims" in out


def test_a_file_with_another_name_than_its_problems_id_answers_for_its_own_problem(desk: Path) -> None:
    [own] = (desk / "problems").glob("*.toml")
    ident = Desk(desk).declared.problem().id
    text = own.read_text(encoding="utf-8").replace(f'id = "{ident}"', 'id = "other-front"', 1)
    (desk / "problems" / "zz.toml").write_text(text, encoding="utf-8")

    day = str(Desk(desk).declared.problem(ident).opened)
    for name in ("zz", "other-front"):
        [line] = run("replay", desk, "--problem", name, "--from", day, "--to", day).stdout.splitlines()
        assert json.loads(line)["problem"] == "other-front"
    assert [name for name, _ in Desk(desk).store.versions("problem", "zz.toml")] != []

    (desk / "problems" / "zz.toml").write_text(text.replace("other-front", ident, 1), encoding="utf-8")
    assert f"another file declares a problem with the id '{ident}' too" in " ".join(run("check", desk).stdout.split())


def test_standard_input_is_a_report_too(desk: Path) -> None:
    found = run("add", desk, "-", stdin=REPORT.encode())

    assert "1 new" in found.stdout


def test_a_desk_without_reports_answers_with_its_priors(desk: Path) -> None:
    found = run("assess", desk, "--as-of", _opened(desk), "--format", "json")
    answer = json.loads(found.stdout)["answer"]

    assert found.returncode == 0, found.stderr
    assert answer["probability"] == pytest.approx(answer["prior"], abs=1e-12)


def test_what_was_issued_comes_back_in_its_own_wording(desk: Path) -> None:
    day = _opened(desk)
    issued = run("assess", desk, "--as-of", day, "--format", "json", "--issue", "--by", "N. N.", "--dissent", "calmer")
    problem = next((desk / "problems").glob("*.toml"))
    problem.write_text(problem.read_text(encoding="utf-8").replace("prior =", "prior = 0.001 #"), encoding="utf-8")
    again = run("assess", desk, "--as-of", day, "--as-issued", "--format", "json")

    assert issued.returncode == 0, issued.stderr
    assert json.loads(again.stdout) == json.loads(issued.stdout)
    assert "calmer" in run("assess", desk, "--as-of", day, "--as-issued").stdout


def test_what_was_issued_comes_back_even_when_the_file_is_faulty_now(desk: Path) -> None:
    day = _opened(desk)
    run("assess", desk, "--as-of", day, "--issue", "--by", "N. N.")
    problem = next((desk / "problems").glob("*.toml"))
    problem.write_text("id = 7", encoding="utf-8")
    again = run("assess", desk, "--as-of", day, "--as-issued")

    assert again.returncode == 0, again.stderr
    assert "N. N." in again.stdout


def test_an_assessment_is_issued_only_under_a_name(desk: Path) -> None:
    assert run("assess", desk, "--as-of", _opened(desk), "--issue").returncode == 2


def test_a_result_piped_into_head_is_no_error(report: Path) -> None:
    command = f"{sys.executable} -m tocsin extract {report} --format jsonl | head -c 10"
    found = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602

    assert found.stderr == ""


@pytest.mark.parametrize("name", ["problem", "sources", "claim", "assessment", "evidence", "reading", "pooled"])
def test_each_schema_is_printed_as_json(name: str) -> None:
    schema = json.loads(run("schema", name).stdout)

    assert "$schema" in schema
    assert name in run("schema").stdout.split()


def test_the_module_runs_like_the_command() -> None:
    command = Path(sys.executable).with_name("tocsin")
    environment = {**os.environ, "COLUMNS": "100"}
    by_name = subprocess.run([command, "--help"], capture_output=True, text=True, check=True, env=environment)

    assert "assess" in by_name.stdout


def _opened(desk: Path) -> str:
    import tomllib

    file = next((desk / "problems").glob("*.toml"))
    return str(tomllib.loads(file.read_text(encoding="utf-8"))["opened"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("brif", "'brief'"), ("asess", "'assess'"), ("hand-over", "'handover'"), ("ASSESS", "'assess'")],
)
def test_a_misspelt_command_is_answered_with_the_one_that_is_meant(typed: str, meant: str) -> None:
    found = run(typed)

    assert found.returncode == 2
    assert f"Did you mean {meant}" in found.stderr


def test_an_option_that_is_no_command_is_told_as_an_option() -> None:
    assert "No such option" in run("--frm").stderr
    assert "Did you mean" not in run("divine").stderr


def test_from_beside_or_within_a_desk_the_desk_is_named(tmp_path: Path) -> None:
    desk = tmp_path / "my desk"
    run("new", desk)
    [file] = (desk / "problems").glob("*.toml")

    for words, cwd, meant in (
        (("assess",), tmp_path, "did you mean 'my desk'?"),
        (("assess",), desk / "problems", "did you mean ..?"),
        (("assess", f"my desk/problems/{file.name}"), tmp_path, "did you mean 'my desk'?"),
    ):
        found = run(*words, cwd=cwd)
        assert found.returncode == 2
        assert meant in found.stderr
        assert "tocsin new" not in found.stderr


def test_no_desk_is_advised_among_other_things_and_none_is_made_over_a_file_of_sources(report: Path) -> None:
    folder = report.parent
    (folder / "sources.toml").write_text("mine", encoding="utf-8")
    before = sorted(folder.iterdir())

    assert f"tocsin new {folder}/my-desk" in run("assess", folder).stderr
    assert run("new", folder).returncode == 2
    assert sorted(folder.iterdir()) == before
    assert (folder / "sources.toml").read_text(encoding="utf-8") == "mine"


def test_nothing_that_turns_the_direction_of_reading_comes_back_from_an_argument(desk: Path) -> None:
    day, turned = _opened(desk), "A\u202e B"
    issued = run("assess", desk, "--as-of", day, "--issue", "--by", turned, "--judgement", turned)
    noted = run("handover", desk, "--as-of", day, "--by", turned, "--format", "json")
    wrong = run("assess", desk, "--as-of", f"x{turned}")

    for found in (issued, noted, wrong):
        assert "A B" in found.stdout + found.stderr
        assert "\u202e" not in found.stdout + found.stderr
        assert "\\u202e" not in found.stdout + found.stderr


def test_advice_names_a_folder_as_a_shell_takes_it(tmp_path: Path) -> None:
    assert "tocsin check 'my desk'" in run("new", "my desk", cwd=tmp_path).stderr


def test_what_was_written_and_what_was_not_polled_is_said(desk: Path) -> None:
    day = _opened(desk)
    page = desk / "page.html"

    assert run("brief", desk, "--as-of", day, "-o", page).stderr.splitlines()[-1] == f"wrote {page}"
    tables = run("export", desk, "--as-of", day, "--to", "csv", "-o", desk / "tables.zip")
    assert tables.stderr.splitlines()[-1] == f"wrote {desk / 'tables.zip'}"
    assert "no feeds are declared in tocsin.toml" in run("watch", desk, "--once").stderr


def test_what_a_new_report_does_not_say_is_told_with_the_options_that_say_it(desk: Path, report: Path) -> None:
    found = run("add", desk, report)

    assert "; outlet unknown; no date, counts as of the day it was retrieved" in found.stdout
    assert "unnamed voices in it weigh nothing (give --source" in found.stderr
    assert "(give --published" in found.stderr
    assert found.returncode == 0


def test_of_a_report_that_says_all_nothing_is_told(desk: Path, report: Path) -> None:
    found = run("add", desk, report, "--source", "Harbour Post", "--published", "2022-12-02")

    assert "unknown" not in found.stdout + found.stderr
    assert "no date" not in found.stdout + found.stderr


def test_an_option_that_a_known_report_does_not_take_is_not_passed_over_in_silence(desk: Path, report: Path) -> None:
    run("add", desk, report, "--published", "2022-12-02")
    same = run("add", desk, report, "--published", "2022-12-02")
    other = run("add", desk, report, "--source", "Harbour Post", "--published", "2022-12-03")

    assert same.returncode == 0
    assert other.returncode == 1
    assert "--source is not applied to what is on record (outlet unknown)" in other.stdout
    assert "--published is not applied to what is on record (day 2022-12-02)" in other.stdout
    assert f"tocsin judge {desk} ID --correct outlet=NAME" in other.stderr
    assert "--by NAME" in other.stderr


def test_how_many_of_the_new_claims_count_is_said_for_each_sound_problem(desk: Path, report: Path) -> None:
    (desk / "problems" / "broken.toml").write_text("id = 7", encoding="utf-8")
    found = run("add", desk, report)
    told, claims = found.stderr, found.stdout.splitlines()[-1].rpartition("; ")[2].split()[0]

    assert f"0 of {claims} new claims count for border-crossing: 0 set aside, {claims} match no phrase" in told
    assert told.count("new claims count for") == 1


def test_an_empty_file_is_not_kept_to_be_tried_again(desk: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"\n")
    found = run("add", desk, empty)

    assert found.returncode == 1
    assert "--retry" not in found.stderr
