"""The command compares what the named folders hold, and says what may be missing when it is asked."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from explorer.cli.main import app
from ingest.sources.curated import find_data

# One dispute that the records have without a difference, and one of its days that is of no record.
FILES = {
    "cow_states.csv": "ccode,stateabb\n2.0,USA\n630.0,IRN\n",
    "cow_mid_disps.csv": "dispnum,styear,stmon,settle,mindur,maxdur\n3020.0,1979.0,11.0,1.0,445.0,445.0\n",
    "gml_mid_disps.csv": """dispnum,styear,stmon,settle,mindur,maxdur
3020.0,1979.0,11.0,1.0,444.0,444.0
9001.0,1980.0,4.0,3.0,1.0,1.0
""",
    "gml_part.csv": """dispnum,ccode,styear,stmon,stday,endyear,endmon,endday,sidea,orig
3020.0,630.0,1979.0,11.0,4.0,1981.0,1.0,20.0,1.0,1.0
3020.0,2.0,1979.0,11.0,4.0,1981.0,1.0,20.0,0.0,1.0
9001.0,2.0,1980.0,4.0,1.0,1980.0,4.0,1.0,1.0,1.0
9001.0,630.0,1980.0,4.0,1.0,1980.0,4.0,1.0,0.0,1.0
""",
    "cow_war_inter.csv": "warnum,ccode1,year,sidea1\n9.0,2.0,1830.0,1.0\n9.0,630.0,1830.0,2.0\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def crosscheck(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["crosscheck", *map(str, arguments)])


def lines_of(output: str, record: str) -> list[dict[str, str]]:
    told = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return [line for line in told if line["record"] == record]


def test_comparisons_and_suggestions_as_json(folder: Path) -> None:
    asked = lines_of(crosscheck("--disputes", folder, "--suggest", "--json").output, "iran-hostage-crisis")
    assert {line["verdict"] for line in asked if line["key"] == "3020"} == {"agrees"}
    assert [(line["dataset"], line["verdict"]) for line in asked if line["key"] == "9001"] == [
        ("gml-disputes", "suggested")
    ]
    plain = lines_of(crosscheck("--disputes", folder, "--json").output, "iran-hostage-crisis")
    assert plain == [line for line in asked if line["key"] == "3020"]


def test_a_suggestion_is_told_by_file_and_line(folder: Path) -> None:
    told = crosscheck("--disputes", folder, "--suggest")
    assert told.exit_code == 3  # the other episodes' disputes are not in this file
    assert "iran-hostage-crisis: perhaps gml-disputes 9001: USA against IRN, 1980-04-01 to 1980-04-01" in told.output


def test_a_suggestion_is_no_failure(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(find_data(), data)
    for file in (data / "episodes").glob("*.yaml"):
        if file.stem != "iran-hostage-crisis":  # what the others name is not in the files of this test
            other = re.sub(
                r"in_dataset: (gml-disputes|cow-disputes|cow-wars)", "in_dataset: icb", file.read_text("utf-8")
            )
            file.write_text(other, "utf-8")
    done = crosscheck("--disputes", folder, "--suggest", "--data", data)
    assert done.exit_code == 0 and "perhaps gml-disputes 9001" in done.output, done.output


def test_suggestions_need_the_disputes(folder: Path) -> None:
    done = crosscheck("--cow", folder, "--suggest")
    assert done.exit_code not in (0, 3) and "--suggest needs --disputes" in str(done.exception or done.output)
