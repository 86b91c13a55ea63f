"""``tocsin export``: an answer in the words of other programs."""

from __future__ import annotations

import sys
from datetime import date

import click

from tocsin.cli import common
from tocsin.errors import UsageError

FORMATS = ("stix", "csv", "ftm", "geojson", "ics", "misp")
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
    """Hand an answer to other programs.

    stix: STIX 2.1. csv: all tables in one ZIP file, or one with --table. ftm: FollowTheMoney entities. geojson: claims
    with places. ics: the days it names. misp: a MISP event. What carries a handling caveat is left out, and counted,
    unless --release covers it. The same answer gives the same bytes.
    """
    from tocsin.desk.exchange import FORMATS as RENDERERS
    from tocsin.publish import csv, handling

    if table and form != "csv":
        raise UsageError("--table goes with --to csv")
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
    common.write_bytes(csv.render(given, table).encode() if table else RENDERERS[form](given), output)
