"""PDF files: the text of their pages. Nothing in them is run, and no picture is read."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from tocsin.errors import ReadError
from tocsin.model.time import Window
from tocsin.read.clean import clean
from tocsin.read.dates import Found, in_first_lines, parse_day
from tocsin.read.limits import MAX_PAGES, MAX_TEXT

PAGE_BREAK = "\n\f\n"
"""What stands between two pages in the derived text: its form feeds count the pages, and no sentence crosses it."""

_HYPHEN = re.compile("[\u00ad\u0002\ufffe\uffff]\n?")
"""Where a word was broken at the end of a line, as the file or the library marks it."""
_STAMP = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_FEWEST = 16
_PICTURE = 3  # FPDF_PAGEOBJ_IMAGE
_MOST_LISTED = 10


class Paper(NamedTuple):
    """What a PDF file gave."""

    text: str
    title: str | None
    author: str | None
    dates: tuple[Found, ...]
    notes: tuple[str, ...]


def read_paper(data: bytes, *, name: str) -> Paper:
    """Read a PDF file's text page by page.

    Dates are listed best first: that of the first lines, then the day on which the file was made.

    Raises:
        ReadError: It is damaged, locked with a password, has too many pages or too much text, or is a scan: pictures
            of pages without text.
    """
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(data)
    except (pypdfium2.PdfiumError, ValueError) as error:
        if "password" in str(error).lower():
            raise ReadError(f"{name}: the PDF file is locked with a password (save it without one)") from error
        raise ReadError(f"{name}: the PDF file is damaged (open it in a viewer and save or print it anew)") from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise ReadError(f"{name}: {count:,} pages, and {MAX_PAGES:,} are the limit (split it)")
        pages, scanned = _pages(document, count, name=name)
        said = document.get_metadata_dict(skip_empty=True)
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name}: the PDF file is damaged (open it in a viewer and save or print it anew)") from error
    finally:
        document.close()
    text = PAGE_BREAK.join(pages)
    if not text.strip():
        reason = (
            "the PDF file is a scan, pictures of pages without text (run text recognition on it and add what that "
            "makes: ocrmypdf scan.pdf text.pdf)"
            if scanned
            else "the PDF file holds no text (add the text of the report; of a scan: ocrmypdf scan.pdf text.pdf)"
        )
        raise ReadError(f"{name}: {reason}")
    return Paper(
        text=text,
        title=clean(said.get("Title")),
        author=clean(said.get("Author")),
        dates=tuple(_dates(text, said.get("CreationDate", ""))),
        notes=(_left_out(scanned),) if scanned else (),
    )


def _pages(document: Any, count: int, *, name: str) -> tuple[list[str], list[int]]:  # noqa: ANN401 - no types
    """The text of each page, and the numbers of those that hold pictures and no text."""
    pages: list[str] = []
    scanned: list[int] = []
    total = 0
    for number in range(count):
        page = document[number]
        try:
            paper = page.get_textpage()
            try:
                text = _tidy(paper.get_text_range(errors="replace"))
            finally:
                paper.close()
            if len(text.strip()) < _FEWEST and _has_picture(page):
                scanned.append(number + 1)
        finally:
            page.close()
        total += len(text)
        if total > MAX_TEXT:
            raise ReadError(f"{name}: more than {MAX_TEXT:,} characters of text, which is the limit (split it)")
        pages.append(text)
    return pages, scanned


def _has_picture(page: Any) -> bool:  # noqa: ANN401 - pypdfium2 has no types
    return any(True for _ in page.get_objects(filter=(_PICTURE,), max_depth=3))


def _tidy(text: str) -> str:
    r"""Line ends as LF, words that were broken at a line's end made whole, page feeds and NULs of the file's own gone.

    >>> _tidy("The com\ufffe\r\nmander left.\r\n")
    'The commander left.'
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\x00", "")
    return _HYPHEN.sub("", plain).strip("\n")


def _left_out(scanned: list[int]) -> str:
    shown = ", ".join(map(str, scanned[:_MOST_LISTED])) + (", …" if len(scanned) > _MOST_LISTED else "")
    what = "page" if len(scanned) == 1 else "pages"
    return f"{what} {shown}: a picture without text, not read (run text recognition on the file)"


def _dates(text: str, made: str) -> list[Found]:
    line = in_first_lines(text)
    stamp = _STAMP.match(made)
    window: Window | None = parse_day("-".join(part for part in stamp.groups() if part)) if stamp else None
    return [*([line] if line else []), *([Found(window, "day on which the PDF was made")] if window else [])]
