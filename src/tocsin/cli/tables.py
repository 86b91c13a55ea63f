"""The tables that a desk looks at: ``tocsin board``, ``claims``, ``figures``, ``sources`` and ``queue``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from tocsin.cli import common
from tocsin.cli.answer import assessed_of
from tocsin.cli.common import Command

if TYPE_CHECKING:
    from tocsin.desk import Linkage
    from tocsin.model.assessment import JudgementCount
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
    from tocsin.publish import tables

    found, _ = common.released(assessed_of(desk, problem=problem, as_of=as_of, known_by=known_by), release)
    _show(tables.board(found.assessment), form)
    if form == "table" and found.assessment.signed:
        from tocsin.publish import page

        click.echo("\n" + "\n".join(page.signed(found.assessment, width=common.width())))
    _note(found.assessment.judgements)


@click.command(epilog="Example: tocsin claims northern-front --format csv")
@_options
def claims(
    *,
    desk: str,
    problem: str | None,
    as_of: date | None,
    known_by: date | None,
    form: str,
    release: tuple[str, ...],
) -> None:
    """The claims that a desk has read, with what each counts for."""
    from tocsin.publish import tables

    found, _ = common.released(_linkage(desk, problem=problem, as_of=as_of, known_by=known_by), release)
    _show(tables.claims(found.claims.values(), found.stream.reports, found.stream.ratings, found.linked), form)
    _note(found.stream.counts)


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
    with: tocsin judge.
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
    click.echo(pages.top(len(waiting.claims), waiting.could_change), err=form != "table")
    if waiting.claims or form != "table":
        _show(pages.queue(waiting.claims, claims, shown.stream.reports, ratings), form)
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
    from tocsin.publish import tables

    found, _ = common.released(assessed_of(desk, problem=problem, as_of=as_of, known_by=known_by), release)
    _show(tables.figures(found.assessment), form)
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
    from tocsin.publish import tables

    found, _ = common.released(_linkage(desk, problem=problem, as_of=as_of, known_by=known_by), release)
    _show(tables.sources(found.stream.sources, found.stream.ratings, found.stream.claims, records=found.records), form)
    _note(found.stream.counts)
    if found.doubts is not None:
        click.echo(f"worth a second look: {found.doubts}", err=True)
