from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import RecordSyntaxError
from kg.model.yaml_reader import MAX_BYTES, parse_yaml, read_yaml


def test_every_scalar_is_a_string() -> None:
    text = b"a: NO\nb: 1951-07-10\nc: 010\nd: 1e3\ne: ~\nf:\ng: yes\nh: [on, null, 3.5]\ni: 'x'\nj: <<\n"
    assert parse_yaml(text).value == {
        "a": "NO",
        "b": "1951-07-10",
        "c": "010",
        "d": "1e3",
        "e": "~",
        "f": "",
        "g": "yes",
        "h": ["on", "null", "3.5"],
        "i": "x",
        "j": "<<",
    }


def test_blocks_lose_only_the_space_around_them() -> None:
    value = parse_yaml(b"a: >-\n  one\n  two\n\n  three\nb: |\n  x\n    y\n").value
    assert value == {"a": "one two\nthree", "b": "x\n  y"}


def test_comments_that_cut_no_text_are_left_alone() -> None:
    text = b"# first\na: one # a word\nb: 'one two' # quoted\nc: >-  # a block\n  one two\n# last\n"
    assert parse_yaml(text).value == {"a": "one", "b": "one two", "c": "one two"}


def test_every_value_has_its_line() -> None:
    lines = parse_yaml(b"# a comment\nid: x\ntext: >-\n  long\n  text\nmoves:\n  - {id: a, kind: b}\n  - id: c\n").lines
    assert lines[("id",)] == 2
    assert lines[("text",)] == 3
    assert lines[("moves",)] == 6
    assert lines[("moves", 0)] == lines[("moves", 0, "kind")] == 7
    assert lines[("moves", 1, "id")] == 8


def test_letters_are_composed() -> None:
    assert parse_yaml("a: Ku\u0308hn".encode()).value == {"a": "Kühn"}


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert parse_yaml(b"\xef\xbb\xbfid: x").value == {"id": "x"}


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"a: 1\nb: 2\na: 3\n", 3, "has the key 'a' twice"),
        (b"x:\n  - {a: 1, a: 2}\n", 2, "has the key 'a' twice"),
        (b"a: &x 1\nb: *x\n", 1, "anchor or alias"),
        (b"a: 1\nb: *x\n", 2, "anchor or alias"),
        (b"a: !!int 1\n", 1, "has the tag"),
        (b"a: !!python/object/apply:os.system [ls]\n", 1, "has the tag"),
        (b"a: 1\n---\nb: 2\n", 2, "second document"),
        (b"a: b: c\n", 1, "put a text that holds a colon into quotes"),
        (b"a: [1, 2\n", 2, "is not valid YAML"),
        (b"a: 1\n\tb: 2\n", 2, "is not valid YAML"),
        (b"a: Resolution of 1950 #83\n", 1, "starts a comment"),
        ("a: [é, ü]\nb: {c: one two #3\n}\n".encode(), 2, "starts a comment"),
        (b"? [a]\n: 1\n", 1, "key that is not a word"),
        (b"a: \xff\n", 1, "is not UTF-8"),
        (b"", 1, "is empty"),
        (b"# only a comment\n", 1, "is empty"),
        (b"a: " + b"[" * 60 + b"]" * 60, 1, "is nested deeper"),
        (b"a: " + b"x" * MAX_BYTES, 0, "is larger than"),
    ],
)
def test_refused_with_file_and_line(content: bytes, line: int, reason: str) -> None:
    with pytest.raises(RecordSyntaxError) as caught:
        parse_yaml(content, "some.yaml")
    assert str(caught.value).startswith(f"some.yaml:{line}: ")
    assert reason in str(caught.value)


def test_a_deep_nest_is_refused_before_it_exhausts_the_stack() -> None:
    with pytest.raises(RecordSyntaxError, match="nested deeper"):
        parse_yaml(b"[" * 200_000)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RecordSyntaxError, match="cannot be read"):
        read_yaml(tmp_path / "none.yaml")
