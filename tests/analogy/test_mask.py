"""Names found, and replaced by roles."""

from __future__ import annotations

import pytest

from kg.analogy.gazetteer import Gazetteer
from kg.analogy.mask import Masker
from kg.analogy.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The US told us to wait.", {"US": "united-states"}),
        ("Let us go; give us time.", {}),
        ("U.S. officials doubted it.", {"U.S.": "united-states"}),
        ("The North Koreans left.", {"North Koreans": "north-korea"}),
        ("North Korea's delegates left.", {"North Korea": "north-korea"}),
        ("the Soviets’ reply", {"Soviets": "soviet-union"}),
        ("He may march in May.", {}),
        ("the united states of mind", {}),
        ("They met at Panmunjom.", {"Panmunjom": "panmunjom"}),
        ("George Will asks for grain.", {}),
        ("George himself asks for grain.", {"George": "david-lloyd-george"}),
        ("Saddam Rejects Deadline", {"Saddam": "saddam-hussein"}),
        ("MOSCOW REFUSED TO TELL US.", {"MOSCOW": "soviet-union"}),
        ("The United Nations Command met the Soviet Union.",
         {"United Nations Command": "united-nations-command", "Soviet Union": "soviet-union"}),
    ],
)  # fmt: skip
def test_names_are_matched_as_written(gazetteer: Gazetteer, text: str, expected: dict[str, str]) -> None:
    found = {text[mention.start : mention.end]: mention.keys for mention in gazetteer.find(text)}
    assert list(found) == list(expected)
    assert all(key in found[name] for name, key in expected.items())


def test_roles_are_the_same_throughout(masker: Masker) -> None:
    masked = masker.mask(["Moscow warned Washington.", "The Soviets waited.", "The Americans did not."])
    assert masked.sentences == (
        "One side warned the other side.",
        "One side waited.",
        "The other side did not.",
    )


def test_dates_go_and_durations_stay(masker: Masker) -> None:
    (sentence,) = masker.mask(
        ["On 27 July 1953, after two years of talks, they signed it in the year of 1953."]
    ).sentences
    assert "1953" not in sentence and "July" not in sentence
    assert "two years of talks" in sentence


def test_density_is_the_share_of_names(masker: Masker) -> None:
    assert masker.mask(["The other side offers talks and waits for our answer."]).density == 0
    assert masker.mask(["Khrushchev told Kennedy at Vienna that Moscow, not Washington, would decide."]).density > 0.3


def test_names_that_nobody_recorded_are_found(masker: Masker) -> None:
    text = "In Ouagadougou the foreign minister, Mr. Xylander, met the Ruritanian delegation of Count Zborowski."
    masked = masker.mask([text]).sentences[0]
    assert not [name for name in ("Ouagadougou", "Xylander", "Zborowski") if name in masked]


def test_markup_and_odd_text_survive(masker: Masker) -> None:
    for text in ("<script>alert('US')</script>", "’s", "A", "\u202e\u0000 text", "U.S.", "1953", "The"):
        assert masker.mask([text]).sentences[0].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One ended. Two began.", ["One ended. Two began."]),
        ("The first talks ended badly. The second round of talks began.", 2),
        ("Gen. Ridgway and Mr. Malik met the U.S. envoy in St. Petersburg today.", 1),
        ("He said no to it\n\nShe had said yes to it before", 2),
        ("- an ally left out of the room\n- a paper guarantee to what remains", 2),
    ],
)
def test_sentences(text: str, expected: list[str] | int) -> None:
    sentences = split_sentences(text)
    assert (sentences if isinstance(expected, list) else len(sentences)) == expected


def test_every_word_of_a_long_text_is_in_one_piece() -> None:
    text = " ".join(f"Sentence number {n} speaks of event {n} in the story." for n in range(1500))
    pieces = split_sentences(text)
    assert len(pieces) <= 200
    assert " ".join(pieces) == text
