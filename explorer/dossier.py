"""Everything that a page shows of one record: its parts, what they are linked to, and the works they cite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from explorer.service import Service
from kg.errors import NotFound

Props = Mapping[str, Any]


@dataclass(frozen=True)
class Link:
    """A relationship as seen from one end: `id`, `name`, `short` (name) and `kind` (class) are those of the other end."""

    type: str
    id: str
    name: str
    short: str
    kind: str
    props: Props = field(default_factory=dict)


@dataclass(frozen=True)
class Dossier:
    """A record with its parts. Parts and far ends are looked up by relationship type, as the ontology names them."""

    root: Props
    nodes: Mapping[str, Props]
    out: Mapping[str, tuple[Link, ...]]
    into: Mapping[str, tuple[Link, ...]]
    works: Mapping[str, Props]

    def parts(self, *types: str) -> list[Props]:
        """Parts of the record by relationship type, by date."""
        ids = {link.id for link in self.far(self.root["id"], *types)}
        return [props for id, props in self.nodes.items() if id in ids]

    def children(self, node: Props, type: str) -> list[Props]:
        """Parts of a part: the assessments of a commitment, say."""
        return [self.nodes[link.id] for link in self.far(node["id"], type) if link.id in self.nodes]

    def far(self, id: str, *types: str) -> list[Link]:
        """Where relationships of these types lead from a node."""
        return [link for link in self.out.get(id, ()) if link.type in types]

    def near(self, id: str, *types: str) -> list[Link]:
        """Where relationships of these types that reach a node come from."""
        return [link for link in self.into.get(id, ()) if link.type in types]

    def cites(self, node: Props) -> list[tuple[str, str]]:
        """Works cited by a node, each with the place in it."""
        return [(link.id, str(link.props.get("locator", ""))) for link in self.far(node["id"], "CITES")]


def edge_cites(props: Props) -> list[tuple[str, str]]:
    """Works cited by a relationship, each with the place in it."""
    sources = list(props.get("sources") or [])
    locators = list(props.get("locators") or []) or [""] * len(sources)
    return list(zip(sources, locators, strict=False))


def read_dossier(service: Service, id: str) -> Dossier:
    """The record with that id. Raises NotFound."""
    rows = [row["props"] for row in service.run("page_record", id=id)]
    nodes = {props["id"]: props for props in rows}
    if id not in nodes:
        raise NotFound(f"no record has the id {id!r}: choose one from the list, or search on the page Explore")
    out: defaultdict[str, list[Link]] = defaultdict(list)
    into: defaultdict[str, list[Link]] = defaultdict(list)
    for row in service.run("page_links_out", id=id):
        out[row["source"]].append(_link(row, "target"))
        if row["target"] in nodes:
            near = nodes[row["source"]]
            into[row["target"]].append(
                Link(row["type"], near["id"], near["name"], near["name"], near["type"], row["props"])
            )
    for row in service.run("page_links_in", id=id):
        into[row["target"]].append(_link(row, "source"))
    works = _read_works(service, nodes.values(), (link for links in (*out.values(), *into.values()) for link in links))
    return Dossier(nodes[id], nodes, _freeze(out), _freeze(into), works)


def _link(row: Mapping[str, Any], end: str) -> Link:
    return Link(row["type"], row[end], row["name"], row["short"] or row["name"], row[f"{end}_type"], row["props"])


def _freeze(links: Mapping[str, list[Link]]) -> dict[str, tuple[Link, ...]]:
    return {id: tuple(of) for id, of in links.items()}


def _read_works(service: Service, nodes: Iterable[Props], links: Iterable[Link]) -> dict[str, Props]:
    ids = {source for node in nodes for source in node.get("sources") or []}
    for link in links:
        ids.update(link.props.get("sources") or [])
        if link.kind.endswith("Source"):
            ids.add(link.id)
    return {row["props"]["id"]: row["props"] for row in service.run("page_nodes", ids=sorted(ids))}
