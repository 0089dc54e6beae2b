"""Higher-order links that a text states: "because", "so that", "in return for", "led to"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.analogy.provisional.facts import Draft, link_places
from kg.analogy.provisional.lexicon import lemma
from kg.analogy.provisional.parse import children, is_negated

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBS = {
    "lead": "causes", "cause": "causes", "bring": "causes", "produce": "causes", "result": "causes", "force": "causes",
    "provoke": "provokes", "prompt": "provokes", "trigger": "provokes",
    "enable": "enables", "allow": "enables", "permit": "enables",
    "prevent": "prevents", "block": "prevents", "stop": "prevents", "deter": "prevents", "forestall": "prevents",
}  # fmt: skip
_OPENERS = {
    ("therefore",): "causes", ("consequently",): "causes", ("hence",): "causes", ("thus",): "causes",
    ("as", "a", "result"): "causes", ("so",): "causes", ("in", "response"): "provokes", ("in", "retaliation"): "provokes",
    ("in", "reply"): "provokes", ("thereby",): "enables",
}  # fmt: skip
Link = tuple[str, int, int]


def find_links(docs: Sequence[Doc], drafts: Sequence[Draft]) -> list[Link]:
    """Kind, source and target as positions among the drafts, in order of the text. At most one pair of facts a connective."""
    places = link_places(drafts)
    found: dict[Link, None] = {}
    for number, doc in enumerate(docs):
        here = places.get(number, [])
        for token in doc:
            for kind, causes, effects in _connected(token):
                source, target = _inside(here, drafts, causes), _inside(here, drafts, effects)
                if source is not None and target is not None and source != target:
                    found[kind, source, target] = None
        words = tuple(t.lower_ for t in doc[:3])
        for opener, kind in _OPENERS.items():
            before = places.get(number - 1, [])
            if words[: len(opener)] == opener and here and before:
                found[kind, before[-1], here[0]] = None
    return list(found)


def _connected(token: Token) -> list[tuple[str, set[int], set[int]]]:
    """What a token joins: the words of the one side and those of the other."""
    if token.dep_ == "advcl":
        marks = {c.lower_ for c in children(token, "mark", "advmod")}
        below = _words(token)
        above = {t.i for t in token.head.subtree} - below
        if "because" in marks or ("since" in marks and token.tag_ in ("VBZ", "VBP")):
            return [("causes", below, above)]
        if "so" in marks or {"so", "that"} <= {t.lower_ for t in token.doc[max(token.left_edge.i - 1, 0) : token.i]}:
            return [("enables", above, below)]
    if token.lower_ in ("return", "exchange") and token.dep_ == "pobj" and token.head.lower_ == "in":
        paid = {t.i for p in children(token, "prep") if p.lower_ == "for" for t in p.subtree}
        given = {t.i for t in token.head.head.subtree} - {t.i for t in token.head.subtree} | {token.head.head.i}
        return [("enables", given, paid)]
    if token.lower_ == "because" and token.dep_ in ("prep", "advmod") and token.head.i != token.i:
        return [("causes", _words(token), {t.i for t in token.head.subtree} - _words(token))]
    kind = _VERBS.get(lemma(token)) if token.pos_ == "VERB" and not is_negated([token]) else None
    if kind is not None:
        source = {t.i for c in children(token, "nsubj", "csubj", "agent") for t in c.subtree}
        target = {
            t.i for c in token.children if c.dep_ in ("dobj", "prep", "xcomp", "ccomp", "nsubjpass") for t in c.subtree
        }
        return [(kind, source, target - source)]
    return []


def _words(token: Token) -> set[int]:
    return {t.i for t in token.subtree}


def _inside(here: Sequence[int], drafts: Sequence[Draft], words: set[int]) -> int | None:
    """The first fact that is told by these words alone."""
    return next((p for p in here if {t.i for t in drafts[p].tokens} <= words), None)
