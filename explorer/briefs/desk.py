"""Where briefs are made: the graph's service with what a brief needs read once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from explorer.service import Service
from kg.analogy.brief.make import ANALOGUES, Engine, make_brief
from kg.analogy.brief.model import Brief
from kg.analogy.case import Case
from kg.analogy.casebook import Casebook
from kg.analogy.episodes import Library
from kg.analogy.provisional import provisional_case
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
        return Engine(index, service.encoder, service.masker, Library(service.run), casebook)

    def make(
        self,
        text: str | None = None,
        episode: str | None = None,
        before: date | None = None,
        predicaments: Sequence[str] = (),
        k: int = ANALOGUES,
        case: Case | None = None,
        reading: Reading | None = None,
    ) -> Brief:
        """The brief of a text or an episode; see `kg.analogy.brief.make`. Raises NotFound, UsageError, ModelError.

        Facts are read off a text unless `case` brings those that the reader has corrected.
        """
        query = self.service.query(text, episode, before, predicaments)
        if text is not None and case is None:
            check_text(text)
            case = provisional_case(text, self.engine.masker, self.engine.encoder, self.service.ontology)
        return make_brief(query, self.engine, k, case, reading)
