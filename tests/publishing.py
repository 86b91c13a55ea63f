"""One fictional case, told by every product: an island, its neighbour, and a strait between them."""

from __future__ import annotations

import math
from datetime import date, timedelta

from tocsin.model.assessment import (
    Against,
    Answer,
    Assessment,
    ChangeItem,
    Confidence,
    ConfidenceTest,
    DecisionResult,
    Digests,
    Driver,
    EchoResult,
    FigureResult,
    Flip,
    GateResult,
    IndicatorResult,
    LeftOut,
    NotUnderstoodCount,
    OtherShown,
    ReadingShown,
    Rolling,
    ScenarioResult,
    Status,
    Timing,
    Unreviewed,
    WatchItem,
)
from tocsin.model.claim import Attribution, Bound, Claim, Cue, Figure, Modality, Polarity, Role
from tocsin.model.evidence import Evidence, Linked, OtherView, Rating, Reading, Says
from tocsin.model.grade import Reliability
from tocsin.model.report import Report, Span, Voice, VoiceKind
from tocsin.model.time import Window

AS_OF = date(2031, 3, 12)
TEXTS = {
    "r1": (
        "Landing craft gather at Port Sel",
        "The Harbour Post",
        "https://example.org/harbour-post/landing-craft",
        (
            "Landing craft gather at Port Sel\n\n"
            "The coast guard of Ostmere said on Tuesday that eleven landing craft had entered Port Sel. "
            "According to a dock worker, about 4,000 soldiers slept in the sheds last night. "
            "The defence ministry of Karvia denied that its fleet had left the northern base.\n"
        ),
    ),
    "r2": (
        "Karvia calls drill routine",
        "Karvian State Wire",
        "https://example.org/state-wire/drill",
        (
            "Karvia calls drill routine\n\n"
            "A spokesman said that no more than 1,500 soldiers take part in the drill. "
            "Field hospitals were not being set up, he added.\n"
        ),
    ),
    "r3": (
        "Strait Watch, daily note",
        "Strait Watch",
        None,
        (
            "Strait Watch, daily note\n\n"
            "Satellite pictures of 10 March show at least 9,000 troops in tents near Port Sel. "
            "We judge a landing this spring unlikely. "
            "No minesweepers were seen in the channel.\n"
        ),
    ),
}


def report(name: str) -> Report:
    title, outlet, url, text = TEXTS[name]
    digest = f"sha256:{name[1:] * 64}"[:71]
    return Report(
        id=digest, text=text, title=title, outlet=outlet, url=url, published=Window.on(date(2031, 3, 11)), lang="en"
    )


def claim(
    name: str,
    words: str,
    *,
    source: str,
    who: tuple[str, VoiceKind] | None,
    cue: str = "",
    polarity: Polarity = Polarity.AFFIRMED,
    role: Role = Role.OBSERVATION,
    figure: tuple[str, float | None, float | None, Bound] | None = None,
) -> Claim:
    found = report(source)
    text = found.text
    start = text.index(words)
    begin = max(text.rfind(". ", 0, start) + 2, text.rfind("\n", 0, start) + 1)
    stop = text.index(".", start) + 1
    figures: tuple[Figure, ...] = ()
    if figure is not None:
        at = text.index(figure[0], begin)
        figures = (
            Figure(
                text=figure[0],
                low=figure[1],
                high=figure[2],
                bound=figure[3],
                unit="person",
                of="soldiers",
                span=Span(at, at + len(figure[0])),
            ),
        )
    outlet = Voice(name=found.outlet or "", kind=VoiceKind.MEDIA)
    cued = Cue(text=cue, span=Span(text.index(cue, begin), text.index(cue, begin) + len(cue))) if cue else None
    return Claim(
        id=name,
        report=found.id,
        span=Span(start, start + len(words)),
        sentence=Span(begin, stop),
        content=words,
        cue=cued,
        chain=(outlet, Voice(name=who[0], kind=who[1])) if who else (outlet,),
        attribution=Attribution.LOCAL if who else Attribution.AUTHOR,
        polarity=polarity,
        modality=Modality.ASSERTED,
        role=role,
        figures=figures,
        extractor="tocsin 0.1 en",
    )


COAST_GUARD = ("coast guard of Ostmere", VoiceKind.OFFICIAL)
DOCKER = ("a dock worker", VoiceKind.ANONYMOUS)
SPOKESMAN = ("spokesman of Karvia", VoiceKind.OFFICIAL)
MINISTRY = ("defence ministry of Karvia", VoiceKind.OFFICIAL)
IDS = {
    k: (k.encode().hex() + "0123456789abcdef")[:20]
    for k in ("craft", "sheds", "fleet", "drill", "field", "tents", "judge", "mines")
}
CLAIMS = {
    found.id: found
    for found in (
        claim(IDS["craft"], "eleven landing craft had entered Port Sel", source="r1", who=COAST_GUARD, cue="said"),
        claim(
            IDS["sheds"],
            "about 4,000 soldiers slept in the sheds last night",
            source="r1",
            who=DOCKER,
            cue="According to",
            figure=("about 4,000", 4000, 4000, Bound.ABOUT),
        ),
        claim(
            IDS["fleet"],
            "its fleet had left the northern base",
            source="r1",
            who=MINISTRY,
            cue="denied",
            polarity=Polarity.DENIED,
        ),
        claim(
            IDS["drill"],
            "no more than 1,500 soldiers take part in the drill",
            source="r2",
            who=SPOKESMAN,
            cue="said",
            figure=("no more than 1,500", None, 1500, Bound.AT_MOST),
        ),
        claim(
            IDS["field"],
            "Field hospitals were not being set up",
            source="r2",
            who=SPOKESMAN,
            cue="he added",
            polarity=Polarity.DENIED,
        ),
        claim(
            IDS["tents"],
            "at least 9,000 troops in tents near Port Sel",
            source="r3",
            who=None,
            figure=("at least 9,000", 9000, None, Bound.AT_LEAST),
        ),
        claim(IDS["judge"], "a landing this spring unlikely", source="r3", who=None, role=Role.ASSESSMENT),
        claim(
            IDS["mines"], "No minesweepers were seen in the channel", source="r3", who=None, polarity=Polarity.DENIED
        ),
    )
}
REPORTS = {found.id: found for found in (report(name) for name in TEXTS)}
SOURCES = {
    "craft": ("coast-guard", "Ostmere coast guard", Reliability.B, 0.75),
    "sheds": ("r1:dock-worker", "a dock worker", Reliability.F, None),
    "fleet": ("karvia-mod", "Karvian defence ministry", Reliability.D, 0.4),
    "drill": ("karvia-mod", "Karvian defence ministry", Reliability.D, 0.4),
    "field": ("karvia-mod", "Karvian defence ministry", Reliability.D, 0.4),
    "tents": ("strait-watch", "Strait Watch", Reliability.B, 0.75),
    "judge": ("strait-watch", "Strait Watch", Reliability.B, 0.75),
    "mines": ("strait-watch", "Strait Watch", Reliability.B, 0.75),
}
RATINGS = {
    IDS[name]: Rating(
        claim=IDS[name],
        source=source,
        source_name=named,
        reliability=letter,
        knows=knows,
        party="Karvia" if source == "karvia-mod" else None,
        because=(f"graded {letter.value} in sources.toml",),
    )
    for name, (source, named, letter, knows) in SOURCES.items()
}


def item(name: str, indicator: str, says: Says, *, counter: bool = False) -> Evidence:
    source, _, _, knows = SOURCES[name]
    return Evidence(
        id=f"{IDS[name]}/{indicator}",
        indicator=indicator,
        says=says,
        about=date(2031, 3, 10),
        published=date(2031, 3, 11),
        source=source,
        knows=knows,
        counter=counter,
        claim=IDS[name],
        report=CLAIMS[IDS[name]].report,
        words=("landing craft",),
        because="the indicator's words, in the right place",
    )


LINKED = Linked(
    evidence=(
        item("craft", "landing-craft", Says.PRESENT),
        item("fleet", "landing-craft", Says.ABSENT, counter=True),
        item("field", "field-hospitals", Says.ABSENT),
        item("mines", "minesweepers", Says.ABSENT),
    ),
    readings=tuple(
        Reading(
            id=f"{IDS[name]}/troops",
            figure="troops-at-port-sel",
            low=low,
            high=high,
            bound=bound,
            of="soldiers",
            about=date(2031, 3, 10),
            source=SOURCES[name][0],
            knows=SOURCES[name][3],
            claim=IDS[name],
            because="counts soldiers at Port Sel",
        )
        for name, low, high, bound in (
            ("sheds", 4000.0, 4000.0, Bound.ABOUT),
            ("drill", None, 1500.0, Bound.AT_MOST),
            ("tents", 9000.0, None, Bound.AT_LEAST),
        )
    ),
    others=(
        OtherView(
            claim=IDS["judge"],
            who="Strait Watch",
            says="unlikely",
            polarity="affirmed",
            published=date(2031, 3, 11),
            expires=date(2031, 4, 1),
        ),
    ),
    set_aside=((IDS["judge"], "somebody's assessment"),),
    unlinked=3,
)


def curve(total: float, *, start: int, half: float) -> tuple[tuple[date, float], ...]:
    return tuple(
        (AS_OF + timedelta(days=n), 0.0 if n < start else total * (1 - 0.5 ** ((n - start) / half)))
        for n in range(1, 131)
    )


def hump(x: float, middle: float, width: float) -> float:
    return math.exp(-(((math.log(x) - math.log(middle)) / width) ** 2) / 2) / x


GRID = tuple(500 * 1.05**n for n in range(90))
DENSITY = tuple((x, 0.9 * hump(x, 3600, 0.35) + 1.3 * hump(x, 10500, 0.2)) for x in GRID)


def indicator(
    name: str,
    statement: str,
    status: Status,
    claims: tuple[str, ...] = (),
    log_odds: float = 0.0,
    *,
    critical: bool = False,
) -> IndicatorResult:
    return IndicatorResult(
        id=name,
        statement=statement,
        status=status,
        claims=tuple(IDS[c] for c in claims),
        since=date(2031, 3, 10) if status is Status.OBSERVED else None,
        last_look=date(2031, 3, 10) if claims else None,
        log_odds=log_odds,
        diagnosticity=1.7 if critical else 0.8,
        critical=critical,
    )


ASSESSMENT = Assessment(
    schema=1,
    problem="strait",
    question="Will Karvia land troops on Ostmere?",
    resolution="A company or more goes ashore under arms. Commando raids do not count.",
    as_of=AS_OF,
    known_by=None,
    method="tocsin-method 1",
    version="0.1.0",
    digests=Digests(problem="sha256:" + "a" * 64, sources="sha256:" + "b" * 64, claims="sha256:" + "c" * 64),
    answer=Answer(
        by=date(2031, 4, 30),
        probability=0.083,
        low=0.031,
        high=0.19,
        words="very unlikely",
        yardstick="ICD 203",
        rolling=(
            Rolling(days=7, probability=0.0003, low=0.0001, high=0.0011),
            Rolling(days=30, probability=0.041, low=0.012, high=0.1),
            Rolling(days=90, probability=0.12, low=0.05, high=0.27),
        ),
        prior=0.05,
    ),
    confidence=Confidence(
        level="moderate",
        because=("four origins, one of them unnamed",),
        tests=(
            ConfidenceTest(name="Independent origins", passed=True, finding="four, and three are needed"),
            ConfidenceTest(name="Best access", passed=True, finding="Strait Watch has imagery"),
            ConfidenceTest(name="Coverage", passed=True, finding="three of four indicators were looked at"),
            ConfidenceTest(
                name="Agreement", passed=False, finding="two origins contradict each other on landing craft"
            ),
            ConfidenceTest(name="Strongest source left out", passed=False, finding="the word would be another"),
        ),
    ),
    scenarios=(
        ScenarioResult(
            id="landing",
            statement="Karvia lands in force to take the island",
            event=True,
            probability=0.11,
            low=0.05,
            high=0.24,
            prior=0.06,
            words="very unlikely",
            curve=curve(0.11, start=9, half=22),
            p05_date=date(2031, 3, 24),
        ),
        ScenarioResult(
            id="raid",
            statement="Karvia seizes the lighthouse islet alone",
            event=True,
            probability=0.03,
            low=0.01,
            high=0.08,
            prior=0.03,
            words="almost no chance",
            curve=curve(0.03, start=2, half=40),
            p05_date=date(2031, 3, 17),
        ),
        ScenarioResult(
            id="show",
            statement="Karvia shows its strength and goes home",
            event=False,
            probability=0.35,
            low=0.2,
            high=0.5,
            prior=0.25,
            words="unlikely",
            curve=curve(0.35, start=1, half=20),
            p05_date=date(2031, 3, 14),
        ),
    ),
    timing=(
        Timing(
            case="full plan begun today",
            earliest=date(2031, 4, 2),
            because=("minesweepers: at least 21 days",),
        ),
        Timing(
            case="full plan begun unseen since the last good look",
            earliest=date(2031, 3, 27),
            because=("last look 2031-03-10, noticed within 4 days",),
        ),
        Timing(
            case="under strength with what is there",
            earliest=date(2031, 3, 14),
            because=("embarkation: at least 2 days",),
        ),
    ),
    warning_time_days=15,
    gates=(GateResult(id="decision", statement="The council of Karvia has decided", probability=0.14, prior=0.09),),
    indicators=(
        indicator("landing-craft", "Landing craft gather at Port Sel", Status.OBSERVED, ("craft", "fleet"), 0.62),
        indicator("field-hospitals", "Field hospitals are set up near the coast", Status.COUNTER, ("field",), -0.04),
        indicator("minesweepers", "Minesweepers clear the channel", Status.NOT_SEEN, ("mines",), -0.31, critical=True),
        indicator("embarkation", "Troops go aboard with their vehicles", Status.NOT_COVERED, critical=True),
    ),
    figures=(
        FigureResult(
            id="troops-at-port-sel",
            of="Karvian troops at Port Sel",
            unit="person",
            scenario="landing",
            readings=(
                *(
                    ReadingShown(
                        claim=IDS[name],
                        source=SOURCES[name][0],
                        low=low,
                        high=high,
                        bound=bound,
                        of="soldiers",
                        role="holding",
                        about=date(2031, 3, 10),
                    )
                    for name, low, high, bound in (
                        ("sheds", 4000.0, 4000.0, "about"),
                        ("drill", None, 1500.0, "at_most"),
                        ("tents", 9000.0, None, "at_least"),
                    )
                ),
            ),
            median=6900.0,
            low=2200.0,
            high=13800.0,
            density=DENSITY,
            need=(20000.0, 30000.0),
            p_enough=0.018,
            attempt=(8000.0, 16000.0),
            p_attempt=0.21,
        ),
    ),
    drivers=(
        Driver(kind="indicator", id="landing-craft", log_odds=0.62, text="without it: 4.6 %"),
        Driver(kind="source", id="coast-guard", log_odds=0.71, text="without it: 4.3 %"),
        Driver(kind="claim", id=IDS["mines"], log_odds=-0.31, text="without it: 11 %"),
        Driver(kind="claim", id=IDS["fleet"], log_odds=-0.09, text="without it: 9 %"),
        Driver(kind="claim", id=IDS["field"], log_odds=-0.04, text="without it: 8.6 %"),
        Driver(kind="claim", id=IDS["craft"], log_odds=0.01, text="without it: 8.2 %"),
    ),
    against=(
        Against(kind="claim", id=IDS["mines"], text="the channel was looked at and is empty"),
        Against(kind="indicator", id="embarkation", text="critical, and nobody looked"),
    ),
    watch=(
        WatchItem(
            indicator="embarkation",
            statement="Troops go aboard with their vehicles",
            if_seen=0.47,
            if_not_seen=0.071,
            chance_seen=0.03,
            by=date(2031, 4, 28),
        ),
        WatchItem(
            indicator="minesweepers",
            statement="Minesweepers clear the channel",
            if_seen=0.29,
            if_not_seen=0.064,
            chance_seen=0.08,
            by=date(2031, 4, 9),
        ),
    ),
    flip=Flip(to="unlikely", needs=("minesweepers",), probability=0.29),
    echoes=(EchoResult(origin="karvia-mod", claims=(IDS["fleet"], IDS["field"]), counted_as=1.1),),
    others=(
        OtherShown(
            claim=IDS["judge"], who="Strait Watch", says="a landing this spring unlikely", expires=date(2031, 4, 1)
        ),
    ),
    decisions=(
        DecisionResult(
            who="harbour master",
            what="close the ferry line",
            alarm=0.1,
            takes_days=3.0,
            above=False,
            latest=date(2031, 3, 21),
        ),
    ),
    changes=(ChangeItem(since=date(2031, 3, 11), from_=0.052, to=0.083, because=(IDS["craft"], IDS["mines"])),),
    unreviewed=Unreviewed(claims=8, could_change_the_word=2),
    left_out=LeftOut(after_as_of=1, before_opened=0),
    not_covered=("embarkation",),
    not_understood=NotUnderstoodCount(reports=1, passages=4, claims_set_aside=1, claims_unlinked=3, claims_ungraded=1),
)
