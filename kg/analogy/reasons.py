"""Why an episode is proposed: the passages that matched, each with the sentence of the query that it matched.

A predicament is held against the text as a whole, as a situation. The sentence shown with it is the one that comes nearest
to it both in its context, as the text is read, and in its own words, names masked (cosines as standard scores, added).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.analogy.bm25 import tokenize
from kg.analogy.encode import Vectors, unit
from kg.analogy.index import EpisodeIndex
from kg.analogy.reading import Reading

PREDICAMENTS_SHOWN = 2


@dataclass(frozen=True)
class Reason:
    """A passage of the episode and the sentence of the query nearest to it; `score` is their cosine.

    Of a predicament it is that of the whole text, and `rank` counts from the nearest of the `of` predicaments compared.
    For channel `bm25` the passage is the one that shares most words with the query, and the score counts these words.
    """

    channel: str
    text: str
    passage: str
    sentence: str
    score: float
    rank: int = 0
    of: int = 0

    def to_dict(self) -> dict[str, object]:
        place = {"rank": self.rank, "of": self.of} if self.rank else {}
        return {
            "channel": self.channel, "text": self.text, "passage": self.passage,
            "sentence": self.sentence, "score": round(self.score, 4), **place,
        }  # fmt: skip


@dataclass(frozen=True)
class Nearness:
    """How near the predicaments of the index come to a text as a situation.

    `scores` are cosines and `ranks` count from 1, both (rows,), rank 0 for those not compared; `order` holds the rows that
    were, nearest first.
    """

    scores: Vectors
    order: NDArray[np.intp]
    ranks: NDArray[np.intp]


def rank_predicaments(reading: Reading, index: EpisodeIndex, allowed: NDArray[np.bool_]) -> Nearness:
    """The predicaments of the episodes that may be proposed, `allowed` (episodes,), by nearness to the text."""
    passages = index.sets["predicament"]
    scores = passages.places @ reading.situation
    order = np.argsort(-scores, kind="stable")
    order = order[allowed[passages.owners[order]]]
    ranks = np.zeros(len(scores), dtype=np.intp)
    ranks[order] = np.arange(1, len(order) + 1)
    return Nearness(scores, order, ranks)


def find_reasons(reading: Reading, index: EpisodeIndex, owner: int, nearness: Nearness) -> list[Reason]:
    """Reasons for the episode at a position: reader's own predicaments first, then by channel."""
    reasons: list[Reason] = []
    if len(reading.own):
        reasons += _own(reading, index, owner)
    told, masked = tuple(reading.sentences[i] for i in reading.origins), reading.masked_vectors
    reasons += _predicaments(reading, index, owner, nearness)
    reasons += _pairs("abstract", masked, told, "abstract", index, owner, 1, skip=1)
    reasons += _shared_words(reading, told, index, owner)
    reasons += _pairs("masked", masked, told, "masked", index, owner, 1)
    reasons += _pairs("raw", reading.vectors, reading.sentences, "raw", index, owner, 1)
    return reasons


def _own(reading: Reading, index: EpisodeIndex, owner: int) -> list[Reason]:
    """The predicament nearest to one of the reader's, both as situations."""
    passages = index.sets["predicament"]
    rows = passages.rows_of(owner)
    if not len(rows):
        return []
    likeness = reading.own_situations @ passages.places[rows].T
    line, place = np.unravel_index(int(likeness.argmax()), likeness.shape)
    row = rows[place]
    return [Reason("own", passages.texts[row], passages.ids[row], reading.own[line], float(likeness[line, place]))]


def _predicaments(reading: Reading, index: EpisodeIndex, owner: int, nearness: Nearness) -> list[Reason]:
    """The predicaments nearest to the text as a situation, each with the sentence that comes nearest."""
    passages = index.sets["predicament"]
    rows = passages.rows_of(owner)
    return [
        Reason(
            "predicament", passages.texts[row], passages.ids[row], find_sentence(reading, index, row),
            float(nearness.scores[row]), int(nearness.ranks[row]), len(nearness.order),
        )
        for row in rows[np.argsort(-nearness.scores[rows], kind="stable")[:PREDICAMENTS_SHOWN]]
    ]  # fmt: skip


def find_sentence(reading: Reading, index: EpisodeIndex, row: int) -> str:
    """The sentence of the text that comes nearest to the predicament in a row, in its context and in its words together."""
    passages, origins = index.sets["predicament"], list(reading.origins)
    in_context = unit(reading.parts[origins]) @ passages.places[row]
    in_words = reading.masked_vectors @ passages.vectors[row]
    return reading.sentences[origins[int((_standard(in_context) + _standard(in_words)).argmax())]]


def _standard(values: Vectors) -> Vectors:
    return (values - values.mean()) / max(float(values.std()), 1e-6)


def _pairs(
    channel: str, vectors: Vectors, sentences: tuple[str, ...], kind: str, index: EpisodeIndex, owner: int,
    count: int, skip: int = 0,
) -> list[Reason]:  # fmt: skip
    passages = index.sets[kind]
    rows = passages.rows_of(owner)[skip:]
    if not len(rows):
        return []
    likeness = vectors @ passages.vectors[rows].T
    best = np.argsort(-likeness.max(axis=0), kind="stable")[:count]
    return [
        Reason(channel, passages.texts[rows[i]], passages.ids[rows[i]], sentences[int(likeness[:, i].argmax())],
               float(likeness[:, i].max()))
        for i in best
    ]  # fmt: skip


def _shared_words(reading: Reading, told: tuple[str, ...], index: EpisodeIndex, owner: int) -> list[Reason]:
    words = [set(tokenize(sentence)) for sentence in (*reading.masked, *reading.own)]
    sentences = (*told, *reading.own)
    query = set().union(*words)
    best: Reason | None = None
    for kind, skip in (("predicament", 0), ("abstract", 1)):
        passages = index.sets[kind]
        for row in passages.rows_of(owner)[skip:]:
            shared = query & set(tokenize(passages.texts[row]))
            if shared and (best is None or len(shared) > best.score):
                nearest = max(range(len(words)), key=lambda i: len(words[i] & shared))
                best = Reason("bm25", passages.texts[row], passages.ids[row], sentences[nearest], float(len(shared)))
    return [best] if best else []
