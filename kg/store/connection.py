"""Sessions with either engine through the official driver, and their errors in Precedent's words."""

from __future__ import annotations

import logging
import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, LiteralString, TypeVar, cast

import neo4j
from filelock import FileLock
from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from kg.errors import StoreError, StoreUnavailable
from kg.store.config import StoreConfig
from kg.store.dialect import ArcadeDialect, Dialect, Neo4jDialect
from kg.store.embedded import ensure_server
from kg.store.guard import check_plan
from kg.store.queries import read_query
from kg.store.state import DATABASE, LOAD_LOCK, ServerState
from kg.store.watch import LIMIT_COMMENT, limit_comment

# A server that does not answer is told of soon; a cluster that elects a leader gets the time to.
EMBEDDED_RETRY_SECONDS = 3.0
NEO4J_RETRY_SECONDS = 30.0
CONNECT_SECONDS = 10.0
# Comparing a graph with its rows reads it whole: few round trips, and still little memory.
FETCH_ROWS = 10_000
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")

# What the driver would print reaches the caller: failures as errors, notifications with a reader's result.
logging.getLogger("neo4j").setLevel(logging.CRITICAL)

_EXPLAIN = "EXPLAIN "
_COLUMN = re.compile(r"(line 1, column )(\d+)")
_OFFSET = re.compile(r"(offset: )(\d+)")
_ECHO = re.compile(r'\s*"[^"]*"\s*\^\s*$')

T = TypeVar("T")
Gone = (ServiceUnavailable, SessionExpired, AuthError)


class Connection(ABC):
    """One graph database. `engine` is its name and version."""

    engine: str

    @abstractmethod
    def dialect(self) -> Dialect:
        """What makes the schema of this engine."""

    @abstractmethod
    def session(self, write: bool = False) -> neo4j.Session:
        """A session of the owner, which fetches FETCH_ROWS rows at a time."""

    @abstractmethod
    def reader_session(self, rows: int) -> Any:
        """A context manager for one query of a reader that fetches about `rows` rows."""

    @abstractmethod
    def check(self, session: neo4j.Session, text: str, params: Mapping[str, Any]) -> None:
        """Look at what a reader's query would do, without running it. Raises QueryRefused."""

    @abstractmethod
    def limit(self, text: str, seconds: float) -> neo4j.Query:
        """A reader's query that the server ends after `seconds`."""

    @abstractmethod
    def locate(self, message: str) -> str:
        """An error message whose positions are those in the reader's own text."""

    @abstractmethod
    def renew(self) -> bool:
        """After the server went away: True when there is now another to ask."""

    @abstractmethod
    def close(self) -> None:
        """Let go of every socket."""

    def read(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """Run a reading transaction; an embedded server that went away is started again and asked once more."""
        try:
            with self.session() as session:
                return session.execute_read(work)
        except Gone as error:
            if not self.renew():
                raise self.explain(error) from error
        except (Neo4jError, DriverError) as error:
            raise self.explain(error) from error
        try:
            with self.session() as session:
                return session.execute_read(work)
        except (Neo4jError, DriverError) as error:
            raise self.explain(error) from error

    def write(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """Run a writing transaction. One that failed was not applied, and is not tried on another server."""
        try:
            with self.session(write=True) as session:
                return session.execute_write(work)
        except (Neo4jError, DriverError) as error:
            raise self.explain(error) from error

    def execute(self, statement: str) -> None:
        """Run one statement in a transaction of its own (schema changes)."""
        try:
            with self.session(write=True) as session:
                session.run(cast(LiteralString, statement)).consume()
        except (Neo4jError, DriverError) as error:
            raise self.explain(error) from error

    def lock_load(self) -> AbstractContextManager[object]:
        """Keeps other loads out, where that is possible: a load reads first, and writes what it found missing."""
        return nullcontext()

    @abstractmethod
    def explain(self, error: Exception) -> StoreError:
        """An error of the driver as one line that says what to do."""


class Neo4jConnection(Connection):
    """A Neo4j server, cluster or Aura instance that the user runs."""

    def __init__(self, config: StoreConfig) -> None:
        self._config = config
        if config.uri.split("://")[0] not in SCHEMES:
            raise StoreUnavailable(
                f"NEO4J_URI is {config.uri!r}; it begins with one of {', '.join(SCHEMES)}, as in bolt://localhost:7687."
            )
        try:
            self._driver = neo4j.GraphDatabase.driver(
                config.uri,
                auth=(config.username, config.password) if config.password else None,
                connection_timeout=CONNECT_SECONDS,
                max_transaction_retry_time=NEO4J_RETRY_SECONDS,
            )
            agent = self._driver.get_server_info().agent
        except (Neo4jError, DriverError, ConfigurationError, ValueError) as error:
            raise self.explain(error) from error
        self.engine = str(agent).replace("/", " ")

    def dialect(self) -> Dialect:
        return Neo4jDialect(self.execute, self._vector_dimensions)

    def _vector_dimensions(self) -> dict[str, int]:
        query = cast(LiteralString, read_query("vector_dimensions"))
        return {row["name"]: row["dimensions"] for row in self.read(lambda tx: tx.run(query).data())}

    def session(self, write: bool = False) -> neo4j.Session:
        return self._driver.session(
            database=self._config.database,
            default_access_mode=neo4j.WRITE_ACCESS if write else neo4j.READ_ACCESS,
            fetch_size=FETCH_ROWS,
            notifications_min_severity="OFF",
        )

    @contextmanager
    def reader_session(self, rows: int) -> Iterator[neo4j.Session]:
        with self._driver.session(
            database=self._config.database, default_access_mode=neo4j.READ_ACCESS, fetch_size=rows
        ) as session:
            yield session

    def check(self, session: neo4j.Session, text: str, params: Mapping[str, Any]) -> None:
        summary = session.run(cast(LiteralString, _EXPLAIN + text), dict(params)).consume()
        check_plan(summary.query_type, summary.plan)

    def limit(self, text: str, seconds: float) -> neo4j.Query:
        return neo4j.Query(cast(LiteralString, text), timeout=seconds)

    def locate(self, message: str) -> str:
        """Syntax errors come from the check, where EXPLAIN stands before the text."""
        return _OFFSET.sub(_shift, _COLUMN.sub(_shift, _ECHO.sub("", message)))

    def renew(self) -> bool:
        return False  # the driver has already tried for as long as makes sense

    def close(self) -> None:
        self._driver.close()

    def explain(self, error: Exception) -> StoreError:
        uri, text = self._config.uri, error_text(error)
        if isinstance(error, AuthError):
            return StoreUnavailable(
                f"{uri} refuses {self._config.username!r}: set NEO4J_USERNAME and NEO4J_PASSWORD. ({text})"
            )
        if isinstance(error, (*Gone, ConfigurationError, ValueError)):
            return StoreUnavailable(
                f"No Neo4j answers at {uri} ({text}). Start it, correct NEO4J_URI, or unset it for the embedded graph."
            )
        return StoreError(f"{uri}: {text}")


class EmbeddedConnection(Connection):
    """The embedded server of a home; it is started when it does not run."""

    def __init__(self, config: StoreConfig) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._connect(ensure_server(config))

    def _connect(self, state: ServerState) -> None:
        self._state = state
        self._driver = _embedded_driver(state, state.user, state.password)
        self.engine = state.engine

    def dialect(self) -> Dialect:
        return ArcadeDialect(self._state)

    def session(self, write: bool = False) -> neo4j.Session:
        if self._state.process() is None:
            self.renew()
        return self._driver.session(
            database=DATABASE,
            fetch_size=FETCH_ROWS,
            default_access_mode=neo4j.WRITE_ACCESS if write else neo4j.READ_ACCESS,
        )

    @contextmanager
    def reader_session(self, rows: int) -> Iterator[neo4j.Session]:
        """A connection of its own, which closing ends at once: in a shared one the engine would first run the query to
        its end to discard the rows that nobody wants."""
        driver = self._reader_driver()
        try:
            driver.verify_connectivity()
        except Gone:
            driver.close()
            self.renew()
            driver = self._reader_driver()
        session = driver.session(database=DATABASE, default_access_mode=neo4j.READ_ACCESS, fetch_size=rows)
        try:
            yield session
        finally:
            driver.close()

    def _reader_driver(self) -> neo4j.Driver:
        return _embedded_driver(self._state, self._state.reader, self._state.reader_password)

    def check(self, session: neo4j.Session, text: str, params: Mapping[str, Any]) -> None:
        """Nothing more to look at: the user of the session may only read."""

    def limit(self, text: str, seconds: float) -> neo4j.Query:
        # The engine ignores the driver's timeout; `kg.store.watch` reads this comment.
        return neo4j.Query(cast(LiteralString, limit_comment(seconds) + text))

    def locate(self, message: str) -> str:
        """The engine counts without our comment, but may repeat it with the query."""
        return LIMIT_COMMENT.sub("", message)

    def lock_load(self) -> AbstractContextManager[object]:
        return FileLock(self._config.home / LOAD_LOCK)

    def renew(self) -> bool:
        with self._lock:
            state = ensure_server(self._config)
            if state != self._state:
                self._driver.close()
                self._connect(state)
        return True

    def close(self) -> None:
        self._driver.close()

    def explain(self, error: Exception) -> StoreError:
        if isinstance(error, Gone):
            return StoreUnavailable("The embedded database stopped in the middle of the work; run the command again.")
        return StoreError(f"The embedded database: {error_text(error)}")


def _embedded_driver(state: ServerState, user: str, password: str) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(
        state.uri,
        auth=(user, password),
        connection_timeout=CONNECT_SECONDS,
        max_transaction_retry_time=EMBEDDED_RETRY_SECONDS,
    )


def _shift(position: re.Match[str]) -> str:
    return f"{position[1]}{max(0, int(position[2]) - len(_EXPLAIN))}"


def error_text(error: Exception) -> str:
    """The message of a driver's error in one line."""
    text = getattr(error, "message", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())


def open_connection(config: StoreConfig) -> Connection:
    """Connect to what `config` names. Raises StoreUnavailable."""
    return EmbeddedConnection(config) if config.embedded else Neo4jConnection(config)
