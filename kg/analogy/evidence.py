"""What a brief shows of a record: a statement as it stands, how firm it is, and on what it rests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.model.dates import Day, parse_date

Props = Mapping[str, Any]
KNOWN = "known"


@dataclass(frozen=True)
class Cite:
    """A work, by its id, and the place in it."""

    source: str
    locator: str = ""


@dataclass(frozen=True)
class Cell:
    """A statement of the record.

    `id` is that of a node of the graph, or, for a position, of the relationship (its `iri`, without the base). `text`
    is quoted as it stands. `status` is a term of claim-statuses; `kind` a term of a vocabulary, or "".
    """

    id: str
    text: str
    status: str = KNOWN
    cites: tuple[Cite, ...] = ()
    date: str = ""
    kind: str = ""


def one_line(text: object) -> str:
    """A text without line breaks."""
    return " ".join(str(text or "").split())


def pair_cites(sources: Iterable[str] | None, locators: Iterable[str] | None) -> tuple[Cite, ...]:
    """Citations of a relationship, which keeps works and places in two lists."""
    works = list(sources or ())
    places = list(locators or ()) or [""] * len(works)
    return tuple(Cite(work, place or "") for work, place in zip(works, places, strict=False))


def begins_before(date: object, day: Day | None) -> bool:
    """Whether something of that date had begun before the day; what is undated had."""
    if day is None or not date:
        return True
    low = parse_date(str(date)).low
    return low is None or low < day
