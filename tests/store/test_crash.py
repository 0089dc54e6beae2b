"""A load that dies on the way and is run again leaves the graph that a load in one go would have."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path

import psutil
import pytest
from sample_graph import SCHEMA, rows, state

from kg.errors import StoreError
from kg.store import LoadCounts, Store, StoreConfig, open_store
from kg.store.embedded import ensure_server, stop_server

CLIENT = Path(__file__).with_name("load_client.py")
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
NODES, EDGES = rows(1200, 2200)
# Progress is told three times while nodes are written, then four times for relationships.
STEPS = (1, 2, 5, 6)


@pytest.fixture(scope="session")
def digests() -> dict[str, str]:
    """What the graph loaded in one go digests to, for each engine: engines keep vectors in their own precision."""
    return {}


def one_go(store: Store, digests: dict[str, str]) -> str:
    if store.engine not in digests:
        store.load(NODES, EDGES)
        digests[store.engine] = store.snapshot_hash()
        store.load([], [])
    return digests[store.engine]


@pytest.mark.parametrize("step", STEPS)
def test_client_killed_while_loading(ready: Store, engine: object, digests: dict[str, str], step: int) -> None:
    expected = one_go(ready, digests)
    config = asdict(engine.config) | {"home": str(engine.config.home)}  # type: ignore[attr-defined]
    client = subprocess.run(
        [sys.executable, CLIENT, json.dumps(config), str(step)],
        env=ENVIRONMENT,
    )
    assert client.returncode == -signal.SIGKILL
    report = ready.load(NODES, EDGES)
    assert report.nodes.created + report.edges.created > 0
    assert ready.snapshot_hash() == expected
    again = ready.load(NODES, EDGES)
    assert (again.nodes, again.edges) == (LoadCounts(unchanged=1200), LoadCounts(unchanged=2200))


@pytest.fixture
def own(tmp_path: Path) -> object:
    """The configuration of an embedded server of this test's own, which it may kill."""
    config = StoreConfig(home=tmp_path / "home", idle_seconds=120)
    yield config
    stop_server(config.home)


def kill(config: StoreConfig) -> None:
    process = psutil.Process(ensure_server(config).pid)
    process.kill()
    process.wait(30)


@pytest.mark.parametrize("step", STEPS)
def test_server_killed_between_batches(own: StoreConfig, digests: dict[str, str], step: int) -> None:
    with open_store(own) as store:
        store.apply_schema(SCHEMA)
        expected = one_go(store, digests)
        left = step

        def tell(stage: str, done: int, total: int) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                kill(own)

        # Nothing was under way, so that the load may find the next server by itself.
        try:
            store.load(NODES, EDGES, tell)
        except StoreError:
            store.load(NODES, EDGES)
        assert left <= 0
        assert store.snapshot_hash() == expected


@pytest.mark.parametrize("delay", [0.05, 0.2, 0.4])
def test_server_killed_inside_a_batch(own: StoreConfig, digests: dict[str, str], delay: float) -> None:
    with open_store(own) as store:
        store.apply_schema(SCHEMA)
        expected = one_go(store, digests)
        killed = threading.Event()

        def strike() -> None:
            kill(own)
            killed.set()

        timer = threading.Timer(delay, strike)

        def tell(stage: str, done: int, total: int) -> None:
            if not timer.is_alive() and not killed.is_set():
                timer.start()

        # Wherever it strikes, even after the end: running the load again completes it.
        try:
            store.load(NODES, EDGES, tell)
        except StoreError as error:
            assert "again" in str(error)
        assert killed.wait(30)
        store.load(NODES, EDGES)
        assert store.snapshot_hash() == expected


def test_reads_find_the_next_server(own: StoreConfig) -> None:
    with open_store(own) as store:
        store.apply_schema(SCHEMA)
        store.load([state("korea")], [])
        for _ in range(2):
            kill(own)
            assert [row["id"] for row in store.run("node_hashes")] == ["korea"]
            kill(own)
            assert store.read_cypher("MATCH (n:State) RETURN n.id").rows == [["korea"]]


def test_two_loads_at_once(own: StoreConfig, digests: dict[str, str]) -> None:
    with open_store(own) as store:
        store.apply_schema(SCHEMA)
        expected = one_go(store, digests)
        fields = json.dumps(asdict(own) | {"home": str(own.home)})
        clients = [subprocess.Popen([sys.executable, CLIENT, fields, "0"], env=ENVIRONMENT) for _ in range(2)]
        assert [client.wait(180) for client in clients] == [0, 0]
        assert store.snapshot_hash() == expected
        again = store.load(NODES, EDGES)
        assert (again.nodes, again.edges) == (LoadCounts(unchanged=1200), LoadCounts(unchanged=2200))
