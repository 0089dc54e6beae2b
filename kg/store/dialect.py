"""What differs between the engines: how indexes are made. Nothing else in Precedent knows.

Both engines get indexes of the same names, `Label[property]` (the embedded engine gives no choice), so that the same
Cypher text finds them on both: `CALL db.index.vector.queryNodes('Passage[embedding]', 10, $vector)`.

A full-text index is one over `Entity[_<its name>]`: a property that `kg.store.rows` fills with the text of the indexed
properties, lists included, without diacritics. (The embedded engine turns a list into one string when it indexes
it; and a search must find Panmunjŏm for "Panmunjom" on both.)

Node ids are unique by constraint. Dates are ISO text and whole years, so that the engines' temporal types, which
differ, never matter.
"""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Protocol

from kg.errors import StoreError, StoreUnavailable
from kg.model.rows import Schema, VectorIndex
from kg.store.queries import quote_name
from kg.store.state import DATABASE, ServerState

DDL_SECONDS = 600.0
Forget = Callable[[VectorIndex], None]
ENTITY = "Entity"


def index_name(label: str, prop: str) -> str:
    """The name of an index, the same on every engine."""
    return f"{label}[{prop}]"


def fulltext_property(index: str) -> str:
    """The property that holds the text of a full-text index, and after which the index is named."""
    return f"_{index}"


class Dialect(Protocol):
    """Makes the schema of one engine."""

    def apply_schema(self, schema: Schema, forget: Forget) -> None:
        """Create what is missing of constraints and indexes; leave the rest. Raises StoreError.

        A vector index of other dimensions (another model's) is made anew; `forget` is called first, to delete the
        nodes whose vectors would not fit.
        """
        ...


class Neo4jDialect:
    """Neo4j 5 and later. `execute` runs one statement in a transaction of its own; `dimensions` are those of each
    vector index that there is, by name."""

    def __init__(self, execute: Callable[[str], object], dimensions: Callable[[], dict[str, int]]) -> None:
        self._execute = execute
        self._dimensions = dimensions

    def apply_schema(self, schema: Schema, forget: Forget) -> None:
        found = self._dimensions()
        for vector in schema.vector:
            name = index_name(vector.label, vector.property)
            if found.get(name, vector.dimensions) != vector.dimensions:
                forget(vector)
                self._execute(f"DROP INDEX {_quote_index(vector.label, vector.property)}")
        for statement in self._statements(schema):
            self._execute(statement)
        # Vector and full-text indexes are filled in the background: queries before that would miss nodes.
        self._execute("CALL db.awaitIndexes(300)")

    def _statements(self, schema: Schema) -> Iterator[str]:
        for label, prop in schema.unique:
            yield (
                f"CREATE CONSTRAINT {_quote_index(label, prop, ' unique')} IF NOT EXISTS "
                f"FOR (n:{quote_name(label)}) REQUIRE n.{quote_name(prop)} IS UNIQUE"
            )
        for label, prop in schema.range:
            if (label, prop) not in schema.unique:
                yield (
                    f"CREATE INDEX {_quote_index(label, prop)} IF NOT EXISTS "
                    f"FOR (n:{quote_name(label)}) ON (n.{quote_name(prop)})"
                )
        for index in schema.fulltext:
            prop = fulltext_property(index.name)
            yield (
                f"CREATE FULLTEXT INDEX {_quote_index(ENTITY, prop)} IF NOT EXISTS "
                f"FOR (n:{ENTITY}) ON EACH [n.{quote_name(prop)}]"
            )
        for vector in schema.vector:
            yield (
                f"CREATE VECTOR INDEX {_quote_index(vector.label, vector.property)} IF NOT EXISTS "
                f"FOR (n:{quote_name(vector.label)}) ON (n.{quote_name(vector.property)}) "
                f"OPTIONS {{indexConfig: {{`vector.dimensions`: {int(vector.dimensions)}, "
                f"`vector.similarity_function`: 'cosine', `vector.quantization.enabled`: false}}}}"
            )


def _quote_index(label: str, prop: str, suffix: str = "") -> str:
    for name in (label, prop):
        quote_name(name)
    return f"`{index_name(label, prop)}{suffix}`"


class _OtherConfiguration(StoreError):
    """An index of that name exists and is of another make."""


class ArcadeDialect:
    """The embedded ArcadeDB: its vector and full-text indexes are made by its own SQL, which only HTTP takes."""

    def __init__(self, state: ServerState) -> None:
        self._url = f"http://127.0.0.1:{state.http_port}/api/v1/command/{DATABASE}"
        token = base64.b64encode(f"{state.user}:{state.password}".encode()).decode()
        self._headers = {"Content-Type": "application/json", "Authorization": f"Basic {token}"}

    def apply_schema(self, schema: Schema, forget: Forget) -> None:
        for statement in self._statements(schema):
            self._command(statement)
        for vector in schema.vector:
            self._make_vector_index(vector, forget)

    def _make_vector_index(self, vector: VectorIndex, forget: Forget) -> None:
        statement = (
            f"CREATE INDEX IF NOT EXISTS ON {quote_name(vector.label)} ({quote_name(vector.property)}) LSM_VECTOR "
            f'METADATA {{"dimensions": {int(vector.dimensions)}, "similarity": "COSINE"}}'
        )
        try:
            self._command(statement)
        except _OtherConfiguration:
            forget(vector)
            self._command(f"DROP INDEX {_quote_index(vector.label, vector.property)}")
            self._command(statement)

    def _statements(self, schema: Schema) -> Iterator[str]:
        for label in schema.labels:
            yield f"CREATE VERTEX TYPE {quote_name(label)} IF NOT EXISTS"
        for kind in schema.relationship_types:
            yield f"CREATE EDGE TYPE {quote_name(kind)} IF NOT EXISTS"
        # A unique index must exist before a plain one on the same property, which would take its name.
        for label, prop in schema.unique:
            yield from _property(label, prop, "STRING")
            yield f"CREATE INDEX IF NOT EXISTS ON {quote_name(label)} ({quote_name(prop)}) UNIQUE"
        for label, prop in schema.range:
            if (label, prop) not in schema.unique:
                yield from _property(label, prop, "INTEGER" if prop.endswith("_year") else "STRING")
                place = f"{quote_name(label)} ({quote_name(prop)})"
                yield f"CREATE INDEX IF NOT EXISTS ON {place} NOTUNIQUE NULL_STRATEGY SKIP"
        for index in schema.fulltext:
            prop = fulltext_property(index.name)
            yield from _property(ENTITY, prop, "STRING")
            yield f"CREATE INDEX IF NOT EXISTS ON {ENTITY} ({quote_name(prop)}) FULL_TEXT NULL_STRATEGY SKIP"
        for vector in schema.vector:
            yield from _property(vector.label, vector.property, "ARRAY_OF_FLOATS")

    def _command(self, statement: str) -> None:
        body = json.dumps({"language": "sql", "command": statement}).encode()
        request = urllib.request.Request(self._url, data=body, headers=self._headers)
        try:
            with _DIRECT.open(request, timeout=DDL_SECONDS) as answer:
                answer.read()
        except urllib.error.HTTPError as error:
            detail = json.loads(error.read() or b"{}").get("detail", error.reason)
            kind = _OtherConfiguration if "different configuration" in str(detail) else StoreError
            raise kind(f"The embedded database refused {statement!r}: {detail}") from error
        except OSError as error:
            raise StoreUnavailable(
                f"The embedded database stopped answering ({error}); run the command again."
            ) from error


# A proxy that the environment names is for the world outside, not for loopback.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _property(label: str, prop: str, kind: str) -> Iterator[str]:
    yield f"CREATE PROPERTY {quote_name(label)}.{quote_name(prop)} IF NOT EXISTS {kind}"
