"""The days that an answer names, as an iCalendar file: decisions, announced days, expiring judgements."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta

from tocsin.publish.case import cut
from tocsin.publish.exported import Exported
from tocsin.publish.masking import MASK
from tocsin.publish.safe import plain
from tocsin.publish.words import NBSP, percent

_LINE = 120
_PRONOUNS = frozenset(
    {"they", "them", "he", "him", "she", "her", "it", "we", "us", "i", "you", "one", "this", "that", "author"}
)
_OURS = uuid.uuid5(uuid.NAMESPACE_OID, "tocsin")


def render(exported: Exported) -> bytes:
    """A calendar of whole days; the same answer gives the same bytes.

    An entry keeps its id from one export to the next, so that a calendar moves it and does not double it.
    """
    from icalendar import Calendar, Event

    a = exported.assessment
    calendar = Calendar()
    calendar.add("prodid", "-//Tocsin//Assessment//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    told = f" {exported.withheld}." if exported.withheld else ""
    calendar.add("x-wr-calname", plain(a.question))
    calendar.add("x-wr-caldesc", f"As of {a.as_of.isoformat()}.{told}")
    for key, day, summary, description in _days(exported):
        event = Event()
        event.add("uid", f"{uuid.uuid5(_OURS, f'{exported.producer}/{a.problem}/{key}')}@tocsin")
        event.add("dtstamp", exported.moment)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", plain(summary))
        event.add("description", plain(description))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _days(exported: Exported) -> Iterator[tuple[str, date, str, str]]:
    """What to enter: an id, the day, the line, and what more there is to say. Days that are past are not entered."""
    a = exported.assessment
    as_of = f"As of {a.as_of.isoformat()}."
    yield "by", a.answer.by, f"Last day of the question: {a.question}", f"{a.resolution} {as_of}"
    for n, decision in enumerate(a.decisions):
        if decision.latest < a.as_of:
            continue
        line = f"{decision.who}: last day to begin, {decision.what}"
        takes = f"It takes {decision.takes_days:g} days; its alarm line is {percent(decision.alarm)}."
        takes = takes.replace(NBSP, " ")
        yield f"decision/{decision.who}/{n}", decision.latest, line, f"{takes} {as_of}"
    for one in a.ahead:
        day = one.latest or one.earliest
        if day is not None:
            said = f"{_whose(one.who)} said, reported on {one.published.isoformat()}: {_quoted(one.says, one.polarity)}"
            yield (
                f"ahead/{one.claim}",
                day,
                f"Announced: {cut(plain(one.says), _LINE)}",
                f"{said}. Not counted. {as_of}",
            )
    for other in a.others:
        if other.says == MASK:
            continue
        named = _whose(other.who)
        line = f"Expires: the judgement of {named}" if named == other.who else f"Expires: a judgement, {other.says}"
        says = _quoted(other.says, other.polarity)
        yield f"other/{other.claim}", other.expires, cut(plain(line), _LINE), f"{named} said: {says}. {as_of}"


def _quoted(says: str, polarity: str) -> str:
    return f"“{says}” (a denial)" if polarity == "denied" else f"“{says}”"


def _whose(who: str) -> str:
    """The name of a voice; what a report calls by a pronoun alone has none."""
    return "Somebody" if who.casefold() in _PRONOUNS else who
