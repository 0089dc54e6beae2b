"""The records against published datasets: where both speak of one matter, do they say the same?

Each dataset is one module with a function that takes the `Corpus` and the folders that a user names, and yields
`Comparison`s. A difference is either mended in the record or explained there, by a counterpart with `differs_because`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ingest.crosscheck.agreements import compare_agreements
from ingest.crosscheck.comparison import Comparison, Corpus
from ingest.crosscheck.crises import compare_crises
from ingest.crosscheck.disputes import (
    Suggestion,
    compare_cow_disputes,
    compare_gml_disputes,
    compare_wars,
    suggest_conflicts,
)
from ingest.crosscheck.journeys import compare_journeys
from ingest.crosscheck.leaders import compare_leaders
from ingest.crosscheck.officers import compare_officers
from ingest.crosscheck.states import compare_cow_states, compare_gleditsch_ward
from kg.model.records import Record

__all__ = ["CHECKS", "Comparison", "Suggestion", "crosscheck", "suggest"]

Check = Callable[..., Iterator[Comparison]]  # of the corpus and the folders of the dataset

# By dataset, as the vocabulary of datasets names it.
CHECKS: Mapping[str, Check] = {
    "cow-states": compare_cow_states,
    "gleditsch-ward": compare_gleditsch_ward,
    "archigos": compare_leaders,
    "us-officers": compare_officers,
    "us-journeys": compare_journeys,
    "icb": compare_crises,
    "pax": compare_agreements,
    "cow-disputes": compare_cow_disputes,
    "gml-disputes": compare_gml_disputes,
    "cow-wars": compare_wars,
}


def crosscheck(records: Iterable[Record], folders: Mapping[str, Sequence[Path]]) -> list[Comparison]:
    """All comparisons with the datasets named, in the order of `CHECKS`.

    Raises UsageError, for a file of ICB RecordError, when a file is not there or not as published.
    """
    corpus = Corpus.of(records)
    return [found for name, check in CHECKS.items() if name in folders for found in check(corpus, *folders[name])]


def suggest(records: Iterable[Record], disputes: Path) -> list[Suggestion]:
    """Disputes and wars that overlap an episode in days and adversaries and that no counterpart of it names.

    Raises UsageError when a file is not in the folder or not as published.
    """
    return list(suggest_conflicts(Corpus.of(records), disputes))
