"""The embedded server's own process: `python -m kg.store.server HOME IDLE_SECONDS HEAP`.

One process holds the Java virtual machine with ArcadeDB and watches it from within: it stops the server when nobody
needs it and ends readers' queries that overstay. Clients start it through `kg.store.embedded`.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import psutil
from filelock import FileLock, Timeout

from kg.store.state import DATABASE, GRAPH_DIRECTORY, OWNER_LOCK, READER, STATE_FILE, ServerState, write_state
from kg.store.watch import Watch

# How long a new server waits for a stopping one to let go of the database.
HANDOVER_SECONDS = 60.0
# The engine looks at this only when a batch of rows is done: `kg.store.watch` is there first.
READER_TIMEOUT_MS = 120_000


def main() -> None:
    """Run the server until it is told to stop, is idle, or its home is gone."""
    home, idle_seconds, heap = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    lock = FileLock(home / OWNER_LOCK)
    try:
        lock.acquire(timeout=HANDOVER_SECONDS)
    except Timeout:
        sys.exit(f"Another server holds {home}; stop it first.")
    server, state = _start(home, heap)
    stopping = threading.Event()
    # After the virtual machine started: it installs handlers of its own, which would end the process under us.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    write_state(home, state)
    print(f"Serving {home} on port {state.port}.", flush=True)
    reason = Watch(home, state, server, idle_seconds).wait(stopping)
    print(f"Stopping: {reason}.", flush=True)
    _remove_own_state(home, state)
    if reason.clean:
        server.stop()
    # Past this line nothing is left to save, and a virtual machine inside Python does not always end by itself.
    os._exit(0 if reason.clean else 1)


def _start(home: Path, heap: str) -> tuple[Any, ServerState]:
    root = home / GRAPH_DIRECTORY
    (root / "config").mkdir(parents=True, exist_ok=True)
    root.chmod(0o700)
    os.chdir(root)  # the engine writes its log below the working directory
    # Passwords are of this run only: the engine makes its owner anew when it finds no users.
    (root / "config" / "server-users.jsonl").unlink(missing_ok=True)
    password, reader_password = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    port, http_port = _free_ports(2)
    server = _launch(root, heap, password, port, http_port)
    _add_reader(server, reader_password)
    state = ServerState(
        pid=os.getpid(),
        started=psutil.Process().create_time(),
        port=port,
        http_port=http_port,
        user="root",
        password=password,
        reader=READER,
        reader_password=reader_password,
        engine=f"ArcadeDB {_engine_version()}",
    )
    return server, state


def _launch(root: Path, heap: str, password: str, port: int, http_port: int) -> Any:
    from arcadedb_embedded.server import ArcadeDBServer

    config = {
        # Production mode hides every error text from clients, so that a reader could not see his own syntax error.
        # What else it sets (write-ahead log flushed at commit, no local files in LOAD CSV) is set below.
        "mode": "development",
        "host": "127.0.0.1",
        "bolt_host": "127.0.0.1",
        "bolt_port": port,
        "bolt_defaultDatabase": DATABASE,
        "http_port": http_port,
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
    }
    server = ArcadeDBServer(str(root), password, config, {"heap_size": heap, "jvm_args": _jvm_arguments(root)})
    server.start()
    server.create_database(DATABASE)
    return server


def _jvm_arguments(root: Path) -> list[str]:
    settings = {
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
        "txWalFlush": "1",
        "server.httpWorkerThreads": "4",
        "polyglotEngineEnabled": "false",
        # One hungry query fails; it does not take the others' memory.
        "queryMaxRangeSize": "2000000",
        # A few runaway readers must not keep the owner waiting at the gate.
        "queryMaxConcurrent": "64",
    }
    return [
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",  # a half-dead server is worse than one that the next client restarts
        "--enable-native-access=ALL-UNNAMED",
        f"-XX:ErrorFile={root}/log/hs_err_%p.log",
        *(f"-Darcadedb.{key}={value}" for key, value in settings.items()),
    ]


def _add_reader(server: Any, password: str) -> None:
    import jpype

    document = jpype.JClass("com.arcadedb.serializer.json.JSONObject")
    security = server._java_server.getSecurity()
    group = {
        "resultSetLimit": -1,
        "readTimeout": READER_TIMEOUT_MS,
        "access": [],
        "types": {"*": {"access": ["readRecord"]}},
    }
    user = {"name": READER, "password": str(security.encodePassword(password)), "databases": {DATABASE: ["readers"]}}
    security.saveGroup(DATABASE, "readers", document(json.dumps(group)))
    security.createUser(document(json.dumps(user)))


def _engine_version() -> str:
    import jpype

    return str(jpype.JClass("com.arcadedb.Constants").getRawVersion())


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def _remove_own_state(home: Path, state: ServerState) -> None:
    from kg.store.state import read_state

    if read_state(home) == state:
        (home / STATE_FILE).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
