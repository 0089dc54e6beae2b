"""The search for the best mapping of entities.

Two small cases are compared under every mapping. Else a mapping grows greedily by the pair of entities with the most
support among the hypotheses that are still possible: a hypothesis lends its weight to the pairs it needs, more when its
other roles are settled already, less when its facts have other candidates. That is the greedy merge of the
structure-mapping engine, with pairs of entities for kernels: whatever a pair makes impossible falls away before the
next is chosen. It begins several times, each time with a pair that no mapping has yet, and the best are improved by
exchanges. (B. Falkenhainer, K. Forbus, D. Gentner, "The structure-mapping engine", Artificial Intelligence 41, 1989;
K. Forbus and D. Oblinger, "Making SME greedy and pragmatic", 1990.)
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from math import perm, prod

import numpy as np

from kg.analogy.align.hypotheses import Floats, Ints, Problem
from kg.analogy.align.objective import TINY, FactChoice, Solution, evaluate

# At most so many mappings are tried one and all.
EXHAUSTIVE = 256
# Measured on pairs of curated episodes: with these, 94 % of alignments are the best that any setting found, none less
# than 95 % of it.
BEGINNINGS, IMPROVED, REFINED, ROUNDS, SLACK = 12, 3, 3, 3, 1.5


def search(problem: Problem) -> Solution:
    """The best mapping found. Deterministic: equals are taken in the order of entities and facts."""
    if not problem.hypotheses:
        return Solution(0.0, (-1,) * len(problem.base.entities), ())
    if count_mappings(problem) <= EXHAUSTIVE:
        found = [(evaluate(problem, mapping), mapping) for mapping in list_mappings(problem)]
    else:
        grown = sorted(_grow_several(problem), key=_by_score)
        found = [_improve(problem, best, mapping) for best, mapping in grown[:IMPROVED]]
    refined = [FactChoice(problem, mapping).refine(best) for best, mapping in sorted(found, key=_by_score)[:REFINED]]
    return max(refined, key=lambda solution: round(solution.score, 9))


def _by_score(found: tuple[Solution, Ints]) -> float:
    return -round(found[0].score, 9)


def count_mappings(problem: Problem) -> int:
    """How many one-to-one mappings within kinds leave over as few entities as possible: to map more never costs."""
    return prod(perm(max(len(b), len(t)), min(len(b), len(t))) for b, t in _sides(problem))


def list_mappings(problem: Problem) -> Iterator[Ints]:
    """All of them."""

    def extend(mapping: Ints, sides: list[tuple[list[int], list[int]]]) -> Iterator[Ints]:
        if not sides:
            yield mapping.copy()
            return
        (mine, theirs), rest = sides[0], sides[1:]
        few, many = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
        for chosen in permutations(many, len(few)):
            mapping[mine] = -1
            if few is mine:
                mapping[mine] = chosen
            else:
                mapping[list(chosen)] = theirs
            yield from extend(mapping, rest)

    yield from extend(np.full(len(problem.base.entities), -1, dtype=np.intp), _sides(problem))


def _sides(problem: Problem) -> list[tuple[list[int], list[int]]]:
    """Entities of each kind that both cases have."""
    base = [entity.kind for entity in problem.base.entities]
    target = [entity.kind for entity in problem.target.entities]
    return [
        ([n for n, k in enumerate(base) if k == kind], [n for n, k in enumerate(target) if k == kind])
        for kind in dict.fromkeys(base)
        if kind in target
    ]


def _grow_several(problem: Problem) -> Iterator[tuple[Solution, Ints]]:
    boosts = _boost_linked(problem)
    empty = np.full(len(problem.base.entities), -1, dtype=np.intp)
    support = _count_support(problem, empty, boosts)
    for _ in range(BEGINNINGS):
        place = int(np.round(support, 9).argmax())
        if support.flat[place] <= 0:
            return
        mapping = _grow(problem, divmod(place, support.shape[1]), boosts)
        yield evaluate(problem, mapping), mapping
        held = np.flatnonzero(mapping >= 0)
        support[held, mapping[held]] = 0.0


def _boost_linked(problem: Problem) -> Floats:
    """Weights with the best link that each hypothesis could be part of, on either end."""
    boosts = np.zeros((2, len(problem.weights)))
    for source, end, share in problem.links:
        credit = problem.options.link * share * min(problem.weights[source], problem.weights[end])
        boosts[0, end] = max(boosts[0, end], credit)
        boosts[1, source] = max(boosts[1, source], credit)
    return problem.weights + boosts.sum(axis=0)


def _grow(problem: Problem, pair: tuple[int, int], boosts: Floats) -> Ints:
    mapping = np.full(len(problem.base.entities), -1, dtype=np.intp)
    while True:
        mapping[pair[0]] = pair[1]
        support = _count_support(problem, mapping, boosts)
        place = int(np.round(support, 9).argmax())
        if support.flat[place] <= 0:
            return mapping
        pair = divmod(place, support.shape[1])


def _count_support(problem: Problem, mapping: Ints, boosts: Floats) -> Floats:
    """Support for each pair of entities that are still free, (base, target)."""
    p, (width, height) = problem, problem.attributes.shape
    taken = np.zeros(height, dtype=bool)
    taken[mapping[mapping >= 0]] = True
    settled = mapping[p.entry_x] == p.entry_y
    free = (mapping[p.entry_x] < 0) & ~taken[p.entry_y]
    slots, n = len(p.slot_owner), len(p.weights)
    choices = np.bincount(p.entry_slot, settled | free, slots)
    done = np.bincount(p.entry_slot, settled, slots) > 0
    alive = np.bincount(p.slot_owner, choices == 0, n) == 0
    sure = (1.0 + np.bincount(p.slot_owner, done, n)) / p.slot_count
    rivals = np.maximum(np.bincount(p.fact_b, alive)[p.fact_b], np.bincount(p.fact_t, alive)[p.fact_t])
    worth = alive * boosts * sure / np.maximum(rivals, 1)
    votes = free * worth[p.entry_owner] / np.maximum(choices[p.entry_slot], 1)
    support = np.bincount(p.entry_x * height + p.entry_y, votes, width * height).reshape(width, height)
    return support + (support > 0) * p.attributes


def _improve(problem: Problem, best: Solution, mapping: Ints) -> tuple[Solution, Ints]:
    """Give an entity another counterpart, and its former one to whoever had that, as long as it helps."""
    pairs = sorted({pair for some in problem.pairs for pair in some})
    for _ in range(ROUNDS):
        before, promise = best.score, _promise(problem, mapping)
        for x, y in pairs:
            if mapping[x] == y:
                continue
            changed = mapping.copy()
            changed[mapping == y] = mapping[x]
            changed[x] = y
            hoped = _promise(problem, changed)
            if hoped < promise - SLACK:
                continue
            solution = evaluate(problem, changed)
            if solution.score > best.score + TINY:
                best, mapping, promise = solution, changed, hoped
        if best.score <= before + TINY:
            break
    return best, mapping


def _promise(problem: Problem, mapping: Ints) -> float:
    """What the facts of the base could be worth under a mapping if they did not compete."""
    best = np.zeros(len(problem.base.facts))
    np.maximum.at(best, problem.fact_b, problem.values(mapping))
    return float(best.sum())
