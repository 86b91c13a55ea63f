"""The rules: what stood before, what stands now, what was said and fetched; alerts out, each with its reason."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from tocsin.alert.regular import Aside, Heard, LeftOut, left_out
from tocsin.model.alert import Alert, AlertRule, Rule, Standing
from tocsin.model.assessment import Assessment, DecisionResult, IndicatorResult, Status
from tocsin.model.evidence import Evidence, Says
from tocsin.model.feed import Feed
from tocsin.model.problem import WarningProblem

LEAST_SILENCE = timedelta(days=1)
"""A feed that does not answer counts as gone silent after this time, or after four polls, whichever is longer."""

_POLLS = 4
_LONGEST_KEY = 200
_RECENT = 3
_CLOSED = "withheld"
_WORDED = {
    Status.OBSERVED: "seen",
    Status.AMBIGUOUS: "ambiguous",
    Status.COUNTER: "the opposite asserted",
    Status.NOT_SEEN: "looked for and not seen",
    Status.NOT_COVERED: "not covered",
}
_UNNAMED = "a source that is not named here"
_QUIET = frozenset({Status.AMBIGUOUS, Status.NOT_COVERED, Status.NOT_SEEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """How a feed stands: when its polling began, when it last answered, when it last brought something new."""

    feed: Feed
    began: datetime
    answered: datetime | None = None
    new: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything that the rules of one problem judge by.

    ``past`` is every standing that was kept of the problem, oldest first, None for one that this program cannot read;
    empty on the first watch. ``aside`` is what was said of indicators and is no statement on them. ``names`` gives the
    declared sources as a page prints them, by id and by every name they go by; any other is not told, for only a report
    names it, or its name is under a caveat. ``closed`` is the claims under one: no alert tells their ids, nor the name
    of whoever made one of them. ``now`` is the moment, in UTC.
    """

    problem: WarningProblem
    assessment: Assessment
    now: datetime
    past: tuple[Standing | None, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    aside: tuple[Aside, ...] = ()
    heard: tuple[Heard, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    feeds: tuple[FeedState, ...] = ()
    closed: frozenset[str] = frozenset()

    @property
    def day(self) -> date:
        """The day assessed."""
        return self.assessment.as_of

    @property
    def before(self) -> Standing | None:
        """What stood at the last watch."""
        return self.past[-1] if self.past else None

    @property
    def number(self) -> int:
        """How many standings were kept: the place from which whatever changes now departs."""
        return len(self.past)

    def since(self, held: Callable[[Standing], bool]) -> int:
        """The place in the chain of standings from which on something has held without a break."""
        run = 0
        for one in reversed(self.past):
            if one is None or not held(one):
                break
            run += 1
        return self.number - run

    def alert(
        self,
        rule: Rule,
        reason: str,
        subject: str,
        *particulars: object,
        claims: tuple[str, ...] = (),
        when: date | None = None,
    ) -> Alert:
        """An alert of this problem; subject and particulars make it this one and no other.

        Claims under a caveat are counted by one word, and not named.
        """
        told = tuple(one for one in claims if one not in self.closed)
        told += (_CLOSED,) if len(told) < len(claims) else ()
        key = "/".join((self.problem.id, rule, subject, *(str(part) for part in particulars)))
        if len(key) > _LONGEST_KEY:
            key = f"{key[:_LONGEST_KEY]}…{hashlib.sha256(key.encode()).hexdigest()[:16]}"
        return Alert(
            key=key,
            problem=self.problem.id,
            rule=rule,
            subject=subject,
            reason=reason,
            claims=told,
            day=self.day,
            when=when,
        )


def alerts(case: Case, declared: AlertRule) -> tuple[Alert, ...]:
    """What one declared ``[[alerts]]`` raises, in the order of its rules."""
    return tuple(alert for rule in dict.fromkeys(declared.on) for alert in _RULES[rule](case, declared))


def standing(assessment: Assessment) -> Standing:
    """What of an assessment a later one is compared with."""
    return Standing(
        as_of=assessment.as_of,
        words=assessment.answer.words,
        above={_decision(one): one.above for one in assessment.decisions},
        latest={_decision(one): one.latest for one in assessment.decisions},
        indicators={line.id: line.status for line in assessment.indicators},
    )


def entries(case: Case) -> tuple[Alert, ...]:
    """An entry for a calendar per decision: the latest day on which it can be taken."""
    return tuple(
        case.alert(
            Rule.DECISION_NEAR,
            f"{one.who}: {one.what}: to be decided by {one.latest}",
            _decision(one),
            one.latest,
            case.since(partial(_was_latest, _decision(one), one.latest)),
            when=one.latest,
        )
        for one in case.assessment.decisions
    )


def _word_changed(case: Case, _: AlertRule) -> Iterator[Alert]:
    """The word of the answer is another than it was."""
    now, before = case.assessment.answer, case.before
    if before is not None and before.words != now.words:
        yield case.alert(
            Rule.WORD_CHANGED,
            f"the word has changed from '{before.words}' to '{now.words}' for the event by {now.by}",
            "answer",
            before.words,
            now.words,
            case.number,
            claims=_moved(case),
        )


def _alarm_crossed(case: Case, _: AlertRule) -> Iterator[Alert]:
    """The answer has crossed the alarm line of a decision, up or down."""
    for one in case.assessment.decisions:
        was = case.before.above.get(_decision(one), False) if case.before else False
        if was != one.above:
            way = "risen above" if one.above else "fallen below"
            yield case.alert(
                Rule.ALARM_CROSSED,
                f"the answer has {way} the alarm line of {one.alarm:.3g} at which {one.who} would act: {one.what}",
                _decision(one),
                "above" if one.above else "below",
                case.number,
                claims=_moved(case),
            )


def _indicator_turned(case: Case, declared: AlertRule) -> Iterator[Alert]:
    """An indicator is seen now and was not, or the opposite is asserted, or either is so no longer."""
    for line in _lines(case, declared):
        was = case.before.indicators.get(line.id) if case.before else None
        if was is None or was is line.status or {was, line.status} <= _QUIET:
            continue
        yield case.alert(
            Rule.INDICATOR_TURNED,
            f"{line.id} ({line.statement}) has turned from {_WORDED[was]} to {_WORDED[line.status]}",
            line.id,
            was,
            line.status,
            case.number,
            claims=line.claims,
        )


def _critical_seen(case: Case, declared: AlertRule) -> Iterator[Alert]:
    """A critical indicator is seen: one that must come before the event."""
    for line in _lines(case, declared):
        if line.critical and line.status is Status.OBSERVED:
            since = f" since {line.since}" if line.since else ""
            yield case.alert(
                Rule.CRITICAL_SEEN,
                f"the critical indicator {line.id} ({line.statement}) is seen{since}",
                line.id,
                case.since(partial(_was_seen, line.id)),
                claims=line.claims,
            )


def _statement_left_out(case: Case, declared: AlertRule) -> Iterator[Alert]:
    """A source published and left out what it says regularly: a question, not an indication."""
    outlets = {one.report: one.outlet for one in case.heard}
    wanted = _wanted(case, declared)
    statements = {one.id: one.statement for one in case.problem.indicators}
    evidence = [item for item in case.evidence if item.indicator in wanted]
    for one in left_out(evidence, case.heard, outlets, case.aside, day=case.day, over=declared.over):
        said = "not seen" if one.says is Says.ABSENT else "seen"
        who = _name(case, one.source, (*one.claims, *one.otherwise)) if one.openly else _UNNAMED
        yield case.alert(
            Rule.STATEMENT_LEFT_OUT,
            f"a question, not an indication: {who} was heard on {one.day}{_through(case, one)} "
            f"and did not say what it had said on {one.said} of {one.published} days on which it was heard, last on "
            f"{one.last}: that {one.indicator} ({statements[one.indicator]}) is {said}. {_otherwise(one)}Why?",
            one.indicator,
            _code(one.source),
            one.says,
            one.last,
            claims=(*one.claims, *one.otherwise),
        )


def _self_contradiction(case: Case, declared: AlertRule) -> Iterator[Alert]:
    """A source says of one and the same day that an indicator is there and that it is not."""
    wanted = _wanted(case, declared)
    said: dict[tuple[str, str, date], dict[Says, list[str]]] = defaultdict(lambda: defaultdict(list))
    for item in case.evidence:
        if item.indicator in wanted and not item.unnamed and (case.day - item.published).days <= _RECENT:
            said[item.indicator, item.source, item.about][item.says].append(item.claim or item.id)
    for (indicator, source, about), by in sorted(said.items()):
        if Says.PRESENT in by and Says.ABSENT in by:
            claims = tuple(sorted({*by[Says.PRESENT], *by[Says.ABSENT]}))
            yield case.alert(
                Rule.SELF_CONTRADICTION,
                f"{_name(case, source, claims)} contradicts itself: it says of {about} both that {indicator} is there "
                "and that it is not",
                indicator,
                _code(source),
                about,
                claims=claims,
            )


def _feed_silent(case: Case, _: AlertRule) -> Iterator[Alert]:
    """A feed does not answer any more, or brings nothing new for longer than it may."""
    for state in case.feeds:
        found = silence(state, now=case.now)
        if found is not None:
            yield case.alert(
                Rule.FEED_SILENT, found.reason, state.feed.id, found.lacks, f"{found.since:%Y-%m-%dT%H:%M}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What a feed lacks, an answer or something new, since when, and that in words."""

    lacks: str
    since: datetime
    reason: str


def silence(state: FeedState, *, now: datetime) -> Silence | None:
    """How a feed has gone silent by a moment; None where it has not."""
    feed = state.feed
    answered = state.answered or state.began
    new = state.new or state.began
    if now - answered > max(LEAST_SILENCE, timedelta(days=_POLLS * feed.every)):
        since = f"has not answered since {answered:%Y-%m-%d %H:%M}" if state.answered else "has never answered"
        reason = f"the feed {feed.id} {since} (UTC): what it covers is not covered"
        return Silence(lacks="answer", since=answered, reason=reason)
    if feed.silent_after is not None and now - new > timedelta(days=feed.silent_after):
        reason = f"the feed {feed.id} answers and has brought nothing new since {new:%Y-%m-%d %H:%M} (UTC)"
        return Silence(lacks="new", since=new, reason=reason)
    return None


def _decision_near(case: Case, declared: AlertRule) -> Iterator[Alert]:
    """The latest day on which a decision can be taken has come near."""
    for one in case.assessment.decisions:
        before = case.before
        was = before.latest.get(_decision(one)) if before else None
        was_near = before is not None and was is not None and _near(was, before.as_of, declared.near)
        if _near(one.latest, case.day, declared.near) and not was_near:
            left = (one.latest - case.day).days
            when = f"in {left} days" if left > 1 else "tomorrow" if left == 1 else "today" if left == 0 else "over"
            yield case.alert(
                Rule.DECISION_NEAR,
                f"{one.who} would have to decide by {one.latest} ({when}): {one.what}",
                _decision(one),
                case.number,
                when=one.latest,
            )


_RULES: Mapping[Rule, Callable[[Case, AlertRule], Iterator[Alert]]] = {
    Rule.WORD_CHANGED: _word_changed,
    Rule.ALARM_CROSSED: _alarm_crossed,
    Rule.INDICATOR_TURNED: _indicator_turned,
    Rule.CRITICAL_SEEN: _critical_seen,
    Rule.STATEMENT_LEFT_OUT: _statement_left_out,
    Rule.SELF_CONTRADICTION: _self_contradiction,
    Rule.FEED_SILENT: _feed_silent,
    Rule.DECISION_NEAR: _decision_near,
}


def _lines(case: Case, declared: AlertRule) -> Iterator[IndicatorResult]:
    wanted = _wanted(case, declared)
    return (line for line in case.assessment.indicators if line.id in wanted)


def _wanted(case: Case, declared: AlertRule) -> frozenset[str]:
    return frozenset(declared.indicators or (one.id for one in case.problem.indicators))


def _moved(case: Case) -> tuple[str, ...]:
    """The claims that moved the answer since the day before; else those on the indicator that moves it most."""
    changes = tuple(dict.fromkeys(name for change in case.assessment.changes for name in change.because))
    strongest = max(case.assessment.indicators, key=lambda line: abs(line.log_odds), default=None)
    return changes or (strongest.claims if strongest else ())


def _decision(one: DecisionResult) -> str:
    return f"{one.who}: {one.what}"


def _near(latest: date, day: date, within: float) -> bool:
    return (latest - day).days <= within


def _name(case: Case, source: str, claims: tuple[str, ...]) -> str:
    """Who made some claims, in words.

    A report's own words do not leave with an alert, and so neither does a name from one, nor that of whoever speaks
    in one under a caveat.
    """
    return case.names.get(source, _UNNAMED) if case.closed.isdisjoint(claims) else _UNNAMED


def _through(case: Case, one: LeftOut) -> str:
    """The declared outlets through which a source was heard, in words."""
    outlets = dict.fromkeys(case.names[outlet] for outlet in one.through if outlet in case.names)
    return f" through {' and '.join(outlets)}" if outlets else ""


def _otherwise(one: LeftOut) -> str:
    told = "It did speak of it that day, in words that make no such statement (a judgement, a plan, another place). "
    return told if one.otherwise else ""


def _code(source: str) -> str:
    """A source in a key: the same whether or not its name may be told just now."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def _was_seen(indicator: str, then: Standing) -> bool:
    return then.indicators.get(indicator) is Status.OBSERVED


def _was_latest(decision: str, latest: date, then: Standing) -> bool:
    return then.latest.get(decision) == latest
