"""Where nodes stand: stress majorization, so that distance on the page follows distance in the graph.

Method: Gansner, Koren and North, "Graph Drawing by Stress Majorization" (2004), started from the pivot projection of
Brandes and Pich, "Eigensolver Methods for Progressive Multidimensional Scaling" (2007). The same graph always gets the
same drawing, which a permalink needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

Place = tuple[float, float]
Points = NDArray[np.float64]
STEP = 95.0  # pixels between two linked nodes
MANY = 600  # above this the pivot projection is refined by moving apart only what is near
PIVOTS = 50


def place_nodes(
    ids: Sequence[str], links: Sequence[tuple[str, str]], fixed: Mapping[str, Place] | None = None
) -> dict[str, Place]:
    """A place in pixels for every id. Nodes in `fixed` stay; new ones are put among them.

    `links` are pairs of ids in any direction; pairs with an id that is not listed are ignored.
    """
    if len(ids) < 2:
        return {id: (fixed or {}).get(id, (0.0, 0.0)) for id in ids}
    rows = {id: i for i, id in enumerate(ids)}
    ends = {(min(rows[a], rows[b]), max(rows[a], rows[b])) for a, b in links if a in rows and b in rows and a != b}
    pairs = np.array(sorted(ends), dtype=np.intp).reshape(-1, 2)
    held = {rows[id]: place for id, place in (fixed or {}).items() if id in rows}
    points = _start(len(ids), pairs, held)
    points = _spread(points, _lengths(len(ids), pairs, slice(None)), held) if len(ids) <= MANY else _part(points, pairs)
    return {id: (round(float(x), 1), round(float(y), 1)) for id, (x, y) in zip(ids, points, strict=True)}


def _lengths(count: int, pairs: NDArray[np.intp], sources: slice | NDArray[np.intp]) -> Points:
    """Path lengths in pixels from some nodes to all, shape (sources, count); parts that do not hang together stand apart."""
    degree = np.bincount(pairs.ravel(), minlength=count)
    weight = 1.0 + 0.28 * np.log2(np.maximum(1, degree[pairs].max(axis=1))) if len(pairs) else np.empty(0)
    graph = csr_array((weight, (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    indices = np.arange(count)[sources]
    lengths = dijkstra(graph, directed=False, indices=indices)
    finite = lengths[np.isfinite(lengths)]
    apart = float(finite.max(initial=1.0)) * 0.5 + 1.2
    return np.where(np.isfinite(lengths), lengths, apart) * STEP


def _start(count: int, pairs: NDArray[np.intp], held: Mapping[int, Place]) -> Points:
    """Pivot projection; beside what is held, a new node begins near the middle of its neighbours that are."""
    step = max(1, count // PIVOTS)
    lengths = _lengths(count, pairs, np.arange(0, count, step)).T
    squares = lengths**2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
    _, _, axes = np.linalg.svd(centred.T @ centred)
    points = -centred @ axes[:2].T / 2
    points = points / (np.abs(points).max() or 1.0) * lengths.max() / 2
    turn = np.arange(count) * 2.399963  # the golden angle parts nodes that fall on one spot
    points += 0.12 * STEP * np.c_[np.cos(turn), np.sin(turn)]
    for i, place in held.items():
        points[i] = place
    if held:
        for i in set(range(count)) - set(held):
            near = [b if a == i else a for a, b in pairs.tolist() if i in (a, b)]
            around = [held[j] for j in near if j in held] or list(held.values())
            points[i] = np.mean(around, axis=0) + STEP * np.array([np.cos(turn[i]), np.sin(turn[i])])
    return points


def _spread(points: Points, lengths: Points, held: Mapping[int, Place], rounds: int = 80) -> Points:
    """Stress majorization over all pairs with weights 1/d²; held nodes are put back after every round."""
    np.fill_diagonal(lengths, 1.0)
    weights = lengths**-2.0
    np.fill_diagonal(weights, 0.0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    factor = cho_factor(laplacian + np.ones_like(weights) * weights.mean())
    keep = np.array(list(held), dtype=np.intp)
    for _ in range(rounds):
        gap = np.linalg.norm(points[:, None] - points[None], axis=2)
        pull = weights * lengths / np.maximum(gap, 1e-6)
        target = pull.sum(axis=1)[:, None] * points - pull @ points
        points = cho_solve(factor, target)
        if len(keep):
            places = np.array(list(held.values()))
            points = points - points[keep].mean(axis=0) + places.mean(axis=0)
            points[keep] = places
    return points if len(keep) else points - points.mean(axis=0)


def _part(points: Points, pairs: NDArray[np.intp], rounds: int = 40) -> Points:
    """For large views: near nodes push one another apart, linked ones draw together."""
    from scipy.spatial import KDTree

    reach = 0.55 * STEP
    for turn in range(rounds):
        near = KDTree(points).query_pairs(reach, output_type="ndarray")
        push = np.zeros_like(points)
        if len(near):
            gap = points[near[:, 0]] - points[near[:, 1]]
            size = np.maximum(np.linalg.norm(gap, axis=1, keepdims=True), 1e-3)
            force = gap / size * (reach - size) * 0.45
            np.add.at(push, near[:, 0], force)
            np.add.at(push, near[:, 1], -force)
        if len(pairs) and turn < rounds // 2:
            gap = points[pairs[:, 1]] - points[pairs[:, 0]]
            size = np.maximum(np.linalg.norm(gap, axis=1, keepdims=True), 1e-3)
            force = gap / size * np.minimum(size - STEP, STEP) * 0.04
            np.add.at(push, pairs[:, 0], force)
            np.add.at(push, pairs[:, 1], -force)
        points = points + np.clip(push, -STEP, STEP)
    return points - points.mean(axis=0)
