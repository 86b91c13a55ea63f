"""What readers of a release may see of a desk's answer: masked before anything is made of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar, cast

from tocsin.desk.values import Assessed, Linkage
from tocsin.model.judgement import Ruling
from tocsin.publish.handling import Release, Withheld
from tocsin.publish.masking import Case, masked
from tocsin.weigh import Overlay

Found = TypeVar("Found", bound=Linkage)


def released(found: Found, *, to: Release) -> tuple[Found, Withheld]:
    """The same answer without the words and origins that a release does not cover, and what is withheld.

    Claims keep their order. Who judged something and why goes too, for everybody but those who may see everything:
    only what the judgements come to stays.
    """
    if to.everything:
        return found, Withheld()
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
    called = dict(zip(found.claims, shown.claims.values(), strict=True))
    known_as = {old: new.id for old, new in called.items()}
    own = {source.id for source in found.problem.sources}
    by_id = dict(zip((source.id for source in stream.sources), shown.sources, strict=True))
    seen = {source.id for source in shown.sources} | {rating.source for rating in shown.ratings.values()}
    judged = {key: f"judged-{n}" for n, key in enumerate(dict.fromkeys(one.subject for one in stream.rulings), 1)}
    masked_stream = replace(
        stream,
        reports=shown.reports,
        extractions={} if gone else stream.extractions,
        claims=tuple(called[claim.id] for claim in stream.claims),
        ratings=shown.ratings,
        sources=shown.sources,
        rulings=tuple(
            Ruling(subject=known_as.get(one.subject, judged[one.subject]), kind=one.kind, value=one.value, standing=())
            for one in stream.rulings
        ),
        rejected=tuple(called[claim.id] for claim in stream.rejected),
        as_read={known_as[key]: called[key] for key in stream.as_read} if gone else stream.as_read,
        judged=Overlay(),
        headed={},
    )
    changed: Linkage = replace(
        found,
        problem=replace(found.problem, sources=tuple(by_id[name] for name in by_id if name in own)),
        stream=masked_stream,
        linked=shown.linked,
        records={key: record for key, record in found.records.items() if key in seen},
    )
    if isinstance(changed, Assessed) and shown.assessment is not None:
        changed = replace(changed, assessment=shown.assessment)
    return cast("Found", changed), gone
