"""Score claims against the annotated passages of ``tests/data/attribution``.

``python -m tests.goldset`` prints the table of all parts and every error of the dev parts, by kind. The errors of the
test parts are never listed: whoever works on extraction sees their totals alone.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from tocsin.extract import extract
from tocsin.model.claim import Attribution, Bound, Change, Claim, Figure, Modality, Polarity, Role
from tocsin.model.report import Report, Span, VoiceKind
from tocsin.model.time import Window

DATA = Path(__file__).parent / "data" / "attribution"
PARTS = ("dev", "test", "dev_more", "test_more")
READABLE = ("dev", "dev_more")
"""The parts whose errors may be read by whoever works on extraction."""
SAME = 0.5
"""Token F1 of two contents from which on they are the same claim."""

EVIDENCE = frozenset({Role.OBSERVATION, Role.EVENT})

Amount = tuple[float | None, float | None, Bound, str | None]
"""What has to be right about a figure: low, high, bound, unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldVoice:
    """A voice as annotated; ``mention`` is the words beside the cue where they are not its name."""

    name: str
    kind: VoiceKind
    mention: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFigure:
    """A figure as annotated; ``text`` stands in the content."""

    text: str
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None
    of: str | None
    change: Change | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldWhen:
    """A time as annotated, with the days it can mean."""

    text: str
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldClaim:
    """A claim as annotated; ``span`` is half-open, in characters of the passage.

    ``role_or`` is a second role that is as good, where two careful readers may differ.
    """

    span: tuple[int, int]
    content: str
    chain: tuple[GoldVoice, ...]
    attribution: Attribution
    polarity: Polarity
    modality: Modality
    role: Role
    hedge: str | None
    figures: tuple[GoldFigure, ...]
    when: GoldWhen | None
    places: tuple[str, ...]
    role_or: Role | None = None

    @property
    def roles(self) -> frozenset[Role]:
        """Every role that counts as right."""
        return frozenset({self.role, self.role_or or self.role})


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A short invented news text with every claim in it."""

    id: str
    topic: str
    published: date
    outlet: str | None
    text: str
    claims: tuple[GoldClaim, ...]


@dataclass(slots=True)
class Tally:
    """How many are right, of how many predicted and how many annotated."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 1 where nothing was predicted."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of the annotated that was found; 1 where nothing was annotated."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def judge(self, *, right: bool) -> None:
        """Count one answer to one question."""
        self.right += right
        self.predicted += 1
        self.gold += 1

    def compare(self, predicted: Sequence[object], gold: Sequence[object]) -> None:
        """Count two bags of answers."""
        self.right += (Counter(predicted) & Counter(gold)).total()
        self.predicted += len(predicted)
        self.gold += len(gold)


@dataclass(slots=True)
class Score:
    """The tallies of one part by field, and its errors by kind, one line each."""

    tallies: dict[str, Tally] = field(default_factory=dict[str, Tally])
    errors: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def tally(self, name: str) -> Tally:
        """The tally of a field."""
        return self.tallies.setdefault(name, Tally())

    def judge(self, name: str, *, predicted: object, gold: object, content: str, right: bool | None = None) -> None:
        """Count one field of one matched claim, and keep the error if there is one."""
        good = predicted == gold if right is None else right
        self.tally(name).judge(right=good)
        if not good:
            self.error(name, f"{content!r}: gold {gold}, predicted {predicted}")

    def error(self, name: str, line: str) -> None:
        """Keep one error."""
        self.errors.setdefault(name, []).append(line)


@cache
def load(part: str) -> tuple[Passage, ...]:
    """The passages of a part, in order of the file."""
    lines = (DATA / f"{part}.jsonl").read_bytes().splitlines()
    return tuple(msgspec.json.decode(line, type=Passage) for line in lines)


def digest(part: str) -> str:
    """SHA-256 of a part's file."""
    return hashlib.sha256((DATA / f"{part}.jsonl").read_bytes()).hexdigest()


def score(part: str) -> Score:
    """Read every passage of a part and compare the claims with the annotated ones."""
    result = Score()
    for passage in load(part):
        window = Window.on(passage.published)
        report = Report(id=passage.id, text=passage.text, published=window, outlet=passage.outlet, lang="en")
        found = extract(report)
        compare(result, passage, claims=found.claims, figures=found.figures)
    return result


def compare(result: Score, passage: Passage, *, claims: Sequence[Claim], figures: Sequence[Figure]) -> None:
    """Add to a score what anybody made of one passage, field by field."""
    pairs = dict(_matched(passage, claims))
    missed = [gold for n, gold in enumerate(passage.claims) if n not in pairs]
    taken = set(pairs.values())
    extra = [claim for n, claim in enumerate(claims) if n not in taken]
    result.tally("claims").compare(["same"] * len(claims), ["same"] * len(pairs))
    result.tally("claims").gold += len(missed)
    for gold in missed:
        result.error("claim missed", repr(gold.content))
    for claim in extra:
        result.error("claim too many", f"{claim.content!r} {[v.name for v in claim.chain]}")
    whole = result.tally("chain, of all annotated")
    whole.gold += len(passage.claims)
    whole.predicted += len(claims)
    for n, m in pairs.items():
        gold, claim = passage.claims[n], claims[m]
        whole.right += same_chain(claim, gold)
        _fields(result, gold, claim)
    wanted = [_amount(f) for gold in passage.claims for f in gold.figures]
    seen = [_amount(f) for f in figures if any(_within(f.span, gold.span) for gold in passage.claims)]
    result.tally("figures, whole text").compare(seen, wanted)
    for amount in (Counter(wanted) - Counter(seen)).elements():
        result.error("figure missed in the text", f"{_shown(amount)} in {passage.text!r}")
    for amount in (Counter(seen) - Counter(wanted)).elements():
        result.error("figure too many in the text", f"{_shown(amount)} in {passage.text!r}")


def _fields(result: Score, gold: GoldClaim, claim: Claim) -> None:
    at = gold.content
    names = " > ".join(v.name for v in gold.chain)
    said = " > ".join(v.name for v in claim.chain)
    right = same_chain(claim, gold)
    result.judge("chain", predicted=said, gold=names, content=at, right=right)
    if right:
        kinds = [v.kind.value for v in claim.chain]
        result.judge("kinds of voices", predicted=kinds, gold=[v.kind.value for v in gold.chain], content=at)
    for name in ("attribution", "polarity", "modality"):
        result.judge(name, predicted=getattr(claim, name).value, gold=getattr(gold, name).value, content=at)
    roles = " or ".join(sorted(gold.roles))
    evidence = (claim.role in EVIDENCE) in {role in EVIDENCE for role in gold.roles}
    result.judge("role", predicted=claim.role.value, gold=roles, content=at, right=claim.role in gold.roles)
    result.judge("evidence or not", predicted=claim.role.value, gold=roles, content=at, right=evidence)
    result.judge(
        "hedge", predicted=claim.hedge, gold=gold.hedge, content=at, right=_same_hedge(claim.hedge, gold.hedge)
    )
    wanted, seen = [_amount(f) for f in gold.figures], [_amount(f) for f in claim.figures]
    result.tally("figures").compare(seen, wanted)
    if Counter(seen) != Counter(wanted):
        result.error("figures", f"{at!r}: gold {list(map(_shown, wanted))}, predicted {list(map(_shown, seen))}")
    changes = [[f.change for f in figures] for figures in (claim.figures, gold.figures)]
    if wanted and Counter(seen) == Counter(wanted):
        things = [_things(figures) for figures in (claim.figures, gold.figures)]
        same = all(map(_same_thing, *things))
        result.judge("of what a figure is", predicted=things[0], gold=things[1], content=at, right=same)
        result.judge("change of a figure", predicted=changes[0], gold=changes[1], content=at)
    days = [[(w.earliest, w.latest)] if w else [] for w in (claim.when, gold.when)]
    result.tally("when").compare(*days)
    if days[0] != days[1]:
        result.error("when", f"{at!r}: gold {gold.when}, predicted {claim.when}")
    places = [p.text for p in claim.places]
    result.tally("places").compare(places, list(gold.places))
    if sorted(places) != sorted(gold.places):
        result.error("places", f"{at!r}: gold {list(gold.places)}, predicted {places}")


def _within(span: Span, hull: tuple[int, int]) -> bool:
    return hull[0] <= span.start and span.stop <= hull[1]


def _things(figures: Iterable[Figure | GoldFigure]) -> list[str | None]:
    """Of what the figures are, in an order that depends on their values alone."""
    return [f.of for f in sorted(figures, key=lambda f: repr(_amount(f)))]


def _same_hedge(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    a, b = f" {one.lower()} ", f" {other.lower()} "
    return a in b or b in a


def _same_thing(of: str | None, gold: str | None) -> bool:
    """Whether the head of what is counted is named; nothing annotated asks for nothing."""
    return gold is None or head(gold) in _words(of or "")


def _amount(figure: Figure | GoldFigure) -> Amount:
    low, high = (None if v is None else round(float(v), 3) for v in (figure.low, figure.high))
    return low, high, figure.bound, _unit(figure.unit)


def _unit(unit: str | None) -> str | None:
    """A unit without what is only spelling: a fraction has none, American metres and litres, pounds sterling."""
    if unit is None or unit == "fraction":
        return None
    return re.sub(r"(met|lit)er\b", r"\1re", unit).removesuffix(" sterling")


def _shown(amount: Amount) -> str:
    low, high, bound, unit = amount
    return f"{bound.value} {low} {high} {unit}"


def _matched(passage: Passage, claims: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """Pair annotated and predicted claims one to one, best token F1 first."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\w+", passage.text)]

    def standing(parts: Sequence[Span | tuple[int, int]]) -> set[int]:
        return {n for n, (a, b) in enumerate(words) for start, stop in parts if start <= a and b <= stop}

    wanted = [standing([gold.span]) for gold in passage.claims]
    found = [standing(claim.parts or [claim.span]) for claim in claims]
    overlaps = [
        (2 * len(g & p) / (len(g) + len(p)), n, m) for n, g in enumerate(wanted) for m, p in enumerate(found) if g & p
    ]
    left, right = set[int](), set[int]()
    for value, n, m in sorted(overlaps, key=lambda o: (-o[0], o[1], o[2])):
        if value >= SAME and n not in left and m not in right:
            left.add(n)
            right.add(m)
            yield n, m


def same_chain(claim: Claim, gold: GoldClaim) -> bool:
    """Whether all voices are there, in order, each recognised by the head of its name or of its mention."""
    if len(claim.chain) != len(gold.chain) or claim.chain[0].name.casefold() != gold.chain[0].name.casefold():
        return False
    return all(_same_voice(a.name, b) for a, b in zip(claim.chain[1:], gold.chain[1:], strict=True))


def _same_voice(name: str, gold: GoldVoice) -> bool:
    said = {head(part) for part in name.split(",")}
    return any(head(part) in said for wanted in filter(None, (gold.name, gold.mention)) for part in wanted.split(","))


def head(name: str) -> str:
    """The word a name turns on: the last before the first preposition, comma or relative pronoun.

    >>> head("one of the officers in the general staff"), head("Anna Weil, a secretary"), head("the mayor of Lima")
    ('officers', 'weil', 'mayor')
    """
    bare = name.strip()
    inner = re.sub(r"^(?i:one|some|two|three|several|many|all|a few) of (?:the |our |its |his |her )?", "", bare)
    inner = re.sub(r" (?:him|her|it|them)sel(?:f|ves)$", "", inner)
    end = re.search(
        r",| (?:of|at|in|on|from|to|for|with|by|who|which|that|near|close|familiar|briefed|seen|speaking)\b", inner
    )
    words = _words(inner[: end.start()] if end else inner)
    return words[-1] if words else ""


def _words(name: str) -> list[str]:
    plain = re.sub(r"['’]s?\b", "", name.casefold())
    return re.findall(r"[^\W_]+", plain)


def table(scores: Mapping[str, Score]) -> str:
    """Precision, recall and F1 in percent by field and part; matched claims only, but where a row says otherwise."""
    rows = [f"{'':26}" + "".join(f"{part:>24}" for part in scores)]
    rows.append(f"{'':26}" + "".join(f"{'P':>9}{'R':>7}{'F1':>8}" for _ in scores))
    names = list(dict.fromkeys(name for s in scores.values() for name in s.tallies))
    for name in names:
        cells = (s.tally(name) for s in scores.values())
        rows.append(
            f"{name:26}" + "".join(f"{100 * t.precision:9.1f}{100 * t.recall:7.1f}{100 * t.f1:8.1f}" for t in cells)
        )
    return "\n".join(rows)


def main() -> None:
    """Print the table of all parts, then the errors of the dev parts."""
    scores = {part: score(part) for part in PARTS}
    lines = [table(scores)]
    for part in READABLE:
        for kind, errors in scores[part].errors.items():
            lines += ["", f"{part}, {kind}: {len(errors)}", *(f"  {line}" for line in errors)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
