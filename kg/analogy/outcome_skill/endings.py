"""How a coded case ended: yes, no or unknown to each of four questions, and from when the answers could be known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# The four targets: their ids, and the questions they ask.
TARGETS: Mapping[str, str] = {
    "recurrence": "Did a crisis between the adversaries recur within five years?",
    "agreement": "Did it end in an agreement, formal, semi-formal or tacit?",
    "definitive": "Did every actor see victory or defeat, and none a stalemate or compromise?",
    "war": "Did it reach full-scale war?",
}


@dataclass(frozen=True)
class CodedEnding:
    """The ending of the case of that id, kept apart from it. Days are ISO; None where the end has no date."""

    case: str
    outcomes: Mapping[str, bool | None]
    known: str | None
    recurrence_known: str | None = None
    text: str = ""

    def known_by(self, target: str, day: str) -> bool:
        """Whether the answer for a target could be known on the morning of an ISO day."""
        known = self.recurrence_known if target == "recurrence" else self.known
        return known is not None and known < day
