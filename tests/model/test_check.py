from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ValidationError
from kg.model.check import check
from kg.model.ontology import Ontology
from kg.model.problems import Problem
from kg.model.records import Record, make_record
from kg.model.validation import read_valid_records, validate_paths

GOOD = Path(__file__).parent / "records" / "good"
BAD = sorted((GOOD.parent / "bad").glob("*.yaml"))


def test_the_good_records_have_no_problems() -> None:
    assert validate_paths([GOOD], GOOD) == []


def test_there_are_bad_records_enough() -> None:
    assert len(BAD) >= 60


@pytest.mark.parametrize("file", BAD, ids=lambda f: f.stem)
def test_a_bad_record_breaks_one_rule_at_one_place(file: Path) -> None:
    stated = re.match(r"# breaks: ([a-z-]+)(?: at ([A-Za-z_]+))?", file.read_text(encoding="utf-8"))
    assert stated is not None
    errors = [p for p in validate_paths([file], GOOD) if p.severity == "error"]
    assert [(p.rule, p.key) for p in errors] == [(stated[1], stated[2] or "")]
    assert errors[0].file == str(file)
    assert errors[0].line >= 1
    assert "\n" not in str(errors[0])


def problems_of(raw: dict[str, Any], changed: Callable[[Any], list[Record]], ontology: Ontology) -> list[Problem]:
    return [p for p in check(changed(raw), ontology) if p.record == raw["id"]]


def test_all_problems_are_named_not_the_first(
    raw: Callable[[str], Any], changed: Callable[[Any], list[Record]], ontology: Ontology
) -> None:
    talks = raw("saltmarsh-talks")
    talks["date"] = "spring 1905"
    talks["moves"][0]["kind"] = "signal-wilingness"
    talks["moves"][1]["actor"] = "ports-comission"
    talks["moves"][2]["leads_to"] = [{"event": "refusall", "how": "causes"}]
    del talks["commitments"][0]["obligor"]
    talks["commitments"][0]["obligators"] = ["aldova"]
    talks["abstract"] = "Too short."
    found = {(p.path, p.rule): p.message for p in problems_of(talks, changed, ontology)}
    assert found.keys() == {
        ("date", "datatype"),
        ("moves[1].kind", "concept"),
        ("moves[2].actor[1]", "reference"),
        ("moves[3].leads_to[1].event", "reference"),
        ("commitments[1].obligor", "min-count"),
        ("commitments[1].obligators", "unknown-property"),
        ("abstract", "pattern"),
    }
    assert "did you mean signal-willingness?" in found["moves[1].kind", "concept"]
    assert "did you mean ports-commission?" in found["moves[2].actor[1]", "reference"]
    assert "did you mean refusal?" in found["moves[3].leads_to[1].event", "reference"]
    assert "did you mean obligor?" in found["commitments[1].obligators", "unknown-property"]
    assert found["abstract", "pattern"] == "An abstract has 120 to 200 words; this one has 2"


def test_parts_go_by_their_ids_and_problems_have_their_lines(tmp_path: Path) -> None:
    text = (GOOD / "saltmarsh-talks.yaml").read_text(encoding="utf-8")
    file = tmp_path / "saltmarsh-talks.yaml"
    file.write_text(text.replace("how: provokes", "how: provokess"), encoding="utf-8")
    (problem,) = [p for p in validate_paths([file], tmp_path) if "causal-links" in p.message]
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "how: provokes" in row)
    assert problem.path == "moves[offer].leads_to[2].how"
    assert str(problem) == (
        f"{file}:{line}: saltmarsh-talks: moves[offer].leads_to[2].how: "
        "'provokess' is not a term of causal-links: did you mean provokes? [concept]"
    )


def test_a_wrong_type_does_not_hide_the_rest(
    raw: Callable[[str], Any], changed: Callable[[Any], list[Record]], ontology: Ontology
) -> None:
    talks = raw("saltmarsh-talks")
    talks["type"] = "Negotiaton"
    talks["moves"][0]["kind"] = "shout"
    assert {p.rule for p in problems_of(talks, changed, ontology)} == {"type", "concept"}


def test_an_agreement_states_its_class(
    raw: Callable[[str], Any], changed: Callable[[Any], list[Record]], ontology: Ontology
) -> None:
    talks = raw("saltmarsh-talks")
    del talks["agreements"][0]["type"]
    problems = {p.path: p for p in problems_of(talks, changed, ontology)}
    # The commitment under it is also at fault: what it names is not known to be an agreement.
    assert problems.keys() == {"agreements[1]", "commitments[1].agreement"}
    assert "Treaty, Armistice" in problems["agreements[1]"].message


def test_a_text_with_a_comma_outside_quotes_is_explained(
    raw: Callable[[str], Any], changed: Callable[[Any], list[Record]], ontology: Ontology
) -> None:
    office = raw("aldovan-premier")
    office["he said no"] = ""
    (problem,) = problems_of(office, changed, ontology)
    assert "put a text that holds a comma into quotes" in problem.message


def test_the_same_value_twice_counts_once(
    raw: Callable[[str], Any], changed: Callable[[Any], list[Record]], ontology: Ontology
) -> None:
    talks = raw("saltmarsh-talks")
    talks["cites"] = ["vale-1911", "vale-1911", "vale-1911"]
    # As in RDF, three citations of one work are three citations, but two equal kinds are one.
    assert problems_of(talks, changed, ontology) == []
    talks["moves"][0]["kind"] = ["propose", "propose"]
    assert problems_of(talks, changed, ontology) == []


def test_two_files_with_one_id(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "lorn.yaml").write_text("id: lorn\ntype: Place\nname: Lorn\n", encoding="utf-8")
    problems = validate_paths([tmp_path / "a"], tmp_path)
    assert [(p.rule, p.file) for p in problems] == [("duplicate-id", str(tmp_path / "a" / "lorn.yaml"))]
    assert str(tmp_path / "b" / "lorn.yaml") in problems[0].message


def test_a_folder_with_one_bad_record_yields_none(tmp_path: Path) -> None:
    (tmp_path / "lorn.yaml").write_text("id: lorn\ntype: Place\nname: Lorn\n", encoding="utf-8")
    assert [r.id for r in read_valid_records(tmp_path)] == ["lorn"]
    (tmp_path / "marn.yaml").write_text("id: marn\ntype: Place\nnames: Marn\n", encoding="utf-8")
    with pytest.raises(ValidationError) as caught:
        read_valid_records(tmp_path)
    assert "2 problems" in str(caught.value)
    assert "marn.yaml:3: marn: names: 'names' is not a property of Place: did you mean name?" in str(caught.value)


@pytest.mark.parametrize("value", ["x", ["x"], [["x"]], {"a": "b"}, [{"id": ["x"]}], {"id": "x", "type": ["State"]}])
def test_any_value_anywhere_is_a_problem_not_a_crash(value: Any, world: list[Record], ontology: Ontology) -> None:
    for type, shapes in ontology.shapes.items():
        record = make_record({"id": "x", "type": type, **dict.fromkeys(shapes, value)}, ontology)
        assert check([record, *world], ontology)
