"""Alerts: what they are about, and the rules that a problem declares for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tocsin.model.assessment import Status


class Rule(StrEnum):
    """What an alert can be raised by."""

    WORD_CHANGED = "word_changed"
    ALARM_CROSSED = "alarm_crossed"
    INDICATOR_TURNED = "indicator_turned"
    CRITICAL_SEEN = "critical_seen"
    STATEMENT_LEFT_OUT = "statement_left_out"
    SELF_CONTRADICTION = "self_contradiction"
    FEED_SILENT = "feed_silent"
    DECISION_NEAR = "decision_near"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRule:
    """One ``[[alerts]]`` of a problem: on what, to which channels of the desk.

    ``indicators`` limits it to some of them; empty means all. ``near``: days before a decision's latest day.
    ``over``: days that are looked back for what a source says regularly.
    """

    on: tuple[Rule, ...]
    to: tuple[str, ...]
    indicators: tuple[str, ...] = ()
    near: float = 3.0
    over: float = 21.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert. ``key`` makes it this alert and no other: the same key is never delivered twice through one channel.

    It rests on what was there before, never on the day or the moment at which it was noticed.

    ``subject`` is what it is about: an indicator, a decision, a feed, the answer. ``reason`` is in our own words and
    holds none of a report. ``claims`` are the ids of what stands behind it. ``when`` is the day it points to, where it
    points to one.
    """

    key: str
    problem: str
    rule: Rule
    subject: str
    reason: str
    claims: tuple[str, ...]
    day: date
    when: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an assessment said that a later one may change: kept from one watch to the next.

    ``above`` and ``latest`` tell of each decision whether the answer stands above its alarm line, and its latest day;
    ``indicators`` gives the state of each.
    """

    as_of: date
    words: str
    above: dict[str, bool] = field(default_factory=dict[str, bool])
    latest: dict[str, date] = field(default_factory=dict[str, date])
    indicators: dict[str, Status] = field(default_factory=dict[str, Status])
