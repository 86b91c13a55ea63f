"""A mail's text parted into what its sender wrote, what is forwarded with it, and what is only quoted in answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from tocsin.model.time import Window
from tocsin.read.clean import clean
from tocsin.read.dates import parse_words

_MOST = 20
"""So many messages within one another are taken apart."""
_MOST_LINES = 20_000
"""Of a longer text nothing is taken apart but what is marked as quoted."""
_HEADER_LINES = 40
_LONGEST = 400

_FORWARDED = re.compile(
    r"[\s*_]*(?:[-=_]{2,}\s*(?:forwarded message|forwarded by\b.*|"
    r"message (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée]|transmis)|"
    r"weitergeleitete nachricht|mensaje reenviado|mensagem encaminhada|messaggio inoltrato|"
    r"переслан\w* (?:сообщение|письмо)|пересылаем\w* (?:сообщение|письмо)|переслан\w* повідомлення)\b.*|"
    r"(?:begin forwarded message|d[ée]but du message (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée])|"
    r"anfang der weitergeleiteten (?:nachricht|e-mail)|inicio del mensaje reenviado|"
    r"начало (?:переадресованного|пересылаемого) сообщения)\s*:?)[\s*_]*",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"[\s*_]*[-=_]{2,}\s*(?:original message|message d.origine|urspr[üu]ngliche nachricht|mensaje original|"
    r"mensagem original|исходное сообщение|оригинальное сообщение)\s*[-=_]*[\s*_]*",
    re.IGNORECASE,
)
_SUBJECT_FORWARD = re.compile(r"\s*(?:\[[^\]]{0,60}\]\s*)?(?:fwd?|tr|wg|rv|enc|пересл?|i)\s*:", re.IGNORECASE)
_SUBJECT_REPLY = re.compile(
    r"\s*(?:\[[^\]]{0,60}\]\s*)?(?:re|aw|r[ée]p?|antw|sv|odp|отв|res)\s*(?:\[\d+\])?:", re.IGNORECASE
)
_KEYS = {
    **dict.fromkeys(("from", "de", "von", "от", "від", "da"), "from"),
    **dict.fromkeys(("date", "sent", "envoyé", "gesendet", "datum", "enviado", "fecha", "дата", "отправлено"), "date"),
    **dict.fromkeys(("subject", "objet", "betreff", "asunto", "assunto", "тема", "oggetto"), "subject"),
    **dict.fromkeys(
        ("to", "à", "an", "para", "кому", "a", "cc", "kopie", "копия", "bcc", "reply-to", "importance"), "to"
    ),
}
_HEADER = re.compile(
    rf"[\s*_]*(?P<key>{'|'.join(sorted(map(re.escape, _KEYS), key=len, reverse=True))})\s?[*_]*:[*_]*\s*(?P<value>.*)",
    re.IGNORECASE,
)
_CLOCKED = r".{4,60}?\d{1,2}[:hH]\d{2}(?::\d{2})?(?:\s?[APap]\.?[Mm]\.?)?(?:\s(?:[+-]\d{4}|[A-Z]{3,4}))?"
_MOMENT = rf"(?:{_CLOCKED}|.{{4,60}}?\d{{4}})"
_WROTE = re.compile(
    rf"\s*(?:On|Le|Am|El|Em)\s+(?P<date>{_MOMENT})[,\s]+(?:schrieb\s+)?(?P<who>\S.{{0,150}}?)"
    r"(?:\s+wrote|\s+a écrit|\s+escribió|\s+escreveu)?\s*:\s*"
)
_SAID_SO = re.compile(r"\b(?:wrote|a écrit|schrieb|escribió|escreveu)\b.{0,150}:\s*$")
_CLOCK = re.compile(r"(?:\s*\b(?:at|à|um|a las|às)\b)?[\s,]*\b\d{1,2}[:hH.]\d{2}(?::\d{2})?\b.*$")
_WEEKDAY = re.compile(r"^[^\W\d_]{2,10}\.?,?\s+(?=\d|[A-Z][a-z]{2,8}\.?\s\d)")
_RULE = re.compile(r"\s*[-_=]{5,}\s*")
_END = re.compile(r"\s*[-=_]{2,}\s*end of forwarded.*", re.IGNORECASE)


class Forward(NamedTuple):
    """A message that another one forwards: who sent it, on which day, under which title; None where it does not say."""

    text: str
    sender: str | None = None
    sent: Window | None = None
    title: str | None = None


class Parted(NamedTuple):
    """The text of a message without those of others; whether others are quoted in answer; what is forwarded."""

    own: str
    quoted: bool = False
    forwards: tuple[Forward, ...] = ()


def parted(text: str, *, subject: str = "") -> Parted:
    r"""Part the plain text of a message.

    What stands under a line such as "Forwarded message" or "Begin forwarded message:", or under a head of its own
    (From, Date, Subject), is forwarded, unless the subject says that the mail is an answer; so is what lines marked ">"
    hold under a subject that begins with "Fwd:". Other lines marked ">" are quoted. A text that only quotes is kept.

    Args:
        text: The text; lines that quote begin with ">".
        subject: The subject of the message.

    >>> parted("Look.\n---------- Forwarded message ---------\nFrom: A. Rowe <a@x.org>\n\nThe ford is shut.").forwards
    (Forward(text='The ford is shut.', sender='A. Rowe', sent=None, title=None),)
    >>> parted("I agree.\n> Is the ford open?\n")
    Parted(own='I agree.\n', quoted=True, forwards=())
    """
    lines = text.split("\n")
    return _parted(lines, subject, left=_MOST if len(lines) <= _MOST_LINES else 0)


def _parted(lines: list[str], subject: str, *, left: int) -> Parted:
    answer = _SUBJECT_REPLY.match(subject) is not None
    start, explicit = _begins(lines) if left else (None, False)
    found: tuple[Forward, ...] = ()
    quoted = False
    if start is not None:
        own, rest = _without_rule(lines[:start]), lines[start:]
        if answer and not explicit:
            quoted = True
        else:
            block, after = _unquoted(rest)
            found, own = _forwards(block, left=left), [*own, *after]
        lines = own
    marked = [number for number, line in enumerate(lines) if _is_quoted(line)]
    if not marked or (not found and len(marked) == sum(bool(line.strip()) for line in lines)):
        if marked and left and _is_forward(lines, subject):
            return Parted("", quoted, (*_forwards([_bare(line) for line in lines], left=left), *found))
        return Parted("\n".join(lines), quoted, found)
    said = _said_before(lines, marked[0])
    own = [line for number, line in enumerate(lines) if not _is_quoted(line) and number not in said]
    block = [_bare(line) if _is_quoted(line) else "" for line in lines[marked[0] : marked[-1] + 1]]
    if left and _is_forward([*(lines[number] for number in said), *block], subject):
        inner = _forwards([*(lines[number] for number in said), *block], left=left)
        return Parted("\n".join(own), quoted, (*inner, *found))
    return Parted("\n".join(own), True, found)  # noqa: FBT003 - a field of a tuple


def _is_forward(lines: Sequence[str], subject: str) -> bool:
    """Are quoted lines forwarded: by the subject of the mail that holds them, or by a line that begins them?"""
    return _SUBJECT_FORWARD.match(subject) is not None or any(_whole(_FORWARDED, _bare(line)) for line in lines)


def _forwards(lines: list[str], *, left: int) -> tuple[Forward, ...]:
    """The message that begins here, and those that it forwards itself."""
    lines = [line for line in lines if not _whole(_END, line)]
    at = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if at < len(lines) and (_whole(_FORWARDED, lines[at]) or _whole(_ORIGINAL, lines[at])):
        at += 1
    head, body = _head(lines, at)
    said = _WROTE.fullmatch(" ".join(lines[at:body]).strip()) if not head and body > at else None
    if said is not None:
        head = {"from": said.group("who"), "date": said.group("date")}
    inner = _parted(lines[body:], "Fwd:", left=left - 1)  # what came along with it came along too
    own = Forward(
        inner.own.strip("\n"), _sender(head.get("from", "")), _day(head.get("date", "")), clean(head.get("subject"))
    )
    return (*([own] if own.text.strip() else []), *inner.forwards)


def _begins(lines: Sequence[str]) -> tuple[int | None, bool]:
    """The line at which another message begins that is not marked as quoted, and whether it says "forwarded"."""
    for number, line in enumerate(lines):
        if _is_quoted(line):
            continue
        if _whole(_FORWARDED, line):
            return number, True
        if _whole(_ORIGINAL, line):
            return number, False
        found = _whole(_HEADER, line)
        if found is not None and _KEYS[found.group("key").lower()] == "from":
            head, _ = _head(lines, number)
            if len(head) > 2 and {"from", "date"} <= head.keys():
                return number, False
    return None, False


def _head(lines: Sequence[str], start: int) -> tuple[dict[str, str], int]:
    """The head of a message by kind of line, and where its text begins; without a head, after "On … X wrote:"."""
    head: dict[str, str] = {}
    at = stop = start
    last = ""
    while at < min(len(lines), start + _HEADER_LINES):
        line = lines[at]
        found = _whole(_HEADER, line)
        if found is not None and (last or not head):
            if head and _KEYS[found.group("key").lower()] == "from" and "from" in head:
                break
            last = _KEYS[found.group("key").lower()]
            head.setdefault(last, found.group("value").strip()[:_LONGEST])
            stop = at + 1
        elif line.strip() and (not head or last != "to" or not lines[at - 1].strip() or "@" not in line):
            break
        elif line.strip():
            stop = at + 1
        at += 1
    if "from" in head:
        return head, stop
    first = next((number for number in range(start, min(len(lines), start + 5)) if lines[number].strip()), start)
    for size in (1, 2, 3):
        said = " ".join(lines[first : first + size]).strip()
        if _says_who(said):
            return {}, first + size
    return {}, start


def _said_before(lines: Sequence[str], first: int) -> range:
    """The lines just before the quoted ones that say who wrote them: "On 3 March 2026, A. Rowe wrote:"."""
    stop = first
    while stop and not lines[stop - 1].strip():
        stop -= 1
    for size in (1, 2, 3):
        said = " ".join(lines[max(0, stop - size) : stop]).strip()
        if _says_who(said):
            return range(max(0, stop - size), stop)
    return range(0)


def _says_who(line: str) -> bool:
    return len(line) <= _LONGEST and _SAID_SO.search(line) is not None and _WROTE.fullmatch(line) is not None


def _without_rule(lines: list[str]) -> list[str]:
    """Lines without the rule at their end by which a mail program parts its own text from the next."""
    last = next((number for number in range(len(lines) - 1, -1, -1) if lines[number].strip()), None)
    return lines[:last] if last is not None and _whole(_RULE, lines[last]) else lines


def _unquoted(lines: list[str]) -> tuple[list[str], list[str]]:
    """What stands under a line that begins a forward, without marks; and what follows a stretch of marked lines."""
    marked = [number for number, line in enumerate(lines) if _is_quoted(line)]
    plain = [number for number in range(1, marked[0]) if lines[number].strip()] if marked else [0]
    if plain:
        return lines, []
    return [lines[0], *(_bare(line) for line in lines[1 : marked[-1] + 1])], lines[marked[-1] + 1 :]


def _whole(pattern: re.Pattern[str], line: str) -> re.Match[str] | None:
    """The match of a whole line; a line too long to be of a head or a mark is none."""
    return pattern.fullmatch(line) if len(line) <= _LONGEST else None


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def _bare(line: str) -> str:
    """A line without the mark that quotes it.

    >>> _bare("> > Open?"), _bare("Open.")
    ('> Open?', 'Open.')
    """
    return line.lstrip()[1:].removeprefix(" ") if _is_quoted(line) else line


def _sender(given: str) -> str | None:
    """The name in "A. Rowe <a@x.org>", else the address.

    >>> _sender('"A. Rowe" <a@x.org>'), _sender("<a@x.org>"), _sender("A. Rowe [mailto:a@x.org]"), _sender("Rowe")
    ('A. Rowe', 'a@x.org', 'A. Rowe', 'Rowe')
    """
    name, _, address = given.partition("<") if "<" in given else given.partition("[")
    return clean(name.strip(" \"'*_")) or clean(address.strip(" >]*_").removeprefix("mailto:"))


def _day(given: str) -> Window | None:
    """The day in a head's date, as mail programs write it.

    >>> _day("Mon, 16 Nov 2026 at 18:05") == _day("Monday, November 16, 2026 6:05 PM") == _day("2026-11-16 18:05")
    True
    """
    try:
        return Window.on(parsedate_to_datetime(given).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        bare = _WEEKDAY.sub("", _CLOCK.sub("", given.strip(" *_")).strip(" ,")).strip(" ,.")
        return parse_words(bare)
