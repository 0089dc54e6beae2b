"""The looks at an episode kept apart, the order they give together, and the badges where they disagree.

Structure is compared for the episodes that are nearest by text and for those that say the most alike in counts of coded facts
(the two stages of MAC/FAC: K. Forbus, D. Gentner and K. Law, Cognitive Science 19, 1995).

Badges go by rank among the episodes compared by structure. A *surface trap* is in the first third by text and in the lower
half by structure, and by facets too where any are known; a *distant analogue* is in the first third by structure and in the
lower half by text. Fewer than six compared episodes get none, and so do situations of which fewer than fifteen facts are known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.analogy.align import Alignment, align, compare_counts, predicate_counts
from kg.analogy.brief.model import DISTANT, SURFACE_TRAP
from kg.analogy.candidates import RANK_CONSTANT
from kg.analogy.case import Case

NEAREST, ALIKE = 10, 5  # how many are aligned: nearest by text, and further ones by counts of facts
FEWEST, FEWEST_FACTS = 6, 15
# How much each look counts in the order. Structure and facets stand beside it until a measurement gives them weight.
WEIGHTS: Mapping[str, float] = {"topical": 1.0, "structural": 0.0, "facet": 0.0}


@lru_cache(maxsize=2048)
def align_once(base: Case, target: Case) -> Alignment:
    """The alignment of two cases, kept: the same cases always give the same one, and a reader asks again and again."""
    return align(base, target)


@lru_cache(maxsize=2048)
def count_once(case: Case) -> Mapping[str, float]:
    """Counts of the predicates of a case, kept."""
    return predicate_counts(case)


def compare_structures(here: Case, cases: Mapping[str, Case], order: Sequence[str]) -> dict[str, Alignment]:
    """Alignments by episode, each a base mapped on the situation; `order` is that by text."""
    counts = count_once(here)
    rest = sorted(order[NEAREST:], key=lambda id: (-compare_counts(count_once(cases[id]), counts), id))
    return {id: align_once(cases[id], here) for id in (*order[:NEAREST], *rest[:ALIKE])}


def rank_by(scores: Mapping[str, float], order: Sequence[str]) -> dict[str, int]:
    """Ranks from 1, best first; equals stand in the order given."""
    ranked = sorted((id for id in order if id in scores), key=lambda id: -scores[id])
    return {id: place for place, id in enumerate(ranked, 1)}


def join_orders(
    ranks: Mapping[str, Mapping[str, int]], order: Sequence[str], weights: Mapping[str, float]
) -> list[str]:
    """Episodes by weighted reciprocal rank over the looks; an episode that a look did not see gets nothing from it."""
    total = {
        id: sum(weights[look] / (RANK_CONSTANT + of[id]) for look, of in ranks.items() if id in of) for id in order
    }
    return sorted(order, key=lambda id: -total[id])


def find_badge(id: str, order: Sequence[str], structural: Mapping[str, int], faceted: Mapping[str, int]) -> str:
    """The badge of an episode, or "". `order` is that by text."""
    if id not in structural or len(structural) < FEWEST:
        return ""
    n = len(structural)
    by_text = [other for other in order if other in structural].index(id) + 1
    by_structure = structural[id]
    facets_agree = id in faceted and faceted[id] * 2 <= len(faceted)
    if by_text * 3 <= n and by_structure * 2 > n and not facets_agree:
        return SURFACE_TRAP
    return DISTANT if by_structure * 3 <= n and by_text * 2 > n else ""
