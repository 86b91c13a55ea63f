"""Commands that keep nothing: ``tocsin extract``, ``infer`` and ``pool``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tocsin.cli import common, extractors
from tocsin.model.time import Window


@click.command(
    epilog="Example: tocsin extract report.html --published 2022-12-02 --format jsonl. With a language model: tocsin "
    "extract report.html --extractor llm --llm-url http://localhost:8000/v1 --llm-model NAME"
)
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER|GLOB|-…", type=click.Path())
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.option("--with-text", is_flag=True, help="A header line with title, day and text before each report's claims.")
@click.option("--figures", is_flag=True, help="The header also carries every figure of the text, in a claim or not.")
@click.option("--published", type=common.WINDOW, help="Day of publication, or the first and last day it can be.")
@click.option("--lang", metavar="CODE", help="Language of the reports; found from the text if left out.")
@click.option("--source", type=common.WORDS, metavar="NAME", help="The outlet, where the reports do not say.")
@click.option("--mapping", metavar="FILE", help="Which columns of a table or JSON Lines hold what.")
@extractors.options
def extract(
    *,
    files: tuple[str, ...],
    form: str,
    with_text: bool,
    figures: bool,
    published: Window | None,
    lang: str | None,
    source: str | None,
    mapping: str | None,
    extractor: str,
    llm_url: str | None,
    llm_model: str | None,
    llm_timeout: float,
) -> None:
    """Reports in, claims out; nothing is kept.

    Files, folders, patterns and standard input (-), of all kinds that `tocsin add` reads. What cannot be read is named
    on standard error and the others go on; exit
    status 1 then.
    """
    from tocsin import desk as desks
    from tocsin.publish import extraction, safe

    read = extractors.extractor(extractor, url=llm_url, model=llm_model, timeout=llm_timeout)
    reading = desks.Reading(published=published, lang=lang, outlet=source, mappings=desks.mappings_for(mapping))
    failed = count = 0
    for one in desks.read_all(common.items(files), reading=reading, extractor=read, workers=common.workers()):
        name = one.taken.name
        count += one.taken.outcome != "passed"
        if one.read is None:
            failed += one.taken.outcome == "failed"
            told = one.taken.reason if one.taken.outcome == "failed" else f"{name}: {one.taken.reason}"
            click.echo(safe.terminal(f"tocsin: {told}"), err=True)
            continue
        report, found = one.read
        if form == "jsonl":
            click.echo(extraction.jsonl(report, found, with_text=with_text or figures, figures=figures), nl=False)
        else:
            click.echo(extraction.table(report, found, width=common.width()))
        if found.cost is not None:
            click.echo(safe.terminal(f"tocsin: {name}: {extractors.spent(found.cost)}"), err=True)
        for note in report.notes:
            click.echo(safe.terminal(f"tocsin: {name}: {note}"), err=True)
        if report.lang not in (None, "en"):
            click.echo(safe.terminal(f"tocsin: {name}: language {report.lang}: read, but no claims taken"), err=True)
    if failed:
        click.echo(f"tocsin: {failed} of {count} could not be read", err=True)
        raise click.exceptions.Exit(1)


@click.command(epilog="Example: tocsin infer problem.toml evidence.jsonl --as-of 2022-12-02 --format json")
@click.argument("problem", metavar="PROBLEM.toml", type=click.Path())
@click.argument("evidence", metavar="EVIDENCE.jsonl", type=click.Path())
@click.option("--as-of", type=common.DAY, required=True, help="The day assessed.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def infer(*, problem: str, evidence: str, as_of: date, form: str) -> None:
    """Inference on evidence coded by hand or by another program ('-' reads it from standard input)."""
    from tocsin import desk as desks
    from tocsin.publish import json, page, safe

    found, linked, warnings = desks.infer_coded(Path(problem), common.read_text(evidence), file=evidence, as_of=as_of)
    for warning in warnings:
        click.echo(safe.terminal(f"note: {warning}"), err=True)
    if form == "json":
        click.echo(json.encode(found).decode())
    else:
        text = page.render(found, claims={}, reports={}, linked=linked, width=common.width(), colour=common.colour())
        click.echo(text)


@click.command(epilog="Example: tocsin pool readings.jsonl --need 80000 100000 --as-of 2022-12-02")
@click.argument("readings", metavar="READINGS.jsonl", type=click.Path())
@click.option("--need", nargs=2, type=float, metavar="LOW HIGH", help="What is needed (5 and 95 %).")
@click.option(
    "--expect", nargs=2, type=float, metavar="LOW HIGH", help="What was expected before any report (5 and 95 %)."
)
@click.option("--attempt", nargs=2, type=float, metavar="LOW HIGH", help="What would suffice to try (5 and 95 %).")
@click.option("--part", nargs=2, type=float, metavar="LOW HIGH", help="A part that some count in (5 and 95 %).")
@click.option("--as-of", type=common.DAY, help="The day assessed; the newest reading's day if left out.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="json", show_default=True)
def pool(
    *,
    readings: str,
    need: tuple[float, float] | None,
    expect: tuple[float, float] | None,
    attempt: tuple[float, float] | None,
    part: tuple[float, float] | None,
    as_of: date | None,
    form: str,
) -> None:
    """Pool conflicting figures into one distribution.

    With --part, a reading's `of` says what it counts: "total" with the part, "rest" without it, "part" alone; any
    other word leaves it open.
    """
    from tocsin.infer import coded, figures
    from tocsin.model.problem import FigurePart
    from tocsin.publish import json, pooled

    found = coded.parse_readings(common.read_text(readings), file=readings)
    apart = None if part is None else FigurePart(of="the part", expect=part)
    result = figures.pool(found, expect=expect, need=need, attempt=attempt, part=apart, as_of=as_of)
    click.echo(json.to_json(result).decode() if form == "json" else pooled.render(result, width=common.width()))
