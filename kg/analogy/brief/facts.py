"""Facts of a case as statements of the record, with the places in the works that they rest on."""

from __future__ import annotations

from collections.abc import Iterable

from kg.analogy.brief.model import QUERY, READERS
from kg.analogy.case import Fact
from kg.analogy.episodes import EpisodeRecord
from kg.analogy.evidence import Cell, Cite, one_line

# Statuses from firm to loose; what rests on two statements is as firm as the looser.
ORDER = ("known", "unclear", "presumed", "contested")


def cell_of(fact: Fact, record: EpisodeRecord | None) -> Cell:
    """A fact as a statement. Without a record the fact was read off the reader's text, which is quoted."""
    if record is None:
        return quote(fact, one_line(fact.text) if is_quotable(fact) else one_line(fact.passage or fact.text))
    if fact.id in record.positions:
        held = record.positions[fact.id]
        return Cell(held.id, held.text, held.status, held.cites, fact.date or "", fact.predicate)
    cites = tuple(Cite(source, record.locators.get((fact.id, source), "")) for source in fact.sources)
    return Cell(fact.id, one_line(fact.text), fact.status, cites, fact.date or "", fact.predicate)


def is_quotable(fact: Fact) -> bool:
    """Whether the clause that tells a fact stands as it is in its passage, and is more than a word."""
    clause = one_line(fact.text)
    return " " in clause and clause in one_line(fact.passage)


def quote(fact: Fact, text: str) -> Cell:
    """A statement in the reader's words."""
    return Cell(
        (READERS if fact.by_reader else QUERY) + fact.id, text, fact.status, (), fact.date or "", fact.predicate
    )


def weaker(statuses: Iterable[str]) -> str:
    """The loosest of some statuses."""
    return max(statuses, key=ORDER.index)
