"""Does the search find the precedent? Hits and reciprocal rank by channel, against plain cosine; and the cost of a query.

Every situation of `situations.jsonl` is asked as `precedent evaluate --register bench/situations.jsonl` asks it, but of the
records in memory, without a graph.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench._timing import take_median
from ingest.pipeline import gazetteer_of
from ingest.sources.curated import find_data, read_curated
from kg.analogy.casebook import Casebook
from kg.analogy.encode import Encoder
from kg.analogy.evaluate import Searcher, evaluate_situations, read_situations
from kg.analogy.evaluate.metrics import MEASURES
from kg.analogy.evaluate.report import measure_ranks
from kg.analogy.evaluate.systems import RememberingEncoder
from kg.analogy.index import EpisodeIndex
from kg.analogy.mask import Masker
from kg.analogy.names import EntityFinder
from kg.analogy.passages import embed, passage_rows, passages, place
from kg.analogy.similar import Query, similar
from kg.model.dates import parse_date
from kg.model.ontology import load_ontology

TIMES = 15
SITUATIONS = Path(__file__).parent / "situations.jsonl"
PARADOX = (
    "The paradox: the other side reads the mere act of sitting down with it as a sign of weakness. It offers "
    "moratoriums and symbolic gestures, and may walk out or provoke. We want a settlement on today's lines, our ally "
    "wants more, and talks could drag on for years."
)


@dataclass(frozen=True)
class World:
    """What a query needs, and the summaries for the baseline."""

    index: EpisodeIndex
    encoder: Encoder
    masker: Masker
    summaries: Mapping[str, str]
    casebook: Casebook


def load_world() -> World:
    """Records, vectors and gazetteer, in memory: no graph is needed."""
    records = read_curated(find_data())
    ontology = load_ontology()
    episodes = {r.id: dict(r.data) for r in records if ontology.is_a(r.type, "Episode")}
    gazetteer, encoder = gazetteer_of(records), Encoder()
    texts = passages(episodes.values(), gazetteer)
    nodes, _ = passage_rows(texts, embed(texts, {}, encoder), place(texts, {}, encoder), encoder)
    by_episode: dict[str, list[dict[str, Any]]] = {id: [] for id in episodes}
    for node in nodes:
        by_episode[str(node.props["episode"])].append(dict(node.props))
    index = EpisodeIndex.from_rows(
        {
            "id": id,
            "name": e["name"],
            "date": e["date"],
            "latest": parse_date(e["date"]).latest,
            "passages": by_episode[id],
        }
        for id, e in episodes.items()
    )
    summaries = {id: " ".join(episode["summary"].split()) for id, episode in episodes.items()}
    casebook = Casebook.from_records(records, ontology)
    return World(index, encoder, Masker(gazetteer, EntityFinder()), summaries, casebook)


def measure_quality(world: World) -> dict[str, Any]:
    """What `precedent evaluate --register bench/situations.jsonl` measures, and the pasted texts that name no precedent apart."""
    searcher = Searcher(
        world.index, RememberingEncoder(world.encoder), world.masker, world.casebook, dict(world.summaries)
    )
    lines = [json.loads(line) for line in SITUATIONS.read_text(encoding="utf-8").splitlines()]
    silent = {line["id"] for line in lines if line["form"] == "as-pasted" and not line["names_precedent"]}
    report = evaluate_situations(read_situations(SITUATIONS), searcher)
    quiet = [
        (replace(s, form="as-pasted, precedent not named"), ranks)
        for s, ranks in report.ranks
        if s.form == "as-pasted" and s.id in silent
    ]
    return replace(report, lines=(*report.lines, *measure_ranks(quiet, report.seed))).to_dict()


def measure_cost(world: World) -> list[dict[str, Any]]:
    """A warm `similar` against one bare `encode` of the text (cut off at the model's window) and of its sentences."""
    from kg.analogy.sentences import split_sentences

    pasted = next(json.loads(line)["text"] for line in SITUATIONS.read_text(encoding="utf-8").splitlines()[3:])
    rows = []
    for name, text in (("the paradox, 49 words", PARADOX), (f"a telegram, {len(pasted.split())} words", pasted)):
        sentences = split_sentences(text)
        bare = round(take_median(lambda text=text: world.encoder.encode([text]), TIMES), 1)
        split = round(take_median(lambda sentences=sentences: world.encoder.encode(sentences), TIMES), 1)
        whole = round(
            take_median(lambda text=text: similar(Query(text), world.index, world.encoder, world.masker), TIMES), 1
        )
        rows.append({"text": name, "similar_ms": whole, "encode_ms": bare, "encode_sentences_ms": split,
                     "ratio": round(whole / bare, 2)})  # fmt: skip
    return rows


def main(arguments: Sequence[str] = ()) -> None:
    """Print the tables, or one JSON object with `--json`."""
    parser = argparse.ArgumentParser(prog="python -m bench.similar", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args(list(arguments))
    world = load_world()
    report = {
        "model": world.index.models, "episodes": len(world.index),
        "cost": measure_cost(world), "quality": measure_quality(world),
    }  # fmt: skip
    if chosen.json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return
    print(f"{report['episodes']} episodes, {report['model']}")
    for row in report["cost"]:
        print(f"{row['text']:<28} similar {row['similar_ms']:6.1f} ms   encode {row['encode_ms']:6.1f} ms   "
              f"ratio {row['ratio']:.2f} (aim ≤ 2)   encode of its sentences {row['encode_sentences_ms']:6.1f} ms")  # fmt: skip
    group = None
    for line in report["quality"]["lines"]:
        if line["kind"] == "without":
            continue
        if group != (line["half"], line["form"]):
            group = (line["half"], line["form"])
            print(f"\n{line['half']}, {line['form']}, n = {line['n']}")
            print(f"  {'':<26}" + "".join(f"{name:>18}" for name in MEASURES))
        cells = "".join("{:>6.2f} [{:.2f}–{:.2f}]".format(*line[name]).rjust(18) for name in MEASURES)
        print(f"  {line['method']:<26}{cells}")
    unable = {(u["id"], u["precedent"]) for u in report["quality"]["not_searchable"]}
    print(f"\n{len(unable)} situations have no precedent among the episodes")


if __name__ == "__main__":
    main(sys.argv[1:])
