"""Days still to come that reports name are shown with who announced them, and never fed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.answering import AS_OF, PROBLEM
from tests.publishing import ASSESSMENT, CLAIMS, IDS, LINKED, RATINGS, REPORTS
from tests.test_link_linking import PUBLISHED, linked
from tests.test_publish_handling import case

from tocsin.infer.assess import assess
from tocsin.model.assessment import Digests
from tocsin.model.claim import Modality, Role, When
from tocsin.model.evidence import DayAhead, Linked
from tocsin.model.report import Span
from tocsin.publish import brief, page
from tocsin.publish.handling import Release, Tlp
from tocsin.publish.masking import masked


def on(day: int, month: int = 12, *, text: str = "on the day") -> When:
    return When(text=text, earliest=date(2022, month, day), latest=date(2022, month, day))


OUT = date(2022, 12, 1)
BY = When(text="by 20 December", earliest=None, latest=date(2022, 12, 20))
FROM = When(text="from 20 December", earliest=date(2022, 12, 20), latest=None)
WITHIN = When(text="within ten days", earliest=PUBLISHED, latest=PUBLISHED + timedelta(days=10))
SEASON = When(text="in the winter", earliest=date(2022, 12, 21), latest=date(2023, 3, 20))
PAST = When(text="yesterday", earliest=date(2022, 12, 1), latest=date(2022, 12, 1))


@pytest.mark.parametrize(
    ("text", "when", "role", "modality", "found"),
    [
        ("A strike group leaves for Belarus", on(9), Role.PLAN, Modality.PLANNED, True),
        ("The deadline for all Russian forces runs out", on(9), Role.EVENT, Modality.ASSERTED, True),
        ("The council of Belarus meets", BY, Role.PLAN, Modality.PLANNED, True),
        ("Talks about Belarus will be held", FROM, Role.FORECAST, Modality.ASSERTED, True),
        ("A field hospital is to open", WITHIN, Role.PLAN, Modality.PLANNED, True),
        ("No field hospital was opened", WITHIN, Role.OBSERVATION, Modality.ASSERTED, False),
        ("A strike group leaves for Belarus", PAST, Role.PLAN, Modality.PLANNED, False),
        ("A strike group leaves for Belarus", SEASON, Role.PLAN, Modality.PLANNED, False),
        ("A strike group leaves for Belarus", None, Role.PLAN, Modality.PLANNED, False),
        ("An attack from Belarus comes", on(9), Role.ASSESSMENT, Modality.ASSERTED, False),
        ("A strike group leaves for Belarus", on(9), Role.FORECAST, Modality.POSSIBLE, False),
        ("The harvest fair opens in the capital", on(9), Role.PLAN, Modality.PLANNED, False),
    ],
)
def test_a_day_ahead_is_a_near_day_that_was_announced_on_what_the_problem_watches(
    text: str, when: When | None, role: Role, modality: Modality, *, found: bool
) -> None:
    ahead = linked(text, {"when": when, "role": role, "modality": modality}).ahead

    assert [one.says for one in ahead] == ([text] if found else [])


def test_the_words_of_the_time_itself_do_not_make_it_speak_to_the_question() -> None:
    text = "A fair in Ukraine opens before the attack"
    bare = replace(on(9), text="before the attack")
    standing = replace(bare, span=Span(text.index("before"), len(text)))

    assert linked(text, {"when": bare, "role": Role.PLAN}).ahead != ()
    assert linked(text, {"when": standing, "role": Role.PLAN}).ahead == ()


def ahead(claim: str, day: date | None, *, published: date = OUT, says: str = "the strait is shut") -> DayAhead:
    return DayAhead(
        claim=claim,
        who="Karvia",
        says=says,
        polarity="affirmed",
        published=published,
        earliest=day,
        latest=day,
        watched=True,
    )


def assessed(*found: DayAhead, as_of: date = AS_OF, echo_of: str | None = None) -> list[str]:
    rating = next(iter(RATINGS.values()))
    answer = assess(
        PROBLEM,
        Linked(evidence=(), readings=(), others=(), set_aside=(), unlinked=0, ahead=found),
        claims={},
        reports={},
        ratings={found[-1].claim: replace(rating, claim=found[-1].claim, echo_of=echo_of)},
        as_of=as_of,
        digests=Digests(problem="", sources="", claims=""),
        version="test",
    )
    return [one.claim for one in answer.ahead]


def test_days_ahead_stand_in_their_order_and_go_when_they_are_past() -> None:
    late, soon = ahead("late", date(2022, 12, 20)), ahead("soon", date(2022, 12, 5), says="a notice is issued")

    assert assessed(late, soon) == ["soon", "late"]
    assert assessed(late, soon, as_of=date(2022, 12, 5)) == ["soon", "late"]
    assert assessed(late, soon, as_of=date(2022, 12, 6)) == ["late"]


def test_what_is_published_later_is_not_ahead_yet_and_an_echo_is_shown_once() -> None:
    first = ahead("first", date(2022, 12, 20), published=OUT - timedelta(days=1))
    copy = ahead("copy", date(2022, 12, 20), says="THE STRAIT IS SHUT")
    later = ahead("later", date(2022, 12, 20), published=AS_OF + timedelta(days=1), says="it opens")
    told = ahead("told", date(2022, 12, 20), says="there it will be shut")

    assert assessed(first, copy, later) == ["first"]
    assert assessed(first, told) == ["first", "told"]
    assert assessed(first, told, echo_of="first") == ["first"]


SHOWN = DayAhead(
    claim=IDS["craft"],
    who="Ostmere coast guard",
    says="the strait is shut",
    polarity="affirmed",
    published=date(2031, 3, 11),
    earliest=date(2031, 3, 13),
    latest=date(2031, 3, 13),
    watched=True,
)


def test_dates_ahead_stand_right_under_the_answer_on_page_and_brief_and_lead_to_the_words() -> None:
    given = replace(ASSESSMENT, ahead=(SHOWN,))
    html = brief.render(given, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=LINKED)
    text = page.render(given, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=LINKED)

    assert html.index('class="verdict"') < html.index('id="section-ahead"') < html.index('id="section-answer"')
    assert html.count('id="section-ahead"') == 1
    assert "13\u00a0March\u00a02031, tomorrow: Ostmere coast guard" in html
    assert f'href="#claim-{IDS["craft"]}"' in html.split('id="section-ahead"')[1].split("</section>")[0]
    assert text.index("THE ANSWER") < text.index("DATES AHEAD") < text.index("CONFIDENCE")
    assert "not counted" in text.split("DATES AHEAD")[1].split("CONFIDENCE")[0]


def test_a_withheld_report_gives_no_day_ahead_to_those_who_may_not_see_it() -> None:
    whole = replace(
        case(handling="TLP:RED"),
        assessment=replace(ASSESSMENT, ahead=(SHOWN,)),
        linked=replace(LINKED, ahead=(ahead(IDS["craft"], date(2031, 3, 13)),)),
    )
    shown, _ = masked(whole, to=Release(Tlp.AMBER))
    cleared, _ = masked(whole, to=Release(Tlp.RED))

    assert shown.assessment is not None
    assert cleared.assessment is not None
    assert (shown.assessment.ahead, shown.linked.ahead) == ((), ())
    assert len(cleared.assessment.ahead) == len(cleared.linked.ahead) == 1
