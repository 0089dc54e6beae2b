"""How promises are to be known as kept, and who goes first."""

from __future__ import annotations

from kg.analogy.case import Case
from kg.analogy.facets.reading import Reading, compare_readings, find_facts
from kg.analogy.facets.score import FacetScore

_VERIFYING = {
    "verify": "inspection",
    "inspected-by": "inspection",
    "permit-verification": "inspection",
    "refuse-inspection": "inspection-refused",
    "verification-issue": "verification-in-dispute",
    "supervision": "verification-in-dispute",
    "conceal": "concealment",
}
_SEQUENCING = {
    "set-precondition": "precondition",
    "link-issues": "issues-linked",
    "delink-issues": "issues-separated",
    "unilateral-restraint": "one-side-goes-first",
    "gesture": "one-side-goes-first",
}


def verification(base: Case, target: Case) -> FacetScore:
    """Whether and how it is to be known that promises are kept: inspection, its refusal, a dispute over it."""
    one, other = (_read(case, _VERIFYING, "verification") for case in (base, target))
    return compare_readings("verification", base, target, one, other)


def sequencing(base: Case, target: Case) -> FacetScore:
    """Who is to go first: preconditions, links between issues, steps at once, in turn or in advance."""
    one, other = (_read(case, _SEQUENCING, "sequence") for case in (base, target))
    return compare_readings("sequencing", base, target, one, other)


def _read(case: Case, predicates: dict[str, str], detail: str) -> Reading:
    """Predicates that stand for a mark, and what the commitments say."""
    facts = find_facts(case, predicates)
    said = [(fact, value) for fact in case.facts for key, value in fact.details if key == detail]
    marks = {predicates[fact.predicate] for fact in facts} | {value for _, value in said}
    ids = dict.fromkeys([fact.id for fact in facts] + [fact.id for fact, _ in said])
    return Reading(frozenset(marks), facts=tuple(ids))
