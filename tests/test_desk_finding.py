"""What a search shows to readers, and what it withholds from them."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tocsin.cli import cli
from tocsin.desk import Desk
from tocsin.model.judgement import Verdict

NOW = datetime(2023, 3, 1)  # noqa: DTZ001 - the store's moments are UTC without a zone


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture
def marked(desk: Desk, folder: Path) -> Path:
    """A desk with one report that carries a caveat."""
    said = b"The cranes of pier nine stand still, the harbour master said on 17 February 2023."
    desk.add([("amber.txt", lambda: said)], handling="TLP:AMBER", now=NOW)
    return folder


def test_the_caveat_stands_beside_what_carries_it(marked: Path) -> None:
    [hit] = json.loads(run("search", marked, "cranes", "--format", "json").stdout)

    assert hit["handling"] == "TLP:AMBER"
    assert "TLP:AMBER" in run("search", marked, "cranes").stdout


def test_what_readers_are_not_cleared_for_is_withheld_and_counted(marked: Path) -> None:
    green = run("search", marked, "cranes", "--release", "TLP:GREEN")
    amber = run("search", marked, "cranes", "--release", "TLP:AMBER")

    assert "pier" not in green.output
    assert "withheld: TLP:AMBER" in green.stderr
    assert "pier nine" in amber.stdout
    assert run("search", marked, "Norhaven", "--release", "TLP:GREEN").stdout.count("\n") > 3


def test_the_audit_trail_names_who_judged_and_why(desk: Desk, folder: Path) -> None:
    claim = next(hit.claim for hit in desk.search("port")[0] if hit.claim)
    run("judge", folder, claim, "--reject", "--by", "A. Analyst", "--why", "misread")
    [act] = json.loads(run("audit", folder, "--subject", claim, "--format", "json").stdout)

    assert (act["who"], act["what"], act["why"]) == ("A. Analyst", "judge", "misread")
    assert "A. Analyst" in run("audit", folder).stdout


def test_words_that_nothing_holds_and_a_day_after_the_question_are_said(folder: Path) -> None:
    searched = CliRunner().invoke(cli, ["search", str(folder), "zeppelin"])
    late = CliRunner().invoke(cli, ["assess", str(folder), "--as-of", "2030-01-01"])

    assert searched.stdout == "nothing found for zeppelin\n"
    assert late.exit_code == 0
    assert "2030-01-01 lies after the last day of the question" in late.stderr


def test_a_corrected_claim_is_found_with_the_voice_that_counts(desk: Desk) -> None:
    claim = next(one for one in desk.linkage(as_of=NOW.date()).stream.claims if one.origin.name)
    word = max(re.findall(r"[A-Za-z]+", claim.content), key=len)
    desk.judgements.judge(
        claim.id, Verdict.CORRECTED, by="A", why="read", now=NOW, aspect="origin", given="official: Harbour master"
    )
    hits, _ = desk.search(word)

    assert [hit.origin for hit in hits if hit.claim == claim.id] == ["Harbour master (corrected)"]
