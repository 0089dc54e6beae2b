"""Ranked lists of episodes, one per channel, and their fusion.

Each channel scores every episode for a reading; none knows the others. Fusion is a weighted mean of standard scores (E. A. Fox
and J. A. Shaw, "Combination of multiple searches", TREC-2, 1994): an episode that stands out on a channel counts for
more than one that is merely first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.analogy.encode import Vectors
from kg.analogy.index import EpisodeIndex
from kg.analogy.reading import Reading

Scores = NDArray[np.float32]
RANK_CONSTANT = 10.0  # of the reciprocal ranks by which looks are joined
# Chosen among a dozen round settings on situations that the adapters had not seen (docs/evaluation.md). Plain vectors of abstract and
# predicaments, name-free words and masked sentences add nothing to an adapter's reading; they are shown, and do not weigh.
SITUATION = {"abstract": 0.4, "best": 0.3, "mean": 0.3}  # parts of the channel; the adapter is learned with the same
WEIGHTS = {"situation": 2.0, "raw": 0.5, "bm25_raw": 1.0, "own": 3.0}


@dataclass(frozen=True)
class Ranking:
    """Scores of all episodes on one channel, and their ranks from 1; rank 0 means not ranked."""

    scores: Scores
    ranks: NDArray[np.intp]

    @property
    def order(self) -> list[int]:
        """Positions of the ranked episodes, best first."""
        return [i for i in np.argsort(self.ranks, kind="stable").tolist() if self.ranks[i]]


def score_channels(reading: Reading, index: EpisodeIndex) -> dict[str, Scores]:
    """Scores by channel, each of shape (episodes,). `own` is there only when the reader gave predicaments.

    - `situation`: the whole text as the adapter reads it: .4 of its cosine with the abstract, .3 of the best and .3 of the mean
      cosine with a predicament;
    - `abstract`: cosine of the masked text as a whole and the abstract;
    - `predicament`: half the cosine of the masked text and the mean direction of the episode's predicaments, half the
      mean over masked sentences of the best cosine with one of them, each weighing as much as it tells;
    - `bm25`: words shared with abstract and predicaments; `bm25_raw`: words and names shared with all passages, as written;
    - `masked`, `raw`: each sentence against its best masked or raw passage, mean over sentences;
    - `own`: the reader's predicaments, each read as a situation against the nearest of the episode's, mean over them.
    """
    masked = reading.masked_vectors
    scores = {
        "situation": _situation(reading.situation, index),
        "abstract": _abstract(reading.masked_whole, index, index.sets["abstract"].vectors),
        "predicament": (
            index.predicament_means @ reading.masked_whole
            + _sentencewise(masked, "predicament", index, reading.weights)
        )
        / 2,
        "bm25": index.words.score(" ".join((*reading.masked, *reading.own))),
        "masked": _sentencewise(masked, "masked", index, reading.weights),
        "raw": _sentencewise(reading.vectors, "raw", index),
        "bm25_raw": index.all_words.score(" ".join(reading.sentences)),
    }
    if len(reading.own):
        predicaments = index.sets["predicament"]
        scores["own"] = predicaments.best_by_owner(reading.own_situations @ predicaments.places.T, len(index)).mean(
            axis=0
        )
    return scores


def channel_weights(channels: Iterable[str]) -> dict[str, float]:
    """Weights of those of the channels that weigh; the reader's own predicaments outweigh any other."""
    return {channel: WEIGHTS[channel] for channel in channels if channel in WEIGHTS}


def rank(scores: Scores, allowed: NDArray[np.bool_]) -> Ranking:
    """Ranks of the allowed episodes, best first; equal scores stand in the order of the index."""
    order = [i for i in np.argsort(-scores, kind="stable") if allowed[i]]
    ranks = np.zeros(len(scores), dtype=np.intp)
    ranks[order] = np.arange(1, len(order) + 1)
    return Ranking(scores, ranks)


def fuse(rankings: Mapping[str, Ranking], weights: Mapping[str, float]) -> Scores:
    """Weighted mean of standard scores over the channels that have a weight.

    0 is an average episode of the index, 1 one standard deviation above it. All episodes of the index make the mean and
    the spread, whether they may be proposed or not, so that a score does not hang on what else is left out.
    """
    total = sum(weights.values())
    parts = [weight / total * standardize(rankings[channel].scores) for channel, weight in weights.items()]
    return np.sum(parts, axis=0).astype(np.float32)


def standardize(scores: Scores) -> Scores:
    """Standard scores: distance from the mean in standard deviations; 0 where all are the same."""
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 1e-6 else np.zeros_like(scores)


def _situation(whole: Vectors, index: EpisodeIndex) -> Scores:
    passages = index.sets["predicament"]
    likeness = passages.places @ whole
    best, mean = passages.best_by_owner(likeness, len(index)), passages.mean_by_owner(likeness, len(index))
    parts = {"abstract": _abstract(whole, index, index.sets["abstract"].places), "best": best, "mean": mean}
    return np.sum([share * parts[name] for name, share in SITUATION.items()], axis=0).astype(np.float32)


def _abstract(whole: Vectors, index: EpisodeIndex, vectors: Vectors) -> Scores:
    out = np.full(len(index), -1.0, dtype=np.float32)
    out[index.sets["abstract"].owners[index.wholes]] = vectors[index.wholes] @ whole
    return out


def _sentencewise(sentences: Vectors, kind: str, index: EpisodeIndex, weights: Vectors | None = None) -> Scores:
    """Each sentence against its best passage of an episode; the (weighted) mean over sentences."""
    passages = index.sets[kind]
    best = passages.best_by_owner(sentences @ passages.vectors.T, len(index))
    return best.mean(axis=0) if weights is None else weights @ best
