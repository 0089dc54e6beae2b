"""What followed in the precedent from something that has happened here too, and has not happened here: what to check.

A question rests on facts from before the precedent's ending; how it ended is in none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.analogy.case import Case, Fact
from kg.model.ontology import Ontology

HOW = {
    "causes": "brought about",
    "enables": "opened the way to",
    "provokes": "provoked",
    "prevents": "prevented",
    "precedes": "was followed by",
}


@dataclass(frozen=True)
class Question:
    """A consequence in the base without counterpart in the target.

    `cause` in the base corresponds to `here` in the target and led (`how`) to `effect`. `actors` pairs each entity of
    the effect with its counterpart in the target, None where it has none. `asks` says what to look for, `text` all of it.
    """

    cause: Fact
    here: Fact
    how: str
    effect: Fact
    actors: tuple[tuple[str, str | None], ...]
    text: str
    asks: str = ""


def ask(
    base: Case, target: Case, matched: Mapping[str, Fact], entities: Mapping[str, str], ontology: Ontology
) -> tuple[Question, ...]:
    """Questions in the order of the effects; of several causes of one effect the last is named, which is the nearest."""
    facts = {fact.id: fact for fact in base.facts}
    order = {fact.id: place for place, fact in enumerate(base.facts)}
    causes = {
        link.target: link
        for link in sorted(base.links, key=lambda link: order[link.source])
        if link.source in matched and link.target not in matched
    }
    found = []
    for id, link in sorted(causes.items(), key=lambda pair: order[pair[0]]):
        cause, effect = facts[link.source], facts[id]
        actors = tuple((entity, entities.get(entity)) for entity in dict.fromkeys(e for _, e in effect.roles))
        asks = _phrase(effect, link.kind, base, target, dict(actors), ontology)
        text = f"{base.title}: “{cause.text}” This {HOW[link.kind]}: “{effect.text}” {asks}"
        found.append(Question(cause, matched[cause.id], link.kind, effect, actors, text, asks))
    return tuple(found)


def _phrase(
    effect: Fact, how: str, base: Case, target: Case, actors: Mapping[str, str | None], ontology: Ontology
) -> str:
    """What to look for, in the names of the target."""
    doers = [id for role, id in effect.roles if role in ("actor", "obligor", "participant", "holder")]
    others = [id for role, id in effect.roles if role in ("target", "obligee")]
    who = _list_names(doers, base, target, actors) or "somebody"
    label = ontology.concepts[effect.predicate].label if effect.predicate in ontology.concepts else ""
    if how == "prevents":
        return f"To check here: whether the like is prevented, for {who}."
    if effect.scheme == "meeting-levels":
        return f"To watch for here: a meeting of {who} ({label.lower()})."
    if effect.scheme != "move-kinds":
        return f"To watch for here: the like, with {who}."
    towards = f" towards {_list_names(others, base, target, actors)}" if others else ""
    return f"To watch for here: {label.lower()}, by {who}{towards}."


def _list_names(ids: list[str], base: Case, target: Case, actors: Mapping[str, str | None]) -> str:
    """Counterparts by name; of those without one, whose place is empty, unless somebody else of the group has one."""
    known = [target.entity(here).name for id in ids if (here := actors[id]) is not None]
    names = known or [f"whoever stands where {base.entity(id).name} stood" for id in ids[:1]]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
