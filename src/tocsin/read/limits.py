"""How large, how many, how deep, how long: every limit of reading in one place.

A reader that accepts everything can be stopped by anyone. docs/how-to/take-reports-in.md tells these figures to
users, and a test holds that page equal to them.
"""

MAX_BYTES = 20_000_000
"""Bytes of one report, packed or not; a long book in plain text has about a twentieth of that."""

MAX_HTML_BYTES = 5_000_000
"""Bytes of one page of HTML: markup costs far more time per byte than plain text."""

MAX_MARKDOWN_BYTES = 1_000_000
"""Bytes of one report in Markdown; the parser takes up to ten seconds for so much of the worst of it."""

MAX_TEXT = 10_000_000
"""Characters of text taken from one PDF file."""

MAX_PAGES = 2_000
"""Pages of one PDF file."""

MAX_FEED_BYTES = 20_000_000
"""Bytes of one feed, which is read as a whole."""

MAX_CHAT_BYTES = 200_000_000
"""Bytes of one chat export, which is read as a whole."""

MAX_ENTRIES = 1_000_000
"""Entries of one container: more than that is split by hand, so that a mistake does not fill a disk."""

MAX_MIME_PARTS = 200
"""Parts of one mail message."""

MAX_MIME_DEPTH = 20
"""How deep parts of a message may lie in one another."""

MAX_ATTACHMENTS = 50
"""Attachments of one message that are read."""

MAX_LINE = 1_000_000
"""Bytes of one line of JSON Lines, and characters of one field of a table."""

MAX_COLUMNS = 1_000
"""Columns of a table."""

MAX_MEMBERS = 100_000
"""Members of one ZIP archive."""

MAX_NESTING = 2
"""How many packings may lie in one another: an archive may hold archives, and those no further ones."""

MAX_RATIO = 200
"""How many bytes a packed byte may unpack to, beyond the first megabyte; text seldom reaches 20."""

MAX_UNPACKED = 20_000_000_000
"""Bytes that one packed file may unpack to in all."""

SECONDS_TO_READ = 60
"""Wall time for one report from bytes to text, and for the next entry of a container."""

SECONDS_TO_EXTRACT = 60
"""Wall time for the claims of one report, before what its length adds."""

CHARACTERS_A_SECOND = 2_000
"""What length adds: a second for so many characters; about a tenth of what one core reads."""

WORKER_MEMORY = 3_000_000_000
"""Bytes of memory that one worker may take, where the system can hold it to that."""
