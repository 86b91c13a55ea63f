"""Which declared source a voice is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tocsin.model.report import Source, Voice, VoiceKind
from tocsin.text.places import adjectives

_WORD = re.compile(r"[\w&]+(?:[.'’-][\w&]+)*")
_ARTICLES = frozenset({"the", "a", "an"})
_LONGEST = 60
_SPEAKS = re.compile(
    r"(?:(?:spokes(?:man|woman|person|people)|press[ -](?:service|office|secretary)|media[ -]office)"
    r" (?:for|of|from) (?P<before>.+)"
    r"|(?P<behind>.+) (?:spokes(?:man|woman|person|people)|press[ -](?:service|office|secretary)|media[ -]office))"
)
"""Who speaks for a body by office, named or not."""


def words(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without articles and possessive endings.

    >>> words("the Main Directorate's press-service")
    ('main', 'directorate', 'press-service')
    """
    found = (re.sub(r"['’]s?$", "", word.casefold()) for word in _WORD.findall(name)[:_LONGEST])
    return tuple(word for word in found if word not in _ARTICLES)


def slug(name: str) -> str:
    """A name as part of an id.

    >>> slug("Another source, of the Staff")
    'another-source-of-staff'
    """
    return "-".join(words(name)[:12]).replace(".", "-") or "unnamed"


@dataclass(frozen=True, slots=True)
class Directory:
    """The declared sources by the words of their names and aliases."""

    entries: dict[tuple[str, ...], Source]
    ids: dict[tuple[str, ...], Source]
    by_id: dict[str, Source]
    _found: dict[tuple[str, VoiceKind], Source | None] = field(
        default_factory=dict[tuple[str, VoiceKind], Source | None], compare=False, repr=False
    )

    @classmethod
    def of(cls, sources: Sequence[Source]) -> Directory:
        """Index the sources; of two that claim one alias the first declared keeps it."""
        entries: dict[tuple[str, ...], Source] = {}
        for source in sources:
            for name in (source.name, *source.aliases):
                key = words(name)
                if key:
                    entries.setdefault(key, source)
        by_id = {source.id: source for source in sources}
        return cls(entries, {words(source.id): source for source in sources}, by_id)

    def parent(self, source: Source) -> Source | None:
        """The source that one is part of."""
        return self.by_id.get(source.part_of) if source.part_of is not None else None

    def whole(self, source: Source) -> Source:
        """The largest source that one is part of; itself where it is part of none."""
        seen = {source.id}
        while (parent := self.parent(source)) is not None and parent.id not in seen:
            seen.add(parent.id)
            source = parent
        return source

    def find(self, voice: Voice) -> Source | None:
        """The declared source that a voice is, or None.

        A name or alias must stand in the voice's name as whole words; the longest wins. An unnamed voice is never the
        body it sits in: it is found only under its full wording, as a source declared anonymous, or as the spokesman of
        a body ("an RSF spokesman"), who speaks for it by office. "Russian Ministry of Defence" is not the source
        declared as "Ministry of Defence".
        """
        asked = voice.name, voice.kind
        if asked not in self._found:
            self._found[asked] = self._search(voice)
        return self._found[asked]

    def _search(self, voice: Voice) -> Source | None:
        named = words(voice.name)
        exact = self.entries.get(named) or self.ids.get(named)
        if exact is not None:
            return exact
        office = _SPEAKS.fullmatch(" ".join(named))
        if office is not None and (body := self.entries.get(words(office["before"] or office["behind"]))) is not None:
            return body
        best: tuple[int, Source] | None = None
        for key, source in self._inside(voice.name):
            if voice.kind is VoiceKind.ANONYMOUS and source.kind is not VoiceKind.ANONYMOUS:
                continue
            if best is None or len(key) > best[0]:
                best = (len(key), source)
        return best[1] if best is not None else None

    def body(self, voice: Voice) -> Source | None:
        """The declared source that a voice is said to sit in ("a source in the General Staff"), or None."""
        found = max(self._inside(voice.name), key=lambda pair: len(pair[0]), default=None)
        return found[1] if found is not None else None

    def _inside(self, name: str) -> Iterator[tuple[tuple[str, ...], Source]]:
        """Every entry that stands in the name as whole words and is not another nation's body of the same name."""
        spelled = [word for word in _WORD.findall(name)[:_LONGEST] if word.casefold() not in _ARTICLES]
        folded = [re.sub(r"['’]s?$", "", word.casefold()) for word in spelled]
        longest = max(map(len, self.entries), default=0)
        for start in range(len(folded)):
            if start and spelled[start - 1].capitalize() in adjectives():
                continue
            for stop in range(start + 1, min(len(folded), start + longest) + 1):
                key = tuple(folded[start:stop])
                source = self.entries.get(key)
                if source is not None:
                    yield key, source
