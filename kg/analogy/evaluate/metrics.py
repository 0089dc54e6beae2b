"""Measures of a list of ranks, with bootstrap intervals.

The rank of a situation is that of its best-placed precedent, from 1. Intervals hold the middle 95 of 100 of the means of
situations drawn with replacement (B. Efron, "Bootstrap methods", Annals of Statistics 7, 1979); a difference of two
methods is taken on the same draws, situation by situation, so that what is hard for both does not widen it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SAMPLES = 2000
Values = NDArray[np.float64]

MEASURES: Mapping[str, Callable[[Values], Values]] = {
    "hit@1": lambda ranks: (ranks <= 1).astype(np.float64),
    "hit@5": lambda ranks: (ranks <= 5).astype(np.float64),
    "hit@10": lambda ranks: (ranks <= 10).astype(np.float64),
    "mrr": lambda ranks: 1.0 / ranks,
}


class Estimate(NamedTuple):
    """A mean and the interval that holds it in 95 of 100 samples."""

    value: float
    low: float
    high: float


def draw_samples(count: int, seed: int, samples: int = SAMPLES) -> NDArray[np.intp]:
    """Positions of situations drawn with replacement, shape (samples, count); the same for the same seed."""
    return np.random.default_rng(seed).integers(0, count, (samples, count))


def measure(ranks: Sequence[int], draws: NDArray[np.intp]) -> dict[str, Estimate]:
    """Each measure of the ranks, over the draws of `draw_samples`."""
    found = np.asarray(ranks, dtype=np.float64)
    return {name: _estimate(of(found), draws) for name, of in MEASURES.items()}


def compare(ranks: Sequence[int], others: Sequence[int], draws: NDArray[np.intp]) -> dict[str, Estimate]:
    """Each measure of the ranks less that of others for the same situations, paired."""
    mine, theirs = np.asarray(ranks, dtype=np.float64), np.asarray(others, dtype=np.float64)
    return {name: _estimate(of(mine) - of(theirs), draws) for name, of in MEASURES.items()}


def _estimate(values: Values, draws: NDArray[np.intp]) -> Estimate:
    low, high = np.quantile(values[draws].mean(axis=1), [0.025, 0.975])
    return Estimate(float(values.mean()), float(low), float(high))
