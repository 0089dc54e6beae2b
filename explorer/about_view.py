"""The parts of the page About the data: counts, coverage, the ontology and its vocabularies, the bibliography."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from explorer.citations import sort_works
from explorer.service import Service
from explorer.templating import render
from explorer.words import count_of, say_class
from kg.model.ontology import ClassDef, Ontology

# Classes that a reader counts, in the order of the table
COUNTED = (
    "Episode", "Actor", "Office", "Place", "Move", "Incident", "Meeting", "Issue", "Agreement", "Commitment", "Assessment",
    "Circumstance", "FailureMode", "Response", "Claim", "Predicament", "AnalogyUse", "PrimarySource", "SecondarySource",
)  # fmt: skip


def draw_counts(service: Service, ontology: Ontology) -> str:
    """How many there are of each class, subclasses beside it."""
    counts = {row["type"]: row["count"] for row in service.run("page_counts") if row["type"]}
    rows = []
    for name in COUNTED:
        below = {c: counts[c] for c in ontology.subclasses(name) if counts.get(c)}
        parts = [_say_count(ontology.classes[c], n) for c, n in sorted(below.items(), key=lambda item: -item[1])]
        shown = ", ".join(parts) if list(below) != [name] else ""
        rows.append({"class": ontology.classes[name], "count": sum(below.values()), "parts": shown})
    links = sum(row["count"] for row in service.run("page_link_counts"))
    return render("about/counts.html", rows=rows, nodes=sum(counts.values()), links=links)


def _say_count(definition: ClassDef, number: int) -> str:
    return count_of(number, definition.label.lower(), definition.plural.lower())


def draw_coverage(episodes: Sequence[Mapping[str, Any]]) -> str:
    """Episodes by decade and type, so that what is missing shows."""
    cells = Counter(
        (row["earliest_year"] // 10 * 10, row["type"]) for row in episodes if row["earliest_year"] is not None
    )
    types = sorted({type for _, type in cells}, key=say_class)
    decades = sorted({decade for decade, _ in cells})
    span = range(decades[0], decades[-1] + 10, 10) if decades else range(0)
    rows = [(decade, [cells[decade, type] for type in types]) for decade in span]
    return render("about/coverage.html", types=types, rows=rows, episodes=episodes)


def draw_ontology(ontology: Ontology) -> str:
    """Every class with its definition and what a record of it holds."""
    nodes = [c for c in ontology.classes.values() if "Entity" in c.lineage]
    return render(
        "about/ontology.html", classes=nodes, edges=[c for c in ontology.classes.values() if c.edge], ontology=ontology
    )


def draw_vocabularies(ontology: Ontology) -> str:
    """Every vocabulary with its terms, their definitions and examples."""
    return render("about/vocabularies.html", schemes=ontology.schemes.values())


def draw_bibliography(service: Service, ontology: Ontology) -> str:
    """All sources, primary and secondary apart."""
    rows = {row["props"]["id"]: row for row in service.run("page_sources")}
    works = sort_works(row["props"] for row in rows.values())
    primary = [w for w in works if ontology.is_a(w["type"], "PrimarySource")]
    secondary = [w for w in works if w not in primary]
    cited = {id: row["records"] for id, row in rows.items()}
    return render("about/bibliography.html", primary=primary, secondary=secondary, cited=cited)
