"""Names and dates out, roles in: what is left of a text when one forgets who and when.

A name becomes the same role word wherever it returns in the text: the first state is `one side`, the second `the other
side`. Dates and years are dropped; lengths of time stay, for two years of talks are part of a predicament.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.analogy.bm25 import tokenize
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
_ROLE_WORDS = frozenset(tokenize(" ".join(role for roles in _ROLES.values() for role in roles)))
TELLING = 5  # words besides stop words and roles; a masked sentence with fewer says nothing of a predicament
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_DATE = re.compile(
    rf"(?:\b(?:in|on|of|since|by|until|from|during)\s+)?(?:the\s+)?\b(?:(?:early|mid|late)[- ])?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+{YEAR})?|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+{YEAR})?"
    rf"|{_MONTH}(?:\s+of)?,?\s+{YEAR}|{YEAR}(?:[–/-]\d{{2,4}})?s?\b)"
)
_HEADING = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Messrs|Herr|Signor|Monsieur|M|Sir|Lord|Comrade)\.?\s+$")
_TITLE = re.compile(
    r"(?:(?P<before>\b(?:the|a|an|our|his|her|their|its|my|your|former|late|vice|prime|foreign|defence|defense)|[’']s)\s+)?"
    r"(?P<title>President|Premier|Chancellor|Chairman|Minister|Secretary|Ambassador|Senator|General|Admiral|Marshal|Colonel|"
    r"King|Queen|Emperor|Pope|Ayatollah|Emir|Sheikh|Governor|Envoy|Delegate)\s+$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:the|a|an)\s+$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Masked:
    """Sentences with roles for names, and the share of the words that were names or dates (0 to 1).

    `telling` are the positions of the sentences that say something besides who and when; all, when none does.
    `shares` says for every sentence what share of its words that is (0 to 1).
    """

    sentences: tuple[str, ...]
    density: float
    telling: tuple[int, ...]
    shares: tuple[float, ...]


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
        """The sentences masked, roles consistent across them. None becomes empty: one that is all name keeps a role."""
        cast = _Cast()
        masked: list[str] = []
        mentions = self.find("\n".join(sentences))
        start = 0
        for sentence in sentences:
            end = start + len(sentence)
            own = [m for m in mentions if start <= m.start and m.end <= end]
            masked.append(_rewrite(sentence, start, own, cast))
            start = end + 1
        words = sum(_count(sentence) for sentence in sentences)
        named = sum(_count("\n".join(sentences)[m.start : m.end]) for m in mentions)
        told = [len(set(tokenize(sentence)) - _ROLE_WORDS) for sentence in masked]
        return Masked(
            tuple(masked),
            min(1.0, named / words) if words else 0.0,
            tuple(i for i, count in enumerate(told) if count >= TELLING) or tuple(range(len(masked))),
            tuple(count / max(_count(sentence), 1) for count, sentence in zip(told, masked, strict=True)),
        )

    def find(self, text: str) -> list[Mention]:
        """All names and dates in a text, in order, none overlapping another."""
        taken = self.gazetteer.find(text)
        dates = [Mention(d.start(), d.end(), "date", ()) for d in _DATE.finditer(text)]
        taken += [date for date in dates if all(date.end <= m.start or date.start >= m.end for m in taken)]
        return sorted([*taken, *self.finder.find(text, taken)], key=lambda mention: mention.start)


def _count(text: str) -> int:
    return len(_WORD.findall(text))


def _rewrite(sentence: str, offset: int, mentions: Sequence[Mention], cast: _Cast) -> str:
    out = ""
    position = 0
    for mention in mentions:
        start, end = mention.start - offset, mention.end - offset
        if start < position:
            continue
        out += sentence[position:start]
        position = end
        if mention.kind == "date":
            continue
        if mention.kind != "state" and (title := _TITLE.search(out)):
            out = out[: title.start("title")] + ("" if title["before"] else "the ") + title["title"].lower()
            continue
        out = _ARTICLE.sub("", _HEADING.sub("", out))
        out += cast.role(mention) + ("’s" if mention.adjective else "")
    return _tidied(out + sentence[position:]) or "something"


def _tidied(text: str) -> str:
    text = re.sub(r"\b(one|the other|a third|another)\b((?: \w+)+)(?: and | |, )\1\2\b", r"\1\2", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split()))
    text = re.sub(r"([,;:])(?:\s*[,;:.])+", r"\1", text).strip(" ,;:")
    return text[:1].upper() + text[1:]
