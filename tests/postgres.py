"""A PostgreSQL of our own for tests and benchmarks: this machine's binaries, a folder that goes away, no port."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

NONE_HERE = "no PostgreSQL on this machine: no initdb on the path or in /usr/lib/postgresql (Debian: postgresql)"


def binaries() -> Path | None:
    """The folder of the server's programs, of the latest version there is."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).parent
    every = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in every), key=lambda path: float(path.parent.name), default=None)


class Server:
    """A running server that can be stopped hard and started again.

    Args:
        programs: Where ``initdb`` and ``postgres`` lie.
        folder: A folder of the server's own.
        user: Who runs it, where the tests run as root; the server itself refuses root.
    """

    def __init__(self, programs: Path, folder: Path, user: str | None) -> None:
        self._programs = programs
        self._folder = folder
        self._user = user
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0
        self._group = pwd.getpwnam(user).pw_gid if user else None
        made = [programs / "initdb", "-D", folder / "data", "-U", "tocsin", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(
            [*map(str, made), "--locale=C.UTF-8"],
            check=True,
            capture_output=True,
            user=user,
            group=self._group,
            extra_groups=[] if user else None,
        )

    def start(self) -> None:
        """Start it and wait until it answers."""
        words = ["-D", str(self._folder / "data"), "-k", str(self._folder), "-c", "listen_addresses=", "-F"]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._programs / "postgres"), *words],
                stdout=log,
                stderr=log,
                user=self._user,
                group=self._group,
                extra_groups=[] if self._user else None,
            )
        end = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self._address("postgres")).close()
            except psycopg.OperationalError:
                if time.monotonic() > end or self._process.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return

    def stop(self, *, hard: bool = False) -> None:
        """Stop it: at once and without a word to its clients, or in order."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if hard else signal.SIGINT)
            self._process.wait()
            self._process = None

    def fresh(self) -> str:
        """The URL of a new, empty schema, which is quicker made than a database."""
        self._made += 1
        name = f"t{self._made}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"postgresql://tocsin@/postgres?host={self._folder}&options=-csearch_path%3D{name}"

    def _address(self, name: str) -> str:
        return f"host={self._folder} user=tocsin dbname={name}"


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """A server for as long as it is needed."""
    user = None
    if os.geteuid() == 0:
        known = {entry.pw_name for entry in pwd.getpwall()}
        user = "postgres" if "postgres" in known else "nobody"
    folder = Path(tempfile.mkdtemp(prefix="tocsin-pg-"))
    if user is not None:
        shutil.chown(folder, user)
    server = Server(programs, folder, user)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
