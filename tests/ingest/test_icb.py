"""ICB as coded cases: what is read, what is kept out because it came after the trigger, and what errors say."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.sources.icb import HINDSIGHT, IcbCorpus, read_icb, read_icb_folder
from ingest.sources.icb.variables import ACTOR_COLUMNS, CRISIS_COLUMNS
from kg.analogy.case import ICB, Case
from kg.analogy.facets import compare
from kg.analogy.outcome_skill import TARGETS, AnalogueFinder, evaluate_icb
from kg.errors import RecordError
from kg.model.ontology import load_ontology

Row = dict[str, str]

# Two made-up crises between made-up states, for the reading of files; nothing in them is a row of ICB.
MADE_UP_CRISIS = dict.fromkeys(CRISIS_COLUMNS, "1") | {
    "crisno": "1",
    "crisname": "MADE-UP CRISIS",
    "yrtrig": "1951",
    "motrig": "3",
    "datrig": "5",
    "yrterm": "1951",
    "moterm": "4",
    "daterm": "6",
    "trigent": "902",
    "geog": "11",
    "viol": "3",
    "forout": "2",
}
MADE_UP_ACTOR = dict.fromkeys(ACTOR_COLUMNS, "1") | {
    "crisno": "1",
    "cracno": "1",
    "cracid": "901",
    "actor": "AAA",
    "crisname": "MADE-UP CRISIS",
    "yrtrig": "1951",
    "motrig": "3",
    "datrig": "5",
    "yrterm": "1951",
    "moterm": "4",
    "daterm": "6",
    "trigent": "902",
    "southv": "902",
    "geog": "11",
}
LATER_CRISIS = MADE_UP_CRISIS | {"crisno": "2", "crisname": "MADE-UP CRISIS II", "yrtrig": "1955", "yrterm": "1955"}
LATER_ACTOR = MADE_UP_ACTOR | {"crisno": "2", "cracno": "2", "yrtrig": "1955", "yrterm": "1955"}


@pytest.fixture(scope="session")
def corpus(icb_folder: Path) -> IcbCorpus:
    return read_icb_folder(icb_folder)


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., IcbCorpus]:
    """Write rows as files of ICB and read them."""

    def write_and_read(crises: list[Row], actors: list[Row]) -> IcbCorpus:
        return read_icb(write(tmp_path / "crises.csv", crises), write(tmp_path / "actors.csv", actors))

    return write_and_read


def write(path: Path, rows: list[Row]) -> Path:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def load(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def by_title(corpus: IcbCorpus, title: str) -> Case:
    return next(case for case in corpus.crises if case.title == title)


def test_a_made_up_crisis_is_read_with_what_was_known_at_its_trigger(read):
    corpus = read([MADE_UP_CRISIS], [MADE_UP_ACTOR])
    [case] = corpus.crises
    assert (case.id, case.title, case.origin, case.cutoff) == ("icb-1", "MADE-UP CRISIS", ICB, "1951-03-05")
    assert case.coded["trigger"] == "verbal-act"
    assert case.coded["region"] == "asia-pacific"
    assert case.coded["heterogeneity"] == 0
    assert case.coded["triggered_by"] == "state"
    assert [entity.name for entity in case.entities] == ["AAA", "state 902"]
    assert [(fact.predicate, fact.roles) for fact in case.facts] == [
        ("economic-distress", (("actor", "AAA"),)),
        ("perceives-threat", (("actor", "AAA"), ("target", "state 902"))),
    ]
    ending = corpus.endings["icb-1"]
    assert ending.outcomes == {"recurrence": True, "agreement": True, "definitive": False, "war": False}
    assert (ending.known, ending.recurrence_known) == ("1951-04-06", "1956-04-06")


def test_missing_codes_are_unknown(read):
    crisis = MADE_UP_CRISIS | {"hetero": "", "trigent": "", "medtime": "9", "outesr": "3", "daterm": "88", "pcid": ""}
    corpus = read([crisis], [MADE_UP_ACTOR | {"econdt": "", "socunr": "4"}])
    [case] = corpus.crises
    assert not {"heterogeneity", "triggered_by", "mediation_before", "economic_trouble", "social_unrest"} & set(
        case.coded
    )
    assert corpus.endings[case.id].outcomes["recurrence"] is None
    assert corpus.endings[case.id].known == "1951-04-30"


def test_a_crisis_looks_back_on_the_one_before_and_only_once_that_was_over(read):
    actors = [MADE_UP_ACTOR, LATER_ACTOR]
    first, second = read([MADE_UP_CRISIS, LATER_CRISIS], actors).crises
    assert first.coded["previous_between_them"] == 0
    assert "previous_violence" not in first.coded
    assert second.coded["previous_between_them"] == 1
    assert second.coded["years_since_previous"] == 4.0
    assert (second.coded["previous_violence"], second.coded["previous_agreed"]) == ("serious-clashes", True)
    going_on = MADE_UP_CRISIS | {"yrterm": "1955", "moterm": "12"}
    second = read([going_on, LATER_CRISIS], actors).crises[1]
    assert second.coded["previous_between_them"] == 1
    assert "previous_violence" not in second.coded


def test_an_actor_that_enters_later_is_no_part_of_the_case(read):
    entering = MADE_UP_ACTOR | {"cracno": "2", "cracid": "903", "actor": "CCC", "datrig": "20", "nuclear": "4"}
    corpus = read([MADE_UP_CRISIS], [MADE_UP_ACTOR, entering])
    [case] = corpus.crises
    assert (case.coded["actors_at_outbreak"], case.coded["nuclear"]) == (1, 0)
    assert "CCC" not in [entity.name for entity in case.entities]
    assert [case.id for case in corpus.actors] == ["icb-actor-1", "icb-actor-2"]


@pytest.mark.parametrize(
    ("crisis", "actor", "words"),
    [
        ({"break": "12"}, {}, ["crises.csv, line 2, column break", "12 is not a code", "codebook"]),
        ({"powdissy": "much"}, {}, ["crises.csv, line 2, column powdissy", "'much' is not a whole number"]),
        ({"crisname": " "}, {}, ["crises.csv, line 2, column crisname", "is empty"]),
        ({"motrig": "13"}, {}, ["crises.csv, line 2, column datrig", "1951-13-5 is not a day"]),
        ({"moterm": "14"}, {}, ["crises.csv, line 2, column moterm", "14 is not a month"]),
        ({"forout": "8"}, {}, ["crises.csv, line 2, column forout"]),
        ({}, {"regime": "6"}, ["actors.csv, line 2, column regime"]),
        ({}, {"crisno": "7"}, ["actors.csv, line 2, column crisno", "7 is no crisis of"]),
        ({"crisno": "7"}, {"crisno": "7", "cracid": ""}, ["actors.csv, line 2, column cracid", "is empty"]),
    ],
)
def test_an_error_names_file_line_and_column(read, crisis, actor, words):
    with pytest.raises(RecordError) as error:
        read([MADE_UP_CRISIS | crisis], [MADE_UP_ACTOR | actor])
    assert all(word in str(error.value) for word in words), str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_of_another_kind_is_refused(tmp_path, read):
    actors = write(tmp_path / "a.csv", [MADE_UP_ACTOR])
    with pytest.raises(RecordError, match=r"line 1: has no column break, "):
        read_icb(actors, actors)
    with pytest.raises(RecordError, match=r"missing\.csv cannot be read \(No such file"):
        read_icb(tmp_path / "missing.csv", actors)
    short = write(tmp_path / "short.csv", [MADE_UP_CRISIS])
    short.write_text(short.read_text("utf-8-sig") + "1,2\n", "utf-8")
    with pytest.raises(RecordError, match=r"short\.csv, line 3: has 2 cells"):
        read_icb(short, actors)
    with pytest.raises(RecordError, match="has no actor in"):
        read([MADE_UP_CRISIS, LATER_CRISIS], [MADE_UP_ACTOR])


def test_version_13_is_read_whole(corpus):
    assert (len(corpus.crises), len(corpus.actors)) == (481, 1064)
    assert set(corpus.endings) == {case.id for case in corpus.crises + corpus.actors}
    assert [case.cutoff for case in corpus.crises] == sorted(case.cutoff or "" for case in corpus.crises)
    came = {t: sum(corpus.endings[c.id].outcomes[t] is True for c in corpus.crises) for t in TARGETS}
    assert came == {"recurrence": 223, "agreement": 188, "definitive": 219, "war": 101}


def test_the_cuban_missile_crisis_as_it_began(corpus):
    case = by_title(corpus, "CUBAN MISSILES")
    assert case.cutoff == "1962-10-16"
    assert [entity.name for entity in case.entities] == ["USA", "RUS"]
    assert {"trigger": "external-change", "violence": "not-yet", "nuclear": 3, "actors_at_outbreak": 1}.items() <= (
        case.coded.items()
    )
    assert {fact.predicate for fact in case.facts} >= {"has-nuclear-weapons", "perceives-threat", "rival-of"}
    ending = corpus.endings[case.id]
    assert (ending.known, ending.outcomes["war"], ending.outcomes["agreement"]) == ("1962-11-20", False, True)


def test_facts_speak_the_vocabularies_and_none_is_later_than_the_trigger(corpus):
    ontology = load_ontology()
    used = {(fact.scheme, fact.predicate) for case in corpus.crises for fact in case.facts}
    assert len(used) >= 7
    assert all(predicate in ontology.schemes[scheme].concepts for scheme, predicate in used)
    for case in corpus.crises:
        names = {entity.id for entity in case.entities}
        assert all({who for _, who in fact.roles} <= names for fact in case.facts)
        assert len({fact.id for fact in case.facts}) == len(case.facts)


def test_nothing_that_came_after_the_trigger_reaches_a_case(corpus, icb_folder, tmp_path):
    """The outcome of one crisis is rewritten, and all that its actors did: its case stays as it is."""
    crises, actors = load(icb_folder / "icb1v13.csv"), load(icb_folder / "icb2v13.csv")
    changed = {"viol": "1", "forout": "7", "subout": "2", "outesr": "2", "crismg": "1", "mediate": "1", "moterm": "12"}
    late = {"viol": "1", "outfor": "15", "outcom": "4", "outesr": "2", "crismg": "1", "majres": "1", "usinv": "1"}
    target = by_title(corpus, "KASHMIR I")
    for row in crises:
        if f"icb-{row['crisno']}" == target.id:
            row.update(changed)
    for row in actors:
        if f"icb-{row['crisno']}" == target.id:
            row.update(late)
    again = read_icb(write(tmp_path / "1.csv", crises), write(tmp_path / "2.csv", actors))
    assert by_title(again, "KASHMIR I") == target
    assert again.endings[target.id] != corpus.endings[target.id]
    differing = [new.cutoff for new, old in zip(again.crises, corpus.crises, strict=True) if new != old]
    assert differing and all(day > target.cutoff for day in differing)


def test_what_the_codebook_codes_in_hindsight_is_named(corpus):
    assert set(HINDSIGHT) <= set(corpus.crises[0].coded)


def test_facets_compare_coded_crises(corpus):
    first, second = by_title(corpus, "KASHMIR I"), by_title(corpus, "KASHMIR II")
    found = compare(first, second)
    assert found.find("duration").score == 1.0
    assert found.find("stakes").score in (0.0, 1.0)
    assert found.find("level").score is None
    assert 0 < found.coverage < 1
    assert found.overall is not None


def test_analogues_are_cases_that_were_over_and_their_weights_make_the_figure(corpus):
    finder = AnalogueFinder(corpus.crises, corpus.endings, "war")
    case = by_title(corpus, "FOOTBALL WAR")
    share, found = finder.find(case, count=len(corpus.crises))
    assert all((corpus.endings[a.case.id].known or "") < (case.cutoff or "") for a in found)
    assert sum(a.weight for a in found) == pytest.approx(1.0)
    assert share == pytest.approx(sum(a.weight for a in found if a.happened))
    assert [a.weight for a in found] == sorted((a.weight for a in found), reverse=True)


def test_analogues_foretell_at_least_as_well_as_regression_on_all_four(corpus):
    report = evaluate_icb(corpus.crises, corpus.endings, looking_back=False)
    for target in TARGETS:
        analogues, line, alike, base = (
            report.find("left out", target, method)
            for method in ("analogues", "logistic regression", "coded neighbours", "base rate")
        )
        assert analogues.auc >= line.auc
        assert analogues.brier <= line.brier
        assert analogues.auc > alike.auc
        assert analogues.auc_interval[0] > base.auc == 0.5
