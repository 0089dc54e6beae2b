"""Reads ontology/ into an `Ontology`, and refuses files that contradict one another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any

from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import OntologyError
from kg.model.ontology import (
    ONTOLOGY,
    VOCABULARY,
    ClassDef,
    Concept,
    EdgeFacts,
    Kind,
    Ontology,
    PropertyDef,
    PropertyShape,
    Scheme,
    vocabulary_files,
)
from kg.model.ontology_rules import list_contradictions

P = Namespace(ONTOLOGY)
_DATATYPES: dict[Node, Kind] = {
    XSD.string: "string",
    P.edtf: "edtf",
    XSD.integer: "integer",
    XSD.decimal: "decimal",
    XSD.anyURI: "uri",
}


def read_graph(root: Traversable, *names: str) -> Graph:
    """One graph of the named Turtle files; all of ontology/ but its alignments when no name is given."""
    parts = [root.joinpath(name) for name in names] or [
        root.joinpath("precedent.ttl"),
        root.joinpath("shapes.ttl"),
        *vocabulary_files(root),
    ]
    graph = Graph()
    for part in parts:
        try:
            graph.parse(data=part.read_text(encoding="utf-8"), format="turtle")
        except Exception as error:  # rdflib's parsers raise many kinds
            raise OntologyError(f"ontology/{part.name} is not valid Turtle: {error}") from error
    return graph


def read_ontology(root: Traversable) -> Ontology:
    """Read the files under `root`; OntologyError lists every contradiction."""
    graph = read_graph(root)
    context = json.loads(root.joinpath("context.jsonld").read_text(encoding="utf-8"))["@context"]
    keys = {_expand(term, context): key for key, term in context.items() if _is_property(key, term)}
    classes = {c.name: c for c in _read_classes(graph, context, keys)}
    properties = {p.key: p for p in _read_properties(graph, context, keys)}
    schemes = {s.id: s for s in _read_schemes(graph)}
    own = _read_shapes(graph, keys)
    problems = list_contradictions(graph, context, classes, properties, schemes, own)
    if problems:
        raise OntologyError("ontology/ contradicts itself: " + "; ".join(problems))
    shapes = {name: _inherit(c, own) for name, c in classes.items()}
    version = str(graph.value(URIRef(ONTOLOGY.rstrip("#")), OWL.versionInfo) or "")
    return Ontology(version, classes, properties, schemes, shapes, context)


def _is_property(key: str, term: Any) -> bool:
    return not key.startswith("@") and isinstance(term, dict)


def _expand(term: Any, context: Mapping[str, Any]) -> str:
    iri = term["@id"] if isinstance(term, dict) else term
    prefix, _, local = iri.partition(":")
    return context[prefix] + local if prefix in context else iri


def _text(graph: Graph, subject: Node, predicate: URIRef) -> str:
    return str(graph.value(subject, predicate) or "")


def _flag(graph: Graph, subject: Node, predicate: URIRef) -> bool:
    value = graph.value(subject, predicate)
    return value is not None and value.toPython() is True  # type: ignore[union-attr]


def _local(node: Node | None) -> str:
    return str(node).removeprefix(ONTOLOGY)


def _read_classes(graph: Graph, context: Mapping[str, Any], keys: Mapping[str, str]) -> Iterator[ClassDef]:
    """Classes in the order of the context, then those that nobody writes, by name."""
    found = {_local(c): c for c in graph.subjects(RDF.type, OWL.Class) if str(c).startswith(ONTOLOGY)}
    ordered = [key for key in context if key in found]
    for name in ordered + sorted(found.keys() - set(ordered)):
        yield _read_class(graph, name, found[name])


def _read_class(graph: Graph, name: str, node: Node) -> ClassDef:
    ancestors: list[str] = []
    current = node
    while parents := [p for p in graph.objects(current, RDFS.subClassOf) if str(p).startswith(ONTOLOGY)]:
        current = parents[0]
        if len(parents) > 1 or _local(current) in (name, *ancestors):
            raise OntologyError(f"{name} has a parent too many: give each class one rdfs:subClassOf and no circle")
        ancestors.append(_local(current))
    edge = None
    if graph.value(node, P.far) is not None:
        direction = "out" if _text(graph, node, P.direction) == "out" else "in"
        split = _text(graph, node, P["split"]) or None  # P.split is a method of str
        edge = EdgeFacts(_text(graph, node, P.relationship), _text(graph, node, P.far), direction, split)
    return ClassDef(
        name=name,
        iri=str(node),
        label=_text(graph, node, RDFS.label),
        plural=_text(graph, node, P.plural),
        comment=_text(graph, node, RDFS.comment),
        ancestors=tuple(ancestors),
        abstract=_flag(graph, node, P.abstractClass),
        scoped=_flag(graph, node, P.scoped),
        derived=_flag(graph, node, P.derived),
        edge=edge,
        colour=_text(graph, node, P.colour),
        icon=_text(graph, node, P.icon),
        caption=_text(graph, node, P.caption),
    )


def _read_properties(graph: Graph, context: Mapping[str, Any], keys: Mapping[str, str]) -> Iterator[PropertyDef]:
    for iri, key in keys.items():
        node = URIRef(iri)
        range = graph.value(node, RDFS.range)
        kind: Kind = "reference"
        if range in _DATATYPES:
            kind = _DATATYPES[range]  # type: ignore[index]
        elif range == SKOS.Concept:
            kind = "concept"
        elif _flag(graph, node, P.composition):
            kind = "part"
        yield PropertyDef(
            key=key,
            name=_local(node),
            iri=iri,
            label=_text(graph, node, RDFS.label),
            comment=_text(graph, node, RDFS.comment),
            kind=kind,
            range=_local(range) if kind in ("reference", "part") else "",
            relationship=_text(graph, node, P.relationship) or None,
            many=context[key].get("@container") == "@set",
        )


def _read_schemes(graph: Graph) -> Iterator[Scheme]:
    for node in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        id = str(node).removeprefix(VOCABULARY)
        concepts = {c.id: c for c in (_read_concept(graph, n, id) for n in graph.subjects(SKOS.inScheme, node))}
        yield Scheme(id, _text(graph, node, SKOS.prefLabel), _text(graph, node, SKOS.definition), concepts)


def _read_concept(graph: Graph, node: Node, scheme: str) -> Concept:
    broader = graph.value(node, SKOS.broader)
    return Concept(
        id=str(node).removeprefix(VOCABULARY),
        scheme=scheme,
        label=_text(graph, node, SKOS.prefLabel),
        definition=_text(graph, node, SKOS.definition),
        example=_text(graph, node, SKOS.example),
        counter_example=_text(graph, node, P.counterExample),
        rule=_text(graph, node, SKOS.scopeNote),
        broader=None if broader is None else str(broader).removeprefix(VOCABULARY),
        forms=tuple(sorted(str(form) for form in graph.objects(node, SKOS.hiddenLabel))),
    )


def _read_shapes(graph: Graph, keys: Mapping[str, str]) -> dict[str, dict[str, PropertyShape]]:
    """What each class itself says, by class name and property key; an unknown path keeps its IRI as key."""
    shapes: dict[str, dict[str, PropertyShape]] = {}
    for shape, target in graph.subject_objects(SH.targetClass):
        for node in graph.objects(shape, SH.property):
            path = str(graph.value(node, SH.path))
            read = _read_shape(graph, node, keys.get(path, path))
            shapes.setdefault(_local(target), {})[read.key] = read
    return shapes


def _read_shape(graph: Graph, node: Node, key: str) -> PropertyShape:
    maximum = graph.value(node, SH.maxCount)
    alternatives = graph.value(node, SH["or"])
    members = Collection(graph, alternatives) if alternatives is not None else ()
    classes = [graph.value(member, SH["class"]) for member in members] or list(graph.objects(node, SH["class"]))
    vocabulary = graph.value(node, SH.node)
    return PropertyShape(
        key=key,
        minimum=int(_text(graph, node, SH.minCount) or 0),
        maximum=None if maximum is None else int(str(maximum)),
        classes=tuple(_local(c) for c in classes),
        scheme=None if vocabulary is None else _local(vocabulary).removeprefix("In-"),
        pattern=_text(graph, node, SH.pattern) or None,
        min_length=int(_text(graph, node, SH.minLength) or 0),
        message=_text(graph, node, SH.message) or None,
    )


def _inherit(c: ClassDef, own: Mapping[str, Mapping[str, PropertyShape]]) -> dict[str, PropertyShape]:
    """A class must satisfy its own shape and those of its ancestors; general properties come first."""
    merged: dict[str, PropertyShape] = {}
    for name in reversed(c.lineage):
        for key, shape in own.get(name, {}).items():
            merged[key] = _merge(merged[key], shape) if key in merged else shape
    return merged


def _merge(general: PropertyShape, special: PropertyShape) -> PropertyShape:
    limits = [m for m in (general.maximum, special.maximum) if m is not None]
    return PropertyShape(
        key=special.key,
        minimum=max(general.minimum, special.minimum),
        maximum=min(limits) if limits else None,
        classes=special.classes or general.classes,
        scheme=special.scheme or general.scheme,
        pattern=special.pattern or general.pattern,
        min_length=max(general.min_length, special.min_length),
        message=special.message or general.message,
    )
