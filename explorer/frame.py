"""What every page has: the style sheet, one place where errors become a line, and the foot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st
from markupsafe import Markup

from explorer.opening import as_text, explain
from kg.errors import PrecedentError

STYLE = Path(__file__).with_name("style.css")


def draw_frame(page: Any) -> None:
    """Run a page of `st.navigation` inside the frame."""
    st.set_page_config(page_title=f"{page.title} · Precedent", layout="wide")
    st.html(STYLE)
    try:
        page.run()
    except PrecedentError as error:
        explain(error)


def heading(title: str, question: str) -> None:
    """The head of a page: its title, and in a line the question that it answers."""
    st.title(as_text(title), anchor=False)
    st.html(Markup('<div class="note">{}</div>').format(question))
