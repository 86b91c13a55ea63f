"""``tocsin judge``: what people judge of claims."""

from __future__ import annotations

from collections.abc import Sequence

import click

from tocsin.cli import common
from tocsin.cli.tables import FORMATS
from tocsin.errors import UsageError
from tocsin.model.claim import Role
from tocsin.model.judgement import Entry, State, Verdict

_RESOLVED = (Verdict.TRUE, Verdict.FALSE)


@click.command(
    epilog='Example: tocsin judge northern-front c4be12 --true --by "A. Analyst" --why "pictures of 3 December"'
)
@click.argument("words", nargs=-1, metavar="[DESK] [CLAIM]")
@click.option("--true", "true", is_flag=True, help="What the claim says turned out so.")
@click.option("--false", "false", is_flag=True, help="It turned out otherwise.")
@click.option("--unresolved", is_flag=True, help="It cannot be told whether it was so.")
@click.option("--accept", is_flag=True, help="It was read rightly: marked as reviewed.")
@click.option("--reject", is_flag=True, help="It no longer counts, as where it was read wrongly.")
@click.option("--undo", is_flag=True, help="Withdraw the last judgement that --by made of it.")
@click.option("--by", type=common.WORDS, metavar="NAME", help="Who judges.")
@click.option("--why", type=common.WORDS, metavar="TEXT", help="On what grounds.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
def judge(
    *,
    words: tuple[str, ...],
    true: bool,
    false: bool,
    unresolved: bool,
    accept: bool,
    reject: bool,
    undo: bool,
    by: str | None,
    why: str | None,
    form: str,
) -> None:
    """Judge a claim; without one, list what was judged.

    A claim is named by its id or by the beginning of it. Nothing is overwritten: a later judgement of the same person
    takes the place of the earlier, --undo withdraws it, and where people differ neither counts.

    Resolved claims (--true, --false) make the track record of their source, see: tocsin sources.
    """
    given = {
        Verdict.TRUE: true,
        Verdict.FALSE: false,
        Verdict.UNRESOLVED: unresolved,
        Verdict.ACCEPTED: accept,
        Verdict.REJECTED: reject,
        Verdict.UNDONE: undo,
    }
    chosen = [verdict for verdict, wanted in given.items() if wanted]
    desk, rest = common.desk_and_rest(words)
    if not rest:
        if chosen or by or why:
            raise UsageError("name the claim that is judged: tocsin judge [DESK] CLAIM … (the ids: tocsin claims)")
        _list(desk, form)
        return
    if len(rest) > 1:
        raise UsageError(f"'{common.readable(rest[1])}' is one word too many: judge one claim at a time")
    if len(chosen) != 1:
        raise UsageError("say one thing of it: --true, --false, --unresolved, --accept, --reject or --undo")
    if not by or not why:
        raise UsageError("a judgement needs --by and --why: who says so, and on what grounds")
    opened = common.open_desk(desk)
    try:
        entries = opened.judge(common.readable(rest[0]), chosen[0], by=by, why=why, now=common.now())
    finally:
        opened.close()
    _show(entries, form)
    for note in _notes(entries):
        click.echo(note, err=True)


def _list(desk: str, form: str) -> None:
    opened = common.open_desk(desk)
    try:
        entries = opened.judgements()
    finally:
        opened.close()
    _show(entries, form)


def _show(entries: Sequence[Entry], form: str) -> None:
    from tocsin.publish import judged, tables

    click.echo(tables.render(judged.judgements(entries), form=form, width=common.width()))


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
