"""Episodes that name a crisis of the International Crisis Behavior project against its coding, version 13.

M. Brecher, J. Wilkenfeld, K. Beardsley, P. James and D. Quinn, *International Crisis Behavior Data Codebook*. Compared are
the days of the crisis, which must overlap the episode, and its actors, each of which must be a party.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ingest.crosscheck.comparison import Comparison, Corpus, as_day, counterparts
from ingest.crosscheck.table import read_csv
from kg.model.dates import parse_date
from kg.model.records import Record

DATASET = "icb"


def compare_crises(corpus: Corpus, folder: Path) -> Iterator[Comparison]:
    """Name, days and actors of every linked crisis."""
    columns = ("crisno", "crisname", "yrtrig", "motrig", "datrig", "yrterm", "moterm", "daterm")
    crises = {row["crisno"]: row for row in read_csv(folder, "icb1v13.csv", columns)}
    actors: dict[str, list[dict[str, str]]] = {}
    for row in read_csv(folder, "icb2v13.csv", ("crisno", "cracid", "actor")):
        actors.setdefault(row["crisno"], []).append(row)
    for episode in corpus.of_type("Episode"):
        for link in counterparts(episode.data, DATASET):
            key = link.get("key", "")
            row = crises.get(key)
            if row is None:
                said = (key or "no number", "no such crisis")
                yield corpus.compare(DATASET, key, episode, episode.data, "number", said, False)
                continue
            yield _compare_days(corpus, episode, row)
            yield from _compare_actors(corpus, episode, key, actors.get(key, ()))


def _compare_days(corpus: Corpus, episode: Record, row: Mapping[str, str]) -> Comparison:
    first, last = _day(row, "trig", 1), _day(row, "term", 28)
    span = parse_date(episode.data["date"])
    low, high = as_day(span.low), as_day(span.high)
    agrees = (high is None or first is None or first <= high) and (low is None or last is None or low <= last)
    said = (span.text, f"{row['crisname'].title()}, {first} to {last}")
    return corpus.compare(DATASET, row["crisno"], episode, episode.data, "days", said, agrees)


def _compare_actors(corpus: Corpus, episode: Record, key: str, rows: Any) -> Iterator[Comparison]:
    parties = [corpus.records[actor] for party in episode.data["parties"] for actor in party["actor"]]
    numbers = {int(party.data["cow"]) for party in parties if "cow" in party.data}
    for row in rows:
        agrees = int(row["cracid"]) in numbers
        said = ("a party" if agrees else "no party", row["actor"])
        yield corpus.compare(DATASET, key, episode, episode.data, f"actor {row['actor']}", said, agrees)


def _day(row: Mapping[str, str], end: str, otherwise: int) -> date | None:
    """The day of an end of the crisis; where ICB has the month alone, its first or its 28th day."""
    year, month, day = (row[f"{unit}{end}"].strip() for unit in ("yr", "mo", "da"))
    if not year.isdigit() or not month.isdigit() or not 1 <= int(month) <= 12:
        return None
    return date(int(year), int(month), int(day) if day.isdigit() and 1 <= int(day) <= 28 else otherwise)
