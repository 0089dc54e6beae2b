"""The graph: schema, load, named queries, searches and readers' Cypher, over either engine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any, LiteralString, Self, cast

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from kg.errors import GraphEmpty, StoreError
from kg.model.rows import EdgeRow, NodeRow, Schema, VectorIndex
from kg.store.config import StoreConfig
from kg.store.connection import Connection, open_connection
from kg.store.dialect import ENTITY, fulltext_property, index_name
from kg.store.embedded import find_server, stop_server
from kg.store.loader import Loader, LoadReport, Progress
from kg.store.queries import fill_query, quote_name, read_query
from kg.store.reader import DEFAULT_ROW_LIMIT, DEFAULT_TIME_LIMIT, ReaderResult, read_cypher
from kg.store.rows import fold
from kg.store.snapshot import digest_graph

EMPTY = "The graph is empty: run `precedent build` first."
_WORD = re.compile(r"\w+")


class Store:
    """An open graph. Use `open_store`; safe to share between threads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._schema: Schema | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def engine(self) -> str:
        """Name and version of the database, "Neo4j 5.26.30"."""
        return self._connection.engine

    def close(self) -> None:
        """Let go of the connection. An embedded server goes on for others, and stops by itself when idle."""
        self._connection.close()

    def apply_schema(self, schema: Schema) -> None:
        """Create the constraints and indexes that are missing. Raises StoreError."""
        if (ENTITY, "id") not in schema.unique:
            raise ValueError("the schema must make Entity.id unique: every write looks nodes up by it")
        self._connection.dialect().apply_schema(schema, self._forget_vectors)
        self._schema = schema

    def _forget_vectors(self, index: VectorIndex) -> None:
        text = fill_query("delete_vectors", label=quote_name(index.label))
        self._connection.write(lambda tx: tx.run(cast(LiteralString, text)).consume())

    def load(self, nodes: Iterable[NodeRow], edges: Iterable[EdgeRow], progress: Progress | None = None) -> LoadReport:
        """Make the graph hold exactly these rows, writing only what differs; what others put there stays.

        `progress` is told of a stage, how much of it is done, and of how much. Every batch is a transaction; a load
        that was cut off is completed by running it again. Raises StoreError when rows contradict one another (an id
        twice, an edge without its ends) before anything is written, or when the database fails.
        """
        if self._schema is None:
            raise StoreError("Apply the schema before loading: Store.apply_schema(schema).")
        return Loader(self._connection, self._schema, progress).load(nodes, edges)

    def run(self, name: str, /, **params: Any) -> list[dict[str, Any]]:
        """Rows of the query `kg/store/cypher/<name>.cypher`, by column. Raises GraphEmpty before the first build."""
        rows = self._rows(read_query(name), params)
        if not rows and self.read_meta() is None:
            raise GraphEmpty(EMPTY)
        return rows

    def _rows(self, text: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        def work(tx: neo4j.ManagedTransaction) -> list[dict[str, Any]]:
            return tx.run(cast(LiteralString, text), dict(params)).data()

        return self._connection.read(work)

    def vector_search(self, index: VectorIndex | str, vector: Sequence[float], k: int) -> list[tuple[str, float]]:
        """Ids and scores of the `k` nodes whose vectors lie nearest, best first.

        `index` is the index or its name, "Passage[embedding]". A score is (1 + cosine) / 2, from 0 to 1.
        """
        name = index if isinstance(index, str) else index_name(index.label, index.property)
        rows = self.run("vector_search", index=name, k=k, vector=[float(x) for x in vector])
        return [(row["id"], float(row["score"])) for row in rows]

    def fulltext_search(self, index: str, text: str, k: int) -> list[tuple[str, float]]:
        """Ids and scores of at most `k` nodes that hold words of `text`, best first.

        `index` is the name in the schema. Words are matched without case and diacritics, the last one also as the
        beginning of a word; nothing in `text` is read as query syntax. Scores compare within one answer only.
        """
        words = _WORD.findall(fold(text).lower())
        if not words:
            return []
        # Lower case: AND, OR and NOT are operators in capitals only.
        query = " ".join([*words, f"{words[-1]}*"])
        name = index_name(ENTITY, fulltext_property(index))
        rows = self.run("fulltext_search", index=name, k=k, text=query)
        return [(row["id"], float(row["score"])) for row in rows]

    def read_cypher(
        self,
        text: str,
        params: Mapping[str, Any] | None = None,
        time_limit: float = DEFAULT_TIME_LIMIT,
        row_limit: int = DEFAULT_ROW_LIMIT,
    ) -> ReaderResult:
        """Run a reader's query: read only, at most `time_limit` seconds and `row_limit` rows.

        Raises QueryRefused, QueryFailed or QueryTimeout, each with one line that says what to do.
        """
        return read_cypher(self._connection, text, params or {}, time_limit, row_limit)

    def write_meta(self, meta: Mapping[str, Any]) -> None:
        """Write down the facts of a build: a flat map of plain values; it replaces the last one."""
        props = {**meta, "id": "build"}

        def work(tx: neo4j.ManagedTransaction) -> None:
            for name in ("create_meta", "update_meta"):
                tx.run(cast(LiteralString, read_query(name)), props=props).consume()

        self._connection.write(work)

    def read_meta(self) -> dict[str, Any] | None:
        """The facts of the last build; None before the first."""
        rows = self._rows(read_query("read_meta"), {})
        if not rows:
            return None
        return {key: value for key, value in rows[0]["props"].items() if key != "id"}

    def snapshot_hash(self) -> str:
        """A digest over every node and relationship that Precedent manages: equal graphs have equal digests."""
        return digest_graph(self._connection)


def open_store(config: StoreConfig | None = None) -> Store:
    """Open the graph that `config` (or the environment) names; an embedded server is started when none runs.

    Raises StoreUnavailable.
    """
    return Store(open_connection(config or StoreConfig.from_environment()))


def stop_embedded(config: StoreConfig | None = None) -> bool:
    """Stop the embedded server and wait until it is gone; False when none ran."""
    return stop_server((config or StoreConfig.from_environment()).home)


def read_status(config: StoreConfig | None = None) -> dict[str, Any]:
    """Which graph is configured, whether it answers and what it holds. Starts nothing, raises nothing of StoreError."""
    config = config or StoreConfig.from_environment()
    status: dict[str, Any] = {"home": str(config.home)} if config.embedded else {"uri": config.uri}
    state = find_server(config.home) if config.embedded else None
    if config.embedded and state is None:
        return status | {"running": False, "hint": "the embedded graph starts with the next command that needs it"}
    try:
        with open_store(config) as store:
            status |= {"running": True, "engine": store.engine}
            if state:
                status |= {"uri": state.uri, "pid": state.pid}
            return status | (store.read_meta() or {"hint": EMPTY})
    except (StoreError, Neo4jError, DriverError) as error:
        return status | {"running": False, "hint": str(error)}
