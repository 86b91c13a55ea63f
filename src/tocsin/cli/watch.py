"""``tocsin watch``, ``look``, ``looks`` and ``alerts``: what is polled, who looked, what was told to whom."""

from __future__ import annotations

import os
import time
from datetime import date
from typing import TYPE_CHECKING

import click

from tocsin.cli import common, extractors
from tocsin.cli.tables import FORMATS
from tocsin.errors import UsageError

if TYPE_CHECKING:
    from tocsin.desk import Round

_NO_FEEDS = "no feeds are declared in tocsin.toml, so nothing is polled (declare them under [[feeds]])"


@click.command(epilog="Example: tocsin watch northern-front --once, from a timer every few minutes")
@common.desk_argument
@click.option("--once", is_flag=True, help="One round and no more, for a timer: what is due is polled.")
@click.option("--workers", type=click.IntRange(1, 64), help="How many read at once. As many as cores if left out.")
@extractors.options
def watch(
    *,
    desk: str,
    once: bool,
    workers: int | None,
    extractor: str,
    llm_url: str | None,
    llm_model: str | None,
    llm_timeout: float,
) -> None:
    """Poll the declared feeds, add, assess, alert.

    The feeds and the channels of alerts stand in tocsin.toml, the alerts in each problem's file. Each poll that is
    answered is logged as a look at what its feed covers; a feed that is down is no look. Nothing leaves unless an
    alert declares it. Without --once it goes on until it is stopped.
    """
    from tocsin import desk as desks

    read = extractors.extractor(extractor, url=llm_url, model=llm_model, timeout=llm_timeout)
    means = desks.Means(
        environment=os.environ,
        sleep=time.sleep,
        clock=common.now,
        extractor=read,
        workers=workers or common.workers(),
    )
    opened = common.open_desk(desk)
    try:
        if not opened.declared.settings().feeds:
            click.echo(_NO_FEEDS, err=True)
        while True:
            found = desks.watch(opened, now=common.now(), means=means)
            _show(found)
            if once:
                break
            wait = min(found.again - common.now(), desks.LONGEST_ROUND).total_seconds()
            time.sleep(max(wait, 1.0))
    finally:
        opened.close()
    if found.failed:
        raise click.exceptions.Exit(1)


def _show(found: Round) -> None:
    from tocsin.publish import safe

    for one in found.polls:
        told = (
            f"failed  {one.feed}: {one.error}" if one.error else f"polled  {one.feed}: {one.new} new, {one.known} known"
        )
        click.echo(safe.plain(told), err=one.error is not None)
    for sent in found.sent:
        what = f"{sent.problem}: {sent.rule} through {sent.channel}: {sent.reason}"
        told = f"unsent  {what}: {sent.error}" if sent.error else f"alert   {what}"
        click.echo(safe.plain(told), err=sent.error is not None)
    for fault in found.faults:
        click.echo(safe.plain(f"fault   {fault}"), err=True)


@click.command(epilog='Example: tocsin look northern-front strike-groups --by "A. Analyst" --on 2022-12-02 --nothing')
@click.argument("words", nargs=-1, required=True, metavar="[DESK] INDICATOR")
@click.option("--problem", metavar="ID", help="The problem, where the desk has several.")
@click.option("--by", type=common.WORDS, metavar="NAME", help="Who looked.")
@click.option("--on", "day", type=common.DAY, help="The day that was looked at. Today if left out.")
@click.option("--found", is_flag=True, help="It was seen; what was seen is for a report to say.")
@click.option("--nothing", is_flag=True, help="It was looked for and not seen.")
@click.option("--coverage", metavar="WORD", type=common.WORDS, help="How well: none, partly, well, or a chance 0-1.")
@click.option("--note", type=common.WORDS, default="", metavar="TEXT", help="What else is worth telling.")
def look(
    *,
    words: tuple[str, ...],
    problem: str | None,
    by: str | None,
    day: date | None,
    found: bool,
    nothing: bool,
    coverage: str | None,
    note: str,
) -> None:
    """Enter into the collection log that somebody looked for an indicator on a day.

    A look that found nothing is evidence of absence, as good as its coverage. One that found something weighs nothing
    by itself: add the report that says what was seen.
    """
    folder, rest = common.desk_and_rest(words)
    if len(rest) != 1:
        raise UsageError("name one indicator: tocsin look [DESK] INDICATOR … (the ids: tocsin looks)")
    if found is nothing:
        raise UsageError("say one of --found and --nothing")
    if not by:
        raise UsageError("a look needs --by: who looked")
    moment = common.now()
    opened = common.open_desk(folder)
    try:
        made = opened.collection.look(
            problem,
            common.readable(rest[0]),
            by=by,
            day=day or moment.date(),
            found=found,
            coverage=coverage,
            note=note,
            now=moment,
        )
    finally:
        opened.close()
    click.echo(f"{made.problem}: {made.indicator} on {made.day}: {'seen' if made.found else 'nothing seen'}")


@click.command(epilog="Example: tocsin looks northern-front --as-of 2022-12-02")
@common.desk_argument
@click.option("--problem", metavar="ID", help="The problem, where the desk has several.")
@click.option("--as-of", type=common.DAY, help="The day. Today if left out.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
@common.release_option(default="all")
def looks(*, desk: str, problem: str | None, as_of: date | None, form: str, release: tuple[str, ...]) -> None:
    """The collection log: who looks for what, how often, when last, and what is overdue.

    Who is to look, and how often, stands under [[collection]] in the problem's file and under [[feeds]] in
    tocsin.toml. An indicator for which nobody looks is listed as such.
    """
    from tocsin.publish import tables, watched

    opened = common.open_desk(desk)
    try:
        day = as_of or common.now().date()
        found = opened.collection.lookouts(problem, as_of=day, to=common.readers(release))
    finally:
        opened.close()
    click.echo(tables.render(watched.looks(found), form=form, width=common.width()))


@click.command(epilog="Example: tocsin alerts northern-front --format json")
@common.desk_argument
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
@common.release_option(default="all")
def alerts(*, desk: str, form: str, release: tuple[str, ...]) -> None:
    """The alerts that were raised, and whether they were delivered."""
    from tocsin.publish import tables, watched

    opened = common.open_desk(desk)
    try:
        found = opened.deliveries(to=common.readers(release))
    finally:
        opened.close()
    click.echo(tables.render(watched.alerts(found), form=form, width=common.width()))
