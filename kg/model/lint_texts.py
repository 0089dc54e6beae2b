"""Finds name-free texts that are nearly the same, and such as tell how the episode ended.

Abstracts and predicaments are compared with readers' situations. Two that say the same in the same words are one
precedent counted twice; one that tells the outcome is matched by what nobody could know. Likeness is that of sets of
content words (Jaccard), no embedding: a rule must find the same thing on every machine and say why.

The thresholds come from the 71 episodes and 92 register entries of data 0.2.0, which readers have passed as distinct.
The nearest two of 560 predicaments share 0.29 of their content words, and a sentence of ten with three replaced shares
0.54. The nearest two abstracts share 0.03 of their pairs of content words, two register entries on one situation 0.09,
and a text with every fourth word replaced shares 0.39. The longest run of words in two texts is 7 among episodes, 10
in the register. With its own outcome no text shares more than one pair of content words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kg.model.ontology import Ontology
from kg.model.problems import ValuePath
from kg.model.records import Record

SENTENCE_LIKENESS = 0.4
TEXT_LIKENESS = 0.2
RUN = 12
TOLD_PAIRS = 3

# Words without content of their own
_EMPTY = """
a an the and or but nor of to in on at by for with from into than as that this these those which who whom whose it its he his him
she her they their them be is are was were been being has have had do does did not no so if when while where what how can could
may might must shall should will would one other each both all any some more most only own same such too very up down out off
over under again then there here about against between during before after until without s
"""
_EMPTY_WORDS = frozenset(_EMPTY.split())
_HINDSIGHT = re.compile(
    r"\b(?:(?:days|weeks|months|years|decades) later|would later|in hindsight|in retrospect|as it turned out|turned out to"
    r"|went on to|was to (?:prove|become|fail|end)|c[ao]mes? to nothing|eventually|ultimately)\b",
    re.IGNORECASE,
)


def list_name_free(record: Record, ontology: Ontology) -> Iterator[tuple[ValuePath, str]]:
    """Paths and texts that must be name-free: predicaments, abstracts, and situations of analogies."""
    for path, node in record.walk(ontology):
        for key in ["text"] if node.get("type") == "Predicament" else ["abstract", "situation_abstract"]:
            if isinstance(node.get(key), str):
                yield (*path, key), node[key]


def list_content_words(text: str) -> list[str]:
    """The words of a text in order, small letters, without those that carry no content."""
    return [word for word in _list_words(text) if word not in _EMPTY_WORDS]


def _list_words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def _pair(words: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(pairwise(words))


@dataclass(frozen=True)
class _Text:
    """One text. `marks` are what is compared: content words of a sentence, pairs of them of a longer text."""

    record: str
    path: ValuePath
    shown: str
    sentence: bool
    marks: frozenset[Any]
    runs: frozenset[tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class TextFinder:
    """All name-free texts, ready to be compared."""

    texts: list[_Text]
    own: Mapping[str, list[int]]
    """Indices of the texts of a record."""
    holders: Mapping[tuple[str, Any], list[int]]
    """Indices of the texts that hold a mark or a run."""

    @classmethod
    def of(cls, records: Iterable[Record], ontology: Ontology) -> TextFinder:
        texts = [
            _read_text(record, path, text) for record in records for path, text in list_name_free(record, ontology)
        ]
        own: defaultdict[str, list[int]] = defaultdict(list)
        holders: defaultdict[tuple[str, Any], list[int]] = defaultdict(list)
        for index, text in enumerate(texts):
            own[text.record].append(index)
            for kind, key in _list_keys(text):
                holders[kind, key].append(index)
        return cls(texts, own, holders)

    def find(self, record: Record) -> Iterator[tuple[ValuePath, str]]:
        """Path and message of each text of the record that another text resembles, the nearest of them named.

        Of two in one record the later is reported, of two in different records both.
        """
        for index in self.own.get(record.id, ()):
            text = self.texts[index]
            found = [(score, other, how) for other, score, how in self._compare(index, text)]
            if found:
                _, other, how = max(found)
                there = self.texts[other].shown
                yield text.path, f"{how} {there}: say what is particular here, or leave one of the two out"

    def _compare(self, index: int, text: _Text) -> Iterator[tuple[int, float, str]]:
        shared = Counter(
            (other, kind)
            for kind, key in _list_keys(text)
            for other in self.holders[kind, key]
            if other != index and not (self.texts[other].record == text.record and other > index)
        )
        for (other, kind), count in shared.items():
            if kind == "run":
                yield other, 1.0, f"repeats a run of {RUN} words or more of"
                continue
            score = count / len(text.marks | self.texts[other].marks)
            if score >= (SENTENCE_LIKENESS if text.sentence else TEXT_LIKENESS):
                what = "content words" if text.sentence else "pairs of content words"
                yield other, score, f"shares {score:.0%} of its {what} with"


def _read_text(record: Record, path: ValuePath, text: str) -> _Text:
    words, content = _list_words(text), list_content_words(text)
    sentence = path[-1] == "text"
    node: Any = record.data
    for step in path[:-1]:
        node = node[step]
    shown = str(node["id"]) if sentence else f"{record.id}, {path[-1]}"
    runs = frozenset(tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
    return _Text(record.id, path, shown, sentence, frozenset(content) if sentence else _pair(content), runs)


def _list_keys(text: _Text) -> Iterator[tuple[str, Any]]:
    """What a text is found by. Sentences and longer texts are compared among themselves, runs across them."""
    yield from (("word" if text.sentence else "pair", mark) for mark in text.marks)
    yield from (("run", run) for run in text.runs)


def find_outcome(text: str, outcome: str) -> Iterator[str]:
    """What a name-free text tells of the outcome, as messages."""
    told = _pair(list_content_words(text)) & _pair(list_content_words(outcome))
    if len(told) >= TOLD_PAIRS:
        words = ", ".join(repr(" ".join(pair)) for pair in sorted(told))
        yield f"tells the outcome in its own words ({words}): stop before it"
    for match in _HINDSIGHT.finditer(text):
        yield f"looks back from afterwards ({match.group()!r}): tell only what could be known then"
