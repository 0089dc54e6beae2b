"""How the analogues ended, counted: shares of a named class of a curated corpus, and never a forecast.

Intervals are Jeffreys intervals: the 2.5 and 97.5 per cent points of Beta(x + ½, n − x + ½), with 0 as lower bound when
x = 0 and 1 as upper bound when x = n (L. D. Brown, T. T. Cai and A. DasGupta, "Interval Estimation for a Binomial
Proportion", Statistical Science 16, 2001). A class of fewer than five episodes gets counts only.

Episodes of one dyad are not independent of one another, so only the best-ranked of each dyad is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scipy.special import betaincinv

from kg.analogy.episodes import EpisodeRecord, Party
from kg.model.ontology import load_ontology

SMALLEST_CLASS = 5  # below it, counts only
LEVEL = 0.95

# What can be asked of an ending, and which codes of the vocabulary answer it. Codes that answer nothing (the process
# went on, one side changed its mind alone) are counted and take no side.
QUESTIONS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "agreed": (
        frozenset({"full-agreement", "partial-agreement", "framework-agreement"}),
        frozenset({"no-agreement", "imposed-settlement"}),
    ),
    "lasted": (frozenset({"implemented"}), frozenset({"collapsed"})),
    "without-violence": (frozenset({"violence-averted", "violence-ended"}), frozenset({"led-to-violence"})),
}
# Roles of those whose affair an episode is.
PRINCIPAL = frozenset(
    {"negotiating-party", "belligerent", "stronger-party", "weaker-party", "demandeur", "target-of-demand"}
)


@dataclass(frozen=True)
class Difference:
    """A question about the ending that two episodes answer in opposite ways."""

    question: str
    here: bool
    there: bool


@dataclass(frozen=True)
class Share:
    """How many of a class ended so. `low` and `high` bound the share at 95 per cent, None below five episodes.

    An episode counts for the broader terms of its codes, too. `open` episodes have no known outcome: the lower bound
    counts none of them, the upper bound all.
    """

    code: str
    count: int
    open: int
    n: int
    low: float | None
    high: float | None
    episodes: tuple[str, ...]


@dataclass(frozen=True)
class Member:
    """An episode of a class with its dyad; `counted` is False where a nearer episode of the dyad stands for it."""

    id: str
    name: str
    rank: int
    dyad: tuple[str, ...]
    dyad_names: tuple[str, ...]
    counted: bool
    resolved: bool


@dataclass(frozen=True)
class ReferenceClass:
    """The nearest episodes up to a rank, one for each dyad, and how they ended."""

    up_to_rank: int
    members: tuple[Member, ...]
    n: int
    shares: tuple[Share, ...]


def jeffreys(count: int, n: int, level: float = LEVEL) -> tuple[float, float]:
    """Bounds of the share count / n, between 0 and 1."""
    if not 0 <= count <= n or n < 1:
        raise ValueError(f"{count} of {n} is no share")
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(betaincinv(count + 0.5, n - count + 0.5, tail))
    high = 1.0 if count == n else float(betaincinv(count + 0.5, n - count + 0.5, 1 - tail))
    return low, high


def answer(codes: Iterable[str], question: str) -> bool | None:
    """What outcome codes say to a question: yes, no, or None where they say nothing."""
    yes, no = QUESTIONS[question]
    held = set(codes)
    if held & yes and not held & no:
        return True
    return False if held & no and not held & yes else None


def compare_endings(here: Iterable[str], there: Iterable[str]) -> tuple[Difference, ...]:
    """The questions that two endings answer in opposite ways."""
    first, second = tuple(here), tuple(there)
    found = [(q, answer(first, q), answer(second, q)) for q in QUESTIONS]
    return tuple(Difference(q, a, b) for q, a, b in found if a is not None and b is not None and a != b)


def find_dyad(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The principals of an episode's two weightiest sides, by id; none where more than two parties face one another.

    A party counts one for each role of a principal (negotiating, belligerent, stronger or weaker, asking or asked), less
    one for a client. Ties go to the stronger or weaker party, then to states, then by id. Parties of no side count only
    where there are no two sides.
    """
    sides: dict[str, Party] = {}
    alone: list[Party] = []
    for party in sorted(parties, key=_weight):
        if party.type == "Person" or not set(party.roles) & PRINCIPAL:
            continue
        if party.side:
            sides.setdefault(party.side, party)
        else:
            alone.append(party)
    heads = list(sides.values()) if len(sides) > 1 else [*sides.values(), *alone]
    if len(sides) < 2 and len(heads) != 2:
        return ()
    return tuple(sorted(sorted(heads, key=_weight)[:2], key=lambda p: p.id))


def _weight(party: Party) -> tuple[float, bool, bool, str]:
    """Sorts the weightiest party first."""
    roles = set(party.roles)
    count = len(roles & PRINCIPAL) - ("client" in roles)
    return -count, not roles & {"stronger-party", "weaker-party"}, party.type != "State", party.id


def count_outcomes(records: Sequence[EpisodeRecord], up_to_rank: int) -> ReferenceClass:
    """Outcomes of the first `up_to_rank` of the records, which stand in order of nearness, one for each dyad."""
    members: list[Member] = []
    seen: set[tuple[str, ...]] = set()
    for rank, record in enumerate(records[:up_to_rank], 1):
        pair = find_dyad(record.parties)
        dyad = tuple(party.id for party in pair)
        counted = len(dyad) < 2 or dyad not in seen
        seen.add(dyad)
        names = tuple(party.name for party in pair)
        members.append(Member(record.id, record.name, rank, dyad, names, counted, bool(record.codes)))
    counted_ids = {member.id for member in members if member.counted}
    return ReferenceClass(
        up_to_rank, tuple(members), len(counted_ids), _count_codes([r for r in records if r.id in counted_ids])
    )


def _count_codes(records: Sequence[EpisodeRecord]) -> tuple[Share, ...]:
    n = len(records)
    open_ones = sum(not record.codes for record in records)
    lineage = load_ontology().concept_lineage
    held = {record.id: {term for code in record.codes for term in lineage(code)} for record in records}
    shares = []
    for code in sorted(set().union(*held.values())):
        having = tuple(record.id for record in records if code in held[record.id])
        low = high = None
        if n >= SMALLEST_CLASS:
            low, high = jeffreys(len(having), n)[0], jeffreys(len(having) + open_ones, n)[1]
        shares.append(Share(code, len(having), open_ones, n, low, high, having))
    return tuple(sorted(shares, key=lambda share: (-share.count, share.code)))
