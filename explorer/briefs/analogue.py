"""One analogue laid out: its story first, then how it compares."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.briefs.blocks import Block, Heading, Line, itemize, line, say, strong, tabulate
from explorer.briefs.wording import (
    ASKED,
    BADGES,
    NO_LIKENESS,
    UNKNOWN_FACETS,
    name_facet,
    say_bearing,
    say_codes,
    say_facet,
    say_looks,
    say_period,
    say_roles,
    say_status,
    say_tie,
    say_what,
)
from explorer.words import count_of
from kg.analogy.align.questions import HOW
from kg.analogy.brief.analogue import Analogue, Question, Row
from kg.analogy.evidence import Cell

GRID = (
    ("likenesses", "Likenesses"),
    ("differences", "Differences"),
    ("unknowns", "Unknowns: recorded there, not found here"),
)


def draw_analogue(analogue: Analogue) -> list[Block]:
    """All blocks of an analogue."""
    blocks: list[Block] = [Heading(3, f"{analogue.rank}. {say_period(analogue)}"), say(analogue.story)]
    if analogue.ending is not None:
        blocks.append(say(strong("How it ended: "), f"{say_codes(analogue.codes)}. ", analogue.ending))
    blocks.append(say(strong("How it compares: "), say_looks(analogue.looks)))
    if analogue.badge:
        blocks.append(say(strong(BADGES[analogue.badge])))
    if analogue.pairings:
        blocks += [Heading(4, "Who plays whom"), *draw_pairings(analogue)]
    if not analogue.grid.likenesses:
        blocks.append(say(NO_LIKENESS))
    for name, title in GRID:
        rows: Sequence[Row] = getattr(analogue.grid, name)
        if rows:
            blocks += [Heading(4, title), *_draw_rows(rows)]
            if left := analogue.grid.left_out[name]:
                blocks.append(say(f"{count_of(left, 'further one')} not shown."))
    blocks += _draw_facets(analogue)
    if analogue.chains:
        blocks.append(Heading(4, "Chains of causes that correspond"))
        blocks += itemize(draw_chain(chain) for chain in analogue.chains)
    return [*blocks, *draw_questions(analogue)]


def draw_questions(analogue: Analogue) -> list[Block]:
    """Consequences there without counterpart here, as questions."""
    if not analogue.questions:
        return []
    return [Heading(4, ASKED), *itemize(draw_question(question) for question in analogue.questions)]


def draw_question(question: Question) -> Line:
    """A question with what it rests on."""
    return line(
        strong(f"{question.asks} "), "There: ", question.because, f" This {HOW[question.how]}: ", question.then,
        " Here: ", question.here,
    )  # fmt: skip


def _draw_facets(analogue: Analogue) -> list[Block]:
    if not analogue.facets:
        return []
    rows = [
        [line(name_facet(f.name)), line(say_facet(f.score)), line(f.reason), _join(f.here), _join(f.there)]
        for f in analogue.facets
        if f.score is not None
    ]
    unknown = [name_facet(f.name).lower() for f in analogue.facets if f.score is None]
    blocks: list[Block] = [Heading(4, "Facets"), *tabulate(("Facet", "How alike", "Why", "Here", "There"), rows)]
    return [*blocks, say(f"{UNKNOWN_FACETS}{', '.join(unknown)}.")] if unknown else blocks


def _join(cells: Sequence[Cell]) -> Line:
    """Statements one after another, each once."""
    told = {cell.text: cell for cell in cells}.values()
    return line(*[part for cell in told for part in (" ", cell)][1:]) if told else line("–")


def draw_pairings(analogue: Analogue) -> list[Block]:
    """Who plays whom, and the relations that run alike between them."""
    rows = [
        [
            line(f"{p.here_name}{say_roles(p.here_name, p.here_roles)}"),
            line(f"{p.there_name}{say_roles(p.there_name, p.there_roles)}"),
        ]
        for p in analogue.pairings
    ]
    return [
        *tabulate(("Here", "There"), rows),
        *itemize(line(say_tie(tie, analogue.pairings)) for tie in analogue.ties),
    ]


def _draw_rows(rows: Sequence[Row]) -> list[Block]:
    header = ("What", "Here", "There", "How firm", "Bearing on the ending")
    return tabulate(header, [_draw_row(row) for row in rows])


def _draw_row(row: Row) -> list[Line]:
    return [
        line(say_what(row)),
        line(row.here) if row.here else line("–"), line(row.there) if row.there else line("–"),
        line(say_status(row)), line(say_bearing(row)),
    ]  # fmt: skip


def draw_chain(chain: Sequence[Row]) -> Line:
    there, here = ([cell for row in chain if (cell := getattr(row, side))] for side in ("there", "here"))
    return line(strong("There: "), *_point(there), strong(" Here: "), *_point(here))


def _point(cells: Sequence[Cell]) -> list[str | Cell]:
    """Statements with arrows between them."""
    return [part for cell in cells for part in (" → ", cell)][1:]
