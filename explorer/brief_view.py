"""What the page Find precedents does with a brief: makes it once for each state, offers it to keep, leads on from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from explorer.briefs import write_docx, write_json, write_markdown, write_sources
from explorer.csl import CSL
from explorer.option_view import Options

if TYPE_CHECKING:
    from explorer.briefs.desk import BriefDesk
    from explorer.query_view import Situation
    from kg.analogy.brief.analogue import Analogue
    from kg.analogy.brief.model import Brief
    from kg.analogy.case import Case
    from kg.analogy.provisional.corrections import Correction
    from kg.analogy.similar import SimilarResult

KEPT = 12  # briefs of a session
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@contextmanager
def show_stages(key: str, first: str) -> Iterator[Callable[[str], None]]:
    """A line that names the stage at work, beginning with the first; gone at the end. Yields what is told of the next.

    `key` is the line's own on its page. The style sheet lets it appear only after most of a second, so that quick answers
    do not flicker.
    """
    place = st.empty()
    status = place.container(key=f"stages_{key}").status(f"{first} …")
    try:
        yield lambda stage: status.update(label=f"{stage} …")
    finally:
        place.empty()


def make_brief(
    desk: BriefDesk,
    situation: Situation,
    cases: Sequence[str],
    options: Options,
    corrections: Sequence[Correction],
    plain: SimilarResult,
    read: Case | None,
) -> Brief:
    """The brief of a state of the page, kept for this session. Raises what `BriefDesk.make` raises."""
    key = (situation, tuple(cases), options, tuple(corrections), plain.data_version)
    kept = st.session_state.setdefault("_briefs", {})
    if key not in kept:
        if len(kept) >= KEPT:
            kept.clear()
        with show_stages("comparing", "Comparing with every episode") as tell:
            kept[key] = desk.make(
                situation.text, situation.episode, situation.before, cases, options.count, read, plain.reading,
                options.other_than, corrections, dict(options.looks), dict(options.facets), tell, options.exclude,
            )  # fmt: skip
    return kept[key]


def draw_downloads(brief: Brief) -> None:
    """The brief as it is shown, to keep."""
    name = "brief-" + brief.replay.query.get("episode", "of-a-text")
    with st.container(key="downloads", horizontal=True, gap="small"):
        st.download_button("Markdown", lambda: write_markdown(brief), f"{name}.md", "text/markdown", on_click="ignore")
        st.download_button("Word", lambda: write_docx(brief), f"{name}.docx", WORD, on_click="ignore")
        st.download_button("JSON", lambda: write_json(brief), f"{name}.json", "application/json", on_click="ignore")
        st.download_button("Sources (CSL-JSON)", lambda: write_sources(brief), f"{name}-sources.json", CSL, on_click="ignore",
                           help="For Zotero and other reference managers.")  # fmt: skip


def draw_links(analogue: Analogue, situation: Situation, brief: Brief) -> None:
    """Where one goes from an analogue."""
    other = situation.episode or next((a.id for a in brief.analogues if a.id != analogue.id), None)
    with st.container(key=f"under_{analogue.id}", horizontal=True, gap="medium"):
        st.page_link("explorer/pages/episode.py", label="Read the episode", query_params={"id": analogue.id})
        if other:
            label = "Compare with the situation" if situation.episode else "Compare with another"
            st.page_link("explorer/pages/compare.py", label=label, query_params={"id": [other, analogue.id]})
        st.page_link("explorer/pages/precedents.py", label="Its own precedents", query_params={"episode": analogue.id})
        st.page_link("explorer/pages/explore.py", label="Explore", query_params={"focus": analogue.id})
