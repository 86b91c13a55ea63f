"""The trained network with what decides over its scores: numpy and onnxruntime, nothing else.

A folder holds ``encoder.onnx`` (pieces in, scores out), ``labels.npz`` (the weights that label an arc once the tree is
known), ``vocabulary.txt`` (one piece a line) and ``labels.json`` (the names of all classes). The network scores; what a
tree is, what a well-formed span is, and how a lemma follows from its class is decided here.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

from tocsin.extract.parse.breaks import chances_of
from tocsin.extract.parse.lemma import lemma_of
from tocsin.extract.parse.pieces import Pieces, batch_of, parts_of, shape_of
from tocsin.extract.parse.repair import finite_clause
from tocsin.extract.parse.tags import allowed, spans_of
from tocsin.extract.parse.tree import tree_of
from tocsin.extract.parse.words import words_of

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a sentence, as the encoder reads it.

    Attributes:
        text: The word as written.
        start: Offset of its first character in the text read.
        end: Offset after its last character.
        upos: Universal part of speech, as ``VERB``.
        tag: Penn Treebank tag, as ``VBD``.
        head: Index of the governing word in the sentence, -1 for the root.
        label: Universal dependency to the head, as ``nsubj:pass``.
        lemma: Dictionary form.
        name: ``O``, or ``B-`` or ``I-`` with ``PER``, ``ORG``, ``LOC``.
        role: ``O``, or ``B-`` or ``I-`` with ``SOURCE`` or ``CUE``: a voice, and the words that say it speaks.
        content: ``O``, ``B-CONTENT`` or ``I-CONTENT``: what a voice is made to say.
        factual: About -1.2 (did not happen) to 1.2 (happened), read at verbs; None elsewhere.
    """

    text: str
    start: int
    end: int
    upos: str
    tag: str
    head: int
    label: str
    lemma: str
    name: str
    role: str
    content: str
    factual: float | None


class Encoder:
    """The trained network with what decides over its scores.

    Args:
        pieces: Cuts words into word pieces.
        classes: The names of the classes of each task.
        bilinear: Shape ``(1 + size, label, 1 + size)``; labels an arc from its two ends.
        score: From the arrays of ``batch_of`` to the arrays that the network gives.
    """

    def __init__(
        self,
        pieces: Pieces,
        classes: Mapping[str, list[str]],
        *,
        bilinear: Floats,
        score: Callable[[dict[str, Ints]], Mapping[str, Floats]],
    ) -> None:
        self._pieces = pieces
        self.classes = classes
        self._bilinear = bilinear
        self._score = score
        self._follow = {task: allowed(classes[task]) for task in ("name", "role", "content")}

    @classmethod
    def load(cls, folder: Traversable, *, threads: int = 1) -> Encoder:
        """Open the files in a folder; one call may use ``threads`` cores."""
        import onnxruntime  # type: ignore[import-untyped]

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            (folder / "encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        names = [output.name for output in session.get_outputs()]
        vocabulary = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
        with np.load(io.BytesIO((folder / "labels.npz").read_bytes())) as arrays:
            bilinear: Floats = arrays["bilinear"].astype(np.float32)
        return cls(
            Pieces({piece: number for number, piece in enumerate(vocabulary) if piece}),
            json.loads((folder / "labels.json").read_text(encoding="utf-8")),
            bilinear=bilinear,
            score=lambda arrays: dict(zip(names, session.run(None, arrays), strict=True)),
        )

    def read(self, text: str) -> list[Word]:
        """Read one sentence of running text; offsets count from its beginning."""
        return next(self.sentences([text]))

    def sentences(self, texts: Iterable[str], *, batch: int = 8) -> Iterator[list[Word]]:
        """Read sentences; each word carries its offsets within its own sentence."""
        kept = [(text, words_of(text)) for text in texts]
        yield from self._placed(
            [[text[a:b] for a, b in places] for text, places in kept], [places for _, places in kept], batch=batch
        )

    def parse(self, sentences: Sequence[Sequence[str]], *, batch: int = 8) -> list[list[Word]]:
        """Read sentences already cut into words; sentences of like length are read together.

        Offsets are those of the words joined by single spaces.
        """
        return self._placed(sentences, [_spaced(words) for words in sentences], batch=batch)

    def _placed(
        self, sentences: Sequence[Sequence[str]], places: Sequence[Sequence[tuple[int, int]]], *, batch: int
    ) -> list[list[Word]]:
        pieces = [[self._pieces.of(word) for word in sentence] for sentence in sentences]
        jobs = [(at, a, b) for at, cut in enumerate(pieces) for a, b in parts_of(cut)]
        jobs.sort(key=lambda job: sum(map(len, pieces[job[0]][job[1] : job[2]])))
        done: dict[tuple[int, int], list[Word]] = {}
        for begin in range(0, len(jobs), batch):
            some = jobs[begin : begin + batch]
            arrays = batch_of(
                [pieces[at][a:b] for at, a, b in some],
                [[shape_of(w) for w in sentences[at][a:b]] for at, a, b in some],
            )
            scores = self._score(arrays)
            for row, (at, a, b) in enumerate(some):
                done[at, a] = self._decode(list(sentences[at][a:b]), {k: v[row] for k, v in scores.items()})
        return [_joined([done[at, a] for a, _ in parts_of(cut)], places[at]) for at, cut in enumerate(pieces)]

    def breaks(self, words: Sequence[str]) -> list[float]:
        """The chance of each word to begin a sentence, for a text of any length cut into words.

        The words are read once more for it: what ``parse`` is given must be cut into sentences before.
        """
        pieces = [self._pieces.of(word) for word in words]
        shapes = [shape_of(word) for word in words]

        def look(start: int, stop: int) -> list[float]:
            odds = self._score(batch_of([pieces[start:stop]], [shapes[start:stop]]))["begin"][0, : stop - start]
            return [float(chance) for chance in 1 / (1 + np.exp(-np.clip(odds, -30, 30)))]

        return chances_of([len(word) for word in pieces], look)

    def _decode(self, words: list[str], scores: Mapping[str, Floats]) -> list[Word]:
        count = len(words)
        heads = tree_of(scores["arc"][:count, : count + 1])
        labels = self._labels(scores["dependent"][:count], scores["head"][heads], heads)
        spans = {
            task: spans_of(scores[task][:count], self.classes[task], follow) for task, follow in self._follow.items()
        }
        upos, tags, edits = (scores[task][:count].argmax(1) for task in ("upos", "tag", "lemma"))
        parts = [self.classes["upos"][k] for k in upos]
        penn = [self.classes["tag"][k] for k in tags]
        above = [int(head) - 1 for head in heads]
        if count:
            finite_clause(above, labels, upos=parts, tags=penn)
        found = []
        for i, word in enumerate(words):
            found.append(
                Word(
                    text=word,
                    start=0,
                    end=len(word),
                    upos=parts[i],
                    tag=penn[i],
                    head=above[i],
                    label=labels[i],
                    lemma=lemma_of(word, self.classes["lemma"][edits[i]]),
                    name=spans["name"][i],
                    role=spans["role"][i],
                    content=spans["content"][i],
                    factual=float(scores["factual"][i]) if parts[i] == "VERB" else None,
                )
            )
        return found

    def _labels(self, dependents: Floats, heads: Floats, tree: Ints) -> list[str]:
        """Label each arc of a tree: a bilinear form of both ends, each with a constant 1 joined to it."""
        names = self.classes["label"]
        ones = np.ones((len(dependents), 1), np.float32)
        left, right = np.hstack([dependents, ones]), np.hstack([heads, ones])
        size = left.shape[1]
        scores = (left @ self._bilinear.reshape(size, -1)).reshape(len(left), len(names), size)
        best = np.einsum("wls,ws->wl", scores, right)
        root = names.index("root")
        best[:, root] = np.where(tree == 0, 1e9, -1e9)
        found = best.argmax(1)
        if any(names[i] in _CLAUSES for i in found):
            _one_kind_of_subject(names, best, found, tree=tree)
        return [names[i] for i in found]


_NOUNS, _CLAUSES = frozenset({"nsubj", "nsubj:pass"}), frozenset({"csubj", "csubj:pass"})


def _one_kind_of_subject(names: Sequence[str], scores: Floats, labels: Ints, *, tree: Ints) -> None:
    """Leave no word both a noun and a clause as its subject: the less likely of the two becomes what it is else.

    "It takes six weeks to train them": the clause is the subject, so the weeks are none.

    Args:
        names: The labels.
        scores: Shape ``(word, label)``.
        labels: Shape ``(word,)``; the label of each word's arc, corrected in place.
        tree: Shape ``(word,)``; the head of each word.
    """
    subjects = np.array([i for i, name in enumerate(names) if name in _NOUNS | _CLAUSES], np.int64)
    other = scores.copy()
    other[:, subjects] = -np.inf
    for clause in [at for at, label in enumerate(labels) if names[label] in _CLAUSES]:
        for noun in np.flatnonzero(tree == tree[clause]):
            if names[labels[noun]] in _NOUNS:
                margins = {at: scores[at].max() - other[at].max() for at in (int(clause), int(noun))}
                less = min(margins, key=margins.__getitem__)
                labels[less] = other[less].argmax()


def _spaced(words: Sequence[str]) -> list[tuple[int, int]]:
    found, at = [], 0
    for word in words:
        found.append((at, at + len(word)))
        at += len(word) + 1
    return found


def _joined(parts: Sequence[Sequence[Word]], places: Sequence[tuple[int, int]]) -> list[Word]:
    """One sentence from its parts: later roots hang on the first, as ``parataxis``; offsets as given."""
    found: list[Word] = []
    first = next((i for part in parts[:1] for i, w in enumerate(part) if w.head < 0), 0)
    for part in parts:
        base = len(found)
        for word in part:
            if word.head >= 0 or not base:
                head, label = (word.head + base if word.head >= 0 else -1), word.label
            else:
                head, label = first, "parataxis"
            start, end = places[len(found)]
            found.append(replace(word, start=start, end=end, head=head, label=label))
    return found
