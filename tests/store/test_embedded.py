"""The embedded server: one for all, private, found again, restarted, stopped."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import psutil
import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import ClientError

from kg.errors import QueryFailed, QueryTimeout, StoreUnavailable
from kg.store import StoreConfig, open_store, read_status, stop_embedded
from kg.store.embedded import ensure_server, find_server, stop_server
from kg.store.state import DATABASE, LOG_FILE, STATE_FILE, ServerState, read_state, write_state

ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
START = """
import sys
from pathlib import Path
from kg.store import StoreConfig, open_store
open_store(StoreConfig(home=Path(sys.argv[1]), idle_seconds=120)).close()
"""
ASK = """
import json, sys
from pathlib import Path
from kg.store import StoreConfig, open_store
fields = json.loads(sys.argv[1])
store = open_store(StoreConfig(**(fields | {"home": Path(fields["home"])})))
store.read_cypher("MATCH (a), (b), (c) WHERE a.n + b.n + c.n < 0 RETURN a", time_limit=5)
"""


def wait_for(condition: Callable[[], object], patience: float = 60.0) -> None:
    until = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def servers_of(home: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or []
        if "kg.store.server" in command and str(home) in command:
            found.append(process)
    return found


@pytest.fixture
def config(tmp_path: Path) -> Iterator[StoreConfig]:
    made = StoreConfig(home=tmp_path / "a hömé with spaces", idle_seconds=120)
    yield made
    stop_server(made.home)
    assert not servers_of(made.home)


def test_state_file_is_private(config: StoreConfig) -> None:
    ensure_server(config)
    assert stat.S_IMODE((config.home / STATE_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(config.home.stat().st_mode) == 0o700
    assert stat.S_IMODE((config.home / "graph").stat().st_mode) == 0o700


def test_passwords_are_nowhere_else(config: StoreConfig) -> None:
    state = ensure_server(config)
    command = " ".join(psutil.Process(state.pid).cmdline())
    secrets = (state.password, state.reader_password)
    assert not any(secret in command for secret in secrets)
    others = [path for path in config.home.rglob("*") if path.is_file() and path.name != STATE_FILE]
    assert len(others) > 5
    assert not any(secret.encode() in path.read_bytes() for path in others for secret in secrets)


def test_listens_on_loopback_only(config: StoreConfig) -> None:
    state = ensure_server(config)
    listening = [
        c.laddr for c in psutil.Process(state.pid).net_connections(kind="inet") if c.status == psutil.CONN_LISTEN
    ]
    assert {address.port for address in listening} == {state.port, state.http_port}
    assert {address.ip.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}


def test_starts_at_once_end_with_one_server(config: StoreConfig) -> None:
    clients = [subprocess.Popen([sys.executable, "-c", START, config.home], env=ENVIRONMENT) for _ in range(4)]
    assert [client.wait(180) for client in clients] == [0, 0, 0, 0]
    assert len(servers_of(config.home)) == 1


def test_clients_share_the_server(config: StoreConfig) -> None:
    first = ensure_server(config)
    assert ensure_server(config) == first
    with open_store(config) as one, open_store(config) as other:
        one.write_meta({"by": "one"})
        assert other.read_meta() == {"by": "one"}


def test_data_outlives_the_server(config: StoreConfig) -> None:
    with open_store(config) as store:
        store.write_meta({"kept": True})
    assert stop_embedded(config)
    with open_store(config) as store:
        assert store.read_meta() == {"kept": True}


def test_stop(config: StoreConfig) -> None:
    assert not stop_embedded(config)
    state = ensure_server(config)
    assert stop_embedded(config)
    assert state.process() is None and not (config.home / STATE_FILE).exists()
    assert not stop_embedded(config)


def test_dead_server_is_replaced(config: StoreConfig) -> None:
    first = ensure_server(config)
    process = psutil.Process(first.pid)
    process.kill()
    process.wait(30)
    assert read_state(config.home) == first and find_server(config.home) is None
    assert ensure_server(config).pid != first.pid


def test_reused_pid_is_not_taken_for_the_server(config: StoreConfig) -> None:
    config.home.mkdir()
    ours = psutil.Process()
    stale = ServerState(ours.pid, ours.create_time() - 1000, 1, 2, "root", "x", "reader", "y", "ArcadeDB 0")
    write_state(config.home, stale)
    assert find_server(config.home) is None
    assert not stop_server(config.home)
    assert ensure_server(config).pid != ours.pid


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}', "\0"])
def test_broken_state_file_is_replaced(config: StoreConfig, text: str) -> None:
    config.home.mkdir()
    (config.home / STATE_FILE).write_text(text)
    assert find_server(config.home) is None
    assert ensure_server(config).answers()


def test_server_that_answers_no_more_is_replaced(config: StoreConfig) -> None:
    first = ensure_server(config)
    psutil.Process(first.pid).suspend()
    second = ensure_server(config)
    assert second.pid != first.pid and second.answers()
    assert len(servers_of(config.home)) == 1


def test_idle_server_stops(config: StoreConfig) -> None:
    state = ensure_server(replace(config, idle_seconds=1))
    wait_for(lambda: state.process() is None)
    assert not (config.home / STATE_FILE).exists()
    assert "nobody has used it" in (config.home / LOG_FILE).read_text()


def test_server_with_a_client_does_not_stop(config: StoreConfig) -> None:
    short = replace(config, idle_seconds=2)
    with open_store(short) as store:
        store.read_meta()
        state = ensure_server(short)
        # It is idle once its clock has run out twice over, as the mere passing of time would show.
        time.sleep(5)
        assert state.process() is not None
        assert store.read_meta() is None
    wait_for(lambda: state.process() is None)


def test_server_stops_when_its_home_is_gone(config: StoreConfig) -> None:
    state = ensure_server(config)
    (config.home / STATE_FILE).unlink()
    wait_for(lambda: state.process() is None)


def test_server_outlives_the_client_that_started_it(config: StoreConfig) -> None:
    subprocess.run([sys.executable, "-c", START, config.home], check=True, env=ENVIRONMENT)
    assert find_server(config.home) is not None


def test_reader_may_not_write_even_without_the_guard(config: StoreConfig) -> None:
    with open_store(config) as store:
        store._connection.write(lambda tx: tx.run("CREATE (:Entity {id: 'korea'})").consume())
    state = ensure_server(config)
    statements = [
        "CREATE (:X)",
        "MATCH (n) DELETE n",
        "MATCH (n) SET n.x = 1",
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "SHOW USERS",
        "DROP USER root",
    ]
    with GraphDatabase.driver(state.uri, auth=(state.reader, state.reader_password)) as driver:
        for statement in statements:
            with pytest.raises(ClientError, match="Forbidden"):
                driver.execute_query(statement, database_=DATABASE)
        assert driver.execute_query("MATCH (n) RETURN count(n) AS n", database_=DATABASE).records[0]["n"] == 1


def test_owner_may_not_read_files_either(config: StoreConfig) -> None:
    state = ensure_server(config)
    with (
        GraphDatabase.driver(state.uri, auth=(state.user, state.password)) as driver,
        pytest.raises(ClientError, match="LOAD CSV"),
    ):
        driver.execute_query("LOAD CSV FROM 'file:///etc/passwd' AS r RETURN r", database_=DATABASE)


def test_query_that_cannot_be_ended_ends_the_server(config: StoreConfig) -> None:
    with open_store(config) as store:
        store.write_meta({"kept": True})
        first = ensure_server(config)
        # A loop within one expression: the engine looks at its deadline between rows only.
        with pytest.raises(QueryTimeout, match="1 s"):
            store.read_cypher(
                "RETURN size([x IN range(1, 200000) WHERE all(y IN range(1, 200000) WHERE y <> -x)])", time_limit=1
            )
        wait_for(lambda: first.process() is None)
        assert store.read_meta() == {"kept": True}


def test_query_that_takes_all_memory_leaves_a_working_graph(config: StoreConfig) -> None:
    with open_store(replace(config, heap="256m")) as store:
        store.write_meta({"kept": True})
        with pytest.raises((QueryFailed, QueryTimeout)):
            store.read_cypher("RETURN reduce(s = 'a', x IN range(1, 40) | s + s)", time_limit=60)
        assert store.read_meta() == {"kept": True}


def test_orphaned_query_is_ended(config: StoreConfig) -> None:
    """A client that dies while its query runs does not leave the server at work."""
    with open_store(config) as store:
        store._connection.write(
            lambda tx: tx.run("UNWIND range(1, 3000) AS i CREATE (:Entity {id: toString(i), n: i})").consume()
        )
        fields = json.dumps(asdict(config) | {"home": str(config.home)})
        client = subprocess.Popen([sys.executable, "-c", ASK, fields], env=ENVIRONMENT)

        def readers() -> list[str]:
            running = store._connection.read(lambda tx: tx.run("SHOW TRANSACTIONS").data())
            return [row["currentQuery"] for row in running if row["username"] == "reader"]

        wait_for(readers)
        client.kill()
        client.wait(30)
        wait_for(lambda: not readers())


def test_status_starts_nothing(config: StoreConfig) -> None:
    assert read_status(config)["running"] is False
    assert not servers_of(config.home)
    with open_store(config) as store:
        store.write_meta({"data_version": "7"})
    found = read_status(config)
    assert found["running"] is True and found["data_version"] == "7" and found["engine"].startswith("ArcadeDB")


def test_home_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="PRECEDENT_HOME"):
        open_store(StoreConfig(home=tmp_path / "file" / "home"))


def test_server_that_cannot_start_says_why(config: StoreConfig) -> None:
    with pytest.raises(StoreUnavailable, match=LOG_FILE):
        open_store(replace(config, heap="nonsense"))
