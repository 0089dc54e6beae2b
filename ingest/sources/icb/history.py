"""What had gone before a crisis: earlier crises between the same adversaries or in the same protracted conflict.

Everything is as of the trigger: earlier crises that had begun, actors that had entered them, and the endings of those
that were over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ingest.sources.icb.table import IcbRow

Dyad = frozenset[int]
# Numbers from here on are not states (internal, non-state, several states).
FIRST_NON_STATE = 990
YEAR = 365.25


@dataclass(frozen=True)
class Episode:
    """A crisis as later ones look back on it. `dyads` come with the day on which their actor entered."""

    number: int
    began: date
    ended: date | None
    conflict: int | None
    dyads: tuple[tuple[date, frozenset[Dyad]], ...]
    violence: str | None
    agreed: bool | None
    definitive: bool | None

    def dyads_by(self, day: date) -> frozenset[Dyad]:
        return frozenset().union(*(dyads for entered, dyads in self.dyads if entered < day))


class History:
    """Crises in order of their beginning."""

    def __init__(self, episodes: list[Episode]) -> None:
        self.episodes = episodes
        self.places = {episode.number: place for place, episode in enumerate(episodes)}

    def before(self, number: int, dyads: frozenset[Dyad]) -> dict[str, object]:
        """Counts within ten years, years since the last crisis, and how the last one that was over had ended."""
        place = self.places[number]
        now = self.episodes[place]
        earlier = [episode for episode in self.episodes[:place] if episode.began < now.began]
        same = [episode for episode in earlier if dyads & episode.dyads_by(now.began)]
        conflict = [e for e in earlier if now.conflict is not None and e.conflict == now.conflict]
        related = {episode.number: episode for episode in (*same, *conflict)}
        over = [e for e in related.values() if e.ended is not None and e.ended < now.began]
        last = max(over, key=lambda e: (e.ended or date.min, e.number), default=None)
        begun = max((episode.began for episode in related.values()), default=None)
        return {
            "previous_between_them": _count(same, now.began),
            "previous_in_conflict": _count(conflict, now.began),
            "years_since_previous": round((now.began - begun).days / YEAR, 1) if begun else None,
            "previous_violence": last.violence if last else None,
            "previous_agreed": last.agreed if last else None,
            "previous_definitive": last.definitive if last else None,
        }


def dyads_of(row: IcbRow) -> frozenset[Dyad]:
    """An actor with the states that threatened it or triggered its crisis."""
    actor = row.read_id("cracid")
    others = (row.read_number("southv"), row.read_number("trigent"))
    states = (other for other in others if other is not None and 0 < other < FIRST_NON_STATE and other != actor)
    return frozenset(frozenset((actor, other)) for other in states)


def _count(episodes: Iterable[Episode], day: date) -> int:
    return sum(1 for episode in episodes if (day - episode.began).days <= 10 * YEAR)
