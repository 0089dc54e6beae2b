from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DateError
from kg.model.date_display import format_date
from kg.model.dates import parse_date


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1951", "1951-01-01", "1951-12-31"),
        ("1951-07", "1951-07-01", "1951-07-31"),
        ("1951-07-10", "1951-07-10", "1951-07-10"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("1951-07-10/1953-07-27", "1951-07-10", "1953-07-27"),
        ("1951/1953-07", "1951-01-01", "1953-07-31"),
        ("../1953", None, "1953-12-31"),
        ("/1953", None, "1953-12-31"),
        ("1951/..", "1951-01-01", None),
        ("1951/", "1951-01-01", None),
        ("../..", None, None),
        ("195X", "1950-01-01", "1959-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("1951-XX", "1951-01-01", "1951-12-31"),
        ("1951-XX-XX", "1951-01-01", "1951-12-31"),
        ("1951-02-XX", "1951-02-01", "1951-02-28"),
        ("1951-21", "1951-03-01", "1951-06-21"),
        ("1951-24", "1951-01-01", "1952-03-20"),
        ("1951-34", "1951-04-01", "1951-06-30"),
        ("-0420", "-0420-01-01", "-0420-12-31"),
        ("-042X", "-0429-01-01", "-0420-12-31"),
        ("-0004-02", "-0004-02-01", "-0004-02-29"),
        ("0000", "0000-01-01", "0000-12-31"),
        ("-0430/-0420", "-0430-01-01", "-0420-12-31"),
    ],
)
def test_bounds(text: str, earliest: str | None, latest: str | None) -> None:
    span = parse_date(text)
    assert (span.earliest, span.latest) == (earliest, latest)
    assert span.earliest_year == (int(earliest[:-6]) if earliest else None)
    assert span.latest_year == (int(latest[:-6]) if latest else None)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("1951", False, False),
        ("1951~", True, False),
        ("1951-07?", False, True),
        ("1951%", True, True),
        ("~1951-07", True, False),
        ("1951?-07", False, True),
        ("1951-07-10~/1953", True, False),
    ],
)
def test_qualifiers_do_not_move_the_bounds(text: str, approximate: bool, uncertain: bool) -> None:
    span = parse_date(text)
    plain = parse_date(text.translate(str.maketrans("", "", "~?%")))
    assert (span.approximate, span.uncertain) == (approximate, uncertain)
    assert (span.low, span.high) == (plain.low, plain.high)


@pytest.mark.parametrize(
    ("text", "open_start", "open_end"),
    [("../1953", True, False), ("1951/..", False, True), ("/1953", False, False), ("1951/", False, False)],
)
def test_open_is_not_unknown(text: str, open_start: bool, open_end: bool) -> None:
    span = parse_date(text)
    assert (span.open_start, span.open_end) == (open_start, open_end)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("July 1951?", "write 1951-07?"),
        ("10 Jul 1951", "write 1951-07-10"),
        ("c. 1951", "write 1951~"),
        ("1951-7-10", "write 1951-07-10"),
        ("1951-13", "twelve months"),
        ("1951-26", "twelve months"),
        ("1951-00", "not a day of the calendar"),
        ("1951-02-30", "not a day of the calendar"),
        ("1951-02-29", "not a day of the calendar"),
        ("1951-07-00", "not a day of the calendar"),
        ("1953/1951", "write the earlier date first, 1951/1953"),
        ("-0420/-0430", "runs backwards"),
        ("1951–1953", "with a slash"),
        ("1951/1952/1953", "more than one slash"),
        ("[1951,1952]", "sets of dates are not taken"),
        ("1951-07-10T10:00:00Z", "times of day are not taken"),
        ("421 BC", "-0420"),
        ("-0000", "1 BC is written 0000"),
        ("/", "says nothing"),
        ("/..", "says nothing"),
        ("1951-XX-10", "day in an unknown month"),
        ("195X-07", "month in an unknown year"),
        ("Y-12000", "write a year"),
        ("XXXX", "write a year"),
        ("", "write a year"),
        ("1951\n", "write a year"),
        (" 1951", "write a year"),
        ("１９５１", "write a year"),
        ("1951-21-01", "not an EDTF date"),
    ],
)
def test_refused_with_a_hint(text: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert hint in str(caught.value)
    assert "\n" not in str(caught.value).replace(repr(text), "")


years = st.integers(-2999, 2999).map(lambda y: f"{'-' if y < 0 else ''}{abs(y):04d}")
months = st.integers(1, 12).map(lambda m: f"{m:02d}")
qualifiers = st.sampled_from(["", "~", "?", "%"])


@st.composite
def singles(draw: st.DrawFn) -> str:
    text = draw(years)
    if draw(st.booleans()):
        month = draw(months)
        text += f"-{month}"
        if draw(st.booleans()):
            last = calendar.monthrange(int(text[: -len(month) - 1]), int(month))[1]
            text += f"-{draw(st.integers(1, last)):02d}"
    return text + draw(qualifiers)


@given(singles())
def test_the_edtf_package_agrees_on_single_dates(text: str) -> None:
    oracle = parse_edtf(text)
    span = parse_date(text)
    assert span.low == tuple(oracle.lower_strict()[:3])  # type: ignore[union-attr,operator]
    assert span.high == tuple(oracle.upper_strict()[:3])  # type: ignore[union-attr,operator]


@given(singles(), singles())
def test_a_span_holds_its_ends_in_order(first: str, last: str) -> None:
    a, b = parse_date(first), parse_date(last)
    assert a.low is not None and b.high is not None
    if a.low > b.high:
        with pytest.raises(DateError, match="backwards"):
            parse_date(f"{first}/{last}")
        return
    span = parse_date(f"{first}/{last}")
    assert span.low is not None and span.high is not None
    assert span.low <= span.high
    assert span.low == a.low and span.high == b.high
    assert parse_date("../..").contains(span)
    assert parse_date(f"{first}/..").contains(span)
    assert not span.precedes(span)


@given(st.dates(min_value=date(1, 1, 1), max_value=date(9998, 12, 31)))
def test_a_day_lies_in_its_month_year_decade_and_century(day: date) -> None:
    iso = f"{day:%m-%d}"
    year = f"{day.year:04d}"
    single = parse_date(f"{year}-{iso}")
    wider = [f"{year}-{iso[:2]}", year, f"{year[:3]}X", f"{year[:2]}XX", f"{year}-XX-XX"]
    for text in wider:
        assert parse_date(text).contains(single)
        assert not single.contains(parse_date(text))
    later = day + timedelta(days=1)
    assert single.precedes(parse_date(f"{later.year:04d}-{later:%m-%d}"))


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    try:
        span = parse_date(text)
    except DateError:
        return
    assert span.low is None or span.high is None or span.low <= span.high
    assert format_date(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1951-07-10/1953-07-27", "10 July 1951 – 27 July 1953"),
        ("1951-07~", "c. July 1951"),
        ("-0420", "421 BC"),
        ("0000", "1 BC"),
        ("-042X", "430–421 BC"),
        ("-0430/-0420", "431–421 BC"),
        ("-0001/0002", "2 BC – AD 2"),
        ("1951-07-10", "10 July 1951"),
        ("1951-07-01", "1 July 1951"),
        ("1951-07?", "July 1951 (?)"),
        ("1951%", "c. 1951 (?)"),
        ("1938-09-29/1938-09-30", "29–30 September 1938"),
        ("1951-07-10/1951-08-03", "10 July – 3 August 1951"),
        ("1951-07/1951-08", "July – August 1951"),
        ("1951/1953", "1951–1953"),
        ("1951~/1953", "c. 1951 – 1953"),
        ("1951/1951", "1951"),
        ("1951/..", "since 1951"),
        ("../1953-07", "until July 1953"),
        ("1951/", "from 1951, end unknown"),
        ("/1953", "until 1953, start unknown"),
        ("../..", "throughout"),
        ("195X", "1950s"),
        ("19XX", "1900–1999"),
        ("1951-XX", "1951"),
        ("1951-07-XX", "July 1951"),
        ("1951-21", "spring 1951"),
        ("1951-33", "first quarter of 1951"),
    ],
)
def test_display(text: str, words: str) -> None:
    assert format_date(text) == words
