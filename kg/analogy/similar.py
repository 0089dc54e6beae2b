"""Episodes like a described situation: the one call behind the command line and the page *Find precedents*."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.analogy.candidates import channel_weights, fuse, rank, score_channels
from kg.analogy.encode import TextEncoder
from kg.analogy.index import Entry, EpisodeIndex
from kg.analogy.mask import Masker
from kg.analogy.reading import Reading, add_predicaments, read_episode, read_text
from kg.analogy.reasons import Reason, find_reasons, find_sentence, rank_predicaments
from kg.errors import ModelError, UsageError


@dataclass(frozen=True)
class Query:
    """A situation: a text, or the id of an episode; what it is a case of, in the reader's words; a cut-off.

    With `before`, episodes that had not ended by that day are left out, those with an open end among them. `exclude`
    names episodes that shall not be proposed; `other_than` the actors for whose sake, when different actors are wanted.
    """

    text: str | None = None
    episode: str | None = None
    predicaments: tuple[str, ...] = ()
    before: date | None = None
    exclude: frozenset[str] = frozenset()
    other_than: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.text is None) == (self.episode is None):
            raise UsageError("give either a text or the id of an episode")


@dataclass(frozen=True)
class Match:
    """An episode proposed: its score and rank on each channel, and the reasons."""

    id: str
    title: str
    period: str
    scores: dict[str, dict[str, float]]
    why: tuple[Reason, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id, "title": self.title, "period": self.period, "scores": self.scores,
            "why": [reason.to_dict() for reason in self.why],
        }  # fmt: skip


@dataclass(frozen=True)
class SimilarResult:
    """Matches, best first, with what was asked and read. `considered` counts the episodes that were compared."""

    query: Query
    model: str
    data_version: str
    considered: int
    density: float
    weights: dict[str, float]
    matches: tuple[Match, ...]
    reading: Reading = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The object that `precedent similar --json` prints."""
        query: dict[str, Any] = (
            {"text": self.query.text} if self.query.episode is None else {"episode": self.query.episode}
        )
        if self.query.predicaments:
            query["predicaments"] = list(self.query.predicaments)
        if self.query.before:
            query["before"] = self.query.before.isoformat()
        if self.query.exclude:
            query["exclude"] = sorted(self.query.exclude)
        if self.query.other_than:
            query["other_than"] = list(self.query.other_than)
        return {
            "query": query, "model": self.model, "data_version": self.data_version, "considered": self.considered,
            "name_density": round(self.density, 3),
            "weights": {channel: round(weight, 3) for channel, weight in self.weights.items()},
            "results": [match.to_dict() for match in self.matches],
        }  # fmt: skip


@dataclass(frozen=True)
class NearPredicament:
    """A predicament of an episode near to the query, for the question *what is this a case of?*

    `score` is its cosine with the text as a situation, `sentence` the one that comes nearest to it.
    """

    passage: str
    episode: str
    title: str
    text: str
    sentence: str
    score: float


def read_query(query: Query, index: EpisodeIndex, encoder: TextEncoder, masker: Masker) -> Reading:
    """The query split, masked and encoded. Give it back to `similar` to ask again without encoding again."""
    if encoder.model_id != index.model:
        raise ModelError(f"the graph was built with {index.model}, not {encoder.model_id}: run `precedent build`")
    if encoder.reader_id != index.reader:
        raise ModelError(
            f"the graph was built for situations read by {index.reader}, not {encoder.reader_id}: run `precedent build`"
        )
    if query.text is not None:
        return read_text(query.text, query.predicaments, encoder, masker)
    return add_predicaments(read_episode(str(query.episode), index), query.predicaments, encoder, masker)


def similar(
    query: Query, index: EpisodeIndex, encoder: TextEncoder, masker: Masker, k: int = 10, reading: Reading | None = None
) -> SimilarResult:
    """The k episodes most like the query, with scores apart and reasons.

    `reading`, from an earlier result for the same text, saves encoding it again: only predicaments that are new are
    encoded. Raises UsageError for an empty or over-long text, NotFound for an unknown episode, ModelError when the
    encoder is not the one that the index was built with.
    """
    if reading is None:
        reading = read_query(query, index, encoder, masker)
    elif reading.own != query.predicaments:
        reading = add_predicaments(reading, query.predicaments, encoder, masker)
    allowed = find_allowed(query, index)
    rankings = {channel: rank(scores, allowed) for channel, scores in score_channels(reading, index).items()}
    weights = channel_weights(rankings)
    fused = rank(fuse(rankings, weights), allowed)
    nearness = rank_predicaments(reading, index, allowed)
    matches = []
    for i in fused.order[:k]:
        scores = {
            name: {"score": round(float(r.scores[i]), 4), "rank": int(r.ranks[i])}
            for name, r in [("fused", fused), *rankings.items()]
        }
        entry = index.entries[i]
        matches.append(
            Match(entry.id, entry.name, entry.date, scores, tuple(find_reasons(reading, index, i, nearness)))
        )
    return SimilarResult(
        query, index.models, index.data_version, int(allowed.sum()), reading.density, weights, tuple(matches), reading
    )


def nearest_predicaments(query: Query, index: EpisodeIndex, reading: Reading, n: int = 8) -> list[NearPredicament]:
    """The n predicaments nearest to the query as a situation, each from another episode, best first."""
    passages = index.sets["predicament"]
    nearness = rank_predicaments(reading, index, find_allowed(query, index))
    found: dict[int, NearPredicament] = {}
    for row in nearness.order.tolist():
        owner = int(passages.owners[row])
        if owner not in found:
            entry, sentence = index.entries[owner], find_sentence(reading, index, row)
            found[owner] = NearPredicament(
                passages.ids[row], entry.id, entry.name, passages.texts[row], sentence, float(nearness.scores[row])
            )
        if len(found) == n:
            break
    return list(found.values())


def find_allowed(query: Query, index: EpisodeIndex) -> NDArray[np.bool_]:
    """Which episodes of the index may be proposed for a query, shape (episodes,)."""
    left_out = query.exclude | ({query.episode} if query.episode else set())
    return np.array([entry.id not in left_out and ended_by(entry, query.before) for entry in index.entries], dtype=bool)


def ended_by(entry: Entry, day: date | None) -> bool:
    """Whether an episode had ended before a day; true of all where no day is given."""
    return day is None or (entry.latest is not None and entry.latest < (day.year, day.month, day.day))
