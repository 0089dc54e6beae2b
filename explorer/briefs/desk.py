"""Where briefs are made: the graph's service with what a brief needs read once and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from explorer.service import Service
from kg.analogy.brief.looks import WEIGHTS as LOOKS
from kg.analogy.brief.make import ANALOGUES, Engine, Tell, make_brief
from kg.analogy.brief.model import Brief
from kg.analogy.case import Case
from kg.analogy.casebook import Casebook
from kg.analogy.drawn import DrawnIndex
from kg.analogy.episodes import Library
from kg.analogy.facets import FACETS
from kg.analogy.facets.weights import check_weights
from kg.analogy.provisional import provisional_case
from kg.analogy.provisional.corrections import Correction, correct
from kg.analogy.reading import Reading, check_text


class BriefDesk:
    """Makes briefs from a service. Make a new one after a build."""

    def __init__(self, service: Service) -> None:
        self.service = service

    @cached_property
    def engine(self) -> Engine:
        """Index, encoder, masker, records and cases. Raises GraphEmpty before the first build."""
        service = self.service
        index = service.index
        casebook = Casebook.from_rows(
            service.run("case_nodes"), service.run("case_edges"), service.run("gazetteer"), service.ontology
        )
        library = Library(service.run)
        drawn = DrawnIndex(service.run("drawn_passages"), index.model, index.reader)
        return Engine(index, service.encoder, service.masker, library, casebook, service.principals, drawn)

    def read_case(self, text: str) -> Case:
        """The facts that a text suggests, each presumed. Raises UsageError."""
        check_text(text)
        return provisional_case(text, self.engine.masker, self.engine.encoder, self.service.ontology)

    def make(
        self,
        text: str | None = None,
        episode: str | None = None,
        before: date | None = None,
        predicaments: Sequence[str] = (),
        k: int = ANALOGUES,
        case: Case | None = None,
        reading: Reading | None = None,
        other_than: Sequence[str] = (),
        corrections: Sequence[Correction] = (),
        look_weights: Mapping[str, float] | None = None,
        facet_weights: Mapping[str, float] | None = None,
        tell: Tell | None = None,
        exclude: Sequence[str] = (),
    ) -> Brief:
        """The brief of a text or an episode; see `kg.analogy.brief.make`. Raises NotFound, UsageError, ModelError.

        Facts are read off a text unless `case` brings them; `corrections` are the reader's. Episodes of which an actor of
        `other_than` is a principal are left out, and those of `exclude`. Weights that are given take the place of the usual
        ones. `tell` is told of each stage.
        """
        if tell is not None:
            tell("Opening the index and the cases")
        usual = self.engine
        query = self.service.query(text, episode, before, predicaments, other_than, exclude)
        if text is not None:
            if tell is not None:
                tell("Reading the text")
            case, stale = correct(case or self.read_case(text), corrections, self.service.ontology)
            corrections = [correction for correction in corrections if correction not in stale]
        engine = replace(
            usual,
            look_weights={**usual.look_weights, **check_weights(look_weights or {}, LOOKS)},
            facet_weights={**usual.facet_weights, **check_weights(facet_weights or {}, FACETS)},
        )
        return make_brief(query, engine, k, case, reading, corrections, tell)
