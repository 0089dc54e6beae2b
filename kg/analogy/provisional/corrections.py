"""What a reader changes in a case that was read off a text: facts dropped, confirmed, changed and added, actors set right.

A fact that the reader has touched is known to the reader and presumed no longer. A correction names the fact with the
term that was read; where the text is read otherwise by now, it is not applied, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from kg.analogy.case import READER, Case, CaseEntity, Fact
from kg.errors import UsageError
from kg.model.ontology import Ontology

DROP, CONFIRM, CHANGE, ADD, ACTOR = ACTS = ("drop", "confirm", "change", "add", "actor")
SCHEMES = ("move-kinds", "circumstances", "issue-topics", "commitment-kinds")
_ENDS = {"issue-topics": ("holder", ""), "commitment-kinds": ("obligor", "obligee")}


@dataclass(frozen=True)
class Correction:
    """One act of the reader.

    `drop`, `confirm` and `change` name a fact by `id` and by the term that was read, `was`; `change` and `add` give what it
    shall be: a term, who does or holds it, to whom, about which topics, and for `add` a line of text. `actor` names an actor by `id`:
    with `terms` it gets these party roles, with `who` it is the same as that other actor.
    """

    act: str
    id: str = ""
    was: str = ""
    term: str = ""
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    text: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Its plain values, those that say nothing left out."""
        return {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(self).items() if v}

    @classmethod
    def from_dict(cls, values: object) -> Correction:
        """The reverse of `to_dict`. Raises UsageError for anything else."""
        if not isinstance(values, dict) or not values.get("act"):
            raise UsageError("a correction is an object with an act; see the replay of a brief")
        told = {key: values[key] for key in ("act", "id", "was", "term", "text") if key in values}
        lists = {key: values[key] for key in ("who", "whom", "terms") if key in values}
        texts = [*told.values(), *(x for v in lists.values() if isinstance(v, list) for x in v)]
        if not all(isinstance(x, str) for x in texts) or not all(isinstance(v, list) for v in lists.values()):
            raise UsageError("a correction holds texts and lists of texts; see the replay of a brief")
        who, whom, terms = (tuple(lists.get(key, ())) for key in ("who", "whom", "terms"))
        act, id, was, term, text = (str(told.get(key, "")) for key in ("act", "id", "was", "term", "text"))
        return cls(act, id, was, term, who, whom, terms, text)


def correct(case: Case, corrections: Sequence[Correction], ontology: Ontology) -> tuple[Case, tuple[Correction, ...]]:
    """The case as the reader has it, and the corrections that no longer apply. Raises UsageError for an unknown term."""
    stale: list[Correction] = []
    for number, correction in enumerate(corrections, 1):
        _check(correction, ontology)
        changed = _apply(case, correction, number, ontology)
        if changed is None:
            stale.append(correction)
        else:
            case = changed
    return _tidy(case), tuple(stale)


def _check(correction: Correction, ontology: Ontology) -> None:
    if correction.act not in ACTS:
        raise UsageError(f"“{correction.act}” is no correction: one of {', '.join(ACTS)}")
    concept = ontology.concepts.get(correction.term)
    if correction.act in (CHANGE, ADD) and (concept is None or concept.scheme not in SCHEMES):
        raise UsageError(f"“{correction.term}” is no term that a fact can have: choose one of the vocabularies")
    if correction.act == ADD and not correction.who:
        raise UsageError("a fact needs somebody who does or undergoes it: choose who")
    scheme = "party-roles" if correction.act == ACTOR else "issue-topics"
    if unknown := [t for t in correction.terms if t not in ontology.schemes[scheme].concepts]:
        raise UsageError(f"“{unknown[0]}” is no term of {ontology.schemes[scheme].label.lower()}")


def _apply(case: Case, correction: Correction, number: int, ontology: Ontology) -> Case | None:
    if correction.act == ADD:
        case = _name_actors(case, (*correction.who, *correction.whom))
        return _with_fact(case, _make(f"reader-{number}", correction, ontology), None, ontology)
    if correction.act == ACTOR:
        return _set_actor(case, correction)
    old = next((f for f in case.facts if (f.id, f.predicate) == (correction.id, correction.was)), None)
    if old is None:
        return None
    if correction.act == DROP:
        links = tuple(link for link in case.links if old.id not in (link.source, link.target))
        return replace(case, facts=tuple(f for f in case.facts if f is not old), links=links)
    if correction.act == CONFIRM:
        return _with_fact(case, replace(old, status="known", details=_vouch(old)), old, ontology)
    case = _name_actors(case, (*correction.who, *correction.whom))
    made = _make(old.id, correction, ontology)
    return _with_fact(
        case, replace(made, text=old.text, passage=old.passage, date=old.date, details=_vouch(old)), old, ontology
    )


def _make(id: str, correction: Correction, ontology: Ontology) -> Fact:
    scheme = ontology.concepts[correction.term].scheme
    first, second = _ENDS.get(scheme, ("actor", "target"))
    topics = dict.fromkeys([*([correction.term] if scheme == "issue-topics" else []), *correction.terms])
    roles = [(first, to_id(x)) for x in correction.who]
    roles += [(second, to_id(x)) for x in correction.whom if second and x not in correction.who]
    roles += [("issue", f"issue-{topic}") for topic in topics]
    text = correction.text or ontology.concepts[correction.term].label
    return Fact(
        id, scheme, correction.term, tuple(roles), text, status="known", passage=text, details=(("read", READER),)
    )


def _vouch(fact: Fact) -> tuple[tuple[str, str], ...]:
    kept = tuple(pair for pair in fact.details if pair[0] not in ("read", "inferred"))
    return (*kept, ("read", READER))


def _with_fact(case: Case, fact: Fact, old: Fact | None, ontology: Ontology) -> Case:
    facts = tuple(fact if f is old else f for f in case.facts) if old else (*case.facts, fact)
    known = {entity.id for entity in case.entities}
    topics = [id.removeprefix("issue-") for id in fact.fillers("issue") if id not in known]
    issues = tuple(CaseEntity(f"issue-{t}", ontology.concepts[t].label, "issue", (t,)) for t in topics)
    return replace(case, facts=facts, entities=(*case.entities, *issues))


def _name_actors(case: Case, names: Iterable[str]) -> Case:
    known = {entity.id for entity in case.entities}
    new = {to_id(name): name for name in names if name not in known and to_id(name) not in known}
    return replace(case, entities=(*case.entities, *(CaseEntity(id, name, "actor") for id, name in new.items())))


def _set_actor(case: Case, correction: Correction) -> Case | None:
    actors = {entity.id: entity for entity in case.entities if entity.kind == "actor"}
    old = actors.get(correction.id)
    if old is None:
        return None
    if correction.who:
        same = actors.get(correction.who[0])
        return _merge(case, old, same) if same is not None and same is not old else None
    classes = tuple(term for term in old.attributes if term[:1].isupper())
    new = replace(old, attributes=(*classes, *correction.terms))
    return replace(case, entities=tuple(new if e is old else e for e in case.entities))


def _merge(case: Case, old: CaseEntity, same: CaseEntity) -> Case:
    """Two actors that are one; a fact in which both took part keeps one of them, and says nothing of one towards itself."""
    joined = replace(same, attributes=tuple(dict.fromkeys((*same.attributes, *old.attributes))))
    facts = []
    for fact in case.facts:
        roles = dict.fromkeys((role, same.id if id == old.id else id) for role, id in fact.roles)
        doers = {id for role, id in roles if role in ("actor", "holder", "obligor")}
        kept = tuple((r, id) for r, id in roles if not (r in ("target", "obligee") and id in doers))
        facts.append(fact if kept == fact.roles else replace(fact, roles=kept))
    entities = tuple(joined if e is same else e for e in case.entities if e is not old)
    return replace(case, entities=entities, facts=tuple(facts))


def _tidy(case: Case) -> Case:
    """The case without facts that nobody takes part in any more."""
    facts = tuple(f for f in case.facts if f.roles)
    kept = {f.id for f in facts}
    links = tuple(link for link in case.links if link.source in kept and link.target in kept)
    return replace(case, facts=facts, links=links)


def to_id(name: str) -> str:
    """The id of an actor by its name, or the id itself."""
    return re.sub(r"[^\w]+", "-", name.lower()).strip("-") or name
