"""textacy's direct quotations, on the small English model of spaCy."""

from __future__ import annotations

import sys
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import spacy  # type: ignore[import-not-found]
from common import QUOTES, back, each_text, swap  # type: ignore[import-not-found]
from textacy.extract import direct_quotations  # type: ignore[import-not-found]

NLP = spacy.load(sys.argv[2])


def read(text: str) -> tuple[dict[str, Any], int]:
    """Paragraph by paragraph: it refuses a text with an odd number of quotation marks, and so loses one only."""
    cuts = [0, *(i + 1 for i, mark in enumerate(text) if mark == "\n"), len(text)]
    quotes: list[dict[str, Any]] = []
    failed = 0
    for begin, end in pairwise(cuts):
        if not text[begin:end].strip():
            continue
        changed, origins = swap(text[begin:end].rstrip(), list(range(begin, end)), QUOTES)
        doc = NLP(changed)
        try:
            triples = list(direct_quotations(doc))
        except (ValueError, IndexError):
            failed += 1
            continue
        for one in triples:
            speaker, cue, content = one.speaker, one.cue, one.content
            quotes.append(
                {
                    "content": back(origins, content.start_char, content.end_char),
                    "source": back(origins, speaker[0].idx, speaker[-1].idx + len(speaker[-1])) if speaker else None,
                    "cue": back(origins, cue[0].idx, cue[-1].idx + len(cue[-1])) if cue else None,
                }
            )
    return {"quotes": quotes}, failed


each_text(read, f"textacy {version('textacy')}, spaCy {version('spacy')}, {NLP.meta['name']} {NLP.meta['version']}")
