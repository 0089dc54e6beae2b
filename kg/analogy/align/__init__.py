"""Structure mapping between cases."""

from kg.analogy.align.alignment import Alignment, Chain, EntityMatch, FactMatch, align
from kg.analogy.align.counts import compare_counts, predicate_counts
from kg.analogy.align.hypotheses import Options
from kg.analogy.align.questions import Question

__all__ = [
    "Alignment", "Chain", "EntityMatch", "FactMatch", "Options", "Question", "align", "compare_counts", "predicate_counts",
]  # fmt: skip
