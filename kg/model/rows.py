"""The property-graph form of records: rows of nodes and edges, and the schema that holds them.

Rows are plain values. `kg.model.projection` makes them from records, `kg.analogy` adds passages with vectors,
`kg.store` writes them; none of these knows the others.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property

Scalar = str | int | float | bool
Value = Scalar | list[str] | list[float]


def _digest(*parts: object) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@dataclass(frozen=True)
class NodeRow:
    """One node. `labels` runs from the most specific class to `Entity`; `props` holds no None."""

    id: str
    labels: tuple[str, ...]
    props: dict[str, Value] = field(default_factory=dict)

    @cached_property
    def hash(self) -> str:
        """Hash of the content: an unchanged node is not written again."""
        return _digest(self.labels, self.props)


@dataclass(frozen=True)
class EdgeRow:
    """One relationship. `key` tells parallel relationships apart (the role of a participation, say)."""

    type: str
    source: str
    target: str
    key: str = ""
    props: dict[str, Value] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Stable identifier, stored as the relationship's `id` property."""
        return "|".join((self.source, self.type, self.target, self.key))

    @cached_property
    def hash(self) -> str:
        """Hash of the content: an unchanged relationship is not written again."""
        return _digest(self.props)


@dataclass(frozen=True)
class FulltextIndex:
    """A full-text index over string properties of nodes with any of the labels."""

    name: str
    labels: tuple[str, ...]
    properties: tuple[str, ...]


@dataclass(frozen=True)
class VectorIndex:
    """A cosine vector index on one property of one label."""

    name: str
    label: str
    property: str
    dimensions: int


@dataclass(frozen=True)
class Schema:
    """What the store must create before rows are loaded.

    `labels` and `relationship_types` are all that can occur; `unique` are (label, property) pairs with a
    uniqueness constraint; `range` are (label, property) pairs with a range index.
    """

    labels: tuple[str, ...]
    relationship_types: tuple[str, ...]
    unique: tuple[tuple[str, str], ...] = (("Entity", "id"),)
    range: tuple[tuple[str, str], ...] = ()
    fulltext: tuple[FulltextIndex, ...] = ()
    vector: tuple[VectorIndex, ...] = ()
