"""Dates, terms and counts in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.errors import DateError
from kg.model.date_display import format_date
from kg.model.ontology import load_ontology

if TYPE_CHECKING:
    from kg.analogy.principals import LeftOut


# How a line of `reviewed` begins to say what the reader saw of an analogy's words, and that in short; of two the longer first.
READINGS = {
    "the words were seen in part": "words seen in part",
    "the words were seen": "words seen",
    "the cited document was found": "document found, words not seen",
    "the work or the occasion was confirmed": "work or occasion found, words not seen",
    "from general knowledge": "words not seen",
}


def say_date(text: str | None) -> str:
    """An EDTF date in words; empty for none. What is no date is shown as it stands."""
    if not text:
        return ""
    try:
        words = format_date(text)
    except DateError:
        return text
    return words if " – " in words else words.replace(" ", "\u00a0")  # a single date does not break


def say_term(id: str) -> str:
    """The label of a vocabulary's term, or the id where there is no such term."""
    concept = load_ontology().concepts.get(id)
    return concept.label if concept else id.replace("-", " ")


def say_class(name: str) -> str:
    """The label of a class of the ontology."""
    definition = load_ontology().classes.get(name)
    return definition.label if definition else name


def say_link(type: str) -> str:
    """A relationship type in lower-case words: `LED_TO` → `led to`."""
    return type.replace("_", " ").lower()


def say_reading(reviewed: Sequence[str]) -> str:
    """What the latest reading of an analogy's record saw, in short; a doubt in full; empty where it was not read again."""
    if not reviewed:
        return ""
    found = reviewed[-1].split("reading: ", 1)[-1]
    return next((short for start, short in READINGS.items() if found.startswith(start)), found)


def count_of(number: int, one: str, many: str | None = None) -> str:
    """`1 episode`, `2,140 episodes`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def full_stop(text: str) -> str:
    """A text that ends in one."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def shorten(text: str, length: int) -> str:
    """A text cut at a word, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[:length].rpartition(" ")[0].rstrip(",;:.–-") + "…"


def say_left_out(left_out: Sequence[LeftOut], actors: Sequence[str]) -> str:
    """What was left out for the sake of different actors; `actors` are those that were not wanted."""
    if not actors:
        return "Different actors: the situation names no actor that is a principal of an episode; nothing was left out."
    if not left_out:
        return (
            "Different actors: none of these is a principal of an episode that would be compared; nothing was left out."
        )
    told = "; ".join(f"{one.title} ({', '.join(one.actors)})" for one in left_out)
    return f"Left out for the sake of different actors, {count_of(len(left_out), 'episode')}: {told}."


def say_named_out(named_out: Sequence[LeftOut]) -> str:
    """What the reader left out by name."""
    return f"Left out by name, {count_of(len(named_out), 'episode')}: {'; '.join(one.title for one in named_out)}."
