"""A source is worth what became of its claims, each told once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model.claim import Attribution, Claim, Role
from tocsin.model.evidence import Evidence, Linked, Rating, Says
from tocsin.model.grade import KNOWS, Reliability
from tocsin.model.judgement import Count, Judgement, JudgementKind, Ruling, TrackRecord, Verdict
from tocsin.model.report import Access, Report, Source, Span, Voice, VoiceKind
from tocsin.model.time import Window
from tocsin.weigh import learnt, ratings, records
from tocsin.weigh.record import BETA, FEWEST, knowing, nearest, pooled

AT = datetime(2022, 12, 20)  # noqa: DTZ001 - the store's moments are UTC without a zone
TOLD = {
    "mill": "grey lorries without plates stood behind the old mill all night long and nobody slept",
    "quay": "two barges were moored at the quay while dockers unloaded crates of some weight",
    "bridge": "sappers measured each span of our bridge yesterday and left marks in red paint",
    "tower": "a new antenna rose above the water tower before any villager could ask why",
    "market": "soldiers bought all batteries on sale at the market and paid with large notes",
    "tunnel": "trains waited inside that tunnel for hours because tank wagons blocked both tracks",
    "school": "camp beds were carried into an empty school by men wearing no badges whatsoever",
    "depot": "fuel bladders lie in rows beside the depot under nets that hide them badly",
}
PLACES = tuple(TOLD)
STAFF = Source(id="staff", name="General Staff", kind=VoiceKind.ORGANIZATION, reliability={"": Reliability.B})
POST = Source(id="post", name="Valley Post", reliability={"": Reliability.C}, access=Access.TOLD)
SHEET = Source(id="sheet", name="Night Sheet", reliability={"": Reliability.E})
NEW = Source(id="new", name="New Channel", reliability={"": Reliability.F})
SOURCES = (STAFF, POST, SHEET, NEW)

counts = st.integers(min_value=0, max_value=60)
letters = st.sampled_from(list(Reliability))
numbers = st.one_of(st.none(), st.floats(min_value=0.01, max_value=0.99))


def claim(number: int, *chain: str, content: str, role: Role = Role.OBSERVATION) -> Claim:
    voices = tuple(Voice(name=name, kind=VoiceKind.MEDIA) for name in chain)
    return Claim(
        id=f"c{number}",
        report=f"sha256:{number:08x}{0:056x}",
        span=Span(0, len(content)),
        sentence=Span(0, len(content)),
        content=content,
        cue=None,
        chain=voices,
        attribution=Attribution.LOCAL,
        role=role,
    )


def rated(claims: Iterable[Claim]) -> dict[str, Rating]:
    listed = list(claims)
    days = {one.report: date(2022, 12, 1 + int(one.id[1:])) for one in listed}
    reports = {key: Report(id=key, text="", published=Window.on(day)) for key, day in days.items()}
    return ratings(listed, reports, SOURCES)


def ruled(verdicts: dict[str, Verdict | None]) -> list[Ruling]:
    kind = JudgementKind.RESOLUTION
    return [
        Ruling(
            subject=key,
            kind=kind,
            value=value,
            standing=(Judgement(subject=key, kind=kind, value=value or Verdict.UNRESOLVED, by="A", at=AT, why="seen"),),
        )
        for key, value in verdicts.items()
    ]


def record_of(
    claims: list[Claim], verdicts: dict[str, Verdict | None], *, topics: dict[str, frozenset[str]] | None = None
) -> dict[str, TrackRecord]:
    return records(claims, rated(claims), SOURCES, ruled(verdicts), topics=topics or {})


@given(letters, numbers)
def test_without_resolved_claims_every_digit_stays(letter: Reliability, number: float | None) -> None:
    assert knowing(letter, number, Count()) == number


@given(letters, numbers, counts, counts)
def test_one_more_claim_that_came_true_never_lowers_and_one_more_that_did_not_never_raises(
    letter: Reliability, number: float | None, right: int, wrong: int
) -> None:
    number = KNOWS.get(letter) if number is None else number
    here = knowing(letter, number, Count(right, wrong))
    better = knowing(letter, number, Count(right + 1, wrong))
    worse = knowing(letter, number, Count(right, wrong + 1))

    if here is not None and better is not None and worse is not None:
        assert 0.0 < worse <= here <= better < 1.0


@given(letters, letters, counts, counts)
def test_the_same_record_leaves_the_better_grade_the_better(
    one: Reliability, other: Reliability, right: int, wrong: int
) -> None:
    count = Count(right, wrong)
    better, worse = sorted((one, other))
    if Reliability.F not in {better, worse}:
        first, second = (knowing(letter, KNOWS[letter], count) for letter in (better, worse))
        assert first is not None
        assert second is not None
        assert first >= second


@pytest.mark.parametrize("letter", list(Reliability))
def test_who_is_right_half_the_time_guesses_and_comes_out_as_knowing_nothing(letter: Reliability) -> None:
    knows = knowing(letter, KNOWS.get(letter), Count(5000, 5000))

    assert knows is not None
    assert knows < 0.1


@pytest.mark.parametrize("letter", list(Reliability))
def test_who_is_right_in_so_many_as_the_model_says_is_found_out(letter: Reliability) -> None:
    """Who knows 60 in 100 is right in 80 of them."""
    assert knowing(letter, KNOWS.get(letter), Count(800, 200)) == pytest.approx(0.6, abs=0.03)


def test_the_posterior_is_that_of_the_sum_over_a_fine_grid() -> None:
    steps = 20_000
    for letter, (first, second) in BETA.items():
        for right, wrong in ((1, 0), (0, 1), (7, 3), (3, 9)):
            grid = [(step + 0.5) / steps for step in range(steps)]
            weights = [
                p ** (first - 1) * (1 - p) ** (second - 1) * ((1 + p) / 2) ** right * ((1 - p) / 2) ** wrong
                for p in grid
            ]
            mean = sum(p * weight for p, weight in zip(grid, weights, strict=True)) / sum(weights)
            assert knowing(letter, KNOWS.get(letter), Count(right, wrong)) == pytest.approx(mean, abs=1e-6)


def test_the_letters_numbers_lie_nearest_to_themselves() -> None:
    assert [nearest(number) for number in KNOWS.values()] == list(KNOWS)
    assert nearest(None) is None


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("xyz")), max_size=30), st.booleans(), st.sampled_from("xyz"))
def test_a_claim_that_came_true_on_any_topic_lowers_the_source_on_none(
    history: list[tuple[bool, str]],
    right: bool,  # noqa: FBT001 - drawn by the strategy above
    topic: str,
) -> None:
    def record(results: list[tuple[bool, str]]) -> TrackRecord:
        def count(some: list[bool]) -> Count:
            return Count(sum(some), len(some) - sum(some))

        return TrackRecord(
            source="s",
            whole=count([r for r, _ in results]),
            topics=tuple((t, count([r for r, about in results if about == t])) for t in "xyz"),
            knows=None,
            letter=None,
        )

    for asked in "xyz":
        before = knowing(Reliability.C, 0.57, pooled(record(history), asked))
        after = knowing(Reliability.C, 0.57, pooled(record([*history, (right, topic)]), asked))
        assert before is not None
        assert after is not None
        assert after >= before if right else after <= before


def test_a_topics_own_claims_weigh_more_than_those_on_others() -> None:
    record = TrackRecord(source="s", whole=Count(6, 6), topics=(("x", Count(6, 0)),), knows=None, letter=None)

    assert pooled(record, "x") == Count(6, 3)
    assert pooled(record, "y") == Count(3, 3)


def test_copies_count_once_and_for_the_origin() -> None:
    content = TOLD["mill"]
    claims = [claim(1, "General Staff", content=content), claim(2, "Valley Post", content=content)]
    claims += [claim(number, f"Paper {number}", content=content) for number in range(3, 9)]

    alone = record_of(claims, {"c1": Verdict.TRUE})
    all_of_them = record_of(claims, {one.id: Verdict.TRUE for one in claims})
    copy_only = record_of(claims, {"c7": Verdict.TRUE})

    assert set(alone) == {"staff"}
    assert alone == all_of_them == copy_only
    assert alone["staff"].whole == Count(right=1)


def test_what_a_source_says_again_counts_once() -> None:
    claims = [claim(number, "General Staff", content=TOLD["mill"]) for number in range(1, 8)]

    found = record_of(claims, {one.id: Verdict.FALSE for one in claims})

    assert found["staff"].whole == Count(wrong=1)


def test_agreement_of_others_adds_nothing() -> None:
    claims = [claim(1, "General Staff", content=TOLD["mill"]), claim(2, "Valley Post", content=TOLD["quay"])]
    many = [*claims, *(claim(number, f"Paper {number}", content=TOLD["mill"]) for number in range(3, 9))]

    assert record_of(claims, {"c1": Verdict.TRUE}) == record_of(many, {"c1": Verdict.TRUE})
    assert record_of(many, {}) == {}


def test_only_observations_and_events_and_only_what_is_settled_count() -> None:
    roles = [Role.ASSESSMENT, Role.FORECAST, Role.PLAN, Role.RUMOUR, Role.REQUIREMENT, Role.EVENT, Role.OBSERVATION]
    claims = [
        claim(number, "General Staff", content=TOLD[place], role=role)
        for number, (place, role) in enumerate(zip(PLACES, roles, strict=False), 1)
    ]

    assert record_of(claims, {one.id: Verdict.TRUE for one in claims})["staff"].whole == Count(right=2)
    assert record_of(claims, {one.id: Verdict.UNRESOLVED for one in claims}) == {}
    assert record_of(claims, {one.id: None for one in claims}) == {}


def test_a_source_that_could_not_be_judged_can_be_from_five_resolved_claims_on() -> None:
    claims = [claim(number, "New Channel", content=TOLD[place]) for number, place in enumerate(PLACES, 1)]
    four = record_of(claims, {one.id: Verdict.TRUE for one in claims[: FEWEST - 1]})["new"]
    five = record_of(claims, {one.id: Verdict.TRUE for one in claims[:FEWEST]})["new"]

    assert (four.knows, four.letter) == (None, None)
    assert five.knows is not None
    assert five.letter is not None


def linked(claims: Iterable[Claim], given: dict[str, Rating]) -> Linked:
    return Linked(
        evidence=tuple(
            Evidence(
                id=f"{one.id}:lorries",
                indicator="lorries",
                says=Says.PRESENT,
                about=date(2022, 12, 1),
                published=date(2022, 12, 1),
                source=given[one.id].source,
                knows=given[one.id].knows,
                claim=one.id,
            )
            for one in claims
        ),
        readings=(),
        others=(),
        set_aside=(),
        unlinked=0,
    )


def test_the_evidence_of_a_source_with_a_record_moves_and_all_other_evidence_keeps_its_digits() -> None:
    claims = [claim(number, "General Staff", content=TOLD[place]) for number, place in enumerate(PLACES[:6], 1)]
    claims.append(claim(7, "Valley Post", content=TOLD["depot"]))
    given = rated(claims)
    items = linked(claims, given)
    found = records(
        claims,
        given,
        SOURCES,
        ruled({one.id: Verdict.FALSE for one in claims[:5]}),
        topics={"c1": frozenset({"lorries"})},
    )
    after, rated_anew = learnt(items, given, SOURCES, found)

    assert learnt(items, given, SOURCES, {}) == (items, given)
    assert after.evidence[6] == items.evidence[6]
    assert rated_anew["c7"] == given["c7"]
    assert all(item.knows is not None and item.knows < 0.75 for item in after.evidence[:6])
    assert "0 of 5 resolved claims came true" in rated_anew["c6"].because[-1]


def test_a_letter_for_the_topic_goes_before_the_general_one() -> None:
    source = dataclasses.replace(
        STAFF, reliability={"": Reliability.B, "lorries": Reliability.E, "trains": Reliability.A}
    )
    one = claim(1, "General Staff", content=TOLD["mill"])
    given = rated([one])
    items = linked([one], given)
    general, _ = learnt(items, given, [STAFF], {})
    graded, _ = learnt(items, given, [source], {})
    unjudged, _ = learnt(items, given, [dataclasses.replace(source, reliability={"lorries": Reliability.F})], {})
    numbered, _ = learnt(items, given, [dataclasses.replace(source, knows=0.75)], {})
    once = records([one], given, [source], ruled({"c1": Verdict.TRUE}), topics={"c1": frozenset({"lorries"})})
    learned, _ = learnt(items, given, [source], once)

    assert [found.evidence[0].knows for found in (general, graded, unjudged, numbered)] == [0.75, 0.2, None, 0.75]
    assert learned.evidence[0].knows is not None
    assert 0.2 < learned.evidence[0].knows < 0.3
    assert general.evidence[0].because == ""
    assert graded.evidence[0].because == "on lorries its source knows with probability 0.2"


def test_what_a_poor_channel_passes_on_stays_worth_no_more_than_the_channel() -> None:
    claims = [claim(number, "General Staff", content=TOLD[place]) for number, place in enumerate(PLACES[:6], 1)]
    claims.append(claim(7, "Night Sheet", "General Staff", content=TOLD["depot"]))
    given = rated(claims)
    found = records(claims, given, SOURCES, ruled({one.id: Verdict.TRUE for one in claims[:6]}), topics={})
    after, _ = learnt(linked(claims, given), given, SOURCES, found)

    assert after.evidence[0].knows is not None
    assert after.evidence[0].knows > 0.75
    assert after.evidence[6].knows == KNOWS[Reliability.E]


def test_a_poor_channel_limits_a_voice_that_only_its_record_gave_a_number() -> None:
    claims = [claim(number, "New Channel", content=TOLD[place]) for number, place in enumerate(PLACES[:6], 1)]
    claims.append(claim(7, "Night Sheet", "New Channel", content=TOLD["depot"]))
    given = rated(claims)
    found = records(claims, given, SOURCES, ruled({one.id: Verdict.TRUE for one in claims[:6]}), topics={})
    after, _ = learnt(linked(claims, given), given, SOURCES, found)

    assert given["c1"].knows is None
    assert after.evidence[0].knows is not None
    assert after.evidence[0].knows > KNOWS[Reliability.E]
    assert after.evidence[6].knows == KNOWS[Reliability.E]
