"""``tocsin add``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from tocsin.cli import common, extractors
from tocsin.errors import UsageError
from tocsin.model.time import Window

if TYPE_CHECKING:
    from tocsin.desk import Taken


@click.command(epilog="Example: tocsin add northern-front article.html --published 2022-12-02")
@click.argument("words", nargs=-1, required=True, metavar="[DESK] FILE|FOLDER|-…", type=click.Path())
@click.option("--published", type=common.WINDOW, help="Day of publication, or the first and last day it can be.")
@click.option("--retrieved", type=common.DAY, help="Day of retrieval, for a backfill. Today if left out.")
@click.option("--source", type=common.WORDS, metavar="NAME", help="The outlet, where the reports do not say.")
@click.option("--handling", type=common.WORDS, metavar="TEXT", help="A caveat to keep with the reports.")
@click.option("--lang", metavar="CODE", help="Language of the reports; found from the text if left out.")
@extractors.options
def add(
    *,
    words: tuple[str, ...],
    published: Window | None,
    retrieved: date | None,
    source: str | None,
    handling: str | None,
    lang: str | None,
    extractor: str,
    llm_url: str | None,
    llm_model: str | None,
    llm_timeout: float,
) -> None:
    """Take reports in: keep the original, read, extract, store.

    Files, folders and standard input (-). Safe to repeat: a report that is known already adds nothing. What cannot be
    read is named with its reason and the rest goes on; exit status 1 then.
    """
    from tocsin.publish import safe

    folder, names = common.desk_and_rest(words)
    if not names:
        raise UsageError("nothing to add (name files, folders, or - for standard input)")
    read = extractors.extractor(extractor, url=llm_url, model=llm_model, timeout=llm_timeout)
    desk = common.open_desk(folder)
    items = list(common.items(names))
    with common.progress(len(items), "reading") as tick:
        taken = desk.add(
            items,
            now=common.now(),
            published=published,
            retrieved=retrieved,
            outlet=source,
            handling=handling,
            lang=lang,
            extractor=read,
            on_item=lambda _: tick(),
        )
    desk.close()
    for one in taken:
        click.echo(safe.terminal(_line(one)), err=one.outcome == "failed")
    failed = sum(1 for one in taken if one.outcome == "failed")
    new = sum(1 for one in taken if one.outcome == "new")
    known = len(taken) - new - failed
    click.echo(f"{new} new, {known} known, {failed} failed; {sum(one.claims for one in taken)} claims")
    if failed:
        raise click.exceptions.Exit(1)


def _line(one: Taken) -> str:
    if one.outcome == "failed":
        return f"failed  {one.reason}"
    if one.outcome == "known":
        return f"known   {one.name}"
    echo = f", {one.echoes} of them echoes" if one.echoes else ""
    gaps = f", {one.not_understood} passages not understood" if one.not_understood else ""
    cost = f"; {extractors.spent(one.cost)}" if one.cost else ""
    return f"new     {one.name}: {one.claims} claims{echo}{gaps}{'; ' + one.reason if one.reason else ''}{cost}"
