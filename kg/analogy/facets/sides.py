"""Within and between the sides: constraints at home, allies, what each believes of the other, mediators, spoilers."""

from __future__ import annotations

from kg.analogy.case import Case
from kg.analogy.facets.reading import Reading, compare_readings, read_marks
from kg.analogy.facets.score import FacetScore

_HOME = {
    "domestic-constraint": "constrained-at-home",
    "divided-government": "divided",
    "dissent": "opposition-at-home",
    "war-weary": "weary-of-war",
    "new-leader": "new-leader",
    "change-leadership": "new-leader",
    "economic-distress": "economic-distress",
}
_ALLIES = {
    "fears-abandonment": "fears-abandonment",
    "fears-entrapment": "fears-entrapment",
    "wants-more-than-ally": "aims-apart",
    "defy-ally": "ally-defies",
    "press-ally": "ally-pressed",
    "consult-allies": "allies-consulted",
}
_BELIEFS = {
    "perceives-weakness": "reads-weakness",
    "perceives-bad-faith": "reads-bad-faith",
    "perceives-threat": "reads-threat",
    "wants-settlement": "wants-settlement",
    "signal-willingness": "signals-willingness",
}


def domestic_constraint(base: Case, target: Case) -> FacetScore:
    """What narrows a party's choice at home: legislature, opposition, division, weariness, want, a new leader."""
    return compare_readings("domestic_constraint", base, target, _read_home(base), _read_home(target))


def alliance_cohesion(base: Case, target: Case) -> FacetScore:
    """How allies stand to one another: fears of abandonment or entrapment, aims apart, pressure and defiance."""
    one, other = (read_marks(case, _ALLIES, conspicuous=False) for case in (base, target))
    return compare_readings("alliance_cohesion", base, target, one, other)


def perceived_willingness(base: Case, target: Case) -> FacetScore:
    """What the sides believe of each other's will: weakness, bad faith, threat, a wish to settle."""
    one, other = (read_marks(case, _BELIEFS, conspicuous=False) for case in (base, target))
    return compare_readings("perceived_willingness", base, target, one, other)


def mediation(base: Case, target: Case) -> FacetScore:
    """Whether a third party mediates, facilitates or guarantees."""
    return compare_readings("mediation", base, target, _read_mediation(base), _read_mediation(target))


def spoilers(base: Case, target: Case) -> FacetScore:
    """Whether somebody stands to wreck a settlement: a spoiler, a party shut out, an actor that is no state."""
    return compare_readings("spoilers", base, target, _read_spoilers(base), _read_spoilers(target))


def _read_home(case: Case) -> Reading:
    flags = ("economic_trouble", "social_unrest", "mass_violence", "government_instability")
    values = {flag: case.coded.get(flag) for flag in flags}
    known = {flag: value in (True, "increase") for flag, value in values.items() if value is not None}
    coded = {
        "economic-distress": known.get("economic_trouble"),
        "unrest-at-home": any(known[f] for f in flags[1:] if f in known) if len(known) > 1 else None,
    }
    return read_marks(case, _HOME, {"domestic-opposition": "opposition-at-home"}, coded, conspicuous=False)


def _read_mediation(case: Case) -> Reading:
    before = case.coded.get("mediation_before")
    return read_marks(
        case,
        {"mediate": "mediator"},
        {"mediator": "mediator", "facilitator": "facilitator", "guarantor": "guarantor"},
        {"mediator": before == "yes" if isinstance(before, str) else None},
    )


def _read_spoilers(case: Case) -> Reading:
    entity = case.coded.get("triggered_by")
    return read_marks(
        case,
        {"exclude": "party-shut-out"},
        {"spoiler": "spoiler", "excluded-party": "party-shut-out"},
        {"actor-that-is-no-state": entity in ("non-state", "internal") if isinstance(entity, str) else None},
    )
