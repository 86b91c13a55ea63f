"""Echoes: claims that repeat another report's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tocsin.model.claim import Claim
from tocsin.model.evidence import Rating
from tocsin.model.report import Report
from tocsin.weigh.near import Shelf, Signature, signatures
from tocsin.weigh.wording import RUN, Read, prepared, runs_of, words_of

COPY_PROBABILITY = 0.9
"""How surely a near-copy is one (docs/method.md, "Copies")."""

_SHARE = 0.6
_CITED_SHARE = 0.5
_FEWEST_CITED = 3
_SHOWN = 12
_FEWEST_COPIED = 5
_REPRINT = 0.5
_MOST_KEPT = 40
_MOST_COMPARED = 400
_FELLOWS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """A claim that repeats another, with the words that show it.

    ``same_origin``: one origin said its sentence again, or another channel passed it on; that is no echo, but it shows
    that the origin said it.
    """

    claim: str
    of: str
    because: str
    same_origin: bool = False


def echoes(
    claims: Sequence[Claim],
    rated: Mapping[str, Rating],
    reports: Mapping[str, Report],
    *,
    cites: Mapping[str, frozenset[str]],
    apart: Mapping[str, frozenset[str]] | None = None,
) -> tuple[Echo, ...]:
    """Find the claims that repeat another report's claim.

    - A near-copy shares at least 60 % of its runs of four words with an earlier claim (eight words at the least), and
      says the same with the same figures. One origin saying its sentence again is marked as such: it is one observer
      repeating itself, which the inference counts.
    - Where a claim cites the outlet of an earlier report, or its unnamed origin stands behind the same named body as an
      earlier claim's, half of the words that carry meaning are enough.
    - A report of which half is a copy is a reprint, and its short claims are copies too.
    - The later repeats the earlier, unless the earlier cites the outlet of the later and not the other way round.
    - What one outlet tells of two origins that it names is in its own words: that shows no copying.
    - An echo of an echo is an echo of the first.

    Candidates come from MinHash and are verified word by word, so the work grows with the number of claims and not
    with its square (benchmarks/echo). Of one formula the first 40 wordings are kept for comparison.

    Args:
        claims: All claims.
        rated: Their ratings so far, by claim id.
        reports: The reports by id.
        cites: For each claim id, the ids of declared sources through which it came besides its own outlet, and for
            each report id that of its outlet (as a set of one).
        apart: For the id of a claim, report or source those of which it is known to be independent, both ways.

    Returns:
        The echoes, in the order of publication.
    """
    reads = prepared(claims, rated, reports, cites=cites)
    search = _Search(reads, apart or {})
    found: dict[str, Echo] = {}
    root: dict[str, str] = {}
    for place, read in enumerate(reads):
        copied, cited = search.copied(place), search.cited(place)
        echo = copied or cited
        if echo is None:
            continue
        if not echo.same_origin:
            earlier = search.by_id[echo.of]
            if earlier.claim.id not in root and _first_by_citation(read, earlier):
                because = f"{echo.because}; it cites {read.own}, whose report is dated later"
                echo = Echo(claim=echo.of, of=read.claim.id, because=because)
            root[echo.claim] = echo.of
        found[echo.claim] = echo
    for echo in _reprinted(reads, found, search):
        found[echo.claim] = echo
        root[echo.claim] = echo.of
    settled = {key: echo if echo.same_origin else replace(echo, of=_first(key, root)) for key, echo in found.items()}
    return tuple(
        echo
        for read in reads
        if (echo := settled.get(read.claim.id)) is not None
        and (echo.same_origin or not search.apart(read, search.by_id[echo.of]))
    )


def _first(claim: str, root: Mapping[str, str]) -> str:
    """The claim with which a chain of echoes begins."""
    while claim in root:
        claim = root[claim]
    return claim


def _first_by_citation(later: Read, earlier: Read) -> bool:
    """Is the later one the original, because the earlier cites its outlet and it does not cite the earlier's?"""
    return later.own is not None and later.own in earlier.behind and earlier.own not in later.behind


class _Search:
    """Looks claim after claim, in order of time, for what each may repeat, and keeps it for those to come.

    A claim with the very words of an earlier one, or with those of forty, is not kept for itself: it stands with the
    one most like it, by its source, so that an origin finds its own earlier words there.

    Args:
        reads: All claims in order of time.
        apart: What is known to be independent of what, both ways.
    """

    def __init__(self, reads: Sequence[Read], apart: Mapping[str, frozenset[str]]) -> None:
        self._reads = reads
        self._apart = apart
        self.by_id = {read.claim.id: read for read in reads}
        self._copies = Shelf()
        self._fellows: dict[tuple[int, str], list[int]] = {}
        self._signed = _signed({read.runs for read in reads if read.runs})
        self._asked = {scope for read in reads for scope in _asks(read)}
        self._told: dict[tuple[str, str, str], list[int]] = {}

    def apart(self, one: Read, other: Read) -> bool:
        """Is it documented that two claims, their reports or their sources are independent?"""
        names = (other.claim.id, other.claim.report, other.source)
        own = (one.claim.id, one.claim.report, one.source)
        return bool(self._apart) and any(name in self._apart.get(key, frozenset()) for key in own for name in names)

    def may_echo(self, later: Read, earlier: Read) -> bool:
        """Could one repeat the other at all: another report, the same said with the same figures?

        One outlet that tells of two origins it names uses its own words for both.
        """
        if later.claim.report == earlier.claim.report or later.key != earlier.key:
            return False
        if later.source == earlier.source:
            return True
        one_pen = later.names_another and earlier.names_another and later.outlet == earlier.outlet
        return not one_pen and not self.apart(later, earlier)

    def copied(self, place: int) -> Echo | None:
        """The earlier claim whose words this one repeats most; this one is kept for those to come."""
        this = self._reads[place]
        if not this.runs:
            return None
        alike: dict[int, float] = {}
        best: tuple[bool, float, int] | None = None
        for at in self._copies.like(self._signed[this.runs])[:_MOST_COMPARED]:
            share = _share(this, self._reads[at])
            if share < _SHARE:
                continue
            alike[at] = share
            for other in (at, *self._fellows.get((at, this.source), ())):
                earlier = self._reads[other]
                own = share if other == at else _share(this, earlier)
                if own >= _SHARE and self.may_echo(this, earlier):
                    found = (this.source == earlier.source, own, -other)
                    best = found if best is None else max(best, found)
        self._keep(place, alike)
        if best is None:
            return None
        same_origin, share, earlier = best[0], best[1], self._reads[-best[2]]
        run = _longest_common(this, earlier)
        because = f"repeats an earlier report: {share:.0%} of its runs of four words, among them “{run}”"
        return Echo(claim=this.claim.id, of=earlier.claim.id, because=because, same_origin=same_origin)

    def _keep(self, place: int, alike: Mapping[int, float]) -> None:
        """Keep a claim for those to come: for itself, or with the one most like it among those kept."""
        this = self._reads[place]
        nearest = max(alike, key=lambda at: (alike[at], -at), default=None)
        if nearest is None or (len(alike) < _MOST_KEPT and self._reads[nearest].runs != this.runs):
            self._copies.put(place, self._signed[this.runs])
            return
        fellows = self._fellows.setdefault((nearest, this.source), [])
        if len(fellows) < _FELLOWS and all(self._reads[n].claim.report != this.claim.report for n in fellows):
            fellows.append(place)

    def cited(self, place: int) -> Echo | None:
        """The earlier claim of an outlet or body that this claim cites, if it speaks of the same; and keep this one."""
        this = self._reads[place]
        if len(this.content) < _FEWEST_CITED:
            return None
        candidates = ((scope, self._reads[at]) for scope in _asks(this) for at in self._on_subject(scope, this))
        echo = next((found for scope, earlier in candidates if (found := self._told_by(scope, this, earlier))), None)
        for scope in self._asked.intersection(_tells(this)):
            for word in this.content:
                self._told.setdefault((scope, this.key, word), []).append(place)
        return echo

    def _on_subject(self, scope: str, this: Read) -> list[int]:
        """Earlier claims of an outlet or body with words of this one, the rarest words first."""
        postings = [found for word in this.content if (found := self._told.get((scope, this.key, word)))]
        places: set[int] = set()
        for posting in sorted(postings, key=len):
            places.update(posting[-_MOST_COMPARED:])
            if len(places) >= _MOST_COMPARED:
                break
        return sorted(places)

    def _told_by(self, scope: str, this: Read, earlier: Read) -> Echo | None:
        common = this.content & earlier.content
        smaller = min(len(this.content), len(earlier.content))
        if this.source == earlier.source or len(common) < max(_FEWEST_CITED, _CITED_SHARE * smaller):
            return None
        if not self.may_echo(this, earlier):
            return None
        words = ", ".join(sorted(common)[:_SHOWN])
        kind, _, name = scope.partition(" ")
        how = f"cites {name}" if kind == "outlet" else f"has its origin behind {name}, as an earlier report has,"
        return Echo(claim=this.claim.id, of=earlier.claim.id, because=f"{how} and shares its words: {words}")


def _asks(read: Read) -> tuple[str, ...]:
    """Where to look for what a claim may repeat in other words: with the outlets and bodies that it cites."""
    outlets = [f"outlet {name}" for name in sorted(read.behind)]
    return (*outlets, *(f"body {name}" for name in sorted(read.behind) if read.unnamed))


def _tells(read: Read) -> tuple[str, ...]:
    """Where a claim is looked for: with its outlet, and with the body that it or its unnamed origin speaks for."""
    bodies = read.behind if read.unnamed else frozenset({read.source})
    own = (f"outlet {read.own}",) if read.own is not None else ()
    return (*own, *(f"body {name}" for name in sorted(bodies)))


def _signed(sets: set[frozenset[str]]) -> dict[frozenset[str], Signature]:
    ordered = list(sets)
    return dict(zip(ordered, signatures(ordered), strict=True))


def _share(one: Read, other: Read) -> float:
    return len(one.runs & other.runs) / min(len(one.runs), len(other.runs))


def _reprinted(reads: Sequence[Read], found: Mapping[str, Echo], search: _Search) -> Iterator[Echo]:
    """The claims too short to be told as copies, where most of their report is a copy of one earlier report.

    A reprint repeats its short sentences too.
    """
    total = Counter(read.claim.report for read in reads if read.runs)
    copied = Counter(
        (search.by_id[echo.claim].claim.report, search.by_id[echo.of].claim.report) for echo in found.values()
    )
    original: dict[str, str] = {}
    for (report, parent), count in copied.most_common():
        if count >= _FEWEST_COPIED and count >= _REPRINT * total[report]:
            original.setdefault(report, parent)
    if not original:
        return
    whole = frozenset(original.values())
    first: dict[tuple[str, str], Read] = {}
    for read in reads:
        if read.claim.report in whole:
            first.setdefault((read.claim.report, " ".join(words_of(read.claim.content))), read)
    for read in reads:
        if read.claim.report not in original or read.claim.id in found:
            continue
        earlier = first.get((original[read.claim.report], " ".join(words_of(read.claim.content))))
        if earlier is None or read.source == earlier.source or not search.may_echo(read, earlier):
            continue
        because = "the same words, in a report that reprints an earlier one"
        yield Echo(claim=read.claim.id, of=earlier.claim.id, because=because)


def _longest_common(this: Read, earlier: Read) -> str:
    """The longest run of words of this claim that the earlier one has too, cut to a dozen words."""
    best = (0, 0)
    length = 0
    for start, run in enumerate(runs_of(this.words, this.key)):
        length = length + 1 if run in earlier.runs else 0
        if length > best[1]:
            best = (start - length + 1, length)
    words = this.words[best[0] : best[0] + best[1] + RUN - 1]
    return " ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")
