from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date
from typing import TypedDict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.link import link
from tocsin.model.claim import (
    Attribution,
    Bound,
    Change,
    Claim,
    Figure,
    Modality,
    PlaceMention,
    Polarity,
    Role,
    When,
)
from tocsin.model.evidence import Linked, Rating, Reading, ReadingRole, Says
from tocsin.model.grade import Reliability
from tocsin.model.problem import Chance as Odds
from tocsin.model.problem import FigurePart, FigureQuestion, Gate, Indicator, WarningProblem, Watch
from tocsin.model.report import Report, Span, Voice, VoiceKind
from tocsin.model.time import Window

EVEN = Odds(point=0.5, low=0.4, high=0.6, text="roughly even")
GROUPS = Indicator(
    id="groups",
    statement="Strike groups are being formed in Belarus",
    watch=Watch(
        phrases={"en": ("strike group", "assault grouping")},
        lookalikes=("carrier strike group",),
        counter={"en": ("strike groups were disbanded", "withdrawn from Belarus")},
        where=("Belarus",),
        who=("Russian forces",),
    ),
    seen_first={},
    leads={},
)
HOSPITALS = Indicator(
    id="hospitals",
    statement="Field hospitals are set up",
    watch=Watch(phrases={"en": ("field hospital",), "uk": ("польовий госпіталь",)}),
    seen_first={},
    leads={},
)
DECISION = Gate(
    id="decision", statement="The order is given", probability=EVEN, watch=Watch(phrases={"en": ("ordered an attack",)})
)
TROOPS = FigureQuestion(id="troops", of="Russian troops", unit="person", where=("Belarus",), expect=(1000, 200000))
PROBLEM = WarningProblem(
    id="north",
    question="Will Russia attack Ukraine on the ground from Belarus?",
    resolution="Battalions cross the border.",
    opened=date(2022, 11, 20),
    by=date(2022, 12, 31),
    yardstick="ICD 203",
    scenarios=(),
    gates=(DECISION,),
    indicators=(GROUPS, HOSPITALS),
    figures=(TROOPS,),
)
COUNTRIES = {
    "Belarus": "BY",
    "Homyel": "BY",
    "Brest": "BY",
    "Kupiansk": "UA",
    "Ukraine": "UA",
    "Bryansk": "RU",
    "Kursk": "RU",
    "Poland": "PL",
    "Springfield": None,
}
PUBLISHED = date(2022, 12, 2)
NUMBER = re.compile(r"\d[\d,]*")


def report(text: str, *, lang: str | None = "en", day: date | None = PUBLISHED, name: str = "a") -> Report:
    window = Window.on(day) if day else None
    return Report(id=f"sha256:{name}", text=text, lang=lang, published=window)


def claims(of: Report) -> list[Claim]:
    """One claim per sentence, with its places and its counts of persons."""
    found: list[Claim] = []
    for sentence in re.finditer(r"[^.\n]+", of.text):
        start = sentence.start() + len(sentence.group()) - len(sentence.group().lstrip())
        span = Span(start, sentence.end())
        content = of.text[span.start : span.stop]
        places = tuple(
            PlaceMention(text=name, name=name, country=code, lat=None, lon=None, span=Span(*mention.span()))
            for name, code in COUNTRIES.items()
            for mention in re.finditer(rf"\b{name}\b", of.text)
            if span.start <= mention.start() < span.stop
        )
        figures = tuple(
            count(of.text, span, number)
            for number in NUMBER.finditer(of.text)
            if span.start <= number.start() < span.stop
        )
        found.append(
            Claim(
                id=f"{of.id[7:]}{start}",
                report=of.id,
                span=span,
                sentence=span,
                content=content,
                cue=None,
                chain=(Voice(name="Staff", kind=VoiceKind.OFFICIAL),),
                attribution=Attribution.LOCAL,
                figures=figures,
                places=tuple(sorted(places, key=lambda mention: mention.span)),
            )
        )
    return found


def count(text: str, span: Span, number: re.Match[str]) -> Figure:
    """A count of what the words behind the number name, up to the next "and", comma or number."""
    rest = re.split(r",| and |\d|\(", text[number.end() : span.stop], maxsplit=1)[0].strip()
    value = float(number.group().replace(",", ""))
    return Figure(
        text=number.group(),
        low=value,
        high=value,
        bound=Bound.EXACT,
        unit="person",
        of=rest or None,
        span=Span(*number.span()),
    )


def rating(claim: Claim, *, echo_of: str | None = None, source: str = "staff") -> Rating:
    return Rating(
        claim=claim.id,
        source=source,
        source_name="Staff",
        reliability=Reliability.B,
        knows=0.75,
        weight=claim.weight,
        echo_of=echo_of,
        copy_probability=0.9 if echo_of else 0.0,
    )


class Changes(TypedDict, total=False):
    """Fields of a claim that a test sets."""

    role: Role
    modality: Modality
    polarity: Polarity
    weight: float
    when: When | None
    figures: tuple[Figure, ...]


def linked(text: str, changes: Changes | None = None, *, lang: str = "en") -> Linked:
    """Link a text of which every sentence is one claim; the changes apply to the last of them."""
    of = report(text, lang=lang)
    items = claims(of)
    items[-1] = replace(items[-1], **(changes or {}))
    return link(items, {item.id: rating(item) for item in items}, {of.id: of}, PROBLEM)


def says(text: str, changes: Changes | None = None, *, lang: str = "en") -> list[tuple[str, str]]:
    return [(item.indicator, item.says.value) for item in linked(text, changes, lang=lang).evidence]


def readings(text: str, changes: Changes | None = None, *, lang: str = "en") -> list[Reading]:
    return list(linked(text, changes, lang=lang).readings)


def reasons(text: str, changes: Changes | None = None, *, lang: str = "en") -> str:
    return "; ".join(reason for _, reason in linked(text, changes, lang=lang).set_aside)


SEEN = "A strike group is being formed in Belarus"


@pytest.mark.parametrize(
    "text",
    [
        SEEN,
        "Strike groups were seen in Belarus",
        "The STRIKE-GROUPS stand near Homyel",
        "Two strike (assault) and other groups, among them an assault grouping, stand in Belarus",
        "Russian assault groupings are being formed in Brest",
    ],
)
def test_a_phrase_is_found_in_any_case_and_ending(text: str) -> None:
    assert says(text) == [("groups", "present")]


@pytest.mark.parametrize(
    "text",
    [
        "A strike by a group of miners in Belarus",
        "A carrier strike group is near Belarus",
        "A striking groupie in Belarus",
    ],
)
def test_other_words_and_look_alikes_are_not_found(text: str) -> None:
    assert linked(text).unlinked == 1


def test_evidence_says_which_words_matched_and_why() -> None:
    (item,) = linked(SEEN).evidence

    assert item.words == ("strike group",)
    assert item.id == f"{item.claim}:groups"
    assert "affirmed" in item.because
    assert "Belarus" in item.because


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"polarity": Polarity.DENIED}, "absent"),
        ({"modality": Modality.POSSIBLE, "weight": 0.2}, "present"),
        ({"modality": Modality.UNLIKELY}, "absent"),
        ({"modality": Modality.UNLIKELY, "polarity": Polarity.DENIED}, "ambiguous"),
        ({"role": Role.EVENT}, "present"),
    ],
)
def test_polarity_and_modality_decide_what_is_said(changes: Changes, expected: str) -> None:
    assert says(SEEN, changes) == [("groups", expected)]


def test_a_hedge_weakens_and_never_turns_a_sighting() -> None:
    (sure,) = linked(SEEN).evidence
    (hedged,) = linked(SEEN, {"modality": Modality.LIKELY, "weight": 0.4}).evidence

    assert (hedged.says, sure.says) == (Says.PRESENT, Says.PRESENT)
    assert hedged.weight < sure.weight


@pytest.mark.parametrize(
    "changes",
    [
        *({"role": role} for role in Role if role not in (Role.OBSERVATION, Role.EVENT)),
        *(
            {"modality": modality}
            for modality in (
                Modality.PLANNED,
                Modality.CONDITIONAL,
                Modality.HYPOTHETICAL,
                Modality.QUESTION,
                Modality.REPORTED_RUMOUR,
            )
        ),
    ],
)
def test_only_what_was_seen_or_happened_is_evidence(changes: Changes) -> None:
    result = linked(SEEN, changes)

    assert result.evidence == ()
    assert len(result.set_aside) == 1
    assert result.set_aside[0][1].startswith("groups: ")
    assert result.unlinked == 0


@pytest.mark.parametrize(
    "text", ["Strike groups were disbanded in Belarus", "Russian strike groups were withdrawn from Belarus"]
)
def test_the_opposite_asserted_is_absent_and_shown_as_counter(text: str) -> None:
    (item,) = linked(text).evidence
    (denied,) = linked(text, {"polarity": Polarity.DENIED}).evidence

    assert (item.says, item.counter) == (Says.ABSENT, True)
    assert (denied.says, denied.counter) == (Says.AMBIGUOUS, False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A strike group stands near Kupiansk", False),
        ("A strike group from Belarus stands near Kupiansk", False),
        ("Nothing moved in Belarus. A strike group stands near Kupiansk", False),
        ("A strike group stands near Brest, not far from Poland", True),
        ("Trains came to Belarus. A strike group is being formed there", True),
        ("Trains came to Kupiansk. A strike group is being formed there", False),
        ("Trains came to Belarus.\nElsewhere there was rain.\nA strike group is being formed", True),
        ("Trains came to Poland.\nElsewhere there was rain.\nA strike group is being formed", False),
        ("On Belarusian roads Russian strike groups were seen", True),
        ("Poland said that a strike group stands in Belarus", True),
    ],
)
def test_a_claim_about_another_place_does_not_count(text: str, *, found: bool) -> None:
    result = linked(text)

    assert bool(result.evidence) is found
    assert bool(result.set_aside) is not found


def test_the_further_away_the_place_is_said_the_less_the_claim_weighs() -> None:
    said, before, somewhere = (
        linked(text).evidence[0].weight
        for text in (
            SEEN,
            "Trains came to Belarus. A strike group is forming",
            "Trains came to Belarus.\nA strike group forms",
        )
    )

    assert said > before > somewhere


def test_a_place_that_the_gazetteer_cannot_tell_is_a_doubt_and_no_other_place() -> None:
    assert says("Trains came to Belarus.\nA strike group stands near Springfield") == [("groups", "present")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Russian strike groups stand in Belarus", True),
        ("Strike groups stand in Belarus", True),
        ("The strike groups of the Kremlin stand in Belarus", True),
        ("Polish strike groups stand in Belarus", False),
        ("Polish scouts saw no strike groups in Belarus", True),
        ("Poland is forming a strike group in Belarus", False),
    ],
)
def test_a_claim_about_another_actor_does_not_count(text: str, *, found: bool) -> None:
    assert bool(linked(text).evidence) is found


def test_a_claim_gives_an_indicator_one_item_at_most_and_may_serve_two() -> None:
    text = "A strike group, a second strike group and a field hospital stand in Belarus"

    assert sorted(says(text)) == [("groups", "present"), ("hospitals", "present")]


def test_a_sighting_that_may_mean_either_of_two_is_ambiguous_under_both() -> None:
    text = "Tents for a strike group or a field hospital stand in Belarus"

    assert sorted(says(text)) == [("groups", "ambiguous"), ("hospitals", "ambiguous")]


def test_a_gate_is_linked_like_an_indicator() -> None:
    assert says("The Kremlin ordered an attack", {"role": Role.EVENT}) == [("decision", "present")]


def test_phrases_are_those_of_the_reports_language() -> None:
    assert says("Розгорнуто польовий госпіталь", lang="uk") == [("hospitals", "present")]
    assert says("Розгорнуто польовий госпіталь", lang="en") == []
    assert says("A strike group in Belarus", lang="uk") == [("groups", "present")]


@pytest.mark.parametrize(
    ("when", "about"),
    [
        (None, PUBLISHED),
        ((date(2022, 11, 28), date(2022, 11, 28)), date(2022, 11, 28)),
        ((date(2022, 11, 21), date(2022, 11, 27)), date(2022, 11, 27)),
        ((date(2022, 11, 21), None), PUBLISHED),
        ((date(2022, 12, 1), date(2022, 12, 9)), PUBLISHED),
        ((date(2022, 12, 3), date(2022, 12, 9)), None),
    ],
)
def test_a_claim_is_about_the_latest_day_it_can_mean_and_be_known_of(
    when: tuple[date, date | None] | None, about: date | None
) -> None:
    time_said = When(text="then", earliest=when[0], latest=when[1]) if when else None
    result = linked(SEEN, {"when": time_said})

    assert [item.about for item in result.evidence] == ([about] if about else [])
    assert all(item.published == PUBLISHED for item in result.evidence)


def test_a_time_that_is_only_compared_with_is_not_what_the_claim_is_about() -> None:
    text = "A strike group like that of January is being formed in Belarus"
    start = text.index("January")
    january = When(text="January", earliest=date(2022, 1, 1), latest=date(2022, 1, 31), span=Span(start, start + 7))

    assert linked(text, {"when": january}).evidence[0].about == PUBLISHED


def test_a_report_without_a_date_gives_no_evidence_and_says_so() -> None:
    of = report(SEEN, day=None)
    items = claims(of)
    result = link(items, {item.id: rating(item) for item in items}, {of.id: of}, PROBLEM)

    assert result.evidence == ()
    assert "no date" in result.set_aside[0][1]


def test_an_echo_names_its_parent_only_where_that_is_evidence_too() -> None:
    first, second = report(SEEN, name="a"), report(SEEN, name="b")
    (one,), (two,) = claims(first), claims(second)
    reports = {first.id: first, second.id: second}
    ratings = {one.id: rating(one), two.id: rating(two, echo_of=one.id)}

    both = link([one, two], ratings, reports, PROBLEM).evidence
    alone = link([replace(one, role=Role.PLAN), two], ratings, reports, PROBLEM).evidence

    assert (both[1].echo_of, both[1].copy_probability) == (both[0].id, 0.9)
    assert [(item.echo_of, item.copy_probability) for item in alone] == [(None, None)]


def test_others_assessments_are_shown_with_their_expiry_and_never_fed_in() -> None:
    view = "Russia will hardly attack from Belarus this winter"
    until = When(text="this winter", earliest=date(2022, 12, 1), latest=date(2023, 2, 28))

    (plain,) = linked(view, {"role": Role.FORECAST}).others
    (dated,) = linked(view, {"role": Role.ASSESSMENT, "when": until}).others

    assert (plain.expires, dated.expires) == (date(2022, 12, 16), date(2023, 2, 28))
    assert linked(view, {"role": Role.FORECAST}).evidence == ()
    assert linked("The harvest will be good in Poland", {"role": Role.FORECAST}).others == ()


def test_a_holding_a_need_and_a_rumour_are_three_things() -> None:
    text = "There are 9,000 Russian soldiers in Belarus"

    told: list[Changes] = [
        {},
        {"role": Role.REQUIREMENT},
        {"role": Role.FORECAST},
        {"modality": Modality.REPORTED_RUMOUR},
    ]
    roles = [readings(text, changes)[0].role for changes in told]

    assert roles == [ReadingRole.HOLDING, ReadingRole.NEED, ReadingRole.RUMOUR, ReadingRole.RUMOUR]


@pytest.mark.parametrize(
    "text",
    [
        "There are 9,000 Russian servicemen in Belarus",
        "Some 9,000 Russian military personnel stand in Belarus",
        "9,000 troops of the Russian army are in Homyel",
        "Russian units in Belarus number 9,000 soldiers",
    ],
)
def test_soldiers_are_soldiers_by_any_name(text: str) -> None:
    assert [(item.low, item.high) for item in readings(text)] == [(9000, 9000)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("There are 9,000 Russian soldiers near Kupiansk", "another place"),
        ("There are 40,000 Russian soldiers in Belarus, Bryansk and Kursk", "several places"),
        ("There are 40,000 Russian soldiers in Bryansk, Kursk and Belarus", "several places"),
        ("There are 3,000 Wagner fighters in Belarus", "a part"),
    ],
)
def test_a_count_of_something_else_is_no_count(text: str, reason: str) -> None:
    assert readings(text) == []
    assert reason in reasons(text)


@pytest.mark.parametrize(
    "text",
    [
        "There are 9,000 Belarusian soldiers in Belarus",
        "There are 9,000 teachers in Belarus",
        "9,000 houses in Belarus",
    ],
)
def test_a_count_of_others_is_not_even_set_aside(text: str) -> None:
    assert linked(text).unlinked == 1


def test_a_change_a_denial_an_arrival_and_another_unit_are_no_level() -> None:
    text = "There are 9,000 Russian soldiers in Belarus"
    of = report(text)
    (item,) = claims(of)
    changed = replace(item.figures[0], change=Change.UP)
    tanks = replace(item.figures[0], unit="tank")

    assert readings(text, {"figures": (changed,)}) == []
    assert readings(text, {"figures": (tanks,)}) == []
    assert readings(text, {"polarity": Polarity.DENIED}) == []
    assert readings("9,000 Russian soldiers came to Belarus", {"role": Role.EVENT}) == []


def test_a_desk_may_name_the_unit_by_the_people_it_counts() -> None:
    of = report("There are 900 dockers in Brest")
    dockers = FigureQuestion(id="dockers", of="dockers", unit="docker", where=("Belarus",), expect=(100, 5000))
    found = claims(of)
    asked = replace(PROBLEM, figures=(dockers,))
    linked = link(found, {claim.id: rating(claim) for claim in found}, {of.id: of}, asked)

    assert [reading.low for reading in linked.readings] == [900]


def test_counts_of_different_things_that_one_voice_joins_are_parts_of_one_sum() -> None:
    text = "There are 3,000 Wagner fighters and 20,000 Russian soldiers in Belarus"
    wagner, soldiers = readings(text)

    assert wagner.group == soldiers.group
    assert wagner.group is not None
    assert {wagner.low, soldiers.low} == {3000, 20000}


def test_a_part_that_stands_alone_is_read_where_the_figure_declares_it() -> None:
    of = report("There are 3,000 Wagner fighters in Belarus")
    found = claims(of)
    (figure,) = PROBLEM.figures
    wagner = FigurePart(of="Wagner fighters", expect=(500, 8000), words=("Wagner",))

    def read(part: FigurePart | None) -> list[float | None]:
        asked = replace(PROBLEM, figures=(replace(figure, part=part),))
        linked = link(found, {claim.id: rating(claim) for claim in found}, {of.id: of}, asked)
        return [reading.low for reading in linked.readings]

    assert read(wagner) == [3000]
    assert read(replace(wagner, words=("volunteers",))) == read(None) == []


def test_two_counts_of_the_whole_are_no_sum() -> None:
    assert {
        item.group
        for item in readings("There are 9,000 soldiers of Russia in Belarus, 12,000 Russian soldiers at most")
    } == {None}


def test_an_echoed_count_names_the_reading_it_repeats() -> None:
    text = "There are 9,000 Russian soldiers in Belarus"
    first, second = report(text, name="a"), report(text, name="b")
    (one,), (two,) = claims(first), claims(second)
    ratings = {one.id: rating(one), two.id: rating(two, echo_of=one.id, source="other")}

    found = link([one, two], ratings, {first.id: first, second.id: second}, PROBLEM).readings

    assert [item.echo_of for item in found] == [None, found[0].id]


WORDS = st.sampled_from(
    ["strike", "group", "in", "Belarus", "Kupiansk", "9,000", "soldiers", "Russian", "and", ",", "or", ".", "\n"]
)


@given(
    st.lists(WORDS, min_size=1, max_size=30),
    st.sampled_from(Role),
    st.sampled_from(Modality),
    st.sampled_from(Polarity),
)
@settings(max_examples=150, deadline=None)
def test_every_claim_is_linked_set_aside_or_counted_as_unlinked(
    words: list[str], role: Role, modality: Modality, polarity: Polarity
) -> None:
    of = report(" ".join(["Report", *words]))
    items = [replace(item, role=role, modality=modality, polarity=polarity) for item in claims(of)]
    result = link(items, {item.id: rating(item) for item in items}, {of.id: of}, PROBLEM)

    touched = {item.claim for item in result.evidence} | {item.claim for item in result.readings}
    touched |= {item.claim for item in result.others} | {claim for claim, _ in result.set_aside}
    assert len(touched) + result.unlinked == len(items)
    assert len({item.id for item in result.evidence}) == len(result.evidence)
    assert len({item.id for item in result.readings}) == len(result.readings)


def test_the_order_of_claims_does_not_change_what_is_linked() -> None:
    of = report(
        "Trains came to Belarus. A strike group forms. There are 9,000 Russian soldiers.\nA field hospital stands"
    )
    items = claims(of)
    ratings = {item.id: rating(item) for item in items}

    there = link(items, ratings, {of.id: of}, PROBLEM)
    back = link(items[::-1], ratings, {of.id: of}, PROBLEM)

    assert set(there.evidence) == set(back.evidence)
    assert set(there.readings) == set(back.readings)


def test_five_thousand_claims_are_linked_in_seconds() -> None:
    once = f"{SEEN}. There are 9,000 Russian soldiers in Belarus. Rain fell on the roads. "
    of = report(once * 1700)
    many = [
        replace(item, id=f"{number}-{item.id}", sentence=Span(*(edge + number * len(once) for edge in item.span)))
        for number in range(1700)
        for item in claims(report(once.rstrip()))
    ]
    start = time.process_time()
    result = link(many, {item.id: rating(item) for item in many}, {of.id: of}, PROBLEM)

    assert len(result.evidence) == 1700
    assert time.process_time() - start < 6


def test_a_sighting_without_a_place_belongs_where_the_report_spoke_of_last() -> None:
    seen = "Russian forces are forming a strike group"

    assert says(f"Trains reached Belarus.\n\nRain fell.\n\n{seen}") == [("groups", "present")]
    assert says(f"Trains reached Belarus.\n\nKupiansk was shelled.\n\n{seen}") == []
    assert "spoke last of Kupiansk" in reasons(f"Trains reached Belarus.\n\nKupiansk was shelled.\n\n{seen}")
    assert says(f"Kupiansk was shelled.\n\nTrains reached Belarus.\n\n{seen}") == [("groups", "present")]


@pytest.mark.parametrize(("whose", "read"), [("The Russian army", 1), ("The Belarusian army", 0), ("The army", 1)])
def test_whose_count_it_is_may_stand_before_the_content(whose: str, read: int) -> None:
    of = report(f"Trains reached Belarus. {whose} holds 45,000 active personnel")
    before, claim = claims(of)
    start = of.text.index("holds")
    items = [before, replace(claim, span=Span(start, len(of.text)), content=of.text[start:])]

    found = link(items, {item.id: rating(item) for item in items}, {of.id: of}, PROBLEM)

    assert len(found.readings) == read


@pytest.mark.parametrize(
    "text", ["near Qolbara", "in the town of Qolbara", "between Umm Dabakir and Tendelti", "from Qolbara"]
)
def test_a_name_nobody_knows_is_a_place_of_its_own_and_never_takes_an_earlier_one(text: str) -> None:
    seen = f"A strike group stands {text}"

    assert says(f"Trains came to Belarus. {seen}") == []
    assert "names a place we do not know" in reasons(f"Trains came to Belarus. {seen}")
    assert "names a place we do not know" in reasons(f"Trains came to Kupiansk. {seen}")


@pytest.mark.parametrize(
    "text", ["in December", "from General Orr", "from Staff", "at NATO's request", "near the Post"]
)
def test_a_month_a_person_a_voice_and_a_body_are_no_unknown_place(text: str) -> None:
    assert says(f"Trains came to Belarus. A strike group is being formed {text}") == [("groups", "present")]


def test_a_name_that_the_watch_lists_counts_by_its_words() -> None:
    of = report("Trains came to Kupiansk. A strike group stands near Qolbara")
    watched = replace(GROUPS, watch=replace(GROUPS.watch, where=("Belarus", "Qolbara")))
    found = claims(of)

    result = link(found, {one.id: rating(one) for one in found}, {of.id: of}, replace(PROBLEM, indicators=(watched,)))

    assert [item.because for item in result.evidence] == ["“strike group”; affirmed; in Qolbara"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The strike and its group stand in Belarus", False),
        ("They ordered an attack in Belarus", True),
        ("They ordered their attack in Belarus", True),
        ("They have ordered no attack in Belarus", False),
        ("They ordered and stopped an attack in Belarus", False),
    ],
)
def test_only_auxiliaries_determiners_and_possessives_stand_between_words_of_a_phrase(
    text: str, *, found: bool
) -> None:
    assert bool(says(text)) is found


@pytest.mark.parametrize("verb", ["have gathered in", "have massed in", "are concentrated in", "came to"])
def test_what_was_gathered_or_massed_is_a_holding_and_what_came_is_not(verb: str) -> None:
    read = readings(f"9,000 Russian soldiers {verb} Belarus", {"role": Role.EVENT})

    assert len(read) == (0 if verb == "came to" else 1)


def watching(*where: str, question: str = PROBLEM.question) -> WarningProblem:
    watched = replace(GROUPS, watch=replace(GROUPS.watch, where=where))
    return replace(PROBLEM, question=question, gates=(), indicators=(watched,), figures=())


def told(text: str, problem: WarningProblem, **places: str | None) -> str:
    """Why the last claim of a report counts or is set aside; ``places`` gives the countries of names."""
    of = report(text)
    items = claims(of)
    for at, item in enumerate(items):
        named = tuple(
            PlaceMention(text=name, name=name, country=code, lat=None, lon=None, span=Span(*found.span()))
            for name, code in places.items()
            for found in re.finditer(rf"\b{name}\b", text)
            if item.span.start <= found.start() < item.span.stop
        )
        items[at] = replace(item, places=tuple(sorted((*item.places, *named), key=lambda one: one.span)))
    if text.partition("\n")[0].startswith("#"):
        items = [item for item in items if not item.content.startswith("#")]
    result = link(items, {item.id: rating(item) for item in items}, {of.id: of}, problem)
    counted = [item.because for item in result.evidence if item.claim == items[-1].id]
    return " / ".join((*counted, *(f"aside: {why}" for one, why in result.set_aside if one == items[-1].id)))


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("A strike group stands near Qolbara", "in Qolbara"),
        ("Rain fell at Qolbara. A strike group stands there", "its place is said just before"),
        ("Rain fell at Qolbara.\n\nThe road is wet.\n\nA strike group stands there", "though the report speaks of it"),
        ("Kupiansk is cold.\n\nRain fell at QOLBARA.\n\nA strike group is seen", "though the report speaks of it"),
        ("#Qolbara airfield\nA strike group was seen", "its place is said just before"),
        ("#Trouble at Qolbara, many fear\n\nRain fell.\n\nA strike group was seen", "though the report speaks of it"),
    ],
)
@pytest.mark.parametrize("where", [("Qolbara",), ("Belarus", "Qolbara"), ("Homyel region", "Qolbara", "Bragin-on-Sea")])
def test_a_name_that_only_the_problem_knows_places_claims_like_any_other(
    text: str, because: str, where: tuple[str, ...]
) -> None:
    why = told(text, watching(*where))

    assert because in why
    assert "aside" not in why


def test_a_name_the_problem_knows_takes_claims_from_no_other_list_of_places() -> None:
    text = "Trains came to Belarus. A strike group stands near Qolbara"
    problem = watching("Belarus")
    second = replace(problem.indicators[0], id="second", watch=replace(GROUPS.watch, where=("Qolbara",)))

    why = told(text, replace(problem, indicators=(*problem.indicators, second)))

    assert "in Qolbara" in why
    assert "aside: groups: names a place we do not know (Qolbara)" in why


def test_a_name_that_is_also_a_town_abroad_is_the_problems_own_unless_the_report_is_about_abroad() -> None:
    problem = watching("Katana", "South Kivu")

    assert "in Katana" in told("Rain fell in Bukavu. A strike group is near Katana", problem, Bukavu="CD", Katana="SY")
    assert "in Katana" in told("A strike group is near Katana", problem, Katana=None)
    assert "another place (Katana" in told("Rain fell in Homs. A strike group is near Katana", problem, Katana="SY")


def test_another_spelling_of_a_town_abroad_is_a_place_we_do_not_know() -> None:
    assert "we do not know (Katana)" in told("A strike group stands near Katana", watching("Bukavu"), Katana=None)
    assert "in Katana" in told("A strike group stands near Katana", watching("Syria"), Katana=None)


def test_what_a_report_leaves_open_is_settled_by_the_countries_of_the_problem() -> None:
    seen = "A strike group stands near Tripoli"

    assert "in Tripoli" in told(seen, watching("Lebanon"), Tripoli=None)
    assert "in Tripoli" in told(seen, watching("Libya"), Tripoli=None)
    assert "another place" in told(seen, watching("Sidon"), Tripoli="LY")


def test_an_unknown_place_in_a_report_about_one_country_is_a_doubt_for_that_country_alone() -> None:
    text = "Rain fell in Homyel. Trains came to Belarus. A strike group stands near Qolbara"

    assert "speaks of Belarus only" in told(text, watching("Belarus"))
    assert "aside" in told(text, watching("Homyel"))
    assert "aside" in told(f"Kupiansk was shelled. {text}", watching("Belarus"))


def test_a_report_that_is_mostly_about_the_place_is_a_doubt_where_it_spoke_last_of_another() -> None:
    about = "Rain fell in Homyel. Homyel is full. Trains left Homyel"

    assert "speaks of it most" in told(f"{about}.\n\nKursk is calm.\n\nA strike group is seen", watching("Homyel"))
    assert "spoke last of Kursk" in told(
        "Rain fell in Homyel.\n\nKursk is calm.\n\nA strike group is seen", watching("Homyel")
    )


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("#Homyel region - security\nA strike group is seen", "its place is said just before"),
        ("#Kursk\nA strike group is seen", "another place (Kursk, just before)"),
        ("#Kursk, 14 November\nA strike group is seen", "no claim of the report is placed there"),
        ("#Trouble at Mazyr this week as trains arrive there\n\nA strike group is seen", "report is placed there"),
    ],
)
def test_a_heading_places_what_stands_under_it_and_a_dateline_does_not(text: str, because: str) -> None:
    assert because in told(text, watching("Belarus"))


def test_a_capital_that_only_acts_is_said_to_do_so() -> None:
    text = "#Talks go on while Minsk waits for a long list of answers\n\nA strike group is seen"

    assert "names Minsk only as somebody who acts" in told(text, watching("Minsk"))
    assert "the report names Mazyr" in told(text.replace("Minsk", "Mazyr"), watching("Mazyr"))


FRONT = FigureQuestion(
    id="front",
    of="Coastal Front fighters at Ashdale",
    unit="person",
    where=(),
    expect=(100, 5000),
    watch=Watch(phrases={"en": ("Front fighters",)}, who=("Coastal Front",)),
)


def of_the_front(text: str, changes: Changes | None = None, question: FigureQuestion = FRONT) -> Linked:
    """Link the counts of one sentence to one declared figure."""
    of = report(text)
    (claim,) = claims(of)
    claim = replace(claim, **(changes or {}))
    return link([claim], {claim.id: rating(claim)}, {of.id: of}, replace(PROBLEM, figures=(question,)))


@pytest.mark.parametrize(
    "text",
    [
        "The hospital has treated 62 wounded at Ashdale",
        "Some 51 Front fighters were killed at Ashdale",
        "The army has killed at least 40 Front fighters",
        "The garrison captured 30 Front fighters",
        "Last week 200 Front fighters had already surrendered",
        "The column lost about 80 Front fighters",
        "Some 12 Front fighters killed in the raid lie there",
        "Among the dead are 12 Front fighters",
        "The army put the number of dead at 60 Front fighters",
        "Some 90 Front fighters deserted",
    ],
)
@pytest.mark.parametrize("of", ["Front fighters", None])
def test_the_killed_wounded_captured_and_fled_are_no_strength(text: str, of: str | None) -> None:
    (claim,) = claims(report(text))
    figures = claim.figures if of is None else tuple(replace(one, of=of) for one in claim.figures)
    found = of_the_front(text, {"figures": figures})

    assert found.readings == ()
    assert of is None or "told of those" in "; ".join(why for _, why in found.set_aside)


@pytest.mark.parametrize(
    "text",
    [
        "There are 200 Front fighters who killed villagers there",
        "Some 200 Front fighters have killed villagers",
        "The mill was captured by 200 Front fighters",
        "Close to 200 Front fighters stand in Ashdale, where 30 were killed",
    ],
)
def test_those_who_kill_are_a_strength_as_those_who_were_killed_are_not(text: str) -> None:
    assert 200 in [item.low for item in of_the_front(text).readings]


@pytest.mark.parametrize(
    ("text", "read"), [("51 Front fighters were killed", [51]), ("There are 200 Front fighters in Ashdale", [])]
)
def test_a_figure_about_the_killed_takes_the_killed_alone(text: str, read: list[float]) -> None:
    killed = replace(FRONT, of="Coastal Front fighters killed", watch=replace(FRONT.watch, phrases={}))

    assert [item.low for item in of_the_front(text, {"role": Role.EVENT}, killed).readings] == read


@pytest.mark.parametrize(
    "text",
    [
        "There are 4,000 Polish soldiers around Ashdale",
        "The Polish army has 4,000 soldiers around Ashdale",
        "There are 900 Marsh League fighters in Ashdale",
    ],
)
def test_a_count_of_another_actors_people_is_set_aside(text: str) -> None:
    found = of_the_front(text)

    assert found.readings == ()
    assert "another actor" in "; ".join(why for _, why in found.set_aside)


@pytest.mark.parametrize(
    "text",
    [
        "There are 900 Coastal Front fighters near the Polish border",
        "There are 900 rebels in Ashdale",
        "There are 900 members of the Coastal Front in Ashdale",
        "The Front has 900 fighters near the Polish army's base, says the Coastal Front",
    ],
)
def test_a_count_that_names_the_actor_or_none_counts(text: str) -> None:
    assert [item.low for item in of_the_front(text).readings] == [900]


@pytest.mark.parametrize(
    "text",
    [
        "There are 60 mechanics at Ashdale",
        "There are 60 supporters of the Coastal Front at Ashdale",
        "There are 60 residents near the fighters at Ashdale",
    ],
)
def test_only_what_is_counted_matches_and_not_where_or_whose_it_is(text: str) -> None:
    assert of_the_front(text).unlinked == 1


def test_trucks_of_fighters_are_trucks_even_where_the_unit_is_named_fighters() -> None:
    text = "There are 3 trucks of Coastal Front fighters"
    (claim,) = claims(report(text))
    trucks: Changes = {"figures": (replace(claim.figures[0], unit="truck"),)}
    fighters = replace(FRONT, unit="fighters")

    assert of_the_front(text, trucks, fighters).readings == ()
    assert [item.low for item in of_the_front("There are 3 Coastal Front fighters", None, fighters).readings] == [3]


def test_a_reading_says_which_words_matched() -> None:
    (item,) = of_the_front("There are 900 rebels in Ashdale").readings

    assert item.because.startswith("“900”; words that matched: “rebels in Ashdale”; counted as there")


def matched(phrase: str, text: str, *, lang: str = "en", polarity: Polarity = Polarity.AFFIRMED) -> bool:
    """Is a phrase found in a text that is one claim?"""
    of = report(text, lang=lang)
    (claim,) = claims(of)
    claim = replace(claim, polarity=polarity)
    watched = replace(GROUPS, watch=Watch(phrases={"en": (phrase,)}))
    asked = replace(PROBLEM, indicators=(watched,), gates=(), figures=())
    return bool(link([claim], {claim.id: rating(claim)}, {of.id: of}, asked).evidence)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("relocated staff", "Two banks have relocated 27 staff"),
        ("relocated staff", "The bank relocated dozens of its hospital staff"),
        ("withdrawn international staff", "It has withdrawn its 14 international staff"),
        ("suspended flights", "The airline suspended today's flights"),
        ("suspended flights", "The airline suspended all “Ashdale Air” cargo flights"),
        ("refused clearance", "They refused the third landing clearance"),
        ("fresh fighters", "Trucks of fresh Coastal Front fighters came"),
        ("international staff", "Its international NGO staff left"),
        ("withdrawn from Belarus", "They were withdrawn from southern Belarus"),
        ("flights suspended", "Flights to Ashdale are already suspended"),
        ("flights are suspended", "Flights from Port Sel to Ashdale are suspended"),
        ("pier damaged", "The pier was badly damaged"),
    ],
)
def test_what_only_describes_may_stand_between_the_words_of_a_phrase(phrase: str, text: str) -> None:
    assert matched(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("suspended flights", "The airline suspended pilots and flights"),
        ("suspended flights", "The airline suspended no flights"),
        ("flights suspended", "Flights that the pilots suspended"),
        ("flights suspended", "Flights were not suspended"),
        ("pier damaged", "The pier lights were damaged"),
        ("strike group", "Pilots strike the rebel group"),
        ("closed airport", "They closed the school, and airport officials left"),
        ("closed airport", "They closed the school (near the big airport)"),
        ("closed airport", "They closed the school where airport staff live"),
        ("international staff", "There are international airport staff"),
        ("troops arrived", "The troops' families arrived"),
        ("relocated staff", "They relocated one two three four five six staff"),
    ],
)
def test_another_clause_thing_or_negation_parts_the_words_of_a_phrase(phrase: str, text: str) -> None:
    assert not matched(phrase, text)


def test_what_describes_is_known_in_english_alone() -> None:
    assert not matched("relocated staff", "Two banks have relocated 27 staff", lang="uk")


def test_the_negation_of_a_denial_may_stand_within_a_phrase() -> None:
    assert matched("pier damaged", "The pier was not damaged", polarity=Polarity.DENIED)
    assert matched("ordered attack", "They have ordered no attack", polarity=Polarity.DENIED)


@pytest.mark.parametrize(
    "text",
    [
        "The disbanding of the strike force and a group stand there",
        "A group of miners on strike",
        "A grouping for strikes",
    ],
)
def test_a_claim_with_all_words_of_a_phrase_too_far_apart_is_a_near_miss_and_no_evidence(text: str) -> None:
    found = linked(text)

    assert found.evidence == ()
    assert [told for _, told in found.near] == ["groups: strike group"]


def test_what_matches_is_no_near_miss() -> None:
    assert linked(SEEN).near == ()
    assert linked("A strike group stands near Kupiansk").near == ()


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The agency relocated 27 staff from Homyel to Kupiansk", True),
        ("The agency relocated 27 staff from Kupiansk to Lviv", False),
        ("A train took 27 staff from Homyel to Kupiansk", False),
    ],
)
def test_a_phrase_about_leaving_counts_for_the_place_that_is_left(text: str, *, counts: bool) -> None:
    watch = Watch(phrases={"en": ("relocated staff", "took staff")}, where=("Belarus",))
    problem = replace(PROBLEM, gates=(), indicators=(replace(GROUPS, watch=watch),), figures=())
    of = report(text)
    items = claims(of)

    found = link(items, {item.id: rating(item) for item in items}, {of.id: of}, problem)

    assert bool(found.evidence) is counts


def test_a_namesake_abroad_is_not_the_place_that_only_the_problem_knows() -> None:
    problem = watching("Qolbara", "Belarus")

    assert "in Qolbara" in told("Rain fell in Homyel. A strike group stands near Qolbara", problem, Homyel="BY")
    assert "aside" in told("Rain fell in Homyel. A strike group stands near Qolbara in Chad", problem, Homyel="BY")
