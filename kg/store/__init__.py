"""The graph database behind Precedent: one Bolt code path for Neo4j and for the embedded server.

`open_store()` opens the graph that the environment names; see `Store` for what can be asked of it.
"""

from kg.store.config import StoreConfig
from kg.store.loader import LoadCounts, LoadReport
from kg.store.reader import ReaderResult, ResultGraph
from kg.store.store import Store, open_store, read_status, stop_embedded

__all__ = [
    "LoadCounts",
    "LoadReport",
    "ReaderResult",
    "ResultGraph",
    "Store",
    "StoreConfig",
    "open_store",
    "read_status",
    "stop_embedded",
]
