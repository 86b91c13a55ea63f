"""How well and how fast near-copies are found: candidates by MinHash beside the posting lists of runs used before.

Both verify their candidates by the same exact overlap. "Postings" keeps, per run of four words, the first 40 claims
that have it; "every pair" is the same without that limit and is what both are measured against.

    python -m benchmarks.echo [--reports N …]
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from collections.abc import Callable, Sequence

from benchmarks.echo.worlds import KINDS, World, world
from tocsin.model.evidence import Rating
from tocsin.model.grade import Reliability
from tocsin.weigh import ratings
from tocsin.weigh.near import Shelf, signatures
from tocsin.weigh.wording import Read, prepared

SHARE = 0.6
PER_REPORT = 10
_Pairs = dict[int, set[int]]


def reads_of(made: World) -> tuple[Read, ...]:
    """The claims ready to be compared."""
    return prepared(made.claims, rated_of(made), made.reports, cites={})


def rated_of(made: World) -> dict[str, Rating]:
    """Ratings that say who spoke."""
    return {
        claim.id: Rating(
            claim=claim.id,
            source=claim.origin.name,
            source_name=claim.origin.name,
            reliability=Reliability.F,
            knows=None,
        )
        for claim in made.claims
    }


def by_minhash(reads: Sequence[Read]) -> _Pairs:
    """Earlier claims to look at, by MinHash; nothing is left off the shelf here."""
    shelf = Shelf()
    found: _Pairs = {}
    for place, signature in enumerate(signatures([read.runs for read in reads])):
        found[place] = set(shelf.like(signature))
        shelf.put(place, signature)
    return found


def by_postings(reads: Sequence[Read], *, most: int | None) -> _Pairs:
    """Earlier claims that share a run, of each run the first ``most``."""
    postings: dict[str, list[int]] = {}
    found: _Pairs = {}
    for place, read in enumerate(reads):
        found[place] = {at for run in read.runs for at in postings.get(run, ())}
        for run in read.runs:
            entries = postings.setdefault(run, [])
            if most is None or len(entries) < most:
                entries.append(place)
    return found


def verified(reads: Sequence[Read], pairs: _Pairs) -> _Pairs:
    """Those that really share 60 % of their runs."""
    return {
        place: {at for at in ats if _share(reads[place], reads[at]) >= SHARE and _other(reads[place], reads[at])}
        for place, ats in pairs.items()
    }


def _share(one: Read, other: Read) -> float:
    return len(one.runs & other.runs) / max(1, min(len(one.runs), len(other.runs)))


def _other(one: Read, other: Read) -> bool:
    return one.claim.report != other.claim.report


def timed(work: Callable[[], _Pairs]) -> tuple[_Pairs, float]:
    """What some work gives, and how many seconds it took."""
    start = time.process_time()
    return work(), time.process_time() - start


def candidates(reports: int) -> None:
    """Print recall, precision and seconds of the candidates."""
    reads = reads_of(world(reports, per_report=PER_REPORT))
    whole = verified(reads, by_postings(reads, most=None))
    pairs = sum(map(len, whole.values()))
    claims = sum(bool(ats) for ats in whole.values())
    print(f"\n{reports} reports, {len(reads)} claims, {pairs} pairs and {claims} claims with a near-copy before them\n")
    print("| candidates | pairs found | claims found | candidates that are copies | looked at per claim | s |")
    print("|---|---|---|---|---|---|")
    for name, work in (
        ("postings, first 40 of a run", lambda: by_postings(reads, most=40)),
        ("MinHash 128, 64 bands", lambda: by_minhash(reads)),
    ):
        offered, seconds = timed(work)
        good = verified(reads, offered)
        looked = sum(map(len, offered.values()))
        hits = sum(map(len, good.values()))
        told = sum(bool(good[place]) for place, ats in whole.items() if ats)
        print(
            f"| {name} | {hits / pairs:.3f} | {told / claims:.4f} | {hits / max(1, looked):.2f} |"
            f" {looked / len(reads):.1f} | {seconds:.1f} |"
        )


def whole_chain(reports: int) -> None:
    """Print what the whole of ``weigh.ratings`` finds of what was planted, in how many seconds."""
    made = world(reports, per_report=PER_REPORT)
    start = time.process_time()
    rated = ratings(made.claims, made.reports, ())
    seconds = time.process_time() - start
    told = Counter(made.kind[claim] for claim in made.planted if rated[claim].echo_of is not None)
    planted = Counter(made.kind.values())
    shares = " | ".join(f"{told[kind] / max(1, planted[kind]):.4f}" for kind in KINDS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {reports} | {len(made.claims)} | {shares} | {seconds:.1f} | {peak:.0f} |", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="benchmarks.echo", description="Echo detection on invented near-copies.")
    parser.add_argument("--reports", type=int, nargs="*", default=[1000, 5000, 20_000])
    parser.add_argument("--pairs", type=int, default=2000, help="reports for the table of candidates")
    given = parser.parse_args()
    candidates(given.pairs)
    print("\nThe whole of weighing\n")
    print(f"| reports | claims | {' | '.join(f'found: {kind}' for kind in KINDS)} | s | peak MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    for reports in given.reports:
        whole_chain(reports)


if __name__ == "__main__":
    main()
