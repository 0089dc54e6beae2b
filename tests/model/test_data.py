from __future__ import annotations

from pathlib import Path

from kg.model.validation import validate_paths

DATA = Path(__file__).parents[2] / "data"


def test_the_data_have_no_errors() -> None:
    assert [str(p) for p in validate_paths([DATA], DATA) if p.severity == "error"] == []
