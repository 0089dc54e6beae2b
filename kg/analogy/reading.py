"""A query as the search reads it: its sentences plain and masked, with their vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.analogy.encode import TextEncoder, Vectors, unit
from kg.analogy.index import EpisodeIndex
from kg.analogy.mask import Masker
from kg.analogy.sentences import split_sentences
from kg.errors import UsageError

MAX_CHARACTERS = 200_000


@dataclass(frozen=True)
class Reading:
    """Sentences of a query (n) with vectors (n, d), and those of them that tell something without names (m), masked.

    `parts` (n, e) are the sentences as the encoder reads a situation, each vector as long as the sentence weighs.
    `origins` says for each masked sentence which sentence it was, `weights` (m, sum 1) how much it tells: the share
    of its words that are neither names nor stop words. `density` is the share of words of the text that are names or
    dates. `own` are predicaments in the reader's words, with vectors (k, d) and, read as situations, directions (k, e).
    """

    sentences: tuple[str, ...]
    vectors: Vectors
    parts: Vectors
    masked: tuple[str, ...]
    masked_vectors: Vectors
    origins: tuple[int, ...]
    weights: Vectors
    density: float
    own: tuple[str, ...]
    own_vectors: Vectors
    own_situations: Vectors

    @property
    def situation(self) -> Vectors:
        """Direction of the text as a situation, shape (e,)."""
        return unit(self.parts.sum(axis=0))

    @property
    def masked_whole(self) -> Vectors:
        """Direction of the masked text as a whole, shape (d,)."""
        return unit(self.weights @ self.masked_vectors)


def read_text(text: str, own: Sequence[str], encoder: TextEncoder, masker: Masker) -> Reading:
    """Split, mask and encode a text and the reader's predicaments, and read the text as a situation.

    Raises UsageError for a text without a word or of more than 200,000 characters.
    """
    check_text(text)
    for line in own:
        check_text(line)
    sentences = split_sentences(text)
    mask = masker.mask(sentences)
    masked = [mask.sentences[i] for i in mask.telling]
    distinct = list(dict.fromkeys([*sentences, *masked]))
    vectors = dict(zip(distinct, encoder.encode(distinct), strict=True))
    parts = encoder.read_parts(sentences)
    reading = Reading(
        tuple(sentences),
        np.stack([vectors[s] for s in sentences]),
        parts,
        tuple(masked),
        np.stack([vectors[s] for s in masked]),
        mask.telling,
        _weights([mask.shares[i] for i in mask.telling]),
        mask.density,
        (),
        _none(vectors[sentences[0]]),
        _none(parts[0]),
    )
    return add_predicaments(reading, own, encoder, masker)


def read_episode(episode: str, index: EpisodeIndex) -> Reading:
    """An episode as query: its predicaments and the sentences of its abstract stand for the text on every channel.

    They are free of names and read without the adapter, which was taught to look past these; as a situation a sentence of the
    abstract stands where the whole stands. Nothing is encoded, since the index holds the vectors; nothing of its
    outcome is among them.
    """
    owner = index.position(episode)
    abstract, predicaments = index.sets["abstract"], index.sets["predicament"]
    whole, *sentences = abstract.rows_of(owner).tolist()
    rows = predicaments.rows_of(owner)
    texts = [*(abstract.texts[row] for row in sentences), *(predicaments.texts[row] for row in rows)]
    stacked = np.concatenate([abstract.vectors[sentences], predicaments.vectors[rows]])
    places = np.concatenate([abstract.places[[whole] * len(sentences)], predicaments.places[rows]])
    return Reading(
        tuple(texts),
        stacked,
        places,
        tuple(texts),
        stacked,
        tuple(range(len(texts))),
        _weights([1.0] * len(texts)),
        0.0,
        (),
        _none(stacked[0]),
        _none(places[0]),
    )


def add_predicaments(reading: Reading, own: Sequence[str], encoder: TextEncoder, masker: Masker) -> Reading:
    """The same reading with these predicaments of the reader's; only what is new is encoded."""
    for line in own:
        check_text(line)
    known = dict(zip(reading.own, zip(reading.own_vectors, reading.own_situations, strict=True), strict=True))
    fresh = [line for line in dict.fromkeys(own) if line not in known]
    if fresh:
        told = masker.mask(fresh).sentences
        known.update(zip(fresh, zip(encoder.encode(told), _read_situations(told, encoder), strict=True), strict=True))
    vectors, situations = zip(*(known[line] for line in own), strict=True) if own else ((), ())
    return replace(
        reading,
        own=tuple(own),
        own_vectors=np.stack(vectors) if own else _none(reading.vectors[0]),
        own_situations=np.stack(situations) if own else _none(reading.parts[0]),
    )


def check_text(text: str) -> None:
    """Raises UsageError when a text cannot be compared with anything."""
    if len(text) > MAX_CHARACTERS:
        raise UsageError(f"the text has {len(text):,} characters: paste at most {MAX_CHARACTERS:,}")
    if not any(letter.isalpha() for letter in text):
        raise UsageError("the text has no words: describe the situation in a sentence or two")


def _read_situations(lines: Sequence[str], encoder: TextEncoder) -> Vectors:
    """The direction of each line as a situation by itself."""
    return np.array([unit(encoder.read_parts([line]).sum(axis=0)) for line in lines], dtype=np.float32)


def _weights(shares: Sequence[float]) -> Vectors:
    weights = np.array(shares, dtype=np.float32) + np.float32(1e-6)
    return weights / weights.sum()


def _none(like: Vectors) -> Vectors:
    return np.empty((0, like.shape[-1]), dtype=np.float32)
