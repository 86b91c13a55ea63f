"""Every key of the files a user writes, once: the loader accepts these, and the JSON Schemas are made of them."""

from __future__ import annotations

from tocsin.model.alert import Rule
from tocsin.model.grade import Wording
from tocsin.model.report import Access, VoiceKind
from tocsin.model.yardstick import YARDSTICKS
from tocsin.problem.kinds import Key, Kind, key, must
from tocsin.problem.shapes import (
    CHANCE,
    COST,
    COUNTS,
    DAY,
    DEGREE,
    DURATION,
    FIRST,
    FLAG,
    HUNDRED,
    ID,
    LAW,
    LEAD,
    LETTER,
    OF_YEAR,
    PAIRS,
    PHRASES,
    PLACE,
    TEXT,
    TEXTS,
    UNIT,
    WORDS_OF,
    per,
)
from tocsin.problem.words import COVERAGE, RATES

_WAYS_OUT = ("file", "command", "webhook", "mail", "calendar")
_WATCHED: dict[str, Key] = {
    "watch": key("Phrases that point to it. A plain list is English; or one list per language code.", PHRASES),
    "not": key("Look-alikes: phrases that must not be taken for it.", PHRASES),
    "counter": key("Phrases that assert the opposite.", PHRASES),
    "where": key("Places it must be about. A claim about another place does not count.", TEXTS),
    "who": key("Actors it must be about. A claim about another actor does not count.", TEXTS),
}

OWN_PLACE = Kind(
    article="a place",
    keys={
        "name": must("What it is called, as in `where`.", TEXT, '"Kavumu"'),
        "in": must("What it lies in: a town, region or country, or another place of this list.", TEXT, '"South Kivu"'),
        "aliases": key("Other names and spellings of it.", TEXTS),
        "lat": key("Latitude, in degrees north.", {"type": "number", "minimum": -90, "maximum": 90}),
        "lon": key("Longitude, in degrees east.", {"type": "number", "minimum": -180, "maximum": 180}),
    },
)

METHOD = Kind(
    article="the method",
    keys={
        "contamination": key("Chance that an indicator says nothing about the scenarios at all (default 0.10).", UNIT),
        "blanket_echo": key(
            "Chance that an agreeing report of another source repeats the first: its mean (default 0.5), weighed by the"
            " reports themselves; or [[chance, probability], …]; 0 switches it off.",
            LAW,
        ),
        "blanket_window_days": key("Within how many days it may do so (default 7).", {"type": "integer", "minimum": 0}),
        "self_repeat": key(
            "Chance that a source which speaks again speaks of the same mind: a number, or [[chance, probability], …]"
            " (default [[0, 0.1], [0.995, 0.9]]: the reports tell which); 0 switches it off.",
            LAW,
        ),
        "tempo": key("Common factor on all leads: [[factor, probability], …], probabilities summing to 1.", PAIRS),
        "prior_as_of": key(
            '"opened": priors hold on the first day, quiet days count as survival; "as_of": they hold today.',
            {"enum": ["opened", "as_of"]},
        ),
    },
)

DECISION = Kind(
    article="a decision",
    keys={
        "who": must("Who would act.", TEXT, '"duty officer"'),
        "what": must("What they would do.", TEXT, '"move staff south"'),
        "takes": must("How long it takes.", DURATION, '"2 days"'),
        "alarm": key("From which probability on it is worth doing; else it follows from the two costs.", CHANCE),
        "false_alarm": key("What acting in vain would cost, in any unit.", COST),
        "miss": key("What not acting in time would cost, in the same unit.", COST),
    },
)

DISPUTE = Kind(
    article="a dispute",
    keys={
        "question": key("What the actors want different things about (default: the problem's question).", TEXT),
        "nought": key("What position 0 means.", TEXT),
        "hundred": key("What position 100 means.", TEXT),
        "gate": key("The gate whose probability follows from where they settle.", ID),
        "even_at": key("The position at which that gate is as likely open as not (default 50).", HUNDRED),
        "width": key("Points over which its odds rise by a factor e (default 10).", {"type": "number"}),
        "without": key("Actors to be taken away together: [[one, another], …].", {"type": "array"}),
    },
)

ACTOR = Kind(
    article="an actor",
    most=200,
    keys={
        "id": must("Its name in this file.", ID, '"harbour-board"'),
        "name": key("Its name as a page prints it.", TEXT),
        "position": must("Where it stands, 0 to 100: a word, a number or a range.", PLACE, '"rather against"'),
        "capability": must("How much it can do, 0 to 100: a word, a number or a range.", DEGREE, '"much"'),
        "salience": must("How much it cares, 0 to 100: a word, a number or a range.", DEGREE, '"some"'),
        "since": key("The first day on which it has a say.", DAY),
        "until": key("The last day on which it has a say.", DAY),
    },
)

ACCOUNT = Kind(
    article="an account",
    most=10,
    keys={
        "id": must("Its name.", ID, '"accident"'),
        "statement": key("What happened, by this account.", TEXT),
        "prior": must("How probable it is before any observation; all together sum to 1.", CHANCE, "0.7"),
        "odds": key(
            "Factors on the odds of gates and of scenarios' priors if it is true.",
            per({"type": "number", "exclusiveMinimum": 0}),
        ),
    },
)

OBSERVATION = Kind(
    article="an observation",
    most=100,
    keys={
        "id": must("Its name.", ID, '"no-autopsy"'),
        "statement": key("What was seen, or looked for and not seen.", TEXT),
        "likelihood": must(
            "Per account: how probable just this is if it is true.", per(FIRST), '{ accident = "often" }'
        ),
        "on": key("The day from which it is known.", DAY),
    },
)

EXPLANATION = Kind(
    article="an event to be explained",
    most=20,
    keys={
        "id": must("Its name in this file.", ID, '"warehouse-fire"'),
        "statement": key("What happened, without saying why.", TEXT),
        "on": key("The day it happened; before that day it is not weighed.", DAY),
        "accounts": must("Rival accounts of it, two at least.", {}, "[{ … }, { … }]"),
        "observations": key("What was observed, and how probable each account makes it.", {}),
    },
    inner={"accounts": ACCOUNT, "observations": OBSERVATION},
    lists=frozenset({"accounts", "observations"}),
)

GATE = Kind(
    article="a gate",
    keys={
        "id": must("Its name in this file.", ID, '"parliament-agrees"'),
        "statement": key("The necessary condition as a sentence.", TEXT),
        "probability": must(
            "How probable it is that the gate is open: a word, a number or a range.", CHANCE, '"unlikely"'
        ),
        "opens": key("The first day on which it can be open.", DAY),
        "lead": key(
            "Days from its opening to the onset: at least, typically, at most; or [[days, probability], …].", LEAD
        ),
        "noticed_within": key("Even odds that an observer who knows has noticed it within this time.", DURATION),
        **_WATCHED,
    },
    hints={"needs": "a gate stands by itself: join gates in the needs of a scenario"},
)

SEASON = Kind(
    article="a season",
    keys={
        "from": must("First day of every year, month-day.", OF_YEAR, '"11-01"'),
        "to": must("Last day, month-day; it may lie in the next year.", OF_YEAR, '"12-15"'),
        "factor": must("What the daily hazard is multiplied by.", {"type": "number", "minimum": 0}, "0.3"),
    },
)

SCENARIO = Kind(
    article="a scenario",
    most=50,
    keys={
        "id": must("Its name in this file.", ID, '"full-closure"'),
        "statement": key("The course still to come as a sentence.", TEXT),
        "event": key("Does it count for the question? A feint does not.", FLAG, "true"),
        "prior": key("How probable it is, given that its gates are open: a word, a number or a range.", CHANCE),
        "even_odds_within": key(
            "If it is coming: the time within which it is as likely as not to have started.", DURATION
        ),
        "not_before": key("The first day on which it can start.", DAY),
        "season": key("Stretches of the year in which it starts more or less easily.", {"type": "array"}),
        "needs": key("The gates it needs: and, or, not, at_least(k, a, b, c), brackets.", TEXT),
        "status_quo": key("True for the one scenario in which nothing happens; it takes what the others leave.", FLAG),
    },
    inner={"season": SEASON},
    lists=frozenset({"season"}),
)

INDICATOR = Kind(
    article="an indicator",
    keys={
        "id": must("Its name in this file.", ID, '"barriers-delivered"'),
        "statement": key("What to look for, as a sentence.", TEXT),
        "seen_first": must(
            "Per scenario: would we see it before the onset? Scenarios left out have 0.",
            per(FIRST),
            '{ full-closure = "usually" }',
        ),
        "lead": key(
            "Start to onset: at least, typically, at most; or [[days, probability], …]; or one of them per scenario.",
            {"anyOf": [LEAD, per(LEAD)]},
        ),
        "then": key("The indicator that must still follow it.", ID),
        "building": key("Must it be built up first? The default is true where `then` is given.", FLAG),
        "false_starts": key(
            "How often it shows without the event: a word, or times per year.",
            {"anyOf": [{"enum": list(RATES)}, {"type": "number", "minimum": 0, "maximum": 365}]},
        ),
        "false_start_lasts": key('How long such a false start lasts (default "20 days").', DURATION),
        "coverage": key(
            "How well we look when a look is logged: a word, or the chance of seeing it.",
            {"anyOf": [{"enum": list(COVERAGE)}, UNIT]},
        ),
        "false_alarm": key("Chance per looked-at day of seeing it where it is not (default 0).", UNIT),
        "noticed_within": key("Even odds that an observer who knows has noticed it within this time.", DURATION),
        "critical": key("Must it come before the onset? Critical indicators give the earliest date.", FLAG),
        **_WATCHED,
    },
)

FIGURE_PART = Kind(
    article="a part of a figure",
    keys={
        "of": must("What the part is.", TEXT, '"mercenaries"'),
        "expect": must("How large it is before any report: 5 % and 95 % points.", COUNTS, "[500, 5000]"),
        "words": key("Words of a figure that counts the part alone.", TEXTS),
        "without": key("Words of a figure that leaves the part out.", TEXTS),
        "whole": key("Words of a figure that counts the part in.", TEXTS),
        "unclear": key("Chance that a figure without any such word leaves the part out (default 0.5).", UNIT),
    },
)

FIGURE = Kind(
    article="a figure",
    keys={
        "id": must("Its name in this file.", ID, '"trucks-waiting"'),
        "of": must("What is counted; its words before the first preposition are matched.", TEXT, '"trucks"'),
        "unit": must("Singular English noun.", TEXT, '"vehicle"'),
        "expect": must("What one would expect before any report: 5 % and 95 % points.", COUNTS, "[100, 5000]"),
        "need": key("Per scenario: what it needs to succeed, 5 % and 95 % points.", per(COUNTS)),
        "attempt": key("Per scenario: what an actor who misjudges might try with, 5 % and 95 % points.", per(COUNTS)),
        "part": key("A part of it that some count in and some do not.", {}),
        **{name: one for name, one in _WATCHED.items() if name != "counter"},
    },
    inner={"part": FIGURE_PART},
)

GRADE = Kind(
    article="a grade",
    keys={
        "from": must("The first day on which it holds.", DAY, "2022-12-01"),
        "reliability": must(
            "A letter A-F, or one per topic with `general` for all others.",
            {"anyOf": [LETTER, per(LETTER)]},
            '"B"',
        ),
        "wording": key("The edition whose wording the letter follows.", {"enum": [w.value for w in Wording]}),
        "by": key("Who gave it.", TEXT),
        "why": key("On what grounds.", TEXT),
    },
)

SOURCE = Kind(
    article="a source",
    keys={
        "id": must("Its name in all files of the desk.", ID, '"harbour-gazette"'),
        "name": key("Its name as reports print it.", TEXT),
        "aliases": key("Other names it goes by.", TEXTS),
        "kind": key("What it is.", {"enum": [kind.value for kind in VoiceKind]}),
        "party": key("The side it belongs to, if any.", TEXT),
        "access": key("How it knows.", {"enum": [access.value for access in Access]}),
        "reliability": key(
            "A letter A-F, or one per topic with `general` for all others. F: cannot be judged.",
            {"anyOf": [LETTER, per(LETTER)]},
        ),
        "knows": key("Probability that it knows what it speaks about; stands before the letter's number.", UNIT),
        "wording": key("The edition whose wording the letter follows.", {"enum": [w.value for w in Wording]}),
        "graded_by": key("Who gave the letter; a digit of credibility by the same person does not count.", TEXT),
        "grades": key("Later grades, each from a day on; an assessment uses the one in force on its day.", {}),
        "part_of": key("The source it belongs to: one voice with it.", ID),
        "alarmist": key("Does it rather cry wolf?", FLAG),
        "interest": key("The side to which it would shade a figure.", {"enum": ["up", "down"]}),
        "notes": key("Anything a colleague should know.", TEXT),
        "handling": key("A caveat on its name and on all it says: a TLP label, or words of your own.", TEXT),
    },
    inner={"grades": GRADE},
    lists=frozenset({"grades"}),
)

DECEPTION = Kind(
    article="a party that may deceive",
    most=10,
    keys={
        "id": must("Its name in this file.", ID, '"northland"'),
        "suspects": key(
            "The sources it can steer, by id or name: a list, or { source = chance that a statement is steered }.",
            {"anyOf": [TEXTS, per(CHANCE)]},
        ),
        "party": key("Sources declared with this party, and unnamed voices they vouch for, are suspects too.", TEXT),
        "q": key("Chance that a statement of a suspect is steered, if anything is (default 0.25).", CHANCE),
        "indicators": key("The indicators and gates that it speaks about; all of them if left out.", TEXTS),
        "stories": key(
            "Probability of each story: none, hide, loud, quiet and those in tells. What is left over goes to the "
            "built-in ones not named (defaults .70, .15, .10, .05).",
            per(CHANCE),
        ),
        "tells": key(
            "Stories of its own: the chance that a steered channel says present, as { event = 0.9, otherwise = 0.1 } "
            "or per scenario.",
            per(per(CHANCE)),
        ),
        "motive": key("Has it motive and means? The four answers set the probability of none.", FLAG),
        "practice": key("Has it done so before?", FLAG),
        "manipulable": key("Can it steer the sources?", FLAG),
        "contradicts": key("Does what they say contradict better evidence?", FLAG),
    },
    hints={"reach": 'name the sources within its reach: suspects = ["a-source"]'},
)

LOOK = Kind(
    article="a look",
    most=10_000,
    keys={
        "indicator": must("What was looked for and not found.", ID, '"barriers-delivered"'),
        "from": must("The first day that the look covered.", DAY, "2022-12-01"),
        "to": key("The last day that it covered; the first if left out.", DAY),
        "by": key("Who looked.", TEXT),
        "coverage": key(
            "How well: a word, or the chance of seeing it; the indicator's own if left out.",
            {"anyOf": [{"enum": list(COVERAGE)}, UNIT]},
        ),
    },
)

TASK = Kind(
    article="a task of collection",
    keys={
        "indicator": must("What is to be looked for.", ID, '"barriers-delivered"'),
        "by": must("Who looks.", TEXT, '"gauge reader"'),
        "every": must("How often.", DURATION, '"1 day"'),
    },
)

ALERT = Kind(
    article="an alert",
    most=100,
    keys={
        "on": must("What raises it.", {"type": "array", "items": {"enum": [*Rule]}}, '["word_changed"]'),
        "to": must("The channels of the desk (tocsin.toml) that it goes through.", TEXTS, '["log"]'),
        "indicators": key("Only these indicators; all of them if left out.", TEXTS),
        "near": key('How long before the latest day of a decision (default "3 days").', DURATION),
        "over": key('How far to look back for what a source says regularly (default "21 days").', DURATION),
    },
    hints=dict.fromkeys(_WAYS_OUT, 'declare a channel in tocsin.toml and name it here: to = ["…"]'),
)

FEED = Kind(
    article="a feed",
    most=500,
    keys={
        "id": must("Its name.", ID, '"courier"'),
        "url": must("Its address (http or https).", TEXT, '"https://example.org/feed.xml"'),
        "every": must("From one poll to the next; at least 5 minutes.", DURATION, '"30 minutes"'),
        "source": key("The source that publishes it, by its id in sources.toml.", ID),
        "covers": key(
            "Indicators that one would learn of here, as indicator or problem/indicator. An answered poll is a look.",
            TEXTS,
        ),
        "coverage": key(
            "How well: a word, or the chance of seeing it; the indicator's own if left out.",
            {"anyOf": [{"enum": list(COVERAGE)}, UNIT]},
        ),
        "pages": key("Fetch the page behind each entry too, where robots.txt lets us (default false).", FLAG),
        "handling": key("A caveat to keep with its reports.", TEXT),
        "lang": key("Language of its reports, where it does not say.", TEXT),
        "silent_after": key("How long it may bring nothing new before it counts as gone silent.", DURATION),
    },
)

CHANNEL = Kind(
    article="a channel",
    most=100,
    keys={
        "id": must("The name by which alerts ask for it.", ID, '"log"'),
        "file": key("A file to which a line of JSON is appended.", TEXT),
        "command": key("A program and its words; it gets the alert as JSON on standard input. No shell.", WORDS_OF),
        "webhook": key("An address to which the alert is posted as JSON, signed.", TEXT),
        "secret": key("The variable of the environment that holds the key of the webhook's signature.", TEXT),
        "mail": key("Addresses to which it is mailed.", TEXTS),
        "calendar": key("A calendar file (.ics) that holds the latest day of each decision.", TEXT),
    },
)

FETCH = Kind(
    article="the rules of fetching",
    keys={
        "allow": key(
            "Places to be fetched although they are no part of the public internet, or at another port: names, "
            "addresses, networks.",
            TEXTS,
        ),
        "contact": key("An address that servers are told, should somebody want to ask what we do.", TEXT),
    },
)

_SCHEMA = must("Version of this file's shape.", {"const": 1}, "1")
ELSEWHERE = ("feeds",)
"""Tables that belong to the desk's settings, ``tocsin.toml``; a problem may hold them, and they are noted, not read."""

_LISTS: dict[str, Kind] = {
    "decisions": DECISION,
    "gates": GATE,
    "scenarios": SCENARIO,
    "indicators": INDICATOR,
    "figures": FIGURE,
    "places": OWN_PLACE,
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
        "id": must("The problem's name.", ID, '"border-closure"'),
        "question": must("The one question, answerable with yes or no.", TEXT, '"Will …?"'),
        "resolution": key("What counts as yes, exactly.", TEXT),
        "opened": must("First day of the watch.", DAY, "2022-11-20"),
        "by": must("The date of the headline answer, inclusive.", DAY, "2022-12-31"),
        "yardstick": key('The scale of probability words (default "ICD 203").', {"enum": list(YARDSTICKS)}),
        "decisions": key("Who would do what on a warning, how long it takes, and from which probability on.", {}),
        "method": key("Settings of the method.", {}),
        "gates": key("Necessary conditions.", {}),
        "scenarios": must("Courses still to come; what is left over is the status quo.", {}, "[[scenarios]]"),
        "indicators": key("What to look for.", {}),
        "figures": key("Quantities that a scenario needs.", {}),
        "places": key("Places that the gazetteer lacks, with what they lie in.", {}),
        "sources": key("Who is who, as in sources.toml; for a file that stands alone.", {}),
        "dispute": key("What the actors want different things about.", {}),
        "actors": key("Who stands where in the dispute, how much they can do, how much they care.", {}),
        "explanations": key("Something that happened, and its rival accounts.", {}),
        "deception": key("Parties that may be deceiving us, each with its stories.", {}),
        "looks": key("The collection log: who looked for what, when, and found nothing.", {}),
        "collection": key("Who is to look for what, and how often.", {}),
        "alerts": key("What raises an alert, and the channels it goes through.", {}),
        **{name: key("Belongs in tocsin.toml; not read here.", {"type": "array"}) for name in ELSEWHERE},
    },
    inner={"method": METHOD, "dispute": DISPUTE, **_LISTS},
    lists=frozenset(_LISTS),
)

SOURCES = Kind(
    article="the sources file",
    keys={
        "schema": key("Version of this file's shape.", {"const": 1}),
        "sources": key("Who is who, graded once for all problems.", {}),
    },
    inner={"sources": SOURCE},
    lists=frozenset({"sources"}),
)

_MAPPING: dict[str, object] = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {
        "text": {"anyOf": [{"type": "string"}, {"type": "array", "minItems": 1, "items": {"type": "string"}}]},
        **{
            name: {"type": "string"}
            for name in ("title", "published", "url", "outlet", "author", "lang", "cited", "id", "place")
        },
        "date_format": {"type": "string", "description": "How days are written, such as DD/MM/YYYY."},
        "delimiter": {"type": "string", "minLength": 1, "maxLength": 1},
    },
}

SETTINGS = Kind(
    article="the desk's settings",
    keys={
        "schema": key("Version of this file's shape.", {"const": 1}),
        "store": key("The address of the database; a file in the desk's folder if left out.", TEXT),
        "fetch": key("What may be fetched.", {}),
        "feeds": key("Feeds to be polled by tocsin watch.", {}),
        "channels": key("The ways in which alerts leave; nothing leaves by any other.", {}),
        "mapping": key(
            "Which columns of a table or JSON Lines hold what, by the mapping's name: text, title, published, url, "
            "outlet, author, lang, cited, id and place (put before the text); date_format says how days are written, "
            "delimiter what divides the cells.",
            {"type": "object", "additionalProperties": _MAPPING},
        ),
    },
    inner={"fetch": FETCH, "feeds": FEED, "channels": CHANNEL},
    lists=frozenset({"feeds", "channels"}),
)
