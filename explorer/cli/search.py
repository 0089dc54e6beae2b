"""`precedent similar`: episodes like a text, a file of texts, or another episode."""

from __future__ import annotations

import json as jsonlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from explorer.cli.console import err, out, print_json, wrap
from explorer.offers import tell_offer
from explorer.service import Offer, open_service
from explorer.words import say_left_out
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.analogy.similar import Match, SimilarResult

CHANNELS = {
    "situation": "situation", "abstract": "abstract", "predicament": "predicament", "masked": "names masked", "raw": "as written",
    "bm25": "shared words", "bm25_raw": "shared names", "own": "your predicament",
}  # fmt: skip

DIFFERENT = (
    "Leave out episodes of which a principal of the situation is a principal; of a text, the two actors named most."
)
WITHOUT = "Leave out episodes of which this actor (its id) is a principal; repeatable."
EXCLUDE = "Leave out this episode (its id), such as the one that a text is about; repeatable."


def similar(
    text: Annotated[str | None, typer.Argument(help="The situation; - reads standard input.")] = None,
    episode: Annotated[str | None, typer.Option(help="Take this episode as the situation.")] = None,
    batch: Annotated[
        Path | None, typer.Option(help='JSON lines {"id", "text", "before"?, "exclude"?}; prints one result a line.')
    ] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many episodes.")] = 10,
    before: Annotated[
        str | None, typer.Option(help="Only episodes that had ended before this day, YYYY-MM-DD or YYYY.")
    ] = None,
    predicament: Annotated[
        list[str] | None, typer.Option(help="What it is a case of, in your words; repeatable.")
    ] = None,
    different_actors: Annotated[bool, typer.Option("--different-actors", help=DIFFERENT)] = False,
    without_actor: Annotated[list[str] | None, typer.Option(help=WITHOUT)] = None,
    exclude: Annotated[list[str] | None, typer.Option(metavar="EPISODE", help=EXCLUDE)] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find episodes that share the predicament of a situation, with scores apart and the reasons."""
    if sum(x is not None for x in (text, episode, batch)) != 1:
        raise UsageError("give one of: a TEXT, - for standard input, --episode ID, or --batch FILE")
    own, gone = tuple(predicament or ()), tuple(exclude or ())
    cut = read_day(before) if before else None
    if batch is not None:
        queries = list(read_batch(batch))
        with open_service() as service:
            for line in queries:
                others = service.choose_actors(line["text"], None, different_actors, without_actor or ())
                found = service.similar(
                    line["text"], k=k, before=line["before"] or cut, predicaments=own, other_than=others,
                    exclude=(*gone, *line["exclude"]),
                )  # fmt: skip
                print_json({"id": line["id"], **found.to_dict()})
        return
    if text == "-":
        text = sys.stdin.read()
    with open_service() as service:
        others = service.choose_actors(text, episode, different_actors, without_actor or ())
        result = service.similar(text, episode, k, cut, own, other_than=others, exclude=gone)
        if different_actors or without_actor:
            err.print(say_left_out(service.left_out(result.query), others))
        print_json(result.to_dict()) if json else tell(result)
        offer = service.offer(result)
    tell_what_was_found(offer, gone)


def tell_what_was_found(offer: Offer, gone: Sequence[str]) -> None:
    """On standard error, what a text says of itself and the options that follow; its episode only if none is left out (`gone`)."""
    for line in tell_offer(replace(offer, own=None) if gone else offer):
        err.print(line, soft_wrap=True)


def read_day(text: str) -> date:
    """A day from YYYY-MM-DD, or the first day of YYYY or YYYY-MM. Raises UsageError."""
    parts = text.strip().split("-")
    try:
        return date(*[int(p) for p in [*parts, "1", "1"][:3]])
    except (ValueError, TypeError):
        raise UsageError(f"{text!r} is not a day: write YYYY-MM-DD, YYYY-MM or YYYY") from None


def read_batch(file: Path) -> Iterator[dict[str, Any]]:
    """The lines of a batch file, each with id, text, exclude and, if given, before as a day. Raises UsageError with the line."""
    try:
        lines = sys.stdin.read().splitlines() if str(file) == "-" else file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {file}: {error}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = jsonlib.loads(line)
        except jsonlib.JSONDecodeError as error:
            raise UsageError(f"{file}:{number}: not JSON ({error.msg})") from None
        if not isinstance(value, dict) or not isinstance(value.get("text"), str) or "id" not in value:
            raise UsageError(f'{file}:{number}: a line is an object with "id" and "text"')
        day = value.get("before")
        if day is not None and not isinstance(day, str):
            raise UsageError(f'{file}:{number}: "before" is a day as text, YYYY-MM-DD')
        gone = value.get("exclude") or []
        if not isinstance(gone, list) or not all(isinstance(id, str) for id in gone):
            raise UsageError(f'{file}:{number}: "exclude" is a list of ids of episodes')
        yield {"id": value["id"], "text": value["text"], "before": read_day(day) if day else None, "exclude": gone}


def tell(result: SimilarResult) -> None:
    """The matches for a reader at a terminal."""
    from kg.model.date_display import format_date

    if not result.matches:
        err.print(
            "No episode is left to compare. Leave --before, --exclude and --different-actors away, or choose a later day."
        )
        return
    for number, match in enumerate(result.matches, 1):
        out.print(
            Text.assemble(
                (f"{number:>2}. {match.title}", "bold"), f"  {format_date(match.period)}  ", (match.id, "dim")
            )
        )
        wrap(_scores(match), 4, "dim")
        for reason in match.why[:2]:
            wrap(f"– {CHANNELS.get(reason.channel, reason.channel)}: {reason.text}", 4)
        out.print()
    wrap(
        f"{result.considered} episodes compared, data {result.data_version}, model {result.model}. A cosine lies between −1 and 1, "
        "an order of likeness and no probability; scores are fused by their weighted mean, each in standard deviations.",
        0, "dim",
    )  # fmt: skip


def _scores(match: Match) -> str:
    parts = [
        f"{CHANNELS.get(channel, channel)} {values['score']:.2f} (#{int(values['rank'])})"
        for channel, values in match.scores.items()
        if channel != "fused"
    ]
    return "; ".join(parts)
