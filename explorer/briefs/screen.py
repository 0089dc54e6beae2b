"""A brief on the screen, as HTML: the same object and the same sentences as in its written forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from explorer.briefs.analogue import draw_chain, draw_question
from explorer.briefs.blocks import Block, Heading, Items, Line, Paragraph, Table
from explorer.briefs.diagram import draw_alignment
from explorer.briefs.document import draw_limits, draw_replay
from explorer.briefs.findings import (
    draw_checks,
    draw_commitments,
    draw_counter_cases,
    draw_drawn,
    draw_pathways,
)
from explorer.briefs.firmness import draw_robustness
from explorer.briefs.tallies import say_class, say_count, say_interval
from explorer.briefs.wording import (
    BADGE_NAMES,
    BADGES,
    CAPTION,
    NO_LIKENESS,
    TOO_FEW,
    name_facet,
    say_bearing,
    say_codes,
    say_facet,
    say_firm,
    say_look,
    say_roles,
    say_tie,
    say_what,
)
from explorer.citations import Notes
from explorer.findings import CHANNELS
from explorer.templating import render
from kg.analogy.brief.analogue import Analogue
from kg.analogy.brief.model import Brief
from kg.analogy.evidence import Cell
from kg.analogy.outcomes import SMALLEST_CLASS

# What templates may say.
WORDS: Mapping[str, Callable[..., str]] = {
    "bearing": say_bearing, "class": say_class, "codes": say_codes, "count": say_count, "facet": say_facet,
    "facet_name": name_facet, "firm": say_firm, "interval": say_interval, "look": say_look, "roles": say_roles,
    "term": say_what, "tie": say_tie,
}  # fmt: skip
# What follows the analogues: address, name in the contents, and what draws it
PARTS = (
    ("counter-cases", "Counter-cases", draw_counter_cases),
    ("pathways", "Failure pathways", draw_pathways),
    ("commitments", "Commitments at risk", draw_commitments),
    ("drawn", "Analogies drawn", draw_drawn),
    ("checks", "Checks", draw_checks),
    ("robustness", "How firm the list is", draw_robustness),
    ("limits", "What was not compared", draw_limits),
    ("replay", "To make it again", draw_replay),
)
FOLDED = frozenset({"pathways", "commitments", "drawn", "limits", "replay"})


class BriefNotes(Notes):
    """The notes of a brief, whose statements bring their citations."""

    def cell(self, cell: Cell) -> Markup:
        """A statement with its source marks."""
        return self.after(cell.text, [(cite.source, cite.locator) for cite in cell.cites])

    def line(self, line: Line) -> Markup:
        """A line of a written form with its styles and source marks."""
        out = Markup("")
        for span in line:
            cites = [(cite.source, cite.locator) for cite in span.cites]
            text = self.after(span.text, cites) if cites else Markup("{}").format(span.text)
            tag = {"strong": "strong", "em": "em"}.get(span.style)
            out += Markup("<{0}>{1}</{0}>").format(Markup(tag), text) if tag else text
        return out


def draw_glance(brief: Brief) -> str:
    """The ranked analogues at a glance, and the contents of the brief."""
    parts = [(key, name) for key, name, draw in PARTS if draw(brief)]
    return render(
        "brief/glance.html",
        analogues=[*brief.analogues, *brief.distant],
        shown=len(brief.analogues),
        badges=BADGE_NAMES,
        parts=parts,
    )


def draw_analogue_page(
    analogue: Analogue, brief: Brief, notes: BriefNotes, episode: Mapping[str, Any], parties: Sequence[str], first: bool
) -> str:
    """An analogue: story first, then how it compares."""
    return render(
        "brief/analogue.html",
        a=analogue,
        notes=notes,
        episode=episode,
        parties=parties,
        first=first,
        badge=BADGES.get(analogue.badge, ""),
        badge_name=BADGE_NAMES[analogue.badge],
        no_likeness="" if analogue.grid.likenesses else NO_LIKENESS,
        picture=draw_alignment(analogue.pairings, analogue.ties, analogue.title),
        channels=_list_channels(analogue, brief),
        chains=[notes.line(draw_chain(chain)) for chain in analogue.chains],
        questions=[notes.line(draw_question(question)) for question in analogue.questions],
        say=WORDS,
    )  # fmt: skip


def _list_channels(analogue: Analogue, brief: Brief) -> list[tuple[tuple[str, str], Mapping[str, float], float]]:
    """Channels of the text with their names, scores and weights, in the order of `CHANNELS`."""
    scores, weights = analogue.looks.channels, brief.replay.channel_weights
    return [(CHANNELS[c], scores[c], weights.get(c, 0.0)) for c in CHANNELS if c in scores]


def draw_outcomes_page(brief: Brief) -> str:
    """The endings of the reference class: counts, and where the share lies with an interval."""
    names = {member.id: member.name for member in brief.reference.members}
    few = TOO_FEW if brief.reference.n < SMALLEST_CLASS else ""
    return render("brief/outcomes.html", reference=brief.reference, names=names, caption=CAPTION, few=few, say=WORDS)


def draw_parts(brief: Brief, notes: BriefNotes) -> list[str]:
    """The rest of the brief, part by part; parts with several entries are folded."""
    return [_draw_part(key, blocks, notes) for key, _, draw in PARTS if (blocks := draw(brief))]


def _draw_part(key: str, blocks: Sequence[Block], notes: BriefNotes) -> str:
    """A section: its heading, what stands before the first entry, and the entries, each under its own heading."""
    head, *rest = blocks
    assert isinstance(head, Heading)
    groups: list[tuple[str, Markup]] = []
    lead = Markup("")
    for entry, of in groupby(_number_entries(rest), key=lambda pair: pair[0]):
        inside = [block for _, block in of]
        if entry == 0:
            lead = render_blocks(inside, notes)
        elif isinstance(inside[0], Heading):
            groups.append((inside[0].text, render_blocks(inside[1:], notes)))
    whole = key in ("limits", "replay")
    return render(
        "brief/part.html", key=key, title=head.text, lead=lead, groups=groups, folded=key in FOLDED, whole=whole
    )


def _number_entries(blocks: Iterable[Block]) -> Iterable[tuple[int, Block]]:
    entry = 0
    for block in blocks:
        entry += isinstance(block, Heading)
        yield entry, block


def render_blocks(blocks: Iterable[Block], notes: BriefNotes) -> Markup:
    """Blocks of a written form as HTML."""
    return Markup("\n").join(_render_block(block, notes) for block in blocks)


def _render_block(block: Block, notes: BriefNotes) -> Markup:
    if isinstance(block, Heading):
        return Markup('<div class="section-title">{}</div>').format(block.text)
    if isinstance(block, Paragraph):
        return Markup('<div class="prose small"><p>{}</p></div>').format(notes.line(block.line))
    if isinstance(block, Items):
        return Markup(render("brief/items.html", lines=[notes.line(told) for told in block.lines]))
    assert isinstance(block, Table)
    rows = [[notes.line(cell) for cell in row] for row in block.rows]
    return Markup(render("brief/table.html", header=block.header, rows=rows))
