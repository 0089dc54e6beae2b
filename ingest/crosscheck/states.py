"""Life spans of states against the two lists of the state system.

Correlates of War Project, *State System Membership List*, version 2016; K. S. Gleditsch and M. D. Ward, "A Revised List
of Independent States since the Congress of Vienna", International Interactions 25 (1999). Both begin in 1816 and end
with the year of their version: an earlier start and an open end agree with these bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ingest.crosscheck.comparison import Comparison, Corpus, is_on, read_ends
from ingest.crosscheck.table import read_code, read_csv, read_day

FIRST = date(1816, 1, 1)
COW_LAST = date(2016, 12, 31)
GW_LAST = date(2017, 12, 31)


def compare_cow_states(corpus: Corpus, folder: Path) -> Iterator[Comparison]:
    """Start and end of every state that has a COW number."""
    columns = ("ccode", "styear", "stmonth", "stday", "endyear", "endmonth", "endday")
    spans: dict[int, list[tuple[date, date]]] = {}
    for row in read_csv(folder, "cow_states.csv", columns):
        ends = [date(*(read_code(row[f"{end}{unit}"]) for unit in ("year", "month", "day"))) for end in ("st", "end")]
        spans.setdefault(read_code(row["ccode"]), []).append((ends[0], ends[1]))
    yield from _compare(corpus, "cow-states", "cow", spans, COW_LAST)


def compare_gleditsch_ward(corpus: Corpus, folder: Path) -> Iterator[Comparison]:
    """Start and end of every state that has a number of Gleditsch and Ward."""
    spans: dict[int, list[tuple[date, date]]] = {}
    for row in read_csv(folder, "gw_states.csv", ("gwcode", "startdate", "enddate")):
        start, end = read_day(row["startdate"]), read_day(row["enddate"])
        if start and end:
            spans.setdefault(read_code(row["gwcode"]), []).append((start, end))
    yield from _compare(corpus, "gleditsch-ward", "gw", spans, GW_LAST)


def _compare(
    corpus: Corpus, dataset: str, term: str, spans: dict[int, list[tuple[date, date]]], last: date
) -> Iterator[Comparison]:
    for state in corpus.of_type("State"):
        if term not in state.data:
            continue
        code = int(state.data[term])
        listed = sorted(spans.get(code, ()))
        if not listed:
            yield corpus.compare(dataset, str(code), state, state.data, "number", (str(code), "not listed"), False)
            continue
        ours = read_ends(state.data["date"])
        # One number may stand for several lives of a state: the one nearest in its start is meant.
        meant = min(listed, key=lambda span: abs(span[0].year - (ours[0].low[0] if ours[0] and ours[0].low else 1816)))
        early = meant[0] == FIRST and (ours[0] is None or ours[0].low is None or ours[0].low <= (1816, 1, 1))
        open_end = meant[1] == last and (ours[1] is None or (ours[1].high or (9999, 1, 1))[0] >= last.year)
        for aspect, mine, theirs, bound in (("start", ours[0], meant[0], early), ("end", ours[1], meant[1], open_end)):
            agrees = bound or (mine is not None and is_on(mine, theirs))
            said = (mine.text if mine else "open", theirs.isoformat())
            yield corpus.compare(dataset, str(code), state, state.data, aspect, said, agrees)
