"""A sentence cut into words as Universal Dependencies does."""

from __future__ import annotations

import re

_WORD = re.compile(
    r"""
    (?:https?://|www\.)[^\s<>"]*[^\s<>"'.,;:!?)\]]  # addresses
    | [\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{0,63}\w                    # mail
    | \.{2,} | -{2,} | \*{2,} | [!?]{2,} | [:;]-?[)(D](?!\w)
    | (?:[A-Za-z]\.){2,}                             # U.S.
    | (?-i:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Maj|Sgt|Capt|Gov|Sen|Rep|Prof|Rev|Jr|Sr|Inc|Ltd|Co|Corp|No|vs|etc
        |Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.(?=\s)
    | (?-i:[A-Z]\.(?=\s[A-Z][a-z]))                   # John F. Kennedy
    | (?-i:[A-Z][A-Za-z]{0,2}-\d+\w*)                 # T-72
    | [^\W_]{1,63}(?:\.[^\W_]{1,63}){0,4}\.(?:com|org|net|info|gov|mil|ua|ru|by|uk|eu|pl)\b  # ZN.UA
    | (?:non|e|mid|anti|re|pro|pre|co|cross|post|over|multi|ex|sub|semi|counter|inter|un|wi|neo)-\w+
    | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s)\b
    | \d+(?:[.,:/]\d+)*(?![^\W\d_]+\d)
    | [^\W_]*\d[^\W_]*                               # F16, 3M
    | [^\W\d_]+\d[^\W_]*
    | [^\W\d_]+(?:['’](?!(?:s|re|ve|ll|d|m|t)\b)[^\W\d_]+)*  # letters; O'Brien stays whole
    | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLITIC = re.compile(r"['’](?:s|re|ve|ll|d|m)\b", re.IGNORECASE)
_NOT = re.compile(r"(?P<verb>\w{1,20}?)(?P<rest>n['’]t)\b", re.IGNORECASE)


def words_of(text: str) -> list[tuple[int, int]]:
    """Cut a sentence into words as Universal Dependencies does: ``don't`` is two, ``U.S.`` is one.

    >>> [("They don't say U.S. forces' role.")[a:b] for a, b in words_of("They don't say U.S. forces' role.")]
    ['They', 'do', "n't", 'say', 'U.S.', 'forces', "'", 'role', '.']
    """
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        negated = _NOT.match(text, at)
        clitic = _CLITIC.match(text, at) if at and not text[at - 1].isspace() else None
        if negated:
            found += [negated.span("verb"), negated.span("rest")]
            at = negated.end()
        elif clitic:
            found.append(clitic.span())
            at = clitic.end()
        else:
            plain = _WORD.match(text, at)
            end = plain.end() if plain else at + 1
            if text[at:end].lower() == "cannot":
                found += [(at, at + 3), (at + 3, end)]
            else:
                found.append((at, end))
            at = end
    return found
