"""Whose affair an episode or a text is, so that a reader can ask for precedents with different actors.

Principals of an episode are its collective parties in the role of one who negotiates, fights, asks or is asked, or is
the stronger or weaker side. Those of a text are the two actors of the corpus that it names most often.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.analogy.gazetteer import Mention
from kg.analogy.index import EpisodeIndex
from kg.analogy.outcomes import PRINCIPAL
from kg.analogy.similar import Query, ended_by

IN_A_TEXT = 2
_COLLECTIVE = frozenset({"state", "organization", "faction"})


@dataclass(frozen=True)
class LeftOut:
    """An episode that was not compared: these actors, whom the reader does not want, are principals of it, or he named it."""

    id: str
    title: str
    actors: tuple[str, ...]


@dataclass(frozen=True)
class Principals:
    """Principals by episode, and the names of all of them by id."""

    by_episode: Mapping[str, frozenset[str]]
    names: Mapping[str, str]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> Principals:
        """From rows of the query `episode_parties`."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        names: dict[str, str] = {}
        for row in rows:
            if row["role"] in PRINCIPAL:
                found[row["episode"]].add(row["id"])
                names[row["id"]] = row["short"] or row["name"]
        return cls({id: frozenset(actors) for id, actors in found.items()}, names)

    def of_text(self, mentions: Iterable[Mention]) -> tuple[str, ...]:
        """The two principals of any episode that a text names most often, first named first among equals."""
        keys = (m.keys for m in mentions if m.kind in _COLLECTIVE)
        counts = Counter(next((key for key in some if key in self.names), "") for some in keys)
        counts.pop("", None)
        return tuple(id for id, _ in counts.most_common(IN_A_TEXT))

    def of_episode(self, episode: str) -> tuple[str, ...]:
        """Its principals, by id."""
        return tuple(sorted(self.by_episode.get(episode, ())))

    def sharing(self, actors: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Episodes of which any of the actors is a principal, each with those of them that are."""
        wanted = set(actors)
        return {id: tuple(sorted(own & wanted)) for id, own in sorted(self.by_episode.items()) if own & wanted}


def find_left_out(query: Query, index: EpisodeIndex, principals: Principals | None) -> tuple[LeftOut, ...]:
    """Episodes that a query leaves out for their actors and would have compared otherwise, by title."""
    if principals is None or not query.other_than:
        return ()
    sharing = principals.sharing(query.other_than)
    found = [
        LeftOut(entry.id, entry.name, tuple(principals.names[actor] for actor in sharing[entry.id]))
        for entry in index.entries
        if entry.id in sharing and entry.id in query.exclude and ended_by(entry, query.before)
    ]
    return tuple(sorted(found, key=lambda one: one.title))


def find_named_out(query: Query, index: EpisodeIndex, principals: Principals | None) -> tuple[LeftOut, ...]:
    """Episodes that a query leaves out by name, not for their actors, by title; those that it would not have compared among them."""
    sharing = principals.sharing(query.other_than) if principals is not None and query.other_than else {}
    found = [LeftOut(e.id, e.name, ()) for e in index.entries if e.id in query.exclude and e.id not in sharing]
    return tuple(sorted(found, key=lambda one: one.title))
