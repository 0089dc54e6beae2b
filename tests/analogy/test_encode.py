"""The encoder: known weights, unit vectors, no torch before it is needed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kg.analogy import encode
from kg.analogy.encode import PACKAGED_SHA256, Encoder
from kg.errors import ModelError, UsageError


def test_vectors_are_unit_float32_and_independent_of_company(encoder: Encoder) -> None:
    alone = encoder.encode(["Two armies bargain over a truce."])
    texts = ["A crisis.", "Two armies bargain over a truce.", *(f"Sentence {n} about ships." for n in range(40))]
    together = encoder.encode(texts)
    assert together.dtype == np.float32 and together.shape == (42, 384)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert np.allclose(alone[0], together[1], atol=1e-5)


def test_the_model_id_names_the_weights(encoder: Encoder) -> None:
    assert encoder.model_id == f"all-MiniLM-L6-v2@{PACKAGED_SHA256[:10]}"


@pytest.mark.parametrize("blank", ["", "  \n"])
def test_blank_text_is_refused(encoder: Encoder, blank: str) -> None:
    with pytest.raises(UsageError, match="text 2 of 2 is empty"):
        encoder.encode(["something", blank])


def test_progress_reaches_the_end(encoder: Encoder) -> None:
    told: list[tuple[int, int]] = []
    encoder.encode([f"Text {n}" for n in range(20)], lambda done, total: told.append((done, total)))
    assert told[-1] == (20, 20) and told == sorted(told)


def test_other_weights_in_the_package_are_refused(
    encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "model"
    shutil.copytree(encoder.path, copy)
    with (copy / "model.safetensors").open("r+b") as weights:
        weights.seek(-1, 2)
        weights.write(b"\x01")
    monkeypatch.setattr(encode, "find_packaged", lambda: copy)
    with pytest.raises(ModelError, match="not the expected ones"):
        Encoder()
    assert Encoder(copy).model_id != encoder.model_id  # named by the reader, it is taken as another model


def test_the_environment_names_another_model(encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = tmp_path / "mine"
    named.symlink_to(encoder.path, target_is_directory=True)
    monkeypatch.setenv("PRECEDENT_MODEL", str(named))
    assert Encoder().model_id == f"mine@{PACKAGED_SHA256[:10]}"


@pytest.mark.parametrize("name", ["no-such-model-anywhere", "a/b/c/d", "/no/such/directory"])
def test_a_missing_model_is_named(name: str) -> None:
    with pytest.raises(ModelError, match=name):
        Encoder(name)


def test_a_directory_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no weights"):
        Encoder(tmp_path)


def test_nothing_here_imports_torch_before_encoding() -> None:
    code = (
        "import sys, kg.analogy.similar, kg.analogy.names, kg.analogy.passages\n"
        "from kg.analogy.encode import Encoder\n"
        "Encoder().model_id\n"
        "print([name for name in ('torch', 'spacy', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
