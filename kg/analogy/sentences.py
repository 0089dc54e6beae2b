"""Text into sentences: the unit in which a long query is read, matched and shown as a reason."""

from __future__ import annotations

import re

MAX_PIECES = 200
LONG = 45  # words; a longer sentence is cut at semicolons and colons
SHORT = 4  # words; a shorter fragment joins its neighbour

_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Maj|Capt|Lt|Adm|Amb|Sen|Rep|Gov|Sec|Pres|Sgt|St|Messrs|Hon|Rev|Jr|Sr|vs|cf|"
    r"No|Nos|para|paras|art|Vol|p|pp|ed|eds|approx|e\.g|i\.e|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
    r"|\b[A-Z](?:\.[A-Z])*)\.$"
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9À-Þ])|\n\s*\n|\n(?=\s*(?:[-*•–]|\(?\d{1,2}[.)])\s)")
_CLAUSE = re.compile(r"(?<=[;:])\s+|\s+[–—]\s+")
_WORD = re.compile(r"\w+")


def split_sentences(text: str) -> list[str]:
    """Sentences in order, white space made single; every word of the text is in exactly one of them.

    A text of more than 200 sentences is given in 200 pieces of neighbouring sentences, so that the cost of
    encoding is bounded and nothing is left unread.
    """
    pieces: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if "\n" not in match.group() and _ABBREVIATION.search(text[start : match.end()]):
            continue
        pieces.append(text[start : match.end()])
        start = match.end()
    pieces.append(text[start:])
    sentences = _joined([part for piece in pieces for part in _clauses(" ".join(piece.split()))])
    size = -(-len(sentences) // MAX_PIECES) or 1
    return [" ".join(sentences[i : i + size]) for i in range(0, len(sentences), size)]


def count_words(text: str) -> int:
    """Number of words in a text."""
    return len(_WORD.findall(text))


def _clauses(sentence: str) -> list[str]:
    if count_words(sentence) <= LONG:
        return [sentence] if sentence else []
    return [part for part in _CLAUSE.split(sentence) if part.strip()]


def _joined(sentences: list[str]) -> list[str]:
    """Fragments too short to mean anything alone go with the sentence before (the first with the next)."""
    out: list[str] = []
    for sentence in sentences:
        if out and (count_words(sentence) < SHORT or count_words(out[-1]) < SHORT):
            out[-1] = f"{out[-1]} {sentence}"
        else:
            out.append(sentence)
    return out
