"""Episodes that name a militarized dispute or a war between states against its coding.

An episode that is a dispute, or contains it, begins no later and ends no earlier: first and last day of the dispute must
lie within it. States that took part while the episode lasted must be parties, adversaries must not be on one side, and
where the dispute ended within the episode, its form of settlement is compared with the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.crosscheck.comparison import DAY, Comparison, Corpus, as_day, counterparts
from ingest.crosscheck.conflicts import (
    Bounds,
    Conflict,
    Fighter,
    read_codes,
    read_cow_disputes,
    read_gml_disputes,
    read_wars,
)
from kg.model.dates import parse_date
from kg.model.ontology import load_ontology
from kg.model.records import Record

COW, GML, WARS = "cow-disputes", "gml-disputes", "cow-wars"
AGREED = frozenset({"full-agreement", "partial-agreement", "framework-agreement"})
IMPOSED = frozenset({"imposed-settlement"})


@dataclass(frozen=True)
class Suggestion:
    """A conflict that overlaps an episode in days and adversaries and that the record does not name."""

    dataset: str
    key: str
    record: str
    place: str  # file:line
    theirs: str

    def to_dict(self) -> dict[str, Any]:
        return {**vars(self), "verdict": "suggested"}


def compare_cow_disputes(corpus: Corpus, folder: Path) -> Iterator[Comparison]:
    """Days and settlement of every linked dispute of Correlates of War."""
    yield from _compare(corpus, COW, read_cow_disputes(folder), {})


def compare_gml_disputes(corpus: Corpus, folder: Path) -> Iterator[Comparison]:
    """Days, states, sides and settlement of every linked dispute of Gibler, Miller and Little."""
    yield from _compare(corpus, GML, read_gml_disputes(folder), read_codes(folder))


def compare_wars(corpus: Corpus, folder: Path) -> Iterator[Comparison]:
    """Years, states and sides of every linked war between states."""
    yield from _compare(corpus, WARS, read_wars(folder), read_codes(folder))


def suggest_conflicts(corpus: Corpus, folder: Path) -> Iterator[Suggestion]:
    """Disputes and wars that an episode may be or contain: they overlap it, adversaries are on two of its sides, and the
    states that began a dispute are all parties. Not all are the same matter: a reader decides."""
    codes = read_codes(folder)
    for dataset, conflicts in ((GML, read_gml_disputes(folder)), (WARS, read_wars(folder))):
        for episode in corpus.of_type("Episode"):
            sides, linked = _sides(corpus, episode), {link.get("key") for link in counterparts(episode.data, dataset)}
            place = f"{episode.file}:{episode.line(())}"
            for number, conflict in conflicts.items():
                if number in linked or not _overlaps(episode, conflict.first, conflict.last):
                    continue
                if _is_between(conflict, sides):
                    yield Suggestion(dataset, number, episode.id, place, _tell(conflict, codes))


def _compare(
    corpus: Corpus, dataset: str, conflicts: Mapping[str, Conflict], codes: Mapping[int, str]
) -> Iterator[Comparison]:
    for episode in corpus.of_type("Episode"):
        for link in counterparts(episode.data, dataset):
            key = link.get("key", "")
            if key in conflicts:
                yield from _compare_days(corpus, dataset, episode, conflicts[key])
                yield from _compare_states(corpus, dataset, episode, conflicts[key], codes)
                yield from _compare_settlement(corpus, dataset, episode, conflicts[key])
            else:
                said = (key or "no number", "no such conflict")
                yield corpus.compare(dataset, key, episode, episode.data, "number", said, False)


def _compare_days(corpus: Corpus, dataset: str, episode: Record, conflict: Conflict) -> Iterator[Comparison]:
    for aspect, theirs in (("start", conflict.first), ("end", conflict.last)):
        said = (episode.data["date"], _tell_day(theirs))
        agrees = _overlaps(episode, theirs, theirs)
        yield corpus.compare(dataset, conflict.number, episode, episode.data, aspect, said, agrees)


def _compare_states(
    corpus: Corpus, dataset: str, episode: Record, conflict: Conflict, codes: Mapping[int, str]
) -> Iterator[Comparison]:
    sides = _sides(corpus, episode)
    there = [f for f in conflict.fighters if _overlaps(episode, f.first, f.last)]
    for state in sorted({fighter.state for fighter in there}):
        said = ("a party" if state in sides else "no party", "took part")
        aspect = f"state {codes.get(state, state)}"
        yield corpus.compare(dataset, conflict.number, episode, episode.data, aspect, said, state in sides)
    if pairs := _adversaries(there, sides):
        allied = sorted({codes.get(state, str(state)) for pair in pairs if _are_allied(pair, sides) for state in pair})
        said = (f"{', '.join(allied)} on one side" if allied else "on different sides", _tell_sides(there, codes))
        yield corpus.compare(dataset, conflict.number, episode, episode.data, "sides", said, not allied)


def _compare_settlement(corpus: Corpus, dataset: str, episode: Record, conflict: Conflict) -> Iterator[Comparison]:
    """How it was settled, where that is coded and was so within the episode."""
    if conflict.settlement is None or not _overlaps(episode, conflict.last, conflict.last):
        return
    outcomes = {str(code) for code in episode.data["outcome"]["codes"]}
    agrees = {
        "negotiated": bool(outcomes & AGREED),
        "imposed": bool(outcomes & IMPOSED),
        "none": not outcomes & (AGREED | IMPOSED),
    }[conflict.settlement]
    said = (", ".join(sorted(outcomes)), conflict.settlement)
    yield corpus.compare(dataset, conflict.number, episode, episode.data, "settlement", said, agrees)


def _sides(corpus: Corpus, episode: Record) -> dict[int, set[str]]:
    """Sides of the states that are parties, by number. A life of a state that Correlates of War gives no number of its
    own has that of Gleditsch and Ward."""
    ontology = load_ontology()
    sides: dict[int, set[str]] = {}
    for party in episode.data["parties"]:
        for actor in (corpus.records[id] for id in party["actor"]):
            number = actor.data.get("cow", actor.data.get("gw")) if ontology.is_a(actor.type, "State") else None
            if number is not None:
                sides.setdefault(int(number), set()).update({party["side"]} if "side" in party else ())
    return sides


def _adversaries(fighters: Iterable[Fighter], sides: Mapping[int, set[str]]) -> list[tuple[int, int]]:
    """Pairs of opponents that are both on a side of ours."""
    ours = [fighter for fighter in fighters if sides.get(fighter.state)]
    return [(a.state, b.state) for a in ours if a.side == "A" for b in ours if b.side == "B"]


def _are_allied(pair: tuple[int, int], sides: Mapping[int, set[str]]) -> bool:
    return bool(sides[pair[0]] & sides[pair[1]])


def _is_between(conflict: Conflict, sides: Mapping[int, set[str]]) -> bool:
    began = {fighter.state for fighter in conflict.fighters if fighter.original}
    pairs = _adversaries(conflict.fighters, sides)
    return began <= set(sides) and not all(_are_allied(pair, sides) for pair in pairs)


def _overlaps(episode: Record, first: Bounds, last: Bounds) -> bool:
    """Whether the days from the earliest first to the latest last touch the episode, a day more or less."""
    span = parse_date(episode.data["date"])
    low, high = as_day(span.low), as_day(span.high)
    return (high is None or first[0] - DAY <= high) and (low is None or low <= last[1] + DAY)


def _tell(conflict: Conflict, codes: Mapping[int, str]) -> str:
    return f"{_tell_sides(conflict.fighters, codes)}, {conflict.first[0]} to {conflict.last[1]}"


def _tell_sides(fighters: Iterable[Fighter], codes: Mapping[int, str]) -> str:
    by_side: dict[str, list[str]] = {"A": [], "B": []}
    for fighter in fighters:
        by_side[fighter.side].append(codes.get(fighter.state, str(fighter.state)))
    return " against ".join(", ".join(sorted(set(names))) for names in by_side.values())


def _tell_day(bounds: Bounds) -> str:
    return bounds[0].isoformat() if bounds[0] == bounds[1] else f"{bounds[0]} to {bounds[1]}"
