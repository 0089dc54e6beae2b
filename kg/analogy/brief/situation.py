"""The reader's situation as it was read off the text: who is in it, and what is presumed of them."""

from __future__ import annotations

from kg.analogy.brief.facts import is_quotable, quote
from kg.analogy.brief.model import Player, Situation, Statement
from kg.analogy.case import Case, Fact
from kg.analogy.evidence import one_line

DOERS, OTHERS = ("actor", "holder", "obligor", "participant"), ("target", "obligee")


def describe_situation(case: Case) -> Situation:
    """Its actors with their roles, and its facts in the order of the text with the passages they rest on."""
    names = {entity.id: entity.name for entity in case.entities}
    players = tuple(
        Player(e.id, e.name, tuple(a for a in e.attributes if not a[:1].isupper()))
        for e in case.entities
        if e.kind == "actor"
    )
    return Situation(players, tuple(_state(fact, names) for fact in case.facts))


def _state(fact: Fact, names: dict[str, str]) -> Statement:
    def fill(*roles: str) -> tuple[str, ...]:
        return tuple(names[id] for role in roles for id in fact.fillers(role))

    details = dict(fact.details)
    about = tuple(id.removeprefix("issue-") for id in fact.fillers("issue"))
    clause = one_line(fact.text) if is_quotable(fact) else ""
    return Statement(
        fact.id, fact.scheme, fact.predicate, fill(*DOERS), fill(*OTHERS), about,
        quote(fact, one_line(fact.passage or fact.text)), clause,
        details.get("read", ""), details.get("modality", ""), "inferred" in details,
    )  # fmt: skip
