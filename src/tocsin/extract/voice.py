"""Voices: what kind each is, its name, and when two mentions are one voice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import takewhile

from tocsin.extract import lexicon
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.subject import phrase
from tocsin.model.report import Span, Voice, VoiceKind

_UNNAMED_BEFORE = lexicon.group("shape", "unnamed_before")
_SOMEBODY = frozenset({"a", "an", "one", "another"})
_FULL_NAME = 2
_NEXT = 600
"""Somebody who has not spoken yet is meant by a pronoun this many characters on, at most."""
_PAIR = 2
_BESIDE = 300
"""A body is meant by "its" this many characters on, at most."""
_STAFF = frozenset(
    {"inspectors", "teams", "engineers", "crews", "doctors", "nurses", "medics", "monitors", "delegates", "soldiers"}
    | {"fighters", "forces", "troops", "units", "patrols", "technicians", "colleagues", "observers"}
)
_ITSELF = frozenset(
    {"organisation", "organization", "movement", "agency", "party", "association", "army", "government"}
)
"""What a body calls itself: "our organisation informs the public"."""
_NEAR = 4_000
"""A pronoun is looked up this many characters back, at most."""


def kind(line: Line, words: Words, *, stop: int | None = None) -> VoiceKind:
    """What kind of voice a noun phrase names.

    A source is anonymous; an official has a name or a role; agencies, institutes and ministries are
    organizations. What stands after the phrase up to ``stop`` (", a spokesman for …") is looked at last.
    """
    kept = _without_brackets(line, words)
    bare = [line.bare(index) for index in kept]
    first = kind_of(bare, _head(bare), capitals=[line.is_capital(index) for index in kept])
    if first is VoiceKind.PERSON and stop is not None:
        after = [line.bare(index) for index in range(words.stop, min(stop, len(line)))]
        described = after[: after.index(",", 1)] if "," in after[1:] else after
        if after[:1] == [","] and any(word in _OFFICIALS for word in described):
            return VoiceKind.OFFICIAL
    return _unnamed(line, kept, _head(bare)) if first is VoiceKind.PERSON else first


def _unnamed(line: Line, kept: list[int], head: int) -> VoiceKind:
    """What a phrase without any word of the lists is: a body by its name, a crowd by its plural, somebody, a person."""
    index = kept[head]
    word = line.tokens[index].text
    names = {line.syntax.names[k][2:] for k in kept}
    if (len(kept) == 1 and len(word) > 1 and word.isupper()) or line.syntax.names[index][2:] in {"ORG", "LOC"}:
        return VoiceKind.ORGANIZATION
    if "PER" in names or line.is_capital(index):
        return VoiceKind.PERSON
    if line.syntax.tags[index] == "NNS":
        return VoiceKind.PUBLIC
    if line.lower[kept[0]] in _SOMEBODY and line.syntax.upos[index] != "PRON":
        return VoiceKind.ANONYMOUS
    return VoiceKind.PERSON


def kind_of(bare: list[str], head: int, *, capitals: list[bool]) -> VoiceKind:
    """The kind, from the words of a phrase without possessive endings and the index of its head."""
    main = bare[head]
    if "attributed" in bare[1:]:  # nobody knows who wrote it
        return VoiceKind.ANONYMOUS
    if main in _ANONYMOUS or any(word in _UNNAMED for word in bare) or any(word in _ANONYMOUS for word in bare[:head]):
        return VoiceKind.ANONYMOUS
    if any(word in _ADVERSARY_MEDIA for word in bare):
        return VoiceKind.ADVERSARY_MEDIA
    if main in _MEDIA:
        return VoiceKind.ADVERSARY_MEDIA if any(word in _ADVERSARIES for word in bare[:head]) else VoiceKind.MEDIA
    if main in _OFFICIALS:
        named = any(capitals[head + 1 :]) or sum(capitals[1:head]) >= _FULL_NAME
        if bare[0] in _UNNAMED_BEFORE and not named:
            return VoiceKind.ANONYMOUS
        if main not in _ORGANIZATIONS:
            return VoiceKind.OFFICIAL
    if main in _ORGANIZATIONS or main in _GOVERNMENTS:
        return VoiceKind.ORGANIZATION
    if main in _PUBLIC:
        led = any(word in _ORGANIZATIONS for word in bare[head:])
        return VoiceKind.ORGANIZATION if led else VoiceKind.PUBLIC
    if any(word in _OFFICIALS - _ORGANIZATIONS for word in bare):
        return VoiceKind.OFFICIAL
    if any(word in _PEOPLE for word in bare):
        return VoiceKind.PERSON
    if any(word in _DOCUMENTS for word in bare[: head + 1]) or any(word in _ORGANIZATIONS for word in bare):
        return VoiceKind.ORGANIZATION
    if any(word in _MEDIA for word in bare) and any(capitals):
        return VoiceKind.MEDIA
    return VoiceKind.PERSON


def _without_brackets(line: Line, words: Words) -> list[int]:
    """The tokens of a phrase, but for "(GUR)"."""
    kept: list[int] = []
    depth = 0
    for index in range(*words):
        depth += line.lower[index] == "("
        if not depth:
            kept.append(index)
        depth -= line.lower[index] == ")" and depth > 0
    return kept or list(range(*words))


def _head(bare: list[str]) -> int:
    """The last word before the first "of", "at", "from"; "one of the X" has the head X."""
    start = 0
    if "of" in bare[:2] and bare[0] in {"one", "some", "many", "several", "most", "two", "three", "both", "all"}:
        start = bare.index("of") + 1
    for index in range(start + 1, len(bare)):
        if bare[index] in _PREPOSITIONS or bare[index] in {",", "("}:
            return index - 1
    return len(bare) - 1


def _named_after(line: Line, start: int, words: Words) -> bool:
    """In "the defence minister, Ann Orr" the name stands after the comma."""
    return start > words.start and all(line.is_capital(k) for k in range(start, words.stop))


def name(text: str, line: Line, words: Words) -> str:
    """A voice's name: its words as they stand, without a leading "the" before a capital or a possessive ending."""
    start = next((k + 1 for k in range(words.stop - 2, words.start, -1) if line.lower[k] == ","), words.start)
    if not _named_after(line, start, words):
        start = words.start
    if words.stop - start > 1 and line.lower[start] == "the" and line.is_capital(start + 1):
        start += 1
    said = " ".join(text[slice(*line.stretch(start, words.stop))].split())
    return said.removesuffix("'s").removesuffix("’s").strip('"“”,').strip() or said


@dataclass(slots=True)
class Company:
    """The voices met so far in one report, so that a pronoun or a short name finds its voice again."""

    outlet: Voice
    met: list[tuple[int, Voice]] = field(default_factory=list[tuple[int, Voice]])
    names: dict[str, Voice] = field(default_factory=dict[str, Voice])
    passed: list[tuple[int, Voice]] = field(default_factory=list[tuple[int, Voice]])
    bodies: list[tuple[int, Voice]] = field(default_factory=list[tuple[int, Voice]])

    def meet(self, text: str, line: Line, words: Words, *, stop: int | None = None) -> Voice:
        """The voice a mention stands for; a mention nobody matches is a new voice."""
        span = line.stretch(*words)
        called = name(text, line, words)
        lower = [line.bare(index) for index in range(*words)]
        owner = self._owner(line, words, span)
        if owner is not None and len(lower) == 2 and lower[1] in _ITSELF:
            voice = replace(owner, span=span)
            self.met.append((span.start, voice))
            return voice
        if owner is not None:
            called = f"{owner.name} {' '.join(called.split()[1:])}"
        earlier = self._earlier(lower, called, span, capital=line.is_capital(words.stop - 1))
        if earlier is not None:
            voice = replace(earlier, span=span)
        else:
            voice = Voice(
                name=self._unlike(called, lower), kind=_pronoun_kind(lower) or kind(line, words, stop=stop), span=span
            )
            self.names.setdefault(voice.name.casefold(), voice)
        self.met.append((span.start, voice))
        return voice

    def pass_by(self, text: str, line: Line) -> None:
        """Keep the persons named as subjects, who may be the next "she": "Senator Orr wants a delay. She says …"."""
        for index, label in enumerate(line.syntax.labels):
            if label.startswith("nsubj") and line.syntax.names[index].endswith("PER"):
                words = phrase(line, index)
                called = name(text, line, words)
                voice = self.names.get(called.casefold()) or Voice(
                    name=called, kind=kind(line, words), span=line.stretch(*words)
                )
                self.passed.append((line.span.start, voice))
            elif label.startswith("nsubj") and line.syntax.names[index].endswith("ORG"):
                words = phrase(line, index)
                body = Voice(name=name(text, line, words), kind=VoiceKind.ORGANIZATION, span=line.stretch(*words))
                self.bodies.append((body.span.start if body.span else line.span.start, body))

    def _owner(self, line: Line, words: Words, span: Span) -> Voice | None:
        """Whose spokesman or office it is: "its" of the body named last, "our" of a body that writes itself."""
        first = line.lower[words.start]
        if words.stop - words.start < _PAIR or first not in {"its", "their", "our"}:
            return None
        staff = first == "our" and line.bare(words.start + 1) in _STAFF
        if not staff and kind(line, words) not in {VoiceKind.OFFICIAL, VoiceKind.ORGANIZATION}:
            return None
        if first == "our":
            return self.outlet if self.outlet.kind in {VoiceKind.ORGANIZATION, VoiceKind.OFFICIAL} else None
        spoke = [
            (at, voice) for at, voice in self.met if voice.kind is VoiceKind.ORGANIZATION and voice.name[0].isupper()
        ]
        near = [(at, voice) for at, voice in (*spoke, *self.bodies) if span.start - _BESIDE < at < span.start]
        return max(near, key=lambda pair: pair[0])[1] if near else None

    def _unlike(self, called: str, lower: list[str]) -> str:
        """As in "Another source" twice in one report is two voices."""
        if lower[0] != "another" or called.casefold() not in self.names:
            return called
        number = 2
        while f"{called} ({number})".casefold() in self.names:
            number += 1
        return f"{called} ({number})"

    def _earlier(self, lower: list[str], called: str, span: Span, *, capital: bool) -> Voice | None:
        if len(lower) == 1 and lower[0] in _PRONOUNS:
            kinds = _PRONOUNS[lower[0]]
            near = takewhile(lambda mention: mention[0] > span.start - _NEAR, reversed(self.met))
            named = next((voice for _, voice in near if voice.kind in kinds), None)
            if named is None and lower[0] in {"he", "she"}:
                return next((voice for at, voice in reversed(self.passed) if at > span.start - _NEXT), None)
            return named
        if lower[0] == "another":
            return None
        if self.outlet.kind is not VoiceKind.AUTHOR and _plain(called) == _plain(self.outlet.name):
            return self.outlet
        same = self.names.get(called.casefold())
        if same is not None:
            return same
        if lower[0] in {"the", "this", "that"} and len(lower) <= 3 and not capital:
            ends = [v for _, v in reversed(self.met) if _last(v.name) == lower[-1] or lower[-1] in _head_words(v.name)]
            return ends[0] if ends else None
        if capital and (len(lower) == 1 or (len(lower) == 2 and lower[0] in _TITLES)):
            last = lower[-1]
            people = {
                v.name: v
                for _, v in reversed(self.met)
                if v.kind in {VoiceKind.PERSON, VoiceKind.OFFICIAL}
                and last in _surnames(v.name)
                and len(v.name.split()) > 1
            }
            return next(iter(people.values())) if len(people) == 1 else None
        return None


def _plain(called: str) -> str:
    """A name to compare: "Valley Post" is "The Valley Post"."""
    return called.casefold().removeprefix("the ")


def _last(called: str) -> str:
    words = called.lower().split()
    return words[-1].removesuffix("'s").removesuffix("’s") if words else ""


def _surnames(called: str) -> list[str]:
    """The last word of a name: of all of it, and before any "of …" that describes its bearer."""
    words = called.replace(",", " ,").split()
    stop = next((k for k, word in enumerate(words) if k and (word in _PREPOSITIONS or word in {",", "("})), len(words))
    return [word.lower() for word in {words[stop - 1], words[-1]} if word[:1].isupper()]


def _head_words(called: str) -> list[str]:
    words = called.lower().split()
    return [words[_head(words)]] if words else []


def _pronoun_kind(lower: list[str]) -> VoiceKind | None:
    if len(lower) != 1 or lower[0] not in _PRONOUNS:
        return None
    return {"they": VoiceKind.PUBLIC, "it": VoiceKind.ORGANIZATION}.get(lower[0], VoiceKind.PERSON)


_GROUPS = frozenset(
    {
        VoiceKind.ANONYMOUS,
        VoiceKind.MEDIA,
        VoiceKind.ADVERSARY_MEDIA,
        VoiceKind.ORGANIZATION,
        VoiceKind.PUBLIC,
        VoiceKind.OFFICIAL,
    }
)
_ONE = frozenset({VoiceKind.PERSON, VoiceKind.OFFICIAL, VoiceKind.ANONYMOUS})
_BODY = frozenset({VoiceKind.ORGANIZATION, VoiceKind.MEDIA, VoiceKind.ADVERSARY_MEDIA})
_PRONOUNS = {
    "he": _ONE,
    "she": _ONE,
    "they": _GROUPS,
    "it": _BODY,
    "him": _ONE,
    "her": _ONE,
    "them": _GROUPS,
    "his": _ONE,
    "their": _GROUPS,
    "its": _BODY,
}
_ANONYMOUS = lexicon.group("voices", "anonymous")
_UNNAMED = lexicon.group("voices", "unnamed")
_OFFICIALS = lexicon.group("voices", "officials")
_ORGANIZATIONS = lexicon.group("voices", "organizations")
_MEDIA = lexicon.group("voices", "media")
_ADVERSARY_MEDIA = lexicon.group("voices", "adversary_media")
_ADVERSARIES = lexicon.group("voices", "adversaries")
_PUBLIC = lexicon.group("voices", "public")
_PEOPLE = lexicon.group("voices", "people")
_DOCUMENTS = lexicon.group("voices", "documents")
_GOVERNMENTS = lexicon.group("voices", "governments")
_TITLES = lexicon.group("voices", "titles") | {"president", "minister", "general", "sen", "gov", "rep"}
_PREPOSITIONS = lexicon.group("words", "prepositions")
