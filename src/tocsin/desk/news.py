"""Is there anything to assess anew? What the last watch of a problem was made from is kept, and compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from tocsin import __version__, alert
from tocsin.desk.alerting import feed_state
from tocsin.desk.feeds import looked
from tocsin.desk.values import Taken
from tocsin.model.feed import Feed
from tocsin.model.log import Fetched
from tocsin.store.sql import Store


def everything(
    path: Path, store: Store, feeds: Sequence[Feed], logs: Mapping[str, Sequence[Fetched]], *, now: datetime
) -> str:
    """A digest of what every watch on a desk is made from: it is another whenever an alert or a look could be.

    That is the day, this program, every declaration, how far reports, readings, judgements and looks have come, which
    feeds have answered today, and which have gone silent.

    Args:
        path: The desk's folder.
        store: Its store.
        feeds: The declared feeds.
        logs: The polls of each.
        now: The moment.
    """
    files = [*sorted(path.glob("*.toml")), *sorted((path / "problems").glob("*.toml"))]
    silent = [alert.silence(feed_state(feed, logs[feed.id], now=now), now=now) for feed in feeds]
    parts = (
        __version__,
        now.date(),
        [(file.name, _contents(file)) for file in files],
        store.reach(),
        [any(looked(one) and one.at.date() == now.date() for one in logs[feed.id]) for feed in feeds],
        [found and (found.lacks, found.since) for found in silent],
    )
    return _digest(str(parts))


def made_from(last: str, everything: str, polled: Mapping[str, Sequence[Taken]]) -> str:
    """What a watch of one problem is made from: everything, and what each feed held when it last gave anything.

    Args:
        last: What the last watch of the problem was made from, as this function gave it; empty where there was none.
        everything: What every watch is made from.
        polled: What became of the entries of the feeds that were polled just now and answered.
    """
    held = json.loads(last)["held"] if last else {}
    held |= {feed: _digest(str(sorted(one.report or "" for one in taken))) for feed, taken in polled.items() if taken}
    return json.dumps({"from": everything, "held": held}, sort_keys=True)


def _contents(file: Path) -> str:
    """The digest of a file; empty where it cannot be read, which is told of where it is used."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
