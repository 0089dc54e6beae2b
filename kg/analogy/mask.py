"""Names and dates out, roles in: what is left of a text when one forgets who and when.

A name becomes the same role word wherever it returns in the text: the first state is `one side`, the second `the other
side`. Dates and years are dropped; lengths of time stay, for two years of talks are part of a predicament.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.analogy.gazetteer import Gazetteer, Mention
from kg.analogy.names import CapitalFinder, NameFinder

_ROLES: dict[str, tuple[str, ...]] = {
    "state": ("one side", "the other side", "a third state", "another state"),
    "person": ("one leader", "the other leader", "an official"),
    "organization": ("an organization", "another organization"),
    "faction": ("a faction", "another faction"),
    "place": ("a place", "another place"),
    "name": ("something", "something else"),
}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_DATE = re.compile(
    rf"(?:\b(?:in|on|of|since|by|until|from|during)\s+)?(?:the\s+)?\b(?:(?:early|mid|late)[- ])?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+{_YEAR})?|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+{_YEAR})?"
    rf"|{_MONTH}(?:\s+of)?,?\s+{_YEAR}|{_YEAR}(?:[–/-]\d{{2,4}})?s?\b)"
)
_HEADING = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Messrs|Herr|Signor|Monsieur|M|Sir|Lord|Comrade)\.?\s+$")
_ARTICLE = re.compile(r"\b(?:the|a|an)\s+$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Masked:
    """Sentences with roles for names, and the share of the words that were names or dates (0 to 1)."""

    sentences: tuple[str, ...]
    density: float

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


@dataclass
class _Cast:
    """Who plays which role in one text."""

    roles: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def role(self, mention: Mention) -> str:
        role = next((self.roles[key] for key in mention.keys if key in self.roles), None)
        if role is None:
            words = _ROLES[mention.kind]
            count = self.counts.get(mention.kind, 0)
            role = words[min(count, len(words) - 1)]
            self.counts[mention.kind] = count + 1
        for key in mention.keys:  # whom Moscow means here, Russians or Soviets, it means throughout
            self.roles.setdefault(key, role)
        return role


class Masker:
    """Masks text with a gazetteer first and a finder of other names second."""

    def __init__(self, gazetteer: Gazetteer, finder: NameFinder | None = None) -> None:
        self.gazetteer = gazetteer
        self.finder: NameFinder = finder or CapitalFinder()

    def mask(self, sentences: Sequence[str]) -> Masked:
        """The sentences masked, roles consistent across them; one sentence that is all name keeps its role word."""
        cast = _Cast()
        masked: list[str] = []
        words = covered = 0
        for sentence in sentences:
            mentions = self.find(sentence)
            dates = [d.span() for d in _DATE.finditer(sentence)]
            words += len(_WORD.findall(sentence))
            covered += sum(len(_WORD.findall(sentence[m.start : m.end])) for m in mentions)
            covered += sum(len(_WORD.findall(sentence[start:end])) for start, end in dates)
            masked.append(_rewrite(sentence, mentions, dates, cast))
        return Masked(tuple(masked), min(1.0, covered / words) if words else 0.0)

    def find(self, text: str) -> list[Mention]:
        """All names in a text, in order."""
        known = self.gazetteer.find(text)
        return sorted([*known, *self.finder.find(text, known)], key=lambda mention: mention.start)


def _rewrite(text: str, mentions: Sequence[Mention], dates: Sequence[tuple[int, int]], cast: _Cast) -> str:
    out = ""
    position = 0
    spans = [(m.start, m.end, m) for m in mentions]
    spans += [(s, e, None) for s, e in dates if all(e <= m.start or s >= m.end for m in mentions)]
    for start, end, mention in sorted(spans, key=lambda span: span[0]):
        if start < position:
            continue
        out += text[position:start]
        position = end
        if mention is None:
            continue
        out = _ARTICLE.sub("", _HEADING.sub("", out))
        out += cast.role(mention) + ("’s" if mention.adjective else "")
    return _tidied(out + text[position:]) or "something"


def _tidied(text: str) -> str:
    text = re.sub(r"\b(one|the other|a third|another)\b((?: \w+)+)(?: and | |, )\1\2\b", r"\1\2", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split()))
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text).strip(" ,;:")
    return text[:1].upper() + text[1:]
