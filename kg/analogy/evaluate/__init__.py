"""Does the search find the precedent that somebody is documented to have drawn? Ranks, hits, intervals, ablations."""

from kg.analogy.evaluate.report import RetrievalReport, evaluate_situations
from kg.analogy.evaluate.situations import Situation, read_situations, register_situations, set_apart
from kg.analogy.evaluate.systems import Searcher

__all__ = [
    "RetrievalReport",
    "Searcher",
    "Situation",
    "evaluate_situations",
    "read_situations",
    "register_situations",
    "set_apart",
]
