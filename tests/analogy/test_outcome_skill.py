"""Outcome skill on made-up coded cases: skill is found where there is some, and none where there is none."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping

import numpy as np
import pytest

from kg.analogy.case import ICB, Case
from kg.analogy.outcome_skill import METHODS, TARGETS, AnalogueFinder, CodedEnding, SkillReport, evaluate_icb
from kg.analogy.outcome_skill.features import encode
from kg.analogy.outcome_skill.report import find_auc
from kg.errors import UsageError

COUNT = 200


def make_cases(told: bool) -> tuple[list[Case], Mapping[str, CodedEnding]]:
    """Crises a season apart. War comes nearly only with a violent trigger when `told`, and at random otherwise."""
    rng = random.Random(7)
    cases, endings = [], {}
    for n in range(COUNT):
        day = f"{1940 + n // 4}-{1 + 3 * (n % 4):02}-10"
        violent = rng.random() < 0.5
        coded = {
            "trigger": "violent-act" if violent else "verbal-act",
            "power_gap": rng.randrange(60),
            "region": rng.choice(("africa", "europe", "americas")),
        }
        if rng.random() < 0.2:
            del coded["power_gap"]
        case = Case(f"made-up-{n}", f"Made-up crisis {n}", ICB, (), (), cutoff=day, coded=coded)
        war = rng.random() < ((0.9 if violent else 0.1) if told else 0.5)
        outcomes = {target: rng.random() < 0.5 for target in TARGETS} | {"war": war}
        endings[case.id] = CodedEnding(case.id, outcomes, day.replace("-10", "-25"), f"{int(day[:4]) + 5}{day[4:]}")
        cases.append(case)
    return cases, endings


@pytest.fixture(scope="module")
def told() -> tuple[list[Case], Mapping[str, CodedEnding]]:
    return make_cases(told=True)


@pytest.fixture(scope="module")
def report(told) -> SkillReport:
    return evaluate_icb(*told)


def test_a_line_for_every_scheme_target_and_method(report):
    lines = {(skill.scheme, skill.target, skill.method) for skill in report.skills}
    assert lines == {(s, t, m) for s in ("left out", "looking back") for t in TARGETS for m in METHODS}


def test_skill_is_found_where_there_is_some(report):
    for scheme in ("left out", "looking back"):
        war = report.find(scheme, "war", "analogues")
        assert war.auc > 0.8
        assert war.auc_interval[0] < war.auc < war.auc_interval[1]
        assert war.brier < report.find(scheme, "war", "base rate").brier


def test_no_skill_is_found_in_what_is_random(report):
    """Were the answers of the tested cases to leak into the fit, these would be foretold as well."""
    for target in ("recurrence", "agreement", "definitive"):
        for method in METHODS:
            skill = report.find("left out", target, method)
            assert 0.38 < skill.auc < 0.62, skill
    assert all(skill.auc == 0.5 for skill in report.skills if skill.method == "base rate")


def test_looking_back_tests_only_those_with_enough_before_them(report):
    assert report.find("left out", "war", "analogues").cases == COUNT
    war = report.find("looking back", "war", "analogues")
    recurrence = report.find("looking back", "recurrence", "analogues")
    assert recurrence.cases < war.cases < COUNT  # a recurrence is known only after five years


def test_the_same_seed_gives_the_same_table_and_text(told, report):
    again = evaluate_icb(*told, targets=["war"])
    assert again.skills == tuple(skill for skill in report.skills if skill.target == "war")
    assert json.loads(json.dumps(report.to_dict()))["skills"][0]["target"] == "recurrence"
    text = report.render()
    assert text.count("logistic regression  ") == 8
    assert "Looking back" in text and "seed 0" in text


def test_a_case_without_an_answer_is_not_counted(told):
    cases, endings = told
    unknown = {
        id: CodedEnding(id, {**e.outcomes, "war": None}, e.known, e.recurrence_known) if id == "made-up-3" else e
        for id, e in endings.items()
    }
    found = evaluate_icb(cases, unknown, looking_back=False, targets=["war"])
    assert found.find("left out", "war", "analogues").cases == COUNT - 1


def test_values_can_be_left_out(told):
    cases, endings = told
    found = evaluate_icb(cases, endings, without=["trigger"], looking_back=False, targets=["war"])
    assert found.find("left out", "war", "analogues").auc < 0.65
    assert "without trigger" in found.render()


def test_too_few_cases_are_refused(told):
    cases, endings = told
    with pytest.raises(UsageError, match="too few"):
        evaluate_icb(cases[:50], endings)
    with pytest.raises(UsageError, match="no coded values"):
        encode([Case("a", "A", ICB, (), ())])
    with pytest.raises(UsageError, match="'peace' is not a target"):
        AnalogueFinder(cases, endings, "peace")
    with pytest.raises(UsageError, match="only 3 coded cases had ended before"):
        AnalogueFinder(cases, endings, "war").find(cases[3])


def test_analogues_share_what_matters_for_the_outcome(told):
    cases, endings = told
    share, found = AnalogueFinder(cases, endings, "war").find(cases[-1], count=20)
    assert all(analogue.case.coded["trigger"] == cases[-1].coded["trigger"] for analogue in found)
    assert (share > 0.5) == (cases[-1].coded["trigger"] == "violent-act")
    assert cases[-1].id not in [analogue.case.id for analogue in found]


def test_later_cases_do_not_move_the_analogues_of_an_earlier_one(told):
    cases, endings = told
    middle = cases[120]
    assert AnalogueFinder(cases, endings, "war").find(middle) == AnalogueFinder(cases[:121], endings, "war").find(
        middle
    )


def test_auc_counts_pairs_and_half_of_ties():
    happened = np.array([1.0, 1.0, 0.0, 0.0])
    assert find_auc(happened, np.array([0.9, 0.4, 0.4, 0.1])) == pytest.approx(3.5 / 4)
    assert find_auc(happened, np.zeros(4)) == 0.5
