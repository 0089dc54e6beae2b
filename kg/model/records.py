"""Records: data files read and expanded to JSON-LD node objects for ontology/context.jsonld.

Expansion fills in what writers leave out, and nothing else: parts get their ids and, where only one class is possible,
their types; an edge part written as a bare string becomes a mapping with its far end; a single value of a property that
may have many becomes a list; local ids and references become `record/local`. An empty list is left out. What is
expanded already stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.model.ontology import BASE, Ontology, PropertyDef, load_ontology
from kg.model.problems import Problem, ValuePath
from kg.model.yaml_reader import YamlError, read_yaml


@dataclass(frozen=True, eq=False)
class Record:
    """One record. `data` is its expanded form; `lines` are the lines of its values as written."""

    id: str
    type: str
    data: Mapping[str, Any]
    file: str = ""
    lines: Mapping[ValuePath, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.data.get("name", self.id))

    @property
    def iri(self) -> str:
        return BASE + self.id

    def line(self, path: ValuePath) -> int:
        """Line of a value of `data`, or of the nearest value around it that is written in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)

    def walk(self, ontology: Ontology) -> Iterator[tuple[ValuePath, Mapping[str, Any]]]:
        """The record and every part of it that is a mapping, outermost first, with the path to each."""
        yield from walk(self.data, ontology)


def walk(
    node: Mapping[str, Any], ontology: Ontology, path: ValuePath = ()
) -> Iterator[tuple[ValuePath, Mapping[str, Any]]]:
    """The node and its parts, outermost first. Keys that are no parts are passed over."""
    yield path, node
    for key, value in node.items():
        if key in ontology.properties and ontology.properties[key].kind == "part":
            for index, part in enumerate(list_values(value)):
                if isinstance(part, Mapping):
                    inner = (*path, key, index) if isinstance(value, list) else (*path, key)
                    yield from walk(part, ontology, inner)


def list_citations(record: Record, ontology: Ontology) -> dict[str, list[str]]:
    """Sources that a record cites, has read by or holds, each with the places in it, as they come, each once."""
    found: dict[str, dict[str, None]] = {}
    for _, node in record.walk(ontology):
        for key in ("source", "read_by", "holder"):
            for source in list_values(node.get(key)):
                if isinstance(source, str):
                    locator = node.get("locator")
                    found.setdefault(source, {}).update({str(locator): None} if locator else {})
    return {source: list(locators) for source, locators in found.items()}


def list_values(value: Any) -> list[Any]:
    """The values of a property, whether there are none, one or many."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def read_records(paths: Path | Iterable[Path], ontology: Ontology | None = None) -> tuple[list[Record], list[Problem]]:
    """Read every `.yaml` file at or under the paths, by name. Files that cannot be read become problems."""
    ontology = ontology or load_ontology()
    records: list[Record] = []
    problems: list[Problem] = []
    for file in list_files([paths] if isinstance(paths, Path) else paths):
        try:
            records.append(read_record(file, ontology))
        except YamlError as error:
            problems.append(Problem(str(file), error.line, file.stem, "", "syntax", error.reason))
    return records, problems


def list_files(paths: Iterable[Path]) -> list[Path]:
    """The data files at or under the paths, each once, in order of their names."""
    found: dict[Path, Path] = {}
    for path in paths:
        inside = sorted(f for s in ("*.yaml", "*.yml") for f in path.rglob(s)) if path.is_dir() else [path]
        found.update({file.resolve(): file for file in inside if file.resolve() not in found})
    return list(found.values())


def read_record(file: Path, ontology: Ontology) -> Record:
    """Read one file; RecordSyntaxError if it is no mapping."""
    document = read_yaml(file)
    if not isinstance(document.value, dict):
        raise YamlError(str(file), 1, "is not a record: a record is a mapping that starts with id and type")
    return make_record(document.value, ontology, str(file), document.lines)


def make_record(
    raw: Mapping[str, Any], ontology: Ontology, file: str = "", lines: Mapping[ValuePath, int] | None = None
) -> Record:
    """A record of values as they are written: strings, lists and mappings."""
    id = raw.get("id")
    if not isinstance(id, str) or not id:
        id = Path(file).stem
    data = _Expansion(id, raw, ontology).expand()
    type = data.get("type", "")
    return Record(id, type if isinstance(type, str) else "", data, file, lines or {})


class _Expansion:
    """Expands one record. What does not fit is kept as it is, for the checks to name."""

    def __init__(self, id: str, raw: Mapping[str, Any], ontology: Ontology) -> None:
        self.id, self.raw, self.ontology = id, raw, ontology
        self.locals = set(_list_local_ids(raw, ontology))
        self.minted: Counter[str] = Counter()

    def expand(self) -> dict[str, Any]:
        return self._expand_node(self.raw, self.id, None)

    def _expand_node(self, raw: Mapping[str, Any], id: str, type: str | None) -> dict[str, Any]:
        node: dict[str, Any] = {"id": id}
        if "type" in raw or type is not None:
            node["type"] = raw.get("type", type)
        for key, value in raw.items():
            if key in ("id", "type") or value == []:
                continue
            property = self.ontology.properties.get(key)
            node[key] = value if property is None else self._expand_values(property, value, id)
        return node

    def _expand_values(self, property: PropertyDef, value: Any, owner: str) -> Any:
        values = [self._expand_value(property, v, owner, n) for n, v in enumerate(list_values(value), 1)]
        return values if property.many or isinstance(value, list) else values[0]

    def _expand_value(self, property: PropertyDef, value: Any, owner: str, ordinal: int) -> Any:
        if property.kind == "reference":
            return self._resolve(property, value) if isinstance(value, str) else value
        if property.kind != "part":
            return value
        default = self.ontology.classes[property.range]
        if isinstance(value, str) and default.edge is not None and value:
            value = {default.edge.far: value}
        if not isinstance(value, Mapping):
            return value
        id = value.get("id")
        full = self._qualify(id) if isinstance(id, str) and id else self._mint(property, value, owner, ordinal)
        return self._expand_node(value, full, None if default.abstract else default.name)

    def _resolve(self, property: PropertyDef, value: str) -> str:
        """A reference in full: a part of this record if it can be and is one, else a record."""
        if "/" in value:
            return value
        range = self.ontology.classes[property.range]
        scoped_only = all(self.ontology.classes[c].scoped for c in self.ontology.subclasses(range.name))
        if scoped_only or (value in self.locals and self.ontology.may_be_scoped((range.name,))):
            return f"{self.id}/{value}"
        return value

    def _qualify(self, id: str) -> str:
        return id if id.startswith(f"{self.id}/") else f"{self.id}/{id}"

    def _mint(self, property: PropertyDef, value: Mapping[str, Any], owner: str, ordinal: int) -> str:
        """A stable id of a part that has none: from its far end, which tells it apart, or from its place."""
        edge = self.ontology.classes[property.range].edge
        far = value.get(edge.far) if edge else None
        mark = far.replace("/", "-") if isinstance(far, str) and far else str(ordinal)
        id = f"{owner}/{property.key}-{mark}"
        self.minted[id] += 1
        return id if self.minted[id] == 1 else f"{id}-{self.minted[id]}"


def _list_local_ids(raw: Mapping[str, Any], ontology: Ontology) -> Iterator[str]:
    for path, node in walk(raw, ontology):
        if path and isinstance(node.get("id"), str):
            yield node["id"]
