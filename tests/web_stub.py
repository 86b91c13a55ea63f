"""Servers on this machine that play the web, and a network that leads to them and to nowhere else."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = Callable[[BaseHTTPRequestHandler, "Site"], None]

PUBLIC = "93.184.216.34"
OTHER = "8.8.4.4"


@dataclass(slots=True)
class Site:
    """What a server was asked, and how it answers."""

    reply: Reply
    port: int = 0
    paths: list[str] = field(default_factory=list[str])
    heads: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    bodies: list[bytes] = field(default_factory=list[bytes])
    stop: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving(reply: Reply, *, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A server for as long as the block lasts."""
    site = Site(reply)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            site.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self._answer()

        def _answer(self) -> None:
            site.paths.append(self.path)
            site.heads.append({name.lower(): value for name, value in self.headers.items()})
            try:
                site.reply(self, site)
            except OSError:  # the other side has hung up, as it should on a server that misbehaves
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has upstream
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that breaks off is no matter."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    site.port = server.server_address[1]
    try:
        yield site
    finally:
        site.stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


class Net:
    """A network in which names have the addresses given, and addresses the servers given.

    A name with several answers gives one after the other, the last one for good. A connection to an address that has
    no server is an error of the test, unless nobody is meant to answer there.
    """

    def __init__(
        self,
        names: Mapping[str, Sequence[Sequence[str]]],
        ports: Mapping[str, int],
        *,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.names = {name: list(answers) for name, answers in names.items()}
        self.ports = dict(ports)
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []
        self._context = context

    def resolve(self, host: str, port: int, *, timeout: float) -> Sequence[str]:
        self.resolved.append(host)
        if host not in self.names:
            raise OSError(f"no such name as {host} at {port} within {timeout:.0f} s")
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: str, port: int, *, timeout: float) -> socket.socket:
        self.connected.append((address, port))
        if address not in self.ports:
            raise ConnectionRefusedError("nobody is there")
        return socket.create_connection(("127.0.0.1", self.ports[address]), timeout=timeout)

    def context(self) -> ssl.SSLContext:
        return self._context or ssl.create_default_context()


def send(handler: BaseHTTPRequestHandler, body: bytes = b"", *, status: int = 200, **head: str) -> None:
    """One whole answer; underscores in the names of header lines stand for hyphens."""
    handler.send_response(status)
    for name, value in {"Content_Type": "text/plain", **head}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def saying(body: bytes, *, status: int = 200, **head: str) -> Reply:
    """A server that always gives this."""
    return lambda handler, _: send(handler, body, status=status, **head)


def sending_on(to: str, status: int = 302) -> Reply:
    """A server that sends on to an address, whatever is asked."""
    return lambda handler, _: send(handler, status=status, Location=to)
