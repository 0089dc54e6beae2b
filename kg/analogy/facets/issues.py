"""What is at stake, and what sort of thing is in dispute."""

from __future__ import annotations

from kg.analogy.case import Case
from kg.analogy.facets.reading import Reading, compare_readings
from kg.analogy.facets.score import FacetScore

_STAKES = {
    **dict.fromkeys(("territory", "ceasefire-line", "status-of-city", "navigation"), "territorial"),
    **dict.fromkeys(("unification", "self-determination", "regime-security"), "political"),
    **dict.fromkeys(("economic-aid", "sanctions-relief"), "economic"),
    **dict.fromkeys(("security-guarantees", "alliance-cohesion", "foreign-forces", "recognition"), "influence"),
    **dict.fromkeys(("nuclear-weapons", "missiles", "arms-limitation", "chemical-biological"), "grave-damage"),
}
_AREAS = {
    **dict.fromkeys(
        ("territory", "ceasefire-line", "navigation", "foreign-forces", "peace-treaty"), "military-security"
    ),
    **dict.fromkeys(("nuclear-weapons", "missiles", "arms-limitation", "chemical-biological"), "military-security"),
    **dict.fromkeys(("security-guarantees", "verification-issue", "supervision"), "military-security"),
    **dict.fromkeys(("recognition", "unification", "status-of-city", "alliance-cohesion"), "political-diplomatic"),
    **dict.fromkeys(("economic-aid", "sanctions-relief"), "economic-developmental"),
    **dict.fromkeys(("self-determination", "regime-security"), "cultural-status"),
}
# What ICB's count of issues says of the areas; of three or more it says nothing certain.
_CODED_AREAS = {
    "security-alone": frozenset({"military-security"}),
    "security-and-another": frozenset({"military-security", "other-than-security"}),
    "one-other-than-security": frozenset({"other-than-security"}),
    "two-other-than-security": frozenset({"other-than-security"}),
}


def stakes(base: Case, target: Case) -> FacetScore:
    """The values under threat, in ICB's terms (GRAVCR): territory, regime, influence, existence and the like."""
    return compare_readings("stakes", base, target, _read_stakes(base), _read_stakes(target), presence=0.0)


def issue_type(base: Case, target: Case) -> FacetScore:
    """What is in dispute: topics of the vocabulary, or ICB's issue areas where a case has only those."""
    one, other = _read_topics(base), _read_topics(target)
    if not (one.marks and other.marks):
        one, other = _read_areas(base), _read_areas(target)
    return compare_readings("issue_type", base, target, one, other, presence=0.0)


def _read_stakes(case: Case) -> Reading:
    gravity = case.coded.get("gravity")
    if isinstance(gravity, str):
        return Reading(frozenset({gravity}), complete=True)
    return _translate(_read_topics(case), _STAKES)


def _read_topics(case: Case) -> Reading:
    facts = [fact for fact in case.facts if fact.scheme == "issue-topics"]
    topics = {a for entity in case.entities if entity.kind == "issue" for a in entity.attributes}
    return Reading(frozenset(topics | {f.predicate for f in facts}), facts=tuple(f.id for f in facts))


def _read_areas(case: Case) -> Reading:
    issue, issues = case.coded.get("issue"), case.coded.get("issues")
    if isinstance(issue, str):
        return Reading(frozenset({issue}), complete=True)
    if isinstance(issues, str):
        return Reading(_CODED_AREAS.get(issues, frozenset()))
    return _translate(_read_topics(case), _AREAS)


def _translate(topics: Reading, terms: dict[str, str]) -> Reading:
    return Reading(frozenset(terms[mark] for mark in topics.marks if mark in terms), facts=topics.facts)
