"""A server on this machine that plays a mail server, in as few words as SMTP allows."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Postbox:
    """The mails that were taken; ``refusing`` recipients are not."""

    port: int = 0
    letters: list[str] = field(default_factory=list[str])
    recipients: list[str] = field(default_factory=list[str])
    refusing: frozenset[str] = frozenset()


@contextmanager
def taking(*refusing: str) -> Iterator[Postbox]:
    """A mail server for as long as the block lasts."""
    box = Postbox(refusing=frozenset(refusing))

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 stub")
            while line := self.rfile.readline():
                words = line.decode().strip()
                verb = words.split(" ", 1)[0].upper()
                if verb == "DATA":
                    self._data()
                elif verb == "RCPT":
                    self._recipient(words.split("<", 1)[1].split(">", 1)[0])
                elif verb == "QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 stub")

        def _data(self) -> None:
            self._say("354 go on")
            lines: list[str] = []
            while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                lines.append(line.decode().rstrip("\r\n"))
            box.letters.append("\n".join(lines))
            self._say("250 taken")

        def _recipient(self, name: str) -> None:
            if name in box.refusing:
                self._say("550 nobody of that name")
            else:
                box.recipients.append(name)
                self._say("250 known")

        def _say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    box.port = server.server_address[1]
    try:
        yield box
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
