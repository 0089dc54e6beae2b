"""The curated records: one YAML file a record, in a data folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from kg.errors import UsageError
from kg.model.records import Record, list_files
from kg.model.validation import read_valid_records

DEFAULT_DATA = Path(__file__).resolve().parents[3] / "data"


def find_data() -> Path:
    """The data folder: PRECEDENT_DATA if it is set, else `data/` of the checkout. UsageError if there is none."""
    folder = Path(os.environ.get("PRECEDENT_DATA") or DEFAULT_DATA)
    if not folder.is_dir():
        raise UsageError(
            f"no data folder at {folder}: set PRECEDENT_DATA to the folder that holds episodes/ and actors/"
        )
    return folder


def read_curated(folder: Path) -> list[Record]:
    """All records of the folder; ValidationError lists every problem, and then nothing is returned."""
    return read_valid_records(folder)


def read_version(folder: Path) -> str:
    """The version in `VERSION` with a short digest of the record files, so that two states of the data never share one."""
    named = folder / "VERSION"
    version = named.read_text(encoding="utf-8").strip() if named.exists() else "0"
    digest = hashlib.sha256()
    for file in sorted(list_files([folder])):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return f"{version}+{digest.hexdigest()[:10]}"
