"""How facts of an episode bear on its ending, as far as the record says.

Events are joined by what they led to. The ending events are those that a case leaves out because they conclude or come
with the ending; where nothing leads to one, the last events that something led to. The bearing of a fact is the least
number of links from it to an ending event. Conditions and positions stand in no chain; those about an actor of a
failure mode that struck come before the others.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass

from kg.analogy.case import Case, Fact
from kg.analogy.episodes import EpisodeRecord
from kg.analogy.pathways import STRUCK

FAR = 99


@dataclass(frozen=True)
class Bearings:
    """Steps to the ending by fact, and the actors of failure modes that struck."""

    steps: Mapping[str, int]
    failing: frozenset[str]

    def key(self, fact: Fact) -> tuple[int, bool, bool, str, str]:
        """Sorts the facts that bear most on the ending first; positions come after conditions."""
        steps, position = self.steps.get(fact.id, FAR), fact.scheme == "issue-topics"
        return steps, position, not self.shares_actor(fact), fact.date or "", fact.id

    def shares_actor(self, fact: Fact) -> bool:
        """Whether the fact is about an actor whose failure mode struck."""
        return any(entity in self.failing for role, entity in fact.roles if role in ("actor", "holder", "obligor"))


def find_bearings(record: EpisodeRecord, case: Case) -> Bearings:
    """Bearings of the facts of an episode's case, from the whole of its record."""
    before: defaultdict[str, list[str]] = defaultdict(list)
    events = {props["id"]: str(props.get("latest") or "") for props in record.of("Event")}
    for source in events:
        for link in record.far(source, "LED_TO"):
            if link.target in events:
                before[link.target].append(source)
    told = {fact.id for fact in case.facts}
    ends = [id for id in before if id not in told]
    if not ends and before:
        last = max(events[id] for id in before)
        ends = [id for id in before if events[id] == last]
    struck = [props for props in record.of("FailureMode") if props["status"] == STRUCK]
    failing = frozenset(link.target for props in struck for link in record.far(props["id"], "BY"))
    return Bearings(_count_steps(ends, before), failing)


def _count_steps(ends: list[str], before: Mapping[str, list[str]]) -> dict[str, int]:
    steps = dict.fromkeys(ends, 0)
    queue = deque(ends)
    while queue:
        event = queue.popleft()
        for earlier in before.get(event, ()):
            if earlier not in steps:
                steps[earlier] = steps[event] + 1
                queue.append(earlier)
    return steps
