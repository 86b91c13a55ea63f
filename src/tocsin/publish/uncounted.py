"""What was read and does not count: how much of it, on what, and why, so that no desk takes silence for an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from tocsin.model.assessment import IndicatorResult, RecordedOutcome, Status
from tocsin.model.evidence import Evidence, Linked, ReadingRole, Says
from tocsin.publish.case import Case
from tocsin.publish.safe import plain
from tocsin.publish.story import Point, Text
from tocsin.publish.words import NBSP, STATUS, day, listed, short_day

FEW = 0.1
"""Where fewer of the claims than this count, the page says so above the answer."""

ASIDE_SHOWN = 6
NEAR_SHOWN = 2
_LOUD_SHOWN = 3
_AT_ONCE = 1
"""Days apart within which two contrary statements are about the same state."""

_RUNS = 4
"""Changes of an indicator that its line shows."""

_KINDS = (
    ("rejected by", "rejected"),
    ("another actor", "actor"),
    ("another place", "place"),
    ("no place said", "place"),
    ("a count for several places", "place"),
    ("an arrival or departure", "no level"),
    ("a change", "no level"),
    ("a rate", "no level"),
    ("somebody's", "opinion"),
    ("a plan", "plan"),
    ("planned", "plan"),
    ("an intent", "plan"),
    ("a requirement", "plan"),
    ("a rumour", "rumour"),
)
_EXPLAINED = (
    (
        "an arrival or departure, not a level",
        "An arrival or departure: how many came or went does not tell how many are there.",
    ),
    ("a change, not a level", "A change: by how much a number rose or fell does not tell how many there are."),
    ("a rate, not a level", "A rate: so many a day does not tell how many there are."),
    ("spoke last of", "No place said: such a claim is taken to be about the place that its report named last."),
    ("a plan, and", "A plan, an intent, an opinion or a rumour is shown and is no evidence; only what was seen is."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of all claims; each is counted once, under the first of these that fits it.

    ``ungraded`` were linked, and their sources are not graded; ``aside`` gives set-aside claims by kind of reason;
    ``unclear`` were linked and say nothing clear, or about a day outside the watch; ``unmatched`` match no phrase.
    """

    claims: int
    counting: int
    ungraded: int
    aside: tuple[tuple[str, int], ...]
    others: int
    unclear: int
    unmatched: int
    voices: int
    """Claims of sources that are not graded, whatever they speak about."""

    @property
    def told(self) -> str:
        """The whole of it in words."""
        n, these = self.claims, "the only claim" if self.claims == 1 else f"{self.claims:,}{NBSP}claims"
        verb = "counts" if self.counting <= 1 else "count"
        head = f"None of {these} counts" if not self.counting else f"Only {self.counting} of {these} {verb}"
        parts = [f"{self.ungraded} linked, but of sources that are not graded"] if self.ungraded else []
        aside = sum(count for _, count in self.aside)
        if aside:
            kinds = ", ".join(f"{kind} {count}" for kind, count in self.aside)
            parts.append(f"{aside} set aside ({kinds})")
        parts += [f"{self.others} other people's assessments"] if self.others else []
        parts += [f"{self.unclear} saying nothing clear"] if self.unclear else []
        parts += [f"{self.unmatched} {'matches' if self.unmatched == 1 else 'match'} no watch phrase"] * bool(
            self.unmatched
        )
        graded = f" The sources of {self.voices} of all {n} are not graded." if self.voices else ""
        return f"{head}: {', '.join(parts)}.{graded}"

    @property
    def helps(self) -> str:
        """What would let more of it count, for readers who leave it to the desk."""
        steps = ["grades for sources that have none"] * bool(self.voices)
        steps += ["a second look at what was set aside"] * bool(self.aside)
        steps += ["watch phrases in the words that reports use"] * bool(self.unmatched)
        return f" What would help: {listed(steps)}." if steps else ""

    @property
    def commands(self) -> str:
        """The same as commands, for those who work on the desk."""
        options = ["--set-aside"] * bool(self.aside) + ["--unlinked"] * bool(self.unmatched)
        steps = [f"tocsin claims DESK {' or '.join(options)}".rstrip()]
        steps += ["tocsin sources DESK for whom to grade"] * bool(self.voices)
        return f" Next: {', then '.join(steps)}."


def tally(case: Case) -> Tally | None:
    """What became of all claims; None where it is not known, as for evidence coded by hand."""
    if not case.claims or case.bare:
        return None
    linked = case.linked
    lines = {line.id: frozenset(line.claims) for line in case.assessment.indicators}
    counting, ungraded, unclear = set[str](), set[str](), set[str]()
    for item in linked.evidence:
        name = item.claim or item.id
        inside = name in lines.get(item.indicator, (name,))
        (counting if weighs(item) and inside else ungraded if idle(item) else unclear).add(name)
    for reading in linked.readings:
        held = reading.role is ReadingRole.HOLDING
        where = counting if held and reading.knows else ungraded if held else unclear
        where.add(reading.claim or reading.id)
    reasons = dict(reversed(linked.set_aside))
    others = {other.claim for other in linked.others}
    kinds: Counter[str] = Counter()
    rest: Counter[str] = Counter()
    for name in case.claims:
        if name in counting:
            rest["counting"] += 1
        elif name in ungraded:
            rest["ungraded"] += 1
        elif name in reasons:
            kinds[_kind(reasons[name])] += 1
        else:
            rest["others" if name in others else "unclear" if name in unclear else "unmatched"] += 1
    return Tally(
        claims=len(case.claims),
        counting=rest["counting"],
        ungraded=rest["ungraded"],
        aside=tuple(kinds.most_common()),
        others=rest["others"],
        unclear=rest["unclear"],
        unmatched=rest["unmatched"],
        voices=sum(rating.knows is None for name, rating in case.ratings.items() if name in case.claims),
    )


def _kind(reason: str) -> str:
    told = reason.partition(": ")[2] or reason
    for text in (reason, told):
        found = next((kind for head, kind in _KINDS if text.startswith(head)), None)
        if found is not None:
            return found
    return "other reasons"


def weighs(item: Evidence) -> bool:
    """Does an item count at all? Ambiguity and sources that are not graded do not."""
    return item.says is not Says.AMBIGUOUS and item.knows is not None and item.knows * item.weight > 0.0


def idle(item: Evidence) -> bool:
    """Does an item say something clear and weigh nothing, for its source is not graded?"""
    return item.says is not Says.AMBIGUOUS and item.knows is None


def on_line(case: Case, line: IndicatorResult) -> tuple[Evidence, ...]:
    """The evidence on one line of the board, within the days that the answer covers, oldest first."""
    return tuple(item for item in case.evidence_on(line.id) if (item.claim or item.id) in line.claims)


def weightless(case: Case, line: IndicatorResult) -> tuple[str, ...]:
    """The claims on one line of the board that weigh nothing, for their sources are not graded."""
    return tuple(dict.fromkeys(item.claim or item.id for item in on_line(case, line) if idle(item)))


def weightless_told(case: Case, line: IndicatorResult) -> str:
    """How many claims on a line weigh nothing, and why; empty where none does."""
    count = len(weightless(case, line))
    if not count:
        return ""
    if count == 1:
        return f"One claim on {plain(line.id)} weighs nothing: its source is not graded."
    return f"{count} claims on {plain(line.id)} weigh nothing: their sources are not graded."


def asides(linked: Linked, target: str) -> tuple[tuple[str, str], ...]:
    """The claims that matched the words of an indicator, gate or figure and were set aside, each with the reason.

    ``target`` is the id; that of a figure stands behind the word: "figure troops".
    """
    head = f"{target}: "
    return tuple((claim, why.removeprefix(head)) for claim, why in linked.set_aside if why.startswith(head))


def nearly(linked: Linked, target: str) -> tuple[tuple[str, str], ...]:
    """The claims that hold all words of a phrase of an indicator or gate and did not match, each with the phrase."""
    head = f"{target}: "
    return tuple((claim, told.removeprefix(head)) for claim, told in linked.near if told.startswith(head))


def aside_points(case: Case, found: Iterable[tuple[str, str]], *, limit: int = ASIDE_SHOWN) -> tuple[Point, ...]:
    """Set-aside claims as points, each in its words and with the reason; beyond ``limit`` the rest are counted."""
    every = tuple(found)
    points = tuple(Point((*case.named("claim", claim), f" – {plain(why)}")) for claim, why in every[:limit])
    more = len(every) - limit
    how = ": tocsin claims DESK --set-aside" if case.commands else ""
    return (*points, Point((f"and {more} more{how}",))) if more > 0 else points


def near_points(case: Case, target: str, *, limit: int = NEAR_SHOWN) -> tuple[Point, ...]:
    """Near misses of an indicator as points, each in its words and with the phrase; beyond ``limit`` none."""
    return tuple(
        Point(("near miss: ", *case.named("claim", claim), f" – all words of “{plain(phrase)}”"))
        for claim, phrase in nearly(case.linked, target)[:limit]
    )


def legend(reasons: Iterable[str]) -> tuple[str, ...]:
    """What the terms in some reasons mean, each explained once."""
    every = tuple(reasons)
    return tuple(told for words, told in _EXPLAINED if any(words in why for why in every))


def state(case: Case, line: IndicatorResult, *, since: str = "") -> tuple[str, str]:
    """Sign and words for one line of the board, by what is there; the status itself stays what it is.

    ``since`` is put behind the status where the words keep to it.
    """
    sign, meaning = STATUS[line.status]
    if line.status is Status.NOT_COVERED:
        aside = len({claim for claim, _ in asides(case.linked, line.id)})
        return sign, f"nothing that counts ({aside} set aside)" if aside else meaning
    items = on_line(case, line)
    told = [item for item in items if weighs(item)]
    silent = len(weightless(case, line))
    if silent and not told:
        return sign, f"{meaning}{since}, only by sources that are not graded"
    yes = len({item.claim or item.id for item in told if item.says is Says.PRESENT})
    no = len({item.claim or item.id for item in told if item.says is Says.ABSENT})
    if yes and no and not _contested(told):
        meaning, since = f"changed: {_sequence(told)}", ""
    elif yes and no:
        newest = max(told, key=_in_time)
        last = "seen" if newest.says is Says.PRESENT else "opposite" if newest.counter else "not seen"
        says, denies = ("says" if yes == 1 else "say"), ("denies" if no == 1 else "deny")
        meaning, since = f"disputed: {yes} {says} so, {no} {denies}; newest: {last}", ""
    elif line.own_word:
        meaning = "denied by those whom it is about, and nobody else looked"
    meaning += since
    return sign, f"{meaning}; {silent} more weigh{'s' if silent == 1 else ''} nothing" if silent else meaning


def _contested(told: Sequence[Evidence]) -> bool:
    """Does another source say the contrary of what was said last, of the same day or the one before or after?

    What is said of other days may both be true: the state has changed.
    """
    ordered = sorted(told, key=_in_time)
    last = list(takewhile(lambda item: item.says is ordered[-1].says, reversed(ordered)))
    return any(
        one.source != other.source and abs((one.about - other.about).days) <= _AT_ONCE
        for one in last
        for other in told
        if other.says is not one.says
    )


def _in_time(item: Evidence) -> tuple[date, date, float, str]:
    return item.about, item.published, (item.knows or 0.0) * item.weight, item.id


def _sequence(told: Sequence[Evidence]) -> str:
    """What was said of one day after the other: "not seen 17 Nov, seen 21 to 22 Nov, the opposite 27 Nov"."""
    runs: list[tuple[str, date, date]] = []
    for item in sorted(told, key=_in_time):
        word = "seen" if item.says is Says.PRESENT else "the opposite" if item.counter else "not seen"
        if runs and runs[-1][0] == word:
            runs[-1] = (word, runs[-1][1], item.about)
        else:
            runs.append((word, item.about, item.about))
    days = [
        f"{word} {short_day(first)}" + (f" to {short_day(last)}" if last != first else "")
        for word, first, last in runs[-_RUNS:]
    ]
    return ("… " if len(runs) > _RUNS else "") + ", ".join(days)


def notices(case: Case) -> tuple[Text, ...]:
    """What a reader must know before the answer: it is decided, or nothing of what was read counts."""
    found: list[str] = []
    if case.assessment.outcome is not None:
        found.append(recorded(case.assessment.outcome))
    every = tally(case)
    if every is not None and not every.counting:
        found.append(_told(case, every))
    return tuple((line,) for line in found)


def remarks(case: Case) -> tuple[Text, ...]:
    """What a reader should know beside the answer: little of what was read counts, and on what least of it."""
    every = tally(case)
    few = every is not None and 0 < every.counting < FEW * every.claims
    return tuple((line,) for line in ([_told(case, every)] if every is not None and few else []) + _loud(case))


def _told(case: Case, every: Tally) -> str:
    return every.told + (every.commands if case.commands else every.helps)


def _loud(case: Case) -> list[str]:
    """The indicators on which ungraded claims outnumber those that count, the most first."""
    lines = []
    for line in case.assessment.indicators:
        silent = len(weightless(case, line))
        told = len({item.claim or item.id for item in on_line(case, line) if weighs(item)})
        if silent > told:
            lines.append((silent, weightless_told(case, line)))
    lines.sort(key=lambda pair: -pair[0])
    rest = len(lines) - _LOUD_SHOWN
    where = ": tocsin board DESK." if case.commands else "."
    more = [f"The same holds for {rest} more indicator{'s' if rest > 1 else ''}{where}"] if rest > 0 else []
    return [told for _, told in lines[:_LOUD_SHOWN]] + more


def recorded(found: RecordedOutcome) -> str:
    """What was recorded of the outcome, in words."""
    by = f" ({plain(found.by)})" if found.by else ""
    if found.onset is None:
        return f"Recorded: up to and including {day(found.through)} it had not happened{by}."
    return f"Recorded: it began on {day(found.onset)}{by}. The answer below does not know of it."
