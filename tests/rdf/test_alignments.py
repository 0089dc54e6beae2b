from __future__ import annotations

import re
from importlib.resources import files

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg.model.ontology import ONTOLOGY, load_ontology
from kg.model.ontology_reader import read_graph

CRM = "http://www.cidoc-crm.org/cidoc-crm/"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
TIME = "http://www.w3.org/2006/time#"
WIKIDATA = "http://www.wikidata.org/entity/"
MAPPINGS = {
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    OWL.equivalentClass,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SKOS.relatedMatch,
}
# The terms that the vocabularies themselves declare, of those used here.
KNOWN = {
    CRM: """E1_CRM_Entity E5_Event E7_Activity E13_Attribute_Assignment E21_Person E30_Right E31_Document E39_Actor
        E52_Time-Span E53_Place E74_Group E89_Propositional_Object P2_has_type P4_has_time-span P7_took_place_at
        P9_consists_of P11_had_participant P14_carried_out_by P15i_influenced P17i_motivated P70i_is_documented_in
        P89_falls_within P107_has_current_or_former_member P107i_is_current_or_former_member_of P129_is_about""",
    ORG: "Organization OrganizationalCollaboration OrganizationalUnit Post Membership subOrganizationOf hasMembership"
    " holds postIn",
    PROV: """Agent Person Organization Activity Entity Association Location PrimarySource actedOnBehalfOf
        wasAssociatedWith hadRole wasInformedBy atLocation hadPrimarySource""",
    SEM: "Actor Event Role Place View hasSubEvent hasActor roleType hasPlace hasTimeStamp accordingTo eventType",
    TIME: "hasTime TemporalPosition",
    str(SKOS): "Concept prefLabel altLabel editorialNote",
    str(RDFS): "label",
}
TERMS = {namespace + term for namespace, terms in KNOWN.items() for term in terms.split()}


@pytest.fixture(scope="module")
def alignments() -> Graph:
    return read_graph(files("ontology"), "alignments.ttl")


def mappings(graph: Graph) -> list[tuple[str, URIRef, str]]:
    return [(str(s), URIRef(p), str(o)) for s, p, o in graph if str(s).startswith(ONTOLOGY)]


def test_every_target_is_a_term_of_its_vocabulary(alignments: Graph) -> None:
    targets = {o for _, _, o in mappings(alignments)}
    wikidata = {t for t in targets if t.startswith(WIKIDATA)}
    assert all(re.fullmatch(r"[QP][1-9][0-9]*", t.removeprefix(WIKIDATA)) for t in wikidata)
    assert targets - wikidata == TERMS
    assert wikidata


def test_every_subject_is_a_term_of_ours_and_every_relation_a_mapping(alignments: Graph) -> None:
    ontology = load_ontology()
    ours = {c.iri for c in ontology.classes.values()} | {p.iri for p in ontology.properties.values()}
    assert {s for s, _, _ in mappings(alignments)} - ours == {ONTOLOGY + "edtf"}
    assert {p for _, p, _ in mappings(alignments)} <= MAPPINGS


def test_classes_are_mapped_as_classes_and_properties_as_properties(alignments: Graph) -> None:
    classes = {c.iri for c in load_ontology().classes.values()} | {ONTOLOGY + "edtf"}
    for subject, relation, target in mappings(alignments):
        local = re.split(r"[#/]", target)[-1]
        is_class = local.startswith(("E", "Q")) if target.startswith((CRM, WIKIDATA)) else local[0].isupper()
        assert is_class == (subject in classes), f"{subject} {relation} {target}"
        assert relation != RDFS.subClassOf or subject in classes
        assert relation != RDFS.subPropertyOf or subject not in classes


def test_no_class_falls_under_two_that_prov_declares_disjoint(alignments: Graph) -> None:
    disjoint = {PROV + "Activity", PROV + "Entity"}
    for c in load_ontology().classes.values():
        above = {str(o) for name in c.lineage for o in alignments.objects(URIRef(ONTOLOGY + name), RDFS.subClassOf)}
        assert not disjoint <= above, c.name


def test_it_imports_the_ontology(alignments: Graph) -> None:
    (own,) = alignments.subjects(RDF.type, OWL.Ontology)
    assert str(alignments.value(own, OWL.imports)) == ONTOLOGY.rstrip("#")
