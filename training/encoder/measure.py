"""Score a reading against gold labels: the numbers of the card."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from training.encoder.corpora import SKIP, Sentence

from tocsin.extract.parse import Word

Reader = Callable[[Sequence[Sequence[str]]], Sequence[Sequence[Word]]]


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Start, end and kind of each span.

    >>> sorted(spans(["B-PER", "I-PER", "O", "B-LOC"]))
    [(0, 2, 'PER'), (3, 4, 'LOC')]
    """
    found: set[tuple[int, int, str]] = set()
    start: int | None = None
    for at, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            found.add((start, at, tags[start][2:]))
            start = None
        if tag.startswith("B-"):
            start = at
    return found


def f_score(right: int, gold: int, found: int) -> tuple[float, float, float]:
    """F1, precision and recall in percent."""
    if not right:
        return 0.0, 0.0, 0.0
    return 200 * right / (gold + found), 100 * right / found, 100 * right / gold


def scores(sentences: Sequence[Sentence], read: Reader) -> dict[str, float]:
    """Read the words of gold sentences and compare.

    UAS and LAS leave gold punctuation out and compare labels with their subtypes. A span counts when its borders and
    its kind are both right. ``content words`` compares word by word.
    """
    n: Counter[str] = Counter()
    pairs: list[tuple[float, float]] = []
    readings = read([s.words for s in sentences])
    for s, words in zip(sentences, readings, strict=True):
        for i, w in enumerate(words):
            if s.upos[i] != SKIP:
                n["words"] += 1
                n["upos"] += w.upos == s.upos[i]
                n["tag"] += w.tag == s.tag[i]
                n["lemma"] += w.lemma.lower() == s.lemmas[i].lower()
            if s.heads[i] >= 0 and s.labels[i] != "punct":
                n["arcs"] += 1
                n["uas"] += w.head + 1 == s.heads[i]
                n["las"] += w.head + 1 == s.heads[i] and w.label == s.labels[i]
            if i in s.factual and w.factual is not None:
                pairs.append((s.factual[i][0], w.factual))
            if s.contents[i] != SKIP:
                n["content words gold"] += s.contents[i] != "O"
                n["content words found"] += w.content != "O"
                n["content words right"] += s.contents[i] != "O" and w.content != "O"
        for task, gold, found in (
            ("names", s.names, [w.name for w in words]),
            ("roles", s.roles, [w.role for w in words]),
            ("content", s.contents, [w.content for w in words]),
        ):
            if SKIP in gold:
                continue
            _count(n, task, spans(gold), spans(found))
    answer: dict[str, float] = {}
    if n["words"]:
        answer |= {task.upper(): 100 * n[task] / n["words"] for task in ("upos", "tag", "lemma")}
    if n["arcs"]:
        answer |= {task.upper(): 100 * n[task] / n["arcs"] for task in ("uas", "las")}
    for task in sorted({k.removesuffix(" gold") for k in n if k.endswith(" gold") and n[k]}):
        one = f_score(n[f"{task} right"], n[f"{task} gold"], n[f"{task} found"])
        answer |= dict(zip((f"{task} F1", f"{task} P", f"{task} R"), one, strict=True))
    if pairs:
        answer["factual MAE"] = sum(abs(a - b) for a, b in pairs) / len(pairs)
        answer["factual r"] = _correlation(pairs)
    return {k: round(v, 2) for k, v in answer.items()}


def break_scores(sentences: Sequence[Sentence], find: Callable[[str], Iterable[int]]) -> dict[str, float]:
    """Join the sentences of each document by single spaces and compare where sentences begin.

    The beginning of a document is not counted.

    Args:
        sentences: In order; those without a document or a text are left out.
        find: From a text to the offsets where its sentences begin.
    """
    n: Counter[str] = Counter()
    for _, run in itertools.groupby((s for s in sentences if s.document and s.text), key=lambda s: s.document):
        texts = [s.text for s in run]
        gold = set(itertools.accumulate(len(text) + 1 for text in texts[:-1]))
        found = set(find(" ".join(texts))) - {0}
        n += Counter({"right": len(gold & found), "gold": len(gold), "found": len(found)})
    return {
        name: round(value, 2)
        for name, value in zip(
            ("breaks F1", "breaks P", "breaks R"), f_score(n["right"], n["gold"], n["found"]), strict=True
        )
    }


def _count(
    n: Counter[str], task: str, gold: Iterable[tuple[int, int, str]], found: Iterable[tuple[int, int, str]]
) -> None:
    for what, some in (("gold", set(gold)), ("found", set(found)), ("right", set(gold) & set(found))):
        n[f"{task} {what}"] += len(some)
        n.update(f"{task} {kind} {what}" for _, _, kind in some)


def _correlation(pairs: Sequence[tuple[float, float]]) -> float:
    xs, ys = zip(*pairs, strict=True)
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - mx) * (y - my) for x, y in pairs)
    below = sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys)
    return float(above / below**0.5) if below else 0.0
