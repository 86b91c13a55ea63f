"""Text made plain without moving a letter: what is sent to a model, and what its answer is compared with."""

from __future__ import annotations

import unicodedata

from tocsin.model.report import Span

_SAME = {
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‘’‚‛′＇`´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
_BLANK = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})


def fold(text: str) -> str:
    r"""The same text, letter for letter in the same places, with one kind of quotation mark, dash and space.

    Characters that cannot be seen become spaces, so that nothing can be hidden in them.

    >>> fold("“No”\u00a0– he\u200bsaid")
    '"No" - he said'
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_plain, text))


def _plain(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    return " " if unicodedata.category(character) in _BLANK else character


def seen(text: str) -> str:
    r"""The text as an eye or a model takes it: without what cannot be seen, letters of all styles as plain ones.

    >>> seen("ig\u200bnore \uff54his")
    'ignore this'
    """
    compatible = unicodedata.normalize("NFKC", text)
    return "".join(character for character in compatible if unicodedata.category(character) != "Cf")


def places_of(words: str, folded: str, *, start: int = 0) -> tuple[Span, ...]:
    """Everywhere that words stand in a folded text, letter for letter and not inside longer words.

    Args:
        words: What is looked for; white space at its ends does not count.
        folded: The text, already folded.
        start: Offset that the text itself has in the report.

    >>> places_of("he left", "She said he left, he left.", start=100)
    (Span(start=109, stop=116), Span(start=118, stop=125))
    >>> places_of("he", "the others")
    ()
    """
    wanted = fold(words).strip()
    found: list[Span] = []
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        stop = at + len(wanted)
        if not (_joined(folded, at) or _joined(folded, stop)):
            found.append(Span(start + at, start + stop))
        at = folded.find(wanted, at + 1)
    return tuple(found)


def _joined(text: str, at: int) -> bool:
    """Do two letters or digits meet at this place?"""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
