"""`precedent build` and `precedent validate`: records in, problems told."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from explorer.cli.console import err, out, print_json, progress
from kg.errors import UsageError, ValidationError

Data = Annotated[
    Path | None, typer.Option("--data", help="Data folder; PRECEDENT_DATA or data/ of the checkout otherwise.")
]


def build(
    data: Data = None, json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False
) -> None:
    """Check the records and load them, with their embeddings, into the graph."""
    from ingest.pipeline import build as run
    from ingest.sources.curated import find_data
    from kg.store import open_store

    folder = _folder(data) if data else find_data()
    began = time.monotonic()
    with progress() as tell:
        tell("Starting the graph", 0, 1)
        with open_store() as store:
            tell("Starting the graph", 1, 1)
            report = run(folder, store, progress=tell)
            engine = store.engine
    load = report.load
    if json:
        print_json({"data_version": report.data_version, "model": report.model, "reader": report.reader, "records": report.records,
                    "episodes": report.episodes, "passages": report.passages, "vectors": report.vectors, "encoded": report.encoded,
                    "engine": engine, "load": load.to_dict()})  # fmt: skip
        return
    out.print(f"{report.episodes} episodes in {report.records} records, data {report.data_version}, in {engine}")
    out.print(f"nodes: {load.nodes}; relationships: {load.edges}; {report.encoded} of {report.vectors} texts embedded")
    out.print(_say_reader(report.model, report.reader))
    out.print(
        f"done in {time.monotonic() - began:.1f} s; `precedent serve` opens the app, `precedent similar TEXT` asks from here"
    )


def _say_reader(model: str, reader: str) -> str:
    """Which network reads situations, and what to do for the better one."""
    if reader != model:
        return f"vectors by {model}; situations are read by {reader}"
    return f"vectors by {model}, which reads situations too: the larger network is not in use (README, *Settings*)"


def validate(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders; the data folder otherwise.")] = None,
    data: Data = None,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One problem a line, as JSON.")] = False,
) -> None:
    """Check records against the ontology: every problem, with file, line, property and rule."""
    from ingest.sources.curated import find_data
    from kg.model.validation import validate_paths

    root = _folder(data) if data else find_data()
    for path in paths or []:
        if not path.exists():
            raise UsageError(f"no such file or folder: {path}")
    problems = validate_paths(paths or [root], root)
    for problem in problems:
        print_json(asdict(problem)) if json else out.print(str(problem))
    errors = sum(p.severity == "error" for p in problems)
    warnings = len(problems) - errors
    err.print(f"{errors} errors, {warnings} warnings")
    if errors or (strict and warnings):
        raise typer.Exit(ValidationError.exit_code)


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise UsageError(f"no data folder at {path}")
    return path
