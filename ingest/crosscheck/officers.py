"""Tenures in American diplomatic offices against the Department of State's list of its officers.

Office of the Historian, *Principal Officers and Chiefs of Mission of the U.S. Department of State*, public domain, as two
tables, `people.csv` and `appointments.csv`. Its dates are those of entry on duty and of the end of service.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ingest.crosscheck.comparison import Comparison, Corpus, as_day, fold, is_on, read_ends
from ingest.crosscheck.table import read_csv, read_day
from kg.model.records import Record

# Words of an office of ours, all of which the post or the role of an appointment must hold.
OFFICES = {
    "us-secretary-of-state": ("secretary",),
    "us-deputy-secretary-of-state": ("deputy", "secretary"),
    "us-under-secretary-of-state": ("under", "secretary"),
    "us-under-secretary-political-affairs": ("under", "political"),
    "us-counselor-of-state": ("counselor",),
}
AMBASSADOR = "us-ambassador-"
NEAR = 400  # days between the starts of what may be one appointment


def compare_officers(corpus: Corpus, folder: Path) -> Iterator[Comparison]:
    """Start and end of every tenure in one of the compared offices; an appointment that is not found is a difference."""
    people = {
        row["id"]: (fold(row["surname"]), fold(row["forename"]))
        for row in read_csv(folder, "people.csv", ("id", "surname", "forename"))
    }
    appointments: dict[str, list[dict[str, str]]] = {}
    for row in read_csv(folder, "appointments.csv", ("id", "post", "person_id", "role", "started", "ended")):
        appointments.setdefault(row["person_id"], []).append(row)
    for person in corpus.of_type("Person"):
        for tenure in person.data.get("offices", ()):
            words = _words(tenure["office"])
            if not words:
                continue
            named = [row for id in _namesakes(person, people) for row in appointments.get(id, ())]
            row = _nearest(tenure["date"], [r for r in named if words <= set(f"{r['post']}-{r['role']}".split("-"))])
            if row is None:
                said = (f"{tenure['office']} {tenure['date']}", "no such appointment")
                yield corpus.compare("us-officers", "", person, person.data, "appointment", said, False)
                continue
            for aspect, mine, column in zip(
                ("start", "end"), read_ends(tenure["date"]), ("started", "ended"), strict=True
            ):
                theirs = read_day(row[column])
                if theirs:
                    said = (f"{tenure['office']} {mine.text if mine else 'open'}", theirs.isoformat())
                    agrees = mine is not None and is_on(mine, theirs)
                    yield corpus.compare("us-officers", row["id"], person, person.data, aspect, said, agrees)


def _words(office: str) -> frozenset[str]:
    if office in OFFICES:
        return frozenset(OFFICES[office])
    if office.startswith(AMBASSADOR) and not office.endswith(("united-nations", "at-large")):
        return frozenset({"ambassador"})
    return frozenset()


def _namesakes(person: Record, people: dict[str, tuple[str, str]]) -> set[str]:
    """Persons with a surname and a first name of one of the names; initials and a second first name may differ."""
    found: set[str] = set()
    for name in (person.name, *person.data.get("aliases", ())):
        *first, last = [word for word in fold(name).split() if word not in ("jr", "sr", "ii", "iii")]
        given = {part for part in first if len(part) > 1}
        found |= {id for id, (surname, forename) in people.items() if surname == last and given & set(forename.split())}
    return found


def _nearest(text: str, rows: list[dict[str, str]]) -> dict[str, str] | None:
    start = read_ends(text)[0]
    mine = as_day(start.low) if start else None
    near: list[tuple[int, dict[str, str]]] = []
    for row in rows:
        theirs: date | None = read_day(row["started"])
        if mine and theirs and abs((theirs - mine).days) <= NEAR:
            near.append((abs((theirs - mine).days), row))
    return min(near, key=lambda pair: pair[0])[1] if near else None
