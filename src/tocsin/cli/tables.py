"""The tables that a desk looks at: ``tocsin board``, ``claims``, ``figures``, ``sources`` and ``queue``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from tocsin.cli import common
from tocsin.cli.answer import assessed_of
from tocsin.cli.common import Command
from tocsin.errors import UsageError

if TYPE_CHECKING:
    from tocsin.desk import Linkage
    from tocsin.model.assessment import JudgementCount
    from tocsin.model.problem import WarningProblem
    from tocsin.publish.tables import Table

FORMATS = click.Choice(["table", "json", "csv"])


def _options(command: Command) -> Command:
    command = common.release_option(default="all")(command)
    command = click.option("--format", "form", type=FORMATS, default="table", show_default=True)(command)
    return common.desk_argument(common.as_of_options(command))


def _show(table: Table, form: str) -> None:
    from tocsin.publish import tables

    click.echo(tables.render(table, form=form, width=common.width()))


def _note(found: JudgementCount) -> None:
    """Say on standard error on which judgements a table rests."""
    from tocsin.publish import judged

    told = judged.rests_on(found)
    if told:
        click.echo(f"{told} (they are in: tocsin judge)", err=True)


def _linkage(desk: str, *, problem: str | None, as_of: date | None, known_by: date | None) -> Linkage:
    opened = common.open_desk(desk)
    try:
        return opened.linkage(problem, as_of=as_of or common.now().date(), known_by=known_by)
    finally:
        opened.close()


@click.command(epilog="Example: tocsin board northern-front --as-of 2022-12-02")
@_options
def board(
    *,
    desk: str,
    problem: str | None,
    as_of: date | None,
    known_by: date | None,
    form: str,
    release: tuple[str, ...],
) -> None:
    """The indicator board as of a day: observed, ambiguous, counter, not seen, not covered."""
    from tocsin.publish import listing

    found, _ = common.released(assessed_of(desk, problem=problem, as_of=as_of, known_by=known_by), release)
    _show(listing.board(found.assessment, found.linked), form)
    if form == "table" and found.assessment.signed:
        from tocsin.publish import page

        click.echo("\n" + "\n".join(page.signed(found.assessment, width=common.width())))
    _note(found.assessment.judgements)


@click.command(epilog="Example: tocsin claims northern-front --format csv")
@_options
@click.option("--unlinked", is_flag=True, help="Only claims that match no watch phrase.")
@click.option("--set-aside", "set_aside", is_flag=True, help="Only claims that matched and were set aside.")
@click.option(
    "--indicator",
    type=common.WORDS,
    metavar="ID",
    help="Only claims that speak to this indicator, gate or figure, or were set aside there.",
)
def claims(
    *,
    desk: str,
    problem: str | None,
    as_of: date | None,
    known_by: date | None,
    form: str,
    release: tuple[str, ...],
    unlinked: bool,
    set_aside: bool,
    indicator: str | None,
) -> None:
    """The claims that a desk has read, with what each counts for, or why it does not.

    Claims that count for nothing can be asked for alone: with --unlinked, those that no watch phrase matches; with
    --set-aside, those that matched and were set aside.
    """
    from tocsin.publish import listing

    if unlinked and (set_aside or indicator):
        raise UsageError("--unlinked stands alone: what no phrase matches was not set aside, and speaks to nothing")
    whole = _linkage(desk, problem=problem, as_of=as_of, known_by=known_by)
    if indicator is not None:
        _declared(whole.problem, indicator)
    found, _ = common.released(whole, release)
    every = tuple(found.claims.values())
    only = listing.chosen(found.linked, every, unlinked=unlinked, set_aside=set_aside, target=indicator)
    _show(listing.claims(every, found.stream.reports, found.stream.ratings, found.linked, only=only), form)
    _note(found.stream.counts)


def _declared(problem: WarningProblem, name: str) -> None:
    known = [one.id for one in problem.indicators] + [one.id for one in problem.gates]
    known += [one.id for one in problem.figures]
    if name not in known:
        raise UsageError(f"--indicator '{name}': no such indicator, gate or figure (there are: {', '.join(known)})")


@click.command(epilog="Example: tocsin queue northern-front --as-of 2022-12-02")
@_options
def queue(
    *,
    desk: str,
    problem: str | None,
    as_of: date | None,
    known_by: date | None,
    form: str,
    release: tuple[str, ...],
) -> None:
    """What to review next: claims nobody has judged, by how far each could move the answer.

    Each is left out, and turned round (seen to not seen, and the reverse), and the larger shift decides. Judge them
    with: tocsin judge. Claims that would count if their sources were graded stand last.
    """
    from tocsin.publish import queue as pages

    opened = common.open_desk(desk)
    try:
        found, waiting = opened.queue(problem, as_of=as_of or common.now().date(), known_by=known_by)
    finally:
        opened.close()
    shown, _ = common.released(found, release)
    claims = dict(zip(found.claims, shown.claims.values(), strict=True))  # by the ids of the queue
    ratings = {key: shown.stream.ratings[claim.id] for key, claim in claims.items() if claim.id in shown.stream.ratings}
    every = (*waiting.claims, *waiting.ungraded)
    top = pages.top(
        len(waiting.claims), waiting.could_change, rests_on=waiting.rests_on, ungraded=len(waiting.ungraded)
    )
    click.echo(top, err=form != "table")
    if every or form != "table":
        _show(pages.queue(every, claims, shown.stream.reports, ratings), form)
    _note(found.stream.counts)


@click.command(epilog="Example: tocsin figures northern-front --as-of 2022-12-02")
@_options
def figures(
    *,
    desk: str,
    problem: str | None,
    as_of: date | None,
    known_by: date | None,
    form: str,
    release: tuple[str, ...],
) -> None:
    """The figures side by side: holdings, needs and rumours, who gives them, and what pooling makes of them."""
    from tocsin.publish import listing

    found, _ = common.released(assessed_of(desk, problem=problem, as_of=as_of, known_by=known_by), release)
    _show(listing.figures(found.assessment, found.linked, found.claims.values()), form)
    _note(found.assessment.judgements)


@click.command(epilog="Example: tocsin sources northern-front")
@_options
def sources(
    *,
    desk: str,
    problem: str | None,
    as_of: date | None,
    known_by: date | None,
    form: str,
    release: tuple[str, ...],
) -> None:
    """Who is who, how graded, and how often heard; voices nobody has graded are listed as such.

    Beside the grade that was given stands the one that the track record supports, where claims were resolved.
    """
    from tocsin.publish import listing

    found, _ = common.released(_linkage(desk, problem=problem, as_of=as_of, known_by=known_by), release)
    stream = found.stream
    listed = listing.sources(
        stream.sources, stream.ratings, stream.claims, records=found.records, reports=stream.reports
    )
    _show(listed, form)
    _note(found.stream.counts)
    if found.doubts is not None:
        click.echo(f"worth a second look: {found.doubts}", err=True)
