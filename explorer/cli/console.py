"""What every command writes with: tables and progress for people, plain JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

out = Console(highlight=False, markup=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, markup=False)


def print_json(value: Any) -> None:
    """One JSON object on one line of standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def wrap(text: str, indent: int = 0, style: str = "") -> None:
    """Running text at a readable measure."""
    width = min(out.width, 92) - indent
    for line in Text(text, style=style).wrap(out, max(width, 20)):
        out.print(Text(" " * indent) + line, soft_wrap=False)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress display on standard error; yields the function that stages report to."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err) as display:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = display.add_task(stage, total=total)
            display.update(tasks[stage], completed=done, total=total)

        yield tell


@contextmanager
def stages() -> Iterator[Callable[[str], None]]:
    """The stage at work on standard error while a person watches; yields the function that stages report to."""
    if not err.is_terminal:
        yield lambda stage: None
        return
    with err.status("Starting …") as status:
        yield lambda stage: status.update(f"{stage} …")
