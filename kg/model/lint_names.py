"""Finds names and dates in texts that must be free of them.

An abstract or predicament that names a country or a year would match by name what it should match by situation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model.ontology import Ontology
from kg.model.problems import Severity
from kg.model.records import Record, list_values

MIN_LETTERS = 3
# Longer names are found in any case; shorter ones, and single words, are too often ordinary words ("us", "the north").
CASELESS_LETTERS = 12

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"\b(?:1[0-9]{{3}}|20[0-9]{{2}})s?\b|\b[0-9]{{1,2}} (?:{_MONTHS})\b|\b(?:{_MONTHS}) [0-9]{{1,4}}\b|\b[0-9]+ BC\b"
)


@dataclass(frozen=True)
class NameFinder:
    """The names of actors and places, ready to be searched for."""

    owners: dict[str, str]
    exact: re.Pattern[str]
    caseless: re.Pattern[str]
    parts: re.Pattern[str]

    @classmethod
    def of(cls, records: Iterable[Record], ontology: Ontology) -> NameFinder:
        """Names, short names and aliases of all actors and places, and the words of persons' names."""
        owners: dict[str, str] = {}
        words: set[str] = set()
        for record in records:
            if not (ontology.is_a(record.type, "Actor") or ontology.is_a(record.type, "Place")):
                continue
            names = [record.data.get("name"), record.data.get("short"), *list_values(record.data.get("aliases"))]
            known = [n for n in names if isinstance(n, str) and sum(map(str.isalpha, n)) >= MIN_LETTERS]
            owners.update({n: record.id for n in known if n not in owners})
            if record.type == "Person":
                words.update(w for w in re.findall(r"[^\W\d_]{4,}", record.name) if w[0].isupper())
        long = {n for n in owners if " " in n and len(n) >= CASELESS_LETTERS}
        lowered = {n.lower(): owners[n] for n in long}
        return cls({**lowered, **owners}, _any_of(owners.keys() - long), _any_of(long, re.IGNORECASE), _any_of(words))

    def find(self, text: str) -> Iterator[tuple[Severity, str]]:
        """Severity and message of each name or date in the text. A single word of a person's name is a warning."""
        found: set[str] = set()
        for pattern in (self.exact, self.caseless):
            for match in pattern.finditer(text):
                name = match.group()
                if name not in found:
                    owner = self.owners.get(name) or self.owners.get(name.lower(), "")
                    yield "error", f"names {name!r} ({owner}): put a role in its place"
                found.update((name, *name.split()))
        for match in _DATE.finditer(text):
            yield "error", f"gives the date {match.group()!r}: say how long, or nothing"
        for match in self.parts.finditer(text):
            if match.group() not in found:
                found.add(match.group())
                yield (
                    "warning",
                    f"has the word {match.group()!r}, part of a person's name: make sure that nobody is named",
                )


def _any_of(names: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """Matches any of the names as whole words, longest first; nothing if there are none."""
    choices = "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n)))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)" if choices else r"(?!)", flags)
