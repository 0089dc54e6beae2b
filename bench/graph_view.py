"""How long until a graph is seen: from the click to the first drawn frame, in a real Chromium, everything included.

A neighbourhood of 300 nodes and a view of 2,000, from the built graph; the floor is the same click for two nodes, which
is what Streamlit, the query and the wire cost by themselves. Aim: 2 s. Needs `precedent build` and a Chromium.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

PAGE = Path(__file__).with_name("_graph_page.py")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SIZES = (300, 2000)
ROUNDS = 5
AIM = 2.0


def main() -> None:
    browser = os.environ.get("PRECEDENT_CHROMIUM") or next((p for n in BROWSERS if (p := shutil.which(n))), None)
    if browser is None:
        sys.exit("no Chromium here: install one, or name it in PRECEDENT_CHROMIUM")
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(PAGE), f"--server.port={port}", "--server.headless=true"]
    environment = {**os.environ, "PYTHONPATH": str(PAGE.parents[1])}
    process = subprocess.Popen(command, cwd=PAGE.parents[1], env=environment, stdout=subprocess.DEVNULL)
    try:
        _report(_measure(browser, f"http://localhost:{port}", process))
    finally:
        process.terminate()
        process.wait(20)


def _measure(browser: str, address: str, process: subprocess.Popen[bytes]) -> dict[int, list[float]]:
    """Seconds from click to first frame, by number of nodes drawn; 2 is the floor."""
    from playwright.sync_api import sync_playwright

    while process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
            break
        except OSError:
            time.sleep(0.2)
    seconds: dict[int, list[float]] = {2: [], **{size: [] for size in SIZES}}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        page.wait_for_selector(".sheet[data-drawn]", timeout=120_000)
        for _ in range(ROUNDS):
            for size in (*SIZES, 2):
                seconds[size].append(_click(page, size))
                page.wait_for_timeout(1500)
        chromium.close()
    return seconds


def _click(page: Any, size: int) -> float:
    button = page.get_by_role("button", name=f"{size} nodes", exact=True)
    began = button.evaluate("element => { element.click(); return performance.now(); }")
    page.wait_for_selector(f".sheet[data-view='{size}']", timeout=120_000)
    drawn = page.locator(".sheet[data-drawn]").get_attribute("data-drawn")
    return (float(drawn) - began) / 1000


def _report(seconds: dict[int, list[float]]) -> None:
    floor = statistics.median(seconds[2])
    print(f"floor (2 nodes): {floor:.2f} s (median of {ROUNDS}; {min(seconds[2]):.2f}–{max(seconds[2]):.2f})")
    for size in SIZES:
        middle = statistics.median(seconds[size])
        verdict = "within" if middle <= AIM else "MISSES"
        spread = f"{min(seconds[size]):.2f}–{max(seconds[size]):.2f}"
        print(
            f"{size} nodes: {middle:.2f} s ({spread}), {middle / floor:.1f} × the floor; {verdict} the aim of {AIM:.0f} s"
        )


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        return free.getsockname()[1]


if __name__ == "__main__":
    main()
