"""How much of a long list a brief shows. What is left out is counted where it would stand; the brief's JSON holds all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from explorer.briefs.tallies import NOT_JUDGED
from kg.analogy.brief.model import DrawnAnalogy
from kg.analogy.pathways import Pathway

MODES = 8  # failure modes told in full
KINDS, PROMISES = 6, 2  # kinds of promises told in full, and promises of each
USES = 3  # analogies that join one and the same analogue
SAYS_NOTHING = ("No scholarly judgement of this analogy is known", "No scholarly judgement is recorded here.")


def split_pathways(pathways: Sequence[Pathway]) -> tuple[Sequence[Pathway], Sequence[Pathway]]:
    """Modes to be told in full, those that struck before those that threatened, and those only named."""
    return pathways[:MODES], pathways[MODES:]


def choose_uses(uses: Sequence[DrawnAnalogy]) -> list[DrawnAnalogy]:
    """Of the analogies that join one analogue, those that scholars judged first, then those whose words were seen; in the order given.

    Those about the situation itself, or drawn in one like it, are all shown.
    """
    taken: Counter[str] = Counter()
    chosen: set[str] = set()
    for use in sorted(uses, key=lambda use: (not is_judged(use), "words were seen" not in " ".join(use.reviewed))):
        joined = {"precedent": use.precedent, "situation": use.situation}.get(use.relation, "")
        taken[joined] += bool(joined)
        if taken[joined] <= USES:
            chosen.add(use.statement.id)
    return [use for use in uses if use.statement.id in chosen]


def is_judged(use: DrawnAnalogy) -> bool:
    """Whether anything is recorded of how the analogy fared with scholars."""
    return any(judgement.verdict != NOT_JUDGED for judgement in use.judgements)
