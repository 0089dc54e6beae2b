"""Dates in the Extended Date/Time Format (EDTF, ISO 8601-2:2019) and the bounds that queries use.

Accepted: years, months and days (`1951`, `1951-07`, `1951-07-10`); the qualifiers `?` (uncertain), `~` (approximate)
and `%` (both); unknown digits (`195X`, `19XX`, `1951-XX`, `1951-07-XX`); seasons (`1951-21` spring … `1951-24` winter,
of the northern hemisphere) and quarters (`1951-33` … `1951-36`); spans (`1951-07-10/1953-07-27`) with an open
(`1951/..`, `../..`) or unknown (`1951/`) end. Years before Christ count astronomically, as EDTF does: `0000` is 1 BC
and `-0420` is 421 BC. All dates are read in the proleptic Gregorian calendar.

Refused with a hint: sets, times of day, years of more than four digits, impossible days, spans that run backwards.

A date never gains precision: the bounds of `1951-07` are its first and its last day. The bounds of an approximate or
uncertain date are those of its words; who compares such dates must allow for slack.

The subset is small enough to be read here: the `edtf` package takes milliseconds a date, invents a start for `/1953`
and gives a float as a bound of `../1953`. The tests hold this reader to it where it is right.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

from kg.errors import DateError

Day = tuple[int, int, int]

_QUALIFIER = "[?~%]?"
_YEAR = r"-?(?:\d{4}|\d{3}X|\d{2}XX)"
_SINGLE = re.compile(
    rf"{_QUALIFIER}(?P<year>{_YEAR}){_QUALIFIER}"
    rf"(?:-{_QUALIFIER}(?P<month>\d\d|XX){_QUALIFIER}(?:-{_QUALIFIER}(?P<day>\d\d|XX){_QUALIFIER})?)?",
    re.ASCII,
)
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
QUARTERS = {33: "first quarter", 34: "second quarter", 35: "third quarter", 36: "fourth quarter"}
# Meteorological and astronomical seasons taken together; the winter of a year may be its first or its last months.
_SEASON_BOUNDS = {21: ((3, 1), (6, 21)), 22: ((6, 1), (9, 23)), 23: ((9, 1), (12, 21)), 24: ((1, 1), (15, 20))}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class DateSpan:
    """An EDTF date and its bounds.

    `earliest` and `latest` are ISO days (`-0420-01-01` for a year before Christ), None where the date is open or
    unknown at that end. They sort as text only within one era: compare `low` and `high`, or the years first.
    """

    text: str
    low: Day | None
    high: Day | None
    approximate: bool = False
    uncertain: bool = False
    open_start: bool = False
    open_end: bool = False

    @property
    def earliest(self) -> str | None:
        return _write_iso(self.low)

    @property
    def latest(self) -> str | None:
        return _write_iso(self.high)

    @property
    def earliest_year(self) -> int | None:
        return self.low[0] if self.low else None

    @property
    def latest_year(self) -> int | None:
        return self.high[0] if self.high else None

    @property
    def vague(self) -> bool:
        """True when the words of the date are approximate or uncertain."""
        return self.approximate or self.uncertain

    def precedes(self, other: DateSpan) -> bool:
        """True when the whole of this date lies before the whole of the other."""
        return self.high is not None and other.low is not None and self.high < other.low

    def contains(self, other: DateSpan) -> bool:
        """True when the bounds of the other date lie within the bounds of this one; a missing bound is infinite."""
        starts = self.low is None or (other.low is not None and self.low <= other.low)
        ends = self.high is None or (other.high is not None and other.high <= self.high)
        return starts and ends


def parse_date(text: str) -> DateSpan:
    """Read an EDTF date; DateError says what is wrong and how to write it."""
    return _parse(text)


@lru_cache(maxsize=65536)
def _parse(text: str) -> DateSpan:
    if "/" not in text:
        low, high = _read_single(text, text)
        return _make_span(text, low, high)
    start, _, end = text.partition("/")
    if "/" in end:
        raise DateError(f"{text!r} has more than one slash: a span is written start/end, e.g. 1951-07-10/1953-07-27")
    if start in ("", "..") and end in ("", "..") and text != "../..":
        raise DateError(f"{text!r} says nothing: leave the date out, or write ../.. for what has neither start nor end")
    low = None if start in ("", "..") else _read_single(start, text)[0]
    high = None if end in ("", "..") else _read_single(end, text)[1]
    if low is not None and high is not None and low > high:
        raise DateError(f"{text!r} runs backwards: write the earlier date first, {end}/{start}")
    return _make_span(text, low, high, open_start=start == "..", open_end=end == "..")


def _make_span(
    text: str, low: Day | None, high: Day | None, open_start: bool = False, open_end: bool = False
) -> DateSpan:
    approximate = "~" in text or "%" in text
    uncertain = "?" in text or "%" in text
    return DateSpan(text, low, high, approximate, uncertain, open_start, open_end)


def _read_single(part: str, whole: str) -> tuple[Day, Day]:
    """Bounds of a date without a slash."""
    match = _SINGLE.fullmatch(part)
    if match is None:
        raise DateError(f"{whole!r} is not an EDTF date: {_suggest(part)}")
    year, month, day = match["year"], match["month"], match["day"]
    if year in ("-0000", "-000X", "-00XX"):
        raise DateError(f"{whole!r}: there is no year minus nought; 1 BC is written 0000, 2 BC -0001")
    if month not in (None, "XX") and int(month) > 12:
        return _read_season(part, whole, year, int(month), day)
    if month == "XX" and day not in (None, "XX"):
        raise DateError(
            f"{whole!r} has a day in an unknown month: write the year, {year}, and tell the rest in the text"
        )
    if "X" in year and month not in (None, "XX"):
        raise DateError(f"{whole!r} has a month in an unknown year: write the years only, {year}")
    first, last = sorted(int(year.replace("X", digit)) for digit in "09")
    if month in (None, "XX"):
        return (first, 1, 1), (last, 12, 31)
    number = int(month)
    length = calendar.monthrange(first, number)[1] if number else 0
    if number < 1 or (day not in (None, "XX") and not 1 <= int(day) <= length):
        raise DateError(f"{whole!r} is not a day of the calendar: correct the month or the day")
    if day in (None, "XX"):
        return (first, number, 1), (first, number, length)
    return (first, number, int(day)), (first, number, int(day))


def _read_season(part: str, whole: str, year: str, code: int, day: str | None) -> tuple[Day, Day]:
    if "X" in year or day is not None or code not in {*SEASONS, *QUARTERS}:
        raise DateError(f"{whole!r} is not an EDTF date: {_suggest(part)}")
    number = int(year)
    if code in QUARTERS:
        first = 3 * (code - 33) + 1
        return (number, first, 1), (number, first + 2, 31 if first in (1, 10) else 30)
    start, (end_month, end_day) = _SEASON_BOUNDS[code]
    end = (number + 1, end_month - 12, end_day) if end_month > 12 else (number, end_month, end_day)
    return (number, *start), end


def _suggest(part: str) -> str:
    """How the writer probably should have written it."""
    words = re.fullmatch(r"\s*(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?\s+(\d{4})\s*([?~%]?)\s*", part)
    if words:
        names = [number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(words[2].lower())]
        if len(names) == 1:
            day = f"-{int(words[1]):02d}" if words[1] else ""
            return f"write {words[3]}-{names[0]:02d}{day}{words[4]}"
    circa = re.fullmatch(r"\s*(?:c\.|ca\.?|circa|about|around)\s*(-?\d{4}(?:-\d\d)*)\s*", part, re.IGNORECASE)
    if circa:
        return f"write {circa[1]}~ for about {circa[1]}"
    loose = re.fullmatch(r"(-?\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", part)
    if loose and 1 <= int(loose[2]) <= 12:
        return f"write {loose[1]}-{int(loose[2]):02d}" + (f"-{int(loose[3]):02d}" if loose[3] else "")
    if re.match(r"-?\d{4}-\d\d-\d\dT", part):
        return "times of day are not taken: write the day and tell the hour in the text"
    if loose or re.fullmatch(r"-?\d{4}-\d\d", part):
        return "there are twelve months (and 21 to 24 for seasons, 33 to 36 for quarters)"
    if re.search(r"\d{4}\s*[-–—]\s*\d{4}", part):
        return "a span is written with a slash, e.g. 1951/1953"
    if part.startswith(("[", "{")):
        return "sets of dates are not taken: write the span that holds them, e.g. 1951/1952"
    if "BC" in part.upper():
        return "421 BC is written -0420 (one less, with four digits)"
    return (
        "write a year, month or day as 1951, 1951-07 or 1951-07-10, with ~ for about, ? for uncertain and / for a span"
    )


def _write_iso(day: Day | None) -> str | None:
    if day is None:
        return None
    year, month, number = day
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{number:02d}"
