"""The search against an exhaustive one, on random small cases with fixed seeds."""

from __future__ import annotations

import random

import pytest
from small_cases import make_case, search_exhaustively

from kg.analogy.align import search as searching
from kg.analogy.align.hypotheses import Options, Problem
from kg.analogy.align.search import count_mappings, list_mappings, search
from kg.analogy.case import Case
from kg.model.ontology import Ontology, load_ontology

OPTIONS = Options()
# actors, issues, facts and links on either side
SIZES = ((3, 1, 5, 3), (3, 2, 7, 4), (4, 2, 8, 5), (4, 1, 9, 6))


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def make_problems(ontology: Ontology, count: int) -> list[Problem]:
    return [
        Problem(make_case(source, "b", *size), make_case(source, "t", *size), ontology, OPTIONS)
        for size in SIZES
        for source in [random.Random(repr(size))]
        for _ in range(count)
    ]


def compare(problems: list[Problem]) -> list[float]:
    """Score over the best score of each problem that has one."""
    shares = []
    for problem in problems:
        best, found = search_exhaustively(problem), search(problem).score
        assert found <= best + 1e-9
        shares.append(found / best if best else 1.0)
    return shares


def test_small_cases_are_solved(ontology: Ontology) -> None:
    """Every mapping of entities is tried; only the choice of facts within one may fall short, in 1 of 100 or fewer."""
    shares = compare(make_problems(ontology, 75))
    assert sum(share > 1 - 1e-9 for share in shares) >= 0.99 * len(shares)
    assert min(shares) > 0.9


def test_greedy_growth_finds_nearly_always_the_best(ontology: Ontology, monkeypatch: pytest.MonkeyPatch) -> None:
    """What larger cases get: mappings grown and improved, here where the truth is known."""
    monkeypatch.setattr(searching, "EXHAUSTIVE", 0)
    shares = compare(make_problems(ontology, 75))
    assert sum(share > 1 - 1e-9 for share in shares) >= 0.96 * len(shares)
    assert sum(shares) / len(shares) > 0.99
    assert min(shares) > 0.7


def make_plain(source: random.Random, id: str) -> Case:
    """A case whose facts all say different things, without a second filler in any role."""
    case = make_case(source, id, 4, 2, 6, 3)
    facts = {f.predicate: f for f in case.facts if len({r for r, _ in f.roles}) == len(f.roles)}.values()
    kept = {f.id for f in facts}
    links = tuple(x for x in case.links if {x.source, x.target} <= kept)
    return Case(case.id, case.title, case.origin, case.entities, tuple(facts), links)


def test_plain_cases_are_solved_exactly(ontology: Ontology) -> None:
    source = random.Random(5)
    problems = [Problem(make_plain(source, "b"), make_plain(source, "t"), ontology, OPTIONS) for _ in range(100)]
    assert min(compare(problems)) == pytest.approx(1.0)


def test_all_mappings_are_listed_once(ontology: Ontology) -> None:
    source = random.Random(1)
    for base, target in (((3, 2), (3, 2)), ((2, 1), (4, 2)), ((4, 2), (2, 1)), ((3, 0), (3, 2))):
        sides = (make_case(source, "b", *base, 4, 1), make_case(source, "t", *target, 4, 1))
        problem = Problem(*sides, ontology, OPTIONS)
        listed = [tuple(mapping.tolist()) for mapping in list_mappings(problem)]
        assert len(listed) == len(set(listed)) == count_mappings(problem)
        assert all(len(set(m) - {-1}) == sum(y >= 0 for y in m) for m in listed)


def test_the_same_problem_has_the_same_solution(ontology: Ontology) -> None:
    for problem in make_problems(ontology, 5):
        assert search(problem) == search(problem)
