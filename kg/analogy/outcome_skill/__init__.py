"""Whether analogues foretell anything: coded crises, what became of them, and how well neighbours predict it."""

from kg.analogy.outcome_skill.analogues import Analogue, AnalogueFinder
from kg.analogy.outcome_skill.endings import TARGETS, CodedEnding
from kg.analogy.outcome_skill.evaluation import METHODS, evaluate_icb
from kg.analogy.outcome_skill.report import Skill, SkillReport

__all__ = [
    "METHODS",
    "TARGETS",
    "Analogue",
    "AnalogueFinder",
    "CodedEnding",
    "Skill",
    "SkillReport",
    "evaluate_icb",
]
