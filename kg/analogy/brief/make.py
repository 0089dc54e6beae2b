"""From a situation to its brief."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial

from kg.analogy.align import Alignment
from kg.analogy.brief.aligned import ask_consequences, find_crossed, pair_up, read_facets, read_grid, trace_chains
from kg.analogy.brief.analogue import Analogue, Looks
from kg.analogy.brief.bearing import Bearings, find_bearings
from kg.analogy.brief.correspondence import ask_questions, tie_up
from kg.analogy.brief.counter import find_counter_cases, pool_of, set_tripwires
from kg.analogy.brief.disputed import Flipping, find_disputes
from kg.analogy.brief.engine import Engine
from kg.analogy.brief.grid import read_text_grid
from kg.analogy.brief.looks import FEWEST_FACTS, compare_structures, find_badge, join_orders, rank_by
from kg.analogy.brief.model import (
    DISTANT,
    Brief,
    Disputes,
    DrawnAnalogy,
    Limits,
    Replay,
    Robustness,
    Tripwire,
    list_cites,
)
from kg.analogy.brief.register import find_drawn
from kg.analogy.brief.robustness import (
    find_reliance,
    try_channels,
    try_facets,
    try_facts,
    try_looks,
    try_sentences,
)
from kg.analogy.brief.situation import describe_situation
from kg.analogy.case import Case
from kg.analogy.episodes import EpisodeRecord
from kg.analogy.evidence import Cell, one_line
from kg.analogy.facets import FacetComparison, compare
from kg.analogy.outcomes import count_outcomes
from kg.analogy.pathways import find_risks, trace_failures
from kg.analogy.principals import find_left_out, find_named_out
from kg.analogy.provisional.corrections import Correction
from kg.analogy.reading import Reading
from kg.analogy.similar import Query, similar
from kg.model.dates import Day

ANALOGUES, DISTANT_SHOWN = 5, 2
POOL = 30  # episodes looked at closely, best by text
UP_TO_RANK = 10  # the reference class ends here
ASKED = 3  # analogues whose consequences become checks
TITLE_LENGTH = 80
Tell = Callable[[str], None]
TOLD = "the situation"  # what reasons call a case that was read off a text


def make_brief(
    query: Query,
    engine: Engine,
    k: int = ANALOGUES,
    case: Case | None = None,
    reading: Reading | None = None,
    corrections: Sequence[Correction] = (),
    tell: Tell | None = None,
) -> Brief:
    """The brief of a situation, with k analogues. `tell` is told of each stage as it begins.

    `case` are facts read off a text, if there are any, as the reader has corrected them; an episode brings its own.
    `corrections` are noted for the replay. Raises what `similar` raises.
    """
    return _Making(query, engine, k, case, reading, corrections, tell or _tell_nobody).run()


class _Making:
    """One brief in the making. `order` is that of all looks together, `by_text` that of the texts alone."""

    def __init__(
        self, query: Query, engine: Engine, k: int, case: Case | None, reading: Reading | None,
        corrections: Sequence[Correction], tell: Tell,
    ) -> None:  # fmt: skip
        self.tell = tell
        self.query, self.engine, self.k, self.corrections = query, engine, k, corrections
        self.day: Day | None = (query.before.year, query.before.month, query.before.day) if query.before else None
        tell("Comparing the text with every episode")
        self.result = similar(query, engine.index, engine.encoder, engine.masker, max(POOL, k), reading)
        tell("Reading the records of the nearest")
        self.matches = {match.id: match for match in self.result.matches}
        self.here, self.case = self._find_situation(case)
        self.records = {id: record.cut(self.day) for id, record in engine.library.read(self.matches).items()}
        self.cases = {id: engine.casebook.case(id) for id in self.matches}
        self.by_text = list(self.matches)
        self.order = self.reorder(self.by_text)

    def _find_situation(self, case: Case | None) -> tuple[EpisodeRecord | None, Case | None]:
        id = self.query.episode
        if id is None:
            return None, replace(case, title=TOLD) if case is not None and case.facts else None
        cutoff = self.query.before.isoformat() if self.query.before else None
        return self.engine.library.read([id])[id].cut(self.day), case or self.engine.casebook.case(id, cutoff)

    @cached_property
    def alignments(self) -> dict[str, Alignment]:
        """Alignments of the episodes compared by structure; none where the situation has no facts."""
        if self.case is None or not self.case.facts:
            return {}
        self.tell("Aligning facts")
        return compare_structures(self.case, self.cases, self.by_text)

    @cached_property
    def crossed(self) -> dict[str, frozenset[tuple[str, str]]]:
        """Pairs of actors that are crossed, by the episode that was aligned."""
        if self.case is None:
            return {}
        return {id: find_crossed(alignment, self.case, self.cases[id]) for id, alignment in self.alignments.items()}

    @cached_property
    def structural(self) -> dict[str, int]:
        """Ranks by structure."""
        return rank_by({id: a.score for id, a in self.alignments.items()}, self.by_text)

    @cached_property
    def facets(self) -> dict[str, FacetComparison]:
        """Facets of the episodes that were aligned."""
        if self.case is None:
            return {}
        alignments, weights = self.alignments, self.engine.facet_weights
        self.tell("Comparing facets")
        return {id: compare(self.cases[id], self.case, weights) for id in alignments}

    @cached_property
    def faceted(self) -> dict[str, int]:
        """Ranks by facets, of those with any facet known."""
        return rank_by({id: f.overall for id, f in self.facets.items() if f.overall is not None}, self.by_text)

    @cached_property
    def bearings(self) -> dict[str, Bearings]:
        """How facts bear on the ending, by episode."""
        return {id: find_bearings(self.records[id], self.cases[id]) for id in self.order[: self.k] + self.distant}

    @cached_property
    def distant(self) -> list[str]:
        """Distant analogues that are not among the first k."""
        rest = [id for id in self.order[self.k :] if self._badge(id) == DISTANT]
        return sorted(rest, key=lambda id: self.structural[id])[:DISTANT_SHOWN]

    def reorder(self, by_text: list[str]) -> list[str]:
        """The order of all looks together, for an order by text."""
        return self._join(by_text, self.structural, self.faceted)

    def _join(self, by_text: list[str], structural: Mapping[str, int], faceted: Mapping[str, int]) -> list[str]:
        text = {id: place for place, id in enumerate(by_text, 1)}
        ranks = {"topical": text, "structural": structural, "facet": faceted}
        return join_orders(ranks, by_text, self.engine.look_weights)

    def run(self) -> Brief:
        self.tell("Describing the analogues")
        analogues = tuple(self._describe(id, rank) for rank, id in enumerate(self.order[: self.k], 1))
        shown = [self.records[analogue.id] for analogue in analogues]
        pool = pool_of(self.records, self.cases, self.order)
        self.tell("Counting outcomes, seeking counter-cases and failures")
        counter_cases = find_counter_cases(pool, self.case)
        parts = {
            "analogues": analogues,
            "distant": tuple(self._describe(id, self.order.index(id) + 1) for id in self.distant),
            "reference": count_outcomes([c.record for c in pool], UP_TO_RANK),
            "counter_cases": counter_cases,
            "pathways": trace_failures(shown),
            "commitments": find_risks(shown),
            "drawn": self._find_drawn(analogues),
            "tripwires": (*set_tripwires(counter_cases), *self._ask()),
            "robustness": self._shake(analogues),
        }
        robustness = parts["robustness"]
        cited = [cite.source for cite in list_cites(parts)] + [rests.source for rests in robustness.reliance]
        cited += [trial.left_out for trial in robustness.trials if trial.kind == "source"]
        works = self.engine.library.works(cited)
        return Brief(
            title=_title(self.query, self.here), replay=self._replay(), limits=self._limits(), works=works,
            situation=describe_situation(self.case) if self.case and self.here is None else None, **parts
        )  # fmt: skip

    def _describe(self, id: str, rank: int) -> Analogue:
        record, case, bearings, why = self.records[id], self.cases[id], self.bearings[id], self.matches[id].why
        outcome, alignment = record.outcome, self.alignments.get(id)
        if alignment is None or self.case is None:
            grid = read_text_grid(why, self.here, record, case, bearings)
        else:
            grid = read_grid(alignment, why, (self.case, case), (self.here, record), bearings)
        crossed = self.crossed.get(id, frozenset())
        pairings = pair_up(alignment, case, self.case, crossed) if alignment and self.case else ()
        facets = read_facets(self.facets[id], (self.case, case), (self.here, record)) if alignment and self.case else ()
        chains = trace_chains(alignment, self.here, record, bearings) if alignment else ()
        questions = ask_questions(alignment, self.here, record, bearings, crossed) if alignment else ()
        return Analogue(
            id, record.name, record.period, rank, self._badge(id), _tell(record),
            record.cell(outcome) if outcome else None, record.codes, self._look(id), pairings, grid, facets, chains,
            tie_up(alignment, crossed) if alignment else (), questions,
        )  # fmt: skip

    def _badge(self, id: str) -> str:
        if self.case is None or len(self.case.facts) < FEWEST_FACTS:
            return ""
        return find_badge(id, self.by_text, self.structural, self.faceted)

    def _look(self, id: str) -> Looks:
        match = self.matches[id]
        channels = {name: scores for name, scores in match.scores.items() if name != "fused"}
        fused, alignment = match.scores["fused"], self.alignments.get(id)
        facets = self.facets.get(id)
        overall = facets.overall if facets else None
        nearest = next((reason for reason in match.why if reason.rank), None)
        return Looks(
            fused["score"], int(fused["rank"]), self.result.considered, channels,
            round(alignment.score, 4) if alignment else None, self.structural.get(id), len(self.structural),
            None if overall is None else round(overall, 4), self.faceted.get(id), facets.coverage if facets else None,
            nearest.rank if nearest else 0, nearest.of if nearest else 0,
        )  # fmt: skip

    def _ask(self) -> list[Tripwire]:
        return [
            wire
            for id in self.order[: min(ASKED, self.k)]
            if id in self.alignments
            for wire in ask_consequences(
                self.alignments[id], self.here, self.records[id], self.bearings[id], self.crossed[id]
            )
        ]

    def _find_drawn(self, analogues: Sequence[Analogue]) -> tuple[DrawnAnalogy, ...]:
        shown, reading = [analogue.id for analogue in analogues], self.result.reading
        return find_drawn(self.engine.library, shown, self.query, self.day, reading, self.engine.drawn)

    def _find_disputes(self, case: Case, shown: Sequence[str]) -> Disputes:
        weights = self.engine.facet_weights
        join = partial(self._join, self.by_text)
        flipping = Flipping(case, self.cases, self.alignments, self.facets, weights, self.by_text, join)
        return find_disputes(flipping, self.records, self.here, shown)

    def _shake(self, analogues: Sequence[Analogue]) -> Robustness:
        if not self.order:
            return Robustness((), ())
        self.tell("Trying how firm the list is")
        index, weights, reading = self.engine.index, self.result.weights, self.result.reading
        disputes = None
        trials = try_channels(reading, index, weights, self.order, self.k, self.reorder)
        trials += try_sentences(reading, index, weights, self.order, self.k, self.reorder)
        if self.case and self.structural:
            trials += try_looks(self.structural, self.order, self.k, index)
            trials += try_facts(self.case, self.cases, self.alignments, self.order, self.k, index)
            trials += try_facets(self.facets, self.engine.facet_weights, self.order, self.k, index)
            disputes = self._find_disputes(self.case, [analogue.id for analogue in analogues])
        return Robustness(tuple(trials), find_reliance(analogues), disputes)

    def _replay(self) -> Replay:
        told = self.result.to_dict()
        return Replay(
            told["query"], self.result.data_version, self.result.model, self.k, POOL, UP_TO_RANK,
            round(self.result.density, 3), told["weights"], dict(self.engine.look_weights), dict(self.engine.facet_weights),
            tuple(correction.to_dict() for correction in self.corrections),
        )  # fmt: skip

    def _limits(self) -> Limits:
        asked = (self.query, self.engine.index, self.engine.principals)
        missing = ["no-case"] if self.case is None else ["query-open"] if self.here else ["text-case"]
        missing += ["thin-case"] if self.case and len(self.case.facts) < FEWEST_FACTS else []
        missing += ["hindsight"] if self.day else []
        missing += [] if self.engine.drawn else ["register-episodes"]
        return Limits(
            self.result.considered, len(self.engine.index), len(self.order), len(self.structural),
            tuple(missing), find_left_out(*asked), find_named_out(*asked),
        )  # fmt: skip


def _tell_nobody(stage: str) -> None:
    """Progress that nobody watches."""


def _tell(record: EpisodeRecord) -> Cell:
    """The story as the record sums it up; where its ending is not known yet, as far as the abstract goes."""
    text = record.root["summary"] if record.outcome else record.root["abstract"]
    return Cell(record.id, one_line(text), "known", record.cites(record.root), record.period)


def _title(query: Query, here: EpisodeRecord | None) -> str:
    if here is not None:
        return here.name
    told = str(query.text)
    text = one_line(_headline(told) or told)
    return text if len(text) <= TITLE_LENGTH else text[:TITLE_LENGTH].rpartition(" ")[0].rstrip(",;:.–-") + "…"


def _headline(text: str) -> str:
    """The first line, where it stands apart from what follows; "" where the text just begins."""
    first, _, rest = text.strip().partition("\n")
    return first if rest.startswith(("\n", "\r\n")) and len(first) <= TITLE_LENGTH else ""
