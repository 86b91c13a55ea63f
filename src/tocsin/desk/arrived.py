"""What is worth telling of reports just taken in: what they lack, what was not applied, what of them counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from tocsin import link
from tocsin.desk.values import Counted, Stream, Taken
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Report, Source
from tocsin.model.time import Window
from tocsin.read.marking import marking

_SHOWN = 10
_MOST = 2_000
"""Of more new claims than this is not told which count: linking them takes longer than anybody waits for it."""


def told(
    taken: Iterable[Taken],
    reports: Mapping[str, Report],
    *,
    outlet: str | None,
    published: Window | None,
    lang: str | None,
    guarded: Sequence[Source] = (),
) -> tuple[Taken, ...]:
    """Say what new reports lack and how they are marked, and what was given of known ones and is not so on record.

    ``guarded``: the sources whose caveat holds for all that they publish.
    """
    given = (("--source", "outlet", outlet), ("--published", "day", published), ("--lang", "language", lang))
    found = []
    for one in taken:
        report = reports.get(one.report or "")
        if report is not None and one.outcome == "new":
            said = (("outlet", report.outlet), ("date", report.published))
            lacks = tuple(name for name, value in said if value is None)
            bare = report.handling is None and not any(one.is_called(report.outlet) for one in guarded)
            words = marking(report.text, title=report.title).words if bare else None
            one = replace(one, lacks=lacks, marked=words)  # noqa: PLW2901
        elif report is not None and one.outcome == "known":
            kept = {"--source": report.outlet, "--published": report.published, "--lang": report.lang}
            unlike = [
                f"{option} is not applied to what is on record ({what} {_told(kept[option])})"
                for option, what, value in given
                if value is not None and value != kept[option]
            ]
            called = f"; its id is {report.id.removeprefix('sha256:')[:_SHOWN]}" if unlike else ""
            one = replace(one, reason="; ".join(unlike) + called)  # noqa: PLW2901
        found.append(one)
    return tuple(found)


def _told(value: str | Window | None) -> str:
    if isinstance(value, Window):
        return "/".join(sorted({str(day) for day in (value.earliest, value.latest) if day is not None}))
    return value or "unknown"


def counted(stream: Stream, new: Collection[str], problems: Sequence[WarningProblem]) -> tuple[Counted, ...]:
    """How many claims of the new reports count for each problem; nothing where they are too many to link in passing."""
    claims = tuple(claim for claim in stream.claims if claim.report in new)
    if not 0 < len(claims) <= _MOST:
        return ()
    found = []
    for problem in problems:
        linked = link.link(claims, stream.ratings, stream.reports, problem)
        counts = {item.claim or item.id for item in linked.evidence}
        counts |= {item.claim or item.id for item in linked.readings}
        aside = {claim for claim, _ in linked.set_aside} - counts
        found.append(
            Counted(
                problem=problem.id,
                claims=len(claims),
                counting=len(counts),
                set_aside=len(aside),
                unlinked=linked.unlinked,
            )
        )
    return tuple(found)
