"""Exports are read back with the tools that people will read them with."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import rdflib
from typer.testing import CliRunner

from explorer.cli.main import app
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


def test_sources_of_an_episode_as_the_command_writes_them(tmp_path: Path) -> None:
    file = tmp_path / "munich.json"
    runner = CliRunner()
    done = runner.invoke(app, ["export", "--format", "csl-json", "--episode", "munich", "-o", str(file)])
    assert done.exit_code == 0, done.output
    items = {item["id"]: item for item in json.loads(file.read_text(encoding="utf-8"))}
    assert items["dgfp-d-2"]["type"] == "book" and "Cited in “" in items["dgfp-d-2"]["note"]
    told = runner.invoke(app, ["export", "--format", "csl-json"])
    assert items.keys() < {item["id"] for item in json.loads(told.stdout)}


def test_the_codebook_as_the_command_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "codebook.md"
    done = CliRunner().invoke(app, ["codebook", "-o", str(file)])
    assert done.exit_code == 0, done.output
    assert file.read_text(encoding="utf-8") == CliRunner().invoke(app, ["codebook"]).stdout
    assert "### foot-dragging" in file.read_text(encoding="utf-8")


def test_no_cell_is_a_formula() -> None:
    assert safe_cell('=HYPERLINK("x")') == '\'=HYPERLINK("x")'
    assert safe_cell("-12.5") == "-12.5" and safe_cell("Munich") == "Munich"
