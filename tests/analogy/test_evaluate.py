"""The evaluation on two real episodes, where every rank is known beforehand, and what it says of faulty files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.analogy.casebook import Casebook
from kg.analogy.encode import Encoder
from kg.analogy.evaluate import (
    RetrievalReport,
    Searcher,
    Situation,
    evaluate_situations,
    read_situations,
    register_situations,
)
from kg.analogy.evaluate.metrics import compare, draw_samples, measure
from kg.analogy.evaluate.narratives import Choice, evaluate_choices, read_analobench, read_parallelparc
from kg.analogy.evaluate.situations import HELD_OUT, NAME_FREE, TUNE
from kg.analogy.evaluate.systems import RememberingEncoder
from kg.analogy.index import EpisodeIndex
from kg.analogy.mask import Masker
from kg.errors import UsageError, ValidationError
from kg.model.ontology import load_ontology
from kg.model.records import read_records

DATA = Path(__file__).resolve().parents[2] / "data"
TWO = ("munich", "washington-naval-conference")


@pytest.fixture(scope="module")
def abstracts(episodes: list[dict[str, Any]]) -> Mapping[str, str]:
    return {e["id"]: " ".join(e["abstract"].split()) for e in episodes if e["id"] in TWO}


@pytest.fixture(scope="module")
def searcher(rows: list[dict[str, Any]], encoder: Encoder, masker: Masker, episodes: list[dict[str, Any]]) -> Searcher:
    """Two episodes, so that what is not first is second."""
    records, problems = read_records([*(DATA / "episodes" / f"{id}.yaml" for id in TWO), DATA / "actors"])
    assert not problems
    index = EpisodeIndex.from_rows([row for row in rows if row["id"] in TWO], "two")
    summaries = {e["id"]: e["summary"] for e in episodes if e["id"] in TWO}
    casebook = Casebook.from_records(records, load_ontology())
    return Searcher(index, RememberingEncoder(encoder), masker, casebook, summaries)


@pytest.fixture(scope="module")
def situations(abstracts: Mapping[str, str]) -> list[Situation]:
    """Whose texts are abstracts of the episodes: the first is found at once, the second only after the other one."""
    munich, naval = abstracts["munich"], abstracts["washington-naval-conference"]
    return [
        Situation("itself", munich, ("munich",), "plain"),
        Situation("the-other", munich, ("washington-naval-conference",), "plain"),
        Situation("either", naval, ("munich", "washington-naval-conference"), "plain"),
        Situation("nobody-has-it", munich, ("congress-of-nowhere",), "plain"),
        Situation("later", munich, ("munich",), "plain", before=date(1930, 1, 1)),
        Situation("a-part-of-it", munich, ("munich",), "plain", exclude=frozenset(["munich"])),
    ]


@pytest.fixture(scope="module")
def report(situations: list[Situation], searcher: Searcher) -> RetrievalReport:
    return evaluate_situations(situations, searcher, seed=3)


def test_measures_are_those_done_by_hand() -> None:
    found = measure([1, 2, 5, 6, 10, 11], draw_samples(6, 0))
    assert found["hit@1"].value == pytest.approx(1 / 6)
    assert found["hit@5"].value == pytest.approx(3 / 6)
    assert found["hit@10"].value == pytest.approx(5 / 6)
    assert found["mrr"].value == pytest.approx((1 + 1 / 2 + 1 / 5 + 1 / 6 + 1 / 10 + 1 / 11) / 6)
    assert all(estimate.low < estimate.value < estimate.high for estimate in found.values())


def test_a_difference_is_taken_situation_by_situation() -> None:
    draws = draw_samples(4, 0)
    by_one = compare([1, 2, 3, 4], [2, 4, 6, 8], draws)["mrr"]
    assert by_one.value == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 8)
    same = compare([1, 7, 7, 1], [1, 7, 7, 1], draws)
    assert all(estimate == (0.0, 0.0, 0.0) for estimate in same.values())
    always = compare([1, 1, 1, 1], [2, 2, 2, 2], draws)["mrr"]  # no spread in the difference, though in draws
    assert always == (0.5, 0.5, 0.5)


def test_ranks_of_two_episodes_are_as_expected(report: RetrievalReport) -> None:
    ranks = {situation.id: places for situation, places in report.ranks}
    for method in ("abstract cosine", "candidates", "abstract alone", "without raw"):
        assert [ranks[id][method] for id in ("itself", "the-other", "either")] == [1, 2, 1], method
    line = report.find("abstract cosine", "plain")
    assert line.count == 3
    assert line.measures["hit@1"].value == pytest.approx(2 / 3)
    assert line.measures["hit@5"].value == 1.0
    assert line.measures["mrr"].value == pytest.approx((1 + 0.5 + 1) / 3)


def test_a_difference_is_to_raw_cosine_and_to_the_full_engine(report: RetrievalReport) -> None:
    raw, engine = (report.find(method, "plain") for method in ("raw cosine", "full engine"))
    for line in report.lines:
        for name, estimate in line.measures.items():
            assert line.gain[name].value == pytest.approx(estimate.value - raw.measures[name].value)
            assert line.loss[name].value == pytest.approx(estimate.value - engine.measures[name].value)
    assert {"BM25", "raw cosine, summaries", "structural alone", "without structural"} <= {
        line.method for line in report.lines
    }


def test_what_nobody_could_find_is_counted_and_named(report: RetrievalReport) -> None:
    assert {(u.id, u.precedent, u.reason) for u in report.unsearchable} == {
        ("nobody-has-it", "congress-of-nowhere", "not an episode of the corpus"),
        ("later", "munich", "had not ended at the cut-off"),
        ("a-part-of-it", "munich", "the situation itself, or a part of it"),
    }
    told = report.to_dict()
    assert len(told["not_searchable"]) == 3 and len(told["situations"]) == 3


def test_nothing_to_search_is_an_error(situations: list[Situation], searcher: Searcher) -> None:
    with pytest.raises(UsageError, match="none of the 1 situations"):
        evaluate_situations([s for s in situations if s.id == "nobody-has-it"], searcher)


def test_the_same_seed_gives_the_same_report(
    situations: list[Situation], searcher: Searcher, report: RetrievalReport
) -> None:
    again = evaluate_situations(situations, searcher, seed=3)
    assert json.dumps(again.to_dict()) == json.dumps(report.to_dict())
    assert (draw_samples(9, 3) == draw_samples(9, 3)).all() and (draw_samples(9, 3) != draw_samples(9, 4)).any()


def test_structure_moves_the_full_engine_only_with_a_weight(
    situations: list[Situation], searcher: Searcher, report: RetrievalReport
) -> None:
    weighed = replace(searcher, look_weights={"topical": 0.0, "structural": 1.0, "facet": 0.0})
    other = evaluate_situations(situations, weighed, seed=3)
    for (_, one), (_, two) in zip(report.ranks, other.ranks, strict=True):
        assert one["candidates"] == two["candidates"]
        assert two["full engine"] == two["structural alone"]
        assert two["without structural"] in (1, 2)


def test_the_register_asks_both_forms_cut_off_at_the_day_and_without_the_episode_itself() -> None:
    found = {(s.id, s.form): s for s in read_situations(DATA / "register")}
    pasted, free = (found["bolton-2018-libya-model", form] for form in ("as-pasted", "name-free"))
    assert "Bolton" in pasted.text and "Bolton" not in free.text
    for situation in (pasted, free):
        assert situation.precedents == ("libya-renunciation",)
        assert situation.before == date(2018, 4, 29)
        assert situation.exclude == {"singapore-summit"}


def test_analogies_about_one_matter_are_in_one_half_and_neither_half_is_small() -> None:
    use = {"date": "1962-10", "situation": "A.", "situation_abstract": "B.", "precedent": "p"}
    uses = [
        {**use, "id": "one", "situation_episode": "missiles"},
        {**use, "id": "two", "situation_episode": "missiles", "date": "1975"},
        {**use, "id": "three", "date": "1956-11"},
        {**use, "id": "four", "date": "1956"},
    ]
    half = {s.id: s.half for s in register_situations(uses)}
    assert half["one"] == half["two"] and half["three"] == half["four"]
    register = [s for s in read_situations(DATA / "register") if s.form == NAME_FREE]
    held = sum(s.half == HELD_OUT for s in register)
    assert 0.35 < held / len(register) < 0.65 and {s.half for s in register} == {TUNE, HELD_OUT}


def write_lines(path: Path, *lines: object) -> Path:
    file = path / "situations.jsonl"
    file.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines) + "\n", encoding="utf-8")
    return file


def test_lines_are_read_with_all_they_may_hold(tmp_path: Path) -> None:
    bare = {"id": "a", "text": "One.", "precedent": "munich"}
    full = {
        "id": "a", "text": "Two.", "precedent": ["munich", "yalta"], "form": "as-pasted", "before": "1950-06",
        "exclude": ["suez"], "half": "held-out", "remark": "left alone",
    }  # fmt: skip
    one, two = read_situations(write_lines(tmp_path, bare, "", full))
    assert (one.precedents, one.form, one.before) == (("munich",), "as-given", None)
    assert (two.precedents, two.form, two.before, two.half) == (
        ("munich", "yalta"), "as-pasted", date(1950, 6, 1), "held-out",
    )  # fmt: skip
    assert two.exclude == {"suez"}


GOOD = {"id": "a", "text": "One.", "precedent": "munich"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": ', "not JSON"),
        ("[1]", "an object"),
        ({**GOOD, "id": 7}, '"id"'),
        ({**GOOD, "text": " "}, '"text"'),
        ({**GOOD, "id": "b", "precedent": []}, '"precedent"'),
        ({**GOOD, "id": "b", "precedent": [3]}, '"precedent"'),
        ({**GOOD, "id": "b", "before": "soon"}, '"before"'),
        ({**GOOD, "id": "b", "before": 1950}, '"before"'),
        ({**GOOD, "id": "b", "form": 1}, '"form"'),
        (GOOD, "already"),
    ],
)
def test_a_faulty_line_is_named_with_its_number(tmp_path: Path, line: object, words: str) -> None:
    file = write_lines(tmp_path, GOOD, "", line)
    with pytest.raises(UsageError) as caught:
        read_situations(file)
    assert str(caught.value).startswith(f"{file}:3: ") and words in str(caught.value)


def test_files_and_folders_without_situations_say_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing at"):
        read_situations(tmp_path / "absent.jsonl")
    with pytest.raises(UsageError, match="holds no situations"):
        read_situations(write_lines(tmp_path, ""))
    (tmp_path / "records").mkdir()
    with pytest.raises(UsageError, match="no analogy"):
        read_situations(tmp_path / "records")


def test_a_faulty_record_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "use.yaml"
    file.write_text("id: use\ntype: AnalogyUse\nname: A use\nsituation: Told.\nsituation_abstract: Told.\ndate: soon\n")
    with pytest.raises(UsageError, match=r"use\.yaml:6: "):
        read_situations(tmp_path)
    file.write_text("id: use\ntype: AnalogyUse\ndate: 1950\nsituation: Told.\n")
    with pytest.raises(UsageError, match=r"use\.yaml:1: .*situation_abstract"):
        read_situations(tmp_path)
    file.write_text("id: use\nid: use\n")
    with pytest.raises(ValidationError, match=r"use\.yaml:2"):
        read_situations(tmp_path)


def test_a_paraphrase_is_chosen_over_strangers(encoder: Encoder) -> None:
    choices = [
        Choice(
            "He broke his promise and lost her trust.", ("A vow he did not keep cost him her faith.", "Bread rises."), 0
        ),
        Choice("Ice melts when it is warm.", ("The court adjourned at noon.", "Warmth turns ice to water."), 1),
    ]
    lines = {line.method: line for line in evaluate_choices({"made up": choices}, encoder)}
    for method in ("raw cosine", "mean of sentences", "sentence by sentence"):
        assert (lines[method].count, lines[method].chance, lines[method].right.value) == (2, 0.5, 1.0)
    equal = [Choice("Ice melts.", ("Bread rises.", "Bread rises."), 0)]
    assert evaluate_choices({"equal": equal}, encoder)[0].right.value == 0.5


def test_files_of_others_are_read_as_published(tmp_path: Path) -> None:
    (tmp_path / "AnaloBench-T1-Subset-Base.csv").write_text(
        'Index,Sentence,Options,CorrectIndex,Label\n0,Zero.,"2,1",1,B\n1,One.,"0,2",0,A\n2,Two.,"1,0",1,A\n'
    )
    (tmp_path / "stories-10.csv").write_text("cluster,sentence,story\n0,Zero.,Tale 0\n0,One.,Tale 1\n1,Two.,Tale 2\n")
    tasks = read_analobench(tmp_path)
    assert tasks["AnaloBench, sentences"][0] == Choice("Zero.", ("Two.", "One."), 1)
    assert tasks["AnaloBench, stories of ten"][1] == Choice("Tale 1", ("Tale 0", "Tale 2"), 0)
    parc = tmp_path / "gold.csv"
    parc.write_text(
        "source_paragraph,target_paragraph,distractor_target_paragraph,random_target_paragraph\ns,t,d,r\n",
        encoding="utf-8",
    )
    assert read_parallelparc(parc)["ParallelPARC, both"] == [Choice("s", ("t", "d", "r"), 0)]
    with pytest.raises(UsageError, match="no column"):
        read_parallelparc(tmp_path / "stories-10.csv")
    with pytest.raises(UsageError, match="cannot read"):
        read_analobench(tmp_path / "absent")
