"""What was read off a text, told in the names of the text."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.words import say_term
from kg.analogy.brief.model import Statement

SAID_BY: Mapping[str, str] = {
    "words": "read off its words", "meaning": "read off its meaning", "reader": "said by the reader",
}  # fmt: skip


def say_statement(fact: Statement) -> str:
    """A fact read off a text, in names: who, what, towards whom, about what."""
    towards = f" → {', '.join(fact.whom)}" if fact.whom else ""
    topics = [say_term(topic).lower() for topic in fact.about if topic != fact.term]
    about = f", about {', '.join(topics)}" if topics else ""
    term = say_term(fact.term).lower()
    what = f"position on {term}" if fact.scheme == "issue-topics" else term
    return f"{', '.join(fact.who) or 'somebody'}: {what}{towards}{about}"


def say_firmness(fact: Statement) -> str:
    """How firm a fact read off a text is, by what it was read, and how the text puts it."""
    told = [say_term(fact.passage.status).lower() + (" to the reader" if fact.read == "reader" else "")]
    told += [SAID_BY[fact.read]] if fact.read in SAID_BY and fact.read != "reader" else []
    told += [f"“{fact.modality}”"] if fact.modality else []
    return ", ".join([*told, *(["towards whom is a guess"] if fact.inferred and fact.whom else [])])
