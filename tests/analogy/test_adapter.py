"""A text as a situation: the adapter on the packaged model, read in windows, against the plain model."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from kg.analogy.adapter import SMALL, Adapter, SituationReader
from kg.analogy.encode import Encoder
from kg.analogy.evaluate import read_situations
from kg.analogy.evaluate.situations import AS_PASTED, HELD_OUT, NAME_FREE
from kg.analogy.sentences import split_sentences
from kg.errors import ModelError, UsageError

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "The envoy came back from the capital without an answer. Both armies dig in along the river, and the talks in the tent "
    "go on every morning. Our ally at home says that any line short of the old border would be a betrayal."
)


def direction(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


QUERY = "encoder.layer.0.attention.self.query"


def test_with_an_adapter_that_changes_nothing_the_parts_add_up_to_the_whole_text(
    encoder: Encoder, tmp_path: Path
) -> None:
    nothing = tmp_path / "nothing.safetensors"
    save_file({f"{QUERY}.A": torch.ones(2, 384), f"{QUERY}.B": torch.zeros(384, 2)}, nothing)
    plain = SituationReader(encoder.model, nothing)
    parts = plain.read(split_sentences(TEXT))
    assert parts.shape == (3, encoder.dimensions)
    assert direction(parts.sum(axis=0)) @ encoder.encode([TEXT])[0] == pytest.approx(1, abs=1e-4)


def test_a_text_beyond_the_window_is_read_to_its_end(encoder: Encoder) -> None:
    sentences = split_sentences(TEXT) * 25
    parts = encoder.read_parts(sentences)
    lengths = np.linalg.norm(parts, axis=1)
    assert lengths.min() > 0.3 * lengths.max()
    changed = encoder.read_parts([*sentences[:-1], "The minister resigned over the price of bread."])
    assert np.allclose(parts[:3], changed[:3], atol=1e-3) and not np.allclose(parts[-1], changed[-1], atol=0.1)


def test_a_sentence_longer_than_the_window_is_read_as_far_as_it_goes(encoder: Encoder) -> None:
    endless = "and then the envoy wrote home " * 200
    assert np.isfinite(encoder.read_parts([endless, "Nobody answered."])).all()


def test_pasted_texts_that_were_not_learned_come_nearer_to_their_name_free_twins(encoder: Encoder) -> None:
    held = [s for s in read_situations(ROOT / "bench" / "situations.jsonl") if s.half == HELD_OUT]
    pasted = {s.id: s.text for s in held if s.form == AS_PASTED}
    free = {s.id: s.text for s in held if s.form == NAME_FREE}
    ids = sorted(pasted)[:40]
    twins = encoder.place([free[id] for id in ids])
    plain = encoder.place([pasted[id] for id in ids]) @ twins.T
    read = np.stack([direction(encoder.read_parts(split_sentences(pasted[id])).sum(axis=0)) for id in ids]) @ twins.T

    def mean_place(likeness: np.ndarray) -> float:
        return float(np.mean((likeness >= np.diag(likeness)[:, None]).sum(axis=1)))

    assert mean_place(read) < mean_place(plain)


def test_nothing_to_read_is_refused(encoder: Encoder) -> None:
    with pytest.raises(UsageError):
        encoder.read_parts([])
    with pytest.raises(UsageError):
        encoder.read_parts(["A sentence.", "  "])


def test_the_plain_vectors_are_not_changed_by_the_adapter(encoder: Encoder) -> None:
    before = encoder.encode([TEXT])
    encoder.read_parts(split_sentences(TEXT))
    assert np.array_equal(before, encoder.encode([TEXT]))


def test_another_model_reads_a_situation_as_it_encodes(encoder: Encoder, tmp_path: Path) -> None:
    """One that takes the first token for the text, not the mean of all: parts and passages must be of one kind."""
    named = tmp_path / "first-token"
    shutil.copytree(encoder.path, named)
    pooling = named / "1_Pooling" / "config.json"
    told = json.loads(pooling.read_text())
    pooling.write_text(json.dumps(told | {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}))
    other = Encoder(named)
    sentences = split_sentences(TEXT)
    assert other.encode(sentences[:1])[0] @ encoder.encode(sentences[:1])[0] < 0.9
    assert np.allclose(other.read_parts(sentences), other.encode(sentences), atol=1e-5)


def test_an_adapter_that_is_not_ours_or_does_not_fit_is_refused(encoder: Encoder, tmp_path: Path) -> None:
    SMALL.check()
    other = tmp_path / "other.safetensors"
    other.write_bytes(SMALL.file.read_bytes()[:-1])
    with pytest.raises(ModelError, match="reinstall"):
        Adapter(other, SMALL.sha256).check()
    with pytest.raises(ModelError, match="reinstall"):
        Adapter(tmp_path / "missing.safetensors", SMALL.sha256).check()
    save_file({f"{QUERY}.A": torch.zeros(2, 7), f"{QUERY}.B": torch.zeros(384, 2)}, other)
    with pytest.raises(ModelError, match="does not fit"):
        SituationReader(encoder.model, other)
