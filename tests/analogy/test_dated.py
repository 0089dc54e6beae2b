"""Dates that a text names: what is one, what only looks like one, and the cut-off that follows."""

from __future__ import annotations

from datetime import date

import pytest

from kg.analogy.dated import find_days, suggest_before

TODAY = date(2026, 11, 1)


def found(text: str) -> list[tuple[str, str]]:
    """Words and EDTF of the dates of a text."""
    return [(named.words, named.span.text) for named in find_days(text, TODAY)]


def spans(text: str) -> list[str]:
    return [span for _, span in found(text)]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("The note of 9 November 1937 was", "1937-11-09"),
        ("NEW YORK, NOV. 9, 1937 —", "1937-11-09"),
        ("on the 9th of November, 1937,", "1937-11-09"),
        ("Sept. 3d, 1939", "1939-09-03"),
        ("Bruxelles, le 9 novembre 1937", "1937-11-09"),
        ("Paris, le 1er août 1914", "1914-08-01"),
        ("Berlin, den 9. November 1937", "1937-11-09"),
        ("Wien, 3. März 1938", "1938-03-03"),
        ("Roma, 18 gennaio 1935", "1935-01-18"),
        ("9 de noviembre de 1937", "1937-11-09"),
        ("7 de dezembro de 1941", "1941-12-07"),
        ("10 mei 1940", "1940-05-10"),
        ("1 września 1939", "1939-09-01"),
        ("22 июня 1941 г.", "1941-06-22"),
        ("24–25 October 1973, 10:40 p.m.", "1973-10-24/1973-10-25"),
        ("signed 29/30 September 1938", "1938-09-29/1938-09-30"),
        ("9.11.1937", "1937-11-09"),
        ("25/9/1937", "1937-09-25"),
        ("9/25/1937", "1937-09-25"),
        ("1937-11-09", "1937-11-09"),
        ("Feb. 2025.", "2025-02"),
        ("in June 1815", "1815-06"),
        ("March, 1936", "1936-03"),
        ("the summer of 1914", "1914-22"),
        ("in the fall of 1962", "1962-23"),
        ("the talks of 1951–53 dragged", "1951/1953"),
        ("1914-1918", "1914/1918"),
        ("since mid-1937", "1937"),
        ("In 1937 the ships left", "1937"),
        ("In 1938 his troops", "1938"),
        ("since 1950 American troops", "1950"),
        ("Camp David 1959: spirit only", "1959"),
        ("STAFF PAPER, 1969.", "1969"),
        ("the 1967 borders", "1967"),
        ("This is not 1938.", "1938"),
        ("The European order of 1815", "1815"),
    ],
)
def test_a_date_is_read_as_the_words_have_it(text: str, span: str) -> None:
    assert spans(text) == [span]


@pytest.mark.parametrize(
    "text",
    [
        "2,000 men and 1500 troops crossed",
        "a corps of 1914 regular infantry",
        "From 1500 to 2000 troops stood there.",
        "On May 10, 1500 men crossed the river",
        "They had to march 2000 miles",
        "by 1800 tomorrow and at 1830 hours",
        "It cost $1914, £1815 or 1999.50",
        "telephone 555-1937, room 1951, Telegram 1937, No. 1938",
        "in the 1930s, the 1930's and the nineteen-thirties",
        "last Friday, on the 15th, on 9 November",
        "the 31st of February 1938",
        "Resolution 1929, and a second violation of 1929",
        "the 1900 guests at 2000 tables",
        "we may 1500 times",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert found(text) == []


def test_of_a_date_in_strokes_that_may_be_read_two_ways_the_year_is_read() -> None:
    assert spans("11/9/1937") == ["1937"]


def test_both_ends_of_a_stretch_in_words_are_years() -> None:
    assert spans("from 1914 to 1918, and between 1931 and 1933 Japan") == ["1914", "1918", "1931", "1933"]


def test_dates_stand_in_the_order_and_words_of_the_text() -> None:
    text = "In 1919, on 28\nJune 1919, and again in May 1935"
    assert found(text) == [("1919", "1919"), ("28 June 1919", "1919-06-28"), ("May 1935", "1935-05")]
    assert [text[named.start : named.end] for named in find_days(text, TODAY)] == ["1919", "28\nJune 1919", "May 1935"]


def test_what_lies_ahead_is_no_date_of_a_text() -> None:
    assert spans("It expires in 2031, as was said in 2010") == ["2010"]
    assert [named.words for named in find_days("In March 1936 and in 1937", date(1936, 12, 31))] == ["March 1936"]


@pytest.mark.parametrize(
    ("text", "day", "words", "opening"),
    [
        ("Telegram, 9 November 1937. Tokyo may yield by 1940.", date(1937, 11, 9), "9 November 1937", True),
        ("ST JAMES'S PALACE, February 1930. They would have it until 1936.", date(1930, 2, 1), "February 1930", True),
        ("On 27 July 1953 it was signed. By 1954 talks had failed.", date(1954, 1, 1), "1954", False),
        ("The paper says that in 1937 it began; in May 1937 it spread.", date(1937, 5, 1), "May 1937", False),
        ("It began in 1951 and the armistice of 1951–53 held.", date(1953, 1, 1), "1951–53", False),
    ],
)
def test_cut_off_is_the_first_day_of_the_opening_or_latest_date(
    text: str, day: date, words: str, opening: bool
) -> None:
    cut = suggest_before(text, TODAY)
    assert cut is not None
    assert (cut.day, cut.words, cut.opening) == (day, words, opening)


def test_a_text_without_a_date_suggests_nothing() -> None:
    assert suggest_before("An ally wants more than its patron will fight for, and 1500 men march.", TODAY) is None
