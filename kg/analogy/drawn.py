"""Situations in which people drew analogies, as the search reads them: which of them a reader's text is like.

A record of the register tells its situation twice: free of names, and as somebody would paste it. Three measures are joined
as standard scores (E. A. Fox and J. A. Shaw, "Combination of multiple searches", TREC-2, 1994): the text as a situation against the
name-free form, with double weight; each sentence against its nearest name-free sentence; and, as far as the reader's
text is full of names, the whole against the text as pasted. `docs/decisions.md` says how well that does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.analogy.candidates import standardize
from kg.analogy.encode import Vectors, unit
from kg.analogy.evidence import one_line
from kg.analogy.passages import Passage
from kg.analogy.reading import Reading
from kg.analogy.sentences import split_sentences
from kg.errors import ModelError

TOLD, NAME_FREE = "situation", "situation-abstract"
WHOLE = 2.0  # weight of the text as a situation
FULL = 0.06  # share of names and dates in a text from which it counts as full of them


@dataclass(frozen=True)
class LikeSituation:
    """A situation of the register near to the reader's, and the nearest pair of sentences.

    `rank` is among the `of` situations compared; `score` is the cosine of the pair, `text` the sentence of the register,
    which is the passage `passage`, and `sentence` the reader's.
    """

    use: str
    rank: int
    of: int
    score: float
    text: str
    passage: str
    sentence: str


def drawn_passages(uses: Iterable[Mapping[str, Any]]) -> list[Passage]:
    """The texts of analogies (dicts as in data/register): the situation as pasted, its name-free form, and each sentence of this."""
    out: list[Passage] = []
    for use in uses:
        if not use.get("situation") or not use.get("situation_abstract"):
            continue
        free = use["situation_abstract"]
        texts = {TOLD: [one_line(use["situation"])], NAME_FREE: [one_line(free), *split_sentences(free)]}
        out.extend(
            Passage(use["id"], use["name"], kind, number, text)
            for kind, told in texts.items()
            for number, text in enumerate(told, 1)
        )
    return out


class DrawnIndex:
    """The situations of the register in memory. Raises ModelError when their vectors are of another model."""

    def __init__(self, rows: Iterable[Mapping[str, Any]], model: str, reader: str) -> None:
        """From dicts with `analogy`, `passage`, `kind`, `ordinal`, `text`, `model` and `embedding`, and where a network of its
        own reads situations with `situation_model` and `situation_embedding`.
        """
        ordered = sorted(rows, key=lambda row: (row["analogy"], row["kind"], row["ordinal"]))
        wholes = [row for row in ordered if row["kind"] == NAME_FREE and row["ordinal"] == 1]
        readers = {row.get("situation_model") or row["model"] for row in wholes}
        if any(row["model"] != model for row in ordered):
            raise ModelError(f"the situations of the register were not encoded with {model}: run `precedent build`")
        if readers - {reader}:
            raise ModelError(f"the situations of the register were not read by {reader}: run `precedent build`")
        free = [row for row in ordered if row["kind"] == NAME_FREE and row["ordinal"] > 1]
        self.uses: tuple[str, ...] = tuple(dict.fromkeys(row["analogy"] for row in free))
        place = {use: number for number, use in enumerate(self.uses)}
        self.texts: tuple[str, ...] = tuple(row["text"] for row in free)
        self.ids: tuple[str, ...] = tuple(row["passage"] for row in free)
        self.owners: NDArray[np.intp] = np.array([place[row["analogy"]] for row in free], dtype=np.intp)
        self.sentences = _stack([row["embedding"] for row in free])
        self.told = _stack([row["embedding"] for row in ordered if row["kind"] == TOLD])
        self.places = _stack([row.get("situation_embedding") or row["embedding"] for row in wholes])

    def __len__(self) -> int:
        return len(self.uses)

    def find_like(
        self, reading: Reading, allowed: Collection[str], count: int, least: float = 0.0
    ) -> list[LikeSituation]:
        """The situations most like a reading among those of the `allowed` analogies, best first.

        Those whose nearest pair of sentences comes to less than `least` are left out.
        """
        places = [place for place, use in enumerate(self.uses) if use in allowed]
        if not places:
            return []
        query = np.concatenate([reading.masked_vectors, reading.own_vectors])
        likeness = query @ self.sentences.T
        told = [*(reading.sentences[origin] for origin in reading.origins), *reading.own]
        scores = self._score(reading, likeness)
        found: list[LikeSituation] = []
        for rank, place in enumerate(sorted(places, key=lambda place: -scores[place])[:count], 1):
            rows = np.flatnonzero(self.owners == place)
            ours, theirs = np.unravel_index(int(likeness[:, rows].argmax()), (len(told), len(rows)))
            row, best = int(rows[theirs]), float(likeness[ours, rows[theirs]])
            if best >= least:
                found.append(
                    LikeSituation(
                        self.uses[place], rank, len(places), round(best, 4), self.texts[row], self.ids[row], told[ours]
                    )
                )
        return found

    def _score(self, reading: Reading, likeness: Vectors) -> Vectors:
        """How like each situation is, shape (analogies,). The reader's own predicaments weigh as much as the text."""
        starts = np.flatnonzero(np.r_[True, np.diff(self.owners) > 0])
        own = len(reading.own)
        share = 0.5 if own else 1.0
        weights = np.concatenate([reading.weights * share, np.full(own, share / max(own, 1), dtype=np.float32)])
        best = weights @ np.maximum.reduceat(likeness, starts, axis=1)
        named = min(1.0, reading.density / FULL)
        whole = self.places @ reading.situation
        pasted = self.told @ unit(reading.vectors.mean(axis=0))
        joined = WHOLE * share * standardize(whole) + standardize(best) + named * standardize(pasted)
        return joined.astype(np.float32)


def _stack(vectors: Sequence[Sequence[float]]) -> Vectors:
    return np.array(vectors, dtype=np.float32) if vectors else np.empty((0, 0), dtype=np.float32)
