"""The named queries: `kg/store/cypher/<name>.cypher`, one query each.

A file begins with `//` lines that name parameters and columns. Labels and relationship types cannot be parameters of
Cypher; a query that needs them holds a placeholder such as `__LABELS__`, filled with checked names only.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kg.errors import UsageError

DIRECTORY = Path(__file__).parent / "cypher"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@cache
def read_query(name: str) -> str:
    """The text of a named query. Raises UsageError when there is none of that name."""
    path = DIRECTORY / f"{name}.cypher"
    if not _NAME.fullmatch(name) or not path.is_file():
        known = ", ".join(sorted(file.stem for file in DIRECTORY.glob("*.cypher")))
        raise UsageError(f"There is no query named {name!r}; known are {known}.")
    return path.read_text(encoding="utf-8")


def fill_query(name: str, **clauses: str) -> str:
    """A named query with each placeholder `__NAME__` replaced by the clause `name`."""
    # Without its header, which speaks of the placeholders too.
    lines = read_query(name).splitlines()
    text = "\n".join(line for line in lines if not line.startswith("//"))
    for placeholder, clause in clauses.items():
        text = text.replace(f"__{placeholder.upper()}__", clause)
    return text


def quote_name(name: str) -> str:
    """A label, type or property name as Cypher writes it. Raises ValueError unless it is a plain identifier."""
    if not _IDENTIFIER.fullmatch(name):
        raise ValueError(f"{name!r} cannot be a label, a relationship type or a property name")
    return f"`{name}`"


def join_labels(labels: tuple[str, ...] | list[str]) -> str:
    """Labels as a pattern writes them: `A`:`B`."""
    return ":".join(quote_name(label) for label in labels)
