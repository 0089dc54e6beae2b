"""Random small cases, and the best alignment of two found by trying everything."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import permutations

import numpy as np

from kg.analogy.align.hypotheses import Ints, Problem
from kg.analogy.align.objective import score
from kg.analogy.case import CURATED, Case, CaseEntity, Fact, FactLink

MOVES = ("propose", "accept", "reject", "threaten", "use-force", "suspend-talks", "press-ally")
CIRCUMSTANCES = ("patron-of", "perceives-weakness", "fears-abandonment", "war-weary")
TOPICS = ("prisoners", "territory", "ceasefire-line")
ROLES = ("belligerent", "patron", "client", "mediator")
HOWS = ("causes", "enables", "provokes", "prevents")


def make_case(random: random.Random, id: str, actors: int, issues: int, facts: int, links: int) -> Case:
    """A case with that many of each; every role is filled by one or two entities."""
    people = [CaseEntity(f"{id}-a{n}", f"A{n}", "actor", (random.choice(ROLES),)) for n in range(actors)]
    matters = [CaseEntity(f"{id}-i{n}", f"I{n}", "issue", (random.choice(TOPICS),)) for n in range(issues)]
    made = [_make_fact(random, f"{id}-f{n}", people, matters) for n in range(facts)]
    joined = [random.sample(range(facts), 2) for _ in range(links)]
    chains = {FactLink(random.choice(HOWS), f"{id}-f{min(p)}", f"{id}-f{max(p)}") for p in joined}
    return Case(id, id, CURATED, (*people, *matters), tuple(made), tuple(sorted(chains, key=str)))


def _make_fact(random: random.Random, id: str, people: Sequence[CaseEntity], matters: Sequence[CaseEntity]) -> Fact:
    some = [entity.id for entity in random.sample(people, k=min(3, len(people)))]
    issue = random.choice(matters).id if matters else ""
    scheme = random.choice(("move-kinds", "move-kinds", "circumstances", "issue-topics") if issue else ("move-kinds",))
    if scheme == "issue-topics":
        return Fact(id, scheme, random.choice(TOPICS), (("holder", some[0]), ("issue", issue)), id)
    roles = [("actor", some[0]), ("target", some[1])]
    if scheme == "circumstances":
        return Fact(id, scheme, random.choice(CIRCUMSTANCES), tuple(roles[: random.choice((1, 2, 2))]), id)
    roles += [("target", some[2])] if len(some) > 2 and random.random() < 0.3 else []
    roles += [("issue", issue)] if issue and random.random() < 0.5 else []
    return Fact(id, scheme, random.choice(MOVES), tuple(roles), id)


def search_exhaustively(problem: Problem) -> float:
    """The score of the best of all mappings of entities and all choices of facts."""
    best = 0.0
    for mapping in _list_mappings(problem):
        values = problem.values(mapping).tolist()
        active = [h for h, value in enumerate(values) if value > 0]
        for chosen in _list_choices(problem, active):
            best = max(best, score(problem, mapping.tolist(), chosen, values))
    return best


def _list_mappings(problem: Problem) -> Iterator[Ints]:
    """Every one-to-one mapping within kinds that leaves over as few entities as possible: more never costs."""
    width = len(problem.base.entities)
    mapping = np.full(width, -1, dtype=np.intp)
    sides = [
        (
            [n for n, entity in enumerate(problem.base.entities) if entity.kind == kind],
            [n for n, entity in enumerate(problem.target.entities) if entity.kind == kind],
        )
        for kind in ("actor", "issue")
    ]

    def fill(kind: int) -> Iterator[Ints]:
        if kind == len(sides):
            yield mapping.copy()
            return
        mine, theirs = sides[kind]
        padded = theirs + [-1] * max(0, len(mine) - len(theirs))
        for chosen in sorted(set(permutations(padded, len(mine)))):
            mapping[mine] = chosen
            yield from fill(kind + 1)

    yield from fill(0)


def _list_choices(problem: Problem, active: Sequence[int]) -> Iterator[list[int]]:
    """Every set of hypotheses with each fact in one at most, to which none can be added."""

    def extend(rest: Sequence[int], chosen: list[int]) -> Iterator[list[int]]:
        if not rest:
            yield chosen
            return
        first = problem.hypotheses[rest[0]]
        free = [h for h in rest[1:] if not _collide(first.base, first.target, problem, h)]
        yield from extend(free, [*chosen, rest[0]])
        if len(free) < len(rest) - 1:
            yield from extend(rest[1:], chosen)

    yield from extend(active, [])


def _collide(base: int, target: int, problem: Problem, h: int) -> bool:
    other = problem.hypotheses[h]
    return base == other.base or target == other.target
