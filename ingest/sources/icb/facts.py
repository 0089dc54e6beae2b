"""What ICB codes of its actors at the trigger, as facts in the words of the vocabularies, where a code says just that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ingest.sources.icb.history import FIRST_NON_STATE
from ingest.sources.icb.table import IcbRow
from ingest.sources.icb.timing import first_day
from ingest.sources.icb.variables import ACTOR_WAR_UNDER_WAY, CHANGE, CONFLICT, TRIGGER
from kg.analogy.case import CaseEntity, Fact

# The codebook, as a work that facts rest on.
SOURCE = "icb-codebook-v13"
MOVES = {"violent-act": "use-force", "non-violent-military-act": "show-of-force", "economic-act": "sanction"}
NUCLEAR = 3  # from this code on an actor has nuclear weapons


def read_entities(actors: Iterable[IcbRow], codes: Mapping[int, str]) -> tuple[CaseEntity, ...]:
    """The actors, and the states that they see as threat or trigger, by ICB's codes."""
    actors = list(actors)
    ids = {row.read_id("cracid") for row in actors} | {s for row in actors for s in _adversaries(row)}
    return tuple(CaseEntity(_name(id, codes), _name(id, codes), "actor", ("State",)) for id in sorted(ids))


def read_facts(case: str, actors: Iterable[IcbRow], codes: Mapping[int, str]) -> tuple[Fact, ...]:
    """Circumstances of the actors, and what triggered the crisis in their eyes."""
    facts = (fact for row in actors for fact in _read_actor_facts(case, row, codes))
    return tuple(sorted(facts, key=lambda fact: (fact.date or "", fact.id)))


def _read_actor_facts(case: str, row: IcbRow, codes: Mapping[int, str]) -> Iterable[Fact]:
    actor = _name(row.read_id("cracid"), codes)

    def make(
        scheme: str, predicate: str, roles: tuple[tuple[str, str], ...], text: str, date: str | None = None
    ) -> Fact:
        id = "-".join([case, predicate, *(name for _, name in roles)])
        return Fact(id, scheme, predicate, roles, text, date=date, known=date, sources=(SOURCE,))

    threat = row.read_number("southv")
    against = (("target", _name(threat, codes)),) if _is_state(threat, row) else ()
    holder = (("actor", actor),)
    if against:
        name = against[0][1]
        yield make(
            "circumstances", "perceives-threat", holder + against, f"{actor} sees {name} as the source of threat."
        )
        if row.read_code("pc", CONFLICT) in ("protracted", "long-war"):
            yield make("circumstances", "rival-of", holder + against, f"{actor} is in a protracted conflict.")
        if row.read_code("iwc", ACTOR_WAR_UNDER_WAY) == "yes":
            yield make("circumstances", "fights", holder + against, f"{actor} is at war when the crisis begins.")
    if (row.read_number("nuclear") or 0) >= NUCLEAR:
        yield make("circumstances", "has-nuclear-weapons", holder, f"{actor} has nuclear weapons.")
    if row.read_code("econdt", CHANGE) == "increase":
        yield make("circumstances", "economic-distress", holder, f"Economic problems of {actor} had grown.")
    move, by = MOVES.get(row.read_code("triggr", TRIGGER) or ""), row.read_number("trigent")
    if move and _is_state(by, row):
        name, day = _name(by, codes), first_day(row, "trig").isoformat()
        text = f"An act of {name} triggers the crisis for {actor}."
        yield make("move-kinds", move, (("actor", name), ("target", actor)), text, day)


def _adversaries(row: IcbRow) -> set[int]:
    both = (row.read_number("southv"), row.read_number("trigent"))
    return {number for number in both if number is not None and _is_state(number, row)}


def _is_state(number: int | None, row: IcbRow) -> bool:
    return number is not None and 0 < number < FIRST_NON_STATE and number != row.read_id("cracid")


def _name(number: int | None, codes: Mapping[int, str]) -> str:
    """ICB's letters for a state, or its number where no crisis has it as an actor."""
    return codes.get(number or 0, f"state {number}")
