"""Read English with the trained encoder: numpy, onnxruntime and tokenizers, nothing else.

A folder holds ``encoder.onnx`` (pieces in, scores out), ``labels.npz`` (the weights that label an arc once the tree is
known), ``tokenizer.json`` and ``labels.json`` (the names of all classes). The network scores; what a tree is, what a
well-formed span is, and how a lemma follows from its class is decided here.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

MOST_PIECES = 384
"""Pieces read at once; a longer sentence is read in parts, and the later parts hang on the root of the first."""

PIECES_PER_WORD = 12
"""An address or a digest tells nothing more after its first pieces."""

CLS, SEP, UNKNOWN = 101, 102, 100

SHAPES = ("none", "lower", "initial", "capitals", "mixed", "digit", "mark", "marks", "letter")


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


_WORD = re.compile(
    r"""
    (?:https?://|www\.)[^\s<>"]*[^\s<>"'.,;:!?)\]]  # addresses
    | [\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{0,63}\w                    # mail
    | \.{2,} | -{2,} | \*{2,} | [!?]{2,} | [:;]-?[)(D](?!\w)
    | (?:[A-Za-z]\.){2,}                             # U.S.
    | (?-i:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Maj|Sgt|Capt|Gov|Sen|Rep|Prof|Rev|Jr|Sr|Inc|Ltd|Co|Corp|No|vs|etc
        |Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.(?=\s)
    | (?-i:[A-Z]\.(?=\s[A-Z][a-z]))                   # John F. Kennedy
    | (?-i:[A-Z][A-Za-z]{0,2}-\d+\w*)                 # T-72
    | [^\W_]{1,63}(?:\.[^\W_]{1,63}){0,4}\.(?:com|org|net|info|gov|mil|ua|ru|by|uk|eu|pl)\b  # ZN.UA
    | (?:non|e|mid|anti|re|pro|pre|co|cross|post|over|multi|ex|sub|semi|counter|inter|un|wi|neo)-\w+
    | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s)\b
    | \d+(?:[.,:/]\d+)*(?![^\W\d_]+\d)
    | [^\W_]*\d[^\W_]*                               # F16, 3M
    | [^\W\d_]+\d[^\W_]*
    | [^\W\d_]+(?:['’](?!(?:s|re|ve|ll|d|m|t)\b)[^\W\d_]+)*  # letters; O'Brien stays whole
    | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLITIC = re.compile(r"['’](?:s|re|ve|ll|d|m)\b", re.IGNORECASE)
_NOT = re.compile(r"(?P<verb>\w{1,20}?)(?P<rest>n['’]t)\b", re.IGNORECASE)


def words_of(text: str) -> list[tuple[int, int]]:
    """Cut a sentence into words as Universal Dependencies does: ``don't`` is two, ``U.S.`` is one.

    >>> [("They don't say U.S. forces' role.")[a:b] for a, b in words_of("They don't say U.S. forces' role.")]
    ['They', 'do', "n't", 'say', 'U.S.', 'forces', "'", 'role', '.']
    """
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        negated = _NOT.match(text, at)
        clitic = _CLITIC.match(text, at) if at and not text[at - 1].isspace() else None
        if negated:
            found += [negated.span("verb"), negated.span("rest")]
            at = negated.end()
        elif clitic:
            found.append(clitic.span())
            at = clitic.end()
        else:
            plain = _WORD.match(text, at)
            end = plain.end() if plain else at + 1
            if text[at:end].lower() == "cannot":
                found += [(at, at + 3), (at + 3, end)]
            else:
                found.append((at, end))
            at = end
    return found


@functools.lru_cache(maxsize=65536)
def shape_of(word: str) -> int:
    """The case shape of a word, as an index into ``SHAPES``; the word pieces themselves know no case.

    >>> [SHAPES[shape_of(w)] for w in ("minsk", "Minsk", "NATO", "eBay", "1,000", ",", "...", "X")]
    ['lower', 'initial', 'capitals', 'mixed', 'digit', 'mark', 'marks', 'letter']
    """
    letters = [c for c in word if c.isalpha()]
    if not letters:
        if any(c.isdigit() for c in word):
            return 5
        return 6 if len(word) == 1 else 7
    if not any(c.isupper() for c in letters):
        return 1
    if all(c.isupper() for c in letters):
        return 8 if len(letters) == 1 else 3
    return 2 if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else 4


def pieces_of(tokenizer: Any, sentences: Sequence[Sequence[str]]) -> list[list[list[int]]]:  # noqa: ANN401 - no stubs
    """The pieces of each word of each sentence: never none, at most ``PIECES_PER_WORD``."""
    encoded = tokenizer.encode_batch([list(s) for s in sentences], is_pretokenized=True, add_special_tokens=False)
    everything = []
    for sentence, coded in zip(sentences, encoded, strict=True):
        pieces: list[list[int]] = [[] for _ in sentence]
        for piece, word in zip(coded.ids, coded.word_ids, strict=True):
            if word is not None and len(pieces[word]) < PIECES_PER_WORD:
                pieces[word].append(piece)
        everything.append([p or [UNKNOWN] for p in pieces])
    return everything


def parts_of(pieces: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Cut a sentence into runs of words that fit the network.

    >>> parts_of([[1] * 12] * 33)
    [(0, 31), (31, 33)]
    """
    parts, start, size = [], 0, 0
    for at, word in enumerate(pieces):
        if size + len(word) > MOST_PIECES - 2:
            parts.append((start, at))
            start, size = at, 0
        size += len(word)
    if pieces:
        parts.append((start, len(pieces)))
    return parts


def batch_of(pieces: Sequence[Sequence[Sequence[int]]], shapes: Sequence[Sequence[int]]) -> dict[str, Ints]:
    """Arrays for the network.

    Args:
        pieces: For each sentence, for each word, its pieces.
        shapes: For each sentence, for each word, its shape.

    Returns:
        ``ids`` and ``shapes``, both ``(sentence, piece)``; ``first`` and ``last``, both ``(sentence, 1 + word)``: where
        each word begins and ends, index 0 being the sentence itself. Empty places are 0.
    """
    flat = [[CLS, *(p for word in sentence for p in word), SEP] for sentence in pieces]
    width, length = max(map(len, flat)), 1 + max(map(len, pieces))
    ids = np.zeros((len(flat), width), np.int64)
    shape = np.zeros_like(ids)
    first = np.zeros((len(flat), length), np.int64)
    last = np.zeros_like(first)
    for row, (line, sentence) in enumerate(zip(flat, pieces, strict=True)):
        ids[row, : len(line)] = line
        counts = [len(word) for word in sentence]
        ends = np.cumsum(counts)
        last[row, 1 : len(counts) + 1] = ends
        first[row, 1 : len(counts) + 1] = ends - counts + 1
        shape[row, 1 : len(line) - 1] = np.repeat(shapes[row], counts)
    return {"ids": ids, "shapes": shape, "first": first, "last": last}


def _cycle(heads: Ints) -> list[int]:
    """One cycle among the heads (node 0 is the root), or nothing."""
    colour = np.zeros(len(heads), np.int64)
    for start in range(1, len(heads)):
        node, path = start, []
        while node and not colour[node]:
            colour[node] = start
            path.append(node)
            node = int(heads[node])
        if node and colour[node] == start:
            return path[path.index(node) :]
    return []


def _spanning(scores: Floats) -> Ints:
    """The best tree over ``scores[dependent, head]``, node 0 the root (Chu and Liu 1965, Edmonds 1967)."""
    heads: Ints = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(len(scores), bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    circle = np.array(cycle)
    kept = scores[circle, heads[circle]]
    enter = scores[np.ix_(circle, outside)] - kept[:, None]
    leave = scores[np.ix_(outside, circle)]
    smaller = np.full((len(outside) + 1, len(outside) + 1), -1e9, np.float32)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    smaller[-1, :-1] = enter.max(0)
    smaller[:-1, -1] = leave.max(1)
    below = _spanning(smaller)
    final: Ints = heads.copy()
    for row, node in enumerate(outside[1:], start=1):
        head = below[row]
        final[node] = circle[leave[row].argmax()] if head == len(outside) else outside[head]
    entry = below[-1]
    broken = int(enter[:, entry].argmax())
    final[circle[broken]] = outside[entry]
    return final


def tree_of(scores: Floats) -> Ints:
    """The best tree with exactly one root.

    Args:
        scores: Shape ``(word, 1 + word)``; column 0 is the root.

    Returns:
        Shape ``(word,)``; 0 for the root, else the head counted from 1.

    >>> tree_of(np.array([[0.0, -9.0, 3.0], [0.5, 4.0, -9.0]], np.float32))
    array([0, 1])
    """
    count = len(scores)
    full = np.full((count + 1, count + 1), -1e9, np.float32)
    full[1:] = scores
    np.fill_diagonal(full, -1e9)
    heads: Ints = full.argmax(1)
    heads[0] = 0
    if (heads[1:] == 0).sum() == 1 and not _cycle(heads):
        return heads[1:]
    full[1:, 0] -= 1e4  # so dear that only one word can pay it
    heads = _spanning(full)
    return heads[1:]


def allowed(tags: Sequence[str]) -> NDArray[np.bool_]:
    """``[before, after]``: which tag may follow which; ``I-X`` follows only ``B-X`` and ``I-X``."""
    return np.array([[not b.startswith("I-") or a[2:] == b[2:] for b in tags] for a in tags])


def spans_of(scores: Floats, tags: Sequence[str], follow: NDArray[np.bool_]) -> list[str]:
    """The best well-formed sequence of tags (Viterbi).

    Args:
        scores: Shape ``(word, tag)``; log-odds up to a constant per word.
        tags: The names of the tags, ``O``, ``B-…``, ``I-…``.
        follow: What ``allowed`` gives for them.
    """
    best = scores.argmax(1)
    opens = not tags[int(best[0])].startswith("I-")
    if opens and bool(follow[best[:-1], best[1:]].all()):
        return [tags[i] for i in best]
    logs = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    barred = np.where(follow, 0.0, -1e9)
    total = logs[0] + np.array([-1e9 if t.startswith("I-") else 0.0 for t in tags])
    back = np.zeros(scores.shape, np.int64)
    for at in range(1, len(scores)):
        paths = total[:, None] + barred
        back[at] = paths.argmax(0)
        total = paths.max(0) + logs[at]
    last = int(total.argmax())
    found = [last]
    for at in range(len(scores) - 1, 0, -1):
        last = int(back[at, last])
        found.append(last)
    return [tags[i] for i in reversed(found)]


def edit_of(form: str, lemma: str) -> str:
    """The class that turns a form into its lemma: case, letters cut from the end, letters put there.

    >>> edit_of("warned", "warn"), edit_of("Kyiv", "Kyiv"), edit_of("went", "go"), edit_of("Said", "say")
    ('l2+', 'k0+', 'l=go', 'l2+y')
    """
    keeps = not lemma.islower() and any(c.isalpha() for c in lemma)
    base = form if keeps else form.lower()
    common = 0
    while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
        common += 1
    mode = "k" if keeps else "l"
    if common == 0:
        return f"{mode}={lemma}"
    return f"{mode}{len(base) - common}+{lemma[common:]}"


def lemma_of(form: str, edit: str) -> str:
    """Apply a class of ``edit_of``; a class that does not fit leaves the form, and so does a digit.

    >>> lemma_of("reassured", "l1+"), lemma_of("Minsk", "k0+"), lemma_of("a", "l3+y")
    ('reassure', 'Minsk', 'a')
    """
    if any(c.isdigit() for c in form):
        return form
    base = form.lower() if edit[0] == "l" else form
    if edit[1] == "=":
        return edit[2:]
    cut, _, put = edit[1:].partition("+")
    if int(cut) >= len(base) + (not put):
        return base
    return base[: len(base) - int(cut)] + put


class Encoder:
    """The trained network with what decides over its scores.

    Args:
        tokenizer: The tokenizer of the pieces, without padding or truncation.
        classes: The names of the classes of each task.
        bilinear: Shape ``(1 + size, label, 1 + size)``; labels an arc from its two ends.
        score: From the arrays of ``batch_of`` to the arrays that the network gives.
    """

    def __init__(
        self,
        tokenizer: Any,  # noqa: ANN401 - tokenizers has no usable types
        classes: Mapping[str, list[str]],
        *,
        bilinear: Floats,
        score: Callable[[dict[str, Ints]], Mapping[str, Floats]],
    ) -> None:
        self._tokenizer = tokenizer
        self.classes = classes
        self._bilinear = bilinear
        self._score = score
        self._follow = {task: allowed(classes[task]) for task in ("name", "role", "content")}

    @classmethod
    def load(cls, folder: Path, *, threads: int = 1) -> Encoder:
        """Open the files in a folder; one call may use ``threads`` cores."""
        import onnxruntime
        import tokenizers

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            (folder / "encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        names = [output.name for output in session.get_outputs()]
        tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        with np.load(folder / "labels.npz") as arrays:
            bilinear: Floats = arrays["bilinear"].astype(np.float32)
        return cls(
            tokenizer,
            json.loads((folder / "labels.json").read_text(encoding="utf-8")),
            bilinear=bilinear,
            score=lambda arrays: dict(zip(names, session.run(None, arrays), strict=True)),
        )

    def read(self, text: str) -> list[Word]:
        """Read one sentence of running text; offsets count from its beginning."""
        return next(self.sentences([text]))

    def sentences(self, texts: Iterable[str], *, batch: int = 16) -> Iterator[list[Word]]:
        """Read sentences; each word carries its offsets within its own sentence."""
        kept = [(text, words_of(text)) for text in texts]
        for (_, places), words in zip(
            kept, self.parse([[t[a:b] for a, b in places] for t, places in kept], batch=batch), strict=True
        ):
            yield [_moved(word, *place) for word, place in zip(words, places, strict=True)]

    def parse(self, sentences: Sequence[Sequence[str]], *, batch: int = 16) -> list[list[Word]]:
        """Read sentences already cut into words; sentences of like length are read together.

        Offsets are those of the words joined by single spaces.
        """
        pieces = pieces_of(self._tokenizer, sentences) if sentences else []
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
        return [_joined([done[at, a] for a, _ in parts_of(cut)]) for at, cut in enumerate(pieces)]

    def _decode(self, words: list[str], scores: Mapping[str, Floats]) -> list[Word]:
        count = len(words)
        heads = tree_of(scores["arc"][:count, : count + 1])
        labels = self._labels(scores["dependent"][:count], scores["head"][heads], heads)
        spans = {
            task: spans_of(scores[task][:count], self.classes[task], follow) for task, follow in self._follow.items()
        }
        upos, tags, edits = (scores[task][:count].argmax(1) for task in ("upos", "tag", "lemma"))
        found = []
        for i, word in enumerate(words):
            part = self.classes["upos"][upos[i]]
            found.append(
                Word(
                    text=word,
                    start=0,
                    end=len(word),
                    upos=part,
                    tag=self.classes["tag"][tags[i]],
                    head=int(heads[i]) - 1,
                    label=labels[i],
                    lemma=lemma_of(word, self.classes["lemma"][edits[i]]),
                    name=spans["name"][i],
                    role=spans["role"][i],
                    content=spans["content"][i],
                    factual=float(scores["factual"][i]) if part == "VERB" else None,
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
        return [names[i] for i in best.argmax(1)]


def _moved(word: Word, start: int, end: int, *, head: int | None = None, label: str | None = None) -> Word:
    return Word(
        text=word.text,
        start=start,
        end=end,
        upos=word.upos,
        tag=word.tag,
        head=word.head if head is None else head,
        label=label or word.label,
        lemma=word.lemma,
        name=word.name,
        role=word.role,
        content=word.content,
        factual=word.factual,
    )


def _joined(parts: Sequence[Sequence[Word]]) -> list[Word]:
    """One sentence from its parts: later roots hang on the first, as ``parataxis``; offsets run on."""
    found: list[Word] = []
    first = next((i for part in parts[:1] for i, w in enumerate(part) if w.head < 0), 0)
    at = 0
    for part in parts:
        base = len(found)
        for word in part:
            if word.head >= 0 or not base:
                head, label = (word.head + base if word.head >= 0 else -1), word.label
            else:
                head, label = first, "parataxis"
            found.append(_moved(word, at, at + len(word.text), head=head, label=label))
            at += len(word.text) + 1
    return found
