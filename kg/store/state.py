"""The state file of the embedded server: who it is, where it listens, and the passwords of this run.

It is written by the server (`kg.store.server`), read by every client (`kg.store.embedded`), and readable by its
owner alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

STATE_FILE = "server.json"
LOG_FILE = "server.log"
GRAPH_DIRECTORY = "graph"
OWNER_LOCK = "server.lock"
START_LOCK = "start.lock"
LOAD_LOCK = "load.lock"
DATABASE = "precedent"
READER = "reader"

# The Bolt magic number and a proposal of version 4.4 alone: the shortest question that only a Bolt server answers.
_HANDSHAKE = bytes.fromhex("6060b017" + "00000404" + "00" * 12)


@dataclass(frozen=True)
class ServerState:
    """A running embedded server. `started` is the process's creation time, which tells a reused pid apart."""

    pid: int
    started: float
    port: int
    http_port: int
    user: str
    password: str = field(repr=False)
    reader: str
    reader_password: str = field(repr=False)
    engine: str

    @property
    def uri(self) -> str:
        """The Bolt address, always on loopback."""
        return f"bolt://127.0.0.1:{self.port}"

    def process(self) -> psutil.Process | None:
        """The server's process, or None when it is gone or its pid belongs to another process."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.started) < 1.0
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None

    def answers(self, timeout: float = 5.0) -> bool:
        """True when a Bolt server answers on the port within `timeout` seconds."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
                connection.settimeout(timeout)
                connection.sendall(_HANDSHAKE)
                return len(connection.recv(4)) == 4
        except OSError:
            return False


def read_state(home: Path) -> ServerState | None:
    """The state that the last server left in `home`, or None when there is none that can be read."""
    try:
        return ServerState(**json.loads((home / STATE_FILE).read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError, TypeError):
        return None


def write_state(home: Path, state: ServerState) -> None:
    """Put `state` in place in one step, readable by this user alone."""
    partial = home / f"{STATE_FILE}.{os.getpid()}"
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
    partial.replace(home / STATE_FILE)


def touch_state(home: Path) -> None:
    """Tell the server that somebody has just used it: its idle clock starts anew."""
    with contextlib.suppress(FileNotFoundError):  # it is stopping; whoever called will start another
        os.utime(home / STATE_FILE)
