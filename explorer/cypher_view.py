"""The parts of the page Cypher: examples, the schema beside the editor, a result as table and graph."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import pandas as pd
import streamlit as st

from explorer.cells import say_value
from explorer.graph.canvas import draw_view
from explorer.graph.view import Node, view_of_rows
from explorer.templating import render
from explorer.words import count_of
from kg.model.ontology import Ontology
from kg.store import ReaderResult

MOST_DRAWN = 300


@dataclass(frozen=True)
class Example:
    """A query worth running, and the question that it answers."""

    key: str
    title: str
    query: str


def read_examples() -> dict[str, Example]:
    """Examples by key, in the order of their files."""
    found = sorted(
        (f for f in files("explorer").joinpath("examples").iterdir() if f.name.endswith(".cypher")),
        key=lambda f: f.name,
    )
    examples = {}
    for file in found:
        title, _, query = file.read_text("utf-8").partition("\n")
        key = file.name.removesuffix(".cypher").partition("-")[2]
        examples[key] = Example(key, title.lstrip("/ "), query.strip())
    return examples


def draw_schema(ontology: Ontology) -> None:
    """Labels with their properties, and relationship types with what they join, from the ontology."""
    st.subheader("Schema", anchor=False)
    labels, types = st.tabs(["Nodes", "Relationships"])
    nodes = [c for c in ontology.classes.values() if "Entity" in c.lineage and not c.derived]
    with labels.container(height=420, border=False):
        st.html(render("cypher/labels.html", classes=nodes, keys=_keys(ontology), ontology=ontology))
    with types.container(height=420, border=False):
        st.html(render("cypher/types.html", rows=_types(ontology)))


def _keys(ontology: Ontology) -> dict[str, list[str]]:
    """Property keys that a class adds to those of its parent; relationships are listed apart."""
    own = {
        name: {key for key in shape if ontology.properties[key].kind not in ("reference", "part")}
        for name, shape in ontology.shapes.items()
    }
    above = {c.name: set().union(*(own.get(a, set()) for a in c.ancestors)) for c in ontology.classes.values()}
    return {name: sorted(own.get(name, set()) - above[name]) for name in above}


def _types(ontology: Ontology) -> list[dict[str, Any]]:
    """Relationship types with the words of their properties, and keys of those that have facts of their own."""
    rows: dict[str, dict[str, Any]] = {}
    for property in ontology.properties.values():
        if property.relationship:
            fresh = {"type": property.relationship, "to": property.range, "comment": property.comment, "keys": []}
            row = rows.setdefault(property.relationship, fresh)
            edge = ontology.classes.get(property.range)
            if edge is not None and edge.edge is not None:
                row["to"] = ontology.properties[edge.edge.far].range
                row["keys"] = sorted(k for k in ontology.shapes[edge.name] if k not in ("cites", "note", edge.edge.far))
                row["comment"] = edge.comment
    shown = set(ontology.relationship_types)
    return [rows[type] for type in sorted(rows) if type in shown]


def draw_result(result: ReaderResult, origin: str) -> None:
    """The answer as a table and, where it holds nodes, as a graph."""
    if not result.rows:
        st.info(
            "The query runs, and nothing matches it. Check labels, types and the spelling of values against the schema."
        )
        return
    told = count_of(len(result.rows), "row")
    st.caption(f"{told}; there are more, cut off here: add LIMIT, or ask for less." if result.truncated else f"{told}.")
    columns = unique_columns(result.columns)
    frame = pd.DataFrame([[say_value(value) for value in row] for row in result.rows], columns=pd.Index(columns))
    tabs = st.tabs(["Table", "Graph"]) if result.graph.nodes else [st.container()]
    with tabs[0]:
        st.dataframe(frame, hide_index=True, alt=f"Result of the query, {told}")
        st.download_button("Table (CSV)", frame.to_csv(index=False), "precedent.csv", "text/csv", on_click="ignore")
    if result.graph.nodes:
        with tabs[1]:
            _draw_graph(result, origin)


def _draw_graph(result: ReaderResult, origin: str) -> None:
    known = {
        node["id"]: Node(node["id"], _text(node, "name") or node["id"], _text(node, "short"), (node["labels"] or [""])[0],
                         _text(node, "date"), _text(node, "text"), _text(node, "record"))
        for node in result.graph.nodes
    }  # fmt: skip
    rows = [
        {"source": e["source"], "target": e["target"], "type": e["type"], "how": e["props"].get("how"), "role": e["props"].get("role")}
        for e in result.graph.edges if e["source"] in known and e["target"] in known
    ]  # fmt: skip
    view = view_of_rows(rows, known, MOST_DRAWN)
    st.html(render("legend.html", classes=view.legend))
    draw_view(view, "answer", origin=origin, name="cypher")
    told = f"{count_of(len(view.nodes), 'node')}, {count_of(len(view.links), 'relationship')}"
    cut = sum(view.cut.values())
    st.caption(f"{told}; {count_of(cut, 'further node')} not drawn." if cut else f"{told}.")


def _text(node: dict[str, Any], key: str) -> str:
    return str(node["props"].get(key) or "")


def unique_columns(columns: list[str]) -> list[str]:
    """Column names, numbered where two are the same."""
    seen: dict[str, int] = {}
    out = []
    for name in columns:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return out
