"""What a search shows to readers, and what it withholds from them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tocsin.cli import cli
from tocsin.desk import Desk

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
