"""What carries a caveat is withheld from those who are not cleared for it: counted, and never shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import msgspec
import pytest
from tests.publishing import ASSESSMENT, CLAIMS, IDS, LINKED, RATINGS, REPORTS

from tocsin.model.assessment import Driver
from tocsin.model.report import Report, Source, VoiceKind
from tocsin.publish import brief, listing, page, tables, why
from tocsin.publish.handling import ALL, PUBLIC, Release, Tlp, caveat, release
from tocsin.publish.masking import Case, masked

FIRST = next(iter(REPORTS))  # the Harbour Post: landing craft, a dock worker, a denial
POST = [IDS["craft"], IDS["sheds"], IDS["fleet"]]
GUARD = Source(id="coast-guard", name="Ostmere coast guard", aliases=("coast guard of Ostmere",), handling="TLP:RED")


def case(*, handling: str | None = None, sources: tuple[Source, ...] = ()) -> Case:
    reports: Mapping[str, Report] = {**REPORTS, FIRST: replace(REPORTS[FIRST], handling=handling)}
    return Case(claims=CLAIMS, reports=reports, ratings=RATINGS, linked=LINKED, sources=sources, assessment=ASSESSMENT)


def products(shown: Case) -> str:
    """Everything that is made of a case, in one string."""
    found = shown.assessment
    assert found is not None
    parts = {"claims": shown.claims, "reports": shown.reports, "ratings": shown.ratings, "linked": shown.linked}
    return "\n".join(
        (
            page.render(found, claims=shown.claims, reports=shown.reports, ratings=shown.ratings, linked=shown.linked),
            brief.render(found, claims=shown.claims, reports=shown.reports, ratings=shown.ratings, linked=shown.linked),
            tables.render(
                listing.claims(shown.claims.values(), shown.reports, shown.ratings, shown.linked), form="json"
            ),
            tables.render(listing.figures(found), form="json"),
            tables.render(listing.sources(shown.sources, shown.ratings, shown.claims.values()), form="json"),
            why.render(
                found,
                "landing-craft",
                claims=shown.claims,
                reports=shown.reports,
                ratings=shown.ratings,
                linked=shown.linked,
            ),
            msgspec.json.encode(parts).decode(),
            msgspec.json.encode(found).decode(),
        )
    )


@pytest.mark.parametrize(
    ("text", "level", "words"),
    [
        (None, Tlp.CLEAR, set[str]()),
        ("TLP:RED", Tlp.RED, set()),
        ("tlp:amber+strict", Tlp.AMBER_STRICT, set()),
        ("TLP: AMBER + STRICT", Tlp.AMBER_STRICT, set()),
        ("TLP:WHITE", Tlp.CLEAR, set()),
        ("amber", Tlp.AMBER, set()),
        ("TLP:GREEN; TLP:RED", Tlp.RED, set()),
        ("TLP:AMBER (not to the press)", Tlp.AMBER, {"not to the press"}),
        ("source at risk", Tlp.CLEAR, {"source at risk"}),
        ("TLP:PURPLE", Tlp.CLEAR, {"tlp:purple"}),
        ("TLP:REDACTED", Tlp.CLEAR, {"tlp:redacted"}),
        ("TLP:AMBER+STRICTER", Tlp.CLEAR, {"tlp:amber+stricter"}),
    ],
)
def test_a_caveat_is_a_label_words_or_both(text: str | None, level: Tlp, words: set[str]) -> None:
    found = caveat(text)

    assert found.level is level
    assert found.words == words


def test_no_label_covers_a_caveat_in_words() -> None:
    marked = caveat("source at risk")

    assert not Release(Tlp.RED).covers(marked)
    assert release(["Source at  risk"]).covers(marked)
    assert ALL.covers(marked)


def test_each_label_covers_those_below_it_and_none_above() -> None:
    for cleared in Tlp:
        for marked in Tlp:
            assert Release(cleared).covers(caveat(marked.label)) == (marked <= cleared)


def test_a_desk_without_caveats_is_shown_as_it_stands() -> None:
    whole = case()

    shown, gone = masked(whole, to=PUBLIC)

    assert shown is whole
    assert not gone


def test_of_a_withheld_report_no_word_no_voice_no_figure_and_no_id_is_left() -> None:
    shown, gone = masked(case(handling="TLP:RED"), to=Release(Tlp.AMBER))
    made = products(shown)

    assert gone.told() == "3 claims withheld: TLP:RED; 1 report withheld: TLP:RED"
    for secret in (
        "eleven landing craft",
        "about 4,000",
        "4000.0",
        "dock worker",
        "Harbour Post",
        "harbour-post",
        "coast guard",
        "northern base",
        FIRST,
        *POST,
    ):
        assert secret not in made, secret
    assert "Satellite pictures" in made
    assert made.count("withheld: TLP:RED") >= 3


def test_the_answer_is_the_same_for_every_reader() -> None:
    shown, _ = masked(case(handling="TLP:RED"), to=PUBLIC)

    assert shown.assessment is not None
    assert shown.assessment.answer == ASSESSMENT.answer
    assert [line.log_odds for line in shown.assessment.indicators] == [x.log_odds for x in ASSESSMENT.indicators]
    assert [len(line.claims) for line in shown.assessment.indicators] == [len(x.claims) for x in ASSESSMENT.indicators]
    assert len(shown.claims) == len(CLAIMS)


def test_a_protected_voice_is_gone_and_its_report_stays() -> None:
    shown, gone = masked(case(sources=(GUARD,)), to=PUBLIC)
    made = products(shown)

    assert gone.told() == "1 claim withheld: TLP:RED; 1 source withheld: TLP:RED"
    for secret in ("eleven landing craft", "coast guard", "coast-guard", "entered Port Sel", IDS["craft"]):
        assert secret not in made, secret
    assert "soldiers slept in the sheds" in made
    assert shown.reports[FIRST].text.count("\n") == REPORTS[FIRST].text.count("\n")


def test_what_is_shown_still_stands_at_its_span() -> None:
    shown, _ = masked(case(sources=(GUARD,)), to=PUBLIC)

    for claim in shown.claims.values():
        if not claim.id.startswith("withheld"):
            assert claim.content == shown.reports[claim.report].text[claim.span.start : claim.span.stop]


def test_a_protected_name_is_blocked_out_wherever_it_stands() -> None:
    watch = Source(id="strait-watch", name="Strait Watch", kind=VoiceKind.MEDIA, handling="eyes of the team only")
    shown, gone = masked(case(sources=(watch,)), to=Release(Tlp.RED))
    made = products(shown)

    assert gone.told() == "3 claims withheld: a caveat in words; 1 source withheld: a caveat in words"
    assert "Strait Watch" not in made
    assert "strait-watch" not in made
    assert "eyes of the team" not in made
    assert "withheld has imagery" in " ".join(made.split())


def test_an_indicator_that_is_called_like_a_withheld_source_keeps_its_name() -> None:
    named = Source(id="landing-craft", name="Crane One", handling="TLP:RED")
    ratings = {**RATINGS, IDS["craft"]: replace(RATINGS[IDS["craft"]], source="landing-craft", source_name="Crane One")}

    shown, gone = masked(replace(case(sources=(named,)), ratings=ratings), to=PUBLIC)

    assert IDS["craft"] in gone.claims
    assert shown.assessment is not None
    assert [line.id for line in shown.assessment.indicators] == [line.id for line in ASSESSMENT.indicators]
    assert {item.indicator for item in shown.linked.evidence} == {item.indicator for item in LINKED.evidence}


def test_parts_of_a_protected_body_are_protected_with_it() -> None:
    parent = Source(id="service", name="The Service", handling="TLP:RED")
    part = replace(GUARD, handling=None, part_of="service")

    _, gone = masked(case(sources=(parent, part)), to=PUBLIC)

    assert IDS["craft"] in gone.claims


def test_a_claim_in_the_same_sentence_goes_with_the_protected_voice() -> None:
    beside = replace(CLAIMS[IDS["craft"]], id="beside", chain=CLAIMS[IDS["craft"]].chain[:1])
    whole = case(sources=(GUARD,))
    _, gone = masked(replace(whole, claims={**whole.claims, "beside": beside}), to=PUBLIC)

    assert set(gone.claims) == {IDS["craft"], "beside"}


def test_those_who_are_cleared_see_everything() -> None:
    whole = case(handling="TLP:RED", sources=(GUARD,))

    assert masked(whole, to=Release(Tlp.RED))[0] is whole
    assert masked(case(handling="in words"), to=ALL)[1].told() == ""


def test_a_near_miss_in_a_withheld_report_is_no_hint_for_those_who_may_not_see_it() -> None:
    told = case(handling="TLP:RED")
    near = ((IDS["craft"], "embarkation: landing craft"), (IDS["tents"], "embarkation: troops aboard"))
    shown, _ = masked(replace(told, linked=replace(told.linked, near=near)), to=PUBLIC)

    assert shown.linked.near == near[1:]


def test_nothing_says_that_an_origin_others_may_hear_said_what_is_withheld_too() -> None:
    whole = case(handling="TLP:RED")  # the ministry's denial in it is withheld, its word on drills elsewhere is not
    found = whole.assessment
    assert found is not None
    moved = (*found.drivers, Driver(kind="source", id="karvia-mod", log_odds=-0.4, text="without it: 9 %"))

    shown, _ = masked(replace(whole, assessment=replace(found, drivers=moved)), to=PUBLIC)

    assert shown.assessment is not None
    assert [echo.claims for echo in shown.assessment.echoes] == [(IDS["field"],)]
    assert [driver.id for driver in shown.assessment.drivers if driver.log_odds == -0.4] == ["withheld"]
    assert "2 claims lead back" not in products(shown)
