"""Checks records against the ontology and names every problem: file, line, record, property, rule, and what to do.

The rules are those of ontology/shapes.ttl; `kg.rdf.shacl` applies the same shapes to the RDF form, and a test holds the
two to the same verdicts. What RDF cannot show (a repeated id, a misspelt type) is checked here alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.errors import DateError
from kg.model.dates import parse_date
from kg.model.ontology import ClassDef, Ontology, PropertyDef, PropertyShape
from kg.model.problems import Problem, ValuePath
from kg.model.records import Record, list_values, walk

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBERS = {"integer": re.compile(r"[+-]?[0-9]+"), "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")}


@dataclass(frozen=True)
class Directory:
    """Every id that a reference can name, with its class and the file that has it."""

    types: Mapping[str, str]
    files: Mapping[str, list[str]]

    @classmethod
    def of(cls, records: Iterable[Record], ontology: Ontology) -> Directory:
        """The records and all their parts. A record read twice from one file counts once."""
        types: dict[str, str] = {}
        files: dict[str, list[str]] = {}
        for record in records:
            names = files.setdefault(record.id, [])
            if record.file not in names:
                names.append(record.file)
            for _, node in walk(record.data, ontology):
                if isinstance(node.get("id"), str):
                    types.setdefault(node["id"], str(node.get("type", "")))
        return cls(types, files)


def check(records: Iterable[Record], ontology: Ontology, directory: Directory | None = None) -> list[Problem]:
    """All problems of the records, by file and line. References may name whatever the directory holds."""
    records = list(records)
    directory = directory or Directory.of(records, ontology)
    problems: list[Problem] = []
    for record in records:
        problems.extend(_RecordCheck(record, ontology, directory).run())
    return sorted(problems)


class _RecordCheck:
    def __init__(self, record: Record, ontology: Ontology, directory: Directory) -> None:
        self.record, self.ontology, self.directory = record, ontology, directory
        self.problems: list[Problem] = []
        self.seen: dict[str, ValuePath] = {}

    def run(self) -> list[Problem]:
        self._check_identity()
        c = self._check_record_type()
        if c is not None:
            self._check_node(self.record.data, c, ())
        return self.problems

    def _report(self, path: ValuePath, rule: str, message: str) -> None:
        self.problems.append(
            Problem(self.record.file, self.record.line(path), self.record.id, self._show(path), rule, message)
        )

    def _show(self, path: ValuePath) -> str:
        """`moves[soviet-signal].kind`: parts go by their local id, other values by their place."""
        shown = ""
        node: Any = self.record.data
        for place, step in enumerate(path, 1):
            if isinstance(step, str):
                node = node.get(step, {})
                shown += f".{step}" if shown else step
                continue
            node = node[step]
            if isinstance(node, Mapping) and (*path[:place], "id") in self.record.lines:
                shown += f"[{str(node['id']).rpartition('/')[2]}]"
            elif path[:place] in self.record.lines or not self.record.lines:
                shown += f"[{step + 1}]"
        return shown

    def _check_identity(self) -> None:
        record = self.record
        if record.data["id"] != record.id or (("id",) not in record.lines and record.lines):
            self._report((), "id", "has no id: give it one, the same as the file name without its ending")
        elif not SLUG.fullmatch(record.id):
            self._report(("id",), "id", f"{record.id!r} is no id: use small letters, digits and hyphens")
        if record.file and Path(record.file).stem != record.id:
            self._report(
                ("id",), "file-name", f"the file must be named {record.id}.yaml, or the id be {Path(record.file).stem}"
            )
        others = [f for f in self.directory.files.get(record.id, []) if f != record.file]
        if others:
            self._report(("id",), "duplicate-id", f"{others[0]} has the same id: change one or merge the two")

    def _check_record_type(self) -> ClassDef | None:
        type = self.record.data.get("type")
        choices = [c.name for c in self.ontology.classes.values() if _is_record_class(c)]
        if not isinstance(type, str) or not type:
            self._report(("type",), "type", f"has no type: choose one of {', '.join(choices)}")
            return None
        c = self.ontology.classes.get(type)
        if c is None:
            self._report(("type",), "type", f"{type!r} is not a type{_suggest(type, choices)}")
            # Read on as what was probably meant, so that the rest is reported too.
            return self.ontology.classes.get(next(iter(get_close_matches(type, choices)), ""))
        if c.abstract:
            below = self.ontology.subclasses(type)
            self._report(("type",), "abstract", f"{type} is abstract: choose one of {', '.join(below)}")
        elif c.derived:
            self._report(("type",), "abstract", f"nodes of {type} are computed: no record is made of it")
        elif not _is_record_class(c):
            self._report(("type",), "type", f"{type} is a part of a record, not a record: put it into its owner")
        return c

    def _check_node(self, node: Mapping[str, Any], c: ClassDef, path: ValuePath) -> None:
        shapes = self.ontology.shapes[c.name]
        self._check_part_id(node, path)
        for key in node:
            if key not in ("id", "type") and key not in shapes:
                self._report((*path, key), "unknown-property", self._explain_key(key, node[key], c))
        for key, shape in shapes.items():
            values = list_values(node.get(key))
            self._check_count(c, key, shape, values, path)
            for index, value in enumerate(values):
                place = (*path, key, index) if isinstance(node[key], list) else (*path, key)
                self._check_value(self.ontology.properties[key], shape, value, place)

    def _check_part_id(self, node: Mapping[str, Any], path: ValuePath) -> None:
        id = node["id"]
        if not isinstance(id, str):
            return
        local = id.removeprefix(f"{self.record.id}/")
        if path and (*path, "id") in self.record.lines and not SLUG.fullmatch(local):
            self._report((*path, "id"), "id", f"{local!r} is no id: use small letters, digits and hyphens")
        if id in self.seen:
            first = self.record.line(self.seen[id])
            self._report(
                (*path, "id"), "duplicate-id", f"{local!r} is also the id of the part in line {first}: rename one"
            )
        self.seen.setdefault(id, path)

    def _explain_key(self, key: str, value: Any, c: ClassDef) -> str:
        shapes = self.ontology.shapes
        if not value and " " in key:
            return f"{key!r} is read as a key without a value: put a text that holds a comma into quotes"
        users = [name for name, own in shapes.items() if key in own and not self.ontology.classes[name].abstract]
        if users and key in self.ontology.properties:
            return (
                f"{key!r} is not a property of {c.name}, but of {', '.join(users[:6])}{_suggest(key, shapes[c.name])}"
            )
        names = {p.name: p.key for p in self.ontology.properties.values()}
        if key in names:
            return f"{key!r} is written {names[key]!r} in records"
        return f"{key!r} is not a property of {c.name}{_suggest(key, shapes[c.name])}"

    def _check_count(self, c: ClassDef, key: str, shape: PropertyShape, values: list[Any], path: ValuePath) -> None:
        # RDF holds a value once, however often it is written; count as it does.
        count = len({str(v) for v in values})
        if count < shape.minimum:
            need = "needs one" if shape.minimum == 1 else f"needs at least {shape.minimum}, has {count}"
            comment = self.ontology.properties[key].comment
            self._report((*path, key), "min-count", f"{c.name} {need}: {comment[0].lower()}{comment[1:]}")
        if shape.maximum is not None and count > shape.maximum:
            self._report((*path, key), "max-count", f"{c.name} takes at most {shape.maximum}, has {count}")

    def _check_value(self, property: PropertyDef, shape: PropertyShape, value: Any, path: ValuePath) -> None:
        if property.kind == "part":
            self._check_part(property, shape, value, path)
        elif not isinstance(value, str):
            what = "a list in a list" if isinstance(value, list) else "a mapping"
            want = "the id of a record" if property.kind == "reference" else "a text"
            self._report(path, "structure", f"is {what}: write {want}")
        elif property.kind == "reference":
            self._check_reference(property, shape, value, path)
        elif property.kind == "concept":
            self._check_concept(shape, value, path)
        else:
            for rule, message in check_literal(property, shape, value):
                self._report(path, rule, message)

    def _check_part(self, property: PropertyDef, shape: PropertyShape, value: Any, path: ValuePath) -> None:
        range = self.ontology.classes[property.range]
        if not isinstance(value, Mapping):
            self._report(path, "structure", f"must be a {range.name}, written as a mapping (key: value)")
            return
        choices = [
            name for a in self.ontology.allowed_classes(property.key, shape) for name in self.ontology.subclasses(a)
        ]
        type = value.get("type")
        c = self.ontology.classes.get(type) if isinstance(type, str) else None
        if type is None:
            self._report(path, "class", f"needs a type: one of {', '.join(choices)}")
        elif c is None:
            self._report(path, "class", f"{type!r} is not a type{_suggest(str(type), choices)}")
        else:
            allowed = self.ontology.allowed_classes(property.key, shape)
            if not any(self.ontology.is_a(c.name, a) for a in allowed):
                self._report(path, "class", f"is of class {c.name}, must be one of {', '.join(choices)}")
            elif c.abstract:
                self._report((*path, "type"), "abstract", f"{c.name} is abstract: choose one of {', '.join(choices)}")
        self._check_node(value, c or range, path)

    def _check_reference(self, property: PropertyDef, shape: PropertyShape, value: str, path: ValuePath) -> None:
        allowed = self.ontology.allowed_classes(property.key, shape)
        type = self.directory.types.get(value)
        if type is None:
            fitting = [id for id, t in self.directory.types.items() if any(self.ontology.is_a(t, a) for a in allowed)]
            shown = value.removeprefix(f"{self.record.id}/")
            wanted = " or ".join(self.ontology.classes[a].label.lower() for a in allowed)
            fitting = [id.removeprefix(f"{self.record.id}/") for id in fitting]
            self._report(path, "reference", f"there is no {wanted} {shown!r}{_suggest(shown, fitting)}")
        elif not any(self.ontology.is_a(type, a) for a in allowed):
            self._report(path, "class", f"{value!r} is of class {type or '(none)'}, must be {' or '.join(allowed)}")

    def _check_concept(self, shape: PropertyShape, value: str, path: ValuePath) -> None:
        scheme = self.ontology.schemes[shape.scheme or ""]
        if value in scheme.concepts:
            return
        other = self.ontology.concepts.get(value)
        if other is not None:
            self._report(
                path,
                "concept",
                f"{value!r} is a term of {other.scheme}, not of {scheme.id}{_suggest(value, scheme.concepts)}",
            )
        else:
            self._report(
                path, "concept", f"{value!r} is not a term of {scheme.id}{_suggest(value, scheme.concepts, all=True)}"
            )


def check_literal(property: PropertyDef, shape: PropertyShape, value: str) -> Iterator[tuple[str, str]]:
    """Rule and message of whatever is wrong with a value that is neither reference, part nor concept."""
    if property.kind == "edtf":
        try:
            parse_date(value)
        except DateError as error:
            yield "datatype", str(error)
    elif property.kind in _NUMBERS and not _NUMBERS[property.kind].fullmatch(value):
        yield "datatype", f"{value!r} is no {'whole number' if property.kind == 'integer' else 'decimal number'}"
    if len(value) < shape.min_length:
        yield "min-length", "is empty: write a text or leave the key out"
    elif shape.pattern and not re.search(shape.pattern, value):
        have = f"; this one has {len(value.split())}" if shape.message and "words" in shape.message else ""
        yield (
            "pattern",
            f"{shape.message.rstrip('.')}{have}" if shape.message else f"{value!r} does not match {shape.pattern}",
        )


def _is_record_class(c: ClassDef) -> bool:
    return not (c.scoped or c.derived or c.abstract) and c.lineage[-1] == "Entity"


def _suggest(value: str, choices: Iterable[str], all: bool = False) -> str:
    """`: did you mean …?`, or, where nothing is near and `all` is set, what there is to choose from."""
    choices = list(choices)
    near = get_close_matches(value, choices, n=3, cutoff=0.65)
    if not near:
        near = [c for c in choices if value and (value in c or c in value)][:3]
    if near:
        return f": did you mean {' or '.join(near)}?"
    return f": choose one of {', '.join(choices)}" if all and choices else ""
