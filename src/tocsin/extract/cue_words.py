"""Word sets that the rules for cues share."""

from __future__ import annotations

from tocsin.extract import lexicon

CLAUSE = lexicon.group("verbs", "clause")
TOLD = lexicon.group("verbs", "told")
THINK = lexicon.group("verbs", "think")
SHOW = lexicon.group("verbs", "show")
THING = lexicon.group("verbs", "thing")
QUOTED = lexicon.group("verbs", "quoted")
QUOTED_ONLY = QUOTED - CLAUSE - THING - THINK - TOLD
SAYING = CLAUSE | TOLD | THINK | SHOW | THING | QUOTED
GIVING = lexicon.group("shape", "giving")
AUXILIARIES = lexicon.group("words", "auxiliaries") | frozenset(
    w for w in lexicon.group("words", "finite") if w.endswith("n't")
)
LIGHT = lexicon.group("shape", "light")
NEGATORS = frozenset({"not", "never", "cannot"})
HAVE = lexicon.group("shape", "have")
MODALS = lexicon.group("shape", "modals")
NOUN_BEFORE = lexicon.group("shape", "noun_before")
PREPOSITIONS = lexicon.group("words", "prepositions")
OPENERS = lexicon.group("words", "openers")
SUBORDINATE = lexicon.group("words", "subordinators") - {"that"}
TITLES = (
    lexicon.group("voices", "officials") | lexicon.group("voices", "people") | lexicon.group("voices", "organizations")
)
NO_VOICE = frozenset({"we", "i", "you", "there", "no", "nobody", "none", "neither", "nothing"})
INANIMATE = frozenset({"suggest", "imply", "signal", "reveal", "confirm", "underscore", "underline", "indicate"})
CAN_SPEAK = frozenset().union(
    *(lexicon.group("voices", key) for key in ("anonymous", "officials", "organizations", "media", "public", "people"))
)
BODIES = frozenset().union(*(lexicon.group("voices", key) for key in ("organizations", "media", "adversary_media")))
CITING = frozenset({"citing", "quoting"})
SPEAKERS = lexicon.group("words", "speakers")
FUTURE = lexicon.group("shape", "future")
NAMING = lexicon.group("shape", "naming")
STRICT = lexicon.group("verbs", "strict")
