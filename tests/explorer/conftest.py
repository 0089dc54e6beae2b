"""The app over a graph of the curated records and one hostile episode, whose names and texts are HTML and script."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.service import Service, open_service
from ingest.pipeline import build
from ingest.sources.curated import find_data
from kg.analogy.encode import TextEncoder
from kg.store import StoreConfig, open_store
from kg.store.embedded import stop_server

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "hostile-talks"
SCRIPT = "<script>window.hurt=1</script><img src=x onerror=window.hurt=1> **bold** $x$"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_left_out: list[str] = []


def find_browser() -> str | None:
    """Path of a Chromium: PRECEDENT_CHROMIUM, or what the system has."""
    named = os.environ.get("PRECEDENT_CHROMIUM")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if find_browser():
        return
    gone = [item for item in items if "chromium" in getattr(item, "fixturenames", ())]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in gone]
        _left_out.extend(item.name for item in gone)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _left_out:
        terminalreporter.section("BROWSER TESTS THAT DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(_left_out)} tests of the app in Chromium did NOT run: no Chromium here.", red=True)
        terminalreporter.line("Install one (apt install chromium), or name it in PRECEDENT_CHROMIUM.", red=True)


def write_hostile_episode(data: Path) -> None:
    """A copy of an episode whose name and texts are HTML and script."""
    text = (data / "episodes" / "korean-armistice-talks.yaml").read_text("utf-8")
    changes = {
        "id: korean-armistice-talks": f"id: {HOSTILE}",
        "name: Korean armistice talks": f"name: '{SCRIPT} talks'",
        "summary: >-\n": f"summary: >-\n  {SCRIPT} summary\n",
        'text: "Limited offensives,': f'text: "{SCRIPT} move. Limited offensives,',
        "name: The line of demarcation": f"name: '{SCRIPT} issue'",
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    (data / "episodes" / f"{HOSTILE}.yaml").write_text(text, "utf-8")


@pytest.fixture(scope="session")
def app_home(home: Path, remembering: TextEncoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of its own with the graph of all records; PRECEDENT_HOME names it for the rest of the session's app tests."""
    path = tmp_path_factory.mktemp("app-home")
    data = tmp_path_factory.mktemp("app") / "data"
    shutil.copytree(find_data(), data)
    write_hostile_episode(data)
    with open_store(StoreConfig(home=path, idle_seconds=600.0)) as store:
        build(data, store, lambda: remembering)
    yield path
    stop_server(path)


@pytest.fixture
def in_app_home(app_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The app under test finds the graph of `app_home`."""
    monkeypatch.setenv("PRECEDENT_HOME", str(app_home))
    monkeypatch.chdir(ROOT)
    return app_home


@pytest.fixture(scope="session")
def service(app_home: Path) -> Iterator[Service]:
    """A service over the graph of all records."""
    with open_service(StoreConfig(home=app_home, idle_seconds=600.0)) as opened:
        yield opened


@pytest.fixture(scope="session")
def app_address(app_home: Path) -> Iterator[str]:
    """Address of the app, run as readers run it."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(ROOT / "app.py"),
        f"--server.port={port}",
        "--server.headless=true",
    ]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PRECEDENT_HOME": str(app_home)})
    address = f"http://localhost:{port}"
    try:
        _wait(f"{address}/_stcore/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        assert process.poll() is None, "the app ended before it answered"
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"the app does not answer at {url}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A real Chromium, headless."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=[*flags, "--disable-component-update", "--disable-sync"]
        )
        yield browser
        browser.close()
