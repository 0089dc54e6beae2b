"""Briefs of the op-ed's paragraph and of an episode, made from the real records in the embedded graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import beta

from kg.analogy.brief.grid import NEAR
from kg.analogy.brief.looks import find_badge
from kg.analogy.brief.make import Engine, make_brief
from kg.analogy.brief.model import QUERY, Brief, list_cites
from kg.analogy.brief.robustness import leave_out
from kg.analogy.casebook import Casebook
from kg.analogy.drawn import DrawnIndex
from kg.analogy.encode import Encoder
from kg.analogy.episodes import Library
from kg.analogy.evidence import Cell, one_line
from kg.analogy.gazetteer import Gazetteer
from kg.analogy.index import EpisodeIndex
from kg.analogy.mask import Masker
from kg.analogy.names import EntityFinder
from kg.analogy.outcomes import QUESTIONS, answer, compare_endings, count_outcomes, find_dyad, jeffreys
from kg.analogy.pathways import AT_RISK
from kg.analogy.provisional import provisional_case
from kg.analogy.similar import Query, read_query
from kg.model.dates import parse_date
from kg.model.ontology import BASE, load_ontology
from kg.store import Store

PARADOX = (
    "The paradox: the other side reads the mere act of sitting down with it as a sign of weakness. It offers "
    "moratoriums and symbolic gestures, and may walk out or provoke. We want a settlement on today's lines, our ally "
    "wants more, and talks could drag on for years."
)


@pytest.fixture(scope="module")
def desk(built_home: Path, store: Store, encoder: Encoder) -> Engine:
    gazetteer = store.run("gazetteer")
    casebook = Casebook.from_rows(store.run("case_nodes"), store.run("case_edges"), gazetteer, load_ontology())
    masker = Masker(Gazetteer.from_rows(gazetteer), EntityFinder())
    return Engine(
        EpisodeIndex.from_rows(store.run("episode_passages"), "test"), encoder, masker, Library(store.run), casebook,
        drawn=DrawnIndex(store.run("drawn_passages"), encoder.model_id, encoder.reader_id),
    )  # fmt: skip


@pytest.fixture(scope="module")
def paradox(desk: Engine) -> Brief:
    return make_brief(Query(PARADOX), desk)


@pytest.fixture(scope="module")
def hanoi(desk: Engine) -> Brief:
    return make_brief(Query(episode="hanoi-summit"), desk)


@pytest.fixture(scope="module")
def told(desk: Engine) -> Brief:
    """The paragraph with the facts read off it."""
    case = provisional_case(PARADOX, desk.masker, desk.encoder, load_ontology())
    return make_brief(Query(PARADOX), desk, case=case)


@pytest.fixture(params=["paradox", "told", "hanoi"])
def brief(request: pytest.FixtureRequest) -> Brief:
    return request.getfixturevalue(request.param)


def cells_of(value: Any) -> Iterator[Cell]:
    """Every statement in a brief."""
    if isinstance(value, Cell):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from cells_of(getattr(value, field.name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from cells_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from cells_of(inner)


def read_nodes(store: Store, ids: set[str]) -> dict[str, dict[str, Any]]:
    """Nodes, and relationships of positions, by id, straight from the graph."""
    nodes = {row["props"]["id"]: row["props"] for row in store.run("page_nodes", ids=sorted(ids))}
    wants = store.read_cypher("MATCH ()-[r:WANTS]->() RETURN r.iri, r.text, r.sources", row_limit=100_000)
    assert not wants.truncated
    return nodes | {iri.removeprefix(BASE): {"text": text, "sources": works} for iri, text, works in wants.rows}


def test_every_statement_stands_in_the_graph_with_its_sources(brief: Brief, store: Store) -> None:
    cells = [cell for cell in cells_of(brief) if not cell.id.startswith(QUERY)]
    assert len(cells) > 100
    nodes = read_nodes(store, {cell.id for cell in cells})
    read_by = store.read_cypher("MATCH (p:Predicament)-[:READ_BY]->(s) RETURN p.id, s.id", row_limit=100_000).rows
    for cell in cells:
        props = nodes[cell.id]
        told = {one_line(props.get(key)) for key in ("text", "summary", "abstract", "lesson", "name") if props.get(key)}
        assert cell.text in told, cell.id
        works = set(props.get("sources") or ()) | {work for id, work in read_by if id == cell.id}
        assert {cite.source for cite in cell.cites} == works, cell.id
        assert cell.cites or props.get("type") in ("Judgement", "Predicament"), cell.id
    assert {cite.source for cite in list_cites(brief)} <= set(brief.works)


def test_the_readers_own_words_are_his(paradox: Brief) -> None:
    own = [cell for cell in cells_of(paradox) if cell.id.startswith(QUERY)]
    assert own and all(cell.text in PARADOX and not cell.cites for cell in own)


def test_the_armistice_talks_lead_and_say_why(paradox: Brief) -> None:
    first = paradox.analogues[0]
    assert first.id == "korean-armistice-talks"
    best = first.grid.likenesses[0]
    assert best.here and "sign of weakness" in best.here.text
    assert best.there and best.there.id == "korean-armistice-talks/talks-taken-as-weakness"
    assert {cite.source for cite in best.there.cites} == {"joy-1955", "cronin-2019"}


def test_what_was_not_compared_is_said_and_nothing_claimed_of_it(paradox: Brief) -> None:
    assert "no-case" in paradox.limits.missing
    for analogue in paradox.analogues:
        assert analogue.looks.structural is None and analogue.looks.facet is None and not analogue.badge
        assert not analogue.pairings and not analogue.chains and not analogue.grid.differences
        assert all(row.status == "presumed" for row in analogue.grid.likenesses)
        assert analogue.grid.unknowns and all(row.here is None for row in analogue.grid.unknowns)


def test_facts_read_off_a_text_stay_presumed_and_silence_is_no_difference(told: Brief) -> None:
    assert {"text-case", "thin-case"} <= set(told.limits.missing)
    first = told.analogues[0]
    pairs = {
        (row.here.kind, row.there.id) for row in first.grid.likenesses if row.basis == "fact" and row.here and row.there
    }
    assert ("perceives-weakness", "korean-armistice-talks/weakness-perceived") in pairs
    assert ("wants-more-than-ally", "korean-armistice-talks/ally-wants-victory") in pairs
    assert {(p.here_name, p.there) for p in first.pairings} >= {("our ally", "south-korea")}
    for analogue in told.analogues:
        assert not analogue.badge and all(row.there is None for row in analogue.grid.differences)
        rows = (*analogue.grid.likenesses, *analogue.grid.differences)
        assert all(row.status != "known" for row in rows)
        for row in rows:
            assert row.here and row.here.id.startswith(QUERY) and row.here.text in PARADOX
    assert all(feature.here is not False for case in told.counter_cases for feature in (*case.present, *case.absent))


WALKED = (
    "At Hanoi the American president walked out before lunch, and North Korea went home without relief from sanctions. "
    "North Korea threatens to test missiles again, and China proposes talks. The United States demands that North Korea "
    "give up its weapons first."
)


def test_a_likeness_by_text_is_among_the_nearest_predicaments_and_says_which(paradox: Brief, told: Brief) -> None:
    for analogue in (*paradox.analogues, *told.analogues):
        rows = [row for row in analogue.grid.likenesses if row.basis == "text"]
        nearest = analogue.looks.predicament_rank
        assert 1 <= nearest <= analogue.looks.predicaments
        assert [row.rank for row in rows] == sorted(row.rank for row in rows) and bool(rows) == (nearest <= NEAR)
        assert all(nearest <= row.rank <= NEAR and row.of == analogue.looks.predicaments for row in rows)
    ranks = [row.rank for analogue in paradox.analogues for row in analogue.grid.likenesses]
    assert ranks and len(ranks) == len(set(ranks))


UNKNOWN_PERSON = (
    "We hold talks with the other side on the border. Kimberley Featherstone demands a withdrawal and would walk out. "
    "The other side rejects our offer, our ally wants more, and we propose an armistice."
)


def test_persons_of_whom_nothing_is_known_play_nobody_and_what_is_supposed_is_no_difference(desk: Engine) -> None:
    case = provisional_case(UNKNOWN_PERSON, desk.masker, desk.encoder, load_ontology())
    said = {fact.predicate: fact for fact in case.facts}
    assert "demand" in said and ("modality", "would") in said["walk-out"].details
    brief = make_brief(Query(UNKNOWN_PERSON), desk, case=case)
    shown = [row for a in brief.analogues for row in (*a.grid.likenesses, *a.grid.differences) if row.here]
    assert shown and not any("Featherstone" in row.here.text for row in shown if row.here and row.basis == "fact")
    assert not any("Featherstone" in pair.here_name for a in brief.analogues for pair in a.pairings)
    assert any(a.pairings for a in brief.analogues)


def test_what_only_the_ending_records_is_no_difference_and_nobody_plays_another_who_is_there(desk: Engine) -> None:
    case = provisional_case(WALKED, desk.masker, desk.encoder, load_ontology())
    assert "walk-out" in {fact.predicate for fact in case.facts}
    assert "walk-out" not in {fact.predicate for fact in desk.casebook.case("hanoi-summit").facts}, "it is its ending"
    brief = make_brief(Query(WALKED), desk, case=case)
    hanoi = next(analogue for analogue in brief.analogues if analogue.id == "hanoi-summit")
    assert "walk-out" not in {row.term for row in hanoi.grid.differences}
    for analogue in brief.analogues:
        terms = [row.term for row in analogue.grid.differences]
        assert len(terms) == len(set(terms)), "each kind once"
        there = {entity.id for entity in desk.casebook.case(analogue.id).entities}
        for pair in analogue.pairings:
            assert pair.here == pair.there or pair.here not in there
        shown = {(pair.here, pair.there) for pair in analogue.pairings}
        assert all(pair in shown for tie in analogue.ties for pair in zip(tie.here, tie.there, strict=True))


def test_an_episode_is_compared_by_facts_and_its_ending_kept_out(hanoi: Brief, desk: Engine) -> None:
    ours = {fact.id for fact in desk.casebook.case("hanoi-summit").facts}
    rows = [row for a in hanoi.analogues for row in a.grid.likenesses if row.basis == "fact"]
    assert rows
    for row in rows:
        assert row.here and row.there and row.here.id in ours
        assert row.here.kind == row.there.kind
    assert all(a.pairings and a.looks.structural is not None and a.facets for a in hanoi.analogues)
    for analogue in hanoi.analogues:
        for row in analogue.grid.differences:
            assert (row.here is None) != (row.there is None)
    outcome_words = "No statement was signed"
    assert not any(outcome_words in cell.text for cell in cells_of(hanoi))


def test_facts_that_bear_on_the_ending_come_first(hanoi: Brief) -> None:
    for analogue in hanoi.analogues:
        steps = [99 if r.bearing is None else r.bearing for r in analogue.grid.likenesses if r.basis == "fact"]
        assert steps == sorted(steps)


def test_distant_analogues_are_near_by_structure_and_far_by_text(hanoi: Brief) -> None:
    assert hanoi.distant
    for analogue in hanoi.distant:
        looks = analogue.looks
        assert analogue.badge == "distant-analogue" and analogue.rank > len(hanoi.analogues)
        assert looks.structural_rank and looks.structural_rank * 3 <= looks.structural_of


def test_badges_go_by_rank() -> None:
    order = [f"e{n}" for n in range(1, 10)]
    by_structure = {id: 10 - n for n, id in enumerate(order, 1)}
    badges = {id: find_badge(id, order, by_structure, {}) for id in order}
    assert {id for id, badge in badges.items() if badge == "surface-trap"} == {"e1", "e2", "e3"}
    assert {id for id, badge in badges.items() if badge == "distant-analogue"} == {"e7", "e8", "e9"}
    agreeing = {id: n for n, id in enumerate(order, 1)}
    assert find_badge("e1", order, by_structure, agreeing) == ""
    assert find_badge("e1", order[:5], {id: 6 - n for n, id in enumerate(order[:5], 1)}, {}) == ""


@pytest.mark.parametrize(("count", "n"), [(1, 5), (3, 7), (19, 20), (50, 400)])
def test_the_interval_is_that_of_jeffreys(count: int, n: int) -> None:
    expected = beta.ppf([0.025, 0.975], count + 0.5, n - count + 0.5)
    assert np.allclose(jeffreys(count, n), expected, atol=1e-9)


def test_the_interval_ends_at_nought_and_one() -> None:
    assert jeffreys(0, 8) == (0.0, pytest.approx(beta.ppf(0.975, 0.5, 8.5)))
    assert jeffreys(8, 8) == (pytest.approx(beta.ppf(0.025, 8.5, 0.5)), 1.0)
    with pytest.raises(ValueError, match="9 of 8"):
        jeffreys(9, 8)


def test_outcomes_are_counted_once_for_each_dyad(brief: Brief, store: Store) -> None:
    reference = brief.reference
    counted = [member for member in reference.members if member.counted]
    dyads = [member.dyad for member in counted if member.dyad]
    assert len(counted) == reference.n and len(set(dyads)) == len(dyads)
    assert {m.dyad for m in reference.members if not m.counted} <= set(dyads)
    rows = store.read_cypher("MATCH (o:Outcome) RETURN o.record, o.codes").rows
    lineage = load_ontology().concept_lineage
    held = {id: {term for code in codes for term in lineage(code)} for id, codes in rows}
    for share in reference.shares:
        having = [m.id for m in counted if share.code in held[m.id]]
        assert list(share.episodes) == having and share.count == len(having) <= share.n == reference.n
        assert share.low is not None and share.high is not None and share.low <= share.count / share.n <= share.high


def test_few_episodes_get_no_interval_and_open_ones_both_bounds(desk: Engine) -> None:
    ids = ["munich", "cuban-missile-crisis", "camp-david-accords", "libya-renunciation", "july-4-communique"]
    records = desk.library.read(ids)
    few = count_outcomes([records[id] for id in ids[:3]], 10)
    assert few.n == 3 and few.shares and all(share.low is share.high is None for share in few.shares)
    cut = count_outcomes(
        [record.cut((1962, 12, 31)) if id == "munich" else record for id, record in records.items()], 10
    )
    closed = next(share for share in cut.shares if share.code == "implemented")
    still_open = [record.cut((1939, 1, 1)) if id == "munich" else record for id, record in records.items()]
    opened = next(share for share in count_outcomes(still_open, 10).shares if share.code == "implemented")
    assert (closed.count, closed.open, opened.count, opened.open) == (2, 0, 2, 1)
    assert opened.low == pytest.approx(closed.low)
    assert opened.high == pytest.approx(beta.ppf(0.975, 3.5, 2.5)) and opened.high > (closed.high or 0)


def test_dyads_are_those_that_faced_each_other(desk: Engine) -> None:
    expected = {
        "korean-armistice-talks": ("north-korea", "united-states"), "munich": ("czechoslovakia", "germany"),
        "cuban-missile-crisis": ("soviet-union", "united-states"), "camp-david-accords": ("egypt", "israel"),
        "washington-naval-conference": (),
    }  # fmt: skip
    for id, record in desk.library.read(expected).items():
        assert tuple(party.id for party in find_dyad(record.parties)) == expected[id]


def test_counter_cases_ended_otherwise_and_differ_as_told(brief: Brief, desk: Engine) -> None:
    assert len(brief.counter_cases) >= 2
    for case in brief.counter_cases:
        lead, other = (desk.library.read([id])[id] for id in (case.lead, case.id))
        assert case.differences == compare_endings(lead.codes, other.codes) and case.differences
        for difference in case.differences:
            assert answer(lead.codes, difference.question) is not answer(other.codes, difference.question)
        kinds = {id: {(f.scheme, f.predicate) for f in desk.casebook.case(id).facts} for id in (case.lead, case.id)}
        for feature in case.present:
            assert (feature.scheme, feature.term) in kinds[case.id] - kinds[case.lead]
        for feature in case.absent:
            assert (feature.scheme, feature.term) in kinds[case.lead] - kinds[case.id]
        assert all(f.with_other <= f.of_other and f.with_same <= f.of_same for f in (*case.present, *case.absent))
        gaps = [f.with_other / f.of_other - f.with_same / f.of_same for f in (*case.present, *case.absent)]
        assert all(gap > 0 for gap in gaps[: len(case.present)]), "a kind that goes with the other ending sets it apart"
        assert all(gap < 0 for gap in gaps[len(case.present) :])
        assert case.present or case.absent


def test_no_question_is_answered_both_ways() -> None:
    codes = load_ontology().schemes["outcomes"].concepts
    for yes, no in QUESTIONS.values():
        assert yes and no and not yes & no and yes | no <= set(codes)
    assert answer(["implemented", "collapsed"], "lasted") is None


def test_failure_pathways_are_those_of_the_analogues(brief: Brief, store: Store) -> None:
    shown = [analogue.id for analogue in brief.analogues]
    rows = store.read_cypher(
        "MATCH (f:FailureMode) WHERE f.record IN $ids RETURN f.id, f.mode, f.status, f.signs", {"ids": shown}
    ).rows
    assert {i.statement.id for path in brief.pathways for i in path.instances} == {row[0] for row in rows}
    for path in brief.pathways:
        of = [row for row in rows if row[1] == path.mode]
        assert path.seen == len({row[0].split("/")[0] for row in of})
        assert path.struck == len({row[0].split("/")[0] for row in of if row[2] == "struck"}) <= path.n == len(shown)
        signs = {row[0]: [one_line(sign) for sign in row[3]] for row in of}
        assert all(list(i.signs) == signs[i.statement.id] for i in path.instances)
    assert any(instance.tried for path in brief.pathways for instance in path.instances)


def test_a_promise_at_risk_has_every_reading_of_it(brief: Brief, store: Store) -> None:
    promises = [promise for risk in brief.commitments for promise in risk.promises]
    assert promises
    rows = store.read_cypher(
        "MATCH (c:Commitment)-[:HAS_ASSESSMENT]->(a) WHERE c.id IN $ids RETURN c.id, a.id",
        {"ids": [p.statement.id for p in promises]},
    ).rows
    for promise in promises:
        assert {r.statement.id for r in promise.readings} == {a for c, a in rows if c == promise.statement.id}
        assert any(reading.verdict in AT_RISK for reading in promise.readings)
        assert all(reading.holder for reading in promise.readings)


def test_the_drawn_analogies_belong_to_the_episodes_named(paradox: Brief, hanoi: Brief) -> None:
    drawn = {use.statement.id: use for use in hanoi.drawn}
    assert drawn["cronin-2019-armistice-talks"].relation == "here"
    assert drawn["cronin-2019-armistice-talks"].ending_codes == ()
    shown = {analogue.id for analogue in paradox.analogues}
    joined = [use for use in paradox.drawn if use.relation != "like"]
    assert joined and all(shown & {use.precedent, use.situation} for use in joined)


def test_analogies_of_like_situations_come_first_and_say_why(paradox: Brief, store: Store) -> None:
    like = [use for use in paradox.drawn if use.relation == "like"]
    assert like and list(paradox.drawn[: len(like)]) == like
    ranks = [use.like.rank for use in like if use.like]
    assert ranks == sorted(set(ranks))
    abstracts = dict(store.read_cypher("MATCH (u:AnalogyUse) RETURN u.id, u.situation_abstract").rows)
    for use in like:
        assert use.like and use.like.use == use.statement.id and use.like.sentence in PARADOX
        assert use.like.text in one_line(abstracts[use.statement.id])
    assert "register-episodes" not in paradox.limits.missing
    assert not any(use.like for use in paradox.drawn if use.relation != "like")


def test_like_situations_are_neither_later_than_the_cut_off_nor_the_readers_own(desk: Engine, store: Store) -> None:
    cut = date(1965, 1, 1)
    brief = make_brief(Query(episode="korean-armistice-talks", before=cut), desk)
    like = [use for use in brief.drawn if use.relation == "like"]
    assert like and all((parse_date(use.statement.date).low or (0, 0, 0)) < (1965, 1, 1) for use in brief.drawn)
    assert not any("korean-armistice-talks" in (use.situation, use.precedent) for use in like)
    apart = make_brief(Query(PARADOX, exclude=frozenset(desk.casebook.cases) - {"munich"}), desk)
    joined = {id for use in apart.drawn if use.relation == "like" for id in (use.situation, use.precedent)}
    assert joined <= {"", "munich"}


def test_without_texts_of_the_register_it_says_that_they_were_not_compared(desk: Engine) -> None:
    brief = make_brief(Query(PARADOX), replace(desk, drawn=None))
    assert "register-episodes" in brief.limits.missing and not any(use.like for use in brief.drawn)


def test_stages_are_told_in_order(desk: Engine) -> None:
    told: list[str] = []
    make_brief(Query(episode="hanoi-summit"), desk, tell=told.append)
    words = ["text", "records", "Aligning", "facets", "analogues", "outcomes", "firm"]
    assert [word in stage for word, stage in zip(words, told, strict=True)] == [True] * len(words)


def test_checks_come_from_what_set_others_apart(hanoi: Brief) -> None:
    titles = {case.id for case in hanoi.counter_cases} | {case.lead for case in hanoi.counter_cases}
    kinds = {wire.source for wire in hanoi.tripwires}
    assert kinds == {"counter-case", "consequence"}
    for wire in hanoi.tripwires:
        if wire.source == "counter-case":
            assert {wire.speaks_for, wire.against} <= titles
            assert wire.statement.id.startswith(wire.speaks_for)
        else:
            assert wire.because and wire.like and wire.like.id.startswith("hanoi-summit/")
        assert wire.months is None or wire.months >= 0


def test_nothing_later_than_the_cut_off_is_shown(desk: Engine, store: Store) -> None:
    cut = date(1974, 1, 1)
    brief = make_brief(Query(PARADOX, before=cut), desk)
    assert brief.analogues and "hindsight" in brief.limits.missing
    ended = dict(store.read_cypher("MATCH (e:Episode) RETURN e.id, e.latest").rows)
    records = {cell.id.split("/")[0] for cell in cells_of(brief) if not cell.id.startswith(QUERY)}
    assert all(ended[id] < "1974-01-01" for id in records if id in ended)
    assert all(ended[m.id] < "1974-01-01" for m in brief.reference.members)
    for cell in cells_of(brief):
        low = parse_date(cell.date).low if cell.date else None
        assert low is None or low < (1974, 1, 1), cell.id
    nodes = read_nodes(store, {cell.id for cell in cells_of(brief)})
    for props in nodes.values():
        assert not props.get("date") or props.get("earliest", "") < "1974-01-01", props


def test_an_ending_not_known_by_the_cut_off_is_not_told(desk: Engine) -> None:
    brief = make_brief(Query(PARADOX, before=date(1939, 1, 1)), desk, k=10)
    munich = next(analogue for analogue in brief.analogues if analogue.id == "munich")
    assert munich.ending is None and munich.codes == ()
    assert munich.story.text == one_line(desk.library.read(["munich"])["munich"].root["abstract"])
    assert not any(i.episode == "munich" for path in brief.pathways for i in path.instances)
    assert any(not member.resolved for member in brief.reference.members if member.id == "munich")
    later = make_brief(Query(PARADOX, before=date(1940, 1, 1)), desk, k=10)
    assert any(i.episode == "munich" for path in later.pathways for i in path.instances)


def test_a_cut_off_before_everything_gives_an_empty_brief(desk: Engine) -> None:
    brief = make_brief(Query(PARADOX, before=date(1500, 1, 1)), desk)
    assert not brief.analogues and not brief.counter_cases and brief.limits.considered == 0


def test_leaving_things_out_gives_ranks_again(brief: Brief) -> None:
    shown = [analogue.id for analogue in brief.analogues]
    trials = brief.robustness.trials
    assert {"channel", "passage"} <= {trial.kind for trial in trials}
    for trial in trials:
        assert list(trial.ranks) == shown
        assert trial.stay == sum(0 < rank <= len(shown) for rank in trial.ranks.values())
        assert 1 in trial.ranks.values() or trial.leader not in shown
        assert trial.look != "all" or all(trial.ranks.values())
    assert all(0 < rests.alone <= rests.cited <= rests.statements for rests in brief.robustness.reliance)


def test_a_reading_without_a_sentence_is_that_of_the_rest(desk: Engine) -> None:
    query = Query(PARADOX)
    whole = read_query(query, desk.index, desk.encoder, desk.masker)
    rest = leave_out(whole, [0])
    assert rest is not None
    assert rest.sentences == whole.sentences[1:] and [rest.sentences[i] for i in rest.origins] == list(rest.sentences)
    assert float(rest.weights.sum()) == pytest.approx(1.0)
    assert leave_out(whole, range(len(whole.sentences))) is None


def test_a_brief_can_be_made_again(paradox: Brief, hanoi: Brief, desk: Engine) -> None:
    assert make_brief(Query(PARADOX), desk).to_dict() == paradox.to_dict()
    assert make_brief(Query(episode="hanoi-summit"), desk).to_dict() == hanoi.to_dict()
    replay = paradox.replay
    assert replay.query == {"text": PARADOX} and replay.data_version and replay.model == desk.index.models
    assert replay.channel_weights and replay.facet_weights
