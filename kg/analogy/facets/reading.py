"""What a facet reads in one case, and how two readings compare.

Silence is not absence. A curated episode that tells its moves and circumstances at length is taken to mention what is
conspicuous (fighting, a patron, a mediator, a spoiler); a coded case holds every value that its source codes. Anywhere else
what is not mentioned is unknown. Where neither case has a thing, that is no likeness (Gower's asymmetric binary values).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.analogy.case import CURATED, Case, Fact
from kg.analogy.facets.score import FacetScore

# From this many moves and circumstances on, a curated episode is taken to mention what is conspicuous.
TOLD_MOVES, TOLD_CIRCUMSTANCES = 5, 3


@dataclass(frozen=True)
class Reading:
    """What applies (`marks`), a place on a scale from 0 to 1, and the facts behind both.

    `complete` says that a mark which is not there does not apply; otherwise it is unknown.
    """

    marks: frozenset[str] = frozenset()
    level: float | None = None
    facts: tuple[str, ...] = ()
    complete: bool = False


def find_facts(case: Case, predicates: Iterable[str], scheme: str | None = None) -> tuple[Fact, ...]:
    """Facts with one of the predicates, of one scheme or of any."""
    wanted = frozenset(predicates)
    return tuple(f for f in case.facts if f.predicate in wanted and (scheme is None or f.scheme == scheme))


def find_roles(case: Case, roles: Iterable[str]) -> frozenset[str]:
    """Those of the roles that an actor of the case has."""
    return frozenset(roles) & {a for entity in case.entities if entity.kind == "actor" for a in entity.attributes}


def is_told(case: Case) -> bool:
    """Whether a curated case is told at such length that it would mention what is conspicuous."""
    schemes = [fact.scheme for fact in case.facts]
    enough = schemes.count("move-kinds") >= TOLD_MOVES and schemes.count("circumstances") >= TOLD_CIRCUMSTANCES
    return case.origin == CURATED and enough


def read_marks(
    case: Case,
    predicates: Mapping[str, str],
    roles: Mapping[str, str] | None = None,
    coded: Mapping[str, bool | None] | None = None,
    conspicuous: bool = True,
) -> Reading:
    """The usual reading: predicates and party roles that stand for a mark, and coded marks that hold or do not."""
    facts = find_facts(case, predicates)
    held = find_roles(case, roles or {})
    known = {mark: value for mark, value in (coded or {}).items() if value is not None}
    marks = {predicates[fact.predicate] for fact in facts} | {(roles or {})[role] for role in held}
    return Reading(
        frozenset(marks | {mark for mark, value in known.items() if value}),
        facts=tuple(fact.id for fact in facts),
        complete=bool(known) or (conspicuous and is_told(case)),
    )


def compare_readings(
    name: str, base: Case, target: Case, one: Reading, other: Reading, presence: float = 0.5
) -> FacetScore:
    """`presence` for having the thing at all, the rest by the share of marks in common; the mean of that and the scale.

    `presence` is 0 for what every case has in some form, as something is at stake in each.
    """
    parts, reasons = [], []
    marks, reason = _compare_marks(base, target, one, other, presence)
    if marks is not None:
        parts.append(marks)
    reasons.append(reason)
    if one.level is not None and other.level is not None:
        closeness = 1.0 - abs(one.level - other.level)
        parts.append(closeness)
        reasons.append(f"on the scale {one.level:.2f} and {other.level:.2f}")
    score = sum(parts) / len(parts) if parts else None
    return FacetScore(name, score, "; ".join(r for r in reasons if r), (one.facts, other.facts))


def _compare_marks(base: Case, target: Case, one: Reading, other: Reading, presence: float) -> tuple[float | None, str]:
    if one.marks and other.marks:
        common, either = one.marks & other.marks, one.marks | other.marks
        reason = _say_both(base, target, one, other) if common else f"{_say(one.marks)} as against {_say(other.marks)}"
        return presence + (1.0 - presence) * len(common) / len(either), reason
    if not one.marks and not other.marks:
        return None, "not recorded of either" if one.level is None or other.level is None else ""
    having, lacking, reading = (base, target, other) if one.marks else (target, base, one)
    thing = _say(one.marks or other.marks)
    if reading.complete:
        lack = f"none recorded in {lacking.title}" if lacking.origin == CURATED else f"not in {lacking.title}"
        return 0.0, f"{thing} in {having.title}, {lack}"
    return None, f"{thing} in {having.title}; not known of {lacking.title}"


def _say_both(base: Case, target: Case, one: Reading, other: Reading) -> str:
    parts = [f"both: {_say(one.marks & other.marks)}"]
    for case, more in ((base, one.marks - other.marks), (target, other.marks - one.marks)):
        if more:
            parts.append(f"only in {case.title}: {_say(more)}")
    return "; ".join(parts)


def _say(marks: Iterable[str]) -> str:
    return ", ".join(sorted(mark.replace("-", " ") for mark in marks))
