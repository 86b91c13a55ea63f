"""What readers of a release may see of a desk's answer: masked before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar, cast

from tocsin.desk.values import Assessed, Linkage, Stream
from tocsin.model.handling import stricter
from tocsin.model.judgement import Ruling
from tocsin.model.report import Source
from tocsin.publish.handling import Release, Withheld
from tocsin.publish.masking import Case, masked
from tocsin.weigh import Overlay

Found = TypeVar("Found", bound=Linkage)


def guarded(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources that bear a caveat, of their own or of the body they are part of, each with all that it bears."""
    every = tuple(sources)
    by_id = {source.id: source for source in every}
    found = []
    for source in every:
        texts, part, seen = [source.handling], source.part_of, {source.id}
        while part in by_id and part not in seen:
            seen.add(part)
            texts.append(by_id[part].handling)
            part = by_id[part].part_of
        borne = stricter(texts)
        if borne is not None:
            found.append(replace(source, handling=borne))
    return tuple(found)


def who_is_who(stream: Stream) -> tuple[Source, ...]:
    """The sources of a stream as they are masked: a caveat holds on all problems, and for every day.

    Those of the stream come first, in their order, each with the caveats and names that it has in any file of the desk
    today; then those that only other files declare.
    """
    borne: dict[str, list[Source]] = {}
    for source in stream.guarded:
        borne.setdefault(source.id, []).append(source)
    own = {source.id for source in stream.sources}
    return (
        *(
            replace(
                source,
                handling=stricter([source.handling, *(one.handling for one in borne[source.id])]),
                aliases=tuple(
                    dict.fromkeys((*source.aliases, *(n for o in borne[source.id] for n in (o.name, *o.aliases))))
                ),
            )
            if source.id in borne
            else source
            for source in stream.sources
        ),
        *(one for name, some in borne.items() if name not in own for one in some),
    )


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
        sources=who_is_who(stream),
        assessment=found.assessment if isinstance(found, Assessed) else None,
    )
    shown, gone = masked(case, to=to)
    called = dict(zip(found.claims, shown.claims.values(), strict=True))
    known_as = {old: new.id for old, new in called.items()}
    own = {source.id for source in found.problem.sources}
    sources = shown.sources[: len(stream.sources)]
    by_id = dict(zip((source.id for source in stream.sources), sources, strict=True))
    seen = {source.id for source in sources} | {rating.source for rating in shown.ratings.values()}
    judged = {key: f"judged-{n}" for n, key in enumerate(dict.fromkeys(one.subject for one in stream.rulings), 1)}
    masked_stream = replace(
        stream,
        reports=shown.reports,
        extractions={} if gone else stream.extractions,
        claims=tuple(called[claim.id] for claim in stream.claims),
        ratings=shown.ratings,
        sources=sources,
        guarded=(),
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
