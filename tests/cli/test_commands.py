"""The command line as a newcomer types it, against a graph built from the real records."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PARAGRAPH = (
    "The paradox: the other side reads the mere act of sitting down with it as a sign of weakness. It offers moratoriums and "
    "symbolic gestures, and may walk out or provoke. We want a settlement on today's lines, our ally wants more, and talks could "
    "drag on for years."
)
GENEVA = (
    "GENEVA, Sept. 11, 1935. Sir Samuel Hoare spoke for collective resistance to aggression, and small states were glad. M. Laval "
    "looked at the ceiling. Baron Aloisi says that Abyssinia has put herself outside the Covenant of the League."
)
SCRIPT = "<script>alert(1)</script><b>An ally</b> wants more than its patron will fight for."


@pytest.fixture
def precedent(built_home: Path):
    """Runs `precedent …`; returns the finished process."""

    def run(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "explorer.cli", *arguments],
            input=stdin, capture_output=True, text=True, env={**os.environ, "PRECEDENT_HOME": str(built_home), "COLUMNS": "100"},
        )  # fmt: skip

    return run


def similar(precedent, *arguments: str, **options) -> dict:
    done = precedent("similar", *arguments, "--json", **options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refused(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith("precedent: ") and done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_the_paragraph_finds_the_armistice_talks(precedent) -> None:
    answer = similar(precedent, PARAGRAPH)
    assert "korean-armistice-talks" in [r["id"] for r in answer["results"][:3]]
    first = answer["results"][0]
    assert set(first) >= {"id", "title", "period", "scores", "why"} and first["why"]
    assert {"query", "model", "data_version", "results"} <= set(answer)


def test_standard_input_is_read(precedent) -> None:
    assert similar(precedent, "-", stdin=PARAGRAPH)["results"] == similar(precedent, PARAGRAPH)["results"]


def test_an_episode_does_not_find_itself(precedent) -> None:
    answer = similar(precedent, "--episode", "munich", "-k", "50")
    ids = [r["id"] for r in answer["results"]]
    assert len(ids) >= 10 and "munich" not in ids


def test_a_cut_off_leaves_out_what_had_not_ended(precedent) -> None:
    answer = similar(precedent, PARAGRAPH, "--before", "1960", "-k", "50")
    ends = [r["period"].split("/")[-1] for r in answer["results"]]
    assert ends and all(end < "1960" for end in ends)


def test_ones_own_predicament_is_a_channel_and_moves_the_ranking(precedent) -> None:
    own = "A small ally is left out of the room in which its territory is given away"
    answer = similar(precedent, "There is a crisis.", "--predicament", own)
    assert answer["results"][0]["id"] == "munich"
    assert "own" in answer["results"][0]["scores"]


def test_batch_prints_one_object_a_line_with_its_id(precedent, tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    lines = [{"id": "a", "text": PARAGRAPH}, {"id": 7, "text": SCRIPT, "before": "1950-01-01"}]
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n")
    done = precedent("similar", "--batch", str(file), "-k", "2")
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [a["id"] for a in answers] == ["a", 7]
    assert answers[1]["query"]["text"] == SCRIPT and all(len(a["results"]) == 2 for a in answers)


def test_what_a_text_says_of_itself_is_told_with_the_option_that_follows(precedent) -> None:
    done = precedent("similar", GENEVA, "--json")
    told = done.stderr.splitlines()
    assert len(told) == 2 and "abyssinia-crisis" in [r["id"] for r in json.loads(done.stdout)["results"]]
    assert told[0].startswith("The text opens with the date Sept. 11, 1935: --before 1935-09-11 ")
    assert (
        "Abyssinia crisis" in told[1]
        and "Baron Aloisi" in told[1]
        and told[1].endswith("--exclude abyssinia-crisis leaves it out.")
    )
    done = precedent("similar", GENEVA, "--json", "--before", "1935-09-11", "--exclude", "abyssinia-crisis")
    answer = json.loads(done.stdout)
    assert done.stderr == "" and "abyssinia-crisis" not in [r["id"] for r in answer["results"]]
    assert answer["query"]["exclude"] == ["abyssinia-crisis"]
    assert precedent("similar", PARAGRAPH, "--json").stderr == ""


def test_episodes_are_left_out_by_name_alone_or_line_by_line(precedent, tmp_path: Path) -> None:
    one, other = "abyssinia-crisis", "manchurian-crisis"
    answer = similar(precedent, "--episode", "munich", "-k", "1000", "--exclude", one, "--exclude", other)
    ids = {r["id"] for r in answer["results"]}
    assert len(ids) > 10 and not ids & {one, other, "munich"}
    file = tmp_path / "texts.jsonl"
    lines = [{"id": 1, "text": GENEVA, "exclude": [one]}, {"id": 2, "text": GENEVA}]
    file.write_text("\n".join(json.dumps(line) for line in lines))
    done = precedent("similar", "--batch", str(file), "-k", "1000", "--exclude", other)
    first, second = ({r["id"] for r in json.loads(line)["results"]} for line in done.stdout.splitlines())
    assert second - first == {one} and not first - second and other not in second
    file.write_text(json.dumps({"id": 1, "text": GENEVA, "exclude": one}))
    refused(precedent("similar", "--batch", str(file)), 2, f"{file}:1", "list")


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["similar"], 2, "TEXT"),
        (["similar", "   "], 2, "text"),
        (["similar", "--episode", "munchen"], 8, "munchen"),
        (["similar", "x", "--before", "July"], 2, "YYYY-MM-DD"),
        (["similar", "x", "--exclude", "abyssinia"], 8, "did you mean abyssinia-crisis"),
        (["brief", "x", "--exclude", "abyssinia"], 8, "did you mean abyssinia-crisis"),
        (["similar", "--batch", "nowhere.jsonl"], 2, "nowhere.jsonl"),
        (["show", "korean-armistice-talk"], 8, "korean-armistice-talks"),
        (["export", "--format", "csv"], 2, "--output"),
        (["export", "--episode", "munich"], 2, "csl-json"),
        (["export", "--format", "csl-json", "--episode", "munch"], 8, "munich"),
        (["evaluate", "--register", "nowhere.jsonl"], 2, "nowhere.jsonl"),
        (["evaluate", "--icb", "nowhere"], 3, "nowhere"),
        (["cypher", "CREATE (:X)"], 6, ""),
        (["cypher", "MATCH (n RETURN n"], 6, ""),
    ],
)
def test_errors_are_one_line_with_a_meaningful_code(precedent, arguments: list[str], code: int, word: str) -> None:
    refused(precedent(*arguments), code, word)


def test_a_bad_line_of_a_batch_is_named(precedent, tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text('{"id": 1, "text": "A truce."}\n{"id": 2}\n')
    done = precedent("similar", "--batch", str(file))
    refused(done, 2, f"{file}:2")
    assert done.stdout == ""


def test_show_tells_an_episode_and_a_person(precedent) -> None:
    episode = precedent("show", "korean-armistice-talks").stdout
    for words in ("Korean armistice talks", "10 July 1951", "Commitments", "Failure modes", "Jutlandia"):
        assert words in episode
    person = precedent("show", "syngman-rhee").stdout
    assert "President of the Republic of Korea" in person


def test_cypher_prints_table_json_and_csv(precedent) -> None:
    query = "MATCH (e:Episode {id: 'munich'}) RETURN e.id AS id, e.name AS name"
    assert "munich" in precedent("cypher", query).stdout
    assert json.loads(precedent("cypher", query, "--format", "json").stdout)["rows"][0][0] == "munich"
    rows = list(csv.reader(io.StringIO(precedent("cypher", query, "--format", "csv").stdout)))
    assert rows[0] == ["id", "name"] and rows[1][0] == "munich"


def test_cypher_says_when_rows_were_cut_off(precedent) -> None:
    done = precedent("cypher", "MATCH (n:Move) RETURN n.id", "--row-limit", "3", "--format", "csv")
    assert len(done.stdout.splitlines()) == 4 and "cut off after 3 rows" in done.stderr


def test_light_commands_do_not_import_torch(built_home: Path) -> None:
    for arguments in (["--help"], ["show", "munich"], ["cypher", "RETURN 1 AS one"], ["status"]):
        run = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "explorer.cli", *arguments],
            capture_output=True, text=True, check=True, env={**os.environ, "PRECEDENT_HOME": str(built_home)},
        )  # fmt: skip
        imported = {line.rsplit("|", 1)[-1].strip() for line in run.stderr.splitlines()}
        assert "torch" not in imported and "typer" in imported


def test_validate_names_every_problem_and_its_place(precedent, tmp_path: Path) -> None:
    bad = tmp_path / "bad-episode.yaml"
    bad.write_text("id: bad-episode\ntype: Negotiation\nname: Bad\ndate: July 1951?\npartys:\n  - {actor: atlantis}\n")
    done = precedent("validate", str(bad))
    assert done.returncode == 3
    for words in ("bad-episode.yaml:4", "July 1951?", "bad-episode.yaml:5", "partys", "parties"):
        assert words in done.stdout
    as_json = [json.loads(line) for line in precedent("validate", str(bad), "--json").stdout.splitlines()]
    assert {"unknown-property"} <= {problem["rule"] for problem in as_json}
    assert all(problem["file"] == str(bad) and problem["line"] for problem in as_json)


def test_the_curated_records_are_valid(precedent) -> None:
    done = precedent("validate")
    assert done.returncode == 0, done.stdout


def test_status_says_what_the_graph_holds(precedent) -> None:
    status = json.loads(precedent("status", "--json").stdout)
    assert status["data_version"] and "all-MiniLM-L6-v2" in status["model"]
