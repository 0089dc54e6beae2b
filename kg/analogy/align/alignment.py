"""The alignment of two cases: who plays whom, which facts and chains of causes correspond, and what to check.

Structure mapping (D. Gentner, "Structure-mapping", Cognitive Science 7, 1983): entities map one to one within their
kind; two facts match only if in every role that both have, some filler of the one maps to one of the other; facts that
links tie together on both sides earn more, the deeper the chain the more.

The score is the worth of the mapping over the geometric mean of what each case is worth when matched with itself: 1 for a
case with itself, 0 for nothing in common. A short case can share little with a long one in these terms; what share of
each was found in the other stands beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from kg.analogy.align.hypotheses import Options, Problem
from kg.analogy.align.objective import Solution, self_score
from kg.analogy.align.questions import Question, ask
from kg.analogy.align.search import search
from kg.analogy.case import Case, Fact
from kg.model.ontology import Ontology, load_ontology


class EntityMatch(NamedTuple):
    """An entity of the base and the one that plays its part in the target; `support` counts the matched facts."""

    base: str
    target: str
    support: int


class FactMatch(NamedTuple):
    """Two facts that correspond. `credit` is from 0 to 1; `broader` the term they share where they differ."""

    base: Fact
    target: Fact
    credit: float
    broader: str | None


class Chain(NamedTuple):
    """Causes and effects that correspond, in order; `links` are the kinds between them, (base, target)."""

    facts: tuple[FactMatch, ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Alignment:
    """How a base (the precedent) maps on a target (the situation). All parts are in a fixed order.

    `score`, `base_share` and `target_share` are from 0 to 1: the worth of the mapping over the geometric mean of what both cases
    are worth in themselves, over the base's and over the target's.
    """

    base: str
    target: str
    score: float
    base_share: float
    target_share: float
    entities: tuple[EntityMatch, ...]
    facts: tuple[FactMatch, ...]
    chains: tuple[Chain, ...]
    unmatched_base: tuple[Fact, ...]
    unmatched_target: tuple[Fact, ...]
    questions: tuple[Question, ...]

    def counterpart(self, base: str) -> str | None:
        """Who plays the part of an entity of the base in the target; None if nobody does."""
        return next((match.target for match in self.entities if match.base == base), None)


def align(base: Case, target: Case, options: Options | None = None, ontology: Ontology | None = None) -> Alignment:
    """Map the base on the target. The same cases always give the same alignment, whatever their entities are called."""
    ontology, options = ontology or load_ontology(), options or Options()
    problem = Problem(base, target, ontology, options)
    solution = search(problem)
    facts = _match_facts(problem, solution)
    matched = {match.base.id: match.target for match in facts}
    used = {match.target.id for match in facts}
    entities = _match_entities(problem, solution)
    worth = self_score(base, options), self_score(target, options)
    return Alignment(
        base=base.id,
        target=target.id,
        score=_share(solution.score, sqrt(worth[0] * worth[1])),
        base_share=_share(solution.score, worth[0]),
        target_share=_share(solution.score, worth[1]),
        entities=entities,
        facts=facts,
        chains=_trace_chains(problem, solution, facts),
        unmatched_base=tuple(fact for fact in base.facts if fact.id not in matched),
        unmatched_target=tuple(fact for fact in target.facts if fact.id not in used),
        questions=ask(base, target, matched, {match.base: match.target for match in entities}, ontology),
    )


def _share(score: float, worth: float) -> float:
    return min(1.0, score / worth) if worth else 0.0


def _match_facts(problem: Problem, solution: Solution) -> tuple[FactMatch, ...]:
    """Matches in the order of the base's facts."""
    values = problem.values(problem.as_mapping(solution.mapping))
    return tuple(
        FactMatch(
            problem.base.facts[h.base], problem.target.facts[h.target], round(float(values[n]), 6), h.term
        )
        for n, h in sorted(((n, problem.hypotheses[n]) for n in solution.chosen), key=lambda pair: pair[1].base)
    )  # fmt: skip


def _match_entities(problem: Problem, solution: Solution) -> tuple[EntityMatch, ...]:
    """Pairs by support, then in the order of the base's entities."""
    support: Counter[int] = Counter()
    for h in solution.chosen:
        support.update({x for x, y in problem.pairs[h] if solution.mapping[x] == y})
    pairs = sorted(support, key=lambda x: (-support[x], x))
    ids = [entity.id for entity in problem.target.entities]
    return tuple(EntityMatch(problem.base.entities[x].id, ids[solution.mapping[x]], support[x]) for x in pairs)


def _trace_chains(problem: Problem, solution: Solution, facts: Iterable[FactMatch]) -> tuple[Chain, ...]:
    """The longest chains that together hold every link between matched facts, longest first."""
    held = set(solution.chosen)
    by_base = {match.base.id: match for match in facts}
    ids = {h: problem.base.facts[problem.hypotheses[h].base].id for h in held}
    nexts: defaultdict[str, list[str]] = defaultdict(list)
    for source, end, _ in problem.links:
        if source in held and end in held:
            nexts[ids[source]].append(ids[end])
    chains = []
    while any(nexts.values()):
        path = max((_follow(start, nexts, frozenset()) for start in nexts if nexts[start]), key=len)
        for source, end in pairwise(path):
            if end in nexts[source]:
                nexts[source].remove(end)
        matches = tuple(by_base[id] for id in path)
        chains.append(Chain(matches, tuple(_link_kinds(problem, a, b) for a, b in pairwise(matches))))
    return tuple(sorted(chains, key=lambda chain: -len(chain.facts)))


def _follow(start: str, nexts: dict[str, list[str]], seen: frozenset[str]) -> tuple[str, ...]:
    """The longest path from a fact, along links that no chain holds yet."""
    seen = seen | {start}
    ways = [_follow(end, nexts, seen) for end in nexts.get(start, ()) if end not in seen]
    return (start, *max(ways, key=len, default=()))


def _link_kinds(problem: Problem, cause: FactMatch, effect: FactMatch) -> tuple[str, str]:
    mine = {x.kind for x in problem.base.links if (x.source, x.target) == (cause.base.id, effect.base.id)}
    theirs = {x.kind for x in problem.target.links if (x.source, x.target) == (cause.target.id, effect.target.id)}
    same = sorted(mine & theirs)
    return (same[0], same[0]) if same else (min(mine), min(theirs))
