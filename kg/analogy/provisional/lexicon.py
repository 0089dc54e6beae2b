"""Words that tell of a concept: the labels and hidden labels of the vocabularies, found in a clause by their base forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kg.model.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Token

GAP = 6  # words that may stand between those of one form
STEPS = 3  # of the dependency parse that may lie between two of them
_MODIFYING = ("amod", "compound", "nmod", "poss")
_THINGS = ("issue-topics", "party-roles")  # vocabularies of things: a lone verb tells of none unless written as one
_NAMING = ("NOUN", "PROPN", "ADJ")
# After a verb, without an object of their own: "to give in".
_ADVERBIAL = frozenset({"in", "down", "off", "out", "up", "back", "away"})
_ARTICLES = frozenset({"a", "an", "the"})
_LEMMAS = {"n't": "not", "n’t": "not", "’s": "'s"}


@dataclass(frozen=True)
class Form:
    """Base forms of words that together tell of a concept."""

    concept: str
    scheme: str
    words: tuple[str, ...]
    verb: bool


@dataclass(frozen=True)
class Match:
    """A form found at these tokens."""

    form: Form
    tokens: tuple[Token, ...]


class Lexicon:
    """Forms of some vocabularies. Of overlapping finds the longest counts; a broad concept yields to none."""

    def __init__(self, ontology: Ontology, schemes: Iterable[str]) -> None:
        self._first: defaultdict[str, list[Form]] = defaultdict(list)
        for scheme in schemes:
            for concept in ontology.schemes[scheme].concepts.values():
                if not concept.forms:
                    continue  # the heading of a group is no word of the field
                for form in sorted({concept.label.lower(), *concept.forms}):
                    words = [word for word in form.replace(",", " ").split() if word not in _ARTICLES]
                    verb = len(words) > 1 and words[0] == "to"
                    words = words[1:] if verb else words
                    self._first[words[0]].append(Form(concept.id, scheme, tuple(words), verb))

    def nouns(self) -> frozenset[str]:
        """Forms of one word that are not verbs."""
        return frozenset(
            f.words[0] for forms in self._first.values() for f in forms if len(f.words) == 1 and not f.verb
        )

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Matches among tokens in order, the shorter within a longer left out, those of most words first."""
        places: defaultdict[str, list[Token]] = defaultdict(list)
        for token in tokens:
            places[lemma(token)].append(token)
            if token.lower_ != lemma(token):
                places[token.lower_].append(token)
        found: list[Match] = []
        for word, starts in places.items():
            for form in self._first.get(word, ()):
                found += [m for start in starts if (m := _match(form, start, places)) is not None]
        found.sort(key=lambda m: (-len(m.tokens), m.tokens[0].i, m.form.scheme, m.form.concept, m.form.words))
        kept: list[Match] = []
        for match in found:
            own = {t.i for t in match.tokens}
            longer = any(own < {t.i for t in other.tokens} for other in kept)
            same = any(other.form.concept == match.form.concept and own & {t.i for t in other.tokens} for other in kept)
            if not longer and not same:
                kept.append(match)
        return kept


def words_of(text: str) -> frozenset[str]:
    """A closed list of words, written as one text."""
    return frozenset(text.split())


def lemma(token: Token) -> str:
    """The base form of a token in small letters."""
    base = token.lemma_.lower()
    return _LEMMAS.get(base, base)


def _match(form: Form, start: Token, places: dict[str, list[Token]]) -> Match | None:
    if form.verb and start.pos_ not in ("VERB", "AUX"):
        return None
    acting = () if form.scheme in _THINGS else ("VERB", "AUX", "ADV")
    if len(form.words) == 1 and not form.verb and start.pos_ not in (*_NAMING, *acting):
        return None
    if start.dep_ == "aux" and len(form.words) > 1:
        return None
    chosen = [start]
    for word in form.words[1:]:
        near = [
            t
            for t in places.get(word, ())
            if abs(t.i - start.i) <= GAP + len(form.words)
            and t not in chosen
            and any(_hang_together(t, c) for c in chosen)
        ]
        if not near:
            return None
        chosen.append(min(near, key=lambda t: (abs(t.i - chosen[-1].i), t.i)))
    ends_in = form.words[-1] if len(form.words) == 2 else ""
    if ends_in in _ADVERBIAL and any(child.dep_ == "pobj" for child in chosen[-1].children):
        return None  # "gave him sixty days in a letter" is not "gave in"
    return Match(form, tuple(sorted(chosen, key=lambda t: t.i)))


def _is_particle(token: Token) -> bool:
    return token.pos_ in ("ADP", "PART", "INTJ") or token.lower_ == "no"


def _goes_with(particle: Token, other: Token) -> bool:
    """Whether a particle is the other word's own: "to call for", and not "to call it a plan for"."""
    if particle.head.i == other.i or other.head.i == particle.i:
        return True
    if particle.dep_ == "aux":  # "agree to talk"
        return particle.head.head.i == other.i
    return _is_particle(other) and particle.head.i == other.head.i


def _hang_together(one: Token, other: Token) -> bool:
    """Whether two words are near in the parse: an adjective and its own noun, a verb and what it does it with."""
    if _is_particle(one) or _is_particle(other):
        return _goes_with(one, other) or _goes_with(other, one)
    if any(t.dep_ in _MODIFYING and t.head.i not in (u.i, u.head.i) for t, u in ((one, other), (other, one))):
        return False
    ways = [[t, *islice(t.ancestors, STEPS)] for t in (one, other)]
    places = {t.i: steps for steps, t in enumerate(ways[0])}
    return any(t.i in places and places[t.i] + steps <= STEPS for steps, t in enumerate(ways[1]))
