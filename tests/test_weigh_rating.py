from __future__ import annotations

import time
from datetime import date

import pytest

from tocsin.model.claim import Attribution, Bound, Claim, Figure, Polarity
from tocsin.model.grade import KNOWS, Reliability
from tocsin.model.report import Access, Report, Source, Span, Voice, VoiceKind
from tocsin.model.time import Window
from tocsin.weigh import ratings

SAID = "no columns of lorries were seen on the road between Ostrava and the river crossing"

RIDGE = Source(id="ridge", name="The Ridge Post", aliases=("Ridge",), reliability={"": Reliability.B})
STAFF = Source(
    id="staff",
    name="General Staff",
    aliases=("General Staff of Moravia",),
    kind=VoiceKind.ORGANIZATION,
    reliability={"": Reliability.B},
    party="moravia",
    access=Access.SAW,
    interest="down",
)
TABLOID = Source(id="tabloid", name="Night Mirror", reliability={"": Reliability.D}, alarmist=True)
SOURCES = (RIDGE, STAFF, TABLOID)


def voice(name: str, kind: VoiceKind = VoiceKind.OFFICIAL) -> Voice:
    return Voice(name=name, kind=kind)


def unnamed(name: str = "a senior source") -> Voice:
    return voice(name, VoiceKind.ANONYMOUS)


def report(number: int = 1, *, day: int = 1, outlet: str | None = None, text: str = SAID) -> Report:
    return Report(id=f"sha256:{number:08x}{0:056x}", text=text, outlet=outlet, published=Window.on(date(2022, 12, day)))


def claim(
    *chain: Voice,
    of: Report | None = None,
    content: str = SAID,
    polarity: Polarity = Polarity.DENIED,
    figures: tuple[Figure, ...] = (),
    name: str = "c",
) -> Claim:
    origin = of or report()
    return Claim(
        id=f"{name}-{origin.id[7:15]}",
        report=origin.id,
        span=Span(0, len(content)),
        sentence=Span(0, len(content)),
        content=content,
        cue=None,
        chain=chain,
        attribution=Attribution.LOCAL,
        polarity=polarity,
        figures=figures,
    )


def count(number: float) -> Figure:
    return Figure(text=str(number), low=number, high=number, bound=Bound.EXACT, unit="person", of=None, span=Span(0, 1))


def rate(
    *chain: Voice, sources: tuple[Source, ...] = SOURCES, outlet: str | None = None
) -> tuple[str, str, float | None]:
    of = report(outlet=outlet)
    item = claim(*chain, of=of)
    rating = ratings([item], {of.id: of}, sources)[item.id]
    return rating.source, rating.reliability.value, rating.knows


MIRROR = voice("Night Mirror", VoiceKind.MEDIA)
STAFF_DAILY = voice("Staff Daily", VoiceKind.MEDIA)
OUTLET = voice("The Ridge Post", VoiceKind.MEDIA)


def test_the_source_is_the_origin_and_never_the_outlet_that_printed_it() -> None:
    through_one = rate(OUTLET, voice("the General Staff"))
    through_another = rate(voice("Some Paper", VoiceKind.MEDIA), voice("General Staff of Moravia"))

    assert through_one == through_another == ("staff", "B", KNOWS[Reliability.B])


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("The General Staff", True),
        ("a spokesman for the General Staff", True),
        ("GENERAL STAFF's press service", True),
        ("General Staffing Ltd", False),
        ("Russian General Staff", False),
        ("the Polish General Staff", False),
        ("Staff College", False),
    ],
)
def test_a_name_is_found_as_whole_words_and_never_as_another_nations_body(name: str, *, found: bool) -> None:
    assert (rate(OUTLET, voice(name))[0] == "staff") is found


def test_the_longest_alias_wins() -> None:
    district = Source(id="district", name="General Staff of the Northern District", reliability={"": Reliability.E})

    assert rate(OUTLET, voice("General Staff of the Northern District"), sources=(*SOURCES, district))[0] == "district"


def test_an_author_speaks_with_the_grade_of_the_outlet() -> None:
    author = voice("author", VoiceKind.AUTHOR)

    assert rate(OUTLET) == rate(author, outlet="Ridge") == ("ridge", "B", KNOWS[Reliability.B])
    assert rate(author)[1:] == ("F", None)


def test_an_unnamed_voice_is_one_letter_below_who_vouches_for_it() -> None:
    source, letter, knows = rate(OUTLET, unnamed())

    assert (letter, knows) == ("C", KNOWS[Reliability.C])
    assert source.startswith("voice:")


def test_an_unnamed_voice_inside_a_declared_body_is_not_that_body() -> None:
    source, letter, _ = rate(OUTLET, unnamed("a source in the General Staff"))

    assert (source != "staff", letter) == (True, "C")


@pytest.mark.parametrize(
    "name",
    [
        "An RSF spokesman",
        "the RSF spokeswoman",
        "a spokesperson for the RSF",
        "the RSF press service",
        "RSF media office",
    ],
)
def test_the_unnamed_spokesman_of_a_party_is_the_party(name: str) -> None:
    party = Source(id="rsf", name="Rapid Support Forces", aliases=("RSF",), reliability={"": Reliability.D})

    assert rate(OUTLET, unnamed(name), sources=(*SOURCES, party)) == ("rsf", "D", KNOWS[Reliability.D])


@pytest.mark.parametrize("name", ["an RSF officer", "a source in the RSF", "a source close to an RSF spokesman"])
def test_an_unnamed_voice_inside_a_party_is_never_graded_above_it(name: str) -> None:
    party = Source(id="rsf", name="Rapid Support Forces", aliases=("RSF",), reliability={"": Reliability.D})

    source, letter, knows = rate(OUTLET, unnamed(name), sources=(*SOURCES, party))

    assert source.startswith("voice:")
    assert (letter, knows) == ("D", KNOWS[Reliability.D])


def test_an_unnamed_voice_that_nobody_known_vouches_for_weighs_nothing() -> None:
    assert rate(voice("Unknown Blog", VoiceKind.MEDIA), unnamed())[1:] == ("F", None)
    assert rate(OUTLET, voice("Institute of Rumours", VoiceKind.ORGANIZATION), unnamed())[1:] == ("F", None)


def test_an_unnamed_voice_is_one_within_its_report_and_another_in_the_next() -> None:
    first, second = report(1), report(2)
    items = [
        claim(OUTLET, unnamed(), of=first),
        claim(OUTLET, unnamed(), of=first, name="d"),
        claim(OUTLET, unnamed(), of=second),
    ]

    rated = ratings(items, {first.id: first, second.id: second}, SOURCES)

    sources = [rated[item.id].source for item in items]
    assert sources[0] == sources[1] != sources[2]


def test_an_official_whom_nobody_graded_does_not_count_and_says_so() -> None:
    item = claim(OUTLET, voice("Deputy Mayor Jan Holub"))
    rating = ratings([item], {item.report: report()}, SOURCES)[item.id]

    assert (rating.source, rating.reliability, rating.knows) == ("name:deputy-mayor-jan-holub", Reliability.F, None)
    assert "not declared" in rating.because[0]


def test_a_poor_channel_lends_its_own_grade_to_what_it_passes_on() -> None:
    assert rate(voice("Night Mirror", VoiceKind.MEDIA), voice("General Staff")) == ("staff", "D", KNOWS[Reliability.D])


def test_a_poor_channel_takes_nothing_from_words_the_origin_is_on_record_with() -> None:
    own, copy = report(1, day=1, outlet="General Staff"), report(2, day=2)
    items = [
        claim(voice("General Staff"), of=own),
        claim(MIRROR, voice("General Staff"), of=copy),
    ]

    rated = ratings(items, {own.id: own, copy.id: copy}, SOURCES)

    assert rated[items[1].id].knows == rated[items[0].id].knows
    assert rated[items[1].id].echo_of is None


def test_party_access_interest_and_alarm_are_the_sources() -> None:
    item = claim(OUTLET, voice("General Staff"))
    rating = ratings([item], {item.report: report()}, SOURCES)[item.id]
    loud = claim(voice("Night Mirror", VoiceKind.MEDIA), unnamed())
    vouched = ratings([loud], {loud.report: report()}, SOURCES)[loud.id]

    assert (rating.party, rating.access, rating.interest, rating.alarmist) == ("moravia", "saw", "down", False)
    assert (vouched.access, vouched.alarmist) == ("told", True)


def test_an_f_source_counts_only_with_a_number_of_its_own() -> None:
    new = Source(id="new", name="New Channel", reliability={"": Reliability.F})
    numbered = Source(id="new", name="New Channel", reliability={"": Reliability.F}, knows=0.5)
    chain = voice("New Channel", VoiceKind.MEDIA)

    assert rate(chain, sources=(new,)) == ("new", "F", None)
    assert rate(chain, sources=(numbered,)) == ("new", "F", 0.5)


def pair(later: str, *, earlier: str = SAID, **changes: Polarity | tuple[Figure, ...]) -> str | None:
    first, second = report(1, day=1, text=earlier), report(2, day=2, text=later)
    polarity = changes.get("polarity", Polarity.DENIED)
    figures = changes.get("figures", ())
    items = [
        claim(OUTLET, unnamed(), of=first, content=earlier, figures=(count(9000),) if figures else ()),
        claim(
            voice("Night Mirror", VoiceKind.MEDIA),
            of=second,
            content=later,
            polarity=polarity if isinstance(polarity, Polarity) else Polarity.DENIED,
            figures=figures if isinstance(figures, tuple) else (),
        ),
    ]
    rated = ratings(items[::-1], {first.id: first, second.id: second}, SOURCES)
    assert rated[items[0].id].echo_of is None
    echo = rated[items[1].id]
    assert (echo.echo_of is not None) == (echo.copy_probability > 0)
    return echo.echo_of


def test_a_near_copy_in_a_later_report_is_an_echo_whatever_the_order_of_the_claims() -> None:
    assert pair(SAID) is not None
    assert pair(f"as was said before, {SAID}") is not None
    assert pair(SAID.replace("lorries", "trucks")) is not None


def test_other_words_the_contrary_or_other_figures_are_no_echo() -> None:
    assert pair("the crossing stayed quiet and the guards went home early in the evening") is None
    assert pair(SAID, polarity=Polarity.AFFIRMED) is None
    assert pair(SAID, figures=(count(9000),)) is not None
    assert pair(SAID, figures=(count(30000),)) is None


def test_a_short_formula_is_no_echo() -> None:
    assert pair("nothing was seen", earlier="nothing was seen") is None


def test_a_source_that_says_it_again_is_no_echo_of_itself() -> None:
    first, second = report(1, day=1), report(2, day=2)
    items = [
        claim(OUTLET, voice("General Staff"), of=first),
        claim(STAFF_DAILY, voice("General Staff"), of=second),
    ]

    rated = ratings(items, {first.id: first, second.id: second}, SOURCES)

    assert [rated[item.id].echo_of for item in items] == [None, None]


def test_an_echo_of_an_echo_is_an_echo_of_the_first() -> None:
    reports = [report(number, day=number) for number in (1, 2, 3)]
    outlets = [OUTLET, voice("Night Mirror", VoiceKind.MEDIA), voice("Valley Echo", VoiceKind.MEDIA)]
    items = [claim(outlet, of=of) for outlet, of in zip(outlets, reports, strict=True)]

    rated = ratings(items, {of.id: of for of in reports}, SOURCES)

    assert [rated[item.id].echo_of for item in items] == [None, items[0].id, items[0].id]
    assert "columns of lorries were seen" in rated[items[2].id].because[-1]


def test_an_outlet_that_cites_another_echoes_it_in_other_words() -> None:
    first = report(1, day=1, outlet="The Ridge Post")
    second = report(2, day=2, outlet="Valley Echo")
    told = "nobody saw columns of lorries at the Ostrava crossing"
    original = claim(OUTLET, unnamed(), of=first)
    citing = claim(voice("Valley Echo", VoiceKind.MEDIA), OUTLET, unnamed(), of=second, content=told)
    silent = claim(voice("Valley Echo", VoiceKind.MEDIA), unnamed(), of=second, content=told, name="d")

    rated = ratings([original, citing, silent], {first.id: first, second.id: second}, SOURCES)

    assert rated[citing.id].echo_of == original.id
    assert rated[silent.id].echo_of is None


def test_a_reprint_repeats_its_short_sentences_too() -> None:
    long = [f"{SAID} on stretch {word}" for word in ("north", "south", "east", "west", "centre", "delta")]
    first, reprint, other = report(1, day=1), report(2, day=2), report(3, day=2)
    told = {first.id: OUTLET, reprint.id: MIRROR, other.id: voice("Valley Echo", VoiceKind.MEDIA)}
    items = [
        claim(told[of.id], of=of, content=content, name=f"c{number}")
        for of, contents in ((first, [*long, "Rain fell"]), (reprint, [*long, "Rain fell"]), (other, ["Rain fell"]))
        for number, content in enumerate(contents)
    ]

    rated = ratings(items, {of.id: of for of in (first, reprint, other)}, SOURCES)

    short = [item for item in items if item.content == "Rain fell"]
    assert [rated[item.id].echo_of for item in short] == [None, short[0].id, None]


def test_five_thousand_claims_are_rated_in_seconds() -> None:
    reports = [report(number, day=1 + number % 28, text=SAID) for number in range(1, 501)]
    items = [
        claim(
            voice(f"Paper {number % 40}", VoiceKind.MEDIA),
            of=of,
            name=f"c{number}",
            content=f"{SAID} on stretch {number} of sector {number * 7 % 101}" if number % 2 else SAID,
        )
        for of in reports
        for number in range(10)
    ]
    start = time.process_time()
    rated = ratings(items, {of.id: of for of in reports}, SOURCES)

    assert len(rated) == len({item.id for item in items})
    assert time.process_time() - start < 6
