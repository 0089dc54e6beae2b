"""A file of ICB: rows whose codes are read one by one, with the file, line and column in every error."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import RecordError


@dataclass(frozen=True)
class IcbRow:
    """One line of the file. Column names are in lower case."""

    path: Path
    line: int
    values: Mapping[str, str]

    def fail(self, column: str, problem: str) -> RecordError:
        return RecordError(f"{self.path}, line {self.line}, column {column}: {problem}")

    def read_text(self, column: str) -> str:
        """The text of a column that may not be empty."""
        text = self.values[column].strip()
        if not text:
            raise self.fail(column, "is empty; version 13 fills it in every row")
        return text

    def read_number(self, column: str) -> int | None:
        """A whole number; None where the cell is empty."""
        text = self.values[column].strip()
        if not text:
            return None
        try:
            return int(text)
        except ValueError as error:
            raise self.fail(column, f"{text!r} is not a whole number; use the file as ICB publishes it") from error

    def read_id(self, column: str) -> int:
        """A number that may not be missing."""
        number = self.read_number(column)
        if number is None:
            raise self.fail(column, "is empty; version 13 fills it in every row")
        return number

    def read_code(self, column: str, labels: Mapping[int, str]) -> str | None:
        """The label of a code; None where the cell is empty or the label is empty, as codes for "missing" have it."""
        code = self.read_number(column)
        if code is None:
            return None
        if code not in labels:
            known = ", ".join(str(k) for k in labels)
            raise self.fail(column, f"{code} is not a code of the codebook of version 13, which has {known}")
        return labels[code] or None


def read_table(path: Path, columns: Iterable[str]) -> list[IcbRow]:
    """The rows of a file that has at least these columns. Raises RecordError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RecordError(f"{path} cannot be read ({error.strerror}); name the csv files of ICB version 13") from error
    except UnicodeDecodeError as error:
        raise RecordError(f"{path} is not UTF-8 text; name the csv files of ICB version 13") from error
    reader = csv.reader(text.splitlines())
    header = [name.strip().lower() for name in next(reader, [])]
    missing = sorted(set(columns) - set(header))
    if missing:
        raise RecordError(f"{path}, line 1: has no column {', '.join(missing)}; name the csv files of ICB version 13")
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            problem = f"has {len(cells)} cells where the header has {len(header)}"
            raise RecordError(f"{path}, line {reader.line_num}: {problem}; use the file as ICB publishes it")
        rows.append(IcbRow(path, reader.line_num, dict(zip(header, cells, strict=True))))
    return rows
