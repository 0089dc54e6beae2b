"""Does the search find the precedent? Hits and reciprocal rank by channel, against plain cosine; and the cost of a query.

Every situation of `situations.jsonl` is asked as it stands; the rank of its best-placed precedent counts. Intervals are
bootstrapped over situations (95 %). The baselines are the vector of the whole text against one vector of each episode:
of its summary with its name, and of its raw passages joined; and BM25 over the same raw passages.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ingest.pipeline import gazetteer_of
from ingest.sources.curated import find_data, read_curated
from kg.analogy.encode import Encoder, Progress, TextEncoder, Vectors
from kg.analogy.index import EpisodeIndex
from kg.analogy.mask import Masker
from kg.analogy.names import EntityFinder
from kg.analogy.passages import embed, passage_rows, passages
from kg.analogy.similar import Query, rank_by_raw_cosine, similar
from kg.model.dates import parse_date
from kg.model.ontology import load_ontology

SITUATIONS = Path(__file__).parent / "situations.jsonl"
PARADOX = (
    "The paradox: the other side reads the mere act of sitting down with it as a sign of weakness. It offers "
    "moratoriums and symbolic gestures, and may walk out or provoke. We want a settlement on today's lines, our ally "
    "wants more, and talks could drag on for years."
)
RESAMPLES = 2000


class Remembering:
    """The encoder, asked once for each text; for the quality tables only, never where time is measured."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder, self.model_id = encoder, encoder.model_id
        self.known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        if new:
            self.known.update(zip(new, self.encoder.encode(new, progress), strict=True))
        return np.stack([self.known[text] for text in texts])


@dataclass(frozen=True)
class World:
    """What a query needs, and the summaries for the baseline."""

    index: EpisodeIndex
    encoder: TextEncoder
    masker: Masker
    summaries: tuple[str, ...]


def load_world() -> World:
    """Records, vectors and gazetteer, in memory: no graph is needed."""
    records = read_curated(find_data())
    ontology = load_ontology()
    episodes = {r.id: dict(r.data) for r in records if ontology.is_a(r.type, "Episode")}
    gazetteer, encoder = gazetteer_of(records), Encoder()
    texts = passages(episodes.values(), gazetteer)
    nodes, _ = passage_rows(texts, embed(texts, {}, encoder), encoder.model_id)
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
    summaries = tuple(f"{e.name}. {episodes[e.id]['summary']}" for e in index.entries)
    return World(index, encoder, Masker(gazetteer, EntityFinder()), summaries)


def rank_situation(situation: Mapping[str, Any], world: World) -> dict[str, int]:
    """By method, the rank of the best-placed precedent."""
    query = Query(situation["text"], exclude=frozenset(situation["exclude"]))
    wanted = set(situation["precedent"])

    def place(order: Sequence[str]) -> int:
        return next(rank for rank, id in enumerate(order, 1) if id in wanted)

    ranks = {
        "raw cosine (summary)": place(rank_by_raw_cosine(query, world.index, world.encoder, world.summaries)),
        "raw cosine (raw passages)": place(rank_by_raw_cosine(query, world.index, world.encoder)),
    }
    found = similar(query, world.index, world.encoder, world.masker, k=len(world.index)).matches
    for channel in found[0].scores:
        ranks[channel] = min(int(match.scores[channel]["rank"]) for match in found if match.id in wanted)
    return ranks


def summarize(ranks: Sequence[int]) -> dict[str, Any]:
    """n, hit@1/3/5 and mean reciprocal rank, each with its interval."""
    found = np.array(ranks)
    draws = np.random.default_rng(0).integers(0, len(found), (RESAMPLES, len(found)))
    measures: dict[str, Callable[[Any], Any]] = {
        "hit@1": lambda r: r <= 1, "hit@3": lambda r: r <= 3, "hit@5": lambda r: r <= 5, "mrr": lambda r: 1 / r,
    }  # fmt: skip
    told: dict[str, Any] = {"n": len(found)}
    for name, measure in measures.items():
        values = measure(found).astype(float)
        low, high = np.quantile(values[draws].mean(axis=1), [0.025, 0.975])
        told[name] = [round(float(values.mean()), 3), round(float(low), 3), round(float(high), 3)]
    return told


def measure_quality(world: World) -> list[dict[str, Any]]:
    """One row for each half, form and method."""
    situations = [json.loads(line) for line in SITUATIONS.read_text(encoding="utf-8").splitlines()]
    world = replace(world, encoder=Remembering(Encoder()))
    ranked = [(situation, rank_situation(situation, world)) for situation in situations]
    rows = []
    for half in ("dev", "held-out"):
        for form in ("name-free", "as-pasted"):
            own = [ranks for s, ranks in ranked if s["half"] == half and s["form"] == form]
            for method in own[0]:
                rows.append({"half": half, "form": form, "method": method, **summarize([r[method] for r in own])})
    silent = [r for s, r in ranked if s["form"] == "as-pasted" and not s["names_precedent"]]
    for method in ("raw cosine (summary)", "fused"):
        rows.append({"half": "both", "form": "as-pasted, precedent not named", "method": method,
                     **summarize([r[method] for r in silent])})  # fmt: skip
    return rows


def measure_cost(world: World) -> list[dict[str, Any]]:
    """A warm `similar` against one bare `encode` of the text (cut off at the model's window) and of its sentences."""
    from kg.analogy.sentences import split_sentences

    pasted = next(json.loads(line)["text"] for line in SITUATIONS.read_text(encoding="utf-8").splitlines()[3:])
    rows = []
    for name, text in (("the paradox, 49 words", PARADOX), (f"a telegram, {len(pasted.split())} words", pasted)):
        sentences = split_sentences(text)
        bare = _median(lambda text=text: world.encoder.encode([text]))
        split = _median(lambda sentences=sentences: world.encoder.encode(sentences))
        whole = _median(lambda text=text: similar(Query(text), world.index, world.encoder, world.masker))
        rows.append({"text": name, "similar_ms": whole, "encode_ms": bare, "encode_sentences_ms": split,
                     "ratio": round(whole / bare, 2)})  # fmt: skip
    return rows


def _median(work: Callable[[], object], times: int = 15) -> float:
    work()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return round(statistics.median(spent) * 1000, 1)


def main(arguments: Sequence[str] = ()) -> None:
    """Print the tables, or one JSON object with `--json`."""
    parser = argparse.ArgumentParser(prog="python -m bench.similar", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args(list(arguments))
    world = load_world()
    report = {
        "model": world.encoder.model_id, "episodes": len(world.index),
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
    for row in report["quality"]:
        if group != (row["half"], row["form"]):
            group = (row["half"], row["form"])
            print(f"\n{row['half']}, {row['form']}, n = {row['n']}")
            print(f"  {'':<26}{'hit@1':>18}{'hit@3':>18}{'hit@5':>18}{'MRR':>18}")
        cells = "".join(
            "{:>6.2f} [{:.2f}–{:.2f}]".format(*row[m]).rjust(18) for m in ("hit@1", "hit@3", "hit@5", "mrr")
        )
        print(f"  {row['method']:<26}{cells}")


if __name__ == "__main__":
    main(sys.argv[1:])
