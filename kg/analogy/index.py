"""All passages of all episodes in memory, ready to be compared with a query.

Built from what the graph holds; one matrix of vectors per kind of passage, rows grouped by episode. Ten thousand
episodes are some hundreds of thousands of rows, and a query is a matrix product.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.analogy.bm25 import WordIndex
from kg.analogy.encode import Vectors, unit
from kg.analogy.passages import KINDS, tells_situation
from kg.errors import GraphEmpty, ModelError, NotFound

Day = tuple[int, int, int]


@dataclass(frozen=True)
class Entry:
    """One episode as the search knows it; `latest` is None where the end is open or unknown."""

    id: str
    name: str
    date: str
    latest: Day | None


@dataclass(frozen=True)
class PassageSet:
    """Passages of one kind: `vectors` (n, d), and for each row its episode's position, id and text.

    `places` (n, e) is where the rows stand among situations, as `TextEncoder.place` has it; zero in rows that have no place.
    """

    vectors: Vectors
    places: Vectors
    owners: NDArray[np.intp]
    ids: tuple[str, ...]
    texts: tuple[str, ...]

    def best_by_owner(self, values: NDArray[np.float32], count: int) -> NDArray[np.float32]:
        """The greatest of the values (…, n) for each of `count` episodes, shape (…, count); -1 where it has no row."""
        out = np.full((*values.shape[:-1], count), -1.0, dtype=np.float32)
        if len(self.owners):
            starts = np.flatnonzero(np.r_[True, np.diff(self.owners) > 0])
            out[..., self.owners[starts]] = np.maximum.reduceat(values, starts, axis=-1)
        return out

    def mean_by_owner(self, values: NDArray[np.float32], count: int) -> NDArray[np.float32]:
        """The mean of the values (n,) over the rows of each of `count` episodes, shape (count,); -1 where it has no row."""
        rows = np.bincount(self.owners, minlength=count)
        sums = np.bincount(self.owners, weights=values, minlength=count)
        return np.where(rows > 0, sums / np.maximum(rows, 1), -1.0).astype(np.float32)

    def rows_of(self, owner: int) -> NDArray[np.intp]:
        """Positions of an episode's rows."""
        low, high = np.searchsorted(self.owners, [owner, owner + 1])
        return np.arange(low, high)


class EpisodeIndex:
    """Episodes with their passages, whose vectors are of `model`, and whose places among situations are of `reader`."""

    def __init__(
        self, entries: Sequence[Entry], sets: Mapping[str, PassageSet], model: str, reader: str, data_version: str
    ) -> None:
        self.entries = tuple(entries)
        self.sets = dict(sets)
        self.model = model
        self.reader = reader
        self.data_version = data_version
        self._positions = {entry.id: position for position, entry in enumerate(self.entries)}

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]], data_version: str = "") -> EpisodeIndex:
        """From dicts with `id`, `name`, `date`, `latest` (ISO day or None) and `passages`.

        A passage is a dict with `id`, `kind`, `text`, `model` and `embedding`, and where a network of its own reads
        situations with `situation_model` and `situation_embedding`. Raises GraphEmpty without any, ModelError
        when the vectors are of more than one model.
        """
        ordered = sorted(rows, key=lambda row: row["id"])
        models = {passage["model"] for row in ordered for passage in row["passages"]}
        if not models:
            raise GraphEmpty("the graph holds no passages to compare with: run `precedent build`")
        if len(models) > 1:
            raise ModelError(f"the graph mixes vectors of {' and '.join(sorted(models))}: run `precedent build`")
        readers = {
            p.get("situation_model") or p["model"]
            for row in ordered
            for p in row["passages"]
            if tells_situation(p["kind"], _ordinal(p["id"]))
        }
        if len(readers) > 1:
            raise ModelError(f"the graph mixes situations of {' and '.join(sorted(readers))}: run `precedent build`")
        model = models.pop()
        entries = [Entry(row["id"], row["name"], row.get("date") or "", _day(row.get("latest"))) for row in ordered]
        return cls(
            entries,
            {kind: _gather(ordered, kind) for kind in KINDS},
            model,
            readers.pop() if readers else model,
            data_version,
        )

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def models(self) -> str:
        """The model of the vectors, and that which reads situations where it is another: what a result is told with."""
        return self.model if self.reader == self.model else f"{self.model}, situations {self.reader}"

    def position(self, episode: str) -> int:
        """Position of an episode. Raises NotFound."""
        try:
            return self._positions[episode]
        except KeyError:
            raise NotFound(f"no episode {episode!r} in the graph: `precedent cypher` lists what there is") from None

    @cached_property
    def words(self) -> WordIndex:
        """BM25 over abstracts and predicaments, one document per episode, in the order of `entries`."""
        return WordIndex(self._join_texts("abstract", "predicament"))

    @cached_property
    def raw_words(self) -> WordIndex:
        """BM25 over raw passages, one document per episode, in the order of `entries`."""
        return WordIndex(self._join_texts("raw"))

    @cached_property
    def all_words(self) -> WordIndex:
        """BM25 over abstracts, predicaments and raw passages, one document per episode, in the order of `entries`."""
        return WordIndex(self._join_texts("abstract", "predicament", "raw"), "lucene")

    def _join_texts(self, *kinds: str) -> list[str]:
        documents = [""] * len(self)
        for kind in kinds:
            seen: set[int] = set()
            for owner, text in zip(self.sets[kind].owners.tolist(), self.sets[kind].texts, strict=True):
                if kind == "abstract" and owner in seen:
                    continue  # sentences of an abstract repeat the whole
                seen.add(owner)
                documents[owner] += " " + text
        return documents

    @cached_property
    def predicament_means(self) -> Vectors:
        """Mean direction of each episode's predicaments, unit vectors (episodes, d); zero where it has none."""
        passages = self.sets["predicament"]
        means = np.zeros((len(self), passages.vectors.shape[1]), dtype=np.float32)
        np.add.at(means, passages.owners, passages.vectors)
        return unit(means)

    @cached_property
    def wholes(self) -> NDArray[np.intp]:
        """Rows of the set `abstract` that hold a whole abstract, by episode position."""
        owners = self.sets["abstract"].owners
        return np.flatnonzero(np.r_[True, np.diff(owners) > 0]) if len(owners) else np.empty(0, dtype=np.intp)


def _gather(rows: Sequence[Mapping[str, Any]], kind: str) -> PassageSet:
    found = [
        (owner, passage)
        for owner, row in enumerate(rows)
        for passage in sorted(row["passages"], key=lambda p: _ordinal(p["id"]))
        if passage["kind"] == kind
    ]
    dimensions = next((len(p["embedding"]) for row in rows for p in row["passages"]), 0)
    vectors = np.empty((len(found), dimensions), dtype=np.float32)
    for number, (_, passage) in enumerate(found):
        vectors[number] = passage["embedding"]
    return PassageSet(
        vectors,
        _gather_places([passage for _, passage in found], vectors),
        np.array([owner for owner, _ in found], dtype=np.intp),
        tuple(passage["id"] for _, passage in found),
        tuple(passage["text"] for _, passage in found),
    )


def _gather_places(passages: Sequence[Mapping[str, Any]], vectors: Vectors) -> Vectors:
    """Where passages stand among situations: as their vectors do, unless they say otherwise."""
    own = {row: p["situation_embedding"] for row, p in enumerate(passages) if p.get("situation_embedding")}
    if not own:
        return vectors
    places = np.zeros((len(passages), len(next(iter(own.values())))), dtype=np.float32)
    for row, vector in own.items():
        places[row] = vector
    return places


def _ordinal(passage_id: str) -> int:
    return int(passage_id.rsplit("-", 1)[1])


def _day(iso: object) -> Day | None:
    """An ISO day, also one before Christ (`-0420-01-01`), as a tuple that compares."""
    if iso is None or iso == "":
        return None
    text = str(iso)
    year, month, day = text.lstrip("-").split("T")[0].split("-")
    return (-int(year) if text.startswith("-") else int(year), int(month), int(day))
