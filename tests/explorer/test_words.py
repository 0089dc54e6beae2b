from __future__ import annotations

from pathlib import Path

import pytest

from explorer.words import READINGS, say_reading
from kg.model.records import read_records

REGISTER = Path(__file__).parents[2] / "data" / "register"
DAY = "2026-11-23, second reading: "


@pytest.mark.parametrize(
    ("found", "short"),
    [
        ("the words were seen in the text or in a report that quotes it", "words seen"),
        ("the words were seen in part, in the text or in a report that quotes it", "words seen in part"),
        ("from general knowledge; the text was not seen", "words not seen"),
        ("doubtful: the phrase was not found", "doubtful: the phrase was not found"),
    ],
)
def test_a_reading_in_short(found: str, short: str) -> None:
    assert say_reading([DAY + found]) == short


def test_the_latest_reading_counts() -> None:
    first = DAY + "from general knowledge; the text was not seen"
    assert say_reading([first, "2027-02-01, third reading: the words were seen in the text"]) == "words seen"
    assert say_reading([]) == ""


def test_every_reading_in_the_register_has_its_short_word() -> None:
    """An analogy that was read again says so in words that are known here, or says what is doubtful."""
    records, problems = read_records(REGISTER)
    assert records and not problems
    for record in records:
        for line in record.data.get("reviewed", []):
            short = say_reading([line])
            assert short in READINGS.values() or short.startswith("doubtful: "), record.id
