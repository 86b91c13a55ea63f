"""Reading: the bytes of a report in, a ``Report`` with its derived text out. No file, no network.

``contents`` takes any file apart into the reports in it, and ``read`` reads one of them.
"""

from tocsin.read.contents import contents
from tocsin.read.items import Context, Item, PassedOver, Unread
from tocsin.read.kind import READABLE, Kind
from tocsin.read.limits import MAX_BYTES, MAX_HTML_BYTES, MAX_MARKDOWN_BYTES
from tocsin.read.mapping import Columns, parse_columns
from tocsin.read.reader import read

__all__ = [
    "MAX_BYTES",
    "MAX_HTML_BYTES",
    "MAX_MARKDOWN_BYTES",
    "READABLE",
    "Columns",
    "Context",
    "Item",
    "Kind",
    "PassedOver",
    "Unread",
    "contents",
    "parse_columns",
    "read",
]
