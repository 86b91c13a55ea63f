"""What readers of a release may see of a desk's answer: masked before anything is made of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar, cast

from tocsin.desk.values import Assessed, Linkage, Stream
from tocsin.model.judgement import Ruling
from tocsin.publish.handling import Release, Withheld
from tocsin.publish.masking import Case, masked

Found = TypeVar("Found", bound=Linkage)


def released(found: Found, *, to: Release) -> tuple[Found, Withheld]:
    """The same answer without the words and origins that a release does not cover, and what is withheld.

    Claims keep their order. The reasons that people gave for their judgements go too: only what they come to stays.
    """
    stream = found.stream
    case = Case(
        claims=found.claims,
        reports=stream.reports,
        ratings=stream.ratings,
        linked=found.linked,
        sources=stream.sources,
        assessment=found.assessment if isinstance(found, Assessed) else None,
    )
    shown, gone = masked(case, to=to)
    if not gone:
        return found, gone
    called = dict(zip(found.claims, shown.claims.values(), strict=True))
    known_as = {old: new.id for old, new in called.items()}
    own = {source.id for source in found.problem.sources}
    by_id = dict(zip((source.id for source in stream.sources), shown.sources, strict=True))
    masked_stream = Stream(
        reports=shown.reports,
        extractions={},
        claims=tuple(called[claim.id] for claim in stream.claims),
        ratings=shown.ratings,
        sources=shown.sources,
        rulings=tuple(
            Ruling(subject=known_as.get(one.subject, one.subject), kind=one.kind, value=one.value, standing=())
            for one in stream.rulings
            if one.subject not in gone.sources
        ),
        rejected=tuple(called[claim.id] for claim in stream.rejected),
        as_read={known_as[key]: called[key] for key in stream.as_read},
    )
    changed: Linkage = replace(
        found,
        problem=replace(found.problem, sources=tuple(by_id[name] for name in by_id if name in own)),
        stream=masked_stream,
        linked=shown.linked,
        records={key: record for key, record in found.records.items() if key not in gone.sources},
    )
    if isinstance(changed, Assessed) and shown.assessment is not None:
        changed = replace(changed, assessment=shown.assessment)
    return cast("Found", changed), gone
