"""Places as a report mentions them: where something is, not who acts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from tocsin.extract import lexicon
from tocsin.extract.syntax import Syntax
from tocsin.model.claim import PlaceMention
from tocsin.model.report import Span
from tocsin.text.lang import load
from tocsin.text.places import (
    Entry,
    PlaceKind,
    adjectives,
    countries_named,
    country,
    country_behind,
    holds,
    lookup,
    settled,
)
from tocsin.text.sentences import sentences_within
from tocsin.text.tokens import Token, tokens

_LONGEST = 4
_LARGE = 300_000
_ENOUGH = 200_000
"""Characters of a text that are searched for the countries it names."""
_SOON = 20_000
"""Characters of a text that are searched for places that tell which countries it is about."""
_HYPHENED = re.compile(r"[^\W\d_]+")
_BEHIND = re.compile(r"(?:,| in| \()\s?(?:the )?(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})")
_SHORT = frozenset({"US", "USA", "UK", "UAE"})
_DETACHED = frozenset({"the", "of", "and", "in", "on", "at", "de", "la", "el"})


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("en_places")["words"][name])


@cache
def _never() -> frozenset[str]:
    return frozenset(load("en_places")["cities"]["never"])


@cache
def _speaking() -> frozenset[str]:
    kinds = (lexicon.group("verbs", key) for key in ("clause", "think", "deny", "doubt"))
    wanting = lexicon.group("plan", "intent") | lexicon.group("plan", "plan")
    return (
        frozenset().union(*kinds) | wanting | {"refuse", "accuse", "reject"} - {"find", "see", "hold", "learn", "set"}
    )


def places(text: str, span: Span | None = None, *, tree: Syntax | None = None) -> tuple[PlaceMention, ...]:
    """The places mentioned in a text, or in one span of it, in order.

    A country or capital that acts ("Moscow decided", "the president of Belarus", "from Minsk") is an actor and no
    place; one in which, into which or out of whose territory something happens is. An adjective is a place only
    before "territory", "border" and the like. A name that several places bear is settled by the countries that
    the text names; otherwise it keeps its name without country. ``tree`` is that of the one sentence in ``span``, if
    known: a place that speaks, thinks or wants there is an actor, and one that somebody moves to or from is none.

    >>> [(p.name, p.country) for p in places("Moscow moved two battalions from Belarus to the Ukrainian border.")]
    [('Belarus', 'BY'), ('Ukraine', 'UA')]
    """
    named, near = countries_named(text[:_ENOUGH]), _spoken_of(text[:_SOON])
    found: list[PlaceMention] = []
    for sentence in sentences_within(text, span):
        found += _in_sentence(text, sentence, named, near, tree)
    return tuple(found)


@lru_cache(maxsize=4)
def _spoken_of(text: str) -> frozenset[str]:
    """The countries that a text names, and those of the places in it that are clear by themselves."""
    named = countries_named(text)
    mentions = (mention for sentence in sentences_within(text, None) for mention in _in_sentence(text, sentence, named))
    return named | {mention.country for mention in mentions if mention.country is not None}


def _in_sentence(
    text: str, span: Span, named: frozenset[str], near: frozenset[str] = frozenset(), tree: Syntax | None = None
) -> list[PlaceMention]:
    items = tokens(text, span)
    known = tree if tree is not None and len(tree.heads) == len(items) else None
    found: list[PlaceMention] = []
    last_place = -1
    at = 0
    while at < len(items):
        adjective = _adjective(items, at)
        if adjective:
            found += adjective
            at += 1
            continue
        chain = _chain(items, at, named | near)
        if chain:
            found += chain
            last_place = at = at + 1
            continue
        stop, entries = _name_at(text, items, at)
        if not entries:
            at += 1
            continue
        moved = known is not None and _journey(known, at, stop)
        acts = known is not None and (_speaks(known, at, stop) or _seat(known, at, stop, entries))
        if not acts and (moved or _is_place(items, at, stop, entries, listed=last_place, named=named)):
            where = Span(items[at].span.start, _without_possessive(items[stop - 1]))
            found.append(_mention(text, where, named | near))
            named |= {place.country for place in found[-1:] if place.country is not None}
            last_place = stop
        at = stop
    return found


def _without_possessive(token: Token) -> int:
    """The end of a token without "'s"."""
    return token.span.stop - (2 if token.lower.endswith("'s") else 0)


def _mention(text: str, span: Span, near: frozenset[str]) -> PlaceMention:
    words = text[span.start : span.stop]
    entry = _beside(text, span)
    abroad = country_behind(text, span.stop) if entry is None else None
    if entry is None and abroad is None:
        entry = settled(words, near)
    if entry is None or (abroad is not None and entry.country != abroad):
        return PlaceMention(text=words, name=" ".join(words.split()), country=abroad, lat=None, lon=None, span=span)
    return PlaceMention(text=words, name=entry.name, country=entry.country, lat=entry.lat, lon=entry.lon, span=span)


def _beside(text: str, span: Span) -> Entry | None:
    """The place of a name that the country or region right behind it holds: "Tripoli, Lebanon", "Brest in Belarus"."""
    behind = _BEHIND.match(text, span.stop)
    names = behind.group("name").split(" ") if behind is not None else []
    for length in range(len(names), 0, -1):
        name = " ".join(names[:length])
        for outer in (*lookup(name), *lookup(f"{name} region")):
            if outer.kind in {PlaceKind.COUNTRY, PlaceKind.REGION}:
                held = [entry for entry in lookup(text[slice(*span)]) if entry != outer and holds(outer, entry)]
                if held:
                    return held[0]
    return None


def _name_at(text: str, items: Sequence[Token], at: int) -> tuple[int, tuple[Entry, ...]]:
    """The longest name of the gazetteer that begins at a token: the token after it, and its places."""
    if not items[at].is_capital or not items[at].is_word:
        return at + 1, ()
    for length in range(min(_LONGEST, len(items) - at), 0, -1):
        stop = at + length
        if length > 1 and not (
            items[stop - 1].is_word and (items[stop - 1].is_capital or _is_region_noun(items, stop))
        ):
            continue
        words = text[items[at].span.start : _without_possessive(items[stop - 1])]
        if length == 1 and words.lower() in _never():
            continue
        entries = lookup(" ".join(words.split()).removesuffix("'").removesuffix("’"))
        short = length == 1 and words.isupper() and len(words) < 4
        if entries and (not short or words in _SHORT):
            return stop, entries
    return at + 1, ()


def _is_region_noun(items: Sequence[Token], stop: int) -> bool:
    return items[stop - 1].lower in _words("region_nouns") | {"river", "strait", "sea", "peninsula"}


def _lower(items: Sequence[Token], at: int) -> str:
    return items[at].lower if 0 <= at < len(items) else ""


def _adjective(items: Sequence[Token], at: int) -> list[PlaceMention]:
    """The countries of "Belarusian territory", "the Ukrainian-Belarusian border"."""
    token = items[at]
    if not token.is_capital:
        return []
    known = adjectives()
    parts = [(match.group(), match.start()) for match in _HYPHENED.finditer(token.text)]
    if not parts or any(word not in known for word, _ in parts):
        return []
    here = at + 1
    while _lower(items, here) in {"northern", "southern", "eastern", "western", "state", "military", "land", "and"} or (
        here < len(items) and items[here].text in known
    ):
        here += 1
    if here >= len(items) or not items[here].text.islower() or items[here].lower not in _words("after_adjective"):
        return []
    if _lower(items, here) == "training" and _lower(items, here + 1) not in {
        "ground",
        "grounds",
        "area",
        "areas",
        "range",
        "ranges",
    }:
        return []
    found = []
    for word, offset in parts:
        entry = country(known[word])
        if entry is not None:
            start = token.span.start + offset
            where = Span(start, start + len(word))
            found.append(
                PlaceMention(
                    text=word, name=entry.name, country=entry.country, lat=entry.lat, lon=entry.lon, span=where
                )
            )
    return found


def _chain(items: Sequence[Token], at: int, near: frozenset[str]) -> list[PlaceMention]:
    """The places of "the Korosten-Zhytomyr-Vinnytsia direction"."""
    token = items[at]
    parts = token.text.split("-")
    if len(parts) < 2 or lookup(token.text) or not all(part[:1].isupper() and lookup(part) for part in parts):
        return []
    found, start = [], token.span.start
    for part in parts:
        found.append(_mention(part, Span(0, len(part)), near))
        found[-1] = replace(found[-1], span=Span(start, start + len(part)))
        start += len(part) + 1
    return found


def _is_place(
    items: Sequence[Token], at: int, stop: int, entries: Sequence[Entry], *, listed: int, named: frozenset[str]
) -> bool:
    """Is the name a place where something is, rather than an actor or a part of another name?

    A city of a country that the text does not name needs a preposition, unless it is a large one.
    """
    first = entries[0]
    acts = first.kind is PlaceKind.COUNTRY or first.capital
    if not acts and _part_of_name(items, at, stop):
        return False
    possessive = items[stop - 1].lower.endswith(("'s", "s'")) or _lower(items, stop) == "'"
    behind = stop + 1 if _lower(items, stop) == "'" else stop
    if acts and possessive:
        return _lower(items, behind) in _words("possessive")
    if acts and _organization(items, stop):
        return False
    before = at - 1
    while before >= 0 and items[before].lower in _words("between") and items[before].lower != "of":
        before -= 1
    word = _lower(items, before)
    expected = (
        first.kind is not PlaceKind.CITY or first.population >= _LARGE or any(e.country in named for e in entries)
    )
    if word == "of":
        return (
            (not acts and expected)
            or _lower(items, before - 1) in _words("of_after")
            or _lower(items, before - 1).endswith("of")
        )
    if word == "to" and acts and _lower(items, before - 1) in _words("not_before_to"):
        return False
    if word in _words("locative"):
        return not (first.capital and word in _words("not_for_capitals")) or _goes(items, before)
    if not acts:
        return expected or word in _words("taking") or _in_list(items, at, stop, listed)
    if word in _words("taking"):
        return True
    return _in_list(items, at, stop, listed)


def _goes(items: Sequence[Token], before: int) -> bool:
    """Is it a journey: "went to Kyiv", "marched on Kyiv"?"""
    return any(_lower(items, at) in _words("going") for at in range(max(0, before - 2), before))


def _outermost(tree: Syntax, at: int, stop: int) -> int:
    """The token of a name that hangs outside it."""
    return next((k for k in range(at, stop) if not at <= tree.heads[k] < stop), at)


def _journey(tree: Syntax, at: int, stop: int) -> bool:
    """Does somebody move there or away: "flew to Minsk", "troops left for Kyiv"?"""
    name = _outermost(tree, at, stop)
    verb = tree.heads[name]
    if tree.relation(name) != "obl" or verb < 0 or tree.child(name, "case") is None:
        return False
    return tree.lemmas[verb].lower() in _words("journeys") and tree.upos[verb] == "VERB"


def _speaks(tree: Syntax, at: int, stop: int) -> bool:
    """Is the name the subject of saying, thinking or wanting: "Kharkiv denied that …"?"""
    name = _outermost(tree, at, stop)
    verb = tree.heads[name]
    if tree.labels[name] != "nsubj" or verb < 0 or tree.upos[verb] != "VERB":
        return False
    return tree.lemmas[verb].lower() in _speaking()


def _seat(tree: Syntax, at: int, stop: int, entries: Sequence[Entry]) -> bool:
    """Is the name where an office sits that speaks, is told or is asked: "the ministry in Kyiv was not consulted"?"""
    name = _outermost(tree, at, stop)
    office = tree.heads[name]
    city = any(entry.kind is PlaceKind.CITY for entry in entries)
    if not city or tree.relation(name) != "nmod" or office < 0:
        return False
    verb, lemma = tree.heads[office], _worn(tree.lemmas[office].lower())
    sits = lemma in _worn_words("speakers") or (any(e.capital for e in entries) and lemma in _worn_words("seats"))
    if not sits or verb < 0 or tree.relation(office) not in {"nsubj", "obj", "iobj", "obl"}:
        return False
    return tree.lemmas[verb].lower() in _speaking() or _worn(tree.lemmas[verb].lower()) in _worn_words("asked")


def _worn(lemma: str) -> str:
    """A lemma without its last e or y: the tree's own are not sure of those ("consulte", "authoritie")."""
    return re.sub(r"(?:ie|y|e)$", "", lemma)


@cache
def _worn_words(name: str) -> frozenset[str]:
    return frozenset(_worn(word) for word in load("en_places")["words"][name])


def _organization(items: Sequence[Token], stop: int) -> bool:
    """Does a capitalised name go on behind: "Kyiv City Military Administration"?"""
    return (
        stop + 1 < len(items)
        and items[stop].is_capital
        and items[stop + 1].is_capital
        and items[stop].is_word
        and items[stop + 1].is_word
    )


def _part_of_name(items: Sequence[Token], at: int, stop: int) -> bool:
    """Does the name stand within another: "Robert Lansing Institute", "Ivan Kursk"?"""
    before, behind = items[at - 1] if at else None, items[stop] if stop < len(items) else None
    if behind is not None and behind.is_word and behind.is_capital and behind.lower not in _words("own_suffix"):
        return not (behind.lower in _DETACHED or lookup(behind.text) or behind.text in adjectives())
    if before is None or not (before.is_word and before.is_capital) or at == 1:
        return False
    return not (
        lookup(before.text) or before.lower in _words("between") | _words("locative") or before.text in adjectives()
    )


def _in_list(items: Sequence[Token], at: int, stop: int, listed: int) -> bool:
    """Is a country or capital one of several places in a row: "Kyiv, Volyn and Rivne"?"""
    joints = {",", "and", "or", "-", "–", "—"}
    if listed >= 0 and all(_lower(items, here) in joints | {"the"} for here in range(listed, at)) and at > listed:
        return True
    if _lower(items, stop) not in {",", "and"}:
        return False
    behind = lookup(items[stop + 1].text) if stop + 1 < len(items) and items[stop + 1].is_capital else ()
    return bool(behind) and behind[0].kind is not PlaceKind.COUNTRY and not behind[0].capital
