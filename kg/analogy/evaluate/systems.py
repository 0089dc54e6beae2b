"""The methods that are measured: each puts all episodes that may be proposed in an order for one situation.

Baselines read the text as it stands: BM25 over the raw passages; the cosine of the whole text and the raw passages of an
episode joined (*raw cosine*), its summary under its name, or its abstract. What the model's window does not hold is not
read. *Candidates* is the fusion that `precedent similar` shows; the *full engine* joins it with structure and facets, read
off the text as a brief does, with the weights of `kg.analogy.brief.looks`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kg.analogy.brief.looks import WEIGHTS, compare_structures, join_orders, rank_by
from kg.analogy.brief.make import POOL
from kg.analogy.candidates import Ranking, Scores, channel_weights, fuse, rank, score_channels
from kg.analogy.case import Case
from kg.analogy.casebook import Casebook
from kg.analogy.encode import Progress, TextEncoder, Vectors
from kg.analogy.evaluate.situations import Situation
from kg.analogy.facets import compare
from kg.analogy.index import EpisodeIndex
from kg.analogy.mask import Masker
from kg.analogy.provisional import provisional_case
from kg.analogy.similar import find_allowed, read_query
from kg.model.ontology import Ontology, load_ontology

BM25, RAW, SUMMARIES, ABSTRACT = "BM25", "raw cosine", "raw cosine, summaries", "abstract cosine"
CANDIDATES, FULL = "candidates", "full engine"
REFERENCE = RAW
LOOKS = ("structural", "facet")


@dataclass(frozen=True)
class Searcher:
    """What the methods search with. `summaries` by episode, for a baseline; without them it is left out."""

    index: EpisodeIndex
    encoder: TextEncoder
    masker: Masker
    casebook: Casebook
    summaries: Mapping[str, str] = field(default_factory=dict)
    look_weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    ontology: Ontology = field(default_factory=load_ontology)

    def place(self, situation: Situation) -> dict[str, int]:
        """By method, the rank of the best-placed precedent of a situation that can be found."""
        return _Search(self, situation).place()

    @cached_property
    def documents(self) -> dict[str, Vectors]:
        """By baseline, one vector an episode (episodes, d)."""
        raw, entries = self.index.sets["raw"], self.index.entries
        texts = {RAW: [" ".join(raw.texts[row] for row in raw.rows_of(i)) for i in range(len(entries))]}
        if self.summaries:
            texts[SUMMARIES] = [f"{entry.name}. {self.summaries.get(entry.id, '')}" for entry in entries]
        vectors = {name: self.encoder.encode(own) for name, own in texts.items()}
        abstracts = self.index.sets["abstract"].vectors[self.index.wholes]
        return {**vectors, ABSTRACT: abstracts}


class _Search:
    """One situation, asked of all methods."""

    def __init__(self, searcher: Searcher, situation: Situation) -> None:
        self.searcher, self.situation = searcher, situation
        self.query = situation.query
        self.allowed = find_allowed(self.query, searcher.index)

    def place(self) -> dict[str, int]:
        index, text = self.searcher.index, self.situation.text
        reading = read_query(self.query, index, self.searcher.encoder, self.searcher.masker)
        whole = self.searcher.encoder.encode([text])[0]
        ranked = {BM25: self._order(index.raw_words.score(text))}
        ranked |= {name: self._order(vectors @ whole) for name, vectors in self.searcher.documents.items()}
        scores = score_channels(reading, index)
        rankings = {channel: rank(values, self.allowed) for channel, values in scores.items()}
        weights = channel_weights(rankings)
        ranked[CANDIDATES] = by_text = self._fuse(rankings, weights)
        case = provisional_case(text, self.searcher.masker, self.searcher.encoder, self.searcher.ontology)
        looks = self._look(case, by_text)
        ranked[FULL] = self._join(by_text, looks, self.searcher.look_weights)
        for channel in rankings:
            ranked[f"{channel} alone"] = self._order(scores[channel])
        for look, ranks in looks.items():
            ranked[f"{look} alone"] = sorted(by_text, key=lambda id, ranks=ranks: ranks.get(id, len(by_text)))
        for channel in weights:
            rest = {name: weight for name, weight in weights.items() if name != channel}
            ranked[f"without {channel}"] = self._join(self._fuse(rankings, rest), looks, self.searcher.look_weights)
        for look in LOOKS:
            weighed = {**self.searcher.look_weights, look: 0.0}
            ranked[f"without {look}"] = self._join(by_text, looks, weighed)
        return {name: self._find(order) for name, order in ranked.items()}

    def _look(self, case: Case, by_text: Sequence[str]) -> dict[str, dict[str, int]]:
        """Ranks by structure and by facets, among the episodes that a brief would look at."""
        if not case.facts:
            return {look: {} for look in LOOKS}
        pool, cases = by_text[:POOL], self.searcher.casebook.cases
        alignments = compare_structures(case, cases, pool)
        facets = {id: compare(cases[id], case).overall for id in alignments}
        return {
            "structural": rank_by({id: alignment.score for id, alignment in alignments.items()}, pool),
            "facet": rank_by({id: value for id, value in facets.items() if value is not None}, pool),
        }

    def _fuse(self, rankings: Mapping[str, Ranking], weights: Mapping[str, float]) -> list[str]:
        return self._order(fuse(rankings, weights))

    def _join(
        self, by_text: Sequence[str], looks: Mapping[str, Mapping[str, int]], weights: Mapping[str, float]
    ) -> list[str]:
        ranks = {"topical": {id: place for place, id in enumerate(by_text, 1)}, **looks}
        return join_orders(ranks, by_text, weights)

    def _order(self, scores: Scores | NDArray[np.float32]) -> list[str]:
        return [self.searcher.index.entries[i].id for i in rank(scores, self.allowed).order]

    def _find(self, order: Sequence[str]) -> int:
        return next(place for place, id in enumerate(order, 1) if id in self.situation.precedents)


class RememberingEncoder:
    """An encoder that is asked once for the vector of a text and once for its place. For evaluation, where texts recur."""

    def __init__(self, encoder: TextEncoder) -> None:
        self.encoder = encoder
        self.known: dict[str, Vectors] = {}
        self.placed: dict[str, Vectors] = {}

    @property
    def model_id(self) -> str:
        """The model of the encoder behind it."""
        return self.encoder.model_id

    @property
    def reader_id(self) -> str:
        """The network that reads situations for the encoder behind it."""
        return self.encoder.reader_id

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """As the encoder behind it."""
        return _recall(self.known, self.encoder.encode, texts, progress)

    def place(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """As the encoder behind it."""
        return _recall(self.placed, self.encoder.place, texts, progress)

    def read_parts(self, sentences: Sequence[str]) -> Vectors:
        """As the encoder behind it."""
        return self.encoder.read_parts(sentences)


def _recall(
    known: dict[str, Vectors], ask: Callable[..., Vectors], texts: Sequence[str], progress: Progress | None
) -> Vectors:
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if new:
        known.update(zip(new, ask(new, progress), strict=True))
    return np.stack([known[text] for text in texts])
