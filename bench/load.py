"""A load of 5,000 nodes and 20,000 relationships by `Store.load`, against a bare driver's UNWIND of the same rows.

Both write to the same engine with the same indexes in one run, in turn; the best of each counts. Aims: the load at
least 0.8 times as fast as the bare driver, and a load with nothing changed at most 0.15 of the first. Runs on the embedded
engine, or on the Neo4j that NEO4J_URI names, which must be empty. `python -m bench.load --json` prints JSON.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from kg.model.rows import EdgeRow, FulltextIndex, NodeRow, Schema, VectorIndex
from kg.store import Store, StoreConfig, open_store, stop_embedded
from kg.store.queries import join_labels, quote_name

NODES, PASSAGES, EDGES = 4500, 500, 20_000
DIMENSIONS = 384
BATCH = 1000
ROUNDS = 3
SCHEMA = Schema(
    labels=("Entity", "Actor", "State", "Passage"),
    relationship_types=("DEALT_WITH",),
    range=(("Actor", "earliest_year"),),
    fulltext=(FulltextIndex("entity_names", ("Entity",), ("name", "aka")),),
    vector=(VectorIndex("passage_vectors", "Passage", "embedding", DIMENSIONS),),
)


def make_rows() -> tuple[list[NodeRow], list[EdgeRow]]:
    """States with a paragraph each, passages with vectors, and relationships between any two of them."""
    chance = random.Random(1951)
    words = [f"word{i}" for i in range(3000)]
    nodes = [
        NodeRow(
            f"state-{i}",
            ("State", "Actor", "Entity"),
            {
                "name": f"State {i}",
                "aka": [f"S{i}"],
                "earliest_year": i - 500,
                "summary": " ".join(chance.choices(words, k=60)),
            },
        )
        for i in range(NODES)
    ]
    nodes += [
        NodeRow(
            f"passage-{i}",
            ("Passage", "Entity"),
            {
                "text": " ".join(chance.choices(words, k=60)),
                "embedding": [chance.gauss(0, 1) for _ in range(DIMENSIONS)],
            },
        )
        for i in range(PASSAGES)
    ]
    ids = [node.id for node in nodes]
    edges = [
        EdgeRow("DEALT_WITH", *chance.choices(ids, k=2), f"{i}", {"role": "party", "year": i % 2000})
        for i in range(EDGES)
    ]
    return nodes, edges


def load_bare(store: Store, nodes: list[NodeRow], edges: list[EdgeRow]) -> None:
    """What a script with nothing but the driver would do."""

    def write(text: str, rows: list[dict[str, Any]]) -> None:
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            store._connection.write(lambda tx, part=part: tx.run(text, rows=part).consume())

    for labels, group in groupby(nodes, lambda node: node.labels):
        text = f"UNWIND $rows AS row CREATE (n:{join_labels(labels)}) SET n = row"
        write(text, [{**node.props, "id": node.id} for node in group])
    for kind, group in groupby(edges, lambda edge: edge.type):
        text = (
            "UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target}) "
            f"CREATE (a)-[r:{quote_name(kind)}]->(b) SET r = row.props"
        )
        write(text, [{"source": e.source, "target": e.target, "props": {**e.props, "id": e.id}} for e in group])


def clock(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure(store: Store) -> dict[str, float | str]:
    """Seconds of each, and their ratios."""
    nodes, edges = make_rows()
    store.apply_schema(SCHEMA)
    bare, load, again = [], [], []
    for _ in range(ROUNDS):
        empty(store)
        bare.append(clock(lambda: load_bare(store, nodes, edges)))
        empty(store)
        load.append(clock(lambda: store.load(nodes, edges)))
        again.append(clock(lambda: store.load(nodes, edges)))
    empty(store)
    return {
        "engine": store.engine,
        "bare_s": min(bare),
        "load_s": min(load),
        "again_s": min(again),
        "speed_of_bare": min(bare) / min(load),
        "again_of_load": min(again) / min(load),
    }


def empty(store: Store) -> None:
    """Delete what the measurement wrote, in pieces."""
    text = "MATCH (n:Entity) WITH n LIMIT 1000 DETACH DELETE n"
    while store._connection.write(lambda tx: tx.run(text).consume().counters.nodes_deleted):
        pass


@contextmanager
def open_empty() -> Iterator[Store]:
    """A graph to measure in: an embedded one of its own, or the empty Neo4j of the environment."""
    with tempfile.TemporaryDirectory() as home:
        config = replace(StoreConfig.from_environment(), home=Path(home))
        with open_store(config) as store:
            if store.read_cypher("MATCH (n) RETURN count(n)").rows[0][0]:
                sys.exit(f"{config.uri} is not empty, and this measurement would empty it: name another database.")
            yield store
        stop_embedded(config)


def main() -> None:
    """Print the table, or JSON."""
    with open_empty() as store:
        found = measure(store)
    if "--json" in sys.argv:
        print(json.dumps(found))
        return
    rows = f"{NODES + PASSAGES:,} nodes and {EDGES:,} relationships"
    print(f"{rows} in {found['engine']}, best of {ROUNDS}")
    print(f"{'bare UNWIND of the driver':<44} {found['bare_s']:6.2f} s")
    print(f"{'Store.load':<44} {found['load_s']:6.2f} s   {found['speed_of_bare']:.2f} times as fast (aim ≥ 0.8)")
    print(
        f"{'Store.load with nothing changed':<44} {found['again_s']:6.2f} s   ratio {found['again_of_load']:.2f} (aim ≤ 0.15)"
    )


if __name__ == "__main__":
    main()
