"""Every key of the files a user writes, once: the loader accepts these, and the JSON Schemas are made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tocsin.model.alert import Rule
from tocsin.model.grade import Reliability, Wording
from tocsin.model.report import Access, VoiceKind
from tocsin.model.yardstick import ICD_203, YARDSTICKS
from tocsin.problem.degrees import DEGREES, POSITIONS
from tocsin.problem.words import COVERAGE, RATES, SEEN_FIRST, probability_words

_Shape = dict[str, object]  # a JSON Schema

_ID: _Shape = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"}
_TEXT: _Shape = {"type": "string", "minLength": 1}
_TEXTS: _Shape = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_DAY: _Shape = {"type": "string", "format": "date"}
_OF_YEAR: _Shape = {"type": "string", "pattern": r"^\d{2}-\d{2}$"}
_UNIT: _Shape = {"type": "number", "minimum": 0, "maximum": 1}
_RANGE: _Shape = {"type": "array", "items": _UNIT, "minItems": 2, "maxItems": 2}
_WORDS = list(probability_words(ICD_203))
_CHANCE: _Shape = {"anyOf": [{"enum": _WORDS}, _UNIT, _RANGE]}
_FIRST: _Shape = {"anyOf": [{"enum": [*SEEN_FIRST, *_WORDS]}, _UNIT, _RANGE]}
_DURATION: _Shape = {
    "anyOf": [
        {"type": "string", "pattern": r"^\S.*[ -]?(minute|hour|day|week|month|year)s?$"},
        {"type": "number", "minimum": 0},
    ]
}
_COUNTS: _Shape = {"type": "array", "items": {"type": "number", "minimum": 0}, "minItems": 2, "maxItems": 2}
_COST: _Shape = {"type": "number", "exclusiveMinimum": 0}
_HUNDRED: _Shape = {"type": "number", "minimum": 0, "maximum": 100}
_HUNDREDS: _Shape = {"type": "array", "items": _HUNDRED, "minItems": 2, "maxItems": 2}
_PLACE: _Shape = {"anyOf": [{"enum": list(POSITIONS)}, _HUNDRED, _HUNDREDS]}
_DEGREE: _Shape = {"anyOf": [{"enum": list(DEGREES)}, _HUNDRED, _HUNDREDS]}
_PAIRS: _Shape = {
    "type": "array",
    "items": {"type": "array", "items": {"type": "number", "minimum": 0}, "minItems": 2, "maxItems": 2},
    "minItems": 1,
}
_LAW: _Shape = {"anyOf": [_UNIT, _PAIRS]}
_LEAD: _Shape = {"anyOf": [{"type": "array", "items": _DURATION, "minItems": 3, "maxItems": 3}, _PAIRS]}
_PHRASES: _Shape = {"anyOf": [_TEXTS, {"type": "object", "additionalProperties": _TEXTS}]}
_WORDS_OF: _Shape = {"type": "array", "items": _TEXT, "minItems": 1}
_OUT = ("file", "command", "webhook", "mail", "calendar")
_FLAG: _Shape = {"type": "boolean"}
_LETTER: _Shape = {"enum": [letter.value for letter in Reliability]}


def _per(values: _Shape) -> _Shape:
    return {"type": "object", "additionalProperties": values}


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key: what it means, which shape its value has, and an example that a fault can show."""

    says: str
    shape: Mapping[str, object]
    example: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of table: its keys, and how many such tables a list may hold.

    ``inner`` gives the kind of the tables inside it, ``lists`` those keys that hold a list of them. ``hints`` give the
    cure for keys that people expect and that do not exist.
    """

    article: str
    keys: Mapping[str, Key]
    inner: Mapping[str, Kind] = field(default_factory=dict[str, "Kind"])
    lists: frozenset[str] = frozenset()
    most: int = 1000
    hints: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def noun(self) -> str:
        """What such a table is, without its article."""
        return self.article.split(" ", 1)[1]

    @property
    def required(self) -> tuple[str, ...]:
        """The keys that must stand in every such table."""
        return tuple(name for name, key in self.keys.items() if key.required)


def _key(says: str, shape: Mapping[str, object], example: str = "", *, required: bool = False) -> Key:
    return Key(says=says, shape=shape, example=example, required=required)


def _must(says: str, shape: Mapping[str, object], example: str) -> Key:
    return Key(says=says, shape=shape, example=example, required=True)


_WATCHED: dict[str, Key] = {
    "watch": _key("Phrases that point to it. A plain list is English; or one list per language code.", _PHRASES),
    "not": _key("Look-alikes: phrases that must not be taken for it.", _PHRASES),
    "counter": _key("Phrases that assert the opposite.", _PHRASES),
    "where": _key("Places it must be about. A claim about another place does not count.", _TEXTS),
    "who": _key("Actors it must be about. A claim about another actor does not count.", _TEXTS),
}

METHOD = Kind(
    article="the method",
    keys={
        "contamination": _key(
            "Chance that an indicator says nothing about the scenarios at all (default 0.10).", _UNIT
        ),
        "blanket_echo": _key(
            "Chance that an agreeing report of another source repeats the first: its mean (default 0.5), weighed by the"
            " reports themselves; or [[chance, probability], …]; 0 switches it off.",
            _LAW,
        ),
        "blanket_window_days": _key(
            "Within how many days it may do so (default 7).", {"type": "integer", "minimum": 0}
        ),
        "self_repeat": _key(
            "Chance that a source which speaks again speaks of the same mind: a number, or [[chance, probability], …]"
            " (default [[0, 0.1], [0.995, 0.9]]: the reports tell which); 0 switches it off.",
            _LAW,
        ),
        "tempo": _key("Common factor on all leads: [[factor, probability], …], probabilities summing to 1.", _PAIRS),
        "prior_as_of": _key(
            '"opened": priors hold on the first day, quiet days count as survival; "as_of": they hold today.',
            {"enum": ["opened", "as_of"]},
        ),
    },
)

DECISION = Kind(
    article="a decision",
    keys={
        "who": _must("Who would act.", _TEXT, '"duty officer"'),
        "what": _must("What they would do.", _TEXT, '"move staff south"'),
        "takes": _must("How long it takes.", _DURATION, '"2 days"'),
        "alarm": _key("From which probability on it is worth doing; else it follows from the two costs.", _CHANCE),
        "false_alarm": _key("What acting in vain would cost, in any unit.", _COST),
        "miss": _key("What not acting in time would cost, in the same unit.", _COST),
    },
)

DISPUTE = Kind(
    article="a dispute",
    keys={
        "question": _key("What the actors want different things about (default: the problem's question).", _TEXT),
        "nought": _key("What position 0 means.", _TEXT),
        "hundred": _key("What position 100 means.", _TEXT),
        "gate": _key("The gate whose probability follows from where they settle.", _ID),
        "even_at": _key("The position at which that gate is as likely open as not (default 50).", _HUNDRED),
        "width": _key("Points over which its odds rise by a factor e (default 10).", {"type": "number"}),
        "without": _key("Actors to be taken away together: [[one, another], …].", {"type": "array"}),
    },
)

ACTOR = Kind(
    article="an actor",
    most=200,
    keys={
        "id": _must("Its name in this file.", _ID, '"harbour-board"'),
        "name": _key("Its name as a page prints it.", _TEXT),
        "position": _must("Where it stands, 0 to 100: a word, a number or a range.", _PLACE, '"rather against"'),
        "capability": _must("How much it can do, 0 to 100: a word, a number or a range.", _DEGREE, '"much"'),
        "salience": _must("How much it cares, 0 to 100: a word, a number or a range.", _DEGREE, '"some"'),
        "since": _key("The first day on which it has a say.", _DAY),
        "until": _key("The last day on which it has a say.", _DAY),
    },
)

ACCOUNT = Kind(
    article="an account",
    most=10,
    keys={
        "id": _must("Its name.", _ID, '"accident"'),
        "statement": _key("What happened, by this account.", _TEXT),
        "prior": _must("How probable it is before any observation; all together sum to 1.", _CHANCE, "0.7"),
        "odds": _key(
            "Factors on the odds of gates and of scenarios' priors if it is true.",
            _per({"type": "number", "exclusiveMinimum": 0}),
        ),
    },
)

OBSERVATION = Kind(
    article="an observation",
    most=100,
    keys={
        "id": _must("Its name.", _ID, '"no-autopsy"'),
        "statement": _key("What was seen, or looked for and not seen.", _TEXT),
        "likelihood": _must(
            "Per account: how probable just this is if it is true.", _per(_FIRST), '{ accident = "often" }'
        ),
        "on": _key("The day from which it is known.", _DAY),
    },
)

EXPLANATION = Kind(
    article="an event to be explained",
    most=20,
    keys={
        "id": _must("Its name in this file.", _ID, '"warehouse-fire"'),
        "statement": _key("What happened, without saying why.", _TEXT),
        "on": _key("The day it happened; before that day it is not weighed.", _DAY),
        "accounts": _must("Rival accounts of it, two at least.", {}, "[{ … }, { … }]"),
        "observations": _key("What was observed, and how probable each account makes it.", {}),
    },
    inner={"accounts": ACCOUNT, "observations": OBSERVATION},
    lists=frozenset({"accounts", "observations"}),
)

GATE = Kind(
    article="a gate",
    keys={
        "id": _must("Its name in this file.", _ID, '"parliament-agrees"'),
        "statement": _key("The necessary condition as a sentence.", _TEXT),
        "probability": _must(
            "How probable it is that the gate is open: a word, a number or a range.", _CHANCE, '"unlikely"'
        ),
        "opens": _key("The first day on which it can be open.", _DAY),
        "lead": _key(
            "Days from its opening to the onset: at least, typically, at most; or [[days, probability], …].", _LEAD
        ),
        "noticed_within": _key("Even odds that an observer who knows has noticed it within this time.", _DURATION),
        **_WATCHED,
    },
    hints={"needs": "a gate stands by itself: join gates in the needs of a scenario"},
)

SEASON = Kind(
    article="a season",
    keys={
        "from": _must("First day of every year, month-day.", _OF_YEAR, '"11-01"'),
        "to": _must("Last day, month-day; it may lie in the next year.", _OF_YEAR, '"12-15"'),
        "factor": _must("What the daily hazard is multiplied by.", {"type": "number", "minimum": 0}, "0.3"),
    },
)

SCENARIO = Kind(
    article="a scenario",
    most=50,
    keys={
        "id": _must("Its name in this file.", _ID, '"full-closure"'),
        "statement": _key("The course still to come as a sentence.", _TEXT),
        "event": _key("Does it count for the question? A feint does not.", _FLAG, "true"),
        "prior": _key("How probable it is, given that its gates are open: a word, a number or a range.", _CHANCE),
        "even_odds_within": _key(
            "If it is coming: the time within which it is as likely as not to have started.", _DURATION
        ),
        "not_before": _key("The first day on which it can start.", _DAY),
        "season": _key("Stretches of the year in which it starts more or less easily.", {"type": "array"}),
        "needs": _key("The gates it needs: and, or, not, at_least(k, a, b, c), brackets.", _TEXT),
        "status_quo": _key(
            "True for the one scenario in which nothing happens; it takes what the others leave.", _FLAG
        ),
    },
    inner={"season": SEASON},
    lists=frozenset({"season"}),
)

INDICATOR = Kind(
    article="an indicator",
    keys={
        "id": _must("Its name in this file.", _ID, '"barriers-delivered"'),
        "statement": _key("What to look for, as a sentence.", _TEXT),
        "seen_first": _must(
            "Per scenario: would we see it before the onset? Scenarios left out have 0.",
            _per(_FIRST),
            '{ full-closure = "usually" }',
        ),
        "lead": _key(
            "Start to onset: at least, typically, at most; or [[days, probability], …]; or one of them per scenario.",
            {"anyOf": [_LEAD, _per(_LEAD)]},
        ),
        "then": _key("The indicator that must still follow it.", _ID),
        "building": _key("Must it be built up first? The default is true where `then` is given.", _FLAG),
        "false_starts": _key(
            "How often it shows without the event: a word, or times per year.",
            {"anyOf": [{"enum": list(RATES)}, {"type": "number", "minimum": 0, "maximum": 365}]},
        ),
        "false_start_lasts": _key('How long such a false start lasts (default "20 days").', _DURATION),
        "coverage": _key(
            "How well we look when a look is logged: a word, or the chance of seeing it.",
            {"anyOf": [{"enum": list(COVERAGE)}, _UNIT]},
        ),
        "false_alarm": _key("Chance per looked-at day of seeing it where it is not (default 0).", _UNIT),
        "noticed_within": _key("Even odds that an observer who knows has noticed it within this time.", _DURATION),
        "critical": _key("Must it come before the onset? Critical indicators give the earliest date.", _FLAG),
        **_WATCHED,
    },
)

FIGURE_PART = Kind(
    article="a part of a figure",
    keys={
        "of": _must("What the part is.", _TEXT, '"mercenaries"'),
        "expect": _must("How large it is before any report: 5 % and 95 % points.", _COUNTS, "[500, 5000]"),
        "words": _key("Words of a figure that counts the part alone.", _TEXTS),
        "without": _key("Words of a figure that leaves the part out.", _TEXTS),
        "whole": _key("Words of a figure that counts the part in.", _TEXTS),
        "unclear": _key("Chance that a figure without any such word leaves the part out (default 0.5).", _UNIT),
    },
)

FIGURE = Kind(
    article="a figure",
    keys={
        "id": _must("Its name in this file.", _ID, '"trucks-waiting"'),
        "of": _must("What is counted.", _TEXT, '"trucks"'),
        "unit": _must("Singular English noun.", _TEXT, '"vehicle"'),
        "expect": _must("What one would expect before any report: 5 % and 95 % points.", _COUNTS, "[100, 5000]"),
        "need": _key("Per scenario: what it needs to succeed, 5 % and 95 % points.", _per(_COUNTS)),
        "attempt": _key(
            "Per scenario: what an actor who misjudges might try with, 5 % and 95 % points.", _per(_COUNTS)
        ),
        "part": _key("A part of it that some count in and some do not.", {}),
        **{name: key for name, key in _WATCHED.items() if name != "counter"},
    },
    inner={"part": FIGURE_PART},
)

GRADE = Kind(
    article="a grade",
    keys={
        "from": _must("The first day on which it holds.", _DAY, "2022-12-01"),
        "reliability": _must(
            "A letter A-F, or one per topic with `general` for all others.",
            {"anyOf": [_LETTER, _per(_LETTER)]},
            '"B"',
        ),
        "wording": _key("The edition whose wording the letter follows.", {"enum": [w.value for w in Wording]}),
        "by": _key("Who gave it.", _TEXT),
        "why": _key("On what grounds.", _TEXT),
    },
)

SOURCE = Kind(
    article="a source",
    keys={
        "id": _must("Its name in all files of the desk.", _ID, '"harbour-gazette"'),
        "name": _key("Its name as reports print it.", _TEXT),
        "aliases": _key("Other names it goes by.", _TEXTS),
        "kind": _key("What it is.", {"enum": [kind.value for kind in VoiceKind]}),
        "party": _key("The side it belongs to, if any.", _TEXT),
        "access": _key("How it knows.", {"enum": [access.value for access in Access]}),
        "reliability": _key(
            "A letter A-F, or one per topic with `general` for all others. F: cannot be judged.",
            {"anyOf": [_LETTER, _per(_LETTER)]},
        ),
        "knows": _key("Probability that it knows what it speaks about; stands before the letter's number.", _UNIT),
        "wording": _key("The edition whose wording the letter follows.", {"enum": [w.value for w in Wording]}),
        "graded_by": _key("Who gave the letter; a digit of credibility by the same person does not count.", _TEXT),
        "grades": _key("Later grades, each from a day on; an assessment uses the one in force on its day.", {}),
        "part_of": _key("The source it belongs to: one voice with it.", _ID),
        "alarmist": _key("Does it rather cry wolf?", _FLAG),
        "interest": _key("The side to which it would shade a figure.", {"enum": ["up", "down"]}),
        "notes": _key("Anything a colleague should know.", _TEXT),
        "handling": _key("A caveat on its name and on all it says: a TLP label, or words of your own.", _TEXT),
    },
    inner={"grades": GRADE},
    lists=frozenset({"grades"}),
)

DECEPTION = Kind(
    article="a party that may deceive",
    most=10,
    keys={
        "id": _must("Its name in this file.", _ID, '"northland"'),
        "suspects": _key(
            "The sources it can steer: a list, or { source = chance that a statement of it is steered }.",
            {"anyOf": [_TEXTS, _per(_CHANCE)]},
        ),
        "party": _key("Sources declared with this party, and unnamed voices they vouch for, are suspects too.", _TEXT),
        "q": _key("Chance that a statement of a suspect is steered, if anything is (default 0.25).", _CHANCE),
        "indicators": _key("The indicators and gates that it speaks about; all of them if left out.", _TEXTS),
        "stories": _key(
            "Probability of each story: none, hide, loud, quiet and those in tells. What is left over goes to the "
            "built-in ones not named (defaults .70, .15, .10, .05).",
            _per(_CHANCE),
        ),
        "tells": _key(
            "Stories of its own: the chance that a steered channel says present, as { event = 0.9, otherwise = 0.1 } "
            "or per scenario.",
            _per(_per(_CHANCE)),
        ),
        "motive": _key("Has it motive and means? The four answers set the probability of none.", _FLAG),
        "practice": _key("Has it done so before?", _FLAG),
        "manipulable": _key("Can it steer the sources?", _FLAG),
        "contradicts": _key("Does what they say contradict better evidence?", _FLAG),
    },
    hints={"reach": 'name the sources within its reach: suspects = ["a-source"]'},
)

LOOK = Kind(
    article="a look",
    most=10_000,
    keys={
        "indicator": _must("What was looked for and not found.", _ID, '"barriers-delivered"'),
        "from": _must("The first day that the look covered.", _DAY, "2022-12-01"),
        "to": _key("The last day that it covered; the first if left out.", _DAY),
        "by": _key("Who looked.", _TEXT),
        "coverage": _key(
            "How well: a word, or the chance of seeing it; the indicator's own if left out.",
            {"anyOf": [{"enum": list(COVERAGE)}, _UNIT]},
        ),
    },
)

TASK = Kind(
    article="a task of collection",
    keys={
        "indicator": _must("What is to be looked for.", _ID, '"barriers-delivered"'),
        "by": _must("Who looks.", _TEXT, '"gauge reader"'),
        "every": _must("How often.", _DURATION, '"1 day"'),
    },
)

ALERT = Kind(
    article="an alert",
    most=100,
    keys={
        "on": _must("What raises it.", {"type": "array", "items": {"enum": [*Rule]}}, '["word_changed"]'),
        "to": _must("The channels of the desk (tocsin.toml) that it goes through.", _TEXTS, '["log"]'),
        "indicators": _key("Only these indicators; all of them if left out.", _TEXTS),
        "near": _key('How long before the latest day of a decision (default "3 days").', _DURATION),
        "over": _key('How far to look back for what a source says regularly (default "21 days").', _DURATION),
    },
    hints=dict.fromkeys(_OUT, 'declare a channel in tocsin.toml and name it here: to = ["…"]'),
)

FEED = Kind(
    article="a feed",
    most=500,
    keys={
        "id": _must("Its name.", _ID, '"courier"'),
        "url": _must("Its address (http or https).", _TEXT, '"https://example.org/feed.xml"'),
        "every": _must("From one poll to the next; at least 5 minutes.", _DURATION, '"30 minutes"'),
        "source": _key("The source that publishes it, by its id in sources.toml.", _ID),
        "covers": _key(
            "Indicators that one would learn of here, as indicator or problem/indicator. An answered poll is a look.",
            _TEXTS,
        ),
        "coverage": _key(
            "How well: a word, or the chance of seeing it; the indicator's own if left out.",
            {"anyOf": [{"enum": list(COVERAGE)}, _UNIT]},
        ),
        "pages": _key("Fetch the page behind each entry too, where robots.txt lets us (default false).", _FLAG),
        "handling": _key("A caveat to keep with its reports.", _TEXT),
        "lang": _key("Language of its reports, where it does not say.", _TEXT),
        "silent_after": _key("How long it may bring nothing new before it counts as gone silent.", _DURATION),
    },
)

CHANNEL = Kind(
    article="a channel",
    most=100,
    keys={
        "id": _must("The name by which alerts ask for it.", _ID, '"log"'),
        "file": _key("A file to which a line of JSON is appended.", _TEXT),
        "command": _key("A program and its words; it gets the alert as JSON on standard input. No shell.", _WORDS_OF),
        "webhook": _key("An address to which the alert is posted as JSON, signed.", _TEXT),
        "secret": _key("The variable of the environment that holds the key of the webhook's signature.", _TEXT),
        "mail": _key("Addresses to which it is mailed.", _TEXTS),
        "calendar": _key("A calendar file (.ics) that holds the latest day of each decision.", _TEXT),
    },
)

FETCH = Kind(
    article="the rules of fetching",
    keys={
        "allow": _key(
            "Places to be fetched although they are no part of the public internet, or at another port: names, "
            "addresses, networks.",
            _TEXTS,
        ),
        "contact": _key("An address that servers are told, should somebody want to ask what we do.", _TEXT),
    },
)

_SCHEMA = _must("Version of this file's shape.", {"const": 1}, "1")
ELSEWHERE = ("feeds",)
"""Tables that belong to the desk's settings, ``tocsin.toml``; a problem may hold them, and they are noted, not read."""

_LISTS: dict[str, Kind] = {
    "decisions": DECISION,
    "gates": GATE,
    "scenarios": SCENARIO,
    "indicators": INDICATOR,
    "figures": FIGURE,
    "sources": SOURCE,
    "actors": ACTOR,
    "explanations": EXPLANATION,
    "deception": DECEPTION,
    "looks": LOOK,
    "collection": TASK,
    "alerts": ALERT,
}

PROBLEM = Kind(
    article="a problem",
    keys={
        "schema": _SCHEMA,
        "id": _must("The problem's name.", _ID, '"border-closure"'),
        "question": _must("The one question, answerable with yes or no.", _TEXT, '"Will …?"'),
        "resolution": _key("What counts as yes, exactly.", _TEXT),
        "opened": _must("First day of the watch.", _DAY, "2022-11-20"),
        "by": _must("The date of the headline answer, inclusive.", _DAY, "2022-12-31"),
        "yardstick": _key('The scale of probability words (default "ICD 203").', {"enum": list(YARDSTICKS)}),
        "decisions": _key("Who would do what on a warning, how long it takes, and from which probability on.", {}),
        "method": _key("Settings of the method.", {}),
        "gates": _key("Necessary conditions.", {}),
        "scenarios": _must("Courses still to come; what is left over is the status quo.", {}, "[[scenarios]]"),
        "indicators": _key("What to look for.", {}),
        "figures": _key("Quantities that a scenario needs.", {}),
        "sources": _key("Who is who, as in sources.toml; for a file that stands alone.", {}),
        "dispute": _key("What the actors want different things about.", {}),
        "actors": _key("Who stands where in the dispute, how much they can do, how much they care.", {}),
        "explanations": _key("Something that happened, and its rival accounts.", {}),
        "deception": _key("Parties that may be deceiving us, each with its stories.", {}),
        "looks": _key("The collection log: who looked for what, when, and found nothing.", {}),
        "collection": _key("Who is to look for what, and how often.", {}),
        "alerts": _key("What raises an alert, and the channels it goes through.", {}),
        **{name: _key("Belongs in tocsin.toml; not read here.", {"type": "array"}) for name in ELSEWHERE},
    },
    inner={"method": METHOD, "dispute": DISPUTE, **_LISTS},
    lists=frozenset(_LISTS),
)

SOURCES = Kind(
    article="the sources file",
    keys={
        "schema": _key("Version of this file's shape.", {"const": 1}),
        "sources": _key("Who is who, graded once for all problems.", {}),
    },
    inner={"sources": SOURCE},
    lists=frozenset({"sources"}),
)

SETTINGS = Kind(
    article="the desk's settings",
    keys={
        "schema": _key("Version of this file's shape.", {"const": 1}),
        "store": _key("The address of the database; a file in the desk's folder if left out.", _TEXT),
        "fetch": _key("What may be fetched.", {}),
        "feeds": _key("Feeds to be polled by tocsin watch.", {}),
        "channels": _key("The ways in which alerts leave; nothing leaves by any other.", {}),
        "mapping": _key("Which columns of a table or JSON Lines hold what, by the mapping's name.", {"type": "object"}),
    },
    inner={"fetch": FETCH, "feeds": FEED, "channels": CHANNEL},
    lists=frozenset({"feeds", "channels"}),
)
