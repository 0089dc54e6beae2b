"""Ways to break an episode, each with the rule it breaks and the property at fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Raw = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    name: str
    rule: str
    key: str
    apply: Callable[[Raw], object]


def _drop(*path: str | int) -> Callable[[Raw], object]:
    return lambda raw: _reach(raw, path[:-1]).pop(path[-1])


def _set(value: Any, *path: str | int) -> Callable[[Raw], object]:
    return lambda raw: _reach(raw, path[:-1]).__setitem__(path[-1], value)


def _reach(raw: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        raw = raw[step]
    return raw


FAULTS = [
    Fault("no-abstract", "min-count", "abstract", _drop("abstract")),
    Fault("short-abstract", "pattern", "abstract", _set("Two states quarrel.", "abstract")),
    Fault("long-abstract", "pattern", "abstract", _set("word " * 201, "abstract")),
    Fault("no-summary", "min-count", "summary", _drop("summary")),
    Fault("two-predicaments", "min-count", "predicaments", _drop("predicaments", 2)),
    Fault(
        "nine-predicaments",
        "max-count",
        "predicaments",
        _set([{"text": f"One thing, number {n}."} for n in "abcdefghi"], "predicaments"),
    ),
    Fault("no-phases", "min-count", "phases", _drop("phases")),
    Fault("one-party", "min-count", "parties", lambda raw: raw.update(parties=raw["parties"][:1])),
    Fault("party-without-role", "min-count", "role", _drop("parties", 0, "role")),
    Fault("party-in-unknown-role", "concept", "role", _set(["mediatress"], "parties", 0, "role")),
    Fault("party-of-two", "max-count", "actor", _set(["aldova", "borovia"], "parties", 0, "actor")),
    Fault("side-with-capital", "pattern", "side", _set("The Light", "parties", 0, "side")),
    Fault("party-without-source", "min-count", "cites", _drop("parties", 0, "cites")),
    Fault("seven-moves", "min-count", "moves", _drop("moves", 4)),
    Fault("move-without-actor", "min-count", "actor", _drop("moves", 1, "actor")),
    Fault("move-of-a-place", "class", "actor", _set(["saltmarsh"], "moves", 1, "actor")),
    Fault("move-without-kind", "min-count", "kind", _drop("moves", 1, "kind")),
    Fault("move-of-unknown-kind", "concept", "kind", _set("shout", "moves", 1, "kind")),
    Fault("move-about-no-issue", "reference", "issue", _set("fish", "moves", 0, "issue")),
    Fault("move-about-a-phase", "class", "issue", _set("winter-phase", "moves", 0, "issue")),
    Fault("move-with-obligor", "unknown-property", "obligor", _set("aldova", "moves", 0, "obligor")),
    Fault("move-without-text", "min-count", "text", _drop("moves", 1, "text")),
    Fault("leads-to-an-issue", "class", "event", _set("tolls", "moves", 0, "leads_to", 0, "event")),
    Fault("leads-to-nothing", "reference", "event", _set("nowhere", "moves", 0, "leads_to", 0, "event")),
    Fault("leads-nohow", "min-count", "how", _drop("moves", 0, "leads_to", 0, "how")),
    Fault("how-of-episodes", "concept", "how", _set("precedes", "moves", 0, "leads_to", 0, "how")),
    Fault("issue-without-topic", "min-count", "topic", _drop("issues", 0, "topic")),
    Fault("position-without-text", "min-count", "text", _drop("issues", 0, "positions", 0, "text")),
    Fault("meeting-without-level", "min-count", "level", _drop("meetings", 0, "level")),
    Fault("empty-meeting", "min-count", "participants", _drop("meetings", 0, "participants")),
    Fault(
        "attendance-as-position",
        "class",
        "positions",
        _set([{"type": "Attendance", "actor": "borovia"}], "issues", 0, "positions"),
    ),
    Fault("unsigned", "min-count", "signatories", _drop("agreements", 0, "signatories")),
    Fault("abstract-agreement", "abstract", "type", _set("Agreement", "agreements", 0, "type")),
    Fault("owed-by-nobody", "min-count", "obligor", _drop("commitments", 0, "obligor")),
    Fault("owed-by-a-stranger", "reference", "obligor", _set("ruritania", "commitments", 0, "obligor")),
    Fault("misspelt-obligee", "unknown-property", "oblige", _set("borovia", "commitments", 0, "oblige")),
    Fault("due-in-words", "datatype", "due", _set("1 June 1906", "commitments", 0, "due")),
    Fault("under-a-meeting", "class", "agreement", _set("signing", "commitments", 0, "agreement")),
    Fault("no-verification", "min-count", "verification", _drop("commitments", 0, "verification")),
    Fault("held-by-a-place", "class", "holder", _set("saltmarsh", "commitments", 0, "assessments", 0, "holder")),
    Fault("verdict", "concept", "verdict", _set("known", "commitments", 0, "assessments", 0, "verdict")),
    Fault("no-outcome", "min-count", "outcome", _drop("outcome")),
    Fault("outcome-known-when", "min-count", "known", _drop("outcome", "known")),
    Fault("no-signs", "min-count", "signs", _drop("failure_modes", 0, "signs")),
    Fault("empty-sign", "min-length", "signs", _set([""], "failure_modes", 0, "signs")),
    Fault("status-of-a-claim", "concept", "status", _set("known", "failure_modes", 0, "status")),
    Fault("response-without-effect", "min-count", "effect", _drop("failure_modes", 0, "responses", 0, "effect")),
    Fault("disputes-a-move", "class", "disputes", _set(["offer"], "claims", 1, "disputes")),
    Fault("about-nothing", "reference", "about", _set("fish", "claims", 1, "about")),
    Fault("related-to-a-state", "class", "episode", _set([{"episode": "aldova", "how": "precedes"}], "related")),
    Fault("two-sources", "min-count", "cites", _set(["ott-1950", "vale-1911"], "cites")),
    Fault("concept-of-context", "concept", "kind", _set("text", "moves", 1, "kind")),
]
