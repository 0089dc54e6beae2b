"""Sources as CSL-JSON: every item is one that the schema of CSL 1.0.2 allows and Zotero's importer takes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from explorer.csl import make_date, make_item, split_name, write_bibliography, write_csl
from ingest.sources.curated import find_data
from kg.errors import NotFound
from kg.model.ontology import load_ontology
from kg.model.records import Record, make_record, read_records

# Of the schema's types, those that we write; Zotero refuses a whole file for one type that it does not know.
TYPES = {
    "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "dataset", "document", "report", "speech",
    "treaty", "webpage",
}  # fmt: skip
TEXTS = {
    "title", "publisher", "publisher-place", "URL", "DOI", "ISBN", "language", "container-title", "collection-title", "note",
}  # fmt: skip
NUMBERS = {"volume", "issue", "number", "page", "collection-number"}
NAMES = {"author", "editor"}


def check_item(item: dict[str, Any]) -> None:
    """The rules of csl-data.json for what we write: type and id required, no other property, each of its type."""
    assert item["type"] in TYPES
    assert isinstance(item["id"], str) and item["id"]
    assert item["title"] and item["issued"]  # not asked by the schema, but no citation is of use without them
    assert set(item) <= {"id", "type", "issued"} | TEXTS | NUMBERS | NAMES
    for key in (TEXTS | NUMBERS) & set(item):
        assert isinstance(item[key], str) and item[key].strip()
    for key in NAMES & set(item):
        assert item[key]
        for name in item[key]:
            assert set(name) in ({"literal"}, {"family", "given"}, {"family", "given", "suffix"})
            assert all(isinstance(part, str) and part.strip() and "," not in part for part in name.values())
    check_date(item["issued"])


def check_date(date: dict[str, Any]) -> None:
    assert set(date) <= {"date-parts", "season", "circa"}
    assert 1 <= len(date["date-parts"]) <= 2
    for parts in date["date-parts"]:
        assert 1 <= len(parts) <= 3 and all(type(part) is int for part in parts)
        assert all(1 <= month <= 12 for month in parts[1:2]) and all(1 <= day <= 31 for day in parts[2:3])
    assert date.get("circa", True) is True and date.get("season", 1) in (1, 2, 3, 4)


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return read_records(find_data(), load_ontology())[0]


def test_the_whole_bibliography_keeps_the_rules_and_leaves_no_source_out(records: list[Record]) -> None:
    items = json.loads(write_bibliography(records))
    for item in items:
        check_item(item)
    sources = {r.id for r in records if load_ontology().is_a(r.type, "Source")}
    assert len(items) == len(sources) and {item["id"] for item in items} == sources


def test_every_kind_of_source_becomes_a_type_of_csl() -> None:
    for kind in load_ontology().schemes["source-kinds"].concepts:
        check_item(make_item({"id": "x", "name": "X", "kind": kind, "issued": "1950"}))


def test_a_book_of_a_series() -> None:
    work = {
        "id": "hermes-1966", "name": "Truce Tent and Fighting Front", "kind": "book", "authors": ["Hermes, Walter G."],
        "issued": "1966", "publisher": "Center of Military History", "publisher_place": "Washington", "isbn": "1",
        "container": "United States Army in the Korean War", "number": "2",
    }  # fmt: skip
    assert make_item(work) == {
        "id": "hermes-1966", "type": "book", "title": "Truce Tent and Fighting Front", "issued": {"date-parts": [[1966]]},
        "author": [{"family": "Hermes", "given": "Walter G."}], "publisher": "Center of Military History",
        "publisher-place": "Washington", "ISBN": "1", "collection-title": "United States Army in the Korean War",
        "collection-number": "2",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "extra", "expected"),
    [
        ("article-journal", {"container": "J", "volume": "5", "number": "2", "pages": "59–85", "doi": "10.1/2"},
         {"container-title": "J", "volume": "5", "issue": "2", "page": "59-85", "DOI": "10.1/2"}),
        ("article-newspaper", {"container": "The Times", "url": "https://x.org"}, {"container-title": "The Times", "URL": "https://x.org"}),
        ("chapter", {"container": "B", "editors": ["Cumings, Bruce"]},
         {"container-title": "B", "editor": [{"family": "Cumings", "given": "Bruce"}]}),
        ("document", {"number": "S/RES/660 (1990)"}, {"number": "S/RES/660 (1990)"}),
        ("document", {"container": "Weekly Compilation", "volume": "32", "number": "16"},
         {"container-title": "Weekly Compilation", "volume": "32", "issue": "16"}),
        ("report", {"number": "RL34256", "publisher": "CRS"}, {"number": "RL34256", "publisher": "CRS"}),
        ("report", {"container": "Working Paper", "number": "47"}, {"collection-title": "Working Paper", "collection-number": "47"}),
        ("speech", {"container": "Hansard", "volume": "339"}, {"container-title": "Hansard", "volume": "339"}),
        ("treaty", {"note": "Signed at Geneva."}, {"note": "Signed at Geneva."}),
        ("webpage", {"language": "de"}, {"language": "de"}),
    ],
)  # fmt: skip
def test_what_goes_where(kind: str, extra: dict[str, Any], expected: dict[str, Any]) -> None:
    item = make_item({"id": "x", "name": "X", "kind": kind, "issued": "1950", **extra})
    assert item == {"id": "x", "type": kind, "title": "X", "issued": {"date-parts": [[1950]]}, **expected}
    check_item(item)


def test_an_edited_volume_of_documents_is_a_book() -> None:
    work = {"id": "f", "name": "Foreign Relations", "kind": "collection", "editors": ["Keefer, Edward C."], "issued": "1984"}  # fmt: skip
    item = make_item(work)
    assert item["type"] == "book" and item["editor"] == [{"family": "Keefer", "given": "Edward C."}]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Foot, Rosemary", {"family": "Foot", "given": "Rosemary"}),
        ("de Klerk, F. W.", {"family": "de Klerk", "given": "F. W."}),
        ("Baker, James A., III", {"family": "Baker", "given": "James A.", "suffix": "III"}),
        ("Matlock, Jack F., Jr.", {"family": "Matlock", "given": "Jack F.", "suffix": "Jr."}),
        ("Kim Jong Un", {"literal": "Kim Jong Un"}),
        ("United States Department of State", {"literal": "United States Department of State"}),
    ],
)
def test_names(name: str, expected: dict[str, str]) -> None:
    assert split_name(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1951", {"date-parts": [[1951]]}),
        ("1951-07", {"date-parts": [[1951, 7]]}),
        ("1951-07-10", {"date-parts": [[1951, 7, 10]]}),
        ("1951-07-XX", {"date-parts": [[1951, 7]]}),
        ("1998~", {"date-parts": [[1998]], "circa": True}),
        ("1998-03?", {"date-parts": [[1998, 3]], "circa": True}),
        ("1952/1957", {"date-parts": [[1952], [1957]]}),
        ("2017-08-09/2017-08-10", {"date-parts": [[2017, 8, 9], [2017, 8, 10]]}),
        ("1951/..", {"date-parts": [[1951]]}),
        ("195X", {"date-parts": [[1950], [1959]], "circa": True}),
        ("1951-22", {"date-parts": [[1951]], "season": 2}),
        ("1951-33", {"date-parts": [[1951]]}),
        ("-0420", {"date-parts": [[-421]]}),
        ("0000", {"date-parts": [[-1]]}),
    ],
)
def test_dates_gain_no_precision(text: str, expected: dict[str, Any]) -> None:
    assert make_date(text) == expected
    check_date(expected)


def test_what_is_no_date_is_kept_in_words() -> None:
    assert make_date("in spring") == {"literal": "in spring"}


SMALL = [
    {"id": "talks", "type": "Negotiation", "name": "The talks", "cites": ["vale-1911"],
     "predicaments": [{"text": "x", "read_by": ["ott-1950"]}],
     "moves": [{"text": "a", "cites": [{"source": "vale-1911", "locator": "p. 3"}, {"source": "vale-1911", "locator": "Article II"}]},
               {"text": "b", "cites": [{"source": "vale-1911", "locator": "p. 3"}]}]},
    {"id": "war", "type": "Crisis", "name": "The war", "cites": [{"source": "vale-1911", "locator": "p. 9"}]},
    {"id": "vale-1911", "type": "PrimarySource", "name": "Memoirs", "kind": "book", "issued": "1911", "note": "Second edition."},
    {"id": "ott-1950", "type": "SecondarySource", "name": "The Marsh", "kind": "book", "issued": "1950"},
    {"id": "rim-1961", "type": "SecondarySource", "name": "The Rim", "kind": "book", "issued": "1961"},
]  # fmt: skip


@pytest.fixture
def small() -> list[Record]:
    return [make_record(raw, load_ontology()) for raw in SMALL]


def test_an_episode_gives_its_works_and_keeps_the_places_in_them(small: list[Record]) -> None:
    items = {item["id"]: item for item in json.loads(write_bibliography(small, "talks"))}
    assert set(items) == {"vale-1911", "ott-1950"}
    assert items["vale-1911"]["note"] == "Second edition.\nCited in “The talks” at: p. 3; Article II"
    assert "note" not in items["ott-1950"]


def test_the_whole_bibliography_tells_each_episode_apart(small: list[Record]) -> None:
    items = {item["id"]: item for item in json.loads(write_bibliography(small))}
    assert set(items) == {"vale-1911", "ott-1950", "rim-1961"}
    assert items["vale-1911"]["note"].splitlines()[1:] == [
        "Cited in “The talks” at: p. 3; Article II",
        "Cited in “The war” at: p. 9",
    ]


def test_an_unknown_episode_is_named_with_what_is_near(small: list[Record]) -> None:
    with pytest.raises(NotFound, match="did you mean talks"):
        write_bibliography(small, "talk")
    with pytest.raises(NotFound):
        write_bibliography(small, "vale-1911")


def test_no_works_are_an_empty_list() -> None:
    assert json.loads(write_csl([])) == []
