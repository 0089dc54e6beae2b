"""Graphs for the contract tests: each test that takes one runs on each engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sample_graph import EDGES, NODES, SCHEMA

from kg.store import Store, open_store


@pytest.fixture
def ready(graph: Store) -> Store:
    """An empty graph with the schema, on each engine in turn."""
    graph.apply_schema(SCHEMA)
    return graph


@pytest.fixture
def loaded(ready: Store) -> Store:
    """The small graph, on each engine in turn."""
    ready.load(NODES, EDGES)
    ready.write_meta({"data_version": "test"})
    return ready


@pytest.fixture(scope="module")
def reading(engine: object, wipe: Callable[[Store], None]) -> Iterator[Store]:
    """The small graph, loaded once for tests that do not change it."""
    with open_store(engine.config) as store:  # type: ignore[attr-defined]
        wipe(store)
        store.apply_schema(SCHEMA)
        store.load(NODES, EDGES)
        store.write_meta({"data_version": "test"})
        yield store
