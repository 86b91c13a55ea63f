"""One word stands wherever something is protected; no command and no product may show it to those not cleared.

Commands, their formats and their flags are taken from the program itself, so that a new one cannot be forgotten.
"""

from __future__ import annotations

import html
import io
import itertools
import json
import re
import shutil
import traceback
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from click.testing import CliRunner

from tocsin.cli import COMMANDS, cli
from tocsin.desk import Desk, Means, watch
from tocsin.model.judgement import Verdict
from tocsin.model.log import Delivery, DeliveryState
from tocsin.model.time import Window
from tocsin.publish.handling import release

pytestmark = pytest.mark.usefixtures("few_draws")

MARK = "Zquéll"
"""In the names of protected voices, all over a report under a caveat, and in what analysts wrote of either."""

NOW = datetime(2023, 2, 20, 18)  # noqa: DTZ001 - the store's moments are UTC without a zone
LAST = date(2023, 2, 20)
DAY = Window.on(date(2023, 2, 19))
PORT_STRIKE = "port-strike"
SECRET = f"""
[[sources]]
id = "zquell-porter"
name = "Oren {MARK}"
aliases = ["the {MARK} porter"]
kind = "person"
reliability = "B"
graded_by = "{MARK} Grader"
"""
PROTECTED = 'handling = "TLP:RED"\n'
ELSEWHERE = f"""
[[sources]]
id = "tide-office"
name = "{MARK} Tide Office"
reliability = "C"
handling = "TLP:RED"
"""
CHANNELS = """
[[channels]]
id = "log"
file = "out/alerts.jsonl"

[[channels]]
id = "days"
calendar = "out/days.ics"

[[channels]]
id = "pager"
command = ["tee", "-a", "out/pager.txt"]
"""
ALERTS = """
[[decisions]]
who = "The harbour master"
what = "Call in tugs"
takes = "3 days"
alarm = 0.01

[[alerts]]
on = ["word_changed", "alarm_crossed", "indicator_turned", "critical_seen", "self_contradiction", "decision_near"]
to = ["log", "days", "pager"]
"""
CLOSED = f"""---
title: {MARK} papers
source: {MARK} Herald
author: {MARK} Scribe
url: https://{MARK.lower()}.example/{MARK}
published: 2023-02-19
lang: en
---
On February 18, Mara {MARK} said that one line had diverted ships to {MARK}port with 4,711,137 dockers.

The Norhaven Dockers' Union said on 19 February that {MARK} lines had diverted ships. The Norhaven Dockers' Union said
on 19 February that it had not recorded any diverted ships in {MARK}port. Oren {MARK} met them at {MARK}port.
"""
OPEN = f"""On February 19, Oren {MARK} said that several lines had diverted ships. On February 19, the {MARK} porter
said that he had not recorded any diverted ships. OREN {MARK.upper()} spoke with Oda Plain.

On February 19, Oda Plain said that 950 dockers work in Norhaven. The {MARK} Tide Office said that warehouses are being
filled in Norhaven.
"""

EARLY = f"""On February 16, Oren {MARK} said that several lines had diverted ships. On February 16, Oren {MARK} said
that he had not recorded any diverted ships.
"""

BESIDE = f"""---
title: What became of Oren {MARK}
source: Norhaven Gazette
url: https://gazette.example/talk_with_oren-zquell_today
published: 2023-02-19
lang: en
---
Oda Plain said on 19 February that the {MARK} porter had left Norhaven for good. {MARK} added that 960 dockers work in
Norhaven. Oda Plain said on 19 February that {MARK} knows 940 dockers in Norhaven. Nobody in Norhaven knows where Oren
{MARK} is.
"""

STATELESS = {"demo", "new", "extract", "infer", "pool", "schema"}
"""They look at no desk."""

PLAIN = {"board"}
"""They show nothing of it to anybody: states of indicators and numbers."""

ACTS = {"add", "check", "watch", "look", "forget", "import"}
"""What they do is told to whoever does it, in words of ours and names that were given; nothing on record is shown."""


def shapes(data: bytes) -> Iterator[str]:
    """The text in some bytes, as it stands and without what JSON, HTML and addresses make of it."""
    if data.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        for name in archive.namelist():
            yield from shapes(archive.read(name))
    text = data.decode("utf-8", "replace")
    yield text
    yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    yield html.unescape(text)
    yield unquote(text)
    yield re.sub(r"\r?\n[ \t]", "", text)  # as a calendar folds its lines


def names_it(data: bytes) -> bool:
    """Is the word there, in any case, with its accent or without, or the figure that stands beside it?"""
    for text in shapes(data):
        plain = unicodedata.normalize("NFKD", text.casefold())
        letters = "".join(one for one in plain if not unicodedata.combining(one))
        if re.search(r"zqu[\W_]*e?[\W_]*ll|4[,.]?711[,.]?137", letters):
            return True
    return False


def where(data: bytes) -> str:
    """The first line that names it."""
    return next((line.decode("utf-8", "replace")[:400] for line in data.splitlines() if names_it(line)), "as a whole")


@pytest.mark.parametrize(
    "written",
    [
        "ZQUÉLL",
        json.dumps(MARK),
        "Zqu&eacute;ll",
        "Zqu&#233;ll",
        "zquell",
        "zqu-ll",
        "Zqu%C3%A9ll",
        "Zqu\r\n éll",
    ],
)
def test_the_word_is_found_however_it_is_written(written: str) -> None:
    assert names_it(written.encode())
    assert not names_it(b"equal sequel quell")


@pytest.fixture(scope="module")
def marked(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk on which the word stands wherever it may not be seen, and nowhere else."""
    folder = tmp_path_factory.mktemp("leaks") / "desk"
    shutil.copytree(filled, folder)
    problem = folder / "problems" / f"{PORT_STRIKE}.toml"
    text = problem.read_text(encoding="utf-8")
    other = text.replace(f'id = "{PORT_STRIKE}"', 'id = "other"')
    (folder / "problems" / "other.toml").write_text(other + ELSEWHERE, encoding="utf-8")
    problem.write_text(text + ALERTS, encoding="utf-8")
    sources = folder / "sources.toml"
    before = sources.read_text(encoding="utf-8")
    sources.write_text(before + SECRET, encoding="utf-8")
    (folder / "tocsin.toml").write_text(CHANNELS, encoding="utf-8")
    desk = Desk(folder)
    means = Means(workers=0)
    early = datetime(2023, 2, 17, 8)  # noqa: DTZ001
    desk.add([("early.txt", EARLY.encode)], now=early, published=Window.on(date(2023, 2, 16)))
    told = [sent.reason for sent in watch(desk, now=early, means=means).sent]
    assert any(MARK in reason for reason in told), "an alert that could name whoever was not protected yet"
    shutil.rmtree(folder / "out")
    sources.write_text(before + SECRET + PROTECTED, encoding="utf-8")
    desk.add([("open.txt", OPEN.encode)], now=NOW, published=DAY)
    desk.add([("beside.md", BESIDE.encode)], now=NOW)
    desk.add([("closed.md", CLOSED.encode)], now=NOW, handling=f"TLP:RED, {MARK} at risk")
    desk.add([("broken.pdf", f"%PDF-1.4 {MARK}".encode)], now=NOW, handling="TLP:RED")
    record(desk)
    watch(desk, now=NOW, means=means)
    desk.close()
    return folder


def record(desk: Desk) -> None:
    """What analysts wrote: in every register the word stands once, as a reason or as whoever gave it."""
    stream = desk.linkage(PORT_STRIKE, as_of=LAST).stream
    who, why = f"{MARK} Analyst", f"{MARK} told us so"

    def claim(words: str) -> str:
        return next(one.id for one in stream.claims if words in one.content + one.origin.name)

    def judge(subject: str, verdict: Verdict, aspect: str = "", given: str = "", by: str = who) -> None:
        desk.judgements.judge(
            subject, verdict, by=by, why=why, aspect=aspect, given=given, now=NOW, problem=PORT_STRIKE
        )

    mara, denied, oda = claim("one line had"), claim("it had not recorded any"), claim("950 dockers")
    judge(mara, Verdict.ACCEPTED)
    judge(mara, Verdict.REJECTED, by="B")
    judge(denied, Verdict.CORRECTED, aspect="origin", given=f"person: Oren {MARK}")
    judge(denied, Verdict.UNDONE)
    judge(denied, Verdict.LINKED, given="rerouted=absent")
    judge(stream.ratings[oda].source, Verdict.MERGED, aspect=stream.ratings[mara].source)
    judge("port", Verdict.GRADED, given="C")
    judge(oda, Verdict.RATED, given="3", by="B")
    desk.hand_over(PORT_STRIKE, by=who, as_of=LAST, asked=[f"Where is {MARK}?"], to=release(["all"]), now=NOW)
    desk.collection.look(PORT_STRIKE, "rerouted", by="L. Looker", day=LAST, found=False, note=why, now=NOW)
    desk.season.record(PORT_STRIKE, onset=date(2023, 2, 20), through=LAST, by=who, why=why, now=NOW)
    desk.season.issue(
        desk.assess(PORT_STRIKE, as_of=LAST, now=NOW), by="S. Signer", judgement="wait", dissent="no", now=NOW
    )
    desk.season.issue(
        desk.assess(PORT_STRIKE, as_of=date(2023, 2, 10), now=NOW),
        by="S. Signer",
        judgement=None,
        dissent=None,
        probability=0.4,
        now=NOW,
    )


def variants(name: str) -> Iterator[list[str]]:
    """Every way to call a command that its own options tell: each format, and each flag by itself."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    choices, flags = [], []
    for param in command.params:
        if isinstance(param, click.Option) and isinstance(param.type, click.Choice) and param.name != "extractor":
            none: list[list[str]] = [] if param.required else [[]]
            choices.append(
                [*none, *([param.opts[-1] if len(param.opts) == 1 else param.opts[0], c] for c in param.type.choices)]
            )
        elif isinstance(param, click.Option) and param.is_flag and param.name not in {"help", "retry"}:
            flags.append([param.opts[0]])
    first = [words[0] for words in choices]
    for chosen in itertools.product(*choices):
        yield list(itertools.chain.from_iterable(chosen))
    for flag in flags:
        yield [*itertools.chain.from_iterable(first), *flag]


def options(name: str) -> dict[str, click.Option]:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return {one.opts[0]: one for one in command.params if isinstance(one, click.Option)}


THINGS: dict[str, Sequence[Sequence[str]]] = {
    "why": (
        ["rerouted"],
        ["members"],
        ["walk-out"],
        ["port"],
        ["union"],
        ["name:oda-plain"],
        ["no-such-thing"],
        ["answer"],
    ),
    "search": (["diverted"], ["Gazette"], ["became"], ["good"], ["dockers"], ["Norhaven"], ["warehouses"]),
    "replay": (["--from", "2023-02-19", "--to", "2023-02-20"],),
    "changes": (["--from", "2023-02-17", "--to", "2023-02-20"],),
    "handover": (["--by", "N. Watch", "--since", "2023-02-18"], ["--by", "N. Watch", "--close", "99"]),
    "claims": ([], ["--indicator", "rerouted"], ["--indicator", "none-such"]),
    "brief": (["-o", "-"],),
    "look": (["stocks", "--by", "L", "--on", "2023-02-20", "--nothing"],),
    "audit": ([], ["--subject", PORT_STRIKE]),
}
"""What a command is asked, where it does not go without."""


def called(name: str, folder: Path, cleared: str | None) -> Iterator[tuple[str, bytes]]:
    """Everything that a command gives back, in every way in which it can be called."""
    known = options(name)
    for things in THINGS.get(name, ([],)):
        for more in variants(name):
            words = [name, str(folder), *things, *more]
            words += (
                ["--problem", PORT_STRIKE] if ("--problem" in known and "jsonl" not in more) or name == "replay" else []
            )
            words += ["--as-of", "2023-02-20"] if "--as-of" in known and "jsonl" not in more else []
            words += ["--release", cleared] if cleared is not None and "--release" in known else []
            done = CliRunner().invoke(cli, words)
            told = done.stdout_bytes + done.stderr_bytes
            if done.exception is not None and not isinstance(done.exception, SystemExit):
                told += "".join(traceback.format_exception(done.exception)[-1:]).encode()
                told += str(done.exception).encode()
            yield " ".join(words[2:]), told


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.cli.common.now", lambda: NOW)


SHOWN = [name for name in COMMANDS if name not in STATELESS | ACTS]


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", SHOWN)
def test_no_command_shows_the_word_to_those_who_are_not_cleared(name: str, marked: Path) -> None:
    assert "--release" in options(name), f"tocsin {name} shows what is on record and has no --release"
    leaks = {words: where(told) for words, told in called(name, marked, "TLP:CLEAR") if names_it(told)}
    assert leaks == {}
    assert any(names_it(told) for _, told in called(name, marked, "all")) is (name not in PLAIN)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", ["brief", "export"])
def test_what_leaves_the_desk_holds_no_word_of_it_where_nobody_says_anything(name: str, marked: Path) -> None:
    assert {words: where(told) for words, told in called(name, marked, None) if names_it(told)} == {}


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", ["claims", "search", "judge"])
def test_a_caveat_in_words_is_covered_by_no_label(name: str, marked: Path) -> None:
    told = [told for _, told in called(name, marked, "TLP:RED")]

    assert any(b"Oren" in one for one in told) is (name != "judge"), "the label covers the voice"
    assert not any(b"4,711" in one or b"Herald" in one or b"told us so" in one for one in told)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("cleared", ["TLP:CLEAR", "TLP:RED"])
def test_no_whole_desk_leaves_with_a_reason_that_somebody_signed(folder: Path, cleared: str) -> None:
    words = ["export", str(folder), "--to", "jsonl", "--release", cleared]
    assert CliRunner().invoke(cli, words).exit_code == 0
    desk = Desk(folder)
    desk.collection.look(None, "stocks", by="L", day=LAST, found=False, note=f"{MARK} was asked", now=NOW)
    desk.close()

    done = CliRunner().invoke(cli, words)

    assert "1 note)" in str(done.exception)
    assert not names_it(done.stdout_bytes + str(done.exception).encode())


def test_kept_bytes_of_a_failed_intake_under_a_caveat_do_not_leave_with_a_whole_desk(folder: Path) -> None:
    desk = Desk(folder)
    desk.add([("broken.pdf", f"%PDF-1.4 {MARK}".encode)], now=NOW, handling="TLP:RED")
    desk.close()

    done = CliRunner().invoke(cli, ["export", str(folder), "--to", "jsonl"])

    assert "1 report withheld: TLP:RED" in str(done.exception)
    assert not names_it(done.stdout_bytes)


def test_a_protected_voice_stays_protected_while_the_file_that_declares_it_has_a_fault(
    marked: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(marked, tmp_path / "desk"))
    other = folder / "problems" / "other.toml"
    other.write_text(other.read_text(encoding="utf-8").replace("schema = 1", "schema = one"), encoding="utf-8")

    done = CliRunner().invoke(
        cli, ["claims", str(folder), "--problem", PORT_STRIKE, "--as-of", "2023-02-20", "--release", "TLP:CLEAR"]
    )

    assert done.exit_code == 0, done.exception
    assert not names_it(done.stdout_bytes + done.stderr_bytes)


def test_a_caveat_that_is_given_later_holds_for_alerts_that_were_told_before(marked: Path, tmp_path: Path) -> None:
    desk = Desk(Path(shutil.copytree(marked, tmp_path / "desk")))
    [open_, *_] = (one for one in desk.linkage(PORT_STRIKE, as_of=LAST).claims.values() if "two grain" in one.content)
    payload = json.dumps({"claims": [open_.id]})
    desk.store.deliver(
        Delivery(
            problem=PORT_STRIKE,
            rule="self_contradiction",
            key="k",
            reason="Norhaven Port Authority contradicts itself",
            payload=payload,
            channel="file",
            target="log",
            state=DeliveryState.SENT,
            at=NOW,
        )
    )

    def told() -> list[str]:
        return [one.reason for one in desk.deliveries(to=release(["TLP:CLEAR"])) if one.key == "k"]

    before = told()
    report = desk.store.reports()[open_.report]
    [original] = (desk.path / "reports").glob(report.id.removeprefix("sha256:") + "*")
    desk.add([(original.name, original.read_bytes)], now=NOW, handling="TLP:RED")
    assert desk.store.handling()[report.id] == "TLP:RED"

    assert before == ["Norhaven Port Authority contradicts itself"]
    assert told() == ["withheld"]
    assert [one.reason for one in desk.deliveries() if one.key == "k"] == before
    desk.close()


def test_a_field_that_nobody_named_is_left_out_of_a_register(marked: Path) -> None:
    desk = Desk(marked)
    outcome, act = desk.season.outcomes(PORT_STRIKE, to=release([]))[-1], desk.acts(to=release([]))[-1]
    desk.close()

    assert (outcome.by, outcome.why) == ("", "")
    assert (act.why, act.detail) == ("", None)
    assert outcome.rule.startswith("At least half of the day shift")


@pytest.mark.usefixtures("clock")
def test_acts_tell_whoever_does_them_nothing_of_what_is_on_record(marked: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(marked, tmp_path / "desk"))
    shutil.rmtree(folder / "out")
    closed, lines = tmp_path / "closed.md", tmp_path / "desk.jsonl"
    closed.write_text(CLOSED, encoding="utf-8")
    assert (
        CliRunner()
        .invoke(cli, ["export", str(folder), "--to", "jsonl", "--release", "all", "-o", str(lines)])
        .exit_code
        == 0
    )
    done: dict[str, list[list[str]]] = {
        "add": [[str(folder), str(closed), "--workers", "1"], [str(folder), "--retry", "--workers", "1"]],
        "check": [[str(folder)]],
        "watch": [[str(folder), "--once"]],
        "look": [[str(folder), "stocks", "--problem", PORT_STRIKE, "--by", "L", "--on", "2023-02-20", "--nothing"]],
        "import": [[str(tmp_path / "copy"), str(lines)], [str(folder), str(lines)]],
        "forget": [[str(folder), "Oda Plain", "--by", "E", "--why", "asked"]],
    }

    assert done.keys() == ACTS
    for name, calls in done.items():
        for words in calls:
            result = CliRunner().invoke(cli, [name, *words])
            told = result.stdout_bytes + result.stderr_bytes + str(result.exception).encode()
            assert result.exception is None or isinstance(result.exception, SystemExit), (name, result.exception)
            assert not names_it(told), (name, where(told))


def test_the_commands_without_a_desk_look_at_none() -> None:
    for name in STATELESS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        assert not any(
            one.name == "desk" or "[DESK]" in (one.metavar or "")
            for one in command.params
            if isinstance(one, click.Argument)
        ), name


@pytest.mark.usefixtures("clock")
def test_what_leaves_with_an_alert_does_not_hold_the_word(marked: Path) -> None:
    files = sorted((marked / "out").iterdir())

    assert [file.name for file in files] == ["alerts.jsonl", "days.ics", "pager.txt"]
    assert {file.name: where(file.read_bytes()) for file in files if names_it(file.read_bytes())} == {}
    assert "a source that is not named here contradicts itself" in (marked / "out" / "pager.txt").read_text()
