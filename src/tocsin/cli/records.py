"""``tocsin search``, ``audit`` and ``forget``: what is on record, who put it there, and what must go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import click

from tocsin.cli import common
from tocsin.cli.tables import FORMATS
from tocsin.errors import UsageError
from tocsin.model.log import Forgotten


@click.command(epilog='Example: tocsin search northern-front "strike group*" --as-of 2022-12-02')
@click.argument("words", nargs=-1, required=True, metavar="[DESK] WORDS…")
@click.option("--as-of", type=common.DAY, help="Only what was published on or before this day.")
@click.option("--known-by", type=common.DAY, help="Only what was retrieved on or before this day.")
@click.option("--most", type=click.IntRange(1, 10_000), default=50, show_default=True, help="So many of each at most.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
@common.release_option(default="all")
def search(
    *,
    words: tuple[str, ...],
    as_of: date | None,
    known_by: date | None,
    most: int,
    form: str,
    release: tuple[str, ...],
) -> None:
    """Words found in claims and reports, the latest first.

    Every word must be there, in any case; words in inner quotes stand side by side, and train* finds trains too. A
    report is listed where no claim of it has all the words. Caveats on handling are shown beside what carries them.
    """
    from tocsin.publish import found, safe, tables

    desk, rest = common.desk_and_rest(words)
    asked, to = common.readable(" ".join(rest)), common.readers(release)
    opened = common.open_desk(desk)
    try:
        hits, gone = opened.search(asked, as_of=as_of, known_by=known_by, most=most, to=to)
    finally:
        opened.close()
    if gone:
        click.echo(gone.told(), err=True)
    if not hits and form == "table":
        click.echo(f"nothing found for {safe.plain(asked)}")
        return
    click.echo(tables.render(found.hits(hits), form=form, width=common.width()))


@click.command(epilog="Example: tocsin audit northern-front --format csv")
@common.desk_argument
@click.option("--subject", type=common.WORDS, metavar="THING", help="Only what concerns this claim, problem or report.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
@common.release_option(default="all")
def audit(*, desk: str, subject: str | None, form: str, release: tuple[str, ...]) -> None:
    """Who did what to what, when and why: every signed act on the desk, oldest first."""
    from tocsin.publish import found, tables

    opened = common.open_desk(desk)
    try:
        acts = opened.acts(subject, to=common.readers(release))
    finally:
        opened.close()
    click.echo(tables.render(found.acts(acts), form=form, width=common.width()))


_NOT_FOUND = {
    Forgotten.REPORT: (
        "notes on looks, hand-over notes and reasons were searched for its title, its address and the sentences of its"
        " claims only: what tells it in other words stays (see: tocsin looks, tocsin audit)"
    ),
    Forgotten.VOICE: (
        "notes on looks, hand-over notes and reasons were searched for the name only; originals of reports whose text"
        " does not hold it were not searched"
    ),
}
"""What forgetting cannot find."""


@click.command(epilog='Example: tocsin forget my-desk "A. Person" --by "A. Analyst" --why "asked for protection"')
@click.argument("words", nargs=-1, required=True, metavar="[DESK] REPORT|VOICE")
@click.option("--by", type=common.WORDS, metavar="NAME", help="Who orders it.")
@click.option("--why", type=common.WORDS, metavar="TEXT", help="On what grounds.")
def forget(*, words: tuple[str, ...], by: str | None, why: str | None) -> None:
    """Erase a report or a voice everywhere; a tombstone stays.

    A report goes with its original, its text, its claims, what was quoted of them in issued assessments, notes and
    judgements, and the grounds of grades of those who speak in it alone. Of a voice the claims go and its name; the
    reports it speaks in stay, blackened, without originals. Kept bytes of failed intakes go where they hold it or
    cannot be searched, such as archives. It cannot be undone, and the same bytes are never taken in again: an outlet
    or a day that is wrong is mended with tocsin judge --correct instead. Not reached: copies outside the desk, such as
    backups and exports, and what somebody wrote down in other words.
    """
    from tocsin.publish import safe

    desk, rest = common.desk_and_rest(words)
    if len(rest) != 1:
        raise UsageError("name one report or one voice (a name of several words in quotes)")
    if not by or not why:
        raise UsageError("forgetting needs --by and --why: who orders it, and on what grounds")
    opened = common.open_desk(desk)
    try:
        erased = opened.forget(common.readable(rest[0]), by=by, why=why, now=common.now())
    finally:
        opened.close()
    stone = erased.stone
    if erased.again:
        click.echo(f"erased before, on {stone.at:%Y-%m-%d} by {stone.by}; what was left over is gone now")
        _still(erased.still)
        return
    click.echo(f"erased: {erased.claims} claims, in {len(stone.reports)} reports; the tombstone says who and why")
    if stone.kind is Forgotten.REPORT:
        click.echo("the same bytes are not taken in again")
    for file in erased.failed:
        click.echo(f"kept bytes of a failed intake erased: {file}; add it again if it is needed")
    click.echo(_NOT_FOUND[stone.kind])
    for place in erased.unjudged:
        click.echo(f"judge it yourself: {safe.plain(place)}", err=True)
    _still(erased.still)


def _still(files: Iterable[str]) -> None:
    from tocsin.publish import safe

    for file in files:
        click.echo(
            f"{safe.plain(file)}: it, or a part of it, still stands there, in a file of your own: change it yourself",
            err=True,
        )
