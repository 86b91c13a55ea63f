"""No alert is lost and none is told under two keys, wherever the program is stopped and whatever is misspelt."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from tests.north import north
from tests.web_stub import PUBLIC, Net, saying, serving

from tocsin import alert
from tocsin.alert import Way
from tocsin.desk import Desk, Means, Round, watch
from tocsin.desk.alerting import standings
from tocsin.errors import DeliveryError
from tocsin.model.alert import Rule
from tocsin.model.feed import Channel
from tocsin.model.judgement import Verdict
from tocsin.model.log import Act, Delivery, DeliveryState
from tocsin.model.time import Window
from tocsin.store.sql import Store

pytestmark = pytest.mark.usefixtures("few_draws")

LATE = datetime(2022, 12, 20, 23)  # noqa: DTZ001 - the store's moments are UTC without a zone
DAY = LATE.date()
HOUR = timedelta(hours=1)
AFTER_MIDNIGHT = 2 * HOUR

RULES = f"""
[[alerts]]
on = {json.dumps([rule.value for rule in Rule])}
to = ["log"]
"""
SETTINGS = """
[[channels]]
id = "log"
file = "alerts.jsonl"
"""
FEED = """
[[feeds]]
id = "weekly"
url = "http://weekly.example/feed"
every = "30 minutes"
"""


def feed(*entries: str) -> bytes:
    items = "".join(
        f"<item><title>Item {n}</title><guid>{n}</guid><description>{words}</description>"
        "<pubDate>Mon, 19 Dec 2022 08:00:00 GMT</pubDate></item>"
        for n, words in enumerate(entries)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Kyiv Weekly</title>{items}</channel></rss>'.encode()
    )


QUIET = "The river is high and the ferry is late, the harbour master said."
DEAD = Net({"weekly.example": [[PUBLIC]]}, {})
USUAL = "According to the General Staff, the formation of a strike group in Belarus has not been recorded."
BESIDE = "According to the General Staff, the weather is bad."
SEEN = "According to Rail Watchers, Russian forces are forming a strike group near Mazyr in Belarus."
BOTH = (
    "According to Kyiv Weekly, Russian forces are forming a strike group near Brest in Belarus.\n\n"
    "According to Kyiv Weekly, the formation of a strike group in Belarus has not been recorded."
)


class KilledError(BaseException):
    """The program is stopped; nothing catches that."""


def report(desk: Desk, day: date, outlet: str, words: str) -> None:
    text = f"Report of {outlet}, {day:%d %B %Y}\n\n{words}\n".encode()
    desk.add([("report.txt", lambda: text)], now=LATE, published=Window.on(day), outlet=outlet)


def at(desk: Desk, moment: datetime, net: Net = DEAD) -> Round:
    return watch(desk, now=moment, means=Means(network=net, workers=0))


@pytest.fixture
def eventful(tmp_path: Path, url: str) -> Iterator[Desk]:
    """A desk that has been watched, and on which every rule has something to tell since then."""
    desk = north(tmp_path, more=RULES, settings=f"store = {json.dumps(url)}\n{SETTINGS}{FEED}")
    for n in range(7, 0, -1):
        report(desk, DAY - timedelta(days=n), "General Staff", USUAL)
    with serving(saying(feed(QUIET))) as site:
        at(desk, LATE - timedelta(hours=25), Net({"weekly.example": [[PUBLIC]]}, {PUBLIC: site.port}))
    assert desk.deliveries() == ()
    for outlet, words in (("General Staff", BESIDE), ("Rail Watchers", SEEN), ("Kyiv Weekly", BOTH)):
        report(desk, DAY, outlet, words)
    yield desk
    desk.close()


class Box:
    """A channel that takes what it is given and cannot tell what it was given before; it dies when it is told to."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.dies_before: int | None = None
        self.dies_after: int | None = None

    def __call__(self, _: Channel, told: str, *, way: Way) -> None:
        assert way.folder.is_dir()
        if self.dies_before == len(self.keys):
            self.dies_before = None
            raise KilledError
        self.keys.append(json.loads(told)["key"])
        if self.dies_after == len(self.keys):
            self.dies_after = None
            raise KilledError


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Box:
    found = Box()
    monkeypatch.setattr("tocsin.desk.sending.alert.send", found)
    return found


def stop_around_keeping(monkeypatch: pytest.MonkeyPatch, *, kept: bool) -> None:
    """Stop the program once, where it is about to keep what it saw and raised, or has just kept it."""
    keep = Store.keep_watch

    def stopping(
        store: Store, problem: str, *, after: int, stands: Act | None, raised: Sequence[Delivery], made_from: str
    ) -> bool:
        monkeypatch.setattr(Store, "keep_watch", keep)
        if kept:
            keep(store, problem, after=after, stands=stands, raised=raised, made_from=made_from)
        raise KilledError

    monkeypatch.setattr(Store, "keep_watch", stopping)


@pytest.mark.parametrize("stop", ["never", "before keeping", "after keeping", "before sending", "after sending"])
def test_whatever_is_stopped_wherever_every_rule_is_told_after_midnight_and_under_one_key(
    eventful: Desk, box: Box, monkeypatch: pytest.MonkeyPatch, stop: str
) -> None:
    match stop:
        case "before keeping" | "after keeping":
            stop_around_keeping(monkeypatch, kept=stop == "after keeping")
        case "before sending":
            box.dies_before = 3
        case "after sending":
            box.dies_after = 3
    with suppress(KilledError):
        at(eventful, LATE)
        assert stop == "never"
    eventful.close()
    again = Desk(eventful.path)
    for n in range(3):
        at(again, LATE + AFTER_MIDNIGHT + n * HOUR)
    told = Counter(box.keys)
    stands = {one.state for one in last_steps(again)}
    again.close()

    assert sorted(key.split("/")[1] for key in told) == sorted(rule.value for rule in Rule)
    assert sorted(told.values()) == [1] * (len(Rule) - 1) + [2 if stop == "after sending" else 1]
    assert not any(str(DAY + timedelta(days=1)) in key for key in told)
    assert stands == {DeliveryState.SENT}


def last_steps(desk: Desk) -> list[Delivery]:
    """How each alert stands with each channel."""
    return list({(one.key, one.target): one for one in desk.deliveries()}.values())


KILLING = """
import os, signal, sys
with open("told", "a") as told:
    told.write(sys.stdin.read())
if not os.path.exists("killed"):
    open("killed", "w").close()
    os.kill(os.getppid(), signal.SIGKILL)
"""
WATCHING = """
import sys
from datetime import datetime
from pathlib import Path
from tocsin.desk import Desk, Means, watch
watch(Desk(Path(sys.argv[1])), now=datetime.fromisoformat(sys.argv[2]), means=Means(workers=0))
"""


def test_a_program_that_is_killed_by_the_system_while_it_sends_has_told_all_after_its_restart(tmp_path: Path) -> None:
    (tmp_path / "killing.py").write_text(KILLING, encoding="utf-8")
    command = json.dumps([sys.executable, "killing.py"])
    desk = north(tmp_path, more=RULES, settings=f'[[channels]]\nid = "log"\ncommand = {command}\n')
    (tmp_path / "killed").touch()  # not yet: the first watch is not the one that is stopped
    at(desk, LATE - timedelta(hours=25))
    (tmp_path / "killed").unlink()
    report(desk, DAY, "Rail Watchers", SEEN)
    desk.close()
    codes = [
        subprocess.run(
            [sys.executable, "-c", WATCHING, str(tmp_path), moment.isoformat()], check=False, capture_output=True
        ).returncode
        for moment in (LATE, LATE + AFTER_MIDNIGHT)
    ]
    told = Counter(json.loads(line)["key"] for line in (tmp_path / "told").read_text(encoding="utf-8").splitlines())

    assert codes == [-signal.SIGKILL, 0]
    assert {key.split("/")[1] for key in told} >= {"word_changed", "alarm_crossed", "indicator_turned", "critical_seen"}
    assert sorted(told.values()) == [1] * (len(told) - 1) + [2]  # a command cannot tell; the key can


def test_two_that_watch_one_desk_at_once_tell_each_alert_once(eventful: Desk, box: Box) -> None:
    other = Desk(eventful.path)
    keep = eventful.store.keep_watch
    past = len(standings(eventful.store, "north"))
    at(other, LATE)
    late = keep("north", after=past, stands=None, raised=(), made_from="")
    at(eventful, LATE)
    other.close()

    assert not late
    assert max(Counter(box.keys).values()) == 1
    assert len(box.keys) == len(Rule)


def keys(desk: Desk) -> list[str]:
    return [json.loads(line)["key"] for line in (desk.path / "alerts.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def plain(tmp_path: Path) -> Desk:
    """A desk that was watched once: the alarm line is crossed, a decision near, and nothing seen."""
    desk = north(tmp_path, more=RULES, settings=SETTINGS)
    at(desk, LATE - timedelta(hours=25))
    return desk


def test_what_turns_and_turns_back_within_a_day_is_told_each_time(plain: Desk) -> None:
    report(plain, DAY, "Rail Watchers", SEEN)
    [claim] = plain.linkage(as_of=DAY).claims
    at(plain, LATE - 10 * HOUR)
    plain.judgements.judge(claim, Verdict.REJECTED, by="A", why="misread", now=LATE - 9 * HOUR)
    at(plain, LATE - 8 * HOUR)
    plain.judgements.judge(claim, Verdict.UNDONE, by="A", why="it was not", now=LATE - 7 * HOUR)
    at(plain, LATE - 6 * HOUR)
    turned = [key for key in keys(plain) if "/indicator_turned/" in key]
    told = Counter(key.split("/")[1] for key in keys(plain))

    assert [key.split("/")[3:5] for key in turned] == [
        ["not_covered", "observed"],
        ["observed", "not_covered"],
        ["not_covered", "observed"],
    ]
    assert len(set(keys(plain))) == len(keys(plain))
    assert (told["alarm_crossed"], told["word_changed"], told["critical_seen"]) == (3, 3, 2)


def settle(desk: Desk, file: str, old: str, new: str) -> None:
    path = desk.path / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("file", ["tocsin.toml", "problems/north.toml"])
def test_an_alert_for_a_channel_that_is_misspelt_waits_is_told_of_and_goes_out_once_it_is_mended(
    plain: Desk, file: str
) -> None:
    settle(plain, file, '"log"', '"lgo"')
    report(plain, DAY, "Rail Watchers", SEEN)
    rounds = [at(plain, LATE + n * HOUR) for n in (0, 1, 2)]
    settle(plain, file, '"lgo"', '"log"')
    mended = at(plain, LATE + 3 * HOUR)

    wrong = "log" if file == "tocsin.toml" else "lgo"
    assert [one.sent for one in rounds] == [(), (), ()]
    for one in rounds:
        [fault] = one.faults
        assert f"'{wrong}' is no channel (declare it in tocsin.toml); 3 alerts wait for it" in fault
    assert mended.faults == ()
    assert {one.rule for one in mended.sent} == {"word_changed", "indicator_turned", "critical_seen"}
    assert len(keys(plain)) == len(set(keys(plain))) == 2 + 3
    assert at(plain, LATE + 4 * HOUR).sent == ()
    gone = {DeliveryState.SENT} if wrong == "log" else {DeliveryState.SENT, DeliveryState.MOVED}
    assert {one.state for one in last_steps(plain)} == gone


def test_a_channel_that_fails_or_breaks_is_told_and_keeps_no_alert_from_another(
    plain: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(plain, "problems/north.toml", '["log"]', '["refusing", "broken", "log"]')
    settle(
        plain,
        "tocsin.toml",
        "[[channels]]",
        '[[channels]]\nid = "refusing"\nfile = "a"\n[[channels]]\nid = "broken"\nfile = "b"\n[[channels]]',
    )
    send, tried = alert.send, list[str]()

    def sending(channel: Channel, told: str, *, way: Way) -> None:
        tried.append(channel.id)
        if channel.id == "refusing":
            raise DeliveryError("file: not today")
        if channel.id == "broken":
            raise KeyError("DTSTART")
        send(channel, told, way=way)

    monkeypatch.setattr("tocsin.desk.sending.alert.send", sending)
    report(plain, DAY, "Rail Watchers", SEEN)
    found = at(plain, LATE)

    assert Counter(tried) == {"refusing": 1, "broken": 1, "log": 3}  # what fails is left alone for this round
    assert {one.error for one in found.sent} == {"file: not today", "file: KeyError: 'DTSTART'", None}
    monkeypatch.setattr("tocsin.desk.sending.alert.send", send)
    assert len(at(plain, LATE + HOUR).sent) == 6
    assert [len((plain.path / name).read_text(encoding="utf-8").splitlines()) for name in ("a", "b")] == [3, 3]


def test_a_feed_and_a_problem_that_break_the_program_stop_no_other(
    plain: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (plain.path / "problems" / "north.toml").read_text(encoding="utf-8")
    (plain.path / "problems" / "aa.toml").write_text(text.replace('id = "north"', 'id = "aa"'), encoding="utf-8")
    settle(plain, "tocsin.toml", "[[channels]]", FEED.replace("weekly", "a") + FEED + "[[channels]]")
    add, assess = Desk.add, Desk.assess

    def breaking(what: Callable[..., object], when: Callable[..., bool]) -> Callable[..., object]:
        def called(*given: object, **named: object) -> object:
            if when(*given, **named):
                raise RuntimeError("nobody thought of that")
            return what(*given, **named)

        return called

    monkeypatch.setattr(Desk, "add", breaking(add, lambda _, items, **__: "//a." in items[0][0]))
    monkeypatch.setattr(Desk, "assess", breaking(assess, lambda _, name, **__: name == "aa"))
    with serving(saying(feed(QUIET, SEEN))) as site:
        net = Net({"a.example": [[PUBLIC]], "weekly.example": [[PUBLIC]]}, {PUBLIC: site.port})
        found = at(plain, LATE, net)

    assert [(one.feed, one.error is None) for one in found.polls] == [("a", False), ("weekly", True)]
    assert "an error in the program: RuntimeError: nobody thought of that" in (found.polls[0].error or "")
    [fault] = found.faults
    assert fault.startswith("aa.toml: an error in the program: RuntimeError")
    assert {one.problem for one in found.sent} == {"north"}
    assert len(found.sent) == 3


def _folder(file: Path) -> None:
    file.mkdir()


def _leading_nowhere(file: Path) -> None:
    file.symlink_to("nowhere.toml")


def _no_text(file: Path) -> None:
    file.write_bytes(b"\xff\xfe schema = 1")


def _no_toml(file: Path) -> None:
    file.write_text("schema = ", encoding="utf-8")


@pytest.mark.parametrize("breaking", [_folder, _leading_nowhere, _no_text, _no_toml])
def test_a_problem_file_that_cannot_be_read_stops_neither_a_feed_nor_another_problem(
    plain: Desk, breaking: Callable[[Path], None]
) -> None:
    breaking(plain.path / "problems" / "aa.toml")
    settle(plain, "tocsin.toml", "[[channels]]", FEED + "[[channels]]")
    with serving(saying(feed(QUIET, SEEN))) as site:
        found = at(plain, LATE, Net({"weekly.example": [[PUBLIC]]}, {PUBLIC: site.port}))

    assert [(one.new, one.error) for one in found.polls] == [(2, None)]
    assert [fault.startswith("aa.toml: ") for fault in found.faults] == [True]
    assert "an error in the program" not in found.faults[0]
    assert len(found.sent) == 3


def test_a_round_in_which_nothing_came_assesses_nothing_and_whatever_is_new_is_assessed(
    plain: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(plain, "tocsin.toml", "[[channels]]", FEED + 'covers = ["drills"]\n[[channels]]')
    assess, assessed = Desk.assess, list[datetime]()

    def counted(desk: Desk, name: str | None = None, *, as_of: date, now: datetime) -> object:
        assessed.append(now)
        return assess(desk, name, as_of=as_of, now=now)

    monkeypatch.setattr(Desk, "assess", counted)

    def did(hours: float, net: Net) -> int:
        assessed.clear()
        at(plain, LATE + timedelta(hours=hours - 20), net)
        return len(assessed)

    with serving(saying(feed(QUIET))) as site:
        alive = Net({"weekly.example": [[PUBLIC]]}, {PUBLIC: site.port})
        assert [did(n, alive) for n in (0, 1)] == [1, 1]  # a new day and a look; then the look counts
        assert [did(n, alive) for n in (2, 3)] == [0, 0]
        report(plain, DAY, "Rail Watchers", SEEN)
        assert [did(n, alive) for n in (4, 5)] == [1, 0]
        [claim] = [one.id for one in plain.linkage(as_of=DAY).claims.values() if "strike" in one.content]
        plain.judgements.judge(claim, Verdict.REJECTED, by="A", why="misread", now=LATE)
        assert [did(n, alive) for n in (6, 7)] == [1, 0]
        plain.collection.look("north", "relocation", by="A", day=DAY, found=False, now=LATE)
        assert [did(n, alive) for n in (8, 9)] == [1, 0]
        settle(plain, "problems/north.toml", 'what = "leave"', 'what = "go"')
        assert [did(n, alive) for n in (10, 11)] == [1, 0]
        settle(plain, "sources.toml", 'reliability = "C"', 'reliability = "D"')
        assert [did(n, alive) for n in (12, 13)] == [1, 0]
        assert [did(n, alive) for n in (24.5, 25.5, 26.5)] == [1, 1, 0]
    assert [did(n, DEAD) for n in (27, 49, 50.6, 51)] == [0, 1, 1, 0]  # a day begins; then the feed counts as silent
    assert [key.split("/")[1] for key in keys(plain)][-1] == "feed_silent"


def test_what_a_feed_still_holds_of_what_was_added_by_hand_is_no_look_that_found_nothing(plain: Desk) -> None:
    settle(plain, "tocsin.toml", "[[channels]]", FEED + 'covers = ["strike-groups"]\n[[channels]]')

    def polled(hours: int, body: bytes) -> None:
        with serving(saying(body)) as site:
            at(plain, LATE - (10 - hours) * HOUR, Net({"weekly.example": [[PUBLIC]]}, {PUBLIC: site.port}))

    full = feed(QUIET, SEEN)
    polled(0, feed(QUIET))
    polled(1, feed(QUIET))
    plain.add([("saved.xml", lambda: full)], now=LATE)
    at(plain, LATE - 8 * HOUR - HOUR / 2)
    polled(3, full)

    assert [one.found for one in plain.store.looks("north")] == [False, True]
