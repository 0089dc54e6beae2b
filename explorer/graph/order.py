"""Where the events of a causal chain stand: what leads to something stands above it, as time runs down a page.

Layers by longest path, order within a layer by the mean place of the causes (Sugiyama, Tagawa and Toda 1981); parts that
do not hang together stand side by side, the largest first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx

from explorer.graph.layout import Place

LAYER = 84.0  # least pixels between a cause and its effect
COLUMN = 215.0  # pixels between neighbours in a layer
SHAPE = 0.85  # height of a drawing by its width

Chain = list[list[str]]


def place_chain(ids: Sequence[str], links: Sequence[tuple[str, str]], when: Mapping[str, str]) -> dict[str, Place]:
    """A place in pixels for every id; `when` gives dates that sort, for what the links leave open."""
    graph = nx.DiGraph()
    graph.add_nodes_from(ids)
    graph.add_edges_from((a, b) for a, b in links if a in graph and b in graph and a != b)
    parts = [sorted(part, key=lambda id: (when.get(id, ""), id)) for part in nx.weakly_connected_components(graph)]
    chains = [_layer(graph.subgraph(part), part) for part in sorted(parts, key=lambda p: (when.get(p[0], ""), p[0]))]
    cells: dict[str, tuple[float, int]] = {}
    left = 0.0
    for stack in _stack(chains):
        wide = max(len(row) for chain in stack for row in chain)
        top = 0
        for chain in stack:
            for number, row in enumerate(chain):
                row.sort(
                    key=lambda id: (
                        _mean([cells[c][0] for c in graph.predecessors(id) if c in cells]),
                        when.get(id, ""),
                    )
                )
                for column, id in enumerate(row):
                    cells[id] = (left + column + (wide - len(row)) / 2, top + number)
            top += len(chain) + 1
        left += wide
    deep = max((row for _, row in cells.values()), default=0)
    layer = max(LAYER, SHAPE * left * COLUMN / deep) if deep else LAYER
    return {id: (round(column * COLUMN, 1), round(row * layer, 1)) for id, (column, row) in cells.items()}


def _stack(chains: Sequence[Chain]) -> list[list[Chain]]:
    """Short chains under one another, so that no column is much deeper than the deepest chain."""
    deepest = max((len(chain) for chain in chains), default=0)
    stacks: list[list[Chain]] = []
    for chain in chains:
        open_stack = next((s for s in stacks if sum(len(c) + 1 for c in s) + len(chain) <= deepest), None)
        if open_stack is None:
            stacks.append([chain])
        else:
            open_stack.append(chain)
    return stacks


def _layer(part: nx.DiGraph, order: Sequence[str]) -> list[list[str]]:
    """Nodes by the longest path that leads to them; a link that closes a circle is not followed."""
    rank = {id: i for i, id in enumerate(order)}
    forward = nx.DiGraph()
    forward.add_nodes_from(order)
    forward.add_edges_from((a, b) for a, b in part.edges if rank[a] < rank[b] or not nx.has_path(part, b, a))
    if not nx.is_directed_acyclic_graph(forward):
        forward.remove_edges_from([(a, b) for a, b in list(forward.edges) if rank[a] > rank[b]])
    depth: dict[str, int] = {}
    for id in nx.topological_sort(forward):
        depth[id] = max((depth[cause] + 1 for cause in forward.predecessors(id)), default=0)
    return [[id for id in order if depth[id] == level] for level in range(max(depth.values()) + 1)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
