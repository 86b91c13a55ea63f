"""``tocsin demo`` and ``tocsin new``."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from tocsin.cli import common
from tocsin.cli.answer import page_text


@click.command(epilog="Example: tocsin demo; then open northern-front/brief.html")
@click.argument("folder", default="northern-front", metavar="[DIR]", type=click.Path())
def demo(folder: str) -> None:
    """Run the worked example and write its brief.

    Writes the worked desk into DIR (./northern-front if left out), reads its reports, prints the assessment as of
    the day of its newest report, and writes the brief. Safe to repeat.
    """
    from tocsin import desk as desks
    from tocsin.publish import brief

    moment = common.now()
    desk, taken = desks.example(Path(folder), now=moment)
    new = sum(1 for one in taken if one.outcome == "new")
    click.echo(f"{folder}: {len(taken)} reports, {new} new", err=True)
    as_of = desk.last_published() or moment.date()
    assessed = desk.assess(as_of=as_of, now=moment)
    click.echo(page_text(assessed))
    target = Path(folder) / "brief.html"
    html = brief.render(
        assessed.assessment,
        claims=assessed.claims,
        reports=assessed.stream.reports,
        ratings=assessed.stream.ratings,
        linked=assessed.linked,
    )
    common.write(html, str(target), told=False)
    desk.close()
    click.echo(f"brief: {target}")


@click.command(epilog="Example: tocsin new border-watch && tocsin check border-watch")
@click.argument("folder", metavar="DIR", type=click.Path())
def new(folder: str) -> None:
    """Write a new desk: a commented problem that passes check, and commented sources.

    Nothing that is there already is overwritten.
    """
    from tocsin import desk as desks

    for file in desks.new(Path(folder)):
        click.echo(str(file))
    name = shlex.quote(folder)
    click.echo(
        f"Next: edit these two files, run: tocsin check {name}, then: tocsin add {name} REPORT…, "
        f"and: tocsin assess {name}",
        err=True,
    )
