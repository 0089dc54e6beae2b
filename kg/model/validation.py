"""Validation of data files: read, check and lint, with references resolved against all the data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.errors import ValidationError
from kg.model.check import Directory, check
from kg.model.lint import lint
from kg.model.ontology import load_ontology
from kg.model.problems import Problem
from kg.model.records import Record, read_records


def validate_paths(paths: Iterable[Path], data_root: Path) -> list[Problem]:
    """Every problem of the files at or under `paths`, by file and line; `data_root` holds what they may refer to."""
    ontology = load_ontology()
    records, problems = read_records(list(paths), ontology)
    chosen = {Path(r.file).resolve() for r in records}
    others = [r for r in read_records(data_root, ontology)[0] if Path(r.file).resolve() not in chosen]
    among = [*others, *records]
    directory = Directory.of(among, ontology)
    return sorted([*problems, *check(records, ontology, directory), *lint(records, ontology, among)])


def read_valid_records(data_root: Path) -> list[Record]:
    """All records under `data_root`; ValidationError lists every problem if there are any, and nothing is returned."""
    ontology = load_ontology()
    records, problems = read_records(data_root, ontology)
    problems = sorted([*problems, *check(records, ontology), *lint(records, ontology)])
    errors = [p for p in problems if p.severity == "error"]
    if errors:
        lines = "\n".join(str(p) for p in errors)
        raise ValidationError(f"{len(errors)} problems in {data_root}; correct them and try again:\n{lines}")
    return records
