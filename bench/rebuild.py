"""A build of all records with nothing changed against the first build into an empty embedded graph. Aim: at most 0.15.

Also prints the memory of the embedded server after the build.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time

import psutil

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
            servers = [p for p in psutil.process_iter(["cmdline"]) if any(home in c for c in p.info["cmdline"] or [])]
            for server in servers:
                print(f"{'memory of ' + server.name():<44} {server.memory_info().rss / 2**20:6.0f} MiB")
        finally:
            subprocess.run([*PRECEDENT, "stop"], check=False, capture_output=True, env=environment)


if __name__ == "__main__":
    main()
