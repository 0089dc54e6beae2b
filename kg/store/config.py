"""Where the graph lives: a Neo4j server that the environment names, or the embedded server in Precedent's home."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_dir

from kg.errors import UsageError

DEFAULT_IDLE_SECONDS = 1800.0
DEFAULT_HEAP = "1g"


@dataclass(frozen=True)
class StoreConfig:
    """How to reach the graph.

    `uri` empty means the embedded server, whose files live in `home`. `idle_seconds` is how long that server stays
    without a client before it stops itself (0: never); `heap` is the most memory its Java heap may take ("1g").
    """

    home: Path
    uri: str = ""
    username: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str | None = None
    idle_seconds: float = DEFAULT_IDLE_SECONDS
    heap: str = DEFAULT_HEAP

    @property
    def embedded(self) -> bool:
        """True when Precedent runs the database itself."""
        return not self.uri

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> StoreConfig:
        """Read NEO4J_URI, NEO4J_USERNAME (or NEO4J_USER), NEO4J_PASSWORD, NEO4J_DATABASE, PRECEDENT_HOME,
        PRECEDENT_IDLE_SECONDS and PRECEDENT_HEAP.

        Raises UsageError when PRECEDENT_IDLE_SECONDS is not a number of seconds.
        """
        env = os.environ if environment is None else environment
        home = env.get("PRECEDENT_HOME") or user_data_dir("precedent", appauthor=False)
        return cls(
            home=Path(home).expanduser().absolute(),
            uri=env.get("NEO4J_URI", "").strip(),
            username=env.get("NEO4J_USERNAME") or env.get("NEO4J_USER") or "neo4j",
            password=env.get("NEO4J_PASSWORD", ""),
            database=env.get("NEO4J_DATABASE") or None,
            idle_seconds=_seconds(env.get("PRECEDENT_IDLE_SECONDS", "")),
            heap=env.get("PRECEDENT_HEAP") or DEFAULT_HEAP,
        )


def _seconds(text: str) -> float:
    if not text:
        return DEFAULT_IDLE_SECONDS
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not seconds >= 0:
        raise UsageError(
            f"PRECEDENT_IDLE_SECONDS is {text!r}; give a number of seconds, or 0 to never stop the server."
        )
    return seconds
