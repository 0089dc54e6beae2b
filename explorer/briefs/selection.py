"""How much of a long list a page or a document shows. What is left out is counted where it would stand; JSON holds all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from explorer.briefs.tallies import NOT_JUDGED
from kg.analogy.brief.model import DrawnAnalogy
from kg.analogy.pathways import Pathway, ReadingOf, Risk

MODES = 8  # failure modes told in full
KINDS, PROMISES = 6, 2  # kinds of promises told, and promises of each
USES = 3  # analogies that join one and the same analogue
SAYS_NOTHING = ("No scholarly judgement of this analogy is known", "No scholarly judgement is recorded here.")


def shorten_pathways(pathways: Sequence[Pathway]) -> list[Pathway]:
    """The first modes in full, and of the others what happened, without signs and responses."""
    named = [
        replace(path, instances=tuple(replace(one, signs=(), tried=()) for one in path.instances))
        for path in pathways[MODES:]
    ]
    return [*pathways[:MODES], *named]


def shorten_risks(risks: Sequence[Risk]) -> list[Risk]:
    """The first kinds of promises, and the first promises of each."""
    return [replace(risk, promises=risk.promises[:PROMISES]) for risk in risks[:KINDS]]


def choose_uses(uses: Sequence[DrawnAnalogy]) -> list[DrawnAnalogy]:
    """Of the analogies that join one analogue, those that scholars judged first, then those whose words were seen; in the order given.

    Those about the situation itself, or drawn in one like it, are all shown. Judgements that say that there is none are left out.
    """
    taken: Counter[tuple[str, str]] = Counter()
    chosen: set[str] = set()
    for use in sorted(uses, key=lambda use: (not _is_judged(use), "words were seen" not in " ".join(use.reviewed))):
        joined = {"precedent": use.precedent, "situation": use.situation}.get(use.relation, "")
        taken[use.relation, joined] += bool(joined)
        if taken[use.relation, joined] <= USES:
            chosen.add(use.statement.id)
    return [replace(use, judgements=_judgements(use)) for use in uses if use.statement.id in chosen]


def _judgements(use: DrawnAnalogy) -> tuple[ReadingOf, ...]:
    return tuple(j for j in use.judgements if not j.statement.text.startswith(SAYS_NOTHING))


def _is_judged(use: DrawnAnalogy) -> bool:
    return any(judgement.verdict != NOT_JUDGED for judgement in use.judgements)
