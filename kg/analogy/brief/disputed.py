"""What follows if a contested statement is read the other way.

A statement is in play when the comparison uses it as a fact and it is contested: marked so in the record, or the object of
a claim that is. The other reading is that it is not so: the fact is left out, and the ranks are taken again. No vocabulary
of ours has opposites, so that nothing is put in its place. Claims about endings and motives on which no such fact rests
cannot move a rank; they are counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from kg.analogy.align import Alignment
from kg.analogy.brief.aligned import without
from kg.analogy.brief.facts import cell_of
from kg.analogy.brief.looks import align_once, rank_by
from kg.analogy.brief.model import Disputes, Flip
from kg.analogy.case import TEXT, Case, Fact
from kg.analogy.episodes import EpisodeRecord
from kg.analogy.evidence import Props
from kg.analogy.facets import FacetComparison, compare
from kg.analogy.pathways import ReadingOf

CONTESTED = "contested"
FLIPS = 8  # read the other way in a brief; those that move most come first

# Orders the episodes by all looks, given the ranks by structure and by facets.
Join = Callable[[Mapping[str, int], Mapping[str, int]], list[str]]


class Flipping:
    """The comparison of one brief, to be taken again with a fact less. `order` is that by text."""

    def __init__(
        self, here: Case, cases: Mapping[str, Case], alignments: Mapping[str, Alignment],
        facets: Mapping[str, FacetComparison], weights: Mapping[str, float], order: Sequence[str], join: Join,
    ) -> None:  # fmt: skip
        self.here, self.cases, self.weights, self.order, self.join = here, cases, weights, order, join
        self.scores = {id: alignment.score for id, alignment in alignments.items()}
        self.overall = {id: f.overall for id, f in facets.items() if f.overall is not None}

    def flip(self, fact: Fact, owner: str) -> tuple[dict[str, int], dict[str, int], list[str]]:
        """Ranks by structure and by facets, and the order of all looks, without a fact of the case `owner`."""
        here = without(self.here, [fact.id]) if owner == self.here.id else self.here
        touched = self.scores if owner == self.here.id else [owner]
        scores, overall = dict(self.scores), dict(self.overall)
        for id in touched:
            base = without(self.cases[id], [fact.id]) if owner == id else self.cases[id]
            scores[id] = align_once(base, here).score
            found = compare(base, here, self.weights).overall
            overall = {**{k: v for k, v in overall.items() if k != id}, **({} if found is None else {id: found})}
        structural, faceted = rank_by(scores, self.order), rank_by(overall, self.order)
        return structural, faceted, self.join(structural, faceted)


def find_disputes(
    flipping: Flipping, records: Mapping[str, EpisodeRecord], here: EpisodeRecord | None, shown: Sequence[str]
) -> Disputes:
    """Every contested statement in play in the analogues shown and in an episode that stands as the situation."""
    structural, faceted = rank_by(flipping.scores, flipping.order), rank_by(flipping.overall, flipping.order)
    ranks = _rank(shown, structural, faceted, flipping.join(structural, faceted))
    sides = [(records[id], flipping.cases[id]) for id in shown if id in flipping.scores]
    if here is not None and flipping.here.origin != TEXT:
        sides.append((here, flipping.here))
    flips: list[Flip] = []
    beside = 0
    for record, case in sides:
        claims = _find_claims(record)
        told = {fact.id: fact for fact in case.facts}
        used = {claim["id"] for id, about in claims.items() if id in told for claim in about}
        beside += sum(c.get("status") == CONTESTED and c["id"] not in used for c in record.of("Claim"))
        for fact in case.facts:
            if fact.status == CONTESTED or any(c.get("status") == CONTESTED for c in claims.get(fact.id, ())):
                after = _rank(shown, *flipping.flip(fact, case.id))
                readings = tuple(_read(record, claim) for claim in claims.get(fact.id, ()))
                flips.append(Flip(record.id, record.name, cell_of(fact, record), readings, after, _moved(ranks, after)))
    flips.sort(key=lambda flip: (-_distance(ranks, flip.ranks), flip.fact.id))
    return Disputes(tuple(flips[:FLIPS]), len(flips), beside, ranks)


def _find_claims(record: EpisodeRecord) -> dict[str, list[Props]]:
    """Claims by the node that they are about; a claim that disputes another one, or is disputed, is about the same."""
    claims = {props["id"]: props for props in record.of("Claim")}
    opposed: defaultdict[str, set[str]] = defaultdict(set)
    for id in claims:
        for link in record.far(id, "DISPUTES"):
            opposed[id].add(link.target)
            opposed[link.target].add(id)
    about: defaultdict[str, list[Props]] = defaultdict(list)
    for id, props in claims.items():
        for target in {link.target for claim in (id, *opposed[id]) for link in record.far(claim, "CONCERNS")}:
            about[target].append(props)
    return about


def _read(record: EpisodeRecord, claim: Props) -> ReadingOf:
    holders = ", ".join(link.name for link in record.far(claim["id"], "HELD_BY"))
    return ReadingOf(record.cell(claim), holders, str(claim.get("status") or ""))


Ranks = Mapping[str, Mapping[str, int]]


def _rank(shown: Sequence[str], structural: Mapping[str, int], faceted: Mapping[str, int], order: list[str]) -> Ranks:
    """The ranks of the analogues by look; 0 where a look was not taken."""
    places = {id: place for place, id in enumerate(order, 1)}
    looks = {"all": places, "structural": structural, "facet": faceted}
    return {look: {id: ranks.get(id, 0) for id in shown} for look, ranks in looks.items()}


def _moved(before: Ranks, after: Ranks) -> tuple[str, ...]:
    """The analogues of which any rank is another."""
    ids = before["all"]
    return tuple(id for id in ids if any(before[look][id] != after[look][id] for look in before))


def _distance(before: Ranks, after: Ranks) -> int:
    return sum(abs(rank - after[look][id]) for look, ranks in before.items() for id, rank in ranks.items())
