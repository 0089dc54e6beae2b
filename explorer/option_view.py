"""The options of a brief: how many analogues, which episodes and whose affairs to leave out, and how much each look and facet weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from explorer.address import read_pairs, tie, tie_number, write
from explorer.service import Service
from kg.analogy.brief.looks import WEIGHTS as LOOKS
from kg.analogy.facets import FACETS, read_weights

if TYPE_CHECKING:
    from explorer.query_view import Situation

FEWEST, MOST, USUAL = 1, 12, 5
HEAVIEST = 3.0
LOOK_NAMES = {"topical": "Text", "structural": "Structure", "facet": "Facets"}


@dataclass(frozen=True)
class Options:
    """What the reader has chosen; weights are those that differ from the usual ones."""

    count: int
    other_than: tuple[str, ...]
    exclude: tuple[str, ...]
    looks: tuple[tuple[str, float], ...]
    facets: tuple[tuple[str, float], ...]


def ask_options(service: Service, situation: Situation, episodes: Mapping[str, Mapping[str, Any]]) -> Options:
    """Options as the address or the reader gives them. `episodes` are rows of the query `page_episodes` by id."""
    with st.expander("Options: how many, what to leave out, weights"):
        count = st.number_input(
            "Analogues", min_value=FEWEST, max_value=MOST, step=1, **tie_number("count", FEWEST, MOST, USUAL)
        )
        gone = st.multiselect(
            "Leave out episodes", list(episodes), format_func=lambda id: episodes[id]["name"],
            help="Such as the one that a text is about.", **tie("exclude", episodes, many=True),
        )  # fmt: skip
        others = _ask_actors(service, situation)
        st.html('<div class="note"><p>How much each look counts in the order of the list. Measured on our situations, the order by '
                "text alone did best; structure and facets stand beside it to contradict.</p></div>")  # fmt: skip
        looks = _ask_weights("look", LOOKS, LOOK_NAMES, 3)
        st.html('<div class="note"><p>How much each facet counts in the score by facets.</p></div>')
        names = {name: name.replace("_", " ").capitalize() for name in FACETS}
        facets = _ask_weights("facet", read_weights(), names, 3)
        if looks or facets:
            st.button("Usual weights", on_click=_forget_weights)
    return Options(int(count), others, tuple(gone), looks, facets)


def _ask_actors(service: Service, situation: Situation) -> tuple[str, ...]:
    """Actors whose affairs are left out: at first the principals of the situation."""
    apart = st.toggle(
        "Different actors", help="Leave out episodes that were affairs of the same actors.",
        value=st.query_params.get("apart") == "1", key="apart_toggle", on_change=_set_apart,
    )  # fmt: skip
    if not apart:
        return ()
    names = service.principals.names
    if "without" not in st.query_params:
        st.session_state["without"] = list(service.find_principals(situation.text, situation.episode))
        bound = {"key": "without", "on_change": _set_without}
    else:
        bound = {**tie("without", names, many=True), "on_change": _set_without, "args": ()}
    return tuple(
        st.multiselect(
            "Leave out the affairs of", sorted(names, key=names.__getitem__), format_func=names.__getitem__, **bound
        )
    )


def _set_apart() -> None:
    write("apart", "1" if st.session_state["apart_toggle"] else None)
    write("without", None)


def _set_without() -> None:
    chosen = st.session_state["without"]
    write("without", chosen)
    if not chosen:
        write("apart", None)
        st.session_state["apart_toggle"] = False


def _ask_weights(
    key: str, usual: Mapping[str, float], names: Mapping[str, str], columns: int
) -> tuple[tuple[str, float], ...]:
    """Sliders for weights; those that were moved."""
    given = _read_weights(key, usual)
    moved: list[tuple[str, float]] = []
    places = st.columns(columns)
    for number, (name, default) in enumerate(usual.items()):
        widget = f"{key}_{name}"
        st.session_state[widget] = given.get(name, default)
        with places[number % columns]:
            value = st.slider(names[name], 0.0, HEAVIEST, step=0.01, key=widget, on_change=_move, args=(key, usual))
        if abs(value - default) > 1e-6:
            moved.append((name, value))
    return tuple(moved)


def _read_weights(key: str, usual: Mapping[str, float]) -> dict[str, float]:
    """Weights in the address; what is no number within bounds is dropped."""
    weights: dict[str, float] = {}
    for name, text in read_pairs(key).items():
        try:
            value = float(text)
        except ValueError:
            continue
        if name in usual and 0 <= value <= HEAVIEST:
            weights[name] = value
    return weights


def _move(key: str, usual: Mapping[str, float]) -> None:
    values = {name: st.session_state[f"{key}_{name}"] for name in usual}
    write(key, [f"{name}:{value:g}" for name, value in values.items() if abs(value - usual[name]) > 1e-6])


def _forget_weights() -> None:
    write("look", None)
    write("facet", None)


def name_actors(service: Service, actors: Sequence[str]) -> str:
    """Actors by name."""
    return ", ".join(service.principals.names[actor] for actor in actors)
