"""Fetching: the one way to an address that somebody named, with everything refused that a stranger must not reach.

This package touches the network, as the store touches the disk. It reads no clock, no file and no environment.
"""

from __future__ import annotations

from tocsin.fetch.network import Network, System
from tocsin.fetch.policy import Limits, Policy, permit
from tocsin.fetch.robots import Robots
from tocsin.fetch.url import Target, shown, target
from tocsin.fetch.web import Fetched, get, post

__all__ = [
    "Fetched",
    "Limits",
    "Network",
    "Policy",
    "Robots",
    "System",
    "Target",
    "get",
    "permit",
    "post",
    "shown",
    "target",
]
