"""The ontology as Python values, read once from ontology/ and frozen.

Labels, relationship types, constraints, form fields, legend and documentation all derive from `load_ontology()`.
Keys are the terms of context.jsonld (`part_of`); names are those of the Turtle files (`partOf`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

Kind = Literal["string", "edtf", "integer", "decimal", "uri", "concept", "reference", "part"]

ONTOLOGY = "https://w3id.org/precedent/ontology#"
VOCABULARY = "https://w3id.org/precedent/vocab/"
BASE = "https://w3id.org/precedent/id/"
CONTEXT_URL = "https://w3id.org/precedent/context.jsonld"


@dataclass(frozen=True)
class EdgeFacts:
    """How a class whose members are links becomes a relationship of the property graph.

    `far` is the key that names the end which is not the owner; `direction` is "out" when the relationship runs from the
    owner to the far end, else "in"; `split` is the key whose every value makes a relationship of its own, if any.
    """

    relationship: str
    far: str
    direction: Literal["in", "out"]
    split: str | None = None


@dataclass(frozen=True)
class ClassDef:
    """A class. `ancestors` run from the parent to the root; `scoped` classes are parts of one record."""

    name: str
    iri: str
    label: str
    plural: str
    comment: str
    ancestors: tuple[str, ...]
    abstract: bool
    scoped: bool
    derived: bool
    edge: EdgeFacts | None
    colour: str
    icon: str
    caption: str

    @property
    def lineage(self) -> tuple[str, ...]:
        """The class and its ancestors, most specific first."""
        return (self.name, *self.ancestors)


@dataclass(frozen=True)
class PropertyDef:
    """A property. `range` is a class name for references and parts, "" otherwise; `many` says that it is a list."""

    key: str
    name: str
    iri: str
    label: str
    comment: str
    kind: Kind
    range: str
    relationship: str | None
    many: bool


@dataclass(frozen=True)
class PropertyShape:
    """What one class asks of one property, its ancestors' demands included. `maximum` None means no limit."""

    key: str
    minimum: int = 0
    maximum: int | None = None
    classes: tuple[str, ...] = ()
    scheme: str | None = None
    pattern: str | None = None
    min_length: int = 0
    message: str | None = None


@dataclass(frozen=True)
class Concept:
    """A term of a vocabulary. `rule` is the one by which a coder decides (skos:scopeNote), `counter_example` what looks
    like it and is not; `forms` are words that tell of it in a text, each in its base form (skos:hiddenLabel).

    A form of one verb is written as an infinitive with "to" when the same word as a noun would mislead.
    """

    id: str
    scheme: str
    label: str
    definition: str
    example: str
    counter_example: str
    rule: str
    broader: str | None
    forms: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        return VOCABULARY + self.id


@dataclass(frozen=True)
class Scheme:
    """A vocabulary, its terms in the order of its file."""

    id: str
    label: str
    definition: str
    concepts: Mapping[str, Concept]


@dataclass(frozen=True, eq=False)
class Ontology:
    """Everything that ontology/ says. Compare by identity: there is one."""

    version: str
    classes: Mapping[str, ClassDef]
    properties: Mapping[str, PropertyDef]
    schemes: Mapping[str, Scheme]
    shapes: Mapping[str, Mapping[str, PropertyShape]]
    context: Mapping[str, Any]

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        """Every term of every vocabulary by id; ids are unique among vocabularies."""
        return {id: concept for scheme in self.schemes.values() for id, concept in scheme.concepts.items()}

    @cached_property
    def relationship_types(self) -> tuple[str, ...]:
        """Every relationship type that a graph of records can hold, sorted."""
        nodes = [c for c in self.classes.values() if c.edge is None and "Relationship" not in c.lineage]
        keys = {key for c in nodes for key in self.shapes[c.name]}
        own = {self.properties[key].relationship for key in keys}
        edges = {c.edge.relationship for c in self.classes.values() if c.edge}
        return tuple(sorted({t for t in own | edges if t} | {"BROADER"}))

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether the class is the ancestor or one of its subclasses; False for a class that does not exist."""
        return name in self.classes and ancestor in self.classes[name].lineage

    def subclasses(self, name: str) -> tuple[str, ...]:
        """The class and all below it that a record or part can be made of."""
        return tuple(c.name for c in self.classes.values() if name in c.lineage and not c.abstract and not c.derived)

    def allowed_classes(self, key: str, shape: PropertyShape | None = None) -> tuple[str, ...]:
        """Classes that the values of a reference or part may have: those of the shape, else the range."""
        if shape is not None and shape.classes:
            return shape.classes
        range = self.properties[key].range
        return (range,) if range else ()

    def may_be_scoped(self, names: tuple[str, ...]) -> bool:
        """Whether a value of these classes can be a part of a record, so that a short id is tried there first."""
        return any(c.scoped and any(n in c.lineage for n in names) for c in self.classes.values())

    def concept_lineage(self, id: str) -> tuple[str, ...]:
        """The concept and its broader terms, narrowest first."""
        lineage: list[str] = []
        current: str | None = id
        while current is not None:
            lineage.append(current)
            current = self.concepts[current].broader
        return tuple(lineage)


@lru_cache(maxsize=1)
def load_ontology() -> Ontology:
    """Read ontology/ once. OntologyError if its files contradict one another."""
    from kg.model.ontology_reader import read_ontology  # rdflib is imported only when the ontology is read

    return read_ontology(files("ontology"))


def vocabulary_files(root: Traversable) -> list[Traversable]:
    """The vocabulary files under an ontology folder, by name."""
    return sorted((f for f in root.joinpath("vocab").iterdir() if f.name.endswith(".ttl")), key=lambda f: f.name)
