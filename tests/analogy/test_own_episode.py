"""The episode that a text is about: found by date and cast together, on the real records, and by neither alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bench.own_episode import read_parties
from kg.analogy.dated import suggest_before
from kg.analogy.gazetteer import Gazetteer
from kg.analogy.index import EpisodeIndex
from kg.analogy.own_episode import Casts, OwnEpisode, find_own
from kg.analogy.principals import Principals

GENEVA = (
    "GENEVA, {date}. Sir Samuel Hoare spoke for collective resistance. M. Laval looked at the ceiling. Baron Aloisi says that "
    "Abyssinia has put herself outside the Covenant."
)
NEAREST = ("munich", "abyssinia-crisis", "manchurian-crisis")


@pytest.fixture(scope="module")
def parties() -> tuple[Principals, Casts]:
    return read_parties()


def own(
    text: str,
    parties: tuple[Principals, Casts],
    index: EpisodeIndex,
    gazetteer: Gazetteer,
    nearest: Sequence[str] = NEAREST,
) -> OwnEpisode | None:
    entries = [index.entries[index.position(id)] for id in nearest]
    return find_own(text, suggest_before(text), gazetteer.find(text), entries, *parties)


def test_date_and_cast_tell_the_episode(
    parties: tuple[Principals, Casts], index: EpisodeIndex, gazetteer: Gazetteer
) -> None:
    found = own(GENEVA.format(date="Sept. 11, 1935"), parties, index, gazetteer)
    assert found is not None and found.id == "abyssinia-crisis" and found.date == "Sept. 11, 1935"
    assert found.named == ("Sir Samuel Hoare", "Laval", "Baron Aloisi", "Abyssinia")


@pytest.mark.parametrize("day", ["Sept. 11, 1931", "Sept. 11, 1938", "in the autumn"])
def test_the_same_cast_at_another_time_or_at_none_is_another_affair(
    day: str, parties: tuple[Principals, Casts], index: EpisodeIndex, gazetteer: Gazetteer
) -> None:
    assert own(GENEVA.format(date=day), parties, index, gazetteer) is None


def test_date_and_states_without_people_are_not_enough(
    parties: tuple[Principals, Casts], index: EpisodeIndex, gazetteer: Gazetteer
) -> None:
    text = "ROME, Sept. 11, 1935. Italy and Ethiopia, Britain and France trade in coffee."
    assert own(text, parties, index, gazetteer) is None


def test_people_of_one_side_alone_are_not_enough(
    parties: tuple[Principals, Casts], index: EpisodeIndex, gazetteer: Gazetteer
) -> None:
    text = "LONDON, Sept. 11, 1935. Sir Samuel Hoare and Mr. Baldwin dined with Neville Chamberlain."
    assert own(text, parties, index, gazetteer) is None


def test_what_is_far_down_the_list_is_not_looked_for(
    parties: tuple[Principals, Casts], index: EpisodeIndex, gazetteer: Gazetteer
) -> None:
    far = ("munich", "locarno", "suez-crisis", "yalta", "manchurian-crisis", "abyssinia-crisis")
    text = GENEVA.format(date="Sept. 11, 1935")
    assert own(text, parties, index, gazetteer, far) is None
    assert own(text, parties, index, gazetteer, far[-1:]) is not None


def test_one_name_that_may_mean_several_people_is_one(
    parties: tuple[Principals, Casts], index: EpisodeIndex, gazetteer: Gazetteer
) -> None:
    text = "SEOUL, 1 May 2018. Kim met nobody; Washington and Pyongyang said nothing of Kim."
    assert own(text, parties, index, gazetteer, ["singapore-summit"]) is None
    told = "SEOUL, 1 May 2018. Kim Jong Un met Pompeo; Washington and Pyongyang said nothing."
    found = own(told, parties, index, gazetteer, ["singapore-summit"])
    assert found is not None and found.named == ("Kim Jong Un", "Pompeo", "Washington", "Pyongyang")
