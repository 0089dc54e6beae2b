"""Crises and actors of ICB as coded cases, cut off at their trigger, and how they ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.sources.icb.facts import read_entities, read_facts
from ingest.sources.icb.history import Episode, History, dyads_of
from ingest.sources.icb.summary import outbreak_actors, summarize_actors
from ingest.sources.icb.table import IcbRow, read_table
from ingest.sources.icb.timing import first_day, last_day, years_after
from ingest.sources.icb.variables import (
    ACTOR_COLUMNS,
    ACTOR_CONTENT,
    ACTOR_FORM,
    ACTOR_VARIABLES,
    CONTENT,
    CRISIS_COLUMNS,
    CRISIS_VARIABLES,
    FORM,
    TENSION,
    VIOLENCE,
    Variable,
)
from kg.analogy.case import ICB, Case
from kg.analogy.outcome_skill import CodedEnding
from kg.errors import RecordError

CRISES, ACTORS = "icb1v13.csv", "icb2v13.csv"
AGREED = frozenset({FORM[1], FORM[2], FORM[3]})
ENTITIES = {995: "internal", 996: "non-state", 997: "several-states"}
# Above this number a protracted conflict is only a region's remainder.
LAST_CONFLICT = 39


@dataclass(frozen=True)
class IcbCorpus:
    """Crises (one case each, `icb-12`) and their actors (one case each, `icb-actor-34`) with endings by the case's id."""

    crises: list[Case]
    actors: list[Case]
    endings: dict[str, CodedEnding]


def read_icb_folder(folder: Path) -> IcbCorpus:
    """The corpus of a folder that holds icb1v13.csv and icb2v13.csv. Raises RecordError."""
    return read_icb(folder / CRISES, folder / ACTORS)


def read_icb(system_csv: Path, actors_csv: Path) -> IcbCorpus:
    """Read both files. Cases are in order of trigger and hold only what their variables say of that time.

    Rows of a crisis without a trigger are left out: version 13 keeps one that was never coded. Raises RecordError, which
    names file, line and column.
    """
    crises = {row.read_id("crisno"): row for row in read_table(system_csv, CRISIS_COLUMNS)}
    rows = [row for row in read_table(actors_csv, ACTOR_COLUMNS) if row.values["yrtrig"].strip()]
    by_crisis: defaultdict[int, list[IcbRow]] = defaultdict(list)
    for row in rows:
        number = row.read_id("crisno")
        if number not in crises:
            raise row.fail("crisno", f"{number} is no crisis of {system_csv}; name files of the same version")
        by_crisis[number].append(row)
    coded = sorted(
        (row for row in crises.values() if row.values["yrtrig"].strip()),
        key=lambda row: (first_day(row, "trig"), row.read_id("crisno")),
    )
    history = History([_read_episode(row, by_crisis[row.read_id("crisno")]) for row in coded])
    codes = {row.read_id("cracid"): row.read_text("actor") for row in rows}
    cases, endings = [], {}
    for row in coded:
        actors = by_crisis[row.read_id("crisno")]
        if not actors:
            raise row.fail("crisno", f"has no actor in {actors_csv}; name files of the same version")
        case = _read_crisis(row, actors, history, codes)
        cases.append(case)
        endings[case.id] = _read_ending(case.id, row, "forout", FORM, "subout", CONTENT)
    actor_cases = [_read_actor(row, codes) for row in rows]
    for case, row in zip(actor_cases, rows, strict=True):
        endings[case.id] = _read_ending(case.id, row, "outfor", ACTOR_FORM, "outcom", ACTOR_CONTENT)
    if len(endings) != len(cases) + len(actor_cases):
        raise RecordError(f"{actors_csv} gives a number cracno twice; use the file as ICB publishes it")
    return IcbCorpus(cases, actor_cases, endings)


def _read_episode(row: IcbRow, actors: Iterable[IcbRow]) -> Episode:
    conflict = row.read_number("pcid")
    return Episode(
        number=row.read_id("crisno"),
        began=first_day(row, "trig"),
        ended=last_day(row, "term"),
        conflict=conflict if conflict is not None and conflict <= LAST_CONFLICT else None,
        dyads=tuple((first_day(actor, "trig"), dyads_of(actor)) for actor in actors),
        violence=row.read_code("viol", VIOLENCE),
        agreed=_is_in(row.read_code("forout", FORM), AGREED),
        definitive=_is_in(row.read_code("subout", CONTENT), frozenset({"definitive"})),
    )


def _read_crisis(row: IcbRow, actors: list[IcbRow], history: History, codes: Mapping[int, str]) -> Case:
    number = row.read_id("crisno")
    present = outbreak_actors(row, actors)
    coded = {
        **_read_variables(row, CRISIS_VARIABLES),
        "triggered_by": _read_trigger_entity(row),
        **summarize_actors(present),
        **history.before(number, frozenset().union(*(dyads_of(actor) for actor in present))),
    }
    return Case(
        id=f"icb-{number}",
        title=row.read_text("crisname"),
        origin=ICB,
        entities=read_entities(present, codes),
        facts=read_facts(f"icb-{number}", present, codes),
        cutoff=first_day(row, "trig").isoformat(),
        coded={key: value for key, value in coded.items() if value is not None},
    )


def _read_actor(row: IcbRow, codes: Mapping[int, str]) -> Case:
    id = f"icb-actor-{row.read_id('cracno')}"
    coded = {**_read_variables(row, ACTOR_VARIABLES), "triggered_by": _read_trigger_entity(row)}
    return Case(
        id=id,
        title=f"{row.read_text('crisname')}: {row.read_text('actor')}",
        origin=ICB,
        entities=read_entities([row], codes),
        facts=read_facts(id, [row], codes),
        cutoff=first_day(row, "trig").isoformat(),
        coded={key: value for key, value in coded.items() if value is not None},
    )


def _read_variables(row: IcbRow, variables: Iterable[Variable]) -> dict[str, object]:
    return {variable.key: variable.read(row) for variable in variables}


def _read_trigger_entity(row: IcbRow) -> str | None:
    entity = row.read_number("trigent")
    return None if entity is None else ENTITIES.get(entity, "state")


def _read_ending(
    id: str, row: IcbRow, form: str, forms: Mapping[int, str], content: str, contents: Mapping[int, str]
) -> CodedEnding:
    """The four targets. Recurrence can be known five years after the end; where the end is missing, nothing can."""
    how = row.read_code(form, forms)
    tension = row.read_code("outesr", TENSION)
    violence = row.read_code("viol", VIOLENCE)
    ended = last_day(row, "term")
    outcomes = {
        "recurrence": _is_in(tension, frozenset({"recurred"})),
        "agreement": _is_in(how, AGREED),
        "definitive": _is_in(row.read_code(content, contents), frozenset({"definitive"})),
        "war": _is_in(violence, frozenset({VIOLENCE[4]})),
    }
    return CodedEnding(
        case=id,
        outcomes=outcomes,
        known=ended.isoformat() if ended else None,
        recurrence_known=years_after(ended, 5).isoformat() if ended else None,
        text=f"Ended by {how or 'an unknown form'}; violence: {(violence or 'unknown').replace('-', ' ')}.",
    )


def _is_in(value: str | None, yes: frozenset[str]) -> bool | None:
    return None if value is None else value in yes
