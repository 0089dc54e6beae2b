from __future__ import annotations

import re
from pathlib import Path

from kg.model.ontology import load_ontology
from kg.rdf.documentation import render_ontology

ONTOLOGY = load_ontology()
PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"


def test_the_page_is_what_the_ontology_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == render_ontology(ONTOLOGY), "run `make docs`"


def test_every_class_property_and_term_is_on_it() -> None:
    page = render_ontology(ONTOLOGY)
    for c in ONTOLOGY.classes.values():
        assert c.comment in page
    for p in ONTOLOGY.properties.values():
        assert f"| `{p.key}` |" in page
    for concept in ONTOLOGY.concepts.values():
        assert f"`{concept.id}` | {concept.definition} | {concept.example} |" in page


def test_every_link_on_it_leads_somewhere() -> None:
    page = render_ontology(ONTOLOGY)
    anchors = {heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", page, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= anchors


def test_cardinalities_and_values() -> None:
    rows = render_ontology(ONTOLOGY).splitlines()
    assert "| `predicaments` | [Predicament](#predicament) | 3–8 | " in "\n".join(rows)
    assert any(r.startswith("| `obligor` | id of [Actor](#actor) | 1+ |") for r in rows)
    assert any(r.startswith("| `kind` | term of [move-kinds](#move-kinds) | 1 |") for r in rows)
    assert any(r.startswith("| `abstract` | text, An abstract has 120 to 200 words | 1 |") for r in rows)
    assert any("`(actor)-[:PARTICIPATED_IN]->(owner)`, one for each `role`." in r for r in rows)
