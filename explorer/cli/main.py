"""Entry of the command line, and how errors are told: one line that says what to do, and an exit code that means it."""

from __future__ import annotations

import os
import sys

import typer

from explorer.cli import brief, crosscheck, evaluation, exports, graph, records, search
from kg.errors import PrecedentError, ValidationError

app = typer.Typer(
    name="precedent",
    help="A knowledge graph of diplomatic history and an explorer of historical analogies.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="Exit codes: 0 done, 2 usage, 3 records at fault, 4 ontology, 5 graph database, 6 query, 7 model, 8 not found, 130 interrupted.",
)
app.command("build")(records.build)
app.command("validate")(records.validate)
app.command("similar")(search.similar)
app.command("brief")(brief.brief)
app.command("show")(graph.show)
app.command("cypher")(graph.cypher)
app.command("export")(exports.export)
app.command("codebook")(exports.codebook)
app.command("evaluate")(evaluation.evaluate)
app.command("crosscheck")(crosscheck.crosscheck)
app.command("serve")(graph.serve)
app.command("status")(graph.status)
app.command("stop")(graph.stop)


def main() -> None:
    """Run the command line; an error of ours becomes one line on stderr and its exit code."""
    try:
        app()
    except PrecedentError as error:
        text = str(error) if isinstance(error, ValidationError) else " ".join(str(error).split())
        print(f"precedent: {text}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("precedent: interrupted; run the command again to go on", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of our output has gone: end quietly
        sys.exit(0)
