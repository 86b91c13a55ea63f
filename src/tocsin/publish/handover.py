"""The note that one watch leaves to the next, as text that is read in a minute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from tocsin.model.handover import HandOver, Near, Stand, TakenOver, Turned, Watched
from tocsin.publish.case import cut
from tocsin.publish.lines import wrap
from tocsin.publish.safe import plain
from tocsin.publish.words import day, moved, percent, plural, short

_LONGEST = 160
_NOTHING = "nothing"


def render(note: HandOver, *, taken: TakenOver | None = None, width: int = 100) -> str:
    """The note: who had the watch, then each problem, what is open on the desk, and who took over."""
    lines = [f"HAND-OVER {_moment(note.at)}"]
    lines += wrap(f"{plain(note.by)} had the watch since {_moment(note.since)}.", width)
    if note.withheld:
        lines += wrap(f"{note.withheld}.", width)
    for watched in note.problems:
        lines += ["", *_problem(watched, width)]
    lines += ["", "THE DESK"]
    lines += _list("Judgements in dispute, which count neither way", _disputed(note), width)
    lines += _list("Open queries", (f"{n}. {plain(text)}" for n, text in enumerate(note.queries, 1)), width)
    if note.failed:
        lines += wrap(f"{plural(note.failed, 'item').capitalize()} could not be taken in.", width, indent="  ")
    lines += ["", f"Taken over by {plain(taken.by)}, {_moment(taken.at)}." if taken else "Not acknowledged yet."]
    return "\n".join(lines) + "\n"


def _problem(watched: Watched, width: int) -> list[str]:
    lines = wrap(f"{plain(watched.problem).upper()}: {plain(watched.question)}", width)
    lines += wrap(f"Answer: {_stand(watched.now)}. {_then(watched)}", width, indent="  ")
    lines += wrap(f"Confidence in this judgement: {plain(watched.confidence)}.", width, indent="  ")
    changed = [*(line for turned in watched.turned for line in _turned(turned)), *_came(watched)]
    lines += _list("What changed, and why", iter(changed), width)
    in_vain = (look for look in watched.looked if not look.found)
    lines += _list(
        "Looked and found nothing",
        (f"{plain(x.indicator)}: {plain(x.who)}, {day(x.day)}{_aside(x.note)}" for x in in_vain),
        width,
    )
    found = [look for look in watched.looked if look.found]
    if found:
        told = (f"{plain(x.indicator)}: {plain(x.who)}, {day(x.day)}{_aside(x.note)}" for x in found)
        lines += _list("Looked and found", told, width)
    lines += _list("Nobody looked at", (plain(name) for name in watched.nobody), width)
    lines += _list("Decisions near", (_near(near, watched.now.as_of) for near in watched.near), width)
    sent = (
        f"{_moment(x.at)} {plain(x.rule)}, {x.state} through {plain(x.channel)}: {cut(plain(x.reason), _LONGEST)}"
        for x in watched.sent
    )
    lines += _list("Alerts", sent, width)
    if watched.could_change:
        lines += wrap(
            f"{plural(watched.could_change, 'unreviewed claim').capitalize()} could change the word.",
            width,
            indent="  ",
        )
    return lines


def _stand(stand: Stand) -> str:
    return f"{plain(stand.words)}, {percent(stand.probability)}, as of {day(stand.as_of)}"


def _then(watched: Watched) -> str:
    if watched.then is None:
        return "There is no earlier answer to compare with."
    whose = "by the last note" if watched.noted else "by the files then in force"
    if percent(watched.then.probability) == percent(watched.now.probability):
        return f"Unchanged since {day(watched.then.as_of)}, {whose}."
    return f"Then: {_stand(watched.then)}, {whose}."


def _came(watched: Watched) -> Iterator[str]:
    """What came in over the watch, whether or not an indicator turned on it."""
    came = [
        plural(count, one, many)
        for count, one, many in (
            (watched.reports, "report taken in", "reports taken in"),
            (watched.judgements, "judgement", "judgements"),
            (watched.versions, "other version of the files", "other versions of the files"),
        )
        if count
    ]
    if came:
        none = "" if watched.turned else "; no indicator turned, and nothing new was said on one"
        yield f"{', '.join(came)}{none}"


def _turned(turned: Turned) -> Iterator[str]:
    status = turned.now if turned.before == turned.now else f"{turned.before}, now {turned.now}"
    yield f"{plain(turned.indicator)} ({status.replace('_', ' ')}): {moved(turned.log_odds)}"
    for claim, told in turned.claims:
        yield f"  [{short(plain(claim))}] {cut(plain(told), _LONGEST)}"


def _near(near: Near, as_of: date) -> str:
    stand = "above" if near.above else "below"
    latest = f"missed since {day(near.latest)}" if near.latest < as_of else f"latest {day(near.latest)}"
    return f"{plain(near.who)}: {plain(near.what)}, {latest}; the answer stands {stand} its alarm line"


def _disputed(note: HandOver) -> Iterator[str]:
    for one in note.disputed:
        signed = f", by {plain(one.by)}: {cut(plain(one.why), _LONGEST)}" if one.by else ""
        yield f"[{short(plain(one.subject))}] {plain(one.value)}{signed}"


def _aside(text: str) -> str:
    return f" ({cut(plain(text), _LONGEST)})" if text else ""


def _list(title: str, points: Iterator[str], width: int) -> list[str]:
    told = list(points)
    if not told:
        return wrap(f"{title}: {_NOTHING}.", width, indent="  ")
    lines = wrap(f"{title}:", width, indent="  ")
    for point in told:
        inner = point.startswith("  ")
        lines += wrap(point.strip(), width, first="      " if inner else "  · ", indent="      " if inner else "    ")
    return lines


def _moment(at: datetime) -> str:
    return f"{day(at.date())} {at:%H:%M} UTC"
