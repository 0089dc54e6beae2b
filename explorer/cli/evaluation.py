"""`precedent evaluate`: how much the analogues know, measured on data that the user names."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from explorer.cli.console import err, out, print_json
from kg.errors import UsageError


def evaluate(
    icb: Annotated[
        Path | None, typer.Option("--icb", help="Folder with icb1v13.csv and icb2v13.csv of the ICB project.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the folds and of the bootstrap.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure the outcome skill of analogues on ICB crises against base rate, neighbours and regression."""
    from ingest.sources.icb import read_icb_folder
    from kg.analogy.outcome_skill import evaluate_icb

    if icb is None:
        raise UsageError("name the folder with the ICB files: precedent evaluate --icb FOLDER")
    corpus = read_icb_folder(icb)
    report = evaluate_icb(
        corpus.crises, corpus.endings, seed=seed, progress=lambda target: err.print(f"measuring {target} …")
    )
    print_json(report.to_dict()) if json else out.print(report.render())
