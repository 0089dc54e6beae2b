"""What is counted over several analogues, in words: endings, failures, promises and judgements."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.words import count_of, say_term
from kg.analogy.outcomes import ReferenceClass, Share

NOT_JUDGED = "not-judged"


def say_class(reference: ReferenceClass) -> str:
    """What the reference class is."""
    left = [m for m in reference.members if not m.counted]
    said = f"The nearest {count_of(len(reference.members), 'episode')}, one for each pair of adversaries: {reference.n} counted."
    return said + (
        f" Left out, since a nearer episode of the same pair is counted: {', '.join(m.name for m in left)}."
        if left
        else ""
    )


def say_interval(share: Share) -> str:
    """Bounds of a share; a dash for a class of fewer than five."""
    if share.low is None or share.high is None:
        return "–"
    return f"{round(100 * share.low)}–{round(100 * share.high)} %"


def say_count(share: Share) -> str:
    """How many of how many; with open outcomes, from how many to how many."""
    if share.open:
        return f"{share.count} to {share.count + share.open} of {share.n} ({share.open} open)"
    return f"{share.count} of {share.n}"


def say_struck(struck: int, seen: int, n: int) -> str:
    """In how many of the analogues a failure mode struck, and in how many it only threatened."""
    if not struck:
        return f"threatened in {seen} of {n}"
    return f"struck in {struck} of {n}" + (f", threatened in {seen - struck} more" if seen > struck else "")


def say_assessed(at_risk: int, assessed: int) -> str:
    """How many promises somebody read as not or only partly kept, of those of which anybody judged."""
    return f"{at_risk} of {assessed} that anybody judged"


def say_owed(obligors: Sequence[str], obligees: Sequence[str]) -> str:
    """Who owes a promise to whom."""
    if len(obligors) > 1 and set(obligors) == set(obligees):
        return f"{', '.join(obligors)}, each to the other{'s' if len(obligors) > 2 else ''}"
    return ", ".join(obligors) + (f" to {', '.join(obligees)}" if obligees else "")


def say_verdict(verdict: str) -> str:
    """How an analogy was judged."""
    return "Not judged" if verdict == NOT_JUDGED else f"Judged {say_term(verdict).lower()}"
