"""Graphs for the contract tests: each test that takes one runs on each engine."""

from __future__ import annotations

import pytest
from sample_graph import EDGES, NODES, SCHEMA

from kg.store import Store


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
