"""Episodes as the graph holds them, endings included: what a brief shows of an analogue, and never what it matches by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from kg.analogy.evidence import KNOWN, Cell, Cite, Props, begins_before, one_line, pair_cites
from kg.errors import NotFound
from kg.model.dates import Day
from kg.model.ontology import BASE, load_ontology

# Parts that tell of an ending, or are read off it.
HINDSIGHT = frozenset({"FailureMode", "Response", "Assessment", "Claim"})
# Runs one of the queries of the store by its name and parameters; gives its rows.
Run = Callable[..., list[dict[str, Any]]]


@dataclass(frozen=True)
class Link:
    """A relationship that leaves a node: its type, the far end's id and name, and for causes how."""

    type: str
    target: str
    name: str
    how: str = ""


@dataclass(frozen=True)
class Party:
    """An actor in an episode, with its class, its side and all its roles."""

    id: str
    name: str
    type: str
    side: str
    roles: tuple[str, ...]
    cites: tuple[Cite, ...]


@dataclass(frozen=True, eq=False)
class EpisodeRecord:
    """One episode with all its parts. `links` maps the id of a node to what leaves it."""

    root: Props
    nodes: Mapping[str, Props]
    links: Mapping[str, tuple[Link, ...]]
    parties: tuple[Party, ...]
    positions: Mapping[str, Cell]
    locators: Mapping[tuple[str, str], str]

    @property
    def id(self) -> str:
        return str(self.root["id"])

    @property
    def name(self) -> str:
        return str(self.root["name"])

    @property
    def period(self) -> str:
        return str(self.root.get("date") or "")

    def of(self, kind: str) -> list[Props]:
        """Parts of a class, by date and id."""
        is_a = load_ontology().is_a
        found = [props for props in self.nodes.values() if is_a(props["type"], kind)]
        return sorted(found, key=lambda p: (p.get("earliest_year") or -9999, str(p.get("earliest") or ""), p["id"]))

    def far(self, id: str, *types: str) -> list[Link]:
        """What relationships of these types lead to from a node."""
        return [link for link in self.links.get(id, ()) if link.type in types]

    def children(self, id: str, type: str) -> list[Props]:
        """Parts of a part: the assessments of a commitment, say."""
        return [self.nodes[link.target] for link in self.far(id, type) if link.target in self.nodes]

    def cites(self, props: Props) -> tuple[Cite, ...]:
        """Works cited by a node, each with the place in it."""
        return tuple(Cite(s, self.locators.get((props["id"], s), "")) for s in props.get("sources") or ())

    def cell(self, props: Props, kind: str = "") -> Cell:
        """A node as a statement; `kind` names the property that holds its term."""
        text = one_line(props.get("text") or props.get("summary") or props["name"])
        status = str(props.get("status") or KNOWN) if kind != "mode" else KNOWN
        return Cell(
            props["id"], text, status, self.cites(props), str(props.get("date") or ""), str(props.get(kind) or "")
        )

    @cached_property
    def outcome(self) -> Props | None:
        """The outcome, if the record holds one."""
        return next(iter(self.of("Outcome")), None)

    @property
    def codes(self) -> tuple[str, ...]:
        """Outcome codes; none while the outcome is open."""
        return tuple(self.outcome["codes"]) if self.outcome else ()

    def cut(self, day: Day | None) -> EpisodeRecord:
        """The record without the parts that are dated on or after a day.

        If the outcome could not be known by then, whatever is read by hindsight and has no date goes, too.
        """
        if day is None:
            return self
        open_end = self.outcome is not None and not _begins(self.outcome, day)
        nodes = {
            id: props
            for id, props in self.nodes.items()
            if id == self.id or (_begins(props, day) and not (open_end and _is_hindsight(props)))
        }
        return replace(self, nodes=nodes)


def _begins(props: Props, day: Day) -> bool:
    return begins_before(props.get("known") or props.get("date"), day)


def _is_hindsight(props: Props) -> bool:
    return props["type"] in HINDSIGHT and not props.get("date")


class Library:
    """Records of episodes and works cited, each read from the graph once."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._records: dict[str, EpisodeRecord] = {}
        self._works: dict[str, Props] = {}

    def read(self, ids: Iterable[str]) -> dict[str, EpisodeRecord]:
        """Records by id, in the order asked for. Raises NotFound."""
        wanted = list(dict.fromkeys(ids))
        missing = [id for id in wanted if id not in self._records]
        if missing:
            self._records.update(_read_records(self._run, missing))
        return {id: self._records[id] for id in wanted}

    def works(self, ids: Iterable[str]) -> dict[str, Props]:
        """Works by id, sorted."""
        wanted = sorted(set(ids))
        missing = [id for id in wanted if id not in self._works]
        if missing:
            rows = (row["props"] for row in self._run("page_nodes", ids=missing))
            self._works.update({row["id"]: {k: v for k, v in row.items() if not k.startswith("_")} for row in rows})
        return {id: self._works[id] for id in wanted}

    def analogies(self) -> list[dict[str, Any]]:
        """Rows of the query `brief_analogies`."""
        return self._run("brief_analogies")


def _read_records(run: Run, ids: Sequence[str]) -> dict[str, EpisodeRecord]:
    nodes: defaultdict[str, dict[str, Props]] = defaultdict(dict)
    for row in run("brief_nodes", ids=ids):
        nodes[row["props"]["record"]][row["props"]["id"]] = row["props"]
    links: defaultdict[str, defaultdict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    locators: defaultdict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for row in run("brief_links", ids=ids):
        if row["type"] == "CITES":
            locators[row["record"]][row["source"], row["target"]] = row["locator"]
        else:
            links[row["record"]][row["source"]].append(Link(row["type"], row["target"], row["name"], row["how"] or ""))
    takers: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in run("brief_parties", ids=ids):
        takers[row["record"]].append(row)
    if gone := [id for id in ids if id not in nodes[id]]:
        raise NotFound(f"no episode {gone[0]!r} in the graph: `precedent cypher` lists what there is")
    return {
        id: EpisodeRecord(
            nodes[id][id], nodes[id], {k: tuple(v) for k, v in links[id].items()}, _read_parties(takers[id]),
            _read_positions(takers[id]), locators[id],
        )
        for id in ids
    }  # fmt: skip


def _read_parties(rows: Sequence[Mapping[str, Any]]) -> tuple[Party, ...]:
    """Actors that take part, each once with all its roles; persons stand after the parties."""
    found: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["type"] == "PARTICIPATED_IN":
            found[row["actor"]].append(row)
    parties = [
        Party(
            id, of[0]["name"], of[0]["actor_type"], next((row["side"] for row in of if row["side"]), ""),
            tuple(sorted({row["role"] for row in of if row["role"]})),
            tuple(dict.fromkeys(c for row in of for c in pair_cites(row["sources"], row["locators"]))),
        )
        for id, of in found.items()
    ]  # fmt: skip
    return tuple(sorted(parties, key=lambda p: (p.type == "Person", p.id)))


def _read_positions(rows: Sequence[Mapping[str, Any]]) -> dict[str, Cell]:
    cells = [
        Cell(
            row["iri"].removeprefix(BASE), one_line(row["text"]), row["status"] or KNOWN,
            pair_cites(row["sources"], row["locators"]), row["date"] or "",
        )
        for row in rows
        if row["type"] == "WANTS"
    ]  # fmt: skip
    return {cell.id: cell for cell in cells}
