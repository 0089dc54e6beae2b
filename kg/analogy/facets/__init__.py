"""Facets: respects in which two cases are alike or not, each with a score, a reason and the facts it rests on.

A facet is a function of two cases, registered by one line of `FACETS`. Its weight stands in `weights.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.analogy.case import Case
from kg.analogy.facets.issues import issue_type, stakes
from kg.analogy.facets.power import nuclear_shadow, patronage, power_asymmetry
from kg.analogy.facets.score import FacetComparison, FacetScore
from kg.analogy.facets.sides import alliance_cohesion, domestic_constraint, mediation, perceived_willingness, spoilers
from kg.analogy.facets.talks import deadline, duration, fighting_while_talking, level
from kg.analogy.facets.terms import sequencing, verification
from kg.analogy.facets.weights import check_weights, read_weights

Facet = Callable[[Case, Case], FacetScore]

FACETS: Mapping[str, Facet] = {
    "stakes": stakes,
    "issue_type": issue_type,
    "power_asymmetry": power_asymmetry,
    "patronage": patronage,
    "fighting_while_talking": fighting_while_talking,
    "level": level,
    "deadline": deadline,
    "verification": verification,
    "sequencing": sequencing,
    "domestic_constraint": domestic_constraint,
    "alliance_cohesion": alliance_cohesion,
    "perceived_willingness": perceived_willingness,
    "nuclear_shadow": nuclear_shadow,
    "mediation": mediation,
    "spoilers": spoilers,
    "duration": duration,
}

__all__ = ["FACETS", "Facet", "FacetComparison", "FacetScore", "compare", "read_weights"]


def compare(base: Case, target: Case, weights: Mapping[str, float] | None = None) -> FacetComparison:
    """Compare two cases in every facet.

    `weights` moves some of the weights; the others stay as in `weights.toml`. A weight of 0 leaves a facet out of
    `overall` and `coverage`. Raises UsageError for a name that is no facet or a weight below 0.
    """
    chosen = {**read_weights(), **check_weights(weights or {}, FACETS)}
    scores = tuple(facet(base, target) for facet in FACETS.values())
    total = sum(chosen[score.name] for score in scores)
    known = [(chosen[score.name], score.score) for score in scores if score.score is not None]
    covered = sum(weight for weight, _ in known)
    overall = sum(weight * score for weight, score in known) / covered if covered else None
    return FacetComparison(scores, overall, covered / total if total else 0.0)
