"""A view of the graph: which nodes and relationships are shown, what was cut, and where the nodes stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from explorer.graph.layout import Place, place_nodes
from explorer.graph.order import place_chain
from explorer.graph.questions import EPISODE_QUESTIONS, Question
from explorer.graph.steps import Step, hidden
from explorer.service import Service
from explorer.words import say_link, say_term
from kg.errors import NotFound
from kg.model.ontology import load_ontology

MOST_NODES = 150
MOST_LINKS = 4000
NOT_SHOWN = frozenset({"Passage", "Concept", ""})  # computed texts and vocabulary terms are no history


@dataclass(frozen=True)
class Node:
    """A node as a view shows it."""

    id: str
    name: str
    short: str
    type: str
    date: str
    text: str
    record: str


@dataclass(frozen=True)
class Link:
    """One or more parallel relationships between two nodes; `labels` tell them apart."""

    source: str
    target: str
    types: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """What is shown: `nodes` in the order in which they came; `cut` counts by class what the cap kept out."""

    focus: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    places: Mapping[str, Place]
    cut: Mapping[str, int]
    hidden: int = 0

    @property
    def classes(self) -> list[str]:
        """Classes shown, the most frequent first."""
        return [name for name, _ in Counter(node.type for node in self.nodes).most_common()]

    @property
    def legend(self) -> list[str]:
        """Classes as a legend names them: those that look alike under the broadest that looks so too."""
        classes = load_ontology().classes
        looks: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for name in self.classes:
            if name in classes:
                looks[classes[name].colour, classes[name].icon].append(name)
        return [of[0] if len(of) == 1 else _broadest_alike(of[0]) for of in looks.values()]

    def node(self, id: str | None) -> Node | None:
        return next((node for node in self.nodes if node.id == id), None)


def _broadest_alike(name: str) -> str:
    classes = load_ontology().classes
    look = (classes[name].colour, classes[name].icon)
    return [c for c in classes[name].lineage if (classes[c].colour, classes[c].icon) == look][-1]


def read_nodes(service: Service, ids: Iterable[str]) -> dict[str, Node]:
    """Nodes by id; ids that no node has are left out."""
    rows = service.run("graph_nodes", ids=sorted(set(ids)))
    return {row["id"]: Node(**{key: row[key] or "" for key in Node.__dataclass_fields__}) for row in rows}


def build_view(
    service: Service, focus: str, question: Question, steps: Sequence[Step] = (), without: Iterable[str] = (),
    most: int = MOST_NODES,
) -> View:  # fmt: skip
    """The answer to a question about a node, with the reader's steps applied. Raises NotFound.

    At most `most` nodes are shown. Each class gets its share of them in turn, so that a large class does not drive the
    small ones out.
    """
    if question in EPISODE_QUESTIONS and question.types:
        rows = service.run("graph_record", id=focus, types=list(question.types), limit=MOST_LINKS)
    else:
        rows = service.run("graph_neighbours", ids=[focus], types=list(question.types), limit=MOST_LINKS)
    opened = [step.id for step in steps if step.act == "open"]
    waves = [rows, *(service.run("graph_neighbours", ids=[id], types=[], limit=MOST_LINKS) for id in opened)]
    known = read_nodes(service, {focus, *(row[end] for wave in waves for row in wave for end in ("source", "target"))})
    if focus not in known:
        raise NotFound(f"no node has the id {focus!r}: search for it by name")
    return _assemble(focus, question, waves, known, steps, frozenset(without), most)


def view_of_rows(rows: Sequence[Mapping[str, Any]], known: Mapping[str, Node], most: int) -> View:
    """A view of nodes and relationships from anywhere, a query's result for instance; rows as the graph queries give them."""
    ids = list(known)[:most]
    cut = Counter(known[id].type for id in list(known)[most:])
    drawn = set(ids)
    kept = [row for row in rows if row["source"] in drawn and row["target"] in drawn]
    places = place_nodes(ids, [(row["source"], row["target"]) for row in kept])
    return View("", tuple(known[id] for id in ids), _merge(kept), places, dict(cut))


def _assemble(
    focus: str, question: Question, waves: Sequence[Sequence[Mapping[str, Any]]], known: Mapping[str, Node],
    steps: Sequence[Step], without: frozenset[str], most: int,
) -> View:  # fmt: skip
    """Take in wave after wave of relationships, each node into the place that it then keeps."""
    allowed = {
        id for id, node in known.items() if node.type not in NOT_SHOWN and (id == focus or node.type not in without)
    }
    ids: list[str] = []
    rows: list[Mapping[str, Any]] = []
    cut: Counter[str] = Counter()
    places: dict[str, Place] = {}
    for number, wave in enumerate(waves):
        fitting = [row for row in wave if row["source"] in allowed and row["target"] in allowed]
        if number == 0:
            fitting = [
                row
                for row in fitting
                if _fits(known[row["source"]], question) and _fits(known[row["target"]], question)
            ]
        ends = {row[end] for row in fitting for end in ("source", "target")}
        if number == 0 and not ends:
            ends = {focus}
        new = [id for id in _deal([known[id] for id in known if id in ends], focus) if id not in ids]
        room = max(0, most - len(ids))
        cut.update(known[id].type for id in new[room:])
        ids += new[:room]
        rows += fitting
        places = _place(ids, rows, known, places, question.chain)
    gone = hidden(steps) & set(ids)
    shown = dict.fromkeys(id for id in ids if id not in gone)
    links = _merge(row for row in rows if row["source"] in shown and row["target"] in shown)
    return View(focus, tuple(known[id] for id in shown), links, places, dict(cut), len(gone))


def _place(
    ids: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    known: Mapping[str, Node],
    places: Mapping[str, Place],
    chain: bool,
) -> dict[str, Place]:
    links = [(row["source"], row["target"]) for row in rows]
    if chain and not places:
        return place_chain(ids, links, {id: known[id].date for id in ids})
    return place_nodes(ids, links, fixed=places)


def _fits(node: Node, question: Question) -> bool:
    return not question.classes or any(load_ontology().is_a(node.type, name) for name in question.classes)


def _deal(nodes: Iterable[Node], focus: str) -> list[str]:
    """Ids of the nodes, the focus first, then one of each class in turn."""
    classes: defaultdict[str, list[str]] = defaultdict(list)
    for node in nodes:
        classes[node.type].append(node.id)
    dealt = [id for turn in zip_longest(*classes.values()) for id in turn if id is not None]
    return [focus, *(id for id in dealt if id != focus)] if focus in dealt else dealt


def _merge(rows: Iterable[Mapping[str, Any]]) -> tuple[Link, ...]:
    types: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows:
        words = say_link(row["type"])
        detail = row.get("how") or row.get("role")
        term = say_term(detail).lower() if detail else ""
        label = term if term and row["type"] == "LED_TO" else f"{words}: {term}" if term else words
        types[row["source"], row["target"]][label] = row["type"]
    return tuple(
        Link(source, target, tuple(dict.fromkeys(labels.values())), tuple(labels))
        for (source, target), labels in types.items()
    )
