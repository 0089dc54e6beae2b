"""The address of a page as the one truth of its state: every input stands in the URL, and a permalink reopens it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import streamlit as st

LONGEST = 6000  # characters of a value that still travel in an address


def tie(key: str, options: Collection[Any] | None = None, many: bool = False, default: Any = None) -> dict[str, Any]:
    """Tie a widget to the parameter of the same name; give the result to the widget as keyword arguments.

    Values that are not among the options are dropped, since an address may be old or mistyped.
    """
    value: Any = read(key, default)
    if many:
        value = [v for v in st.query_params.get_all(key) if options is None or v in options]
    elif options is not None and value not in options:
        value = default
    st.session_state[key] = value
    return {"key": key, "on_change": _store, "args": (key, default)}


def tie_number(key: str, low: float, high: float, default: float) -> dict[str, Any]:
    """Tie a widget for a number; what an address holds beyond the bounds, or as no number, is dropped."""
    whole = isinstance(default, int)
    try:
        value = int(read(key, default)) if whole else float(read(key, default))
    except ValueError:
        value = default
    st.session_state[key] = value if low <= value <= high else default
    return {"key": key, "on_change": _store, "args": (key, default)}


def read_pairs(key: str) -> dict[str, str]:
    """Parameters written `name:value` under one key, the last of each name."""
    return {
        name: value for text in st.query_params.get_all(key) for name, colon, value in [text.partition(":")] if colon
    }


def read(key: str, default: Any = None) -> Any:
    """The value of a parameter; of one that is too long for an address, what this session holds."""
    if key in st.query_params:
        return st.query_params[key]
    return st.session_state.get(f"long_{key}", default)


def write(key: str, value: Any, default: Any = None) -> None:
    """Put a value into the address; the default leaves no trace."""
    st.session_state.pop(f"long_{key}", None)
    if value in (None, "", []) or value == default:
        st.query_params.pop(key, None)
    elif isinstance(value, str) and len(value) > LONGEST:
        st.query_params.pop(key, None)
        st.session_state[f"long_{key}"] = value
    else:
        st.query_params[key] = value


def too_long(key: str) -> bool:
    """Whether the value of a parameter does not fit into an address."""
    return f"long_{key}" in st.session_state


def _store(key: str, default: Any) -> None:
    write(key, st.session_state[key], default)
