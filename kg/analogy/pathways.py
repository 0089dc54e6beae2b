"""How analogues failed or nearly failed, what was tried, and which promises were read as broken.

Everything is quoted from the records. Nothing is inferred about the reader's situation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.analogy.episodes import EpisodeRecord
from kg.analogy.evidence import Cell, Props, one_line

AT_RISK = frozenset({"not-kept", "partly-kept"})
STRUCK = "struck"


@dataclass(frozen=True)
class Tried:
    """A response, by whom, and how it fared (a term of response-effects)."""

    statement: Cell
    by: tuple[str, ...]
    effect: str


@dataclass(frozen=True)
class Instance:
    """A failure mode in one analogue: whether it struck or threatened, its early signs, and what was tried."""

    episode: str
    name: str
    rank: int
    statement: Cell
    status: str
    of: tuple[str, ...]
    signs: tuple[str, ...]
    tried: tuple[Tried, ...]


@dataclass(frozen=True)
class Pathway:
    """A failure mode and where among the analogues it was seen; `struck` counts analogues in which it struck."""

    mode: str
    seen: int
    struck: int
    n: int
    instances: tuple[Instance, ...]


@dataclass(frozen=True)
class ReadingOf:
    """How somebody, an actor or an author, read the performance of a commitment."""

    statement: Cell
    holder: str
    verdict: str


@dataclass(frozen=True)
class Promise:
    """A commitment of an analogue with every reading of how it was kept."""

    episode: str
    name: str
    statement: Cell
    obligors: tuple[str, ...]
    obligees: tuple[str, ...]
    verification: str
    sequence: str
    readings: tuple[ReadingOf, ...]


@dataclass(frozen=True)
class Risk:
    """A kind of commitment: how many of the analogues' were assessed, and those that somebody read as not or partly kept."""

    kind: str
    at_risk: int
    assessed: int
    promises: tuple[Promise, ...]


def trace_failures(records: Sequence[EpisodeRecord]) -> tuple[Pathway, ...]:
    """Failure modes of records that stand in order of nearness: those that struck most often first, then the nearest."""
    found: defaultdict[str, list[Instance]] = defaultdict(list)
    for rank, record in enumerate(records, 1):
        for props in record.of("FailureMode"):
            found[props["mode"]].append(_read_instance(record, rank, props))
    pathways = [
        Pathway(
            mode, len({i.episode for i in seen}), len({i.episode for i in seen if i.status == STRUCK}), len(records),
            tuple(seen),
        )
        for mode, seen in found.items()
    ]  # fmt: skip
    return tuple(sorted(pathways, key=lambda p: (-p.struck, -p.seen, p.instances[0].rank, p.mode)))


def find_risks(records: Sequence[EpisodeRecord]) -> tuple[Risk, ...]:
    """Kinds of commitments that somebody read as not or partly kept, the most frequent first, with all readings."""
    promises: defaultdict[str, list[Promise]] = defaultdict(list)
    for record in records:
        for props in record.of("Commitment"):
            promise = _read_promise(record, props)
            if promise.readings:
                promises[props["kind"]].append(promise)
    risks = []
    for kind, assessed in promises.items():
        doubtful = tuple(p for p in assessed if any(r.verdict in AT_RISK for r in p.readings))
        if doubtful:
            risks.append(Risk(kind, len(doubtful), len(assessed), doubtful))
    return tuple(sorted(risks, key=lambda risk: (-risk.at_risk, -risk.at_risk / risk.assessed, risk.kind)))


def _read_instance(record: EpisodeRecord, rank: int, props: Props) -> Instance:
    tried = tuple(
        Tried(record.cell(r), _names(record, r["id"], "BY"), str(r["effect"]))
        for r in record.children(props["id"], "HAS_RESPONSE")
    )
    return Instance(
        record.id, record.name, rank, record.cell(props, "mode"), str(props["status"]),
        _names(record, props["id"], "BY"), tuple(one_line(sign) for sign in props.get("signs") or ()), tried,
    )  # fmt: skip


def _read_promise(record: EpisodeRecord, props: Props) -> Promise:
    readings = tuple(
        ReadingOf(record.cell(a, "verdict"), ", ".join(_names(record, a["id"], "HELD_BY")), str(a["verdict"]))
        for a in record.children(props["id"], "HAS_ASSESSMENT")
    )
    return Promise(
        record.id, record.name, record.cell(props, "kind"), _names(record, props["id"], "OWED_BY"),
        _names(record, props["id"], "OWED_TO"), str(props["verification"]), str(props["sequence"]), readings,
    )  # fmt: skip


def _names(record: EpisodeRecord, id: str, type: str) -> tuple[str, ...]:
    return tuple(link.name for link in record.far(id, type))
