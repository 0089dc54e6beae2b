"""Episode: one precedent, told and sourced as a reference work would."""

import streamlit as st

from explorer.address import tie
from explorer.citations import Notes
from explorer.csl import CSL, say_places, write_csl
from explorer.dossier import read_dossier
from explorer.episode_view import cite_this, draw_sections, draw_sources, read_analogies, read_names, today
from explorer.opening import as_text, shared_service
from explorer.templating import render
from explorer.words import say_date

EXAMPLE = "korean-armistice-talks"

service = shared_service()
episodes = {row["id"]: row for row in service.run("page_episodes")}


def label(id: str) -> str:
    row = episodes.get(id)
    return f"{row['name']}, {say_date(row['date'])}" if row else id


shown = st.query_params.get("id", EXAMPLE)
head, choice = st.columns([2.5, 1], gap="large", vertical_alignment="bottom")
with choice:
    chosen = st.selectbox(
        "Another episode", list(dict.fromkeys([*episodes, shown])), format_func=label, **tie("id", default=EXAMPLE)
    )
dossier = read_dossier(service, chosen)
with head:
    st.title(as_text(dossier.root["name"]), anchor=False)
notes = Notes(dossier.works)
analogies = read_analogies(service, dossier, notes)

with st.container(key="entry"):
    story, margin = st.columns([2.5, 1], gap="large")
with story:
    st.html(render("episode/head.html", dossier=dossier, notes=notes))
with margin:
    st.html(render("episode/facts.html", dossier=dossier, notes=notes))
    st.page_link("explorer/pages/precedents.py", label="Find precedents of it", query_params={"episode": chosen})
    near = [link.id for link in dossier.far(chosen, "LINKED_TO") if link.id in episodes]
    others = near or [id for id in episodes if id != chosen]
    st.page_link("explorer/pages/compare.py", label="Compare with another", query_params={"id": [chosen, *others[:1]]})
    st.page_link("explorer/pages/explore.py", label="Explore its graph", query_params={"focus": chosen})

sections = draw_sections(dossier, notes, read_names(service, dossier), analogies)
with story:
    st.html(render("episode/contents.html", sections=sections))
for section in sections:
    st.html(render("episode/section.html", section=section))
st.html(draw_sources(notes))
name = dossier.root["name"]
st.download_button(
    "Sources (CSL-JSON)",
    lambda: write_csl(notes.cited(), {id: [say_places(name, at)] for id, at in notes.places().items()}),
    f"{chosen}-sources.json", CSL, on_click="ignore", help="For Zotero and other reference managers.",
)  # fmt: skip
st.html(render("episode/cite.html", text=cite_this(dossier, service.data_version, today())))
