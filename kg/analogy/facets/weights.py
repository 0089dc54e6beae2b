"""The weights of the facets: a readable file, which a reader can override."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from kg.errors import UsageError

FILE = Path(__file__).with_name("weights.toml")


def read_weights(path: Path = FILE) -> dict[str, float]:
    """The weights of a file. Raises UsageError."""
    return dict(_read(path))


def check_weights(weights: Mapping[str, float], facets: Iterable[str]) -> Mapping[str, float]:
    """The same weights. Raises UsageError for an unknown facet or a weight that is not a number from 0 up."""
    names = sorted(facets)
    for name, weight in weights.items():
        if name not in names:
            raise UsageError(f"{name!r} is not a facet; choose among {', '.join(names)}")
        if not 0 <= weight < float("inf"):
            raise UsageError(f"the weight of {name} is {weight}; give a number from 0 up")
    return weights


@cache
def _read(path: Path) -> Mapping[str, float]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))["weights"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise UsageError(f"{path} cannot be read as a table [weights] in TOML: {error}") from error
    for name, weight in table.items():
        if isinstance(weight, bool) or not isinstance(weight, int | float):
            raise UsageError(f"{path}: the weight of {name} is not a number; write for example {name} = 1.0")
    return {name: float(weight) for name, weight in table.items()}
