"""What a brief is made of. All of it is frozen and turns into plain values with `Brief.to_dict`.

*Here* is the reader's situation, *there* the analogue. Statements are `Cell`s, quoted from the record with their node and
sources; a cell whose id begins with `query/` quotes the reader's own text, and with `query/reader/` says what the reader
vouches for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kg.analogy.brief.analogue import Analogue
from kg.analogy.drawn import LikeSituation
from kg.analogy.evidence import Cell, Cite
from kg.analogy.outcomes import Difference, ReferenceClass
from kg.analogy.pathways import Pathway, ReadingOf, Risk
from kg.analogy.principals import LeftOut

QUERY = "query/"
READERS = QUERY + "reader/"
SURFACE_TRAP, DISTANT = "surface-trap", "distant-analogue"


@dataclass(frozen=True)
class Feature:
    """A kind of coded fact that one of two episodes has and the other has not.

    `with_other` of `of_other` episodes that ended as the counter-case did have it, `with_same` of `of_same` that
    ended as the leading analogue did. `here` says whether the situation has it, None where it was not read.
    """

    scheme: str
    term: str
    statements: tuple[Cell, ...]
    with_other: int
    of_other: int
    with_same: int
    of_same: int
    here: bool | None
    months: int | None


@dataclass(frozen=True)
class CounterCase:
    """An episode that is near and ended otherwise than the leading analogue, with the least difference in coded facts.

    `present` are kinds of facts that it has and the leading analogue has not, `absent` the reverse; `shared` and
    `differing` count kinds.
    """

    id: str
    title: str
    period: str
    rank: int
    lead: str
    lead_title: str
    differences: tuple[Difference, ...]
    ending: Cell
    codes: tuple[str, ...]
    present: tuple[Feature, ...]
    absent: tuple[Feature, ...]
    shared: int
    differing: int


@dataclass(frozen=True)
class DrawnAnalogy:
    """An analogy that somebody drew, and how it fared.

    `relation` is `here` when it was drawn about the situation itself, `like` when in a situation whose text is like the
    reader's, as `like` says, `precedent` when it invokes one of the analogues, `situation` when one of them was the situation.
    `ending_codes` are those of the situation, where it is an episode; `reviewed` says what a second reading saw of the words.
    """

    statement: Cell
    name: str
    drawn_by: tuple[str, ...]
    relation: str
    precedent: str
    precedent_name: str
    situation: str
    situation_name: str
    stance: str
    purposes: tuple[str, ...]
    judgements: tuple[ReadingOf, ...]
    ending_codes: tuple[str, ...]
    like: LikeSituation | None = None
    reviewed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tripwire:
    """A check: whether something holds here. `speaks_for` is the episode whose ending it would bring nearer.

    `source` is `counter-case` or `consequence`; `months` counts from the start of the episode to the day on which the
    fact was known there, None where the record does not date it. Of a consequence, `because` is what led to it there,
    and `like` the fact here that corresponds to that.
    """

    source: str
    statement: Cell
    term: str
    speaks_for: str
    speaks_for_title: str
    against: str
    against_title: str
    months: int | None
    here: bool | None
    because: Cell | None = None
    like: Cell | None = None


@dataclass(frozen=True)
class Trial:
    """One thing left out and the ranks after: of each analogue by id, and how many are still among the first k.

    `look` says which ranks: `all` together, or `structural` or `facet` alone, where rank 0 means not compared.
    """

    look: str
    kind: str
    left_out: str
    ranks: Mapping[str, int]
    stay: int
    leader: str
    leader_title: str


@dataclass(frozen=True)
class Reliance:
    """A work on which statements about an analogue rest, and how many rest on it alone."""

    episode: str
    title: str
    source: str
    alone: int
    cited: int
    statements: int


@dataclass(frozen=True)
class Flip:
    """A contested statement of an episode read the other way, as not so.

    `readings` are the claims about it, with their holders; none where the record only marks it contested. `ranks` are those of
    the analogues after it, by look (all, structural, facet) and id, 0 where a look was not taken; `moved` are the
    analogues of which any rank is another than before.
    """

    episode: str
    title: str
    fact: Cell
    readings: tuple[ReadingOf, ...]
    ranks: Mapping[str, Mapping[str, int]]
    moved: tuple[str, ...]


@dataclass(frozen=True)
class Disputes:
    """Contested statements in play: `found` of them, the first of which were read the other way.

    `beside` counts contested claims on which no compared fact rests. `ranks` are those before.
    """

    flips: tuple[Flip, ...]
    found: int
    beside: int
    ranks: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Robustness:
    """How ranks move when something is left out or read the other way, and what rests on one work alone.

    `disputes` is None where no facts were compared.
    """

    trials: tuple[Trial, ...]
    reliance: tuple[Reliance, ...]
    disputes: Disputes | None = None


@dataclass(frozen=True)
class Player:
    """An actor of the reader's text with the roles that it was taken to have."""

    id: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """A fact read off the reader's text, in names. `passage` quotes what it rests on and says how firm it is;
    `clause` is the part of it that tells the fact, "" where that does not stand in one piece.

    `read` says by what: words of the field, the meaning of the clause, or the reader; `modality` that the text says so of
    what may, should or would be; `inferred` that the text leaves out towards whom.
    """

    id: str
    scheme: str
    term: str
    who: tuple[str, ...]
    whom: tuple[str, ...]
    about: tuple[str, ...]
    passage: Cell
    clause: str
    read: str
    modality: str
    inferred: bool


@dataclass(frozen=True)
class Situation:
    """What was read off the reader's text."""

    players: tuple[Player, ...]
    facts: tuple[Statement, ...]


@dataclass(frozen=True)
class Replay:
    """Everything needed to make the same brief again. `corrections` are those that the reader made to the facts read."""

    query: Mapping[str, Any]
    data_version: str
    model: str
    k: int
    pool: int
    up_to_rank: int
    name_density: float
    channel_weights: Mapping[str, float]
    look_weights: Mapping[str, float]
    facet_weights: Mapping[str, float]
    corrections: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Limits:
    """What the corpus is, and what was not compared: `missing` are codes that the renderings put into words.

    `left_out` are episodes whose actors are those of the situation, when the reader wants different ones; `named_out` those
    that the reader left out by name.
    """

    considered: int
    corpus: int
    pool: int
    aligned: int
    missing: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()
    named_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class Brief:
    """A situation's analogues. `works` are the properties of every work cited, by id.

    `situation` is what was read off a text, None of an episode or where nothing was read.
    """

    title: str
    replay: Replay
    analogues: tuple[Analogue, ...]
    distant: tuple[Analogue, ...]
    reference: ReferenceClass
    counter_cases: tuple[CounterCase, ...]
    pathways: tuple[Pathway, ...]
    commitments: tuple[Risk, ...]
    drawn: tuple[DrawnAnalogy, ...]
    tripwires: tuple[Tripwire, ...]
    robustness: Robustness
    limits: Limits
    works: Mapping[str, Mapping[str, Any]]
    situation: Situation | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain values: mappings, lists, texts, numbers, None."""
        return _plain(asdict(self))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def list_cites(value: Any) -> list[Cite]:
    """Every citation in a part of a brief, in the order in which it is read."""
    if isinstance(value, Cite):
        return [value]
    if isinstance(value, Mapping):
        return [cite for inner in value.values() for cite in list_cites(inner)]
    if isinstance(value, list | tuple):
        return [cite for inner in value for cite in list_cites(inner)]
    return [c for name in getattr(value, "__dataclass_fields__", ()) for c in list_cites(getattr(value, name))]
