"""A brief as a sequence of blocks, from which every written form is made, so that all forms say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.analogy.evidence import Cell, Cite

Style = Literal["", "strong", "em"]


@dataclass(frozen=True)
class Span:
    """A stretch of text with one style, and the works that it is cited to."""

    text: str
    style: Style = ""
    cites: tuple[Cite, ...] = ()


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; `quoted` for the reader's own."""

    line: Line
    quoted: bool = False


@dataclass(frozen=True)
class Items:
    """A list."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """A table with a header."""

    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


Block = Heading | Paragraph | Items | Table


def line(*parts: str | Span | Cell) -> Line:
    """Texts, spans and statements as one line; a statement brings its citations."""
    spans = (Span(p) if isinstance(p, str) else Span(p.text, "", p.cites) if isinstance(p, Cell) else p for p in parts)
    return tuple(span for span in spans if span.text or span.cites)


def strong(text: str) -> Span:
    """Text that stands out."""
    return Span(text, "strong")


def say(*parts: str | Span | Cell) -> Paragraph:
    """A paragraph."""
    return Paragraph(line(*parts))


def tabulate(header: Sequence[str], rows: Iterable[Sequence[Line]]) -> list[Block]:
    """A table, or nothing when it would have no rows."""
    told = tuple(tuple(row) for row in rows)
    return [Table(tuple(header), told)] if told else []


def itemize(lines: Iterable[Line]) -> list[Block]:
    """A list, or nothing when it would be empty."""
    told = tuple(lines)
    return [Items(told)] if told else []


def lines_of(block: Block) -> list[Line]:
    """Every line of a block in reading order."""
    if isinstance(block, Paragraph):
        return [block.line]
    if isinstance(block, Items):
        return list(block.lines)
    return [cell for row in block.rows for cell in row] if isinstance(block, Table) else []


class Numbering:
    """Notes, numbered in the order in which they are first called: one for each work and place in it."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        called = (cite for block in blocks for told in lines_of(block) for span in told for cite in span.cites)
        self.numbers: dict[Cite, int] = {}
        for cite in called:
            self.numbers.setdefault(cite, len(self.numbers) + 1)

    def of(self, span: Span) -> list[int]:
        """Numbers of the notes of a span, each once."""
        return [self.numbers[cite] for cite in dict.fromkeys(span.cites)]
