"""From a reader's text to a case whose every fact is presumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from kg.analogy.case import TEXT, Case, CaseEntity, Fact, FactLink
from kg.analogy.encode import TextEncoder, Vectors
from kg.analogy.mask import Masker
from kg.analogy.provisional.cast import Cast, is_guessed
from kg.analogy.provisional.facts import Draft, Lexicons, complete, draft_facts, is_real
from kg.analogy.provisional.lexicon import Lexicon
from kg.analogy.provisional.links import find_links
from kg.analogy.provisional.parse import Clause, Parser, is_loud, strip_markup, subject_of
from kg.analogy.reading import check_text
from kg.analogy.sentences import split_sentences
from kg.model.ontology import Concept, Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc

EVENTS = ("move-kinds", "circumstances")
# Cosine of a clause with a concept from which on the concept is presumed. On 529 coded facts of 20 episodes the nearest
# concept was the coded one in 18 per cent of all, and in 16 of the 31 that reached this.
ALIKE = 0.5


class CaseReader:
    """Reads texts into provisional cases. The models are loaded and the concepts encoded at the first text."""

    def __init__(self, masker: Masker, encoder: TextEncoder | None, ontology: Ontology) -> None:
        """Without an encoder only words are matched, not meanings."""
        self.masker, self.encoder, self.ontology = masker, encoder, ontology
        self.parser = Parser()
        self.lexicons = Lexicons(
            Lexicon(ontology, EVENTS), Lexicon(ontology, ["issue-topics"]), Lexicon(ontology, ["commitment-kinds"])
        )
        self.roles = Lexicon(ontology, ["party-roles"])

    def read(self, text: str) -> Case:
        """The case of a text, its facts in the order of the text. Raises UsageError when the text has no words."""
        plain = strip_markup(text)
        check_text(plain)
        sentences = split_sentences(plain)
        docs = self.parser.parse(sentences)
        mentions = self.masker.find("\n".join(sentences))
        cast = Cast(self.roles)
        start = 0
        drafts: list[Draft] = []
        silent: list[tuple[int, Clause]] = []
        topics: list[str] = []
        for number, (sentence, doc) in enumerate(zip(sentences, docs, strict=True)):
            end = start + len(sentence)
            own = [m for m in mentions if start <= m.start and m.end <= end]
            if is_loud(sentence):  # in capitals every run of words looks like a name: only known ones count
                own = [m for m in own if not is_guessed(m, sentence[m.start - start : m.end - start])]
            cast.read(doc, [replace(m, start=m.start - start, end=m.end - start) for m in own])
            start = end + 1
            found, unread, named = draft_facts(doc, number, cast, self.lexicons)
            drafts += found
            silent += [(number, clause) for clause in unread]
            topics += named
        drafts += self._read_meanings(silent, cast)
        return self._assemble(text, sentences, complete(drafts, cast), cast, docs, topics)

    def _read_meanings(self, silent: Sequence[tuple[int, Clause]], cast: Cast) -> list[Draft]:
        """Clauses without a word of the field, by the concept whose definition and example they come nearest to."""
        told: list[tuple[int, Clause, tuple[str, ...]]] = []
        for number, clause in silent:
            subject, _ = subject_of(clause.head)
            actors = cast.at(subject) if subject is not None else ()
            if actors and is_real([clause.head]):
                told.append((number, clause, actors))
        if not told or self.encoder is None:
            return []
        scores = self.encoder.encode([clause.text for _, clause, _ in told]) @ self._meanings.T
        drafts: list[Draft] = []
        for (number, clause, actors), row in zip(told, scores, strict=True):
            best = int(np.argmax(row))
            if row[best] < ALIKE:
                continue
            concept = self._concepts[best]
            targets = tuple(dict.fromkeys(x for t in clause.tokens for x in cast.at(t) if x not in actors))[:1]
            drafts.append(
                Draft(concept.scheme, concept.id, actors, targets, (), clause.text, number, (clause.head,), clause.head,
                      read="meaning")
            )  # fmt: skip
        return drafts

    @cached_property
    def _concepts(self) -> list[Concept]:
        return [c for scheme in EVENTS for c in self.ontology.schemes[scheme].concepts.values() if c.forms]

    @cached_property
    def _meanings(self) -> Vectors:
        assert self.encoder is not None
        return self.encoder.encode([f"{c.label}: {c.definition} {c.example}" for c in self._concepts])

    def _assemble(
        self,
        text: str,
        sentences: Sequence[str],
        drafts: Sequence[Draft],
        cast: Cast,
        docs: Sequence[Doc],
        topics: Sequence[str],
    ) -> Case:
        facts = tuple(_fact(f"fact-{n}", d, sentences[d.sentence]) for n, d in enumerate(drafts, 1))
        links = tuple(FactLink(kind, facts[a].id, facts[b].id) for kind, a, b in find_links(docs, drafts))
        used = [t for d in drafts for t in (*d.topics, *((d.predicate,) if d.scheme == "issue-topics" else ()))]
        issues = tuple(
            CaseEntity(f"issue-{t}", self.ontology.concepts[t].label, "issue", (t,))
            for t in dict.fromkeys([*topics, *used])
        )
        title = sentences[0] if len(sentences[0]) <= 80 else sentences[0][:79].rsplit(" ", 1)[0] + "…"
        return Case("text", title, TEXT, (*cast.entities(), *issues), facts, links)


def provisional_case(text: str, masker: Masker, encoder: TextEncoder | None, ontology: Ontology) -> Case:
    """The case that a text suggests; see `CaseReader`. The reader for these three is kept for the next text."""
    return _reader(masker, encoder, ontology).read(text)


@lru_cache(maxsize=4)
def _reader(masker: Masker, encoder: TextEncoder | None, ontology: Ontology) -> CaseReader:
    return CaseReader(masker, encoder, ontology)


def _fact(id: str, draft: Draft, passage: str) -> Fact:
    who, whom = {"issue-topics": ("holder", ""), "commitment-kinds": ("obligor", "obligee")}.get(
        draft.scheme, ("actor", "target")
    )
    roles = [(who, x) for x in draft.actors] + [(whom, x) for x in draft.targets if whom]
    roles += [("issue", f"issue-{t}") for t in draft.topics]
    details = [("modality", draft.modality)] if draft.modality else []
    details += [("inferred", whom)] if draft.guessed else []
    details += [("read", draft.read)]
    return Fact(id, draft.scheme, draft.predicate, tuple(roles), draft.text, status="presumed", passage=passage,
                details=tuple(details))  # fmt: skip
