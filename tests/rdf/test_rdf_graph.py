from __future__ import annotations

import json
from pathlib import Path

import pytest
import rdflib
from rdflib import RDF, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from kg.model.ontology import BASE, ONTOLOGY, VOCABULARY, load_ontology
from kg.model.records import Record, make_record, read_records
from kg.rdf.graph import EDTF, GRAPH_BASE, serialize, to_dataset, to_document, to_graph

P = Namespace(ONTOLOGY)
V = Namespace(VOCABULARY)
ID = Namespace(BASE)
OURS = load_ontology()


@pytest.fixture(scope="module")
def world() -> list[Record]:
    return read_records(Path(__file__).parents[1] / "model" / "records" / "good", OURS)[0]


@pytest.fixture(scope="module")
def graph(world: list[Record]) -> Graph:
    return to_graph(world, OURS)


def test_what_a_record_says_in_rdf(graph: Graph) -> None:
    offer = ID["saltmarsh-talks/offer"]
    assert set(graph.predicate_objects(offer)) == {
        (RDF.type, P.Move),
        (P.kind, V["signal-willingness"]),
        (P.actor, ID.aldova),
        (P.target, ID.borovia),
        (P.issue, ID["saltmarsh-talks/tolls"]),
        (P.date, Literal("1904-11-05", datatype=EDTF)),
        (P.text, Literal('The premier lets it be known that she would talk, and says "today, not tomorrow".')),
        (P.leadsTo, ID["saltmarsh-talks/offer/leads_to-meeting-house"]),
        (P.leadsTo, ID["saltmarsh-talks/offer/leads_to-frigate-sails"]),
        (P.cites, ID["saltmarsh-talks/offer/cites-vale-1911"]),
    }
    assert (ID["saltmarsh-talks"], P.hasMove, offer) in graph


def test_values_are_typed(graph: Graph) -> None:
    assert graph.value(ID.borovia, P.cowCode) == Literal(345)
    assert graph.value(ID.saltmarsh, P.latitude) == Literal("54.25", datatype=rdflib.XSD.decimal)
    assert graph.value(ID["ott-1950"], P.url) == Literal("https://example.org/ott", datatype=rdflib.XSD.anyURI)
    assert set(graph.objects(ID.aldova, P.alias)) == {Literal("Aldovan"), Literal("Aldovans"), Literal("the Republic")}


def test_a_term_named_like_a_key_is_a_term(graph: Graph) -> None:
    assert graph.value(ID["saltmarsh-talks/refusal"], P.status) == V.known
    assert graph.value(ID["saltmarsh-talks/outcome-1"], P.known) == Literal("1906-05-02", datatype=EDTF)


def test_nothing_is_blank_and_nothing_is_lost(graph: Graph, world: list[Record]) -> None:
    assert all(isinstance(node, URIRef) for node in graph.subjects())
    assert all(isinstance(node, URIRef | Literal) for node in graph.objects())
    parts = {node["id"] for record in world for _, node in record.walk(OURS)}
    assert {str(s).removeprefix(BASE) for s in graph.subjects(RDF.type)} == parts
    used = {str(p) for p in graph.predicates()} - {str(RDF.type)}
    assert used <= {p.iri for p in OURS.properties.values()}


def test_turtle_reads_back_as_the_same_graph(graph: Graph, world: list[Record]) -> None:
    assert isomorphic(Graph().parse(data=serialize(world, OURS, "ttl"), format="turtle"), graph)


def test_json_ld_reads_back_as_the_same_graph_without_the_network(graph: Graph, world: list[Record]) -> None:
    text = serialize(world, OURS, "jsonld")
    assert isomorphic(Graph().parse(data=text, format="json-ld"), graph)
    document = json.loads(text)
    assert [r["id"] for r in document["@graph"]] == [r.id for r in world]
    assert isinstance(document["@context"], dict)


def test_json_ld_holds_the_records_themselves(world: list[Record]) -> None:
    again = [make_record(value, OURS).data for value in to_document(world, OURS)["@graph"]]
    assert again == [r.data for r in world]


def test_trig_has_one_graph_for_each_record(graph: Graph, world: list[Record]) -> None:
    dataset = Dataset()
    dataset.parse(data=serialize(world, OURS, "trig"), format="trig")
    named = {str(g.identifier): g for g in dataset.graphs() if len(g)}
    assert named.keys() == {GRAPH_BASE + r.id for r in world}
    merged = Graph()
    for part in named.values():
        for triple in part:
            merged.add(triple)
    assert isomorphic(merged, graph)
    aldova = named[GRAPH_BASE + "aldova"]
    assert set(aldova.subjects()) == {ID.aldova}


def test_the_dataset_is_the_graph_in_parts(graph: Graph, world: list[Record]) -> None:
    assert len(to_dataset(world, OURS)) == len(graph)


def test_a_date_that_is_none_is_ill_typed() -> None:
    good, bad = Literal("1951-07~", datatype=EDTF), Literal("July 1951?", datatype=EDTF)
    assert (good.ill_typed, bad.ill_typed) == (False, True)
    assert (str(good), str(bad)) == ("1951-07~", "July 1951?")


def test_markup_in_a_text_is_text() -> None:
    text = '<script>alert("1")</script> "\\" \n""" & é'
    record = make_record({"id": "x", "type": "Place", "name": text}, OURS)
    for format, parser in (("ttl", "turtle"), ("jsonld", "json-ld")):
        read = Graph().parse(data=serialize([record], OURS, format), format=parser)  # type: ignore[arg-type]
        assert read.value(ID.x, P.name) == Literal(text)
