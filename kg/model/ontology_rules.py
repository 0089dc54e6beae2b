"""The rules by which the files of ontology/ agree with one another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph

from kg.model.ontology import ONTOLOGY, ClassDef, PropertyDef, PropertyShape, Scheme

Shapes = Mapping[str, Mapping[str, PropertyShape]]

_CONTEXT_TYPES = {
    "string": None,
    "edtf": "prec:edtf",
    "integer": "xsd:integer",
    "decimal": "xsd:decimal",
    "uri": "xsd:anyURI",
    "concept": "@vocab",
    "reference": "@id",
    "part": "@id",
}


def list_contradictions(
    graph: Graph,
    context: Mapping[str, Any],
    classes: Mapping[str, ClassDef],
    properties: Mapping[str, PropertyDef],
    schemes: Mapping[str, Scheme],
    shapes: Shapes,
) -> list[str]:
    """Every disagreement among the files, one phrase each; empty when they agree."""
    return [
        *_check_terms(graph, context, classes, properties),
        *_check_classes(classes, properties, shapes),
        *_check_properties(context, properties, shapes),
        *_check_shapes(graph, classes, properties, schemes, shapes),
        *_check_vocabularies(graph, schemes),
        *_check_concept_terms(context, properties, schemes, shapes),
    ]


def _check_terms(
    graph: Graph, context: Mapping[str, Any], classes: Mapping[str, ClassDef], properties: Mapping[str, PropertyDef]
) -> Iterator[str]:
    """Every class and property has a term of the context, and every term a class or property."""
    terms = {key for key, term in context.items() if isinstance(term, str) and term.startswith("prec:")}
    for name in sorted({c.name for c in classes.values() if not c.derived} - terms):
        yield f"class {name} has no term in context.jsonld"
    for name in sorted(terms - classes.keys()):
        yield f"context.jsonld has the class {name}, precedent.ttl has not"
    for name in sorted(terms & classes.keys()):
        if context[name] != f"prec:{name}":
            yield f"term {name} of context.jsonld stands for {context[name]}"
    declared = {
        str(p).removeprefix(ONTOLOGY)
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        for p in graph.subjects(RDF.type, kind)
    }
    named = Counter(str(t["@id"]).removeprefix("prec:") for t in context.values() if isinstance(t, dict))
    for name in sorted(declared - named.keys()):
        yield f"property {name} has no term in context.jsonld"
    for name in sorted(named.keys() - declared):
        yield f"context.jsonld has the property {name}, precedent.ttl has not"
    for name in sorted(name for name, count in named.items() if count > 1):
        yield f"property {name} has two terms in context.jsonld"


def _check_classes(
    classes: Mapping[str, ClassDef], properties: Mapping[str, PropertyDef], shapes: Shapes
) -> Iterator[str]:
    for c in classes.values():
        for fact in ("label", "plural", "comment", "colour", "icon", "caption"):
            if not getattr(c, fact):
                yield f"class {c.name} lacks its {fact}"
        if c.caption and c.caption not in properties:
            yield f"class {c.name} is captioned by {c.caption}, which is no property"
        if c.ancestors and c.ancestors[-1] not in ("Entity", "Relationship"):
            yield f"class {c.name} is neither an Entity nor a Relationship"
        if c.edge and "Relationship" not in c.ancestors:
            yield f"class {c.name} has a far end but is no Relationship"
        if "Relationship" in c.ancestors and not (c.edge and c.edge.relationship):
            yield f"class {c.name} is a Relationship without far end or relationship type"
        own = shapes.get(c.name, {})
        if c.edge and c.edge.far not in own:
            yield f"the far end {c.edge.far} of {c.name} is not in its shape"
        elif c.edge and (own[c.edge.far].minimum, own[c.edge.far].maximum) != (1, 1):
            yield f"the far end {c.edge.far} of {c.name} must be exactly one"
        if c.edge and c.edge.split and c.edge.split not in own:
            yield f"{c.name} is split by {c.edge.split}, which is not in its shape"


def _check_properties(
    context: Mapping[str, Any], properties: Mapping[str, PropertyDef], shapes: Shapes
) -> Iterator[str]:
    """The context types each property as its range does, and makes a list of what some shape lets repeat."""
    for p in properties.values():
        if not (p.label and p.comment):
            yield f"property {p.name} lacks its label or comment"
        if context[p.key].get("@type") != _CONTEXT_TYPES[p.kind]:
            yield f"property {p.name} is a {p.kind} but context.jsonld types it {context[p.key].get('@type')}"
        if p.kind in ("reference", "part") and not p.relationship:
            yield f"property {p.name} has no relationship type"
        used = [shape[p.key] for shape in shapes.values() if p.key in shape]
        if not used:
            yield f"no shape uses the property {p.name}"
        elif p.many != any(shape.maximum != 1 for shape in used):
            yield f"context.jsonld says {p.key} is {'' if p.many else 'not '}a list, shapes.ttl the contrary"


def _check_shapes(
    graph: Graph,
    classes: Mapping[str, ClassDef],
    properties: Mapping[str, PropertyDef],
    schemes: Mapping[str, Scheme],
    shapes: Shapes,
) -> Iterator[str]:
    for name, own in shapes.items():
        if name not in classes:
            yield f"shapes.ttl has a shape of {name}, which is no class"
            continue
        for key, shape in own.items():
            if key not in properties:
                yield f"the shape of {name} has {key}, which is no property"
                continue
            yield from _check_shape(name, shape, properties[key], classes, schemes)
    for node in graph.subjects(SH.path):
        datatype, path = graph.value(node, SH.datatype), graph.value(node, SH.path)
        range = graph.value(path, RDFS.range)
        if datatype is not None and datatype != range:
            yield f"shapes.ttl types {path} as {datatype}, precedent.ttl as {range}"


def _check_shape(
    name: str,
    shape: PropertyShape,
    property: PropertyDef,
    classes: Mapping[str, ClassDef],
    schemes: Mapping[str, Scheme],
) -> Iterator[str]:
    for target in shape.classes:
        if target not in classes:
            yield f"{name}.{shape.key} asks for the class {target}, which does not exist"
        elif property.range not in classes[target].lineage:
            yield f"{name}.{shape.key} asks for {target}, which is no {property.range}"
    if property.kind in ("reference", "part") and not shape.classes:
        yield f"{name}.{shape.key} names no class"
    if property.kind == "concept" and shape.scheme not in schemes:
        yield f"{name}.{shape.key} names no vocabulary that exists"
    if shape.pattern:
        try:
            re.compile(shape.pattern)
        except re.error as error:
            yield f"the pattern of {name}.{shape.key} is no regular expression: {error}"


def _check_vocabularies(graph: Graph, schemes: Mapping[str, Scheme]) -> Iterator[str]:
    """Ids are unique; every concept is defined and placed."""
    holders = Counter(id for scheme in schemes.values() for id in scheme.concepts)
    for id in sorted(id for id, count in holders.items() if count > 1):
        yield f"the concept {id} is in two vocabularies"
    for scheme in schemes.values():
        for concept in scheme.concepts.values():
            for fact in ("label", "definition", "example", "counter_example", "rule"):
                if not getattr(concept, fact):
                    yield f"concept {concept.id} lacks its {fact.replace('_', '-')}"
            if concept.broader is not None and concept.broader not in scheme.concepts:
                yield f"the broader term {concept.broader} of {concept.id} is not in {scheme.id}"
    for node in graph.subjects(RDF.type, SKOS.Concept):
        if graph.value(node, SKOS.inScheme) is None:
            yield f"concept {node} is in no vocabulary"


def _check_concept_terms(
    context: Mapping[str, Any],
    properties: Mapping[str, PropertyDef],
    schemes: Mapping[str, Scheme],
    shapes: Shapes,
) -> Iterator[str]:
    """A concept named like a term of the context is read as that term, unless the property's own context says not."""
    users = {(shape.scheme, key) for own in shapes.values() for key, shape in own.items() if shape.scheme}
    for scheme, key in sorted(users):
        if scheme not in schemes or key not in properties:
            continue
        own = context[key].get("@context", {})
        for id in sorted(schemes[scheme].concepts.keys() & context.keys()):
            if own.get(id) != f"v:{id}":
                yield f"in {key}, the concept {id} is read as the term {id}: give {key} a context of its own"
