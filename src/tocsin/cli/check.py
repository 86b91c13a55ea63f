"""``tocsin check``."""

from __future__ import annotations

import click

from tocsin.cli import common


@click.command(epilog="Example: tocsin check northern-front")
@common.desk_argument
def check(desk: str) -> None:
    """Show all faults of a desk's files, then what the priors alone answer.

    Every fault has its place and its cure, and all are shown at once. Where there are none: the answer for 7, 30 and
    90 days without any report, the base rate it implies, and how well each indicator separates. What is allowed and
    probably not meant is noted: names, phrases and units that nobody knows, days that have passed. Exit status 2 if
    there are faults.
    """
    from tocsin.publish import check as pages

    found = common.open_desk(desk).check(today=common.now().date())
    click.echo(pages.render(found.faults, notes=found.notes, checks=found.checks, width=common.width()))
    if found.faults:
        raise click.exceptions.Exit(2)
