"""Database engines for tests: each starts once a session, is wiped between tests, and stops at the end.

`store` is an open embedded graph in a temporary home, for every package's tests. A test that takes `graph` runs on
each engine: the embedded one and real Neo4j 5.26 and 2026.09, which the script that PRECEDENT_NEO4J_SERVER names
starts; with NEO4J_URI set, on that server in their stead. Which engines did not run is said in the last lines.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.pipeline import build
from ingest.sources.curated import find_data
from kg.analogy.encode import Encoder, TextEncoder
from kg.analogy.evaluate.systems import RememberingEncoder
from kg.store import Store, StoreConfig, open_store
from kg.store.embedded import stop_server

ROOT = Path(__file__).resolve().parents[1]
SERVER_SCRIPT = Path(os.environ.get("PRECEDENT_NEO4J_SERVER") or ROOT / "../shared/neo4j/server.py")
NEO4J_VERSIONS = ("5.26", "2026.09")
# A test run that is killed leaves its embedded server to itself for no longer than this.
IDLE_SECONDS = 300.0
# Read before the environment is cleared: tests must meet neither the user's graph nor his settings.
GIVEN = {name: os.environ[name] for name in os.environ if name.startswith("NEO4J_")}

ENGINES = ("embedded", "neo4j-given") if "NEO4J_URI" in GIVEN else ("embedded", *(f"neo4j-{v}" for v in NEO4J_VERSIONS))
_missing: dict[str, int] = {}


@dataclass(frozen=True)
class Engine:
    """One running database."""

    name: str
    config: StoreConfig


def is_available(engine: str) -> bool:
    return engine in ("embedded", "neo4j-given") or SERVER_SCRIPT.is_file()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "neo4j: this test of an engine is about Neo4j only")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        neo4j_only = metafunc.definition.get_closest_marker("neo4j")
        engines = [engine for engine in ENGINES if engine != "embedded" or not neo4j_only]
        metafunc.parametrize("engine", engines, indirect=True, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept, gone = [], []
    for item in items:
        callspec = getattr(item, "callspec", None)
        engine = callspec.params.get("engine") if callspec else None
        if engine is None or is_available(engine):
            kept.append(item)
        else:
            gone.append(item)
            _missing[engine] = _missing.get(engine, 0) + 1
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = kept


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if "NEO4J_URI" in GIVEN:
        terminalreporter.section("database engines")
        terminalreporter.line(f"Neo4j ran at {GIVEN['NEO4J_URI']} only, not {' and '.join(NEO4J_VERSIONS)}.")
    if _missing:
        terminalreporter.section("ENGINES THAT DID NOT RUN", sep="!", red=True, bold=True)
        for engine, count in sorted(_missing.items()):
            terminalreporter.line(f"{engine}: {count} tests did NOT run: {SERVER_SCRIPT} is not there.", red=True)
        terminalreporter.line("Name the script in PRECEDENT_NEO4J_SERVER, or an empty server in NEO4J_URI.", red=True)


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The session's PRECEDENT_HOME; NEO4J_* are unset, so that commands under test use the embedded graph in it."""
    path = tmp_path_factory.mktemp("precedent-home")
    with pytest.MonkeyPatch.context() as patch:
        for name in GIVEN:
            patch.delenv(name)
        patch.setenv("PRECEDENT_HOME", str(path))
        patch.setenv("PRECEDENT_IDLE_SECONDS", str(IDLE_SECONDS))
        yield path
    stop_server(path)


@pytest.fixture(scope="session")
def store(home: Path) -> Iterator[Store]:
    """An open embedded graph, shared by the tests of a session. It is what `open_store()` and the commands find."""
    with open_store(StoreConfig(home=home, idle_seconds=IDLE_SECONDS)) as opened:
        yield opened


@pytest.fixture(scope="session")
def remembering() -> TextEncoder:
    """The real encoder, asked once a session for each text of the records: several graphs and indexes hold the same."""
    return RememberingEncoder(Encoder())


@pytest.fixture(scope="session")
def built_home(home: Path, store: Store, remembering: TextEncoder) -> Path:
    """The session's home once the curated records are in its graph, as `precedent build` puts them there."""
    build(find_data(), store, lambda: remembering)
    return home


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A running database of the kind that the test is parametrized with, for this package's tests alone."""
    name: str = request.param
    path = tmp_path_factory.mktemp(name)
    if name == "embedded":
        yield Engine(name, StoreConfig(home=path, idle_seconds=IDLE_SECONDS))
        stop_server(path)
    elif name == "neo4j-given":
        yield Engine(name, _given_config(path))
    else:
        yield Engine(name, _start_neo4j(name.removeprefix("neo4j-"), path))
        subprocess.run([sys.executable, SERVER_SCRIPT, "stop", path], check=True)


def _given_config(home: Path) -> StoreConfig:
    config = StoreConfig.from_environment(GIVEN | {"PRECEDENT_HOME": str(home)})
    with open_store(config) as opened:
        found = opened.read_cypher("MATCH (n) RETURN count(n)").rows[0][0]
    if found:
        pytest.exit(
            f"NEO4J_URI names a database with {found} nodes, and tests wipe it: name an empty one.", returncode=2
        )
    return config


def _start_neo4j(version: str, home: Path) -> StoreConfig:
    started = subprocess.run(
        [sys.executable, SERVER_SCRIPT, "start", version, home], check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    fact = json.loads(started.stdout)
    return StoreConfig(home=home, uri=fact["uri"], username=fact["user"], password=fact["password"])


@pytest.fixture(scope="session")
def wipe() -> Callable[[Store], None]:
    """Deletes every node of a store; indexes stay."""

    def delete(store: Store) -> None:
        store._connection.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())

    return delete


@pytest.fixture
def graph(engine: Engine, wipe: Callable[[Store], None]) -> Iterator[Store]:
    """An open, empty graph on each engine in turn."""
    with open_store(engine.config) as opened:
        wipe(opened)
        yield opened
