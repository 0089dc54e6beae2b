"""Fusion of channels: what stands out counts, what is only left out of the list does not."""

from __future__ import annotations

import numpy as np
import pytest

from kg.analogy.candidates import Ranking, channel_weights, fuse, rank, score_channels
from kg.analogy.index import EpisodeIndex
from kg.analogy.reading import read_episode

ALL = np.ones(4, dtype=bool)


def channel(*scores: float) -> Ranking:
    return rank(np.array(scores, dtype=np.float32), ALL)


def test_the_fused_score_is_the_weighted_mean_of_standard_scores() -> None:
    one, two = channel(1, 2, 3, 4), channel(40, 20, 30, 10)
    spread = np.sqrt(1.25)
    standard = [(np.array([1, 2, 3, 4]) - 2.5) / spread, (np.array([40, 20, 30, 10]) - 25) / (10 * spread)]
    assert fuse({"a": one, "b": two}, {"a": 3.0, "b": 1.0}) == pytest.approx(
        (3 * standard[0] + standard[1]) / 4, abs=1e-5
    )


def test_an_episode_that_stands_out_beats_two_narrow_firsts() -> None:
    rankings = {
        "a": channel(0.51, 0.50, 0.0, 0.0),
        "b": channel(0.51, 0.50, 0.0, 0.0),
        "c": channel(0.0, 9.0, 0.0, 0.0),
    }
    assert int(np.argmax(fuse(rankings, dict.fromkeys(rankings, 1.0)))) == 1


def test_a_channel_that_tells_nothing_apart_changes_nothing() -> None:
    told = channel(1, 3, 2, 0)
    both = fuse({"a": told, "flat": channel(7, 7, 7, 7)}, {"a": 1.0, "flat": 5.0})
    assert np.argsort(-both).tolist() == [1, 2, 0, 3] and np.isfinite(both).all()


def test_a_score_does_not_hang_on_what_may_be_proposed() -> None:
    scores = np.array([4, 1, 3, 2], dtype=np.float32)
    some = fuse({"a": rank(scores, np.array([False, True, True, True]))}, {"a": 1.0})
    assert some == pytest.approx(fuse({"a": rank(scores, ALL)}, {"a": 1.0}))


def test_a_situation_is_held_against_the_abstract_and_all_predicaments(index: EpisodeIndex) -> None:
    reading = read_episode("munich", index)
    place = index.position("korean-armistice-talks")
    abstract, predicament = index.sets["abstract"], index.sets["predicament"]
    whole = abstract.places[abstract.rows_of(place)[0]] @ reading.situation
    single = predicament.places[predicament.rows_of(place)] @ reading.situation
    expected = 0.4 * whole + 0.3 * single.max() + 0.3 * single.mean()
    assert score_channels(reading, index)["situation"][place] == pytest.approx(expected, abs=1e-5)


def test_words_of_any_passage_are_shared_words(index: EpisodeIndex) -> None:
    munich = index.position("munich")
    assert index.all_words.score("Godesberg")[munich] > 0  # only the raw passages hold names
    predicament = index.sets["predicament"]
    word = "grievance"
    assert any(word in predicament.texts[row] for row in predicament.rows_of(munich))
    assert index.all_words.score(word)[munich] > 0


def test_channels_that_are_only_shown_have_no_weight_and_predicaments_of_the_readers_weigh_most() -> None:
    weights = channel_weights(["situation", "abstract", "raw", "own"])
    assert set(weights) == {"situation", "raw", "own"}
    assert max(weights, key=lambda channel: weights[channel]) == "own"
