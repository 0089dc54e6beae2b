"""Situations with the precedent that was drawn, from a register of analogies or from a file of JSON lines.

A record of the register gives two situations: `situation` as somebody would paste it, and `situation_abstract`, free of
names. The register is read in two halves (`find_half`). Each situation is asked with the episode that it is a part of left
out, and with nothing that ended later than the day on which the analogy was drawn.

A line of a JSONL file is an object with `id`, `text` and `precedent` (an id, or a list of ids, of which any counts as found) and,
if wanted, `form` (a word; lines are reported by form), `before` (a day), `exclude` (ids that may not be proposed) and `half`
(a word, such as `held-out`; reported apart). Other keys are left alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg.analogy.index import EpisodeIndex
from kg.analogy.similar import Query, find_allowed
from kg.errors import DateError, UsageError, ValidationError
from kg.model.dates import parse_date
from kg.model.records import Record, read_records

NAME_FREE, AS_PASTED, AS_GIVEN = "name-free", "as-pasted", "as-given"
TUNE, HELD_OUT = "tune", "held-out"
# What the register must say of an analogy for it to be asked, beside the precedent.
_TOLD = ("date", "situation", "situation_abstract")


@dataclass(frozen=True)
class Situation:
    """A text, and the episodes any of which is the precedent asked for.

    `exclude` are episodes that may not be proposed; with `before` nothing that had not ended by that day is.
    `precedent_name` is what the precedent is called where it has no record.
    """

    id: str
    text: str
    precedents: tuple[str, ...]
    form: str = AS_GIVEN
    half: str = ""
    before: date | None = None
    exclude: frozenset[str] = frozenset()
    precedent_name: str = ""

    @property
    def query(self) -> Query:
        """What the search is asked."""
        return Query(self.text, before=self.before, exclude=self.exclude)


@dataclass(frozen=True)
class Unsearchable:
    """A situation that cannot be found by anybody: its precedent is not among the episodes that may be proposed."""

    id: str
    form: str
    precedent: str
    reason: str


def read_situations(path: Path) -> list[Situation]:
    """Situations from a folder of records or a JSONL file. Raises UsageError or ValidationError, with file and line."""
    if not path.exists():
        raise UsageError(f"there is nothing at {path}: name a folder of records or a JSONL file of situations")
    return _read_folder(path) if path.is_dir() else _read_lines(path)


def register_situations(uses: Iterable[Mapping[str, Any]]) -> list[Situation]:
    """Both forms of each analogy, as dicts with the keys of an AnalogyUse record."""
    found: list[Situation] = []
    for use in uses:
        episode = use.get("situation_episode")
        for form, key in ((NAME_FREE, "situation_abstract"), (AS_PASTED, "situation")):
            found.append(
                Situation(
                    id=use["id"],
                    text=" ".join(str(use[key]).split()),
                    precedents=(use["precedent"],) if use.get("precedent") else (),
                    form=form,
                    half=find_half(use),
                    before=_first_day(str(use["date"])),
                    exclude=frozenset([episode] if episode else []),
                    precedent_name=str(use.get("precedent_name") or ""),
                )
            )
    return found


def find_half(use: Mapping[str, Any]) -> str:
    """The half of the register to which an analogy belongs: `tune`, from which the adapter was learned, or `held-out`.

    Analogies about the same episode of ours, or else drawn in the same year, are in the same half.
    """
    matter = str(use.get("situation_episode") or str(use["date"])[:4])
    return TUNE if hashlib.sha256(matter.encode()).digest()[0] % 2 else HELD_OUT


def set_apart(situations: Iterable[Situation], index: EpisodeIndex) -> tuple[list[Situation], tuple[Unsearchable, ...]]:
    """Those that can be found, and those that cannot, each with the reason."""
    known = {entry.id for entry in index.entries}
    able: list[Situation] = []
    unable: list[Unsearchable] = []
    for situation in situations:
        held = known.intersection(situation.precedents)
        if held & {index.entries[i].id for i in find_allowed(situation.query, index).nonzero()[0].tolist()}:
            able.append(situation)
            continue
        reason = (
            "not an episode of the corpus" if not held
            else "the situation itself, or a part of it" if held <= situation.exclude
            else "had not ended at the cut-off"
        )  # fmt: skip
        named = ", ".join(situation.precedents) or situation.precedent_name or "not named"
        unable.append(Unsearchable(situation.id, situation.form, named, reason))
    return able, tuple(unable)


def _first_day(edtf: str) -> date | None:
    """The first day of a date; None before Christ and where it is unknown."""
    low = parse_date(edtf).low
    return date(*low) if low is not None and low[0] >= 1 else None


def _read_folder(folder: Path) -> list[Situation]:
    records, problems = read_records(folder)
    if problems:
        raise ValidationError("\n".join(str(problem) for problem in problems))
    uses = [record for record in records if record.type == "AnalogyUse"]
    if not uses:
        raise UsageError(f"no analogy (type AnalogyUse) among the {len(records)} records in {folder}")
    for record in uses:
        _check(record)
    return register_situations(record.data for record in uses)


def _check(record: Record) -> None:
    for key in _TOLD:
        if not isinstance(record.data.get(key), str):
            raise UsageError(f"{record.file}:{max(record.line((key,)), 1)}: an analogy needs {key!r}, as text")
    try:
        parse_date(record.data["date"])
    except DateError as error:
        raise UsageError(f"{record.file}:{max(record.line(('date',)), 1)}: {error}") from None


def _read_lines(file: Path) -> list[Situation]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {file}: {error}") from None
    found: dict[tuple[str, str], Situation] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            situation = _read_line(line)
        except _Fault as fault:
            raise UsageError(f"{file}:{number}: {fault}") from None
        if (situation.id, situation.form) in found:
            raise UsageError(f"{file}:{number}: {situation.id!r} has a {situation.form} text already")
        found[situation.id, situation.form] = situation
    if not found:
        raise UsageError(f"{file} holds no situations: write one JSON object a line, with id, text and precedent")
    return list(found.values())


class _Fault(ValueError):
    """What is wrong with a line."""


def _read_line(line: str) -> Situation:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise _Fault(f"not JSON ({error.msg}, column {error.colno})") from None
    if not isinstance(value, dict):
        raise _Fault("a line is an object with id, text and precedent")
    for key in ("id", "text"):
        if not isinstance(value.get(key), str) or not value[key].strip():
            raise _Fault(f'"{key}" is missing, or no text')
    for key in ("form", "half"):
        if not isinstance(value.get(key, ""), str):
            raise _Fault(f'"{key}" is a word')
    precedents = _read_ids(value, "precedent")
    if not precedents:
        raise _Fault('"precedent" is missing: give the id of an episode, or a list of ids')
    return Situation(
        value["id"], value["text"], precedents, value.get("form") or AS_GIVEN, value.get("half", ""),
        _read_day(value.get("before")), frozenset(_read_ids(value, "exclude")),
    )  # fmt: skip


def _read_ids(value: Mapping[str, Any], key: str) -> tuple[str, ...]:
    ids = value.get(key)
    ids = [] if ids is None else [ids] if isinstance(ids, str) else ids
    if not isinstance(ids, list) or not all(isinstance(id, str) and id for id in ids):
        raise _Fault(f'"{key}" is an id, or a list of ids')
    return tuple(ids)


def _read_day(value: object) -> date | None:
    if value is None:
        return None
    try:
        day = _first_day(value) if isinstance(value, str) else None
    except DateError:
        day = None
    if day is None:
        raise _Fault('"before" is a day as text: YYYY-MM-DD, YYYY-MM or YYYY')
    return day
