"""Readers' Cypher: read only, checked before it is sent, cut off by time and by rows."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from kg.errors import QueryFailed, QueryRefused, QueryTimeout, StoreError, UsageError
from kg.store.connection import Connection, Gone, error_text
from kg.store.guard import READS_ONLY, check_text
from kg.store.values import ValueReader

DEFAULT_TIME_LIMIT = 10.0
DEFAULT_ROW_LIMIT = 1000
MAX_TIME_LIMIT = 600.0
# How much longer than the limit the whole answer may take: the check before, the rows on their way.
PATIENCE_SECONDS = 20.0

_TIMEOUT_CODES = ("TransactionTimedOut", "Transaction.Terminated", "TransactionTimedOutClientConfiguration")
_TIMEOUT_WORDS = ("has been terminated", "Timeout on iteration", "transaction has been terminated")
_REFUSED_CODES = ("Security.Forbidden", "Statement.AccessMode", "Neo.ClientError.Security")
_MEMORY_WORDS = ("MemoryPoolOutOfMemory", "memory", "exceeded", "exceeding the maximum", "heap")


class ResultGraph(NamedTuple):
    """The nodes and relationships found anywhere in a result, each once."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]


@dataclass(frozen=True)
class ReaderResult:
    """The answer to a reader's query: `rows` are lists of plain values in the order of `columns`.

    `truncated` says that there were more than `row_limit` rows; `notifications` are the database's remarks. The embedded
    engine names no columns when there are no rows.
    """

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool = False
    graph: ResultGraph = field(default_factory=lambda: ResultGraph([], []))
    notifications: list[str] = field(default_factory=list)


def read_cypher(
    connection: Connection, text: str, params: Mapping[str, Any], time_limit: float, row_limit: int
) -> ReaderResult:
    """See `Store.read_cypher`."""
    if not 0 < time_limit <= MAX_TIME_LIMIT:
        raise UsageError(f"The time limit is {time_limit} s; give more than 0 and at most {MAX_TIME_LIMIT:.0f}.")
    if row_limit < 1:
        raise UsageError(f"The row limit is {row_limit}; give at least 1.")
    text = check_text(text)

    def ask() -> ReaderResult:
        began = time.monotonic()
        try:
            with connection.reader_session(row_limit + 1) as session:
                connection.check(session, text, params)
                return _run(connection, session, text, params, time_limit, row_limit)
        except (Neo4jError, DriverError) as error:
            raise _explain(connection, error, time_limit, time.monotonic() - began) from error

    return _wait(ask, time_limit)


def _wait(ask: Callable[[], ReaderResult], time_limit: float) -> ReaderResult:
    """The answer, or QueryTimeout when the server itself does not keep to the limit.

    Neo4j ends a query between rows only: a long list expression runs on, and its client would wait with it.
    """
    answers: queue.SimpleQueue[ReaderResult | BaseException] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put(ask())
        except BaseException as error:  # raised again by the one who waits
            answers.put(error)

    threading.Thread(target=run, name="precedent-reader", daemon=True).start()
    try:
        answer = answers.get(timeout=time_limit + PATIENCE_SECONDS)
    except queue.Empty:
        raise QueryTimeout(
            f"The query was given up after {time_limit + PATIENCE_SECONDS:g} s; the database may still work on it. Narrow it."
        ) from None
    if isinstance(answer, BaseException):
        raise answer
    return answer


def _run(
    connection: Connection,
    session: neo4j.Session,
    text: str,
    params: Mapping[str, Any],
    time_limit: float,
    row_limit: int,
) -> ReaderResult:
    result = session.run(connection.limit(text, time_limit), dict(params))
    reader = ValueReader()
    columns = list(result.keys())
    rows = [[reader.read(value) for value in record.values()] for record in islice(result, row_limit)]
    truncated = len(rows) == row_limit and result.peek() is not None
    notifications = [] if truncated else _notifications(result.consume())
    graph = ResultGraph(list(reader.nodes.values()), list(reader.edges.values()))
    return ReaderResult(columns, rows, truncated, graph, notifications)


def _notifications(summary: neo4j.ResultSummary) -> list[str]:
    found = (item.get("description") or item.get("title") or "" for item in summary.notifications or [])
    return [" ".join(str(text).split()) for text in found if text]


def _explain(connection: Connection, error: Exception, time_limit: float, elapsed: float) -> StoreError:
    code, text = getattr(error, "code", None) or "", connection.locate(error_text(error))
    if isinstance(error, Gone):
        return _explain_gone(connection, error, time_limit, elapsed)
    if any(known in code for known in _TIMEOUT_CODES) or any(words in text for words in _TIMEOUT_WORDS):
        return _timeout(time_limit)
    if any(known in code for known in _REFUSED_CODES):
        return QueryRefused(f"{READS_ONLY}. The database refused the query: {text}")
    if any(words in f"{code} {text}" for words in _MEMORY_WORDS):
        return QueryFailed(f"The query wants more memory than a reader may use: narrow it, or add LIMIT. ({text})")
    return QueryFailed(text)


def _explain_gone(connection: Connection, error: Exception, time_limit: float, elapsed: float) -> StoreError:
    """The server went away under the query: the embedded one ends itself rather than run on past the limit."""
    if not connection.renew():
        return connection.explain(error)
    if elapsed >= time_limit:
        return _timeout(time_limit)
    return QueryFailed(
        "The query brought the embedded database down, which runs again: it wanted too much memory. Narrow it."
    )


def _timeout(time_limit: float) -> QueryTimeout:
    return QueryTimeout(f"The query was cut off after {time_limit:g} s: narrow it, add LIMIT, or allow it more time.")
