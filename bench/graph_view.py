"""How long until a graph is seen: from the click to the first drawn frame, in a real Chromium, everything included.

A neighbourhood of 300 nodes and a view of 2,000, from the built graph; the floor is the same click for two nodes, which
is what Streamlit, the query and the wire cost by themselves. Aim: 2 s. Needs `precedent build` and a Chromium.
"""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

from bench._app import find_browser, serve

PAGE = Path(__file__).with_name("_graph_page.py")
SIZES = (300, 2000)
ROUNDS = 5
AIM = 2.0


def main() -> None:
    browser = find_browser()
    with serve(PAGE) as (address, _):
        _report(_measure(browser, address))


def _measure(browser: str, address: str) -> dict[int, list[float]]:
    """Seconds from click to first frame, by number of nodes drawn; 2 is the floor."""
    from playwright.sync_api import sync_playwright

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


if __name__ == "__main__":
    main()
