"""GenderGapTracker's quotation rules, from its own file, on the small English model of spaCy."""

from __future__ import annotations

import logging
import sys
import types
from importlib.metadata import version
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import spacy  # type: ignore[import-not-found]
from common import QUOTES, back, each_text, swap  # type: ignore[import-not-found]

NLP = spacy.load(sys.argv[2])
RULES = Path(sys.argv[3])
# Its own preparation of a text: a line ends a sentence, and quotation marks are straight.
LINES = (("\xa0", " "), ("\n", ".\n "), ("..\n ", ".\n "), (". .\n ", ".\n "), ("  ", " "))


def extractor() -> Any:  # noqa: ANN401 - its class has no types
    """Its class, with its data base and its log taken away: neither touches the rules."""
    database, tools = types.ModuleType("bson"), types.ModuleType("utils")
    database.ObjectId = str  # type: ignore[attr-defined]
    tools.create_logger = lambda *_, **__: logging.getLogger("rules")  # type: ignore[attr-defined]
    sys.modules.update(bson=database, utils=tools)
    spec = spec_from_file_location("quote_extractor", RULES / "quote_extractor.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(RULES)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.QuoteExtractor({"spacy_lang": NLP, "NLP": {"QUOTE_VERBS": str(RULES / "quote_verb_list.txt")}})


TOOL = extractor()


def place(origins: list[int], index: str) -> list[int] | None:
    """A range as it writes it, "(first,stop)"; "" and "(0,0)" mean none."""
    if not index or index == "(0,0)":
        return None
    first, stop = (int(part) for part in index.strip("()").split(","))
    found: list[int] | None = back(origins, first, stop)
    return found


def read(text: str) -> tuple[dict[str, Any], int]:
    """A whole article at a time, as it is meant to be run."""
    changed, origins = swap(text, list(range(len(text))), (*LINES, *QUOTES))
    doc = NLP(changed)
    try:
        quotes = TOOL.extract_quotes(doc)
    except (ValueError, IndexError, AttributeError, TypeError):
        return {"quotes": []}, 1
    return {
        "quotes": [
            {
                "content": place(origins, one["quote_index"]),
                "source": place(origins, one["speaker_index"]),
                "cue": place(origins, one["verb_index"]),
            }
            for one in quotes
        ]
    }, 0


each_text(read, f"rules of 2024-02-02, spaCy {version('spacy')}, {NLP.meta['name']} {NLP.meta['version']}")
