"""Agreements that name an entry of PA-X against its date of signature.

C. Bell and S. Badanjak, "Introducing PA-X: A new peace agreement database and dataset", Journal of Peace Research 56 (2019).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.crosscheck.comparison import Comparison, Corpus, counterparts, is_on
from ingest.crosscheck.table import read_csv, read_day
from kg.model.dates import parse_date

DATASET = "pax"


def compare_agreements(corpus: Corpus, folder: Path) -> Iterator[Comparison]:
    """The day of every linked agreement."""
    rows = {row["AgtId"]: row for row in read_csv(folder, "pax_all_agreements_data.csv", ("AgtId", "Agt", "Dat"))}
    for record, agreement in corpus.parts("Agreement"):
        for link in counterparts(agreement, DATASET):
            key = link.get("key", "")
            row = rows.get(key)
            theirs = read_day(row["Dat"]) if row else None
            if row is None or theirs is None:
                said = (key or "no number", "no such agreement")
                yield corpus.compare(DATASET, key, record, agreement, "number", said, False)
                continue
            said = (agreement["date"], f"{theirs.isoformat()}, {row['Agt'][:80]}")
            agrees = is_on(parse_date(agreement["date"]), theirs)
            yield corpus.compare(DATASET, key, record, agreement, "day", said, agrees)
