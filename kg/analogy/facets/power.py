"""Who is stronger, who stands behind whom, and who has the bomb."""

from __future__ import annotations

from dataclasses import replace
from math import log1p

from kg.analogy.case import Case
from kg.analogy.facets.reading import Reading, compare_readings, read_marks
from kg.analogy.facets.score import FacetScore

# The largest gap that ICB codes is 179.
_WIDEST = log1p(179)
# Ranks of ICB's four (small, middle, great, superpower) that set unequal adversaries apart.
_RANKS_APART = 2


def power_asymmetry(base: Case, target: Case) -> FacetScore:
    """Whether one side is clearly stronger in the matter, and, where coded, how wide the gap is (log scale)."""
    return compare_readings("power_asymmetry", base, target, _read_power(base), _read_power(target))


def patronage(base: Case, target: Case) -> FacetScore:
    """Whether a patron stands behind a party, and whether the client resists it."""
    return compare_readings("patronage", base, target, _read_patronage(base), _read_patronage(target))


def nuclear_shadow(base: Case, target: Case) -> FacetScore:
    """Whether an actor has nuclear weapons or is seeking them."""
    return compare_readings("nuclear_shadow", base, target, _read_nuclear(base), _read_nuclear(target))


def _read_power(case: Case) -> Reading:
    ranks = [case.coded.get(key) for key in ("strongest_actor", "weakest_actor", "threat_power", "power")]
    numbers = [rank for rank in ranks if isinstance(rank, int)]
    apart = max(numbers) - min(numbers) >= _RANKS_APART if numbers else None
    reading = read_marks(
        case,
        {"stronger-than": "unequal"},
        {"stronger-party": "unequal", "weaker-party": "unequal"},
        {"unequal": apart},
        conspicuous=False,
    )
    gap = case.coded.get("power_gap")
    return replace(reading, level=min(1.0, log1p(gap) / _WIDEST)) if isinstance(gap, int) else reading


def _read_patronage(case: Case) -> Reading:
    allied = case.coded.get("great_power_ally")
    alliance = case.coded.get("alliance")
    if isinstance(alliance, str):
        allied = alliance.endswith("with-a-great-power")
    return read_marks(
        case,
        {
            "patron-of": "patron-and-client",
            "depends-on": "patron-and-client",
            "defy-ally": "client-resists",
            "wants-more-than-ally": "client-resists",
        },
        {"patron": "patron-and-client", "client": "patron-and-client"},
        {"patron-and-client": allied if isinstance(allied, bool) else None},
    )


def _read_nuclear(case: Case) -> Reading:
    rank = case.coded.get("nuclear")
    has = rank >= 2 if isinstance(rank, int) else None
    return read_marks(
        case,
        {
            "has-nuclear-weapons": "nuclear-power",
            "seeks-nuclear-weapons": "nuclear-programme",
            "nuclear-weapons": "nuclear-programme",
        },
        coded={"nuclear-power": has},
        conspicuous=False,  # records leave out that a superpower is one
    )
