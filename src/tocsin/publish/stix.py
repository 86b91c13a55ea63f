"""STIX 2.1: the warning problem as a grouping, the assessment as a report, looks as sightings, claims as notes.

An indicator here is something to look for, never a detection pattern: its pattern type is our own. What STIX has no
place for stands in a property extension: the probability above all, for ``confidence`` is confidence in the judgement.
Ids are made from ours and times from the days of publication and issue, so that the same answer gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from tocsin.model.claim import Claim
from tocsin.model.evidence import Evidence, Rating, Says
from tocsin.model.report import Report, Source, VoiceKind
from tocsin.publish.exported import Exported, extent, midnight
from tocsin.publish.handling import Caveat, caveat
from tocsin.publish.masking import MASK
from tocsin.publish.safe import escaped, link, terminal
from tocsin.publish.scales import credible, judged, stix_confidence
from tocsin.publish.stix_object import EXTENSION, Maker, Markings, Object, time, without_none
from tocsin.publish.words import day, percent
from tocsin.text.places import taken_as

PATTERN_TYPE = "x-tocsin"
_KINDS = {
    VoiceKind.AUTHOR: "individual",
    VoiceKind.PERSON: "individual",
    VoiceKind.OFFICIAL: "unknown",
    VoiceKind.ANONYMOUS: "class",
    VoiceKind.MEDIA: "organization",
    VoiceKind.ADVERSARY_MEDIA: "organization",
    VoiceKind.ORGANIZATION: "organization",
    VoiceKind.PUBLIC: "group",
}
"""An official may be a person or an office; an unnamed voice is one of a class."""


def render(exported: Exported) -> str:
    """The bundle as JSON, one object a line; every object is checked by the library on its way.

    Raises:
        stix2.exceptions.STIXError: An object is none that STIX allows.
    """
    import stix2  # type: ignore[import-untyped]

    made = Bundle(exported)
    lines = [escaped(stix2.parse(each, allow_custom=False).serialize()) for each in made.objects()]
    name = made.name(*lines)
    return f'{{"type": "bundle", "id": "{name}", "objects": [\n' + ",\n".join(lines) + "\n]}\n"


_LONGER = {"by": "last_day", "of": "what"}
"""STIX allows no property name of two letters but ``id``."""


def _spelled(value: Any) -> Any:  # noqa: ANN401 - plain JSON values of any shape
    if isinstance(value, dict):
        return {_LONGER.get(key, key): _spelled(inner) for key, inner in value.items()}
    return [_spelled(inner) for inner in value] if isinstance(value, list) else value


def _plain(value: object) -> Any:  # noqa: ANN401 - plain JSON values of any shape
    return msgspec.json.decode(msgspec.json.encode(value))


def _extended(**values: object) -> Object:
    return {EXTENSION: {"extension_type": "property-extension", **without_none(_spelled(_plain(values)))}}


class Bundle:
    """All objects of one answer, with the ids by which they point at each other."""

    def __init__(self, exported: Exported) -> None:
        self._x = exported
        self._a = exported.assessment
        self._make = Maker(exported.producer, opened=exported.problem.opened, as_of=self._a.as_of)
        self._markings = Markings(self._make)
        self._declared = {source.id: source for source in exported.sources}
        self._claims = tuple(exported.counted())
        self._all = Caveat()
        self._seen: dict[str, list[str]] = {}

    def name(self, *lines: str) -> str:
        """The id of the bundle of these lines."""
        return self._make.id("bundle", *lines)

    def objects(self) -> Iterator[Object]:
        """Every object, each after those it points at as far as that is possible."""
        yield self._make.producer()
        yield self._make.extension_definition()
        people = list(self._identities())
        places = list(self._locations())
        sightings = list(self._sightings())
        notes = [self._note(claim) for claim in self._claims]
        indicators = list(self._indicators())
        signed = list(self._signed())
        report = self._report([*indicators, *sightings, *notes])
        grouping = self._grouping([*indicators, report])
        marked = self._markings.refs(self._all) if self._all != Caveat() else []
        for whole in (report, grouping, *indicators):
            whole.update(without_none({"object_marking_refs": marked}))
        yield from self._markings.objects()
        for part in (people, places, indicators, sightings, notes, self._echoes(), [report, grouping], signed):
            yield from part

    # -- who and where ---------------------------------------------------------------------------------------------

    def _identities(self) -> Iterator[Object]:
        """Everyone at whom a claim leads back, once."""
        done: set[str] = set()
        for claim in self._claims:
            rating = self._x.ratings.get(claim.id)
            name = self._origin(claim, rating)
            if name in done:
                continue
            done.add(name)
            source = self._declared.get(rating.source) if rating else None
            yield self._identity(name, claim, rating, source)

    def _origin(self, claim: Claim, rating: Rating | None) -> str:
        return self._make.id("identity", "source", rating.source if rating else f"{claim.report}/{claim.origin.name}")

    def _identity(self, name: str, claim: Claim, rating: Rating | None, source: Source | None) -> Object:
        kind = source.kind if source else claim.origin.kind
        shown = source.name if source else claim.origin.name
        office = source is not None and kind is VoiceKind.OFFICIAL
        values: Object = {
            "name": terminal(shown) or "unnamed",
            "identity_class": "organization" if office else _KINDS[kind],
            "extensions": _extended(
                voice=kind.value,
                declared=source is not None,
                party=rating.party if rating else None,
                access=rating.access if rating else None,
                reliability=judged(rating.reliability) if rating else None,
                reliability_wording=source.wording.value if source and source.reliability else None,
            ),
        }
        if source is None or source.handling:
            values |= self._marked(claim)
        return self._make.object("identity", name, values)

    def _locations(self) -> Iterator[Object]:
        done: set[str] = set()
        spelled: dict[str, dict[str, None]] = {}
        for claim in self._claims:
            for place, name in zip(claim.places, self._places_of(claim), strict=True):
                if name is not None and (taken := taken_as(place.text, place.name, place.country)) not in (
                    place.text,
                    place.name,
                ):
                    spelled.setdefault(name, {})[terminal(taken)] = None
        for claim in self._claims:
            for place, name in zip(claim.places, self._places_of(claim), strict=True):
                if name is None or name in done:
                    continue
                done.add(name)
                wide = extent(place)
                exact = wide in {"city", "unknown"} and place.lat is not None and place.lon is not None
                values = {
                    "name": terminal(place.name),
                    "description": "; ".join(spelled.get(name, ())) or None,
                    "country": place.country,
                    "latitude": place.lat if exact or not place.country else None,
                    "longitude": place.lon if exact or not place.country else None,
                    "extensions": _extended(extent=wide),
                }
                yield self._make.object("location", name, without_none(values))

    def _places_of(self, claim: Claim) -> list[str | None]:
        """The location of each of a claim's places; None for one of which neither country nor coordinates are known."""
        return [
            None
            if place.country is None and (place.lat is None or place.lon is None)
            else self._make.id("location", place.name, place.country or "", str(place.lat), str(place.lon))
            for place in claim.places
        ]

    # -- what is looked for, and what was seen ---------------------------------------------------------------------

    def _indicator_id(self, name: str) -> str:
        return self._make.id("indicator", self._a.problem, name)

    def _indicators(self) -> Iterator[Object]:
        for declared in self._x.problem.indicators:
            values: Object = {
                "name": terminal(declared.statement or declared.id),
                "description": "Something to look for; no pattern that detects it.",
                "indicator_types": ["unknown"],
                "pattern": f"{self._a.problem}/{declared.id}",
                "pattern_type": PATTERN_TYPE,
                "valid_from": time(self._x.problem.opened),
                "extensions": _extended(indicator=declared.id, critical=declared.critical),
            }
            yield self._make.object(
                "indicator", self._indicator_id(declared.id), values, created=self._x.problem.opened
            )

    def _sightings(self) -> Iterator[Object]:
        """Seen: count 1. Looked for and not seen: count 0. Nothing for what nobody looked at, nor for an echo."""
        known = {indicator.id for indicator in self._x.problem.indicators}
        for item in sorted(self._x.linked.evidence, key=lambda item: (item.indicator, item.about, item.id)):
            rating = self._x.ratings.get(item.claim or "")
            if item.indicator not in known or item.says is Says.AMBIGUOUS or (rating and rating.echo_of):
                continue
            yield self._sighting(item, rating)
        for look in self._x.problem.looks:
            if look.indicator in known and look.first <= self._a.as_of:
                last = min(look.last, self._a.as_of)
                name = self._make.id("sighting", "look", look.indicator, str(look.first), str(look.last), look.by)
                values: Object = {
                    "description": "A logged look that found nothing.",
                    "first_seen": time(look.first),
                    "last_seen": time(last),
                    "count": 0,
                    "sighting_of_ref": self._indicator_id(look.indicator),
                    "extensions": _extended(looked_by=look.by or None, coverage=look.coverage),
                }
                yield self._make.object("sighting", name, values, created=look.first)

    def _sighting(self, item: Evidence, rating: Rating | None) -> Object:
        name = self._make.id("sighting", self._a.problem, item.id)
        claim = self._x.claims.get(item.claim or "")
        shown = claim is not None and claim.report != MASK
        self._seen.setdefault(item.claim or "", []).append(name)
        published = min(item.published, self._a.as_of)
        values: Object = {
            "description": "Asserted to be seen." if item.says is Says.PRESENT else "Looked for, not seen.",
            "first_seen": time(item.about),
            "last_seen": time(item.about),
            "count": 1 if item.says is Says.PRESENT else 0,
            "sighting_of_ref": self._indicator_id(item.indicator),
            "where_sighted_refs": [self._origin(claim, rating)] if claim and shown else None,
            "extensions": _extended(about=item.about, opposite_asserted=item.counter or None),
        }
        if claim and shown:
            values |= self._marked(claim)
        return self._make.object("sighting", name, without_none(values), created=published)

    # -- what was said ---------------------------------------------------------------------------------------------

    def _note_id(self, claim: str) -> str:
        return self._make.id("note", "claim", claim)

    def _note(self, claim: Claim) -> Object:
        rating = self._x.ratings.get(claim.id)
        report = self._x.reports.get(claim.report)
        places = [name for name in self._places_of(claim) if name is not None]
        content = terminal(claim.content)
        values: Object = {
            "abstract": f"Claim: {claim.role.value}, {claim.polarity.value}, {claim.modality.value}",
            "content": content if content.strip() else "(no words that can be shown)",
            "authors": [terminal(claim.origin.name) or "unnamed"],
            "object_refs": [self._origin(claim, rating), *self._seen.get(claim.id, []), *dict.fromkeys(places)],
            "external_references": [_reference(claim.report, report)],
            "extensions": _extended(
                claim=claim.id,
                chain=[{"name": voice.name, "kind": voice.kind.value} for voice in claim.chain],
                polarity=claim.polarity.value,
                modality=claim.modality.value,
                role=claim.role.value,
                hedge=claim.hedge,
                weight=claim.weight,
                figures=[without_none(_plain(figure)) for figure in claim.figures],
                when=without_none(_plain(claim.when)) if claim.when else None,
                places=[without_none(_plain(place)) for place in claim.places],
                reliability=judged(rating.reliability) if rating else None,
                credibility=credible(rating.credibility) if rating else None,
                echo_of=rating.echo_of if rating else None,
            ),
            **self._marked(claim),
        }
        published = self._x.published(claim)
        return self._make.object("note", self._note_id(claim.id), without_none(values), created=published)

    def _echoes(self) -> Iterator[Object]:
        shown = {claim.id for claim in self._claims}
        for claim in self._claims:
            rating = self._x.ratings.get(claim.id)
            if rating and rating.echo_of in shown and rating.echo_of is not None:
                name = self._make.id("relationship", "echo", claim.id, rating.echo_of)
                values = {
                    "relationship_type": "derived-from",
                    "source_ref": self._note_id(claim.id),
                    "target_ref": self._note_id(rating.echo_of),
                }
                yield self._make.object("relationship", name, values, created=self._x.published(claim))

    # -- the answer ------------------------------------------------------------------------------------------------

    def _report_id(self) -> str:
        digests = self._a.digests
        version = (digests.problem, digests.sources, digests.claims, digests.judgements, str(self._a.known_by))
        return self._make.id("report", self._a.problem, str(self._a.as_of), *version, self._x.withheld)

    def _report(self, parts: list[Object]) -> Object:
        a, answer = self._a, self._a.answer
        sentences = [
            f"{answer.words.capitalize()} ({answer.yardstick}): {percent(answer.probability)} by {day(answer.by)}.",
            f"Confidence in this judgement: {a.confidence.level}.",
            f"{self._x.withheld}." if self._x.withheld else "",
        ]
        moment = self._x.moment
        values: Object = {
            "name": f"{terminal(a.question)} As of {a.as_of.isoformat()}",
            "description": " ".join(sentence for sentence in sentences if sentence).replace("\u00a0", " "),
            "report_types": ["threat-report"],
            "published": time(moment),
            "object_refs": [part["id"] for part in parts] or [self._make.desk],
            "confidence": stix_confidence(a.confidence.level),
            "extensions": _extended(
                as_of=a.as_of,
                known_by=a.known_by,
                method=a.method,
                version=a.version,
                digests=a.digests,
                answer=a.answer,
                scenarios=[without_none({**_plain(one), "curve": None}) for one in a.scenarios],
                gates=a.gates,
                timing=a.timing,
                warning_time_days=a.warning_time_days,
                board=[without_none({**_plain(line), "claims": None}) for line in a.indicators],
                decisions=a.decisions,
                not_covered=a.not_covered,
                withheld=self._x.withheld,
            ),
        }
        made = self._make.object("report", self._report_id(), without_none(values), created=a.as_of)
        return {**made, "modified": time(max(moment, midnight(a.as_of)))}

    def _grouping(self, parts: list[Object]) -> Object:
        problem = self._x.problem
        values = {
            "name": terminal(problem.question),
            "description": terminal(problem.resolution),
            "context": "unspecified",
            "object_refs": [part["id"] for part in parts],
            "extensions": _extended(problem=problem.id, opened=problem.opened, by=problem.by),
        }
        return self._make.object(
            "grouping", self._make.id("grouping", problem.id), without_none(values), created=problem.opened
        )

    def _signed(self) -> Iterator[Object]:
        """What people signed: a dissent is an opinion, a judgement of one's own a note; no model holds an opinion."""
        for one in self._a.signed:
            person = self._make.id("identity", "person", one.by)
            yield self._make.object("identity", person, {"name": terminal(one.by), "identity_class": "individual"})
            common: Object = {
                "created_by_ref": person,
                "authors": [terminal(one.by)],
                "object_refs": [self._report_id()],
            }
            if one.judgement or one.probability is not None:
                values = {
                    **common,
                    "abstract": "The signer's own judgement",
                    "content": terminal(one.judgement or "A probability of the signer's own."),
                    "extensions": _extended(as_of=one.as_of, probability=one.probability),
                }
                name = self._make.id("note", "judgement", one.by, str(one.as_of), str(one.at), self._report_id())
                yield self._make.object("note", name, values, created=one.as_of)
            if one.dissent:
                values = {**common, "explanation": terminal(one.dissent), "opinion": "disagree"}
                name = self._make.id("opinion", one.by, str(one.as_of), str(one.at), self._report_id())
                yield self._make.object("opinion", name, values, created=one.as_of)

    # -- what may be done with it ----------------------------------------------------------------------------------

    def _marked(self, claim: Claim) -> Object:
        """The markings of a claim, after its report's caveat and its source's; nothing where there is none."""
        report = self._x.reports.get(claim.report)
        rating = self._x.ratings.get(claim.id)
        source = self._declared.get(rating.source) if rating else None
        texts = [text for text in (report and report.handling, source and source.handling) if text]
        if not texts:
            return {}
        found = Caveat()
        for text in texts:
            found = found.joined(caveat(text))
        self._all = self._all.joined(found)
        return {"object_marking_refs": self._markings.refs(found)}


def _reference(name: str, report: Report | None) -> Object:
    """Where a claim stands: the outlet, the address if it may be followed, the digest of the original."""
    address = link(report.url) if report else None
    outlet = report.outlet if report else None
    digest = name.removeprefix("sha256:")
    hashes = {"SHA-256": digest} if address and len(digest) == 64 else None
    return without_none(
        {
            "source_name": terminal(outlet or "") or "unnamed outlet",
            "external_id": name,
            "url": address,
            "hashes": hashes,
        }
    )
