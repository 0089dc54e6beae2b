"""What a search found, in words and HTML: reasons, scores apart, and an honest word where little fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from explorer.service import Service
from explorer.templating import render
from explorer.words import count_of, say_date

if TYPE_CHECKING:
    from kg.analogy.similar import Match, SimilarResult

# Channels in plain words: a short name, and what it compares
CHANNELS: Mapping[str, tuple[str, str]] = {
    "own": (
        "What you say it is a case of",
        "the lines that you ticked or wrote, against the predicaments of each episode",
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
FIRST = ("own", "predicament", "abstract")
FAR = 0.38  # cosine below which the nearest predicament of the best match is called far


def draw_match(number: int, match: Match, episode: Mapping[str, Any], parties: Sequence[str]) -> str:
    """One match: head, story in brief, and the first reasons."""
    return render(
        "findings/match.html", number=number, match=match, episode=episode, parties=parties,
        reasons=[r for r in match.why if r.channel in FIRST], channels=CHANNELS,
    )  # fmt: skip


def draw_scores(match: Match, result: SimilarResult) -> str:
    """Ranks and scores by channel, and the reasons that were left for those who ask."""
    rows = [
        {"name": CHANNELS[c][0], "what": CHANNELS[c][1], "weight": result.weights[c], **match.scores[c]}
        for c in CHANNELS if c in match.scores
    ]  # fmt: skip
    rest = [r for r in match.why if r.channel not in FIRST]
    return render(
        "findings/scores.html",
        rows=rows,
        fused=match.scores["fused"],
        n=result.considered,
        reasons=rest,
        channels=CHANNELS,
    )


def say_what_was_compared(result: SimilarResult) -> str:
    """How many episodes, with what, and how the text was read; in plain words."""
    names = result.density
    told = [f"{count_of(result.considered, 'episode')} compared"]
    if result.query.before:
        told[0] += f" that had ended by {say_date(result.query.before.isoformat())}"
    if result.query.text is not None:
        told.append(f"{round(names * 100)} % of the words of your text are names or dates")
    return "; ".join(told) + "."


def say_how_near(result: SimilarResult) -> str:
    """A warning when even the best match is far; empty otherwise."""
    best = max(
        (reason.score for match in result.matches for reason in match.why if reason.channel in ("own", "predicament")),
        default=0.0,
    )
    if best >= FAR:
        return ""
    return (
        f"Nothing comes near: the closest predicament of any episode lies at {best:.2f} (1 would be the same sentence). "
        "Read the list as what is least unlike, or say in your own words what the situation is a case of."
    )


def say_nothing_found(result: SimilarResult, earliest: str) -> str:
    """Why the list is empty, and what to try."""
    if result.query.before:
        day = say_date(result.query.before.isoformat())
        return f"No episode had ended by {day}: the first that is recorded ended in {earliest}. Choose a later day."
    return "There is no other episode to compare with. Add records to data/ and run `precedent build`."


def read_parties(service: Service, result: SimilarResult) -> dict[str, list[str]]:
    """Names of the parties of each episode found."""
    parties: dict[str, list[str]] = {}
    for row in service.run("page_parties", ids=[match.id for match in result.matches]):
        parties.setdefault(row["episode"], []).append(row["short"] or row["name"])
    return parties
