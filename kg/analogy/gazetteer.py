"""Names of actors, persons and places, found in text by longest match.

Names are matched as written, or in capitals as telegrams have them, never in lower case: `US` is a state and `us` a
pronoun. A name that is also an ordinary word (May, Rice, Moon) counts only where the sentence shows it to be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]")
_POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])$", re.IGNORECASE)
_KINDS = {
    "State": "state", "Organization": "organization", "Coalition": "organization", "Faction": "faction",
    "Person": "person", "Place": "place",
}  # fmt: skip

_PRECEDENCE = ("state", "organization", "faction", "person", "place")

# English words that are also names: as a lone word they are names only in the middle of a sentence.
_ORDINARY = (
    "ball bean bell bolt burns brown bush carter case chief church cook cross day dean ford fox free grant grey hand hill "
    "hull johnson joy king law long love march may mark marsh martin moon park pen perry pope price prince rich rice "
    "rose stone sun van wall ward west wood young union allies"
)
_WORDS = frozenset(_ORDINARY.split())
_BEFORE_MONTHS = "in of since until till by during early late mid last next this and from to on through"
_MONTH_BEFORE = frozenset(_BEFORE_MONTHS.split())

_EAST_ASIAN = (
    "Bui Cao Chen Chiang Cho Choe Choi Chong Chou Chung Deng Gong Han Hu Huang Im Jang Jeong Jiang Jo Kang Kim Kong Kwon Le "
    "Lee Li Lim Lin Liu Ly Mao Moon Nam Nguyen Nguyễn No Oh Paek Pak Park Peng Pham Phạm Qian Ri Roh Seo Shin Sin Song Suh "
    "Sun Tang Tran Trần Truong Vo Wang Wei Wi Wu Xi Xu Xuan Yang Yi Yon Yoon Yu Yun Zhang Zhao Zhou Zhu"
)
_FAMILY_FIRST = frozenset(_EAST_ASIAN.split())

# Adjectives and peoples by record id, for states whose own aliases lack them.
DEMONYMS: dict[str, tuple[str, ...]] = {
    "afghanistan": ("Afghan", "Afghans"), "australia": ("Australian", "Australians"),
    "austria": ("Austrian", "Austrians"), "belgium": ("Belgian", "Belgians"), "brazil": ("Brazilian", "Brazilians"),
    "canada": ("Canadian", "Canadians"), "china": ("Chinese",), "cuba": ("Cuban", "Cubans"),
    "czechoslovakia": ("Czech", "Czechs", "Slovak", "Slovaks", "Czechoslovak"), "egypt": ("Egyptian", "Egyptians"),
    "finland": ("Finnish", "Finns"), "france": ("French", "Frenchmen"), "germany": ("German", "Germans"),
    "hungary": ("Hungarian", "Hungarians"), "india": ("Indian", "Indians"), "indonesia": ("Indonesian", "Indonesians"),
    "iran": ("Iranian", "Iranians", "Persian", "Persians"), "iraq": ("Iraqi", "Iraqis"),
    "israel": ("Israeli", "Israelis"), "italy": ("Italian", "Italians"), "japan": ("Japanese",),
    "jordan": ("Jordanian", "Jordanians"), "libya": ("Libyan", "Libyans"), "mexico": ("Mexican", "Mexicans"),
    "netherlands": ("Dutch",), "north-korea": ("North Korean", "North Koreans"), "norway": ("Norwegian", "Norwegians"),
    "north-vietnam": ("North Vietnamese",), "pakistan": ("Pakistani", "Pakistanis"), "poland": ("Polish", "Poles"),
    "portugal": ("Portuguese",), "romania": ("Romanian", "Romanians"), "russia": ("Russian", "Russians"),
    "saudi-arabia": ("Saudi", "Saudis"), "south-korea": ("South Korean", "South Koreans"),
    "south-vietnam": ("South Vietnamese",), "soviet-union": ("Soviet", "Soviets"),
    "spain": ("Spanish", "Spaniards"), "sweden": ("Swedish", "Swedes"), "switzerland": ("Swiss",),
    "syria": ("Syrian", "Syrians"), "turkey": ("Turkish", "Turks"), "ukraine": ("Ukrainian", "Ukrainians"),
    "united-kingdom": ("British", "Britons", "English"), "united-states": ("American", "Americans"),
    "vietnam": ("Vietnamese",), "yugoslavia": ("Yugoslav", "Yugoslavs", "Serb", "Serbs", "Serbian"),
}  # fmt: skip
_ADJECTIVES = re.compile(r"(?:an|ish|ese|ch|i|iet|slav|ek|aq|iss|ab|av|ovak|ench|utch|zech)$")


@dataclass(frozen=True)
class Mention:
    """A name in a text, from `start` to `end` (characters), possessive ending left out.

    `keys` are the records it may mean (more than one when ambiguous), or the name itself when nobody has a record.
    """

    start: int
    end: int
    kind: str  # state, organization, faction, person, place, name
    keys: tuple[str, ...]
    adjective: bool = False


@dataclass
class _Branch:
    children: dict[str, _Branch] = field(default_factory=dict)
    spelt: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # as written → (id, kind)


class Gazetteer:
    """Aliases of records, and the search for them."""

    def __init__(self) -> None:
        self._root = _Branch()
        self._adjectives: set[str] = set()
        self._given: set[str] = set()  # first names of persons
        self._lone: set[str] = set()  # names of one word that a record gives: Saddam

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> Gazetteer:
        """From actors, persons and places: dicts with `id`, `name`, `aliases`, `short`, and `labels` or `type`."""
        gazetteer = cls()
        for row in rows:
            labels = row.get("labels") or [row.get("type", "")]
            kind = next((_KINDS[label] for label in labels if label in _KINDS), None)
            if kind is None:
                continue
            names = [row.get("name"), row.get("short"), *(row.get("aliases") or [])]
            for name in dict.fromkeys(n for n in names if n):
                gazetteer.add(name, row["id"], kind)
                if " " not in name:
                    gazetteer._lone.add(name)
                if kind == "person":
                    surname, first = _surname(name), name.split()[0]
                    gazetteer.add(surname, row["id"], kind)
                    if first != surname:
                        gazetteer._given.add(first)
            for name in DEMONYMS.get(row["id"], ()):
                gazetteer.add(name, row["id"], kind)
        return gazetteer

    def add(self, name: str, key: str, kind: str) -> None:
        """One more name for the record `key`."""
        words = [token.group() for token in TOKEN.finditer(name)]
        if not words or len(name) < 2:
            return
        if kind == "state" and _ADJECTIVES.search(name):
            self._adjectives.add(name.lower())
        branch = self._root
        for word in words:
            branch = branch.children.setdefault(word.lower(), _Branch())
        entry = branch.spelt.setdefault(" ".join(words), [])
        if (key, kind) not in entry:
            entry.append((key, kind))

    def find(self, text: str) -> list[Mention]:
        """Names in order, not overlapping, the longest at each place."""
        tokens = [(t.start(), t.end(), t.group()) for t in TOKEN.finditer(text)]
        mentions: list[Mention] = []
        i = 0
        while i < len(tokens):
            length, entries = self._longest(tokens, i)
            if entries and self._longest(tokens, i + 1)[0] + 1 > length > 1:
                i += 1  # "the North Koreans" is not "the North" followed by Koreans
                continue
            if entries and not _is_ordinary(tokens, i, length) and not self._is_given(text, tokens, i, length):
                mentions.append(self._mention(tokens, i, length, entries))
                i += length
            else:
                i += 1
        return mentions

    def _is_given(self, text: str, tokens: list[tuple[int, int, str]], i: int, length: int) -> bool:
        """Whether a lone name is the first name of somebody unknown: the George of "George Will" is not Lloyd George."""
        name = tokens[i][2]
        if length > 1 or name not in self._given or name in self._lone or i + 1 == len(tokens):
            return False
        return text[tokens[i][1] : tokens[i + 1][0]] == " " and tokens[i + 1][2][:1].isupper()

    def _longest(self, tokens: list[tuple[int, int, str]], i: int) -> tuple[int, list[tuple[str, str]]]:
        best: tuple[int, list[tuple[str, str]]] = (0, [])
        branch = self._root
        written: list[str] = []
        for length, (_, _, word) in enumerate(tokens[i:], 1):
            bare = _POSSESSIVE.sub("", word)
            for form in dict.fromkeys((word, bare)):
                end = branch.children.get(form.lower())
                if end and (entries := _spelt_so(end, " ".join([*written, form]))):
                    best = (length, entries)
            following = branch.children.get(word.lower())
            if following is None:
                return best
            branch = following
            written.append(word)
        return best

    def _mention(
        self, tokens: list[tuple[int, int, str]], i: int, length: int, entries: list[tuple[str, str]]
    ) -> Mention:
        start, end = tokens[i][0], tokens[i + length - 1][1]
        last = tokens[i + length - 1][2]
        end -= len(last) - len(_POSSESSIVE.sub("", last)) if _POSSESSIVE.search(last) and len(entries) else 0
        written = " ".join(word for _, _, word in tokens[i : i + length]).lower()
        follows = tokens[i + length][2] if i + length < len(tokens) else ""
        adjective = written in self._adjectives and follows[:1].isalpha()
        keys = tuple(dict.fromkeys(key for key, _ in entries))
        kind = min((kind for _, kind in entries), key=_PRECEDENCE.index)
        return Mention(start, end, kind, keys, adjective)


def _surname(name: str) -> str:
    """The family name: the first word of an East Asian name, else the last; empty when it is too short to tell."""
    words = [word for word in name.split() if word.rstrip(".") not in ("Jr", "Sr", "II", "III")]
    surname = words[0] if words[0] in _FAMILY_FIRST else words[-1]
    return surname if surname[:1].isupper() and len(surname) > 2 else ""


def _spelt_so(branch: _Branch, written: str) -> list[tuple[str, str]]:
    if written in branch.spelt:
        return branch.spelt[written]
    lowered = written[:1].lower() + written[1:]  # "The White House" at the head of a sentence
    if lowered in branch.spelt and lowered.startswith("the "):
        return branch.spelt[lowered]
    letters = written.replace(" ", "").replace(".", "")
    if written.isupper() and len(letters) > 3:
        return [entry for spelt, entries in branch.spelt.items() if spelt.upper() == written for entry in entries]
    return []


def _is_ordinary(tokens: list[tuple[int, int, str]], i: int, length: int) -> bool:
    """Whether a lone word that looks like a name is an ordinary word here."""
    word = tokens[i][2]
    if word in ("US", "UN", "IT"):  # in a telegram all in capitals, a pronoun as likely as a name
        beside = [tokens[j][2] for j in (i - 1, i + 1) if 0 <= j < len(tokens) and tokens[j][2].isalpha()]
        return bool(beside) and all(len(other) > 1 and other.isupper() for other in beside)
    if length > 1 or _POSSESSIVE.sub("", word).lower() not in _WORDS:
        return False
    before = tokens[i - 1][2] if i else ""
    if word in ("May", "March"):
        after = tokens[i + 1][2] if i + 1 < len(tokens) else ""
        if after[:1].isdigit() or before.lower() in _MONTH_BEFORE or before.isdigit():
            return True
    return not before or before in '.!?"“(:;\n'
