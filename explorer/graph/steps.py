"""What a reader did to a view: expanded and hid nodes, in order. The steps stand in the address of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Act = Literal["open", "hide"]


@dataclass(frozen=True)
class Step:
    """One act on one node."""

    act: Act
    id: str

    def __str__(self) -> str:
        return f"{self.act}:{self.id}"


def read_steps(texts: Iterable[str]) -> tuple[Step, ...]:
    """Steps as an address gives them; what is no step is left out, since an address may be mistyped."""
    steps = []
    for text in texts:
        act, _, id = text.partition(":")
        if act in ("open", "hide") and id:
            steps.append(Step(act, id))
    return tuple(steps)


def add_step(steps: tuple[Step, ...], act: Act, id: str) -> tuple[Step, ...]:
    """The steps with one more; doing again what holds already changes nothing."""
    if act == "open" and Step("open", id) in steps:
        return steps
    if act == "hide" and id in hidden(steps):
        return steps
    return (*steps, Step(act, id))


def hidden(steps: Iterable[Step]) -> frozenset[str]:
    """Nodes that are hidden after all steps; expanding a node shows it again."""
    out: set[str] = set()
    for step in steps:
        (out.add if step.act == "hide" else out.discard)(step.id)
    return frozenset(out)
