"""Rules beyond the shapes: what a careful editor would ask of a record that is formally correct.

Each rule yields (path, severity, rule, message). Where a date is approximate or uncertain, an error becomes a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kg.errors import DateError
from kg.model.dates import DateSpan, parse_date
from kg.model.lint_corpus import Corpus
from kg.model.lint_texts import find_outcome, list_name_free
from kg.model.ontology import Ontology
from kg.model.problems import Problem, Severity, ValuePath
from kg.model.records import Record, list_citations, list_values

Finding = tuple[ValuePath, Severity, str, str]
NEAR_DAYS = 370
MIN_SOURCES = 3


def lint(records: Iterable[Record], ontology: Ontology, among: Iterable[Record] | None = None) -> list[Problem]:
    """What the rules find in the records; `among` are all the records that they may look at."""
    records = list(records)
    corpus = Corpus.of(among if among is not None else records, ontology)
    found: list[Problem] = []
    for record in records:
        for rule in RULES:
            for path, severity, name, message in rule(record, corpus):
                shown = ".".join(str(s) for s in path if isinstance(s, str))
                found.append(Problem(record.file, record.line(path), record.id, shown, name, message, severity))
    return sorted(found)


def read_span(node: Mapping[str, Any], key: str = "date") -> DateSpan | None:
    """The date of a node, None where it has none or one that the checks refuse."""
    value = node.get(key)
    try:
        return parse_date(value) if isinstance(value, str) else None
    except DateError:
        return None


def _soften(*spans: DateSpan | None) -> Severity:
    return "warning" if any(s is not None and s.vague for s in spans) else "error"


def check_causes(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """No effect lies wholly before its cause."""
    for path, node in record.walk(corpus.ontology):
        cause = read_span(node)
        for index, link in enumerate(list_values(node.get("leads_to"))):
            event = link.get("event") if isinstance(link, Mapping) else None
            effect = read_span(corpus.parts.get(event, {})) if isinstance(event, str) else None
            if cause and effect and effect.precedes(cause):
                message = f"leads to {event}, but {effect.text} is before {cause.text}: turn the link or correct a date"
                yield (*path, "leads_to", index), _soften(cause, effect), "cause-before-effect", message


def check_sources(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """An episode rests on three sources, one of them primary; a source is cited somewhere."""
    if corpus.is_a(record.id, "Source") and record.id not in corpus.cited:
        yield (
            (),
            "warning",
            "uncited-source",
            "no record cites this source: cite it where it supports a statement or remove it",
        )
    if not corpus.is_a(record.id, "Episode"):
        return
    sources = [s for s in list_citations(record, corpus.ontology) if corpus.is_a(s, "Source")]
    if len(sources) < MIN_SOURCES:
        yield (
            ("cites",),
            "error",
            "few-sources",
            f"cites {len(sources)} sources; an episode rests on at least {MIN_SOURCES}",
        )
    if not any(corpus.is_a(s, "PrimarySource") for s in sources):
        yield (
            ("cites",),
            "error",
            "no-primary-source",
            "cites no primary source: add a document of the time or a participant's account",
        )


def check_names(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """Name-free texts name nobody, no place and no year."""
    for path, text in list_name_free(record, corpus.ontology):
        for severity, message in corpus.names.find(text):
            yield path, severity, "name-free", message


def check_texts(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """Name-free texts do not repeat one another and do not tell how it ended."""
    for path, message in corpus.texts.find(record):
        yield path, "warning", "near-duplicate", message
    outcome = record.data.get("outcome")
    ending = str(outcome.get("text", "")) if isinstance(outcome, Mapping) else ""
    for path, text in list_name_free(record, corpus.ontology):
        for message in find_outcome(text, ending):
            yield path, "warning", "outcome-told", message


def check_statements(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """Who states something cites a source, is one, or speaks inside a part that cites.

    A predicament is our reading of its episode, and a link between episodes points to what these cite.
    """
    if not corpus.is_a(record.id, "Episode") and not corpus.is_a(record.id, "AnalogyUse"):
        return
    cited: set[ValuePath] = set()
    for path, node in record.walk(corpus.ontology):
        holders = [h for key in ("holder", "source") for h in list_values(node.get(key)) if isinstance(h, str)]
        if path and (list_values(node.get("cites")) or any(corpus.is_a(h, "Source") for h in holders)):
            cited.add(path)
        judgement = node.get("judgement")
        states = (node.get("text") or judgement) and judgement != "not-judged"
        if not path or not states or node.get("type") in ("Predicament", "EpisodeLink"):
            continue
        if not any(path[:length] in cited for length in range(1, len(path) + 1)):
            yield (
                path,
                "warning",
                "unsourced",
                "states something without a source: cite one, or name a source as holder",
            )


def check_obligations(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """Whoever owes or is owed takes part in the episode, itself or by a member, whole or representative."""
    if not corpus.is_a(record.id, "Episode"):
        return
    parties: set[str] = set()
    for part in list_values(record.data.get("parties")) + list_values(record.data.get("people")):
        if isinstance(part, Mapping):
            parties.update(
                v for key in ("actor", "represents") for v in list_values(part.get(key)) if isinstance(v, str)
            )
    circle = parties.union(*(corpus.kin.get(p, set()) for p in parties))
    for index, commitment in enumerate(list_values(record.data.get("commitments"))):
        for key in ("obligor", "obligee"):
            for actor in list_values(commitment.get(key)) if isinstance(commitment, Mapping) else []:
                if isinstance(actor, str) and actor not in circle and not corpus.kin.get(actor, set()) & parties:
                    message = f"{actor} is no party to the episode, nor a member or part of one: add it to the parties"
                    yield ("commitments", index, key), "warning", "stranger", message


def check_lives(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """Persons act, attend and take part while they live, and hold their offices when they do."""
    whole = read_span(record.data)
    for path, node in record.walk(corpus.ontology):
        if node.get("type") in ("Membership", "Claim", "Assessment"):
            continue
        date = read_span(node) or _find_date(record, path) or whole
        for actor in list_values(node.get("actor")):
            if date is None or not isinstance(actor, str) or not corpus.is_a(actor, "Person"):
                continue
            person = corpus.records[actor].data
            born, died = read_span(person, "born"), read_span(person, "died")
            if died and died.precedes(date):
                yield (
                    (*path, "actor"),
                    _soften(died, date),
                    "not-alive",
                    f"{actor} died {died.text}, before {date.text}",
                )
            if born and date.precedes(born):
                yield (
                    (*path, "actor"),
                    _soften(born, date),
                    "not-alive",
                    f"{actor} was born {born.text}, after {date.text}",
                )
            yield from _check_tenure(path, node, person, date)


def _find_date(record: Record, path: ValuePath) -> DateSpan | None:
    """The date of the nearest node around a path that has one."""
    for length in range(len(path) - 1, 0, -1):
        node: Any = record.data
        for step in path[:length]:
            node = node[step]
        if isinstance(node, Mapping) and (span := read_span(node)):
            return span
    return None


def _check_tenure(
    path: ValuePath, node: Mapping[str, Any], person: Mapping[str, Any], date: DateSpan
) -> Iterator[Finding]:
    """In an office that the person's record dates, participation falls into one of the terms."""
    tenures = [t for t in list_values(person.get("offices")) if isinstance(t, Mapping)]
    office = node.get("office")
    if office and tenures and all(t.get("office") != office for t in tenures):
        message = f"the record of {person['id']} has no term as {office}: add it there, or correct the office"
        yield (*path, "office"), "warning", "not-in-office", message
    terms = [s for t in tenures if t.get("office") == node.get("office") and (s := read_span(t))]
    if terms and all(t.precedes(date) or date.precedes(t) for t in terms):
        held = ", ".join(t.text for t in terms)
        message = f"{person['id']} held {node['office']} {held}, not {date.text}: correct the office or the dates"
        yield (*path, "office"), _soften(date, *terms), "not-in-office", message


def check_period(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """Moves, meetings, incidents and phases lie in or near their episode; its outcome is not known before it starts."""
    whole = read_span(record.data)
    if whole is None or not corpus.is_a(record.id, "Episode"):
        return
    for key in ("phases", "moves", "meetings", "incidents"):
        for index, part in enumerate(list_values(record.data.get(key))):
            span = read_span(part) if isinstance(part, Mapping) else None
            if span and _gap(span, whole) > NEAR_DAYS:
                message = f"{span.text} is more than a year from the episode ({whole.text}): correct one of the dates"
                yield (key, index, "date"), "warning", "far-from-episode", message
    outcome = record.data.get("outcome")
    known = read_span(outcome, "known") if isinstance(outcome, Mapping) else None
    if known and known.precedes(whole):
        yield (
            ("outcome", "known"),
            _soften(known, whole),
            "known-too-early",
            f"{known.text} is before the episode begins",
        )


def _gap(span: DateSpan, whole: DateSpan) -> int:
    """Days, roughly, between two spans; 0 when they meet."""
    if span.high and whole.low and span.high < whole.low:
        return _count_days(whole.low) - _count_days(span.high)
    if span.low and whole.high and span.low > whole.high:
        return _count_days(span.low) - _count_days(whole.high)
    return 0


def _count_days(day: tuple[int, int, int]) -> int:
    return day[0] * 365 + day[1] * 30 + day[2]


RULES: tuple[Callable[[Record, Corpus], Iterator[Finding]], ...] = (
    check_causes,
    check_sources,
    check_names,
    check_texts,
    check_statements,
    check_obligations,
    check_lives,
    check_period,
)
