"""The brief as Markdown tells the same story, and no text of a report becomes markup in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from tests.publishing import ASSESSMENT, CLAIMS, IDS, LINKED, RATINGS, REPORTS

from tocsin.cli import cli
from tocsin.publish import markdown
from tocsin.publish.case import Case
from tocsin.publish.sections import sections
from tocsin.publish.story import Points

HOSTILE = [
    "# big",
    "- item",
    "1. first",
    "> quote",
    "[here](http://evil.example)",
    "![x](http://evil.example/p.png)",
    "<img src=x onerror=alert(1)>",
    "a | b | c",
    "*so* _and_ ~~so~~ `code`",
    "see http://evil.example or www.evil.example or <http://evil.example>",
    "line one\nline two\n\n# three",
    "```",
    "\\[x\\](y)",
]


def made() -> str:
    return markdown.render(ASSESSMENT, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=LINKED)


def kinds(text: str) -> list[str]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = [inner for token in parser.parse(text) for inner in (token, *(token.children or []))]
    return [token.type for token in tokens]


def test_every_section_stands_in_it_in_the_order_of_the_page_with_the_answer_first() -> None:
    case = Case(ASSESSMENT, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=LINKED)
    places = [made().index(f"\n## {section.title}\n") for section in sections(case)]

    assert places == sorted(places)
    assert made().startswith(f"# {ASSESSMENT.question}\n")
    assert "**Very unlikely: 8.3 % (3.1 % to 19 %) by 30 April 2031 inclusive.**" in made()
    assert "| within 7 days | 0.03 % |" in made()


def test_it_is_read_as_headings_lists_and_tables_and_names_no_command() -> None:
    found = kinds(made())
    case = Case(ASSESSMENT, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=LINKED)
    points = [block for section in sections(case) for block in section.blocks if isinstance(block, Points)]

    assert {"heading_open", "bullet_list_open", "table_open"} <= set(found)
    assert found.count("list_item_open") == sum(1 + len(point.notes) for block in points for point in block.points)
    assert "tocsin claims" not in made()


def test_each_claim_has_its_number_and_stands_in_its_words_at_the_end() -> None:
    words = made().split("## The words")[1]

    assert "\\[1\\] " in words
    assert "eleven landing craft had entered Port Sel" in words


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_report_becomes_markup(text: str) -> None:
    name = IDS["craft"]
    claims = {**CLAIMS, name: replace(CLAIMS[name], content=text)}
    plain = markdown.render(ASSESSMENT, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=LINKED)
    hostile = markdown.render(
        replace(ASSESSMENT, question=text, resolution=text),
        claims=claims,
        reports=REPORTS,
        ratings=RATINGS,
        linked=LINKED,
    )

    assert hostile != plain
    assert {kind: kinds(hostile).count(kind) for kind in ("heading_open", "list_item_open", "td_open")} == {
        kind: kinds(plain).count(kind) for kind in ("heading_open", "list_item_open", "td_open")
    }
    assert not {"link_open", "image", "html_inline", "html_block", "fence", "code_inline"} & set(kinds(hostile))
    assert not {"em_open", "s_open", "blockquote_open"} & set(kinds(hostile))
    assert "http://" not in hostile
    assert "www." not in hostile


def test_the_command_writes_markdown_by_the_name_of_the_file_or_when_asked(folder: Path, tmp_path: Path) -> None:
    words = ["brief", str(folder), "--as-of", "2023-02-20", "-o"]
    asked: tuple[tuple[Path, list[str]], ...] = (
        (tmp_path / "brief.md", []),
        (tmp_path / "brief.txt", ["--format", "markdown"]),
    )
    for target, more in asked:
        assert CliRunner().invoke(cli, [*words, str(target), *more]).exit_code == 0
        assert target.read_text(encoding="utf-8").startswith("# ")
    refused = CliRunner().invoke(cli, [*words, str(tmp_path / "brief.pdf")])

    assert ".html and .md" in str(refused.exception)
    assert CliRunner().invoke(cli, [*words, "-"]).stdout.startswith("<!doctype html>")
