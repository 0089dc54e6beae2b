"""Learn the adapter of the network that reads situations: `python -m bench.learn_adapter`, on two cores forty minutes.

With PRECEDENT_READER=small it is that of the packaged model, in ten minutes; the one in use was learned from the first 491 pairs.

Learned from are `pairs.jsonl`, the half `tune` of `situations.jsonl` and of the register. The other halves are never read.
Each text, as pasted or name-free, is drawn towards

- the episodes that answer it, among all that it could have had (softmax over `situation` scores);
- the predicaments that it is a case of, among all predicaments;
- as pasted, its name-free twin as the plain model reads it, among all twins.

Half of the texts have their names exchanged for others at random, and half of the longer ones lose some sentences, so that
neither a name nor a place in the text can be learned by heart. The places of episodes stay those of the plain model.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import math
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor, nn

from bench.similar import SITUATIONS, World, load_world
from ingest.sources.curated import find_data
from kg.analogy.adapter import LARGE, SMALL
from kg.analogy.candidates import SITUATION
from kg.analogy.evaluate import read_situations
from kg.analogy.evaluate.situations import AS_PASTED, NAME_FREE, TUNE, Situation
from kg.analogy.sentences import split_sentences
from kg.analogy.similar import find_allowed

PAIRS = Path(__file__).with_name("pairs.jsonl")
BATCH, TOKENS = 16, 200
EPOCHS = {SMALL: 10, LARGE: 8}
RANK = {SMALL: 16, LARGE: 8}
RATE = {SMALL: 1e-3, LARGE: 5e-4}
SHARPNESS = {"episode": 15.0, "predicament": 20.0, "twin": 20.0}
LOSS = {"episode": 1.0, "predicament": 0.5, "twin": 1.0, "distance": 2.0}
EXCHANGED, SHORTENED, NAME_FREE_SHARE = 0.5, 0.5, 0.5


@dataclass(frozen=True)
class Example:
    """One situation in two forms; `golds` and `allowed` are episodes of the index, `predicaments` rows of its set."""

    id: str
    pasted: str
    free: str
    golds: Tensor  # (episodes,) bool
    allowed: Tensor  # (episodes,) bool
    predicaments: Tensor  # (rows,) bool


class LowRank(nn.Module):
    """A linear layer W x + B A x, of which A and B are learned."""

    def __init__(self, layer: nn.Linear, rank: int) -> None:
        super().__init__()
        self.layer = layer
        self.A = nn.Parameter(torch.randn(rank, layer.in_features) / math.sqrt(layer.in_features))
        self.B = nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        return self.layer(x) + 2 * (x @ self.A.T @ self.B.T)


class Learner:
    """The network, what it is drawn towards, and one step of learning."""

    def __init__(self, world: World, examples: Sequence[Example]) -> None:
        model: Any = world.encoder.situation_model
        self.adapter = LARGE if world.encoder.large else SMALL
        self.tokenizer, self.network = model[0].tokenizer, copy.deepcopy(model[0].auto_model)
        sets, index = world.index.sets, world.index
        self.predicaments = torch.tensor(sets["predicament"].places)
        self.owners = torch.tensor(sets["predicament"].owners)
        self.abstracts = torch.tensor(sets["abstract"].places[index.wholes])
        self.counts = torch.bincount(self.owners, minlength=len(index))
        self.twins = torch.tensor(world.encoder.place([example.free for example in examples]))
        self.examples = examples
        for parameter in self.network.parameters():
            parameter.requires_grad_(False)
        for name, layer in list(self.network.named_modules()):
            if isinstance(layer, nn.Linear) and name.startswith("encoder."):
                above, _, own = name.rpartition(".")
                setattr(self.network.get_submodule(above), own, LowRank(layer, RANK[self.adapter]))

    @property
    def learned(self) -> list[nn.Parameter]:
        return [parameter for parameter in self.network.parameters() if parameter.requires_grad]

    def read(self, texts: Sequence[str]) -> Tensor:
        """Unit vectors (n, d): the mean of the tokens, as the model pools them."""
        tokens = self.tokenizer(list(texts), padding=True, truncation=True, max_length=TOKENS, return_tensors="pt")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.network(**tokens).last_hidden_state.float()
        kept = tokens["attention_mask"].unsqueeze(-1).float()
        return F.normalize((states * kept).sum(1) / kept.sum(1), dim=-1)

    def score(self, read: Tensor) -> Tensor:
        """The channel `situation` of `kg.analogy.candidates`, shape (texts, episodes)."""
        likeness = read @ self.predicaments.T
        rows = (read.shape[0], len(self.counts))
        best = torch.full(rows, -1.0).scatter_reduce(1, self.owners.expand(rows[0], -1), likeness, "amax")
        mean = torch.zeros(rows).index_add(1, self.owners, likeness) / self.counts
        parts = {"abstract": read @ self.abstracts.T, "best": best, "mean": mean}
        return torch.stack([share * parts[name] for name, share in SITUATION.items()]).sum(0)

    def lose(self, batch: Sequence[tuple[int, str]], texts: Sequence[str]) -> Tensor:
        """The loss of a batch of (example, form), given the texts as they are told this time."""
        read = self.read(texts)
        chosen = [self.examples[number] for number, _ in batch]
        allowed = torch.stack([example.allowed for example in chosen])
        golds = torch.stack([example.golds for example in chosen])
        scores = (self.score(read) * SHARPNESS["episode"]).masked_fill(~allowed, -1e9)
        loss = LOSS["episode"] * _choose(scores, golds).mean()
        cases = [i for i, example in enumerate(chosen) if example.predicaments.any()]
        if cases:
            likeness = read[cases] @ self.predicaments.T * SHARPNESS["predicament"]
            told = torch.stack([chosen[i].predicaments for i in cases])
            loss = loss + LOSS["predicament"] * _choose(likeness, told).sum() / len(batch)
        own = torch.tensor([number for number, _ in batch])
        loss = loss + LOSS["distance"] * (1 - (read * self.twins[own]).sum(1)).mean()
        pasted = [i for i, (_, form) in enumerate(batch) if form == AS_PASTED]
        if pasted:
            likeness = read[pasted] @ self.twins.T * SHARPNESS["twin"]
            loss = loss + LOSS["twin"] * F.cross_entropy(likeness, own[pasted], reduction="sum") / len(batch)
        return loss

    def save(self, file: Path) -> str:
        """Write the factors as `kg.analogy.adapter` reads them; the file's sha256."""
        factors = {}
        for name, module in self.network.named_modules():
            if isinstance(module, LowRank):
                factors[f"{name}.A"] = module.A.detach().half().contiguous()
                factors[f"{name}.B"] = (2 * module.B.detach()).half().contiguous()
        save_file(factors, file)
        return hashlib.sha256(file.read_bytes()).hexdigest()


def learn(learner: Learner, vary: Callable[[str], str], epochs: int) -> None:
    """So many rounds (`epochs`) over all texts as pasted and half of the name-free ones, the rate falling to nothing."""
    count = len(learner.examples)
    steps = epochs * math.ceil(count * (1 + NAME_FREE_SHARE) / BATCH) + epochs
    optimizer = torch.optim.AdamW(learner.learned, lr=RATE[learner.adapter], weight_decay=0.01)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / 10) * max(0.0, 1 - step / steps)
    )
    learner.network.train()
    began = time.monotonic()
    for epoch in range(1, epochs + 1):
        told = [(i, AS_PASTED) for i in range(count)]
        told += [(i, NAME_FREE) for i in range(count) if random.random() < NAME_FREE_SHARE]
        random.shuffle(told)
        losses = []
        for start in range(0, len(told), BATCH):
            batch = told[start : start + BATCH]
            forms = [learner.examples[i].pasted if form == AS_PASTED else learner.examples[i].free for i, form in batch]
            loss = learner.lose(batch, [vary(text) for text in forms])
            loss.backward()
            nn.utils.clip_grad_norm_(learner.learned, 1.0)
            optimizer.step()
            rate.step()
            optimizer.zero_grad()
            losses.append(loss.item())
        print(f"round {epoch} of {epochs}: loss {np.mean(losses):.3f}, {time.monotonic() - began:.0f} s", flush=True)


def gather(world: World, pairs: Path, data: Path) -> list[Example]:
    """All situations that may be learned from."""
    lines = [json.loads(line) for line in pairs.read_text(encoding="utf-8").splitlines()]
    told = [*_twins(read_situations(SITUATIONS)), *_twins(read_situations(data / "register"))]
    found = [
        _example(world, line["id"], line["as_pasted"], line["name_free"], line["precedent"], line["exclude"], line["predicaments"])
        for line in lines
    ]  # fmt: skip
    for pasted, free in told:
        example = _example(world, pasted.id, pasted.text, free.text, pasted.precedents, pasted.exclude, ())
        found.append(replace(example, allowed=torch.tensor(find_allowed(pasted.query, world.index))))
    return [example for example in found if (example.golds & example.allowed).any()]


def vary_texts(world: World, texts: Iterable[str]) -> Callable[[str], str]:
    """A function that tells a text differently each time: other names, fewer sentences."""
    masker = world.masker
    spans = {text: masker.find(text) for text in texts}
    names: dict[str, list[str]] = {}
    for text, mentions in spans.items():
        for mention in mentions:
            names.setdefault(mention.kind, []).append(text[mention.start : mention.end])

    def exchange(text: str) -> str:
        told: dict[tuple[str, ...], str] = {}
        out, position = "", 0
        for mention in spans[text]:
            if mention.kind == "date" or mention.start < position:
                continue
            name = told.setdefault((mention.kind, *mention.keys), random.choice(names[mention.kind]))
            out, position = out + text[position : mention.start] + name, mention.end
        return out + text[position:]

    def vary(text: str) -> str:
        if random.random() < EXCHANGED:
            text = exchange(text)
        sentences = split_sentences(text)
        if len(sentences) > 2 and random.random() < SHORTENED:
            kept = random.randint(max(2, len(sentences) // 2), len(sentences))
            return " ".join(sentences[i] for i in sorted(random.sample(range(len(sentences)), kept)))
        return text

    return vary


def _twins(situations: Sequence[Situation]) -> Iterator[tuple[Situation, Situation]]:
    pasted = {s.id: s for s in situations if s.form == AS_PASTED and s.half == TUNE}
    free = {s.id: s for s in situations if s.form == NAME_FREE}
    yield from ((pasted[id], free[id]) for id in pasted)


def _example(
    world: World, id: str, pasted: str, free: str, precedents: Iterable[str], exclude: Iterable[str], cases: Iterable[str]
) -> Example:  # fmt: skip
    ids = [entry.id for entry in world.index.entries]
    wanted, barred, told = set(precedents), set(exclude), {" ".join(case.split()) for case in cases}
    return Example(
        id, pasted, free,
        torch.tensor([id in wanted for id in ids]),
        torch.tensor([id not in barred for id in ids]),
        torch.tensor([text in told for text in world.index.sets["predicament"].texts]),
    )  # fmt: skip


def _choose(scores: Tensor, right: Tensor) -> Tensor:
    """Cross-entropy of any of the right ones, shape (n,)."""
    return torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~right, -1e9), 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn and write; the sha256 goes into `kg/analogy/adapter.py` by hand."""
    parser = argparse.ArgumentParser(prog="python -m bench.learn_adapter", description=__doc__.split("\n")[0])
    parser.add_argument(
        "-o", "--output", type=Path, help="where to write the factors; in the place of those in use otherwise"
    )
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    torch.manual_seed(chosen.seed)
    random.seed(chosen.seed)
    world = load_world()
    examples = gather(world, PAIRS, find_data())
    learner = Learner(world, examples)
    print(f"{len(examples)} situations, {sum(p.numel() for p in learner.learned):,} numbers to learn", flush=True)
    learn(
        learner,
        vary_texts(world, (text for e in examples for text in (e.pasted, e.free))),
        chosen.epochs or EPOCHS[learner.adapter],
    )
    output = chosen.output or learner.adapter.file
    print(f"{output}: sha256 {learner.save(output)}")


if __name__ == "__main__":
    main()
