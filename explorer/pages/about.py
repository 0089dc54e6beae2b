"""About the data: what is there, what is missing, what the words mean, where it comes from."""

from datetime import date

import streamlit as st

from explorer.about_view import draw_bibliography, draw_counts, draw_coverage, draw_ontology, draw_vocabularies
from explorer.address import tie
from explorer.csl import CSL, write_csl
from explorer.frame import heading
from explorer.opening import shared_service
from explorer.templating import render

PARTS = {
    "coverage": "Coverage", "ontology": "Ontology", "vocabularies": "Vocabularies", "sources": "Sources",
    "rights": "Licence and citation",
}  # fmt: skip

service = shared_service()
heading("About the data", "What is in the graph and what is not, what the words mean, and which works it rests on.")
part = st.segmented_control("Part", list(PARTS), format_func=PARTS.__getitem__, required=True, label_visibility="collapsed",
                            **tie("part", PARTS, default="coverage"))  # fmt: skip

ontology = service.ontology
if part == "coverage":
    episodes = service.run("page_episodes")
    counts, coverage = st.columns([1, 1.1], gap="large")
    with counts:
        st.html(draw_counts(service, ontology))
    with coverage:
        st.html(draw_coverage(episodes))
elif part == "ontology":
    st.html(draw_ontology(ontology))
elif part == "vocabularies":
    st.html(draw_vocabularies(ontology))
elif part == "sources":
    works = [row["props"] for row in service.run("page_sources")]
    st.download_button("Bibliography (CSL-JSON)", lambda: write_csl(works), "precedent-sources.json", CSL, on_click="ignore",
                       help="For Zotero and other reference managers.")  # fmt: skip
    st.html(draw_bibliography(service, ontology))
else:
    meta = service.meta or {}
    st.html(render("about/rights.html", version=service.data_version, model=meta.get("model", ""), engine=service.store.engine,
                   episodes=meta.get("episodes", 0), year=date.today().year))  # fmt: skip
