"""What a desk writes down of its own work: each entry is appended and stays."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tocsin.model.claim import Modality, Polarity, Role
from tocsin.model.report import VoiceKind
from tocsin.model.time import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt to take something in.

    Attributes:
        at: The moment, in UTC.
        name: What it was called: a file, an address, an entry of an archive.
        report: The report it became or was known as; None where it failed.
        outcome: What became of it: new, known, failed.
        reason: Why it failed.
        digest: Of an item that failed, the digest under which its bytes are kept; None where they are not.
        by: Who took it in.
        handling: Of one that failed, the caveat given with it; it holds when the bytes are read at last.
        outlet: The outlet given with it.
        published: The days of publication given with it.
        lang: The language given with it.
    """

    at: datetime
    name: str
    report: str | None
    outcome: str
    reason: str | None = None
    digest: str | None = None
    by: str | None = None
    handling: str | None = None
    outlet: str | None = None
    published: Window | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaveatGiven:
    """A caveat given to a report that was there already; it holds beside those that the report carries."""

    report: str
    handling: str
    by: str | None
    at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileVersion:
    """One version of a declaration, from the moment of its first use until the next one's.

    ``kind`` is ``problem`` or ``sources``; a file that returns to earlier words is a version of its own.
    """

    kind: str
    name: str
    digest: str
    first_used: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """One assessment as it was issued; ``payload`` is its JSON, byte for byte, and ``digest`` that of the payload.

    ``judgement``, ``dissent`` and ``probability`` are the signer's own; of one signer's issues
    of a day the latest counts.
    """

    problem: str
    as_of: date
    issued_at: datetime
    by: str
    judgement: str | None
    dissent: str | None
    digest: str
    payload: bytes
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookMade:
    """One entry of the collection log: somebody looked for an indicator.

    Attributes:
        problem: The problem's id.
        indicator: The indicator's id.
        who: Who looked.
        day: The day that was looked at.
        found: Was it seen?
        coverage: How well it was looked for (0 to 1); None takes the indicator's own.
        note: What else is worth telling.
        at: When it was written down, in UTC.
    """

    problem: str
    indicator: str
    who: str
    day: date
    found: bool
    coverage: float | None = None
    note: str = ""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One poll of a feed.

    Attributes:
        feed: The feed's id.
        at: The moment, in UTC.
        status: The HTTP status; None where there was no answer.
        etag: What the server gave to ask again with.
        modified: The same, as a date in its own words.
        new: Reports that were new.
        error: What went wrong.
        until: Before this moment the server does not want to be asked again.
    """

    feed: str
    at: datetime
    status: int | None = None
    etag: str | None = None
    modified: str | None = None
    new: int = 0
    error: str | None = None
    until: datetime | None = None


class DeliveryState(StrEnum):
    """How an alert stands on its way through one channel.

    It waits from the moment it was raised; it is under way, so that nobody else sends it too; it was taken, or not; or
    its channel is named no more, and it goes through those that are.
    """

    PENDING = "pending"
    MOVED = "moved"
    BEGUN = "begun"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One step in delivering an alert; the same step of the same alert is kept once, so that two who send agree.

    Attributes:
        problem: The problem's id.
        rule: The rule that fired.
        key: What makes the alert this alert and no other.
        reason: Why it fired, in words.
        payload: What was delivered.
        channel: The kind of channel; empty while the desk declares none of that name.
        target: The channel's name in the settings of the desk; an address may hold a secret.
        state: How it stands after this step.
        attempts: The number of this step: 0 as it was raised, then two for each attempt, which begins and ends.
        at: The moment, in UTC.
    """

    problem: str
    rule: str
    key: str
    reason: str
    payload: str
    channel: str
    target: str
    state: DeliveryState
    attempts: int = 1
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note between shifts: its kind, its words, and details that a program reads."""

    at: datetime
    by: str
    kind: str
    text: str
    detail: Mapping[str, object] | None = None


class Forgotten(StrEnum):
    """What was erased."""

    REPORT = "report"
    VOICE = "voice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What stays of something that was erased, for protection or by order.

    Attributes:
        subject: The report's id; of a voice a digest of its name, never the name.
        kind: What was erased.
        at: The moment, in UTC.
        by: Who erased it.
        why: On what grounds.
        reports: The reports that lost words.
    """

    subject: str
    kind: Forgotten
    at: datetime
    by: str
    why: str
    reports: tuple[str, ...] = ()


def digest_of_voice(name: str) -> str:
    """What a tombstone keeps of a voice's name."""
    return f"sha256:{hashlib.sha256(' '.join(name.split()).casefold().encode()).hexdigest()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One line of the audit trail: who did what to what, when and why."""

    at: datetime
    who: str
    what: str
    subject: str
    why: str = ""
    detail: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatClaim:
    """A claim as tables and searches need it, with the two times: when it was published, when we knew.

    ``origin`` and ``outlet`` are the last and the first voice of its chain. ``handling`` is the caveat of its report.
    """

    id: str
    report: str
    position: int
    content: str
    origin: str
    origin_kind: VoiceKind
    outlet: str
    polarity: Polarity
    modality: Modality
    role: Role
    when_earliest: date | None
    when_latest: date | None
    published: date | None
    known: date | None
    handling: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that a search found: a claim, or a passage of a report where ``claim`` is None."""

    report: str
    claim: str | None
    text: str
    title: str | None
    outlet: str | None
    origin: str | None
    published: date | None
    known: date | None
    handling: str | None
