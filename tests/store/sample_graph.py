"""A small graph that every contract test can load: two states, a negotiation, its parties, and a passage."""

from __future__ import annotations

from kg.model.rows import EdgeRow, FulltextIndex, NodeRow, Schema, VectorIndex

DIMENSIONS = 4
VECTORS = VectorIndex("passage_vectors", "Passage", "embedding", DIMENSIONS)
SCHEMA = Schema(
    labels=("Entity", "Actor", "State", "Organization", "Episode", "Negotiation", "Passage"),
    relationship_types=("PARTICIPATED_IN", "PASSAGE_OF"),
    range=(("Episode", "earliest_year"), ("Actor", "name")),
    fulltext=(
        FulltextIndex("entity_names", ("Entity",), ("name", "aka")),
        FulltextIndex("texts", ("Episode", "Actor"), ("summary",)),
    ),
    vector=(VECTORS,),
)


def state(id: str, **props: object) -> NodeRow:
    return NodeRow(id, ("State", "Actor", "Entity"), {"name": id.title(), **props})  # type: ignore[arg-type]


def negotiation(id: str, **props: object) -> NodeRow:
    return NodeRow(id, ("Negotiation", "Episode", "Entity"), {"name": id.title(), **props})  # type: ignore[arg-type]


def passage(id: str, vector: list[float], text: str = "") -> NodeRow:
    return NodeRow(id, ("Passage", "Entity"), {"text": text, "embedding": vector})


def party(source: str, target: str, role: str) -> EdgeRow:
    return EdgeRow("PARTICIPATED_IN", source, target, role, {"role": role})


NODES = [
    state("korea", name="Chosŏn", aka=["Joseon", "朝鮮"], summary="A peninsula of mountains."),
    state("union", name="Soviet Union", aka=["USSR", "СССР"]),
    negotiation("talks", name="Panmunjŏm talks", earliest_year=1951, latest_year=1953, earliest="1951-07-10"),
    passage("talks/p1", [1.0, 0.0, 0.0, 0.0], "One side takes willingness to talk for weakness."),
    passage("talks/p2", [0.0, 1.0, 0.0, 0.5], "Talks drag on for years."),
]
EDGES = [
    party("korea", "talks", "belligerent"),
    party("korea", "talks", "negotiator"),
    party("union", "talks", "patron"),
    EdgeRow("PASSAGE_OF", "talks/p1", "talks"),
    EdgeRow("PASSAGE_OF", "talks/p2", "talks"),
]


def rows(nodes: int, edges: int) -> tuple[list[NodeRow], list[EdgeRow]]:
    """A graph of some size: states with some text, each a party to others' talks."""
    made = [state(f"n{i}", number=i, summary=f"text of {i} " * 5) for i in range(nodes)]
    return made, [party(f"n{i % nodes}", f"n{(i * 7 + i // nodes) % nodes}", f"role {i}") for i in range(edges)]
