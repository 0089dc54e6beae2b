"""Compare: two to four episodes side by side."""

import streamlit as st

from explorer.address import tie
from explorer.briefs.screen import WORDS
from explorer.citations import Notes
from explorer.compare_view import FEWEST, MOST, draw_pairs, draw_sides, pair_episodes
from explorer.dossier import read_dossier
from explorer.episode_view import draw_sources
from explorer.frame import heading
from explorer.opening import shared_desk, shared_service
from explorer.words import say_date

EXAMPLE = ["korean-armistice-talks", "paris-talks-on-vietnam"]

service = shared_service()
heading("Compare", "In what are two to four episodes alike, in what do they differ, and who plays whom?")
episodes = {row["id"]: row for row in service.run("page_episodes")}
if "id" not in st.query_params:
    st.query_params["id"] = [id for id in EXAMPLE if id in episodes]
elif len(st.query_params.get_all("id")) > MOST:
    st.query_params["id"] = st.query_params.get_all("id")[:MOST]
chosen = st.multiselect(
    "Episodes", list(episodes), max_selections=MOST, format_func=lambda id: f"{episodes[id]['name']}, {say_date(episodes[id]['date'])}",
    **tie("id", episodes, many=True),
)  # fmt: skip
if len(chosen) < FEWEST:
    st.info("Choose two to four episodes to compare.")
    st.stop()

dossiers = [read_dossier(service, id) for id in chosen]
notes = Notes({id: work for dossier in dossiers for id, work in dossier.works.items()})
casebook = shared_desk().engine.casebook
st.html('<h2 class="section-head wide" id="alignment">Who plays whom</h2>')
for part in draw_pairs(pair_episodes({id: casebook.case(id) for id in chosen}), WORDS):
    st.html(part)
for section in draw_sides(dossiers, notes):
    st.html(section)
st.html(draw_sources(notes))
for id in chosen:
    st.page_link(
        "explorer/pages/episode.py", label=f"Read the episode: {episodes[id]['name']}", query_params={"id": id}
    )
