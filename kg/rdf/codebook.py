"""The codebook: every term of every vocabulary, how it is coded, and how often the records use it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.model.ontology import Concept, Ontology, Scheme
from kg.model.records import Record, list_values

_INTRO = """\
# The codebook

Rendered by `precedent codebook -o docs/codebook.md` (`make docs`) from `ontology/vocab/` and the records; edit the Turtle files, not
this page. What a record holds stands in [ontology.md](ontology.md).

A term has a definition, an example, something that looks like it and is *not*, and the rule by which a coder decides. *Coded* is how often
records hold the term itself, and in how many records; *with narrower terms* adds those below it. A term of a narrower kind is also of the
broader: whoever asks for the broader finds both. Where no term fits, none is coded; where two fit and one is narrower, the narrower is.
"""


@dataclass(frozen=True)
class Count:
    """How often a term is coded: uses, and the records that hold them."""

    uses: int
    records: frozenset[str]


def count_terms(records: Iterable[Record], ontology: Ontology) -> dict[str, Count]:
    """Every term of every vocabulary with its uses in the records; 0 where nothing holds it."""
    uses: dict[str, int] = dict.fromkeys(ontology.concepts, 0)
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        for _, node in record.walk(ontology):
            for key, value in node.items():
                if key not in ontology.properties or ontology.properties[key].kind != "concept":
                    continue
                for term in list_values(value):
                    if term in uses:
                        uses[term] += 1
                        holders[term].add(record.id)
    return {id: Count(number, frozenset(holders[id])) for id, number in uses.items()}


def render_codebook(ontology: Ontology, records: Iterable[Record], version: str) -> str:
    """All vocabularies as Markdown. `version` is that of the data whose terms are counted."""
    records = list(records)
    counts = count_terms(records, ontology)
    used = sum(1 for count in counts.values() if count.uses)
    lines = [
        _INTRO,
        f"Ontology {ontology.version}, data {version}: {len(records):,} records use {used} of {len(counts)} terms.",
        "",
    ]
    lines.extend(f"- [{scheme.label}](#{scheme.id}), {len(scheme.concepts)} terms" for scheme in _sort(ontology))
    for scheme in _sort(ontology):
        lines.extend(["", *_render_scheme(scheme, ontology, counts)])
    return "\n".join(lines).rstrip() + "\n"


def _sort(ontology: Ontology) -> list[Scheme]:
    return sorted(ontology.schemes.values(), key=lambda scheme: scheme.id)


def _render_scheme(scheme: Scheme, ontology: Ontology, counts: Mapping[str, Count]) -> Iterator[str]:
    yield f"## {scheme.id}"
    yield ""
    yield f"**{scheme.label}.** {scheme.definition} {_say_users(scheme, ontology)}"
    for concept in scheme.concepts.values():
        if concept.broader is None:
            yield from _render_branch(concept, scheme, counts)


def _say_users(scheme: Scheme, ontology: Ontology) -> str:
    """Which key of which class takes the terms, the most general class alone."""
    users = [
        f"`{key}` of {c.name}"
        for c in ontology.classes.values()
        for key, shape in ontology.shapes[c.name].items()
        if shape.scheme == scheme.id and not (c.ancestors and key in ontology.shapes[c.ancestors[0]])
    ]
    return f"Values of {', '.join(users)}."


def _render_branch(concept: Concept, scheme: Scheme, counts: Mapping[str, Count]) -> Iterator[str]:
    """The term, then its narrower ones."""
    yield ""
    yield f"### {concept.id}"
    yield ""
    yield f"**{concept.label}.** {concept.definition}"
    yield ""
    yield f"- *Example:* {concept.example}"
    yield f"- *Not this:* {concept.counter_example}"
    yield f"- *Rule:* {concept.rule}"
    if concept.broader is not None:
        yield f"- *Broader:* [{concept.broader}](#{concept.broader})"
    narrower = [c for c in scheme.concepts.values() if c.broader == concept.id]
    if narrower:
        yield f"- *Narrower:* {', '.join(f'[{c.id}](#{c.id})' for c in narrower)}"
    yield f"- *Coded:* {_say_count(concept, scheme, counts)}"
    for below in narrower:
        yield from _render_branch(below, scheme, counts)


def _say_count(concept: Concept, scheme: Scheme, counts: Mapping[str, Count]) -> str:
    own = counts[concept.id]
    branch = [counts[id] for id in _list_branch(concept.id, scheme)]
    told = _say(own)
    if len(branch) == 1:
        return f"{told}."
    whole = Count(sum(c.uses for c in branch), frozenset[str]().union(*(c.records for c in branch)))
    return f"{told}; with narrower terms {_say(whole)}."


def _say(count: Count) -> str:
    if not count.uses:
        return "not yet"
    records = len(count.records)
    times = "once" if count.uses == 1 else f"{count.uses:,} times"
    return f"{times} in {records:,} record{'' if records == 1 else 's'}"


def _list_branch(id: str, scheme: Scheme) -> list[str]:
    """The term and all below it."""
    below = [inner for c in scheme.concepts.values() if c.broader == id for inner in _list_branch(c.id, scheme)]
    return [id, *below]
