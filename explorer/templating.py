"""HTML fragments from the templates beside this module. Every value is escaped; the browser sanitizes once more."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from explorer.citations import format_work, short_work
from explorer.words import count_of, full_stop, say_class, say_date, say_link, say_reading, say_term, shorten
from kg.model.ontology import load_ontology


def render(template: str, **values: Any) -> str:
    """A fragment of HTML."""
    return _environment().get_template(template).render(**values)


def shape(name: str) -> Markup:
    """The shape of a class in its colour, for legends and badges; decoration, since a word always stands beside it."""
    definition = load_ontology().classes.get(name)
    figure, colour = (definition.icon, definition.colour) if definition else ("circle", "#6B6B6B")
    return Markup('<span class="shape {}" style="--c:{}" aria-hidden="true"></span>').format(figure, colour)


def page_address(page: str, **state: str) -> str:
    """The permalink of a page in a state."""
    return f"{page}?{urlencode(state)}" if state else page


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(loader=PackageLoader("explorer"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(
        date=say_date, term=say_term, class_label=say_class, link_words=say_link, shape=shape, work=format_work,
        short_work=short_work, shorten=shorten, full_stop=full_stop, reading=say_reading,
    )  # fmt: skip
    environment.globals.update(address=page_address, count_of=count_of)
    return environment
