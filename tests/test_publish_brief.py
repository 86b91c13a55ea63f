"""The brief is one file that loads nothing, and every number leads to words."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

from tests.publishing import ASSESSMENT, CLAIMS, IDS, LINKED, RATINGS, REPORTS

from tocsin.model.report import Report
from tocsin.publish import brief
from tocsin.publish.case import Case
from tocsin.publish.sections import sections
from tocsin.publish.words import anchor

VOID = {"meta", "br", "rect"}


class Seen(HTMLParser):
    """What a browser would meet: ids, targets, attributes that load, tags left open."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self.loads: list[tuple[str, str, str | None]] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if found.get("id"):
            self.ids.append(found["id"] or "")
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]
        for name in ("src", "srcset", "data", "poster", "action", "background", "xlink:href"):
            if name in found:
                self.loads.append((tag, name, found[name]))
        href = found.get("href")
        if href is not None and href.startswith("#"):
            self.targets.append(href[1:])
        elif href is not None:
            self.links.append(found)
            if tag != "a":
                self.loads.append((tag, "href", href))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag


def seen(html: str) -> Seen:
    found = Seen()
    found.feed(html)
    found.close()
    return found


def rendered() -> str:
    return brief.render(ASSESSMENT, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=LINKED)


PAGE = rendered()


def test_the_file_is_well_formed_and_its_ids_are_unique() -> None:
    found = seen(PAGE)

    assert PAGE.startswith("<!doctype html>\n")
    assert found.open == []
    assert len(found.ids) == len(set(found.ids))


def test_every_inner_link_has_its_target() -> None:
    found = seen(PAGE)

    assert found.targets
    assert set(found.targets) <= set(found.ids)


def test_every_claim_on_the_board_leads_to_the_sentence_it_stands_in() -> None:
    found = seen(PAGE)
    claims = {anchor("claim", name) for line in ASSESSMENT.indicators for name in line.claims}

    assert claims <= set(found.ids)
    assert claims <= set(found.targets)
    assert "<mark>eleven landing craft had entered Port Sel</mark>" in PAGE
    assert "<u>denied</u> that <mark>its fleet had left the northern base</mark>" in PAGE


def test_the_file_loads_nothing_and_runs_nothing() -> None:
    found = seen(PAGE)

    assert found.loads == []
    assert found.handlers == []
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "image", "use", "foreignobject"} & set(
        found.tags
    )
    assert "@import" not in PAGE
    assert not re.search(r"url\((?!#)", PAGE)


def test_links_to_originals_give_nothing_away() -> None:
    links = seen(PAGE).links

    assert {link["href"] for link in links} == {report.url for report in REPORTS.values() if report.url}
    assert all(link["rel"] == "noreferrer noopener" for link in links)


def test_the_policy_allows_this_style_and_nothing_else() -> None:
    style = re.search("<style>(.*?)</style>", PAGE, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()

    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" in PAGE
    assert PAGE.count("<style") == 1


def test_sections_stand_in_the_order_of_the_page_and_the_headline_first() -> None:
    case = Case(ASSESSMENT, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=LINKED)
    keys = [f'id="section-{section.key}"' for section in sections(case)]
    places = [PAGE.index(key) for key in keys]

    assert places == sorted(places)
    assert PAGE.index('class="card"') < places[0]
    assert PAGE.index('id="words"') > places[-1]


def test_hostile_titles_and_texts_are_shown_as_words() -> None:
    """A report whose title and text try to break out of the page."""
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e\x1b[31m{{ 7*7 }}"
    victim = next(report for report in REPORTS.values() if report.title == "Landing craft gather at Port Sel")
    text = victim.text.replace("had entered Port Sel", "<b>had</b> entered it")
    hostile: Report = replace(victim, title=evil, outlet=evil, url="javascript:alert(1)", text=text)
    name = IDS["craft"]
    rating = replace(RATINGS[name], source_name=evil)
    html = brief.render(
        replace(ASSESSMENT, question=evil, resolution=evil),
        claims=CLAIMS,
        reports={**REPORTS, victim.id: hostile},
        ratings={**RATINGS, name: rating, IDS["sheds"]: replace(RATINGS[IDS["sheds"]], source_name=evil)},
        linked=LINKED,
    )
    found = seen(html)

    assert "script" not in found.tags
    assert "img" not in found.tags
    assert "b" not in found.tags[found.tags.index("main") :]
    assert found.loads == []
    assert all((link["href"] or "").startswith("https://") for link in found.links)
    assert "{{ 7*7 }}" in html
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", html)


def test_strange_ids_become_anchors_of_their_own() -> None:
    line = replace(ASSESSMENT.indicators[0], id='a" onclick="x', claims=("e 1", "e-1", 'x"><script>'))
    html = brief.render(replace(ASSESSMENT, indicators=(line,), watch=(), flip=None), claims={}, reports={})
    found = seen(html)

    assert found.handlers == []
    assert "script" not in found.tags
    assert len(found.ids) == len(set(found.ids))
    assert set(found.targets) <= set(found.ids)


def test_each_picture_says_in_words_what_it_shows() -> None:
    told = re.findall(r'<figure role="img" aria-label="([^"]+)"', PAGE)

    assert len(told) == 2
    assert "landing: 7.9 % by 30 April 2031" in told[0]
    assert "needs 20,000 to 30,000" in told[1]


def test_pictures_take_their_colours_from_the_page() -> None:
    pictures = "".join(re.findall("<svg.*?</svg>", PAGE, re.DOTALL))

    assert "var(--line-a)" in pictures
    assert "#0a0a0" not in pictures


def test_a_state_is_told_by_sign_and_words_and_not_by_colour_alone() -> None:
    for words in (
        "● disputed: 1 says so, 1 denies",
        "⊘ the opposite asserted",
        "○ looked for, not seen",
        "– nobody looked",
    ):
        assert words in PAGE


def test_the_same_assessment_gives_the_same_file() -> None:
    assert rendered() == PAGE


def test_without_curves_or_readings_there_are_no_pictures_and_the_rest_stands() -> None:
    bare = replace(
        ASSESSMENT,
        scenarios=tuple(replace(course, curve=(), p05_date=None) for course in ASSESSMENT.scenarios),
        figures=tuple(replace(figure, density=(), median=None, low=None, high=None) for figure in ASSESSMENT.figures),
    )
    html = brief.render(bare, claims={}, reports={})

    assert "<figure" not in html
    assert "nothing is pooled" in html


def test_a_brief_tells_its_readers_no_command_and_says_in_words_what_would_help() -> None:
    few = replace(
        LINKED,
        evidence=(),
        readings=(),
        set_aside=tuple((IDS["craft"], f"landing-craft: another place ({n})") for n in range(9)),
    )
    html = brief.render(
        replace(ASSESSMENT, not_covered=("landing-craft",)), claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=few
    )

    assert not re.search(r"tocsin [a-z]+ ", html)
    assert "What would help: " in html
    assert "a second look at what was set aside" in html
