from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import ontology as ontology_files
from kg.errors import OntologyError
from kg.model.ontology import Ontology, load_ontology
from kg.model.ontology_reader import read_ontology

HOME = Path(ontology_files.__file__).parent


def test_it_is_read_once() -> None:
    assert load_ontology() is load_ontology()


def test_classes(ontology: Ontology) -> None:
    summit = ontology.classes["Summit"]
    assert summit.lineage == ("Summit", "Meeting", "Event", "Entity")
    assert (summit.scoped, summit.abstract, summit.derived, summit.edge) == (True, False, False, None)
    assert ontology.classes["Agreement"].abstract
    assert ontology.classes["Passage"].derived
    assert ontology.subclasses("Agreement") == (
        "Treaty",
        "Armistice",
        "JointStatement",
        "Framework",
        "Understanding",
        "Resolution",
    )
    assert ontology.is_a("State", "Actor") and not ontology.is_a("Actor", "State")
    assert not ontology.is_a("Nothing", "Nothing")


def test_edge_classes(ontology: Ontology) -> None:
    edge = ontology.classes["Participation"].edge
    assert edge is not None
    assert (edge.relationship, edge.far, edge.direction, edge.split) == ("PARTICIPATED_IN", "actor", "in", "role")
    citation = ontology.classes["Citation"].edge
    assert citation is not None
    assert (citation.direction, citation.split) == ("out", None)


def test_properties(ontology: Ontology) -> None:
    kinds = {
        "name": "string",
        "date": "edtf",
        "cow": "integer",
        "latitude": "decimal",
        "url": "uri",
        "kind": "concept",
        "issue": "reference",
        "moves": "part",
    }
    assert {key: ontology.properties[key].kind for key in kinds} == kinds
    part_of = ontology.properties["part_of"]
    assert (part_of.name, part_of.range, part_of.relationship, part_of.many) == ("partOf", "Actor", "PART_OF", False)
    assert ontology.properties["aliases"].many


def test_shapes_are_inherited(ontology: Ontology) -> None:
    treaty = ontology.shapes["Treaty"]
    assert treaty["signatories"].minimum == 1
    assert treaty["aliases"].maximum is None
    assert (ontology.shapes["Crisis"]["cites"].minimum, ontology.shapes["State"]["cites"].minimum) == (3, 0)
    assert (ontology.shapes["Faction"]["part_of"].minimum, ontology.shapes["State"]["part_of"].minimum) == (1, 0)
    assert ontology.shapes["Move"]["kind"].scheme == "move-kinds"
    assert ontology.shapes["Assessment"]["holder"].classes == ("Actor", "Source")
    assert "obligor" not in ontology.shapes["Move"]


def test_vocabularies(ontology: Ontology) -> None:
    scheme = ontology.schemes["move-kinds"]
    assert list(scheme.concepts)[:2] == ["cooperative-move", "coercive-move"]
    assert ontology.concepts["propose"].broader == "cooperative-move"
    assert ontology.concept_lineage("propose") == ("propose", "cooperative-move")
    assert all(c.definition and c.example for c in ontology.concepts.values())


def test_relationship_types_are_those_that_can_occur(ontology: Ontology) -> None:
    types = ontology.relationship_types
    assert {"PARTICIPATED_IN", "LED_TO", "HAS_MOVE", "BROADER", "PART_OF"} <= set(types)
    # Properties that only links have become properties of relationships, not relationships.
    assert {"SOURCE", "EPISODE", "REPRESENTS", "EVENT"}.isdisjoint(types)
    assert list(types) == sorted(set(types))


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A copy of ontology/ with one text replaced in one file."""

    def edit(name: str, old: str, new: str) -> Path:
        root = tmp_path / "ontology"
        shutil.copytree(HOME, root, ignore=shutil.ignore_patterns("__pycache__"))
        file = root / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        return root

    return edit


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("context.jsonld", '    "State": "prec:State",\n', "", "class State has no term"),
        ("context.jsonld", '"State": "prec:State"', '"State": "prec:Stat"', "term State of context.jsonld stands for"),
        ("context.jsonld", '"State": ', '"Stat": "prec:Stat", "State": ', "has the class Stat"),
        ("context.jsonld", '    "lesson": {"@id": "prec:lesson"},\n', "", "property lesson has no term"),
        ("context.jsonld", '"lesson": ', '"lesion": {"@id": "prec:lesion"}, "lesson": ', "has the property lesion"),
        ("context.jsonld", '"lesson": ', '"moral": {"@id": "prec:lesson"}, "lesson": ', "lesson has two terms"),
        ("context.jsonld", '"@type": "xsd:integer"', '"@type": "xsd:string"', "cowCode is a integer but"),
        ("context.jsonld", '"prec:author", "@container": "@set"', '"prec:author"', "authors is not a list"),
        ("context.jsonld", ', "@context": {"known": "v:known"}', "", "the concept known is read as the term known"),
        ("precedent.ttl", ':lesson a owl:DatatypeProperty', ':moral a owl:DatatypeProperty', "has the property lesson"),
        ("precedent.ttl", ':plural "Treaties"@en ;', "", "class Treaty lacks its plural"),
        ("precedent.ttl", ':far "event"', ':far "evnt"', "the far end evnt of Causation is not in its shape"),
        ("precedent.ttl", ':relationship "WITHIN"', ':note "WITHIN"', "property within has no relationship type"),
        ("precedent.ttl", "rdfs:subClassOf :Meeting ;", "rdfs:subClassOf :Event, :Meeting ;", "a parent too many"),
        ("precedent.ttl", ":Event a owl:Class", ":Event a a", "is not valid Turtle"),
        ("shapes.ttl", "sh:targetClass :Tenure", "sh:targetClass :Tenor", "a shape of Tenor, which is no class"),
        ("shapes.ttl", "sh:path :locator", "sh:path :loc", "loc, which is no property"),
        ("shapes.ttl", ":cowCode ; sh:maxCount 1 ; sh:datatype xsd:integer", ":cowCode ; sh:datatype :edtf", "types"),
        ("shapes.ttl", "sh:node :In-verdicts", "sh:node :In-verdict", "names no vocabulary that exists"),
        ("shapes.ttl", "sh:class :Phase", "sh:class :Move", "asks for Move, which is no Phase"),
        ("shapes.ttl", "^[A-Z]{3}$", "^[A-Z{3}$", "is no regular expression"),
        ("vocab/verdicts.ttl", "v:kept a", "v:mediator a", "the concept mediator is in two vocabularies"),
        ("vocab/move-kinds.ttl", "skos:broader v:coercive-move", "skos:broader v:kept", "is not in move-kinds"),
        ("vocab/verdicts.ttl", "    skos:inScheme v:verdicts ;\n", "", "is in no vocabulary"),
        ("vocab/sequences.ttl", 'skos:example "A unilateral pledge."@en', 'skos:note "x"', "lacks its example"),
        ("vocab/verdicts.ttl", "prec:counterExample", "skos:note", "concept kept lacks its counter-example"),
        ("vocab/verdicts.ttl", "skos:scopeNote", "skos:note", "concept kept lacks its rule"),
    ],
)  # fmt: skip
def test_contradictions_are_named(
    edited: Callable[[str, str, str], Path], name: str, old: str, new: str, complaint: str
) -> None:
    with pytest.raises(OntologyError) as caught:
        read_ontology(edited(name, old, new))
    assert complaint in str(caught.value)


def test_all_contradictions_are_named_at_once(edited: Callable[[str, str, str], Path]) -> None:
    with pytest.raises(OntologyError) as caught:
        read_ontology(edited("shapes.ttl", "sh:targetClass :Tenure", "sh:targetClass :Tenor"))
    assert str(caught.value).count(";") >= 2
