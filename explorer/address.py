"""The address of a page as the one truth of its state: every input stands in the URL, and a permalink reopens it.

A value too long for an address is kept by this process, in memory, and the address names it: a reload, the way back from
another page and a link opened in a new tab find it again for as long as the app runs and few others are kept.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Collection
from typing import Any

import streamlit as st

LONGEST = 6000  # characters of a value that still travel in an address
KEPT = 100  # longer values that are kept, the latest of all readers
NAMED = "kept:"  # how an address names such a value


@st.cache_resource
def _kept() -> OrderedDict[str, str]:
    """Long values by what addresses call them, the least lately used first."""
    return OrderedDict()


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
    """The value of a parameter; the default, too, where the address names a long one that is no longer kept."""
    value = st.query_params.get(key, default)
    if not (isinstance(value, str) and value.startswith(NAMED)):
        return value
    kept = _kept()
    try:  # another session may push it out at any moment
        kept.move_to_end(value)
        return kept[value]
    except KeyError:
        return default


def write(key: str, value: Any, default: Any = None) -> None:
    """Put a value into the address; the default leaves no trace."""
    if value in (None, "", []) or value == default:
        st.query_params.pop(key, None)
    elif isinstance(value, str) and len(value) > LONGEST:
        st.query_params[key] = _keep(value)
    else:
        st.query_params[key] = value


def _keep(value: str) -> str:
    """Keep a long value; gives what an address calls it, from which it cannot be guessed."""
    kept = _kept()
    name = NAMED + hashlib.sha256(value.encode()).hexdigest()[:32]
    kept[name] = value
    kept.move_to_end(name)
    while len(kept) > KEPT:
        kept.popitem(last=False)
    return name


def too_long(key: str) -> bool:
    """Whether the address only names the value of a parameter."""
    return str(st.query_params.get(key, "")).startswith(NAMED)


def is_lost(key: str) -> bool:
    """Whether the address names a value that is no longer kept."""
    return too_long(key) and read(key) is None


def _store(key: str, default: Any) -> None:
    write(key, st.session_state[key], default)
