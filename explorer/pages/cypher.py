"""Cypher: ask the graph anything, read-only."""

import streamlit as st

from explorer.address import read, write
from explorer.cypher_view import draw_result, draw_schema, read_examples
from explorer.frame import heading
from explorer.opening import as_text, shared_service
from kg.errors import QueryFailed, QueryRefused, QueryTimeout

service = shared_service()
heading(
    "Cypher",
    "Ask the graph anything that the pages do not. Queries only read: nothing that you type can change the data.",
)
examples = read_examples()


def take_example() -> None:
    chosen = st.session_state["example"]
    if chosen:
        st.session_state["editor"] = examples[chosen].query
        write("query", examples[chosen].query)


def run() -> None:
    write("query", st.session_state["editor"].strip())


asked = read("query")
if "editor" not in st.session_state or st.session_state.get("_ran") != asked:
    st.session_state["editor"] = asked or next(iter(examples.values())).query
    st.session_state["_ran"] = asked

with st.container(key="query_desk"):
    left, right = st.columns([1.7, 1], gap="large")
with left:
    st.selectbox("Start from a question", list(examples), format_func=lambda key: examples[key].title, index=None,
                 placeholder="Choose one of the examples", key="example", on_change=take_example)  # fmt: skip
    with st.container(key="cypher_editor"):
        st.text_area("Query", key="editor", height=220)
    st.button("Run", type="primary", on_click=run)
    st.caption(f"{service.store.engine}. At most 1,000 rows and 10 seconds.")
with right:
    draw_schema(service.ontology)

if asked:
    st.header("Answer", anchor=False)
    try:
        with st.spinner("Asking …"):
            answer = service.read_cypher(asked)
    except (QueryFailed, QueryRefused, QueryTimeout) as error:
        st.error(as_text(error))
    else:
        draw_result(answer, f"Precedent, data version {service.data_version}")
