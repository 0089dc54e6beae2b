"""A node of the graph as a page of text for a terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from rich.text import Text

from explorer.cli.console import out, wrap
from kg.errors import DateError
from kg.model.date_display import format_date
from kg.model.ontology import Ontology

_HIDDEN = frozenset(
    {"id", "name", "iri", "type", "record", "sources", "aka", "abstract", "summary", "text", "embedding"}
)
_DERIVED = ("earliest", "latest")
SHOWN_LINKS = 12
# Ends of relationships that a line about a part tells, and the words for them.
_ROLES = {
    "BY": "by", "TOWARDS": "towards", "OWED_BY": "owed by", "OWED_TO": "owed to", "SIGNED_BY": "accepted by",
    "HELD_BY": "as read by", "AT": "at", "READ_BY": "so read by",
}  # fmt: skip
_ORDER = (
    "Phase", "Issue", "Circumstance", "Incident", "Meeting", "Summit", "Move", "Agreement", "Commitment", "Assessment",
    "Outcome", "FailureMode", "Response", "Claim", "Predicament", "Judgement",
)  # fmt: skip


def print_node(described: Mapping[str, Any], ontology: Ontology) -> None:
    """Print what `Service.describe` returns."""
    node = described["node"]
    label = ontology.classes[node["type"]].label if node.get("type") in ontology.classes else node.get("type", "")
    out.print(Text.assemble((str(node["name"]), "bold"), f"  {label}  ", (node["id"], "dim")))
    if node.get("date"):
        out.print(_shown_date(node["date"]))
    for key in ("summary", "text"):
        if node.get(key):
            out.print()
            wrap(str(node[key]))
    _print_facts(node)
    edges = described["edges"]
    _print_parts(described["parts"], edges, ontology)
    _print_links(node["id"], edges)


def _print_facts(node: Mapping[str, Any]) -> None:
    facts = [(k, v) for k, v in sorted(node.items()) if k not in _HIDDEN and k != "date" and not k.startswith("_")]
    shown = [(k, v) for k, v in facts if not any(d in k for d in _DERIVED)]
    if shown:
        out.print()
    for key, value in shown:
        told = _shown_date(str(value)) if key in ("born", "died", "issued", "known") else value
        wrap(f"{key.replace('_', ' ')}: {', '.join(map(str, told)) if isinstance(told, list) else told}", 2)


def _print_parts(parts: Iterable[Mapping[str, Any]], edges: list[Mapping[str, Any]], ontology: Ontology) -> None:
    facts = _Facts(edges)
    props = {row["props"]["id"]: row["props"] for row in parts}
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for part in props.values():
        if facts.owner.get(part["id"]) not in props:
            groups[_group(part["type"], ontology)].append(part)
    for name in sorted(groups, key=lambda g: _ORDER.index(g) if g in _ORDER else len(_ORDER)):
        out.print()
        out.print(Text(ontology.classes[name].plural, style="bold"))
        for part in groups[name]:
            _print_part(part, facts, props, 2)


class _Facts:
    """What relationships say of parts: who they are parts of, their other ends in words, and positions on issues."""

    def __init__(self, edges: Iterable[Mapping[str, Any]]) -> None:
        self.owner: dict[str, str] = {}
        self.ends: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.positions: dict[str, list[str]] = defaultdict(list)
        for edge in edges:
            if edge["type"].startswith("HAS_"):
                self.owner[edge["target"]] = edge["source"]
            elif edge["type"] in _ROLES:
                self.ends[edge["source"]][_ROLES[edge["type"]]].append(str(edge["target_name"]))
            elif edge["type"] == "WANTS":
                self.positions[edge["target"]].append(f"{edge['source_name']}: {edge['props']['text']}")


def _group(type: str, ontology: Ontology) -> str:
    lineage = ontology.classes[type].lineage if type in ontology.classes else (type,)
    return next((c for c in lineage if c in _ORDER), type)


def _print_part(part: Mapping[str, Any], facts: _Facts, props: Mapping[str, Mapping[str, Any]], indent: int) -> None:
    date = f"{_shown_date(part['date'])}: " if part.get("date") else ""
    codes = [part[k] for k in ("kind", "mode", "verdict", "status", "effect", "codes", "topic") if part.get(k)]
    coded = ", ".join(", ".join(c) if isinstance(c, list) else str(c) for c in codes)
    text = str(part.get("text") or "")
    name = str(part.get("name") or "")
    named = "" if text.startswith(name.removesuffix(" …")) else f"{name}. " if text else name
    told = "; ".join(f"{word} {', '.join(dict.fromkeys(names))}" for word, names in facts.ends[part["id"]].items())
    wrap(f"{date}{named}{text}{f' [{coded}]' if coded else ''}{f' — {told}' if told else ''}", indent)
    for position in facts.positions[part["id"]]:
        wrap(position, indent + 2)
    for id, owner in facts.owner.items():
        if owner == part["id"] and id in props:
            _print_part(props[id], facts, props, indent + 2)


def _print_links(id: str, edges: list[Mapping[str, Any]]) -> None:
    links: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge["type"].startswith("HAS_") or id not in (edge["source"], edge["target"]):
            continue
        outward = edge["source"] == id
        other = edge["target_name"] if outward else edge["source_name"]
        props = edge["props"]
        detail = (
            props.get("role") or (_shown_date(props["date"]) if props.get("date") else "") or props.get("locator") or ""
        )
        links[f"{edge['type']} →" if outward else f"← {edge['type']}"].append(
            f"{other}{f' ({detail})' if detail else ''}"
        )
    if links:
        out.print()
        out.print(Text("Links", style="bold"))
    for name, others in sorted(links.items()):
        distinct = list(dict.fromkeys(others))
        more = f"; and {len(distinct) - SHOWN_LINKS} more" if len(distinct) > SHOWN_LINKS else ""
        wrap(f"{name} {'; '.join(distinct[:SHOWN_LINKS])}{more}", 2)


def _shown_date(text: str) -> str:
    try:
        return format_date(text)
    except DateError:
        return text
