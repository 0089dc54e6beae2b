"""HTML fragments from the templates beside this module. Every value is escaped; the browser sanitizes once more."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from explorer.citations import format_work, short_work
from explorer.words import count_of, say_class, say_date, say_link, say_term, shorten
from kg.model.ontology import load_ontology

# The shapes that the ontology gives to classes, in a box of 14 by 14
SHAPES = {
    "circle": '<circle cx="7" cy="7" r="5.5"/>',
    "square": '<rect x="2" y="2" width="10" height="10"/>',
    "diamond": '<path d="M7 .8 13.2 7 7 13.2.8 7z"/>',
    "triangle": '<path d="M7 1.2 13.2 12.4H.8z"/>',
    "hexagon": '<path d="M3.6 1.4h6.8L13.8 7l-3.4 5.6H3.6L.2 7z"/>',
    "star": '<path d="m7 .6 2 4.3 4.7.5-3.5 3.2 1 4.7L7 10.9l-4.2 2.4 1-4.7L.3 5.4 5 4.9z"/>',
}


def render(template: str, **values: Any) -> str:
    """A fragment of HTML."""
    return _environment().get_template(template).render(**values)


def shape(name: str) -> Markup:
    """The shape of a class in its colour, for legends and badges; decoration, since a word always stands beside it."""
    definition = load_ontology().classes.get(name)
    figure = SHAPES.get(definition.icon if definition else "circle", SHAPES["circle"])
    colour = definition.colour if definition else "#6B6B6B"
    return Markup('<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" fill="{}">{}</svg>').format(colour, Markup(figure))


def page_address(page: str, **state: str) -> str:
    """The permalink of a page in a state."""
    return f"{page}?{urlencode(state)}" if state else page


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("explorer"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        date=say_date, term=say_term, class_label=say_class, link_words=say_link, shape=shape, work=format_work,
        short_work=short_work, shorten=shorten,
    )  # fmt: skip
    environment.globals.update(address=page_address, count_of=count_of)
    return environment
