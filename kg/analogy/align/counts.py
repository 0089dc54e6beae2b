"""How often a case says what: the cheap first look of MAC/FAC, before structure is compared.

Counts of predicates say which cases could correspond, not how. (K. Forbus, D. Gentner, K. Law, "MAC/FAC: a model of
similarity-based retrieval", Cognitive Science 19, 1995.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import sqrt

from kg.analogy.align.hypotheses import Options, lineage, weigh
from kg.analogy.case import Case
from kg.model.ontology import Ontology, load_ontology


def predicate_counts(case: Case, ontology: Ontology | None = None, options: Options | None = None) -> dict[str, float]:
    """Weight of each term in a case, as `scheme:term`; broader terms count with `options.broader` each.

    The counts are those of facts, weighed as alignment weighs them, under a square root: the tenth proposal says
    less than the first.
    """
    ontology, options = ontology or load_ontology(), options or Options()
    counts: defaultdict[str, float] = defaultdict(float)
    for fact in case.facts:
        for term in lineage(fact.predicate, ontology):
            share = 1.0 if term == fact.predicate else options.broader
            counts[f"{fact.scheme}:{term}"] += share * weigh(fact, options)
    return {term: sqrt(count) for term, count in sorted(counts.items()) if count > 0}


def compare_counts(base: Mapping[str, float], target: Mapping[str, float]) -> float:
    """Cosine of two counts, from 0 to 1; 0 when either is empty."""
    lengths = sqrt(sum(n * n for n in base.values())) * sqrt(sum(n * n for n in target.values()))
    if not lengths:
        return 0.0
    return min(1.0, sum(count * target.get(term, 0.0) for term, count in base.items()) / lengths)
