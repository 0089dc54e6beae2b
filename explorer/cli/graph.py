"""`precedent show`, `cypher`, `serve`, `status` and `stop`: the graph itself."""

from __future__ import annotations

import csv
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from explorer.cli.console import err, out, print_json, wrap
from explorer.service import open_service
from kg.errors import UsageError

APP = Path(__file__).resolve().parents[2] / "app.py"


class Format(StrEnum):
    """How a result is written."""

    table = "table"
    json = "json"
    csv = "csv"


def show(
    id: Annotated[str, typer.Argument(help="Id of an episode, actor, source, move …")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print one node: its facts, its parts in order, and what it is linked to."""
    from explorer.cli.pages import print_node

    with open_service() as service:
        described = service.describe(id)
        print_json(described) if json else print_node(described, service.ontology)


def cypher(
    query: Annotated[str, typer.Argument(help="Cypher; - reads standard input.")],
    format: Annotated[Format, typer.Option(help="How to print the rows.")] = Format.table,
    time_limit: Annotated[
        float, typer.Option(min=0.1, max=600, help="Seconds after which the query is cut off.")
    ] = 10.0,
    row_limit: Annotated[int, typer.Option(min=1, max=100_000, help="Rows after which the result is cut off.")] = 1000,
) -> None:
    """Run a read-only Cypher query."""
    text = sys.stdin.read() if query == "-" else query
    with open_service() as service:
        result = service.read_cypher(text, time_limit=time_limit, row_limit=row_limit)
    if format is Format.json:
        print_json({"columns": result.columns, "rows": result.rows, "truncated": result.truncated})
    elif format is Format.csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(result.columns)
        writer.writerows([[cell(value) for value in row] for row in result.rows])
    else:
        table = Table(*[escape(c) for c in result.columns], header_style="bold")
        for row in result.rows:
            table.add_row(*[Text(cell(value)) for value in row])
        out.print(table, soft_wrap=False)
    if result.truncated:
        err.print(f"cut off after {row_limit} rows: add LIMIT, or give a larger --row-limit")


def cell(value: Any) -> str:
    """A value of a result as text: nodes by name and id, lists joined, missing as nothing."""
    if value is None:
        return ""
    if isinstance(value, dict):
        if "labels" in value:
            props = value.get("props", {})
            return (
                f"({props.get('name', '')} :{value['labels'][0]} {value['id']})"
                if value["labels"]
                else str(value["id"])
            )
        if "type" in value and "source" in value:
            return f"[:{value['type']}]"
        return "{" + ", ".join(f"{k}: {cell(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return ", ".join(cell(v) for v in value)
    return str(value)


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on localhost.")] = 8501,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser.")] = False,
) -> None:
    """Open the app on localhost. The graph is built first if it is empty."""
    if not APP.exists():
        raise UsageError(f"app.py is not beside the package ({APP}): run `precedent serve` from a checkout")
    command = [
        sys.executable, "-m", "streamlit", "run", str(APP), "--server.address=localhost", f"--server.port={port}",
        f"--server.headless={'false' if browser else 'true'}", "--browser.gatherUsageStats=false",
    ]  # fmt: skip
    out.print(f"http://localhost:{port}  (Ctrl-C ends the app; `precedent stop` ends the graph)")
    sys.stdout.flush()
    os.chdir(APP.parent)
    os.execv(sys.executable, command)


def status(json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Say which graph is configured, whether it answers, and what it holds. Starts nothing."""
    from kg.store import read_status

    found = read_status()
    if json:
        print_json(found)
        return
    for key, value in found.items():
        if value not in (None, ""):
            wrap(f"{key.replace('_', ' '):<14} {value}")


def stop() -> None:
    """Stop the embedded graph."""
    from kg.store import stop_embedded

    out.print("the embedded graph is stopped" if stop_embedded() else "no embedded graph was running")
