"""What moves when something is left out: a channel, a part of the text, a facet, a look; and what rests on one work.

Every trial ranks the compared episodes again with all else equal. Whoever reads a brief sees from it whether the list
hangs on one sentence or one measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from kg.analogy.align import Alignment
from kg.analogy.brief.aligned import without
from kg.analogy.brief.analogue import Analogue
from kg.analogy.brief.looks import align_once
from kg.analogy.brief.model import Reliance, Trial
from kg.analogy.candidates import fuse, rank, score_channels
from kg.analogy.case import TEXT, Case
from kg.analogy.evidence import Cell
from kg.analogy.facets import FacetComparison
from kg.analogy.index import EpisodeIndex
from kg.analogy.reading import Reading

PARTS = 8  # a longer text is left out in so many pieces
WORKS_SHOWN, WORKS_TRIED = 2, 1
FACETS_SHOWN = 3
LOOSE = frozenset({"contested", "presumed"})


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
        parts=reading.parts[kept],
        masked=tuple(reading.masked[row] for row in rows),
        masked_vectors=reading.masked_vectors[rows],
        origins=tuple(place[reading.origins[row]] for row in rows),
        weights=weights / max(float(weights.sum()), 1e-9),
    )


def try_looks(structural: Mapping[str, int], pool: Sequence[str], k: int, index: EpisodeIndex) -> list[Trial]:
    """The look at texts left out: the order by structure alone."""
    by_structure = sorted(structural, key=lambda id: structural[id])
    return [_trial("look", "topical", by_structure, pool, k, index, "structural")]


def try_facts(
    here: Case, cases: Mapping[str, Case], alignments: Mapping[str, Alignment], pool: Sequence[str], k: int, index: EpisodeIndex
) -> list[Trial]:  # fmt: skip
    """Facts left out of the analogues and of the situation: those not firm, and those that rest on one work alone.

    Only the analogues shown are aligned again; the others keep their scores.
    """
    shown = [id for id in pool[:k] if id in alignments]
    scores = {id: alignment.score for id, alignment in alignments.items()}
    trials = []
    theirs = [cases[id] for id in shown]  # of a situation read off a text every fact is presumed, and stays
    loose = {f.id for c in (*theirs, *([] if here.origin == TEXT else [here])) for f in c.facts if f.status in LOOSE}
    works = Counter(fact.sources[0] for id in shown for fact in cases[id].facts if len(set(fact.sources)) == 1)
    left_out: list[tuple[str, str, set[str]]] = [("contested", "contested or presumed", loose)] if loose else []
    for work, _ in sorted(works.items(), key=lambda item: (-item[1], item[0]))[:WORKS_TRIED]:
        alone = {fact.id for id in shown for fact in cases[id].facts if set(fact.sources) == {work}}
        left_out.append(("source", work, alone))
    for kind, what, gone in left_out:
        touched = [id for id in shown if gone & {f.id for f in (*cases[id].facts, *here.facts)}]
        after = scores | {id: align_once(without(cases[id], gone), without(here, gone)).score for id in touched}
        order = sorted(alignments, key=lambda id: -after[id])
        trials.append(_trial(kind, what, order, pool, k, index, "structural"))
    return trials


def try_facets(
    facets: Mapping[str, FacetComparison], weights: Mapping[str, float], pool: Sequence[str], k: int, index: EpisodeIndex
) -> list[Trial]:  # fmt: skip
    """The order by facets alone, and each facet left out of it; shown are the three that move the analogues most."""
    names = sorted({score.name for comparison in facets.values() for score in comparison.scores if weights[score.name]})
    whole = order_by_facets(facets, weights, pool)
    alone = [_trial("look", "topical", whole, pool, k, index, "facet")] if whole else []
    orders = {
        name: order_by_facets(facets, {**weights, name: 0.0}, pool) for name in names
    }  # empty without the only one known
    trials = [_trial("facet", name, order, pool, k, index, "facet") for name, order in orders.items() if order]
    before = {id: place for place, id in enumerate(whole, 1)}
    moved = {t.left_out: sum(abs(rank - before.get(id, 0)) for id, rank in t.ranks.items()) for t in trials}
    return alone + sorted(trials, key=lambda t: (-moved[t.left_out], t.left_out))[:FACETS_SHOWN]


def order_by_facets(
    facets: Mapping[str, FacetComparison], weights: Mapping[str, float], pool: Sequence[str]
) -> list[str]:
    """Episodes by the weighted mean of the facets known, best first; those with none known are left out."""
    means: dict[str, float] = {}
    for id in pool:
        known = [(weights[s.name], s.score) for s in facets[id].scores if s.score is not None] if id in facets else []
        if total := sum(weight for weight, _ in known):
            means[id] = sum(weight * score for weight, score in known) / total
    return sorted(means, key=lambda id: -means[id])


def _trial(
    kind: str, what: str, order: Sequence[str], pool: Sequence[str], k: int, index: EpisodeIndex, look: str = "all"
) -> Trial:
    shown = pool[:k]
    ranks = {id: place for place, id in enumerate(order, 1)}
    return Trial(
        look, kind, what, {id: ranks.get(id, 0) for id in shown}, sum(0 < ranks.get(id, 0) <= k for id in shown),
        order[0], index.entries[index.position(order[0])].name,
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
    said += [cell for facet in analogue.facets for cell in facet.there]
    return [analogue.story, *([analogue.ending] if analogue.ending else []), *said]
