"""Records as a property graph.

Every record and every part that is no link becomes a node with all its superclass labels; references and parts become
relationships of the type that the property names; links with facts of their own (a participation, a citation) become
relationships with properties, one for each value of the property that splits them:
`(:State)-[:PARTICIPATED_IN {role: 'mediator'}]->(:Episode)`.

Properties of nodes and relationships:

- `id`, `iri`, `type`, `record` (id of the record that holds it) and, of nodes, `name` (of a part without one, its text,
  cut); each text, number or address under its key; a property that may have many values as a list;
- each concept as its id (`kind: 'propose'`);
- each date under its key as written, and its bounds: `earliest`, `latest` (ISO days), `earliest_year`, `latest_year`
  of `date`; `known_earliest`, … of other keys. An end that is open or unknown has no bound;
- `sources`, ids of the works cited; on relationships also `locators`, where any is given;
- `aka`, all names in one text, for full-text search;
- on relationships, references as ids (`office`, `represents`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.model.dates import parse_date
from kg.model.ontology import BASE, ClassDef, Concept, Ontology, PropertyDef
from kg.model.records import Record, list_values, walk
from kg.model.rows import EdgeRow, FulltextIndex, NodeRow, Schema, Value, VectorIndex

NAME_LENGTH = 80
CONCEPT_PREFIX = "v:"


def project(records: Iterable[Record], ontology: Ontology) -> tuple[list[NodeRow], list[EdgeRow]]:
    """Nodes and relationships of records that passed the checks, and the vocabularies."""
    nodes, edges = _project_concepts(ontology)
    for record in records:
        projection = _RecordProjection(record, ontology)
        projection.run()
        nodes.extend(projection.nodes)
        edges.extend(projection.edges)
    return nodes, edges


def schema(ontology: Ontology, dimensions: int) -> Schema:
    """What the store creates first; `dimensions` are those of the passages' vectors."""
    entities = [c for c in ontology.classes.values() if c.lineage[-1] == "Entity"]
    described = tuple(c.name for c in entities if len(c.lineage) == 2 and not c.derived)
    dated = [(label, bound) for label in ("Episode", "Event") for bound in ("earliest_year", "latest_year")]
    return Schema(
        labels=tuple(c.name for c in entities),
        relationship_types=(*ontology.relationship_types, "PASSAGE_OF"),
        range=(*dated, ("Entity", "record")),
        fulltext=(
            FulltextIndex("entity_names", ("Entity",), ("name", "aka")),
            FulltextIndex("texts", described, ("name", "summary", "abstract", "text")),
        ),
        vector=(VectorIndex("passage_vectors", "Passage", "embedding", dimensions),),
    )


class _RecordProjection:
    def __init__(self, record: Record, ontology: Ontology) -> None:
        self.record, self.ontology = record, ontology
        self.nodes: list[NodeRow] = []
        self.edges: list[EdgeRow] = []
        self.parallel: Counter[tuple[str, str, str, str]] = Counter()

    def run(self) -> None:
        for _, node in walk(self.record.data, self.ontology):
            c = self.ontology.classes[node["type"]]
            if c.edge is None:
                self.nodes.append(self._make_node(node, c))
                self._link(node)

    def _make_node(self, node: Mapping[str, Any], c: ClassDef) -> NodeRow:
        props = self._read_props(node)
        props["name"] = _name(node)
        names = [node.get("name"), node.get("short"), *list_values(node.get("aliases"))]
        if aka := " | ".join(dict.fromkeys(n for n in names if n)):
            props["aka"] = aka
        return NodeRow(node["id"], c.lineage, props)

    def _read_props(self, node: Mapping[str, Any]) -> dict[str, Value]:
        props: dict[str, Value] = {
            "id": node["id"],
            "iri": BASE + node["id"],
            "type": node["type"],
            "record": self.record.id,
        }
        for key, value in node.items():
            property = self.ontology.properties.get(key)
            if property is not None and property.kind not in ("reference", "part"):
                props.update(_read_values(property, value))
        cites = list_values(node.get("cites"))
        if cites:
            props["sources"] = list(dict.fromkeys(c["source"] for c in cites))
        return props

    def _link(self, owner: Mapping[str, Any]) -> None:
        """The relationships of a node: its references, its parts, and its links."""
        for key, value in owner.items():
            property = self.ontology.properties.get(key)
            if property is None or property.kind not in ("reference", "part"):
                continue
            for target in list_values(value):
                if property.kind == "reference":
                    self._add(property.relationship or "", owner["id"], target, "", {"record": self.record.id})
                elif self.ontology.classes[target["type"]].edge is None:
                    self._add(property.relationship or "", owner["id"], target["id"], "", {"record": self.record.id})
                else:
                    self._link_edge(owner["id"], target)

    def _link_edge(self, owner: str, link: Mapping[str, Any]) -> None:
        edge = self.ontology.classes[link["type"]].edge
        assert edge is not None
        far = link[edge.far]
        far = far[0] if isinstance(far, list) else far
        source, target = (owner, far) if edge.direction == "out" else (far, owner)
        props = self._read_props(link)
        del props["id"]  # the row has its own, stable for what it links
        for key, value in link.items():
            property = self.ontology.properties.get(key)
            if property is not None and property.kind == "reference" and key != edge.far:
                props[key] = value
        locators = [c.get("locator", "") for c in list_values(link.get("cites"))]
        if any(locators):
            props["locators"] = locators
        values = list_values(link.get(edge.split)) if edge.split else []
        for value in values or [""]:
            own = {edge.split: value} if edge.split and value else {}
            self._add(edge.relationship, source, target, value, {**props, **own})

    def _add(self, type: str, source: str, target: str, key: str, props: dict[str, Value]) -> None:
        """A relationship; a second one with the same ends, type and key is told apart by its number."""
        self.parallel[type, source, target, key] += 1
        number = self.parallel[type, source, target, key]
        self.edges.append(EdgeRow(type, source, target, key if number == 1 else f"{key}#{number}", props))


def _read_values(property: PropertyDef, value: Any) -> Iterator[tuple[str, Value]]:
    if property.kind == "integer":
        yield property.key, int(value)
    elif property.kind == "decimal":
        yield property.key, float(value)
    elif property.kind == "edtf":
        yield property.key, value
        yield from _read_bounds("" if property.key == "date" else f"{property.key}_", value)
    else:
        yield property.key, list(value) if property.many else value


def _read_bounds(prefix: str, text: str) -> Iterator[tuple[str, Value]]:
    span = parse_date(text)
    for name in ("earliest", "latest", "earliest_year", "latest_year"):
        bound = getattr(span, name)
        if bound is not None:
            yield prefix + name, bound
    for name in ("approximate", "uncertain"):
        if getattr(span, name):
            yield prefix + name, True


def _name(node: Mapping[str, Any]) -> str:
    """The name, or of a part without one its text, cut at a word."""
    name = node.get("name")
    if name:
        return name
    text = " ".join(str(node.get("text") or node["id"].rpartition("/")[2]).split())
    if len(text) <= NAME_LENGTH:
        return text
    return text[:NAME_LENGTH].rpartition(" ")[0].rstrip(",;:.–-") + " …"


def _project_concepts(ontology: Ontology) -> tuple[list[NodeRow], list[EdgeRow]]:
    nodes = [_make_concept(concept, ontology) for concept in ontology.concepts.values()]
    edges = [
        EdgeRow("BROADER", CONCEPT_PREFIX + concept.id, CONCEPT_PREFIX + concept.broader)
        for concept in ontology.concepts.values()
        if concept.broader is not None
    ]
    return nodes, edges


def _make_concept(concept: Concept, ontology: Ontology) -> NodeRow:
    """A term as a node: `code` is what other nodes hold (`kind: 'propose'`), `lineage` it and its broader ones."""
    props: dict[str, Value] = {
        "id": CONCEPT_PREFIX + concept.id,
        "iri": concept.iri,
        "type": "Concept",
        "code": concept.id,
        "name": concept.label,
        "text": concept.definition,
        "example": concept.example,
        "counter_example": concept.counter_example,
        "rule": concept.rule,
        "scheme": concept.scheme,
        "scheme_name": ontology.schemes[concept.scheme].label,
        "lineage": list(ontology.concept_lineage(concept.id)),
    }
    return NodeRow(str(props["id"]), ontology.classes["Concept"].lineage, props)
