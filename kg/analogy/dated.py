"""The dates that a text names, and the day before which its writer's precedents lie.

Only what stands in the words counts: a day, a month, a season or a year with all four digits (`9 November 1937`, `Nov. 9,
1937`, `9 novembre 1937`, `9.11.1937`, `1937-11-09`, `Nov. 1937`, `the summer of 1914`, `1951–53`, `in 1937`). Nothing is inferred
from "last Friday", "the 15th" or "the 1930s". A bare number of four digits is a year only where the words about it say so:
`1500 troops`, `at 1830 hours` and `Resolution 1929` name none, and where it could be either it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from kg.analogy.mask import YEAR
from kg.errors import DateError
from kg.model.dates import MONTHS, SEASONS, DateSpan, Day, parse_date

# Months as dates in French, German, Italian, Spanish, Portuguese, Dutch, Danish, Norwegian, Swedish, Polish and Russian have them.
_FOREIGN = (
    "janvier janv. januar jänner gennaio enero janeiro januari stycznia января",
    "février févr. februar febbraio febrero fevereiro februari lutego февраля",
    "mars märz marzo março maart marts marca марта",
    "avril avr. aprile abril kwietnia апреля",
    "mai maggio mayo maio mei maj maja мая",
    "juin juni giugno junio junho czerwca июня",
    "juillet juil. juli luglio julio julho lipca июля",
    "août aout agosto augustus august augusti sierpnia августа",
    "septembre settembre septiembre setembro september września сентября",
    "octobre oktober ottobre octubre outubro października октября",
    "novembre novembro noviembre november listopada ноября",
    "décembre déc. dezember dicembre diciembre dezembro december grudnia декабря",
)
_SHORT = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep sept", "oct okt", "nov", "dec dez")
_MONTH_NUMBERS = {
    word.rstrip("."): number
    for written in (MONTHS, _SHORT, _FOREIGN)
    for number, words in enumerate(written, 1)
    for word in words.lower().split()
}
_VERBS = frozenset({"march", "may", "mar"})  # in small letters no months
_SEASON_NUMBERS = {name: code for code, name in SEASONS.items()} | {"fall": 23}

_MONTH = rf"(?P<month>(?:{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})\b\.?)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|d|er|º|°|\.)?"
_DAYS = rf"(?P<day>{_DAY})(?:\s*(?:[-–/]|to|and|et|und)\s*(?P<last>{_DAY}))?"
_OF = r"(?:\s+(?:of|de|del|di|do))?,?\s+"
_YEAR = r"(?P<year>1\d{3}|20\d\d)(?![\d’'-]|[.,:]\d)"  # beside a month; by itself one since 1500
_START = r"(?:(?<![\w.,:/$£€#§–-])|(?<=\bmid-)|(?<=\blate-)|(?<=\bearly-))"
_END = r"(?!\d|[.,:]\d|[’']?s\b|[-–/]\w|\s?[%°])"
_SEASON = rf"(?P<season>{'|'.join(_SEASON_NUMBERS)})(?:\s+of)?,?\s+(?P<year>{YEAR})(?:[–/-]\d\d)?(?!\d)"
_FORMS = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "iso": r"(?<![\w.,:/-])\d{4}-\d\d-\d\d(?![\w-])",
        "figures": r"(?<![\w.,:/-])(?P<one>\d{1,2})(?P<by>[./])(?P<two>\d{1,2})(?P=by)(?P<year>1\d{3}|20\d\d)(?!\d|[./]\d)",
        "day first": rf"(?<![\w.,:]){_DAYS}{_OF}{_MONTH}{_OF}{_YEAR}",
        "month first": rf"\b{_MONTH}\s*{_DAYS},?\s+{_YEAR}",
        "month": rf"\b{_MONTH}{_OF}{_YEAR}",
        "season": rf"\b{_SEASON}",
        "years": rf"{_START}(?P<from>{YEAR})[–/-](?P<until>\d{{4}}|\d\d){_END}",
        "year": rf"{_START}{YEAR}{_END}",
    }.items()
}  # in order: what an earlier form has taken is no longer there for a later
_REFERENCE = re.compile(
    r"\b(?:resolutions?|res|unscr|articles?|art|(?-i:Nos?|NOS?|Nr|nos?(?=\.))|number|para(?:graph)?s?|pages?|pp?|rooms?|hill|tel|"
    r"telegrams?|cables?|despatch|dispatch|directive|file|flight|box|decree)\.?\s+(\d{4})\b",
    re.IGNORECASE,
)
OPENING = 80  # characters within which an opening date begins
_WITHIN = re.compile(
    r"\b(?:on|in|of|since|until|till|by|from|to|before|after|during|early|late|mid)[\s-]+(?:the\s+)?$", re.IGNORECASE
)
_BEFORE_YEARS = (
    "in of since until till by from to through during before after early mid late year years circa between and or the a an this that "
    "both end beginning like not is was en em im nel dans seit bis depuis fin début année anno jahr jahre jahres año ano w roku в г "
    "about again"
)
_LEADS = frozenset(_BEFORE_YEARS.split())
_UNSURE = frozenset({"and", "or", "about", "both", "is", "was"})  # more is asked of a number after these
_AFTER_YEARS = (
    "was were is are had has have and or but when while as at by for from in into of on to until with without that which who whose "
    "the a an his her its their our they he she it we there then this these those did does would will may could should after before "
    "between through under over saw marked brought came began ended showed made not no all if nor than so again alone where because "
    "since though however against among onwards"
)
_FREE = frozenset(_AFTER_YEARS.split())
_TO_ANOTHER = re.compile(r"\s*(?:to|and|or|–|-)\s*\d[\d,]*")
_WORD = re.compile(r"\s*([^\W\d_]+)")
_COUNTED = re.compile(
    r"\s*(?:(?-i:[a-z-]+)\s+)?(?:men|women|people|persons|troops|soldiers|sailors|marines|officers|prisoners|hostages|dead|"
    r"wounded|killed|casualties|civilians|refugees|families|volunteers|workers|students|delegates|deputies|members|votes|seats|rifles|"
    r"guns|tanks|aircraft|planes|ships|missiles|warheads|launchers|centrifuges|bombs|shells|rounds|sorties|horses?|infantry|cavalry|"
    r"bayonets|tons?|tonnes|miles|km|kilomet\w+|met(?:re|er)s?|feet|yards|acres|hectares|kilograms?|kilos?|kg|lbs?|pounds|barrels|mw|"
    r"megawatts?|kilowatts?|dollars|francs|marks|roubles|rubles|lire|yen|hours|hrs|words|pages|copies|houses|villages|million|billion|"
    r"per\s+cent|percent|others|more)\b",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True)
class NamedDate:
    """A date as a text names it: where it stands (characters), its words, and as EDTF with its bounds."""

    start: int
    end: int
    words: str
    span: DateSpan

    @property
    def last(self) -> Day:
        """The first day of the day, month or year that it names last: of `1951–53` the first of January 1953."""
        return parse_date(self.span.text.split("/")[-1]).low or (0, 0, 0)


@dataclass(frozen=True)
class CutOff:
    """A day that may serve as `Query.before`, and the date in the text that suggests it.

    `opening` tells a date that the text opens with, as letters, minutes and reports do, from one that is only the latest.
    """

    day: date
    named: NamedDate
    opening: bool

    @property
    def words(self) -> str:
        """The date in the text's own words."""
        return self.named.words


def find_days(text: str, today: date | None = None) -> tuple[NamedDate, ...]:
    """The dates that a text names, in the order of the text. Those after `today` (else this very day) are left out."""
    now = today or date.today()
    limit = (now.year, now.month, now.day)
    found = [one for one in _find(text) if one.last <= limit]
    return tuple(sorted(found, key=lambda one: one.start))


def suggest_before(text: str, today: date | None = None) -> CutOff | None:
    """The first day of the date that a text opens with, else of the latest that it names; None where it names none.

    An episode that had ended before that day had ended before the date in the text began. Of a month or a year that is its
    first day: what ended within it may have ended after the text was written, and a reader of March 1937 must not be
    shown December. What ended earlier in the same month or year is lost for it. A date counts as an opening when it is a
    day or a month and stands in the first characters, after no word such as "on" or "since"; later dates are then plans and terms.
    """
    found = find_days(text, today)
    if not found:
        return None
    opening = _opens(text, found[0])
    named = found[0] if opening else max(found, key=lambda one: one.last)
    return CutOff(date(*named.last), named, opening)


def _opens(text: str, first: NamedDate) -> bool:
    precise = re.fullmatch(r"\d{4}-(?:0\d|1[0-2]).*", first.span.text) is not None
    return precise and first.start <= OPENING and not _WITHIN.search(text[: first.start])


def _find(text: str) -> Iterator[NamedDate]:
    references = {match[1] for match in _REFERENCE.finditer(text)}
    left = text
    for form, pattern in _FORMS.items():
        for match in pattern.finditer(left):
            if form != "year" or (match[0] not in references and _is_year(text, *match.span())):
                yield from _read(form, match)
        left = pattern.sub(lambda match: "\0" * len(match[0]), left)


def _read(form: str, match: re.Match[str]) -> Iterator[NamedDate]:
    if form not in ("iso", "figures") and _is_counting(match.string, match.end()):
        return
    try:
        span = parse_date(_WRITERS[form](match))
    except DateError:  # the 31st of February, or a span that runs backwards: no date
        return
    yield NamedDate(match.start(), match.end(), " ".join(match[0].split()), span)


def _write_dated(match: re.Match[str]) -> str:
    """A month with its year and, where they are given, its day or days."""
    groups = match.groupdict()
    month = groups["month"].rstrip(".")
    days = [int(re.sub(r"\D", "", day)) for day in (groups.get("day"), groups.get("last")) if day]
    if not days and month in _VERBS:
        return ""
    whole = f"{groups['year']}-{_MONTH_NUMBERS[month.lower()]:02d}"
    return "/".join(f"{whole}-{day:02d}" for day in days) or whole


def _write_figures(match: re.Match[str]) -> str:
    """A date in figures: with points the day comes first; with strokes it must be clear which it is, or only the year is read."""
    day, month = int(match["one"]), int(match["two"])
    if match["by"] == "/" and day <= 12 and month <= 12 and day != month:
        return match["year"]
    if match["by"] == "/" and month > 12:
        day, month = month, day
    return f"{match['year']}-{month:02d}-{day:02d}"


def _write_years(match: re.Match[str]) -> str:
    """`1951–53` is a span of years; `1951-07`, which cannot be one, a month."""
    start, end = match["from"], match["until"]
    if len(end) == 4:
        return f"{start}/{end}"
    return f"{start}/{start[:2]}{end}" if end > start[2:] else f"{start}-{end}"


_WRITERS: dict[str, Callable[[re.Match[str]], str]] = {
    "iso": lambda match: match[0],
    "figures": _write_figures,
    "day first": _write_dated,
    "month first": _write_dated,
    "month": _write_dated,
    "season": lambda match: f"{match['year']}-{_SEASON_NUMBERS[match['season'].lower()]}",
    "years": _write_years,
    "year": lambda match: match[0],
}


def _is_counting(text: str, end: int) -> bool:
    """Whether what follows a number, or a pair of them, is what it counts: `1500 regular troops`, but not `1937 the troops`."""
    pair = _TO_ANOTHER.match(text, end)
    place = pair.end() if pair else end
    follows = _WORD.match(text, place)
    return follows is not None and follows[1] not in _FREE and _COUNTED.match(text, place) is not None


def _is_year(text: str, start: int, end: int) -> bool:
    """Whether the words about a bare number show it to be a year."""
    follows = _WORD.match(text, end)
    free = follows is None or follows[1] in _FREE
    before = re.search(r"([^\W\d_]+)\.?[\s-]+[’'‘“\"(]?\s*$", text[max(0, start - 40) : start])
    word = before[1].lower() if before else ""
    plain = not text[start:end].endswith("00")
    if word in _LEADS and word not in _UNSURE:
        return free or plain
    if before and word not in _LEADS and not before[1][0].isupper():
        return False
    return free or (plain and follows is not None and follows[1][0].isupper())
