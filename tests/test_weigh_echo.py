"""Which claims repeat another: the same origin behind two quotations, who was first, and what is no copy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model.claim import Attribution, Claim
from tocsin.model.evidence import Rating
from tocsin.model.grade import Reliability
from tocsin.model.judgement import Judgement, JudgementKind, Ruling, Verdict, detail_of
from tocsin.model.report import Report, Source, Span, Voice, VoiceKind
from tocsin.model.time import Window
from tocsin.weigh import overlay, ratings
from tocsin.weigh.near import Shelf, signatures
from tocsin.weigh.wording import runs_of, words_of

POST = Source(id="post", name="Valley Post", reliability={"": Reliability.B})
ECHO = Source(id="echo", name="Valley Echo", reliability={"": Reliability.C})
STAFF = Source(id="staff", name="General Staff", kind=VoiceKind.OFFICIAL, reliability={"": Reliability.B})
PRESS = Source(id="press", name="Press Office", kind=VoiceKind.OFFICIAL, part_of="staff")
SOURCES = (POST, ECHO, STAFF, PRESS)
UNNAMED = Voice(name="an officer who asked not to be named", kind=VoiceKind.ANONYMOUS)
SAID = "two columns of lorries crossed the river at Ostrava on Monday night without any lights"
IN_OTHER_WORDS = "columns of lorries without lights crossed the river near Ostrava in the night"


def media(name: str) -> Voice:
    return Voice(name=name, kind=VoiceKind.MEDIA)


def official(name: str) -> Voice:
    return Voice(name=name, kind=VoiceKind.OFFICIAL)


class Stream:
    """Reports of one claim each, on the days they came out."""

    def __init__(self) -> None:
        self.reports: dict[str, Report] = {}
        self.claims: list[Claim] = []

    def add(self, *chain: Voice, day: int, content: str = SAID) -> Claim:
        number = len(self.claims)
        published = Window.on(date(2022, 12, 1) + timedelta(days=day))
        report = Report(id=f"sha256:{number:012x}{0:052x}", text=content, outlet=chain[0].name, published=published)
        span = Span(0, len(content))
        claim = Claim(
            id=f"c{number}",
            report=report.id,
            span=span,
            sentence=span,
            content=content,
            cue=None,
            chain=chain,
            attribution=Attribution.LOCAL,
        )
        self.reports[report.id] = report
        self.claims.append(claim)
        return claim

    def rated(self, *ruled: Ruling) -> dict[str, Rating]:
        return ratings(self.claims, self.reports, SOURCES, judged=overlay(ruled))


def apart(one: str, other: str) -> Ruling:
    first, second = sorted((one, other))
    judgement = Judgement(
        subject=first,
        kind=JudgementKind.INDEPENDENCE,
        value=Verdict.INDEPENDENT,
        by="A",
        at=datetime(2022, 12, 20),  # noqa: DTZ001 - the store's moments are UTC without a zone
        why="two cameras",
        detail=detail_of(second),
    )
    return Ruling(
        subject=first,
        kind=judgement.kind,
        value=judgement.value,
        standing=(judgement,),
        aspect=second,
    )


def test_two_reports_that_cite_one_named_origin_have_one_source_and_are_no_echo() -> None:
    stream = Stream()
    first = stream.add(media("Valley Post"), official("General Staff"), day=1)
    second = stream.add(media("Valley Echo"), official("General Staff"), day=2, content="lorries crossed at Ostrava")

    rated = stream.rated()

    assert rated[first.id].source == rated[second.id].source == "staff"
    assert rated[second.id].echo_of is None


def test_two_unnamed_voices_of_one_named_body_that_say_the_same_are_one_origin() -> None:
    stream = Stream()
    first = stream.add(media("Valley Post"), official("General Staff"), UNNAMED, day=1)
    second = stream.add(media("Valley Echo"), official("General Staff"), UNNAMED, day=2, content=IN_OTHER_WORDS)

    rated = stream.rated()

    assert rated[second.id].echo_of == first.id
    assert "staff" in rated[second.id].because[-1]
    assert "lorries" in rated[second.id].because[-1]


def test_unnamed_voices_behind_no_common_body_are_apart_in_other_words() -> None:
    stream = Stream()
    stream.add(media("Valley Post"), official("General Staff"), UNNAMED, day=1)
    other = stream.add(media("Valley Echo"), UNNAMED, day=2, content=IN_OTHER_WORDS)

    assert stream.rated()[other.id].echo_of is None


def test_what_a_body_says_itself_is_no_echo_of_its_unnamed_officer() -> None:
    stream = Stream()
    stream.add(media("Valley Post"), official("General Staff"), UNNAMED, day=1)
    named = stream.add(media("Valley Echo"), official("General Staff"), day=2, content=IN_OTHER_WORDS)

    assert stream.rated()[named.id].echo_of is None


@pytest.mark.parametrize("days", [(3, 3), (1, 3), (3, 1)])
def test_who_cites_the_other_is_the_copy_whatever_the_dates_say(days: tuple[int, int]) -> None:
    stream = Stream()
    citing = stream.add(media("Valley Echo"), media("Valley Post"), UNNAMED, day=days[0])
    cited = stream.add(media("Valley Post"), UNNAMED, day=days[1])

    rated = stream.rated()

    assert (rated[citing.id].echo_of, rated[cited.id].echo_of) == (cited.id, None)


def test_without_a_citation_the_earlier_is_the_original() -> None:
    stream = Stream()
    later = stream.add(media("Valley Echo"), UNNAMED, day=4)
    earlier = stream.add(media("Valley Post"), UNNAMED, day=2)

    rated = stream.rated()

    assert (rated[later.id].echo_of, rated[earlier.id].echo_of) == (earlier.id, None)


def test_copies_of_a_copy_go_back_to_the_first_also_where_a_citation_turned_the_order() -> None:
    stream = Stream()
    copy = stream.add(media("Night Sheet"), UNNAMED, day=2)
    citing = stream.add(media("Valley Echo"), media("Valley Post"), UNNAMED, day=1)
    first = stream.add(media("Valley Post"), UNNAMED, day=3)

    rated = stream.rated()

    assert [rated[one.id].echo_of for one in (copy, citing, first)] == [first.id, first.id, None]


def test_one_outlet_that_tells_of_two_named_origins_in_its_own_words_shows_no_copying() -> None:
    stream = Stream()
    stream.add(media("Valley Post"), official("General Staff"), day=1)
    guard = stream.add(media("Valley Post"), official("Border Guard"), day=2)
    elsewhere = stream.add(media("Valley Echo"), official("Border Guard Academy"), day=2)

    rated = stream.rated()

    assert rated[guard.id].echo_of is None
    assert rated[elsewhere.id].echo_of is not None


def test_who_speaks_for_a_body_is_one_voice_with_it_and_has_its_grade() -> None:
    stream = Stream()
    whole = stream.add(media("Valley Post"), official("General Staff"), day=1)
    part = stream.add(
        media("Valley Post"), official("Press Office"), day=2, content="the road was empty all night long"
    )

    rated = stream.rated()

    assert rated[part.id].source == rated[whole.id].source == "staff"
    assert rated[part.id].reliability is Reliability.B
    assert any("one voice" in reason for reason in rated[part.id].because)


@pytest.mark.parametrize("what", ["claim", "report", "source"])
def test_documented_independence_wins_over_every_likeness(what: str) -> None:
    stream = Stream()
    first = stream.add(media("Valley Post"), day=1)
    second = stream.add(media("Valley Echo"), day=2)
    names = {
        "claim": (first.id, second.id),
        "report": (first.report, second.report),
        "source": ("post", "echo"),
    }[what]

    assert stream.rated()[second.id].echo_of == first.id
    assert stream.rated(apart(*names))[second.id].echo_of is None
    assert stream.rated(apart(first.id, "c77"))[second.id].echo_of == first.id


def test_a_formula_said_three_thousand_times_is_compared_with_forty_and_still_found() -> None:
    stream = Stream()
    days = [stream.add(official("General Staff"), day=day, content=f"{SAID}, as of day {day}") for day in range(3000)]
    copy = stream.add(media("Night Sheet"), day=3001, content=f"{SAID}, as of day 2999")

    rated = stream.rated()

    assert rated[days[-1].id].repeats is not None
    assert rated[copy.id].echo_of in {one.id for one in days}


def test_the_order_of_the_claims_changes_nothing() -> None:
    stream = Stream()
    for day in range(12):
        stream.add(
            media(("Valley Post", "Valley Echo", "Night Sheet")[day % 3]), day=day // 4, content=f"{SAID} {day % 4}"
        )
    before = stream.rated()
    stream.claims.reverse()

    assert stream.rated() == before


words = st.lists(st.sampled_from([f"w{n}" for n in range(40)]), min_size=8, max_size=24)


@given(st.lists(words, min_size=1, max_size=12))
def test_the_very_same_words_are_always_among_the_candidates(sentences: list[list[str]]) -> None:
    sets = [frozenset(runs_of(tuple(sentence), "k")) for sentence in sentences]
    shelf = Shelf()
    for number, signature in enumerate(signatures(sets)):
        shelf.put(number, signature)

    for number, signature in enumerate(signatures(sets)):
        assert number in shelf.like(signature)


def test_a_copy_with_one_word_in_twelve_changed_is_among_the_candidates() -> None:
    shelf, missed = Shelf(), 0
    sentences = [[f"{number}w{place}" for place in range(24)] for number in range(300)]
    changed = [[*one[:6], "x", *one[7:18], "y", *one[19:]] for one in sentences]

    def signed(texts: Iterable[list[str]]) -> list[frozenset[str]]:
        return [frozenset(runs_of(words_of(" ".join(text)), "k")) for text in texts]

    for number, signature in enumerate(signatures(signed(sentences))):
        shelf.put(number, signature)
    for number, signature in enumerate(signatures(signed(changed))):
        missed += number not in shelf.like(signature)

    assert missed == 0
