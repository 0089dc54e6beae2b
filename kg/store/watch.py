"""What the embedded server's process does while it serves: wait for a reason to stop, and end queries that overstay."""

from __future__ import annotations

import enum
import re
import threading
import time
from pathlib import Path
from typing import Any

import psutil

from kg.store.state import READER, STATE_FILE, ServerState

# Readers' queries begin with a comment, which tells how long each may run.
LIMIT_COMMENT = re.compile(r"/\*limit (\d+) ms\*/ ")
LIMIT_WITHOUT_COMMENT = 60.0
# A query that is told to stop and keeps a processor busy this long sits in a loop that the engine never leaves: only a
# restart ends it. (One that merely waits for its client to fetch more rows does no harm.)
GRACE_SECONDS = 3.0
BUSY_CORES = 0.2
TICK_SECONDS = 0.1
LOOK_AROUND_TICKS = 10


def limit_comment(seconds: float) -> str:
    """The comment that tells the watch how long a reader's query may run."""
    return f"/*limit {max(1, int(seconds * 1000))} ms*/ "


class Reason(enum.Enum):
    """Why the server stops. A clean stop closes the database; otherwise its log is replayed at the next start."""

    TOLD = "told to"
    IDLE = "nobody has used it for a while"
    HOMELESS = "its state file is gone"
    STUCK = "a query could not be ended"

    @property
    def clean(self) -> bool:
        return self is not Reason.STUCK

    def __str__(self) -> str:
        return self.value


class Watch:
    """Looks after one server. `server` is the running `ArcadeDBServer`."""

    def __init__(self, home: Path, state: ServerState, server: Any, idle_seconds: float) -> None:
        self._state_file = home / STATE_FILE
        self._port = state.port
        self._queries = server._java_server.getRunningQueries()
        self._idle_seconds = idle_seconds
        self._process = psutil.Process()
        self._last_use = time.time()
        self._busy = False
        self._measured = self._measure()

    def wait(self, stopping: threading.Event) -> Reason:
        """Watch until there is a reason to stop."""
        tick = 0
        while not stopping.wait(TICK_SECONDS):
            if self._end_overstaying():
                return Reason.STUCK
            tick += 1
            if tick % LOOK_AROUND_TICKS == 0:
                reason = self._look_around()
                if reason:
                    return reason
        return Reason.TOLD

    def _end_overstaying(self) -> bool:
        """Terminate readers' queries past their limit; True when one does not heed it."""
        for query in self._queries.getRunning():
            if str(query.getUser()) != READER:
                continue
            found = LIMIT_COMMENT.match(str(query.getText()))
            limit = int(found[1]) / 1000 if found else LIMIT_WITHOUT_COMMENT
            elapsed = query.getElapsedMillis() / 1000
            if elapsed > limit + GRACE_SECONDS and self._busy:
                return True
            if elapsed > limit and not query.isTerminated():
                query.terminate("time limit")
        return False

    def _measure(self) -> tuple[float, float]:
        """The time, and the processor time that this process has used, in seconds."""
        used = self._process.cpu_times()
        return time.monotonic(), used.user + used.system

    def _look_around(self) -> Reason | None:
        (then, before), self._measured = self._measured, self._measure()
        now, used = self._measured
        self._busy = used - before > BUSY_CORES * (now - then)
        try:
            used = self._state_file.stat().st_mtime
        except FileNotFoundError:
            return Reason.HOMELESS
        if self._clients():
            used = time.time()
        self._last_use = max(self._last_use, used)
        if self._idle_seconds and time.time() - self._last_use > self._idle_seconds:
            return Reason.IDLE
        return None

    def _clients(self) -> bool:
        return any(
            connection.status == psutil.CONN_ESTABLISHED and connection.laddr and connection.laddr.port == self._port
            for connection in self._process.net_connections(kind="tcp")
        )
