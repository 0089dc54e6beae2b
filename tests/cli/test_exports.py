"""Exports are read back with the tools that people will read them with."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import rdflib

from explorer.exports import safe_cell, write_csv, write_graphml, write_rdf
from ingest.sources.curated import find_data, read_curated
from kg.model.ontology import load_ontology
from kg.model.projection import project

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(scope="module")
def records():
    return read_curated(find_data())


@pytest.mark.parametrize(("format", "parser"), [("ttl", "turtle"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_rdf_holds_every_record(records, format: str, parser: str) -> None:
    graph = rdflib.Dataset(default_union=True).parse(data=write_rdf(records, format), format=parser)
    subjects = {str(s) for s in graph.subjects()}
    assert {r.iri for r in records} <= subjects


def test_graphml_holds_every_node_and_edge(records) -> None:
    nodes, edges = project(records, load_ontology())
    root = ElementTree.fromstring(write_graphml(records))
    ids = [n.get("id") for n in root.iter(f"{GRAPHML}node")]
    assert sorted(ids) == sorted(n.id for n in nodes)
    assert len(list(root.iter(f"{GRAPHML}edge"))) == len(edges)


def test_csv_holds_every_node_and_edge(records, tmp_path: Path) -> None:
    nodes, edges = write_csv(records, tmp_path / "out")
    with (tmp_path / "out" / "nodes.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == nodes and {"korean-armistice-talks", "united-states"} <= {r["id"] for r in rows}
    with (tmp_path / "out" / "edges.csv").open(newline="", encoding="utf-8") as stream:
        assert sum(1 for _ in csv.DictReader(stream)) == edges


def test_no_cell_is_a_formula() -> None:
    assert safe_cell('=HYPERLINK("x")') == '\'=HYPERLINK("x")'
    assert safe_cell("-12.5") == "-12.5" and safe_cell("Munich") == "Munich"
