"""The text side alone, on narrative analogies that others made: which of some texts is analogous to a given one?

- AnaloBench (X. Ye and others, 2024; task T1): one sentence, or a story of ten, against four, of which one tells of the same thing.
- ParallelPARC (O. Sultan and others, 2024; gold set): a paragraph on a process against an analogous one from another domain, that same
  paragraph with its causes put in disorder, and one on something else.

The texts are scored as a query and as the predicaments of an episode are, by the legs of `kg.analogy.candidates`. The files
are named by the user; none is part of the project. Few words and no history: this checks that the legs do no harm elsewhere, and no more.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kg.analogy.bm25 import WordIndex
from kg.analogy.candidates import RANK_CONSTANT
from kg.analogy.encode import TextEncoder, Vectors, unit
from kg.analogy.evaluate.metrics import Estimate, draw_samples
from kg.analogy.sentences import split_sentences
from kg.errors import UsageError

RAW = "raw cosine"
LEGS = ("as a situation", "mean of sentences", "sentence by sentence", "shared words")
FUSED = "legs fused"
_BASE, _STORIES = "AnaloBench-T1-Subset-Base.csv", "stories-10.csv"
_PARC = "gold_set_analogies_w_challenging_distractors_w_randoms.csv"


@dataclass(frozen=True)
class Choice:
    """A text and some others; `answer` is the position of the analogous one."""

    text: str
    options: tuple[str, ...]
    answer: int


@dataclass(frozen=True)
class Accuracy:
    """The share of choices that a method got right, with chance, and its difference to raw cosine, paired."""

    task: str
    method: str
    count: int
    chance: float
    right: Estimate
    gain: Estimate

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it: estimates as value, low, high."""
        return {
            "task": self.task, "method": self.method, "n": self.count, "chance": round(self.chance, 4),
            "right": [round(x, 4) for x in self.right], "over_raw_cosine": [round(x, 4) for x in self.gain],
        }  # fmt: skip


def read_analobench(folder: Path) -> dict[str, list[Choice]]:
    """Choices by task: single sentences, and stories of ten sentences. Raises UsageError."""
    rows = _read(folder / _BASE, ("Index", "Sentence", "Options", "CorrectIndex"))
    told = {row["sentence"]: row["story"] for row in _read(folder / _STORIES, ("sentence", "story"))}
    sentences = [row["Sentence"] for row in rows]
    try:
        places = [(int(r["Index"]), [int(o) for o in r["Options"].split(",")], int(r["CorrectIndex"])) for r in rows]
        stories = [told[sentence] for sentence in sentences]
        return {
            f"AnaloBench, {name}": [
                Choice(texts[n], tuple(texts[o] for o in options), options.index(right)) for n, options, right in places
            ]
            for name, texts in (("sentences", sentences), ("stories of ten", stories))
        }
    except (ValueError, IndexError, KeyError) as error:
        raise UsageError(
            f"{folder / _BASE} is not the table expected ({error}): take both files as published"
        ) from None


def read_parallelparc(path: Path) -> dict[str, list[Choice]]:
    """Choices by task: against a text on something else, against the disordered one, and against both. Raises UsageError."""
    keys = ("source_paragraph", "target_paragraph", "distractor_target_paragraph", "random_target_paragraph")
    rows = [
        [" ".join(row[key].split()) for key in keys] for row in _read(path / _PARC if path.is_dir() else path, keys)
    ]
    return {
        "ParallelPARC, other": [Choice(s, (t, other), 0) for s, t, _, other in rows],
        "ParallelPARC, disordered": [Choice(s, (t, disordered), 0) for s, t, disordered, _ in rows],
        "ParallelPARC, both": [Choice(s, (t, disordered, other), 0) for s, t, disordered, other in rows],
    }


def evaluate_choices(tasks: Mapping[str, Sequence[Choice]], encoder: TextEncoder, seed: int = 0) -> list[Accuracy]:
    """Accuracy of raw cosine, of each leg and of the legs fused by rank. A tie counts as wrong by its share."""
    return [
        line for task, choices in tasks.items() for line in _measure(task, choices, _Reader(encoder, choices), seed)
    ]


class _Reader:
    """The vectors of whole texts and of sentences, each text encoded once, and the texts asked for as situations."""

    def __init__(self, encoder: TextEncoder, choices: Sequence[Choice]) -> None:
        texts = list(dict.fromkeys(text for choice in choices for text in (choice.text, *choice.options)))
        self.sentences = {text: split_sentences(text) for text in texts}
        every = list(dict.fromkeys([*texts, *(s for own in self.sentences.values() for s in own)]))
        self.vectors: dict[str, Vectors] = dict(zip(every, encoder.encode(every), strict=True))
        self.numbers = {text: number for number, text in enumerate(texts)}
        self.words = WordIndex(texts)  # what is rare is so among all texts, not among a few options
        self.places = encoder.place(texts)
        asked = list(dict.fromkeys(choice.text for choice in choices))
        self.situations = {text: unit(encoder.read_parts(self.sentences[text]).sum(axis=0)) for text in asked}

    def score(self, choice: Choice) -> dict[str, np.ndarray]:
        """By method, one score an option."""
        own = np.stack([self.vectors[s] for s in self.sentences[choice.text]])
        others = [np.stack([self.vectors[s] for s in self.sentences[option]]) for option in choice.options]
        rows = [self.numbers[option] for option in choice.options]
        scores = {
            "as a situation": self.places[rows] @ self.situations[choice.text],
            RAW: np.array([self.vectors[choice.text] @ self.vectors[option] for option in choice.options]),
            "mean of sentences": np.array([_direction(own) @ _direction(other) for other in others]),
            "sentence by sentence": np.array([(own @ other.T).max(axis=1).mean() for other in others]),
            "shared words": self.words.score(choice.text)[rows],
        }
        return {**scores, FUSED: sum((_reciprocal(scores[leg]) for leg in LEGS), np.zeros(len(choice.options)))}


def _measure(task: str, choices: Sequence[Choice], reader: _Reader, seed: int) -> Iterable[Accuracy]:
    scored = [reader.score(choice) for choice in choices]
    chance = float(np.mean([1 / len(choice.options) for choice in choices]))
    draws = draw_samples(len(choices), seed)
    right = {
        method: np.array(
            [_right(scores[method], choice.answer) for scores, choice in zip(scored, choices, strict=True)]
        )
        for method in (RAW, *LEGS, FUSED)
    }
    for method, values in right.items():
        yield Accuracy(task, method, len(choices), chance, _mean(values, draws), _mean(values - right[RAW], draws))


def _right(scores: np.ndarray, answer: int) -> float:
    best = np.flatnonzero(np.isclose(scores, scores.max(), atol=1e-7))
    return 1 / len(best) if answer in best else 0.0


def _reciprocal(scores: np.ndarray) -> np.ndarray:
    """Reciprocal ranks; equal scores share a rank."""
    ranks = 1 + (scores[:, None] < scores[None, :]).sum(axis=1)
    return 1 / (RANK_CONSTANT + ranks)


def _direction(vectors: Vectors) -> Vectors:
    return unit(vectors.mean(axis=0))


def _mean(values: np.ndarray, draws: np.ndarray) -> Estimate:
    low, high = np.quantile(values[draws].mean(axis=1), [0.025, 0.975])
    return Estimate(float(values.mean()), float(low), float(high))


def _read(file: Path, keys: Sequence[str]) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"cannot read {file}: {error}") from None
    lacking = [key for key in keys if not rows or key not in rows[0]]
    if lacking:
        raise UsageError(f"{file}:1: no column {', '.join(lacking)}: take the file as its authors published it")
    return rows
