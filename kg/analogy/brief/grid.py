"""Likenesses, differences and unknowns of one analogue, and who plays whom in it.

Where the situation has a case, facts are aligned with facts. Where it is a text only, the likenesses are predicaments that a
model found near and nobody has checked; the facts of the analogue stand as unknowns, to be asked of the situation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from kg.analogy.brief.analogue import Grid, Row
from kg.analogy.brief.bearing import FAR, Bearings
from kg.analogy.brief.facts import cell_of, weaker
from kg.analogy.brief.model import QUERY
from kg.analogy.case import Case, Fact
from kg.analogy.episodes import EpisodeRecord
from kg.analogy.evidence import Cell, Cite, one_line
from kg.analogy.reasons import Reason

SHOWN = 8
# A predicament counts as a likeness when it is one of the nearest so many. Of held-out situations the best predicament of a
# documented precedent was among the nearest twenty for 92 per cent told without names, and for 79 per cent as pasted.
NEAR = 20
TEXT_CHANNELS = ("own", "predicament")


def make_text_rows(reasons: Iterable[Reason], here: EpisodeRecord | None, there: EpisodeRecord) -> list[Row]:
    """Predicaments of the analogue that the situation comes near to, each with the sentence of it that comes nearest."""
    rows: dict[str, Row] = {}
    for reason in reasons:
        predicament = find_predicament(there, reason.text)
        far = reason.rank > NEAR
        if reason.channel in TEXT_CHANNELS and not far and predicament is not None and predicament.id not in rows:
            said = find_predicament(here, reason.sentence) if here else None
            ours = said or Cell(QUERY + "text", one_line(reason.sentence), "presumed")
            rows[predicament.id] = Row(
                "text", ours, predicament, "presumed", score=round(reason.score, 4), rank=reason.rank, of=reason.of
            )
    return list(rows.values())


def find_predicament(record: EpisodeRecord, text: str) -> Cell | None:
    """The predicament of an episode that reads so, cited to the works that read the episode in this way."""
    for props in record.of("Predicament"):
        if one_line(props["text"]) == one_line(text):
            cites = tuple(Cite(link.target) for link in record.far(props["id"], "READ_BY"))
            return Cell(props["id"], one_line(text), "presumed", cites)
    return None


def make_unknown_rows(facts: Iterable[Fact], there: EpisodeRecord, bearings: Bearings) -> list[Row]:
    """Facts of the analogue that were not found here, events and conditions in turn, those that bear on the ending first."""
    ordered = sorted(facts, key=bearings.key)
    events = [fact for fact in ordered if fact.id in bearings.steps]
    others = [fact for fact in ordered if fact.id not in bearings.steps]
    mixed = chain.from_iterable(zip_longest(events, others))
    return [make_row(None, fact, None, there, bearings) for fact in mixed if fact is not None]


def make_row(
    ours: Fact | None,
    theirs: Fact,
    here: EpisodeRecord | None,
    there: EpisodeRecord,
    bearings: Bearings,
    term: str = "",
) -> Row:
    """A fact of the analogue, with the fact here that corresponds to it if there is one."""
    cell = cell_of(theirs, there)
    mine = cell_of(ours, here) if ours else None
    status = weaker_of(mine, cell)
    steps = bearings.steps.get(theirs.id)
    return Row("fact", mine, cell, status, steps, bearings.shares_actor(theirs), term or theirs.predicate)


def weaker_of(*cells: Cell | None) -> str:
    """The looser status of two statements."""
    return weaker(cell.status for cell in cells if cell is not None)


def sort_rows(rows: Iterable[Row]) -> list[Row]:
    """Facts that bear on the ending first, texts last, best first."""
    return sorted(
        rows,
        key=lambda row: (
            row.basis == "text", FAR if row.bearing is None else row.bearing, not row.shares_actor, -(row.score or 0),
        ),
    )  # fmt: skip


def make_grid(likenesses: Sequence[Row], differences: Sequence[Row], unknowns: Sequence[Row]) -> Grid:
    """The first rows of each; what is left out is counted."""
    parts = {"likenesses": likenesses, "differences": differences, "unknowns": unknowns}
    return Grid(
        *(tuple(rows[:SHOWN]) for rows in parts.values()),
        left_out={name: max(0, len(rows) - SHOWN) for name, rows in parts.items()},
    )


def read_text_grid(
    reasons: Iterable[Reason], here: EpisodeRecord | None, there: EpisodeRecord, case: Case, bearings: Bearings
) -> Grid:
    """The grid of a situation that is a text only: nothing is said to differ, since no facts were compared."""
    return make_grid(make_text_rows(reasons, here, there), (), make_unknown_rows(case.facts, there, bearings))
