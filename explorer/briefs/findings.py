"""What the analogues together show: outcomes, counter-cases, failures, promises, analogies drawn, checks."""

from __future__ import annotations

from explorer.briefs.blocks import Block, Heading, Line, Span, itemize, line, say, strong, tabulate
from explorer.briefs.checks import say_check, say_overturn, say_when
from explorer.briefs.selection import KINDS, MODES, choose_uses, shorten_pathways, shorten_risks
from explorer.briefs.tallies import (
    say_assessed,
    say_class,
    say_count,
    say_interval,
    say_owed,
    say_struck,
    say_verdict,
)
from explorer.briefs.wording import (
    CAPTION,
    NO_COUNTER,
    TOO_FEW,
    say_codes,
    say_difference,
    say_feature,
    say_like,
    say_otherwise,
    say_period,
)
from explorer.words import count_of, say_date, say_reading, say_term
from kg.analogy.brief.model import Brief, CounterCase, DrawnAnalogy, Feature, Tripwire
from kg.analogy.outcomes import SMALLEST_CLASS
from kg.analogy.pathways import Instance, Pathway, Promise, ReadingOf, Tried

RELATIONS = {
    "here": "Drawn about the situation itself",
    "like": "Drawn in situations like this one",
    "precedent": "With one of the analogues as precedent",
    "situation": "Drawn in one of the analogues",
}


def draw_outcomes(brief: Brief) -> list[Block]:
    """Counts of the reference class."""
    reference = brief.reference
    names = {member.id: member.name for member in reference.members}
    rows = [
        [
            line(say_term(s.code)),
            line(say_count(s)),
            line(say_interval(s)),
            line("; ".join(names[id] for id in s.episodes)),
        ]
        for s in reference.shares
    ]
    blocks = [Heading(2, "How the nearest ended"), say(say_class(reference))]
    blocks += tabulate(("Outcome", "Count", "95 % interval (Jeffreys)", "Episodes"), rows)
    if reference.n < SMALLEST_CLASS:
        blocks.append(say(TOO_FEW))
    return [*blocks, say(CAPTION)]


def draw_counter_cases(brief: Brief) -> list[Block]:
    """Near episodes that ended otherwise."""
    blocks: list[Block] = [Heading(2, "Counter-cases: near, and ended otherwise")]
    if not brief.counter_cases:
        return [*blocks, say(NO_COUNTER)]
    for case in brief.counter_cases:
        blocks += [
            Heading(3, f"{say_period(case)} (rank {case.rank})"),
            say(f"{say_otherwise(case.differences, case.lead_title)} "),
            say(strong("How it ended: "), f"{say_codes(case.codes)}. ", case.ending),
            say(say_difference(case)),
            *_draw_features(case),
        ]
    return blocks


def _draw_features(case: CounterCase) -> list[Block]:
    rows = [_draw_feature(f"In {case.title}, not in {case.lead_title}", feature) for feature in case.present]
    rows += [_draw_feature(f"In {case.lead_title}, not in {case.title}", feature) for feature in case.absent]
    return tabulate(("Where", "What", "As recorded", "How often"), rows)


def _draw_feature(where: str, feature: Feature) -> list[Line]:
    said = [part for cell in feature.statements for part in (" ", cell)][1:]
    return [line(where), line(say_term(feature.term)), line(*said), line(say_feature(feature))]


def draw_pathways(brief: Brief) -> list[Block]:
    """Failure modes with their signs and what was tried."""
    if not brief.pathways:
        return []
    blocks: list[Block] = [
        Heading(2, "Failure pathways"),
        say(
            f"Ways of failing that struck or threatened the {count_of(len(brief.analogues), 'analogue')}, as their records tell them."
        ),
    ]
    shown = shorten_pathways(brief.pathways)
    for path in shown[:MODES]:
        blocks.append(Heading(3, f"{say_term(path.mode)}: {say_struck(path.struck, path.seen, path.n)}"))
        for instance in path.instances:
            blocks += _draw_instance(instance)
    named = [_name_pathway(path) for path in shown[MODES:]]
    return [*blocks, Heading(3, "Further ways"), *itemize(named)] if named else blocks


def _name_pathway(path: Pathway) -> Line:
    told = [part for one in path.instances for part in ("; ", f"{one.name}: ", one.statement)][1:]
    return line(strong(f"{say_term(path.mode)}, {say_struck(path.struck, path.seen, path.n)}. "), *told)


def _draw_instance(instance: Instance) -> list[Block]:
    whose = f", {', '.join(instance.of)}" if instance.of else ""
    head = strong(f"{instance.name} ({say_term(instance.status).lower()}{whose}). ")
    blocks: list[Block] = [say(head, instance.statement)]
    signs = [line(strong("Early sign: "), sign) for sign in instance.signs]
    return [*blocks, *itemize([*signs, *(_draw_tried(tried) for tried in instance.tried)])]


def _draw_tried(tried: Tried) -> Line:
    who = f" by {', '.join(tried.by)}" if tried.by else ""
    return line(strong(f"Tried{who}: "), tried.statement, f" Effect: {say_term(tried.effect).lower()}.")


def draw_commitments(brief: Brief) -> list[Block]:
    """Promises that somebody read as not or only partly kept."""
    if not brief.commitments:
        return []
    blocks: list[Block] = [
        Heading(2, "Commitments at risk"),
        say(
            "Kinds of promises in the analogues that at least one side or author read as not or only "
            "partly kept, with every reading on record."
        ),
    ]
    for risk, shown in zip(brief.commitments[:KINDS], shorten_risks(brief.commitments), strict=True):
        blocks.append(Heading(3, f"{say_term(risk.kind)}: {say_assessed(risk.at_risk, risk.assessed)}"))
        for promise in shown.promises:
            blocks += _draw_promise(promise)
        blocks += _say_left(len(risk.promises) - len(shown.promises))
    further = [f"{say_term(r.kind).lower()} ({say_assessed(r.at_risk, r.assessed)})" for r in brief.commitments[KINDS:]]
    return [*blocks, say(strong("Further kinds: "), f"{'; '.join(further)}.")] if further else blocks


def _say_left(left: int, where: str = "") -> list[Block]:
    return [say(f"{count_of(left, 'further one')}{where} not shown.")] if left else []


def _draw_promise(promise: Promise) -> list[Block]:
    who = say_owed(promise.obligors, promise.obligees)
    terms = f" Sequence: {say_term(promise.sequence).lower()}; verification: {say_term(promise.verification).lower()}."
    head = say(strong(f"{promise.name}, {who}. "), promise.statement, terms)
    return [head, *itemize(_draw_reading(reading) for reading in promise.readings)]


def _draw_reading(reading: ReadingOf) -> Line:
    when = f", {say_date(reading.statement.date)}" if reading.statement.date else ""
    return line(
        strong(f"{say_term(reading.verdict)}"), f" ({reading.holder or 'holder not named'}{when}): ", reading.statement
    )


def draw_drawn(brief: Brief) -> list[Block]:
    """Analogies that people drew."""
    if not brief.drawn:
        return []
    blocks: list[Block] = [
        Heading(2, "Analogies that people drew"),
        say("Where no judgement stands, no scholarly one of that analogy is known to us."),
    ]
    for relation, title in RELATIONS.items():
        uses = [use for use in brief.drawn if use.relation == relation]
        if uses:
            blocks.append(Heading(3, title))
            shown = choose_uses(uses)
            for use in shown:
                blocks += _draw_use(use)
            blocks += _say_left(len(uses) - len(shown), " in the register")
    return blocks


def _draw_use(use: DrawnAnalogy) -> list[Block]:
    where = f" on {use.situation_name}" if use.situation_name else ""
    ended = f" The situation ended: {say_codes(use.ending_codes)}." if use.ending_codes else ""
    head = f"{', '.join(use.drawn_by)}{where}, {say_date(use.statement.date)}: {use.precedent_name}. "
    purposes = ", ".join(say_term(purpose).lower() for purpose in use.purposes)
    read = f" Read again: {say_reading(use.reviewed)}." if use.reviewed else ""
    tail = f" {say_term(use.stance)}; {purposes}.{ended}{read}"
    judged = [
        line(strong(say_verdict(j.verdict)), f"{f' ({j.holder})' if j.holder else ''}: ", j.statement)
        for j in use.judgements
    ]
    why = [line(strong("Why: "), say_like(use.like))] if use.like else []
    return [say(strong(head), use.statement, tail), *itemize([*why, *judged])]


def draw_checks(brief: Brief) -> list[Block]:
    """Tripwires."""
    if not brief.tripwires:
        return []
    rows = [_draw_wire(wire) for wire in brief.tripwires]
    return [
        Heading(2, "Checks: what would overturn this reading"),
        say("Each is something recorded of an episode and to be looked for here. A check decides nothing by itself."),
        *tabulate(("Check", "As recorded", "When it was known there", "What it would change"), rows),
    ]


def _draw_wire(wire: Tripwire) -> list[Line]:
    recorded: list[str | Span | object] = []
    if wire.because is not None:
        recorded += [wire.because, " → "]
    recorded.append(wire.statement)
    if wire.like is not None:
        recorded += [" Here: ", wire.like]
    return [line(say_check(wire)), line(*recorded), line(say_when(wire)), line(say_overturn(wire))]  # type: ignore[arg-type]
