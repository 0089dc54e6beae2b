"""A small drawing of an alignment: who plays whom line by line, and at both edges the relations that run alike.

It is an SVG image that the page embeds as a picture: whatever a name contains is escaped, and a picture runs no script.
The table beside it says the same in words.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from explorer.templating import render
from explorer.words import shorten
from kg.analogy.brief.analogue import Pairing, Tie

WIDTH, LEFT, LINE, TOP = 620, 84, 34, 44
MOST, LETTERS = 7, 31
LETTER = 6.7  # pixels that a letter takes on the average


@dataclass(frozen=True)
class Line:
    """One pair: its names, its height, and where the dotted line between them begins and ends."""

    here: str
    there: str
    y: int
    start: int
    end: int


@dataclass(frozen=True)
class Arc:
    """A relation at one edge, with its number in a disc at `x`, `y` and a tip at its end."""

    number: int
    path: str
    tip: str
    x: int
    y: int


@dataclass(frozen=True)
class Plan:
    """Where everything stands; `here` and `there` head the names."""

    width: int
    height: int
    left: int
    right: int
    here: str
    there: str
    rows: tuple[Line, ...]
    arcs: tuple[Arc, ...]


def draw_alignment(pairings: Sequence[Pairing], ties: Sequence[Tie], there: str, here: str = "Here") -> str:
    """The picture as a data address, or "" where no relation runs alike and a table says enough."""
    plan = plan_alignment(pairings, ties, there, here)
    if not plan.arcs:
        return ""
    svg = render("brief/alignment.svg", plan=plan)
    return f"data:image/svg+xml;base64,{b64encode(svg.strip().encode()).decode()}"


def plan_alignment(pairings: Sequence[Pairing], ties: Sequence[Tie], there: str, here: str) -> Plan:
    """Actors that relations join come first, each side in the same order."""
    ends = {end for tie in ties for end in _ends(tie)}
    actors = sorted((p for p in pairings if p.kind == "actor"), key=lambda p: (p.here, p.there) not in ends)
    shown = actors[:MOST]
    places = {(pair.here, pair.there): TOP + LINE * n for n, pair in enumerate(shown)}
    rows = tuple(_line(pair, places[pair.here, pair.there]) for pair in shown)
    drawn = [(n, tie) for n, tie in enumerate(ties, 1) if all(end in places for end in _ends(tie))]
    height = TOP + LINE * len(shown)
    arcs = tuple(_draw(drawn, places))
    return Plan(WIDTH, height, LEFT, WIDTH - LEFT, shorten(here, 30), shorten(there, 44), rows, arcs)


def _ends(tie: Tie) -> list[tuple[str, str]]:
    return list(zip(tie.here, tie.there, strict=True))


def _line(pair: Pairing, y: int) -> Line:
    here, there = shorten(pair.here_name, LETTERS), shorten(pair.there_name, LETTERS)
    return Line(here, there, y, round(LEFT + 10 + LETTER * len(here)), round(WIDTH - LEFT - 10 - LETTER * len(there)))


def _draw(ties: Sequence[tuple[int, Tie]], places: dict[tuple[str, str], int]) -> list[Arc]:
    """Arcs at both edges; those that reach farther, and later ones between the same lines, bow out farther."""
    arcs: list[Arc] = []
    taken: Counter[tuple[int, int]] = Counter()
    for number, tie in ties:
        start, end = (places[pair] for pair in _ends(tie))
        span = (min(start, end), max(start, end))
        bow = min(20 + 9 * (abs(end - start) // LINE - 1) + 20 * taken[span], LEFT - 14)
        taken[span] += 1
        arcs += [_arc(number, LEFT - 6, start, end, -bow), _arc(number, WIDTH - LEFT + 6, start, end, bow)]
    return arcs


def _arc(number: int, x: int, start: int, end: int, bow: int) -> Arc:
    """A cubic curve whose middle stands three quarters of its control points out."""
    out = round(x + bow * 4 / 3)
    side = 1 if bow < 0 else -1
    tip = f"M{x} {end} l{-side * 7} {-4} l0 8 z"
    return Arc(
        number, f"M{x} {start} C{out} {start} {out} {end} {x - side * 5} {end}", tip, x + bow, (start + end) // 2
    )
