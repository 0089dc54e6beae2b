"""What corresponds between a situation and an analogue beyond single facts: relations between those who play one another,
and consequences there that have no counterpart here, put as questions."""

from __future__ import annotations

from collections.abc import Collection

from kg.analogy.align import Alignment, FactMatch
from kg.analogy.brief.aligned import firm_questions, is_firm
from kg.analogy.brief.analogue import Question, Tie
from kg.analogy.brief.bearing import Bearings
from kg.analogy.brief.facts import cell_of, weaker
from kg.analogy.episodes import EpisodeRecord

TIES, QUESTIONS = 6, 4
_ENDS = (("actor", "target"), ("obligor", "obligee"))


def tie_up(alignment: Alignment, crossed: Collection[tuple[str, str]] = ()) -> tuple[Tie, ...]:
    """Relations that run between the same parts on both sides, the best supported first: what a diagram draws.

    None between parts that are `crossed`.
    """
    found: dict[tuple[str, str, str], Tie] = {}
    for match in sorted(alignment.facts, key=lambda match: -match.credit):
        tie = _tie(match, alignment) if is_firm(match) else None
        if tie is not None and not any(pair in crossed for pair in zip(tie.there, tie.here, strict=True)):
            found.setdefault((tie.term, tie.here[0], tie.here[1]), tie)
    return tuple(found.values())[:TIES]


def _tie(match: FactMatch, alignment: Alignment) -> Tie | None:
    plays = {pair.base: pair.target for pair in alignment.entities}
    for first, second in _ENDS:
        ends = [
            next(((there, plays[there]) for there in match.base.fillers(role)
                  if plays.get(there) in match.target.fillers(role)), None)
            for role in (first, second)
        ]  # fmt: skip
        if ends[0] is not None and ends[1] is not None:
            status = weaker((match.base.status, match.target.status))
            (one, ours), (other, theirs) = ends[0], ends[1]
            return Tie(match.base.scheme, match.base.predicate, (ours, theirs), (one, other), status)
    return None


def ask_questions(
    alignment: Alignment, ours: EpisodeRecord | None, theirs: EpisodeRecord, bearings: Bearings,
    crossed: Collection[tuple[str, str]],
) -> tuple[Question, ...]:  # fmt: skip
    """What followed there from something that firmly corresponds to a fact here, those that bear on the ending first."""
    return tuple(
        Question(q.asks, q.how, cell_of(q.here, ours), cell_of(q.cause, theirs), cell_of(q.effect, theirs))
        for q in firm_questions(alignment, bearings, crossed)[:QUESTIONS]
    )
