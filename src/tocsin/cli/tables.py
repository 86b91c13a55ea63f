"""The tables that a desk looks at: ``tocsin board``, ``claims``, ``figures`` and ``sources``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from tocsin.cli import common
from tocsin.cli.answer import assessed_of
from tocsin.cli.common import Command

if TYPE_CHECKING:
    from tocsin.desk import Linkage
    from tocsin.publish.tables import Table

FORMATS = click.Choice(["table", "json", "csv"])


def _options(command: Command) -> Command:
    command = click.option("--format", "form", type=FORMATS, default="table", show_default=True)(command)
    return common.desk_argument(common.as_of_options(command))


def _show(table: Table, form: str) -> None:
    from tocsin.publish import tables

    click.echo(tables.render(table, form=form, width=common.width()))


def _linkage(desk: str, *, problem: str | None, as_of: date | None, known_by: date | None) -> Linkage:
    opened = common.open_desk(desk)
    try:
        return opened.linkage(problem, as_of=as_of or common.now().date(), known_by=known_by)
    finally:
        opened.close()


@click.command(epilog="Example: tocsin board northern-front --as-of 2022-12-02")
@_options
def board(*, desk: str, problem: str | None, as_of: date | None, known_by: date | None, form: str) -> None:
    """The indicator board as of a day: observed, ambiguous, counter, not seen, not covered."""
    from tocsin.publish import tables

    found = assessed_of(desk, problem=problem, as_of=as_of, known_by=known_by)
    _show(tables.board(found.assessment), form)


@click.command(epilog="Example: tocsin claims northern-front --format csv")
@_options
def claims(*, desk: str, problem: str | None, as_of: date | None, known_by: date | None, form: str) -> None:
    """The claims that a desk has read, with what each counts for."""
    from tocsin.publish import tables

    found = _linkage(desk, problem=problem, as_of=as_of, known_by=known_by)
    _show(tables.claims(found.claims.values(), found.stream.reports, found.stream.ratings, found.linked), form)


@click.command(epilog="Example: tocsin figures northern-front --as-of 2022-12-02")
@_options
def figures(*, desk: str, problem: str | None, as_of: date | None, known_by: date | None, form: str) -> None:
    """The figures side by side: holdings, needs and rumours, who gives them, and what pooling makes of them."""
    from tocsin.publish import tables

    found = assessed_of(desk, problem=problem, as_of=as_of, known_by=known_by)
    _show(tables.figures(found.assessment), form)


@click.command(epilog="Example: tocsin sources northern-front")
@_options
def sources(*, desk: str, problem: str | None, as_of: date | None, known_by: date | None, form: str) -> None:
    """Who is who, how graded, and how often heard; voices nobody has graded are listed as such.

    Beside the grade that was given stands the one that the track record supports, where claims were resolved.
    """
    from tocsin.publish import tables

    found = _linkage(desk, problem=problem, as_of=as_of, known_by=known_by)
    _show(tables.sources(found.stream.sources, found.stream.ratings, found.stream.claims, records=found.records), form)
