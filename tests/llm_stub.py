"""An endpoint on this machine that plays a language model, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Told = dict[str, Any]
Reply = Callable[[BaseHTTPRequestHandler, "Stub"], None]


@dataclass(slots=True)
class Stub:
    """What the endpoint was asked, and how it answers."""

    reply: Reply
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    headers: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    paths: list[str] = field(default_factory=list[str])
    stop: threading.Event = field(default_factory=threading.Event)

    def data(self, number: int = -1) -> dict[str, Any]:
        """What the model was given to read."""
        found: dict[str, Any] = json.loads(self.asked[number]["messages"][1]["content"])
        return found


@contextmanager
def serving(reply: Reply) -> Iterator[Stub]:
    """An endpoint for as long as the block lasts."""
    stub = Stub(reply)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            stub.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            stub.headers.append(dict(self.headers))
            stub.paths.append(self.path)
            try:
                stub.reply(self, stub)
            except OSError:  # the other side has hung up, as it should on a server that misbehaves
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has upstream
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield stub
    finally:
        stub.stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes, *, status: int = 200, **headers: str) -> None:
    """One whole answer."""
    handler.send_response(status)
    for name, value in {"Content_Type": "application/json", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def completion(content: object, **more: object) -> bytes:
    """A chat completion whose text is this content, as JSON unless it is text already."""
    text = content if isinstance(content, str) or content is None else json.dumps(content)
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
    usage = {"prompt_tokens": 900, "completion_tokens": 70, "total_tokens": 970}
    return json.dumps({"id": "c", "model": "stub-1", "choices": [choice], "usage": usage, **more}).encode()


def telling(*claims: Told) -> Reply:
    """A model that tells these claims of every part; ``sentence`` may be words of the sentence, for its number."""

    def reply(handler: BaseHTTPRequestHandler, stub: Stub) -> None:
        sentences = {one["text"]: one["number"] for one in stub.data()["sentences"]}
        found = []
        for claim in claims:
            numbers = [number for text, number in sentences.items() if str(claim["sentence"]) in text]
            if isinstance(claim["sentence"], int):
                found.append(claim)
            elif numbers:
                found.append({**claim, "sentence": numbers[0]})
        send(handler, completion({"claims": found}))

    return reply


def told(sentence: str | int, content: str, **more: object) -> Told:
    """A claim as a model tells it, the author's own unless more is said."""
    plain: Told = {
        "cue": None,
        "chain": [],
        "denial": None,
        "modality": "asserted",
        "hedge": None,
        "time": None,
        "role": "observation",
    }
    return {"sentence": sentence, "content": content, **plain, **more}


def voice(name: str, mention: str | None = None, kind: str = "official") -> dict[str, object]:
    """A voice as a model tells it."""
    return {"name": name, "kind": kind, "mention": mention}
