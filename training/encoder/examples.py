"""Turn labelled sentences into arrays of classes, and arrays into batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from training.encoder.corpora import SKIP, Sentence

from tocsin.extract.parse.lemma import edit_of
from tocsin.extract.parse.pieces import MOST_PIECES, SHAPES, Pieces, batch_of, shape_of

IGNORED = -100
"""A class that costs nothing: the corpus does not say."""

NAMES = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
ROLES = ["O", "B-SOURCE", "I-SOURCE", "B-CUE", "I-CUE"]
CONTENTS = ["O", "B-CONTENT", "I-CONTENT"]

SHARE = {"btc": 0.25, "crossner": 0.6, "wnut": 0.15}
"""How much of a corpus an epoch reads; tweets are plenty and far from reporting. The others are read whole."""

LOWERED, RAISED, TITLED = 0.12, 0.03, 0.01
"""How often a sentence is read in small letters, in capitals, with every word capitalised."""

JOINED = 0.12
"""How often a run of two to four sentences of a document, read as one, begins at a sentence."""

LONGEST_RUN = 240
"""Pieces in such a run."""

ASIDE = frozenset({"gum", "re3d", "wnut"})
"""Corpora whose names follow rules of their own: learnt by a head that is not shipped."""

FAR = ASIDE | {"crossner"}
"""Corpora that the head ``name`` does not learn from; the head ``wide`` learns from all but ``ASIDE``."""

TASKS = ("upos", "tag", "lemma", "name", "wide", "aside", "role", "content", "label", "head", "begin")
Arrays = dict[str, NDArray[np.int64] | NDArray[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence, or a run of them, as numbers.

    Attributes:
        corpus: Where it is from.
        pieces: The pieces of each word.
        shapes: The case shape of each word.
        classes: For each task, one class per word.
        factual: As in ``Sentence``.
        document: As in ``Sentence``.
        parts: For each word, the number of its sentence in the run.
    """

    corpus: str
    pieces: list[list[int]]
    shapes: list[int]
    classes: Mapping[str, list[int]]
    factual: Mapping[int, tuple[float, float]]
    document: str = ""
    parts: list[int] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Pieces, with the two marks at the ends."""
        return 2 + sum(map(len, self.pieces))


def edit_for(form: str, lemma: str, upos: str) -> str:
    """The lemma's class, or ``SKIP`` where the corpus gives no lemma worth learning."""
    if lemma in {"", SKIP} and form != SKIP:
        return SKIP
    if upos == "PUNCT":
        return "k0+"
    return edit_of(form, lemma)


def inventory(sentences: Sequence[Sentence]) -> dict[str, list[str]]:
    """The classes of each task, most frequent first; a lemma's class seen once is not learnt."""
    count: dict[str, Counter[str]] = {task: Counter() for task in ("upos", "tag", "label", "lemma")}
    for s in sentences:
        count["upos"].update(s.upos)
        count["tag"].update(s.tag)
        count["label"].update(s.labels)
        count["lemma"].update(map(edit_for, s.words, s.lemmas, s.upos))
    least = {"lemma": 2}
    kept = {
        task: sorted((c for c in seen if seen[c] >= least.get(task, 1) and c != SKIP), key=lambda c: (-seen[c], c))
        for task, seen in count.items()
    }
    return {**kept, "name": NAMES, "role": ROLES, "content": CONTENTS}


def examples_of(cutter: Pieces, sentences: Sequence[Sentence], classes: Mapping[str, Sequence[str]]) -> list[Example]:
    """Numbers for sentences; one too long for the network is left out."""
    index = {task: {name: i for i, name in enumerate(names)} for task, names in classes.items()}
    index["wide"] = index["aside"] = index["name"]
    found = []
    for s in sentences:
        pieces = [list(cutter.of(word)) for word in s.words]
        labels = {
            "upos": s.upos,
            "tag": s.tag,
            "label": s.labels,
            "lemma": list(map(edit_for, s.words, s.lemmas, s.upos)),
            "name": [] if s.corpus in FAR else s.names,
            "wide": [] if s.corpus in ASIDE else s.names,
            "aside": s.names if s.corpus in ASIDE else [],
            "role": s.roles,
            "content": s.contents,
        }
        numbers = {
            task: [index[task].get(x, IGNORED) for x in row] or [IGNORED] * len(s.words) for task, row in labels.items()
        }
        numbers["head"] = [h if h >= 0 else IGNORED for h in s.heads]
        numbers["begin"] = [int(not i) if s.document else IGNORED for i in range(len(s.words))]
        example = Example(
            corpus=s.corpus,
            pieces=pieces,
            shapes=[shape_of(w) for w in s.words],
            classes=numbers,
            factual=s.factual,
            document=s.document,
            parts=[0] * len(s.words),
        )
        if example.size <= MOST_PIECES:
            found.append(example)
    return found


def joined(run: Sequence[Example]) -> Example:
    """Sentences that follow each other as one example; each keeps its own tree."""
    classes: dict[str, list[int]] = {task: [] for task in TASKS}
    factual: dict[int, tuple[float, float]] = {}
    base = 0
    for one in run:
        for task in TASKS:
            shift = base if task == "head" else 0
            classes[task] += [c + shift if c > 0 else c for c in one.classes[task]]
        factual |= {at + base: value for at, value in one.factual.items()}
        base += len(one.pieces)
    return Example(
        corpus=run[0].corpus,
        pieces=[p for one in run for p in one.pieces],
        shapes=[s for one in run for s in one.shapes],
        classes=classes,
        factual=factual,
        document=run[0].document,
        parts=[number for number, one in enumerate(run) for _ in one.pieces],
    )


def runs(examples: Sequence[Example], rng: np.random.Generator) -> Iterator[Example]:
    """The examples in order, now and then two to four of a document joined into one."""
    at = 0
    while at < len(examples):
        run = [examples[at]]
        if run[0].document and rng.random() < JOINED:
            for one in examples[at + 1 : at + int(rng.integers(2, 5))]:
                if one.document != run[0].document or sum(e.size for e in [*run, one]) > LONGEST_RUN:
                    break
                run.append(one)
        at += len(run)
        yield joined(run) if len(run) > 1 else run[0]


_LETTERS = np.array([name in {"lower", "initial", "capitals", "mixed", "letter"} for name in SHAPES])


def recased(shapes: Sequence[int], way: str) -> list[int]:
    """The shapes of a sentence as if written otherwise: ``lower``, ``capitals`` or ``initial``.

    >>> recased([2, 1, 5, 6], "lower")
    [1, 1, 5, 6]
    """
    return [SHAPES.index(way) if _LETTERS[s] else s for s in shapes]


def arrays_of(examples: Sequence[Example], shapes: Sequence[Sequence[int]] | None = None) -> Arrays:
    """Inputs as ``batch_of`` makes them and one class per word, padded with ``IGNORED``."""
    arrays: Arrays = {**batch_of([e.pieces for e in examples], shapes or [e.shapes for e in examples])}
    width = max(len(e.pieces) for e in examples)
    for task in TASKS:
        rows = np.full((len(examples), width), IGNORED, np.int64)
        for row, e in enumerate(examples):
            rows[row, : len(e.pieces)] = e.classes[task]
        arrays[task] = rows
    parts = np.full((len(examples), width), -1, np.int64)
    for row, e in enumerate(examples):
        parts[row, : len(e.parts)] = e.parts
    arrays["part"] = parts
    value, weight = np.zeros((2, len(examples), width), np.float32)
    for row, e in enumerate(examples):
        for at, (held, confidence) in e.factual.items():
            value[row, at], weight[row, at] = held, confidence
    arrays["factual"], arrays["confidence"] = value, weight
    return arrays


def batches(sizes: Sequence[int], most: int, rng: np.random.Generator) -> Iterator[list[int]]:
    """Sentences of like length together, at most ``most`` padded pieces, in random order."""
    order = sorted(range(len(sizes)), key=lambda i: sizes[i] + rng.random() * 4)
    groups: list[list[int]] = [[]]
    for i in order:
        longest = max([sizes[i], *(sizes[j] for j in groups[-1])])
        if groups[-1] and longest * (len(groups[-1]) + 1) > most:
            groups.append([])
        groups[-1].append(i)
    for at in rng.permutation(len(groups)):
        yield groups[int(at)]


def epoch(examples: Sequence[Example], *, seed: int, number: int, most: int) -> Iterator[Arrays]:
    """One pass, the same for the same seed and number: which sentences, in which order, in which case."""
    rng = np.random.default_rng((seed, number))
    chosen = list(runs([e for e in examples if rng.random() < SHARE.get(e.corpus, 1.0)], rng))
    for group in batches([e.size for e in chosen], most, rng):
        some = [chosen[i] for i in group]
        shapes = []
        for e in some:
            draw = rng.random()
            way = next(
                (
                    name
                    for name, bound in (
                        ("lower", LOWERED),
                        ("capitals", LOWERED + RAISED),
                        ("initial", LOWERED + RAISED + TITLED),
                    )
                    if draw < bound
                ),
                None,
            )
            shapes.append(recased(e.shapes, way) if way else e.shapes)
        yield arrays_of(some, shapes)
