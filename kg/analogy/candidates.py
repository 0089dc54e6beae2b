"""Ranked lists of episodes, one per channel, and their fusion.

Each channel scores every episode for a reading; none knows the others. Fusion is by weighted reciprocal rank (Cormack,
Clarke and Buettcher 2009), so that only the order within a channel counts; the weights follow how full of names the
query is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.analogy.encode import Vectors
from kg.analogy.index import EpisodeIndex
from kg.analogy.reading import Reading

Scores = NDArray[np.float32]
CHANNELS = ("abstract", "predicament", "bm25", "masked", "raw", "own")
RANK_CONSTANT = 10.0


@dataclass(frozen=True)
class Ranking:
    """Scores of all episodes on one channel, and their ranks from 1; rank 0 means not ranked."""

    scores: Scores
    ranks: NDArray[np.intp]


def score_channels(reading: Reading, index: EpisodeIndex) -> dict[str, Scores]:
    """Scores by channel, each of shape (episodes,). `own` is there only when the reader gave predicaments."""
    predicaments = index.sets["predicament"]
    scores = {
        "abstract": _abstract(reading.masked_whole, index),
        "predicament": _best_two(
            _nearest(reading.masked_vectors, predicaments.vectors), predicaments.owners, len(index)
        ),
        "bm25": index.words.score(" ".join((*reading.masked, *reading.own))),
        "masked": _sentencewise(reading.masked_vectors, "masked", index),
        "raw": _sentencewise(reading.vectors, "raw", index),
    }
    if len(reading.own):
        scores["own"] = predicaments.best_by_owner(reading.own_vectors @ predicaments.vectors.T, len(index)).mean(
            axis=0
        )
    return scores


def channel_weights(density: float) -> dict[str, float]:
    """Weights of the channels for a query of which `density` of the words are names or dates."""
    named = 1.0 / (1.0 + np.exp(-(density - 0.08) / 0.025))
    return {
        "abstract": 1.0,
        "predicament": 1.0,
        "bm25": 1.0,
        "masked": 0.3 + 0.4 * named,
        "raw": 0.2 + 0.8 * named,
        "own": 3.0,
    }


def rank(scores: Scores, allowed: NDArray[np.bool_]) -> Ranking:
    """Ranks of the allowed episodes, best first; equal scores stand in the order of the index."""
    order = [i for i in np.argsort(-scores, kind="stable") if allowed[i]]
    ranks = np.zeros(len(scores), dtype=np.intp)
    ranks[order] = np.arange(1, len(order) + 1)
    return Ranking(scores, ranks)


def fuse(rankings: Mapping[str, Ranking], weights: Mapping[str, float]) -> Scores:
    """Weighted reciprocal rank, divided by its greatest possible value: 1 is first on every channel."""
    total = sum(weights[channel] for channel in rankings)
    parts = [
        weights[channel] / total * np.where(r.ranks > 0, (RANK_CONSTANT + 1) / (RANK_CONSTANT + r.ranks), 0.0)
        for channel, r in rankings.items()
    ]
    return np.sum(parts, axis=0).astype(np.float32)


def _abstract(whole: Vectors, index: EpisodeIndex) -> Scores:
    passages = index.sets["abstract"]
    out = np.full(len(index), -1.0, dtype=np.float32)
    out[passages.owners[index.wholes]] = passages.vectors[index.wholes] @ whole
    return out


def _nearest(sentences: Vectors, passages: Vectors) -> Scores:
    """For each passage, the likeness of the sentence of the query that is nearest to it."""
    return (sentences @ passages.T).max(axis=0)


def _best_two(values: Scores, owners: NDArray[np.intp], count: int) -> Scores:
    """Mean of the best two values of each owner."""
    order = np.lexsort((-values, owners))
    sorted_owners, sorted_values = owners[order], values[order]
    starts = np.flatnonzero(np.r_[True, np.diff(sorted_owners) > 0])
    out = np.full(count, -1.0, dtype=np.float32)
    second = np.minimum(starts + 1, np.r_[starts[1:], len(order)] - 1)
    out[sorted_owners[starts]] = (sorted_values[starts] + sorted_values[second]) / 2
    return out


def _sentencewise(sentences: Vectors, kind: str, index: EpisodeIndex) -> Scores:
    """Each sentence against its best passage of an episode; the mean over sentences."""
    passages = index.sets[kind]
    return passages.best_by_owner(sentences @ passages.vectors.T, len(index)).mean(axis=0)
