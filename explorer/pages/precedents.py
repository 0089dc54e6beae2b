"""Find precedents: which episodes answer a situation, and why."""

import streamlit as st

from explorer.address import too_long
from explorer.findings import (
    draw_match,
    draw_scores,
    read_parties,
    say_how_near,
    say_nothing_found,
    say_what_was_compared,
)
from explorer.frame import heading
from explorer.opening import shared_service
from explorer.query_view import ask_cases, ask_situation, search
from explorer.words import say_date

service = shared_service()
heading(
    "Find precedents",
    "What happened the last time somebody stood here? Paste a text about a situation, or choose an episode.",
)

episodes = {row["id"]: row for row in service.run("page_episodes")}
with st.container(key="query_desk"):
    left, right = st.columns([1.25, 1], gap="large")
with left:
    situation = ask_situation(episodes)
if situation is None:
    with right:
        st.html('<div class="note"><p>The text on the left is a real one: an argument of 2019 about talks with North Korea. '
                "Press <em>Find precedents</em> to see which episodes it resembles, and why; or put your own in its place.</p>"
                "<p>Nothing that you paste leaves this machine.</p></div>")  # fmt: skip
    st.stop()

with st.spinner("Reading and comparing; the first search loads the language model …"):
    plain = search(service, situation, ())
with right:
    cases = ask_cases(service, plain)
result = search(service, situation, cases, plain.reading) if cases else plain

st.header("Precedents", anchor=False)
st.html(f'<div class="note"><p>{say_what_was_compared(result)}</p></div>')
if too_long("text"):
    st.caption("The text is too long to stand in the address of this page; a permalink will not bring it back.")
if not result.matches:
    ends = [row["latest_year"] for row in episodes.values() if row["latest_year"]]
    st.info(say_nothing_found(result, say_date(str(min(ends))) if ends else "no known year"))
    st.stop()
if far := say_how_near(result):
    st.info(far)
parties = read_parties(service, result)
for number, match in enumerate(result.matches, 1):
    st.html(draw_match(number, match, episodes[match.id], parties.get(match.id, [])))
    with st.container(key=f"under_{match.id}"):
        with st.expander("How it ranks, and further reasons"):
            st.html(draw_scores(match, result))
        with st.container(horizontal=True, gap="medium"):
            st.page_link("explorer/pages/episode.py", label="Read the episode", query_params={"id": match.id})
            st.page_link("explorer/pages/precedents.py", label="Its own precedents", query_params={"episode": match.id})
            st.page_link("explorer/pages/explore.py", label="Explore", query_params={"focus": match.id})
