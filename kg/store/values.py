"""Values of results as plain Python that JSON can hold."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from neo4j import graph, spatial, time
from neo4j.vector import Vector

from kg.errors import QueryFailed
from kg.store.rows import split_edge_id

# A list of at least so many numbers on a node is a vector of an embedding, which nobody reads.
EMBEDDING_LENGTH = 32
MAX_VALUES = 1_000_000

Json = None | bool | int | float | str | list[Any] | dict[str, Any]


class ValueReader:
    """Converts values, and keeps the nodes and relationships that it meets.

    A node becomes {id, labels (most specific first), props}; a relationship {id, type, source, target, props}; a path
    the list of both in turn. Props are without the store's own (`_…`) and, unless `embeddings`, without vectors.
    """

    def __init__(self, embeddings: bool = False) -> None:
        self._embeddings = embeddings
        self._read = 0
        self.nodes: dict[str, dict[str, Any]] = {}
        self.edges: dict[str, dict[str, Any]] = {}

    def read(self, value: Any) -> Json:
        """One value of a record. Numbers that JSON does not know become None; times and durations ISO 8601 text.

        Raises QueryFailed when all values together are more than MAX_VALUES.
        """
        self._read += 1
        if self._read > MAX_VALUES:
            raise QueryFailed(f"The result holds more than {MAX_VALUES:,} values: return counts, or add LIMIT.")
        if value is None or isinstance(value, (bool, int, str)):
            return value
        if isinstance(value, float):
            return value if math.isfinite(value) else None
        if isinstance(value, graph.Node):
            return self._read_node(value)
        if isinstance(value, graph.Relationship):
            return self._read_edge(value)
        if isinstance(value, graph.Path):
            return self._read_path(value)
        if isinstance(value, Mapping):
            return {str(key): self.read(item) for key, item in value.items()}
        return self._read_other(value)

    def _read_other(self, value: Any) -> Json:
        if isinstance(value, (time.Date, time.Time, time.DateTime, time.Duration)):
            return value.iso_format()
        if isinstance(value, spatial.Point):
            return {"srid": value.srid, "coordinates": [self.read(float(x)) for x in value]}
        if isinstance(value, Vector):
            return [self.read(x) for x in value.to_native()]
        if isinstance(value, (bytes, bytearray)):
            return value.hex()
        if isinstance(value, Iterable):
            return [self.read(item) for item in value]
        return str(value)

    def _read_node(self, node: graph.Node) -> dict[str, Any]:
        id = _node_id(node)
        found = {"id": id, "labels": order_labels(node), "props": self._read_props(node)}
        self.nodes.setdefault(id, found)
        return found

    def _read_edge(self, edge: graph.Relationship) -> dict[str, Any]:
        source, target = _ends(edge)
        found = {
            "id": edge["id"] if "_hash" in edge else edge.element_id,
            "type": edge.type,
            "source": source,
            "target": target,
            "props": self._read_props(edge),
        }
        self.edges.setdefault(edge.element_id, found)
        return found

    def _read_path(self, path: graph.Path) -> list[Any]:
        steps: list[Any] = [self._read_node(path.start_node)] if path.start_node is not None else []
        for edge, node in zip(path.relationships, path.nodes[1:], strict=True):
            steps += [self._read_edge(edge), self._read_node(node)]
        return steps

    def _read_props(self, entity: graph.Entity) -> dict[str, Any]:
        return {
            key: self.read(value)
            for key, value in entity.items()
            if not key.startswith("_") and (self._embeddings or not _is_embedding(value))
        }


def order_labels(node: graph.Node) -> list[str]:
    """A node's labels, most specific first where the store wrote the order down."""
    written = node.get("_labels") or []
    known = [label for label in written if label in node.labels]
    return known + sorted(label for label in node.labels if label not in known)


def _node_id(node: graph.Node) -> str:
    """Our id, or the engine's for a node that others stored: theirs may be equal to one of ours."""
    return node["id"] if "_hash" in node else node.element_id


def _ends(edge: graph.Relationship) -> tuple[str, str]:
    """The ids of both ends. The driver knows ends that are not in the same result by the engine's ids only."""
    if "_hash" in edge:
        source, _, target = split_edge_id(edge["id"])
        return source, target
    return tuple("" if node is None else _node_id(node) for node in edge.nodes)  # type: ignore[return-value]


def _is_embedding(value: Any) -> bool:
    if isinstance(value, Vector):
        return True
    return isinstance(value, list) and len(value) >= EMBEDDING_LENGTH and isinstance(value[0], float)
