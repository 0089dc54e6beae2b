"""The build: nothing at fault is loaded, nothing is done twice, and a build that was killed is resumed by building again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ingest.pipeline import build
from ingest.sources.curated import find_data, read_version
from kg.errors import QueryFailed, ValidationError
from kg.store import Store, StoreConfig, open_store, stop_embedded

SOME = ("korean-armistice-talks", "geneva-conference-korea", "munich", "cuban-missile-crisis")


@pytest.fixture
def fresh_home(tmp_path: Path):
    folder = tmp_path / "home"
    yield folder
    stop_embedded(StoreConfig(home=folder))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the records that a test may spoil."""
    return Path(shutil.copytree(find_data(), tmp_path / "data"))


@pytest.fixture(scope="module")
def some_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the records with a few of the episodes, whose texts are soon embedded."""
    copy = Path(shutil.copytree(find_data(), tmp_path_factory.mktemp("some") / "data"))
    shutil.rmtree(copy / "register")
    for file in (copy / "episodes").iterdir():
        if file.stem not in SOME:
            file.unlink()
    return copy


@pytest.fixture(scope="module")
def some_built(some_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """Number of nodes and digest of the graph of these records, built in one go."""
    config = StoreConfig(home=tmp_path_factory.mktemp("some-home"))
    with open_store(config) as store:
        build(some_data, store)
        yield _count_nodes(store), store.snapshot_hash()
    stop_embedded(config)


@pytest.fixture(scope="module")
def whole(built_home: Path) -> str:
    """Digest of the graph of all records, built in one go."""
    with open_store(StoreConfig(home=built_home)) as store:
        return store.snapshot_hash()


def test_a_second_build_writes_and_embeds_nothing(built_home: Path, whole: str) -> None:
    with open_store(StoreConfig(home=built_home)) as store:
        report = build(find_data(), store)
        assert report.encoded == 0
        for counts in (report.load.nodes, report.load.edges):
            assert counts.created == counts.updated == counts.deleted == 0 and counts.unchanged > 1000
        assert store.snapshot_hash() == whole


SPOILT = {
    "a misspelt key": ("    obligor:", "    obligr:", "obligr"),
    "an unknown actor": (
        "actor: united-nations-command, side",
        "actor: united-nation-command, side",
        "united-nation-command",
    ),
    "a date that is no EDTF": ("date: 1951-06-23", "date: July 1951?", "July 1951?"),
    "a commitment without an obligor": ("    obligor: south-korea\n", "", "obligor"),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_nothing_of_a_faulty_record_is_loaded(fault: str, data: Path, built_home: Path, whole: str) -> None:
    file = data / "episodes" / "korean-armistice-talks.yaml"
    old, new, named = SPOILT[fault]
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with open_store(StoreConfig(home=built_home)) as store:
        with pytest.raises(ValidationError, match=r"korean-armistice-talks\.yaml") as caught:
            build(data, store)
        assert named in str(caught.value)
        assert store.snapshot_hash() == whole


def test_what_left_the_data_leaves_the_graph(some_data: Path, fresh_home: Path) -> None:
    extra = some_data / "places" / "nowhere-in-particular.yaml"
    extra.write_text("id: nowhere-in-particular\ntype: Place\nname: <b>Nowhere</b> in particular\n", encoding="utf-8")
    find = "MATCH (p:Place {id: 'nowhere-in-particular'}) RETURN p.name"
    with open_store(StoreConfig(home=fresh_home)) as store:
        build(some_data, store)
        assert store.read_cypher(find).rows == [["<b>Nowhere</b> in particular"]]
        extra.unlink()
        report = build(some_data, store)
        assert report.load.nodes.deleted == 1 and store.read_cypher(find).rows == []


def test_the_version_follows_the_content(data: Path) -> None:
    before = read_version(data)
    file = data / "episodes" / "munich.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "note: changed\n", encoding="utf-8")
    assert read_version(data) != before and read_version(data).split("+")[0] == before.split("+")[0]


@pytest.mark.parametrize("victim", ["server", "build"])
@pytest.mark.parametrize("share", [0.2, 0.8])
def test_a_killed_build_is_resumed_by_building_again(
    victim: str, share: float, fresh_home: Path, some_data: Path, some_built: tuple[int, str]
) -> None:
    """Kill -9 of the server or of the build when a share of the graph is written; then build again."""
    nodes, digest = some_built
    environment = {**os.environ, "PRECEDENT_HOME": str(fresh_home), "PRECEDENT_DATA": str(some_data)}
    running = subprocess.Popen(
        [sys.executable, "-m", "explorer.cli", "build"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _wait_until_loaded(fresh_home, share * nodes, running)
    if victim == "build":
        running.kill()
    else:
        for process in _servers(fresh_home):
            process.kill()
    running.wait(timeout=300)
    with open_store(StoreConfig(home=fresh_home)) as store:
        build(some_data, store)
        assert store.snapshot_hash() == digest


def _wait_until_loaded(home: Path, nodes: float, running: subprocess.Popen) -> None:
    """Return once the graph holds that many nodes, or the build has ended."""
    while running.poll() is None:
        with open_store(StoreConfig(home=home)) as store:
            if _count_nodes(store) >= nodes:
                return
        time.sleep(0.02)


def _count_nodes(store: Store) -> int:
    try:
        return store.read_cypher("MATCH (n:Entity) RETURN count(n) AS n").rows[0][0]
    except QueryFailed:  # before the schema there is no such label
        return 0


def _servers(home: Path) -> list[psutil.Process]:
    """The processes of the embedded server of this home."""
    return [p for p in psutil.process_iter(["cmdline"]) if any(str(home) in part for part in p.info["cmdline"] or [])]
