"""Files that leave Precedent: RDF from the records, GraphML and CSV of the property graph."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kg.errors import UsageError
from kg.model.ontology import load_ontology
from kg.model.projection import project
from kg.model.records import Record
from kg.model.rows import EdgeRow, NodeRow, Value

if TYPE_CHECKING:
    from kg.rdf.graph import Format


def write_rdf(records: Sequence[Record], format: Format) -> str:
    """The records as `ttl`, `trig` or `jsonld`."""
    from kg.rdf.graph import serialize  # rdflib takes its time, and the other formats do without it

    return serialize(records, load_ontology(), format)


def write_graphml(records: Sequence[Record]) -> str:
    """The property graph as GraphML; lists are joined with `; `, labels with `:`, as Gephi and yEd read them."""
    nodes, edges = project(records, load_ontology())
    node_keys = sorted({k for n in nodes for k in n.props} | {"labels"})
    edge_keys = sorted({k for e in edges for k in e.props} | {"type"})
    out = StringIO()
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for domain, prefix, keys in (("node", "n", node_keys), ("edge", "e", edge_keys)):
        for number, key in enumerate(keys):
            out.write(f'  <key id="{prefix}{number}" for="{domain}" attr.name={quoteattr(key)} attr.type="string"/>\n')
    out.write('  <graph edgedefault="directed">\n')
    for node in nodes:
        out.write(f"    <node id={quoteattr(node.id)}>\n")
        _write_data(out, "n", node_keys, {**node.props, "labels": ":".join(node.labels)})
        out.write("    </node>\n")
    for edge in edges:
        out.write(f"    <edge source={quoteattr(edge.source)} target={quoteattr(edge.target)}>\n")
        _write_data(out, "e", edge_keys, {**edge.props, "type": edge.type})
        out.write("    </edge>\n")
    out.write("  </graph>\n</graphml>\n")
    return out.getvalue()


def write_csv(records: Sequence[Record], folder: Path) -> tuple[int, int]:
    """`nodes.csv` and `edges.csv` in the folder, which is made if need be; returns how many of each.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    nodes, edges = project(records, load_ontology())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_table(folder / "nodes.csv", ["id", "labels"], [_node_cells(n) for n in nodes])
        _write_table(folder / "edges.csv", ["source", "type", "target"], [_edge_cells(e) for e in edges])
    except OSError as error:
        raise UsageError(f"cannot write into {folder}: {error.strerror}") from None
    return len(nodes), len(edges)


def flat(value: Value) -> str:
    """A property as one text."""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def safe_cell(text: str) -> str:
    """A text that no spreadsheet runs as a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _write_data(out: StringIO, prefix: str, keys: list[str], props: dict[str, Value]) -> None:
    for number, key in enumerate(keys):
        if key in props:
            out.write(f'      <data key="{prefix}{number}">{escape(flat(props[key]))}</data>\n')


def _node_cells(node: NodeRow) -> dict[str, str]:
    return {"id": node.id, "labels": ":".join(node.labels), **{k: flat(v) for k, v in node.props.items()}}


def _edge_cells(edge: EdgeRow) -> dict[str, str]:
    return {
        "source": edge.source,
        "type": edge.type,
        "target": edge.target,
        **{k: flat(v) for k, v in edge.props.items()},
    }


def _write_table(file: Path, first: list[str], rows: list[dict[str, str]]) -> None:
    columns = first + sorted({k for row in rows for k in row} - set(first))
    partial = file.with_name(file.name + ".partial")
    with partial.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows({k: safe_cell(v) for k, v in row.items()} for row in rows)
    partial.replace(file)
