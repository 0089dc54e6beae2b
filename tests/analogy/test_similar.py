"""Similarity on the real records with the real model."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kg.analogy.encode import Encoder
from kg.analogy.index import EpisodeIndex
from kg.analogy.mask import Masker
from kg.analogy.similar import Query, nearest_predicaments, read_query, similar
from kg.errors import GraphEmpty, ModelError, NotFound, UsageError
from tests.analogy.conftest import CountingEncoder

PARADOX = (
    "The paradox: the other side reads the mere act of sitting down with it as a sign of weakness. It offers "
    "moratoriums and symbolic gestures, and may walk out or provoke. We want a settlement on today's lines, our ally "
    "wants more, and talks could drag on for years."
)
PASTED = (
    "WASHINGTON, May 1972. Ambassador Smith cables from Helsinki that Semenov accepts ceilings on battleships if the "
    "ratios are fixed; the Japanese delegate, Admiral Kato, told Mr. Hughes that five to five to three is an insult."
)


def test_the_paradox_finds_the_armistice_talks(index: EpisodeIndex, encoder: Encoder, masker: Masker) -> None:
    result = similar(Query(PARADOX), index, encoder, masker, k=3)
    assert "korean-armistice-talks" in [match.id for match in result.matches]
    assert result.considered == len(index)


def test_scores_stand_apart_with_ranks_and_reasons(index: EpisodeIndex, encoder: Encoder, masker: Masker) -> None:
    result = similar(Query(PARADOX), index, encoder, masker)
    best = next(match for match in result.matches if match.id == "korean-armistice-talks")
    assert {"fused", "situation", "abstract", "predicament", "bm25", "masked", "raw", "bm25_raw"} == set(best.scores)
    assert all(1 <= score["rank"] <= len(index) for score in best.scores.values())
    reason = next(reason for reason in best.why if reason.channel == "predicament")
    assert reason.passage.startswith("korean-armistice-talks/passage/predicament-")
    assert "weakness" in reason.sentence and reason.sentence in PARADOX
    assert [match.scores["fused"]["rank"] for match in result.matches] == list(range(1, len(result.matches) + 1))


def test_the_json_form_has_the_promised_keys(index: EpisodeIndex, encoder: Encoder, masker: Masker) -> None:
    told = json.loads(
        json.dumps(similar(Query(PARADOX, before=date(1990, 1, 1)), index, encoder, masker, k=2).to_dict())
    )
    assert {"query", "model", "data_version", "results"} <= set(told)
    assert told["query"] == {"text": PARADOX, "before": "1990-01-01"}
    assert told["model"] == index.models and told["data_version"] == "test"
    assert len(told["results"]) == 2
    assert {"id", "title", "period", "scores", "why"} == set(told["results"][0])


def test_an_episode_never_returns_itself(index: EpisodeIndex, encoder: Encoder, masker: Masker) -> None:
    for entry in index.entries:
        result = similar(Query(episode=entry.id), index, encoder, masker, k=len(index))
        assert entry.id not in [match.id for match in result.matches]
        assert len(result.matches) == len(index) - 1


def test_an_episode_as_query_is_not_encoded_again(
    index: EpisodeIndex, counting: CountingEncoder, masker: Masker
) -> None:
    result = similar(Query(episode="munich"), index, counting, masker)
    assert counting.encoded == []
    nearest = nearest_predicaments(result.query, index, result.reading)
    assert "munich" not in [predicament.episode for predicament in nearest]


def test_before_leaves_out_what_had_not_ended(index: EpisodeIndex, encoder: Encoder, masker: Masker) -> None:
    query = Query(PARADOX, before=date(1953, 7, 28))
    found = {match.id for match in similar(query, index, encoder, masker, k=100).matches}
    assert {"korean-armistice-talks", "munich"} <= found
    assert not found & {"geneva-conference-korea", "agreed-framework", "six-party-talks"}
    on_the_day = Query(PARADOX, before=date(1953, 7, 27))
    assert "korean-armistice-talks" not in {m.id for m in similar(on_the_day, index, encoder, masker, k=100).matches}
    reading = read_query(query, index, encoder, masker)
    assert {p.episode for p in nearest_predicaments(query, index, reading)} <= found


def test_an_episode_with_an_open_end_had_not_ended(
    rows: list[dict[str, object]], encoder: Encoder, masker: Masker
) -> None:
    open_ended = [{**row, "latest": None} if row["id"] == "munich" else row for row in rows]
    query = Query(PARADOX, before=date(2100, 1, 1))
    found = {m.id for m in similar(query, EpisodeIndex.from_rows(open_ended), encoder, masker, k=100).matches}
    assert "munich" not in found and "korean-armistice-talks" in found


def test_excluded_episodes_stay_away(index: EpisodeIndex, encoder: Encoder, masker: Masker) -> None:
    query = Query(PARADOX, exclude=frozenset({"korean-armistice-talks"}))
    assert "korean-armistice-talks" not in [m.id for m in similar(query, index, encoder, masker, k=100).matches]


def test_same_question_same_answer(index: EpisodeIndex, encoder: Encoder, masker: Masker) -> None:
    once = similar(Query(PASTED), index, encoder, masker).to_dict()
    assert similar(Query(PASTED), index, encoder, masker).to_dict() == once


def test_markup_is_text(index: EpisodeIndex, encoder: Encoder, masker: Masker) -> None:
    text = f"<script>alert('x')</script> <b>{PARADOX}</b> <img src=x onerror=alert(1)>"
    result = similar(Query(text), index, encoder, masker, k=3)
    assert "korean-armistice-talks" in [match.id for match in result.matches]
    assert result.to_dict()["query"] == {"text": text}


@pytest.mark.parametrize("text", ["", "   \n\t ", "1234 !!! 56", "—…?"])
def test_text_without_words_is_refused(text: str, index: EpisodeIndex, encoder: Encoder, masker: Masker) -> None:
    with pytest.raises(UsageError, match="no words"):
        similar(Query(text), index, encoder, masker)
    with pytest.raises(UsageError, match="no words"):
        similar(Query(PARADOX, predicaments=(text,)), index, encoder, masker)


def test_over_long_text_is_refused(index: EpisodeIndex, encoder: Encoder, masker: Masker) -> None:
    with pytest.raises(UsageError, match="200,000"):
        similar(Query("word " * 40_001), index, encoder, masker)


def test_a_query_is_a_text_or_an_episode() -> None:
    with pytest.raises(UsageError):
        Query()
    with pytest.raises(UsageError):
        Query("a text", episode="munich")


def test_an_unknown_episode_is_not_found(index: EpisodeIndex, encoder: Encoder, masker: Masker) -> None:
    with pytest.raises(NotFound, match="atlantis"):
        similar(Query(episode="atlantis"), index, encoder, masker)


def test_an_empty_graph_says_so() -> None:
    with pytest.raises(GraphEmpty, match="precedent build"):
        EpisodeIndex.from_rows([])


def test_models_never_mix(rows: list[dict[str, object]], index: EpisodeIndex, masker: Masker, encoder: Encoder) -> None:
    first, *rest = rows
    passages = [dict(passage) for passage in first["passages"]]  # type: ignore[attr-defined]
    passages[0]["model"] = "another@0000"
    with pytest.raises(ModelError, match="mixes"):
        EpisodeIndex.from_rows([{**first, "passages": passages}, *rest])
    other = CountingEncoder(encoder)
    other.model_id = "another@0000"
    with pytest.raises(ModelError, match="another@0000"):
        similar(Query(PARADOX), index, other, masker)


def test_the_readers_own_predicament_decides(index: EpisodeIndex, encoder: Encoder, masker: Masker) -> None:
    own = "Great powers settle the fate of a small ally in a conference room where it has no seat."
    plain = similar(Query(PASTED), index, encoder, masker, k=100)
    told = similar(Query(PASTED, predicaments=(own,)), index, encoder, masker, k=100)

    def place(result: object) -> int:
        return [match.id for match in result.matches].index("munich")  # type: ignore[attr-defined]

    assert place(told) < place(plain) or place(told) == 0
    match = told.matches[place(told)]
    assert match.scores["own"]["rank"] == 1
    assert match.why[0].channel == "own" and match.why[0].sentence == own


def test_asking_again_encodes_only_what_is_new(index: EpisodeIndex, counting: CountingEncoder, masker: Masker) -> None:
    first = similar(Query(PARADOX), index, counting, masker)
    ticked = "A patron wants to end a war by compromise, and its ally threatens to wreck it."
    counting.encoded.clear()
    second = similar(Query(PARADOX, predicaments=(ticked,)), index, counting, masker, reading=first.reading)
    assert counting.encoded == [ticked]
    counting.encoded.clear()
    third = similar(Query(PARADOX), index, counting, masker, reading=second.reading)
    assert counting.encoded == []
    assert third.to_dict() == first.to_dict()


def test_eight_predicaments_from_eight_episodes(index: EpisodeIndex, encoder: Encoder, masker: Masker) -> None:
    query = Query(PARADOX)
    found = nearest_predicaments(query, index, read_query(query, index, encoder, masker))
    assert len(found) == len({predicament.episode for predicament in found}) == 8
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)
    assert "korean-armistice-talks" in [predicament.episode for predicament in found[:3]]
