"""The desk's own settings: feeds, channels, what may be fetched; all faults at once, each with place and cure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.north import north
from tests.test_problem_schema import complaints, kinds
from tests.test_questions import PROBLEM

from tocsin.errors import FaultyInput
from tocsin.model.alert import Rule
from tocsin.model.feed import Channel, ChannelKind, Feed, Settings
from tocsin.problem import load_settings, parse_problem, parse_settings, settings_schema
from tocsin.problem.keys import SETTINGS

FULL = """
schema = 1
store = "postgresql://host/desk"

[fetch]
allow = ["feeds.home.example:8080", "10.0.0.0/24"]
contact = "desk@example.org"

[[feeds]]
id = "courier"
url = "https://courier.example/feed.xml"
every = "30 minutes"
source = "valley-courier"
covers = ["barriers-delivered", "border-crossing/staff-moved"]
coverage = "partly"
pages = true
handling = "internal"
lang = "en"
silent_after = "2 days"

[[channels]]
id = "log"
file = "alerts.jsonl"

[[channels]]
id = "bell"
command = ["ring", "twice", "twice"]

[[channels]]
id = "chat"
webhook = "https://hooks.example/in"
secret = "HOOK_KEY"

[[channels]]
id = "duty"
mail = ["duty@example.org", "night@example.org"]

[[channels]]
id = "diary"
calendar = "decisions.ics"

[mapping.wire]
text = "body"
"""


def faults(text: str) -> list[str]:
    with pytest.raises(FaultyInput) as error:
        parse_settings(text, file="tocsin.toml")
    return [str(fault) for fault in error.value.faults]


def test_everything_that_can_be_set_is_read() -> None:
    found = parse_settings(FULL, file="tocsin.toml")

    assert found == Settings(
        store="postgresql://host/desk",
        allow=("feeds.home.example:8080", "10.0.0.0/24"),
        contact="desk@example.org",
        feeds=(
            Feed(
                id="courier",
                url="https://courier.example/feed.xml",
                every=30 * (1 / 1440),
                source="valley-courier",
                covers=("barriers-delivered", "border-crossing/staff-moved"),
                coverage=0.3,
                pages=True,
                handling="internal",
                lang="en",
                silent_after=2.0,
            ),
        ),
        channels=(
            Channel(id="log", kind=ChannelKind.FILE, to=("alerts.jsonl",)),
            Channel(id="bell", kind=ChannelKind.COMMAND, to=("ring", "twice", "twice")),
            Channel(id="chat", kind=ChannelKind.WEBHOOK, to=("https://hooks.example/in",), secret="HOOK_KEY"),  # noqa: S106
            Channel(id="duty", kind=ChannelKind.MAIL, to=("duty@example.org", "night@example.org")),
            Channel(id="diary", kind=ChannelKind.CALENDAR, to=("decisions.ics",)),
        ),
    )
    assert complaints(settings_schema(), FULL) == []


def test_without_a_file_the_settings_are_the_usual_ones(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "tocsin.toml") == parse_settings("", file="x") == Settings()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "courier"', 'id = "a feed"', "feeds.a feed.id: 'a feed' is no id"),
        ('"30 minutes"', '"1 minute"', "feeds.courier.every: '1 minute' is too short"),
        ('every = "30 minutes"', "", "feeds.courier.every: is missing"),
        ('url = "https', 'link = "https', "feeds.courier.url: is missing"),
        ('coverage = "partly"', 'coverage = "somewhat"', "feeds.courier.coverage: 'somewhat' is no coverage"),
        ("pages = true", 'pages = "yes"', "feeds.courier.pages: 'yes' is neither true nor false"),
        ('file = "alerts.jsonl"', "", "channels.log.id: does not say how an alert leaves"),
        ('file = "alerts.jsonl"', 'file = "a"\nmail = "a@b.c"', "channels.log.id: is mail and file at once"),
        ('id = "bell"', 'id = "log"', "channels.log.id: another channel is called 'log'"),
        ('["ring", "twice", "twice"]', '"ring; twice"', "channels.bell.command: 'ring; twice' is no list of words"),
        ('["ring", "twice", "twice"]', "[]", "channels.bell.command"),
        ('secret = "HOOK_KEY"', "", "channels.chat.secret: is missing"),
        ('secret = "HOOK_KEY"', 'secret = "the key itself!"', "is no name of a variable"),
        ('file = "alerts.jsonl"', 'file = "a"\nsecret = "K"', "channels.log.secret: belongs to a webhook"),
        ('"night@example.org"', '"night"', "channels.duty.mail: 'night' is no mail address"),
        ('"night@example.org"', '"a@b.c,d@e.f"', "is no mail address"),
        ('"desk@example.org"', '"desk\\nX: y"', "fetch.contact: 'desk\\nX: y' is more than one line"),
        ("[fetch]", "[fetching]", "fetching: 'fetching' is no key of the desk's settings (did you mean 'fetch'?)"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, told: str) -> None:
    assert old in FULL
    assert any(told in fault for fault in faults(FULL.replace(old, new, 1)))


def test_all_faults_are_told_at_once_and_the_key_itself_is_never_shown() -> None:
    found = faults(FULL.replace("HOOK_KEY", "hunter2 hunter2").replace('"partly"', '"so"').replace('"30 minutes"', "0"))

    assert len(found) == 3


def test_every_key_is_explained() -> None:
    for kind in kinds(SETTINGS):
        for name, key in kind.keys.items():
            assert key.says.endswith((".", "?", ")")), name
            assert key.example or not key.required, name


def test_check_tells_what_does_not_fit_together_or_can_never_be_fetched(tmp_path: Path) -> None:
    alerts = '\n[[alerts]]\non = ["word_changed"]\nto = ["log", "loud"]\n'
    settings = (
        FULL.replace("https://courier.example", "ftp://courier.example")
        .replace("10.0.0.0/24", "ten/7")
        .replace('"barriers-delivered"', '"strike-groups", "north/drills"')
    )
    told = [str(fault) for fault in north(tmp_path, more=alerts, settings=settings).check().faults]

    wrong = ["staff-moved", "'ftp' is no scheme", "'ten/7' is no host", "'loud' is no channel"]
    assert [part for part in wrong if any(part in fault for fault in told)] == wrong
    assert not any("strike-groups" in fault or "drills" in fault or "'log'" in fault for fault in told)


def alerting(more: str) -> str:
    return f'{PROBLEM}\n[[alerts]]\non = ["word_changed", "decision_near"]\nto = ["log"]\n{more}'


def test_a_problem_declares_its_alerts() -> None:
    [found] = parse_problem(alerting('indicators = ["drills"]\nnear = "1 week"\nover = "30 days"'), file="p").alerts

    assert found.on == (Rule.WORD_CHANGED, Rule.DECISION_NEAR)
    assert (found.to, found.indicators, found.near, found.over) == (("log",), ("drills",), 7.0, 30.0)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('indicators = ["drill"]', "alerts.#1.indicators: 'drill' is no indicator (did you mean 'drills'?)"),
        ('over = "2 days"', "alerts.#1.over: '2 days' is too short"),
        (
            'command = ["rm", "-r"]',
            "alerts.#1.command: 'command' is no key of an alert (declare a channel in tocsin.toml",
        ),
        ('[[collection]]\nindicator = "none"\nby = "A"\nevery = 1', "collection.#1.indicator: 'none' is no indicator"),
    ],
)
def test_a_faulty_alert_or_plan_is_told_with_its_place(more: str, told: str) -> None:
    with pytest.raises(FaultyInput) as error:
        parse_problem(alerting(more), file="p")

    assert any(told in str(fault) for fault in error.value.faults)


def test_a_rule_that_does_not_exist_is_no_rule() -> None:
    with pytest.raises(FaultyInput, match="'word_changes' is no rule of an alert"):
        parse_problem(alerting("").replace("word_changed", "word_changes"), file="p")


def test_what_the_guide_shows_can_be_written_so() -> None:
    guide = (Path(__file__).parents[1] / "docs" / "how-to" / "watch-feeds-and-alerts.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    mine = [block for block in blocks if "[[alerts]]" not in block and "[[collection]]" not in block]
    theirs = [block.replace("barriers-delivered", "drills") for block in blocks if block not in mine]
    settings = parse_settings("\n".join(mine), file="guide")
    problem = parse_problem(PROBLEM + "\n".join(theirs), file="guide")

    assert len(settings.feeds) == 1
    assert [channel.kind for channel in settings.channels] == ["file", "command", "webhook", "mail", "calendar"]
    assert {name for rule in problem.alerts for name in rule.to} <= {channel.id for channel in settings.channels}
    assert problem.collection
    assert all(f"| `{rule}` |" in guide for rule in Rule)
