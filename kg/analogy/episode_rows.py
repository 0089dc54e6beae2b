"""One episode read from the rows of the property graph: its facts before the ending, and its ending.

Facts are circumstances, positions on issues, moves, incidents, meetings and commitments; links are what an event led to.

Nothing of the outcome is among the facts. Left out always: the outcome, summary and phases, how commitments were
kept, claims, the acts that conclude (signing, ratifying, carrying out), and failure modes, which are read by hindsight
and say how a danger went. Left out by date: whatever is not sure to have been known before the ending. The ending is
the first of: the day from which the outcome could be known; the last day of the episode; and, where the
outcome is an agreement or an imposed settlement, the day of the agreement that concludes the episode, along with those
made in the weeks before it, which belong to the same settlement. Earlier agreements of a long course are facts of it.

When a fact is known: a move, incident or meeting from the last day of its date, since its text tells the whole of it; a
circumstance or position from the last day of the start of its date (of 1951/1953, from the end of 1951), and from the
start if it has none; a commitment from its own date or its agreement's, and one with neither is left out. A span that
runs past the ending, or past a cut-off, is shown open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from kg.analogy.case import CURATED, Case, CaseEntity, Ending, Fact, FactLink
from kg.model.dates import Day, parse_date
from kg.model.ontology import BASE, Ontology

Row = Mapping[str, Any]

CONCLUDING = frozenset({"sign-agreement", "ratify", "implement"})
SETTLED = frozenset({"full-agreement", "partial-agreement", "imposed-settlement"})
# Agreements of one settlement: an exchange of letters and the last detail, a treaty and the side letter before it.
SETTLEMENT_DAYS = 42
_ROLES = {"BY": "actor", "TOWARDS": "target", "ABOUT": "issue", "OWED_BY": "obligor", "OWED_TO": "obligee"}
_ROLE_ORDER = ("holder", "actor", "obligor", "participant", "target", "obligee", "issue")
_DETAILS = ("sequence", "verification", "condition", "deadline")


@dataclass(frozen=True)
class ActorName:
    """How an actor is shown, and its class (State, Organization, Person …)."""

    name: str
    type: str = ""


class EpisodeRows:
    """The rows of one episode."""

    def __init__(
        self, nodes: Iterable[Row], edges: Iterable[Row], actors: Mapping[str, ActorName], ontology: Ontology
    ) -> None:
        self.nodes = {row["id"]: row for row in nodes}
        self.actors, self.ontology = actors, ontology
        self.out: defaultdict[str, list[Row]] = defaultdict(list)
        self.into: defaultdict[str, list[Row]] = defaultdict(list)
        for edge in edges:
            self.out[edge["source"]].append(edge)
            self.into[edge["target"]].append(edge)
        self.episode = next(row for row in self.nodes.values() if row["id"] == row["record"])

    def read_case(self) -> Case:
        """All facts before the ending."""
        facts = sorted(self._read_facts(), key=lambda f: (*_sort_key(f.date), f.id))
        kept = {fact.id for fact in facts}
        links = {
            FactLink(edge["how"], edge["source"], edge["target"])
            for fact in facts
            for edge in self.out[fact.id]
            if edge["type"] == "LED_TO" and edge["target"] in kept
        }
        order = {fact.id: place for place, fact in enumerate(facts)}
        return Case(
            id=self.episode["id"],
            title=self.episode["name"],
            origin=CURATED,
            entities=self._read_entities(facts),
            facts=tuple(facts),
            links=tuple(sorted(links, key=lambda x: (order[x.source], order[x.target], x.kind))),
        )

    def read_ending(self) -> Ending | None:
        """The outcome; None if the record holds none."""
        for row in self._of("Outcome"):
            known = row.get("known") or self.episode.get("date")
            day = parse_date(known).latest if known else None
            return Ending(
                self.episode["id"], tuple(row["codes"]), row.get("text") or "", day or "", _texts(row.get("sources"))
            )
        return None

    @cached_property
    def end(self) -> Day | None:
        """The first day of which nothing may be shown; None while the episode is open."""
        outcome = next(iter(self._of("Outcome")), None)
        episode = parse_date(self.episode["date"]).high if self.episode.get("date") else None
        known = parse_date(outcome["known"]).low if outcome and outcome.get("known") else None
        days = [day for day in (known, episode) if day is not None]
        codes = {term for code in (outcome or {}).get("codes") or () for term in self.ontology.concept_lineage(code)}
        if codes & SETTLED:
            dates = [parse_date(row["date"]) for row in self._of("Agreement") if row.get("date")]
            before = sorted((d.low for d in dates if d.low and (episode is None or d.low <= episode)), reverse=True)
            days += before[:1]
            for later, earlier in pairwise(before):
                if _days_between(earlier, later) > SETTLEMENT_DAYS:
                    break
                days.append(earlier)
        return min(days, default=None)

    def _of(self, name: str) -> list[Row]:
        return [row for _, row in sorted(self.nodes.items()) if self.ontology.is_a(row["type"], name)]

    def _read_facts(self) -> Iterable[Fact]:
        for row in self._of("Circumstance"):
            known = row.get("known")
            yield from self._make_fact(row, "circumstances", row["kind"], _last(known) if known else _begin(row))
        for row in self._of("Issue"):
            yield from self._read_positions(row)
        for row in self._of("Move"):
            if row["kind"] not in CONCLUDING:
                yield from self._make_fact(row, "move-kinds", row["kind"], _last(row["date"]))
        for row in self._of("Incident"):
            yield from self._make_fact(row, "incidents", "incident", _last(row["date"]))
        for row in self._of("Meeting"):
            yield from self._make_fact(row, "meeting-levels", row["level"], _last(row["date"]))
        for row in self._of("Commitment"):
            if when := self._date_commitment(row):
                yield from self._make_fact({**row, "date": when}, "commitment-kinds", row["kind"], _last(when))

    def _read_positions(self, issue: Row) -> Iterable[Fact]:
        """What each actor wants; the first topic of the issue is the predicate."""
        for edge in self.into[issue["id"]]:
            if edge["type"] == "WANTS":
                roles = (("holder", edge["source"]), ("issue", issue["id"]))
                row = {**edge, "id": edge["iri"].removeprefix(BASE)}
                yield from self._make_fact(row, "issue-topics", issue["topic"][0], _begin(edge), roles)

    def _make_fact(
        self,
        row: Row,
        scheme: str,
        predicate: str,
        known: str | None,
        roles: tuple[tuple[str, str], ...] | None = None,
    ) -> Iterable[Fact]:
        """The fact of a row, unless it may have become known only with the ending."""
        if known is not None and self.end is not None and last_day(known) >= self.end:
            return
        fact = Fact(
            id=row["id"],
            scheme=scheme,
            predicate=predicate,
            roles=self._read_roles(row["id"]) if roles is None else roles,
            text=" ".join(str(row.get("text") or row.get("name") or "").split()),
            date=row.get("date"),
            known=known,
            status=row.get("status") or "known",
            sources=_texts(row.get("sources")),
            details=tuple((key, row[key]) for key in _DETAILS if row.get(key)),
        )
        yield fact if self.end is None else open_span(fact, _day_before(self.end))

    def _read_roles(self, id: str) -> tuple[tuple[str, str], ...]:
        found = {(_ROLES[edge["type"]], edge["target"]) for edge in self.out[id] if edge["type"] in _ROLES}
        attended = (edge for edge in self.into[id] if edge["type"] == "ATTENDED")
        found |= {("participant", edge.get("represents") or edge["source"]) for edge in attended}
        return tuple(sorted(found, key=lambda pair: (_ROLE_ORDER.index(pair[0]), pair[1])))

    def _date_commitment(self, row: Row) -> str | None:
        if row.get("date"):
            return row["date"]
        under = [self.nodes[edge["target"]] for edge in self.out[row["id"]] if edge["type"] == "UNDER"]
        return next((agreement["date"] for agreement in under if agreement.get("date")), None)

    def _read_entities(self, facts: list[Fact]) -> tuple[CaseEntity, ...]:
        """Parties, and whoever or whatever facts are about."""
        roles: defaultdict[str, set[str]] = defaultdict(set)
        parties: set[str] = set()
        for edge in self.into[self.episode["id"]]:
            if edge["type"] == "PARTICIPATED_IN":
                roles[edge["source"]] |= {edge["role"]} if edge.get("role") else set()
                if not edge.get("represents") and self._name(edge["source"]).type != "Person":
                    parties.add(edge["source"])
        used = {id for fact in facts for _, id in fact.roles}
        issues = {row["id"]: row for row in self._of("Issue")}
        actors = sorted((parties | used) - set(issues))
        return (
            *(CaseEntity(id, self._name(id).name, "actor", self._attributes(id, roles[id])) for id in actors),
            *(CaseEntity(id, row["name"], "issue", _texts(row["topic"])) for id, row in issues.items() if id in used),
        )

    def _name(self, id: str) -> ActorName:
        return self.actors.get(id) or ActorName(id)

    def _attributes(self, id: str, roles: set[str]) -> tuple[str, ...]:
        type = self._name(id).type
        return (*((type,) if type else ()), *sorted(roles))


def open_span(fact: Fact, day: Day) -> Fact:
    """The fact with an open end in place of one that lies after the day."""
    span = parse_date(fact.date) if fact.date else None
    if span is None or "/" not in span.text or span.high is None or span.high <= day:
        return fact
    return replace(fact, date=f"{span.text.partition('/')[0]}/..")


def _day_before(day: Day) -> Day:
    """The day before, for comparisons only: before the first of a month comes its zeroth."""
    return day[0], day[1], day[2] - 1


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(value or ())


def last_day(text: str) -> Day:
    """The last day of a date that has an end."""
    day = parse_date(text).high
    assert day is not None
    return day


def _last(text: str) -> str:
    """The ISO day by which all of a date has passed; of an open span, the last day of its start."""
    span = parse_date(text)
    return span.latest or parse_date(text.partition("/")[0]).latest or text


def _begin(row: Row) -> str | None:
    """The ISO day by which something with a duration has surely begun; None when it has no start."""
    start = (row.get("date") or "").partition("/")[0]
    return parse_date(start).latest if start not in ("", "..") else None


def _sort_key(text: str | None) -> tuple[Day, Day]:
    """Undated facts, and those without a start, come first."""
    if not text:
        return (-10000, 0, 0), (-10000, 0, 0)
    span = parse_date(text)
    return span.low or (-10000, 0, 0), span.high or (10000, 0, 0)


def _days_between(earlier: Day, later: Day) -> int:
    """Days from one day to a later one; years before Christ are moved by a multiple of the calendar's cycle."""
    shift = 4000 if earlier[0] < 1 else 0
    first, second = (date(day[0] + shift, day[1], day[2]) for day in (earlier, later))
    return (second - first).days
