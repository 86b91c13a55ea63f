"""GUM's own layers: attribution from its discourse relations, names from its entities.

An eRST relation ``attribution-positive:12->10:…`` stands at the first word of discourse unit 12, says that the content
begins at unit 10, and lists the words that signal it: ``sem-atsrc`` the source, ``lex-ind…`` the cue. Words are counted
through the document from 1.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from tocsin.extract.parse.tags import allowed

SKIP = "_"
_RELATION = re.compile(r"([\w-]+):(\d+)->(\d+):[\d:]*(?::|$)?([^;]*)")
_SIGNAL = re.compile(r"(sem-atsrc|lex-ind(?:wd|ph|phr)?)-(\d[\d,-]*)")


def _numbers(text: str) -> list[int]:
    """Words named by a list of numbers and ranges.

    >>> _numbers("200-202,297")
    [200, 201, 202, 297]
    """
    found: list[int] = []
    for part in text.strip(",-").split(","):
        low, _, high = part.partition("-")
        found += range(int(low), int(high or low) + 1)
    return found


class Document:
    """A document's words and discourse units.

    Args:
        sentences: Rows of CoNLL-U, ten columns each.
    """

    def __init__(self, sentences: Sequence[Sequence[Sequence[str]]]) -> None:
        self.sentences = sentences
        self.place = [(s, w) for s, rows in enumerate(sentences) for w in range(len(rows))]
        self.unit_of: list[int] = []
        self.head: dict[int, int] = {}
        self.said: list[tuple[int, int, str]] = []
        unit = 0
        for rows in sentences:
            for row in rows:
                note = next((m for m in row[9].split("|") if m.startswith("Discourse=")), "")
                for number, relation in enumerate(note.removeprefix("Discourse=").split(";") if note else ()):
                    name, _, rest = relation.partition(":")
                    here = re.match(r"(\d+)(?:->(\d+))?", rest)
                    if here is None:
                        continue
                    if number == 0:
                        unit = int(here[1])
                        if here[2]:
                            self.head[unit] = int(here[2])
                    if name.startswith("attribution") and here[2]:
                        self.said.append((unit, int(here[2]), rest))
                self.unit_of.append(unit)


def attributions(document: Document) -> list[tuple[list[str], list[str]]]:
    """For each sentence, who speaks by what words (``SOURCE``, ``CUE``), and what is said (``CONTENT``).

    The content is the unit named and all units that depend on it, within the sentence, the attributing unit excepted.
    Where contents nest, the outermost stands; sources and cues within it are kept beside it.
    """
    below: dict[int, list[int]] = defaultdict(list)
    for unit, head in document.head.items():
        below[head].append(unit)
    words: dict[int, list[int]] = defaultdict(list)
    for at, unit in enumerate(document.unit_of):
        words[unit].append(at)
    roles = [["O"] * len(rows) for rows in document.sentences]
    contents = [[False] * len(rows) for rows in document.sentences]
    for speaker, content, note in document.said:
        spoken = {document.place[at][0] for at in words[speaker]}
        for kind, numbers in _SIGNAL.findall(note):
            role = "SOURCE" if kind == "sem-atsrc" else "CUE"
            for s, run in _runs(document, _numbers(numbers)):
                for i, w in enumerate(run):
                    if roles[s][w] == "O":
                        roles[s][w] = f"{'I' if i else 'B'}-{role}"
        queue, seen = [content], {speaker}
        while queue:
            unit = queue.pop()
            if unit in seen:
                continue
            seen.add(unit)
            queue += below[unit]
            for at in words[unit]:
                s, w = document.place[at]
                if s in spoken:
                    contents[s][w] = True
    return [
        (repaired(r), _content(document.sentences[i], c)) for i, (r, c) in enumerate(zip(roles, contents, strict=True))
    ]


def _runs(document: Document, numbers: Iterable[int]) -> list[tuple[int, list[int]]]:
    """Words of one sentence that follow each other."""
    found: list[tuple[int, list[int]]] = []
    for number in sorted(numbers):
        if not 1 <= number <= len(document.place):
            continue
        s, w = document.place[number - 1]
        if found and found[-1][0] == s and found[-1][1][-1] == w - 1:
            found[-1][1].append(w)
        else:
            found.append((s, [w]))
    return found


def _content(rows: Sequence[Sequence[str]], inside: Sequence[bool]) -> list[str]:
    """BIO over CONTENT: punctuation at the edges is left out, and a gap of punctuation alone is closed."""
    kept = list(inside)
    mark = [r[3] == "PUNCT" for r in rows]
    starts = [i for i in range(len(kept)) if kept[i] and (i == 0 or not kept[i - 1])]
    for start in starts:
        end = start
        while end < len(kept) and inside[end]:
            end += 1
        for edge in (range(start, end), range(end - 1, start - 1, -1)):
            for i in edge:
                if not mark[i]:
                    break
                kept[i] = False
    return [("I-CONTENT" if i and kept[i - 1] else "B-CONTENT") if k else "O" for i, k in enumerate(kept)]


def repaired(tags: Sequence[str]) -> list[str]:
    """Open with ``B-`` what overlapping marks left without a beginning."""
    names = sorted(set(tags))
    follow = allowed(names)
    found: list[str] = []
    for i, tag in enumerate(tags):
        orphan = tag.startswith("I-") and (not i or not follow[names.index(tags[i - 1]), names.index(tag)])
        found.append("B-" + tag[2:] if orphan else tag)
    return found


_KIND = {"person": "PER", "organization": "ORG", "place": "LOC"}
_BRACKET = re.compile(r"\((\d+)-([a-z]+)-([^()]*)|(\d+)?\)")


def names_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """Names from GUM's entities: persons, organizations and places whose core is all proper nouns.

    A proper noun outside such a mention is left open, since GUM does not mark names as names.
    """
    opened: list[tuple[str, str, int, list[int]]] = []
    mentions: list[tuple[int, int, str, list[int]]] = []
    for at, row in enumerate(rows):
        note = next((m for m in row[9].split("|") if m.startswith("Entity=")), "")
        for ident, kind, rest, closed in _BRACKET.findall(note):
            if ident:
                core = re.match(r".*?-cf\d+\*?-([\d,]+)", rest)
                opened.append((ident, kind, at, [int(n) - 1 for n in core[1].split(",") if n] if core else []))
                continue
            found = next((i for i in reversed(range(len(opened))) if not closed or opened[i][0] == closed), None)
            if found is not None:
                _, sort, start, heads = opened.pop(found)
                mentions.append((start, at + 1, sort, heads))
    tags = [SKIP if r[3] == "PROPN" else "O" for r in rows]
    for start, end, kind, heads in sorted(mentions, key=lambda m: m[0] - m[1]):
        inside = [start + h for h in heads if start + h < end]
        while inside and rows[inside[0]][7] == "nmod:desc":
            inside = inside[1:]
        if not inside or inside != list(range(inside[0], inside[-1] + 1)):
            continue
        if any(rows[i][3] != "PROPN" for i in inside) or any(tags[i] != SKIP for i in inside):
            continue
        for i in inside:
            tags[i] = f"{'B' if i == inside[0] else 'I'}-{_KIND[kind]}" if kind in _KIND else "O"
    return tags
