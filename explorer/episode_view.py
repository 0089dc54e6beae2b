"""The Episode page as HTML, section by section: what of the record goes where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from explorer.citations import Notes
from explorer.dossier import Dossier, Link, Props, edge_cites
from explorer.service import Service
from explorer.templating import render
from explorer.words import say_date
from kg.model.ontology import load_ontology

EVENTS = ("HAS_PHASE", "HAS_MOVE", "HAS_INCIDENT", "HAS_MEETING")


@dataclass(frozen=True)
class Party:
    """An actor in an episode with all its roles."""

    id: str
    name: str
    kind: str
    side: str
    office: str
    represents: str
    roles: tuple[str, ...]
    cites: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """A heading and its HTML; `lead` says in a line what the section answers."""

    key: str
    title: str
    lead: str
    html: str


def read_parties(dossier: Dossier) -> list[Party]:
    """Actors that take part, each once, in the order of side and name."""
    links: defaultdict[str, list[Link]] = defaultdict(list)
    for link in dossier.near(dossier.root["id"], "PARTICIPATED_IN"):
        links[link.id].append(link)
    return [
        Party(
            id, of[0].name, of[0].kind, str(of[0].props.get("side") or ""), str(of[0].props.get("office") or ""),
            str(of[0].props.get("represents") or ""), tuple(dict.fromkeys(link.props["role"] for link in of)),
            tuple(edge_cites(of[0].props)),
        )
        for id, of in links.items()
    ]  # fmt: skip


def group_sides(parties: Sequence[Party]) -> list[tuple[str, list[Party]]]:
    """Sides by size; those of no side last."""
    sides: defaultdict[str, list[Party]] = defaultdict(list)
    for party in parties:
        sides[party.side].append(party)
    ordered = sorted(sides.items(), key=lambda item: (item[0] == "", -len(item[1]), item[0]))
    return [(_say_side(side), members) for side, members in ordered]


def _say_side(side: str) -> str:
    """`unc` and `dprk` are abbreviations, `communist` is a word."""
    words = side.replace("-", " ")
    return (
        words.upper()
        if words and (len(words) < 4 or not set(words) & set("aeiouy"))
        else words[:1].upper() + words[1:] or "Of no side"
    )


def bundle_promises(dossier: Dossier) -> list[tuple[Props | None, list[Props]]]:
    """Commitments under their agreements, agreements without one included, the rest at the end."""
    under: defaultdict[str, list[Props]] = defaultdict(list)
    for commitment in dossier.parts("HAS_COMMITMENT"):
        under[next((link.id for link in dossier.far(commitment["id"], "UNDER")), "")].append(commitment)
    bundles: list[tuple[Props | None, list[Props]]] = [
        (a, under.pop(a["id"], [])) for a in dossier.parts("HAS_AGREEMENT")
    ]
    return [*bundles, *((None, rest) for rest in under.values())]


def _group_claims(dossier: Dossier) -> list[list[Props]]:
    """Claims that dispute one another stand together."""
    claims = {claim["id"]: claim for claim in dossier.parts("HAS_CLAIM")}
    group = {id: {id} for id in claims}
    for id in claims:
        for link in dossier.far(id, "DISPUTES"):
            if link.id in group and group[link.id] is not group[id]:
                group[id] |= group[link.id]
                for member in group[id]:
                    group[member] = group[id]
    seen: list[set[str]] = []
    for members in group.values():
        if members not in seen:
            seen.append(members)
    return [[claims[id] for id in sorted(members)] for members in sorted(seen, key=lambda m: (-len(m), min(m)))]


def draw_sections(dossier: Dossier, notes: Notes, names: Props, analogies: Sequence[Any]) -> list[Section]:
    """All sections that the record fills, in reading order. `names` maps ids of offices and actors to names."""
    parties = read_parties(dossier)
    people = [p for p in parties if p.kind == "Person"]
    sides = group_sides([p for p in parties if p.kind != "Person"])
    quarrels = _group_claims(dossier)
    both = {"dossier": dossier, "notes": notes}
    plan: list[tuple[str, str, str, bool, Callable[[], str]]] = [
        ("precedent-of", "What it is a precedent of", "One sentence each, name-free and before the outcome; a search compares them.", True,
         lambda: render("episode/predicaments.html", **both)),
        ("story", "The story", "Moves, incidents and meetings in order of time, and what each led to.", True,
         lambda: render("episode/timeline.html", events=sort_events(dossier), **both)),
        ("parties", "Parties and people", "Who took part, on which side, in what role.", bool(parties),
         lambda: render("episode/parties.html", sides=sides, people=people, offices=names, **both)),
        ("issues", "What was in dispute", "Each issue, and what each side wanted.", True,
         lambda: render("episode/issues.html", cites_of=edge_cites, **both)),
        ("circumstances", "Circumstances", "What held while the outcome was open.", True,
         lambda: render("episode/circumstances.html", **both)),
        ("promises", "Agreements and promises", "Who owed what to whom, and who reads its performance how.",
         bool(dossier.parts("HAS_AGREEMENT", "HAS_COMMITMENT")),
         lambda: render("episode/agreements.html", bundles=bundle_promises(dossier), **both)),
        ("outcome", "Outcome", "How it ended, and from when that could be known.", True, lambda: render("episode/outcome.html", **both)),
        ("failure", "How it could fail", "Ways of failing that threatened or struck, early signs, what was tried.", True,
         lambda: render("episode/failures.html", **both)),
        ("claims", "Where accounts differ", "Statements with their holders; rivals stand side by side.", bool(quarrels),
         lambda: render("episode/claims.html", quarrels=quarrels, **both)),
        ("analogies", "Analogies drawn", "Who is documented to have invoked it, and for what lesson.", bool(analogies),
         lambda: render("episode/analogies.html", analogies=analogies, notes=notes)),
    ]  # fmt: skip
    return [Section(key, title, lead, draw()) for key, title, lead, there, draw in plan if there]


def draw_sources(notes: Notes) -> str:
    """Bibliography of the page, with the notes that its marks open."""
    ontology = load_ontology()
    cited = notes.cited()
    primary = [work for work in cited if ontology.is_a(work["type"], "PrimarySource")]
    return render(
        "episode/sources.html", primary=primary, secondary=[w for w in cited if w not in primary], notes=notes
    )


def sort_events(dossier: Dossier) -> list[Props]:
    """Events by time; a phase stands before what begins on its first day."""
    return sorted(
        dossier.parts(*EVENTS),
        key=lambda e: (e.get("earliest") or "", e["type"] != "Phase", e.get("latest") or "", e["id"]),
    )


def cite_this(dossier: Dossier, version: str, accessed: str) -> Markup:
    """How to cite the entry."""
    line = (
        "“{},” in <cite>Precedent: A Knowledge Graph of Diplomatic History</cite>, data version {} (accessed {}), {}."
    )
    return Markup(line).format(dossier.root["name"], version or "unknown", say_date(accessed), dossier.root["iri"])


def read_names(service: Service, dossier: Dossier) -> dict[str, str]:
    """Names of the offices that people held and of those for whom they took part."""
    links = dossier.near(dossier.root["id"], "PARTICIPATED_IN")
    ids = {str(link.props[key]) for link in links for key in ("office", "represents") if link.props.get(key)}
    return {row["props"]["id"]: row["props"]["name"] for row in service.run("page_nodes", ids=sorted(ids))}


def read_analogies(service: Service, dossier: Dossier, notes: Notes) -> list[dict[str, Any]]:
    """Analogies drawn with the episode, each once; the works that they cite join those of the page."""
    uses: dict[str, dict[str, Any]] = {}
    for row in service.run("page_analogies", id=dossier.root["id"]):
        use = uses.setdefault(row["props"]["id"], {"props": row["props"], "drawn_by": [], "cites": []})
        if row["drawn_by"] not in use["drawn_by"]:
            use["drawn_by"].append(row["drawn_by"])
        use["cites"] = [(source, "") for source in row["props"].get("sources") or []]
    missing = {source for use in uses.values() for source, _ in use["cites"]} - set(notes.works)
    found = {row["props"]["id"]: row["props"] for row in service.run("page_nodes", ids=sorted(missing))}
    notes.works = {**notes.works, **found}
    return list(uses.values())


def today() -> str:
    """The day of access, for a citation."""
    return date.today().isoformat()
