"""Views, layouts, steps and exports of the graph."""

from __future__ import annotations

import csv
import io
import math
from itertools import combinations, pairwise

import pytest

from explorer.cypher_view import read_examples
from explorer.graph.export import to_csv, to_page, view_rows
from explorer.graph.layout import STEP, place_nodes
from explorer.graph.order import place_chain
from explorer.graph.questions import EPISODE_QUESTIONS, EVERYTHING, Question, find_question
from explorer.graph.steps import Step, add_step, hidden, read_steps
from explorer.graph.view import View, build_view
from explorer.service import Service
from kg.errors import NotFound
from kg.model.ontology import load_ontology
from tests.explorer.conftest import HOSTILE, SCRIPT

TALKS = "korean-armistice-talks"


def star(leaves: int) -> tuple[list[str], list[tuple[str, str]]]:
    return ["hub", *(f"leaf{i}" for i in range(leaves))], [("hub", f"leaf{i}") for i in range(leaves)]


class TestLayout:
    @pytest.mark.parametrize("leaves", [0, 1, 2, 40, 700])
    def test_same_graph_same_drawing_and_no_node_on_another(self, leaves: int) -> None:
        ids, links = star(leaves)
        places = place_nodes(ids, links)
        assert places == place_nodes(ids, links)
        assert set(places) == set(ids)
        assert all(math.dist(a, b) > 8 for a, b in combinations(list(places.values())[:120], 2))

    def test_linked_nodes_stand_nearer_than_distant_ones(self) -> None:
        ids = [f"n{i}" for i in range(12)]
        places = place_nodes(ids, list(pairwise(ids)))
        neighbours = [math.dist(places[a], places[b]) for a, b in pairwise(ids)]
        assert max(neighbours) < 2 * STEP < math.dist(places["n0"], places["n11"])

    def test_what_stood_keeps_its_place_and_what_is_new_comes_near(self) -> None:
        ids, links = star(8)
        before = place_nodes(ids, links)
        after = place_nodes([*ids, "new"], [*links, ("leaf3", "new")], fixed=before)
        assert all(math.dist(after[id], before[id]) < 0.2 for id in ids)
        near = sorted(ids, key=lambda id: math.dist(after[id], after["new"]))
        assert "leaf3" in near[:3]

    def test_nothing_is_nothing(self) -> None:
        assert place_nodes([], []) == {}
        assert place_nodes(["a"], [("a", "elsewhere"), ("a", "a")]).keys() == {"a"}


class TestChain:
    def test_causes_stand_above_effects(self, service: Service) -> None:
        view = build_view(service, TALKS, find_question("causes", "WarTermination"))
        assert len(view.links) > 15
        assert all(view.places[link.source][1] < view.places[link.target][1] for link in view.links)
        assert len(set(view.places.values())) == len(view.places)

    def test_a_circle_is_drawn_all_the_same(self) -> None:
        places = place_chain(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a")], {"a": "1", "b": "2", "c": "3"})
        assert places["a"][1] < places["b"][1] < places["c"][1]


class TestSteps:
    def test_steps_travel_through_an_address(self) -> None:
        steps = add_step(add_step((), "open", "a"), "hide", "b")
        assert read_steps([str(step) for step in steps]) == steps

    def test_what_is_no_step_is_left_out(self) -> None:
        assert read_steps(["open:", "burn:x", "", "hide:x:y"]) == (Step("hide", "x:y"),)

    def test_expanding_shows_again_and_twice_is_once(self) -> None:
        steps = add_step(add_step((), "hide", "a"), "hide", "a")
        assert steps == (Step("hide", "a"),)
        assert hidden(add_step(steps, "open", "a")) == frozenset()


class TestView:
    @pytest.mark.parametrize("question", EPISODE_QUESTIONS, ids=lambda question: question.key)
    def test_every_question_has_an_answer_that_is_no_hairball(self, service: Service, question: Question) -> None:
        view = build_view(service, TALKS, question)
        assert 10 <= len(view.nodes) <= 150
        assert len(view.links) >= 10
        shown = {node.id for node in view.nodes}
        assert all(link.source in shown and link.target in shown for link in view.links)
        assert set(view.places) >= shown

    def test_cap_is_kept_and_what_was_cut_is_counted(self, service: Service) -> None:
        whole = build_view(service, TALKS, EVERYTHING)
        view = build_view(service, TALKS, EVERYTHING, most=40)
        assert len(view.nodes) == 40
        assert view.nodes[0].id == TALKS
        assert sum(view.cut.values()) == len(whole.nodes) - 40
        assert {node.type for node in view.nodes} >= {"Outcome", "Person", "Move", "Armistice"}

    def test_expanding_keeps_every_place(self, service: Service) -> None:
        question = find_question("wants", "WarTermination")
        before = build_view(service, TALKS, question)
        after = build_view(service, TALKS, question, (Step("open", "china"),))
        assert len(after.nodes) > len(before.nodes)
        assert all(math.dist(after.places[node.id], before.places[node.id]) < 0.2 for node in before.nodes)

    def test_a_great_power_opens_on_its_episodes_not_on_a_hairball(self, service: Service) -> None:
        view = build_view(service, "united-states", find_question(None, "State"))
        others = {node.type for node in view.nodes if node.id != "united-states"}
        assert others and all(load_ontology().is_a(name, "Episode") for name in others)
        assert 5 < len(view.nodes) <= len(service.run("page_episodes")) + 1
        assert view.legend[0] == "Episode"

    def test_passages_and_terms_are_not_shown(self, service: Service) -> None:
        view = build_view(service, TALKS, EVERYTHING, most=1000)
        assert not {node.type for node in view.nodes} & {"Passage", "Concept", ""}

    def test_unknown_focus(self, service: Service) -> None:
        with pytest.raises(NotFound):
            build_view(service, "nobody", EVERYTHING)


@pytest.fixture(scope="module")
def hostile_view(service: Service) -> View:
    return build_view(service, HOSTILE, EVERYTHING)


class TestExport:
    def test_csv_gives_back_every_relationship(self, hostile_view: View) -> None:
        rows = list(csv.DictReader(io.StringIO(to_csv(view_rows(hostile_view)))))
        assert rows == view_rows(hostile_view)
        assert f"{SCRIPT} talks" in {row["from"] for row in rows}

    def test_page_fetches_nothing_and_names_stay_text(self, hostile_view: View) -> None:
        page = to_page(hostile_view, f"{SCRIPT} title", f"{SCRIPT} origin")
        assert "<script>window.hurt" not in page
        assert "onerror=window.hurt=1>" not in page
        body = page[page.index("<body>") :]
        assert "https://" not in body and "cdnjs" not in body and "jsdelivr" not in page


@pytest.mark.parametrize("key", list(read_examples()))
def test_every_example_query_finds_something(service: Service, key: str) -> None:
    result = service.read_cypher(read_examples()[key].query)
    assert result.rows
    assert not result.truncated
