"""Bring a graph to hold given rows: compare by hash, then delete, write and delete no more than what differs.

The order keeps every cut-off load repairable: a node or relationship and its hash are written in one transaction, so
that what is stored under a hash is what the hash says, and the next load sees exactly what is left to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, LiteralString, NamedTuple, cast

import neo4j

from kg.errors import StoreError
from kg.model.rows import EdgeRow, NodeRow, Schema
from kg.store.connection import Connection
from kg.store.dialect import ENTITY
from kg.store.queries import fill_query, join_labels, quote_name, read_query
from kg.store.rows import StoredForm, batch, split_edge_id

Progress = Callable[[str, int, int], None]
Work = dict[str, list[dict[str, Any]]]  # a query, and the rows it is given


@dataclass
class LoadCounts:
    """What a load did with nodes, or with relationships."""

    created: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0

    def __str__(self) -> str:
        return ", ".join(f"{getattr(self, f.name)} {f.name}" for f in fields(self))

    def to_dict(self) -> dict[str, int]:
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass
class LoadReport:
    """What a load did."""

    nodes: LoadCounts = field(default_factory=LoadCounts)
    edges: LoadCounts = field(default_factory=LoadCounts)

    def to_dict(self) -> dict[str, dict[str, int]]:
        return {"nodes": self.nodes.to_dict(), "edges": self.edges.to_dict()}


class _StoredNode(NamedTuple):
    id: str
    hash: str
    labels: list[str]


class _StoredEdge(NamedTuple):
    id: str
    hash: str

    @property
    def type(self) -> str:
        return split_edge_id(self.id)[1]

    def to_row(self) -> dict[str, str]:
        source, _, target = split_edge_id(self.id)
        return {"source": source, "target": target, "id": self.id}


class Loader:
    """One load into one graph."""

    def __init__(self, connection: Connection, schema: Schema, progress: Progress | None) -> None:
        self._connection = connection
        self._form = StoredForm(schema)
        self._tell = progress or (lambda stage, done, total: None)
        self._report = LoadReport()

    def load(self, nodes: Iterable[NodeRow], edges: Iterable[EdgeRow]) -> LoadReport:
        """See `Store.load`."""
        wanted_nodes, wanted_edges = _index_nodes(nodes), _index_edges(edges)
        _check_ends(wanted_nodes, wanted_edges.values())
        with self._connection.lock_load():
            self._compare(wanted_nodes, wanted_edges)
        return self._report

    def _compare(self, wanted_nodes: Mapping[str, NodeRow], wanted_edges: Mapping[str, EdgeRow]) -> None:
        stored_nodes = {row[0]: _StoredNode(*row) for row in self._read("node_hashes")}
        stored_edges = self._read_edges()
        # Relationships go before their nodes do, and come after them.
        self._delete_edges(stored_edges, wanted_edges)
        self._delete_nodes(stored_nodes, wanted_nodes)
        self._write_nodes(stored_nodes, wanted_nodes)
        self._write_edges(stored_edges, wanted_edges)

    def _read(self, name: str) -> list[list[Any]]:
        return self._connection.read(lambda tx: tx.run(cast(LiteralString, read_query(name))).values())

    def _read_edges(self) -> dict[str, _StoredEdge]:
        rows = [_StoredEdge(*edge) for (edges,) in self._read("edge_hashes") for edge in edges]
        stored = {row.id: row for row in rows}
        if len(stored) == len(rows):
            return stored
        # Two loads at once into one Neo4j can leave a relationship twice: both go, one is written anew.
        seen: set[str] = set()
        twice = [row for row in rows if row.id in seen or seen.add(row.id)]
        self._write_edge_rows("delete_edges", "Removing doubled relationships", twice)
        for row in twice:
            stored.pop(row.id, None)
        return stored

    def _delete_edges(self, stored: Mapping[str, _StoredEdge], wanted: Mapping[str, EdgeRow]) -> None:
        gone = [edge for key, edge in stored.items() if key not in wanted]
        self._report.edges.deleted = len(gone)
        self._write_edge_rows("delete_edges", "Removing relationships", gone)

    def _delete_nodes(self, stored: Mapping[str, _StoredNode], wanted: Mapping[str, NodeRow]) -> None:
        gone = [{"id": id} for id in stored if id not in wanted]
        self._report.nodes.deleted = len(gone)
        self._write("Removing nodes", {read_query("delete_nodes"): gone})

    def _write_nodes(self, stored: Mapping[str, _StoredNode], wanted: Mapping[str, NodeRow]) -> None:
        counts = self._report.nodes
        labels: Work = defaultdict(list)
        contents: Work = defaultdict(list)
        for row in wanted.values():
            old = stored.get(row.id)
            if old is None:
                counts.created += 1
                contents[fill_query("create_nodes", labels=join_labels(row.labels))].append(self._form.node(row))
                continue
            same = set(old.labels) == set(row.labels)
            if same and old.hash == self._form.hash(row):
                counts.unchanged += 1
                continue
            counts.updated += 1
            contents[read_query("update_nodes")].append(self._form.node(row))
            for text in _relabel(old.labels, row.labels):
                labels[text].append({"id": row.id})
        # Labels first, each change in a transaction of its own: the embedded engine moves a node to give it another
        # label, once a transaction at most. The hash comes last, with the properties.
        self._write("Changing labels", labels)
        self._write("Writing nodes", contents)

    def _write_edges(self, stored: Mapping[str, _StoredEdge], wanted: Mapping[str, EdgeRow]) -> None:
        counts = self._report.edges
        new: list[EdgeRow] = []
        changed: list[EdgeRow] = []
        for key, row in wanted.items():
            old = stored.get(key)
            if old is not None and old.hash == self._form.hash(row):
                counts.unchanged += 1
                continue
            (new if old is None else changed).append(row)
        counts.created, counts.updated = len(new), len(changed)
        self._write_edge_rows("create_edges", "Writing relationships", new)
        self._write_edge_rows("merge_edges", "Changing relationships", changed)

    def _write_edge_rows(self, query: str, stage: str, rows: Sequence[EdgeRow | _StoredEdge]) -> None:
        work: Work = defaultdict(list)
        for row in rows:
            text = fill_query(query, type=quote_name(row.type))
            work[text].append(self._form.edge(row) if isinstance(row, EdgeRow) else row.to_row())
        self._write(stage, work)

    def _write(self, stage: str, work: Work) -> None:
        total, done = sum(len(rows) for rows in work.values()), 0
        if not total:
            return
        self._tell(stage, 0, total)
        for text, rows in work.items():
            for part in batch(rows):
                self._connection.write(lambda tx, text=text, part=part: _apply(tx, text, part))
                done += len(part)
                self._tell(stage, done, total)


def _apply(tx: neo4j.ManagedTransaction, text: str, rows: list[dict[str, Any]]) -> None:
    tx.run(cast(LiteralString, text), rows=rows).consume()


def _relabel(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The queries that lead from one set of labels to another."""
    added, removed = [x for x in new if x not in old], sorted(x for x in old if x not in new)
    if added:
        yield fill_query("add_labels", labels=join_labels(added))
    if removed:
        yield fill_query("remove_labels", labels=join_labels(removed))


def _index_nodes(nodes: Iterable[NodeRow]) -> dict[str, NodeRow]:
    index: dict[str, NodeRow] = {}
    for row in nodes:
        if row.id in index:
            raise StoreError(f"Two nodes have the id {row.id!r}; nothing was loaded. Give one of them another id.")
        if ENTITY not in row.labels:
            raise ValueError(f"node {row.id!r} lacks the label {ENTITY}")
        if "|" in row.id:
            raise StoreError(f"The id {row.id!r} holds a |, which parts the ids of relationships; nothing was loaded.")
        index[row.id] = row
    return index


def _index_edges(edges: Iterable[EdgeRow]) -> dict[str, EdgeRow]:
    index: dict[str, EdgeRow] = {}
    for row in edges:
        if row.id in index:
            raise StoreError(
                f"Two relationships {row.type} from {row.source!r} to {row.target!r} have the same key {row.key!r}; "
                "nothing was loaded. Remove one, or tell them apart."
            )
        index[row.id] = row
    return index


def _check_ends(nodes: Mapping[str, NodeRow], edges: Iterable[EdgeRow]) -> None:
    for row in edges:
        for end in (row.source, row.target):
            if end not in nodes:
                raise StoreError(
                    f"The relationship {row.type} from {row.source!r} to {row.target!r} needs {end!r}, which no record "
                    "has; nothing was loaded. Correct the id or add the record."
                )
