"""Every page over the real graph, without a browser: what it answers, what it says when it cannot."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from explorer.address import LONGEST
from explorer.briefs.firmness import FLIPPED
from explorer.query_view import EXAMPLE
from explorer.service import Service
from explorer.words import say_reading
from tests.explorer.conftest import SCRIPT

ROOT = Path(__file__).resolve().parents[2]


def open_page(name: str, **state: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.switch_page(f"explorer/pages/{name}.py")
    for key, value in state.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def matches(app: AppTest) -> list[str]:
    return re.findall(r'<h3><a href="episode\?id=([^"]+)">', html(app))


pytestmark = pytest.mark.usefixtures("in_app_home")


class TestFindPrecedents:
    def test_first_screen_holds_the_example_and_has_asked_nothing(self) -> None:
        app = open_page("precedents")
        assert app.text_area[0].value == EXAMPLE
        assert matches(app) == []

    def test_the_example_finds_the_armistice_talks(self) -> None:
        app = open_page("precedents")
        app.button[0].click().run()
        assert not app.exception
        assert "korean-armistice-talks" in matches(app)[:3]
        assert app.query_params["text"] == EXAMPLE
        assert len(app.checkbox) == 8
        assert "name-free retelling" in html(app) and "Rank of" in html(app)
        assert "Drawn in situations like this one" in html(app) and FLIPPED in html(app)

    def test_ticking_ranks_anew_and_stands_in_the_address(self) -> None:
        app = open_page("precedents", text=EXAMPLE)
        last = app.checkbox[7]
        owner = last.key.removeprefix("case_")
        last.check().run()
        assert not app.exception
        assert app.query_params["case"] == owner
        assert "What you say it is a case of" in html(app)
        again = open_page("precedents", text=EXAMPLE, case=owner)
        assert matches(again) == matches(app)
        assert again.checkbox[7].value is True

    def test_own_words_lift_the_episode_that_they_describe(self) -> None:
        text, own = (
            "A summit of two leaders is near.",
            "A warship and its crew are seized, and their captors demand an apology.",
        )
        plain = matches(open_page("precedents", text=text))
        lifted = matches(open_page("precedents", text=text, own=own))
        rank = plain.index("pueblo-crisis") if "pueblo-crisis" in plain else len(plain)
        assert lifted.index("pueblo-crisis") < rank

    def test_an_episode_is_never_its_own_precedent(self) -> None:
        found = matches(open_page("precedents", episode="korean-armistice-talks"))
        assert found and "korean-armistice-talks" not in found

    def test_cut_off_leaves_out_what_had_not_ended(self, service: Service) -> None:
        found = matches(open_page("precedents", text=EXAMPLE, before="1953-01-01"))
        assert found and "korean-armistice-talks" not in found
        ends = {row["id"]: row["latest_year"] for row in service.run("page_episodes")}
        assert all(ends[id] < 1953 for id in found)

    def test_empty_result_says_why(self) -> None:
        app = open_page("precedents", text=EXAMPLE, before="1800")
        assert matches(app) == []
        assert "No episode had ended by" in app.info[0].value

    def test_far_text_is_said_to_be_far(self) -> None:
        app = open_page("precedents", text="Whisk the eggs with sugar, fold in the flour and bake for forty minutes.")
        assert "Nothing comes near" in app.info[0].value

    def test_a_text_of_which_one_facet_is_known_has_a_brief(self) -> None:
        text = (
            "The other side reads the mere act of sitting down with it as a sign of weakness, and talks could drag on."
        )
        assert matches(open_page("precedents", text=text))

    def test_impossible_day_is_one_line(self) -> None:
        app = open_page("precedents", text=EXAMPLE, before="July 1951?")
        assert len(app.error) == 1 and "is no day" in app.error[0].value


GENEVA = (
    "GENEVA, Sept. 11, 1935. Sir Samuel Hoare spoke for collective resistance to aggression, and small states were glad. M. Laval "
    "looked at the ceiling. Baron Aloisi says that Abyssinia has put herself outside the Covenant of the League."
)


class TestOffers:
    def test_the_texts_own_day_is_offered_and_taken_at_a_click(self, service: Service) -> None:
        app = open_page("precedents", text=GENEVA)
        assert "The text opens with the date Sept. 11, 1935." in html(app) and "abyssinia-crisis" in matches(app)
        app.button(key="take_cut").click().run()
        assert not app.exception
        assert app.query_params["before"] == "1935-09-11" and app.text_input(key="before").value == "1935-09-11"
        ends = {row["id"]: row["latest_year"] for row in service.run("page_episodes")}
        assert matches(app) and all(ends[id] <= 1935 for id in matches(app))
        assert not [b for b in app.button if (b.key or "").startswith("take_")]
        assert matches(open_page("precedents", text=GENEVA, before="1935-09-11")) == matches(app)

    def test_its_own_episode_is_offered_left_out_and_taken_back(self) -> None:
        app = open_page("precedents", text=GENEVA)
        before = matches(app)
        assert "this episode: Abyssinia crisis" in html(app) and "Baron Aloisi" in html(app)
        assert any("Abyssinia crisis" in box.label for box in app.checkbox)
        app.button(key="take_own").click().run()
        assert not app.exception
        assert app.query_params["exclude"] == "abyssinia-crisis"
        assert "abyssinia-crisis" not in matches(app) and "left out: Abyssinia crisis" in html(app)
        assert not any("Abyssinia crisis" in box.label for box in app.checkbox)
        assert "take_own" not in [b.key for b in app.button]
        again = open_page("precedents", text=GENEVA, exclude=["abyssinia-crisis", "no-such-episode"])
        assert matches(again) == matches(app) and again.multiselect(key="exclude").value == ["abyssinia-crisis"]
        app.multiselect(key="exclude").unselect("abyssinia-crisis").run()
        assert "exclude" not in app.query_params and matches(app) == before

    def test_a_text_without_date_and_a_new_text_have_nothing_left_over(self) -> None:
        app = open_page("precedents", text=EXAMPLE, exclude=["munich"])
        assert not [b for b in app.button if (b.key or "").startswith("take_")]
        app.text_area[0].set_value(GENEVA)
        next(b for b in app.button if b.label == "Find precedents").click().run()
        assert "exclude" not in app.query_params and [b for b in app.button if b.key == "take_own"]

    def test_leaving_out_every_episode_says_so(self, service: Service) -> None:
        every = [row["id"] for row in service.run("page_episodes")]
        app = open_page("precedents", text=GENEVA, exclude=every)
        assert matches(app) == [] and "Every episode is left out" in app.info[0].value


def fixed(*corrections: dict[str, object]) -> str:
    return json.dumps(corrections)


class TestBrief:
    def test_ranks_by_text_stand_with_their_weights_as_they_are(self) -> None:
        page = html(open_page("precedents", text=EXAMPLE))
        ranks = page.split("How it ranks by text")[1].split("</table>")[0]
        weights = dict(re.findall(r"<tr><td>([^<]+) <span.*?>([^<>]+)(?:</span>)?</td></tr>", ranks))
        assert weights["Situation"] == "2.00" and weights["Account, as written"] == "0.50"
        assert weights["Predicaments"] == weights["Abstract"] == weights["Shared words"] == "shown only"

    def test_page_holds_every_part_of_the_brief(self) -> None:
        page = html(open_page("precedents", text=EXAMPLE))
        for title in ("How the nearest ended", "Counter-cases: near, and ended otherwise", "Failure pathways", "Commitments at risk",
                      "Checks: what would overturn this reading", "How firm the list is", "To make this brief again"):  # fmt: skip
            assert f">{title}</h2>" in page
        for words in (
            "Who plays whom",
            "Likenesses",
            "Unknowns: recorded there",
            "By structure",
            "Presumed",
            "of a curated corpus",
        ):
            assert words in page

    def test_marks_and_notes_belong_together(self) -> None:
        page = html(open_page("precedents", text=EXAMPLE))
        called = set(re.findall(r'popovertarget="(note-\d+)"', page))
        noted = re.findall(r'id="(note-\d+)" popover', page)
        assert called == set(noted) and len(noted) == len(set(noted)) > 8

    def test_number_of_analogues_stands_in_the_address(self) -> None:
        app = open_page("precedents", text=EXAMPLE, count="2")
        assert app.number_input[0].value == 2
        assert html(app).count('<article class="match analogue"') - html(app).count('tr class="distant"') == 2
        assert open_page("precedents", text=EXAMPLE, count="a thousand").number_input[0].value == 5

    def test_weights_moved_to_structure_order_the_list_by_structure(self) -> None:
        app = open_page("precedents", episode="hanoi-summit", look=["topical:0", "structural:3"])
        ranks = [int(rank) for rank in re.findall(r"By structure</dt><dd>[\d.]+, rank (\d+) of", html(app))]
        assert ranks[:5] == [1, 2, 3, 4, 5]
        assert app.slider(key="look_structural").value == 3

    def test_different_actors_are_different_and_what_was_left_out_is_said(self, service: Service) -> None:
        app = open_page("precedents", episode="hanoi-summit", apart="1")
        assert app.multiselect(key="without").value == list(service.principals.of_episode("hanoi-summit"))
        shared = service.principals.sharing(["north-korea", "united-states"])
        assert matches(app) and not set(matches(app)) & set(shared)
        assert any("Singapore summit (" in caption.value for caption in app.caption)

    def test_reader_may_leave_out_the_affairs_of_one_actor_alone(self, service: Service) -> None:
        app = open_page("precedents", episode="hanoi-summit", apart="1", without=["north-korea"])
        assert not set(matches(app)) & set(service.principals.sharing(["north-korea"]))
        assert any("united-states" in service.principals.of_episode(id) for id in matches(app))

    def test_leaving_out_everybody_says_why_nothing_is_left(self, service: Service) -> None:
        everybody = sorted(service.principals.names)
        app = open_page("precedents", episode="hanoi-summit", apart="1", without=everybody)
        assert matches(app) == [] and "affair of the actors that are left out" in app.info[0].value


class TestCorrections:
    def test_dropping_a_fact_changes_the_brief_and_is_taken_back(self) -> None:
        app = open_page("precedents", text=EXAMPLE)
        before = html(app)
        assert "Perceives weakness in" in before.split('class="rank"')[1]
        drop = next(b for b in app.button if (b.key or "").startswith("drop_") and "perceives weakness" in b.help)
        drop.click().run()
        assert not app.exception
        assert json.loads(app.query_params["fix"])[0]["act"] == "drop"
        after = html(app)
        assert "other side: perceives weakness" not in after and "other side: perceives weakness" in before
        assert structure(after) != structure(before)
        again = html(open_page("precedents", text=EXAMPLE, fix=app.query_params["fix"]))
        assert structure(again) == structure(after)
        app.button(key="undo_0").click().run()
        assert "fix" not in app.query_params and structure(html(app)) == structure(before)

    def test_a_confirmed_fact_is_the_readers_and_presumed_no_longer(self) -> None:
        app = open_page("precedents", text=EXAMPLE)
        assert "Known to the reader" not in html(app)
        confirm = next(b for b in app.button if (b.key or "").startswith("confirm_") and "wants more" in b.help)
        confirm.click().run()
        assert "Known to the reader" in html(app)
        assert any("1 known to you" in expander.label for expander in app.expander)

    def test_adding_a_fact_in_the_form(self) -> None:
        app = open_page("precedents", text=EXAMPLE)
        app.selectbox(key="group_new").select("circumstances").run()
        app.selectbox(key="term_new_circumstances").select("patron-of")
        app.multiselect(key="who_new").select("we")
        app.multiselect(key="whom_new").select("we-ally")
        app.text_input(key="text_new").input(f"{SCRIPT} pays for everything")
        next(b for b in app.button if b.label == "Add the fact").click().run()
        assert not app.exception
        page = html(app)
        assert "we: is patron of" in page and "<script>" not in page and "pays for everything" in page

    def test_a_fact_changed_in_the_form_keeps_its_passage(self) -> None:
        app = open_page("precedents", text=EXAMPLE)
        change = next(b for b in app.button if (b.key or "").startswith("change_") and "walk out" in b.help)
        id = change.key.removeprefix("change_")
        change.click().run()
        app.selectbox(key=f"term_{id}_move-kinds").select("threaten")
        next(b for b in app.button if b.label == "Change the fact").click().run()
        (told,) = json.loads(app.query_params["fix"])
        assert (told["act"], told["was"], told["term"]) == ("change", "walk-out", "threaten")
        assert re.search(r"other side: threaten.{0,400}<mark>may walk out</mark>", html(app), re.S)

    def test_a_correction_of_another_reading_is_said_and_not_applied(self) -> None:
        app = open_page("precedents", text=EXAMPLE, fix=fixed({"act": "drop", "id": "fact-1", "was": "mediate"}))
        assert "1 correction no longer applied" in app.info[0].value

    @pytest.mark.parametrize(
        "fix", ["[", "{}", "[1]", '[{"act":"x"}]', '[{"act":"add","term":"no-such","who":["we"]}]']
    )
    def test_corrections_that_cannot_be_read_are_one_line(self, fix: str) -> None:
        app = open_page("precedents", text=EXAMPLE, fix=fix)
        assert len(app.error) == 1 and "\n" not in app.error[0].value


def structure(page: str) -> list[str]:
    """Scores and ranks by structure, analogue by analogue."""
    return re.findall(r'id="analogue-([^"]+)"|By structure</dt><dd>([^<]+)<', page)


class TestLongTexts:
    LONG = " ".join([EXAMPLE, *(f"Envoy {n} repeats on day {n} what was said the day before." for n in range(1, 110))])

    def test_a_text_too_long_for_an_address_is_found_by_a_link_to_it(self) -> None:
        assert len(self.LONG) > LONGEST
        app = open_page("precedents")
        app.text_area[0].set_value(self.LONG)
        app.button[0].click().run()
        assert not app.exception
        name = app.query_params["text"]
        assert len(name) < 100 and "works for as long as" in app.caption[-1].value
        later = open_page("precedents", text=name)  # another session, as in a new tab or after a reload
        assert later.text_area[0].value == self.LONG
        assert matches(later) == matches(app) != []
        later.text_area[0].set_value(EXAMPLE)
        later.button[0].click().run()
        assert later.query_params["text"] == EXAMPLE

    def test_an_address_that_names_a_text_no_longer_kept_says_so(self) -> None:
        app = open_page("precedents", text="kept:0123")
        assert "no longer kept" in app.info[0].value and app.text_area[0].value == EXAMPLE
        assert matches(app) == []

    def test_an_address_that_names_corrections_no_longer_kept_says_so(self) -> None:
        app = open_page("precedents", text=EXAMPLE, fix="kept:0123")
        assert "no longer kept" in app.info[0].value and matches(app)

    def test_only_the_latest_are_kept(self) -> None:
        def keep() -> None:
            import streamlit as st

            from explorer.address import KEPT, LONGEST, is_lost, read, write

            for number in range(KEPT + 1):
                write("text", f"{number} " * LONGEST)
                if number == 0:
                    first = st.query_params["text"]
            assert read("text") == f"{KEPT} " * LONGEST
            st.query_params["text"] = first
            assert is_lost("text")

        app = AppTest.from_function(keep).run()
        assert not app.exception


class TestCompare:
    def test_opens_on_an_example_and_says_all(self) -> None:
        app = open_page("compare")
        page = html(app)
        for title in ("Who plays whom", "Facet by facet", "Parties and roles", "What was in dispute", "Circumstances",
                      "The course of events",
                      "Agreements and promises", "How it could fail", "How it ended", "Sources"):  # fmt: skip
            assert f">{title}</h2>" in page
        assert page.count('class="side-name">Korean armistice talks<') == 8
        called = set(re.findall(r'popovertarget="(note-\d+)"', page))
        assert called == set(re.findall(r'id="(note-\d+)" popover', page))

    def test_four_episodes_make_six_pairs(self) -> None:
        ids = ["munich", "hanoi-summit", "reykjavik-summit", "korean-armistice-talks"]
        app = open_page("compare", id=ids)
        assert app.multiselect[0].value == ids
        assert html(app).count('class="entry wide"') == 6

    def test_one_episode_is_too_few(self) -> None:
        app = open_page("compare", id=["munich"])
        assert "two to four" in app.info[0].value

    def test_a_fifth_episode_and_an_unknown_one_are_left_out(self, service: Service) -> None:
        five = [row["id"] for row in service.run("page_episodes")][:5]
        assert open_page("compare", id=five).multiselect[0].value == five[:4]
        assert open_page("compare", id=[*five[:2], "nowhere"]).multiselect[0].value == five[:2]


class TestExplore:
    def test_opens_on_a_question_not_on_everything(self) -> None:
        app = open_page("explore")
        assert "What led to what?" in [str(option) for option in app.get("button_group")[0].options] or app.title
        assert app.title[0].value == "Korean armistice talks"
        assert re.search(r"<caption>2\d nodes</caption>", html(app))

    def test_expand_hide_undo(self) -> None:
        app = open_page("explore", question="wants", node="china")
        first = table_names(app)
        app.button(key="expand").click().run()
        opened = table_names(app)
        assert set(first) < set(opened)
        app.button(key="hide").click().run()
        assert set(opened) - set(table_names(app)) == {"People's Republic of China"}
        assert app.query_params["step"] == ["open:china", "hide:china"]
        app.button(key="undo").click().run()
        assert table_names(app) == opened
        app.button(key="undo").click().run()
        assert table_names(app) == first
        assert "step" not in app.query_params

    def test_class_filter_leaves_out_and_stands_in_the_address(self) -> None:
        app = open_page("explore", question="acts")
        assert "United States" in page_text(app)
        app.multiselect[0].select("State").run()
        assert "United States" not in page_text(app)
        assert page_text(open_page("explore", question="acts", without="State")) == page_text(app)

    def test_search_offers_names_and_aliases(self) -> None:
        app = open_page("explore", find="Kaesong talks")
        assert "Korean armistice talks" in " ".join(link.proto.label for link in app.get("page_link"))

    def test_search_without_a_find_says_so(self) -> None:
        app = open_page("explore", find="qqqzzz")
        assert any("Nothing bears a name like" in caption.value for caption in app.caption)

    def test_unknown_node_is_one_line(self) -> None:
        app = open_page("explore", focus="no-such-node")
        assert len(app.error) == 1


def table_names(app: AppTest) -> list[str]:
    nodes = html(app).split("<caption>")[1]
    return [name.replace("&#39;", "'") for name in re.findall(r'<a href="explore\?focus=[^"]+">([^<]+)</a>', nodes)]


def page_text(app: AppTest) -> str:
    """The table twin of the drawing."""
    return html(app).split("<caption>")[1]


class TestEpisode:
    def test_every_section_of_a_full_record_is_there(self) -> None:
        page = html(open_page("episode", id="korean-armistice-talks"))
        for title in ("What it is a precedent of", "The story", "Parties and people", "What was in dispute", "Circumstances",
                      "Agreements and promises", "Outcome", "How it could fail", "Where accounts differ", "Analogies drawn",
                      "Sources", "Cite this entry"):  # fmt: skip
            assert f">{title}</h2>" in page

    def test_marks_and_notes_belong_together(self) -> None:
        page = html(open_page("episode"))
        called = set(re.findall(r'popovertarget="(note-\d+)"', page))
        noted = re.findall(r'id="(note-\d+)" popover', page)
        assert called == set(noted) and len(noted) == len(set(noted)) > 8

    def test_each_side_reads_a_promise_its_own_way(self) -> None:
        page = html(open_page("episode"))
        promise = page[page.index("No reinforcing combat aircraft") :]
        readings = promise[promise.index('<div class="readings">') : promise.index("</div>\n</div>\n</div>")]
        assert "UN Command: not kept" in readings and "North Korea: not kept" in readings

    def test_analogies_say_whether_their_words_were_seen(self, service: Service) -> None:
        entries = html(open_page("episode", id="munich")).split("<li>")
        shorts = set()
        for row in service.run("page_analogies", id="munich"):
            (entry,) = [e for e in entries if f"<strong>{escape(row['props']['name'])}</strong>" in e]
            short = say_reading(row["props"]["reviewed"])
            assert f"Read again: {escape(short)}." in entry
            shorts.add(short)
        assert {"words seen", "words not seen"} <= shorts

    def test_every_episode_opens(self, service: Service) -> None:
        for row in service.run("page_episodes"):
            app = open_page("episode", id=row["id"])
            assert not app.error, row["id"]

    def test_unknown_episode_is_one_line(self) -> None:
        assert "no record has the id" in open_page("episode", id="nowhere").error[0].value


class TestCypher:
    def test_answer_is_a_table(self) -> None:
        app = open_page(
            "cypher", query="MATCH (e:Episode {id: 'munich'}) RETURN e.name AS name, e.earliest_year AS year"
        )
        assert app.dataframe[0].value.to_dict("records") == [{"name": "Munich", "year": 1938}]

    def test_example_fills_the_editor_and_runs(self) -> None:
        app = open_page("cypher")
        app.selectbox(key="example").select("mediators").run()
        assert not app.exception
        assert "mediator" in app.text_area[0].value
        assert len(app.dataframe[0].value) > 0

    @pytest.mark.parametrize(
        "query", ["CREATE (:X)", "MATCH (n) DETACH DELETE n", "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l"]
    )
    def test_writing_and_loading_is_refused_in_one_line(self, query: str) -> None:
        app = open_page("cypher", query=query)
        assert len(app.error) == 1 and "\n" not in app.error[0].value
        assert not app.dataframe

    def test_syntax_error_is_one_line(self) -> None:
        app = open_page("cypher", query="MATCH (e RETURN e")
        assert len(app.error) == 1 and "\n" not in app.error[0].value

    def test_nothing_found_says_what_to_check(self) -> None:
        assert "nothing matches" in open_page("cypher", query="MATCH (e:Episode {id: 'x'}) RETURN e").info[0].value


class TestAbout:
    def test_counts_are_those_of_the_graph(self, service: Service) -> None:
        episodes = len(service.run("page_episodes"))
        assert f"(n = {episodes})" in html(open_page("about"))

    @pytest.mark.parametrize(("part", "words"), [
        ("ontology", "A promise: who owes what to whom"), ("vocabularies", "Party roles"), ("sources", "Truce Tent and Fighting Front"),
        ("rights", "CC BY 4.0"),
    ])  # fmt: skip
    def test_parts(self, part: str, words: str) -> None:
        assert words in html(open_page("about", part=part))


def test_empty_graph_offers_to_build_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import streamlit as st

    from kg.store.embedded import stop_server

    monkeypatch.setenv("PRECEDENT_HOME", str(tmp_path))
    st.cache_resource.clear()
    try:
        app = open_page("episode")
        assert "holds nothing yet" in app.info[0].value
        assert [button.label for button in app.button] == ["Build the graph"]
    finally:
        st.cache_resource.clear()
        stop_server(tmp_path)
