"""``tocsin changes``: what changed between any two days."""

from __future__ import annotations

from datetime import date, timedelta

import click

from tocsin.cli import common


@click.command(epilog="Example: tocsin changes northern-front --from 2022-11-25 --to 2022-12-02")
@common.desk_argument
@click.option("--problem", metavar="ID", help="The problem, where the desk has several.")
@click.option("--from", "first", type=common.DAY, help="The earlier day. The day before the later one if left out.")
@click.option("--to", "last", type=common.DAY, help="The later day. Today if left out.")
@click.option("--as-known", is_flag=True, help="Count on each day only what had also been retrieved by then.")
@click.option("--by-today", is_flag=True, help="Answer both days by today's files, not by those then in force.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@common.release_option(default="all")
def changes(
    *,
    desk: str,
    problem: str | None,
    first: date | None,
    last: date | None,
    as_known: bool,
    by_today: bool,
    form: str,
    release: tuple[str, ...],
) -> None:
    """What changed between two days, and what changed it.

    Each day is answered by the declarations then in force. The way from one answer to the other is taken in steps: time
    alone, new reports and judgements, new declarations. Below stand the indicators that turned and the claims that are
    new.
    """
    from tocsin.publish import changed, handling

    to = handling.release(release)
    moment = common.now()
    until = last or moment.date()
    since = first or until - timedelta(days=1)
    opened = common.open_desk(desk)
    try:
        found = opened.history.changes(
            problem, first=since, last=until, as_known=as_known, by_today=by_today, to=to, now=moment
        )
    finally:
        opened.close()
    click.echo(changed.render(found, form=form, width=common.width()))
