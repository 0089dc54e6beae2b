"""`precedent export` and `precedent codebook`: records as RDF, the graph as GraphML or CSV, sources as CSL-JSON, terms explained."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from explorer.cli.console import err
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.rdf.graph import Format


class ExportFormat(StrEnum):
    """What is written."""

    ttl = "ttl"
    trig = "trig"
    jsonld = "jsonld"
    graphml = "graphml"
    csv = "csv"
    csl = "csl-json"


def export(
    format: Annotated[
        ExportFormat, typer.Option(help="RDF from the records, the property graph, or the bibliography.")
    ] = ExportFormat.ttl,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File, or for csv a folder; standard output otherwise.")
    ] = None,
    episode: Annotated[
        str | None, typer.Option("--episode", help="For csl-json: only the works that this episode cites.")
    ] = None,
    data: Annotated[Path | None, typer.Option("--data", help="Data folder.")] = None,
) -> None:
    """Export the valid records: Turtle, TriG, JSON-LD, GraphML, CSV (nodes.csv and edges.csv), or the sources as CSL-JSON."""
    from explorer.csl import write_bibliography
    from explorer.exports import write_csv, write_graphml, write_rdf
    from ingest.sources.curated import find_data, read_curated

    if episode is not None and format is not ExportFormat.csl:
        raise UsageError("--episode chooses works: it goes with --format csl-json")
    records = read_curated(data or find_data())
    if format is ExportFormat.csv:
        if output is None:
            raise UsageError("csv is two files: name a folder with --output")
        nodes, edges = write_csv(records, output)
        err.print(f"{nodes} nodes and {edges} relationships in {output}/nodes.csv and edges.csv")
        return
    if format is ExportFormat.csl:
        text = write_bibliography(records, episode)
    elif format is ExportFormat.graphml:
        text = write_graphml(records)
    else:
        text = write_rdf(records, cast("Format", format.value))
    if output is None:
        sys.stdout.write(text)
        return
    write_whole(output, text)
    err.print(f"sources in {output}" if format is ExportFormat.csl else f"{len(records)} records in {output}")


def codebook(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File; standard output otherwise.")] = None,
    data: Annotated[Path | None, typer.Option("--data", help="Data folder.")] = None,
) -> None:
    """Render the codebook: every term with definition, example, counter-example, rule and how often it is coded."""
    from ingest.sources.curated import find_data, read_curated, read_version
    from kg.model.ontology import load_ontology
    from kg.rdf.codebook import render_codebook

    folder = data or find_data()
    text = render_codebook(load_ontology(), read_curated(folder), read_version(folder))
    if output is None:
        sys.stdout.write(text)
        return
    write_whole(output, text)
    err.print(f"{text.count(chr(10))} lines in {output}")


def write_whole(file: Path, content: str | bytes) -> None:
    """Write a file whole or not at all. Raises UsageError when it cannot be written."""
    partial = file.with_name(file.name + ".partial")
    try:
        partial.write_bytes(content.encode() if isinstance(content, str) else content)
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageError(f"cannot write {file}: {error.strerror}") from None
