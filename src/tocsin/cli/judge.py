"""``tocsin judge``: what people judge of claims, reports, sources and voices."""

from __future__ import annotations

from collections.abc import Sequence

import click

from tocsin.cli import common
from tocsin.cli.tables import FORMATS
from tocsin.errors import UsageError
from tocsin.model.claim import Role
from tocsin.model.judgement import Entry, State, Verdict

_RESOLVED = (Verdict.TRUE, Verdict.FALSE)
_EXAMPLES = """Example: tocsin judge northern-front c4be12 --true --by "A. Analyst" --why "pictures of 3 December"

\b
More, each with --by and --why:
  tocsin judge northern-front c4be12 --reject
  tocsin judge northern-front c4be12 --correct polarity=denied
  tocsin judge northern-front c4be12 --correct "figure 1=9000..12000 person"
  tocsin judge northern-front c4be12 --correct "origin=official: General Staff"
  tocsin judge northern-front 9d41c07be2 --correct published=2022-12-01
  tocsin judge northern-front c4be12 --link strike-groups=absent
  tocsin judge northern-front c4be12 --link none
  tocsin judge northern-front c4be12 --credibility 3
  tocsin judge northern-front hajun --grade C --topic arrivals
  tocsin judge northern-front voice:1f2e:a-source --merge-with voice:77aa:a-source
  tocsin judge northern-front c4be12 --independent-of c91d03
  tocsin judge northern-front c4be12 --undo
"""


@click.command(epilog=_EXAMPLES)
@click.argument("words", nargs=-1, metavar="[DESK] [CLAIM]")
@click.option("--true", "true", is_flag=True, help="What the claim says turned out so.")
@click.option("--false", "false", is_flag=True, help="It turned out otherwise.")
@click.option("--unresolved", is_flag=True, help="It cannot be told whether it was so.")
@click.option("--accept", is_flag=True, help="It was read rightly: marked as reviewed.")
@click.option("--reject", is_flag=True, help="It no longer counts, as where it was read wrongly.")
@click.option(
    "--correct",
    type=common.WORDS,
    metavar="FIELD=VALUE",
    help="A field was read wrongly: polarity, modality, role, origin (kind: name), when (DATE or DATE/DATE), places "
    "(with ; between), 'figure 1' (LOW..HIGH unit); of a report named in CLAIM's place: outlet, published (DATE or "
    "DATE/DATE). VALUE may be none.",
)
@click.option(
    "--link",
    "links",
    multiple=True,
    type=common.WORDS,
    metavar="ID[=SAYS]",
    help="It speaks to this indicator, gate or figure, and to no other that is not named too; SAYS is present, absent "
    "or ambiguous. none: it speaks to nothing.",
)
@click.option("--problem", metavar="ID", help="The problem of --link, where the desk has several.")
@click.option(
    "--credibility",
    type=common.WORDS,
    metavar="1-6",
    help="A digit for the item, from somebody who did not grade its source. Never 1 within an echo.",
)
@click.option(
    "--grade", type=common.WORDS, metavar="A-F", help="A letter for the source or voice named in CLAIM's place."
)
@click.option(
    "--topic", type=common.WORDS, metavar="ID", help="The indicator, gate or figure of --grade; all if left out."
)
@click.option(
    "--wording", type=common.WORDS, metavar="EDITION", help="The edition of --grade; STANAG 2511 if left out."
)
@click.option("--merge-with", type=common.WORDS, metavar="VOICE", help="The voice named in CLAIM's place is this one.")
@click.option(
    "--independent-of",
    type=common.WORDS,
    metavar="OTHER",
    help="Two claims, reports or sources do not rest on each other, whatever their words.",
)
@click.option("--undo", is_flag=True, help="Withdraw the last judgement that --by made of it.")
@click.option("--by", type=common.WORDS, metavar="NAME", help="Who judges.")
@click.option("--why", type=common.WORDS, metavar="TEXT", help="On what grounds.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
@common.release_option(default="all")
def judge(
    *,
    words: tuple[str, ...],
    true: bool,
    false: bool,
    unresolved: bool,
    accept: bool,
    reject: bool,
    correct: str | None,
    links: tuple[str, ...],
    problem: str | None,
    credibility: str | None,
    grade: str | None,
    topic: str | None,
    wording: str | None,
    merge_with: str | None,
    independent_of: str | None,
    undo: bool,
    by: str | None,
    why: str | None,
    form: str,
    release: tuple[str, ...],
) -> None:
    """Judge a claim; without one, list what was judged.

    A claim or report is named by its id or the beginning of it, a source or voice as tocsin sources --format json names
    it. A report of which outlet or day is corrected is read anew with them, and its claims keep their ids.
    Nothing is overwritten: a later judgement of the same person takes the place of the earlier, --undo withdraws it,
    and where people differ neither counts. A claim that is corrected stays as it was read beside the correction.

    Resolved claims (--true, --false) make the track record of their source, see: tocsin sources. What to judge next
    is in: tocsin queue.
    """
    given = {
        Verdict.TRUE: true,
        Verdict.FALSE: false,
        Verdict.UNRESOLVED: unresolved,
        Verdict.ACCEPTED: accept,
        Verdict.REJECTED: reject,
        Verdict.CORRECTED: correct is not None,
        Verdict.LINKED: bool(links),
        Verdict.RATED: credibility is not None,
        Verdict.GRADED: grade is not None,
        Verdict.MERGED: merge_with is not None,
        Verdict.INDEPENDENT: independent_of is not None,
        Verdict.UNDONE: undo,
    }
    chosen = [verdict for verdict, wanted in given.items() if wanted]
    desk, rest = common.desk_and_rest(words)
    if not rest:
        if chosen or by or why:
            raise UsageError("name the claim that is judged: tocsin judge [DESK] CLAIM … (the ids: tocsin claims)")
        _list(desk, form, release)
        return
    if len(rest) > 1:
        raise UsageError(f"'{common.readable(rest[1])}' is one word too many: judge one claim at a time")
    if len(chosen) != 1:
        raise UsageError(
            "say one thing of it: --true, --false, --unresolved, --accept, --reject, --correct, --link, --credibility, "
            "--grade, --merge-with, --independent-of or --undo"
        )
    if not by or not why:
        raise UsageError("a judgement needs --by and --why: who says so, and on what grounds")
    if grade is None and (topic or wording):
        raise UsageError("--topic and --wording go with --grade")
    field, value = _correction(correct)
    opened = common.open_desk(desk)
    try:
        entries = opened.judgements.judge(
            common.readable(rest[0]),
            chosen[0],
            by=by,
            why=why,
            aspect=field or topic or merge_with or independent_of or "",
            given=value or _targets(links) or credibility or " ".join(filter(None, (grade, wording))),
            problem=problem,
            to=common.readers(release),
            now=common.now(),
        )
    finally:
        opened.close()
    _show(entries, form, listed=True)
    for note in _notes(entries):
        click.echo(note, err=True)


def _correction(text: str | None) -> tuple[str, str]:
    """Field and value of ``--correct``."""
    if text is None:
        return "", ""
    field, equals, value = text.partition("=")
    if not equals or not field.strip() or not value.strip():
        raise UsageError(f"--correct '{text}': write FIELD=VALUE, such as polarity=denied")
    return field.strip(), value.strip()


def _targets(links: tuple[str, ...]) -> str:
    """The targets of ``--link``; ``none`` stands alone."""
    if links == ("none",):
        return ""
    if "none" in links:
        raise UsageError("--link none stands alone: a claim speaks to something or to nothing")
    return "; ".join(links)


def _list(desk: str, form: str, release: tuple[str, ...]) -> None:
    opened = common.open_desk(desk)
    try:
        entries = opened.judgements.entries(to=common.readers(release))
    finally:
        opened.close()
    _show(entries, form)


def _show(entries: Sequence[Entry], form: str, *, listed: bool = False) -> None:
    from tocsin.publish import judged, tables

    click.echo(tables.render(judged.judgements(entries, listed=listed), form=form, width=common.width()))


def _notes(entries: Sequence[Entry]) -> list[str]:
    """What the one who judged may not expect."""
    last = entries[-1]
    notes = []
    if last.state is State.DISPUTED:
        notes.append("disputed: others judged otherwise, so neither counts")
    if last.judgement.value in _RESOLVED and last.claim and last.claim.role not in {Role.OBSERVATION, Role.EVENT}:
        notes.append(f"kept, but no part of a track record: it is a {last.claim.role}, not an observation or event")
    if last.judgement.value is Verdict.FALSE:
        notes.append("it still counts as its source's word; to take it out of the answer, --reject it too")
    return notes
