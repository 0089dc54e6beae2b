"""What analogues are measured against, each fitted on training cases alone, its settings chosen inside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedKFold

from kg.analogy.outcome_skill.features import squared_distances

STRENGTHS = (0.01, 0.03, 0.1, 0.3)
COUNTS = (5, 10, 20, 40)
INNER_FOLDS = 5
# Neighbours' share is drawn towards the base rate as if two more cases had it.
PRIOR_CASES = 2.0


@dataclass(frozen=True)
class Line:
    """A logistic regression and, for each training case, its score from fits that had not seen it (log-odds)."""

    model: LogisticRegression
    held_out: np.ndarray

    def score(self, rows: np.ndarray) -> np.ndarray:
        return self.model.decision_function(rows)

    def predict(self, rows: np.ndarray) -> np.ndarray:
        return self.model.predict_proba(rows)[:, 1]


def fit_line(rows: np.ndarray, happened: np.ndarray, seed: int) -> Line:
    """Logistic regression with an L2 penalty, whose strength has the least log loss over five inner folds."""
    folds = list(StratifiedKFold(INNER_FOLDS, shuffle=True, random_state=seed).split(rows, happened))
    scores = {}
    for strength in STRENGTHS:
        held_out = np.empty(len(happened))
        for train, test in folds:
            held_out[test] = _fit(rows[train], happened[train], strength).decision_function(rows[test])
        scores[strength] = held_out
    best = min(STRENGTHS, key=lambda s: float(log_loss(happened, 1 / (1 + np.exp(-scores[s])))))
    return Line(_fit(rows, happened, best), scores[best])


def _fit(rows: np.ndarray, happened: np.ndarray, strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=500).fit(rows, happened)


def predict_neighbours(train: np.ndarray, happened: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Share of the nearest training cases; their number has the least log loss when each is left out in turn."""
    among = squared_distances(train, train)
    np.fill_diagonal(among, np.inf)
    count = min(COUNTS, key=lambda k: float(log_loss(happened, _share(among, happened, k))))
    return _share(squared_distances(rows, train), happened, count)


def _share(distances: np.ndarray, happened: np.ndarray, count: int) -> np.ndarray:
    nearest = np.argsort(distances, axis=1, kind="stable")[:, :count]
    prior = PRIOR_CASES * happened.mean()
    return (happened[nearest].sum(axis=1) + prior) / (nearest.shape[1] + PRIOR_CASES)
