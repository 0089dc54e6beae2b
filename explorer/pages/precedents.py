"""Find precedents: the brief of a situation, from the list at a glance to what would make it again."""

import streamlit as st

from explorer.address import too_long
from explorer.brief_view import draw_downloads, draw_links, make_brief, show_stages
from explorer.briefs.screen import BriefNotes, draw_analogue_page, draw_glance, draw_outcomes_page, draw_parts
from explorer.correction_view import ask_corrections
from explorer.findings import read_parties, say_how_near, say_nothing_found, say_what_was_compared
from explorer.frame import heading
from explorer.opening import shared_desk, shared_service
from explorer.option_view import ask_options
from explorer.query_view import ask_cases, ask_situation, draw_offers, leave_out, search
from explorer.words import say_date, say_left_out

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

with left:
    offers, place = st.container(), st.container()
    with show_stages("reading", "Reading the text; the first search loads the language models") as tell:
        plain = search(service, situation)
        tell("Opening the cases")
        desk = shared_desk()
        tell("Finding facts in the text")
        read = desk.read_case(situation.text) if situation.text is not None else None
    options = ask_options(service, situation, episodes)
    with offers:
        draw_offers(service.offer(plain, options.exclude), options.exclude)
    plain = leave_out(plain, options.exclude)
with right:
    cases = ask_cases(service, plain)
desk_below = st.container()
with desk_below:
    corrections = ask_corrections(read) if read is not None else ()
with place:
    brief = make_brief(desk, situation, cases, options, corrections, plain, read)
    st.html(f'<div class="note"><p>{say_what_was_compared(brief)}</p></div>')
    if not brief.analogues:
        ends = [row["latest_year"] for row in episodes.values() if row["latest_year"]]
        st.info(say_nothing_found(brief, say_date(str(min(ends))) if ends else "no known year"))
        st.stop()
    if far := say_how_near(plain, cases):
        st.info(far)
    st.html(draw_glance(brief))
    if options.other_than:
        st.caption(say_left_out(brief.limits.left_out, options.other_than))
    draw_downloads(brief)
    if too_long("text") or too_long("fix"):
        st.caption(
            "The text is too long to stand in the address of this page: a link to it works for as long as the app here keeps it."
        )

notes = BriefNotes(brief.works)
parties = read_parties(service, [analogue.id for analogue in (*brief.analogues, *brief.distant)])
st.html('<h2 class="section-head wide" id="analogues">The analogues</h2>')
for number, analogue in enumerate((*brief.analogues, *brief.distant)):
    if number == len(brief.analogues):
        st.html('<h2 class="section-head wide">Distant analogues, further down by text</h2>')
    st.html(draw_analogue_page(analogue, brief, notes, episodes[analogue.id], parties.get(analogue.id, []), not number))
    draw_links(analogue, situation, brief)
st.html(draw_outcomes_page(brief))
for part in draw_parts(brief, notes):
    st.html(part)
st.html(notes.sheets())
