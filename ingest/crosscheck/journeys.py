"""Meetings of American Presidents and Secretaries of State with foreigners against the lists of journeys and visits.

Office of the Historian, *Presidents and Secretaries of State Foreign Travels* and *Visits by Foreign Leaders*, public
domain. A meeting must fall within a trip abroad of the American who took part, or within the visit to the United
States of a foreign head of state or government who did.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ingest.crosscheck.comparison import DAY, Comparison, Corpus, as_day, fold
from ingest.crosscheck.table import read_day, read_text, read_xml
from kg.model.dates import parse_date
from kg.model.records import Record

DATASET = "us-journeys"
TRAVELLERS = frozenset({"us-president", "us-secretary-of-state"})
LEADERS = frozenset({"head-of-state", "head-of-government", "supreme-leader"})
AMERICA = "united-states"


def compare_journeys(corpus: Corpus, travels: Path, visits: Path) -> Iterator[Comparison]:
    """Every meeting of a President or Secretary with a foreign leader, or of either with foreigners abroad.

    A meeting of a Secretary with foreigners who are no leaders is compared only where he travelled: when he received
    them at home, neither list would have it.
    """
    trips = [(set(fold(read_text(e, "name")).split()), e) for e in read_xml(travels, "trip")]
    calls = [(set(fold(read_text(e, "visitor")).split()), e) for e in read_xml(visits, "visit")]
    for record, meeting in corpus.parts("Meeting"):
        days = meeting["date"]
        people = [corpus.records[id] for p in meeting["participants"] for id in p["actor"]]
        held = [(person, _offices(person, days)) for person in people if person.type == "Person"]
        hosts = [person for person, offices in held if offices & TRAVELLERS]
        guests = [person for person, offices in held if any(_is_foreign_lead(corpus, office) for office in offices)]
        abroad = [person for person, offices in held if any(_is_foreign(corpus, office) for office in offices)]
        if not hosts or not abroad:
            continue
        trip = next((e for words, e in trips for n in hosts if _is_named(n, words) and _overlaps(days, e)), None)
        visit = next((e for words, e in calls for n in guests if _is_guest(n, words) and _overlaps(days, e)), None)
        found = trip if trip is not None else visit
        if found is None and not guests:
            continue
        theirs = "no such trip or visit" if found is None else _tell(found)
        key = read_text(found, "id") if found is not None else ""
        said = (f"{', '.join(p.name for p in [*hosts, *guests])}, {days}", theirs)
        yield corpus.compare(DATASET, key, record, meeting, "journey", said, found is not None)


def _offices(person: Record, days: str) -> set[str]:
    """Offices that the person held on these days."""
    return {t["office"] for t in person.data.get("offices", ()) if parse_date(t["date"]).contains(parse_date(days))}


def _is_foreign(corpus: Corpus, office: str) -> bool:
    return corpus.records[office].data.get("office_of") != AMERICA


def _is_foreign_lead(corpus: Corpus, office: str) -> bool:
    return _is_foreign(corpus, office) and corpus.records[office].data["kind"] in LEADERS


def _is_named(person: Record, words: set[str]) -> bool:
    """First and last word of one of the names are there: the lists write middle names out."""
    return any({ours[0], ours[-1]} <= words for ours in _names(person) if len(ours) > 1)


def _is_guest(person: Record, words: set[str]) -> bool:
    """The family name is there, be it the last word or, in East Asia, the first."""
    return any({ours[0], ours[-1]} & words for ours in _names(person))


def _names(person: Record) -> list[list[str]]:
    return [fold(name).split() for name in (person.name, *person.data.get("aliases", ()))]


def _overlaps(text: str, element: Any) -> bool:
    span = parse_date(text)
    low, high = as_day(span.low), as_day(span.high)
    first, last = read_day(read_text(element, "start-date")), read_day(read_text(element, "end-date"))
    last = last or first
    return bool(low and high and first and last and first - DAY <= high and low <= last + DAY)


def _tell(element: Any) -> str:
    first: date | None = read_day(read_text(element, "start-date"))
    where = read_text(element, "locale") or read_text(element, "visitor")
    return f"{where}, from {first.isoformat() if first else '?'}"
