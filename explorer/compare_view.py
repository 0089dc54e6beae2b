"""Episodes side by side, section by section, and how each two of them align."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from explorer.briefs.diagram import draw_alignment
from explorer.citations import Notes
from explorer.dossier import Dossier, edge_cites
from explorer.episode_view import bundle_promises, group_sides, read_parties, sort_events
from explorer.templating import render
from kg.analogy.brief.aligned import is_firm, pair_up
from kg.analogy.brief.analogue import Pairing, Tie
from kg.analogy.brief.correspondence import tie_up
from kg.analogy.brief.looks import align_once
from kg.analogy.facets import FACETS, FacetScore, compare
from kg.model.dates import parse_date

if TYPE_CHECKING:
    from kg.analogy.case import Case

FEWEST, MOST = 2, 4


@dataclass(frozen=True)
class Pair:
    """How two episodes align: scores, who plays whom, relations that run alike, and the facets by name."""

    here: str
    there: str
    score: float
    overall: float | None
    coverage: float
    firm: int
    pairings: tuple[Pairing, ...]
    ties: tuple[Tie, ...]
    facets: Mapping[str, FacetScore]


def draw_sides(dossiers: Sequence[Dossier], notes: Notes) -> list[str]:
    """The sections in which each episode has a column."""

    def draw(template: str) -> Callable[[Dossier], str]:
        return lambda dossier: render(template, dossier=dossier, notes=notes)

    plan: list[tuple[str, str, str, Callable[[Dossier], str]]] = [
        ("story", "The story", "", draw("compare/facts.html")),
        ("parties", "Parties and roles", "", lambda d: _draw_parties(d, notes)),
        ("issues", "What was in dispute", "Each issue, and what each side wanted.",
         lambda d: render("episode/issues.html", dossier=d, notes=notes, cites_of=edge_cites)),
        ("circumstances", "Circumstances", "What held while the outcome was open.", draw("episode/circumstances.html")),
        ("course", "The course of events", "Each line runs from the beginning of an episode to its end; lengths are not to one scale.",
         lambda d: _draw_course(d, notes)),
        ("promises", "Agreements and promises", "Who owed what to whom, and who reads its performance how.",
         lambda d: render("episode/agreements.html", dossier=d, notes=notes, bundles=bundle_promises(d))),
        ("failure", "How it could fail", "", draw("episode/failures.html")),
        ("outcome", "How it ended", "", draw("episode/outcome.html")),
    ]  # fmt: skip
    return [
        render("compare/side.html", key=key, title=title, lead=lead, columns=[(d.root["name"], one(d)) for d in dossiers])
        for key, title, lead, one in plan
    ]  # fmt: skip


def _draw_parties(dossier: Dossier, notes: Notes) -> str:
    sides = group_sides([party for party in read_parties(dossier) if party.kind != "Person"])
    return render("compare/parties.html", sides=sides, notes=notes)


def _draw_course(dossier: Dossier, notes: Notes) -> str:
    """A strip with a tick for each event, and the events themselves."""
    events = [event for event in sort_events(dossier) if event["type"] != "Phase"]
    days = [day for event in events if (day := _day(str(event.get("date") or ""))) is not None]
    begin, end = (str(dossier.root.get("date") or "").split("/") * 2)[:2]
    bounds = [*days, *(day for text in (begin, end) if (day := _day(text)) is not None)]
    low, high = (min(bounds), max(bounds)) if bounds else (0.0, 1.0)
    ticks = [round(100 * (day - low) / max(high - low, 1e-9), 1) for day in days]
    strip = render("compare/strip.html", ticks=ticks, begin=begin, end=end, count=len(days))
    return strip + render("episode/timeline.html", events=events, dossier=dossier, notes=notes)


def _day(text: str) -> float | None:
    """A date as years and parts of a year, for a place on a line."""
    low = parse_date(text).low if text and text != ".." else None
    return low[0] + (low[1] - 1) / 12 + (low[2] - 1) / 372 if low else None


def pair_episodes(cases: Mapping[str, Case]) -> list[Pair]:
    """Every two of some cases, the later one mapped on the earlier."""
    return [_pair(one, other) for one, other in combinations(cases.values(), 2)]


def _pair(here: Case, there: Case) -> Pair:
    alignment, facets = align_once(there, here), compare(there, here)
    return Pair(
        here.title, there.title, alignment.score, facets.overall, facets.coverage, sum(map(is_firm, alignment.facts)),
        pair_up(alignment, there, here), tie_up(alignment), {score.name: score for score in facets.scores},
    )  # fmt: skip


def draw_pairs(pairs: Sequence[Pair], say: Mapping[str, Callable[..., str]]) -> list[str]:
    """How each two align, and the facets of all."""
    drawn = [
        render("compare/pair.html", pair=pair, say=say, picture=draw_alignment(pair.pairings, pair.ties, pair.there, pair.here))
        for pair in pairs
    ]  # fmt: skip
    return [*drawn, render("compare/facets.html", pairs=pairs, names=list(FACETS), say=say)]
