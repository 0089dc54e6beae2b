"""What is compared, and the corpus as the comparisons read it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from kg.model.dates import DateSpan, parse_date
from kg.model.ontology import load_ontology
from kg.model.records import Record

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Comparison:
    """One statement of a record beside that of a dataset. `because` is the record's own reason for a difference."""

    dataset: str
    key: str
    record: str
    place: str  # file:line
    aspect: str
    ours: str
    theirs: str
    agrees: bool
    because: str | None = None

    @property
    def verdict(self) -> str:
        """`agrees`, `explained` or `differs`."""
        return "agrees" if self.agrees else "explained" if self.because else "differs"

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "verdict": self.verdict}


@dataclass(frozen=True)
class Corpus:
    """The records by id."""

    records: Mapping[str, Record]

    @classmethod
    def of(cls, records: Iterable[Record]) -> Corpus:
        return cls({record.id: record for record in records})

    def of_type(self, type: str) -> Iterator[Record]:
        """Records of a class or a subclass of it, by id."""
        ontology = load_ontology()
        return (r for _, r in sorted(self.records.items()) if ontology.is_a(r.type, type))

    def parts(self, type: str) -> Iterator[tuple[Record, Mapping[str, Any]]]:
        """Parts of a class, each with the record that holds it."""
        ontology = load_ontology()
        for record in self.of_type("Episode"):
            for _, node in record.walk(ontology):
                if ontology.is_a(str(node.get("type")), type):
                    yield record, node

    def state_of(self, office: str) -> Record | None:
        """The state that an office belongs to."""
        owner = self.records[office].data.get("office_of")
        return self.records.get(str(owner)) if owner else None

    def compare(
        self,
        dataset: str,
        key: str,
        record: Record,
        node: Mapping[str, Any],
        aspect: str,
        said: tuple[str, str],
        agrees: bool,
    ) -> Comparison:
        """A comparison with what the record itself says of the difference."""
        path = next(path for path, part in record.walk(load_ontology()) if part["id"] == node["id"])
        place = f"{record.file}:{record.line(path)}"
        return Comparison(dataset, key, str(node["id"]), place, aspect, *said, agrees, find_reason(node, dataset, key))


def counterparts(node: Mapping[str, Any], dataset: str) -> Iterator[Mapping[str, Any]]:
    """The entries of a dataset that a node names."""
    return (c for c in node.get("counterparts", ()) if c["in_dataset"] == dataset)


def find_reason(node: Mapping[str, Any], dataset: str, key: str) -> str | None:
    """Why the node differs from an entry, or from the dataset as a whole where the counterpart names no key."""
    reasons = (c.get("differs_because") for c in counterparts(node, dataset) if c.get("key", key) == key)
    return next((reason for reason in reasons if reason), None)


def read_ends(text: str) -> tuple[DateSpan | None, DateSpan | None]:
    """Start and end of an EDTF date; None where it is open or unknown. A single date is both."""
    first, _, last = text.partition("/")
    return tuple(parse_date(end) if end not in ("", "..") else None for end in (first, last or first))  # type: ignore[return-value]


def is_on(ours: DateSpan, theirs: date, slack: timedelta = DAY) -> bool:
    """Whether a day lies within the bounds of our date, a day more or less: time zones and ceremonies."""
    low, high = as_day(ours.low), as_day(ours.high)
    return (low is None or low - slack <= theirs) and (high is None or theirs <= high + slack)


def as_day(day: tuple[int, int, int] | None) -> date | None:
    """A day of the calendar; None for an open bound or one before Christ."""
    return date(*day) if day and day[0] > 0 else None


def fold(name: str) -> str:
    """A name without accents, case and punctuation, for comparison."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())
