"""Find the embedded server of a home, or start it. Clients of every kind share the one that runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from kg.errors import StoreUnavailable
from kg.store.config import StoreConfig
from kg.store.state import LOG_FILE, START_LOCK, ServerState, read_state, touch_state

START_SECONDS = 120.0
STOP_SECONDS = 60.0
HUNG_SECONDS = 5.0
POLL_SECONDS = 0.05


def ensure_server(config: StoreConfig) -> ServerState:
    """The running server of `config.home`; one is started when none answers.

    Any number of processes may call this at once: one of them starts the server, the others find it. Raises
    StoreUnavailable when it does not start.
    """
    home = config.home
    state = find_server(home)
    if state:
        return state
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(home / START_LOCK, timeout=START_SECONDS):
            return find_server(home) or _start(config)
    except Timeout:
        raise StoreUnavailable(
            f"Another process has been starting the database in {home} for {START_SECONDS:.0f} s; "
            f"look at {home / LOG_FILE}, then try again."
        ) from None
    except OSError as error:
        raise StoreUnavailable(
            f"Cannot keep a database in {home}: {error.strerror}. Set PRECEDENT_HOME to a directory you may write to."
        ) from error


def find_server(home: Path) -> ServerState | None:
    """The server that runs for `home` and answers, or None."""
    state = read_state(home)
    if state is None or state.process() is None or not state.answers():
        return None
    touch_state(home)
    return state


def stop_server(home: Path) -> bool:
    """End the server of `home` and wait until it is gone; False when none ran."""
    state = read_state(home)
    process = state.process() if state else None
    if process is None:
        return False
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(STOP_SECONDS)
    return True


def _start(config: StoreConfig) -> ServerState:
    home = config.home
    _end_unanswering(home)
    command = [sys.executable, "-m", "kg.store.server", str(home), str(config.idle_seconds), config.heap]
    with (home / LOG_FILE).open("wb") as log:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONPATH": _import_path()},
            start_new_session=True,
        )
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        state = read_state(home)
        if state and state.pid == child.pid and state.answers():
            return state
        if child.poll() is not None:
            break
        time.sleep(POLL_SECONDS)
    child.kill()
    raise StoreUnavailable(f"The embedded database did not start: {_last_line(home)} See {home / LOG_FILE}.")


def _end_unanswering(home: Path) -> None:
    """A server that lives but does not answer would keep the database locked. (One that stops has removed its state.)"""
    state = read_state(home)
    process = state.process() if state else None
    if process is None:
        return
    process.terminate()
    try:
        process.wait(HUNG_SECONDS)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(STOP_SECONDS)


def _import_path() -> str:
    ours = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(filter(None, [ours, os.environ.get("PYTHONPATH", "")]))


def _last_line(home: Path) -> str:
    lines = (home / LOG_FILE).read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "it left no message."
