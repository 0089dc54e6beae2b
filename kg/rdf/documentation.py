"""The ontology as a page: `python -m kg.rdf.documentation docs/ontology.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from kg.model.ontology import ClassDef, Concept, Ontology, PropertyDef, PropertyShape, Scheme, load_ontology

_INTRO = """\
# The ontology

Rendered from `ontology/` by `make docs`; edit the Turtle files, not this page.

A record is one YAML file; its keys are those of the tables below, its `id` is the name of the file. Every class has the
properties of the classes above it. *Parts* are written inside the record that owns them and get ids of their own
(`id: soviet-signal` in the record `korean-armistice-talks` becomes `korean-armistice-talks/soviet-signal`); *links* are
parts that become relationships with properties in the graph. A link may be written as the bare id of its far end.

In the table of a class, *how many* is `1` for exactly one, `0–1` for one or none, `1+` for one or more, `0+` for any
number.
"""
_VOCABULARIES = """\
What looks like a term and is not, the rule by which a coder decides, and how often each is coded, stand in the
[codebook](codebook.md)."""
_KINDS = {
    "string": "text",
    "edtf": "date (EDTF)",
    "integer": "whole number",
    "decimal": "decimal number",
    "uri": "web address",
}


def render_ontology(ontology: Ontology) -> str:
    """Classes with their properties, links, the graph's relationships and the vocabularies, as Markdown."""
    lines = [_INTRO, f"Version {ontology.version}.", "", "## Records and their parts", ""]
    for c in ontology.classes.values():
        if c.lineage[-1] == "Entity" and not c.derived:
            lines.extend(_render_class(c, ontology))
    lines.extend(["## Links", ""])
    for c in ontology.classes.values():
        if c.lineage[-1] == "Relationship":
            lines.extend(_render_class(c, ontology))
    lines.extend(_render_derived(ontology))
    lines.extend(_render_relationships(ontology))
    lines.extend(["## Vocabularies", "", _VOCABULARIES, ""])
    for scheme in ontology.schemes.values():
        lines.extend(_render_scheme(scheme))
    return "\n".join(lines).rstrip() + "\n"


def _render_class(c: ClassDef, ontology: Ontology) -> Iterator[str]:
    yield f"### {c.name}"
    yield ""
    notes = [c.comment]
    if c.ancestors:
        notes.append(f"A kind of {_link(c.ancestors[0])}.")
    if c.abstract:
        notes.append("No record is made of it directly.")
    if c.scoped:
        notes.append("Part of a record.")
    if c.edge:
        ends = ("owner", c.edge.far) if c.edge.direction == "out" else (c.edge.far, "owner")
        notes.append(f"In the graph: `({ends[0]})-[:{c.edge.relationship}]->({ends[1]})`" + _render_split(c))
    yield " ".join(notes)
    yield ""
    rows = _own_shapes(c, ontology)
    if rows:
        yield "| key | value | how many | meaning |"
        yield "| --- | --- | --- | --- |"
        for shape in rows:
            property = ontology.properties[shape.key]
            cells = (f"`{shape.key}`", _render_value(property, shape), _render_count(shape), _cell(property.comment))
            yield f"| {' | '.join(cells)} |"
        yield ""


def _render_split(c: ClassDef) -> str:
    return f", one for each `{c.edge.split}`." if c.edge and c.edge.split else "."


def _own_shapes(c: ClassDef, ontology: Ontology) -> list[PropertyShape]:
    """What the class adds to its parent or asks otherwise."""
    above = ontology.shapes[c.ancestors[0]] if c.ancestors else {}
    return [shape for key, shape in ontology.shapes[c.name].items() if above.get(key) != shape]


def _render_value(property: PropertyDef, shape: PropertyShape) -> str:
    if property.kind == "concept":
        return f"term of [{shape.scheme}](#{shape.scheme})"
    if property.kind in ("reference", "part"):
        classes = " or ".join(_link(name) for name in shape.classes)
        return classes if property.kind == "part" else f"id of {classes}"
    rule = f", {shape.message.rstrip('.')}" if shape.message else f", `{shape.pattern}`" if shape.pattern else ""
    return _cell(_KINDS[property.kind] + rule)


def _render_count(shape: PropertyShape) -> str:
    if shape.maximum is None:
        return f"{shape.minimum}+"
    if shape.minimum == shape.maximum:
        return str(shape.minimum)
    return f"{shape.minimum}–{shape.maximum}"


def _render_derived(ontology: Ontology) -> Iterator[str]:
    yield "## Computed nodes"
    yield ""
    yield "Nobody writes these; the graph holds them beside the records."
    yield ""
    for c in ontology.classes.values():
        if c.derived:
            yield f"- **{c.name}**: {c.comment}"
    yield ""


def _render_relationships(ontology: Ontology) -> Iterator[str]:
    """References and parts that become relationships without facts of their own."""
    yield "## Relationships of the graph"
    yield ""
    yield "Besides the links above, which carry properties:"
    yield ""
    yield "| relationship | from | to | meaning |"
    yield "| --- | --- | --- | --- |"
    for property in sorted(ontology.properties.values(), key=lambda p: p.relationship or ""):
        owners = _find_owners(property, ontology)
        is_edge = property.kind == "part" and ontology.classes[property.range].edge
        if property.kind in ("reference", "part") and owners and not is_edge:
            ends = f"{', '.join(_link(o) for o in owners)} | {_link(property.range)}"
            yield f"| `{property.relationship}` | {ends} | {_cell(property.comment)} |"
    yield "| `BROADER` | Concept | Concept | The broader term. |"
    ends = "[Episode](#episode), [AnalogyUse](#analogyuse)"
    yield f"| `PASSAGE_OF` | Passage | {ends} | The episode, or the situation of an analogy, that a text tells of. |"
    yield ""


def _find_owners(property: PropertyDef, ontology: Ontology) -> list[str]:
    """The most general classes of nodes that have the property."""
    nodes = [
        c for c in ontology.classes.values() if c.lineage[-1] == "Entity" and property.key in ontology.shapes[c.name]
    ]
    return [c.name for c in nodes if not any(property.key in ontology.shapes[a] for a in c.ancestors)]


def _render_scheme(scheme: Scheme) -> Iterator[str]:
    yield f"### {scheme.id}"
    yield ""
    yield scheme.definition
    yield ""
    yield "| term | definition | example |"
    yield "| --- | --- | --- |"
    for concept in scheme.concepts.values():
        if concept.broader is None:
            yield from _render_concept(concept, scheme, 0)
    yield ""


def _render_concept(concept: Concept, scheme: Scheme, depth: int) -> Iterator[str]:
    """The term, then its narrower ones, each a step further in."""
    indent = "&emsp;" * depth
    yield f"| {indent}`{concept.id}` | {_cell(concept.definition)} | {_cell(concept.example)} |"
    for narrower in scheme.concepts.values():
        if narrower.broader == concept.id:
            yield from _render_concept(narrower, scheme, depth + 1)


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render_ontology(load_ontology()), encoding="utf-8")
