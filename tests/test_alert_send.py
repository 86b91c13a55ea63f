"""An alert leaves by the channel that was declared, whole or not at all, and no secret with it."""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from tests.mail_stub import taking
from tests.web_stub import PUBLIC, Net, saying, sending_on, serving

from tocsin import fetch
from tocsin.alert import Post, Way, payload, send
from tocsin.errors import DeliveryError
from tocsin.model.alert import Alert, Rule
from tocsin.model.feed import Channel, ChannelKind

AT = datetime(2022, 12, 20, 12)  # noqa: DTZ001 - the store's moments are UTC without a zone
ALERT = Alert(
    key="north/critical_seen/strike-groups/2022-12-19",
    problem="north",
    rule=Rule.CRITICAL_SEEN,
    subject="strike-groups",
    reason="the critical indicator strike-groups is seen; “quoted”\nand on a second line",
    claims=("c1", "c2"),
    day=date(2022, 12, 20),
)
DECISION = Alert(
    key="north/decision_near/the office: leave/2022-12-24",
    problem="north",
    rule=Rule.DECISION_NEAR,
    subject="the office: leave",
    reason="the office: leave: to be decided by 2022-12-24",
    claims=(),
    day=date(2022, 12, 20),
    when=date(2022, 12, 24),
)
TOLD = payload(ALERT, question="Will it come?", at=AT)
KEY = "a-long-and-secret-key"


def nowhere(url: str, body: bytes, *, head: Mapping[str, str]) -> int:
    raise AssertionError(f"nothing is to be posted: {url} {body!r} {head}")


def way(
    folder: Path, environment: Mapping[str, str] | None = None, *, post: Post = nowhere, timeout: float = 5.0
) -> Way:
    return Way(folder=folder, post=post, environment=environment or {}, timeout=timeout)


def channel(kind: ChannelKind, *to: str) -> Channel:
    return Channel(id="c", kind=kind, to=to, secret="HOOK_KEY" if kind is ChannelKind.WEBHOOK else "")


def test_what_leaves_is_the_reason_the_claims_and_nothing_else() -> None:
    assert "\n" not in TOLD
    assert json.loads(TOLD) == {
        "schema": 1,
        "key": ALERT.key,
        "problem": "north",
        "question": "Will it come?",
        "rule": "critical_seen",
        "subject": "strike-groups",
        "reason": ALERT.reason,
        "claims": ["c1", "c2"],
        "as_of": "2022-12-20",
        "when": None,
        "at": "2022-12-20T12:00:00Z",
    }


def test_a_file_gets_a_line_for_each_alert_and_keeps_what_stood_there(tmp_path: Path) -> None:
    log = channel(ChannelKind.FILE, "kept/alerts.jsonl")
    for told in (TOLD, payload(DECISION, question="Will it come?", at=AT)):
        send(log, told, way=way(tmp_path))
    lines = (tmp_path / "kept" / "alerts.jsonl").read_text(encoding="utf-8").splitlines()

    assert [json.loads(line)["key"] for line in lines] == [ALERT.key, DECISION.key]


def test_a_line_that_stands_in_the_file_is_not_written_again_and_a_broken_one_is(tmp_path: Path) -> None:
    log = channel(ChannelKind.FILE, "alerts.jsonl")
    alike = replace(ALERT, key=f"{ALERT.key}0", reason=f'"key": "{DECISION.key}", ')
    send(log, payload(alike, question="Will it come?", at=AT), way=way(tmp_path))
    with (tmp_path / "alerts.jsonl").open("a", encoding="utf-8") as file:
        file.write(TOLD[:-1])  # stopped in mid-line
    for _ in range(2):
        for told in (TOLD, payload(DECISION, question="Will it come?", at=AT)):
            send(log, told, way=way(tmp_path))
    lines = (tmp_path / "alerts.jsonl").read_text(encoding="utf-8").splitlines()

    assert lines[1] == TOLD[:-1]
    assert [json.loads(line)["key"] for line in (lines[0], *lines[2:])] == [alike.key, ALERT.key, DECISION.key]


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "alerts.jsonl").mkdir()
    with pytest.raises(DeliveryError, match="file: "):
        send(channel(ChannelKind.FILE, "alerts.jsonl"), TOLD, way=way(tmp_path))


def program(tmp_path: Path, code: str) -> Channel:
    (tmp_path / "program.py").write_text(code, encoding="utf-8")
    return channel(ChannelKind.COMMAND, sys.executable, "program.py", "; touch broken", "$HOME")


def test_a_command_gets_the_alert_its_words_as_they_stand_and_none_of_our_secrets(tmp_path: Path) -> None:
    code = (
        "import json, os, sys\n"
        "told = [json.load(sys.stdin)['key'], sys.argv[1:], sorted(n for n in os.environ if n.startswith('T'))]\n"
        "open('out.json', 'w').write(json.dumps(told))"
    )
    given = way(tmp_path, {"TOCSIN_SMTP_PASSWORD": KEY, "TOCSIN_HOOK_KEY": KEY, "TZ": "UTC"})
    send(program(tmp_path, code), TOLD, way=given)

    assert json.loads((tmp_path / "out.json").read_text()) == [ALERT.key, ["; touch broken", "$HOME"], ["TZ"]]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out.json", "program.py"]
    assert KEY not in repr(given)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import sys; sys.exit('no \\x1b[31mbell')", "ended with status 1: no"),
        ("import time; time.sleep(60)", r"took longer than 0\.5 seconds"),
        ("import os, time; os.fork(); time.sleep(60)", r"took longer than 0\.5 seconds"),
        ("import sys; sys.stderr.write('x' * 10_000_000); sys.exit(3)", "status 3"),
    ],
)
def test_a_command_that_fails_or_hangs_is_told_and_ended(tmp_path: Path, code: str, told: str) -> None:
    before = time.monotonic()
    with pytest.raises(DeliveryError, match=told) as error:
        send(program(tmp_path, code), TOLD, way=way(tmp_path, timeout=0.5 if "sleep" in code else 20.0))

    assert len(str(error.value)) < 500
    assert time.monotonic() - before < 20


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="command: No such file"):
        send(channel(ChannelKind.COMMAND, "no-such-program-anywhere"), TOLD, way=way(tmp_path))


def test_a_webhook_is_signed_with_a_key_from_the_environment_and_goes_where_fetching_may_go(tmp_path: Path) -> None:
    hook = channel(ChannelKind.WEBHOOK, "http://hook.example/in")
    inside = channel(ChannelKind.WEBHOOK, "http://inside.example/in")
    moved = channel(ChannelKind.WEBHOOK, "http://moved.example/in")
    with serving(saying(b"thanks", status=202)) as site, serving(sending_on("http://hook.example/in", 308)) as other:
        names = {"hook.example": [[PUBLIC]], "inside.example": [["127.0.0.1"]], "moved.example": [["8.8.4.4"]]}
        net = Net(names, {PUBLIC: site.port, "127.0.0.1": site.port, "8.8.4.4": other.port})
        policy = fetch.Policy(network=net)

        def post(url: str, body: bytes, *, head: Mapping[str, str]) -> int:
            return fetch.post(url, body, policy=policy, head=head)

        send(hook, TOLD, way=way(tmp_path, {"HOOK_KEY": KEY}, post=post))
        with pytest.raises(DeliveryError, match="this machine"):
            send(inside, TOLD, way=way(tmp_path, {"HOOK_KEY": KEY}, post=post))
        with pytest.raises(DeliveryError, match="sends on"):
            send(moved, TOLD, way=way(tmp_path, {"HOOK_KEY": KEY}, post=post))
        with pytest.raises(DeliveryError, match="HOOK_KEY is not set"):
            send(hook, TOLD, way=way(tmp_path, post=post))

        assert site.bodies == [TOLD.encode()]
        signed = hmac.new(KEY.encode(), TOLD.encode(), hashlib.sha256).hexdigest()
        assert site.heads[0]["x-tocsin-signature"] == f"sha256={signed}"
        assert KEY not in str(site.heads)
        assert site.heads[0]["x-tocsin-key"] == hashlib.sha256(ALERT.key.encode()).hexdigest()[:32]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://hook.example/services/T0/hush?to=hush", "http://hook.example/…: the server gives nothing: status 404"),
        ("http://hook.example:81/hush", "http://hook.example:81/…: port 81 is none of the usual ones"),
        ("http://nowhere.example/hush", "http://nowhere.example/…: no such name"),
        ("http://dead.example/hush", "http://dead.example/…: cannot be reached"),
        ("http://user:hush@hook.example/hush", "http://hook.example/…: holds a user's name or a password"),
        ("ftp://hook.example/hush", "ftp://hook.example/…: 'ftp' is no scheme"),
        ("hook.example/hush", "the address: 'nothing' is no scheme"),
        ("http:hush", "the address: its host is no name"),
        ("http://hook.example\\hush", "http://hook.example/…: holds a character"),
    ],
)
def test_an_address_that_is_posted_to_is_told_no_further_than_its_host(tmp_path: Path, url: str, told: str) -> None:
    with serving(saying(b"", status=404)) as site:
        names = {"hook.example": [[PUBLIC]], "dead.example": [["8.8.4.4"]]}
        policy = fetch.Policy(network=Net(names, {PUBLIC: site.port}))

        def post(url: str, body: bytes, *, head: Mapping[str, str]) -> int:
            return fetch.post(url, body, policy=policy, head=head)

        with pytest.raises(DeliveryError) as error:
            send(channel(ChannelKind.WEBHOOK, url), TOLD, way=way(tmp_path, {"HOOK_KEY": KEY}, post=post))

    assert told in str(error.value)
    assert "hush" not in str(error.value)


def test_a_mail_carries_reason_and_claims_to_everybody_and_says_who_was_refused(tmp_path: Path) -> None:
    letter = channel(ChannelKind.MAIL, "duty@example.org", "night@example.org")
    known = {"TOCSIN_SMTP_HOST": "127.0.0.1", "TOCSIN_SMTP_FROM": "desk@example.org", "TOCSIN_SMTP_TLS": "none"}
    with taking() as box:
        send(letter, TOLD, way=way(tmp_path, {**known, "TOCSIN_SMTP_PORT": str(box.port)}))
        [text] = box.letters

        assert box.recipients == ["duty@example.org", "night@example.org"]
        assert f"Message-ID: <{hashlib.sha256(ALERT.key.encode()).hexdigest()[:32]}@tocsin.invalid>" in text
        for part in ("Subject: [tocsin] north: critical seen", "Will it come?", "c1", "c2", "Date: Tue, 20 Dec 2022"):
            assert part in text
    with taking("night@example.org") as box, pytest.raises(DeliveryError, match="not taken for night"):
        send(letter, TOLD, way=way(tmp_path, {**known, "TOCSIN_SMTP_PORT": str(box.port)}))


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"TOCSIN_SMTP_HOST": ""}, "set TOCSIN_SMTP_HOST and TOCSIN_SMTP_FROM"),
        ({"TOCSIN_SMTP_FROM": ""}, "set TOCSIN_SMTP_HOST and TOCSIN_SMTP_FROM"),
        ({"TOCSIN_SMTP_TLS": "maybe"}, "none of starttls, tls, none"),
        ({"TOCSIN_SMTP_TLS": "none", "TOCSIN_SMTP_USER": "u", "TOCSIN_SMTP_PASSWORD": KEY}, "without TLS"),
        ({"TOCSIN_SMTP_USER": "u", "TOCSIN_SMTP_PASSWORD": KEY}, "STARTTLS"),
        ({"TOCSIN_SMTP_PORT": "many"}, "invalid literal"),
        ({"TOCSIN_SMTP_TLS": "none", "TOCSIN_SMTP_PORT": "1"}, "refused"),
    ],
)
def test_a_mail_that_cannot_be_sent_safely_is_not_sent(tmp_path: Path, environment: dict[str, str], told: str) -> None:
    known = {"TOCSIN_SMTP_HOST": "127.0.0.1", "TOCSIN_SMTP_FROM": "desk@example.org"}
    with taking() as box:
        given = way(tmp_path, {**known, "TOCSIN_SMTP_PORT": str(box.port), **environment})
        with pytest.raises(DeliveryError, match=told) as error:
            send(channel(ChannelKind.MAIL, "duty@example.org"), TOLD, way=given)
    assert box.letters == []
    assert KEY not in str(error.value)


def test_a_calendar_holds_each_decision_once_and_follows_its_day(tmp_path: Path) -> None:
    diary = channel(ChannelKind.CALENDAR, "decisions.ics")
    moved = replace(DECISION, when=date(2022, 12, 22), reason="earlier; by, far\nnow")
    other = replace(DECISION, subject="the office: warn")
    for alert in (DECISION, other, moved, ALERT):
        send(diary, payload(alert, question="Will it come?", at=AT), way=way(tmp_path))
    events = Calendar.from_ical((tmp_path / "decisions.ics").read_bytes()).walk("VEVENT")

    days = sorted((one.decoded("dtstart").isoformat(), one.decoded("sequence")) for one in events)
    assert days == [("2022-12-22", 1), ("2022-12-24", 0)]
    assert "earlier; by, far\nnow" in [str(one["summary"]) for one in events]


def test_an_entry_that_comes_late_does_not_take_the_place_of_a_later_one(tmp_path: Path) -> None:
    diary = channel(ChannelKind.CALENDAR, "decisions.ics")
    moved = payload(replace(DECISION, when=date(2022, 12, 22)), question="?", at=AT + timedelta(hours=1))
    for told in (moved, payload(DECISION, question="?", at=AT)):
        send(diary, told, way=way(tmp_path))
    [event] = Calendar.from_ical((tmp_path / "decisions.ics").read_bytes()).walk("VEVENT")

    assert event.decoded("dtstart") == date(2022, 12, 22)


def test_a_file_that_is_no_calendar_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "decisions.ics").write_text("my shopping list", encoding="utf-8")
    with pytest.raises(DeliveryError, match="calendar"):
        send(channel(ChannelKind.CALENDAR, "decisions.ics"), payload(DECISION, question="?", at=AT), way=way(tmp_path))
    assert (tmp_path / "decisions.ics").read_text(encoding="utf-8") == "my shopping list"
