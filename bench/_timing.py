"""How long something takes once it is warm."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def take_median(work: Callable[[], object], times: int) -> float:
    """Milliseconds that the middle of so many runs took, after one that does not count."""
    work()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent) * 1000
