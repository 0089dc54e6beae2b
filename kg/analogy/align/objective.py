"""What a mapping is worth: matched facts, links between them, and a little for what the entities are.

The sum of the values of matched facts, each fact in one match only; for every causal link that both cases have between
matched facts, a credit that grows with the number of links that lead to it (systematicity); and for each pair of
entities that a matched fact supports, a little for the attributes they share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.analogy.align.hypotheses import Ints, Options, Problem, longest_depths, weigh
from kg.analogy.case import Case

TINY = 1e-9


@dataclass(frozen=True)
class Solution:
    """A mapping of entities (for each of the base the position of its counterpart, or -1), the hypotheses that hold
    under it, and what it is worth."""

    score: float
    mapping: tuple[int, ...]
    chosen: tuple[int, ...]


class FactChoice:
    """The choice of matched facts under one mapping of entities: hypotheses compete for facts, links tie them."""

    def __init__(self, problem: Problem, mapping: Ints) -> None:
        self.problem = problem
        self.mapping: list[int] = mapping.tolist()
        self.values: list[float] = problem.values(mapping).tolist()
        self.active = [h for h, value in enumerate(self.values) if value > 0]
        self.joined: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        for source, end, share in problem.links:
            credit = problem.options.link * share * min(self.values[source], self.values[end])
            if credit > 0:
                self.joined[source].append((end, credit))
                self.joined[end].append((source, credit))

    def solve(self) -> Solution:
        """First as if half of every link came true, then with those that the choice before made true."""
        hoped = {h: self.values[h] + 0.5 * sum(c for _, c in near) for h, near in self.joined.items()}
        best = self._make(self._choose(hoped))
        for _ in range(2):
            again = self._make(self._choose(self._gains(set(best.chosen))))
            if again.score <= best.score + TINY:
                break
            best = again
        return best

    def refine(self, best: Solution) -> Solution:
        """Set each hypothesis that was left out in the place of those that it competes with, if that is better."""
        improved = True
        while improved:
            improved = False
            for h in self.active:
                if h in best.chosen:
                    continue
                gains = self._gains({*best.chosen, h})
                again = self._make(self._choose({**gains, h: float("inf")}))
                if again.score > best.score + TINY:
                    best, improved = again, True
        return best

    def _gains(self, held: set[int]) -> dict[int, float]:
        return {
            h: self.values[h] + sum(credit for other, credit in near if other in held)
            for h, near in self.joined.items()
        }

    def _choose(self, gains: Mapping[int, float]) -> list[int]:
        """Hypotheses by gain (that of an unlinked one is its value), each fact once."""
        ranks, ends_b, ends_t, values = self.problem.ranks, self.problem.ends_b, self.problem.ends_t, self.values
        order = sorted((-round(gains.get(h, values[h]), 9), ranks[h], h) for h in self.active)
        used_b: set[int] = set()
        used_t: set[int] = set()
        chosen = []
        for _, _, h in order:
            b, t = ends_b[h], ends_t[h]
            if b not in used_b and t not in used_t:
                used_b.add(b)
                used_t.add(t)
                chosen.append(h)
        return sorted(chosen)

    def _make(self, chosen: list[int]) -> Solution:
        kept = _keep_supported(self.problem, self.mapping, chosen)
        return Solution(score(self.problem, self.mapping, chosen, self.values), kept, tuple(chosen))


def evaluate(problem: Problem, mapping: Ints) -> Solution:
    """What a mapping of entities is worth. Pairs that no matched fact supports are dropped from it."""
    return FactChoice(problem, mapping).solve()


def score(problem: Problem, mapping: Sequence[int], chosen: Iterable[int], values: Sequence[float]) -> float:
    """What a choice of hypotheses is worth under a mapping, where `values` are those of all hypotheses."""
    held = set(chosen)
    total = sum(values[h] for h in sorted(held))
    links = [(s, e, share) for s, e, share in problem.links if s in held and e in held]
    depths = longest_depths([(s, e) for s, e, _ in links]) if links else {}
    for source, end, share in links:
        deep = 1.0 + problem.options.depth * depths.get(source, 0)
        total += problem.options.link * share * deep * min(values[source], values[end])
    supported = _keep_supported(problem, mapping, held)
    return total + sum(problem.likeness[x][y] for x, y in enumerate(supported) if y >= 0)


def _keep_supported(problem: Problem, mapping: Sequence[int], chosen: Iterable[int]) -> tuple[int, ...]:
    kept = [-1] * len(mapping)
    for h in chosen:
        for x, y in problem.pairs[h]:
            if mapping[x] == y:
                kept[x] = y
    return tuple(kept)


def self_score(case: Case, options: Options) -> float:
    """What a case is worth when it is matched with itself: the most that any alignment with it can be worth."""
    weights = {fact.id: weigh(fact, options) for fact in case.facts}
    total = sum(weights.values())
    places = {fact.id: place for place, fact in enumerate(case.facts)}
    links = {(link.source, link.target) for link in case.links if weights[link.source] and weights[link.target]}
    depths = longest_depths(sorted((places[s], places[e]) for s, e in links))
    for source, end in sorted(links):
        deep = 1.0 + options.depth * depths.get(places[source], 0)
        total += options.link * deep * min(weights[source], weights[end])
    used = {id for fact in case.facts for _, id in fact.roles}
    return total + options.attribute * sum(1 for e in case.entities if e.id in used and e.attributes)
