"""Who is who: the sources of a desk, or of a problem file that stands alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tocsin.model.grade import Reliability, Wording
from tocsin.model.report import Access, Graded, Source, VoiceKind
from tocsin.problem.days import day
from tocsin.problem.keys import GRADE
from tocsin.problem.table import Table, circles
from tocsin.problem.values import (
    choice,
    flag,
    ident,
    nearest,
    number_from,
    shown,
    string_keyed,
    text,
    texts,
    word_of,
)

_GENERAL = "general"
_letter = choice(Reliability, what="reliability")


def sources(tables: Sequence[Table]) -> tuple[Source, ...]:
    """The declared sources; what is wrong with them is kept as faults of the tables."""
    result = tuple(_source(table) for table in tables)
    _check_names(tables, result)
    _check_parts(tables, result)
    return result


def _source(table: Table) -> Source:
    name = table.get("id", ident, table.name)
    return Source(
        id=name,
        name=table.get("name", text, name),
        aliases=table.get("aliases", texts, ()),
        kind=table.get("kind", choice(VoiceKind, what="kind of source"), VoiceKind.MEDIA),
        party=table.get("party", text, None),
        access=table.get("access", choice(Access, what="access"), None),
        reliability=_reliability(table),
        knows=table.get("knows", number_from(0, 1), None),
        wording=table.get("wording", choice(Wording, what="wording of the scale"), Wording.STANAG_2511),
        part_of=table.get("part_of", ident, None),
        alarmist=table.get("alarmist", flag, False),
        interest=table.get("interest", word_of("up", "down", what="side"), None),
        notes=table.get("notes", text, ""),
        handling=table.get("handling", text, None),
        graded_by=table.get("graded_by", text, ""),
        grades=_grades(table),
    )


def _grades(table: Table) -> tuple[Graded, ...]:
    """The later grades in order of their days; two from one day are a fault."""
    found: dict[date, Graded] = {}
    for inner in table.tables("grades", GRADE):
        since = inner.get("from", day, None)
        if since is None:
            continue
        if since in found:
            inner.say("from", f"{since} begins two grades of {shown(table.name)}", "let one day begin one grade")
        found[since] = Graded(
            since=since,
            reliability=_reliability(inner),
            wording=inner.get("wording", choice(Wording, what="wording of the scale"), Wording.STANAG_2511),
            by=inner.get("by", text, ""),
            why=inner.get("why", text, ""),
        )
    return tuple(found[since] for since in sorted(found))


def _reliability(table: Table) -> Mapping[str, Reliability]:
    if string_keyed(table.values.get("reliability")) is None:
        letter = table.get("reliability", _letter, None)
        return {} if letter is None else {"": letter}
    per_topic = table.by_name("reliability", _letter, known=None, what="topics")
    return {"" if topic.strip().lower() in {"", _GENERAL} else topic: letter for topic, letter in per_topic.items()}


def _check_names(tables: Sequence[Table], declared: Sequence[Source]) -> None:
    ids: dict[str, str] = {}
    names: dict[str, str] = {}
    for table, source in zip(tables, declared, strict=True):
        if source.id and source.id in ids:
            table.say("id", f"{shown(source.id)} is declared twice", "give each source an id of its own")
            continue
        ids[source.id] = source.id
        for name in dict.fromkeys(_plain(n) for n in (source.name, *source.aliases)):
            owner = names.setdefault(name, source.id)
            if owner != source.id:
                key = "name" if name == _plain(source.name) else "aliases"
                table.say(key, f"{shown(name)} is also a name of {shown(owner)}", "let every name lead to one source")


def _check_parts(tables: Sequence[Table], declared: Sequence[Source]) -> None:
    ids = {source.id for source in declared}
    by_id = dict(zip([source.id for source in declared], tables, strict=True))
    for table, source in zip(tables, declared, strict=True):
        if source.part_of is not None and source.part_of not in ids:
            table.say("part_of", f"{shown(source.part_of)} is no source", nearest(source.part_of, ids, what="sources"))
    parts = {source.id: [source.part_of] for source in declared if source.part_of in ids and source.part_of is not None}
    for ring in circles(parts):
        by_id[ring[0]].say("part_of", f"runs in a circle: {' > '.join(ring)}", "let the largest one be part of none")


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
