"""The tables that a desk looks at: ``tocsin board``, ``claims``, ``figures`` and ``sources``."""

from __future__ import annotations

from datetime import date

import click

from tocsin.cli import common
from tocsin.cli.answer import assessed_of
from tocsin.cli.common import Command

FORMATS = click.Choice(["table", "json", "csv"])


def _options(command: Command) -> Command:
    command = click.option("--format", "form", type=FORMATS, default="table", show_default=True)(command)
    return common.desk_argument(common.as_of_options(command))


@click.command(epilog="Example: tocsin board northern-front --as-of 2022-12-02")
@_options
def board(*, desk: str, problem: str | None, as_of: date | None, known_by: date | None, form: str) -> None:
    """The indicator board as of a day: observed, ambiguous, counter, not seen, not covered."""
    from tocsin.publish import tables

    assessed = assessed_of(desk, problem=problem, as_of=as_of, known_by=known_by)
    click.echo(tables.render(tables.board(assessed.assessment), form=form, width=common.width()))


@click.command(epilog="Example: tocsin claims northern-front --format csv")
@_options
def claims(*, desk: str, problem: str | None, as_of: date | None, known_by: date | None, form: str) -> None:
    """The claims that a desk has read, with what each counts for."""
    from tocsin.publish import tables

    assessed = assessed_of(desk, problem=problem, as_of=as_of, known_by=known_by)
    table = tables.claims(assessed.stream.claims, assessed.stream.reports, assessed.stream.ratings, assessed.linked)
    click.echo(tables.render(table, form=form, width=common.width()))


@click.command(epilog="Example: tocsin figures northern-front --as-of 2022-12-02")
@_options
def figures(*, desk: str, problem: str | None, as_of: date | None, known_by: date | None, form: str) -> None:
    """The figures side by side: holdings, needs and rumours, who gives them, and what pooling makes of them."""
    from tocsin.publish import tables

    assessed = assessed_of(desk, problem=problem, as_of=as_of, known_by=known_by)
    click.echo(tables.render(tables.figures(assessed.assessment), form=form, width=common.width()))


@click.command(epilog="Example: tocsin sources northern-front")
@_options
def sources(*, desk: str, problem: str | None, as_of: date | None, known_by: date | None, form: str) -> None:
    """Who is who, how graded, and how often heard; voices nobody has graded are listed as such."""
    from tocsin.publish import tables

    assessed = assessed_of(desk, problem=problem, as_of=as_of, known_by=known_by)
    table = tables.sources(assessed.stream.sources, assessed.stream.ratings, assessed.stream.claims)
    click.echo(tables.render(table, form=form, width=common.width()))
