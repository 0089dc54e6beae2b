"""Explore: a node and what is next to it, opened on a question; the same as a table."""

import streamlit as st

from explorer.explore_view import (
    ask_focus,
    ask_question,
    choose,
    draw_exports,
    draw_inspector,
    draw_legend,
    draw_table,
    expand,
    say_cuts,
    without,
)
from explorer.graph.canvas import draw_view
from explorer.graph.steps import read_steps
from explorer.graph.view import build_view
from explorer.opening import shared_service

service = shared_service()
focus = ask_focus(service)
question = ask_question(focus)
steps = read_steps(st.query_params.get_all("step"))
view = build_view(service, focus["id"], question, steps, without())
origin = f"Precedent, data version {service.data_version}: {focus['name']}. {question.title}"
draw_legend(view)

with st.container(key="explore_desk"):
    drawing, inspector = st.columns([2.7, 1], gap="medium")
with inspector:
    selected = draw_inspector(view, steps, focus)
with drawing:
    name = f"{focus['id']}-{question.key}"
    draw_view(
        view, "canvas", selected, origin=origin, name=name, chain=question.chain, on_choose=choose, on_open=expand
    )
    say_cuts(view)
draw_exports(view, focus, question, origin)
draw_table(view)
