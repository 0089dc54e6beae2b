"""The cases of the curated episodes, made from the rows of the property graph.

Rows are what the queries `case_nodes` and `case_edges` return; a record is projected to the same rows first, so there is
one way from an episode to its case. `kg.analogy.episode_rows` says what becomes a fact and what is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from kg.analogy.case import Case, Ending
from kg.analogy.episode_rows import ActorName, EpisodeRows, Row, last_day, open_span
from kg.errors import NotFound, UsageError
from kg.model.dates import parse_date
from kg.model.ontology import Ontology
from kg.model.projection import project
from kg.model.records import Record


class Casebook:
    """The cases of all curated episodes and their endings, built once; `case` cuts one off at a day."""

    def __init__(self, cases: Iterable[Case], endings: Iterable[Ending]) -> None:
        self.cases: Mapping[str, Case] = {case.id: case for case in cases}
        self.endings: Mapping[str, Ending] = {ending.case: ending for ending in endings}

    @classmethod
    def from_rows(
        cls, nodes: Iterable[Row], edges: Iterable[Row], actors: Iterable[Row], ontology: Ontology
    ) -> Casebook:
        """From the rows of the queries `case_nodes`, `case_edges` and, for names and classes, `gazetteer`."""
        names = {row["id"]: ActorName(row["name"], row["type"]) for row in actors}
        parts: defaultdict[str, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
        for node in nodes:
            parts[node["record"]][0].append(node)
        for edge in edges:
            if edge["record"] in parts:
                parts[edge["record"]][1].append(edge)
        readings = [EpisodeRows(n, e, names, ontology) for _, (n, e) in sorted(parts.items())]
        return cls((r.read_case() for r in readings), (e for r in readings if (e := r.read_ending()) is not None))

    @classmethod
    def from_records(cls, records: Iterable[Record], ontology: Ontology) -> Casebook:
        """From records: episodes become cases, actors give the names."""
        records = list(records)
        actors = [{"id": r.id, "name": r.name, "type": r.type} for r in records if ontology.is_a(r.type, "Actor")]
        nodes, edges = project_rows([r for r in records if ontology.is_a(r.type, "Episode")], ontology)
        return cls.from_rows(nodes, edges, actors, ontology)

    def case(self, id: str, cutoff: str | None = None) -> Case:
        """The case of an episode, with what was known by `cutoff` only. Raises NotFound."""
        if id not in self.cases:
            raise NotFound(f"no episode {id!r} in the graph: `precedent cypher` lists what there is")
        return self.cases[id] if cutoff is None else cut_off(self.cases[id], cutoff)


def case_of(
    record_data: Mapping[str, Any],
    ontology: Ontology,
    cutoff: str | None = None,
    names: Mapping[str, str] | None = None,
    types: Mapping[str, str] | None = None,
) -> Case:
    """The case of an expanded episode record. `names` and `types` are those of actors, which the record does not hold."""
    case = _read_record(record_data, ontology, names, types).read_case()
    return case if cutoff is None else cut_off(case, cutoff)


def ending_of(record_data: Mapping[str, Any], ontology: Ontology) -> Ending:
    """How an expanded episode record says that it ended. Raises UsageError when it says nothing of it."""
    ending = _read_record(record_data, ontology, None, None).read_ending()
    if ending is None:
        raise UsageError(f"{record_data['id']} has no outcome: add one to its record")
    return ending


def cut_off(case: Case, cutoff: str) -> Case:
    """The case as it could be known by the end of an ISO day: later facts, their links and their entities are gone."""
    day = parse_date(cutoff).high
    facts = tuple(f for f in case.facts if f.known is None or day is None or last_day(f.known) <= day)
    kept = {fact.id for fact in facts}
    gone = {id for f in case.facts for _, id in f.roles} - {id for f in facts for _, id in f.roles}
    return replace(
        case,
        facts=facts if day is None else tuple(open_span(fact, day) for fact in facts),
        entities=tuple(e for e in case.entities if e.id not in gone),
        links=tuple(link for link in case.links if link.source in kept and link.target in kept),
        cutoff=cutoff,
    )


def _read_record(
    data: Mapping[str, Any], ontology: Ontology, names: Mapping[str, str] | None, types: Mapping[str, str] | None
) -> EpisodeRows:
    nodes, edges = project_rows([Record(data["id"], data["type"], data)], ontology)
    ids = {*(names or {}), *(types or {})}
    actors = {id: ActorName((names or {}).get(id, id), (types or {}).get(id, "")) for id in ids}
    return EpisodeRows(nodes, edges, actors, ontology)


def project_rows(records: list[Record], ontology: Ontology) -> tuple[list[Row], list[Row]]:
    """Nodes and edges of records as the queries `case_nodes` and `case_edges` return them."""
    nodes, edges = project(records, ontology)
    return (
        [node.props for node in nodes if "record" in node.props],
        [{**e.props, "source": e.source, "type": e.type, "target": e.target} for e in edges if "record" in e.props],
    )
