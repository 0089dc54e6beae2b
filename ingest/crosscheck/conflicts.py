"""Militarized disputes and wars between states, as three datasets have them, in one shape.

G. Palmer, R. W. McManus, V. D'Orazio, M. R. Kenwick, M. Karstens, C. Bloch, N. Dietrich, K. Kahn, K. Ritter and
M. J. Soules, "The MID5 Dataset, 2011–2014: Procedures, coding rules, and description", Conflict Management and Peace
Science 39 (2022); D. M. Gibler, S. V. Miller and E. K. Little, "An Analysis of the Militarized Interstate Dispute (MID)
Dataset, 1816–2001", International Studies Quarterly 60 (2016); M. R. Sarkees and F. W. Wayman, *Resort to War*
(2010). A dispute has one number in the first two; of the first, the published table of disputes names no states.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ingest.crosscheck.table import read_code, read_csv

Bounds = tuple[date, date]  # the earliest and the latest day that is meant
Row = Mapping[str, str]

UNKNOWN = -9
SETTLEMENTS = {1: "negotiated", 2: "imposed", 3: "none"}  # 4: unclear
DISPUTE = ("dispnum", "styear", "stmon", "settle", "mindur", "maxdur")
PART = ("dispnum", "ccode", "styear", "stmon", "stday", "endyear", "endmon", "endday", "sidea", "orig")
WAR = ("warnum", "ccode1", "year", "sidea1")


@dataclass(frozen=True)
class Fighter:
    """A state on a side, and when it joined and left. `original`: known as one of those that began the conflict."""

    state: int
    side: str
    first: Bounds
    last: Bounds
    original: bool = False


@dataclass(frozen=True)
class Conflict:
    """A dispute or a war. `settlement` is one of `SETTLEMENTS`; None where it is not coded, or unclear."""

    number: str
    first: Bounds
    last: Bounds
    settlement: str | None = None
    fighters: tuple[Fighter, ...] = ()


def read_cow_disputes(folder: Path) -> dict[str, Conflict]:
    """Disputes of Correlates of War by number: the month of their beginning, and the day they ended at the latest."""
    found: dict[str, Conflict] = {}
    for row in read_csv(folder, "cow_mid_disps.csv", DISPUTE):
        first = _read_bounds(row, "styear", "stmon")
        shortest, longest = (timedelta(max(read_code(row[name]), 1) - 1) for name in ("mindur", "maxdur"))
        number = _read_number(row, "dispnum")
        found[number] = Conflict(number, first, (first[0] + shortest, first[1] + longest), _read_settlement(row))
    return found


def read_gml_disputes(folder: Path) -> dict[str, Conflict]:
    """Disputes of Gibler, Miller and Little by number, with the states that took part."""
    fighters: dict[str, list[Fighter]] = {}
    for row in read_csv(folder, "gml_part.csv", PART):
        side = "A" if read_code(row["sidea"]) == 1 else "B"
        first, last = _read_bounds(row, "styear", "stmon", "stday"), _read_bounds(row, "endyear", "endmon", "endday")
        fighter = Fighter(read_code(row["ccode"]), side, first, last, read_code(row["orig"]) == 1)
        fighters.setdefault(_read_number(row, "dispnum"), []).append(fighter)
    rows = {_read_number(row, "dispnum"): row for row in read_csv(folder, "gml_mid_disps.csv", DISPUTE)}
    return {n: _assemble(n, fighters[n], _read_settlement(row)) for n, row in rows.items() if n in fighters}


def read_wars(folder: Path) -> dict[str, Conflict]:
    """Wars between states by number. The file has a row for each pair of adversaries and year."""
    years: dict[str, dict[tuple[int, str], list[int]]] = {}
    for row in read_csv(folder, "cow_war_inter.csv", WAR):
        side = "A" if read_code(row["sidea1"]) == 1 else "B"
        fought = years.setdefault(_read_number(row, "warnum"), {})
        fought.setdefault((read_code(row["ccode1"]), side), []).append(read_code(row["year"]))
    return {number: _assemble(number, _read_fighters(fought), None) for number, fought in years.items()}


def read_codes(folder: Path) -> dict[int, str]:
    """Abbreviations of states by number."""
    return {
        read_code(row["ccode"]): row["stateabb"] for row in read_csv(folder, "cow_states.csv", ("ccode", "stateabb"))
    }


def _read_fighters(fought: Mapping[tuple[int, str], Iterable[int]]) -> list[Fighter]:
    return [Fighter(state, side, _year(min(years)), _year(max(years))) for (state, side), years in fought.items()]


def _assemble(number: str, fighters: list[Fighter], settlement: str | None) -> Conflict:
    """A conflict that lasts from the first fighter in to the last one out."""
    first = min(f.first[0] for f in fighters), min(f.first[1] for f in fighters)
    last = max(f.last[0] for f in fighters), max(f.last[1] for f in fighters)
    return Conflict(number, first, last, settlement, tuple(fighters))


def _read_number(row: Row, name: str) -> str:
    return str(read_code(row[name]))


def _read_settlement(row: Row) -> str | None:
    return SETTLEMENTS.get(read_code(row["settle"]))


def _read_bounds(row: Row, *names: str) -> Bounds:
    """The days that year, month and day name; −9 is an unknown one, and leaves the month or year."""
    year, month, day = (*(read_code(row[name]) for name in names), UNKNOWN)[:3]
    if month == UNKNOWN:
        return _year(year)
    if day == UNKNOWN:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def _year(year: int) -> Bounds:
    return date(year, 1, 1), date(year, 12, 31)
