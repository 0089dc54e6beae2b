"""What readers' Cypher may not say, on either engine.

Three walls stand one behind the other. The database refuses writes (a read-only user on the embedded engine, read
access mode on Neo4j). This module looks at the words of a query and, on Neo4j, at the plan that `EXPLAIN` returns:
read access mode lets `LOAD CSV`, `SHOW SETTINGS`, `TERMINATE TRANSACTION` and administrative procedures through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from kg.errors import QueryRefused

MAX_BYTES = 50_000

PROCEDURES = frozenset(
    {
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
        "db.index.vector.querynodes",
        "db.index.vector.queryrelationships",
        "db.labels",
        "db.propertykeys",
        "db.relationshiptypes",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.schema.visualization",
    }
)
# Functions with a dot in their name come from these; others (apoc, genai, …) may read files or call other machines.
FUNCTION_SPACES = frozenset(
    {"date", "datetime", "duration", "localdatetime", "localtime", "point", "text", "time", "vector"}
)
ADMINISTRATION = frozenset(
    {
        *("alter", "deallocate", "deny", "disable", "drop", "dryrun", "enable", "explain", "grant"),
        *("profile", "reallocate", "rename", "revoke", "show", "start", "stop", "terminate", "use"),
    }
)
READS_ONLY = "Readers may only read: ask with MATCH … RETURN …"

_TOKEN = re.compile(
    r"""
      (?P<skip>\s+ | //[^\n]* | /\*.*?(?:\*/|\Z))
    | (?P<text>'(?:\\.|[^'\\])*(?:'|\Z) | "(?:\\.|[^"\\])*(?:"|\Z))
    | (?P<quoted>`(?:``|[^`])*(?:`|\Z))
    | (?P<word>[^\W\d]\w*)
    | (?P<number>\d\w*)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
# Neo4j decodes \uXXXX before it reads anything else, so that an ASCII letter or quotation mark could hide behind one.
_HIDDEN = re.compile(r"\\u+00[0-7][0-9A-Fa-f]")
_OPERATORS = re.compile(r"LoadCSV|AdministrationCommand|Show\w*|Terminate\w*|Transaction\w*")


def check_text(text: str) -> str:
    """The query without a closing semicolon. Raises QueryRefused for what the words alone give away."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise QueryRefused(f"The query has {size:,} bytes; the limit is {MAX_BYTES:,}. Pass long values as parameters.")
    if _HIDDEN.search(text):
        raise QueryRefused(
            r"Escapes such as \u0041 are not allowed for plain letters and signs: write the character itself."
        )
    tokens = list(_tokenize(text))
    if not tokens:
        raise QueryRefused("The query is empty: write one, such as MATCH (e:Episode) RETURN e.name LIMIT 10.")
    if tokens[-1].word == ";" and len(tokens) > 1:
        text = text[: tokens[-1].start].rstrip()
        tokens.pop()
    _check_statement(tokens)
    for name in _called(tokens):
        _check_procedure(name)
    for name in _dotted_functions(tokens):
        if name.split(".")[0] not in FUNCTION_SPACES:
            raise QueryRefused(
                f"The function {name} is not among those that readers may call; use Cypher's own functions."
            )
    return text


def check_plan(query_type: str | None, plan: Mapping[str, Any] | None) -> None:
    """Refuse what `EXPLAIN` shows to be more than a read of the graph. Raises QueryRefused."""
    for step in _steps(plan or {}):
        operator = str(step.get("operatorType", "")).split("@")[0]
        if operator == "LoadCSV":
            raise QueryRefused("Readers may not use LOAD CSV: it reads files and web addresses, not the graph.")
        if operator == "ProcedureCall":
            details = str((step.get("args") or {}).get("Details", ""))
            _check_procedure(details.split("(")[0].replace("`", "").strip())
        elif _OPERATORS.fullmatch(operator):
            raise QueryRefused(f"Readers may not use administrative commands ({operator}). {READS_ONLY}.")
    if query_type != "r":
        raise QueryRefused(f"{READS_ONLY}.")


def _check_procedure(name: str) -> None:
    if name.lower() not in PROCEDURES:
        raise QueryRefused(
            f"Readers may not call {name or 'this procedure'}; allowed are db.labels, db.relationshipTypes, "
            "db.propertyKeys, db.schema.*, db.index.vector.queryNodes and db.index.fulltext.queryNodes."
        )


def _steps(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for child in plan.get("children") or []:
        yield from _steps(child)


class _Token:
    """One token: `word` in lower case (a quoted name without its quotes, "'" for a text), and where it starts."""

    __slots__ = ("name", "quoted", "start", "word")

    def __init__(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        raw = match.group()
        self.start = match.start()
        self.quoted = kind == "quoted"
        self.name = kind in ("word", "quoted")
        self.word = "'" if kind == "text" else raw.strip("`").lower() if self.quoted else raw.lower()


def _tokenize(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip":
            yield _Token(match)


def _check_statement(tokens: list[_Token]) -> None:
    words = ["" if token.quoted else token.word for token in tokens]
    if ";" in words:
        raise QueryRefused("One statement at a time: send what follows the semicolon as a query of its own.")
    if words[0] in ADMINISTRATION:
        raise QueryRefused(f"A query may not begin with {words[0].upper()} here. {READS_ONLY}.")
    for i, (word, following) in enumerate(pairwise(words)):
        if i and words[i - 1] in (".", ":"):
            continue  # a property or a label of that name
        if word == "load" and following == "csv":
            raise QueryRefused("Readers may not use LOAD CSV: it reads files and web addresses, not the graph.")
        if word == "}" and following == "in" and "transactions" in words[i + 2 : i + 6]:
            raise QueryRefused(f"Readers may not use CALL … IN TRANSACTIONS. {READS_ONLY}.")


def _called(tokens: list[_Token]) -> Iterator[str]:
    """Names of procedures that stand behind CALL."""
    for i, token in enumerate(tokens):
        if token.word != "call" or token.quoted or (i and tokens[i - 1].word in (".", ":")):
            continue
        name, after = _dotted_name(tokens, i + 1)
        ends = after >= len(tokens) or tokens[after].word in ("(", "yield")
        # `RETURN call AS x` has a variable of that name; `CALL {` and `CALL (x) {` are subqueries.
        if name and ends:
            yield name


def _dotted_functions(tokens: list[_Token]) -> Iterator[str]:
    """Names with a dot that stand before an opening parenthesis, other than procedures."""
    i = 0
    while i < len(tokens):
        if not tokens[i].name or (i and tokens[i - 1].word == "."):
            i += 1
            continue
        name, after = _dotted_name(tokens, i)
        behind_call = i > 0 and tokens[i - 1].word == "call" and not tokens[i - 1].quoted
        if "." in name and after < len(tokens) and tokens[after].word == "(" and not behind_call:
            yield name
        i = after


def _dotted_name(tokens: list[_Token], start: int) -> tuple[str, int]:
    """The name `a.b.c` that starts there, and the position behind it."""
    parts: list[str] = []
    i = start
    while i < len(tokens) and tokens[i].name:
        parts.append(tokens[i].word)
        if i + 1 < len(tokens) and tokens[i + 1].word == ".":
            i += 2
        else:
            i += 1
            break
    return ".".join(parts), i
