"""A network's ear for a situation: low-rank changes of its weights, learned on texts with and without names.

A telegram, a minute or a leader follows names; what makes it like an old case is who faces whom and what is asked. The
adapter (E. Hu and others, "LoRA: Low-Rank Adaptation of Large Language Models", 2022) was taught on pairs, one situation told
as pasted and again by roles, with its precedents (`bench/pairs.md`, `python -m bench.learn_adapter`), so that the
first lands where the second would. Only the query is read with it: the vectors of episodes stay those of the plain model.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

BATCH = 8

Parts = NDArray[np.float32]
Window = list[int]  # positions of neighbouring sentences that are read together


@dataclass(frozen=True)
class Adapter:
    """A file of factors and its sha256, as `bench.learn_adapter` prints it."""

    file: Path
    sha256: str

    def check(self) -> Path:
        """The file. Raises ModelError unless it is the one that belongs to this version."""
        if not self.file.is_file() or hashlib.sha256(self.file.read_bytes()).hexdigest() != self.sha256:
            raise ModelError(f"{self.file} is missing or not the expected one: reinstall Precedent")
        return self.file


# Of the packaged model, and of the larger network that reads in its place where it is installed (kg.analogy.models)
SMALL = Adapter(
    Path(__file__).with_name("adapter-small.safetensors"),
    "e0991bf71ad6dba6d7917952c78f472a0e8e3adf5cf8b3d62bcc3dacfbf91703",
)
LARGE = Adapter(
    Path(__file__).with_name("adapter-large.safetensors"),
    "42517c90806b5450b2f0c85d6876a670e2683843cac17c3704b2126ad55ce7cd",
)


class SituationReader:
    """Sentences of one text, each read in the context of the others.

    `file` holds for each changed weight W the factors `<name>.A` (r, in) and `<name>.B` (out, r): it becomes W + B A.
    Raises ModelError when the file does not fit the model, which is one that takes the mean of its tokens.
    """

    def __init__(self, model: SentenceTransformer, file: Path) -> None:
        transformer: Any = model[0]
        self.tokenizer = transformer.tokenizer
        self.limit = int(model.max_seq_length or 512) - 2  # room for the marks at both ends
        self.network = copy.deepcopy(transformer.auto_model).eval()
        change_weights(self.network, file)

    def read(self, sentences: Sequence[str]) -> Parts:
        """For each sentence the sum of its tokens' vectors, shape (n, d): the direction of the sum of all is the text's.

        A text longer than the model's window is read in windows of neighbouring sentences; of a sentence longer than
        one, the window's length. The marks at a window's ends are shared out among its sentences.
        """
        tokens = self.tokenizer(list(sentences), add_special_tokens=False, truncation=True, max_length=self.limit)
        pieces: list[list[int]] = tokens["input_ids"]
        windows = list(_windows([len(piece) for piece in pieces], self.limit))
        parts = np.zeros((len(pieces), self.network.config.hidden_size), dtype=np.float32)
        for start in range(0, len(windows), BATCH):
            batch = windows[start : start + BATCH]
            for window, states in zip(batch, self._states(pieces, batch), strict=True):
                ends = np.cumsum([len(pieces[i]) for i in window]) + 1
                frame = (states[0] + states[ends[-1]]) / len(window)
                for i, low, high in zip(window, [1, *ends[:-1]], ends, strict=True):
                    parts[i] = states[low:high].sum(axis=0) + frame
        return parts

    def _states(self, pieces: Sequence[list[int]], windows: Sequence[Window]) -> Parts:
        import torch

        first, last = self.tokenizer.cls_token_id, self.tokenizer.sep_token_id
        rows = [[first, *(token for i in window for token in pieces[i]), last] for window in windows]
        padded = self.tokenizer.pad({"input_ids": rows}, return_tensors="pt")
        with torch.inference_mode():
            return self.network(**padded).last_hidden_state.float().numpy()


def change_weights(network: torch.nn.Module, file: Path) -> None:
    """Add B A to every weight that the file has factors for. Raises ModelError when one does not fit."""
    import torch
    from safetensors.torch import load_file

    factors = load_file(file)
    weights = dict(network.named_parameters())
    for name in sorted({key.rpartition(".")[0] for key in factors}):
        a, b = factors[f"{name}.A"].float(), factors[f"{name}.B"].float()
        weight = weights.get(f"{name}.weight")
        if weight is None or weight.shape != (b.shape[0], a.shape[1]):
            raise ModelError(f"{file.name} does not fit the model: it changes {name}, {b.shape[0]} by {a.shape[1]}")
        with torch.no_grad():
            weight += b @ a


def _windows(lengths: Sequence[int], limit: int) -> list[Window]:
    """Neighbouring positions whose lengths sum to at most `limit`."""
    windows: list[Window] = []
    room = 0
    for i, length in enumerate(lengths):
        if not windows or length > room:
            windows.append([])
            room = limit
        windows[-1].append(i)
        room -= length
    return windows
