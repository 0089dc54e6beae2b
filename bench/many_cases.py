"""Does a search stay interactive at ten thousand episodes? The corpus copied, each copy's vectors slightly moved.

Copies stand for episodes that nobody has written: the figure tells of time and memory, and nothing of quality. Reading the
text, which does not depend on the number of episodes, stands apart from comparing it with all.
"""

from __future__ import annotations

import json

import numpy as np
import psutil

from bench._timing import take_median
from bench.similar import SITUATIONS, load_world
from kg.analogy.encode import unit
from kg.analogy.index import Entry, EpisodeIndex, PassageSet
from kg.analogy.similar import Query, read_query, similar

EPISODES, MOVED, TIMES = 10_000, 0.02, 9


def copy_index(index: EpisodeIndex, episodes: int) -> EpisodeIndex:
    """An index of at least so many episodes: whole copies of one, each vector moved at random and made of length one."""
    copies = -(-episodes // len(index))
    noise = np.random.default_rng(0)
    entries = [Entry(f"{e.id}-{n}", e.name, e.date, e.latest) for n in range(copies) for e in index.entries]
    sets = {}
    for kind, own in index.sets.items():
        moved = [own.vectors + noise.normal(0, MOVED, own.vectors.shape).astype(np.float32) for _ in range(copies)]
        vectors = unit(np.concatenate(moved))
        owners = np.concatenate([own.owners + n * len(index) for n in range(copies)])
        ids = tuple(f"{id}-{n}" for n in range(copies) for id in own.ids)
        places = vectors if own.places is own.vectors else np.tile(own.places, (copies, 1))
        sets[kind] = PassageSet(vectors, places, owners, ids, own.texts * copies)
    return EpisodeIndex(entries, sets, index.model, index.reader, index.data_version)


def main() -> None:
    """Print the medians of nine warm runs."""
    world = load_world()
    index = copy_index(world.index, EPISODES)
    query = Query(json.loads(SITUATIONS.read_text(encoding="utf-8").splitlines()[3])["text"])
    reading = read_query(query, index, world.encoder, world.masker)
    read = take_median(lambda: read_query(query, index, world.encoder, world.masker), TIMES)
    many = take_median(lambda: similar(query, index, world.encoder, world.masker, reading=reading), TIMES)
    few = take_median(lambda: similar(query, world.index, world.encoder, world.masker, reading=reading), TIMES)
    print(f"{len(index):,} episodes, {sum(len(s.owners) for s in index.sets.values()):,} passages; "
          f"reading a telegram {read:.0f} ms, comparing it {many:.0f} ms (with {len(world.index)} episodes {few:.0f} ms); "
          f"{psutil.Process().memory_info().rss >> 20:,} MiB")  # fmt: skip


if __name__ == "__main__":
    main()
