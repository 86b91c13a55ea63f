"""``tocsin handover``: the note that one watch leaves to the next."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click

from tocsin.cli import common
from tocsin.errors import UsageError


class MomentType(click.ParamType[datetime]):
    """A moment in UTC: a day, or a day and a time."""

    name = "TIME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Turn ``2022-12-02T18:00`` into a moment; a time with a zone is brought to UTC."""
        if isinstance(value, datetime):
            return value
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is no time (write it like 2022-12-02T18:00, in UTC)", param, ctx)
        return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


@click.command(epilog='Example: tocsin handover northern-front --by "N. Watch" --query "Who heard the trains?"')
@common.desk_argument
@click.option("--by", type=common.WORDS, metavar="NAME", help="Who had the watch; with --acknowledge, who takes it.")
@click.option("--since", type=MomentType(), help="When the watch began, in UTC. The last note if left out.")
@click.option("--problem", metavar="ID", help="One problem alone; all of the desk's if left out.")
@click.option("--as-of", type=common.DAY, help="The day assessed. Today if left out.")
@click.option("--query", "asked", multiple=True, type=common.WORDS, metavar="TEXT", help="An open query to hand on.")
@click.option(
    "--close", "closed", multiple=True, type=int, metavar="N", help="A query of the last note that is closed."
)
@click.option("--acknowledge", is_flag=True, help="Take the watch over: the last note is read and acknowledged.")
@click.option("--last", is_flag=True, help="Show the last note again, and who took over.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="The file to write; standard output if left out.")
@common.release_option(default="all")
def handover(
    *,
    desk: str,
    by: str | None,
    since: datetime | None,
    problem: str | None,
    as_of: date | None,
    asked: tuple[str, ...],
    closed: tuple[int, ...],
    acknowledge: bool,
    last: bool,
    form: str,
    output: str | None,
    release: tuple[str, ...],
) -> None:
    """Write the note that one watch leaves to the next, and keep it.

    The answer then and now, what changed and why, what was looked at and not found, what nobody looked at, judgements
    in dispute, open queries, alerts, decisions near. Open queries are handed on until they are closed.
    """
    from tocsin.publish import handling
    from tocsin.publish import handover as pages
    from tocsin.publish import json as outputs

    if last and (acknowledge or by or since or problem or as_of or asked or closed):
        raise UsageError("--last shows what is kept; it goes with --format and -o alone")
    if (last or acknowledge) and release != (handling.EVERYTHING,):
        raise UsageError("--release is for a note that is written; write one for those readers")
    if not last and not by:
        raise UsageError("name who had the watch: tocsin handover [DESK] --by NAME")
    opened = common.open_desk(desk)
    moment = common.now()
    try:
        if last:
            note, taken = opened.handed_over()
        elif acknowledge:
            note, taken = opened.take_over(by=by or "", now=moment)
        else:
            note = opened.hand_over(
                problem,
                by=by or "",
                since=since,
                as_of=as_of or moment.date(),
                asked=asked,
                closed=closed,
                to=handling.release(release),
                now=moment,
            )
            taken = None
    finally:
        opened.close()
    if form == "json":
        common.write(outputs.to_json({"note": note, "taken": taken}, indent=1).decode() + "\n", output)
    else:
        common.write(pages.render(note, taken=taken, width=common.width()), output)
