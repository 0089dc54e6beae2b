"""The record checks and pySHACL reach the same verdicts, on the same properties."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from episode_faults import FAULTS, Raw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model.check import check
from kg.model.ontology import load_ontology
from kg.model.problems import Problem
from kg.model.records import Record, make_record, read_records
from kg.model.yaml_reader import read_yaml
from kg.rdf.graph import to_graph
from kg.rdf.shacl import validate

RECORDS = Path(__file__).parents[1] / "model" / "records"
DATA = Path(__file__).parents[2] / "data"
ONTOLOGY = load_ontology()
WORLD = read_records(RECORDS / "good", ONTOLOGY)[0]
SMALL_WORLD = [r for r in WORLD if r.id not in ("saltmarsh-talks", "korr-memory")]
# Rules that RDF cannot know: what a file or a mapping is, and which of two things with one name was meant.
UNSEEN = "(unseen in RDF)"


def faults(problems: list[Problem]) -> dict[str, set[str]]:
    """Properties at fault by record."""
    found: dict[str, set[str]] = {}
    for problem in problems:
        found.setdefault(problem.record, set()).add(problem.key)
    return found


def compare(records: list[Record], known_properties: bool = True, world: list[Record] = WORLD) -> dict[str, set[str]]:
    """The faults that the record checks find in the records, once pySHACL is seen to find the same."""
    everything = [*records, *world]
    expected = faults(check(everything, ONTOLOGY))
    assert faults(validate(to_graph(everything, ONTOLOGY), ONTOLOGY, known_properties)) == expected
    return expected


def test_both_accept_the_good_records() -> None:
    assert compare([]) == {}


def test_both_refuse_the_bad_files_for_the_same_property() -> None:
    stated: dict[str, set[str]] = {}
    for file in sorted((RECORDS / "bad").glob("*.yaml")):
        head = file.read_text(encoding="utf-8").splitlines()[0]
        if UNSEEN not in head:
            match = re.fullmatch(r"# breaks: [a-z-]+ at ([A-Za-z_]+)", head)
            assert match, head
            stated[file.stem] = {match[1]}
    assert len(stated) >= 40
    records = [r for r in read_records(RECORDS / "bad", ONTOLOGY)[0] if r.id in stated]
    assert compare(records, world=SMALL_WORLD) == stated


def break_episode(name: str) -> Record:
    raw: Raw = copy.deepcopy(read_yaml(RECORDS / "good" / "saltmarsh-talks.yaml").value)
    raw["id"] = name
    next(f for f in FAULTS if f.name == name).apply(raw)
    return make_record(raw, ONTOLOGY)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.name)
def test_a_broken_episode_breaks_one_rule(fault: Any) -> None:
    problems = check([break_episode(fault.name), *WORLD], ONTOLOGY)
    assert [(p.record, p.rule, p.key) for p in problems] == [(fault.name, fault.rule, fault.key)]


def test_both_refuse_the_broken_episodes_for_the_same_property() -> None:
    # The query for unknown properties costs too much for fifty episodes; those that it concerns come next.
    structural = [f for f in FAULTS if f.rule not in ("unknown-property", "abstract")]
    assert len(structural) >= 40
    expected = {f.name: {f.key} for f in structural}
    assert compare([break_episode(f.name) for f in structural], known_properties=False) == expected


def test_both_refuse_unknown_properties_and_abstract_classes_in_episodes() -> None:
    closed = [f for f in FAULTS if f.rule in ("unknown-property", "abstract")]
    assert compare([break_episode(f.name) for f in closed], world=SMALL_WORLD) == {f.name: {f.key} for f in closed}


RAW = {r.id: read_yaml(Path(r.file)).value for r in WORLD}
del RAW["korr-memory"]["precedent"]
VALUES = [
    "",
    "aldova",
    "saltmarsh",
    "ott-1950",
    "propose",
    "apt",
    "known",
    "text",
    "1906",
    "1906-13",
    "12",
    "4.5",
    "Q1",
]
KEYS = ["name", "date", "kind", "obligor", "cites", "text", "judgement", "holder", "purposes", "latitude", "cow", "url"]


@st.composite
def mutants(draw: st.DrawFn) -> Raw:
    """A small good record with one to three keys dropped, or set to values right or wrong."""
    raw = copy.deepcopy(RAW[draw(st.sampled_from(["korr-memory", "ana-vale", "ott-1950", "saltmarsh", "borovia"]))])
    for _ in range(draw(st.integers(1, 3))):
        nodes = [raw, *(p for v in raw.values() if isinstance(v, list) for p in v if isinstance(p, dict))]
        node = draw(st.sampled_from(nodes))
        key = draw(st.sampled_from(sorted({*KEYS, *node} - {"id", "type"})))
        value = draw(st.one_of(st.sampled_from(VALUES), st.lists(st.sampled_from(VALUES), max_size=2)))
        if draw(st.booleans()):
            node.pop(key, None)
        elif ONTOLOGY.properties[key].kind != "part" or key == "cites":
            node[key] = value
    return raw


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(mutants(), min_size=1, max_size=6))
def test_both_agree_on_records_changed_at_random(raws: list[Raw]) -> None:
    compare([make_record({**raw, "id": f"mutant-{n}"}, ONTOLOGY) for n, raw in enumerate(raws)], world=SMALL_WORLD)


def test_both_judge_the_data_alike() -> None:
    compare(read_records(DATA, ONTOLOGY)[0], known_properties=False, world=[])
