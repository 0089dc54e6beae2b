"""Alignments of the real episodes, and of small cases made to show one rule each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from kg.analogy.align import Alignment, Options, align, compare_counts, predicate_counts
from kg.analogy.align.hypotheses import compare_attributes
from kg.analogy.case import CURATED, Case, CaseEntity, Fact, FactLink
from kg.analogy.casebook import Casebook
from kg.model.ontology import load_ontology
from kg.model.records import read_records

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module")
def casebook() -> Casebook:
    records, problems = read_records([DATA / "episodes", DATA / "actors", DATA / "persons"])
    assert not problems
    return Casebook.from_records(records, load_ontology())


def fact(id: str, predicate: str, *roles: str, scheme: str = "move-kinds") -> Fact:
    """`roles` are written actor=a."""
    return Fact(
        id, scheme, predicate, tuple((r.partition("=")[0], r.partition("=")[2]) for r in roles), f"Text of {id}."
    )


def case(
    id: str, facts: list[Fact], links: Sequence[tuple[str, str, str]] = (), attributes: dict[str, str] | None = None
) -> Case:
    found = dict.fromkeys((role == "issue", e) for f in facts for role, e in f.roles)
    entities = tuple(
        CaseEntity(
            e, e.upper(), "issue" if issue else "actor", ((attributes or {})[e],) if e in (attributes or {}) else ()
        )
        for issue, e in found
    )
    return Case(id, f"The {id}", CURATED, entities, tuple(facts), tuple(FactLink(*x) for x in links))


def who(alignment: Alignment) -> dict[str, str]:
    return {match.base: match.target for match in alignment.entities}


def test_every_episode_is_itself(casebook: Casebook) -> None:
    for episode in casebook.cases.values():
        same = align(episode, episode)
        assert same.score == pytest.approx(1.0)
        assert all(match.base == match.target for match in same.entities)
        assert all(match.base == match.target and match.credit > 0 for match in same.facts)
        placed = {match.base.id for match in same.facts}
        # an incident that nobody is named for has nothing to be placed by
        assert all(not fact.roles for fact in (*same.unmatched_base, *same.unmatched_target))
        assert len(same.facts) + len(same.unmatched_base) == len(episode.facts)
        assert not same.questions
        assert {(a.base.id, b.base.id) for c in same.chains for a, b in zip(c.facts, c.facts[1:], strict=False)} == {
            (link.source, link.target) for link in episode.links if {link.source, link.target} <= placed
        }


def test_constraints_hold_between_all_episodes(casebook: Casebook) -> None:
    some = sorted(casebook.cases)[:9]
    for one, other in combinations(some, 2):
        base, target = casebook.cases[one], casebook.cases[other]
        found = align(base, target)
        mapping = who(found)
        assert 0 < found.score < 1
        assert found.score == pytest.approx((found.base_share * found.target_share) ** 0.5)
        assert len(set(mapping.values())) == len(mapping)
        assert all(base.entity(x).kind == target.entity(y).kind for x, y in mapping.items())
        assert len({m.base.id for m in found.facts}) == len({m.target.id for m in found.facts}) == len(found.facts)
        for match in found.facts:
            assert match.base.scheme == match.target.scheme
            for role in {r for r, _ in match.base.roles} & {r for r, _ in match.target.roles}:
                theirs = match.target.fillers(role)
                assert any(mapping.get(x) in theirs for x in match.base.fillers(role)), (match, role)
        for chain in found.chains:
            for a, b in zip(chain.facts, chain.facts[1:], strict=False):
                assert any((x.source, x.target) == (a.base.id, b.base.id) for x in base.links)
                assert any((x.source, x.target) == (a.target.id, b.target.id) for x in target.links)
        assert {m.base.id for m in found.facts} | {f.id for f in found.unmatched_base} == {f.id for f in base.facts}
        assert {m.target.id for m in found.facts} | {f.id for f in found.unmatched_target} == {
            f.id for f in target.facts
        }


def test_nearly_symmetric(casebook: Casebook) -> None:
    pairs = list(combinations(sorted(casebook.cases), 2))[::4]
    scores = [
        (align(casebook.cases[a], casebook.cases[b]).score, align(casebook.cases[b], casebook.cases[a]).score)
        for a, b in pairs
    ]
    assert all(abs(x - y) < 0.02 for x, y in scores)
    assert sum(abs(x - y) < 1e-9 for x, y in scores) >= 0.9 * len(scores)


def rename(given: Case) -> Case:
    """The case with other names and ids, in the same order."""
    new = {e.id: f"entity-{(n * 7) % 100:02d}-{n}" for n, e in enumerate(given.entities)}
    return replace(
        given,
        id="renamed",
        title="Renamed",
        entities=tuple(replace(e, id=new[e.id], name=new[e.id]) for e in given.entities),
        facts=tuple(
            replace(f, id=f"x-{f.id[::-1]}", roles=tuple((r, new[e]) for r, e in f.roles)) for f in given.facts
        ),
        links=tuple(FactLink(x.kind, f"x-{x.source[::-1]}", f"x-{x.target[::-1]}") for x in given.links),
    )


def test_names_do_not_matter(casebook: Casebook) -> None:
    base = casebook.cases["munich"]
    for id in ("cuban-missile-crisis", "korean-armistice-talks", "munich"):
        target = casebook.cases[id]
        found, blind = align(base, target), align(rename(base), rename(target))
        assert blind.score == pytest.approx(found.score)
        place = [e.id for e in rename(target).entities]
        names = dict(zip([e.id for e in target.entities], place, strict=True))
        mine = dict(zip([e.id for e in base.entities], [e.id for e in rename(base).entities], strict=True))
        assert who(blind) == {mine[x]: names[y] for x, y in who(found).items()}
        assert [(m.base.text, m.target.text) for m in blind.facts] == [
            (m.base.text, m.target.text) for m in found.facts
        ]


def test_same_result_again(casebook: Casebook) -> None:
    base, target = casebook.cases["munich"], casebook.cases["pueblo-crisis"]
    assert align(base, target) == align(base, target)


def test_nuclear_talks_with_north_korea(casebook: Casebook) -> None:
    found = align(casebook.cases["agreed-framework"], casebook.cases["six-party-talks"])
    assert found.counterpart("north-korea") == "north-korea"
    assert found.counterpart("united-states") == "united-states"
    assert who(found)["agreed-framework/special-inspections"] == "six-party-talks/verification-protocol"


def test_distant_cases_share_structure(casebook: Casebook) -> None:
    """Two truce talks, a generation apart: the small ally who wants more than its patron wrecks the settlement."""
    found = align(casebook.cases["korean-armistice-talks"], casebook.cases["paris-talks-on-vietnam"])
    assert found.counterpart("north-korea") == "north-vietnam"
    assert found.counterpart("south-korea") == "south-vietnam"
    matched = {m.base.id.partition("/")[2]: m.target.predicate for m in found.facts}
    assert matched["rhee-release"] == "defy-ally" and matched["fighting-continues"] == "fights"


def test_related_episodes_score_above_unrelated_ones(casebook: Casebook) -> None:
    hanoi = casebook.cases["hanoi-summit"]
    scores = {id: align(hanoi, other).score for id, other in casebook.cases.items() if id != hanoi.id}
    first = sorted(scores, key=lambda id: -scores[id])[:4]
    assert {"reykjavik-summit", "singapore-summit"} <= set(first)
    assert scores["munich"] < scores["reykjavik-summit"] / 2


def test_half_credit_through_a_broader_term() -> None:
    base = case("base", [fact("b", "threaten", "actor=a", "target=b")])
    target = case("target", [fact("t", "issue-ultimatum", "actor=x", "target=y")])
    found = align(base, target)
    assert [(m.credit, m.broader) for m in found.facts] == [(0.5, "coercive-move")]
    assert who(found) == {"a": "x", "b": "y"} and found.score == pytest.approx(0.5)
    assert not align(base, case("other", [fact("t", "mediate", "actor=x", "target=y")])).facts
    full = align(base, target, Options(broader=1.0))
    assert full.score == pytest.approx(1.0)


def test_roles_must_map_in_parallel() -> None:
    """Each threatens the other in the base, one threatens twice in the target: only one of the two can match."""
    base = case("base", [fact("b1", "threaten", "actor=a", "target=b"), fact("b2", "mobilize", "actor=b", "target=a")])
    target = case(
        "target", [fact("t1", "threaten", "actor=x", "target=y"), fact("t2", "mobilize", "actor=x", "target=y")]
    )
    assert len(align(base, target).facts) == 1
    turned = case(
        "turned", [fact("t1", "threaten", "actor=x", "target=y"), fact("t2", "mobilize", "actor=y", "target=x")]
    )
    assert align(base, turned).score == pytest.approx(1.0)


def test_a_causal_chain_outweighs_equal_facts_without_one() -> None:
    acts = ("demand", "reject", "blockade")
    base = case(
        "base",
        [fact(f"b{n}", kind, f"actor={'ab'[n % 2]}", f"target={'ba'[n % 2]}") for n, kind in enumerate(acts)],
        [("causes", "b0", "b1"), ("provokes", "b1", "b2")],
    )
    loose = [fact(f"l{n}", kind, f"actor={'xy'[n % 2]}", f"target={'yx'[n % 2]}") for n, kind in enumerate(acts)]
    tied = [fact(f"t{n}", kind, f"actor={'uv'[n % 2]}", f"target={'vu'[n % 2]}") for n, kind in enumerate(acts)]
    target = case("target", loose + tied, [("causes", "t0", "t1"), ("provokes", "t1", "t2")])
    found = align(base, target)
    assert who(found) == {"a": "u", "b": "v"}
    assert [[m.target.id for m in chain.facts] for chain in found.chains] == [["t0", "t1", "t2"]]
    assert found.chains[0].links == (("causes", "causes"), ("provokes", "provokes"))
    # The second link of a chain earns more than the first: 3 facts, 0.5 for one link and 0.75 for the next.
    assert found.base_share == pytest.approx(1.0)
    assert align(base, case("loose", loose)).base_share == pytest.approx(3 / 4.25)


def test_preventing_does_not_match_causing() -> None:
    facts = [fact("1", "demand", "actor=a", "target=b"), fact("2", "reject", "actor=b", "target=a")]
    cause, prevent = (case(how, facts, [(how, "1", "2")]) for how in ("causes", "prevents"))
    assert not align(cause, prevent).chains
    assert align(cause, case("enables", facts, [("enables", "1", "2")])).chains[0].links == (("causes", "enables"),)


def test_a_coalition_against_one_actor() -> None:
    base = case(
        "base", [fact("b", "reject", "actor=a", "actor=b", "target=c"), fact("c", "threaten", "actor=b", "target=c")]
    )
    target = case("target", [fact("t", "reject", "actor=x", "target=z"), fact("u", "threaten", "actor=x", "target=z")])
    found = align(base, target)
    assert who(found) == {"b": "x", "c": "z"}
    assert {m.base.id: m.credit for m in found.facts} == {"b": pytest.approx(0.75), "c": pytest.approx(1.0)}


def test_attributes_count_only_a_little() -> None:
    facts = [fact("b", "threaten", "actor=a", "target=b")]
    base = case("base", facts, attributes={"a": "patron"})
    targets = [
        fact("t1", "issue-ultimatum", "actor=p", "target=q"),
        fact("t2", "threaten", "actor=x", "target=y"),
        fact("t3", "threaten", "actor=v", "target=w"),
    ]
    alike = align(base, case("target", targets, attributes={"p": "patron", "v": "patron", "x": "client"}))
    assert who(alike)["a"] == "v"  # a tie of structure is decided by attributes, a difference of structure is not
    assert who(align(base, case("target", targets[:2], attributes={"p": "patron", "x": "client"})))["a"] == "x"


def test_attributes_under_one_term_are_half_alike() -> None:
    ontology = load_ontology()
    assert compare_attributes(("State", "mediator"), ("State", "facilitator"), ontology) == pytest.approx(0.5)
    assert compare_attributes(("State",), ("State",), ontology) == 1.0
    assert compare_attributes((), (), ontology) == 0.0


def test_unmatched_consequences_become_questions() -> None:
    facts = [
        fact("b1", "demand", "actor=great", "target=small"),
        fact("b2", "blockade", "actor=great", "target=small"),
        fact("b3", "mediate", "actor=third", "target=great"),
    ]
    base = case("precedent", facts, [("causes", "b1", "b2"), ("enables", "b1", "b3")])
    target = case("situation", [fact("t1", "demand", "actor=x", "target=y")])
    first, second = align(base, target).questions
    assert (first.cause.id, first.here.id, first.how, first.effect.id) == ("b1", "t1", "causes", "b2")
    assert first.actors == (("great", "x"), ("small", "y"))
    assert first.text.endswith("To watch for here: blockade or quarantine, by X towards Y.")
    assert second.actors == (("third", None), ("great", "x"))
    assert "whoever stands where THIRD stood" in second.text


def test_questions_hold_nothing_of_the_ending(casebook: Casebook) -> None:
    base = casebook.cases["munich"]
    ending = casebook.endings["munich"]
    asked = [q for other in casebook.cases.values() for q in align(base, other).questions]
    assert asked
    known = {fact.id for fact in base.facts}
    assert all({q.cause.id, q.effect.id} <= known for q in asked)
    assert not any(ending.text in q.text or "prague-occupied" in q.effect.id for q in asked)


def test_nothing_in_common() -> None:
    base = case("base", [fact("b", "threaten", "actor=a", "target=b")])
    empty = Case("empty", "Empty", CURATED, (), ())
    for found in (align(base, empty), align(empty, base), align(empty, empty)):
        assert found.score == 0.0 and not found.facts and not found.entities


def test_two_sentences_are_enough() -> None:
    """A small situation finds its place in a long precedent; its share is high although the score is low."""
    base = case(
        "base",
        [fact(f"b{n}", k, "actor=a", "target=b") for n, k in enumerate(("demand", "threaten", "mobilize", "seize"))],
    )
    text = case("text", [fact("t", "threaten", "actor=x", "target=y")])
    found = align(base, text)
    assert found.target_share == pytest.approx(1.0) and found.base_share == pytest.approx(0.25)
    assert found.score == pytest.approx(0.5)


def test_predicate_counts(casebook: Casebook) -> None:
    counts = {id: predicate_counts(case) for id, case in casebook.cases.items()}
    assert counts["korean-armistice-talks"]["circumstances:patron-of"] == pytest.approx(2**0.5)
    for mine in counts.values():
        assert compare_counts(mine, mine) == pytest.approx(1.0)
        assert all(0 < compare_counts(mine, other) <= 1 for other in counts.values())
    one = predicate_counts(case("base", [fact("b", "threaten", "actor=a", "target=b")]))
    near = predicate_counts(case("near", [fact("b", "issue-ultimatum", "actor=a", "target=b")]))
    far = predicate_counts(case("far", [fact("b", "mediate", "actor=a", "target=b")]))
    assert compare_counts(one, far) == 0.0 < compare_counts(one, near) < 1.0
    assert compare_counts(one, {}) == 0.0
