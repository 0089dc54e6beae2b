"""The coded values of cases as columns of numbers, and the distances that neighbours are found by.

Categories become one column a label; numbers enter as log(1 + x), flags as 0 or 1, both centred and scaled over the
cases given. What is missing has no label, or the mean; a number or flag that is missing in more than three cases of a
hundred also has a column that says so. Outcomes are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from kg.analogy.case import Case
from kg.errors import UsageError

MISSING_SHARE = 0.03


def encode(cases: Sequence[Case], without: Iterable[str] = ()) -> np.ndarray:
    """Columns of shape (cases, columns). Raises UsageError when the cases hold no coded values."""
    left_out = set(without)
    keys = sorted({key for case in cases for key in case.coded} - left_out)
    if not keys:
        raise UsageError("the cases hold no coded values: read them from a coded source such as ICB")
    columns: list[np.ndarray] = []
    for key in keys:
        columns += _encode_key([case.coded.get(key) for case in cases])
    return np.column_stack(columns)


def _encode_key(values: Sequence[object]) -> list[np.ndarray]:
    labels = sorted({value for value in values if isinstance(value, str)})
    if labels:
        return [_center(np.array([float(value == label) for value in values])) for label in labels]
    numbers = np.array([float(v) if isinstance(v, bool | int | float) else np.nan for v in values])
    missing = np.isnan(numbers)
    numbers = np.log1p(numbers)
    numbers[missing] = numbers[~missing].mean()
    numbers = _center(numbers)
    spread = numbers.std()
    scaled = [numbers / spread] if spread > 0 else []
    return [*scaled, _center(missing.astype(float))] if missing.mean() > MISSING_SHARE else scaled


def _center(column: np.ndarray) -> np.ndarray:
    return column - column.mean()


def squared_distances(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Squared Euclidean distances, of shape (rows of one, rows of other)."""
    squares = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None, :]
    return np.maximum(squares - 2 * one @ other.T, 0.0)
