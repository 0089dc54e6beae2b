"""What is at stake, and what sort of thing is in dispute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.analogy.case import TEXT, Case
from kg.analogy.facets.reading import Reading, compare_readings
from kg.analogy.facets.score import FacetScore

FEW = 2  # subjects that a text must name before it is said what else it is not about

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
    return _compare("stakes", base, target, _read_stakes(base), _read_stakes(target), _STAKES)


def issue_type(base: Case, target: Case) -> FacetScore:
    """What is in dispute: topics of the vocabulary, or ICB's issue areas where a case has only those."""
    one, other = _read_topics(base), _read_topics(target)
    if one.marks and other.marks:
        return _compare("issue_type", base, target, one, other, {})
    return _compare("issue_type", base, target, _read_areas(base), _read_areas(target), _AREAS)


def _compare(name: str, base: Case, target: Case, one: Reading, other: Reading, terms: Mapping[str, str]) -> FacetScore:
    """The two readings compared, positions on what both have first in evidence.

    A text that names one subject, and not one of the other's, is not known to be about nothing else.
    """
    common = one.marks & other.marks
    for case in (base, target):
        named = _read_topics(case).marks
        if case.origin == TEXT and 0 < len(named) < FEW and not common:
            reason = f"{case.title} names one subject only: {', '.join(named).replace('-', ' ')}"
            return FacetScore(name, None, reason, ((), ()))
    both = [
        replace(reading, facts=_bring_forward(case, reading, common, terms))
        for case, reading in ((base, one), (target, other))
    ]
    return compare_readings(name, base, target, *both, presence=0.0)


def _bring_forward(case: Case, reading: Reading, marks: frozenset[str], terms: Mapping[str, str]) -> tuple[str, ...]:
    """Facts of a reading, those that tell of one of the marks first."""
    telling = {fact.id for fact in case.facts if terms.get(fact.predicate, fact.predicate) in marks}
    return tuple(sorted(reading.facts, key=lambda id: id not in telling))


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
