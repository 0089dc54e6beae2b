"""Analogues of a coded case: past cases with weights, learned so that what became of them tells most.

The weights are those of a forest of randomized trees: a past case weighs as much as the trees that put it into the
same leaf as the new one, each shared by all cases of that leaf. Such a forest is a neighbourhood whose metric is learned
(Y. Lin and Y. Jeon, "Random forests and adaptive nearest neighbors", JASA 101, 2006; trees: P. Geurts, D. Ernst and
L. Wehenkel, "Extremely randomized trees", Machine Learning 63, 2006). One column beside the coded values is the score
of a logistic regression, for past cases from fits that had not seen them. The prediction is the weighted share of past
cases in which the outcome came, and nothing else: every figure can be shown as its cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier

from kg.analogy.case import Case
from kg.analogy.outcome_skill.endings import TARGETS, CodedEnding
from kg.analogy.outcome_skill.features import encode
from kg.analogy.outcome_skill.models import Line, fit_line
from kg.errors import UsageError

TREES = 200
LEAF = 8
COLUMNS = 0.3
FEWEST = 40


@dataclass(frozen=True)
class Neighbourhood:
    """Weights of training cases for new ones."""

    line: Line
    forest: ExtraTreesClassifier
    leaves: np.ndarray
    happened: np.ndarray

    def weigh(self, rows: np.ndarray) -> np.ndarray:
        """Weights of shape (rows, training cases); each row sums to one."""
        weights = np.zeros((len(rows), len(self.happened)))
        reached = self.forest.apply(np.column_stack([rows, self.line.score(rows)]))
        for tree in range(reached.shape[1]):
            same = reached[:, tree][:, None] == self.leaves[:, tree][None, :]
            weights += same / same.sum(axis=1, keepdims=True)
        return weights / reached.shape[1]

    def predict(self, rows: np.ndarray) -> np.ndarray:
        return self.weigh(rows) @ self.happened


def fit_neighbourhood(rows: np.ndarray, happened: np.ndarray, seed: int, line: Line | None = None) -> Neighbourhood:
    """Learn the weights from rows of shape (cases, columns) and outcomes 0.0 or 1.0. The same seed gives the same."""
    line = line or fit_line(rows, happened, seed)
    known = np.column_stack([rows, line.held_out])
    forest = ExtraTreesClassifier(
        n_estimators=TREES,
        min_samples_leaf=LEAF,
        max_features=COLUMNS,  # pyright: ignore[reportArgumentType]  # its stubs know the default only
        random_state=seed,
    ).fit(known, happened)
    return Neighbourhood(line, forest, forest.apply(known), happened)


@dataclass(frozen=True)
class Analogue:
    """A past case, its share of the weight, and whether the outcome came."""

    case: Case
    weight: float
    happened: bool


class AnalogueFinder:
    """Analogues for one of the four targets among cases whose endings are known."""

    def __init__(
        self, cases: Sequence[Case], endings: Mapping[str, CodedEnding], target: str, seed: int = 0,
        without: Iterable[str] = (),
    ) -> None:  # fmt: skip
        if target not in TARGETS:
            raise UsageError(f"{target!r} is not a target; choose one of {', '.join(TARGETS)}")
        self.cases, self.endings, self.target, self.seed = list(cases), endings, target, seed
        self.without = tuple(without)

    def find(self, case: Case, count: int = 10, only_before: bool = True) -> tuple[float, list[Analogue]]:
        """The weighted share among all past cases, and the heaviest of them.

        With `only_before` only cases whose ending was known at the cut-off of `case`. Raises UsageError when fewer than
        forty are left.
        """
        past = [other for other in self.cases if other.id != case.id and self._is_known(other, case, only_before)]
        if len(past) < FEWEST:
            raise UsageError(f"only {len(past)} coded cases had ended before {case.cutoff}; look at a later one")
        rows = encode([*past, case], self.without)
        happened = np.array([float(self.endings[other.id].outcomes[self.target] or False) for other in past])
        weights = fit_neighbourhood(rows[:-1], happened, self.seed).weigh(rows[-1:])[0]
        heaviest = np.argsort(-weights, kind="stable")[:count]
        found = [Analogue(past[i], float(weights[i]), bool(happened[i])) for i in heaviest]
        return float(weights @ happened), found

    def _is_known(self, other: Case, case: Case, only_before: bool) -> bool:
        ending = self.endings.get(other.id)
        if ending is None or ending.outcomes.get(self.target) is None:
            return False
        return not only_before or case.cutoff is None or ending.known_by(self.target, case.cutoff)
