"""FollowTheMoney entities, one a line: reports, claims as notes on who said them, and the links between.

A claim is never a Statement: that word is taken there for one property of an entity as a data set gives it. An Event
is made only of what is affirmed as having happened, and says that it is claimed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from tocsin.model.claim import Claim, Modality, Polarity, Role
from tocsin.model.evidence import Rating
from tocsin.model.report import Report, Source, VoiceKind
from tocsin.model.time import Window
from tocsin.publish.case import cut
from tocsin.publish.exported import Exported
from tocsin.publish.safe import json_line, link, plain

Entity = Mapping[str, object]

_LANGUAGES = {
    "ar": "ara",
    "be": "bel",
    "bg": "bul",
    "cs": "ces",
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "et": "est",
    "fa": "fas",
    "fi": "fin",
    "fr": "fra",
    "he": "heb",
    "it": "ita",
    "ka": "kat",
    "lt": "lit",
    "lv": "lav",
    "pl": "pol",
    "ro": "ron",
    "ru": "rus",
    "tr": "tur",
    "uk": "ukr",
    "zh": "zho",
}
"""Two letters to three, as that model writes languages; one that is not here is left out."""

_SCHEMAS = {
    VoiceKind.PERSON: "Person",
    VoiceKind.AUTHOR: "LegalEntity",
    VoiceKind.OFFICIAL: "LegalEntity",
    VoiceKind.ANONYMOUS: "LegalEntity",
    VoiceKind.PUBLIC: "LegalEntity",
    VoiceKind.MEDIA: "Organization",
    VoiceKind.ADVERSARY_MEDIA: "Organization",
    VoiceKind.ORGANIZATION: "Organization",
}
"""An official may be a person or an office; a declared source that is official is a PublicBody."""

_LONGEST = 120


def render(exported: Exported) -> str:
    """All entities as JSON Lines; a first note says what is withheld, if anything is."""
    return "".join(json_line(dict(entity)) + "\n" for entity in entities(exported))


def entities(exported: Exported) -> Iterator[Entity]:
    """Reports, voices, claims and what joins them, each once."""
    if exported.withheld:
        told = f"{exported.withheld}. These entities are not the whole of the answer."
        yield _entity("tocsin-withheld", "Note", name=["withheld"], description=[told])
    declared = {source.id: source for source in exported.sources}
    claims = list(exported.counted())
    for key in dict.fromkeys(claim.report for claim in claims):
        if key in exported.reports:
            yield _report(exported.reports[key], exported.sources)
    voices: set[str] = set()
    for claim in claims:
        rating = exported.ratings.get(claim.id)
        voice = _voice(claim, rating, declared)
        if str(voice["id"]) not in voices:
            voices.add(str(voice["id"]))
            yield voice
        yield from _claim(exported, claim, str(voice["id"]))


def _entity(key: str, schema: str, **properties: Sequence[str | None]) -> Entity:
    """One entity; what is not known is left out, for an empty property would be a value."""
    found = {each: [text for text in values if text] for each, values in properties.items()}
    return {"id": key, "schema": schema, "properties": {each: values for each, values in found.items() if values}}


def _id(kind: str, name: str) -> str:
    return f"tocsin-{kind}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"


def _report(report: Report, sources: Sequence[Source]) -> Entity:
    outlet = (report.outlet or "").casefold()
    known = next((source for source in sources if source.is_called(outlet)), None)
    press = bool(outlet) and (known is None or known.kind in {VoiceKind.MEDIA, VoiceKind.ADVERSARY_MEDIA})
    title = plain(report.title or "") or None
    return _entity(
        _id("report", report.id),
        "Article" if press else "Document",
        name=[title or "untitled report"],
        title=[title],
        fileName=[] if press else [report.id.removeprefix("sha256:")],
        author=[plain(report.author or "")],
        publisher=[plain(report.outlet or "")],
        publishedAt=[_within(report.published)],
        retrievedAt=[report.retrieved.isoformat() if report.retrieved else None],
        language=[_LANGUAGES.get(report.lang or "")],
        mimeType=[report.media_type],
        sourceUrl=[link(report.url)],
    )


def _within(window: Window | None) -> str | None:
    """A day, or the month or year within which it lies, as partial dates are written there; None where none holds.

    >>> from datetime import date
    >>> _within(Window(earliest=date(2022, 11, 3), latest=date(2022, 11, 20)))
    '2022-11'
    """
    if window is None or window.earliest is None or window.latest is None:
        return None
    first, last = window.earliest.isoformat(), window.latest.isoformat()
    return next((first[:length] for length in (10, 7, 4) if first[:length] == last[:length]), None)


def _voice(claim: Claim, rating: Rating | None, declared: Mapping[str, Source]) -> Entity:
    source = declared.get(rating.source) if rating else None
    kind = source.kind if source else claim.origin.kind
    office = source is not None and kind is VoiceKind.OFFICIAL
    return _entity(
        _id("voice", rating.source if rating else f"{claim.report}/{claim.origin.name}"),
        "PublicBody" if office else _SCHEMAS[kind],
        name=[plain(source.name if source else claim.origin.name) or "unnamed"],
        alias=[plain(alias) for alias in source.aliases] if source else [],
    )


def _claim(exported: Exported, claim: Claim, voice: str) -> Iterator[Entity]:
    report = _id("report", claim.report) if claim.report in exported.reports else None
    note, published = _id("claim", claim.id), exported.published(claim).isoformat()
    words = plain(claim.content)
    through = " → ".join(plain(one.name) for one in claim.chain)
    yield _entity(
        note,
        "Note",
        name=[cut(words, _LONGEST)],
        description=[words],
        summary=[f"Claimed by {through}: {claim.polarity.value}, {claim.modality.value}, {claim.role.value}"],
        keywords=[claim.polarity.value, claim.modality.value, claim.role.value],
        country=sorted({place.country.lower() for place in claim.places if place.country}),
        entity=[voice],
        proof=[report],
    )
    if report:
        yield _joined(report, note, "claim", published)
    if claim.role is Role.EVENT and claim.polarity is Polarity.AFFIRMED and claim.modality is Modality.ASSERTED:
        event, when = _id("event", claim.id), claim.when
        window = Window(earliest=when.earliest, latest=when.latest) if when else None
        yield _entity(
            event,
            "Event",
            name=[cut(words, _LONGEST)],
            summary=[f"As claimed by {through}; not established."],
            date=[_within(window)],
            startDate=[when.earliest.isoformat() if when and when.earliest else None],
            endDate=[when.latest.isoformat() if when and when.latest else None],
            location=[plain(place.name) for place in claim.places],
            country=sorted({place.country.lower() for place in claim.places if place.country}),
            proof=[report],
        )
        if report:
            yield _joined(report, event, "claimed in", published)


def _joined(report: str, entity: str, role: str, published: str) -> Entity:
    return _entity(
        _id("link", f"{report}/{entity}"),
        "Documentation",
        document=[report],
        entity=[entity],
        role=[role],
        date=[published],
    )
