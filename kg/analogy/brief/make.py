"""From a situation to its brief."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.analogy.brief.bearing import find_bearings
from kg.analogy.brief.counter import find_counter_cases, pool_of, set_tripwires
from kg.analogy.brief.grid import read_text_grid
from kg.analogy.brief.model import Analogue, Brief, Limits, Looks, Replay, Robustness, list_cites
from kg.analogy.brief.register import find_drawn
from kg.analogy.brief.robustness import find_reliance, try_channels, try_sentences
from kg.analogy.case import Case
from kg.analogy.casebook import Casebook
from kg.analogy.encode import TextEncoder
from kg.analogy.episodes import EpisodeRecord, Library
from kg.analogy.evidence import Cell, one_line
from kg.analogy.index import EpisodeIndex
from kg.analogy.mask import Masker
from kg.analogy.outcomes import count_outcomes
from kg.analogy.pathways import find_risks, trace_failures
from kg.analogy.reading import Reading
from kg.analogy.similar import Match, Query, SimilarResult, similar
from kg.model.dates import Day

ANALOGUES = 5
POOL = 30  # episodes compared closely, best by text
UP_TO_RANK = 10  # the reference class ends here
TITLE_LENGTH = 80


@dataclass(frozen=True)
class Engine:
    """What a brief is made with; each part is read once and serves every brief."""

    index: EpisodeIndex
    encoder: TextEncoder
    masker: Masker
    library: Library
    casebook: Casebook


def make_brief(
    query: Query, engine: Engine, k: int = ANALOGUES, case: Case | None = None, reading: Reading | None = None
) -> Brief:
    """The brief of a situation, with k analogues.

    `case` are facts read off a text, if there are any; an episode brings its own. Raises what `similar` raises.
    """
    return _Making(query, engine, k, case, reading).run()


class _Making:
    """One brief in the making."""

    def __init__(self, query: Query, engine: Engine, k: int, case: Case | None, reading: Reading | None) -> None:
        self.query, self.engine, self.k = query, engine, k
        self.day: Day | None = (query.before.year, query.before.month, query.before.day) if query.before else None
        self.result = similar(query, engine.index, engine.encoder, engine.masker, max(POOL, k), reading)
        self.matches = {match.id: match for match in self.result.matches}
        self.here: EpisodeRecord | None = None
        self.case = case
        if query.episode is not None:
            self.here = engine.library.read([query.episode])[query.episode]
            cutoff = query.before.isoformat() if query.before else None
            self.case = case or engine.casebook.case(query.episode, cutoff)
        self.records = {id: record.cut(self.day) for id, record in engine.library.read(self.matches).items()}
        self.cases = {id: engine.casebook.case(id) for id in self.matches}
        self.order = list(self.matches)

    def run(self) -> Brief:
        analogues = tuple(self._describe(id, rank) for rank, id in enumerate(self.order[: self.k], 1))
        shown = [self.records[analogue.id] for analogue in analogues]
        pool = pool_of(self.records, self.cases, self.order)
        counter_cases = find_counter_cases(pool, self.case)
        parts = {
            "analogues": analogues,
            "distant": (),
            "reference": count_outcomes([c.record for c in pool], UP_TO_RANK),
            "counter_cases": counter_cases,
            "pathways": trace_failures(shown),
            "commitments": find_risks(shown),
            "drawn": find_drawn(self.engine.library, [a.id for a in analogues], self.query.episode, self.day),
            "tripwires": tuple(set_tripwires(counter_cases)),
            "robustness": self._shake(analogues),
        }
        works = self.engine.library.works(cite.source for cite in list_cites(parts))
        return Brief(
            title=_title(self.query, self.here), replay=self._replay(), limits=self._limits(), works=works, **parts
        )

    def _describe(self, id: str, rank: int) -> Analogue:
        record, case, match = self.records[id], self.cases[id], self.matches[id]
        outcome = record.outcome
        grid = read_text_grid(match.why, self.here, record, case, find_bearings(record, case))
        return Analogue(
            id, record.name, record.period, rank, "", _tell(record), record.cell(outcome) if outcome else None,
            record.codes, _look(match, self.result), (), grid,
        )  # fmt: skip

    def _shake(self, analogues: Sequence[Analogue]) -> Robustness:
        if not self.order:
            return Robustness((), ())
        shared = (self.result.reading, self.engine.index, self.result.weights, self.order, self.k, list)
        trials = [*try_channels(*shared), *try_sentences(*shared)]
        return Robustness(tuple(trials), find_reliance(analogues))

    def _replay(self) -> Replay:
        told = self.result.to_dict()
        return Replay(
            told["query"], self.result.data_version, self.result.model, self.k, POOL, UP_TO_RANK,
            round(self.result.density, 3), told["weights"], {"topical": 1.0}, {},
        )  # fmt: skip

    def _limits(self) -> Limits:
        missing = ["no-case"] if self.case is None else []
        return Limits(self.result.considered, len(self.engine.index), len(self.order), tuple(missing), None)


def _look(match: Match, result: SimilarResult) -> Looks:
    channels = {name: scores for name, scores in match.scores.items() if name != "fused"}
    fused = match.scores["fused"]
    return Looks(fused["score"], int(fused["rank"]), result.considered, channels)


def _tell(record: EpisodeRecord) -> Cell:
    """The story as the record sums it up; where its ending is not known yet, as far as the abstract goes."""
    text = record.root["summary"] if record.outcome else record.root["abstract"]
    return Cell(record.id, one_line(text), "known", record.cites(record.root), record.period)


def _title(query: Query, here: EpisodeRecord | None) -> str:
    if here is not None:
        return here.name
    text = one_line(query.text)
    return text if len(text) <= TITLE_LENGTH else text[:TITLE_LENGTH].rpartition(" ")[0].rstrip(",;:.–-") + "…"
