"""Chat exports of Telegram (``result.json``): one report per message; a channel speaks itself, a group has members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

import msgspec

from tocsin.errors import ReadError
from tocsin.read.clean import clean
from tocsin.read.dates import parse_day
from tocsin.read.entry import Entry
from tocsin.read.items import Item, PassedOver, Stream
from tocsin.read.kind import Kind
from tocsin.read.limits import MAX_CHAT_BYTES, MAX_ENTRIES


class _Piece(msgspec.Struct):
    """A stretch of a message with a format: bold, a link, a mention."""

    text: str = ""


class _Message(msgspec.Struct):
    """One message, or a notice of the service."""

    type: str = ""
    id: int | str = ""
    date: str = ""
    text: str | list[str | _Piece] = ""
    sender: str | None = msgspec.field(name="from", default=None)
    author: str | None = None
    forwarded_from: str | None = None
    answered: int | str | None = msgspec.field(name="reply_to_message_id", default=None)


class _Chat(msgspec.Struct):
    """One chat or channel."""

    messages: list[_Message]
    name: str | None = None
    type: str = ""


class _Chats(msgspec.Struct):
    """The chats of an account."""

    held: list[_Chat] = msgspec.field(name="list")


class _Account(msgspec.Struct):
    """The export of a whole account."""

    chats: _Chats


def messages(stream: BinaryIO, *, name: str) -> Stream:
    """The messages of an export, oldest first, as they stand in it.

    Raises:
        ReadError: It is too large, no JSON, or no export of chats.
    """
    data = stream.read(MAX_CHAT_BYTES + 1)
    if len(data) > MAX_CHAT_BYTES:
        raise ReadError(f"{name}: more than {MAX_CHAT_BYTES // 1_000_000} MB, which is the limit (export fewer months)")
    chats = _chats(data, name=name)
    if sum(len(chat.messages) for chat in chats) > MAX_ENTRIES:
        raise ReadError(f"{name}: more than {MAX_ENTRIES:,} messages, which is the limit (export fewer months)")
    other: Counter[str] = Counter()
    for chat in chats:
        outlet = clean(chat.name) or "a chat without a name"
        channel = chat.type.endswith("channel")
        senders = {} if channel else {str(one.id): clean(one.sender) or "" for one in chat.messages}
        for message in chat.messages:
            text = "".join(_texts(message.text))
            if message.type != "message":
                other["notices of the service"] += 1
            elif not text.strip():
                other["messages without words"] += 1
            else:
                entry = _entry(message, text, outlet=outlet, channel=channel)
                data, former = entry.encoded(), b""
                if not channel:
                    former = data
                    answers = _answers(message, senders)
                    data = replace(entry, form="group", answers=answers).encoded()
                label = f"{name}: {outlet}, message {clean(str(message.id)) or '?'}"
                yield Item(name=label, data=data, kind=Kind.ENTRY, former=former)
    for what, count in sorted(other.items()):
        yield PassedOver(name=name, count=count, what=what)


def _chats(data: bytes, *, name: str) -> list[_Chat]:
    cure = "export it from Telegram as machine-readable JSON; of tables and lists save JSON Lines and declare a mapping"
    try:
        kind: Any = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        if "messages" in kind:
            return [msgspec.json.decode(data, type=_Chat)]
        if "chats" in kind:
            return msgspec.json.decode(data, type=_Account).chats.held
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, ValueError) as error:
        reason = clean(str(error)) or "damaged"
        raise ReadError(f"{name}: this JSON file is no chat export: {reason} ({cure})") from error
    raise ReadError(f"{name}: this JSON file is no chat export ({cure})")


def _texts(text: str | list[str | _Piece]) -> Iterator[str]:
    if isinstance(text, str):
        yield text
        return
    for piece in text:
        yield piece if isinstance(piece, str) else piece.text


def _answers(message: _Message, senders: Mapping[str, str]) -> str:
    """Which message of its group a message answers, and whose that was."""
    if message.answered is None:
        return ""
    number = str(message.answered)
    who = senders.get(number)
    return f"message {number} by {who}" if who else f"message {number}"


def _entry(message: _Message, text: str, *, outlet: str, channel: bool) -> Entry:
    """One message. In a channel the channel speaks; in a group, whoever wrote it."""
    sender = clean(message.author if channel else message.sender) or ""
    day = parse_day(message.date)
    return Entry(
        form="chat",
        text=text,
        id=str(message.id),
        outlet=outlet,
        author=sender,
        published=message.date[:10] if day is not None else "",
        dated="date of the message" if day is not None else "",
        cited=clean(message.forwarded_from) or "",
    )
