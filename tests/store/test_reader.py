"""Readers' Cypher, on every engine: what is answered, what is refused, what is cut off."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from kg.errors import PrecedentError, QueryFailed, QueryRefused, QueryTimeout, UsageError
from kg.store import Store
from kg.store.guard import MAX_BYTES

RUNAWAY = (
    "MATCH (a:Entity), (b:Entity), (c:Entity), (d:Entity), (e:Entity), (f:Entity), (g:Entity), (h:Entity), (i:Entity), "
    "(j:Entity), (k:Entity), (l:Entity), (m:Entity) WHERE a.name + b.name + c.name + d.name + e.name + f.name + g.name "
    "+ h.name + i.name + j.name + k.name + l.name + m.name = 'x' RETURN a.id"
)

REFUSED = [
    "CREATE (:X)",
    "create (:Entity {id: 'new'}) return 1",
    "MERGE (n:State {id: 'new'})",
    "MATCH (n:State) SET n.name = 'x'",
    "MATCH (n:State) SET n:Other",
    "MATCH (n:State) REMOVE n.name",
    "MATCH (n:State) DETACH DELETE n",
    "MATCH ()-[r]->() DELETE r",
    "FOREACH (x IN [1] | CREATE (:X))",
    "MATCH (n:State) CALL (n) { SET n.name = 'x' } RETURN n",
    "MATCH (n:State) CALL { WITH n CREATE (:X) } IN TRANSACTIONS",
    "CALL { CREATE (:X) } IN TRANSACTIONS OF 1 ROWS",
    "EXPLAIN CREATE (:X)",
    "EXPLAIN MATCH (n) RETURN n",
    "PROFILE CREATE (:X)",
    "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
    "load csv with headers from '/etc/passwd' as row return row",
    "LOAD /* */ CSV FROM 'http://127.0.0.1:9/' AS row RETURN row",
    "CALL { LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row } RETURN row",
    "CALL dbms.listConfig()",
    "CALL dbms.listConfig",
    "call DBMS.components() yield name return name",
    "CALL `dbms`.`listConfig`()",
    "CALL /* db.labels */ dbms.components()",
    "MATCH (n) CALL dbms.components() YIELD name RETURN name",
    "CALL tx.setMetaData({a: 1})",
    "CALL db.createLabel('X')",
    "CALL db.clearQueryCaches()",
    "CALL db.awaitIndexes(300)",
    "CALL apoc.load.json('file:///etc/passwd')",
    "CALL algo.pagerank()",
    "RETURN apoc.cypher.runFirstColumnSingle('RETURN 1', {})",
    "RETURN genai.vector.encode('text', 'OpenAI', {})",
    "RETURN `genai`.`vector`.encode('text', 'OpenAI', {})",
    "SHOW SETTINGS",
    "show users",
    "SHOW TRANSACTIONS",
    "/* a remark */ SHOW DATABASES",
    "// a remark\nSHOW INDEXES",
    "TERMINATE TRANSACTION 'neo4j-transaction-1'",
    "CREATE USER eve SET PASSWORD 'abcdefgh1'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "DROP DATABASE neo4j",
    "GRANT ROLE admin TO neo4j",
    "CREATE INDEX new FOR (n:State) ON (n.capital)",
    "CREATE CONSTRAINT new FOR (n:State) REQUIRE n.capital IS UNIQUE",
    "DROP INDEX `Entity[id]`",
    "USE system SHOW DATABASES",
    "RETURN 1; CREATE (:X)",
    "RETURN 1;;",
    "RETURN ';' AS a; MATCH (n) DETACH DELETE n",
    "C\\u0041LL dbms.listConfig()",
    "RETURN '\\u0027 AS x LOAD CSV FROM \\u0027file:///etc/passwd' AS row",
    "",
    "   \n",
    "// nothing",
]

FAILING = [
    "RETUR 1",
    "MATCH (n RETURN n",
    "MATCH (n) RETURN m",
    "RETURN nonsense(1)",
    "RETURN $missing",
    "SELECT FROM State",
    "INSERT INTO State SET name = 'x'",
    "CREATE VERTEX TYPE Smuggled",
    "ALTER TYPE State NAME Smuggled",
    "sql: DELETE FROM State",
    "{sql} DELETE FROM State",
    "g.V().drop()",
]


def test_rows_and_columns(reading: Store) -> None:
    result = reading.read_cypher("MATCH (n:State) RETURN n.id AS id, n.name AS name ORDER BY id")
    assert (result.columns, result.rows) == (["id", "name"], [["korea", "Chosŏn"], ["union", "Soviet Union"]])
    assert not result.truncated


def test_no_rows(reading: Store) -> None:
    result = reading.read_cypher("MATCH (n:State {id: 'nobody'}) RETURN n.id AS id")
    assert (result.rows, result.truncated) == ([], False)
    assert result.columns in (["id"], [])  # the embedded engine names columns only with the first row


def test_parameters(reading: Store) -> None:
    text = "MATCH (n) WHERE n.id IN $ids RETURN n.id AS id ORDER BY id"
    assert reading.read_cypher(text, {"ids": ["korea", "') RETURN 1 //"]}).rows == [["korea"]]


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n:State) RETURN count(n);",
        "/* CALL dbms.x() */ MATCH (n:State) RETURN count(n) // LOAD CSV",
        "MATCH (n:State) WHERE n.name <> 'SHOW SETTINGS; LOAD CSV' RETURN count(n)",
        'MATCH (n:State) WHERE n.name <> "it\'s; CALL dbms.x()" RETURN count(n)',
        "MATCH (n:State) WITH count(n) AS call RETURN call AS `load csv; x`",
        "OPTIONAL MATCH (n:Create|Load|Show) MATCH (m:State) RETURN count(m)",
        "MATCH (n:State) WHERE n.load IS NULL AND n.call IS NULL AND n.show IS NULL RETURN count(n)",
        "CALL { MATCH (n:State) RETURN count(n) AS c } RETURN c",
        "MATCH (n:State) WHERE date('1951-07-10') < date.truncate('year', date('1953-07-27')) RETURN count(n)",
        "UNWIND [1, 2] AS x WITH x WHERE x IN [1, 2] RETURN max(x)",
        "CALL db.labels() YIELD label WITH label WHERE label IN ['State', 'Episode'] RETURN count(DISTINCT label)",
        "CALL db.relationshipTypes() YIELD relationshipType AS t WITH t WHERE t IN ['PARTICIPATED_IN', 'PASSAGE_OF'] RETURN count(t)",
    ],
)
def test_plain_reading_is_not_refused(reading: Store, text: str) -> None:
    assert reading.read_cypher(text).rows == [[2]]


@pytest.mark.parametrize("text", REFUSED)
def test_refused_and_nothing_changed(reading: Store, text: str) -> None:
    before = reading.snapshot_hash()
    with pytest.raises(QueryRefused) as caught:
        reading.read_cypher(text)
    assert "\n" not in str(caught.value) and len(str(caught.value)) > 30
    assert "root:" not in str(caught.value)
    assert reading.snapshot_hash() == before
    assert reading.read_cypher("MATCH (n) RETURN count(n)").rows == [[6]]


@pytest.mark.parametrize("text", FAILING)
def test_failing_says_why_in_one_line(reading: Store, text: str) -> None:
    before = reading.snapshot_hash()
    with pytest.raises((QueryFailed, QueryRefused)) as caught:
        reading.read_cypher(text)
    assert "\n" not in str(caught.value) and len(str(caught.value)) > 5
    assert "EXPLAIN" not in str(caught.value) and "/*limit" not in str(caught.value)
    assert reading.snapshot_hash() == before


def test_syntax_error_points_into_the_readers_text(reading: Store) -> None:
    with pytest.raises(QueryFailed, match=r"line 1, column 1[01]"):
        reading.read_cypher("MATCH (n) RETUR n")


def test_long_query_is_refused_before_it_is_sent(reading: Store) -> None:
    with pytest.raises(QueryRefused, match="50,000"):
        reading.read_cypher("RETURN '" + "x" * 1_000_000 + "'")
    at_limit = "RETURN '" + "é" * ((MAX_BYTES - 9) // 2) + "'"
    assert len(reading.read_cypher(at_limit).rows[0][0]) == (MAX_BYTES - 9) // 2


def test_row_limit(reading: Store) -> None:
    text = "UNWIND range(1, 5000) AS x RETURN x"
    cut = reading.read_cypher(text, row_limit=10)
    assert (cut.rows, cut.truncated) == ([[x] for x in range(1, 11)], True)
    exact = reading.read_cypher("UNWIND range(1, 10) AS x RETURN x", row_limit=10)
    assert (len(exact.rows), exact.truncated) == (10, False)
    assert len(reading.read_cypher(text, row_limit=5000).rows) == 5000


def test_row_limit_ends_an_endless_result(reading: Store) -> None:
    endless = "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y UNWIND range(1, 100000) AS z RETURN x, y, z"
    result = reading.read_cypher(endless, time_limit=60, row_limit=100)
    assert len(result.rows) == 100 and result.truncated
    assert_nothing_runs(reading)


def assert_nothing_runs(store: Store, patience: float = 60.0) -> None:
    """Wait until the database works on nothing but the question itself."""
    until = time.monotonic() + patience
    while True:
        # The driver's own bookkeeping may still be under way; a reader's query may not.
        running = store._connection.read(lambda tx: tx.run("SHOW TRANSACTIONS").data())
        queries = [row["currentQuery"] for row in running if "SHOW TRANSACTIONS" not in row["currentQuery"]]
        if not queries:
            return
        assert time.monotonic() < until, queries
        time.sleep(0.1)


def test_runaway_product_is_cut_off(reading: Store) -> None:
    before = reading.snapshot_hash()
    with pytest.raises(QueryTimeout, match="1 s"):
        reading.read_cypher(RUNAWAY, time_limit=1)
    assert_nothing_runs(reading)
    assert reading.snapshot_hash() == before


def test_giant_list_does_not_bring_the_reader_down(reading: Store) -> None:
    before = reading.snapshot_hash()
    with pytest.raises((QueryFailed, QueryTimeout)):
        reading.read_cypher(
            "UNWIND range(1, 2000) AS x UNWIND range(1, 2000) AS y RETURN collect(x * y)", time_limit=20
        )
    assert reading.read_cypher("RETURN 1").rows == [[1]]
    assert reading.snapshot_hash() == before


@pytest.mark.parametrize(("time_limit", "row_limit"), [(0, 10), (-1, 10), (float("nan"), 10), (1e9, 10), (1, 0)])
def test_limits_must_make_sense(reading: Store, time_limit: float, row_limit: int) -> None:
    with pytest.raises(UsageError):
        reading.read_cypher("RETURN 1", time_limit=time_limit, row_limit=row_limit)


def test_graph_of_a_result(reading: Store) -> None:
    result = reading.read_cypher(
        "MATCH p = (a:State)-[:PARTICIPATED_IN]->(e) RETURN p, {nested: [a, e]} AS m ORDER BY a.id"
    )
    assert sorted(node["id"] for node in result.graph.nodes) == ["korea", "talks", "union"]
    ends = sorted((edge["source"], edge["type"], edge["target"], edge["props"]["role"]) for edge in result.graph.edges)
    assert ends == [
        ("korea", "PARTICIPATED_IN", "talks", "belligerent"),
        ("korea", "PARTICIPATED_IN", "talks", "negotiator"),
        ("union", "PARTICIPATED_IN", "talks", "patron"),
    ]
    path, nested = result.rows[0]
    assert [step.get("type") for step in path] == [None, "PARTICIPATED_IN", None]
    assert nested["nested"][1]["labels"][0] == "Negotiation"


def test_edges_know_their_ends_without_the_nodes(reading: Store) -> None:
    edges = reading.read_cypher("MATCH ()-[r:PARTICIPATED_IN {role: 'patron'}]->() RETURN r").graph.edges
    assert [(edge["source"], edge["target"]) for edge in edges] == [("union", "talks")]


def test_every_value_is_json(reading: Store) -> None:
    text = """
        RETURN 0.0 / 0.0 AS nan, 1.0 / 0.0 AS infinite, date('1951-07-10') AS day, datetime('1953-07-27T10:00:00Z') AS moment,
               localdatetime('1953-07-27T10:00:00') AS local, time('10:00:00Z') AS hour, duration('P2Y17D') AS span,
               point({longitude: 126.7, latitude: 37.9}) AS place, [1, null, [2.5, 'x']] AS list, {a: {b: true}} AS map
    """
    result = reading.read_cypher(text)
    row = dict(zip(result.columns, json.loads(json.dumps(result.rows[0], allow_nan=False)), strict=True))
    assert (row["nan"], row["infinite"], row["day"], row["span"]) == (None, None, "1951-07-10", "P2Y17D")
    assert row["moment"].startswith("1953-07-27T10:00:00") and row["hour"].startswith("10:00:00")
    assert row["place"]["coordinates"] == [126.7, 37.9]
    assert (row["list"], row["map"]) == ([1, None, [2.5, "x"]], {"a": {"b": True}})


def test_html_comes_back_as_text(reading: Store) -> None:
    markup = "<img src=x onerror=alert(1)>"
    assert reading.read_cypher("RETURN $x AS `<b>`", {"x": markup}).rows == [[markup]]


def test_no_file_of_this_machine_is_read(reading: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("the secret\n")
    for text in (f"LOAD CSV FROM 'file://{secret}' AS row RETURN row", f"LOAD CSV FROM '{secret}' AS row RETURN row"):
        with pytest.raises(PrecedentError) as caught:
            reading.read_cypher(text)
        assert "the secret" not in str(caught.value)
