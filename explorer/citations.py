"""Sources as a bibliography prints them, and the numbered notes of a page.

The form follows the Chicago Manual of Style (17th ed., notes and bibliography), as far as the records go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from explorer.words import say_date

Props = Mapping[str, Any]


def format_work(work: Props) -> Markup:
    """A work as a line of a bibliography, safe HTML."""
    people = join_names(work.get("authors") or [])
    title = str(work["name"]).strip()
    inner = bool(work.get("container")) and work.get("kind") != "book"
    mark = "" if title.endswith(("?", "!", ".")) else "."
    name = Markup("“{}{}”").format(title, mark) if inner else Markup("<cite>{}</cite>{}").format(title, mark)
    pieces = [Markup("{}").format(_stop(people))] if people else []
    pieces.append(name)
    if editors := work.get("editors"):
        pieces.append(Markup("Edited by {}").format(_stop(join_names(editors, invert=False))))
    pieces.append(_format_place(work, inner))
    return Markup(" ").join(piece for piece in pieces if piece)


def _format_place(work: Props, inner: bool) -> Markup:
    container = work.get("container")
    inside = Markup("")
    if container:
        inside = Markup("<cite>{}</cite>").format(container) if inner else Markup("{}").format(container)
        if volume := work.get("volume"):
            inside += Markup(" {}").format(volume)
        if number := work.get("number"):
            inside += Markup(", no. {}").format(number)
    imprint = ": ".join(str(work[key]) for key in ("publisher_place", "publisher") if work.get(key))
    year = say_date(str(work.get("issued") or ""))
    tail = ", ".join(piece for piece in (imprint, year) if piece)
    parts = [piece for piece in (inside, Markup("{}").format(tail) if tail else Markup(""), _pages(work)) if piece]
    line = Markup(", ").join(parts) if inner else Markup(". ").join(parts)
    return line + Markup(".") + _address(work)


def _pages(work: Props) -> Markup:
    return Markup("{}").format(str(work["pages"]).replace("-", "–")) if work.get("pages") else Markup("")


def _address(work: Props) -> Markup:
    if doi := work.get("doi"):
        return Markup(' <a href="https://doi.org/{0}" rel="noreferrer">doi:{0}</a>').format(doi)
    url = str(work.get("url") or "")
    if url.startswith(("https://", "http://")):
        return Markup(' <a href="{0}" rel="noreferrer">{1}</a>').format(url, url.split("//", 1)[1].rstrip("/"))
    return Markup("")


def join_names(names: Iterable[str], invert: bool = True) -> str:
    """`Hermes, Walter G.` stays so at the head of an entry; further names, and editors, run given name first."""
    turned = [name if i == 0 and invert else _turn(name) for i, name in enumerate(names)]
    if len(turned) < 3:
        return " and ".join(turned) if not invert or len(turned) < 2 else f"{turned[0]}, and {turned[1]}"
    return f"{', '.join(turned[:-1])}, and {turned[-1]}"


def short_work(work: Props) -> str:
    """Author and year, as a text mentions a work."""
    families = [name.split(",")[0] for name in work.get("authors") or work.get("editors") or []]
    who = f"{families[0]} et al." if len(families) > 2 else " and ".join(families) or str(work["name"])
    return f"{who}, {str(work.get('issued') or '')[:4]}".rstrip(", ")


def _turn(name: str) -> str:
    family, _, given = name.partition(", ")
    return f"{given} {family}" if given else family


def _stop(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


class Notes:
    """The notes of a page, numbered in the order in which they are first called."""

    def __init__(self, works: Mapping[str, Props]) -> None:
        self.works = works
        self._numbers: dict[tuple[str, str], int] = {}

    def number(self, source: str, locator: str = "") -> int:
        return self._numbers.setdefault((source, locator), len(self._numbers) + 1)

    def marks(self, cites: Iterable[tuple[str, str]]) -> Markup:
        """Superscript marks, each of which opens its citation."""
        known = [(source, locator) for source, locator in cites if source in self.works]
        return Markup("").join(
            Markup('<button class="mark" popovertarget="note-{0}" aria-label="Source {0}: {1}">{0}</button>').format(
                self.number(source, locator), short_work(self.works[source])
            )
            for source, locator in dict.fromkeys(known)
        )

    def after(self, text: str, cites: Iterable[tuple[str, str]]) -> Markup:
        """A text with the marks of its sources, which do not part from its last word."""
        before, space, last = text.rpartition(" ")
        return Markup('{}{}<span class="tail">{}{}</span>').format(before, space, last, self.marks(cites))

    def sheets(self) -> Markup:
        """The notes themselves, to be put once on the page."""
        return Markup("").join(
            Markup('<div class="footnote" id="note-{}" popover>{}{}</div>').format(
                number, format_work(self.works[source]), _at(locator)
            )
            for (source, locator), number in self._numbers.items()
        )

    def places(self) -> dict[str, list[str]]:
        """The places that the page names, by work."""
        found: dict[str, list[str]] = {}
        for source, locator in self._numbers:
            if locator:
                found.setdefault(source, []).append(locator)
        return found

    def cited(self) -> list[Props]:
        """Works called on the page, by author and title."""
        return sort_works({source: self.works[source] for source, _ in self._numbers}.values())


def _at(locator: str) -> Markup:
    return Markup(' <span class="kind">At: {}</span>').format(locator) if locator else Markup("")


def sort_works(works: Iterable[Props]) -> list[Props]:
    """Works in the order of a bibliography."""
    return sorted(
        works,
        key=lambda w: (str((w.get("authors") or w.get("editors") or [w["name"]])[0]).lower(), str(w.get("issued"))),
    )
