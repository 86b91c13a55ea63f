"""How large a report may be. A reader that accepts everything can be stopped by anyone."""

MAX_BYTES = 20_000_000
"""Bytes of one report; a long book in plain text has about a twentieth of that."""

MAX_MARKUP_BYTES = 5_000_000
"""Bytes of one page of HTML or Markdown: markup costs far more time per byte than plain text."""
