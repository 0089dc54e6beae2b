"""Is the episode that a pasted text is about found, and nothing taken for it that is not? And does the text's date cut well?

Texts are those of `situations.jsonl` as pasted. `exclude` there names the episode that a text is about, unless `before` keeps it
out anyway: an episode found for a text without `exclude` is wrong where it is the precedent, and else unlabelled, printed to be
judged by eye.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bench.similar import SITUATIONS, World, load_world
from ingest.sources.curated import find_data, read_curated
from kg.analogy.dated import CutOff, suggest_before
from kg.analogy.own_episode import NEAREST, Casts, find_own
from kg.analogy.principals import Principals
from kg.analogy.similar import Query, ended_by, similar
from kg.model.ontology import load_ontology

Row = dict[str, Any]


def read_parties() -> tuple[Principals, Casts]:
    """Principals and people of all episodes, from the records."""
    ontology = load_ontology()
    records = read_curated(find_data())
    names = {record.id: record.name for record in records}
    episodes = [record.data for record in records if ontology.is_a(record.type, "Episode")]
    parties = [row for e in episodes for part in e.get("parties", ()) for row in _rows(e["id"], part, names)]
    people = [row for e in episodes for part in e.get("people", ()) for row in _rows(e["id"], part, names)]
    return Principals.from_rows(parties), Casts.from_rows(people)


def _rows(episode: str, part: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Row]:
    for actor in part["actor"]:
        for role in part.get("role") or [""]:
            yield {"episode": episode, "id": actor, "name": names[actor], "short": None, "role": role,
                   "represents": part.get("represents")}  # fmt: skip


def measure(world: World) -> Row:
    """Counts by half, the texts to be judged by eye, and what the cut-off lets in and takes away."""
    principals, casts = read_parties()
    counts = {"tune": Counter[str](), "held-out": Counter[str]()}
    cuts: Counter[str] = Counter()
    doubtful: list[Row] = []
    for line in map(json.loads, SITUATIONS.read_text(encoding="utf-8").splitlines()):
        if line["form"] != "as-pasted":
            continue
        text, own, cut = line["text"], set(line["exclude"]), suggest_before(line["text"])
        result = similar(Query(text), world.index, world.encoder, world.masker, NEAREST)
        nearest = [world.index.entries[world.index.position(match.id)] for match in result.matches]
        found = find_own(text, cut, world.masker.gazetteer.find(text), nearest, principals, casts)
        verdict = _judge(found.id if found else None, own, set(line["precedent"]))
        counts[line["half"]].update({verdict: 1, "labelled": int(bool(own))})
        if verdict in ("wrong", "unlabelled") and found:
            doubtful.append({"id": line["id"], "found": found.id, "verdict": verdict, "named": found.named})
        if line.get("before"):
            cuts.update(_compare(world, cut, date.fromisoformat(line["before"]), own, set(line["precedent"])))
    return {"own": {half: dict(count) for half, count in counts.items()}, "doubtful": doubtful, "cut": dict(cuts)}


def _judge(found: str | None, own: set[str], precedents: set[str]) -> str:
    if found is None:
        return "missed" if own else "none"
    if found in own:
        return "right"
    return "wrong" if own or found in precedents else "unlabelled"


def _compare(world: World, cut: CutOff | None, day: date, own: set[str], precedents: set[str]) -> Counter[str]:
    """The suggested cut-off of one text against the true one."""
    told = {e.id for e in world.index.entries if ended_by(e, cut.day if cut else None)}
    true = {e.id for e in world.index.entries if ended_by(e, day)}
    every = {e.id for e in world.index.entries}
    return Counter(
        texts=1, dated=int(cut is not None), opening=int(cut is not None and cut.opening),
        later_without=int(bool(every - true - own)), later_with=int(bool(told - true - own)),
        own_without=int(bool(own)), own_with=int(bool(own & told)), precedent_lost=int(bool((precedents & true) - told)),
    )  # fmt: skip


def main(arguments: Sequence[str] = ()) -> None:
    """Print the figures, or one JSON object with `--json`."""
    parser = argparse.ArgumentParser(prog="python -m bench.own_episode", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args(list(arguments))
    report = measure(load_world())
    if chosen.json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return
    for half, count in report["own"].items():
        right, told, own = count.get("right", 0), count.get("right", 0) + count.get("wrong", 0), count["labelled"]
        print(f"{half:<9} precision {right / max(told, 1):.2f} ({right} of {told})   recall {right / max(own, 1):.2f} ({right} of {own})   "
              f"unlabelled {count.get('unlabelled', 0)}, nothing found and nothing labelled {count.get('none', 0)}")  # fmt: skip
    for row in report["doubtful"]:
        print(f"  {row['verdict']:<10} {row['id']}: {row['found']} ({', '.join(row['named'])})")
    cut = report["cut"]
    print(f"{cut['dated']} of {cut['texts']} texts name a date, {cut['opening']} open with it.")
    print(
        f"texts with a later episode among those compared: {cut['later_without']} without the cut-off, {cut['later_with']} with it"
    )
    print(
        f"texts with their own episode among them: {cut['own_without']}, {cut['own_with']}; that lose a precedent: {cut['precedent_lost']}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
