"""Analogies that people drew in like situations, and how they fared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.analogy.brief.model import DrawnAnalogy
from kg.analogy.episodes import EpisodeRecord, Library
from kg.analogy.evidence import Cell, begins_before, one_line
from kg.analogy.pathways import ReadingOf
from kg.model.dates import Day

RELATIONS = ("here", "precedent", "situation")


def find_drawn(
    library: Library, analogues: Sequence[str], here: str | None, before: Day | None
) -> tuple[DrawnAnalogy, ...]:
    """Analogies drawn before a day about the situation, with an analogue as precedent, or in an analogue as situation."""
    rows = {
        row["props"]["id"]: row
        for row in library.analogies()
        if begins_before(row["props"].get("date"), before) and relate(row, analogues, here)
    }
    uses = library.read(rows)
    situations = library.read({row["situation"] for row in rows.values() if row["situation"]})
    drawn = [
        _read_use(row, uses[id], situations.get(row["situation"]), relate(row, analogues, here), before)
        for id, row in rows.items()
    ]
    return tuple(sorted(drawn, key=lambda use: (RELATIONS.index(use.relation), use.statement.date, use.statement.id)))


def relate(row: Mapping[str, Any], analogues: Sequence[str], here: str | None) -> str:
    """What a drawn analogy has to do with a brief; "" for nothing."""
    if here is not None and row["situation"] == here:
        return "here"
    if row["precedent"] in analogues:
        return "precedent"
    return "situation" if row["situation"] in analogues else ""


def _read_use(
    row: Mapping[str, Any], use: EpisodeRecord, situation: EpisodeRecord | None, relation: str, before: Day | None
) -> DrawnAnalogy:
    root = use.root
    ended = situation.cut(before).codes if situation and relation != "here" else ()  # the reader's situation is open
    judgements = tuple(
        ReadingOf(
            Cell(props["id"], one_line(props["text"]), "presumed", use.cites(props), "", str(props["judgement"])),
            ", ".join(link.name for link in use.far(props["id"], "HELD_BY")),
            str(props["judgement"]),
        )
        for props in use.of("Judgement")
    )
    return DrawnAnalogy(
        Cell(root["id"], one_line(root["lesson"]), "known", use.cites(root), str(root["date"])),
        use.name, tuple(row["drawn_by"]), relation,
        row["precedent"] or "", root.get("precedent_name") or row["precedent_name"] or "",
        row["situation"] or "", row["situation_name"] or "",
        str(root["stance"]), tuple(root["purposes"]), judgements, ended,
    )  # fmt: skip
