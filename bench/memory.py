"""Memory of the app and of the embedded server, once a reader has opened every page and asked for precedents.

The floor of the app is a Python process that has imported Streamlit and encoded and masked one text with the models
that the app uses. Needs `precedent build` and a Chromium.
"""

from __future__ import annotations

import subprocess
import sys
from urllib.parse import quote

import psutil

from bench._app import ROOT, find_browser, serve
from bench.similar import PARADOX
from kg.store import StoreConfig
from kg.store.embedded import find_server

PAGES = (f"?text={quote(PARADOX)}", "explore", "episode", "cypher", "about")
FLOOR = """
import psutil, streamlit
from kg.analogy.encode import Encoder
from kg.analogy.names import EntityFinder
text = "A text with the name of Castlereagh in it."
Encoder().encode([text]); EntityFinder().find(text, [])
print(psutil.Process().memory_info().rss)
"""
RESTS = "() => document.querySelector('.stApp')?.getAttribute('data-test-script-state') === 'notRunning'"


def main() -> None:
    """Print the table."""
    browser = find_browser()
    floor = int(subprocess.check_output([sys.executable, "-c", FLOOR], cwd=ROOT, text=True))
    print(f"{'Streamlit and the two models alone (floor)':<44} {_mib(floor)}")
    with serve(ROOT / "app.py") as (address, process):
        _visit(address, browser)
        used = _resident(process)
        print(f"{'the app after every page':<44} {_mib(used)}   {used / floor:.2f} × the floor")
    state = find_server(StoreConfig.from_environment().home)
    server = state.process() if state else None
    if server:
        print(f"{'the embedded server':<44} {_mib(_resident(server))}")


def _visit(address: str, browser: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(120_000)
        for path in PAGES:
            page.goto(f"{address}/{path}")
            page.wait_for_selector("h1")
            page.wait_for_function(RESTS)
        chromium.close()


def _resident(process: psutil.Process) -> int:
    """Bytes of the process and its children."""
    return sum(one.memory_info().rss for one in [process, *process.children(recursive=True)])


def _mib(size: int) -> str:
    return f"{size / 2**20:6.0f} MiB"


if __name__ == "__main__":
    main()
