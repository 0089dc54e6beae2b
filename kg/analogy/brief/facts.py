"""Facts of a case as statements of the record, with the places in the works that they rest on."""

from __future__ import annotations

from collections.abc import Iterable

from kg.analogy.brief.model import QUERY
from kg.analogy.case import Fact
from kg.analogy.episodes import EpisodeRecord
from kg.analogy.evidence import Cell, Cite, one_line

# Statuses from firm to loose; what rests on two statements is as firm as the looser.
ORDER = ("known", "unclear", "presumed", "contested")


def cell_of(fact: Fact, record: EpisodeRecord | None) -> Cell:
    """A fact as a statement. Without a record the fact was read off the reader's text, and its passage is quoted."""
    if record is None:
        text = one_line(fact.passage or fact.text)
        return Cell(QUERY + fact.id, text, fact.status, (), fact.date or "", fact.predicate)
    if fact.id in record.positions:
        held = record.positions[fact.id]
        return Cell(held.id, held.text, held.status, held.cites, fact.date or "", fact.predicate)
    cites = tuple(Cite(source, record.locators.get((fact.id, source), "")) for source in fact.sources)
    return Cell(fact.id, one_line(fact.text), fact.status, cites, fact.date or "", fact.predicate)


def weaker(statuses: Iterable[str]) -> str:
    """The loosest of some statuses."""
    return max(statuses, key=ORDER.index)
