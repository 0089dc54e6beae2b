"""A brief as a Word document: real headings, tables and lists, and notes numbered through."""

from __future__ import annotations

from typing import Any

import docx
from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from explorer.briefs.blocks import Block, Heading, Items, Line, Numbering, Paragraph, Table
from explorer.briefs.files import cite_in_full
from kg.analogy.brief.model import Brief

FONT, SIZE, TABLE_SIZE = "Georgia", 10.5, 9


def make_document(brief: Brief, blocks: list[Block]) -> Document:
    """The document, not yet saved."""
    document = docx.Document()
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    document.core_properties.title = clean(brief.title)
    document.core_properties.comments = f"Data {brief.replay.data_version}, model {brief.replay.model}"
    notes = Numbering(blocks)
    for block in blocks:
        _add(document, block, notes)
    if notes.numbers:
        document.add_heading("Sources", 2)
    for cite, number in notes.numbers.items():
        document.add_paragraph(clean(f"{number}. {cite_in_full(cite, brief)}"))
    return document


def _add(document: Document, block: Block, notes: Numbering) -> None:
    if isinstance(block, Heading):
        document.add_heading(clean(block.text), block.level)
    elif isinstance(block, Paragraph):
        _write(document.add_paragraph(style="Quote" if block.quoted else None), block.line, notes)
    elif isinstance(block, Items):
        for told in block.lines:
            _write(document.add_paragraph(style="List Bullet"), told, notes)
    else:
        _add_table(document, block, notes)


def _add_table(document: Document, block: Table, notes: Numbering) -> None:
    table = document.add_table(rows=1, cols=len(block.header), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, block.header, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in block.rows:
        for cell, told in zip(table.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], told, notes, TABLE_SIZE)
    document.add_paragraph()


def _write(paragraph: WordParagraph, told: Line, notes: Numbering, size: float = SIZE) -> None:
    for span in told:
        run = paragraph.add_run(clean(span.text))
        run.bold, run.italic, run.font.size = span.style == "strong", span.style == "em", Pt(size)
        if numbers := notes.of(span):
            mark = paragraph.add_run(" " + ", ".join(map(str, numbers)))
            mark.font.superscript, mark.font.size = True, Pt(size)


def clean(text: str) -> str:
    """A text that may stand in XML: control characters are left out."""
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
