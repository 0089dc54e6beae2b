"""Where the graph lives, as the environment says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import StoreUnavailable, UsageError
from kg.store import StoreConfig, open_store, read_status
from kg.store.config import DEFAULT_IDLE_SECONDS


def test_embedded_in_the_users_data_directory_by_default() -> None:
    config = StoreConfig.from_environment({})
    assert config.embedded and config.home.is_absolute() and config.home.name == "precedent"
    assert config.idle_seconds == DEFAULT_IDLE_SECONDS


def test_home_and_idle_seconds() -> None:
    config = StoreConfig.from_environment({"PRECEDENT_HOME": "~/graphs", "PRECEDENT_IDLE_SECONDS": "0"})
    assert (config.home, config.idle_seconds) == (Path.home() / "graphs", 0)


@pytest.mark.parametrize("name", ["NEO4J_USERNAME", "NEO4J_USER"])
def test_neo4j(name: str) -> None:
    given = {"NEO4J_URI": "neo4j+s://host", name: "eve", "NEO4J_PASSWORD": "secret", "NEO4J_DATABASE": "history"}
    config = StoreConfig.from_environment(given)
    assert not config.embedded
    assert (config.uri, config.username, config.password, config.database) == (
        "neo4j+s://host",
        "eve",
        "secret",
        "history",
    )
    assert "secret" not in repr(config)


@pytest.mark.parametrize("text", ["soon", "-1", "nan"])
def test_idle_seconds_must_be_a_number(text: str) -> None:
    with pytest.raises(UsageError, match="PRECEDENT_IDLE_SECONDS"):
        StoreConfig.from_environment({"PRECEDENT_IDLE_SECONDS": text})


@pytest.mark.parametrize("uri", ["bolt://127.0.0.1:9", "nonsense", "http://127.0.0.1:9"])
def test_no_server_says_what_to_do(tmp_path: Path, uri: str) -> None:
    config = StoreConfig(home=tmp_path, uri=uri)
    with pytest.raises(StoreUnavailable, match="NEO4J_URI") as caught:
        open_store(config)
    assert "\n" not in str(caught.value)
    assert read_status(config)["running"] is False


@pytest.mark.neo4j
def test_wrong_password_says_so(engine: object) -> None:
    given: StoreConfig = engine.config  # type: ignore[attr-defined]
    wrong = StoreConfig(home=given.home, uri=given.uri, username=given.username, password="wrong")
    with pytest.raises(StoreUnavailable, match="NEO4J_PASSWORD"):
        open_store(wrong)
