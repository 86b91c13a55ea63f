"""Values that the tests of the store keep."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Engine, create_engine, make_url

from tocsin.model.claim import Attribution, Claim, Extraction, NotUnderstood
from tocsin.model.report import Report, Span, Voice, VoiceKind
from tocsin.model.time import Window

NOW = datetime(2022, 12, 2, 8, 0)  # noqa: DTZ001 - the store keeps UTC without a zone


def report(
    number: int = 1, text: str = "The port is open.", *, published: date | None = date(2022, 12, 2), title: str = ""
) -> Report:
    return Report(
        id=f"sha256:{number}",
        text=text,
        title=title or None,
        outlet="The Gazette",
        published=Window(earliest=None, latest=published) if published else None,
        retrieved=date(2022, 12, 3),
        lang="en",
        notes=("a note", "another\nwith two lines"),
    )


def extraction(of: Report, extractor: str = "t 1", *, origin: str = "author") -> Extraction:
    claim = Claim(
        id=f"c{of.id.removeprefix('sha256:')}",
        report=of.id,
        span=Span(0, len(of.text)),
        sentence=Span(0, len(of.text)),
        content=of.text,
        cue=None,
        chain=(
            Voice(name=of.outlet or "", kind=VoiceKind.MEDIA),
            Voice(name=origin, kind=VoiceKind.OFFICIAL),
        ),
        attribution=Attribution.AUTHOR,
    )
    gap = NotUnderstood(span=Span(0, 3), reason="tried")
    return Extraction(report=of.id, claims=(claim,), figures=(), not_understood=(gap,), extractor=extractor)


def engine(url: str) -> Engine:
    """The database behind a URL, past the store."""
    return create_engine(make_url(url.replace("postgresql://", "postgresql+psycopg://")))
