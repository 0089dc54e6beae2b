"""The drawing of a view in the browser, as a Streamlit component.

vis-network, which pyvis brings along, draws; nothing is fetched. The ready-made component of streamlit-extras was tried
first (`sigma_graph` 1.6.0): it knows neither shapes nor arrows nor labels of relationships nor a picture to take away, and
it throws the nodes about anew on every change, so that expanding a node loses the reader's place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from typing import Any

import streamlit as st
import streamlit.components.v2 as components

from explorer.graph.view import Node, View
from explorer.words import count_of, say_class, say_date, shorten
from kg.model.ontology import load_ontology

TOLD_IN_FULL = 400  # above this many nodes a hint holds name and class alone

Act = Callable[[str], None]

HTML = """
<div class="frame">
  <div class="tools">
    <button type="button" class="fit">Fit</button>
    <button type="button" class="closer" aria-label="Closer">+</button>
    <button type="button" class="farther" aria-label="Farther">−</button>
    <button type="button" class="save">Save PNG</button>
  </div>
  <div class="sheet" role="img"></div>
  <div class="hint" hidden></div>
</div>
"""


@lru_cache(maxsize=1)
def _component() -> Any:
    here = files("explorer.graph")
    library = files("pyvis").joinpath("lib", "vis-9.1.2", "vis-network.min.js").read_text("utf-8")
    script = here.joinpath("canvas.js").read_text("utf-8")
    style = here.joinpath("canvas.css").read_text("utf-8")
    return components.component("precedent_graph", html=HTML, css=style, js=f"{library}\n;\n{script}")


def draw_view(
    view: View,
    key: str,
    selected: str | None = None,
    height: int = 580,
    origin: str = "",
    name: str = "",
    chain: bool = False,
    on_choose: Act | None = None,
    on_open: Act | None = None,
) -> None:
    """Draw a view. A click calls `on_choose` with the id of the node, a double click `on_open`, before the page runs again.

    `origin` stands under the picture that is saved, `name` names its file; of a `chain` the labels stand beside the nodes.
    """

    def tell(event: str, act: Act | None) -> None:
        id = (st.session_state.get(key) or {}).get(event)
        if act is not None and id:
            act(id)

    _component()(
        key=key,
        data={**canvas_data(view, selected, height, origin, name or view.focus), "chain": chain},
        on_chosen_change=lambda: tell("chosen", on_choose),
        on_opened_change=lambda: tell("opened", on_open),
        height=height + 4,
    )


def canvas_data(view: View, selected: str | None, height: int, origin: str, name: str) -> dict[str, Any]:
    """What the browser needs; all texts are plain."""
    degree = Counter(end for link in view.links for end in (link.source, link.target))
    links = [
        {"id": f"{link.source}→{link.target}", "from": link.source, "to": link.target, "label": _brief(link.labels)}
        for link in view.links
    ]
    legend = [{"label": say_class(name), "colour": _look(name)[0], "shape": _look(name)[1]} for name in view.legend]
    return {
        "nodes": [_canvas_node(node, view, degree[node.id]) for node in view.nodes],
        "links": links, "legend": legend, "selected": selected, "height": height, "origin": origin,
        "file": "".join(c if c.isalnum() or c in "-_" else "-" for c in name)[:60] or "graph",
        "view": name, "summary": summarize(view),
    }  # fmt: skip


def summarize(view: View) -> str:
    """The view in a sentence, for those who do not see it."""
    counts = Counter(say_class(node.type) for node in view.nodes)
    classes = ", ".join(f"{number} {name}" for name, number in counts.most_common())
    links = count_of(len(view.links), "relationship")
    return f"Graph of {count_of(len(view.nodes), 'node')} ({classes}) and {links}. The same stands in the table below."


def _canvas_node(node: Node, view: View, degree: int) -> dict[str, Any]:
    colour, shape = _look(node.type)
    x, y = view.places[node.id]
    focus = node.id == view.focus
    return {
        "id": node.id, "label": shorten(node.short or node.name, 46), "title": _hint(node, len(view.nodes) <= TOLD_IN_FULL),
        "x": x, "y": y, "colour": colour, "shape": shape, "size": 14 if focus else round(7 + min(5, degree**0.5), 1), "focus": focus,
    }  # fmt: skip


def _hint(node: Node, full: bool) -> str:
    """What is told of a node under the pointer; of a part whose name is its text cut short, the text."""
    text = shorten(node.text, 240) if full else ""
    cut = bool(text) and node.text.startswith(node.name.rstrip(" …"))
    under = " · ".join(part for part in (say_class(node.type), say_date(node.date)) if part)
    return "\n".join([text if cut else node.name, under, *([text] if text and not cut else [])])


def _look(name: str) -> tuple[str, str]:
    definition = load_ontology().classes.get(name)
    return (definition.colour, definition.icon) if definition else ("#6B6B6B", "circle")


def _brief(labels: tuple[str, ...]) -> str:
    """The first label for the drawing, which has little room: of `participated in: patron`, the role."""
    first = labels[0].rpartition(": ")[2] if labels else ""
    return first if len(labels) < 2 else f"{first} (+{len(labels) - 1})"
