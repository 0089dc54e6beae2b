"""Vector and full-text search, the build's facts and the named queries, on every engine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_graph import EDGES, NODES, SCHEMA, VECTORS, passage, state

from kg.errors import GraphEmpty, StoreError, UsageError
from kg.model.rows import NodeRow
from kg.store import Store


def names(store: Store, text: str, k: int = 10) -> list[str]:
    return [id for id, _ in store.fulltext_search("entity_names", text, k)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chosŏn", ["korea"]),
        ("choson", ["korea"]),
        ("PANMUNJOM", ["talks"]),
        ("朝鮮", ["korea"]),
        ("ussr", ["union"]),
        ("ссср", ["union"]),
        ("sov", ["union"]),
        ("soviet uni", ["union"]),
        ("nobody", []),
        ("", []),
        ("  ?!*", []),
    ],
)
def test_names_and_aliases_are_found(loaded: Store, text: str, found: list[str]) -> None:
    assert names(loaded, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "soviet AND (",
        'soviet "',
        "soviet~",
        "soviet*",
        "soviet:",
        "name:soviet",
        "-soviet",
        "NOT soviet",
        "soviet\\",
        "soviet ^2 [a TO b]",
    ],
)
def test_query_syntax_is_plain_text(loaded: Store, text: str) -> None:
    assert names(loaded, text)[0] == "union"


def test_search_keeps_to_its_index(loaded: Store) -> None:
    assert [id for id, _ in loaded.fulltext_search("texts", "peninsula", 5)] == ["korea"]
    assert names(loaded, "peninsula") == []


def test_search_returns_the_best_k(ready: Store) -> None:
    ready.load([state(f"s{i}", name="union " * (i + 1)) for i in range(20)], [])
    ready.write_meta({})
    found = ready.fulltext_search("entity_names", "union", 7)
    assert len(found) == 7
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True) and scores[-1] > 0


def test_search_follows_the_data(loaded: Store) -> None:
    loaded.load([state("union", name="Russia"), *(node for node in NODES if node.id != "union")], EDGES)
    assert (names(loaded, "soviet"), names(loaded, "russia")) == ([], ["union"])
    loaded.load([node for node in NODES if node.id != "union"], [edge for edge in EDGES if edge.source != "union"])
    assert names(loaded, "russia") == []


def test_nearest_vectors(loaded: Store) -> None:
    found = loaded.vector_search(VECTORS, [1.0, 0.1, 0.0, 0.0], 2)
    assert [id for id, _ in found] == ["talks/p1", "talks/p2"]
    assert 1.0 > found[0][1] > found[1][1] > 0.4
    assert loaded.vector_search("Passage[embedding]", [2.0, 0.0, 0.0, 0.0], 1) == [
        ("talks/p1", pytest.approx(1.0, abs=1e-4))
    ]


def test_vector_score_is_half_of_one_plus_cosine(ready: Store) -> None:
    ready.load(
        [
            passage("same", [0.0, 2.0, 0.0, 0.0]),
            passage("right", [1.0, 0.0, 0.0, 0.0]),
            passage("back", [0.0, -1.0, 0.0, 0.0]),
        ],
        [],
    )
    ready.write_meta({})
    found = dict(ready.vector_search(VECTORS, [0.0, 1.0, 0.0, 0.0], 3))
    assert found == pytest.approx({"same": 1.0, "right": 0.5, "back": 0.0}, abs=1e-4)


def test_vectors_follow_the_data(loaded: Store) -> None:
    moved = [passage("talks/p1", [0.0, 0.0, 1.0, 0.0]) if node.id == "talks/p1" else node for node in NODES]
    loaded.load(moved, EDGES)
    assert loaded.vector_search(VECTORS, [0.0, 0.0, 1.0, 0.0], 1)[0][0] == "talks/p1"
    loaded.load(
        [node for node in NODES if node.id != "talks/p1"], [edge for edge in EDGES if edge.source != "talks/p1"]
    )
    assert [id for id, _ in loaded.vector_search(VECTORS, [0.0, 0.0, 1.0, 0.0], 5)] == ["talks/p2"]


def test_many_vectors_find_the_exact_nearest(ready: Store) -> None:
    grid = {f"p{a}-{b}": [1.0, a / 10, b / 10, 0.3] for a in range(25) for b in range(25)}
    ready.load([passage(id, vector) for id, vector in grid.items()], [])
    ready.write_meta({})
    hits = sum(ready.vector_search(VECTORS, vector, 1)[0][0] == id for id, vector in list(grid.items())[::25])
    assert hits >= 24  # an approximate index may miss one of 25


def test_the_same_cypher_searches_on_every_engine(loaded: Store) -> None:
    vectors = "CALL db.index.vector.queryNodes('Passage[embedding]', 1, $v) YIELD node, score RETURN node.id"
    assert loaded.read_cypher(vectors, {"v": [1.0, 0.0, 0.0, 0.0]}).rows == [["talks/p1"]]
    text = "CALL db.index.fulltext.queryNodes('Entity[_entity_names]', 'soviet') YIELD node RETURN node.id"
    assert loaded.read_cypher(text).rows == [["union"]]


def test_facts_of_the_build(ready: Store) -> None:
    assert ready.read_meta() is None
    ready.write_meta({"data_version": "1", "finished": False, "records": 3})
    ready.write_meta({"data_version": "2", "finished": True})
    assert ready.read_meta() == {"data_version": "2", "finished": True}
    assert ready.read_cypher("MATCH (b:PrecedentBuild) RETURN count(b)").rows == [[1]]


def test_an_empty_graph_says_what_to_do(ready: Store) -> None:
    with pytest.raises(GraphEmpty, match="precedent build"):
        ready.run("node_hashes")
    with pytest.raises(GraphEmpty, match="precedent build"):
        ready.fulltext_search("entity_names", "korea", 3)
    ready.write_meta({"data_version": "1"})
    assert ready.run("node_hashes") == []


def test_named_queries(loaded: Store) -> None:
    assert {row["id"] for row in loaded.run("node_hashes")} == {node.id for node in NODES}
    with pytest.raises(UsageError, match="node_hashes"):
        loaded.run("nonsense")
    with pytest.raises(UsageError):
        loaded.run("../store")


def test_a_failing_query_is_a_store_error(loaded: Store) -> None:
    with pytest.raises(StoreError):
        loaded.vector_search("Passage[nothing]", [1.0, 0.0, 0.0, 0.0], 1)


def test_engine_has_name_and_version(loaded: Store) -> None:
    name, version = loaded.engine.split(" ")
    assert name in ("Neo4j", "ArcadeDB") and version[0].isdigit()


def test_vectors_of_another_model_take_the_place_of_the_old(graph: Store) -> None:
    """Another model's vectors are of another length: the index is made anew, and only its nodes with it."""
    for dimensions in (4, 6, 4):
        graph.apply_schema(replace(SCHEMA, vector=(replace(SCHEMA.vector[0], dimensions=dimensions),)))
        vector = [1.0] + [0.0] * (dimensions - 1)
        label = SCHEMA.vector[0].label
        passage = NodeRow("p", (label, "Entity"), {"id": "p", "name": "p", SCHEMA.vector[0].property: vector})
        graph.load([NodeRow("s", ("Entity",), {"id": "s", "name": "stays"}), passage], [])
        assert graph.vector_search(SCHEMA.vector[0], vector, 1) == [("p", pytest.approx(1.0))]
        assert graph.read_cypher("MATCH (n:Entity {id: 's'}) RETURN n.name").rows == [["stays"]]
