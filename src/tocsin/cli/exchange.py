"""``tocsin export`` and ``import``: an answer in the words of other programs, and a whole desk."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from tocsin.cli import common
from tocsin.errors import UsageError

FORMATS = ("stix", "csv", "jsonl", "ftm", "geojson", "ics", "misp")
TABLES = ("claims", "indicators", "figures", "sources", "scenarios")


@click.command(epilog="Example: tocsin export northern-front --to stix --as-of 2022-12-02 -o northern-front.json")
@common.desk_argument
@common.as_of_options
@click.option("--to", "form", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option("--table", type=click.Choice(TABLES), help="With --to csv: this table alone.")
@click.option(
    "--by",
    "producer",
    type=common.WORDS,
    metavar="NAME",
    default="a Tocsin desk",
    show_default=True,
    help="Who publishes it; part of every id in STIX and MISP.",
)
@click.option("-o", "--output", metavar="FILE", help="The file to write; standard output if left out.")
@common.release_option(default="TLP:CLEAR")
def export(
    *,
    desk: str,
    problem: str | None,
    as_of: date | None,
    known_by: date | None,
    form: str,
    table: str | None,
    producer: str,
    output: str | None,
    release: tuple[str, ...],
) -> None:
    """Hand an answer to other programs, or the whole desk to another.

    stix: STIX 2.1. csv: all tables in one ZIP file, or one with --table. ftm: FollowTheMoney entities. geojson: claims
    with places. ics: the days it names. misp: a MISP event. What carries a handling caveat is left out, and counted,
    unless --release covers it. The same answer gives the same bytes.

    jsonl: everything that the desk holds, for tocsin import on another machine or store; it can leave nothing out, so
    it is refused where --release does not cover all of it, and where people signed reasons, which go with all alone.
    tocsin.toml stays where it is, for its channels and feeds belong to one machine.
    """
    from tocsin.desk.exchange import FORMATS as RENDERERS
    from tocsin.publish import csv, handling

    if table and form != "csv":
        raise UsageError("--table goes with --to csv")
    if form == "jsonl":
        if problem or as_of or known_by:
            raise UsageError("--to jsonl writes the whole desk: --problem, --as-of and --known-by go with the others")
        _whole(desk, output, release)
        return
    archive = form == "csv" and table is None
    if archive and output in {None, "-"} and sys.stdout.isatty():
        raise UsageError("--to csv writes a ZIP file: name it with -o, or take one table with --table")
    moment = common.now()
    opened = common.open_desk(desk)
    try:
        given, gone = opened.export(
            problem,
            as_of=as_of or moment.date(),
            known_by=known_by,
            to=handling.release(release),
            producer=producer,
            now=moment,
        )
    finally:
        opened.close()
    if gone:
        click.echo(gone.told(), err=True)
    common.write_bytes([csv.render(given, table).encode() if table else RENDERERS[form](given)], output)


def _whole(desk: str, output: str | None, release: tuple[str, ...]) -> None:
    """Write the whole desk, line by line."""
    from tocsin.publish import handling

    opened = common.open_desk(desk)
    try:
        lines = opened.export_lines(to=handling.release(release))
        common.write_bytes((line + b"\n" for line in lines), output)
        settings = opened.declared.settings_file
    finally:
        opened.close()
    if settings.exists():
        click.echo(
            f"{settings.name} is not among the lines: its channels, feeds and mappings belong to this machine (copy it "
            "by hand where they should hold elsewhere)",
            err=True,
        )


@click.command(name="import", epilog="Example: tocsin import copy-of-it my-desk.jsonl")
@click.argument("words", nargs=-1, required=True, metavar="[DESK] FILE", type=click.Path())
def import_(*, words: tuple[str, ...]) -> None:
    """Take in a whole desk that tocsin export --to jsonl wrote.

    DESK is made if it is not there; into a desk that holds something the lines are merged, all of them or none. What is
    there already is not taken in twice, and a declaration that stands here in other words stays as it is. FILE may be -
    for standard input.
    """
    from tocsin.desk.exchange import receiving

    if len(words) > 2:
        raise UsageError("name the desk and one file: tocsin import [DESK] FILE")
    folder, name = (".", words[0]) if len(words) == 1 else (words[0], words[1])
    with common.lines_of(name) as lines:
        opened = common.open_desk(str(receiving(Path(folder))))
        try:
            taken = opened.import_lines(lines)
        finally:
            opened.close()
    new, known = sum(taken.new.values()), sum(taken.known.values())
    told = ", ".join(f"{table} {count}" for table, count in taken.new.items() if count)
    click.echo(f"{new} new, {known} known" + (f" (new: {told})" if told else ""))
    for kept in taken.kept:
        click.echo(f"{kept}: stands here in other words, and was left as it is", err=True)
    for told in taken.channels:
        click.echo(f"{told}: declare it in tocsin.toml, which belongs to one machine and is not exported", err=True)
