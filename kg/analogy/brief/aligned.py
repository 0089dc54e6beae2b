"""What an alignment shows of one analogue: pairings, likenesses, differences, unknowns, chains and checks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
DOERS = ("actor", "holder", "obligor")
TOLD_BY = {"Meeting": "convene", "Agreement": "sign-agreement"}  # acts that a record of another kind tells of


def pair_up(
    alignment: Alignment, there: Case, here: Case, crossed: Collection[tuple[str, str]] = ()
) -> tuple[Pairing, ...]:
    """Who plays whom, the best supported first, actors before issues.

    Actors are shown when they do or suffer the same kind of thing in facts that firmly correspond and are not crossed
    (`find_crossed`), issues when they share a subject.
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
    pairs = [_pair(ours[m.target], theirs[m.base]) for m in alignment.entities if (m.base, m.target) not in crossed]
    told = [
        pair
        for pair in pairs
        if ((pair.there, pair.here) in acting if pair.kind == "actor" else set(pair.here_roles) & set(pair.there_roles))
    ]
    return tuple(sorted(told, key=lambda pair: pair.kind != "actor")[:PAIRINGS])


def find_crossed(alignment: Alignment, here: Case, there: Case) -> frozenset[tuple[str, str]]:
    """Pairs of an actor there and one here, read off a text, of whom either is in the other's case in person.

    Egypt of a text of 1956 does not play the Britain of Suez when the Egypt of Suez is there. Roles read off words are too
    loose to claim that somebody has changed places with another; between two records such pairs stand. Nor does a person play anybody
    whom a text names and no record knows.
    """
    if here.origin != TEXT:
        return frozenset()
    ours, theirs = {entity.id for entity in here.entities}, {entity.id for entity in there.entities}
    unknown = {entity.id for entity in here.entities if not is_placed(entity)}
    pairs = ((match.base, match.target) for match in alignment.entities)
    return frozenset(
        (base, target)
        for base, target in pairs
        if target in unknown or (base != target and (base in ours or target in theirs))
    )


def is_placed(entity: CaseEntity) -> bool:
    """Whether more is known of an actor than that a text names a person so, who may be anybody."""
    return entity.recorded or "Person" not in entity.attributes


def _is_told_of(fact: Fact, here: Case) -> bool:
    """Whether a fact read off a text is of an actor who is placed; where none is named, about one."""
    if here.origin != TEXT:
        return True
    ours = {entity.id: entity for entity in here.entities if entity.kind == "actor"}
    named = [(role, ours[id]) for role, id in fact.roles if id in ours]
    doers = [entity for role, entity in named if role in DOERS]
    return any(is_placed(entity) for entity in doers or [entity for _, entity in named])


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

    Facts that correspond are likenesses when they are of one kind and fit in most roles; of positions on one subject one pair is
    told. A fact without counterpart is a difference when nothing of its kind is recorded on the other side, in the analogue's
    ending neither, and each kind is told once on each side; else it is unknown, as is what a text does not mention.
    Of a text only facts about actors who are placed count, and as differences only what it states without reservation.
    """
    (here, there), (ours, theirs) = cases, records
    kinds_here, kinds_there = _kinds(here), _kinds(there)
    told = here.origin == TEXT
    gone = [fact for fact in alignment.unmatched_base if not told and _kind(fact) not in kinds_here]
    left = [fact for fact in alignment.unmatched_base if fact not in gone]
    recorded = _terms_recorded(theirs)
    new = [
        fact
        for fact in alignment.unmatched_target
        if _kind(fact) not in kinds_there and fact.predicate not in recorded and _is_told_of(fact, here)
        and not (told and dict(fact.details).get("modality"))
    ]  # fmt: skip
    firm = _one_position_a_subject(m for m in alignment.facts if is_firm(m) and _is_told_of(m.target, here))
    likenesses = [_match_row(match, ours, theirs, bearings) for match in firm]
    differences = [make_row(None, fact, None, theirs, bearings) for fact in gone]
    differences += [_row_here(fact, ours) for fact in new]
    texts = make_text_rows(reasons, ours, theirs)
    return make_grid(
        sort_rows([*likenesses, *texts]), _alternate(differences), make_unknown_rows(left, theirs, bearings)
    )


def _terms_recorded(record: EpisodeRecord) -> set[str]:
    """Terms of the acts and promises of an episode, its meetings and agreements, with those of its ending, which no case holds."""
    kinds = {str(props["kind"]) for part in ("Event", "Commitment") for props in record.of(part) if props.get("kind")}
    return kinds | {term for part, term in TOLD_BY.items() if record.of(part)}


def _one_position_a_subject(matches: Iterable[FactMatch]) -> list[FactMatch]:
    """Matches without further positions on a subject that a better match tells of already."""
    best: dict[tuple[str, str], FactMatch] = {}
    for match in sorted(matches, key=lambda match: -match.credit):
        key = match.base.scheme, match.base.predicate if match.base.scheme == "issue-topics" else match.base.id
        best.setdefault(key, match)
    return list(best.values())


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


def firm_questions(alignment: Alignment, bearings: Bearings, crossed: Collection[tuple[str, str]]) -> list[Question]:
    """Consequences there of something that firmly corresponds to a fact here, those that bear on the ending first.

    None that puts somebody in the place of another with whom he is `crossed`.
    """
    firm = {(match.base.id, match.target.id) for match in alignment.facts if is_firm(match)}
    asked = [
        question
        for question in alignment.questions
        if (question.cause.id, question.here.id) in firm and not any(pair in crossed for pair in question.actors)
    ]
    return sorted(asked, key=lambda question: bearings.key(question.effect))


def ask_consequences(
    alignment: Alignment, ours: EpisodeRecord | None, theirs: EpisodeRecord, bearings: Bearings,
    crossed: Collection[tuple[str, str]],
) -> list[Tripwire]:  # fmt: skip
    """What followed there from something that a fact of one kind with it corresponds to here, and has no counterpart."""
    return [
        Tripwire(
            "consequence", cell_of(q.effect, theirs), q.effect.predicate, theirs.id, theirs.name, "", "",
            months_between(theirs.period, q.effect.known), None, cell_of(q.cause, theirs), cell_of(q.here, ours),
        )
        for q in firm_questions(alignment, bearings, crossed)[:CONSEQUENCES]
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
    """Differences there and here in turn, those there by bearing, each kind once on either side."""
    ordered = sorted(
        (row for row in rows if row.there),
        key=lambda row: (FAR if row.bearing is None else row.bearing, not row.shares_actor),
    )
    there = _first_of_each(ordered)
    here = _first_of_each([row for row in rows if row.here])
    out: list[Row] = []
    while there or here:
        out += [*there[:2], *here[:1]]
        there, here = there[2:], here[1:]
    return out


def _first_of_each(rows: Iterable[Row]) -> list[Row]:
    """Rows without those of a kind that was told before."""
    told: dict[str, Row] = {}
    for row in rows:
        told.setdefault(row.term, row)
    return list(told.values())


def _kinds(case: Case) -> set[tuple[str, str]]:
    return {_kind(fact) for fact in case.facts}


def _kind(fact: Fact) -> tuple[str, str]:
    return fact.scheme, fact.predicate
