"""Reports, sources and voices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tocsin.model.grade import Reliability, Wording
from tocsin.model.time import Window


class Span(NamedTuple):
    """Half-open range of Unicode characters in a report's derived text."""

    start: int
    stop: int


class VoiceKind(StrEnum):
    """What a voice is."""

    AUTHOR = "author"
    PERSON = "person"
    OFFICIAL = "official"
    ANONYMOUS = "anonymous"
    MEDIA = "media"
    ADVERSARY_MEDIA = "adversary_media"
    ORGANIZATION = "organization"
    PUBLIC = "public"


class Access(StrEnum):
    """How a source knows: it saw, has imagery, was told, or infers."""

    SAW = "saw"
    IMAGERY = "imagery"
    TOLD = "told"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Anyone who speaks within a report.

    ``span`` is the mention beside the cue (even "she"); ``name`` may be resolved. An unnamed voice is one
    voice within its report and never merged with another report's by the program.
    """

    name: str
    kind: VoiceKind
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One item of reporting as retrieved; ``id`` is ``sha256:`` and the digest of its bytes.

    ``text`` is the derived text; offsets into it never move. ``outlet`` is the publisher as the report itself
    gives it (byline, site name, front matter), or None. ``published`` is a window because a page may say
    "November" only; ``published_how`` says how it was found ("given", "front matter", "meta tag …").
    ``notes`` say what reading had to guess (a character set that nobody declared).
    """

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: Window | None = None
    published_how: str = "not found"
    retrieved: date | None = None
    lang: str | None = None
    url: str | None = None
    media_type: str = "text/plain"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A grade from a day on: letters by topic as in ``Source``, the edition of their wording, who gave them and why."""

    since: date
    reliability: Mapping[str, Reliability]
    wording: Wording = Wording.STANAG_2511
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who publishes, or who speaks: graded once for all problems of a desk (``sources.toml``).

    ``reliability`` maps a topic to a letter; the topic ``""`` is the general grade. ``knows`` overrides the
    letter's number. ``interest`` is "up", "down" or None: the side to which the source would shade a figure.
    ``part_of`` names the source that it speaks for: one voice with it. ``graded_by`` gave the letters, which hold until
    the first day of ``grades``; those are in order of their days.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: VoiceKind = VoiceKind.MEDIA
    party: str | None = None
    access: Access | None = None
    reliability: Mapping[str, Reliability] = field(default_factory=dict[str, Reliability])
    knows: float | None = None
    wording: Wording = Wording.STANAG_2511
    part_of: str | None = None
    alarmist: bool = False
    interest: str | None = None
    notes: str = ""
    graded_by: str = ""
    grades: tuple[Graded, ...] = ()
