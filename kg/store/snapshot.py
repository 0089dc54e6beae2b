"""A digest of all that Precedent manages in a graph."""

from __future__ import annotations

import hashlib
import json
from typing import Any, LiteralString, cast

import neo4j

from kg.store.connection import Connection
from kg.store.queries import read_query


def digest_graph(connection: Connection) -> str:
    """SHA-256 over nodes and relationships in the order of their text; equal graphs have equal digests."""
    lines: list[str] = []

    def work(tx: neo4j.ManagedTransaction) -> None:
        lines.clear()
        for record in tx.run(cast(LiteralString, read_query("all_nodes"))):
            lines.append(_line("node", sorted(record["labels"]), record["props"]))
        for record in tx.run(cast(LiteralString, read_query("all_edges"))):
            lines.append(_line("edge", [record["source"], record["type"], record["target"]], record["props"]))

    connection.read(work)
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _line(kind: str, place: list[str], props: dict[str, Any]) -> str:
    return json.dumps([kind, place, props], ensure_ascii=False, sort_keys=True)
