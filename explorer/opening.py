"""The graph that all readers of the app share, and what is said when it cannot be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from explorer.service import Service, open_service
from kg.errors import GraphEmpty, PrecedentError

if TYPE_CHECKING:
    from explorer.briefs.desk import BriefDesk


@dataclass
class Shared:
    """The one service of this process, the build that it was opened on, and the desk where briefs of it are made."""

    service: Service
    build: Mapping[str, Any] | None = None
    desk: BriefDesk | None = None


def _answers(shared: Shared) -> bool:
    """Whether the connection still answers; a server that stopped or moved is looked for anew."""
    try:
        shared.service.store.read_meta()
    except PrecedentError:
        return False
    return True


@st.cache_resource(
    show_spinner="Opening the graph …", validate=_answers, on_release=lambda shared: shared.service.close()
)
def _open() -> Shared:
    return Shared(open_service())


def shared_service() -> Service:
    """The service; what it remembers is dropped when the graph was built anew. Raises StoreUnavailable, GraphEmpty."""
    shared = _open()
    build = shared.service.meta
    if build is None:
        raise GraphEmpty("The graph is empty.")
    if shared.build != build:
        shared.service.forget()
        shared.build, shared.desk = build, None
    return shared.service


def shared_desk() -> BriefDesk:
    """Where briefs are made from the shared service. Raises StoreUnavailable, GraphEmpty."""
    from explorer.briefs.desk import BriefDesk

    service = shared_service()
    shared = _open()
    if shared.desk is None:
        shared.desk = BriefDesk(service)
    return shared.desk


def explain(error: PrecedentError) -> None:
    """One line on what went wrong and what to do; an empty graph can be built here and now."""
    if isinstance(error, GraphEmpty):
        st.info("The graph holds nothing yet. Building it from the records takes about a minute, once.")
        if st.button("Build the graph", type="primary"):
            _build()
        return
    st.error(as_text(error))


def as_text(error: object) -> str:
    """An error's line with the signs of Markdown escaped, so that it is shown as it is."""
    line = " ".join(str(error).split())
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+-.!|$~:&" else c for c in line)


def _build() -> None:
    from ingest.pipeline import build
    from ingest.sources.curated import find_data

    bar = st.progress(0.0, text="Reading records …")

    def tell(stage: str, done: int, total: int) -> None:
        bar.progress(min(1.0, done / total) if total else 1.0, text=f"{stage}: {done:,} of {total:,}")

    service = _open().service
    try:
        build(find_data(), service.store, progress=tell)
    except PrecedentError as error:
        bar.empty()
        st.error(as_text(error))
        return
    service.forget()
    st.rerun()
