"""A brief as Markdown, DOCX or JSON, and its sources as CSL-JSON."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable

from explorer.briefs.blocks import Block, Heading, Items, Line, Numbering, Paragraph, Span
from explorer.briefs.document import lay_out
from explorer.citations import format_work
from explorer.csl import say_places, write_csl
from kg.analogy.brief.model import Brief
from kg.analogy.evidence import Cite

_SPECIAL = re.compile(r"([\\`*_\[\]|~])")
_LINE_START = re.compile(r"^(\d*)([#>+.)=-])")


def write_json(brief: Brief) -> str:
    """The object itself, with each work's citation in words."""
    told = brief.to_dict()
    for id, work in told["works"].items():
        told["works"][id] = {"name": work["name"], "citation": format_work(brief.works[id]).striptags()}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def write_sources(brief: Brief) -> str:
    """The works that the brief cites as CSL-JSON, each with the places that it names."""
    places: dict[str, list[str]] = {}
    for cite in Numbering(lay_out(brief)).numbers:
        places.setdefault(cite.source, []).extend([cite.locator] if cite.locator else [])
    name = brief.replay.query.get("episode", "a situation")
    notes = {source: [say_places(f"Precedent, brief of {name}", at)] for source, at in places.items() if at}
    return write_csl([brief.works[source] for source in places], notes)


def write_markdown(brief: Brief) -> str:
    """Markdown with footnotes. Whatever a reader or a record wrote is shown as text, never as markup."""
    blocks = lay_out(brief)
    notes = Numbering(blocks)
    parts = ["\n".join(_mark_block(block, notes)) for block in blocks]
    parts += [f"[^{number}]: {escape(cite_in_full(cite, brief))}" for cite, number in notes.numbers.items()]
    return "\n\n".join(parts) + "\n"


def cite_in_full(cite: Cite, brief: Brief) -> str:
    """A citation as a bibliography prints it, plain text, with the place in the work."""
    work = format_work(brief.works[cite.source]).striptags()
    return f"{work} At: {cite.locator}." if cite.locator else work


def escape(text: str) -> str:
    """A text that Markdown shows as it stands."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", " ".join(plain.split(" ")))


def guard(text: str) -> str:
    """A line whose first characters begin no list, heading or rule."""
    return _LINE_START.sub(r"\1\\\2", text)


def _mark_block(block: Block, notes: Numbering) -> Iterable[str]:
    if isinstance(block, Heading):
        return ["#" * block.level + " " + escape(block.text)]
    if isinstance(block, Paragraph):
        return [("> " if block.quoted else "") + guard(_mark_line(block.line, notes))]
    if isinstance(block, Items):
        return ["- " + guard(_mark_line(told, notes)) for told in block.lines]
    header = ["| " + " | ".join(escape(cell) for cell in block.header) + " |", "|" + " --- |" * len(block.header)]
    return header + ["| " + " | ".join(_mark_line(cell, notes) for cell in row) + " |" for row in block.rows]


def _mark_line(told: Line, notes: Numbering) -> str:
    """A line with its styles and notes."""
    return "".join(_mark_span(span, notes) for span in told).strip()


def _mark_span(span: Span, notes: Numbering) -> str:
    mark = {"": "", "strong": "**", "em": "*"}[span.style]
    text = escape(span.text)
    core = text.strip()
    if mark and core:
        text = text.replace(core, f"{mark}{core}{mark}", 1)
    return text + "".join(f"[^{number}]" for number in notes.of(span))


def write_docx(brief: Brief) -> bytes:
    """A Word document with headings, tables and numbered notes at the end."""
    from explorer.briefs.word import make_document

    stream = io.BytesIO()
    make_document(brief, lay_out(brief)).save(stream)
    return stream.getvalue()
