"""``tocsin demo`` and ``tocsin new``."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from tocsin.cli import common


@click.command(epilog="Example: tocsin demo; then open northern-front/brief.html")
@click.argument("folder", default="northern-front", metavar="[DIR]", type=click.Path())
def demo(folder: str) -> None:
    """Run the worked example and write its brief.

    Writes the worked desk into DIR (./northern-front if left out), reads its reports, prints the answer at a glance as
    of the day of its newest report, with the commands that lead on, and writes the brief. Safe to repeat.
    """
    from tocsin import desk as desks
    from tocsin.publish import brief, glance

    moment = common.now()
    desk, taken = desks.example(Path(folder), now=moment)
    new = sum(1 for one in taken if one.outcome == "new")
    click.echo(f"{folder}: {len(taken)} reports, {new} new", err=True)
    as_of = desk.last_published() or moment.date()
    assessed = desk.assess(as_of=as_of, now=moment)
    page = glance.render(
        assessed.assessment,
        claims=assessed.claims,
        reports=assessed.stream.reports,
        ratings=assessed.stream.ratings,
        linked=assessed.linked,
        width=common.width(),
        colour=common.colour(),
    )
    click.echo(page)
    program, day = _program(), f"--as-of {as_of}"
    moving = max(assessed.assessment.indicators, key=lambda line: abs(line.log_odds), default=None)
    click.echo("Next:")
    click.echo(f"  {program} assess {shlex.quote(folder)} {day}")
    click.echo(f"  {program} why {shlex.quote(folder)} {moving.id if moving else 'answer'} {day}")
    click.echo(f"  {program} new my-desk")
    click.echo("")
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


def _program() -> str:
    """How the program was called, so that the next commands can be typed as they are printed."""
    called = sys.argv[0]
    return shlex.quote(called) if Path(called).name == "tocsin" else "python -m tocsin"


@click.command(epilog="Example: tocsin new border-watch && tocsin check border-watch")
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--id", "ident", metavar="ID", help="Id of your own problem, and name of its file.")
@click.option("--question", metavar="TEXT", help="Your own question; needs --id.")
def new(folder: str, ident: str | None, question: str | None) -> None:
    """Write a new desk: a commented problem that passes check, and commented sources.

    Without --id and --question it is a worked example with every key; with them a short file on your own question,
    watched from today to the last day that the question names, or for 90 days where it names none. Nothing that is
    there already is overwritten.
    """
    from tocsin import desk as desks

    begun = desks.new(Path(folder), today=common.now().date(), ident=ident, question=question)
    for file in begun.files:
        click.echo(str(file))
    if begun.by is not None:
        why = "as the question says; check it" if begun.named else "a guess, for the question names no last day; set it"
        click.echo(f"by = {begun.by}: {why}", err=True)
    name = shlex.quote(folder)
    click.echo(
        f"Next: edit these two files, run: tocsin check {name}, then: tocsin add {name} REPORT…, "
        f"and: tocsin assess {name}",
        err=True,
    )
