"""The inputs of the page Find precedents: a situation, a cut-off, and what it is a case of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st
from markupsafe import Markup

from explorer.address import is_lost, read, tie, write
from explorer.offers import say_cut, say_own
from explorer.opening import as_text
from explorer.service import Offer, Service
from explorer.words import say_date
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.analogy.similar import SimilarResult

EXAMPLE = (
    "The paradox: the other side reads the mere act of sitting down with it as a sign of weakness. It offers moratoriums "
    "and symbolic gestures, and may walk out or provoke. We want a settlement on today’s lines, our ally wants more, and "
    "talks could drag on for years."
)
MODES = {"text": "A text", "episode": "An episode"}
SHOWN = 8
CASES = (
    '<div class="note"><p>The predicaments that come nearest, each from another episode. Tick what fits, or say it yourself: '
    "the list is ranked anew at once.</p></div>"
)


@dataclass(frozen=True)
class Situation:
    """What to find precedents of: a text or an episode, and the day by which episodes must have ended."""

    text: str | None
    episode: str | None
    before: date | None


def ask_situation(episodes: Mapping[str, Mapping[str, Any]]) -> Situation | None:
    """The situation as the address or the reader gives it; None before anything was asked. Raises UsageError."""
    mode = st.segmented_control(
        "Start from", list(MODES), format_func=MODES.__getitem__, required=True, label_visibility="collapsed",
        **tie("by", MODES, default="episode" if "episode" in st.query_params else "text"),
    )  # fmt: skip
    if mode == "episode":
        chosen = st.selectbox(
            "Episode", list(episodes), index=None, placeholder="Choose an episode",
            format_func=lambda id: f"{episodes[id]['name']}, {say_date(episodes[id]['date'])}", **tie("episode", episodes),
        )  # fmt: skip
        before = _ask_before()
        return Situation(None, chosen, before) if chosen else None
    asked = read("text")
    if "draft" not in st.session_state or st.session_state.get("_asked") != asked:
        st.session_state["draft"] = asked if asked is not None else EXAMPLE
        st.session_state["_asked"] = asked
    if is_lost("text"):
        st.info("The long text that this address names is no longer kept here: paste it again.")
    st.text_area("The situation, as you would describe it", key="draft", height=168)
    before = _ask_before()
    st.button("Find precedents", type="primary", on_click=_ask)
    return Situation(asked, None, before) if asked else None


def _ask() -> None:
    for key in ("case", "own", "fix", "without", "exclude"):
        write(key, None)
    st.session_state.pop("_editing", None)
    write("text", st.session_state["draft"].strip())


def _ask_before() -> date | None:
    """The cut-off. Raises UsageError when it is no day."""
    typed = st.text_input(
        "Only episodes that had ended by", placeholder="a day, 1995-01-01, or a year; empty for all",
        help="A reader of 1995 must not be shown 2015: episodes that had not ended by that day are left out.", **tie("before", default=""),
    )  # fmt: skip
    return read_day(typed or "")


def read_day(typed: str) -> date | None:
    """A day as readers write it: a year is its first day. Raises UsageError for anything else."""
    text = typed.strip()
    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}-01-01" if len(text) == 4 else f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        raise UsageError(f"“{text}” is no day: write it as 1995-01-01, or give a year") from None


def leave_out(result: SimilarResult, exclude: Sequence[str]) -> SimilarResult:
    """A result without episodes that the reader leaves out by name; the ranks of the others stay as they were."""
    matches = tuple(match for match in result.matches if match.id not in exclude)
    return replace(result, query=replace(result.query, exclude=frozenset(exclude)), matches=matches)


def draw_offers(offer: Offer, exclude: Sequence[str]) -> None:
    """What the text says of itself, each with a button that acts on it; nothing where it says nothing."""
    if offer.cut:
        _offer("cut", say_cut(offer.cut), "Only what had ended before", "before", offer.cut.day.isoformat())
    if offer.own:
        _offer("own", say_own(offer.own), "Leave it out", "exclude", [*exclude, offer.own.id])


def _offer(name: str, said: str, label: str, key: str, value: str | list[str]) -> None:
    with st.container(key=f"offer_{name}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(Markup('<div class="note">{}.</div>').format(said), width="content")
        st.button(label, key=f"take_{name}", on_click=write, args=(key, value))


def ask_cases(service: Service, result: SimilarResult) -> tuple[str, ...]:
    """What the reader says that it is a case of: predicaments ticked, and a line of his own."""
    near = service.nearest_predicaments(result, SHOWN)
    st.subheader("What is this a case of?", anchor=False)
    st.html(CASES)
    own = st.text_input("In your own words", placeholder="One sentence, without names", **tie("own", default=""))
    ticked = set(st.query_params.get_all("case"))
    for found in near:
        key = f"case_{found.passage}"
        st.session_state[key] = found.passage in ticked
        label = f"{as_text(found.text)} :small[:gray[{as_text(found.title)}]]"
        st.checkbox(label, key=key, on_change=_tick, args=(found.passage,), wrap=True)
    chosen = [found.text for found in near if found.passage in ticked]
    return (*chosen, own.strip()) if own and own.strip() else tuple(chosen)


def _tick(passage: str) -> None:
    ticked = [id for id in st.query_params.get_all("case") if id != passage]
    write("case", [*ticked, passage] if st.session_state[f"case_{passage}"] else ticked)


def search(service: Service, situation: Situation) -> SimilarResult:
    """The ranking by text alone, kept for this session: it holds the text as read and asks what it is a case of."""
    key = (situation, service.data_version)
    kept = st.session_state.setdefault("_searches", {})
    if key not in kept:
        if len(kept) > 20:
            kept.clear()
        kept[key] = service.similar(situation.text, situation.episode, before=situation.before)
    return kept[key]
