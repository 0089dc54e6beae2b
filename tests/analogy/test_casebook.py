"""Cases of the real episodes: what is a fact, what is left out, and what a cut-off shows."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.analogy.case import Case
from kg.analogy.casebook import Casebook, case_of, cut_off, ending_of, project_rows
from kg.errors import DateError, NotFound, UsageError
from kg.model.dates import parse_date
from kg.model.ontology import Ontology, load_ontology
from kg.model.projection import project, schema
from kg.model.records import Record, list_values, make_record, read_records
from kg.store import Store

DATA = Path(__file__).resolve().parents[2] / "data"
ARMISTICE = "korean-armistice-talks"
HINDSIGHT = ("outcome", "failure_modes", "claims", "phases", "agreements")


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def records(ontology: Ontology) -> list[Record]:
    found, problems = read_records([DATA / "episodes", DATA / "actors", DATA / "persons"], ontology)
    assert not problems
    return found


@pytest.fixture(scope="module")
def episodes(records: list[Record], ontology: Ontology) -> dict[str, Record]:
    return {record.id: record for record in records if ontology.is_a(record.type, "Episode")}


@pytest.fixture(scope="module")
def casebook(records: list[Record], ontology: Ontology) -> Casebook:
    return Casebook.from_records(records, ontology)


def kinds(case: Case) -> set[str]:
    return {fact.predicate for fact in case.facts}


def ids(case: Case) -> set[str]:
    return {fact.id.removeprefix(f"{case.id}/") for fact in case.facts}


def test_armistice_has_both_patrons_with_their_clients(casebook: Casebook) -> None:
    case = casebook.case(ARMISTICE)
    patrons = {f.fillers("actor"): f.fillers("target") for f in case.facts if f.predicate == "patron-of"}
    assert patrons == {("soviet-union",): ("china", "north-korea"), ("united-states",): ("south-korea",)}
    soviet = case.entity("soviet-union")
    assert (soviet.name, soviet.kind, soviet.attributes) == ("Soviet Union", "actor", ("State", "patron"))


def test_positions_moves_and_links_are_typed_and_sourced(casebook: Casebook) -> None:
    case = casebook.case(ARMISTICE)
    facts = {fact.id: fact for fact in case.facts}
    stand = facts[f"{ARMISTICE}/prisoners-issue/positions-china"]
    assert (stand.scheme, stand.predicate) == ("issue-topics", "prisoners")
    assert stand.roles == (("holder", "china"), ("issue", f"{ARMISTICE}/prisoners-issue"))
    assert stand.sources == ("foot-1990",)
    offer = facts[f"{ARMISTICE}/ridgway-offer"]
    assert (offer.predicate, offer.date, offer.known) == ("propose-talks", "1951-06-30", "1951-06-30")
    assert offer.fillers("target") == ("china", "north-korea")
    assert facts[f"{ARMISTICE}/weakness-perceived"].status == "contested"
    assert facts[f"{ARMISTICE}/first-session"].fillers("participant") == ("north-korea", "united-nations-command")
    links = {(x.source, x.kind, x.target) for x in case.links}
    assert (f"{ARMISTICE}/package-refused", "provokes", f"{ARMISTICE}/suiho-bombing") in links


def test_nothing_of_the_armistice_is_in_its_case(casebook: Casebook) -> None:
    case = casebook.case(ARMISTICE)
    assert "rhee-release" in ids(case)  # 18 June 1953, before the understanding with Rhee of 12 July
    assert not ids(case) & {
        "signature",
        "signing-session",
        "kumsong-offensive",
        "cease-fire-promise",
        "defence-treaty-promise",
    }
    fights = next(fact for fact in case.facts if fact.predicate == "fights")
    assert fights.date == "1951-07-10/.."  # until when they fought was not known


def test_no_case_holds_hindsight(casebook: Casebook, episodes: dict[str, Record]) -> None:
    for id, case in casebook.cases.items():
        data = episodes[id].data
        late = {part["id"] for key in HINDSIGHT for part in list_values(data.get(key))}
        assert not late & {fact.id for fact in case.facts}
        assert not kinds(case) & {"sign-agreement", "ratify", "implement"}
        outcome = list_values(data["outcome"])[0]
        known = parse_date(outcome.get("known") or data["date"])
        for fact in case.facts:
            assert fact.known is None or parse_date(fact.known).precedes(known), fact.id
            assert fact.text != outcome["text"]


def test_every_case_is_whole(casebook: Casebook) -> None:
    assert len(casebook.cases) >= 18
    for case in casebook.cases.values():
        entities, facts = {e.id for e in case.entities}, {f.id for f in case.facts}
        assert len(case.facts) >= 25, case.id
        assert len(facts) == len(case.facts)
        assert len(entities) == len(case.entities)
        for fact in case.facts:
            assert fact.roles or fact.scheme == "incidents", fact.id
            assert {id for _, id in fact.roles} <= entities, fact.id
            assert fact.text
            assert fact.sources, fact.id
        assert case.links and all({x.source, x.target} <= facts and x.source != x.target for x in case.links)
        dated = [parse_date(f.date).low or (-10000, 0, 0) for f in case.facts if f.date]
        assert dated == sorted(dated)
        assert [f.date is None for f in case.facts] == sorted((f.date is None for f in case.facts), reverse=True)


def test_commitments_of_earlier_agreements_are_facts_but_not_how_they_were_kept(casebook: Casebook) -> None:
    case = casebook.case("six-party-talks")
    freeze = next(fact for fact in case.facts if fact.id.endswith("/shut-down-yongbyon"))
    assert (freeze.scheme, freeze.predicate, freeze.known) == ("commitment-kinds", "freeze", "2007-02-13")
    assert freeze.fillers("obligor") == ("north-korea",) and "united-states" in freeze.fillers("obligee")
    assert dict(freeze.details)["verification"] == "international-inspectorate"
    assert not any("Inspectors confirmed the shutdown" in fact.text for fact in case.facts)


def test_settlements_end_their_cases(casebook: Casebook) -> None:
    # The exchange of letters of 28 October 1962 and the Munich agreement are the outcome, long before it was all known.
    assert max(fact.known or "" for fact in casebook.case("cuban-missile-crisis").facts) < "1962-10-28"
    assert max(fact.known or "" for fact in casebook.case("munich").facts) < "1938-09-29"


def test_what_came_to_light_later_is_left_out(casebook: Casebook) -> None:
    assert "secret-date" not in ids(casebook.case("munich"))  # known from 1945


def test_cutoff_shows_what_was_known_then(casebook: Casebook) -> None:
    whole, then = casebook.case(ARMISTICE), casebook.case(ARMISTICE, "1952-01-02")
    assert 0 < len(then.facts) < len(whole.facts)
    assert "voluntary-repatriation" in ids(then)
    assert not ids(then) & {"repatriation-refused", "election-pressure", "stalin-dies", "indian-plan"}
    assert all(fact.known is None or fact.known <= "1952-01-02" for fact in then.facts)
    assert {x.target for x in then.links} <= {fact.id for fact in then.facts}
    assert "india" not in {entity.id for entity in then.entities}
    assert then.cutoff == "1952-01-02" and whole.cutoff is None
    patience = next(
        fact for fact in casebook.case(ARMISTICE, "1952-01-02").facts if fact.id.endswith("/stalin-patient")
    )
    assert patience.date == "1951/.."
    assert cut_off(whole, "2000-01-01").facts == whole.facts


def test_record_and_graph_give_the_same_cases(
    graph: Store, records: list[Record], ontology: Ontology, casebook: Casebook
) -> None:
    """On every engine: what the queries return is what a record projects to."""
    kept = {ARMISTICE, "munich"}
    _, edges = project((record for record in records if record.id in kept), ontology)
    used = kept | {end for edge in edges for end in (edge.source, edge.target)}
    some = [r for r in records if r.id in kept or (r.id in used and not ontology.is_a(r.type, "Episode"))]
    nodes, edges = project(some, ontology)
    nodes = [node for node in nodes if "record" in node.props]
    inside = {node.id for node in nodes}
    edges = [edge for edge in edges if edge.source in inside and edge.target in inside]
    graph.apply_schema(schema(ontology, 8))
    graph.load(nodes, edges)
    graph.write_meta({"data_version": "test"})
    found = Casebook.from_rows(graph.run("case_nodes"), graph.run("case_edges"), graph.run("gazetteer"), ontology)
    assert set(found.cases) == kept
    for id, case in found.cases.items():
        assert case == casebook.cases[id]
        assert found.endings[id] == casebook.endings[id]


def test_order_of_rows_does_not_matter(episodes: dict[str, Record], ontology: Ontology) -> None:
    nodes, edges = project_rows([episodes[ARMISTICE]], ontology)
    first = Casebook.from_rows(nodes, edges, [], ontology)
    random.Random(3).shuffle(nodes)
    random.Random(4).shuffle(edges)
    again = Casebook.from_rows(nodes, edges, [], ontology)
    assert again.cases == first.cases


def test_case_of_a_record(episodes: dict[str, Record], ontology: Ontology, casebook: Casebook) -> None:
    data = episodes[ARMISTICE].data
    names = {e.id: e.name for e in casebook.case(ARMISTICE).entities if e.kind == "actor"}
    types = {e.id: e.attributes[0] for e in casebook.case(ARMISTICE).entities if e.kind == "actor"}
    assert case_of(data, ontology, names=names, types=types) == casebook.case(ARMISTICE)
    assert case_of(data, ontology, "1952-01-02", names, types) == casebook.case(ARMISTICE, "1952-01-02")
    assert case_of(data, ontology).entity("india").name == "india"


def test_endings_stand_apart(episodes: dict[str, Record], ontology: Ontology, casebook: Casebook) -> None:
    ending = ending_of(episodes["first-inter-korean-summit"].data, ontology)
    assert ending == casebook.endings["first-inter-korean-summit"]
    assert ending.known == "2000-12-31"  # "2000-12": not shown before the month is over
    assert "framework-agreement" in ending.codes and ending.sources
    assert set(casebook.endings) == set(casebook.cases)


def test_an_episode_under_way_has_all_its_facts_and_no_ending(ontology: Ontology) -> None:
    record = make_record(
        {
            "id": "siege", "type": "Crisis", "name": "A siege", "date": "-0430/..",
            "parties": [{"actor": "athens", "role": ["belligerent"], "cites": ["thucydides"]}],
            "moves": [
                {"id": "envoy", "kind": "propose", "actor": "athens", "date": "-0429-03", "text": "An envoy.", "cites": ["thucydides"]},
                {"id": "truce", "kind": "accept", "actor": "athens", "date": "-0428", "text": "A truce.", "cites": ["thucydides"]},
            ],
        },
        ontology,
    )  # fmt: skip
    case = case_of(record.data, ontology)
    assert [fact.known for fact in case.facts] == ["-0429-03-31", "-0428-12-31"]
    assert ids(case_of(record.data, ontology, "-0429-12-31")) == {"envoy"}
    assert not ids(case_of(record.data, ontology, "-0429-03-15"))  # the month is not over
    with pytest.raises(UsageError, match="siege has no outcome"):
        ending_of(record.data, ontology)


def test_errors(casebook: Casebook) -> None:
    with pytest.raises(NotFound, match="no episode 'nowhere'"):
        casebook.case("nowhere")
    with pytest.raises(DateError):
        casebook.case(ARMISTICE, "2 January 1952")
