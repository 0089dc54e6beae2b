"""Nested evaluation of analogues on coded cases: every figure comes from cases that the fit had not seen.

*Left out*: the cases fall into 24 groups at random, each with the same share of outcomes, since otherwise a group that
has few is told a higher rate by the others; each group is predicted from all others, later ones too, with settings
chosen inside those. *Looking back*: cases of the same three years are predicted from those alone whose
ending could be known before the first of them began, which is what somebody could have done at the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from sklearn.model_selection import StratifiedKFold

from kg.analogy.case import Case
from kg.analogy.outcome_skill.analogues import fit_neighbourhood
from kg.analogy.outcome_skill.endings import TARGETS, CodedEnding
from kg.analogy.outcome_skill.features import encode
from kg.analogy.outcome_skill.models import INNER_FOLDS, fit_line, predict_neighbours
from kg.analogy.outcome_skill.report import Skill, SkillReport, measure
from kg.errors import UsageError

METHODS: Mapping[str, str] = {
    "base rate": "the share among the training cases, for every case",
    "coded neighbours": "share among the nearest by all coded values alike; their number chosen inside",
    "weighted neighbours": "the same, values weighted by the coefficients of the regression",
    "logistic regression": "L2 penalty, strength chosen inside",
    "analogues": "weighted share of past cases, weights learned",
}
LEFT_OUT, LOOKING_BACK = "left out", "looking back"
GROUPS = 24
YEARS = 3
FEWEST = 100

Split = tuple[np.ndarray, np.ndarray]


def evaluate_icb(
    cases: Sequence[Case],
    endings: Mapping[str, CodedEnding],
    seed: int = 0,
    without: Iterable[str] = (),
    looking_back: bool = True,
    targets: Sequence[str] = tuple(TARGETS),
    progress: Callable[[str], None] | None = None,
) -> SkillReport:
    """AUC and Brier score of analogues and of what they are measured against, on the four targets.

    `without` names coded values to leave out. `progress` is told of each target. Two to three minutes on one core for
    the crises of ICB. Raises UsageError when there are too few cases with a known ending.
    """
    cases = [case for case in cases if case.id in endings]
    if len(cases) < FEWEST:
        raise UsageError(f"{len(cases)} cases with an ending are too few to evaluate on: at least {FEWEST} are needed")
    without = tuple(without)
    rows = encode(cases, without)
    skills: list[Skill] = []
    for target in targets:
        if progress:
            progress(target)
        known = np.array([endings[case.id].outcomes.get(target) is not None for case in cases])
        some = [case for case, is_known in zip(cases, known, strict=True) if is_known]
        happened = np.array([float(endings[case.id].outcomes[target] or False) for case in some])
        skills += _evaluate(LEFT_OUT, target, rows[known], happened, _split_groups(happened, seed), seed)
        if looking_back:
            splits = _split_by_time(some, endings, target)
            skills += _evaluate(LOOKING_BACK, target, rows[known], happened, splits, seed)
    return SkillReport(tuple(skills), len(cases), seed, without)


def _evaluate(
    scheme: str, target: str, rows: np.ndarray, happened: np.ndarray, splits: list[Split], seed: int
) -> list[Skill]:
    predicted = {method: np.full(len(happened), np.nan) for method in METHODS}
    for train, test in splits:
        for method, values in _predict(rows[train], happened[train], rows[test], seed).items():
            predicted[method][test] = values
    tested = np.concatenate([test for _, test in splits])
    chosen = {method: values[tested] for method, values in predicted.items()}
    return measure(scheme, target, happened[tested], chosen, seed)


def _predict(rows: np.ndarray, happened: np.ndarray, new: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    line = fit_line(rows, happened, seed)
    weights = line.model.coef_[0]
    return {
        "base rate": np.full(len(new), happened.mean()),
        "coded neighbours": predict_neighbours(rows, happened, new),
        "weighted neighbours": predict_neighbours(rows * weights, happened, new * weights),
        "logistic regression": line.predict(new),
        "analogues": fit_neighbourhood(rows, happened, seed, line).predict(new),
    }


def _split_groups(happened: np.ndarray, seed: int) -> list[Split]:
    rarer = int(min(happened.sum(), len(happened) - happened.sum()))
    if rarer < INNER_FOLDS:
        raise UsageError(f"an outcome that came, or failed to, in {rarer} of {len(happened)} cases cannot be evaluated")
    groups = StratifiedKFold(min(GROUPS, rarer), shuffle=True, random_state=seed)
    return list(groups.split(np.zeros((len(happened), 1)), happened))


def _split_by_time(cases: Sequence[Case], endings: Mapping[str, CodedEnding], target: str) -> list[Split]:
    days = [case.cutoff or "" for case in cases]
    years = np.array([int(day[:4]) if day else 0 for day in days])
    splits = []
    for year in range(int(years.min()), int(years.max()) + 1, YEARS):
        test = np.flatnonzero((years >= year) & (years < year + YEARS))
        if not len(test):
            continue
        first = min(days[i] for i in test)
        train = np.array([i for i, case in enumerate(cases) if endings[case.id].known_by(target, first)])
        if len(train) >= FEWEST:
            splits.append((train, test))
    if not splits:
        raise UsageError(f"no case has {FEWEST} others that had ended before it; evaluate without looking back")
    return splits
