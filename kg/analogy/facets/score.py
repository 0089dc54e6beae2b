"""What a facet says of two cases."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FacetScore:
    """How alike two cases are in one respect, from 0 to 1; None where it is not known of both.

    `evidence` holds the ids of the facts that it rests on, of the base and of the target.
    """

    name: str
    score: float | None
    reason: str
    evidence: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


@dataclass(frozen=True)
class FacetComparison:
    """All facets of two cases.

    `overall` is the weighted mean of the known scores, None when none is known; `coverage` the share of the weight that
    they have (J. C. Gower, "A general coefficient of similarity and some of its properties", Biometrics 27, 1971).
    """

    scores: tuple[FacetScore, ...]
    overall: float | None
    coverage: float

    def find(self, name: str) -> FacetScore:
        """The score of a facet; KeyError if there is none of that name."""
        for score in self.scores:
            if score.name == name:
                return score
        raise KeyError(name)
