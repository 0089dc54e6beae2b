"""The texts of an episode that a search reads, and their rows in the graph.

Four kinds, each with the vector of its text; the whole abstract and the predicaments also with their place among
situations, where a network of its own reads these (`kg.analogy.models`):

- `abstract`: the name-free retelling (number 1), then each of its sentences;
- `predicament`: one sentence, one thing that the episode is a precedent of;
- `raw`: names, circumstances, positions and moves as written; number 1 is the episode's names alone;
- `masked`: the same with roles in place of names.

Nothing of the outcome is among them: the summary, phases, agreements, commitments, failure modes and claims tell how
the episode ended and are left out, and so are moves that were not over before the outcome was known, and the acts
that conclude (signing, ratifying, carrying out).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.analogy.encode import Progress, TextEncoder, Vectors
from kg.analogy.evidence import one_line
from kg.analogy.gazetteer import Gazetteer
from kg.analogy.mask import Masker
from kg.analogy.sentences import count_words, split_sentences
from kg.model.dates import parse_date
from kg.model.rows import EdgeRow, NodeRow

KINDS = ("abstract", "predicament", "masked", "raw")
CONCLUDING = frozenset({"sign-agreement", "ratify", "implement", "verify", "interpret"})
CHUNK_WORDS = 60

Stored = Mapping[tuple[str, str], Sequence[float]]


@dataclass(frozen=True)
class Passage:
    """One text of an episode. `hash` is that of the text: the same text has the same vector wherever it stands."""

    episode: str
    title: str
    kind: str
    ordinal: int
    text: str

    @property
    def id(self) -> str:
        return f"{self.episode}/passage/{self.kind}-{self.ordinal}"

    @property
    def tells_situation(self) -> bool:
        """Whether a text is compared with it as a situation, as a whole."""
        return tells_situation(self.kind, self.ordinal)

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()[:24]


def tells_situation(kind: str, ordinal: int) -> bool:
    """Whether a passage is a predicament or a name-free text as a whole: what is compared with a text as a situation."""
    return kind == "predicament" or (kind.endswith("abstract") and ordinal == 1)


def passages(episodes: Iterable[Mapping[str, Any]], gazetteer: Gazetteer) -> list[Passage]:
    """All passages of episode records (dicts as in data/episodes), in a stable order."""
    out: list[Passage] = []
    for episode in episodes:
        raw = _raw_texts(episode)
        texts = {
            "abstract": [one_line(episode["abstract"]), *split_sentences(episode["abstract"])],
            "predicament": [one_line(predicament["text"]) for predicament in episode["predicaments"]],
            "raw": raw,
            "masked": list(Masker(gazetteer).mask(raw[1:]).sentences),
        }
        out.extend(
            Passage(episode["id"], episode["name"], kind, number, text)
            for kind in KINDS
            for number, text in enumerate(texts[kind], 1)
        )
    return out


def find_situations(wanted: Iterable[Passage], encoder: TextEncoder) -> list[Passage]:
    """The passages that have a place among situations besides their vector: none where one network reads everything."""
    return [] if encoder.reader_id == encoder.model_id else [p for p in wanted if p.tells_situation]


def find_missing(wanted: Iterable[Passage], stored: Stored, model_id: str) -> list[Passage]:
    """The passages whose text has no vector of this model yet, each text once."""
    missing = {p.hash: p for p in wanted if (p.hash, model_id) not in stored}
    return list(missing.values())


def embed(
    wanted: Sequence[Passage], stored: Stored, encoder: TextEncoder, progress: Progress | None = None
) -> dict[str, list[float]]:
    """Vectors by passage hash: those stored for the encoder's model, and new ones for the rest."""
    return _complete(wanted, stored, encoder.model_id, encoder.encode, progress)


def place(
    wanted: Sequence[Passage], stored: Stored, encoder: TextEncoder, progress: Progress | None = None
) -> dict[str, list[float]]:
    """Places among situations by passage hash, of those passages that have one besides their vector."""
    return _complete(find_situations(wanted, encoder), stored, encoder.reader_id, encoder.place, progress)


def _complete(
    wanted: Sequence[Passage], stored: Stored, model_id: str, encode: Callable[..., Vectors], progress: Progress | None
) -> dict[str, list[float]]:
    vectors = {p.hash: list(stored[p.hash, model_id]) for p in wanted if (p.hash, model_id) in stored}
    missing = find_missing(wanted, stored, model_id)
    if missing:
        fresh = encode([p.text for p in missing], progress)
        vectors.update({p.hash: [float(x) for x in vector] for p, vector in zip(missing, fresh, strict=True)})
    return vectors


def passage_rows(
    wanted: Iterable[Passage],
    vectors: Mapping[str, Sequence[float]],
    places: Mapping[str, Sequence[float]],
    encoder: TextEncoder,
) -> tuple[list[NodeRow], list[EdgeRow]]:
    """Nodes and PASSAGE_OF edges; `vectors` and `places` map passage hashes to what `embed` and `place` gave."""
    nodes: list[NodeRow] = []
    edges: list[EdgeRow] = []
    for passage in wanted:
        props = {
            "id": passage.id, "name": f"{passage.title}: {passage.kind} {passage.ordinal}", "kind": passage.kind,
            "ordinal": passage.ordinal, "text": passage.text, "episode": passage.episode,
            "content_hash": passage.hash, "model": encoder.model_id, "embedding": list(vectors[passage.hash]),
        }  # fmt: skip
        if passage.tells_situation and passage.hash in places:
            props |= {"situation_model": encoder.reader_id, "situation_embedding": list(places[passage.hash])}
        nodes.append(NodeRow(passage.id, ("Passage", "Entity"), props))
        edges.append(EdgeRow("PASSAGE_OF", passage.id, passage.episode))
    return nodes, edges


def _raw_texts(episode: Mapping[str, Any]) -> list[str]:
    """The names, then circumstances, positions and moves in pieces of about sixty words."""
    names = ". ".join(dict.fromkeys([episode["name"], *episode.get("aliases", [])])) + "."
    told = [item["text"] for item in episode.get("circumstances", [])]
    for issue in episode.get("issues", []):
        held = " ".join(one_line(position["text"]) for position in issue.get("positions", []))
        told.append(f"{issue['name']}: {held}" if held else f"{issue['name']}.")
    told += [move["text"] for move in episode.get("moves", []) if _before_the_end(move, episode)]
    return [names, *_chunks([one_line(text) for text in told])]


def _before_the_end(move: Mapping[str, Any], episode: Mapping[str, Any]) -> bool:
    known = (episode.get("outcome") or {}).get("known") or episode["date"].split("/")[-1]
    if move["kind"] in CONCLUDING:
        return False
    end, low = parse_date(move["date"]).high, parse_date(known).low
    return end is not None and (low is None or end < low)


def _chunks(texts: Sequence[str]) -> list[str]:
    chunks: list[str] = []
    for text in texts:
        if chunks and count_words(chunks[-1]) + count_words(text) <= CHUNK_WORDS:
            chunks[-1] = f"{chunks[-1]} {text}"
        else:
            chunks.append(text)
    return chunks
