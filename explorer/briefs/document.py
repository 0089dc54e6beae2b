"""A brief laid out: what comes in which order."""

from __future__ import annotations

import json

from explorer.briefs.analogue import draw_analogue
from explorer.briefs.blocks import Block, Heading, Paragraph, Span, itemize, line, say, strong, tabulate
from explorer.briefs.findings import (
    draw_checks,
    draw_commitments,
    draw_counter_cases,
    draw_drawn,
    draw_outcomes,
    draw_pathways,
)
from explorer.briefs.firmness import draw_robustness
from explorer.briefs.telling import say_firmness, say_statement
from explorer.briefs.wording import (
    BADGE_NAMES,
    LOOKS,
    NOTHING_FOUND,
    say_codes,
    say_compared,
    say_missing,
    say_score,
)
from explorer.words import say_date
from kg.analogy.brief.analogue import Analogue
from kg.analogy.brief.model import Brief


def lay_out(brief: Brief) -> list[Block]:
    """All blocks of a brief."""
    blocks = _draw_head(brief)
    if not brief.analogues:
        return [*blocks, say(NOTHING_FOUND), *draw_limits(brief), *draw_replay(brief)]
    blocks += _draw_table(brief)
    blocks += [Heading(2, "The analogues")]
    for analogue in brief.analogues:
        blocks += draw_analogue(analogue)
    if brief.distant:
        blocks += [Heading(2, "Distant analogues, further down by text")]
        for analogue in brief.distant:
            blocks += draw_analogue(analogue)
    for draw in (
        draw_outcomes,
        draw_counter_cases,
        draw_pathways,
        draw_commitments,
        draw_drawn,
        draw_checks,
        draw_robustness,
    ):
        blocks += draw(brief)
    return [*blocks, *draw_limits(brief), *draw_replay(brief)]


def _draw_head(brief: Brief) -> list[Block]:
    blocks: list[Block] = [Heading(1, f"Precedents: {brief.title}")]
    query = brief.replay.query
    if "text" in query:
        blocks.append(Paragraph(line(Span(" ".join(str(query["text"]).split()))), quoted=True))
    own = query.get("predicaments") or []
    if own:
        blocks += [say("What it is a case of, in the reader's words:"), *itemize(line(text) for text in own)]
    return [*blocks, say(say_compared(brief)), *draw_situation(brief)]


def draw_situation(brief: Brief) -> list[Block]:
    """What was read off the text."""
    if brief.situation is None:
        return []
    rows = [[line(say_statement(fact)), line(fact.passage), line(say_firmness(fact))] for fact in brief.situation.facts]
    return [Heading(2, "The situation as it was read"), *tabulate(("What", "Passage", "How firm"), rows)]


def _draw_table(brief: Brief) -> list[Block]:
    rows = [_row(analogue) for analogue in (*brief.analogues, *brief.distant)]
    header = ("", "Episode", "Dates", "How it ended", "Text", "Structure", "Facets", "Note")
    return [Heading(2, "At a glance"), *tabulate(header, rows), say(LOOKS)]


def _row(analogue: Analogue) -> list[tuple[Span, ...]]:
    looks = analogue.looks
    return [
        line(str(analogue.rank)), line(strong(analogue.title)), line(say_date(analogue.period)), line(say_codes(analogue.codes)),
        line(say_score(looks.topical, looks.topical_rank)), line(say_score(looks.structural, looks.structural_rank)),
        line(say_score(looks.facet, looks.facet_rank)), line(BADGE_NAMES[analogue.badge]),
    ]  # fmt: skip


def draw_limits(brief: Brief) -> list[Block]:
    """What was not compared, and why."""
    return [Heading(2, "What was not compared"), *itemize(line(text) for text in say_missing(brief.limits))]


def draw_replay(brief: Brief) -> list[Block]:
    """Everything needed to make the same brief again."""
    replay = brief.replay
    facts = [
        ("Data", replay.data_version), ("Model", replay.model), ("Analogues", str(replay.k)),
        ("Looked at closely", str(replay.pool)), ("Reference class", f"to rank {replay.up_to_rank}"),
        ("Share of names and dates in the text", f"{replay.name_density:.3f}"),
        ("Weights of channels", _weights(replay.channel_weights)), ("Weights of looks", _weights(replay.look_weights)),
        ("Weights of facets", _weights(replay.facet_weights)),
        *((key.capitalize(), str(value)) for key, value in replay.query.items() if key in ("episode", "before")),
        ("Other than", ", ".join(replay.query.get("other_than", ()))),
        ("Left out", ", ".join(one.id for one in brief.limits.named_out)),
        ("Corrections", "; ".join(json.dumps(told, ensure_ascii=False) for told in replay.corrections)),
    ]  # fmt: skip
    return [Heading(2, "To make this brief again"), *tabulate(("", ""), [[line(k), line(v)] for k, v in facts if v])]


def _weights(weights: object) -> str:
    return ", ".join(f"{name} {value}" for name, value in weights.items()) if isinstance(weights, dict) else ""
