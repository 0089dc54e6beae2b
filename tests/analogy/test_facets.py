"""Facets on the real episodes and on small cases made for the purpose: score, reason, evidence, and what is unknown."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from kg.analogy.case import CURATED, ICB, TEXT, Case, CaseEntity, Fact
from kg.analogy.casebook import Casebook
from kg.analogy.facets import FACETS, compare, issues, read_weights, sides, talks, terms
from kg.analogy.facets.weights import FILE
from kg.analogy.facets.weights import read_weights as read_weights_of
from kg.errors import UsageError
from kg.model.ontology import load_ontology
from kg.model.records import read_records

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module")
def casebook() -> Casebook:
    records, problems = read_records([DATA / "episodes", DATA / "actors", DATA / "persons"])
    assert not problems
    return Casebook.from_records(records, load_ontology())


def make_case(
    id: str, *facts: tuple[str, str], roles: tuple[str, ...] = (), origin: str = TEXT, **coded: object
) -> Case:
    """A case whose facts are (scheme, predicate) pairs of one actor with those party roles."""
    made = tuple(Fact(f"{id}-{n}", scheme, kind, (("actor", "x"),), kind) for n, (scheme, kind) in enumerate(facts))
    return Case(id, id, origin, (CaseEntity("x", "X", "actor", roles),), made, coded=coded)


def circumstance(kind: str) -> tuple[str, str]:
    return "circumstances", kind


def test_the_facets_of_the_issue_each_with_a_weight_and_a_docstring():
    assert set(FACETS) == set(read_weights()) == {
        *("stakes", "issue_type", "power_asymmetry", "patronage", "fighting_while_talking", "level", "deadline"),
        *("verification", "sequencing", "domestic_constraint", "alliance_cohesion", "perceived_willingness"),
        *("nuclear_shadow", "mediation", "spoilers", "duration"),
    }  # fmt: skip
    assert all(facet.__doc__ and len(facet.__doc__) > 40 for facet in FACETS.values())
    assert all(facet(make_case("a"), make_case("b")).name == name for name, facet in FACETS.items())


def test_the_terms_that_facets_look_for_are_terms_of_the_vocabularies():
    ontology = load_ontology()
    known = {term for scheme in ontology.schemes.values() for term in scheme.concepts}
    used = {*sides._HOME, *sides._ALLIES, *sides._BELIEFS, *issues._STAKES, *issues._AREAS, *talks._FIGHTING}
    used |= {*talks._TALKING, *talks._LEVELS, *terms._VERIFYING, *terms._SEQUENCING}
    assert used <= known


def test_korea_and_vietnam_fought_while_they_talked_and_munich_did_not(casebook):
    korea, vietnam, munich = (
        casebook.case(id) for id in ("korean-armistice-talks", "paris-talks-on-vietnam", "munich")
    )
    alike = compare(korea, vietnam).find("fighting_while_talking")
    assert alike.score == 1.0
    assert "fighting while talking" in alike.reason
    for case, ids in zip((korea, vietnam), alike.evidence, strict=True):
        assert ids and set(ids) <= {fact.id for fact in case.facts}
    unlike = compare(korea, munich).find("fighting_while_talking")
    assert unlike.score == 0.0
    assert unlike.reason.endswith("none recorded in Munich")


def test_the_client_that_resists_its_patron_is_found_in_both(casebook):
    found = compare(casebook.case("korean-armistice-talks"), casebook.case("paris-talks-on-vietnam"))
    assert found.find("patronage").score == 1.0
    assert "fears abandonment" in found.find("alliance_cohesion").reason
    assert "weary of war" in found.find("domestic_constraint").reason


def test_a_case_is_wholly_like_itself_and_facets_are_symmetric(casebook):
    cases = list(casebook.cases.values())
    for case in cases:
        found = compare(case, case)
        assert found.overall == pytest.approx(1.0), case.id
        assert found.coverage > 0.4, case.id
    for one, other in pairwise(cases):
        there, back = compare(one, other), compare(other, one)
        assert [s.score for s in there.scores] == [s.score for s in back.scores]
        assert all(s.score is None or 0 <= s.score <= 1 for s in there.scores)
        assert all(s.reason for s in there.scores)
        assert [s.evidence for s in there.scores] == [(b, a) for a, b in (s.evidence for s in back.scores)]


def test_what_a_text_does_not_say_is_unknown_and_costs_coverage_alone():
    told = make_case("a", circumstance("patron-of"), circumstance("fears-abandonment"))
    silent = make_case("b", circumstance("fears-abandonment"))
    found = compare(told, silent)
    assert found.find("patronage").score is None
    assert "not known of b" in found.find("patronage").reason
    assert found.find("alliance_cohesion").score == 1.0
    assert found.overall == 1.0
    weights = read_weights()
    assert found.coverage == pytest.approx(weights["alliance_cohesion"] / sum(weights.values()))
    nothing = compare(make_case("c"), make_case("d"))
    assert (nothing.overall, nothing.coverage) == (None, 0.0)
    assert all(score.score is None for score in nothing.scores)


def test_silence_of_a_curated_episode_counts_only_where_it_is_told_at_length():
    moves = [("move-kinds", "propose")] * 5
    mediated = make_case("a", ("move-kinds", "mediate"))
    brief = make_case("b", *moves, origin=CURATED)
    long = make_case("c", *moves, *[circumstance("rival-of")] * 3, origin=CURATED)
    assert compare(mediated, brief).find("mediation").score is None
    assert compare(mediated, long).find("mediation").score == 0.0
    armed = make_case("d", circumstance("has-nuclear-weapons"))
    assert compare(armed, long).find("nuclear_shadow").score is None  # records leave out that a superpower is one


def test_half_for_having_a_thing_and_the_rest_for_its_kinds():
    one = make_case("a", circumstance("war-weary"), circumstance("new-leader"))
    other = make_case("b", circumstance("war-weary"), circumstance("divided-government"))
    found = compare(one, other).find("domestic_constraint")
    assert found.score == pytest.approx(0.5 + 0.5 / 3)
    assert found.reason == "both: weary of war; only in a: new leader; only in b: divided"
    assert found.evidence == (("a-0", "a-1"), ("b-0", "b-1"))
    other = make_case("b", circumstance("divided-government"))
    assert compare(one, other).find("domestic_constraint").score == 0.5


def test_party_roles_and_details_of_promises_are_read():
    spoiled = make_case("a", roles=("spoiler",))
    shut_out = make_case("b", roles=("excluded-party",))
    assert compare(spoiled, spoiled).find("spoilers").score == 1.0
    assert compare(spoiled, shut_out).find("spoilers").score == 0.5
    promise = Fact(
        "p", "commitment-kinds", "freeze", (), "p", details=(("sequence", "step-by-step"), ("deadline", "May"))
    )
    one, other = (replace(case, facts=(promise,)) for case in (spoiled, shut_out))
    found = compare(one, other)
    assert (found.find("sequencing").score, found.find("deadline").score) == (1.0, 1.0)
    assert found.find("sequencing").evidence == (("p",), ("p",))


def test_levels_and_power_gaps_lie_on_a_scale():
    leaders, officers = (
        make_case("a", ("meeting-levels", "leaders")),
        make_case("b", ("meeting-levels", "military-delegates")),
    )
    assert compare(leaders, leaders).find("level").score == 1.0
    assert compare(leaders, officers).find("level").score == pytest.approx(0.125)
    near = [make_case(id, origin=ICB, power_gap=gap) for id, gap in (("c", 10), ("d", 12), ("e", 179), ("f", 0))]
    scores = [compare(near[0], other).find("power_asymmetry").score or 0.0 for other in near]
    assert scores[0] == 1.0 > scores[1] > max(scores[2:])


def test_coded_values_and_facts_meet():
    coded = make_case("a", origin=ICB, nuclear=3, gravity="territorial", mediation_before="no", conflict="protracted")
    told = make_case("b", circumstance("has-nuclear-weapons"), circumstance("rival-of"), ("issue-topics", "territory"))
    found = compare(coded, told)
    assert [found.find(name).score for name in ("nuclear_shadow", "stakes", "duration")] == [1.0, 1.0, 1.0]
    mediated = make_case("c", ("move-kinds", "mediate"))
    assert compare(coded, mediated).find("mediation").score == 0.0
    assert compare(coded, mediated).find("mediation").reason == "mediator in c, not in a"


def test_a_reader_moves_the_weights():
    one = make_case("a", circumstance("war-weary"), circumstance("fears-abandonment"))
    other = make_case("b", circumstance("war-weary"), circumstance("fears-entrapment"))
    even = compare(one, other, {"domestic_constraint": 1.0, "alliance_cohesion": 1.0})
    assert even.overall == pytest.approx(0.75)
    assert compare(one, other, {"domestic_constraint": 3.0, "alliance_cohesion": 1.0}).overall == pytest.approx(0.875)
    assert compare(one, other, {"alliance_cohesion": 0.0}).overall == 1.0
    with pytest.raises(UsageError, match="'weather' is not a facet; choose among alliance_cohesion"):
        compare(one, other, {"weather": 1.0})
    with pytest.raises(UsageError, match="the weight of stakes is -1"):
        compare(one, other, {"stakes": -1.0})


def test_a_spoiled_file_of_weights_is_refused(tmp_path):
    assert "learned" in FILE.read_text(encoding="utf-8")
    path = tmp_path / "weights.toml"
    path.write_text("[weights]\nstakes = true\n", encoding="utf-8")
    with pytest.raises(UsageError, match="the weight of stakes is not a number"):
        read_weights_of(path)
    with pytest.raises(UsageError, match="cannot be read as a table"):
        read_weights_of(tmp_path / "missing.toml")
