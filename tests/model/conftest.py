"""The small invented world of tests/model/records/good, as raw values and as records."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.model.ontology import Ontology, load_ontology
from kg.model.records import Record, make_record, read_records
from kg.model.yaml_reader import read_yaml

RECORDS = Path(__file__).parent / "records"

Raw = dict[str, Any]


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="session")
def world(ontology: Ontology) -> list[Record]:
    records, problems = read_records(RECORDS / "good", ontology)
    assert problems == []
    return records


@pytest.fixture
def raw() -> Callable[[str], Raw]:
    """A good record as it is written, to be changed."""
    return lambda id: copy.deepcopy(read_yaml(RECORDS / "good" / f"{id}.yaml").value)


@pytest.fixture
def changed(world: list[Record], ontology: Ontology) -> Callable[[Raw], list[Record]]:
    """The world with one record replaced by, or with the addition of, the given one."""

    def change(value: Raw) -> list[Record]:
        record = make_record(value, ontology)
        return [record, *(r for r in world if r.id != record.id)]

    return change
