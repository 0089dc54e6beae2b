"""`precedent brief`: a situation's analogues with everything that bears on them, to read, print or process."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from explorer.cli.console import err, stages
from explorer.cli.exports import write_whole
from explorer.cli.search import DIFFERENT, EXCLUDE, WITHOUT, read_day, tell_what_was_found
from explorer.service import Offer, open_service
from explorer.words import say_left_out
from kg.errors import UsageError


class BriefFormat(StrEnum):
    """How a brief is written."""

    md = "md"
    json = "json"
    docx = "docx"
    csl = "csl-json"


def brief(
    text: Annotated[str | None, typer.Argument(help="The situation; - reads standard input.")] = None,
    episode: Annotated[str | None, typer.Option(help="Take this episode as the situation.")] = None,
    before: Annotated[str | None, typer.Option(help="Only what had ended before this day, YYYY-MM-DD or YYYY.")] = None,
    predicament: Annotated[
        list[str] | None, typer.Option(help="What it is a case of, in your words; repeatable.")
    ] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=30, help="How many analogues.")] = 5,
    different_actors: Annotated[bool, typer.Option("--different-actors", help=DIFFERENT)] = False,
    without_actor: Annotated[list[str] | None, typer.Option(help=WITHOUT)] = None,
    exclude: Annotated[list[str] | None, typer.Option(metavar="EPISODE", help=EXCLUDE)] = None,
    format: Annotated[
        BriefFormat, typer.Option(help="Markdown, JSON, Word, or its sources as CSL-JSON.")
    ] = BriefFormat.md,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File; standard output otherwise, except for docx.")
    ] = None,
) -> None:
    """Write the brief of a situation: analogues, counter-cases, failure pathways, checks, and what was not compared."""
    if (text is None) == (episode is None):
        raise UsageError("give one of: a TEXT, - for standard input, or --episode ID")
    if format is BriefFormat.docx and output is None:
        raise UsageError("a Word document is no text: name a file with --output")
    cut = read_day(before) if before else None
    if text == "-":
        text = sys.stdin.read()
    from explorer.briefs import BriefDesk, write_docx, write_json, write_markdown, write_sources

    own, gone = tuple(predicament or ()), tuple(exclude or ())
    with stages() as tell, open_service() as service:
        others = service.choose_actors(text, episode, different_actors, without_actor or ())
        offer, reading = Offer(), None
        if text is not None:
            tell("Comparing the text with every episode")
            plain = service.similar(text, None, k, cut, own, other_than=others, exclude=gone)
            offer, reading = service.offer(plain), plain.reading
        made = BriefDesk(service).make(
            text, episode, cut, own, k, reading=reading, other_than=others, tell=tell, exclude=gone
        )
    tell_what_was_found(offer, gone)
    if different_actors or without_actor:
        err.print(say_left_out(made.limits.left_out, others))
    if format is BriefFormat.docx:
        assert output is not None
        write_whole(output, write_docx(made))
    else:
        writers = {BriefFormat.md: write_markdown, BriefFormat.json: write_json, BriefFormat.csl: write_sources}
        told = writers[format](made)
        if output is None:
            sys.stdout.write(told)
            return
        write_whole(output, told)
    err.print(f"a brief with {len(made.analogues)} analogues in {output}")
