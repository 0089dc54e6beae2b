"""A client that loads a graph and is killed on the way: `load_client.py CONFIG BATCH`, run by test_crash.

CONFIG is the StoreConfig as JSON; after BATCH steps of progress the process kills itself (0: never).
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from sample_graph import SCHEMA, rows

from kg.store import StoreConfig, open_store


def main() -> None:
    fields = json.loads(sys.argv[1])
    config = StoreConfig(**(fields | {"home": Path(fields["home"])}))
    left = int(sys.argv[2])

    def step(stage: str, done: int, total: int) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    with open_store(config) as store:
        store.apply_schema(SCHEMA)
        store.load(*rows(1200, 2200), step)


if __name__ == "__main__":
    main()
