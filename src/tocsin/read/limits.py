"""How large a report may be. A reader that accepts everything can be stopped by anyone."""

MAX_BYTES = 20_000_000
"""Bytes of one report; a long book in plain text has about a twentieth of that."""

MAX_HTML_BYTES = 5_000_000
"""Bytes of one page of HTML: markup costs far more time per byte than plain text."""

MAX_MARKDOWN_BYTES = 1_000_000
"""Bytes of one report in Markdown; the parser takes up to ten seconds for so much of the worst of it."""
