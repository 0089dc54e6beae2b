"""Who acts in a text: names with their records, and role nouns ("the other side", "our ally", "we") as distinct actors."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.analogy.case import CaseEntity
from kg.analogy.gazetteer import Mention
from kg.analogy.provisional.lexicon import Lexicon, lemma, words_of
from kg.analogy.provisional.parse import children, subject_of, verb_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

WE = "we"
BOTH = "both sides"  # stands for the two principals until they are known
TYPES = {"state": "State", "organization": "Organization", "faction": "Faction", "person": "Person"}
# Nouns that stand for an actor of their own; the roles they tell of come from the vocabulary of party roles.
_SIDES = words_of(
    "side party power state country nation superpower ally patron client mediator neighbour neighbor "
    "enemy adversary rival opponent foe rebel insurgent guerrilla militia movement protector sponsor "
    "satellite proxy kingdom republic empire occupier aggressor intermediary go-between partner hegemon "
    "protégé broker opposition hardliner hawk friend"
)
# Nouns that act for whoever owns them: "our troops", "the French cabinet".
_ORGANS = words_of(
    "government regime leadership cabinet army force troop military navy diplomat delegation official "
    "negotiator leader president minister parliament congress public people capital envoy commander "
    "general king emperor dictator ruler administration chancellor premier delegate ambassador voter "
    "nation country state planner"
)
_OTHER = re.compile(r"\b(?:other|enemy|adversary|rival|opponent|foe|opposing|they)\b")
_GROUP = frozenset({"both", "two", "neither", "each", "either", "all"})
_FIRST = frozenset({"we", "us", "our", "ours", "ourselves", "i", "me", "my"})
_THIRD = frozenset({"it", "its", "they", "them", "their", "he", "him", "his", "she", "her", "itself", "themselves"})
_IMPERSONAL = words_of(
    "clear possible impossible likely unlikely true hard easy difficult important necessary essential time wrong"
)
_THEY = frozenset({"they", "them", "their"})
# What a role noun says of the actor and its owner: the circumstance, and whether the noun is the one of whom it is said.
_RELATIONS = {
    "ally-of-party": ("allied-with", True), "patron": ("patron-of", True), "client": ("patron-of", False),
}  # fmt: skip
_RIVALS = words_of("rival enemy adversary foe")


@dataclass
class _Actor:
    name: str
    recorded: bool = True
    attributes: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Relation:
    """A circumstance that a role noun tells of: "our ally" is allied with us."""

    predicate: str
    actor: str
    target: str
    token: Token


def is_guessed(mention: Mention, name: str) -> bool:
    """Whether a name is one by its looks alone, and stands for no record."""
    return mention.keys == (name.lower(),)


class Cast:
    """Actors of one text, read document by document in order."""

    def __init__(self, roles: Lexicon) -> None:
        self.roles = roles
        self._sides = _SIDES | (roles.nouns() - _ORGANS)
        self.actors: dict[str, _Actor] = {}
        self.relations: list[Relation] = []
        self.counts: Counter[str] = Counter()
        self._at: dict[tuple[int, int], tuple[str, ...]] = {}
        self._keys: dict[str, str] = {}
        self._nouns: defaultdict[str, list[str]] = defaultdict(list)
        self._subjects: list[str] = []
        self._others: list[str] = []

    def read(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        """Find the actors of a sentence. Mentions are in characters of the document."""
        named = {
            t.i: m
            for m in mentions
            if m.kind in TYPES
            for t in doc.char_span(m.start, m.end, alignment_mode="expand") or ()
        }
        for token in doc:
            ids = self._find(token, named)
            if not ids:
                continue
            self._at[id(doc), token.i] = ids
            if token.i in named and token.i + 1 in named and named[token.i] is named[token.i + 1]:
                continue  # count a name of several words once
            self.counts.update(ids)
            for one in ids:
                if one != WE:
                    (self._subjects if token.dep_ in ("nsubj", "nsubjpass") else self._others).append(one)
        for token in doc:
            self._relate(token)

    def at(self, token: Token) -> tuple[str, ...]:
        """The actors that a token names, else those that own what it names; empty for things that nobody owns."""
        own = self._at.get((id(token.doc), token.i))
        if own is None:
            own = self.owner(token)
        joined = tuple(x for c in children(token, "conj") if c.pos_ in ("NOUN", "PROPN", "PRON") for x in self.at(c))
        return tuple(dict.fromkeys((*own, *joined)))

    def is_actor(self, token: Token) -> bool:
        """Whether the token itself names an actor."""
        return (id(token.doc), token.i) in self._at

    def owner(self, token: Token) -> tuple[str, ...]:
        """Whose it is: "our", "Poland's", "Polish", "of Poland", "by Poland"."""
        if token.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ"):
            return ()
        for child in children(token, "poss", "amod", "compound", "nmod"):
            if found := self._at.get((id(token.doc), child.i)):
                return found
        for prep in children(token, "prep", "agent"):
            if prep.lower_ in ("of", "by", "between"):
                for noun in children(prep, "pobj"):
                    if found := self._at.get((id(token.doc), noun.i)):
                        return found
        return ()

    def principals(self) -> tuple[str, ...]:
        """The two whom the text is about: "we" and the other side, else the two named most; fewer when there are not two."""
        placed = {"ally-of-party", "patron", "mediator", "client", "Person", "domestic-opposition", "observer"}
        able = [x for x in self.actors if x not in (WE, BOTH)]
        order = sorted(
            able,
            key=lambda x: (
                bool(placed & self.actors[x].attributes),
                not _OTHER.search(x),
                -self.counts[x],
                able.index(x),
            ),
        )
        if WE in self.actors:
            return (WE, *order[:1])
        order.sort(key=lambda x: (bool(placed & self.actors[x].attributes), -self.counts[x], able.index(x)))
        return tuple(order[:2])

    def entities(self) -> tuple[CaseEntity, ...]:
        """All actors, in order of appearance."""
        return tuple(
            CaseEntity(x, a.name, "actor", tuple(sorted(a.attributes, key=lambda t: (t[0].islower(), t))), a.recorded)
            for x, a in self.actors.items()
            if x != BOTH
        )

    def _find(self, token: Token, named: dict[int, Mention]) -> tuple[str, ...]:
        if token.i in named:
            return (self._named(token, named[token.i]),)
        if token.lower_ in _FIRST and token.text != "US":
            return (self._add(WE, WE),)
        if token.lower_ in _THIRD:
            return self._antecedent(token) or ((self._add("they", "they"),) if token.lower_ in _THEY else ())
        if token.lower_ == "other" and token.dep_ == "nsubj" and "one-side" in self.actors:
            return (self._add("other-side", "the other side"),)
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.dep_ in ("compound", "amod", "npadvmod"):
            return ()
        word = lemma(token)
        if word in _ORGANS:
            owner = self.owner(token)
            if owner or word not in _SIDES:
                return owner or (self._noun(token) if token.dep_ in ("nsubj", "nsubjpass", "poss") else ())
        if word == "side" and children(token, "poss"):
            return self.owner(token)  # "time is on its side"
        return self._noun(token) if word in self._sides else ()

    def _named(self, token: Token, mention: Mention) -> str:
        known = next((self._keys[key] for key in mention.keys if key in self._keys), None)
        name = token.doc.text[mention.start : mention.end]
        one = known or self._add(_slug(mention.keys[0]) or mention.keys[0], name)
        for key in mention.keys:
            self._keys.setdefault(key, one)
        self.actors[one].attributes.add(TYPES[mention.kind])
        self.actors[one].recorded = not is_guessed(mention, name)
        return one

    def _noun(self, token: Token) -> tuple[str, ...]:
        """The actor of a role noun: the one met before by the same words, or by the same noun alone."""
        word = lemma(token)
        marks = [c.lower_ for c in token.children if c.dep_ in ("amod", "compound", "nummod") and not c.is_punct]
        if token.dep_ == "attr" and (said := self._subject(token)):
            self._describe(said, token)
            return (said,)
        determiners = {lemma(c) for c in children(token, "det", "nummod", "predet")}
        if "no" in determiners:
            return ()
        if determiners & _GROUP and word in ("side", "party", "state", "power", "country", "government", "nation"):
            return (self._add(BOTH, BOTH),)
        owner = next((x for c in children(token, "poss") for x in self._at.get((id(token.doc), c.i), ())), None)
        marks = sorted({*marks, *({"one"} & determiners)} - {"own", "old"})
        words = (["another"] if "another" in determiners else []) + marks + [word]
        phrase = " ".join([*([owner] if owner else []), *words])
        if phrase not in self.actors and self._nouns[word] and not marks and owner is None:
            return (self._nouns[word][-1],)
        named = ("det", "poss", "amod", "compound", "case", "nummod")
        name = " ".join(t.text for t in token.subtree if t is token or (t.i < token.i and t.dep_ in named))
        one = self._add(_slug(phrase), name.replace(" ’s", "’s").replace(" 's", "'s"))
        if one not in self._nouns[word]:
            self._nouns[word].append(one)
        self._describe(one, token)
        return (one,)

    def _describe(self, one: str, token: Token) -> None:
        words = [c for c in token.children if c.dep_ in ("amod", "compound")] + [token]
        found = {m.form.concept for m in self.roles.find(words) if token in m.tokens}
        self.actors[one].attributes |= found

    def _subject(self, token: Token) -> str | None:
        verb = token.head
        subjects = [x for c in children(verb, "nsubj") for x in self._at.get((id(token.doc), c.i), ())]
        return subjects[0] if len(subjects) == 1 and subjects[0] != BOTH and verb.lemma_ == "be" else None

    def _antecedent(self, token: Token) -> tuple[str, ...]:
        if (
            token.lower_ == "it"
            and token.dep_ == "nsubj"
            and token.head.lemma_ in ("be", "seem", "take")
            and (
                children(token.head, "ccomp", "xcomp")
                or any(lemma(c) in _IMPERSONAL for c in children(token.head, "acomp", "attr"))
            )
        ):
            return ()
        barred: set[str] = set()
        if token.dep_ in ("dobj", "pobj", "dative") and not token.lower_.endswith(("self", "selves")):
            subject, _ = subject_of(verb_of(token))
            barred = set(self._at.get((id(token.doc), subject.i), ())) if subject is not None else set()
        people = token.lower_ in ("he", "him", "his", "she", "her")
        before = [*self._others, *self._subjects]
        fits = [x for x in before if x not in barred and (not people or "Person" in self.actors[x].attributes)]
        fits = fits or [x for x in before if x not in barred]
        if token.lower_ in ("it", "its", "itself"):
            fits = [x for x in fits if x != BOTH and "Person" not in self.actors[x].attributes]
        return (fits[-1],) if fits else ()

    def _relate(self, token: Token) -> None:
        ids = self._at.get((id(token.doc), token.i), ())
        if not ids or token.pos_ not in ("NOUN", "PROPN", "ADJ") or lemma(token) not in self._sides:
            return
        for owner in self.owner(token):
            self._relate_to(owner, ids[0], token)

    def _relate_to(self, owner: str, one: str, token: Token) -> None:
        if owner == one or BOTH in (owner, one):
            return
        told = {m.form.concept for m in self.roles.find([token])}
        for role, (predicate, outwards) in _RELATIONS.items():
            if role in told:
                pair = (one, owner) if outwards else (owner, one)
                self.relations.append(Relation(predicate, *pair, token))
        if lemma(token) in _RIVALS:
            self.relations.append(Relation("rival-of", one, owner, token))

    def _add(self, one: str, name: str) -> str:
        self.actors.setdefault(one, _Actor(name))
        return one


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")
