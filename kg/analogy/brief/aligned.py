"""What an alignment shows of one analogue: pairings, likenesses, differences, unknowns, chains and checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.analogy.align import Alignment, FactMatch
from kg.analogy.align.questions import Question
from kg.analogy.brief.analogue import FacetRow, Grid, Pairing, Row
from kg.analogy.brief.bearing import FAR, Bearings
from kg.analogy.brief.counter import months_between
from kg.analogy.brief.facts import cell_of
from kg.analogy.brief.grid import make_grid, make_row, make_text_rows, make_unknown_rows, sort_rows
from kg.analogy.brief.model import Tripwire
from kg.analogy.case import TEXT, Case, CaseEntity, Fact
from kg.analogy.episodes import EpisodeRecord
from kg.analogy.evidence import Cell
from kg.analogy.facets import FacetComparison
from kg.analogy.reasons import Reason

FIRM = 0.5  # credit from which two facts of one kind are shown as a likeness
CONSEQUENCES = 2  # checks shown for each analogue
PAIRINGS, CHAINS, EVIDENCE = 10, 3, 2


def pair_up(alignment: Alignment, there: Case, here: Case) -> tuple[Pairing, ...]:
    """Who plays whom, the best supported first, actors before issues.

    Actors are shown when they do or suffer the same kind of thing in facts that firmly correspond, issues when they
    share a subject.
    """
    acting = {
        (entity, other)
        for match in alignment.facts
        if is_firm(match)
        for role, entity in match.base.roles
        for other in match.target.fillers(role)
    }
    ours = {entity.id: entity for entity in here.entities}
    theirs = {entity.id: entity for entity in there.entities}
    pairs = [_pair(ours[match.target], theirs[match.base]) for match in alignment.entities]
    told = [
        pair
        for pair in pairs
        if ((pair.there, pair.here) in acting if pair.kind == "actor" else set(pair.here_roles) & set(pair.there_roles))
    ]
    return tuple(sorted(told, key=lambda pair: pair.kind != "actor")[:PAIRINGS])


def _pair(ours: CaseEntity, theirs: CaseEntity) -> Pairing:
    return Pairing(theirs.kind, ours.id, ours.name, _roles(ours), theirs.id, theirs.name, _roles(theirs))


def _roles(entity: CaseEntity) -> tuple[str, ...]:
    """Roles and topics; the class of an actor is left out."""
    return tuple(term for term in entity.attributes if not term[:1].isupper())


def read_grid(
    alignment: Alignment, reasons: Iterable[Reason], cases: tuple[Case, Case],
    records: tuple[EpisodeRecord | None, EpisodeRecord], bearings: Bearings,
) -> Grid:  # fmt: skip
    """The grid of an analogue whose facts were aligned. `cases` and `records` are those here and there.

    Facts that correspond are likenesses when they are of one kind and fit in most roles. A fact without counterpart is a difference when
    nothing of its kind is recorded on the other side, and unknown otherwise; what a text does not mention is unknown.
    """
    (here, there), (ours, theirs) = cases, records
    kinds_here, kinds_there = _kinds(here), _kinds(there)
    told = here.origin == TEXT
    gone = [fact for fact in alignment.unmatched_base if not told and _kind(fact) not in kinds_here]
    left = [fact for fact in alignment.unmatched_base if fact not in gone]
    new = [fact for fact in alignment.unmatched_target if _kind(fact) not in kinds_there]
    likenesses = [_match_row(match, ours, theirs, bearings) for match in alignment.facts if is_firm(match)]
    differences = [make_row(None, fact, None, theirs, bearings) for fact in gone]
    differences += [_row_here(fact, ours) for fact in new]
    texts = make_text_rows(reasons, ours, theirs)
    return make_grid(
        sort_rows([*likenesses, *texts]), _alternate(differences), make_unknown_rows(left, theirs, bearings)
    )


def is_firm(match: FactMatch) -> bool:
    """Whether two facts say the same kind of thing and fit in most roles."""
    return _kind(match.base) == _kind(match.target) and match.credit >= FIRM


def read_facets(
    comparison: FacetComparison, cases: tuple[Case, Case], records: tuple[EpisodeRecord | None, EpisodeRecord]
) -> tuple[FacetRow, ...]:
    """Facets, those known on both sides first and with the facts that they rest on, the most unlike of them last."""
    facts = [{fact.id: fact for fact in case.facts} for case in cases]

    def quote(side: int, ids: Iterable[str]) -> tuple[Cell, ...]:
        return tuple(cell_of(facts[side][id], records[side]) for id in ids if id in facts[side])[:EVIDENCE]

    rows = [
        FacetRow(
            s.name,
            s.score,
            s.reason,
            *((quote(0, s.evidence[1]), quote(1, s.evidence[0])) if s.score is not None else ((), ())),
        )
        for s in comparison.scores
    ]
    return tuple(sorted(rows, key=lambda row: -1 if row.score is None else row.score, reverse=True))


def trace_chains(
    alignment: Alignment, ours: EpisodeRecord | None, theirs: EpisodeRecord, bearings: Bearings
) -> tuple[tuple[Row, ...], ...]:
    """Chains of causes that correspond link by link, the longest first."""
    return tuple(
        tuple(_match_row(match, ours, theirs, bearings) for match in chain.facts) for chain in alignment.chains[:CHAINS]
    )


def firm_questions(alignment: Alignment, bearings: Bearings) -> list[Question]:
    """Consequences there of something that firmly corresponds to a fact here, those that bear on the ending first."""
    firm = {(match.base.id, match.target.id) for match in alignment.facts if is_firm(match)}
    asked = [question for question in alignment.questions if (question.cause.id, question.here.id) in firm]
    return sorted(asked, key=lambda question: bearings.key(question.effect))


def ask_consequences(
    alignment: Alignment, ours: EpisodeRecord | None, theirs: EpisodeRecord, bearings: Bearings
) -> list[Tripwire]:
    """What followed there from something that a fact of one kind with it corresponds to here, and has no counterpart."""
    return [
        Tripwire(
            "consequence", cell_of(q.effect, theirs), q.effect.predicate, theirs.id, theirs.name, "", "",
            months_between(theirs.period, q.effect.known), None, cell_of(q.cause, theirs), cell_of(q.here, ours),
        )
        for q in firm_questions(alignment, bearings)[:CONSEQUENCES]
    ]  # fmt: skip


def without(case: Case, gone: Iterable[str]) -> Case:
    """The case without some of its facts and their links."""
    out = set(gone)
    return replace(
        case,
        facts=tuple(fact for fact in case.facts if fact.id not in out),
        links=tuple(link for link in case.links if not {link.source, link.target} & out),
    )


def _match_row(match: FactMatch, ours: EpisodeRecord | None, theirs: EpisodeRecord, bearings: Bearings) -> Row:
    row = make_row(match.target, match.base, ours, theirs, bearings, match.broader or "")
    return replace(row, score=match.credit)


def _row_here(fact: Fact, ours: EpisodeRecord | None) -> Row:
    cell = cell_of(fact, ours)
    return Row("fact", cell, None, cell.status, None, False, fact.predicate)


def _alternate(rows: list[Row]) -> list[Row]:
    """Differences there and here in turn, those there by bearing."""
    there = sorted(
        (row for row in rows if row.there),
        key=lambda row: (FAR if row.bearing is None else row.bearing, not row.shares_actor),
    )
    here = [row for row in rows if row.here]
    out: list[Row] = []
    while there or here:
        out += [*there[:2], *here[:1]]
        there, here = there[2:], here[1:]
    return out


def _kinds(case: Case) -> set[tuple[str, str]]:
    return {_kind(fact) for fact in case.facts}


def _kind(fact: Fact) -> tuple[str, str]:
    return fact.scheme, fact.predicate
