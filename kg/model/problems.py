"""What is wrong with a record: where, by which rule, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
ValuePath = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One finding. `path` leads to the value, e.g. `moves[soviet-signal].kind`; `rule` names what it breaks."""

    file: str
    line: int
    record: str
    path: str
    rule: str
    message: str
    severity: Severity = "error"

    @property
    def key(self) -> str:
        """The property at fault: the last key of the path."""
        return self.path.rpartition(".")[2].partition("[")[0]

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        mark = "warning: " if self.severity == "warning" else ""
        where = f"{self.record}: {self.path}: " if self.path else f"{self.record}: " if self.record else ""
        return f"{place}: {mark}{where}{self.message} [{self.rule}]"
