"""``tocsin replay``, ``outcome`` and ``score``: every day as it was known, what happened, and were we right?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import click

from tocsin.cli import common
from tocsin.errors import ReadError, UsageError

_LARGEST = 1_000_000_000


class StepType(click.ParamType[int]):
    """So many days, as ``1d`` or ``7d``."""

    name = "DAYS"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Turn ``7d`` into 7."""
        text = str(value).removesuffix("d")
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 366:
            self.fail(f"'{value}' is no step (write 1d to 366d)", param, ctx)
        return int(text)


def _days(first: date, last: date, step: int) -> Iterator[date]:
    if last < first:
        raise UsageError(f"--to {last} lies before --from {first}")
    day = first
    while day <= last:
        yield day
        day += timedelta(days=step)


@click.command(epilog="Example: tocsin replay northern-front --from 2022-11-25 --to 2022-12-02 --format table")
@common.desk_argument
@click.option("--problem", metavar="ID", help="The problem, where the desk has several.")
@click.option("--from", "first", type=common.DAY, required=True, help="The first day.")
@click.option("--to", "last", type=common.DAY, required=True, help="The last day, inclusive.")
@click.option("--step", type=StepType(), default="1d", show_default=True, help="Days from one assessment to the next.")
@click.option("--as-known", is_flag=True, help="Count only what had also been retrieved by each day.")
@click.option(
    "--by-today", is_flag=True, help="Answer every day by today's files, for a desk that was set up after those days."
)
@click.option("--format", "form", type=click.Choice(["jsonl", "table", "csv"]), default="jsonl", show_default=True)
@common.release_option(default="all")
def replay(
    *,
    desk: str,
    problem: str | None,
    first: date,
    last: date,
    step: int,
    as_known: bool,
    by_today: bool,
    form: str,
    release: tuple[str, ...],
) -> None:
    """The assessment of every day, by the declarations then in force, as JSON Lines.

    In force on a day is the version of the problem and of sources.toml that was first used on or before it; for days
    before the first use, the first version. With --by-today it is today's version on every day: such a curve shows what
    today's files would have said, and may know what came after.
    """
    from tocsin.publish import handling, json, season, tables

    to = handling.release(release)
    days = tuple(_days(first, last, step))
    opened = common.open_desk(desk)
    curve = []
    try:
        replayed = opened.history.replay(
            problem, days=days, as_known=as_known, by_today=by_today, to=to, now=common.now()
        )
        with common.progress(len(days), "replaying") as step_done:
            for found in replayed:
                if form == "jsonl":
                    click.echo(json.encode(found.assessment).decode())
                else:
                    curve.append(found.assessment)
                step_done()
        older = [day for day in days if opened.history.answered_by_older(problem, day)]
    finally:
        opened.close()
    if by_today:
        click.echo("answered by today's files on every day, whatever was in force then", err=True)
    elif older:
        click.echo(
            f"{older[0]} to {older[-1]}: answered by the files as used on those days; today's files are others "
            "(--by-today takes today's, as tocsin assess --as-of does)",
            err=True,
        )
    else:
        click.echo("answered by today's files, which were in force on these days", err=True)
    if form == "jsonl" and sys.stdout is not None and sys.stdout.isatty():
        click.echo("(to read it: --format table)", err=True)
    if form != "jsonl":
        click.echo(tables.render(season.curve(curve), form=form, width=common.width()))


@click.command(
    epilog='Example: tocsin outcome northern-front --not-by 2022-12-31 --by "A. Analyst" --why "no unit crossed"'
)
@common.desk_argument
@click.option("--problem", metavar="ID", help="The problem, where the desk has several.")
@click.option("--happened", type=common.DAY, help="The first day of the event.")
@click.option("--not-by", type=common.DAY, help="It had not happened by the end of this day.")
@click.option("--through", type=common.DAY, help="With --happened: the last day the record covers, if later.")
@click.option("--scenario", metavar="ID", help="The scenario that came true, if that is known.")
@click.option("--by", type=common.WORDS, metavar="NAME", help="Who records it.")
@click.option("--why", type=common.WORDS, metavar="TEXT", help="On what grounds.")
@common.release_option(default="all")
def outcome(
    *,
    desk: str,
    problem: str | None,
    happened: date | None,
    not_by: date | None,
    through: date | None,
    scenario: str | None,
    by: str | None,
    why: str | None,
    release: tuple[str, ...],
) -> None:
    """Record what happened under the problem's resolution rule; without a day, show what is recorded.

    Nothing is overwritten: every record is kept, and the latest counts.
    """
    from tocsin.publish import season

    opened = common.open_desk(desk)
    try:
        if happened is None and not_by is None:
            click.echo(season.outcomes(opened.season.outcomes(problem, to=common.readers(release))))
            return
        if happened is not None and not_by is not None:
            raise UsageError("--happened and --not-by exclude each other")
        if through is not None and happened is None:
            raise UsageError("--through goes with --happened; --not-by itself names the last day known")
        if not by or not why:
            raise UsageError("a record of what happened needs --by and --why: who says so, and on what grounds")
        found = opened.season.record(
            problem,
            onset=happened,
            through=not_by or max(through or happened or date.min, happened or date.min),
            scenario=scenario,
            by=by,
            why=why,
            now=common.now(),
        )
        click.echo(season.outcomes([found]))
    finally:
        opened.close()


@click.command(epilog="Example: tocsin score northern-front --replayed season.jsonl")
@common.desk_argument
@click.option("--problem", metavar="ID", help="The problem, where the desk has several.")
@click.option(
    "--replayed",
    metavar="FILE",
    help="Score these assessments (JSON Lines of tocsin replay) in the place of what was issued.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@common.release_option(default="all")
def score(*, desk: str, problem: str | None, replayed: str | None, form: str, release: tuple[str, ...]) -> None:
    """Were we right? Proper scores of what was issued, calibration, lead time achieved, false alarms, steadiness."""
    from tocsin.publish import season

    opened = common.open_desk(desk)
    try:
        lines = _lines(replayed) if replayed else None
        found = opened.season.score(problem, replayed=lines, to=common.readers(release))
        told = opened.season.declared_by(problem, lines) if lines else ""
    finally:
        opened.close()
    if told:
        click.echo(told, err=True)
    click.echo(season.scores(found, form=form, width=common.width()))


def _lines(name: str) -> list[bytes]:
    try:
        data = sys.stdin.buffer.read(_LARGEST) if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise ReadError(f"{name}: {error.strerror or error} (name a file that tocsin replay wrote)") from error
    return [line for line in data.splitlines() if line.strip()]
