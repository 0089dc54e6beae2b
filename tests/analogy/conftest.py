"""The real records, the real model, and an index of all episodes, built once a session."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.analogy.encode import Encoder, Progress, TextEncoder, Vectors
from kg.analogy.gazetteer import Gazetteer
from kg.analogy.index import EpisodeIndex
from kg.analogy.mask import Masker
from kg.analogy.names import EntityFinder
from kg.analogy.passages import Passage, embed, passage_rows, passages, place
from kg.model.dates import parse_date
from kg.model.records import read_records

DATA = Path(__file__).resolve().parents[2] / "data"


class CountingEncoder:
    """The real encoder, with a record of what it was asked to encode."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.model_id, self.reader_id = encoder.model_id, encoder.reader_id
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.encoded += texts
        return self.encoder.encode(texts, progress)

    def place(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self.encoder.place(texts, progress)

    def read_parts(self, sentences: Sequence[str]) -> Vectors:
        return self.encoder.read_parts(sentences)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture
def counting(encoder: Encoder) -> CountingEncoder:
    return CountingEncoder(encoder)


@pytest.fixture(scope="session")
def episodes() -> list[dict[str, Any]]:
    records, problems = read_records(DATA / "episodes")
    assert not problems
    return [dict(record.data) for record in records]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    records, problems = read_records([DATA / "actors", DATA / "persons", DATA / "places"])
    assert not problems
    return Gazetteer.from_rows([record.data for record in records])


@pytest.fixture(scope="session")
def masker(gazetteer: Gazetteer) -> Masker:
    return Masker(gazetteer, EntityFinder())


@pytest.fixture(scope="session")
def texts(episodes: list[dict[str, Any]], gazetteer: Gazetteer) -> list[Passage]:
    return passages(episodes, gazetteer)


@pytest.fixture(scope="session")
def rows(episodes: list[dict[str, Any]], texts: list[Passage], remembering: TextEncoder) -> list[dict[str, Any]]:
    """Episodes with their passages, in the form in which the graph gives them back."""
    nodes, _ = passage_rows(texts, embed(texts, {}, remembering), place(texts, {}, remembering), remembering)
    return [
        {
            "id": episode["id"], "name": episode["name"], "date": episode["date"],
            "latest": parse_date(episode["date"]).latest,
            "passages": [node.props for node in nodes if node.props["episode"] == episode["id"]],
        }
        for episode in episodes
    ]  # fmt: skip


@pytest.fixture(scope="session")
def index(rows: list[dict[str, Any]]) -> EpisodeIndex:
    return EpisodeIndex.from_rows(rows, "test")
