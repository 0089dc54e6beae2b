"""What a reader changes in a provisional case: what it does to the case, and what is refused."""

from __future__ import annotations

import pytest

from kg.analogy.case import TEXT, Case, CaseEntity, Fact, FactLink
from kg.analogy.principals import Principals
from kg.analogy.provisional.corrections import Correction, correct
from kg.errors import UsageError
from kg.model.ontology import load_ontology

ONTOLOGY = load_ontology()
FACTS = (
    Fact("fact-1", "move-kinds", "threaten", (("actor", "they"), ("target", "we")), "threaten us", status="presumed",
         passage="They threaten us.", details=(("inferred", "target"), ("read", "words"))),
    Fact("fact-2", "circumstances", "allied-with", (("actor", "ally"), ("target", "we")), "our ally", status="presumed",
         passage="Our ally waits.", details=(("read", "words"),)),
)  # fmt: skip
CASE = Case(
    "text", "A text", TEXT, (CaseEntity("they", "they", "actor"), CaseEntity("we", "we", "actor"), CaseEntity("ally", "our ally", "actor")),
    FACTS, (FactLink("causes", "fact-1", "fact-2"),),
)  # fmt: skip


def apply(*corrections: Correction) -> Case:
    case, stale = correct(CASE, corrections, ONTOLOGY)
    assert not stale
    return case


def test_a_dropped_fact_is_gone_with_its_links() -> None:
    case = apply(Correction("drop", "fact-1", "threaten"))
    assert [fact.id for fact in case.facts] == ["fact-2"] and not case.links


def test_a_confirmed_fact_is_known_and_no_guess() -> None:
    fact = apply(Correction("confirm", "fact-1", "threaten")).facts[0]
    assert fact.status == "known" and fact.by_reader and ("inferred", "target") not in fact.details
    assert fact.passage == FACTS[0].passage and not FACTS[0].by_reader


def test_a_changed_fact_has_the_roles_of_its_new_scheme_and_its_old_passage() -> None:
    fact = apply(Correction("change", "fact-1", "threaten", "freeze", ("they",), ("we",))).facts[0]
    assert (fact.scheme, fact.roles) == ("commitment-kinds", (("obligor", "they"), ("obligee", "we")))
    assert fact.passage == "They threaten us." and fact.by_reader


def test_an_added_fact_brings_new_actors_and_issues() -> None:
    case = apply(Correction("add", term="unification", who=("The Third Power",), text="It wants union."))
    assert case.entity("the-third-power").name == "The Third Power" and case.entity("issue-unification").kind == "issue"
    assert case.facts[-1].roles == (("holder", "the-third-power"), ("issue", "issue-unification"))


def test_two_actors_that_are_one() -> None:
    case = apply(Correction("actor", "ally", who=("they",)))
    assert {entity.id for entity in case.entities} == {"they", "we"}
    assert case.facts[1].roles == (("actor", "they"), ("target", "we"))


def test_nobody_acts_on_himself_after_a_merger() -> None:
    case = apply(Correction("actor", "ally", who=("we",)))
    assert case.facts[1].roles == (("actor", "we"),)


def test_roles_of_an_actor() -> None:
    assert apply(Correction("actor", "ally", terms=("patron",))).entity("ally").attributes == ("patron",)


def test_what_was_read_otherwise_is_not_touched() -> None:
    wrong = Correction("drop", "fact-1", "mediate")
    assert correct(CASE, [wrong], ONTOLOGY) == (CASE, (wrong,))


@pytest.mark.parametrize("wrong", [
    Correction("burn"), Correction("add", term="no-such-term", who=("we",)), Correction("add", term="threaten"),
    Correction("add", term="patron", who=("we",)), Correction("actor", "we", terms=("threaten",)),
])  # fmt: skip
def test_what_makes_no_sense_is_refused(wrong: Correction) -> None:
    with pytest.raises(UsageError):
        correct(CASE, [wrong], ONTOLOGY)


def test_a_correction_survives_its_plain_form() -> None:
    one = Correction("change", "fact-1", "threaten", "freeze", ("they",), ("we",), ("missiles",), "text")
    assert Correction.from_dict(one.to_dict()) == one


def test_principals_are_those_whose_affair_it_is() -> None:
    rows = [
        {"episode": "a", "id": "x", "name": "X", "short": None, "role": "belligerent"},
        {"episode": "a", "id": "y", "name": "Y", "short": "y", "role": "observer"},
        {"episode": "b", "id": "y", "name": "Y", "short": "y", "role": "demandeur"},
    ]
    principals = Principals.from_rows(rows)
    assert principals.of_episode("a") == ("x",) and principals.sharing(["y"]) == {"b": ("y",)}
