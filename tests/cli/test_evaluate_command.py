"""`precedent evaluate` as it is typed: a table for people, JSON for programs, one line for a fault."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pipeline import build
from ingest.sources.curated import find_data
from kg.analogy.encode import TextEncoder
from kg.store import StoreConfig, open_store
from kg.store.embedded import stop_server

EPISODES = ("munich", "suez-crisis", "washington-naval-conference")
ANALOGIES = ("eden-1956-suez-thirties", "mollet-1956-suez-munich")

SITUATION = {
    "id": "canal", "form": "name-free", "precedent": ["munich", "no-such-episode"],
    "text": "A dictator has taken what he wanted and says that it is his last demand; a patron presses its small ally to give way.",
}  # fmt: skip


@pytest.fixture(scope="module")
def small_home(tmp_path_factory: pytest.TempPathFactory, remembering: TextEncoder) -> Iterator[Path]:
    """A home with the graph of three episodes and the register's analogies between them: enough to be asked in seconds."""
    data = Path(shutil.copytree(find_data(), tmp_path_factory.mktemp("few") / "data"))
    for file in (*(data / "episodes").iterdir(), *(data / "register").iterdir()):
        if file.stem not in (*EPISODES, *ANALOGIES):
            file.unlink()
    home = tmp_path_factory.mktemp("few-home")
    with open_store(StoreConfig(home=home)) as store:
        build(data, store, lambda: remembering)
    yield home
    stop_server(home)


@pytest.fixture
def evaluate(small_home: Path):
    """Runs `precedent evaluate …`; returns the finished process."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "explorer.cli", "evaluate", *map(str, arguments)],
            capture_output=True, text=True, env={**os.environ, "PRECEDENT_HOME": str(small_home), "COLUMNS": "80"},
        )  # fmt: skip

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "situations.jsonl"
    absent = {**SITUATION, "id": "absent", "precedent": "no-such-episode"}
    file.write_text("".join(json.dumps(line) + "\n" for line in (SITUATION, absent)), encoding="utf-8")
    return file


def test_a_file_of_situations_is_measured(evaluate, file: Path) -> None:
    done = evaluate("--register", file, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["retrieval"]
    methods = {line["method"]: line for line in told["lines"]}
    assert {"BM25", "raw cosine", "abstract cosine", "candidates", "full engine"} <= set(methods)
    assert {line["n"] for line in methods.values()} == {1}
    rank = told["situations"][0]["ranks"]["full engine"]
    assert methods["full engine"]["mrr"] == [round(1 / rank, 4)] * 3
    assert [u["id"] for u in told["not_searchable"]] == ["absent"]


def test_the_table_is_whole_on_a_narrow_terminal(evaluate, file: Path) -> None:
    done = evaluate("--register", file)
    assert done.returncode == 0, done.stderr
    assert "name-free: 1 situations" in done.stdout and "…" not in done.stdout
    assert "no-such-episode (not an episode of the corpus)" in done.stdout


def test_without_a_file_the_register_of_the_graph_is_asked_in_both_forms(evaluate) -> None:
    done = evaluate("--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["retrieval"]
    asked = {(s["id"], s["form"]) for s in told["situations"]}
    assert asked == {(id, form) for id in ANALOGIES for form in ("name-free", "as-pasted")}


def test_a_fault_is_one_line_with_file_and_number(evaluate, file: Path) -> None:
    file.write_text(json.dumps(SITUATION) + "\n{}\n", encoding="utf-8")
    done = evaluate("--register", file)
    assert done.returncode == 2
    assert done.stderr.startswith(f"precedent: {file}:2: ") and done.stderr.count("\n") == 1
