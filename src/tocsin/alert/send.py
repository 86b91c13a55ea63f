"""The ways out: a command, a signed post, a mail, a line in a file, an entry in a calendar.

What leaves is an alert's own words and the ids of its claims; no word of a report. Its key goes with it by every way,
so that who gets it twice can tell: where we were stopped before we heard, we cannot know whether it was taken.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import signal
import smtplib
import ssl
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from tocsin.errors import DeliveryError, TocsinError
from tocsin.model.alert import Alert
from tocsin.model.feed import Channel, ChannelKind

TIMEOUT = 30.0
"""Seconds that a command, or a server of mail, may take."""

SIGNATURE = "X-Tocsin-Signature"
KEY = "X-Tocsin-Key"
"""The header line that is the same whenever the same alert is posted again."""

_PRIVATE = "TOCSIN_"
_TOLD = 300


class Post(Protocol):
    """Posts a body to an address under the rules of fetching."""

    def __call__(self, url: str, body: bytes, *, head: Mapping[str, str]) -> int:
        """Post, or raise a ``TocsinError``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What sending needs of the world: the desk's folder, the environment, and how to post.

    The environment holds secrets, and is shown nowhere.
    """

    folder: Path
    post: Post
    environment: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    timeout: float = TIMEOUT


def payload(alert: Alert, *, question: str, at: datetime) -> str:
    """An alert as one line of JSON: what, why, the claims behind it."""
    told = {
        "schema": 1,
        "key": alert.key,
        "problem": alert.problem,
        "question": question,
        "rule": alert.rule.value,
        "subject": alert.subject,
        "reason": alert.reason,
        "claims": list(alert.claims),
        "as_of": alert.day.isoformat(),
        "when": alert.when.isoformat() if alert.when else None,
        "at": at.isoformat(timespec="seconds") + "Z",
    }
    return json.dumps(told, ensure_ascii=True)


def send(channel: Channel, told: str, *, way: Way) -> None:
    """Send one alert through one channel.

    Args:
        channel: Where to.
        told: The alert, as ``payload`` gives it.
        way: What sending needs of the world.

    Raises:
        DeliveryError: It was not taken; the message tells why, and holds no secret.
    """
    try:
        _WAYS[channel.kind](channel, told, way)
    except DeliveryError:
        raise
    except TocsinError as error:
        raise DeliveryError(str(error)) from None
    except (OSError, ValueError, smtplib.SMTPException) as error:
        reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
        raise DeliveryError(f"{channel.kind}: {' '.join(str(reason).split())[:_TOLD]}") from None


def _command(channel: Channel, told: str, way: Way) -> None:
    """Run a program with the alert on standard input; it sees none of our own variables, which may be secrets."""
    known = {name: value for name, value in way.environment.items() if not name.startswith(_PRIVATE)}
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(f"{told}\n".encode())
        given.seek(0)
        process = subprocess.Popen(  # noqa: S603 - the words are the user's own, and no shell takes them apart
            channel.to,
            stdin=given,
            stdout=subprocess.DEVNULL,
            stderr=said,
            cwd=way.folder,
            env=known,
            start_new_session=True,
        )
        try:
            status = process.wait(way.timeout)
        except subprocess.TimeoutExpired:
            _end(process)
            raise DeliveryError(f"command: {channel.to[0]} took longer than {way.timeout:g} seconds") from None
        if status != 0:
            said.seek(0)
            words = " ".join(said.read(10_000).decode("utf-8", "replace").split())[:_TOLD]
            raise DeliveryError(f"command: {channel.to[0]} ended with status {status}: {words}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and whatever it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _webhook(channel: Channel, told: str, way: Way) -> None:
    secret = way.environment.get(channel.secret, "")
    if not secret:
        raise DeliveryError(f"webhook: {channel.secret} is not set, and nothing is posted unsigned")
    body = told.encode()
    signed = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    key = _digest(json.loads(told)["key"])
    way.post(channel.to[0], body, head={"Content-Type": "application/json", SIGNATURE: f"sha256={signed}", KEY: key})


def _mail(channel: Channel, told: str, way: Way) -> None:
    host, sender = (way.environment.get(f"TOCSIN_SMTP_{name}", "") for name in ("HOST", "FROM"))
    if not host or not sender:
        raise DeliveryError("mail: set TOCSIN_SMTP_HOST and TOCSIN_SMTP_FROM")
    user, password = (way.environment.get(f"TOCSIN_SMTP_{name}", "") for name in ("USER", "PASSWORD"))
    tls = way.environment.get("TOCSIN_SMTP_TLS", "starttls")
    if tls not in {"starttls", "tls", "none"}:
        raise DeliveryError("mail: TOCSIN_SMTP_TLS is none of starttls, tls, none")
    if tls == "none" and user:
        raise DeliveryError("mail: a password is not sent without TLS (set TOCSIN_SMTP_TLS to starttls or tls)")
    port = int(way.environment.get("TOCSIN_SMTP_PORT") or {"starttls": 587, "tls": 465, "none": 25}[tls])
    context = ssl.create_default_context()
    server = (
        smtplib.SMTP_SSL(host, port, timeout=way.timeout, context=context)
        if tls == "tls"
        else smtplib.SMTP(host, port, timeout=way.timeout)
    )
    with server:
        if tls == "starttls":
            server.starttls(context=context)
        if user:
            server.login(user, password)
        refused = server.send_message(_letter(told, sender=sender, to=channel.to))
    if refused:
        raise DeliveryError(f"mail: not taken for {', '.join(sorted(refused))}")


def _letter(told: str, *, sender: str, to: tuple[str, ...]) -> EmailMessage:
    alert = json.loads(told)
    letter = EmailMessage()
    letter["From"], letter["To"] = sender, ", ".join(to)
    letter["Subject"] = f"[tocsin] {alert['problem']}: {alert['rule'].replace('_', ' ')}"
    letter["Message-ID"] = f"<{_digest(alert['key'])}@tocsin.invalid>"
    letter["Date"] = datetime.fromisoformat(alert["at"])
    claims = "\n".join(alert["claims"]) or "none"
    letter.set_content(
        f"{alert['reason']}\n\nQuestion: {alert['question']}\nAs of: {alert['as_of']}\n\n"
        f"Claims behind it:\n{claims}\n\nSee: tocsin why\n"
    )
    return letter


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def _file(channel: Channel, told: str, way: Way) -> None:
    """Append a line, unless it stands there: an earlier attempt may have ended before that was put on record."""
    target = way.folder / channel.to[0]
    target.parent.mkdir(parents=True, exist_ok=True)
    key = f'"key": {json.dumps(json.loads(told)["key"], ensure_ascii=True)}, '.encode()
    with target.open("a+b") as stream:
        stream.seek(0)
        last = b""
        for last in stream:
            if key in last and last.endswith(b"}\n"):
                return
        broken = b"\n" if last and not last.endswith(b"\n") else b""  # an attempt that was stopped in mid-line
        stream.write(broken + f"{told}\n".encode())
        stream.flush()
        os.fsync(stream.fileno())


def _calendar(channel: Channel, told: str, way: Way) -> None:
    """Put the day that an alert points to into a calendar; an earlier entry of the same decision makes way.

    A later entry stays: an alert that could not be put there in time changes it no more.
    """
    from icalendar import Calendar, Event

    alert = json.loads(told)
    if not alert["when"]:
        return
    target = way.folder / channel.to[0]
    uid = f"{_digest(alert['problem'] + '/' + alert['subject'])}@tocsin.invalid"
    calendar = Calendar.from_ical(target.read_bytes()) if target.exists() else Calendar()
    if not target.exists():
        calendar.add("prodid", "-//Tocsin//decisions//EN")
        calendar.add("version", "2.0")
    old = [part for part in calendar.subcomponents if part.get("uid") == uid]
    calendar.subcomponents = [part for part in calendar.subcomponents if part.get("uid") != uid]
    at = datetime.fromisoformat(alert["at"])
    if any(part.decoded("dtstamp", at) > at for part in old):
        return
    event = Event()
    event.add("uid", uid)
    event.add("sequence", max((int(part.get("sequence", 0)) for part in old), default=-1) + 1)
    event.add("dtstamp", at)
    day = date.fromisoformat(alert["when"])
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", alert["reason"])
    event.add("description", f"{alert['question']}\nAs of {alert['as_of']}.")
    calendar.add_component(event)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    part.write_bytes(calendar.to_ical())
    part.replace(target)


_WAYS: Mapping[ChannelKind, Callable[[Channel, str, Way], None]] = {
    ChannelKind.COMMAND: _command,
    ChannelKind.WEBHOOK: _webhook,
    ChannelKind.MAIL: _mail,
    ChannelKind.FILE: _file,
    ChannelKind.CALENDAR: _calendar,
}
