"""The episode that a text is itself about, so that a reader can leave it out of its own precedents.

It is among the `NEAREST` by text; its span touches the text's own date (see `suggest_before`); and the text names at least
two of its people and two of its principals, these by name or through one of those people who stood for them. Where several
fit, the nearest by text is meant. A text without a date has none. How often the rule is right stands in docs/evaluation.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.analogy.dated import CutOff
from kg.analogy.gazetteer import Mention
from kg.analogy.index import Entry
from kg.analogy.principals import Principals
from kg.model.dates import DateSpan, parse_date

NEAREST, PEOPLE, PRINCIPALS = 5, 2, 2


@dataclass(frozen=True)
class OwnEpisode:
    """An episode that a text seems to be about: `named` are its people and principals, `date` the date, in the text's words."""

    id: str
    title: str
    named: tuple[str, ...]
    date: str


@dataclass(frozen=True)
class Casts:
    """The people of each episode and whom each of them represented ("" for nobody)."""

    people: Mapping[str, Mapping[str, str]]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> Casts:
        """From rows of the query `episode_people`."""
        people: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for row in rows:
            people[row["episode"]][row["id"]] = row["represents"] or ""
        return cls(people)


@dataclass(frozen=True)
class Naming:
    """What a text names of an episode: ids of people and of principals, and the words, in the order of the text."""

    people: frozenset[str]
    principals: frozenset[str]
    words: tuple[str, ...]


def find_own(
    text: str,
    cut: CutOff | None,
    mentions: Sequence[Mention],
    nearest: Sequence[Entry],
    principals: Principals,
    casts: Casts,
) -> OwnEpisode | None:
    """The episode that a text is about, None where none fits the rule. `nearest` are episodes by text, best first."""
    if cut is None:
        return None
    for entry in nearest[:NEAREST]:
        if not entry.date or not touches(parse_date(entry.date), cut.named.span):
            continue
        own = frozenset(principals.of_episode(entry.id))
        naming = read_naming(text, mentions, own, casts.people.get(entry.id, {}))
        if len(naming.people) >= PEOPLE and len(naming.principals) >= PRINCIPALS:
            return OwnEpisode(entry.id, entry.name, naming.words, cut.words)
    return None


def touches(one: DateSpan, other: DateSpan) -> bool:
    """Whether two dates have a day in common; an open or unknown end is without bound."""
    return not one.precedes(other) and not other.precedes(one)


def read_naming(
    text: str, mentions: Sequence[Mention], principals: frozenset[str], people: Mapping[str, str]
) -> Naming:
    """Who of an episode is named in a text. A name that may mean several counts once, and not again where one is named already."""
    found: dict[str, Mention] = {}
    seen: set[str] = set()
    cast = principals | people.keys()
    for mention in sorted(mentions, key=lambda m: (len(m.keys), m.start)):
        meant = [key for key in mention.keys if key in cast]
        if meant and not seen.intersection(meant):
            found[meant[0]] = mention
        seen.update(meant)
    named = frozenset(id for id in found if id in people)
    sides = {id for id in found if id in principals} | {people[id] for id in named if people[id] in principals}
    order = sorted(found.values(), key=lambda mention: mention.start)
    return Naming(named, frozenset(sides), tuple(text[m.start : m.end] for m in order))
