"""Contested statements read the other way, on the records in the graph."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from kg.analogy.align import align
from kg.analogy.brief.aligned import without
from kg.analogy.brief.disputed import CONTESTED, Flipping, find_disputes
from kg.analogy.brief.looks import join_orders, rank_by
from kg.analogy.brief.model import Disputes
from kg.analogy.casebook import Casebook
from kg.analogy.episodes import Library
from kg.analogy.facets import compare, read_weights
from kg.model.ontology import load_ontology
from kg.store import Store

# The order by text is given, so that no other episode changes what is asked here.
HERE = "yalta"
OTHERS = ("korean-armistice-talks", "second-north-korean-nuclear-crisis", "july-crisis", "hanoi-summit")
LOOKS = {"topical": 1.0, "structural": 1.0, "facet": 1.0}


@pytest.fixture(scope="module")
def library(built_home: Path, store: Store) -> Library:
    return Library(store.run)


@pytest.fixture(scope="module")
def casebook(built_home: Path, store: Store) -> Casebook:
    return Casebook.from_rows(store.run("case_nodes"), store.run("case_edges"), store.run("gazetteer"), load_ontology())


def join(order: list[str], structural: Mapping[str, int], faceted: Mapping[str, int]) -> list[str]:
    text = {id: place for place, id in enumerate(order, 1)}
    return join_orders({"topical": text, "structural": structural, "facet": faceted}, order, LOOKS)


def flip_all(casebook: Casebook, library: Library, here: str, others: tuple[str, ...]) -> Disputes:
    case, cases = casebook.case(here), {id: casebook.case(id) for id in others}
    flipping = Flipping(
        case, cases, {id: align(cases[id], case) for id in others},
        {id: compare(cases[id], case) for id in others}, read_weights(), list(others), partial(join, list(others)),
    )  # fmt: skip
    records = library.read([*others, here])
    return find_disputes(flipping, records, records[here], others)


def test_what_is_contested_is_in_play_on_both_sides(casebook: Casebook, library: Library) -> None:
    disputes = flip_all(casebook, library, HERE, OTHERS)
    facts = {fact.id: fact for id in (HERE, *OTHERS) for fact in casebook.case(id).facts}
    flipped = {flip.fact.id: flip for flip in disputes.flips}
    assert disputes.found >= len(flipped) and {"yalta", "korean-armistice-talks"} <= {f.episode for f in disputes.flips}
    marked = {id for id, fact in facts.items() if fact.status == CONTESTED}
    for id, flip in flipped.items():
        assert id in marked or any(reading.verdict == CONTESTED for reading in flip.readings)
    if disputes.found <= len(flipped):
        assert marked <= set(flipped)


def test_a_claim_and_the_one_that_disputes_it_are_the_readings_of_a_fact(casebook: Casebook, library: Library) -> None:
    disputes = flip_all(casebook, library, "hanoi-summit", ("second-north-korean-nuclear-crisis",))
    flip = next(f for f in disputes.flips if f.fact.id == "second-north-korean-nuclear-crisis/kang-answers")
    holders = {reading.statement.id.split("/")[1]: reading.holder for reading in flip.readings}
    assert set(holders) == {"was-admission", "no-admission"} and "Korea" in holders["no-admission"]
    assert all(reading.statement.cites for reading in flip.readings)


def test_ranks_are_those_without_the_fact(casebook: Casebook, library: Library) -> None:
    disputes = flip_all(casebook, library, HERE, OTHERS)
    here = casebook.case(HERE)
    for flip in disputes.flips:
        gone = [flip.fact.id]
        base = {id: without(casebook.case(id), gone) for id in OTHERS}
        scores = {id: align(base[id], without(here, gone)).score for id in OTHERS}
        overall = {id: compare(base[id], without(here, gone)).overall for id in OTHERS}
        structural = rank_by(scores, OTHERS)
        faceted = rank_by({id: score for id, score in overall.items() if score is not None}, OTHERS)
        assert flip.ranks["structural"] == structural
        assert flip.ranks["facet"] == {id: faceted.get(id, 0) for id in OTHERS}
        order = join(list(OTHERS), structural, faceted)
        assert flip.ranks["all"] == {id: order.index(id) + 1 for id in OTHERS}
        before = disputes.ranks
        assert set(flip.moved) == {id for id in OTHERS for look in before if before[look][id] != flip.ranks[look][id]}


def test_where_nothing_is_contested_nothing_is_read_the_other_way(casebook: Casebook, library: Library) -> None:
    def is_calm(id: str) -> bool:
        record = library.read([id])[id]
        marked = any(fact.status == CONTESTED for fact in casebook.case(id).facts)
        return not marked and not any(record.far(claim["id"], "CONCERNS") for claim in record.of("Claim"))

    chosen = tuple(id for id in casebook.cases if is_calm(id))[:3]
    disputes = flip_all(casebook, library, chosen[0], chosen[1:])
    assert disputes.found == 0 and disputes.flips == ()
    contested = [c for id in chosen for c in library.read([id])[id].of("Claim") if c.get("status") == CONTESTED]
    assert disputes.beside == len(contested)
