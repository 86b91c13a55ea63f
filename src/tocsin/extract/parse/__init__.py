"""The English encoder: words, parts of speech, the tree, lemmas, names and hints of speech in one pass."""

from __future__ import annotations

import functools
from importlib.resources import files

from tocsin.extract.parse.encoder import Encoder, Word

__all__ = ["Encoder", "Word", "shipped"]


@functools.cache
def shipped() -> Encoder:
    """The encoder that travels with the program, opened once; its card lies beside it."""
    return Encoder.load(files("tocsin.extract") / "data" / "encoder")
