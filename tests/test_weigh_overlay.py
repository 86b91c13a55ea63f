"""What people judge of fields, grades, digits and voices is laid over what was read, and never written into it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from tocsin.errors import UsageError
from tocsin.model.claim import Attribution, Bound, Claim, Figure, Modality, Polarity, Role
from tocsin.model.evidence import Rating, Says
from tocsin.model.grade import CREDIBILITY, KNOWS, Reliability, Wording
from tocsin.model.judgement import KINDS, Judgement, Ruling, Verdict, detail_of
from tocsin.model.report import Graded, Report, Source, Span, Voice, VoiceKind
from tocsin.model.time import Window
from tocsin.weigh import corrected, diagonal, in_force, overlay, ratings, relinks, rulings
from tocsin.weigh.corrected import apply, told, value_of
from tocsin.weigh.registry import FEWEST_DIGITS

AT = datetime(2022, 12, 20)  # noqa: DTZ001 - the store's moments are UTC without a zone
POST = Source(id="post", name="Valley Post", reliability={"": Reliability.B}, graded_by="G. Grader")
UNNAMED = Voice(name="a source", kind=VoiceKind.ANONYMOUS)


def said(subject: str, verdict: Verdict, *, by: str = "A", aspect: str = "", given: str = "") -> Judgement:
    return Judgement(
        subject=subject,
        kind=KINDS[verdict],
        value=verdict,
        by=by,
        at=AT,
        why="seen",
        detail=detail_of(aspect, given),
    )


def ruled(*judgements: Judgement) -> tuple[Ruling, ...]:
    return rulings(judgements)


def figure(low: float) -> Figure:
    return Figure(text=str(low), low=low, high=low, bound=Bound.EXACT, unit="person", of="men", span=Span(0, 2))


def claim(number: int = 1, *chain: Voice, content: str = "nine lorries stood at the gate") -> Claim:
    return Claim(
        id=f"c{number}",
        report=f"sha256:{number:012x}{0:052x}",
        span=Span(0, len(content)),
        sentence=Span(0, len(content)),
        content=content,
        cue=None,
        chain=chain or (Voice(name="Valley Post", kind=VoiceKind.MEDIA),),
        attribution=Attribution.LOCAL,
        figures=(figure(9), figure(40)),
    )


def rated(claims: list[Claim], *judgements: Judgement, sources: tuple[Source, ...] = (POST,)) -> dict[str, Rating]:
    reports = {
        one.report: Report(id=one.report, text=one.content, published=Window.on(date(2022, 12, int(one.id[1:]))))
        for one in claims
    }
    judged = overlay(ruled(*judgements))
    return ratings(claims, reports, in_force(sources, on=None, overlay=judged), judged=judged)


@pytest.mark.parametrize(
    ("aspect", "given", "changed"),
    [
        ("polarity", "denied", {"polarity": Polarity.DENIED}),
        ("modality", "planned", {"modality": Modality.PLANNED, "weight": 0.5}),
        ("role", "assessment", {"role": Role.ASSESSMENT}),
        ("places", "none", {"places": ()}),
    ],
)
def test_a_correction_changes_one_field_and_what_follows_from_it(
    aspect: str, given: str, changed: dict[str, object]
) -> None:
    before = claim()
    after = apply(before, aspect, given)

    for name in Claim.__dataclass_fields__:
        assert getattr(after, name) == changed.get(name, getattr(before, name)), name
    assert value_of(after, aspect) == given


def test_days_places_origins_and_figures_are_corrected_too() -> None:
    one = claim()

    when = apply(one, "when", "2022-12-01/2022-12-05").when
    assert when is not None
    assert (when.earliest, when.latest) == (date(2022, 12, 1), date(2022, 12, 5))
    assert [(p.name, p.country) for p in apply(one, "places", "Homyel; Nowhere at all").places] == [
        ("Homyel", "BY"),
        ("Nowhere at all", None),
    ]
    assert apply(one, "origin", "official: General Staff").origin == Voice(
        name="General Staff", kind=VoiceKind.OFFICIAL
    )
    second = apply(one, "figure 2", "20..30 vehicle").figures
    assert second[0] == one.figures[0]
    assert (second[1].low, second[1].high, second[1].bound, second[1].unit) == (20, 30, Bound.RANGE, "vehicle")
    assert apply(one, "figure 1", "..12").figures[0].bound is Bound.AT_MOST
    assert apply(one, "figure 1", "none").figures == (one.figures[1],)


def test_the_numbers_of_figures_are_those_of_the_claim_as_read_whatever_else_is_corrected() -> None:
    three = replace(claim(), figures=(figure(40), figure(70), figure(9000)))
    out = said("c1", Verdict.CORRECTED, aspect="figure 1", given="none")
    other = said("c1", Verdict.CORRECTED, aspect="figure 2", given="500")
    last = said("c1", Verdict.CORRECTED, aspect="figure 3", given="none")

    assert [one.low for one in corrected(three, ruled(out, other)).figures] == [500, 9000]
    assert [one.low for one in corrected(three, ruled(last, out, other)).figures] == [500]


@pytest.mark.parametrize(
    ("aspect", "given"),
    [
        ("polarity", "no"),
        ("colour", "red"),
        ("origin", "General Staff"),
        ("origin", "king: Arthur"),
        ("when", "yesterday"),
        ("when", "2022-12-05/2022-12-01"),
        ("places", " ; "),
        ("figure", "9"),
        ("figure 0", "9"),
        ("figure 3", "9"),
        ("figure ١", "9"),
        ("figure 1", "many"),
        ("figure 1", "12..9"),
        ("figure 1", ".."),
    ],
)
def test_what_cannot_be_corrected_is_refused_with_its_cure(aspect: str, given: str) -> None:
    with pytest.raises(UsageError, match=r"write|is none of|there is no"):
        apply(claim(), aspect, given)


def test_a_correction_that_fits_no_more_does_nothing_and_both_readings_are_told() -> None:
    one = claim()
    good, bad = (
        said("c1", Verdict.CORRECTED, aspect="polarity", given="denied"),
        said("c1", Verdict.CORRECTED, aspect="figure 7", given="3"),
    )
    judged = overlay(ruled(good, bad)).corrections["c1"]

    assert corrected(one, judged) == replace(one, polarity=Polarity.DENIED)
    assert told(one, judged)[0].told == "polarity read as affirmed, corrected to denied (A: seen)"


def test_corrections_of_different_fields_stand_together_and_of_one_field_dispute_each_other() -> None:
    polarity = said("c1", Verdict.CORRECTED, aspect="polarity", given="denied")
    role = said("c1", Verdict.CORRECTED, aspect="role", given="rumour", by="B")
    other = said("c1", Verdict.CORRECTED, aspect="polarity", given="affirmed", by="B")

    assert {one.aspect for one in overlay(ruled(polarity, role)).corrections["c1"]} == {"polarity", "role"}
    assert [one.aspect for one in overlay(ruled(polarity, role, other)).corrections["c1"]] == ["role"]
    assert [one.disputed for one in ruled(polarity, role, other)] == [False, True]


def test_a_link_holds_in_its_own_problem_alone() -> None:
    judged = overlay(ruled(said("c1", Verdict.LINKED, aspect="north", given="trains=absent; troops")))

    assert relinks(judged, "south") == {}
    assert relinks(judged, "north")["c1"].targets == (("trains", Says.ABSENT), ("troops", None))


def test_a_grade_counts_from_its_day_on_and_an_analysts_stands_above_the_files() -> None:
    later = Graded(since=date(2022, 12, 10), reliability={"": Reliability.D}, by="C")
    source = replace(POST, knows=0.8, grades=(later,))

    def letter(day: int | None, *judgements: Judgement) -> tuple[Reliability, float | None]:
        on = None if day is None else date(2022, 12, day)
        [found] = in_force([source], on=on, overlay=overlay(ruled(*judgements)))
        return found.reliability[""], found.knows

    assert [letter(day)[0].value for day in (9, 10, None)] == ["B", "D", "D"]
    regraded = said("post", Verdict.GRADED, given="A (STANAG 2511)")
    assert letter(10, regraded) == (Reliability.A, None)
    assert [letter(day)[1] for day in (9, 10)] == [0.8, None]
    assert letter(9, said("post", Verdict.GRADED, aspect="trains", given="A (STANAG 2511)")) == (Reliability.B, 0.8)


def test_a_voice_that_nobody_declared_has_no_number_until_it_is_graded() -> None:
    one = claim(1, Voice(name="Valley Post", kind=VoiceKind.MEDIA), Voice(name="Mayor Dub", kind=VoiceKind.OFFICIAL))

    assert rated([one])["c1"].knows is None
    graded = rated([one], said("name:mayor-dub", Verdict.GRADED, given="C (STANAG 2511)"))["c1"]
    assert (graded.reliability, graded.knows) == (Reliability.C, KNOWS[Reliability.C])
    assert "graded C" in graded.judged[-1].told


def test_unnamed_voices_are_apart_until_a_person_merges_them() -> None:
    outlet = Voice(name="Valley Post", kind=VoiceKind.MEDIA)
    items = [claim(number, outlet, UNNAMED, content=f"report {number} speaks of other things") for number in (1, 2, 3)]
    before = rated(items)
    first, second, third = (before[one.id].source for one in items)
    after = rated(items, said(first, Verdict.MERGED, aspect=second))

    assert len({first, second, third}) == 3
    assert after["c1"].source == after["c2"].source != after["c3"].source
    assert "one voice" in after["c2"].judged[0].told
    chain = rated(items, said(first, Verdict.MERGED, aspect=second), said(second, Verdict.MERGED, aspect=third))
    assert len({rating.source for rating in chain.values()}) == 1
    known = rated(items, said("post", Verdict.MERGED, aspect=first))
    assert (known["c1"].source, known["c1"].reliability) == ("post", Reliability.B)


@pytest.mark.parametrize("digit", list(CREDIBILITY))
def test_a_digit_scales_the_item_and_never_lifts_it(digit: int) -> None:
    found = rated([claim()], said("c1", Verdict.RATED, given=str(digit)))["c1"]

    assert (found.credibility, found.weight) == (digit, CREDIBILITY[digit])
    assert found.weight <= rated([claim()])["c1"].weight
    assert CREDIBILITY[6] == CREDIBILITY[1] == 1.0


def test_a_digit_by_the_grader_of_the_source_does_not_count() -> None:
    found = rated([claim()], said("c1", Verdict.RATED, by="g. grader", given="5"))["c1"]

    assert (found.credibility, found.weight) == (None, 1.0)
    assert "does not count" in found.judged[-1].told
    graded = said("post", Verdict.GRADED, by="A", given="C (STANAG 2511)")
    assert rated([claim()], graded, said("c1", Verdict.RATED, by="A", given="5"))["c1"].credibility is None


def test_within_an_echo_a_one_is_taken_as_two_for_the_original_and_for_the_copy() -> None:
    words = "nine grey lorries stood at the gate of the mill for three nights in a row"
    copy = claim(2, Voice(name="Night Sheet", kind=VoiceKind.MEDIA), content=words)
    items = [claim(1, content=words), copy]
    digits = (said("c1", Verdict.RATED, given="1"), said("c2", Verdict.RATED, given="1"))
    found = rated(items, *digits)

    assert found["c2"].echo_of == "c1"
    assert [found[name].credibility for name in ("c1", "c2")] == [2, 2]
    assert rated(items[:1], digits[0])["c1"].credibility == 1


@pytest.mark.parametrize("given", ["", "7", "x", "9 lives", "one"])
def test_what_another_program_wrote_as_grade_or_digit_is_passed_over(given: str) -> None:
    judged = overlay(ruled(said("post", Verdict.GRADED, given=given), said("c1", Verdict.RATED, given=given)))

    assert (judged.grades, judged.digits) == ({}, {})


def test_letters_that_predict_the_digits_are_warned_of() -> None:
    def found(pairs: list[tuple[Reliability, int]]) -> bool:
        return diagonal(
            {
                str(n): Rating(
                    claim=str(n), source="s", source_name="S", reliability=letter, knows=None, credibility=digit
                )
                for n, (letter, digit) in enumerate(pairs)
            }
        ).warned

    straight = [(Reliability.B, 2), (Reliability.C, 3)] * (FEWEST_DIGITS // 2)
    crossed = [(Reliability.B, 3), (Reliability.C, 2)] * (FEWEST_DIGITS // 2)

    assert found(straight)
    assert not found(straight[:-1])
    assert not found(crossed)
    assert not found([(Reliability.B, 2)] * FEWEST_DIGITS)


def test_two_who_regrade_differently_change_nothing() -> None:
    one = said("post", Verdict.GRADED, given="D (STANAG 2511)")
    other = said("post", Verdict.GRADED, by="B", given="A (STANAG 2511)")
    [source] = in_force([POST], on=None, overlay=overlay(ruled(one, other)))

    assert source == POST
    assert source.wording is Wording.STANAG_2511
