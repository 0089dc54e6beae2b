"""What a load leaves behind, on every engine."""

from __future__ import annotations

import pytest
from sample_graph import EDGES, NODES, SCHEMA, negotiation, party, rows, state

from kg.errors import StoreError
from kg.model.rows import EdgeRow, NodeRow
from kg.store import LoadCounts, Store


def ask(store: Store, text: str, **params: object) -> list[list[object]]:
    return store.read_cypher(text, params).rows


def change(store: Store, text: str) -> None:
    """Write past the store, as a user of a shared database would."""
    store._connection.write(lambda tx: tx.run(text).consume())


def replace(id: str, new: NodeRow) -> list[NodeRow]:
    return [new if node.id == id else node for node in NODES]


def test_first_load_creates_everything(ready: Store) -> None:
    report = ready.load(NODES, EDGES)
    assert report.nodes == LoadCounts(created=5)
    assert report.edges == LoadCounts(created=5)
    found = ask(
        ready, "MATCH (a:State {id: 'korea'})-[r:PARTICIPATED_IN]->(e:Negotiation) RETURN r.role, e.id ORDER BY r.role"
    )
    assert found == [["belligerent", "talks"], ["negotiator", "talks"]]


def test_load_again_writes_nothing(loaded: Store) -> None:
    before = loaded.snapshot_hash()
    report = loaded.load(NODES, EDGES)
    assert (report.nodes, report.edges) == (LoadCounts(unchanged=5), LoadCounts(unchanged=5))
    assert loaded.snapshot_hash() == before


def test_snapshot_tells_graphs_apart(loaded: Store) -> None:
    before = loaded.snapshot_hash()
    loaded.load(replace("union", state("union", name="Soviet Union!")), EDGES)
    changed = loaded.snapshot_hash()
    loaded.load(NODES, EDGES[1:])
    assert len({before, changed, loaded.snapshot_hash()}) == 3
    loaded.load(NODES, EDGES)
    assert loaded.snapshot_hash() == before


def test_changed_node_loses_old_properties(loaded: Store) -> None:
    report = loaded.load(replace("korea", state("korea", capital="Seoul")), EDGES)
    assert report.nodes == LoadCounts(updated=1, unchanged=4)
    assert report.edges == LoadCounts(unchanged=5)
    assert ask(loaded, "MATCH (n {id: 'korea'}) RETURN n.name, n.capital, n.aka, n.summary") == [
        ["Korea", "Seoul", None, None]
    ]


def test_changed_edge(loaded: Store) -> None:
    changed = EdgeRow("PARTICIPATED_IN", "union", "talks", "patron", {"role": "patron", "side": "north"})
    report = loaded.load(NODES, [edge for edge in EDGES if edge.key != "patron"] + [changed])
    assert report.edges == LoadCounts(updated=1, unchanged=4)
    assert ask(loaded, "MATCH ({id: 'union'})-[r]->() RETURN r.side") == [["north"]]


def test_what_left_the_data_goes(loaded: Store) -> None:
    nodes = [node for node in NODES if node.id not in ("union", "talks/p2")]
    report = loaded.load(nodes, [edge for edge in EDGES if edge.source not in ("union", "talks/p2")])
    assert report.nodes == LoadCounts(deleted=2, unchanged=3)
    assert report.edges == LoadCounts(deleted=2, unchanged=3)
    assert ask(loaded, "MATCH (n:Entity) RETURN n.id ORDER BY n.id") == [["korea"], ["talks"], ["talks/p1"]]
    assert ask(loaded, "MATCH ()-[r]->() RETURN count(r)") == [[3]]


def test_load_of_nothing_empties(loaded: Store) -> None:
    report = loaded.load([], [])
    assert (report.nodes.deleted, report.edges.deleted) == (5, 5)
    assert ask(loaded, "MATCH (n:Entity) RETURN count(n)") == [[0]]


@pytest.mark.parametrize(
    "labels",
    [("Actor", "Entity"), ("Organization", "Actor", "Entity"), ("Negotiation", "Episode", "Entity")],
    ids=["fewer", "one other", "all other"],
)
def test_changed_labels_keep_relationships(loaded: Store, labels: tuple[str, ...]) -> None:
    before = loaded.snapshot_hash()
    report = loaded.load(replace("korea", NodeRow("korea", labels, NODES[0].props)), EDGES)
    assert report.nodes == LoadCounts(updated=1, unchanged=4)
    assert report.edges == LoadCounts(unchanged=5)
    found = ask(
        loaded, "MATCH (n:Entity {id: 'korea'})-[r]->(e {id: 'talks'}) RETURN labels(n), r.role ORDER BY r.role"
    )
    assert [(sorted(row[0]), row[1]) for row in found] == [  # type: ignore[call-overload]
        (sorted(labels), "belligerent"),
        (sorted(labels), "negotiator"),
    ]
    loaded.load(NODES, EDGES)
    assert loaded.snapshot_hash() == before


def test_labels_come_most_specific_first(loaded: Store) -> None:
    assert loaded.read_cypher("MATCH (n {id: 'talks'}) RETURN n").graph.nodes[0]["labels"] == [
        "Negotiation",
        "Episode",
        "Entity",
    ]


def test_parallel_edges_are_told_apart_by_key(loaded: Store) -> None:
    loaded.load(NODES, [edge for edge in EDGES if edge.key != "belligerent"])
    assert ask(loaded, "MATCH ({id: 'korea'})-[r]->({id: 'talks'}) RETURN r.role") == [["negotiator"]]


def test_values_come_back_as_they_went_in(ready: Store) -> None:
    texts = [
        "<script>alert('x')</script> & \"quoted\" \\ back `tick` ${x}",
        "Ἀθῆναι 朝鮮 한국 שלום 🕊️ e\u0301 \u200b",
        "line\nline\ttab\r\n",
        "",
        "'; MATCH (n) DETACH DELETE n //",
    ]
    props = {"texts": texts, "bool": True, "big": 2**53 + 1, "ratio": 0.1, "negative": -431, "floats": [0.5, -1.0]}
    props |= {f"text{i}": text for i, text in enumerate(texts)}
    ready.load([state("<b>id</b> 'é' 朝", **props)], [])
    found = ready.read_cypher("MATCH (n:State) RETURN n").graph.nodes[0]
    assert found["id"] == "<b>id</b> 'é' 朝"
    assert {key: value for key, value in found["props"].items() if key not in ("id", "name")} == props


def test_years_before_christ_compare(ready: Store) -> None:
    years = {"melos": -415, "sphacteria": -424, "munich": 1938, "year-zero": 0}
    ready.load([negotiation(id, earliest_year=year, earliest=f"{year:05d}") for id, year in years.items()], [])
    found = ask(ready, "MATCH (e:Episode) WHERE e.earliest_year <= 0 RETURN e.id ORDER BY e.earliest_year")
    assert found == [["sphacteria"], ["melos"], ["year-zero"]]


def test_large_load(ready: Store) -> None:
    nodes, edges = rows(2300, 3100)
    long = [state(f"long{i}", summary=f"{i} " + "x" * 900_000) for i in range(6)]
    report = ready.load([*nodes, *long], edges)
    assert (report.nodes.created, report.edges.created) == (2306, 3100)
    assert ask(ready, "MATCH (n:State) RETURN count(n), sum(n.number)") == [[2306, sum(range(2300))]]
    assert ask(ready, "MATCH ()-[r:PARTICIPATED_IN]->() RETURN count(DISTINCT r.role)") == [[3100]]
    assert ask(ready, "MATCH (n {id: 'long5'}) RETURN size(n.summary)") == [[900_002]]
    again = ready.load([*nodes, *long], edges)
    assert (again.nodes.unchanged, again.edges.unchanged) == (2306, 3100)


def test_progress_is_told(ready: Store) -> None:
    told: list[tuple[str, int, int]] = []
    nodes, edges = rows(1500, 2100)
    ready.load(nodes, edges, lambda *step: told.append(step))
    for stage, total in (("Writing nodes", 1500), ("Writing relationships", 2100)):
        steps = [done for name, done, of in told if name == stage and of == total]
        assert steps == sorted(steps) and steps[0] == 0 and steps[-1] == total and len(steps) > 2


def test_what_others_stored_stays(loaded: Store) -> None:
    change(loaded, "CREATE (:Mine {id: 'korea', text: 'mine'})-[:LIKES]->(:Entity {id: 'theirs'})")
    change(loaded, "MATCH (a:Mine), (b:Entity {id: 'korea'}) CREATE (a)-[:READ]->(b)")
    loaded.load(NODES, EDGES)
    loaded.load([node for node in NODES if node.id != "union"], [edge for edge in EDGES if edge.source != "union"])
    loaded.load(replace("korea", NodeRow("korea", ("Organization", "Actor", "Entity"), {"name": "K"})), EDGES)
    found = ask(loaded, "MATCH (a:Mine)-[r]->(b:Entity) RETURN a.text, type(r), b.id ORDER BY b.id")
    assert found == [["mine", "READ", "korea"], ["mine", "LIKES", "theirs"]]
    loaded.load([], [])
    assert ask(loaded, "MATCH (n) WHERE n:Mine OR n:Entity RETURN count(n)") == [[2]]


def test_doubled_relationship_is_healed(loaded: Store) -> None:
    before = loaded.snapshot_hash()
    change(loaded, "MATCH (a {id: 'union'})-[r]->(b) CREATE (a)-[s:PARTICIPATED_IN]->(b) SET s = properties(r)")
    assert loaded.snapshot_hash() != before
    loaded.load(NODES, EDGES)
    assert loaded.snapshot_hash() == before


def test_changed_index_rewrites_its_text(ready: Store) -> None:
    ready.apply_schema(type(SCHEMA)(SCHEMA.labels, SCHEMA.relationship_types))
    ready.load(NODES, EDGES)
    ready.apply_schema(SCHEMA)
    assert ready.load(NODES, EDGES).nodes == LoadCounts(updated=5)
    ready.write_meta({})
    assert [id for id, _ in ready.fulltext_search("entity_names", "chosŏn", 3)] == ["korea"]


@pytest.mark.parametrize(
    ("nodes", "edges", "said"),
    [
        ([*NODES, state("korea", name="Other")], EDGES, "'korea'"),
        (NODES, [*EDGES, party("union", "talks", "patron")], "'patron'"),
        (NODES, [*EDGES, party("union", "nowhere", "patron")], "'nowhere'"),
    ],
    ids=["node twice", "edge twice", "edge without its end"],
)
def test_contradictory_rows_are_refused_whole(
    ready: Store, nodes: list[NodeRow], edges: list[EdgeRow], said: str
) -> None:
    with pytest.raises(StoreError, match=said):
        ready.load(nodes, edges)
    assert ask(ready, "MATCH (n) RETURN count(n)") == [[0]]


def test_load_needs_the_schema(graph: Store) -> None:
    with pytest.raises(StoreError, match="apply_schema"):
        graph.load(NODES, EDGES)


def test_schema_can_be_applied_again(loaded: Store) -> None:
    before = loaded.snapshot_hash()
    loaded.apply_schema(SCHEMA)
    assert loaded.snapshot_hash() == before
    change(loaded, "MATCH (n) DETACH DELETE n")
    loaded.apply_schema(SCHEMA)
    loaded.load(NODES, EDGES)
    assert loaded.snapshot_hash() == before


def test_ids_are_unique(loaded: Store) -> None:
    with pytest.raises(StoreError):
        change(loaded, "CREATE (:State:Actor:Entity {id: 'korea'})")


def test_nodes_show_neither_bookkeeping_nor_vectors(ready: Store) -> None:
    ready.load([state("wide", vector=[0.5] * 384, short=[0.5, 1.0])], [])
    props = ready.read_cypher("MATCH (n:State) RETURN n").rows[0][0]["props"]
    assert props == {"id": "wide", "name": "Wide", "short": [0.5, 1.0]}
    assert len(ready.read_cypher("MATCH (n:State) RETURN n.vector").rows[0][0]) == 384
