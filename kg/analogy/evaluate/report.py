"""What the methods found on a list of situations: one line a method, for each form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.analogy.evaluate.metrics import Estimate, compare, draw_samples, measure
from kg.analogy.evaluate.situations import Situation, Unsearchable, set_apart
from kg.analogy.evaluate.systems import FULL, REFERENCE, Searcher
from kg.errors import UsageError

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Line:
    """One method on the situations of one form. `gain` is against raw cosine, `loss` against the full engine."""

    form: str
    half: str
    method: str
    count: int
    measures: dict[str, Estimate]
    gain: dict[str, Estimate]
    loss: dict[str, Estimate]

    @property
    def kind(self) -> str:
        """`whole`, or, for a part of the engine, `alone` or `without`."""
        return next((kind for kind in ("alone", "without") if kind in self.method.split()), "whole")

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it: each estimate as value, low, high."""
        return {
            "form": self.form, "half": self.half, "method": self.method, "kind": self.kind, "n": self.count,
            **{name: _rounded(value) for name, value in self.measures.items()},
            "over_raw_cosine": {name: _rounded(value) for name, value in self.gain.items()},
            "over_full_engine": {name: _rounded(value) for name, value in self.loss.items()},
        }  # fmt: skip


@dataclass(frozen=True)
class RetrievalReport:
    """All lines, the ranks behind them (by situation, form and method), and what could not be searched."""

    lines: tuple[Line, ...]
    ranks: tuple[tuple[Situation, dict[str, int]], ...]
    unsearchable: tuple[Unsearchable, ...]
    episodes: int
    model: str
    data_version: str
    seed: int

    def find(self, method: str, form: str, half: str = "") -> Line:
        """One line; KeyError if there is none."""
        for line in self.lines:
            if (line.method, line.form, line.half) == (method, form, half):
                return line
        raise KeyError((method, form, half))

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON holds it."""
        return {
            "model": self.model, "data_version": self.data_version, "episodes": self.episodes, "seed": self.seed,
            "lines": [line.to_dict() for line in self.lines],
            "situations": [
                {"id": s.id, "form": s.form, "precedent": list(s.precedents), "ranks": ranks} for s, ranks in self.ranks
            ],
            "not_searchable": [
                {"id": u.id, "form": u.form, "precedent": u.precedent, "reason": u.reason} for u in self.unsearchable
            ],
        }  # fmt: skip


def evaluate_situations(
    situations: Sequence[Situation], searcher: Searcher, seed: int = 0, progress: Progress | None = None
) -> RetrievalReport:
    """Ranks, hits and reciprocal rank of the precedents by every method, by form (and half, where it is given).

    Where several precedents are documented for a situation, the best-placed one counts. Raises UsageError when no
    precedent is among the episodes.
    """
    able, unable = set_apart(situations, searcher.index)
    if not able:
        raise UsageError(
            f"none of the {len(situations)} situations has a precedent among the {len(searcher.index)} episodes: "
            "build the graph with the episodes that they name"
        )
    ranked: list[tuple[Situation, dict[str, int]]] = []
    for number, situation in enumerate(able, 1):
        ranked.append((situation, searcher.place(situation)))
        if progress:
            progress(number, len(able))
    index = searcher.index
    return RetrievalReport(
        measure_ranks(ranked, seed), tuple(ranked), unable, len(index), index.models, index.data_version, seed
    )


def measure_ranks(ranked: Sequence[tuple[Situation, dict[str, int]]], seed: int) -> tuple[Line, ...]:
    """One line a method for each half and form of the situations, from their ranks by method."""
    groups = dict.fromkeys((situation.half, situation.form) for situation, _ in ranked)
    return tuple(line for half, form in groups for line in _measure_group(ranked, half, form, seed))


def _measure_group(ranked: Sequence[tuple[Situation, dict[str, int]]], half: str, form: str, seed: int) -> list[Line]:
    own = [ranks for situation, ranks in ranked if (situation.half, situation.form) == (half, form)]
    draws = draw_samples(len(own), seed)
    by_method = {method: [ranks[method] for ranks in own] for method in own[0]}
    return [
        Line(
            form, half, method, len(own), measure(ranks, draws),
            compare(ranks, by_method[REFERENCE], draws), compare(ranks, by_method[FULL], draws),
        )
        for method, ranks in by_method.items()
    ]  # fmt: skip


def _rounded(estimate: Estimate) -> list[float]:
    return [round(value, 4) for value in estimate]
