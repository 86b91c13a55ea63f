"""How a text is marked by its own first and last lines: a label of the Traffic Light Protocol, or words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tocsin.model.handling import LABEL, Caveat, Tlp, caveat

_LINES = 5
_LONGEST = 200
_HEAD = 10_000
_BEFORE = re.compile(r"(?:^|[-–—|·•:;/*_#\[({<])\s*$")
_AFTER = re.compile(r"\s*(?:$|[-–—|·•:;/*_\])}>.])")
_AT_END = re.compile(r"[\s\])}>*_.]*")
_OF_ITSELF = re.compile(
    r"[\s*_#>]*(?:this|ce|cette|este|esta|dies\w*)\s.{0,60}\s(?:is|are|est|es|ist)\s.{0,30}", re.IGNORECASE
)
_HEADED = (
    r"(?:classification|marking|handling|distribution|sharing|caveat|label|sensitivity|status|level|release|diffusion)"
)
_AT_START = re.compile(rf"[\s\[({{<*_#|·•–—-]*(?:{_HEADED}[\s*_]*:\s*)?[\s*_\[(]*", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?]\s*$")
_TOO_MANY = 3
"""A text that bears so many labels tells of the protocol."""

_SEGMENT = re.compile(r"\s+[-–—|·•/]+\s+|[|·•;()\[\]]|,\s+|\.\s+")
_PASSED_ON = (
    r"(?:transmission|distribution|dissemination|circulation|publication|release|sharing|attribution|quotation|"
    r"distributed|disseminated|circulated|published|released|shared|attributed|quoted|forwarded|passed on)"
)
_SAID = re.compile(
    "|".join(
        (
            r"embargo(?:ed)?\s+(?:until|till|to)\b.*",
            r"(?:strictly )?embargoed\b.*",
            r"embargo\s*:.*\d.*",
            r"under (?:strict )?embargo\b.*",
            rf"(?:this \w+ (?:is|are) )?(?:strictly )?not (?:for|to be) (?:\w+ ){{0,2}}{_PASSED_ON}\b.*",
            r"(?:please )*(?:do not|don.t) (?:share|forward|circulate|disseminate|publish|quote)\b.*",
            r"(?:please )*(?:do not|don.t) distribute(?: (?:this|it|further|outside|beyond|without|to|widely)\b.*)?",
            r"(?:please |kindly )(?:treat|handle|keep)\b.{0,40}\b(?:confidential(?:ly)?|private|internal)\b.*",
            r"(?:treat|handle|keep) (?:this |it )?(?:as )?(?:strictly )?confidential(?:ly)?",
            r"(?:strictly|highly|private and|commercial in|company|nato|un) confidential",
            r"for (?:official|internal|restricted|background|your) (?:use |eyes )?only|internal use only|eyes only",
            r"(?:limited|restricted|controlled) distribution|official[ -]sensitive|noforn|fouo|top secret",
            r"chatham house rules?(?: appl(?:y|ies))?|off the record",
            r"sous embargo\b.*|embargo jusqu.*|strictement confidentiel(?:le)?",
            r"diffusion (?:restreinte|limit[ée]e|interdite)",
            r"(?:merci de |pri[eè]re de )?ne pas (?:diffuser|transmettre|partager|publier|transf[ée]rer)\b.*",
            r"(?:[àa] )?usage interne(?: uniquement| seulement)?",
            r"embargado hasta\b.*|no difundir\b.*|uso interno",
            r"sperrfrist\b.*|nicht zur weitergabe\b.*|nur f[üu]r den dienstgebrauch|streng vertraulich",
            r"для служебного пользования|не для (?:распространения|публикации|печати)|для службового користування",
            r"не для (?:поширення|публікації)|не подлежит (?:распространению|оглашению)",
            r"محظور النشر|ليس للنشر|غير مخصص للنشر",
        )
    ),
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"confidential|secret|restricted|classified|internal|confidentiel(?:le)?|confidencial|reservado|vertraulich|"
    r"конфиденциально|конфіденційно|секретно|таємно|дсп|سري|سري للغاية",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"intended recipient|e-?mail|attachment|received this|in error|privileged|unsubscribe|all rights", re.IGNORECASE
)


class Marking(NamedTuple):
    """How a text is marked.

    Attributes:
        label: The strictest label of the Traffic Light Protocol that stands in it as a marking; None where none does,
            or only CLEAR.
        words: The first line that says in other words who may not see it ("Embargoed until Friday"), or that bears
            labels of which none can be taken for the text's own; None where none does.
    """

    label: str | None = None
    words: str | None = None


def marking(text: str, *, title: str | None = None) -> Marking:
    r"""Read the marking in the title and in the first and last five lines of a text that are no paragraphs.

    A label counts where it stands apart: alone in a line, at its beginning or its end, between dashes or bars. Within a
    sentence it is something that the text tells of; so are three different labels in one text.

    >>> marking("Port note - TLP:AMBER\nTwo ships left."), marking("The note was marked TLP:AMBER.")
    (Marking(label='TLP:AMBER', words=None), Marking(label=None, words=None))
    >>> marking("NOT FOR ONWARD TRANSMISSION\nTwo ships left.").words
    'NOT FOR ONWARD TRANSMISSION'
    """
    found: list[Caveat] = []
    words: str | None = None
    labelled: str | None = None
    named: set[Tlp] = set()
    for line in _edges(text, title):
        labels = [caveat(one) for one in _labels(line)]
        labelled = labelled or (line if labels else None)
        named |= {caveat(one.group()).level for one in LABEL.finditer(line)}
        found += labels
        if words is None and _says(line):
            words = line
    if len(named) >= _TOO_MANY:
        return Marking(words=words or labelled)
    level = max((one.level for one in found), default=Tlp.CLEAR)
    return Marking(label=level.label if level > Tlp.CLEAR else None, words=words)


def _edges(text: str, title: str | None) -> Iterator[str]:
    """The title, and the first and last lines that hold something; of a long text only its ends are looked at."""
    first = [line for line in text[:_HEAD].split("\n") if line.strip()][:_LINES]
    last = [line for line in text[-_HEAD:].split("\n") if line.strip()][-_LINES:]
    for line in dict.fromkeys((title or "", *first, *last)):
        shown = " ".join(line.split())
        if 0 < len(shown) <= _LONGEST:
            yield shown


def _labels(line: str) -> Iterator[str]:
    """The labels in a line that stand apart."""
    sentence = _SENTENCE.search(line) is not None
    for found in LABEL.finditer(line):
        before, after = line[: found.start()], line[found.end() :]
        apart = _BEFORE.search(before) is not None and _AFTER.match(after) is not None
        first, last = _AT_START.fullmatch(before) is not None, _AT_END.fullmatch(after) is not None
        bracketed = before.rstrip().endswith(("(", "["))
        itself = last and _OF_ITSELF.fullmatch(before) is not None
        if itself or (apart and (first or (not sentence and (last or not bracketed)))):
            yield found.group()


def _says(line: str) -> bool:
    """Does a line say who may not see the text?"""
    if _FOOTER.search(line):
        return False
    bare = line.strip(" *_#>-–—[](){}.!:")
    if _SAID.fullmatch(bare) or _ALONE.fullmatch(bare):
        return True
    segments = [part.strip(" *_#>.!:\"'“”") for part in _SEGMENT.split(line)]
    return any(_SAID.fullmatch(one) or (_ALONE.fullmatch(one) and one.isupper()) for one in segments if one)
