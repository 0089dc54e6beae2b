"""What of an episode is read by the search, and what is encoded again."""

from __future__ import annotations

import copy
import hashlib
from typing import Any

from kg.analogy.encode import Encoder
from kg.analogy.gazetteer import Gazetteer
from kg.analogy.passages import Passage, embed, find_missing, passage_rows, passages
from tests.analogy.conftest import CountingEncoder


def test_every_kind_is_there_with_its_id(episodes: list[dict[str, Any]], texts: list[Passage]) -> None:
    for episode in episodes:
        own = [p for p in texts if p.episode == episode["id"]]
        assert {p.kind for p in own} == {"abstract", "predicament", "masked", "raw"}
        assert len({p.id for p in own}) == len(own)
        predicaments = [p.text for p in own if p.kind == "predicament"]
        assert predicaments == [" ".join(p["text"].split()) for p in episode["predicaments"]]
        assert f"{episode['id']}/passage/abstract-1" in {p.id for p in own}


def test_the_outcome_is_in_no_passage(episodes: list[dict[str, Any]], gazetteer: Gazetteer) -> None:
    told = copy.deepcopy(episodes)
    for episode in told:
        episode["summary"] += " Zanzibar."
        episode["outcome"]["text"] += " Zanzibar."
        for key in ("phases", "agreements", "commitments", "failure_modes", "claims", "meetings", "incidents"):
            for part in episode.get(key, []):
                part["text"] = part.get("text", "") + " Zanzibar."
        episode["moves"][-1] |= {"text": "Zanzibar.", "date": "2030-01-01"}
        episode["moves"][0] |= {"text": "Zanzibar.", "kind": "sign-agreement"}
    assert not [p.id for p in passages(told, gazetteer) if "Zanzibar" in p.text]


def test_masked_passages_hold_no_actor_or_year(texts: list[Passage], gazetteer: Gazetteer) -> None:
    masked = [p for p in texts if p.kind == "masked"]
    assert masked
    named = [(p.id, p.text[m.start : m.end]) for p in masked for m in gazetteer.find(p.text)]
    assert len(named) < len(masked) / 50, named
    assert not [p.id for p in masked if "1951" in p.text or "2018" in p.text]


def test_a_rebuild_encodes_only_what_changed(
    episodes: list[dict[str, Any]], gazetteer: Gazetteer, counting: CountingEncoder
) -> None:
    one = [next(e for e in episodes if e["id"] == "korean-armistice-talks")]
    wanted = passages(one, gazetteer)
    first = embed(wanted, {}, counting)
    assert set(first) == {p.hash for p in wanted}
    stored = {(key, counting.model_id): vector for key, vector in first.items()}

    counting.encoded.clear()
    assert embed(wanted, stored, counting) == first
    assert counting.encoded == []

    changed = copy.deepcopy(one)
    changed[0]["predicaments"][0]["text"] = "A new reading of the episode in one sentence."
    embed(passages(changed, gazetteer), stored, counting)
    assert counting.encoded == ["A new reading of the episode in one sentence."]


def test_vectors_of_another_model_are_not_reused(texts: list[Passage], encoder: Encoder) -> None:
    some = texts[:5]
    stored = {(p.hash, "another@0000"): [0.0] * 384 for p in some}
    assert find_missing(some, stored, encoder.model_id) == some
    vectors = embed(some, stored, encoder)
    assert all(any(value != 0 for value in vector) for vector in vectors.values())


def test_rows_carry_hash_model_and_vector(texts: list[Passage], encoder: Encoder) -> None:
    some = texts[:3]
    nodes, edges = passage_rows(some, embed(some, {}, encoder), {}, encoder)
    for passage, node, edge in zip(some, nodes, edges, strict=True):
        assert node.labels == ("Passage", "Entity")
        assert node.props["content_hash"] == hashlib.sha256(passage.text.encode()).hexdigest()[:24]
        assert node.props["model"] == encoder.model_id
        vector = node.props["embedding"]
        assert isinstance(vector, list) and len(vector) == 384 and all(type(x) is float for x in vector)
        assert abs(sum(float(x) ** 2 for x in vector) - 1) < 1e-3
        assert (edge.type, edge.source, edge.target) == ("PASSAGE_OF", node.id, passage.episode)
