"""What could correspond to what: match hypotheses between the facts of two cases, before anything is decided.

Two facts may correspond when they are of one scheme and say the same thing (full credit), or things that share a
broader term (`broader`); positions on unrelated topics are still two actors wanting something (`related`). Facts about
one participant alone, which structure mapping would call attributes, and facts that hardly say what happened (an
incident, a meeting) weigh half.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.analogy.case import Case, Fact
from kg.model.ontology import Ontology

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]

GENERIC = {"incidents": 0.5, "meeting-levels": 0.5}
POSITIONS = "issue-topics"


@dataclass(frozen=True)
class Options:
    """Credits of a correspondence. A fact that says the same of several participants is worth 1; the rest is relative.

    `broader`: terms under one broader term; `related`: positions on unrelated topics; `single`: facts about one
    participant; `link`: a causal link between two matched facts, `depth` more for every link that leads to it, to
    three; `other_link`: share of that where the links differ in kind; `attribute`: two entities alike in all attributes.
    """

    broader: float = 0.5
    related: float = 0.25
    single: float = 0.5
    link: float = 0.5
    depth: float = 0.5
    other_link: float = 0.5
    attribute: float = 0.2


@dataclass(frozen=True)
class Hypothesis:
    """Fact `base` may correspond to fact `target` (positions in their cases), with `weight` when all roles map.

    `slots` are the roles that both have, each with the positions of entities that it would map and the greater number
    of fillers; `roles` is the number of roles that either has. `term` is the broader term that they share, if that is
    all.
    """

    base: int
    target: int
    weight: float
    term: str | None
    slots: tuple[tuple[tuple[tuple[int, int], ...], int], ...]
    roles: int


def weigh(fact: Fact, options: Options) -> float:
    """What a fact is worth when it is matched in full; 0 for one without participants."""
    roles = {role for role, _ in fact.roles}
    if not roles:
        return 0.0
    return GENERIC.get(fact.scheme, 1.0) * (options.single if len(fact.roles) == 1 else 1.0)


def compare_terms(base: Fact, target: Fact, ontology: Ontology, options: Options) -> tuple[float, str | None]:
    """Credit for what two facts say, from 0 to 1, and the broader term that they share when they differ."""
    if base.scheme != target.scheme:
        return 0.0, None
    if base.predicate == target.predicate:
        return 1.0, None
    theirs = lineage(target.predicate, ontology)
    for term in lineage(base.predicate, ontology):
        if term in theirs:
            return options.broader, term
    return (options.related if base.scheme == POSITIONS else 0.0), None


def lineage(term: str, ontology: Ontology) -> tuple[str, ...]:
    """The term and its broader ones; a term of no vocabulary stands alone."""
    return ontology.concept_lineage(term) if term in ontology.concepts else (term,)


def compare_attributes(base: Sequence[str], target: Sequence[str], ontology: Ontology) -> float:
    """Shared attributes over all attributes, from 0 to 1; terms under one broader term count half."""
    mine, theirs = set(base), set(target)
    shared = float(len(mine & theirs))
    rest = theirs - mine
    for term in sorted(mine - theirs):
        near = next((other for other in sorted(rest) if _are_related(term, other, ontology)), None)
        if near is not None:
            rest.discard(near)
            shared += 0.5
    return shared / len(mine | theirs) if mine | theirs else 0.0


def _are_related(one: str, other: str, ontology: Ontology) -> bool:
    return bool(set(lineage(one, ontology)) & set(lineage(other, ontology)))


class Problem:
    """Two cases with all their hypotheses, also as arrays: one row for each slot and for each pair in a slot."""

    def __init__(self, base: Case, target: Case, ontology: Ontology, options: Options) -> None:
        self.base, self.target, self.options = base, target, options
        self.hypotheses = _find_hypotheses(base, target, ontology, options)
        self.index = {(h.base, h.target): number for number, h in enumerate(self.hypotheses)}
        self.links = _match_links(base, target, self.index, options)
        self.attributes = np.zeros((len(base.entities), len(target.entities)))
        for x, one in enumerate(base.entities):
            for y, other in enumerate(target.entities):
                if one.kind == other.kind:
                    alike = compare_attributes(one.attributes, other.attributes, ontology)
                    self.attributes[x, y] = options.attribute * alike
        self._lay_out()

    def _lay_out(self) -> None:
        slots = [(n, pairs, size) for n, h in enumerate(self.hypotheses) for pairs, size in h.slots]
        self.slot_owner: Ints = np.array([n for n, _, _ in slots], dtype=np.intp)
        share = [1.0 / (size * self.hypotheses[n].roles) for n, _, size in slots]
        entries = [(s, x, y) for s, (_, pairs, _) in enumerate(slots) for x, y in pairs]
        table = np.array(entries, dtype=np.intp).reshape(-1, 3)
        self.entry_slot: Ints = table[:, 0]
        self.entry_x: Ints = table[:, 1]
        self.entry_y: Ints = table[:, 2]
        self.entry_share: Floats = np.array(share)[self.entry_slot] if slots else np.zeros(0)
        self.weights: Floats = np.array([h.weight for h in self.hypotheses])
        self.fact_b: Ints = np.array([h.base for h in self.hypotheses], dtype=np.intp)
        self.fact_t: Ints = np.array([h.target for h in self.hypotheses], dtype=np.intp)
        self.pairs = [tuple(pair for pairs, _ in h.slots for pair in pairs) for h in self.hypotheses]
        self.ends_b: list[int] = self.fact_b.tolist()
        self.ends_t: list[int] = self.fact_t.tolist()
        self.likeness: list[list[float]] = self.attributes.tolist()
        # Among equals those come first that lie alike in the course of their cases.
        nb, nt = max(len(self.base.facts), 1), max(len(self.target.facts), 1)
        order = sorted(self.hypotheses, key=lambda h: (abs(h.base / nb - h.target / nt), h.base, h.target))
        self.ranks = [0] * len(order)
        for rank, h in enumerate(order):
            self.ranks[self.index[h.base, h.target]] = rank
        self.entry_owner: Ints = self.slot_owner[self.entry_slot]
        self.slot_count: Ints = np.bincount(self.slot_owner, minlength=len(self.hypotheses))

    def as_mapping(self, mapping: Sequence[int]) -> Ints:
        """A mapping as an array."""
        return np.array(mapping, dtype=np.intp)

    def values(self, mapping: Ints) -> Floats:
        """What each hypothesis is worth under a mapping of entities; 0 where a shared role does not map.

        `mapping` has, for each entity of the base, the position of its counterpart or -1. A role with several fillers
        counts by the share of them that map: parallel connectivity, asked of at least one filler in every role.
        """
        mapped = mapping[self.entry_x] == self.entry_y
        covered = np.bincount(self.entry_slot, mapped, len(self.slot_owner)) > 0
        whole = np.bincount(self.slot_owner, covered, len(self.weights)) == self.slot_count
        share = np.bincount(self.entry_owner, mapped * self.entry_share, len(self.weights))
        return self.weights * whole * share


def _find_hypotheses(base: Case, target: Case, ontology: Ontology, options: Options) -> list[Hypothesis]:
    places_b = {entity.id: (place, entity.kind) for place, entity in enumerate(base.entities)}
    places_t = {entity.id: (place, entity.kind) for place, entity in enumerate(target.entities)}
    theirs: defaultdict[str, list[tuple[int, Fact, float]]] = defaultdict(list)
    for number, fact in enumerate(target.facts):
        theirs[fact.scheme].append((number, fact, weigh(fact, options)))
    found = []
    for b, fact in enumerate(base.facts):
        worth = weigh(fact, options)
        for t, other, other_worth in theirs[fact.scheme]:
            credit, term = compare_terms(fact, other, ontology, options)
            weight = credit * min(worth, other_worth)
            slots = _find_slots(fact, other, places_b, places_t) if weight else None
            if slots:
                roles = {role for role, _ in (*fact.roles, *other.roles)}
                found.append(Hypothesis(b, t, weight, term, slots, len(roles)))
    return found


def _find_slots(
    base: Fact, target: Fact, places_b: dict[str, tuple[int, str]], places_t: dict[str, tuple[int, str]]
) -> tuple[tuple[tuple[tuple[int, int], ...], int], ...] | None:
    """The roles that both facts have; None if there is none, or one whose fillers are of different kinds."""
    mine, theirs = _group(base, places_b), _group(target, places_t)
    slots = []
    for role, fillers in mine.items():
        if role in theirs:
            others = theirs[role]
            pairs = tuple((x, y) for x, kind in fillers for y, other in others if kind == other)
            if not pairs:
                return None
            slots.append((pairs, max(len(fillers), len(others))))
    return tuple(slots) or None


def _group(fact: Fact, places: dict[str, tuple[int, str]]) -> dict[str, list[tuple[int, str]]]:
    grouped: dict[str, list[tuple[int, str]]] = {}
    for role, id in fact.roles:
        grouped.setdefault(role, []).append(places[id])
    return grouped


def _match_links(
    base: Case, target: Case, index: dict[tuple[int, int], int], options: Options
) -> list[tuple[int, int, float]]:
    """Pairs of hypotheses that a link joins on both sides, with the share of credit that the kinds of link leave."""
    places_b = {fact.id: place for place, fact in enumerate(base.facts)}
    places_t = {fact.id: place for place, fact in enumerate(target.facts)}
    best: dict[tuple[int, int], float] = {}
    for one in base.links:
        for other in target.links:
            ends = (
                index.get((places_b[one.source], places_t[other.source])),
                index.get((places_b[one.target], places_t[other.target])),
            )
            share = compare_links(one.kind, other.kind, options)
            if ends[0] is not None and ends[1] is not None and share:
                pair = (ends[0], ends[1])
                best[pair] = max(share, best.get(pair, 0.0))
    return [(source, end, share) for (source, end), share in sorted(best.items())]


def compare_links(base: str, target: str, options: Options) -> float:
    """Credit for two kinds of link: full for the same, less for others, none between preventing and bringing about."""
    if base == target:
        return 1.0
    return 0.0 if "prevents" in (base, target) else options.other_link


def longest_depths(links: Sequence[tuple[int, int]]) -> dict[int, int]:
    """How many links lead one after another to each end, to three; links may run in circles."""
    depths: dict[int, int] = {}
    for _ in range(3):
        for source, end in links:
            depths[end] = max(depths.get(end, 0), min(depths.get(source, 0) + 1, 3))
    return depths
