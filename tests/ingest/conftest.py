"""Where the files of ICB are: the folder that PRECEDENT_ICB names, or the one beside the repository.

The files are not shipped. Tests that take `icb_folder` run on the real ones or, as the last lines then say, not at all.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FILES = ("icb1v13.csv", "icb2v13.csv")
BESIDE = Path(__file__).resolve().parents[2] / "../shared/data/icb"
ICB = Path(os.environ.get("PRECEDENT_ICB") or BESIDE)
_not_run: list[str] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if all((ICB / name).is_file() for name in FILES):
        return
    gone = [item for item in items if "icb_folder" in getattr(item, "fixturenames", ())]
    if gone:
        _not_run.extend(item.nodeid for item in gone)
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in gone]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _not_run:
        terminalreporter.section("ICB WAS NOT TESTED", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(_not_run)} tests did NOT run: {' and '.join(FILES)} are not in {ICB}.", red=True)
        terminalreporter.line("Name a folder that holds them in PRECEDENT_ICB.", red=True)


@pytest.fixture(scope="session")
def icb_folder() -> Path:
    """The folder with the real files."""
    return ICB
