"""A Streamlit script running for a measurement, and the browser that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str:
    """Path of a Chromium, or the end of the measurement with a word why."""
    found = os.environ.get("PRECEDENT_CHROMIUM") or next((p for name in BROWSERS if (p := shutil.which(name))), None)
    return found or sys.exit("no Chromium here: install one, or name it in PRECEDENT_CHROMIUM")


@contextmanager
def serve(script: Path) -> Iterator[tuple[str, psutil.Process]]:
    """The address at which the script answers, and its process, which is ended afterwards."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        address = f"http://localhost:{free.getsockname()[1]}"
    port = address.rpartition(":")[2]
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", "--server.headless=true"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        while not _answers(address):
            if process.poll() is not None:
                sys.exit(f"{script.name} ended before it answered")
            time.sleep(0.2)
        yield address, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
    except OSError:
        return False
    return True
