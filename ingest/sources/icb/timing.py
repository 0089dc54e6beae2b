"""Days of ICB, which leaves a day or a month out, or writes 66, 77 or 88 for a day, where it is not known.

The codebook does not explain those; beside the histories they read as early, middle and late in the month. They are
taken as any day of it.
"""

from __future__ import annotations

import calendar
from datetime import date

from ingest.sources.icb.table import IcbRow

UNKNOWN_DAYS = frozenset({66, 77, 88})


def first_day(row: IcbRow, prefix: str) -> date:
    """The first day that a date (columns yr…, mo…, da…) may mean. The year must be there."""
    year, month, day = _read(row, prefix)
    if year is None:
        raise row.fail(f"yr{prefix}", "is empty; a coded crisis has a year")
    return _make(row, prefix, year, month or 1, day or 1)


def last_day(row: IcbRow, prefix: str) -> date | None:
    """The last day that a date may mean; None where not even the year is known."""
    year, month, day = _read(row, prefix)
    if year is None:
        return None
    month = month or 12
    if not 1 <= month <= 12:
        raise row.fail(f"mo{prefix}", f"{month} is not a month")
    return _make(row, prefix, year, month, day or calendar.monthrange(year, month)[1])


def years_after(day: date, years: int) -> date:
    """The same day some years later; of 29 February, the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _read(row: IcbRow, prefix: str) -> tuple[int | None, int | None, int | None]:
    year, month, day = (row.read_number(part + prefix) for part in ("yr", "mo", "da"))
    return year, month, None if day in UNKNOWN_DAYS or month is None else day


def _make(row: IcbRow, prefix: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise row.fail(f"da{prefix}", f"{year}-{month}-{day} is not a day; use the file as ICB publishes it") from error
