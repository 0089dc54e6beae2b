"""Weights of facets learned from coded crises: those with which crises that are alike ended alike.

For each outcome the weights are sought with which the other cases, each weighing exp(sharpness * (overall - 1)) times its
coverage, best tell what became of a case that is left out (log loss), less a penalty on the squared logarithms of the
weights, which draws them to 1. This is neighbourhood components analysis with a diagonal metric (J. Goldberger, S.
Roweis, G. Hinton and R. Salakhutdinov, NIPS 17, 2004). The weights of the file are the geometric mean over the outcomes.
A facet that is known of fewer than one pair in fifty keeps the weight 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from sklearn.model_selection import KFold

from kg.analogy.case import Case
from kg.analogy.facets import FACETS
from kg.analogy.outcome_skill import TARGETS, CodedEnding
from kg.analogy.outcome_skill.report import find_auc
from kg.errors import UsageError

LEAST_KNOWN = 0.02
PENALTIES = (0.03, 0.1, 0.3)
OUTER, INNER = 5, 3
STEPS = 12
SHARPNESS = 12.0
PRIOR_CASES = 0.5


@dataclass(frozen=True)
class LearnedWeights:
    """Weights by facet; AUC by outcome of nested cross-validation with learned weights, and with equal ones."""

    weights: Mapping[str, float]
    by_outcome: Mapping[str, Mapping[str, float]]
    learned_auc: Mapping[str, float]
    equal_auc: Mapping[str, float]


def learn_weights(cases: Sequence[Case], endings: Mapping[str, CodedEnding], seed: int = 0) -> LearnedWeights:
    """Learn from all cases. The AUCs are of five groups, each predicted with weights and penalty chosen on the others.

    One to two minutes for the crises of ICB. Raises UsageError when no facet is known of them.
    """
    scores = score_pairs([case for case in cases if case.id in endings])
    usable = (~np.isnan(scores)).mean(axis=(0, 1)) >= LEAST_KNOWN
    if not usable.any():
        raise UsageError("no facet is known of these cases: read them from a coded source such as ICB")
    names = [name for name, use in zip(FACETS, usable, strict=True) if use]
    scores = scores[:, :, usable]
    by_outcome, learned, equal = {}, {}, {}
    for target in TARGETS:
        values = [endings[case.id].outcomes.get(target) for case in cases if case.id in endings]
        known = np.array([value is not None for value in values])
        happened = np.array([float(bool(value)) for value in values])[known]
        block = scores[np.ix_(known, known)]
        learned[target], equal[target] = _cross_validate(block, happened, seed)
        best = _fit(block, happened, _choose_penalty(block, happened, seed))
        by_outcome[target] = {name: round(float(np.exp(t)), 2) for name, t in zip(names, best[:-1], strict=True)}
    means = {name: float(np.exp(np.mean([np.log(w[name]) for w in by_outcome.values()]))) for name in names}
    return LearnedWeights({name: round(means.get(name, 1.0), 2) for name in FACETS}, by_outcome, learned, equal)


def score_pairs(cases: Sequence[Case]) -> np.ndarray:
    """Facet scores of shape (cases, cases, facets), NaN where unknown; facets are symmetric."""
    scores = np.full((len(cases), len(cases), len(FACETS)), np.nan)
    for i, base in enumerate(cases):
        for j in range(i):
            values = [facet(base, cases[j]).score for facet in FACETS.values()]
            scores[i, j] = scores[j, i] = [np.nan if value is None else value for value in values]
    return scores


def _cross_validate(scores: np.ndarray, happened: np.ndarray, seed: int) -> tuple[float, float]:
    learned, equal = np.empty(len(happened)), np.empty(len(happened))
    for train, test in KFold(OUTER, shuffle=True, random_state=seed).split(happened):
        inside, across = scores[np.ix_(train, train)], scores[np.ix_(test, train)]
        best = _fit(inside, happened[train], _choose_penalty(inside, happened[train], seed))
        learned[test] = _predict(across, happened[train], best)
        equal[test] = _predict(across, happened[train], _start(scores.shape[2]))
    return find_auc(happened, learned), find_auc(happened, equal)


def _choose_penalty(scores: np.ndarray, happened: np.ndarray, seed: int) -> float:
    losses = dict.fromkeys(PENALTIES, 0.0)
    for train, test in KFold(INNER, shuffle=True, random_state=seed).split(happened):
        for penalty in PENALTIES:
            best = _fit(scores[np.ix_(train, train)], happened[train], penalty)
            predicted = _predict(scores[np.ix_(test, train)], happened[train], best)
            losses[penalty] += _log_loss(happened[test], predicted) * len(test)
    return min(PENALTIES, key=lambda penalty: losses[penalty])


def _fit(scores: np.ndarray, happened: np.ndarray, penalty: float) -> np.ndarray:
    """Logarithms of the weights and, last, of the sharpness."""

    def find_loss(point: np.ndarray) -> float:
        near = _weigh(scores, point)
        np.fill_diagonal(near, 0.0)
        return _log_loss(happened, _share(near, happened)) + penalty * float((point[:-1] ** 2).mean())

    start = _start(scores.shape[2])
    return minimize(find_loss, start, method="L-BFGS-B", options={"maxiter": STEPS}).x


def _start(count: int) -> np.ndarray:
    return np.append(np.zeros(count), np.log(SHARPNESS))


def _weigh(scores: np.ndarray, point: np.ndarray) -> np.ndarray:
    weights, sharpness = np.exp(point[:-1]), np.exp(point[-1])
    known = ~np.isnan(scores)
    covered = known @ weights
    overall = np.where(known, scores, 0.0) @ weights / np.maximum(covered, 1e-9)
    return np.exp(sharpness * (overall - 1.0)) * covered / weights.sum()


def _share(near: np.ndarray, happened: np.ndarray) -> np.ndarray:
    return (near @ happened + PRIOR_CASES * happened.mean()) / (near.sum(axis=1) + PRIOR_CASES)


def _predict(scores: np.ndarray, happened: np.ndarray, point: np.ndarray) -> np.ndarray:
    return _share(_weigh(scores, point), happened)


def _log_loss(happened: np.ndarray, predicted: np.ndarray) -> float:
    p = np.clip(predicted, 1e-3, 1 - 1e-3)
    return float(-(happened * np.log(p) + (1 - happened) * np.log(1 - p)).mean())
