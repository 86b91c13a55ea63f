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
    common.write(html, str(target))
    desk.close()
    click.echo(f"brief: {target}")


@click.command(epilog="Example: tocsin new border-watch && tocsin check border-watch")
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--id", "ident", metavar="ID", help="Id of your own problem, and name of its file.")
@click.option("--question", metavar="TEXT", help="Your own question; needs --id.")
def new(folder: str, ident: str | None, question: str | None) -> None:
    """Write a new desk: a commented problem that passes check, and commented sources.

    Without --id and --question it is a worked example with every key; with them a short file on your own question,
    watched from today for 90 days. Nothing that is there already is overwritten.
    """
    from tocsin import desk as desks

    for file in desks.new(Path(folder), today=common.now().date(), ident=ident, question=question):
        click.echo(str(file))
    desk = shlex.quote(folder)
    click.echo(
        f"Next: edit these two files, then run: tocsin check {desk}; tocsin add {desk} REPORT…; tocsin assess {desk}",
        err=True,
    )
