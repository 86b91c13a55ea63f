"""Entries: one report out of a feed, a chat or a table, in the form in which it is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from tocsin.errors import ReadError
from tocsin.read.kind import ENTRY_MARK


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What an entry says, and nothing of where it was found.

    Its bytes are its fields as JSON with sorted keys, empty ones left out. So the same entry has the same bytes, and
    is the same report, whichever file it came in and whatever stood around it.

    ``form`` is feed, chat, group (a message of a chat in which many speak), mail (a forwarded message) or row. ``id``
    is the entry's own within its outlet. ``cited`` is whom it passes on: the channel a message was forwarded from, the
    feed an entry was taken from. ``answers`` is which message of its group a message answers. ``dated`` says how
    ``published`` was given.
    """

    form: str
    text: str = ""
    html: str = ""
    id: str = ""
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    dated: str = ""
    url: str = ""
    lang: str = ""
    cited: str = ""
    answers: str = ""

    def encoded(self) -> bytes:
        """The bytes that are kept, and whose digest is the report's id.

        >>> Entry(form="row", text="Two trains left.").encoded()
        b'{"tocsin_entry":1,"form":"row","text":"Two trains left."}'
        """
        given = {name: value for name in sorted(_FIELDS) if (value := _whole(getattr(self, name)))}
        return json.dumps({"tocsin_entry": 1, **given}, ensure_ascii=False, separators=(",", ":")).encode()


_FIELDS = frozenset(field.name for field in fields(Entry))


def _whole(text: str) -> str:
    """The text without NULs and half characters, which no store can hold."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def decoded(data: bytes, *, name: str) -> Entry:
    """The entry that was kept as these bytes.

    Raises:
        ReadError: They are no entry in this form.
    """
    try:
        found: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{name}: the kept entry is damaged (add again what it was taken from)") from error
    if not isinstance(found, dict) or found.pop("tocsin_entry", None) != 1 or not data.startswith(ENTRY_MARK):
        raise ReadError(f"{name}: this is no kept entry (add what it was taken from)")
    if set(found) - _FIELDS or "form" not in found or not all(isinstance(value, str) for value in found.values()):
        raise ReadError(f"{name}: the kept entry has fields that no entry has (add again what it was taken from)")
    return Entry(**{key: _whole(value) for key, value in found.items()})
