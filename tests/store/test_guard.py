"""The look at a query's words and plan, without an engine."""

from __future__ import annotations

import pytest

from kg.errors import QueryRefused
from kg.store.guard import check_plan, check_text


def test_closing_semicolon_goes() -> None:
    assert check_text("RETURN ';' ;  // end") == "RETURN ';'"


@pytest.mark.parametrize(
    "text",
    [
        "RETURN 'unclosed ; SHOW",
        "RETURN 1 AS `odd `` ; name`",
        "RETURN {call: 1, load: 2}.call",
        "MATCH (n:Call)-[:LOAD]->(csv) RETURN csv",
        "RETURN 'a\\'; CREATE (:X)'",
        "RETURN 'caf\\u00e9'",
        "CALL (x) { RETURN 1 AS y } RETURN y",
        "RETURN date.realtime(), point.distance(a, b)",
        "RETURN a.b.c AS d, (1)",
        "MATCH (transactions) WHERE 1 IN transactions.ids RETURN 1",
    ],
)
def test_innocent_words(text: str) -> None:
    assert check_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "CALL db.labels() YIELD label CALL dbms.x() YIELD y RETURN y",
        "RETURN 1 /* ; */ ; RETURN 2",
        "CALL nothing",
        "CALL {CREATE (:X)} IN 4 CONCURRENT TRANSACTIONS",
        "RETURN load . json('x')",
        "EXPLAIN SHOW USERS",
        "RETURN '\\uu0041'",
    ],
)
def test_refused_words(text: str) -> None:
    with pytest.raises(QueryRefused):
        check_text(text)


@pytest.mark.parametrize(
    ("query_type", "plan"),
    [
        ("w", {"operatorType": "ProduceResults@neo4j"}),
        ("s", {"operatorType": "AdministrationCommand@system"}),
        (
            "r",
            {"operatorType": "A", "children": [{"operatorType": "B", "children": [{"operatorType": "LoadCSV@neo4j"}]}]},
        ),
        ("r", {"operatorType": "ShowSettings@neo4j"}),
        ("r", {"operatorType": "TerminateTransactions@neo4j"}),
        ("r", {"operatorType": "TransactionForeach@neo4j"}),
        ("r", {"operatorType": "ProcedureCall@neo4j", "args": {"Details": "dbms.listConfig() :: (name :: STRING)"}}),
        ("r", {"operatorType": "ProcedureCall@neo4j"}),
        (None, None),
    ],
)
def test_refused_plans(query_type: str | None, plan: dict[str, object] | None) -> None:
    with pytest.raises(QueryRefused):
        check_plan(query_type, plan)


def test_reading_plan() -> None:
    check_plan("r", {"operatorType": "ProcedureCall@neo4j", "args": {"Details": "db.labels() :: (label :: STRING)"}})
