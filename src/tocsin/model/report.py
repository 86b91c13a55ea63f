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


class DateConfidence(StrEnum):
    """How far a publication date can be trusted, by the way it was found."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    NONE = "none"


AGREES = "; agrees with "
"""In ``published_how``: another way of finding the date gives the same day."""
DIFFERS = "; differs from "
"""In ``published_how``: another way of finding the date gives another day."""

OF_A_GROUP = "; form=group"
"""In ``media_type``: a message of a group, where each speaks for himself and the outlet is only the place."""

_CONFIDENCE = (
    (DateConfidence.NONE, ("not found",)),
    (
        DateConfidence.HIGH,
        (
            "given",
            "front matter",
            "column ",
            "feed entry published",
            "date of the message",
            "mail header Date",
            "meta tag article:published_time",
            "meta tag og:",
            "meta tag datepublished",
            "meta tag date.published",
            "linked data datePublished",
        ),
    ),
    (
        DateConfidence.MODERATE,
        ("meta tag", "linked data", "time element", "address", "feed entry updated", "head of the forwarded message"),
    ),
)


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
    "November" only; ``published_how`` says how it was found ("given", "front matter", "meta tag …"). ``cited`` is
    whom the report as a whole passes on: the channel a message was forwarded from, the feed an entry came from.
    ``notes`` say what reading had to guess (a character set that nobody declared). ``handling`` is the caveat it was
    taken in with ("TLP:AMBER", or words of the desk's own), or None.
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
    handling: str | None = None
    cited: str | None = None

    @property
    def is_of_a_group(self) -> bool:
        """Is it a message of a group: its author speaks for himself, and the outlet is where he said it?"""
        return self.media_type.endswith(OF_A_GROUP)

    @property
    def published_confidence(self) -> DateConfidence:
        """How far the publication date can be trusted.

        What the report's own publisher or the caller states is trusted; what stands in the frame of a page less; a
        date picked from running text, or the day on which a file was made, least. Two ways that give the same day
        are trusted, two that differ are not.

        >>> Report(id="r", text="x", published_how="address").published_confidence.value
        'moderate'
        """
        if DIFFERS in self.published_how:
            return DateConfidence.LOW
        if AGREES in self.published_how:
            return DateConfidence.HIGH
        return next((level for level, ways in _CONFIDENCE if self.published_how.startswith(ways)), DateConfidence.LOW)


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
    ``handling`` is a caveat on everything the source says and on its name.
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
    handling: str | None = None
    graded_by: str = ""
    grades: tuple[Graded, ...] = ()

    def is_called(self, name: str | None) -> bool:
        """Is that its name, an alias or its id, whatever the case?"""
        return name is not None and name.casefold() in {one.casefold() for one in (self.id, self.name, *self.aliases)}
