"""How the sides deal: while fighting or not, at what level, against what clock, for how long already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import log1p

from kg.analogy.case import TEXT, Case
from kg.analogy.facets.reading import Reading, compare_readings, find_facts, find_roles, is_told, read_marks
from kg.analogy.facets.score import FacetScore
from kg.model.dates import parse_date

_FIGHTING = frozenset({"fights", "use-force"})
_TALKING = frozenset(
    {
        "propose-talks",
        "agree-to-talks",
        "convene",
        "suspend-talks",
        "resume-talks",
        "walk-out",
        "change-format",
        "stall",
    }
)
# Heads of government at one end, officials below the level that decides at the other.
_LEVELS = {"leaders": 1.0, "ministers": 0.75, "envoys": 0.5, "military-delegates": 0.25, "working-level": 0.0}
# Thirty years of dealing count as the whole scale.
_LONGEST = log1p(30 * 365)


def fighting_while_talking(base: Case, target: Case) -> FacetScore:
    """Whether force is used, and whether it is used while the sides are talking."""
    one, other = _read_fighting(base), _read_fighting(target)
    return compare_readings("fighting_while_talking", base, target, one, other)


def level(base: Case, target: Case) -> FacetScore:
    """At what level the sides meet: leaders, ministers, envoys, officers or officials; the scale is the highest one."""
    return compare_readings("level", base, target, _read_level(base), _read_level(target), presence=0.0)


def deadline(base: Case, target: Case) -> FacetScore:
    """Whether a clock presses a party, an ultimatum runs, or a party believes that time is on its side."""
    return compare_readings("deadline", base, target, _read_deadline(base), _read_deadline(target))


def duration(base: Case, target: Case) -> FacetScore:
    """How long the sides have dealt with the matter so far (log scale of days), and with what record behind them."""
    return compare_readings("duration", base, target, _read_duration(base), _read_duration(target))


def _read_fighting(case: Case) -> Reading:
    fights, talks = find_facts(case, _FIGHTING), find_facts(case, _TALKING)
    met = tuple(fact for fact in case.facts if fact.scheme == "meeting-levels")
    violence, war = case.coded.get("violence"), case.coded.get("war_under_way")
    coded = [value in ("before", "at-the-trigger", "yes") for value in (violence, war) if isinstance(value, str)]
    fighting = bool(fights or find_roles(case, ["belligerent"]) or any(coded))
    talking = bool(talks or met)
    marks = {"fighting"} if fighting else set()
    if fighting and talking:
        marks.add("fighting-while-talking")
    used = fights + talks + met if fighting else ()
    return Reading(frozenset(marks), facts=tuple(f.id for f in used), complete=bool(coded) or is_told(case))


def _read_level(case: Case) -> Reading:
    facts = [fact for fact in case.facts if fact.scheme == "meeting-levels" and fact.predicate in _LEVELS]
    marks = frozenset(fact.predicate for fact in facts)
    highest = max((_LEVELS[mark] for mark in marks), default=None)
    return Reading(marks, highest, tuple(fact.id for fact in facts))


def _read_deadline(case: Case) -> Reading:
    reading = read_marks(
        case,
        {"time-pressure": "time-presses", "issue-ultimatum": "ultimatum", "time-on-its-side": "time-on-its-side"},
        conspicuous=False,
    )
    dated = tuple(fact.id for fact in case.facts if any(key == "deadline" for key, _ in fact.details))
    marks = reading.marks | ({"promises-with-deadlines"} if dated else set())
    return replace(reading, marks=marks, facts=reading.facts + dated)


def _read_duration(case: Case) -> Reading:
    conflict = case.coded.get("conflict")
    reading = read_marks(
        case,
        {"rival-of": "lasting-rivalry", "has-record-with": "record-of-agreements"},
        coded={"lasting-rivalry": conflict != "not-protracted" if isinstance(conflict, str) else None},
        conspicuous=False,
    )
    return reading if case.origin == TEXT else replace(reading, level=_read_days(case))


def _read_days(case: Case) -> float | None:
    """From the first act to the last known or the cut-off, on a log scale; None with fewer than two dated acts."""
    acts = [f for f in case.facts if f.scheme in ("move-kinds", "meeting-levels", "incidents") and f.date]
    spans = [parse_date(fact.date or "") for fact in acts]
    first = min((span.low for span in spans if span.low is not None), default=None)
    last = max((span.high for span in spans if span.high is not None), default=None)
    if case.cutoff is not None:
        last = parse_date(case.cutoff).high
    if len(acts) < 2 or first is None or last is None or first[0] < 1 or last < first:
        return None
    return min(1.0, log1p((date(*last) - date(*first)).days) / _LONGEST)
