"""A page with nothing but a graph of as many nodes as are asked for; `bench.graph_view` runs it."""

import streamlit as st

from explorer.graph.canvas import draw_view
from explorer.graph.questions import EVERYTHING
from explorer.graph.view import MOST_LINKS, View, build_view, read_nodes, view_of_rows
from explorer.opening import shared_service
from explorer.service import Service

FOCUS = "united-states"


def find_view(service: Service, nodes: int) -> View:
    """The neighbourhood of a great power; above its size, relationships from anywhere."""
    if nodes <= 300:
        return build_view(service, FOCUS, EVERYTHING, most=nodes)
    rows = service.run("graph_all", limit=2 * MOST_LINKS)
    known = read_nodes(service, [row[end] for row in rows for end in ("source", "target")])
    return view_of_rows(rows, known, nodes)


shared = shared_service()
chosen = st.session_state.setdefault("nodes", 2)
for size in (2, 300, 2000):
    st.button(f"{size} nodes", on_click=lambda size=size: st.session_state.update(nodes=size))
shown = find_view(shared, chosen)
draw_view(shown, "bench", name=str(chosen))
