"""What a search found, in words, with an honest one where little fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from explorer.service import Service
from explorer.words import count_of, say_date

if TYPE_CHECKING:
    from kg.analogy.brief.model import Brief
    from kg.analogy.similar import SimilarResult

# Channels in plain words: a short name, and what it compares
CHANNELS: Mapping[str, tuple[str, str]] = {
    "own": (
        "What you say it is a case of",
        "the lines that you ticked or wrote, against the predicaments of each episode",
    ),
    "situation": (
        "Situation",
        "the text as a whole, read with an adapter that was taught to look past names, against abstract and predicaments",
    ),
    "predicament": ("Predicaments", "each sentence, its names masked, against the single predicaments of each episode"),
    "abstract": ("Abstract", "the text as a whole, its names masked, against the name-free retelling of each episode"),
    "bm25": ("Shared words", "words that text and retelling have in common, rare words counting more"),
    "masked": (
        "Account, names masked",
        "each sentence against the account of each episode, names masked on both sides",
    ),
    "raw": ("Account, as written", "each sentence against the account of each episode, names and all"),
    "bm25_raw": ("Shared names and terms", "words, names among them, that text and account have in common"),
}
# Cosine of a text as a situation below which the nearest predicament is called far (docs/decisions.md, *A likeness by text*)
FAR = 0.35


def say_what_was_compared(brief: Brief) -> str:
    """How many episodes, with what, and how the text was read; in plain words."""
    limits, replay = brief.limits, brief.replay
    told = [f"{count_of(limits.considered, 'episode')} compared"]
    if before := replay.query.get("before"):
        told[0] += f" that had ended by {say_date(before)}"
    if limits.named_out:
        told.append(f"left out: {', '.join(one.title for one in limits.named_out)}")
    if limits.aligned:
        told.append(f"the facts of {limits.aligned} aligned")
    if "text" in replay.query:
        told.append(f"{round(100 * replay.name_density)} % of the words of your text are names or dates")
    return "; ".join(told) + "."


def say_how_near(result: SimilarResult, cases: Sequence[str]) -> str:
    """A warning when even the best match is far and the reader has not said what it is a case of; empty otherwise."""
    near = [reason.score for match in result.matches for reason in match.why if reason.channel == "predicament"]
    best = max(near, default=0.0)
    if best >= FAR or cases:
        return ""
    return (
        f"Nothing comes near: the closest predicament of any episode lies at {best:.2f} (1 would be the same sentence). "
        "Read the list as what is least unlike, or say in your own words what the situation is a case of."
    )


def say_nothing_found(brief: Brief, earliest: str) -> str:
    """Why the list is empty, and what to try."""
    if brief.limits.left_out:
        return "Every episode was an affair of the actors that are left out. Leave out fewer, under Options."
    if len(brief.limits.named_out) >= brief.limits.corpus - 1:
        return "Every episode is left out. Leave out fewer, under Options."
    if before := brief.replay.query.get("before"):
        return f"No episode had ended by {say_date(before)}: the first that is recorded ended in {earliest}. Choose a later day."
    return "There is no other episode to compare with. Add records to data/ and run `precedent build`."


def read_parties(service: Service, ids: Sequence[str]) -> dict[str, list[str]]:
    """Names of the parties of some episodes."""
    parties: dict[str, list[str]] = {}
    for row in service.run("page_parties", ids=list(ids)):
        parties.setdefault(row["episode"], []).append(row["short"] or row["name"])
    return parties
