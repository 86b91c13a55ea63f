"""What leaves a desk for readers who are not cleared: no reason that people signed, and no name of a hidden voice."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tocsin.cli import cli
from tocsin.desk import Desk
from tocsin.errors import UsageError
from tocsin.model.judgement import Verdict
from tocsin.model.time import Window
from tocsin.publish.handling import ALL, release

NOW = datetime(2023, 2, 20, 18)  # noqa: DTZ001 - the store's moments are UTC without a zone
LAST = date(2023, 2, 20)
AS_OF = ("--as-of", "2023-02-20")
CLEAR = ("--release", "TLP:CLEAR")
NAME = "Quillfeather"
"""A word that stands in a report under a caveat, in the name of its voice and in the reasons of analysts."""

OPEN = b"On February 18, Oda Plain said that several lines had diverted ships to Estmouth. Dockers are on Pier 4."
CLOSED = b"On February 18, Mara Quillfeather said that one line had diverted ships to Quillport with 4,711 dockers."


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def claim_of(desk: Desk, words: str) -> str:
    return next(one.id for one in desk.linkage(as_of=LAST).stream.claims if words in one.content + one.origin.name)


@pytest.fixture
def judged(folder: Path) -> Path:
    """A desk with a report under a caveat, on whose other claims analysts judged, naming in their reasons its voice."""
    desk = Desk(folder)
    day = Window(earliest=date(2023, 2, 18), latest=date(2023, 2, 18))
    desk.add([("open.txt", lambda: OPEN)], now=NOW, published=day)
    desk.add([("closed.txt", lambda: CLOSED)], now=NOW, published=day, handling="TLP:RED")
    oda, mara, denied, workers = (
        claim_of(desk, words)
        for words in ("several lines had", "one line had", "it had not recorded any diverted ships", "900 dockers work")
    )

    def judge(subject: str, verdict: Verdict, aspect: str = "", given: str = "") -> None:
        desk.judgements.judge(subject, verdict, by="A", why=f"{NAME} told us so", aspect=aspect, given=given, now=NOW)

    voices = {claim: rating.source for claim, rating in desk.linkage(as_of=LAST).stream.ratings.items()}
    assert voices[mara] == "name:mara-quillfeather"
    judge(voices[oda], Verdict.MERGED, aspect=voices[mara])
    judge(denied, Verdict.CORRECTED, aspect="polarity", given="affirmed")
    judge(denied, Verdict.LINKED, given="rerouted=present; stocks=absent")
    judge(oda, Verdict.RATED, given="3")
    judge(workers, Verdict.REJECTED)
    judge("port", Verdict.GRADED, given="C (STANAG 2511)")
    judge("name:oda-plain", Verdict.GRADED, given="C (STANAG 2511)")
    desk.close()
    return folder


def names_it(text: str) -> bool:
    return "quill" in text.casefold() or re.search(r"(?<!\d)4,?711(?!\d)", text) is not None


@pytest.mark.parametrize(
    "command",
    [
        ("assess",),
        ("assess", "--format", "json"),
        ("why", "rerouted"),
        ("why", "stocks"),
        ("why", "name:oda-plain"),
        ("claims", "--format", "json"),
        ("figures", "--format", "json"),
        ("sources", "--format", "json"),
        ("queue", "--format", "json"),
        ("board", "--format", "json"),
    ],
    ids=" ".join,
)
def test_no_reason_and_no_name_of_a_merged_voice_is_printed_for_those_who_are_not_cleared(
    judged: Path, command: tuple[str, ...]
) -> None:
    name, *rest = command

    found = run(name, judged, *rest, *AS_OF, *CLEAR)

    assert found.exit_code == 0, found.output
    assert not names_it(found.output)


@pytest.mark.parametrize("form", ["stix", "csv", "ftm", "geojson", "ics", "misp"])
def test_no_reason_and_no_name_of_a_merged_voice_is_exported_by_default(
    judged: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "out"

    assert run("export", judged, "--to", form, *AS_OF, "-o", out).exit_code == 0
    data = out.read_bytes()
    if form == "csv":
        archive = zipfile.ZipFile(io.BytesIO(data))
        data = b"\n".join(archive.read(name) for name in archive.namelist())
    assert data
    assert not names_it(data.decode())


def test_no_reason_and_no_name_of_a_merged_voice_stands_in_a_brief_by_default(judged: Path, tmp_path: Path) -> None:
    out = tmp_path / "brief.html"

    assert run("brief", judged, *AS_OF, "-o", out).exit_code == 0
    assert "Oda Plain" in out.read_text()
    assert not names_it(out.read_text())


def test_the_desk_itself_sees_every_reason_and_the_voice(judged: Path) -> None:
    made = run("claims", judged, *AS_OF, "--format", "json").output

    changed = ("rejected", "linked", "corrected to affirmed", "credibility 3", "one voice with another")
    for told in (*changed, "graded C (STANAG 2511)"):
        assert f"{told} (A: {NAME} told us so)" in made
    assert "name:mara-quillfeather" in run("sources", judged, *AS_OF, "--format", "json").output


def test_reasons_stay_on_the_desk_though_nothing_on_it_carries_a_caveat(folder: Path) -> None:
    desk = Desk(folder)
    claim = claim_of(desk, "it had not recorded any diverted ships")
    desk.judgements.judge(claim, Verdict.REJECTED, by="A", why=f"{NAME} told us so", now=NOW)
    desk.close()

    made = run("claims", folder, *AS_OF, "--format", "json", *CLEAR).output

    assert "rejected by an analyst" in made
    assert NAME not in made


def test_a_voice_that_was_merged_with_a_hidden_one_goes_under_its_own_id(judged: Path) -> None:
    made = run("sources", judged, *AS_OF, "--format", "json", *CLEAR).output

    assert '"name:oda-plain"' in made
    assert "Oda Plain" in made


def test_what_was_issued_is_refused_to_those_who_may_not_see_all_of_it(judged: Path) -> None:
    assert run("assess", judged, *AS_OF, "--issue", "--by", "A").exit_code == 0

    for form in ("text", "json"):
        refused = run("assess", judged, *AS_OF, "--as-issued", *CLEAR, "--format", form)
        assert isinstance(refused.exception, UsageError)
        assert "without --as-issued" in str(refused.exception)
        assert not names_it(refused.output)
        assert run("assess", judged, *AS_OF, "--as-issued", "--format", form).exit_code == 0


def test_a_note_between_shifts_for_others_holds_no_reason_no_note_on_a_look_and_no_query_of_before(
    judged: Path,
) -> None:
    desk = Desk(judged)
    hidden, shown = claim_of(desk, "one line had"), claim_of(desk, "several lines had")
    for claim in (hidden, shown):
        desk.judgements.judge(claim, Verdict.ACCEPTED, by="A", why=f"{NAME} was there", now=NOW)
        desk.judgements.judge(claim, Verdict.REJECTED, by="B", why=f"{NAME} lies", now=NOW)
    desk.collection.look(None, "rerouted", by="L", day=LAST, found=False, note=f"{NAME} was asked", now=NOW)
    desk.close()
    signed = ("--by", "N", *AS_OF, "--since", "2023-02-15")
    assert run("handover", judged, *signed, "--query", f"Where is {NAME}?").exit_code == 0

    for form in ("text", "json"):
        made = run("handover", judged, *signed, *CLEAR, "--query", "Who pays?", "--format", form)
        assert made.exit_code == 0
        assert not names_it(made.output)
        assert hidden[:10] not in made.output
        assert shown[:10] in made.output
        assert "1 claim withheld: TLP:RED" in made.output
        assert "Who pays?" in made.output

    again = run("handover", judged, *signed).output
    assert f"1. Where is {NAME}?" in again
    assert f"{NAME} lies" in again


def test_a_replay_for_others_is_masked_day_by_day(judged: Path) -> None:
    desk = Desk(judged)
    whole, masked = (list(desk.history.replay(days=[LAST], to=to, now=NOW)) for to in (ALL, release(["TLP:CLEAR"])))
    desk.close()

    assert any(names_it(claim.content) for claim in whole[0].claims.values())
    assert not any(names_it(claim.content) for claim in masked[0].claims.values())
    assert whole[0].assessment.answer == masked[0].assessment.answer
    assert run("replay", judged, "--from", str(LAST), "--to", str(LAST), *CLEAR).exit_code == 0
