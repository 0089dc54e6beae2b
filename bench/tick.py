"""What is one tick worth? The search again, after the reader has said what the situation is a case of.

The reader is one who knows: of the eight predicaments that are offered, each from another episode, he ticks the first that is a
documented precedent's. Where none is offered he ticks nothing. Situations of the half that nothing was learned from.
"""

from __future__ import annotations

from dataclasses import replace

from bench.similar import SITUATIONS, World, load_world
from kg.analogy.evaluate import read_situations
from kg.analogy.evaluate.metrics import compare, draw_samples, measure
from kg.analogy.evaluate.situations import AS_PASTED, HELD_OUT, NAME_FREE, Situation, set_apart
from kg.analogy.similar import nearest_predicaments, read_query, similar

OFFERED, SEED = 8, 0


def rank_twice(situation: Situation, world: World) -> tuple[int, int]:
    """The rank of the best-placed precedent, without a tick and with one."""
    query, index = situation.query, world.index
    reading = read_query(query, index, world.encoder, world.masker)
    offered = nearest_predicaments(query, index, reading, OFFERED)
    ticked = tuple(near.text for near in offered if near.episode in situation.precedents)[:1]
    ranks = []
    for asked in (query, replace(query, predicaments=ticked)):
        found = similar(asked, index, world.encoder, world.masker, len(index), reading)
        ranks.append(next(rank for rank, m in enumerate(found.matches, 1) if m.id in situation.precedents))
    return ranks[0], ranks[1]


def main() -> None:
    """Print hits and reciprocal rank of both, by form."""
    world = load_world()
    able, _ = set_apart(read_situations(SITUATIONS), world.index)
    for form in (NAME_FREE, AS_PASTED):
        ranks = [rank_twice(s, world) for s in able if s.half == HELD_OUT and s.form == form]
        draws = draw_samples(len(ranks), SEED)
        plain, ticked = zip(*ranks, strict=True)
        print(f"{form}, n = {len(ranks)}")
        for name, values in (("no tick", measure(plain, draws)), ("one tick", measure(ticked, draws)),
                             ("gain", compare(ticked, plain, draws))):  # fmt: skip
            told = "   ".join(f"{of} {e.value:.2f} [{e.low:.2f}, {e.high:.2f}]" for of, e in values.items())
            print(f"  {name:<9} {told}")


if __name__ == "__main__":
    main()
