"""SHACL validation of the RDF form by pySHACL, with the shapes of ontology/."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import pyshacl
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from kg.errors import OntologyError
from kg.model.ontology import BASE, ONTOLOGY, VOCABULARY, Ontology, load_ontology
from kg.model.ontology_reader import read_graph
from kg.model.problems import Problem


def validate(graph: Graph, ontology: Ontology | None = None, known_properties: bool = True) -> list[Problem]:
    """Problems of the records in a graph, by record and property; `rule` is the SHACL component without its affixes.

    The graph must hold whatever its records refer to. Findings carry no file: RDF does not know it. The shape that
    refuses unknown properties asks a SPARQL query of every node, ten milliseconds each; `known_properties=False`
    leaves it out.
    """
    shapes = _read_shapes()
    if not known_properties:
        shapes = shapes + Graph()
        shapes.remove((URIRef(ONTOLOGY + "KnownPropertyShape"), None, None))
    # Classes, vocabularies and shapes are asked about as data; as ont_graph, pySHACL would copy only some of them.
    conforms, report, text = pyshacl.validate(graph + shapes, shacl_graph=shapes)
    if not isinstance(report, Graph):
        raise OntologyError(f"pySHACL cannot work with ontology/shapes.ttl: {text}")
    if conforms:
        return []
    keys = {p.iri: p.key for p in (ontology or load_ontology()).properties.values()}
    return sorted(_read_result(report, r, keys) for r in report.objects(None, SH.result))


@lru_cache(maxsize=1)
def _read_shapes() -> Graph:
    return read_graph(files("ontology"))


def _read_result(report: Graph, result: Node, keys: dict[str, str]) -> Problem:
    focus = str(report.value(result, SH.focusNode)).removeprefix(BASE)
    record, _, local = focus.partition("/")
    component = str(report.value(result, SH.sourceConstraintComponent)).rpartition("#")[2]
    path = report.value(result, SH.resultPath)
    key = "type" if path in (None, RDF.type) else keys.get(str(path), str(path).removeprefix(VOCABULARY))
    messages = "; ".join(sorted(str(m) for m in report.objects(result, SH.resultMessage)))
    shown = f"{local}.{key}" if local else key
    return Problem("", 0, record, shown, component.removesuffix("ConstraintComponent"), messages)
