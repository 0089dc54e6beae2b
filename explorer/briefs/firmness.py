"""How firm the list of a brief is: what moves when something is left out or read the other way, and what rests on one work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.briefs.blocks import Block, Heading, Line, Span, itemize, line, say, tabulate
from explorer.briefs.checks import say_trial
from explorer.citations import short_work
from explorer.words import count_of, say_term
from kg.analogy.brief.model import Brief, Disputes, Flip
from kg.analogy.evidence import Cell

FLIPPED = "If a contested statement is not so"
NOT_COMPARED = "No facts of the situation were compared: no contested statement bears on these ranks."
NONE_IN_PLAY = "No fact that these ranks rest on is contested on record."
PLACES: Mapping[str, str] = {"all": "in the list", "structural": "by structure", "facet": "by facets"}


def draw_robustness(brief: Brief) -> list[Block]:
    """How ranks move, and what rests on one work."""
    trials = brief.robustness.trials
    names = {a.id: a.title for a in brief.analogues}
    works = {id: short_work(work) for id, work in brief.works.items()}
    header = ("Left out", *names.values(), f"Still among the first {len(names)}")
    rows: list[Sequence[Line]] = [
        [line(say_trial(t, works)), *(line(str(t.ranks[id] or "–")) for id in names), line(f"{t.stay} of {len(names)}")]
        for t in trials
    ]
    rests = [
        line(
            f"{r.title}: {r.alone} of {count_of(r.statements, 'statement')} shown rest on {short_work(brief.works[r.source])} alone."
        )
        for r in brief.robustness.reliance
    ]
    return [
        Heading(2, "How firm the list is"),
        say("Ranks of the analogues when one thing is left out and the rest stays as it is."),
        *tabulate(header, rows),
        *itemize(rests),
        *_draw_disputes(brief.robustness.disputes, names),
    ]


def _draw_disputes(disputes: Disputes | None, names: Mapping[str, str]) -> list[Block]:
    """Contested statements read the other way, one at a time."""
    blocks: list[Block] = [Heading(3, FLIPPED)]
    if disputes is None:
        return [*blocks, say(NOT_COMPARED)]
    rows = [
        [
            line(Span(f"{flip.title}: "), flip.fact),
            line(*_list_readings(flip)),
            line(say_moves(flip, disputes, names)),
        ]
        for flip in disputes.flips
    ]
    return [
        *blocks,
        say(say_disputes(disputes)),
        *tabulate(("Contested statement", "Readings on record", "Ranks if it is not so"), rows),
    ]


def _list_readings(flip: Flip) -> list[str | Span | Cell]:
    if not flip.readings:
        return ["No claim is recorded beside it; the statement itself is marked as contested."]
    told: list[str | Span | Cell] = []
    for reading in flip.readings:
        whose = f"{reading.holder or 'Holder not named'} ({say_term(reading.verdict).lower()}): "
        told += [" " if told else "", Span(whose, "em"), reading.statement]
    return told


def say_disputes(disputes: Disputes) -> str:
    """How many contested statements are in play, and how they were read."""
    beside = (
        f" No compared fact rests on {count_of(disputes.beside, 'further contested claim')}, about endings, motives or merits."
        if disputes.beside
        else ""
    )
    if not disputes.found:
        return NONE_IN_PLAY + beside
    shown = len(disputes.flips)
    first = f" Shown are the {shown} of {disputes.found} that move most." if shown < disputes.found else ""
    return (
        "Each fact that is contested, or that a contested claim is about, is taken as not so and the ranks are taken again, "
        f"with nothing put in its place.{first}{beside}"
    )


def say_moves(flip: Flip, disputes: Disputes, names: Mapping[str, str]) -> str:
    """Which analogues change rank, and by which look."""
    said = []
    for look, ranks in disputes.ranks.items():
        after = flip.ranks[look]
        moves = [f"{names[id]} {rank or '–'} → {after[id] or '–'}" for id, rank in ranks.items() if after[id] != rank]
        if moves:
            said.append(f"{PLACES[look]}, {', '.join(moves)}")
    return "; ".join(said) or "no rank moves"
