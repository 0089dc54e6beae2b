"""Every lint finds its violation in a file, at the line where it stands; the records of data/ have none.

Each case changes the files of the small world and names the line that must be reported.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model.lint_texts import find_outcome
from kg.model.problems import Problem
from kg.model.validation import validate_paths

WORLD = Path(__file__).parent / "records" / "good"
DATA = Path(__file__).parents[2] / "data"

Edit = Callable[[str, str, str], Path]

LIGHT = "text: A service of the weaker side threatens to wreck the talks by its own means."
FRIGATE = "text: One side shows force before the harbour while the delegates sit."
OPENING = "    date: 1904-12-12"
DELEGATES = "participants: [{actor: ana-vale, office: aldovan-premier"
JUDGEMENT = "holder: rim-1961, judgement: apt, text: The likeness held., cites: [{source: rim-1961, locator: p. 12}]"


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """A copy of the small world with one text of one file replaced."""
    folder = tmp_path / "good"
    shutil.copytree(WORLD, folder)

    def replace(id: str, old: str, new: str) -> Path:
        file = folder / f"{id}.yaml"
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return replace


def find(folder: Path) -> set[tuple[str, str, int]]:
    """Rule, file and line of all that is wrong in a folder."""
    return {(p.rule, Path(p.file).stem, p.line) for p in validate_paths([folder], folder)}


def line_of(file: Path, text: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    (line,) = [number for number, shown in enumerate(lines, 1) if text in shown]
    return line


@pytest.mark.parametrize(
    ("id", "old", "new", "rule", "place"),
    [
        ("saltmarsh-talks", FRIGATE, "text: Aldova shows force.", "name-free", "id: frigate-at-the-table"),
        ("saltmarsh-talks", FRIGATE, "text: In 1904 one side shows force.", "name-free", "id: frigate-at-the-table"),
        ("saltmarsh-talks", LIGHT, "text: A side shows force off the harbour while delegates sit.", "near-duplicate", "id: light-put-out"),
        ("saltmarsh-talks", LIGHT, "text: A year of talks came to nothing.", "outcome-told", "id: light-put-out"),
        ("saltmarsh-talks", "date: 1905-02, text", "date: 1905-02, leads_to: [offer], text", "cause-before-effect", "id: whole-tolls"),
        ("saltmarsh-talks", "obligor: [aldova]", "obligor: [ceren]", "stranger", "obligor: [ceren]"),
        ("saltmarsh-talks", OPENING, "    date: 1908-12-12", "not-in-office", DELEGATES),
        ("saltmarsh-talks", OPENING, "    date: 1920-12-12", "not-alive", DELEGATES),
        ("korr-memory", JUDGEMENT, "judgement: apt, text: The likeness held.", "unsourced", "id: rim-judges"),
        ("korr-memory", JUDGEMENT, "judgement: apt", "unsourced", "id: rim-judges"),
    ],
)  # fmt: skip
def test_a_violation_is_found_at_its_line(edit: Edit, id: str, old: str, new: str, rule: str, place: str) -> None:
    folder = edit(id, old, new)
    assert (rule, id, line_of(folder / f"{id}.yaml", place)) in find(folder)


@pytest.mark.parametrize(
    "new", ["holder: rim-1961, judgement: apt, text: It held.", "judgement: not-judged, text: None is known."]
)
def test_a_judgement_with_a_source_for_holder_or_none_at_all_is_no_unsourced_statement(edit: Edit, new: str) -> None:
    assert find(edit("korr-memory", JUDGEMENT, new)) == set()


def test_a_source_that_nothing_cites_is_found_in_its_file(edit: Edit) -> None:
    folder = edit("ott-1950", "id: ott-1950", "id: ott-1951")
    (folder / "ott-1950.yaml").rename(folder / "ott-1951.yaml")
    shutil.copy(WORLD / "ott-1950.yaml", folder)
    assert {(rule, file) for rule, file, _ in find(folder)} == {("uncited-source", "ott-1951")}


def test_an_office_of_which_the_persons_record_has_no_term(edit: Edit) -> None:
    folder = edit("ana-vale", "office: aldovan-premier", "office: aldovan-regent")
    premier = (folder / "aldovan-premier.yaml").read_text(encoding="utf-8")
    (folder / "aldovan-regent.yaml").write_text(premier.replace("aldovan-premier", "aldovan-regent"), encoding="utf-8")
    talks = folder / "saltmarsh-talks.yaml"
    people = line_of(talks, "- {actor: ana-vale, office: aldovan-premier")
    assert find(folder) == {("not-in-office", "saltmarsh-talks", line) for line in (people, line_of(talks, DELEGATES))}


def find_likenesses(folder: Path) -> list[Problem]:
    return [p for p in validate_paths([folder], folder) if p.rule == "near-duplicate"]


def test_an_episode_told_twice_is_found_in_both_files(edit: Edit) -> None:
    folder = edit("saltmarsh-talks", "id: saltmarsh-talks", "id: saltmarsh-again")
    (folder / "saltmarsh-talks.yaml").rename(folder / "saltmarsh-again.yaml")
    shutil.copy(WORLD / "saltmarsh-talks.yaml", folder)
    problems = find_likenesses(folder)
    for id, other in (("saltmarsh-again", "saltmarsh-talks"), ("saltmarsh-talks", "saltmarsh-again")):
        found = {p.line: p.message for p in problems if p.record == id}
        file = folder / f"{id}.yaml"
        texts = ["abstract: >-", "id: offer-as-weakness", "id: frigate-at-the-table", "id: light-put-out"]
        assert set(found) == {line_of(file, text) for text in texts}
        assert f"{other}, abstract" in found[line_of(file, "abstract: >-")]
        assert f"{other}/light-put-out" in found[line_of(file, "id: light-put-out")]


def test_of_two_in_one_episode_the_later_is_found(edit: Edit) -> None:
    folder = edit(
        "saltmarsh-talks", FRIGATE, "text: The weaker side's own service threatens by its means to wreck talks."
    )
    (problem,) = find_likenesses(folder)
    assert problem.line == line_of(folder / "saltmarsh-talks.yaml", "id: light-put-out")
    assert "saltmarsh-talks/frigate-at-the-table" in problem.message


@pytest.mark.parametrize(
    ("copied", "found"),
    [
        ("The larger one asks for the whole of the tolls, then for half of them.", True),
        ("One party asks for the whole of the tolls and shows its guns.", False),
    ],
)
def test_a_run_of_words_taken_over_from_the_abstract(edit: Edit, copied: str, found: bool) -> None:
    folder = edit("saltmarsh-talks", LIGHT, f'text: "{copied}"')
    assert [p.path for p in find_likenesses(folder)] == (["predicaments.text"] if found else [])


def test_likeness_in_words_without_content_is_none(edit: Edit) -> None:
    assert find_likenesses(edit("saltmarsh-talks", LIGHT, "text: Before the one and the other, while they may.")) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The smaller state keeps the lighthouse, and the tolls are divided by halves.", True),
        ("Two states quarrel over the tolls and the lighthouse.", False),
        ("Both would in hindsight have done better to wait.", True),
        ("They went on to war.", True),
        ("An event years earlier weighs on the talks.", False),
    ],
)
def test_what_tells_the_outcome(text: str, told: bool) -> None:
    outcome = "By the convention the smaller state keeps the lighthouse, and tolls are divided by halves."
    assert bool(list(find_outcome(text, outcome))) is told


def test_the_records_are_clean() -> None:
    """A word of a person's name in a name-free text is for a reader to judge; everything else must be mended."""
    assert [str(p) for p in validate_paths([DATA], DATA) if (p.rule, p.severity) != ("name-free", "warning")] == []
