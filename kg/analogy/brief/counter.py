"""Counter-cases: near episodes that ended otherwise than the leading analogue, and the least that sets them apart.

An episode ended otherwise when its outcome answers one of the questions of `kg.analogy.outcomes` (was there an
agreement, did it last, did violence stay away) in the opposite way. What sets it apart is said in kinds of coded facts
known before the ending: conditions, moves, and subjects of dispute. How well a kind separates the two endings is
counted over all episodes compared; with few episodes such counts are a hint where to look, and no cause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.analogy.brief.facts import cell_of
from kg.analogy.brief.model import CounterCase, Feature, Tripwire
from kg.analogy.case import TEXT, Case, Fact
from kg.analogy.episodes import EpisodeRecord
from kg.analogy.outcomes import QUESTIONS, answer, compare_endings
from kg.model.dates import parse_date

SHOWN, FEATURES = 3, 4
SCHEMES = ("circumstances", "move-kinds", "issue-topics")
Kind = tuple[str, str]


@dataclass(frozen=True)
class Candidate:
    """An episode compared, with its record, its case before the ending, and its rank."""

    record: EpisodeRecord
    case: Case
    rank: int

    @property
    def kinds(self) -> set[Kind]:
        """Kinds of coded facts that it has."""
        return {(fact.scheme, fact.predicate) for fact in self.case.facts if fact.scheme in SCHEMES}


def find_counter_cases(pool: Sequence[Candidate], here: Case | None) -> tuple[CounterCase, ...]:
    """Up to three episodes that ended otherwise than the first of the pool whose ending answers a question.

    The two nearest, and of the rest the one with the fewest differences in kinds of coded facts. Empty when the pool
    holds none.
    """
    lead = find_lead(pool)
    if lead is None:
        return ()
    others = [c for c in pool if c is not lead and compare_endings(lead.record.codes, c.record.codes)]
    chosen = others[:2]
    if len(others) > 2:
        chosen.append(min(others[2:], key=lambda c: (len(c.kinds ^ lead.kinds), c.rank)))
    return tuple(_contrast(lead, other, pool, here) for other in chosen[:SHOWN])


def find_lead(pool: Sequence[Candidate]) -> Candidate | None:
    """The nearest episode whose ending answers a question, so that others can have ended otherwise."""
    return next((c for c in pool if any(answer(c.record.codes, q) is not None for q in QUESTIONS)), None)


def set_tripwires(counter_cases: Sequence[CounterCase]) -> list[Tripwire]:
    """What set each counter-case apart, as checks: first what was there and not in the leading analogue, then the reverse."""
    wires: dict[Kind, Tripwire] = {}
    for case in counter_cases:
        for present in (True, False):
            for feature in case.present if present else case.absent:
                ends = (case.id, case.title), (case.lead, case.lead_title)
                (speaks, says), (against, anti) = ends if present else ends[::-1]
                wires.setdefault(
                    (feature.scheme, feature.term),
                    Tripwire("counter-case", feature.statements[0], feature.term, speaks, says, against, anti,
                             feature.months, feature.here),
                )  # fmt: skip
    return list(wires.values())


def months_between(start: str, day: str | None) -> int | None:
    """Whole months from the beginning of a span of dates to an ISO day, 0 for what was so before; None if not dated."""
    low = parse_date(start).low if start else None
    if low is None or not day:
        return None
    high = parse_date(day).high
    return max(0, (high[0] - low[0]) * 12 + high[1] - low[1]) if high else None


def _contrast(lead: Candidate, other: Candidate, pool: Sequence[Candidate], here: Case | None) -> CounterCase:
    differences = compare_endings(lead.record.codes, other.record.codes)
    question = differences[0]
    same = [c for c in pool if answer(c.record.codes, question.question) == question.here]
    opposed = [c for c in pool if answer(c.record.codes, question.question) == question.there]
    outcome = other.record.outcome
    assert outcome is not None  # it has codes
    return CounterCase(
        other.record.id, other.record.name, other.record.period, other.rank, lead.record.id, lead.record.name,
        differences, other.record.cell(outcome), other.record.codes,
        _list_features(other.kinds - lead.kinds, other, opposed, same, here, with_other=True),
        _list_features(lead.kinds - other.kinds, lead, opposed, same, here, with_other=False),
        len(lead.kinds & other.kinds), len(lead.kinds ^ other.kinds),
    )  # fmt: skip


def _list_features(
    kinds: set[Kind], owner: Candidate, opposed: Sequence[Candidate], same: Sequence[Candidate], here: Case | None,
    *, with_other: bool,
) -> tuple[Feature, ...]:  # fmt: skip
    """The kinds that separate the two endings best, each with the owner's statements; no kind is left without one.

    `with_other` asks for those recorded more often where the ending was that of the counter-case, else for the reverse: a kind
    that goes as often, or more often, with the opposite ending sets nothing apart.
    """
    features = []
    for scheme, term in kinds:
        facts = [f for f in owner.case.facts if (f.scheme, f.predicate) == (scheme, term)]
        features.append(
            Feature(
                scheme, term, tuple(cell_of(fact, owner.record) for fact in facts[:2]),
                sum((scheme, term) in c.kinds for c in opposed), len(opposed),
                sum((scheme, term) in c.kinds for c in same), len(same),
                _holds((scheme, term), here), _months(facts, owner.record),
            )
        )  # fmt: skip
    kept = [feature for feature in features if (_gap(feature) if with_other else -_gap(feature)) > 0]
    return tuple(sorted(kept, key=_by_separation)[:FEATURES])


def _holds(kind: Kind, here: Case | None) -> bool | None:
    """Whether the situation has a kind of fact; None where it has no case, or a text that does not mention it."""
    if here is None:
        return None
    return any((fact.scheme, fact.predicate) == kind for fact in here.facts) or (None if here.origin == TEXT else False)


def _by_separation(feature: Feature) -> tuple[float, int, str]:
    return -abs(_gap(feature)), SCHEMES.index(feature.scheme), feature.term


def _gap(feature: Feature) -> float:
    """By how much the share is greater among those that ended as the counter-case did."""
    return feature.with_other / max(feature.of_other, 1) - feature.with_same / max(feature.of_same, 1)


def _months(facts: Sequence[Fact], record: EpisodeRecord) -> int | None:
    days = [months_between(record.period, fact.known) for fact in facts]
    return min((m for m in days if m is not None), default=None)


def pool_of(records: Mapping[str, EpisodeRecord], cases: Mapping[str, Case], order: Sequence[str]) -> list[Candidate]:
    """Candidates in order of nearness."""
    return [Candidate(records[id], cases[id], rank) for rank, id in enumerate(order, 1)]
