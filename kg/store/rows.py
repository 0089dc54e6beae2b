"""Rows as the database stores them: what `kg.model.rows` holds, with the store's own properties, in batches.

The store's properties begin with `_`: `_hash` marks what Precedent manages and tells whether it changed, `_labels`
keeps the order of a node's labels (most specific first), and one property for each full-text index holds its text.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from kg.model.rows import EdgeRow, FulltextIndex, NodeRow, Schema, Value
from kg.store.dialect import fulltext_property

# What one transaction carries: enough rows to keep the wire busy, few enough bytes for one message.
BATCH_ROWS = 1000
BATCH_BYTES = 4_000_000
# Changes when the stored form of an unchanged row does, so that the next load writes every row again.
FORM = "1"

Row = TypeVar("Row", bound=Mapping[str, Any])


class StoredForm:
    """How rows of one schema are stored."""

    def __init__(self, schema: Schema) -> None:
        self._fulltext = schema.fulltext
        self._mark = hashlib.sha256(repr((FORM, schema.fulltext)).encode()).hexdigest()[:6]

    def hash(self, row: NodeRow | EdgeRow) -> str:
        """What `_hash` of this row is: it changes with the row and with the way it is stored."""
        return f"{row.hash}.{self._mark}"

    def node(self, row: NodeRow) -> dict[str, Any]:
        """All properties of one node, as its parameters."""
        props: dict[str, Value] = dict(row.props)
        for index in self._fulltext:
            text = _indexed_text(row, index)
            if text:
                props[fulltext_property(index.name)] = text
        props |= {"id": row.id, "_hash": self.hash(row), "_labels": list(row.labels)}
        return props

    def edge(self, row: EdgeRow) -> dict[str, Any]:
        """The parameters of one relationship: its ends and all its properties."""
        props = dict(row.props) | {"id": row.id, "_hash": self.hash(row)}
        return {"source": row.source, "target": row.target, "props": props}


def _indexed_text(row: NodeRow, index: FulltextIndex) -> str:
    if not set(index.labels) & set(row.labels):
        return ""
    parts: list[str] = []
    for prop in index.properties:
        value = row.props.get(prop)
        if isinstance(value, str):
            parts.append(value)
        elif isinstance(value, list):
            parts.extend(str(item) for item in value)
    return fold("\n".join(parts))


def split_edge_id(id: str) -> tuple[str, str, str]:
    """Source, type and target of a relationship with this id, as `EdgeRow.id` joins them."""
    source, kind, target, _ = id.split("|", 3)
    return source, kind, target


def fold(text: str) -> str:
    """Text without diacritics: a search finds Panmunjŏm for "Panmunjom" and the other way round."""
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def batch(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in lists that one transaction can carry."""
    held: list[Row] = []
    size = 0
    for row in rows:
        weight = _weigh(row)
        if held and (len(held) == BATCH_ROWS or size + weight > BATCH_BYTES):
            yield held
            held, size = [], 0
        held.append(row)
        size += weight
    if held:
        yield held


def _weigh(row: Mapping[str, Any]) -> int:
    """About how many bytes a row takes on the wire: its texts and lists; the rest is small."""
    weight = 100
    for value in row.values():
        if isinstance(value, str):
            weight += 2 * len(value)
        elif isinstance(value, dict):
            weight += _weigh(value)
        elif isinstance(value, list):
            weight += sum(map(len, value)) if value and isinstance(value[0], str) else 9 * len(value)
    return weight
