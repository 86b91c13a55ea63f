"""``tocsin add``."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import click

from tocsin.cli import common, extractors
from tocsin.errors import UsageError
from tocsin.model.time import Window

if TYPE_CHECKING:
    from tocsin.desk import Taken

_LACKS = {"outlet": "outlet unknown", "date": "no date, counts as of the day it was retrieved"}


@click.command(epilog="Example: tocsin add northern-front article.html feed.xml mail.mbox --published 2022-12-02")
@click.argument("words", nargs=-1, metavar="[DESK] FILE|FOLDER|GLOB|URL|-…", type=click.Path())
@click.option("--published", type=common.WINDOW, help="Day of publication, or the first and last day it can be.")
@click.option("--retrieved", type=common.DAY, help="Day of retrieval, for a backfill. Today if left out.")
@click.option("--source", type=common.WORDS, metavar="NAME", help="The outlet, where the reports do not say.")
@click.option("--handling", type=common.WORDS, metavar="TEXT", help="A caveat on the reports, known ones too.")
@click.option("--lang", metavar="CODE", help="Language of the reports; found from the text if left out.")
@click.option("--mapping", metavar="FILE|NAME", help="Which columns of a table or JSON Lines hold what.")
@click.option(
    "--by",
    type=common.WORDS,
    metavar="NAME",
    help="Who corrects the outlet or day of reports on record to --source and --published.",
)
@click.option("--why", type=common.WORDS, metavar="TEXT", help="On what grounds.")
@click.option("--retry", is_flag=True, help="Try again what failed before and was kept.")
@click.option("--workers", type=click.IntRange(1, 64), help="How many read at once. As many as cores if left out.")
@extractors.options
def add(
    *,
    words: tuple[str, ...],
    published: Window | None,
    retrieved: date | None,
    source: str | None,
    handling: str | None,
    lang: str | None,
    mapping: str | None,
    by: str | None,
    why: str | None,
    retry: bool,
    workers: int | None,
    extractor: str,
    llm_url: str | None,
    llm_model: str | None,
    llm_timeout: float,
) -> None:
    """Take reports in: keep the original, read, extract, store.

    Files, folders, patterns and standard input (-): text, Markdown, HTML, PDF, mail, and what holds many reports:
    feeds, mailboxes, chat exports, web archives, tables, JSON Lines, ZIP. Safe to repeat: a report that is known
    already adds nothing; where --source or --published differ from what is on record, --by and --why correct it, as
    tocsin judge does. What cannot be read is named with its reason, its bytes are kept, and the rest goes on; exit
    status 1 then.
    """
    folder, names = _parted(words)
    if not names and not retry:
        raise UsageError("nothing to add (name files, folders, or - for standard input)")
    read = extractors.extractor(extractor, url=llm_url, model=llm_model, timeout=llm_timeout)
    desk = common.open_desk(folder)
    moment = common.now()
    given = common.items(names, page=partial(desk.page, on=moment.date()))
    items = chain(desk.failed() if retry else (), given)
    with common.counting("reading") as tick:
        taken = desk.add(
            items,
            now=moment,
            published=published,
            retrieved=retrieved,
            outlet=source,
            handling=handling,
            lang=lang,
            mappings=desk.declared.mappings(mapping),
            extractor=read,
            workers=workers or common.workers(),
            by=by,
            why=why,
            on_item=lambda one: tick(one.outcome == "failed"),
        )
    desk.close()
    for one in taken:
        click.echo(_line(one), err=one.outcome in {"failed", "passed"})
    count = Counter(one.outcome for one in taken)
    echoes = sum(1 for one in taken if one.claims and one.echoes == one.claims)
    echo = f"; {echoes} of the new {'is an echo' if echoes == 1 else 'are echoes'}" if echoes else ""
    claims = sum(one.claims for one in taken)
    click.echo(f"{count['new']} new, {count['known']} known, {count['failed']} failed; {claims} claims{echo}")
    _tell(taken, folder)
    if count["failed"] or any(one.outcome == "known" and one.reason for one in taken):
        kept = sum(1 for one in taken if one.kept)
        if kept:
            are = "is" if kept == 1 else "are"
            click.echo(
                f"{kept} of the failed {are} kept, for what a mapping or a newer version mends: tocsin add "
                f"{shlex.quote(folder)} --retry (a file that you mend or make anew, add itself)",
                err=True,
            )
        raise click.exceptions.Exit(1)


def _parted(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The desk and the things to add; a first word that is nothing where no desk is here was meant for a desk."""
    folder, names = common.desk_and_rest(words)
    meant = len(words) > 1 and folder == "." and not common.is_desk(".") and common.is_nothing(words[0])
    return (words[0], words[1:]) if meant else (folder, names)


def _tell(taken: Sequence[Taken], folder: str) -> None:
    """Say on standard error what the reports lack, what was not applied, and how much of what is new counts."""
    marked = [(one.name, one.marked) for one in taken if one.marked]
    if marked:
        says, carries = ("says", "carries") if len(marked) == 1 else ("say", "carry")
        name, line = marked[0]
        _say(
            f"CAVEAT? {len(marked)} of the new {says} who may not see it and {carries} no caveat, so every release "
            f"shows it: {name}: \u201c{line}\u201d (if it holds: the same command with --handling TEXT)"
        )
    lacking = Counter(thing for one in taken for thing in one.lacks)
    if lacking["outlet"]:
        click.echo(
            f"outlet unknown in {lacking['outlet']} of the new: unnamed voices in it weigh nothing "
            "(give --source, or write source: in its head)",
            err=True,
        )
    if lacking["date"]:
        click.echo(
            f"no date in {lacking['date']} of the new: it counts as of the day it was retrieved "
            "(give --published, or write published: in its head)",
            err=True,
        )
    unlike = [one.reason for one in taken if one.outcome == "known" and one.reason]
    if unlike or lacking:
        click.echo(
            "to correct outlet or day of what is on record: the same command with --source or --published, --by NAME "
            f"and --why TEXT; or tocsin judge {shlex.quote(folder)} ID --correct outlet=NAME (or published=DATE)",
            err=True,
        )
    if any("--lang" in reason for reason in unlike):
        click.echo(
            "a language stays as it was read: write lang: in the head of a copy of the file, add that, then tocsin "
            "forget the old one",
            err=True,
        )
    for one in (counted for item in taken for counted in item.of_new):
        click.echo(
            f"{one.counting} of {one.claims} new claims count for {one.problem}: {one.set_aside} set aside, "
            f"{one.unlinked} match no phrase; see: tocsin claims {shlex.quote(folder)} --problem {one.problem}",
            err=True,
        )


def _say(note: str) -> None:
    """A note on standard error, whatever stands in it."""
    from tocsin.publish import safe

    click.echo(safe.plain(note), err=True)


def _line(one: Taken) -> str:
    if one.outcome == "failed":
        return _told("failed", one.reason)
    if one.outcome == "passed":
        return _told("note", f"{one.name}: {one.reason}")
    if one.outcome == "known":
        marked = f", now {'; '.join(one.handling.splitlines())}" if one.handling else ""
        rest = "".join(f"; {words}" for words in (*one.corrected, *([one.reason] if one.reason else ())))
        return _told("known", f"{one.name}{marked}{rest}")
    echo = f", {one.echoes} of them echoes" if one.echoes else ""
    gaps = f", {one.not_understood} passages not understood" if one.not_understood else ""
    cost = f"; {extractors.spent(one.cost)}" if one.cost else ""
    unsaid = "".join(f"; {_LACKS[thing]}" for thing in one.lacks)
    marked = f"; marked {'; '.join(one.handling.splitlines())} by its own text" if one.handling else ""
    rest = f"{echo}{gaps}{marked}{unsaid}{'; ' + one.reason if one.reason else ''}{cost}"
    return _told("new", f"{one.name}: {one.claims} claims{rest}")


def _told(outcome: str, rest: str) -> str:
    """One line, whatever is in a name."""
    from tocsin.publish import safe

    return f"{outcome:<8}{safe.plain(rest)}"
