"""Analogies that people drew in like situations, and how they fared."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from kg.analogy.brief.model import DrawnAnalogy
from kg.analogy.drawn import DrawnIndex, LikeSituation
from kg.analogy.episodes import EpisodeRecord, Library
from kg.analogy.evidence import Cell, begins_before, one_line
from kg.analogy.pathways import ReadingOf
from kg.analogy.reading import Reading
from kg.analogy.similar import Query
from kg.model.dates import Day

RELATIONS = ("here", "like", "precedent", "situation")
LIKE = 5  # analogies shown that were drawn in situations like the reader's
LEAST = 0.4  # cosine of the nearest sentences from which a situation counts as like another; other matters stay below


def find_drawn(
    library: Library,
    analogues: Sequence[str],
    query: Query,
    day: Day | None,
    reading: Reading,
    index: DrawnIndex | None = None,
) -> tuple[DrawnAnalogy, ...]:
    """Analogies drawn before a day: about the situation itself, in situations like it, and those that join an analogue.

    Those in like situations come nearest first. Never among them is what was drawn about the reader's own episode or with it as
    precedent, nor anything with an episode that the query leaves out.
    """
    rows = {row["props"]["id"]: row for row in library.analogies() if begins_before(row["props"].get("date"), day)}
    out = query.exclude | ({query.episode} if query.episode else set())
    open_to = {id for id, row in rows.items() if not {row["situation"], row["precedent"]} & out}
    near = {like.use: like for like in index.find_like(reading, open_to, LIKE, LEAST)} if index else {}
    related = {id: relate(row, analogues, query.episode, near) for id, row in rows.items()}
    rows = {id: row for id, row in rows.items() if related[id]}
    uses = library.read(rows)
    situations = library.read({row["situation"] for row in rows.values() if row["situation"]})
    drawn = [
        _read_use(row, uses[id], situations.get(row["situation"]), related[id], day, near.get(id))
        for id, row in rows.items()
    ]
    return tuple(sorted(drawn, key=_place))


def relate(row: Mapping[str, Any], analogues: Sequence[str], here: str | None, near: Collection[str] = ()) -> str:
    """What a drawn analogy has to do with a brief; "" for nothing."""
    if here is not None and row["situation"] == here:
        return "here"
    if row["props"]["id"] in near:
        return "like"
    if row["precedent"] in analogues:
        return "precedent"
    return "situation" if row["situation"] in analogues else ""


def _place(use: DrawnAnalogy) -> tuple[int, int, str, str]:
    rank = use.like.rank if use.like else 0
    return RELATIONS.index(use.relation), rank, use.statement.date, use.statement.id


def _read_use(
    row: Mapping[str, Any], use: EpisodeRecord, situation: EpisodeRecord | None, relation: str, before: Day | None,
    like: LikeSituation | None,
) -> DrawnAnalogy:  # fmt: skip
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
        str(root["stance"]), tuple(root["purposes"]), judgements, ended, like, tuple(root.get("reviewed") or ()),
    )  # fmt: skip
