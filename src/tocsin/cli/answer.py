"""``tocsin assess``, ``brief`` and ``why``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from tocsin.cli import common
from tocsin.errors import UsageError

if TYPE_CHECKING:
    from tocsin.desk import Assessed


def page_text(assessed: Assessed, *, withheld: str = "") -> str:
    """The assessment as a page for the terminal."""
    from tocsin.publish import page

    return page.render(
        assessed.assessment,
        claims=assessed.claims,
        reports=assessed.stream.reports,
        ratings=assessed.stream.ratings,
        linked=assessed.linked,
        withheld=withheld,
        width=common.width(),
        colour=common.colour(),
    )


def assessed_of(desk: str, *, problem: str | None, as_of: date | None, known_by: date | None) -> Assessed:
    """The assessment that the common options ask for."""
    moment = common.now()
    opened = common.open_desk(desk)
    try:
        return opened.assess(problem, as_of=as_of or moment.date(), known_by=known_by, now=moment)
    finally:
        opened.close()


@click.command(epilog="Example: tocsin assess northern-front --as-of 2022-12-02")
@common.desk_argument
@common.as_of_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--issue", is_flag=True, help="Keep it as issued; --by names the signer.")
@click.option("--by", type=common.WORDS, metavar="NAME", help="Who signs.")
@click.option(
    "--judgement", type=common.WORDS, metavar="TEXT", help="The signer's own judgement, kept beside the model's."
)
@click.option(
    "--probability",
    type=click.FloatRange(0.0, 1.0),
    metavar="P",
    help="The signer's own probability of the headline, kept beside the model's and scored beside it.",
)
@click.option("--dissent", type=common.WORDS, metavar="TEXT", help="A dissenting view, kept beside it.")
@click.option("--as-issued", is_flag=True, help="Print what was issued as of that day, word for word and whole.")
@common.release_option(default="all")
def assess(
    *,
    desk: str,
    problem: str | None,
    as_of: date | None,
    known_by: date | None,
    form: str,
    issue: bool,
    by: str | None,
    judgement: str | None,
    probability: float | None,
    dissent: str | None,
    as_issued: bool,
    release: tuple[str, ...],
) -> None:
    """The assessment as of a day.

    In this order: the answer; confidence and what it rests on; how soon; what changed; why; what speaks against;
    conflicting figures; who says so and who disagrees; what would change it; what nobody looked at.
    """
    from tocsin.publish import handling, json

    if as_issued:
        if not handling.release(release).everything:
            raise UsageError(
                "--as-issued prints what was issued word for word, and nothing in it can be withheld (for these "
                "readers assess that day anew: --as-of, --known-by and --release, without --as-issued)"
            )
        _print_issued(desk, problem=problem, on=as_of, form=form)
        return
    if issue and not by:
        raise UsageError("--issue needs --by: an issued assessment is signed")
    if not issue and (by or judgement or dissent or probability is not None):
        raise UsageError("--by, --judgement, --probability and --dissent go with --issue")
    moment = common.now()
    opened = common.open_desk(desk)
    assessed = opened.assess(problem, as_of=as_of or moment.date(), known_by=known_by, now=moment)
    if issue and by:
        new = opened.season.issue(
            assessed, by=by, judgement=judgement, dissent=dissent, probability=probability, now=moment
        )
        done = "issued" if new else "issued already"
        click.echo(f"{done} as of {assessed.assessment.as_of}, signed {by}", err=True)
    opened.close()
    if assessed.assessment.as_of > assessed.problem.by:
        told = f"{assessed.assessment.as_of} lies after the last day of the question, {assessed.problem.by}"
        click.echo(f"{told}: nothing is left to ask of the headline", err=True)
    shown, withheld = common.released(assessed, release)
    click.echo(json.encode(shown.assessment).decode() if form == "json" else page_text(shown, withheld=withheld))


def _print_issued(desk: str, *, problem: str | None, on: date | None, form: str) -> None:
    from tocsin.publish import issued

    opened = common.open_desk(desk)
    found = opened.season.issued(problem, on=on)
    opened.close()
    if not found:
        day = f" as of {on}" if on else ""
        raise UsageError(f"{desk}: nothing was issued{day} (keep an assessment with: tocsin assess --issue --by NAME)")
    if form == "json":
        for one in found:
            click.echo(one.payload.decode())
    else:
        click.echo(issued.render(found, width=common.width()))


@click.command(epilog="Example: tocsin brief northern-front --as-of 2022-12-02 -o brief.html")
@common.desk_argument
@common.as_of_options
@click.option("-o", "--output", required=True, metavar="FILE", help="The page to write; - for standard output.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "markdown"]),
    help="What to write; by the name of the file (.html, .md) if left out, and HTML on standard output.",
)
@common.release_option(default="TLP:CLEAR")
def brief(
    *,
    desk: str,
    problem: str | None,
    as_of: date | None,
    known_by: date | None,
    output: str,
    form: str | None,
    release: tuple[str, ...],
) -> None:
    """The assessment as one self-contained page: no network, good on a phone and on paper.

    As Markdown (-o brief.md) it has no pictures and can be written on in. What carries a handling caveat is left out of
    either, and counted, unless --release covers it.
    """
    from tocsin.publish import brief as pages
    from tocsin.publish import markdown

    named = {"html": (".html", ".htm"), "markdown": (".md", ".markdown")}
    meant = form or next((key for key, ends in named.items() if output.lower().endswith(ends)), None)
    if meant is None and output != "-":
        raise UsageError(f"{output}: this version writes .html and .md (print the .html from the browser for paper)")
    assessed = assessed_of(desk, problem=problem, as_of=as_of, known_by=known_by)
    assessed, withheld = common.released(assessed, release)
    render = markdown.render if meant == "markdown" else pages.render
    text = render(
        assessed.assessment,
        claims=assessed.claims,
        reports=assessed.stream.reports,
        ratings=assessed.stream.ratings,
        linked=assessed.linked,
        withheld=withheld,
    )
    common.write(text, output)


@click.command(epilog="Example: tocsin why northern-front strike-groups --as-of 2022-12-02")
@click.argument("words", nargs=-1, required=True, metavar="[DESK] THING")
@common.as_of_options
@common.release_option(default="all")
def why(
    *,
    words: tuple[str, ...],
    problem: str | None,
    as_of: date | None,
    known_by: date | None,
    release: tuple[str, ...],
) -> None:
    """The reasons behind a number: of a scenario, gate, indicator, figure, claim or source, back to the words."""
    from tocsin.publish import why as pages

    desk, rest = common.desk_and_rest(words)
    if len(rest) != 1:
        raise UsageError("name one thing: a scenario, gate, indicator, figure, claim or source")
    assessed, _ = common.released(assessed_of(desk, problem=problem, as_of=as_of, known_by=known_by), release)
    click.echo(
        pages.render(
            assessed.assessment,
            rest[0],
            claims=assessed.claims,
            reports=assessed.stream.reports,
            ratings=assessed.stream.ratings,
            linked=assessed.linked,
        )
    )
