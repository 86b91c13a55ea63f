"""Tables: the same rows as text, JSON and CSV, and no formula for a spreadsheet to run."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from tests.publishing import ASSESSMENT, CLAIMS, IDS, LINKED, RATINGS, REPORTS

from tocsin.errors import UsageError
from tocsin.model.grade import Reliability
from tocsin.model.report import Source
from tocsin.publish import listing, tables

TABLES = {
    "board": listing.board(ASSESSMENT),
    "claims": listing.claims(CLAIMS.values(), REPORTS, RATINGS, LINKED),
    "figures": listing.figures(ASSESSMENT),
    "sources": listing.sources((), RATINGS, CLAIMS.values()),
}


@pytest.mark.parametrize("name", TABLES)
def test_json_and_csv_have_the_same_columns_and_rows(name: str) -> None:
    found = TABLES[name]
    objects = json.loads(tables.render(found, form="json"))
    rows = list(csv.DictReader(io.StringIO(tables.render(found, form="csv"))))

    assert len(objects) == len(rows) == len(found.rows) > 0
    assert list(objects[0]) == list(rows[0]) == list(found.columns)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("width", [80, 120])
def test_the_text_fits_its_width(name: str, width: int) -> None:
    lines = tables.render(TABLES[name], width=width).splitlines()

    assert len(lines) > len(TABLES[name].rows)
    assert max(len(line) for line in lines) <= width


def test_a_report_cannot_put_a_formula_into_a_spreadsheet() -> None:
    name = IDS["craft"]
    for attack in ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", " =1+1"):
        claim = replace(CLAIMS[name], content=attack)
        text = tables.render(listing.claims([claim], REPORTS, RATINGS, LINKED), form="csv")
        [row] = csv.DictReader(io.StringIO(text))

        assert row["content"].startswith("'")


def test_numbers_stay_numbers_in_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(tables.render(TABLES["board"], form="csv"))))

    assert [float(row["log_odds"]) for row in rows] == [0.62, -0.04, -0.31, 0.0]


def test_what_a_claim_counts_for_is_told() -> None:
    rows = {row["id"]: row["counts_for"] for row in json.loads(tables.render(TABLES["claims"], form="json"))}

    assert rows[IDS["craft"]] == ["landing-craft: present"]
    assert rows[IDS["sheds"]] == ["troops-at-port-sel: holding"]
    assert "set aside: somebody's assessment" in rows[IDS["judge"]]


def test_a_declared_source_that_was_never_heard_is_listed_with_none() -> None:
    silent = Source(id="silent", name="Silent", reliability={"": Reliability.B})
    rows = json.loads(tables.render(listing.sources([silent], RATINGS, CLAIMS.values()), form="json"))

    assert rows[0]["id"] == "silent"
    assert rows[0]["claims"] == 0
    assert sum(row["claims"] for row in rows) == len(CLAIMS)
    assert not any(row["declared"] for row in rows[1:])


def test_an_unknown_form_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="table, json or csv"):
        tables.render(TABLES["board"], form="xml")


def test_the_author_of_a_report_without_an_outlet_is_listed_with_the_report() -> None:
    name = IDS["craft"]
    claim = CLAIMS[name]
    report = replace(REPORTS[claim.report], title=None, outlet=None, text="Sitrep 4, north bank\nTwo craft left.")
    rating = replace(RATINGS[name], source="voice:0123456789:author", source_name="author")

    found = listing.sources((), {name: rating}, [claim], reports={claim.report: report})

    [row] = json.loads(tables.render(found, form="json"))
    shown = claim.report.removeprefix("sha256:")[:10]
    assert (row["name"], row["report"]) == ("author", f"Sitrep 4, north bank ({shown})")
    assert "Sitrep 4" in tables.render(found, width=120)
