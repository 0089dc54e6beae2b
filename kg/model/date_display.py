"""Dates in words, as a page prints them."""

from __future__ import annotations

import re

from kg.model.dates import MONTHS, QUARTERS, SEASONS, parse_date


def format_date(text: str) -> str:
    """`1951-07-10/1953-07-27` → `10 July 1951 – 27 July 1953`; `1951-07~` → `c. July 1951`; `-0420` → `421 BC`.

    Uncertain dates end in `(?)`. DateError if the text is no EDTF date.
    """
    parse_date(text)
    if "/" not in text:
        return _format_single(text)
    start, end = text.split("/")
    if start == end == "..":
        return "throughout"
    if start == "..":
        return f"until {_format_single(end)}"
    if end == "..":
        return f"since {_format_single(start)}"
    if start == "":
        return f"until {_format_single(end)}, start unknown"
    if end == "":
        return f"from {_format_single(start)}, end unknown"
    return _format_span(start, end)


def _format_span(start: str, end: str) -> str:
    """Say the shared month and year once: `29–30 September 1938`, `10 July – 3 August 1951`."""
    if start == end:
        return _format_single(start)
    first, last = _format_single(start), _format_single(end)
    left, right = _split(first), _split(last)
    if left and right and left[2] == right[2]:
        if left[0] and right[0] and left[1] == right[1]:
            return f"{left[0]}–{last}"
        first = f"{left[0]} {left[1]}".strip() if left[1] else first
    if re.fullmatch(r"\d+ BC", first) and last.endswith(" BC"):
        first = first.removesuffix(" BC")
    if first.endswith(" BC") and not last.endswith(" BC"):
        last = f"AD {last}"
    plain = re.fullmatch(r"\d+", first) and re.fullmatch(r"\d+(?: BC)?", last)
    return f"{first}–{last}" if plain else f"{first} – {last}"


def _split(words: str) -> tuple[str, str, str] | None:
    """Day, month and year of an unqualified date in words."""
    match = re.fullmatch(rf"(?:(\d+) )?(?:({'|'.join(MONTHS)}) )(\d+(?: BC)?)", words)
    return (match[1] or "", match[2], match[3]) if match else None


def _format_single(text: str) -> str:
    bare = re.sub("[?~%]", "", text)
    prefix = "c. " if "~" in text or "%" in text else ""
    suffix = " (?)" if "?" in text or "%" in text else ""
    sign, digits = ("-", bare[1:]) if bare.startswith("-") else ("", bare)
    year, _, rest = digits.partition("-")
    month, _, day = rest.partition("-")
    words = _format_year(sign + year)
    if month and month != "XX":
        code = int(month)
        name = SEASONS.get(code) or (f"{QUARTERS[code]} of" if code in QUARTERS else MONTHS[code - 1])
        words = f"{name} {words}"
        if day and day != "XX":
            words = f"{int(day)} {words}"
    return f"{prefix}{words}{suffix}"


def _format_year(year: str) -> str:
    if "X" in year:
        span = parse_date(year)
        low, high = span.earliest_year or 0, span.latest_year or 0
        if year.endswith("XX") or low <= 0:
            return f"{_count(low)}–{_count(high)}{' BC' if low <= 0 else ''}"
        return f"{low}s"
    number = int(year)
    return f"{_count(number)}{' BC' if number <= 0 else ''}"


def _count(number: int) -> int:
    """Years as they are said: astronomical 0 is 1 BC."""
    return 1 - number if number <= 0 else number
