"""YAML as people write records: every scalar a string, nothing invented, a line for every value.

The reader works on the parser's events, so that no tag, boolean, date or number is ever resolved: `NO` stays Norway.
Refused with file and line: duplicate keys, anchors and aliases, tags, a second document, a text cut short by a comment,
nesting beyond sense, and files too large to be a record.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kg.errors import RecordSyntaxError
from kg.model.problems import ValuePath

MAX_BYTES = 2_000_000
MAX_DEPTH = 12

_COMMENT = re.compile(r"[ \t]*#")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(RecordSyntaxError):
    """A file that is not such YAML; carries the place for lists of problems."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file, self.line, self.reason = file, line, reason


@dataclass
class YamlDocument:
    """The value of a file and the line, from 1, at which each value starts."""

    value: Any
    lines: dict[ValuePath, int] = field(default_factory=dict)


def read_yaml(file: Path) -> YamlDocument:
    """Read one file. RecordSyntaxError names file and line."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise YamlError(str(file), 0, f"cannot be read: {error.strerror}") from error
    return parse_yaml(content, str(file))


def parse_yaml(content: bytes, name: str = "<text>") -> YamlDocument:
    """Read YAML from bytes in UTF-8; `name` stands for the file in errors."""
    if len(content) > MAX_BYTES:
        raise YamlError(name, 0, f"is larger than {MAX_BYTES // 1_000_000} MB: no record is; split it")
    try:
        text = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise YamlError(name, line, "is not UTF-8: save the file in that encoding") from error
    try:
        return _Builder(name, text).build()
    except yaml.YAMLError as error:
        raise YamlError(name, *_explain(error)) from error


def _explain(error: yaml.YAMLError) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    hint = ""
    if "mapping values are not allowed" in problem:
        hint = ": put a text that holds a colon into quotes or a block (>-)"
    elif "cannot start any token" in problem or "did not find expected" in problem:
        hint = ": check indentation, and put a text with special characters into quotes or a block (>-)"
    return (mark.line + 1 if mark else 0), f"is not valid YAML: {problem}{hint}"


class _Builder:
    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)
        self.lines: dict[ValuePath, int] = {}

    def build(self) -> YamlDocument:
        next(self.events)  # start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise YamlError(self.name, 1, "is empty")
        value = self._read(next(self.events), ())
        next(self.events)  # end of the document
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._refuse(after, "holds a second document: one file is one record")
        return YamlDocument(value, self.lines)

    def _read(self, event: yaml.Event, path: ValuePath) -> Any:
        self.lines[path] = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse(event, "has an anchor or alias (& or *): write the value out, or put it into quotes")
        if getattr(event, "tag", None):
            self._refuse(event, f"has the tag {event.tag}: leave it out")  # type: ignore[attr-defined]
        if len(path) > MAX_DEPTH:
            self._refuse(event, f"is nested deeper than {MAX_DEPTH} levels")
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_cut(event)
            return event.value.strip()
        if isinstance(event, yaml.SequenceStartEvent):
            return self._read_list(path)
        return self._read_mapping(path)

    def _read_list(self, path: ValuePath) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self._read(event, (*path, len(values))))
        return values

    def _read_mapping(self, path: ValuePath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(event, "has a key that is not a word")
            key = self._read(event, (*path, ""))
            if key in values:
                self._refuse(event, f"has the key {key!r} twice: keep one")
            line = event.start_mark.line + 1
            values[key] = self._read(next(self.events), (*path, key))
            self.lines[(*path, key)] = line  # where the key stands, not where a block of text starts
        self.lines.pop((*path, ""), None)
        return values

    def _refuse_cut(self, event: yaml.ScalarEvent) -> None:
        """A comment right after words outside quotes is more likely the rest of them: `Resolution of 1950 #83`."""
        if not event.style and " " in event.value and _COMMENT.match(self.text, event.end_mark.index):
            self._refuse(event, "has a # after words without quotes, which starts a comment: put the text into quotes")

    def _refuse(self, event: yaml.Event, reason: str) -> None:
        raise YamlError(self.name, event.start_mark.line + 1, reason)
