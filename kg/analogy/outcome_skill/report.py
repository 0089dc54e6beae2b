"""The table of an evaluation, with intervals, as an object, as JSON and as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.stats import rankdata

SAMPLES = 1000
REFERENCE = "logistic regression"
# The same prediction for every case: it ranks none above another, though the share differs a little between groups.
CONSTANT = "base rate"


@dataclass(frozen=True)
class Skill:
    """One method on one target. Intervals hold the middle 95 of 100 bootstrap samples of cases.

    `gain` is the AUC less that of the logistic regression on the same sample.
    """

    scheme: str
    target: str
    method: str
    cases: int
    happened: int
    auc: float
    auc_interval: tuple[float, float]
    brier: float
    brier_interval: tuple[float, float]
    gain: float
    gain_interval: tuple[float, float]


@dataclass(frozen=True)
class SkillReport:
    """What `evaluate_icb` found, in order of scheme, target and method."""

    skills: tuple[Skill, ...]
    cases: int
    seed: int
    without: tuple[str, ...] = ()

    def find(self, scheme: str, target: str, method: str) -> Skill:
        """One line of the table; KeyError if it is not there."""
        for skill in self.skills:
            if (skill.scheme, skill.target, skill.method) == (scheme, target, method):
                return skill
        raise KeyError((scheme, target, method))

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON holds it, numbers rounded to four places."""
        return {
            "cases": self.cases,
            "seed": self.seed,
            "without": list(self.without),
            "skills": [{key: _round(value) for key, value in asdict(skill).items()} for skill in self.skills],
        }

    def render(self) -> str:
        """The report as text, one table a scheme."""
        parts = [f"Outcome skill on {self.cases} coded crises (seed {self.seed}{self._left_out()})"]
        for scheme in dict.fromkeys(skill.scheme for skill in self.skills):
            parts.append(_render_scheme(scheme, [skill for skill in self.skills if skill.scheme == scheme]))
        parts.append(
            "AUC and Brier score with 95 % bootstrap intervals; gain: AUC less that of the logistic regression."
        )
        return "\n\n".join(parts) + "\n"

    def _left_out(self) -> str:
        return f"; without {', '.join(self.without)}" if self.without else ""


def measure(
    scheme: str, target: str, happened: np.ndarray, predicted: Mapping[str, np.ndarray], seed: int
) -> list[Skill]:
    """Score predictions (probabilities, one a case) of each method against outcomes 0.0 or 1.0."""
    random = np.random.default_rng(seed)
    samples = [random.integers(0, len(happened), len(happened)) for _ in range(SAMPLES)]
    samples = [sample for sample in samples if 0 < happened[sample].sum() < len(sample)]
    ranked = {m: np.zeros(len(happened)) if m == CONSTANT else p for m, p in predicted.items()}
    aucs = {m: np.array([find_auc(happened[s], p[s]) for s in samples]) for m, p in ranked.items()}
    found = []
    for method, values in predicted.items():
        briers = np.array([_brier(happened[s], values[s]) for s in samples])
        auc = find_auc(happened, ranked[method])
        found.append(
            Skill(
                scheme=scheme,
                target=target,
                method=method,
                cases=len(happened),
                happened=int(happened.sum()),
                auc=auc,
                auc_interval=_interval(aucs[method]),
                brier=_brier(happened, values),
                brier_interval=_interval(briers),
                gain=auc - find_auc(happened, ranked[REFERENCE]),
                gain_interval=_interval(aucs[method] - aucs[REFERENCE]),
            )
        )
    return found


def find_auc(happened: np.ndarray, predicted: np.ndarray) -> float:
    """How often a case where it came has a higher prediction than one where it did not, ties counting half."""
    yes = float(happened.sum())
    no = len(happened) - yes
    ranks = rankdata(predicted)
    return float((ranks[happened == 1].sum() - yes * (yes + 1) / 2) / (yes * no))


def _brier(happened: np.ndarray, predicted: np.ndarray) -> float:
    return float(((predicted - happened) ** 2).mean())


def _interval(values: np.ndarray) -> tuple[float, float]:
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def _round(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_round(part) for part in value]
    return round(value, 4) if isinstance(value, float) else value


def _render_scheme(scheme: str, skills: list[Skill]) -> str:
    lines = [scheme.capitalize(), f"{'target':<12} {'method':<20} {'n':>4} {'came':>5}  {'AUC':<18} {'Brier':<18} gain"]
    last = ""
    for s in skills:
        name = "" if s.target == last else s.target
        last = s.target
        counts = f"{s.cases:>4} {s.happened:>5}" if name else " " * 10
        auc, brier = _show(s.auc, s.auc_interval), _show(s.brier, s.brier_interval)
        gain = "" if s.method == REFERENCE else f"{s.gain:+.3f} [{s.gain_interval[0]:+.3f}, {s.gain_interval[1]:+.3f}]"
        lines.append(f"{name:<12} {s.method:<20} {counts}  {auc:<18} {brier:<18} {gain}".rstrip())
    return "\n".join(lines)


def _show(value: float, interval: tuple[float, float]) -> str:
    low, high = (f"{end:.3f}".removeprefix("0") for end in interval)
    return f"{value:.3f}".removeprefix("0") + f" [{low}, {high}]"
