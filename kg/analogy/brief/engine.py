"""What briefs are made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.analogy.brief.looks import WEIGHTS
from kg.analogy.casebook import Casebook
from kg.analogy.drawn import DrawnIndex
from kg.analogy.encode import TextEncoder
from kg.analogy.episodes import Library
from kg.analogy.facets import read_weights
from kg.analogy.index import EpisodeIndex
from kg.analogy.mask import Masker
from kg.analogy.principals import Principals


@dataclass(frozen=True)
class Engine:
    """What a brief is made with; each part is read once and serves every brief.

    Without `drawn`, or where it is empty, situations of the register are not compared with the reader's.
    """

    index: EpisodeIndex
    encoder: TextEncoder
    masker: Masker
    library: Library
    casebook: Casebook
    principals: Principals | None = None
    drawn: DrawnIndex | None = None
    look_weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    facet_weights: Mapping[str, float] = field(default_factory=read_weights)
