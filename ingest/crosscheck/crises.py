"""Episodes that name a crisis of the International Crisis Behavior project against its coding, version 13.

M. Brecher, J. Wilkenfeld, K. Beardsley, P. James and D. Quinn, *International Crisis Behavior Data Codebook*. Compared are
the days of the crisis, which must overlap the episode, and its actors, each of which must be a party.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.crosscheck.comparison import Comparison, Corpus, as_day, counterparts
from ingest.sources.icb.cases import ACTORS, CRISES
from ingest.sources.icb.table import IcbRow, read_table
from ingest.sources.icb.timing import first_day, last_day
from kg.model.dates import parse_date
from kg.model.records import Record

DATASET = "icb"


def compare_crises(corpus: Corpus, folder: Path) -> Iterator[Comparison]:
    """Name, days and actors of every linked crisis. Raises RecordError for a file that is not as ICB publishes it."""
    columns = ("crisno", "crisname", "yrtrig", "motrig", "datrig", "yrterm", "moterm", "daterm")
    crises = {str(row.read_id("crisno")): row for row in read_table(folder / CRISES, columns)}
    actors: dict[str, list[IcbRow]] = {}
    for row in read_table(folder / ACTORS, ("crisno", "cracid", "actor")):
        actors.setdefault(str(row.read_id("crisno")), []).append(row)
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


def _compare_days(corpus: Corpus, episode: Record, row: IcbRow) -> Comparison:
    first, last = first_day(row, "trig"), last_day(row, "term")
    span = parse_date(episode.data["date"])
    low, high = as_day(span.low), as_day(span.high)
    agrees = (high is None or first <= high) and (low is None or last is None or low <= last)
    said = (span.text, f"{row.read_text('crisname').title()}, {first} to {last}")
    return corpus.compare(DATASET, str(row.read_id("crisno")), episode, episode.data, "days", said, agrees)


def _compare_actors(corpus: Corpus, episode: Record, key: str, rows: Iterable[IcbRow]) -> Iterator[Comparison]:
    parties = [corpus.records[actor] for party in episode.data["parties"] for actor in party["actor"]]
    numbers = {int(party.data["cow"]) for party in parties if "cow" in party.data}
    for row in rows:
        agrees = row.read_id("cracid") in numbers
        code = row.read_text("actor")
        said = ("a party" if agrees else "no party", code)
        yield corpus.compare(DATASET, key, episode, episode.data, f"actor {code}", said, agrees)
