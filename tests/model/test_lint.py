from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.model.lint import lint
from kg.model.ontology import Ontology
from kg.model.problems import Problem
from kg.model.records import Record, make_record

Change = Callable[[Any], list[Record]]
Load = Callable[[str], Any]


@pytest.fixture
def lint_one(changed: Change, ontology: Ontology) -> Callable[[Any], list[Problem]]:
    def run(value: Any) -> list[Problem]:
        records = changed(value)
        return lint(records[:1], ontology, records)

    return run


def test_the_good_world_is_clean(world: list[Record], ontology: Ontology) -> None:
    assert lint(world, ontology) == []


def test_an_effect_before_its_cause(raw: Load, lint_one: Callable[[Any], list[Problem]]) -> None:
    talks = raw("saltmarsh-talks")
    talks["moves"][3]["leads_to"] = [{"event": "offer", "how": "causes"}]
    (problem,) = lint_one(talks)
    assert (problem.rule, problem.severity, problem.path) == ("cause-before-effect", "error", "moves.leads_to")
    assert "1904-11-05 is before 1905-02" in problem.message


def test_a_vague_date_only_warns(raw: Load, lint_one: Callable[[Any], list[Problem]]) -> None:
    talks = raw("saltmarsh-talks")
    talks["moves"][2]["leads_to"] = [{"event": "offer", "how": "causes"}]  # 1905-01-10~
    assert [(p.rule, p.severity) for p in lint_one(talks)] == [("cause-before-effect", "warning")]


def test_overlapping_dates_are_no_contradiction(raw: Load, lint_one: Callable[[Any], list[Problem]]) -> None:
    talks = raw("saltmarsh-talks")
    talks["moves"][0]["date"] = "1904-12"
    assert lint_one(talks) == []


def test_too_few_sources_and_none_primary(raw: Load, lint_one: Callable[[Any], list[Problem]]) -> None:
    talks = raw("saltmarsh-talks")

    def replace(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: replace(v) for k, v in value.items()}
        if isinstance(value, list):
            return [replace(v) for v in value]
        return {"vale-1911": "ott-1950", "saltmarsh-convention": "ott-1950"}.get(value, value)

    assert [(p.rule, p.key) for p in lint_one(replace(talks))] == [
        ("few-sources", "cites"),
        ("no-primary-source", "cites"),
    ]


def test_a_source_that_nothing_cites(lint_one: Callable[[Any], list[Problem]]) -> None:
    source = {"id": "lost-1900", "type": "PrimarySource", "name": "A lost letter", "kind": "document", "issued": "1900"}
    (problem,) = lint_one(source)
    assert (problem.rule, problem.severity) == ("uncited-source", "warning")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("Borovia offers to talk.", "names 'Borovia' (borovia)"),
        ("The Borovian navy shows itself.", "names 'Borovian'"),
        ("The kingdom of borovia offers to talk.", "names 'kingdom of borovia' (borovia)"),
        ("BRV offers to talk.", "names 'BRV'"),
        ("Delegates meet at Saltmarsh.", "names 'Saltmarsh' (saltmarsh)"),
        ("Ana Vale offers to talk.", "names 'Ana Vale' (ana-vale)"),
        ("The talks begin in 1905.", "gives the date '1905'"),
        ("A quarrel of the 1900s.", "gives the date '1900s'"),
        ("They sign on 2 May.", "gives the date '2 May'"),
        ("They meet in June 1905.", "gives the date 'June 1905'"),
    ],
)
def test_a_name_or_date_in_a_name_free_text(
    text: str, finding: str, raw: Load, lint_one: Callable[[Any], list[Problem]]
) -> None:
    talks = raw("saltmarsh-talks")
    talks["predicaments"][0]["text"] = text
    problems = [p for p in lint_one(talks) if p.severity == "error"]
    assert problems and all((p.rule, p.path) == ("name-free", "predicaments.text") for p in problems)
    assert any(finding in p.message for p in problems)


@pytest.mark.parametrize(
    "text",
    [
        "One may offer 1,500 boats and march on.",
        "A brv is a word, and so is a saltmarsh.",
        "The valet and the vale are no persons.",
        "A smaller state offers to talk after forty years.",
    ],
)
def test_ordinary_words_are_no_names(text: str, raw: Load, lint_one: Callable[[Any], list[Problem]]) -> None:
    talks = raw("saltmarsh-talks")
    talks["predicaments"][0]["text"] = text
    assert lint_one(talks) == []


def test_part_of_a_persons_name_warns(raw: Load, lint_one: Callable[[Any], list[Problem]]) -> None:
    talks = raw("saltmarsh-talks")
    talks["abstract"] = talks["abstract"].replace("The admiralty", "Korr")
    (problem,) = lint_one(talks)
    assert (problem.severity, problem.path) == ("warning", "abstract")
    assert "'Korr'" in problem.message


def test_the_situation_of_an_analogy_is_name_free_too(raw: Load, lint_one: Callable[[Any], list[Problem]]) -> None:
    use = raw("korr-memory")
    use["situation_abstract"] = "Aldovan ministers ask whether to meet."
    assert [(p.rule, p.path) for p in lint_one(use)] == [("name-free", "situation_abstract")]


@pytest.mark.parametrize("key", ["obligor", "obligee"])
def test_a_stranger_owes_or_is_owed(key: str, raw: Load, lint_one: Callable[[Any], list[Problem]]) -> None:
    talks = raw("saltmarsh-talks")
    talks["commitments"][0][key] = ["ceren"]
    assert [(p.rule, p.key) for p in lint_one(talks)] == [("stranger", key)]


@pytest.mark.parametrize("kin", ["aldovan-admiralty", "ports-commission", "ana-vale"])
def test_members_parts_and_persons_of_parties_are_no_strangers(
    kin: str, raw: Load, lint_one: Callable[[Any], list[Problem]]
) -> None:
    talks = raw("saltmarsh-talks")
    talks["commitments"][0]["obligor"] = [kin]
    talks["parties"] = talks["parties"][:2]
    assert lint_one(talks) == []


@pytest.mark.parametrize(("key", "value"), [("died", "1904-12-11"), ("born", "1904-12-13")])
def test_nobody_attends_who_is_dead_or_unborn(
    key: str, value: str, raw: Load, changed: Change, ontology: Ontology
) -> None:
    person = raw("jan-korr")
    person[key] = value
    records = changed(person)
    found = [(p.rule, p.record, p.path) for p in lint(records, ontology) if p.severity == "error"]
    assert ("not-alive", "saltmarsh-talks", "meetings.participants.actor") in found


def test_an_office_is_held_when_it_is_used(raw: Load, changed: Change, ontology: Ontology) -> None:
    person = raw("ana-vale")
    person["offices"][0]["date"] = "1903/1904-12-11"
    found = [(p.rule, p.path, p.severity) for p in lint(changed(person), ontology)]
    # She was premier when the talks began, and is named as such for the whole; not on the day of the session.
    assert found == [("not-in-office", "meetings.participants.office", "error")]


def test_an_office_without_dates_is_not_judged(raw: Load, changed: Change, ontology: Ontology) -> None:
    person = raw("ana-vale")
    del person["offices"]
    assert [p.rule for p in lint(changed(person), ontology)] == []


def test_moves_far_from_their_episode(raw: Load, lint_one: Callable[[Any], list[Problem]]) -> None:
    talks = raw("saltmarsh-talks")
    talks["moves"][1]["date"] = "1903-12"  # eleven months before: part of the story
    talks["moves"][7]["date"] = "1916"
    found = [(p.rule, p.severity, p.path) for p in lint_one(talks) if p.rule != "cause-before-effect"]
    assert found == [("far-from-episode", "warning", "moves.date")]


def test_an_outcome_known_before_the_episode(raw: Load, lint_one: Callable[[Any], list[Problem]]) -> None:
    talks = raw("saltmarsh-talks")
    talks["outcome"]["known"] = "1903"
    assert [(p.rule, p.path) for p in lint_one(talks)] == [("known-too-early", "outcome.known")]


@pytest.mark.parametrize("value", ["x", ["x"], [["x"]], {"a": "b"}, [{"id": "y", "text": ["x"]}]])
def test_records_that_break_the_shapes_do_not_stop_the_rules(
    value: Any, world: list[Record], ontology: Ontology
) -> None:
    for type, shapes in ontology.shapes.items():
        record = make_record({"id": "x", "type": type, **dict.fromkeys(shapes, value)}, ontology)
        lint([record, *world], ontology)
