"""The Streamlit entry: the list of pages, nothing else."""

import streamlit as st

from explorer.frame import draw_frame

PAGES = [
    st.Page("explorer/pages/precedents.py", title="Find precedents", default=True),
    st.Page("explorer/pages/compare.py", title="Compare", url_path="compare"),
    st.Page("explorer/pages/explore.py", title="Explore", url_path="explore"),
    st.Page("explorer/pages/episode.py", title="Episode", url_path="episode"),
    st.Page("explorer/pages/cypher.py", title="Cypher", url_path="cypher"),
    st.Page("explorer/pages/about.py", title="About the data", url_path="about"),
]

draw_frame(st.navigation(PAGES, position="top"))
