"""`precedent evaluate`: does the search find documented precedents, and how much do the analogues know?"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from explorer.cli.console import err, out, print_json, progress, wrap
from explorer.service import Service, open_service

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.sources.icb import IcbCorpus
    from kg.analogy.evaluate import RetrievalReport, Searcher, Situation
    from kg.analogy.evaluate.metrics import Estimate
    from kg.analogy.evaluate.narratives import Accuracy

TABLE_WIDTH = 124
MEASURES = {"hit@1": "hit@1", "hit@5": "hit@5", "hit@10": "hit@10", "mrr": "reciprocal rank"}


def evaluate(
    register: Annotated[
        Path | None,
        typer.Option(help="A folder of analogies, or a JSONL file of situations; the graph's own register otherwise."),
    ] = None,
    icb: Annotated[
        Path | None, typer.Option("--icb", help="Folder with icb1v13.csv and icb2v13.csv of the ICB project.")
    ] = None,
    analobench: Annotated[Path | None, typer.Option(help="Folder with AnaloBench's T1 subset and stories.")] = None,
    parallelparc: Annotated[Path | None, typer.Option(help="ParallelPARC's gold set, or its folder.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the folds and of the bootstrap.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure the search on situations with documented precedents; with --icb, also what analogues know of endings."""
    from ingest.sources.icb import read_icb_folder
    from kg.analogy.evaluate import evaluate_situations, read_situations
    from kg.analogy.evaluate.narratives import evaluate_choices, read_analobench, read_parallelparc
    from kg.analogy.evaluate.systems import RememberingEncoder

    given = read_situations(register) if register else None  # faults in files are told before anything is computed
    tasks = {
        **(read_analobench(analobench) if analobench else {}),
        **(read_parallelparc(parallelparc) if parallelparc else {}),
    }
    crises = read_icb_folder(icb) if icb else None
    told: dict[str, Any] = {}
    with open_service() as service:
        situations = given if given is not None else read_own_register(service)
        with progress() as tell:
            found = evaluate_situations(
                situations, make_searcher(service), seed, lambda done, total: tell("Searching", done, total)
            )
        told["retrieval"] = found.to_dict()
        if not json:
            print_retrieval(found)
        if tasks:
            err.print("measuring on narrative analogies …")
            accuracies = evaluate_choices(tasks, RememberingEncoder(service.encoder), seed)
            told["narratives"] = [line.to_dict() for line in accuracies]
            if not json:
                print_accuracies(accuracies)
    if crises is not None:
        told["icb"] = _measure_outcomes(crises, seed, json)
    if json:
        print_json(told)


def make_searcher(service: Service) -> Searcher:
    """What the methods search with, from the graph."""
    from explorer.briefs import BriefDesk
    from kg.analogy.evaluate import Searcher
    from kg.analogy.evaluate.systems import RememberingEncoder

    engine = BriefDesk(service).engine
    summaries = {row["id"]: " ".join((row["summary"] or "").split()) for row in service.run("page_episodes")}
    return Searcher(
        engine.index, RememberingEncoder(engine.encoder), engine.masker, engine.casebook, summaries,
        engine.look_weights, service.ontology,
    )  # fmt: skip


def read_own_register(service: Service) -> list[Situation]:
    """Both forms of every analogy in the graph."""
    from kg.analogy.evaluate import register_situations

    return register_situations(
        {**row["props"], "precedent": row["precedent"], "situation_episode": row["situation"]}
        for row in service.run("brief_analogies")
    )


def print_retrieval(report: RetrievalReport) -> None:
    """One table for each form, and what could not be searched."""
    groups = dict.fromkeys((line.half, line.form) for line in report.lines)
    for half, form in groups:
        lines = [line for line in report.lines if (line.half, line.form) == (half, form)]
        title = ", ".join(part for part in (half, form) if part)
        out.print(Text(f"{title}: {lines[0].count} situations, {report.episodes} episodes", "bold"))
        table = _make_table(["method"], [*MEASURES.values(), "difference"])
        for kind, others in groupby(lines, key=lambda line: line.kind):
            table.add_section()
            for line in others:
                gain = line.loss if kind == "without" else line.gain
                table.add_row(line.method, *(show(line.measures[key]) for key in MEASURES), show(gain["mrr"], "+"))
        _print_table(table)
    reasons = {(u.id, u.precedent, u.reason) for u in report.unsearchable}
    if reasons:
        wrap(f"{len(reasons)} of the situations cannot be searched and are not counted:")
    for id, precedent, reason in sorted(reasons):
        wrap(f"– {id}: {precedent} ({reason})", 2)
    wrap(
        "Rank of the precedent; where several are documented for a situation, the best-placed counts. Beside each figure the middle "
        f"95 of 100 bootstrap samples of situations (seed {report.seed}). The difference is one of reciprocal rank, paired: to raw "
        "cosine, or, where a part is left out, to the full engine. "
        f"Data {report.data_version}, model {report.model}.",
        0, "dim",
    )  # fmt: skip


def print_accuracies(lines: Sequence[Accuracy]) -> None:
    """One table for narrative analogies."""
    out.print()
    out.print(Text("Narrative analogies: share of right choices", "bold"))
    table = _make_table(["task", "method"], ["n", "chance", "right", "over raw cosine"])
    for task, own in groupby(lines, key=lambda line: line.task):
        table.add_section()
        for number, line in enumerate(own):
            table.add_row(
                "" if number else task,
                line.method,
                str(line.count),
                f"{line.chance:.2f}",
                show(line.right),
                show(line.gain, "+"),
            )
    _print_table(table)


def show(estimate: Estimate, sign: str = "") -> str:
    """A value and its interval, to two places."""
    value, low, high = (f"{number:{sign}.2f}".replace("0.", ".", 1).replace("-", "−") for number in estimate)
    return f"{value} {low}–{high}" if not sign else f"{value} {low} to {high}"


def _print_table(table: Table) -> None:
    """A narrow terminal folds its lines; cells are never cut off."""
    Console(highlight=False, markup=False, width=max(out.width, TABLE_WIDTH)).print(table)


def _make_table(words: Sequence[str], figures: Sequence[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in words:
        table.add_column(name, no_wrap=True)
    for name in figures:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _measure_outcomes(corpus: IcbCorpus, seed: int, json: bool) -> dict[str, Any]:
    from kg.analogy.outcome_skill import evaluate_icb

    report = evaluate_icb(
        corpus.crises, corpus.endings, seed=seed, progress=lambda target: err.print(f"measuring {target} …")
    )
    if not json:
        out.print(report.render())
    return report.to_dict()
