"""Situations of the register against a reader's text: the real records and the real model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.analogy.drawn import DrawnIndex, drawn_passages
from kg.analogy.encode import Encoder
from kg.analogy.mask import Masker
from kg.analogy.passages import embed, passage_rows, place
from kg.analogy.reading import read_text
from kg.errors import ModelError
from kg.model.records import read_records

REGISTER = Path(__file__).resolve().parents[2] / "data" / "register"
# A few analogies about unlike situations; a record more in the register changes nothing here.
CHOSEN = (
    "acheson-1962-cuba-not-pearl-harbor", "zelensky-2022-budapest", "zhou-1968-paris-korea",
    "adenauer-1953-potsdam", "apple-2001-afghanistan-vietnam", "bainville-1920-versailles-westphalia",
)  # fmt: skip
MISSILES = (
    "A rival has hidden missiles on an island near our coast, and we argue whether to bomb them. "
    "A naval cordon would only give him time to finish the work."
)


@pytest.fixture(scope="module")
def uses() -> dict[str, dict[str, Any]]:
    records, problems = read_records([REGISTER / f"{id}.yaml" for id in CHOSEN])
    assert not problems
    return {record.id: dict(record.data) for record in records}


@pytest.fixture(scope="module")
def rows(uses: dict[str, dict[str, Any]], encoder: Encoder) -> list[dict[str, Any]]:
    wanted = drawn_passages(uses.values())
    nodes, _ = passage_rows(wanted, embed(wanted, {}, encoder), place(wanted, {}, encoder), encoder)
    return [{**node.props, "analogy": node.props["episode"], "passage": node.id} for node in nodes]


@pytest.fixture(scope="module")
def index(rows: list[dict[str, Any]], encoder: Encoder) -> DrawnIndex:
    return DrawnIndex(rows, encoder.model_id, encoder.reader_id)


def test_a_situation_told_without_names_is_found_and_says_why(
    index: DrawnIndex, uses: dict[str, dict[str, Any]], encoder: Encoder, masker: Masker
) -> None:
    reading = read_text(MISSILES, (), encoder, masker)
    found = index.find_like(reading, set(CHOSEN), 3)
    assert found[0].use == "acheson-1962-cuba-not-pearl-harbor"
    assert [like.rank for like in found] == [1, 2, 3] and {like.of for like in found} == {len(CHOSEN)}
    for like in found:
        assert like.text in " ".join(uses[like.use]["situation_abstract"].split())
        assert like.sentence in reading.sentences
        ours, theirs = encoder.encode([like.sentence, like.text])
        assert like.passage.startswith(f"{like.use}/passage/situation-abstract-")
        assert like.score == pytest.approx(float(ours @ theirs), abs=1e-3)


def test_a_text_full_of_names_is_compared_as_pasted(
    index: DrawnIndex, uses: dict[str, dict[str, Any]], encoder: Encoder, masker: Masker
) -> None:
    for id in CHOSEN:
        reading = read_text(" ".join(uses[id]["situation"].split()), (), encoder, masker)
        assert index.find_like(reading, set(CHOSEN), 1)[0].use == id


def test_only_what_is_allowed_and_near_enough_is_found(index: DrawnIndex, encoder: Encoder, masker: Masker) -> None:
    reading = read_text(MISSILES, (), encoder, masker)
    rest = set(CHOSEN) - {"acheson-1962-cuba-not-pearl-harbor"}
    found = index.find_like(reading, rest, 9)
    assert {like.use for like in found} == rest and found[0].of == len(rest)
    assert not index.find_like(reading, set(), 9)
    least = max(like.score for like in found)
    assert [like.score for like in index.find_like(reading, rest, 9, least)] == [least]


def test_the_readers_own_line_weighs_as_much_as_the_text(index: DrawnIndex, encoder: Encoder, masker: Masker) -> None:
    line = "A small state gave up its weapons for the promises of great powers, and was attacked by one of them."
    plain = read_text(MISSILES, (), encoder, masker)
    steered = read_text(MISSILES, (line,), encoder, masker)
    place = "zelensky-2022-budapest"
    ranks = [
        {like.use: like.rank for like in index.find_like(r, set(CHOSEN), len(CHOSEN))}[place] for r in (plain, steered)
    ]
    assert ranks[1] < ranks[0]


def test_vectors_of_another_model_are_refused(rows: list[dict[str, Any]], encoder: Encoder) -> None:
    with pytest.raises(ModelError, match="precedent build"):
        DrawnIndex(rows, "another@0", encoder.reader_id)
    with pytest.raises(ModelError, match="precedent build"):
        DrawnIndex(rows, encoder.model_id, "another@0")
    assert len(DrawnIndex([], "another@0", "another@0")) == 0
