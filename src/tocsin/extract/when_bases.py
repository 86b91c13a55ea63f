"""The expressions of time as patterns, each with the function that says what it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tocsin.extract.when_windows import (
    Anchor,
    ago_window,
    ahead_window,
    day_month_window,
    decade_window,
    edge_window,
    fixed_window,
    in_while_window,
    iso_window,
    month_year_window,
    next_while_window,
    numeric_window,
    open_window,
    past_while_window,
    period_window,
    quarter_window,
    season_window,
    so_far_window,
    weekday_window,
    weekend_window,
    year_pair_window,
    years_window,
)
from tocsin.model.time import Window
from tocsin.text.dates import DAY, MONTH, MONTHS, WEEKDAYS, any_of
from tocsin.text.lang import load
from tocsin.text.numbers import ONES, TENS

_MEASURES = frozenset([*load("en")["kinds"]["measures"], *load("en")["kinds"]["money"]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """An expression of time; ``joins`` says that "or" or "to" may bind it to a second one."""

    pattern: re.Pattern[str]
    window: Callable[[re.Match[str], Anchor], Window | None]
    joins: bool = True


_PART = (
    r"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)(?:[\s-](?:in\s)?)|(?:[Tt]he\s)?(?P<part2>beginning|start|middle|end|first\shalf|second\shalf)"
    r"\s(?:of\s)?(?:the\s)?(?:month\sof\s)?)"
)
_Y = r"(?P<year>(?:1[5-9]|20)\d\d)\b(?!-\w|[.,]\d)"

_SMALL = "|".join(sorted([*ONES, *TENS], key=len, reverse=True))
_COUNT = (
    rf"(?P<count>(?:\d+|{_SMALL})(?:(?:\s?[-–]\s?|\sto\s|\sor\s)(?:\d+|{_SMALL}))?"
    r"|an?\s(?:few|couple\sof)|several|few|an?|many)"
)
_UNIT_STEM = r"(?P<unit>hour|day|night|week|month|year|decade)"
_UNIT = _UNIT_STEM + "s?"


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_WEEKDAY = "|".join(form for word in WEEKDAYS if len(word) > 5 for form in (word.capitalize(), word.upper()))
_SURE = [word for word in MONTHS if len(word) > 3 and word not in {"march", "sept"}]
_LONG_MONTH = "|".join(form for word in _SURE for form in (word.capitalize(), word.upper()))
_REL = r"(?P<rel>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming|[Pp]revious)"


def _after(words: str) -> str:
    """A pattern for the place right behind any of the words, or behind a comma or bracket."""
    behind = [rf"(?<=\b[{word[0].upper()}{word[0]}]{word[1:]} )" for word in words.split()]
    return "(?:" + "|".join([*behind, r"(?<=,\s)", r"(?<=\()"]) + ")"


_TIME_ONLY = "in since until till by during year"
_IN = _after("in by of since until till to from during before after for through and or between the year")
_COUNTABLE = any_of([word for unit, names in load("en")["units"].items() if unit not in _MEASURES for word in names])
_YEAR_GROUP = r"(?:,?\s(?:of\s)?(?P<year>(?:1[5-9]|20)\d\d\b|['’]\d\d\b))?"


def _bases() -> Iterator[Base]:
    yield Base(pattern=_re(r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T[\d:.]+Z?)?\b"), window=iso_window)
    yield Base(
        pattern=_re(r"\b(?P<one>\d{1,2})(?P<sep>[./])(?P<two>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)\b"),
        window=numeric_window,
    )
    yield Base(
        pattern=_re(
            rf"\b(?:\d{{4}}Z\s)?(?P<d1>{DAY})(?:\s?(?:[-–]|to|and|or)\s?(?P<d2>{DAY}))?\s(?:of\s)?(?P<month>{MONTH})"
            r"(?:,?\s(?P<year>(?:1[5-9]|20)\d\d\b|['’]?\d\d\b(?!\s[a-z])))?"
        ),
        window=day_month_window,
    )
    yield Base(
        pattern=_re(
            rf"\b(?P<month>{MONTH})\s(?P<d1>{DAY})(?:\s?(?:[-–]|to|and|or)\s?(?P<d2>{DAY}))?(?!\s?(?:%|percent|per\scent))"
            r"(?:,?\s(?P<year>(?:1[5-9]|20)\d\d\b))?"
        ),
        window=day_month_window,
    )
    month = rf"(?P<month>{MONTH})"
    yield Base(pattern=_re(rf"\b{_PART}{month}{_YEAR_GROUP}"), window=month_year_window)
    yield Base(pattern=_re(rf"\b{_REL}\s(?:{_PART})?{month}(?!\s\d)"), window=month_year_window)
    yield Base(
        pattern=_re(rf"\b{month}(?:,?\s(?:of\s)?(?P<year>(?:1[5-9]|20)\d\d\b|['’]\d\d\b))"), window=month_year_window
    )
    yield Base(pattern=_re(rf"{_IN}{month}(?!\s?\d)"), window=month_year_window)
    yield Base(pattern=_re(rf"\b(?P<month>{_LONG_MONTH})\b(?!\s?\d)"), window=month_year_window)
    season = r"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)"
    not_a_name = (
        r"(?!\s\w+(?:ing|s)\b|\sof\b"
        r"|\s(?:slush|mud|thaw|offensive|campaign|draft|conscription|cycle|weather|season|call-up|exercise|drill)\b)"
    )
    yield Base(
        pattern=_re(rf"\b(?:{_PART})?{season}(?:,?\s(?:of\s)?(?P<year>(?:1[5-9]|20)\d\d\b))"), window=season_window
    )
    yield Base(pattern=_re(rf"\b{_REL}\s{season}\b"), window=season_window)
    yield Base(pattern=_re(rf"(?:\b{_PART}(?:the\s)?|{_IN}){season}\b{not_a_name}"), window=season_window)
    yield Base(pattern=_re(rf"\b{_PART}(?:year\s)?{_Y}"), window=years_window)
    yield Base(
        pattern=_re(r"\b(?P<from>(?:1[5-9]|20)\d\d)[-–/](?P<until>(?:1[5-9]|20)\d\d|\d\d)\b(?!-)"),
        window=year_pair_window,
    )
    yield Base(pattern=_re(rf"{_after(_TIME_ONLY)}{_Y}"), window=years_window)
    yield Base(pattern=_re(rf"{_IN}{_Y}(?!\s(?:[^\W\d]+\s){{0,2}}(?:{_COUNTABLE})\b)"), window=years_window)
    yield Base(pattern=_re(rf"\b(?:{_PART})?(?:the\s)?(?P<year>(?:1[5-9]|20)\d0)['’]?s\b"), window=decade_window)
    yield Base(
        pattern=_any(
            r"\b(?:Q(?P<q>[1-4])|(?:the\s)?(?P<name>first|second|third|fourth|last)\squarter)(?:(?:\sof)?\s(?P<year>20\d\d))?\b"
        ),
        window=quarter_window,
    )
    yield Base(pattern=_any(r"\b(?:over|at|on|during)\sthe\sweekend\b"), window=weekend_window, joins=False)
    yield Base(
        pattern=_any(r"\b(?:the\s)?(?P<edge>first|last)\sday\sof\s(?:the|this)\s(?P<unit>week|month|year)\b"),
        window=edge_window,
    )
    yield Base(pattern=_any(r"\b(?:the\s)?day\sbefore\syesterday\b"), window=fixed_window(-2, -2))
    yield Base(pattern=_any(r"\b(?:the\s)?day\safter\stomorrow\b"), window=fixed_window(2, 2))
    yield Base(pattern=_any(r"\b(?:today|tonight|this\s(?:morning|afternoon|evening))\b"), window=fixed_window(0, 0))
    yield Base(pattern=_any(r"\b(?:yesterday|last\s(?:night|evening))\b"), window=fixed_window(-1, -1))
    yield Base(pattern=_any(r"\btomorrow\b"), window=fixed_window(1, 1))
    yield Base(pattern=_any(r"\bovernight\b"), window=fixed_window(-1, 0))
    yield Base(
        pattern=_any(
            r"\b(?:now(?!\sthat)|currently|at\sthe\s(?:present\s)?moment|at\spresent|presently|at\sthis\s(?:point|time|stage|moment)|"
            r"these\sdays|for\s(?:the\stime\sbeing|now)|at\sthe\spresent\stime|right\snow|as\sof\snow)\b"
        ),
        window=fixed_window(0, 0),
        joins=False,
    )
    yield Base(
        pattern=_any(
            r"\b(?:so\sfar|thus\sfar|to\sdate|until\snow|up\sto\snow|as\syet|to\sthis\sday|till\snow|"
            r"(?<=not\s)yet|yet(?=\s*(?:[.,;:)]|$)))"
        ),
        window=so_far_window,
        joins=False,
    )
    yield Base(
        pattern=_any(
            r"\b(?:recently|lately|in\srecent\s(?:days|weeks|months|years|times)|recent\s(?:days|weeks|months))\b"
        ),
        window=so_far_window,
        joins=False,
    )
    yield Base(
        pattern=_any(
            r"\b(?:(?:in|for|within)\sthe\s(?:near|nearest|foreseeable|immediate)\sfuture|(?:very\s)?soon|shortly|"
            r"in\sthe\s(?:near|short|medium|long)\sterm|at\sany\s(?:moment|time|minute)|any\sday\snow|in\s(?:the\s)?future|"
            r"(?:(?:in|over|within|during)\s)?the\s(?:coming|next)\s(?:few\s)?(?:days|weeks|months|years)|imminently)\b"
        ),
        window=ahead_window,
        joins=False,
    )
    yield Base(pattern=_re(rf"\b(?:{_REL}\s)?(?P<weekday>{_WEEKDAY})\b"), window=weekday_window)
    yield Base(
        pattern=_any(
            rf"\b(?:(?P<side>earlier|later)\s)?(?:{_PART})?(?P<rel>last|this|next|previous|coming|following)\s(?P<unit>week|weekend|month|year|century)\b"
        ),
        window=period_window,
    )
    yield Base(
        pattern=_any(rf"\b{_PART}(?P<unit>week|month|year|century)\b"),
        window=period_window,
    )
    yield Base(pattern=_any(rf"\b{_COUNT}\s{_UNIT}\sago\b"), window=ago_window)
    yield Base(
        pattern=_any(
            rf"\b(?:(?:in|over|during|for|within)\s)?the\s(?:last|past|previous)\s(?:{_COUNT}\s)?{_UNIT_STEM}(?P<unit2>s)?\b(?!\sof\b)"
        ),
        window=past_while_window,
    )
    yield Base(
        pattern=_any(
            rf"\b(?:(?:in|over|during|for|within)\sthe\s(?:next|coming|nearest)|within(?:\sthe)?)\s{_COUNT}\s{_UNIT}\b"
        ),
        window=next_while_window,
        joins=False,
    )
    yield Base(pattern=_any(rf"\bin\s{_COUNT}\s{_UNIT}(?!['’])\b"), window=in_while_window, joins=False)
    yield Base(
        pattern=_any(
            rf"\b(?:(?:{_COUNT}|the)\s)?{_UNIT}\s(?:before(?!\syesterday)|earlier|later|after(?!\stomorrow)|previously)(?=\s*(?:[.,;:)]|$)|\sat\b)"
        ),
        window=open_window,
        joins=False,
    )


BASES: tuple[Base, ...] = tuple(_bases())
