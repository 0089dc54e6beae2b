"""All records that a rule of `kg.model.lint` may look at, indexed once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.model.lint_names import NameFinder
from kg.model.lint_texts import TextFinder
from kg.model.ontology import Ontology
from kg.model.records import Record, list_citations, list_values, walk


@dataclass(frozen=True, eq=False)
class Corpus:
    """All records that a rule may look at, by id, and their parts."""

    records: Mapping[str, Record]
    ontology: Ontology

    @classmethod
    def of(cls, records: Iterable[Record], ontology: Ontology) -> Corpus:
        return cls({r.id: r for r in records}, ontology)

    def is_a(self, id: str, name: str) -> bool:
        return id in self.records and self.ontology.is_a(self.records[id].type, name)

    @cached_property
    def parts(self) -> dict[str, Mapping[str, Any]]:
        """Every node of every record by its full id."""
        return {node["id"]: node for r in self.records.values() for _, node in walk(r.data, self.ontology)}

    @cached_property
    def cited(self) -> set[str]:
        """Ids of all sources that any record names."""
        return {id for record in self.records.values() for id in list_citations(record, self.ontology)}

    @cached_property
    def names(self) -> NameFinder:
        return NameFinder.of(self.records.values(), self.ontology)

    @cached_property
    def texts(self) -> TextFinder:
        return TextFinder.of(self.records.values(), self.ontology)

    @cached_property
    def kin(self) -> dict[str, set[str]]:
        """Each actor's members, wholes and parts: those who can act for it or for whom it acts."""
        kin: dict[str, set[str]] = {}
        for record in self.records.values():
            members = [m for m in list_values(record.data.get("members")) if isinstance(m, Mapping)]
            near = [actor for m in members for actor in list_values(m.get("actor"))]
            near += [record.data.get("part_of"), record.data.get("nationality")]
            for other in near:
                if isinstance(other, str):
                    kin.setdefault(record.id, set()).add(other)
                    kin.setdefault(other, set()).add(record.id)
        return kin
