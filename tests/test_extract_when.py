"""Times as windows of days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.extract import extract
from tocsin.extract.when import whens
from tocsin.model.claim import Claim
from tocsin.model.report import Report, Span
from tocsin.model.time import Window

PUBLISHED = Window.on(date(2022, 12, 2))  # a Friday


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("sentence", "words", "earliest", "latest"),
    [
        ("It arrived today.", "today", "2022-12-02", "2022-12-02"),
        ("It arrived yesterday.", "yesterday", "2022-12-01", "2022-12-01"),
        ("It arrives tomorrow.", "tomorrow", "2022-12-03", "2022-12-03"),
        ("It came the day before yesterday.", "the day before yesterday", "2022-11-30", "2022-11-30"),
        ("They shelled the town overnight.", "overnight", "2022-12-01", "2022-12-02"),
        ("Now nothing is seen.", "Now", "2022-12-02", "2022-12-02"),
        ("There is currently no force.", "currently", "2022-12-02", "2022-12-02"),
        ("At the moment it is quiet.", "At the moment", "2022-12-02", "2022-12-02"),
        ("Nothing has been seen so far.", "so far", "", "2022-12-02"),
        ("It has not been seen yet.", "yet", "", "2022-12-02"),
        ("It was recently seen.", "recently", "", "2022-12-02"),
        ("It may come in the near future.", "in the near future", "2022-12-02", ""),
        ("It will come soon.", "soon", "2022-12-02", ""),
        ("In the coming weeks it will come.", "In the coming weeks", "2022-12-02", ""),
        ("It came this week.", "this week", "2022-11-28", "2022-12-04"),
        ("It came last week.", "last week", "2022-11-21", "2022-11-27"),
        ("It will come next week.", "next week", "2022-12-05", "2022-12-11"),
        ("It came last month.", "last month", "2022-11-01", "2022-11-30"),
        ("It is planned for next year.", "next year", "2023-01-01", "2023-12-31"),
        ("It came last year.", "last year", "2021-01-01", "2021-12-31"),
        ("It came earlier this year.", "earlier this year", "2022-01-01", "2022-12-02"),
        ("It will come later this month.", "later this month", "2022-12-02", "2022-12-31"),
        ("By the end of the year it will come.", "By the end of the year", "", "2022-12-31"),
        ("It came in late November.", "late November", "2022-11-21", "2022-11-30"),
        ("In early March they worked on it.", "early March", "2022-03-01", "2022-03-10"),
        ("It will come in mid-December.", "mid-December", "2022-12-11", "2022-12-20"),
        ("It was due by the end of November.", "by the end of November", "", "2022-11-30"),
        ("It came in the second half of October.", "the second half of October", "2022-10-16", "2022-10-31"),
        (
            "At the end of November or December they would come.",
            "the end of November or December",
            "2022-11-21",
            "2022-12-31",
        ),
        ("It has gone on since February 24.", "since February 24", "2022-02-24", "2022-12-02"),
        ("They had plans since 2012.", "since 2012", "2012-01-01", "2022-12-02"),
        ("They came in 2014.", "2014", "2014-01-01", "2014-12-31"),
        ("It began in early 2023.", "early 2023", "2023-01-01", "2023-04-30"),
        ("It began in late 2021.", "late 2021", "2021-09-01", "2021-12-31"),
        ("It went on in 2014-2017.", "2014-2017", "2014-01-01", "2017-12-31"),
        ("It fell between 2014 and 2017.", "2014 and 2017", "2014-01-01", "2017-12-31"),
        ("It was so in the 1990s.", "the 1990s", "1990-01-01", "1999-12-31"),
        ("It came on 2 December.", "2 December", "2022-12-02", "2022-12-02"),
        ("It came on December 1st.", "December 1st", "2022-12-01", "2022-12-01"),
        ("It came on Dec. 1, 2022.", "Dec. 1, 2022", "2022-12-01", "2022-12-01"),
        ("It came on 2022-11-30.", "2022-11-30", "2022-11-30", "2022-11-30"),
        ("It came on 30.11.2022.", "30.11.2022", "2022-11-30", "2022-11-30"),
        ("It came on 5/6/2022.", "5/6/2022", "2022-05-06", "2022-06-05"),
        ("It came on 25/11/2022.", "25/11/2022", "2022-11-25", "2022-11-25"),
        ("It was held on 24-26 November.", "24-26 November", "2022-11-24", "2022-11-26"),
        ("It was held on November 24-26, 2021.", "November 24-26, 2021", "2021-11-24", "2021-11-26"),
        ("It came at 1330Z 26 Nov 22.", "1330Z 26 Nov 22", "2022-11-26", "2022-11-26"),
        ("It will end on January 10.", "January 10", "2023-01-10", "2023-01-10"),
        ("It lasts until 15 January.", "until 15 January", "", "2023-01-15"),
        ("It stopped after 20 November.", "after 20 November", "2022-11-21", ""),
        ("It stopped before 20 November.", "before 20 November", "", "2022-11-19"),
        ("As of 1 December it was quiet.", "As of 1 December", "2022-12-01", "2022-12-01"),
        ("From 1 December they drilled.", "From 1 December", "2022-12-01", ""),
        ("It came on Monday.", "Monday", "2022-11-28", "2022-11-28"),
        ("It came on Friday.", "Friday", "2022-12-02", "2022-12-02"),
        ("It came last Friday.", "last Friday", "2022-11-25", "2022-11-25"),
        ("They will come on Monday.", "Monday", "2022-12-05", "2022-12-05"),
        ("They drilled from Monday to Thursday.", "Monday to Thursday", "2022-11-28", "2022-12-01"),
        ("The army has grown, compared to March.", "March", "2022-03-01", "2022-03-31"),
        ("They will come in February.", "February", "2023-02-01", "2023-02-28"),
        ("They left last November.", "last November", "2022-11-01", "2022-11-30"),
        ("They will come next March.", "next March", "2023-03-01", "2023-03-31"),
        ("They came in March 2021.", "March 2021", "2021-03-01", "2021-03-31"),
        ("They came last winter.", "last winter", "2021-12-01", "2022-02-28"),
        ("They will come next spring.", "next spring", "2023-03-01", "2023-05-31"),
        ("They came in the summer of 2021.", "summer of 2021", "2021-06-01", "2021-08-31"),
        ("It was bought in Q3 2022.", "Q3 2022", "2022-07-01", "2022-09-30"),
        ("Two days ago it came.", "Two days ago", "2022-11-30", "2022-11-30"),
        ("They came two weeks ago.", "two weeks ago", "2022-11-14", "2022-11-22"),
        ("Over the past week it was quiet.", "Over the past week", "2022-11-25", "2022-12-02"),
        ("In the last three months they left.", "In the last three months", "2022-09-02", "2022-12-02"),
        ("They will come within two weeks.", "within two weeks", "2022-12-02", "2022-12-16"),
        ("In the next 10 days they will come.", "In the next 10 days", "2022-12-02", "2022-12-12"),
        ("A few days before, at a meeting, he spoke.", "A few days before", "", ""),
    ],
)
def test_words_mean_a_window_of_days(sentence: str, words: str, earliest: str, latest: str) -> None:
    (when,) = whens(sentence, published=PUBLISHED)

    assert (when.text, when.earliest, when.latest) == (words, day(earliest), day(latest))


@pytest.mark.parametrize(
    "sentence",
    [
        "It takes six weeks to form them.",
        "Two or three days are enough to move them.",
        "They may march on the city.",
        "And yet he left.",
        "The 2000 soldiers left.",
        "It was seen on 31 February.",
        "A second wave comes in spring tides.",
        "The spring offensive failed.",
        "The autumn mud stops them.",
    ],
)
def test_durations_and_look_alikes_are_no_times(sentence: str) -> None:
    assert whens(sentence, published=PUBLISHED) == ()


def test_without_a_day_of_publication_relative_times_keep_their_words_only() -> None:
    relative, absolute = whens("Seen yesterday and on 5 May 2022.")

    assert (relative.text, relative.earliest, relative.latest) == ("yesterday", None, None)
    assert absolute.earliest == absolute.latest == date(2022, 5, 5)


def test_a_window_of_publication_widens_what_rests_on_it() -> None:
    (when,) = whens("It came yesterday.", published=Window(earliest=date(2022, 11, 1), latest=date(2022, 11, 30)))

    assert (when.earliest, when.latest) == (date(2022, 10, 31), date(2022, 11, 29))


def test_a_date_that_no_calendar_holds_does_not_break_reading() -> None:
    whens("5000 years ago, in 999999 days and on 31.02.2022.", published=PUBLISHED)
    whens("yesterday", published=Window.on(date.min))
    whens("next year, next week, in March", published=Window.on(date.max))


@given(st.text(alphabet="in March 2022 yesterday Monday-. 5ago week the end of ", max_size=60))
def test_every_time_lies_where_it_says_and_does_not_end_before_it_begins(text: str) -> None:
    for when in whens(text, published=PUBLISHED):
        assert when.span is not None
        assert text[slice(*when.span)] == when.text
        assert when.earliest is None or when.latest is None or when.earliest <= when.latest


def test_a_span_limits_what_is_read() -> None:
    text = "Seen today. Seen yesterday."
    (when,) = whens(text, Span(12, len(text)), published=PUBLISHED)

    assert when.text == "yesterday"
    assert when.span is not None
    assert text[slice(*when.span)] == "yesterday"


def test_a_day_just_ahead_is_ahead_though_the_sentence_looks_back() -> None:
    """Published on 26 November."""
    [when] = whens("The port was to receive the boats on 28 November.", published=Window.on(date(2022, 11, 26)))

    assert when.earliest == date(2022, 11, 28)


def test_two_seasons_joined_are_one_window() -> None:
    [when] = whens("They will train in the spring and summer.", published=Window.on(date(2022, 12, 2)))

    assert (when.earliest, when.latest) == (date(2023, 3, 1), date(2023, 8, 31))


def test_since_never_looks_ahead() -> None:
    [when] = whens("They have planned it since spring and will go on.", published=Window.on(date(2022, 12, 2)))

    assert (when.earliest, when.latest) == (date(2022, 3, 1), date(2022, 12, 2))


def test_rising_within_a_week_looks_back_and_finishing_within_a_week_ahead() -> None:
    [back] = _read("Traffic rose by 4 percent within a week.")
    [ahead] = _read("Tugs will arrive within two days.")

    assert back.when is not None
    assert ahead.when is not None
    assert (back.when.earliest, back.when.latest) == (date(2022, 11, 25), date(2022, 12, 2))
    assert (ahead.when.earliest, ahead.when.latest) == (date(2022, 12, 2), date(2022, 12, 4))


def test_a_weekday_follows_its_own_verb_and_not_that_of_the_sentence() -> None:
    """Published on a Friday."""
    [claim] = _read("It was not clear whether the talks would resume on Wednesday.")

    assert claim.when is not None
    assert claim.when.earliest == date(2022, 12, 7)


@pytest.mark.parametrize(
    "text",
    [
        "Prices doubled, half as fast as in June.",
        "A repeat of the spring flood is possible.",
        "The memo, dated 27 October, speaks of losses.",
    ],
)
def test_a_time_that_compares_names_or_describes_is_not_the_statements(text: str) -> None:
    assert [claim.when for claim in _read(text)] == [None]


def test_the_last_day_of_the_year_is_one_day() -> None:
    [when] = whens("The drills end on the last day of the year.", published=PUBLISHED)

    assert when.earliest == when.latest
    assert str(when.latest).endswith("12-31")


def test_the_weekend_is_the_last_one_or_the_next_as_the_verb_says() -> None:
    """Published on a Friday."""
    [back] = _read("At the weekend, the dam burst.")
    [ahead] = _read("The parade will be held over the weekend.")

    assert back.when is not None
    assert ahead.when is not None
    assert (back.when.earliest, back.when.latest) == (date(2022, 11, 26), date(2022, 11, 27))
    assert (ahead.when.earliest, ahead.when.latest) == (date(2022, 12, 3), date(2022, 12, 4))


def _read(text: str) -> tuple[Claim, ...]:
    return extract(Report(id="sha256:0", text=text, lang="en", published=Window.on(date(2022, 12, 2)))).claims


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("Footage posted on 28 November shows 40 guns at the ford.", "", "2022-11-28"),
        ("Photos circulated on 28 November show two burned boats.", "", "2022-11-28"),
        ("A video published on Monday shows riders at the ford.", "", "2022-11-28"),
        ("Satellite imagery taken on 5 November shows 40 empty trenches.", "2022-11-05", "2022-11-05"),
        ("Data as of 3 November show 40 cases in the camp.", "2022-11-03", "2022-11-03"),
        ("Radar data from 3 November show two ships in the bay.", "2022-11-03", "2022-11-03"),
    ],
)
def test_the_day_of_a_picture_bounds_what_it_shows(text: str, earliest: str, latest: str) -> None:
    report = Report(id="sha256:0", text=text, lang="en", published=PUBLISHED)
    [claim] = extract(report).claims

    assert claim.when is not None
    assert (claim.when.earliest, claim.when.latest) == (day(earliest), day(latest))


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("Experts in July said there were 900 rebels at the mill.", date(2022, 7, 31)),
        ("The mayor on Tuesday said the mill was empty.", date(2022, 11, 29)),
    ],
)
def test_a_time_between_who_speaks_and_said_is_when_it_was_said(text: str, latest: date) -> None:
    (claim,) = _read(text)

    assert claim.when is not None
    assert claim.when.latest == latest
