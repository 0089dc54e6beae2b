"""A build of all records with nothing changed against the first build into an empty embedded graph. Aim: at most 0.15."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time

PRECEDENT = [sys.executable, "-m", "explorer.cli"]


def build(home: str) -> tuple[float, dict]:
    """Seconds of one `precedent build` as a whole command, and its report."""
    began = time.perf_counter()
    run = subprocess.run(
        [*PRECEDENT, "build", "--json"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PRECEDENT_HOME": home},
    )
    return time.perf_counter() - began, json.loads(run.stdout)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "PRECEDENT_HOME": home}
        try:
            first, report = build(home)
            again, second = build(home)
            assert second["encoded"] == 0, "a rebuild embedded texts again"
            print(
                f"{'first build (server start included)':<44} {first:6.2f} s   {report['passages']} texts, {report['records']} records"
            )
            print(f"{'build with nothing changed':<44} {again:6.2f} s   ratio {again / first:.2f} (aim ≤ 0.15)")
        finally:
            subprocess.run([*PRECEDENT, "stop"], check=False, capture_output=True, env=environment)


if __name__ == "__main__":
    main()
