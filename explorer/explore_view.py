"""The parts of the page Explore: what to start from, the legend, the inspector, the table, the exports."""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.address import read, tie, write
from explorer.frame import heading
from explorer.graph.export import to_csv, to_page, view_rows
from explorer.graph.questions import Question, find_question, questions_of
from explorer.graph.steps import Step, add_step, read_steps
from explorer.graph.view import MOST_NODES, Node, View, read_nodes
from explorer.opening import as_text
from explorer.service import Service
from explorer.templating import render
from explorer.words import count_of, say_class, say_date
from kg.errors import NotFound
from kg.model.ontology import load_ontology

EXAMPLE = "korean-armistice-talks"  # the question that the page opens on


def ask_focus(service: Service) -> dict[str, Any]:
    """The node to start from: as the address says, as found by name, or the example. Raises NotFound."""
    id = read("focus", EXAMPLE)
    node = read_nodes(service, [id]).get(id)
    if node is None:
        raise NotFound(f"no node has the id {id!r}: search for it by name, or open Explore without an address")
    head, search = st.columns([1.6, 1], gap="large", vertical_alignment="bottom")
    with head:
        heading(node.name, "Who and what stands next to whom? Open on a question, then follow any name.")
    typed = search.text_input(
        "Start from another name", placeholder="Panmunjom, Kissinger …", **tie("find", default="")
    )
    if typed and typed.strip():
        _offer(service, typed)
    return {"id": id, "name": node.name, "type": node.type}


def _offer(service: Service, typed: str) -> None:
    """What bears the name, each a link that starts from it."""
    found = [row for row in service.find_name(typed, limit=40) if row["type"] not in ("Passage", "Concept", None)][:9]
    if not found:
        st.caption(f"Nothing bears a name like “{as_text(typed.strip()[:60])}”. Try a part of it, or another spelling.")
        return
    with st.container(horizontal=True, gap="small", key="found"):
        for row in found:
            name = as_text(row["name"] if len(row["name"]) < 60 else row["name"][:58] + "…")
            st.page_link(
                "explorer/pages/explore.py",
                label=f"{name} ({say_class(row['type']).lower()})",
                query_params={"focus": row["id"]},
            )


def ask_question(focus: dict[str, Any]) -> Question:
    """Which question the graph opens on, of those that can be asked of the node."""
    titles = {question.key: question.title for question in questions_of(focus["type"])}
    if len(titles) < 2:
        return find_question(None, focus["type"])
    key = st.segmented_control(
        "Question", list(titles), format_func=titles.__getitem__, label_visibility="collapsed", required=True,
        **tie("question", titles, default=next(iter(titles))),
    )  # fmt: skip
    return find_question(key, focus["type"])


def without() -> list[str]:
    """Classes that the reader leaves out."""
    return [name for name in st.query_params.get_all("without") if name in load_ontology().classes]


def draw_legend(view: View) -> None:
    """Shapes and colours with their classes, and a filter by class."""
    st.html(render("legend.html", classes=view.legend))


def choose(id: str) -> None:
    """A click on the drawing chooses the node in the inspector."""
    write("node", id)


def expand(id: str) -> None:
    """A double click on the drawing expands the node."""
    _go(add_step(read_steps(st.query_params.get_all("step")), "open", id))


def say_cuts(view: View) -> None:
    """What is not shown, and how to come by it."""
    told = [count_of(len(view.nodes), "node") + ", " + count_of(len(view.links), "relationship") + "."]
    if view.cut:
        classes = ", ".join(
            f"{number} {load_ontology().classes[name].plural.lower()}" for name, number in view.cut.items()
        )
        told.append(
            f"The view holds {MOST_NODES} at most; left out: {classes}. Leave out a class, or start from a nearer node."
        )
    if view.hidden:
        told.append(f"{count_of(view.hidden, 'node')} hidden by you.")
    if len(view.nodes) <= 1:
        told.append("Nothing is recorded that answers this question; try another, or “What is nearby?”.")
    st.caption(" ".join(told))


def draw_inspector(view: View, steps: tuple[Step, ...], focus: dict[str, Any]) -> str | None:
    """Choose a node, read it, expand or hide it, undo. Gives the id of the node chosen."""
    names = {node.id: f"{node.short or node.name} ({say_class(node.type).lower()})" for node in view.nodes}
    chosen = st.selectbox(
        "Inspect", sorted(names, key=lambda id: names[id].lower()), format_func=names.__getitem__,
        placeholder="Choose, or click in the graph", index=None, **tie("node", names),
    )  # fmt: skip
    node = view.node(chosen)
    if node is not None:
        _draw_node(node, view, steps)
    else:
        st.html('<div class="note"><p>Click a node to read it. Double-click expands it.</p></div>')
    if steps:
        desk = st.container(horizontal=True, gap="small")
        desk.button("Undo", key="undo", on_click=_go, args=(steps[:-1],), width="stretch", help=_tell(steps[-1], view))
        desk.button("Start over", key="reset", on_click=_go, args=((),), width="stretch")
    st.multiselect(
        "Leave out", sorted({*view.classes, *without()}), format_func=say_class, placeholder="No class", **tie("without", many=True)
    )  # fmt: skip
    return chosen


def _draw_node(node: Node, view: View, steps: tuple[Step, ...]) -> None:
    ontology = load_ontology()
    links = [link for link in view.links if node.id in (link.source, link.target)]
    st.html(render("node.html", node=node, degree=len(links), comment=ontology.classes[node.type].comment))
    desk = st.container(horizontal=True, gap="small")
    opened = Step("open", node.id) in steps
    desk.button(
        "Expand", key="expand", disabled=opened, on_click=_go, args=(add_step(steps, "open", node.id),), width="stretch"
    )
    desk.button("Hide", key="hide", on_click=_go, args=(add_step(steps, "hide", node.id),), width="stretch")
    if node.id != view.focus:
        st.page_link("explorer/pages/explore.py", label="Start from here", query_params={"focus": node.id})
    episode = node.id if ontology.is_a(node.type, "Episode") else node.record if node.record != node.id else ""
    if episode and not ontology.is_a(node.type, "Actor"):
        st.page_link("explorer/pages/episode.py", label="Read the episode", query_params={"id": episode})


def _go(steps: tuple[Step, ...]) -> None:
    write("step", [str(step) for step in steps])


def _tell(step: Step, view: View) -> str:
    node = view.node(step.id)
    return f"{'Expanded' if step.act == 'open' else 'Hid'} {as_text(node.name if node else step.id)}"


def draw_exports(view: View, focus: dict[str, Any], question: Question, origin: str) -> None:
    """The view to take away. PNG is saved in the drawing itself, where the picture is."""
    name = f"{focus['id'].replace('/', '-')}-{question.key}"
    title = f"{focus['name']}: {question.title}"
    with st.container(horizontal=True, gap="small"):
        st.download_button("Relationships (CSV)", to_csv(view_rows(view)), f"{name}.csv", "text/csv", on_click="ignore")
        st.download_button(
            "Page (HTML)", lambda: to_page(view, title, origin), f"{name}.html", "text/html", on_click="ignore"
        )


def draw_table(view: View) -> None:
    """The twin of the drawing for those who read tables, or use a screen reader."""
    with st.expander("The same as a table", key="table"):
        nodes = [{"name": n.name, "class": say_class(n.type), "date": say_date(n.date), "id": n.id} for n in view.nodes]
        st.html(render("graph_table.html", nodes=nodes, links=view_rows(view)))
