from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.model.ontology import Ontology
from kg.model.projection import project, schema
from kg.model.records import Record
from kg.model.rows import EdgeRow, NodeRow

Rows = tuple[dict[str, NodeRow], list[EdgeRow]]


@pytest.fixture(scope="module")
def rows(world: list[Record], ontology: Ontology) -> Rows:
    nodes, edges = project(world, ontology)
    assert len({n.id for n in nodes}) == len(nodes)
    return {n.id: n for n in nodes}, edges


def between(rows: Rows, source: str, target: str) -> list[EdgeRow]:
    return [e for e in rows[1] if (e.source, e.target) == (source, target)]


def test_every_relationship_has_its_ends_and_an_id_of_its_own(rows: Rows, ontology: Ontology) -> None:
    nodes, edges = rows
    assert {e.source for e in edges} | {e.target for e in edges} <= nodes.keys()
    assert len({e.id for e in edges}) == len(edges)
    allowed = schema(ontology, 8)
    assert {e.type for e in edges} <= set(allowed.relationship_types)
    assert {label for n in nodes.values() for label in n.labels} <= set(allowed.labels)


def test_labels_run_from_the_class_to_entity(rows: Rows) -> None:
    assert rows[0]["saltmarsh-talks/signing"].labels == ("Summit", "Meeting", "Event", "Entity")
    assert rows[0]["aldova"].labels == ("State", "Actor", "Entity")


def test_properties_of_a_node(rows: Rows) -> None:
    assert rows[0]["borovia"].props == {
        "id": "borovia",
        "iri": "https://w3id.org/precedent/id/borovia",
        "type": "State",
        "record": "borovia",
        "name": "Kingdom of Borovia",
        "short": "Borovia",
        "aliases": ["Borovian", "BRV"],
        "aka": "Kingdom of Borovia | Borovia | Borovian | BRV",
        "date": "1702-03~/1921-11-30",
        "earliest": "1702-03-01",
        "latest": "1921-11-30",
        "earliest_year": 1702,
        "latest_year": 1921,
        "approximate": True,
        "iso": "BRV",
        "cow": 345,
    }
    assert rows[0]["saltmarsh"].props["latitude"] == 54.25


def test_an_open_end_has_no_bound(rows: Rows) -> None:
    aldova, ceren = rows[0]["aldova"].props, rows[0]["ceren"].props
    assert aldova["earliest_year"] == 1848
    assert "latest" not in aldova and "latest_year" not in aldova
    assert "earliest" not in ceren and ceren["date"] == "../.."


def test_other_dates_have_bounds_of_their_own(rows: Rows) -> None:
    outcome = rows[0]["saltmarsh-talks/outcome-1"].props
    assert (outcome["known"], outcome["known_earliest"], outcome["known_latest_year"]) == (
        "1906-05-02",
        "1906-05-02",
        1906,
    )
    assert "earliest" not in outcome
    assert rows[0]["ana-vale"].props["died_latest"] == "1919-12-31"


def test_concepts_are_ids_and_lists_where_there_may_be_many(rows: Rows) -> None:
    assert rows[0]["saltmarsh-talks/offer"].props["kind"] == "signal-willingness"
    assert rows[0]["saltmarsh-talks/tolls"].props["topic"] == ["navigation"]
    assert rows[0]["saltmarsh-talks/outcome-1"].props["codes"] == ["full-agreement"]


def test_a_part_without_a_name_is_called_by_its_text(rows: Rows) -> None:
    assert rows[0]["saltmarsh-talks/refusal"].props["name"] == "No."
    assert rows[0]["saltmarsh-talks/outcome-1"].props["name"] == "A convention on tolls and pilots."
    assert all(n.props["name"] for n in rows[0].values())


def test_a_long_text_is_cut_at_a_word(raw: Callable[[str], Any], changed: Any, ontology: Ontology) -> None:
    talks = raw("saltmarsh-talks")
    talks["moves"][0]["text"] = "word, " * 40
    nodes, _ = project(changed(talks)[:1], ontology)
    name = next(n.props["name"] for n in nodes if n.id == "saltmarsh-talks/offer")
    assert isinstance(name, str)
    assert name.endswith("word …") and len(name) <= 82


def test_sources_and_record_of_a_part(rows: Rows) -> None:
    offer = rows[0]["saltmarsh-talks/offer"].props
    assert (offer["sources"], offer["record"]) == (["vale-1911"], "saltmarsh-talks")


def test_one_participation_for_each_role(rows: Rows) -> None:
    found = {e.key: e for e in between(rows, "ports-commission", "saltmarsh-talks")}
    assert found.keys() == {"facilitator", "mediator"}
    mediator = found["mediator"]
    assert mediator.type == "PARTICIPATED_IN"
    assert mediator.props == {
        "iri": "https://w3id.org/precedent/id/saltmarsh-talks/parties-ports-commission",
        "type": "Participation",
        "record": "saltmarsh-talks",
        "role": "mediator",
        "sources": ["ott-1950", "vale-1911"],
        "locators": ["pp. 3–9", ""],
    }


def test_references_of_a_link_are_its_properties(rows: Rows) -> None:
    negotiator = next(e for e in between(rows, "ana-vale", "saltmarsh-talks") if e.key == "negotiator")
    assert (negotiator.props["office"], negotiator.props["represents"]) == ("aldovan-premier", "aldova")
    assert "actor" not in negotiator.props


def test_direction_and_dates_of_links(rows: Rows) -> None:
    (held,) = between(rows, "ana-vale", "aldovan-premier")
    assert (held.type, held.props["earliest"], held.props["latest_year"]) == ("HELD", "1903-01-01", 1907)
    (member,) = between(rows, "aldova", "ports-commission")
    assert (member.type, member.props["date"]) == ("MEMBER_OF", "1899/1931")
    (led,) = between(rows, "saltmarsh-talks/offer", "saltmarsh-talks/frigate-sails")
    assert (led.type, led.key, led.props["how"]) == ("LED_TO", "provokes", "provokes")
    cites = between(rows, "saltmarsh-talks/stranding", "ott-1950")
    assert [(e.type, e.props["locator"]) for e in cites] == [("CITES", "p. 77")]


def test_parallel_links_are_kept_apart(rows: Rows) -> None:
    wants = between(rows, "borovia", "saltmarsh-talks/tolls")
    assert [(e.type, e.key, e.props["text"]) for e in wants] == [
        ("WANTS", "", "The whole of the tolls."),
        ("WANTS", "#2", "Half of the tolls."),
    ]


def test_references_and_parts_are_relationships(rows: Rows) -> None:
    pairs = {
        ("saltmarsh-talks/offer", "aldova"): "BY",
        ("saltmarsh-talks/offer", "borovia"): "TOWARDS",
        ("saltmarsh-talks/offer", "saltmarsh-talks/tolls"): "ABOUT",
        ("saltmarsh-talks", "saltmarsh-talks/offer"): "HAS_MOVE",
        ("saltmarsh-talks/toll-share", "aldova"): "OWED_BY",
        ("saltmarsh-talks/toll-share", "saltmarsh-talks/convention"): "UNDER",
        ("saltmarsh-talks/full-claim", "saltmarsh-talks/empty-claim"): "DISPUTES",
        ("korr-memory", "saltmarsh-talks"): "PRECEDENT",
        ("saltmarsh", "marsh-coast"): "WITHIN",
    }
    for (source, target), type in pairs.items():
        assert [e.type for e in between(rows, source, target)] == [type]


def test_concepts_are_nodes_below_their_broader_terms(rows: Rows, ontology: Ontology) -> None:
    nodes, _ = rows
    propose = nodes["v:propose"]
    assert propose.labels == ("Concept", "Entity")
    assert (propose.props["code"], propose.props["scheme"]) == ("propose", "move-kinds")
    assert propose.props["lineage"] == ["propose", "cooperative-move"]
    assert [e.type for e in between(rows, "v:propose", "v:cooperative-move")] == ["BROADER"]
    assert sum(n.labels[0] == "Concept" for n in nodes.values()) == len(ontology.concepts)


def test_nothing_changes_when_nothing_changed(world: list[Record], ontology: Ontology) -> None:
    first, second = project(world, ontology), project(list(reversed(world)), ontology)
    assert {n.id: n.hash for n in first[0]} == {n.id: n.hash for n in second[0]}
    assert {e.id: e.hash for e in first[1]} == {e.id: e.hash for e in second[1]}


def test_the_schema(ontology: Ontology) -> None:
    made = schema(ontology, 384)
    assert made.unique == (("Entity", "id"),)
    assert ("Episode", "earliest_year") in made.range and ("Event", "latest_year") in made.range
    indexes = {i.name: i for i in made.fulltext}
    assert indexes["entity_names"].properties == ("name", "aka")
    assert "Passage" not in indexes["texts"].labels and "Move" not in indexes["texts"].labels
    assert {"Episode", "Event", "Commitment"} <= set(indexes["texts"].labels)
    (vector,) = made.vector
    assert (vector.name, vector.label, vector.property, vector.dimensions) == (
        "passage_vectors",
        "Passage",
        "embedding",
        384,
    )
    assert "Participation" not in made.labels
