"""Read the openly licensed corpora into sentences with whatever labels each one carries.

A label that a corpus does not give is ``SKIP``: it costs nothing in training and is not scored.
"""

from __future__ import annotations

import io
import json
import lzma
import re
import tarfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training.encoder.discourse import Document, attributions, names_of

from tocsin.extract.parse.words import words_of

SKIP = "_"

SOURCES = {
    "UD_English-EWT": "CC BY-SA 4.0",
    "Universal NER on EWT (first public train file)": "CC BY-SA 4.0",
    "UD_English-GUM: news, interview, bio, voyage, academic, court": "CC BY 2.5, CC BY-SA 3.0, CC BY 4.0 by genre",
    "UDS-IH2 factuality on EWT": "CC BY-SA 4.0",
    "wikigold": "CC BY 4.0",
    "Broad Twitter Corpus": "CC BY 4.0",
    "WNUT 2017": "CC BY 4.0",
    "CrossNER: politics, science, music, literature, artificial intelligence": "MIT; its text, Wikipedia, CC BY-SA 3.0",
    "re3d: CENTCOM, US State Department, UK Government, DFAT, EU delegation, Wikipedia": "open, folder by folder",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence cut into words, with one label per word for each task, or ``SKIP``.

    Attributes:
        corpus: Where it is from: ``ewt``, ``gum``, ``wikigold``, ``btc``, ``wnut``, ``crossner``, ``re3d``,
            ``pud``.
        words: The words.
        upos: Universal part of speech.
        tag: Penn Treebank tag.
        heads: 0 for the root, else the head counted from 1; -1 where unknown.
        labels: Universal dependency to the head.
        lemmas: Dictionary forms.
        names: BIO over PER, ORG, LOC.
        roles: BIO over SOURCE, CUE.
        contents: BIO over CONTENT.
        factual: Index of a predicate and how far it is held to have happened, with the readers' confidence.
        document: The document it stands in, whose sentences come in order; empty where that is not known.
        text: The sentence as written, where the corpus gives it.
    """

    corpus: str
    words: list[str]
    upos: list[str]
    tag: list[str]
    heads: list[int]
    labels: list[str]
    lemmas: list[str]
    names: list[str]
    roles: list[str]
    contents: list[str]
    factual: dict[int, tuple[float, float]] = field(default_factory=dict)
    document: str = ""
    text: str = ""


def bare(corpus: str, words: Sequence[str], names: Sequence[str]) -> Sentence:
    """A sentence of which only the names are known."""
    blank = [SKIP] * len(words)
    return Sentence(
        corpus=corpus,
        words=list(words),
        upos=blank,
        tag=blank,
        heads=[-1] * len(words),
        labels=blank,
        lemmas=blank,
        names=list(names),
        roles=blank,
        contents=blank,
    )


Rows = list[list[str]]


def conllu(lines: Iterable[str]) -> Iterator[tuple[Rows, dict[str, str]]]:
    """The rows of each sentence, syntactic words only, and what is noted above it: ``newdoc id``, ``text``.

    A note ``newdoc id`` holds until the next.
    """
    rows: Rows = []
    notes: dict[str, str] = {}
    for line in [*lines, ""]:
        text = line.rstrip("\n")
        if not text:
            if rows:
                yield rows, notes
            rows, notes = [], {name: value for name, value in notes.items() if name == "newdoc id"}
        elif text.startswith("#"):
            name, _, value = text[1:].partition("=")
            notes[name.strip()] = value.strip()
        else:
            columns = text.split("\t")
            if columns[0].isdigit():
                rows.append(columns)


def _opened(path: Path) -> io.TextIOWrapper:
    return io.TextIOWrapper(lzma.open(path), encoding="utf-8")


def _iob(path: Path) -> dict[tuple[str, ...], list[str]]:
    """Names by the words of the sentence; other kinds become ``O``."""
    found = {}
    with _opened(path) as lines:
        for rows, _ in conllu(lines):
            found[tuple(r[1] for r in rows)] = proper([r[2] for r in rows])
    return found


def proper(tags: Sequence[str]) -> list[str]:
    """Keep PER, ORG and LOC, and open each with ``B-``.

    >>> proper(["I-PER", "I-PER", "B-OTH", "O", "I-LOC"])
    ['B-PER', 'I-PER', 'O', 'O', 'B-LOC']
    """
    kept: list[str] = []
    for tag in tags:
        kind = tag[2:]
        if kind not in {"PER", "ORG", "LOC"}:
            kept.append("O")
        elif tag.startswith("I-") and kept and kept[-1][2:] == kind:
            kept.append(f"I-{kind}")
        else:
            kept.append(f"B-{kind}")
    return kept


def treebank(
    corpus: str,
    rows: Sequence[Sequence[str]],
    notes: Mapping[str, str],
    **labels: Any,  # noqa: ANN401 - fields of Sentence
) -> Sentence:
    """A sentence of a treebank, with labels from elsewhere beside it."""
    blank = [SKIP] * len(rows)
    return Sentence(
        corpus=corpus,
        words=[r[1] for r in rows],
        upos=[r[3] for r in rows],
        tag=[r[4] for r in rows],
        heads=[int(r[6]) for r in rows],
        labels=[r[7] for r in rows],
        lemmas=[r[2] for r in rows],
        document=notes.get("newdoc id", ""),
        text=notes.get("text", ""),
        **({"names": blank, "roles": blank, "contents": blank} | labels),
    )


def ewt(data: Path, part: str) -> Iterator[Sentence]:
    """UD_English-EWT with the names of Universal NER and the factuality of UDS.

    UDS numbers the sentences of an older release. A sentence's factuality is used only where every predicate it names
    is still a verb here.
    """
    names: dict[tuple[str, ...], list[str]] = {}
    for path in sorted((data / "uner").glob(f"en_ewt-ud-{part}*.iob2.xz")):
        names |= _iob(path)
    with zipfile.ZipFile(data / "uds/factuality.zip") as archive:
        predicates = json.loads(archive.read("factuality.json"))["data"]
    with _opened(data / f"ewt/en_ewt-ud-{part}.conllu.xz") as lines:
        for number, (rows, notes) in enumerate(conllu(lines), start=1):
            words = tuple(r[1] for r in rows)
            factual = {
                int(key.rpartition("-")[2]) - 1: (
                    float(value["factuality"]["factual"]["value"]),
                    float(value["factuality"]["factual"]["confidence"]),
                )
                for key, value in predicates.get(f"ewt-{part}-{number}", {}).items()
            }
            if not all(at < len(rows) and rows[at][3] in {"VERB", "AUX"} for at in factual):
                factual = {}
            yield treebank("ewt", rows, notes, names=names.get(words, [SKIP] * len(rows)), factual=factual)


def gum(data: Path, part: str) -> Iterator[Sentence]:
    """UD_English-GUM, permissive genres, with names from its entities and attribution from its discourse relations."""
    held = {
        name: set((data / f"gum/file-lists/files.{name}").read_text(encoding="utf-8").split())
        for name in ("dev", "test")
    }
    with tarfile.open(data / "gum/permissive.tar.xz") as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            stem = Path(member.name).name.removesuffix(".conllu")
            place = next((name for name, files in held.items() if stem in files), "train")
            handle = archive.extractfile(member) if member.isfile() else None
            if place != part or handle is None:
                continue
            sentences = list(conllu(io.TextIOWrapper(handle, encoding="utf-8")))
            said = attributions(Document([rows for rows, _ in sentences]))
            for (rows, notes), (roles, contents) in zip(sentences, said, strict=True):
                yield treebank("gum", rows, notes, names=names_of(rows), roles=roles, contents=contents)


def pud(data: Path) -> Iterator[Sentence]:
    """UD_English-PUD with the names of Universal NER: the test."""
    names = _iob(data / "pud/en_pud-ud-test.iob2.xz")
    with _opened(data / "pud/en_pud-ud-test.conllu.xz") as lines:
        for rows, notes in conllu(lines):
            yield treebank("pud", rows, notes, names=names.get(tuple(r[1] for r in rows), [SKIP] * len(rows)))


_WNUT = {"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG"}


def columns(data: Path) -> Iterator[Sentence]:
    """Names of wikigold, the Broad Twitter Corpus and WNUT 2017, all parts."""
    with tarfile.open(data / "ner/btc_wnut17_wikigold.tar.xz") as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            if "CONLL-format/data/" not in member.name or not member.isfile():
                continue
            handle = archive.extractfile(member)
            if handle is None:
                continue
            corpus = {"BTC": "btc", "WNUT17": "wnut", "wikigold": "wikigold"}[member.name.split("/")[0]]
            text = handle.read().decode("utf-8")
            for block in re.split(r"\n\s*\n", text):
                pairs = [line.split() for line in block.splitlines() if len(line.split()) >= 2]
                pairs = [p for p in pairs if p[0] != "-DOCSTART-"]
                if not pairs:
                    continue
                tags = [p[-1] for p in pairs]
                if corpus == "wnut":
                    tags = [t[:2] + _WNUT.get(t[2:], "") for t in tags]
                yield bare(corpus, [p[0] for p in pairs], proper(tags))


def wikigold(data: Path, part: str) -> Iterator[Sentence]:
    """Names of wikigold; every tenth sentence is its part ``dev``, kept out of training to choose by."""
    found = (s for s in columns(data) if s.corpus == "wikigold")
    for number, sentence in enumerate(found):
        if (number % 10 == 0) == (part == "dev"):
            yield sentence


_CROSSNER = {
    **dict.fromkeys(("person", "politician", "writer", "musicalartist", "scientist", "researcher"), "PER"),
    **dict.fromkeys(("organisation", "politicalparty", "band", "university"), "ORG"),
    **dict.fromkeys(("country", "location"), "LOC"),
}
_UNSURE = {"magazine", "academicjournal", "conference", "misc", "astronomicalobject", "election", "event", "award"}


def crossner(data: Path) -> Iterator[Sentence]:
    """Names of CrossNER, all parts; kinds that other corpora count now as a name, now as none, are left open."""
    with tarfile.open(data / "ner/crossner.tar.xz") as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            handle = archive.extractfile(member) if member.name.endswith(".txt") else None
            if handle is None:
                continue
            for block in re.split(r"\n\s*\n", handle.read().decode("utf-8")):
                pairs = [line.split("\t") for line in block.splitlines() if "\t" in line]
                if not pairs:
                    continue
                kinds = [tag[2:] for _, tag in pairs]
                names = proper([tag[:2] + _CROSSNER.get(tag[2:], "") for _, tag in pairs])
                names = [SKIP if kind in _UNSURE else name for kind, name in zip(kinds, names, strict=True)]
                yield bare("crossner", [word for word, _ in pairs], names)


_RE3D = {"Organisation": "ORG", "Location": "LOC", "Person": "PER"}
_PRONOUNS = {"I", "He", "She", "We", "They", "You", "It", "His", "Her", "Our", "Their"}
_SMALL = {"of", "the", "and", "for", "in", "on", "de", "al", "ad", "bin", "'s", "&", "-", "’s"}


def re3d(data: Path) -> Iterator[Sentence]:
    """Names in conflict reporting. A mention that is no name, and a capital outside any mention, are left open."""
    with tarfile.open(data / "re3d/re3d_open.tar.xz") as archive:
        members = {m.name.removeprefix("./"): m for m in archive.getmembers()}
        for name in sorted(members):
            if not name.endswith("/documents.json"):
                continue
            documents = _lines(archive, members[name])
            mentions = _lines(archive, members[name.replace("documents", "entities")])
            for document in documents:
                mine = [m for m in mentions if m["documentId"] == document["_id"] and m["type"] in _RE3D]
                yield from _marked(document["text"], mine)


def _lines(archive: tarfile.TarFile, member: tarfile.TarInfo) -> list[dict[str, Any]]:
    handle = archive.extractfile(member)
    if handle is None:
        return []
    return [json.loads(line) for line in handle.read().decode("utf-8-sig").splitlines() if line.strip()]


def _marked(text: str, mentions: Sequence[dict[str, Any]]) -> Iterator[Sentence]:
    for cut in re.finditer(r"(?:[^.!?\n]|[.!?](?!\s+[A-Z\"“]|\n))+[.!?]*", text):
        places = [(a + cut.start(), b + cut.start()) for a, b in words_of(cut.group())]
        words = [text[a:b] for a, b in places]
        if not 3 <= len(words) <= 120:
            continue
        names = [SKIP if w[0].isupper() and i else "O" for i, w in enumerate(words)]
        for mention in sorted(mentions, key=lambda m: m["begin"] - m["end"]):
            inside = [i for i, (a, b) in enumerate(places) if a >= mention["begin"] and b <= mention["end"]]
            if inside and words[inside[0]].lower() == "the":
                inside = inside[1:]
            if not inside or any(names[i] not in {"O", SKIP} for i in inside) or words[inside[0]] in _PRONOUNS:
                continue
            if words[inside[0]][0].isupper() and all(words[i][0].isupper() or words[i] in _SMALL for i in inside):
                kind = _RE3D[mention["type"]]
                for i in inside:
                    names[i] = f"{'B' if i == inside[0] else 'I'}-{kind}"
        yield bare("re3d", words, names)


def training_set(data: Path) -> list[Sentence]:
    """Everything the model may learn from."""
    return [
        *ewt(data, "train"),
        *gum(data, "train"),
        *gum(data, "dev"),
        *wikigold(data, "train"),
        *(s for s in columns(data) if s.corpus != "wikigold"),
        *crossner(data),
        *re3d(data),
    ]
