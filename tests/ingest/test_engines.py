"""The curated records answer alike on every engine: each query of the app, the README and the examples, and a whole brief."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from explorer.briefs.desk import BriefDesk
from explorer.cypher_view import read_examples
from explorer.service import Service
from ingest.pipeline import gazetteer_of, read_vectors
from ingest.sources.curated import find_data, read_curated, read_version
from kg.analogy.drawn import drawn_passages
from kg.analogy.encode import Encoder
from kg.analogy.passages import embed, passage_rows, passages, place
from kg.model.ontology import load_ontology
from kg.model.projection import project, schema
from kg.store import Store, StoreConfig, open_store

pytestmark = pytest.mark.neo4j
README = Path(__file__).resolve().parents[2] / "README.md"
EPISODE, ACTOR, PART = "munich", "north-korea", "korean-armistice-talks/soviet-signal"
PARAMS: dict[str, Any] = {
    "id": EPISODE,
    "ids": [EPISODE, "korean-armistice-talks", ACTOR],
    "types": ["PARTICIPATED_IN", "BY", "LED_TO"],
    "limit": 100_000,
}
QUERIES = sorted(
    file.name.removesuffix(".cypher")
    for file in files("kg.store").joinpath("cypher").iterdir()
    if file.name.startswith(("page_", "graph_", "brief_", "case_", "show_", "episode_"))
    or file.name in ("drawn_passages.cypher", "gazetteer.cypher", "nodes_by_id.cypher")
)
WRITTEN = {example.title: example.query for example in read_examples().values()} | {
    block.splitlines()[0].lstrip("/ "): block
    for block in re.findall(r"```cypher\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
}


@pytest.fixture(scope="module")
def embedded(built_home: Path) -> Iterator[Service]:
    with Service(open_store(StoreConfig(home=built_home))) as service:
        yield service


@pytest.fixture(scope="module")
def neo4j(engine: Any, wipe: Callable[[Store], None], embedded: Service) -> Iterator[Service]:
    """The same records in Neo4j, their vectors taken from the embedded graph."""
    with Service(open_store(engine.config)) as service:
        wipe(service.store)
        load_records(service.store, embedded.store)
        yield service


def load_records(store: Store, other: Store) -> None:
    data, ontology, model = find_data(), load_ontology(), Encoder()
    records = read_curated(data)
    wanted = passages((r.data for r in records if ontology.is_a(r.type, "Episode")), gazetteer_of(records))
    wanted += drawn_passages(r.data for r in records if r.type == "AnalogyUse")
    known = read_vectors(other)
    vectors = embed(wanted, known, model)
    store.apply_schema(schema(ontology, len(next(iter(vectors.values())))))
    nodes, edges = project(records, ontology)
    more_nodes, more_edges = passage_rows(wanted, vectors, place(wanted, known, model), model)
    store.load([*nodes, *more_nodes], [*edges, *more_edges])
    store.write_meta({"data_version": read_version(data), "model": model.model_id, "records": len(records)})


def settled(value: Any) -> str:
    """A text that does not depend on the order in which an engine collects."""
    if isinstance(value, dict):
        return json.dumps({key: settled(entry) for key, entry in value.items()}, sort_keys=True)
    if isinstance(value, list | tuple):
        return json.dumps(sorted(settled(entry) for entry in value))
    return json.dumps(value, default=str)


def test_the_graph_is_the_same(neo4j: Service, embedded: Service) -> None:
    assert neo4j.store.snapshot_hash() == embedded.store.snapshot_hash()


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_of_the_app(name: str, neo4j: Service, embedded: Service) -> None:
    rows = embedded.run(name, **PARAMS)
    assert rows
    assert settled(neo4j.run(name, **PARAMS)) == settled(rows)


@pytest.mark.parametrize("title", sorted(WRITTEN))
def test_a_query_that_readers_are_given(title: str, neo4j: Service, embedded: Service) -> None:
    here, there = embedded.read_cypher(WRITTEN[title]), neo4j.read_cypher(WRITTEN[title])
    assert here.rows and there.columns == here.columns
    assert len(there.rows) == len(here.rows)
    if "LIMIT" not in WRITTEN[title]:  # which of several equal rows a limit keeps is the engine's choice
        assert settled(there.rows) == settled(here.rows)


@pytest.mark.parametrize("id", [EPISODE, ACTOR, PART])
def test_what_show_says(id: str, neo4j: Service, embedded: Service) -> None:
    assert settled(neo4j.describe(id)) == settled(embedded.describe(id))


def test_a_name_is_found(neo4j: Service, embedded: Service) -> None:
    for service in (neo4j, embedded):
        assert ACTOR in [row["id"] for row in service.find_name("North Korea")]


def test_a_brief_is_the_same(neo4j: Service, embedded: Service) -> None:
    here, there = (BriefDesk(service).make(episode="pueblo-crisis", k=3).to_dict() for service in (embedded, neo4j))
    assert here["analogues"] and settled(there) == settled(here)
