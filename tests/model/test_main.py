from __future__ import annotations

from pathlib import Path

import pytest

from kg.model.__main__ import main

RECORDS = Path(__file__).parent / "records"


def test_good_records_end_with_nought(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(RECORDS / "good")]) == 0
    assert capsys.readouterr() == ("", "0 errors, 0 warnings\n")


def test_bad_records_are_named_and_end_with_three(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(RECORDS / "bad" / "unknown-actor.yaml"), "--data", str(RECORDS / "good")]) == 3
    out, err = capsys.readouterr()
    assert "unknown-actor: part_of: there is no actor 'aldowa': did you mean aldova?" in out
    assert err == "1 errors, 0 warnings\n"


def test_a_path_that_does_not_exist_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere.yaml", "--data", str(RECORDS / "good")]) == 3
    assert "cannot be read" in capsys.readouterr().out
