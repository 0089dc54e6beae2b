"""From sources to the graph: read, check, project, embed what is new, load.

The records are checked as a whole before anything is written; the load is idempotent, so a build that was cut off is
resumed by running it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.sources.curated import read_curated, read_version
from kg.analogy.drawn import drawn_passages
from kg.analogy.encode import Encoder, TextEncoder
from kg.analogy.gazetteer import Gazetteer
from kg.analogy.passages import embed, find_missing, find_situations, passage_rows, passages, place
from kg.model.ontology import load_ontology
from kg.model.projection import project, schema
from kg.model.records import Record
from kg.store import LoadReport, Store

ACTORS_AND_PLACES = ("Actor", "Place")


Progress = Callable[[str, int, int], None]  # told of a stage, how much of it is done, and of how much


@dataclass(frozen=True)
class BuildReport:
    """What a build did. `encoded` counts those of the `vectors` that were not there yet."""

    data_version: str
    model: str
    reader: str
    records: int
    episodes: int
    passages: int
    vectors: int
    encoded: int
    load: LoadReport


def build(
    data: Path, store: Store, encoder_of: Callable[[], TextEncoder] = Encoder, progress: Progress | None = None
) -> BuildReport:
    """Load the records of a data folder and their passages into the graph.

    The language model is loaded only when a text has no vector yet. Raises ValidationError before anything is
    written when a record is at fault, ModelError when the model cannot be had, StoreError when the graph cannot.
    """
    tell = progress or _tell_nobody
    ontology = load_ontology()
    tell("Reading and checking records", 0, 1)
    records = read_curated(data)
    tell("Reading and checking records", 1, 1)
    episodes = [r for r in records if ontology.is_a(r.type, "Episode")]
    wanted = passages((r.data for r in episodes), gazetteer_of(records))
    wanted += drawn_passages(r.data for r in records if r.type == "AnalogyUse")
    encoder = encoder_of()
    stored = read_vectors(store)
    situations = find_situations(wanted, encoder)
    missing = [
        *find_missing(wanted, stored, encoder.model_id),
        *find_missing(situations, stored, encoder.reader_id),
    ]
    vectors = embed(wanted, stored, encoder, lambda done, total: tell("Embedding texts", done, total))
    places = place(wanted, stored, encoder, lambda done, total: tell("Embedding situations", done, total))
    nodes, edges = project(records, ontology)
    store.apply_schema(schema(ontology, len(next(iter(vectors.values())))))
    passage_nodes, passage_edges = passage_rows(wanted, vectors, places, encoder)
    report = store.load([*nodes, *passage_nodes], [*edges, *passage_edges], tell)
    version, model, reader = read_version(data), encoder.model_id, encoder.reader_id
    store.write_meta(
        {"data_version": version, "model": model, "reader": reader, "records": len(records), "episodes": len(episodes)}
    )
    counts = len(records), len(episodes), len(wanted), len(wanted) + len(situations), len(missing)
    return BuildReport(version, model, reader, *counts, report)


def gazetteer_of(records: list[Record]) -> Gazetteer:
    """The names of actors, persons and places, as the masking of texts needs them."""
    ontology = load_ontology()
    named = [r for r in records if any(ontology.is_a(r.type, kind) for kind in ACTORS_AND_PLACES)]
    return Gazetteer.from_rows([r.data for r in named])


def read_vectors(store: Store) -> dict[tuple[str, str], list[float]]:
    """Vectors, and places among situations, that a graph holds, by the hash of their text and their model."""
    if store.read_meta() is None:
        return {}
    rows = store.run("passage_vectors")
    stored = {(row["hash"], row["model"]): row["embedding"] for row in rows}
    return stored | {
        (row["hash"], row["situation_model"]): row["situation_embedding"] for row in rows if row["situation_model"]
    }


def _tell_nobody(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
