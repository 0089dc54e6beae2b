"""Sources as a bibliography prints them."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.citations import Notes, format_work, join_names, short_work

BOOK: dict[str, Any] = {
    "id": "hermes-1966", "type": "SecondarySource", "name": "Truce Tent and Fighting Front", "kind": "book",
    "authors": ["Hermes, Walter G."], "issued": "1966", "publisher": "Office of the Chief of Military History",
    "publisher_place": "Washington",
}  # fmt: skip
ARTICLE: dict[str, Any] = {
    "id": "a", "name": "Who ended it?", "kind": "article", "authors": ["Roe, Ann", "Doe, Jo"], "issued": "1988",
    "container": "Journal of X", "volume": "13", "number": "3", "pages": "50-91", "doi": "10.1000/182",
}  # fmt: skip


def test_book() -> None:
    assert format_work(BOOK) == (
        "Hermes, Walter G. <cite>Truce Tent and Fighting Front</cite>. Washington: Office of the Chief of Military History, 1966."
    )


def test_article_stands_in_its_journal() -> None:
    assert format_work(ARTICLE) == (
        "Roe, Ann, and Jo Doe. “Who ended it?” <cite>Journal of X</cite> 13, no. 3, 1988, 50–91. "
        '<a href="https://doi.org/10.1000/182" rel="noreferrer">doi:10.1000/182</a>'
    )


def test_html_in_a_title_is_text_and_a_script_address_is_no_link() -> None:
    line = format_work({"name": "<script>x</script>", "issued": "1950", "url": "javascript:alert(1)"})
    assert "<script>" not in line and "&lt;script&gt;" in line and "javascript" not in line


@pytest.mark.parametrize(("names", "line"), [
    (["Hermes, Walter G."], "Hermes, Walter G."), (["A, B", "C, D"], "A, B, and D C"), (["A, B", "C, D", "E, F"], "A, B, D C, and F E"),
])  # fmt: skip
def test_names(names: list[str], line: str) -> None:
    assert join_names(names) == line


def test_short_form() -> None:
    assert short_work(BOOK) == "Hermes, 1966"
    assert short_work(ARTICLE) == "Roe and Doe, 1988"


def test_notes_are_numbered_as_they_are_called_and_a_locator_makes_a_note_of_its_own() -> None:
    notes = Notes({"hermes-1966": BOOK, "a": ARTICLE})
    notes.marks([("a", "")])
    marks = notes.marks([("hermes-1966", "p. 3"), ("a", ""), ("hermes-1966", "p. 3"), ("unknown", "")])
    assert marks.count("<button") == 2
    assert notes.sheets().count('id="note-') == 2
    assert "At: p. 3" in notes.sheets()
    assert [work["id"] for work in notes.cited()] == ["hermes-1966", "a"]


def test_marks_stay_with_the_last_word() -> None:
    text = Notes({"a": ARTICLE}).after("It <b>ended", [("a", "")])
    assert text.startswith('It <span class="tail">&lt;b&gt;ended<button')
