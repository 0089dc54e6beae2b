"""Sources as CSL-JSON, which Zotero, Mendeley, pandoc and every citation processor read.

The form is that of the Citation Style Language's input schema (version 1.0.2, csl-data.json). A place in a work belongs to
a citation, and an item of CSL-JSON has no field for it: places stand in the item's note, which Zotero keeps in *Extra*.
Zotero knows no treaties and reads `treaty` as a document; the type is right for every other reader.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from explorer.citations import sort_works
from kg.errors import DateError, NotFound
from kg.model.dates import SEASONS, parse_date
from kg.model.ontology import load_ontology
from kg.model.records import Record, list_citations, list_values

Work = Mapping[str, Any]
Item = dict[str, Any]
Places = Mapping[str, Sequence[str]]

CSL = "application/vnd.citationstyles.csl+json"
# Kinds of source are types of CSL, but for edited volumes of documents: a `collection` there is an archive's holding.
_TYPES = {"collection": "book"}
_PLAIN = {
    "name": "title", "publisher": "publisher", "publisher_place": "publisher-place", "volume": "volume", "url": "URL",
    "doi": "DOI", "isbn": "ISBN", "language": "language",
}  # fmt: skip
_SERIES = ("book", "report")
_PERIODICAL = ("article-journal", "article-magazine", "article-newspaper")
_SUFFIXES = ("Jr.", "Sr.", "II", "III", "IV")


def write_csl(works: Iterable[Work], places: Places | None = None) -> str:
    """The works as a CSL-JSON text, in the order of a bibliography. `places` are notes on where each is cited, by id."""
    items = [make_item(work, (places or {}).get(str(work["id"]), ())) for work in sort_works(works)]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def write_bibliography(records: Sequence[Record], episode: str | None = None) -> str:
    """All sources of the records as CSL-JSON, or those that one episode names. Raises NotFound."""
    ontology = load_ontology()
    by_id = {record.id: record for record in records}
    if episode is not None and not (episode in by_id and ontology.is_a(by_id[episode].type, "Episode")):
        near = get_close_matches(episode, [r.id for r in records if ontology.is_a(r.type, "Episode")])
        raise NotFound(f"no episode has the id {episode!r}" + (f": did you mean {' or '.join(near)}?" if near else ""))
    told = [by_id[episode]] if episode else [r for r in records if not ontology.is_a(r.type, "Source")]
    named: dict[str, None] = {}
    places: dict[str, list[str]] = {}
    for record in told:
        cited = list_citations(record, ontology)
        named.update((source, None) for source in cited)
        for source, locators in cited.items():
            if locators:
                places.setdefault(source, []).append(say_places(record.name, locators))
    sources = [r for r in records if ontology.is_a(r.type, "Source") and (episode is None or r.id in named)]
    return write_csl([r.data for r in sources], places)


def say_places(name: str, locators: Iterable[str]) -> str:
    """Where an entry cites a work, as a line of the note."""
    return f"Cited in “{name}” at: {'; '.join(locators)}"


def make_item(work: Work, places: Iterable[str] = ()) -> Item:
    """One work as an item. `work` has the keys of a Source: those of its record, or of its node in the graph."""
    kind = str(work["kind"])
    type = _TYPES.get(kind, kind)
    item: Item = {"id": str(work["id"]), "type": type}
    item |= {there: str(work[here]) for here, there in _PLAIN.items() if work.get(here)}
    for key, there in (("authors", "author"), ("editors", "editor")):
        if people := list_values(work.get(key)):
            item[there] = [split_name(name) for name in people]
    item |= _place_in_container(work, type)
    if work.get("pages"):
        item["page"] = str(work["pages"]).replace("–", "-")
    if work.get("issued"):
        item["issued"] = make_date(str(work["issued"]))
    if lines := [*([str(work["note"])] if work.get("note") else []), *places]:
        item["note"] = "\n".join(lines)
    return item


def _place_in_container(work: Work, type: str) -> Item:
    """Container and number: series of a book or report, issue of a periodical, number of anything else."""
    series = type in _SERIES
    found: Item = {}
    if work.get("container"):
        found["collection-title" if series else "container-title"] = str(work["container"])
    if work.get("number"):
        issue = type in _PERIODICAL or bool(work.get("volume"))
        in_series = type == "book" or (series and work.get("container"))
        found["collection-number" if in_series else "issue" if issue else "number"] = str(work["number"])
    return found


def split_name(name: str) -> dict[str, str]:
    """`Family, Given` or `Family, Given, Jr.`; a name without a comma (a body, a name in Korean order) stays whole."""
    family, *rest = (part.strip() for part in name.split(","))
    if not rest:
        return {"literal": name}
    *given, last = rest
    if given and last in _SUFFIXES:
        return {"family": family, "given": ", ".join(given), "suffix": last}
    return {"family": family, "given": ", ".join(rest)}


def make_date(text: str) -> dict[str, Any]:
    """An EDTF date as date parts, no more precise than it is: `circa` where it is approximate or uncertain.

    A span has two date parts, one that is open at an end the other alone; what is no date is kept as it stands.
    """
    try:
        span = parse_date(text)
    except DateError:
        return {"literal": text}
    ends = [end for end in text.split("/") if end not in ("", "..")]
    parts = [part for end in ends for part in _split_date(end)]
    if not parts:
        return {"literal": text}
    found: dict[str, Any] = {"date-parts": [parts[0], parts[-1]] if len(parts) > 1 else parts}
    month = ends[0].strip("?~%")[5:7]
    if len(ends) == 1 and month.isdigit() and int(month) in SEASONS:
        found["season"] = int(month) - min(SEASONS) + 1
    if span.vague or "X" in text.partition("-")[0]:
        found["circa"] = True
    return found


def _split_date(text: str) -> list[list[int]]:
    """Year, month and day as far as they are known; of an unknown digit the first and last year that it may be.

    Years before Christ are counted from nought in EDTF (`-0420` is 421 BC) and from one in CSL (-421).
    """
    digits = "".join(c for c in text if c not in "?~%")
    sign, plain = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
    year, *rest = plain.split("-")
    years = sorted({sign * int(year.replace("X", digit)) for digit in "09"})
    first, last = (y if y > 0 else y - 1 for y in (years[0], years[-1]))
    if first != last:
        return [[first], [last]]
    known: list[int] = []
    for part in rest:
        if not part.isdigit() or int(part) > 31 or (not known and int(part) > 12):
            break
        known.append(int(part))
    return [[first, *known]]
