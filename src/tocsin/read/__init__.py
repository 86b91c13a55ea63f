"""Reading: the bytes of a report in, a ``Report`` with its derived text out. No file, no network."""

from tocsin.read.limits import MAX_BYTES, MAX_HTML_BYTES, MAX_MARKDOWN_BYTES
from tocsin.read.reader import read

__all__ = ["MAX_BYTES", "MAX_HTML_BYTES", "MAX_MARKDOWN_BYTES", "read"]
