"""Alerts: rules that are pure, and the ways in which an alert leaves.

Nothing here decides whether something is sent: a problem declares the rules, the desk's settings the channels.
"""

from __future__ import annotations

from tocsin.alert.regular import Aside, Heard
from tocsin.alert.rules import Case, FeedState, alerts, entries, silence, standing
from tocsin.alert.send import Post, Way, payload, send

__all__ = [
    "Aside",
    "Case",
    "FeedState",
    "Heard",
    "Post",
    "Way",
    "alerts",
    "entries",
    "payload",
    "send",
    "silence",
    "standing",
]
