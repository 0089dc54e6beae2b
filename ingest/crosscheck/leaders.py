"""Tenures of heads of state and government, and their years of birth, against Archigos.

H. E. Goemans, K. S. Gleditsch and G. Chiozza, "Introducing Archigos: A Dataset of Political Leaders", Journal of Peace
Research 46 (2009), version 4.1. Archigos lists effective rulers, one at a time: an office that did not rule has no
entry, and is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ingest.crosscheck.comparison import Comparison, Corpus, as_day, fold, is_on, read_ends
from ingest.crosscheck.table import read_code, read_csv, read_day
from kg.model.records import Record

RULING = frozenset({"head-of-state", "head-of-government", "supreme-leader"})
COLUMNS = ("obsid", "gwcode", "leader", "yrborn", "startdate", "enddate")
LAST = date(2015, 12, 31)
YEAR = 366


def compare_leaders(corpus: Corpus, folder: Path) -> Iterator[Comparison]:
    """Start, end and birth of every ruler whose name and state Archigos has."""
    rows: dict[int, list[dict[str, str]]] = {}
    for row in read_csv(folder, "archigos.csv", COLUMNS):
        rows.setdefault(read_code(row["gwcode"]), []).append(row)
    for person in corpus.of_type("Person"):
        born = False
        for tenure in person.data.get("offices", ()):
            code = _state_code(corpus, tenure)
            row = _find(person, tenure, rows.get(code, ())) if code else None
            if row is None:
                continue
            if not born and "born" in person.data and row["yrborn"]:
                born = True
                yield _compare_birth(corpus, person, row)
            yield from _compare_tenure(corpus, person, tenure, row)


def _state_code(corpus: Corpus, tenure: Mapping[str, Any]) -> int | None:
    office = corpus.records[tenure["office"]]
    state = corpus.state_of(office.id)
    return int(state.data["gw"]) if office.data["kind"] in RULING and state and "gw" in state.data else None


def _find(person: Record, tenure: Mapping[str, Any], rows: Any) -> dict[str, str] | None:
    """The rule of a person of that name that began nearest to the tenure, if it began within a year of it."""
    names = {fold(n) for n in (person.name, *person.data.get("aliases", ()))}
    words = {word for name in names for word in name.split()}
    start = read_ends(tenure["date"])[0]
    mine = as_day(start.low) if start else None
    near = []
    for row in rows:
        theirs = read_day(row["startdate"])
        leader = fold(row["leader"])
        if mine and theirs and (leader in names or set(leader.split()) <= words):
            near.append((abs((theirs - mine).days), row))
    distance, row = min(near, key=lambda pair: pair[0], default=(YEAR + 1, None))
    return row if distance <= YEAR else None


def _compare_birth(corpus: Corpus, person: Record, row: dict[str, str]) -> Comparison:
    theirs, mine = read_code(row["yrborn"]), read_ends(person.data["born"])
    low, high = (mine[0].low if mine[0] else None), (mine[1].high if mine[1] else None)
    agrees = (low is None or low[0] <= theirs) and (high is None or theirs <= high[0])
    said = (person.data["born"], str(theirs))
    return corpus.compare("archigos", row["obsid"], person, person.data, "born", said, agrees)


def _compare_tenure(
    corpus: Corpus, person: Record, tenure: Mapping[str, Any], row: dict[str, str]
) -> Iterator[Comparison]:
    for aspect, mine, column in zip(("start", "end"), read_ends(tenure["date"]), ("startdate", "enddate"), strict=True):
        theirs = read_day(row[column])
        if theirs is None:
            continue
        still = aspect == "end" and theirs == LAST and (mine is None or (mine.high or (9999,))[0] >= LAST.year)
        agrees = still or (mine is not None and is_on(mine, theirs))
        said = (f"{tenure['office']} {mine.text if mine else 'open'}", theirs.isoformat())
        yield corpus.compare("archigos", row["obsid"], person, person.data, aspect, said, agrees)
