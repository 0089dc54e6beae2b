"""Cases: the typed facts of an episode, or of a reader's situation, that analogies are drawn on.

A case holds entities (actors, issues), facts with role arguments (who wants, offers, threatens, protects whom about
what) and higher-order links between facts (causes, enables, prevents, provokes, precedes). Facts of the outcome are never
among them: they stand apart in `Ending`. Every fact says how firm it is, when it held, from when it could be known, and on
what it rests, so that a cut-off shows only what was known then.

The representation follows Gentner's structure mapping: attributes of entities, first-order relations between entities,
higher-order relations between relations (D. Gentner, "Structure-mapping", Cognitive Science 7, 1983).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CURATED, TEXT, ICB = "curated", "text", "icb"
READER = "reader"  # what the detail "read" says of a fact that the reader vouches for


@dataclass(frozen=True)
class CaseEntity:
    """Somebody or something that facts are about. `attributes` are terms: its class and its roles in the case.

    `recorded` is False of one whom only a text names, so that nothing but the name is known of him.
    """

    id: str
    name: str
    kind: str  # actor, issue, commitment
    attributes: tuple[str, ...] = ()
    recorded: bool = True


@dataclass(frozen=True)
class Fact:
    """One typed fact.

    `predicate` is a term of the vocabulary `scheme` (move-kinds, circumstances, issue-topics for positions,
    commitment-kinds, meeting-levels), or "incident" of the scheme "incidents". `roles` pairs a role (actor, target,
    issue, obligor, obligee, holder, participant) with an entity's id; a role may occur more than once. `date` is EDTF;
    `known` the ISO day from which it could be known, None when from the start.
    `status` is a term of claim-statuses. `sources` are ids of works; a fact read off a text has `passage` instead.
    `details` are further terms and texts by key: of a commitment its sequence, verification, condition and deadline.
    """

    id: str
    scheme: str
    predicate: str
    roles: tuple[tuple[str, str], ...]
    text: str
    date: str | None = None
    known: str | None = None
    status: str = "known"
    sources: tuple[str, ...] = ()
    passage: str = ""
    details: tuple[tuple[str, str], ...] = ()

    def fillers(self, role: str) -> tuple[str, ...]:
        """Entities in a role."""
        return tuple(entity for name, entity in self.roles if name == role)

    @property
    def by_reader(self) -> bool:
        """Whether the reader vouches for a fact that was read off a text."""
        return ("read", READER) in self.details


@dataclass(frozen=True)
class FactLink:
    """A higher-order relation: one fact causes, enables, prevents, provokes or precedes another."""

    kind: str
    source: str
    target: str


@dataclass(frozen=True)
class Case:
    """What is known of a situation at its cut-off. Facts are in order of date, undated ones first."""

    id: str
    title: str
    origin: str  # curated, text, icb
    entities: tuple[CaseEntity, ...]
    facts: tuple[Fact, ...]
    links: tuple[FactLink, ...] = ()
    cutoff: str | None = None
    coded: Mapping[str, object] = field(default_factory=dict, hash=False)  # values that a source codes directly (ICB)

    def entity(self, id: str) -> CaseEntity:
        """The entity of that id; KeyError if there is none."""
        for entity in self.entities:
            if entity.id == id:
                return entity
        raise KeyError(id)


@dataclass(frozen=True)
class Ending:
    """How a case ended, kept apart from it: codes of the vocabulary `outcomes`, and from when that could be known."""

    case: str
    codes: tuple[str, ...]
    text: str
    known: str
    sources: tuple[str, ...] = ()
