"""The codebook is what ontology and records say; only the counts may be of an earlier state of the data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.model.ontology import load_ontology
from kg.model.records import Record, make_record, read_records
from kg.rdf.codebook import count_terms, render_codebook

ONTOLOGY = load_ontology()
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return read_records(ROOT / "data", ONTOLOGY)[0]


def without_counts(page: str) -> str:
    """Records change more often than `make docs` runs: the lines that count them are compared by their form alone."""
    page = re.sub(r"^Ontology .*$", "Ontology", page, flags=re.MULTILINE)
    return re.sub(r"^- \*Coded:\* .*\.$", "- *Coded:*", page, flags=re.MULTILINE)


def test_the_page_is_what_the_command_renders(records: list[Record]) -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert without_counts(page) == without_counts(render_codebook(ONTOLOGY, records, "x")), "run `make docs`"


def test_every_term_is_explained_where_it_stands(records: list[Record]) -> None:
    entries = {part.partition("\n")[0]: part for part in render_codebook(ONTOLOGY, records, "x").split("\n### ")}
    for concept in ONTOLOGY.concepts.values():
        entry = entries[concept.id]
        for line in (
            f"**{concept.label}.** {concept.definition}",
            f"- *Example:* {concept.example}",
            f"- *Not this:* {concept.counter_example}",
            f"- *Rule:* {concept.rule}",
        ):
            assert line in entry.splitlines()
        assert concept.broader is None or f"[{concept.broader}](#{concept.broader})" in entry


def test_every_counter_example_is_its_own() -> None:
    """A text copied from a neighbour, or from the term's own example, explains nothing."""
    terms = ONTOLOGY.concepts.values()
    counters = [c.counter_example for c in terms]
    assert len(set(counters)) == len(counters)
    for concept in terms:
        assert concept.counter_example not in (concept.example, concept.definition), concept.id


def test_every_link_leads_to_one_heading(records: list[Record]) -> None:
    page = render_codebook(ONTOLOGY, records, "x")
    headings = [h.lower().replace(" ", "-") for h in re.findall(r"^#+ (.+)$", page, re.MULTILINE)]
    assert len(set(headings)) == len(headings)
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= set(headings)


def test_terms_are_counted_wherever_they_are_held() -> None:
    talks = {
        "id": "a", "type": "Negotiation",
        "moves": [{"kind": "propose"}, {"kind": "propose"}, {"kind": "reject"}],
        "parties": [{"actor": "x", "role": ["mediator", "patron"]}],
        "note": "propose",
    }  # fmt: skip
    other = {"id": "b", "type": "Negotiation", "moves": [{"kind": "propose"}], "parties": [{"role": "facilitator"}]}
    counts = count_terms([make_record(talks, ONTOLOGY), make_record(other, ONTOLOGY)], ONTOLOGY)
    assert (counts["propose"].uses, counts["propose"].records) == (3, {"a", "b"})
    assert counts["reject"].uses == counts["patron"].uses == 1 and counts["accept"].uses == 0
    page = render_codebook(ONTOLOGY, [make_record(talks, ONTOLOGY), make_record(other, ONTOLOGY)], "1.2.3")
    assert "data 1.2.3: 2 records use 5 of" in page
    entries = {part.partition("\n")[0]: part for part in page.split("\n### ")}
    assert "- *Coded:* 3 times in 2 records." in entries["propose"]
    assert "- *Coded:* once in 1 record; with narrower terms 2 times in 2 records." in entries["mediator"]
    assert "- *Coded:* not yet; with narrower terms 3 times in 2 records." in entries["cooperative-move"]
    assert "- *Coded:* not yet." in entries["accept"]
