"""Records as RDF: an expanded record under ontology/context.jsonld, and nothing else."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, TypeVar

from rdflib import Dataset, Graph, URIRef
from rdflib.term import bind

from kg.model.dates import DateSpan, parse_date
from kg.model.ontology import BASE, ONTOLOGY, Ontology
from kg.model.records import Record

EDTF = URIRef(ONTOLOGY + "edtf")
GRAPH_BASE = "https://w3id.org/precedent/graph/"
_Graph = TypeVar("_Graph", bound=Graph)
Format = Literal["ttl", "trig", "jsonld"]

# With the datatype known to rdflib, a literal that is no EDTF date is ill-typed, and SHACL's sh:datatype refuses it.
bind(EDTF, DateSpan, constructor=parse_date, lexicalizer=lambda span: span.text, datatype_specific=True)


def to_document(records: Iterable[Record], ontology: Ontology) -> dict[str, Any]:
    """The records as one JSON-LD document, its context inside."""
    return {"@context": dict(ontology.context), "@graph": [dict(r.data) for r in records]}


def to_graph(records: Iterable[Record], ontology: Ontology) -> Graph:
    """All records in one graph. References to records that are not among them are kept as IRIs."""
    return _parse(to_document(records, ontology), Graph())


def to_dataset(records: Iterable[Record], ontology: Ontology) -> Dataset:
    """Each record in a named graph of its own, `https://w3id.org/precedent/graph/<id>`."""
    graphs = [{"@id": GRAPH_BASE + r.id, "@graph": [dict(r.data)]} for r in records]
    return _parse({"@context": dict(ontology.context), "@graph": graphs}, Dataset())


def serialize(records: Iterable[Record], ontology: Ontology, format: Format) -> str:
    """The records as Turtle, as TriG with one graph a record, or as JSON-LD with the context inside."""
    writers: Mapping[str, Callable[[], str]] = {
        "ttl": lambda: to_graph(records, ontology).serialize(format="turtle"),
        "trig": lambda: to_dataset(records, ontology).serialize(format="trig"),
        "jsonld": lambda: json.dumps(to_document(records, ontology), ensure_ascii=False, indent=1) + "\n",
    }
    return writers[format]()


def _parse(document: Mapping[str, Any], graph: _Graph) -> _Graph:
    with _quiet():
        graph.parse(data=json.dumps(document), format="json-ld", publicID=BASE)
    return graph


@contextmanager
def _quiet() -> Iterator[None]:
    """rdflib logs a traceback for every ill-typed literal; the checks report them better."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
