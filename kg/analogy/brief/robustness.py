"""What moves when something is left out: a channel, a part of the text, a facet, a look; and what rests on one work.

Every trial ranks the compared episodes again with all else equal. Whoever reads a brief sees from it whether the list
hangs on one sentence or one measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from kg.analogy.brief.model import Analogue, Reliance, Trial
from kg.analogy.candidates import fuse, rank, score_channels
from kg.analogy.evidence import Cell
from kg.analogy.index import EpisodeIndex
from kg.analogy.reading import Reading

PARTS = 8  # a longer text is left out in so many pieces
WORKS_SHOWN = 2


def order_by(reading: Reading, index: EpisodeIndex, weights: Mapping[str, float], pool: Sequence[str]) -> list[str]:
    """The episodes of the pool by fused rank under these weights of channels, best first."""
    allowed = np.zeros(len(index), dtype=bool)
    allowed[[index.position(id) for id in pool]] = True
    rankings = {c: rank(s, allowed) for c, s in score_channels(reading, index).items() if weights.get(c)}
    fused = rank(fuse(rankings, weights), allowed)
    return sorted(pool, key=lambda id: int(fused.ranks[index.position(id)]))


def try_channels(
    reading: Reading, index: EpisodeIndex, weights: Mapping[str, float], pool: Sequence[str],
    k: int, reorder: Callable[[list[str]], list[str]],
) -> list[Trial]:  # fmt: skip
    """Each channel left out in turn. `reorder` joins the order by text with the other looks."""
    trials = []
    for channel in weights:
        rest = {name: weight for name, weight in weights.items() if name != channel}
        if rest:
            trials.append(_trial("channel", channel, reorder(order_by(reading, index, rest, pool)), pool, k, index))
    return trials


def try_sentences(
    reading: Reading, index: EpisodeIndex, weights: Mapping[str, float], pool: Sequence[str],
    k: int, reorder: Callable[[list[str]], list[str]],
) -> list[Trial]:  # fmt: skip
    """Each sentence of a text left out in turn, or each of eight pieces of a longer one."""
    count = len(reading.sentences)
    pieces = [p.tolist() for p in np.array_split(np.arange(count), min(count, PARTS)) if len(p)]
    trials = []
    for piece in pieces:
        rest = leave_out(reading, piece)
        if rest is not None:
            said = " ".join(reading.sentences[i] for i in piece)
            trials.append(_trial("passage", said, reorder(order_by(rest, index, weights, pool)), pool, k, index))
    return trials


def leave_out(reading: Reading, positions: Iterable[int]) -> Reading | None:
    """The reading without some of its sentences; None when nothing would be left that tells something."""
    gone = set(positions)
    kept = [i for i in range(len(reading.sentences)) if i not in gone]
    rows = [row for row, origin in enumerate(reading.origins) if origin not in gone]
    if not rows or not kept:
        return None
    place = {old: new for new, old in enumerate(kept)}
    weights = reading.weights[rows]
    return replace(
        reading,
        sentences=tuple(reading.sentences[i] for i in kept),
        vectors=reading.vectors[kept],
        masked=tuple(reading.masked[row] for row in rows),
        masked_vectors=reading.masked_vectors[rows],
        origins=tuple(place[reading.origins[row]] for row in rows),
        weights=weights / max(float(weights.sum()), 1e-9),
    )


def try_order(kind: str, what: str, order: Sequence[str], pool: Sequence[str], k: int, index: EpisodeIndex) -> Trial:
    """A trial whose order was found elsewhere."""
    return _trial(kind, what, order, pool, k, index)


def _trial(kind: str, what: str, order: Sequence[str], pool: Sequence[str], k: int, index: EpisodeIndex) -> Trial:
    shown = pool[:k]
    ranks = {id: place for place, id in enumerate(order, 1)}
    return Trial(
        kind, what, {id: ranks[id] for id in shown}, sum(ranks[id] <= k for id in shown), order[0],
        index.entries[index.position(order[0])].name,
    )  # fmt: skip


def find_reliance(analogues: Sequence[Analogue]) -> tuple[Reliance, ...]:
    """For each analogue the works on which most of the statements shown rest alone."""
    found = []
    for analogue in analogues:
        cells = list({cell.id: cell for cell in list_cells(analogue) if cell.cites}.values())
        cited = Counter(source for cell in cells for source in {cite.source for cite in cell.cites})
        alone = Counter(cell.cites[0].source for cell in cells if len({cite.source for cite in cell.cites}) == 1)
        first = sorted(alone.items(), key=lambda item: (-item[1], item[0]))[:WORKS_SHOWN]
        found += [
            Reliance(analogue.id, analogue.title, source, count, cited[source], len(cells)) for source, count in first
        ]
    return tuple(found)


def list_cells(analogue: Analogue) -> list[Cell]:
    """The statements shown of an analogue itself."""
    grid = analogue.grid
    rows = (*grid.likenesses, *grid.differences, *grid.unknowns, *(row for rows in analogue.chains for row in rows))
    said = [row.there for row in rows if row.there is not None]
    return [analogue.story, *([analogue.ending] if analogue.ending else []), *said]
