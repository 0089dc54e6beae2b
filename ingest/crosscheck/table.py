"""Files of datasets, read whole, with an error that says which file is not as published."""

from __future__ import annotations

import csv
from collections.abc import Collection
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from kg.errors import UsageError


def read_csv(folder: Path, name: str, columns: Collection[str]) -> list[dict[str, str]]:
    """Rows of a file that has at least these columns."""
    path = folder / name
    if not path.is_file():
        raise UsageError(f"there is no {name} in {folder}: name the folder that holds it")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    missing = sorted(set(columns) - set(rows[0] if rows else ()))
    if missing:
        raise UsageError(f"{path} has no column {', '.join(missing)}: use the file as it is published")
    return rows


def read_xml(folder: Path, tag: str) -> list[ElementTree.Element]:
    """Elements of a tag in all XML files of a folder, by file name."""
    paths = sorted(folder.glob("*.xml"))
    if not paths:
        raise UsageError(f"there is no XML file in {folder}: name the folder that holds them")
    found: list[ElementTree.Element] = []
    for path in paths:
        try:
            found += ElementTree.parse(path).getroot().iter(tag)
        except ElementTree.ParseError as error:
            raise UsageError(f"{path} is not XML: {error}") from error
    if not found:
        raise UsageError(f"there is no <{tag}> in the XML files of {folder}: name the right folder")
    return found


def read_text(element: ElementTree.Element, tag: str) -> str:
    """Text of a child, white space made single; empty where there is none."""
    return " ".join((element.findtext(tag) or "").split())


def read_day(text: str) -> date | None:
    """An ISO day; None where the dataset has none, or less than a day."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def read_code(text: str) -> int:
    """A number that a table may write as `731.0`."""
    return int(float(text))
