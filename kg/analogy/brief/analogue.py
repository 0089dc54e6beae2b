"""What a brief shows of one analogue: its looks, who plays whom, likenesses and differences, and questions.

*Here* is the reader's situation, *there* the analogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.analogy.evidence import Cell


@dataclass(frozen=True)
class Looks:
    """The three looks, apart. Ranks are among the `of` episodes compared; None where a look was not taken.

    `topical` is the weighted mean of the standard scores over texts (0 is an average episode), `structural` the alignment's score,
    from 0 to 1; `facet` is the weighted mean of the facets known on both sides, `coverage` the share of weight that they have.
    `predicament_rank` is the place of its nearest predicament among all `predicaments` that were compared.
    """

    topical: float
    topical_rank: int
    of: int
    channels: Mapping[str, Mapping[str, float]]
    structural: float | None = None
    structural_rank: int | None = None
    structural_of: int = 0
    facet: float | None = None
    facet_rank: int | None = None
    coverage: float | None = None
    predicament_rank: int = 0
    predicaments: int = 0


@dataclass(frozen=True)
class Pairing:
    """Who plays whom: an actor or issue here and the one there that stands in its place, with their roles."""

    kind: str
    here: str
    here_name: str
    here_roles: tuple[str, ...]
    there: str
    there_name: str
    there_roles: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A line of the grid: what is said here and there, and how firm the weaker of the two is.

    `basis` says what was compared: text, fact or facet. `bearing` counts the causal steps from the fact there to the
    ending, None where the record draws none; `shares_actor` is True of a fact about an actor whose failure mode struck.
    Of a predicament `score` is its cosine with the situation, and `rank` its place among the `of` compared; 0 for the reader's own.
    """

    basis: str
    here: Cell | None
    there: Cell | None
    status: str
    bearing: int | None = None
    shares_actor: bool = False
    term: str = ""
    score: float | None = None
    rank: int = 0
    of: int = 0


@dataclass(frozen=True)
class Grid:
    """Likenesses, differences and unknowns, those that bear on the ending first; `left_out` counts the rest of each."""

    likenesses: tuple[Row, ...]
    differences: tuple[Row, ...]
    unknowns: tuple[Row, ...]
    left_out: Mapping[str, int]


@dataclass(frozen=True)
class FacetRow:
    """How alike the two are in one respect, from 0 to 1 or None for unknown, why, and the facts on which that rests."""

    name: str
    score: float | None
    reason: str
    here: tuple[Cell, ...]
    there: tuple[Cell, ...]


@dataclass(frozen=True)
class Tie:
    """A relation that both cases have between parts that correspond: from the first of `here` (and `there`) to the second."""

    scheme: str
    term: str
    here: tuple[str, str]
    there: tuple[str, str]
    status: str


@dataclass(frozen=True)
class Question:
    """What followed there from something that has its counterpart here: `because` led (`how`) to `then`.

    `asks` is the question, in the names of the situation; `here` the fact that corresponds to `because`.
    """

    asks: str
    how: str
    here: Cell
    because: Cell
    then: Cell


@dataclass(frozen=True)
class Analogue:
    """An episode proposed: its story, its looks, how it corresponds, and how it ended (None while not known)."""

    id: str
    title: str
    period: str
    rank: int
    badge: str
    story: Cell
    ending: Cell | None
    codes: tuple[str, ...]
    looks: Looks
    pairings: tuple[Pairing, ...]
    grid: Grid
    facets: tuple[FacetRow, ...] = ()
    chains: tuple[tuple[Row, ...], ...] = ()
    ties: tuple[Tie, ...] = ()
    questions: tuple[Question, ...] = ()
