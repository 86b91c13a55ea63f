"""Claims as other programs read them: the keys, their order, and lines that stay lines."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.publishing import CLAIMS, IDS, REPORTS

from tocsin.model.claim import Extraction, NotUnderstood, PlaceMention, When
from tocsin.model.report import Span
from tocsin.publish import extraction

REPORT = next(report for report in REPORTS.values() if report.outlet == "The Harbour Post")
FOUND = Extraction(
    report=REPORT.id,
    claims=tuple(claim for claim in CLAIMS.values() if claim.report == REPORT.id),
    figures=CLAIMS[IDS["sheds"]].figures,
    not_understood=(NotUnderstood(span=Span(0, 4), reason="a heading"),),
    extractor="tocsin 0.1 en",
)
KEYS = [
    "schema",
    "id",
    "report",
    "span",
    "sentence",
    "content",
    "cue",
    "chain",
    "attribution",
    "polarity",
    "modality",
    "role",
    "hedge",
    "weight",
    "figures",
    "when",
    "places",
    "extractor",
]


def test_a_claim_has_the_keys_of_the_interface_in_their_order() -> None:
    lines = [json.loads(line) for line in extraction.jsonl(REPORT, FOUND).splitlines()]

    assert len(lines) == len(FOUND.claims)
    assert all(list(line) == KEYS for line in lines)
    assert list(lines[1]["figures"][0]) == ["text", "low", "high", "bound", "unit", "of", "change", "span", "per"]
    assert lines[1]["figures"][0]["low"] == 4000
    assert isinstance(lines[1]["figures"][0]["low"], int)


def test_the_header_carries_the_text_that_offsets_count_in() -> None:
    head, *claims = (json.loads(line) for line in extraction.jsonl(REPORT, FOUND, with_text=True).splitlines())

    assert head["published"] == "2031-03-11"
    assert all(head["text"][slice(*claim["span"])] == claim["content"] for claim in claims)
    assert "figures" not in head


def test_the_header_carries_every_figure_if_asked() -> None:
    head = json.loads(extraction.jsonl(REPORT, FOUND, with_text=True, figures=True).splitlines()[0])

    assert [figure["text"] for figure in head["figures"]] == ["about 4,000"]


def test_a_line_break_of_any_kind_inside_a_text_never_breaks_a_line() -> None:
    nasty = "one\u2028two\u2029three\x85four\x0bfive\nsix \U0001f600 ґ\u202eend"
    claim = replace(FOUND.claims[0], content=nasty, hedge=nasty)
    text = extraction.jsonl(REPORT, replace(FOUND, claims=(claim,)))

    assert len(text.splitlines()) == 1
    assert json.loads(text)["content"] == nasty
    assert "ґ" in text


def test_times_places_and_parts_are_written_out() -> None:
    claim = replace(
        FOUND.claims[0],
        when=When(text="now", earliest=None, latest=None),
        places=(PlaceMention(text="Sel", name="Port Sel", country=None, lat=None, lon=None, span=Span(1, 4)),),
        parts=(Span(1, 2), Span(3, 4)),
        because=("“denied” denies",),
    )
    line = extraction.claim_json(claim)

    assert line["when"] == {"text": "now", "earliest": None, "latest": None}
    assert line["places"] == [
        {"text": "Sel", "name": "Port Sel", "country": None, "lat": None, "lon": None, "span": [1, 4]}
    ]
    assert line["parts"] == [[1, 2], [3, 4]]
    assert list(line)[: len(KEYS)] == KEYS


def test_the_table_names_voice_kind_and_words_and_what_was_not_understood() -> None:
    text = extraction.table(REPORT, FOUND, width=120)

    assert "a dock worker" in text
    assert "denied" in text
    assert "one passage: a heading" in text
    assert max(len(line) for line in text.splitlines()) <= 120


def test_an_empty_extraction_gives_no_line() -> None:
    assert extraction.jsonl(REPORT, replace(FOUND, claims=())) == ""
