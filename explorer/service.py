"""One object behind the command line and the pages: the graph, the ontology, the search, each opened when first needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.errors import NotFound, UsageError
from kg.model.ontology import Ontology, load_ontology
from kg.store import ReaderResult, Store, StoreConfig, open_store

if TYPE_CHECKING:
    from kg.analogy.dated import CutOff
    from kg.analogy.encode import Encoder
    from kg.analogy.index import EpisodeIndex
    from kg.analogy.mask import Masker
    from kg.analogy.own_episode import Casts, OwnEpisode
    from kg.analogy.principals import LeftOut, Principals
    from kg.analogy.reading import Reading
    from kg.analogy.similar import NearPredicament, Query, SimilarResult


@dataclass(frozen=True)
class Offer:
    """What a text says of itself, for a reader to use or not: of when it is, and which episode it is about."""

    cut: CutOff | None = None
    own: OwnEpisode | None = None


class Service:
    """The graph and what can be asked of it. Close it, or use it as a context manager.

    Nothing that needs the language model is imported before a search is asked for.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Service:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.store.close()

    @cached_property
    def ontology(self) -> Ontology:
        return load_ontology()

    @cached_property
    def encoder(self) -> Encoder:
        from kg.analogy.encode import Encoder

        return Encoder()

    @cached_property
    def index(self) -> EpisodeIndex:
        """The episodes with their vectors. Raises GraphEmpty before the first build."""
        from kg.analogy.index import EpisodeIndex

        return EpisodeIndex.from_rows(self.run("episode_passages"), self.data_version)

    @cached_property
    def masker(self) -> Masker:
        from kg.analogy.gazetteer import Gazetteer
        from kg.analogy.mask import Masker
        from kg.analogy.names import EntityFinder

        return Masker(Gazetteer.from_rows(self.run("gazetteer")), EntityFinder())

    @cached_property
    def principals(self) -> Principals:
        """Whose affair each episode is."""
        from kg.analogy.principals import Principals

        return Principals.from_rows(self.run("episode_parties"))

    @cached_property
    def casts(self) -> Casts:
        """The people of each episode."""
        from kg.analogy.own_episode import Casts

        return Casts.from_rows(self.run("episode_people"))

    def forget(self) -> None:
        """Drop what was read from the graph, after a build."""
        for name in ("index", "masker", "principals", "casts"):
            self.__dict__.pop(name, None)

    @property
    def meta(self) -> Mapping[str, Any] | None:
        """What the last finished build wrote of itself; None before the first."""
        return self.store.read_meta()

    @property
    def data_version(self) -> str:
        return str((self.meta or {}).get("data_version", ""))

    def run(self, name: str, **params: Any) -> list[dict[str, Any]]:
        """Rows of one of the queries in kg/store/cypher."""
        return self.store.run(name, **params)

    def read_cypher(self, text: str, params: Mapping[str, Any] | None = None, **limits: Any) -> ReaderResult:
        """A reader's query, read-only, cut off by time and rows."""
        return self.store.read_cypher(text, dict(params or {}), **limits)

    def similar(
        self,
        text: str | None = None,
        episode: str | None = None,
        k: int = 10,
        before: date | None = None,
        predicaments: Sequence[str] = (),
        reading: Reading | None = None,
        other_than: Sequence[str] = (),
        exclude: Sequence[str] = (),
    ) -> SimilarResult:
        """The k episodes most like a text or an episode; see `kg.analogy.similar` and, for `other_than` and `exclude`, `query`."""
        from kg.analogy.similar import similar

        query = self.query(text, episode, before, predicaments, other_than, exclude)
        return similar(query, self.index, self.encoder, self.masker, k, reading)

    def nearest_predicaments(self, result: SimilarResult, n: int = 8) -> list[NearPredicament]:
        """The n predicaments, from different episodes, that come nearest to the query of a result."""
        from kg.analogy.similar import nearest_predicaments

        return nearest_predicaments(result.query, self.index, result.reading, n)

    def choose_actors(
        self, text: str | None, episode: str | None, different: bool, without: Sequence[str]
    ) -> tuple[str, ...]:
        """The actors that precedents shall not be about: those named, and with `different` the situation's principals.

        Raises NotFound.
        """
        if unknown := [id for id in without if id not in self.principals.names]:
            raise NotFound(f"no actor {unknown[0]!r} is a principal of an episode{self._suggest(unknown[0])}")
        return tuple(dict.fromkeys([*without, *(self.find_principals(text, episode) if different else ())]))

    def find_principals(self, text: str | None, episode: str | None) -> tuple[str, ...]:
        """The actors whose affair a situation is: of a text the two of the corpus that it names most. Raises NotFound."""
        if episode is not None:
            self.index.position(episode)
            return self.principals.of_episode(episode)
        return self.principals.of_text(self.masker.find(text or ""))

    def offer(self, result: SimilarResult, exclude: Sequence[str] = ()) -> Offer:
        """What the text of a result says of itself; nothing of an episode, and no cut-off where the query has one.

        `exclude` are episodes that the reader has left out already: none of them is found again.
        """
        from kg.analogy.dated import suggest_before
        from kg.analogy.own_episode import NEAREST, find_own

        text = result.query.text
        if text is None:
            return Offer()
        cut = suggest_before(text)
        ids = [match.id for match in result.matches[:NEAREST] if match.id not in exclude]
        nearest = [self.index.entries[self.index.position(id)] for id in ids]
        own = find_own(text, cut, self.masker.gazetteer.find(text), nearest, self.principals, self.casts)
        return Offer(None if result.query.before else cut, own)

    def left_out(self, query: Query) -> tuple[LeftOut, ...]:
        """Episodes that a query leaves out for the sake of different actors."""
        from kg.analogy.principals import find_left_out

        return find_left_out(query, self.index, self.principals)

    def query(
        self,
        text: str | None,
        episode: str | None,
        before: date | None,
        predicaments: Sequence[str],
        other_than: Sequence[str] = (),
        exclude: Sequence[str] = (),
    ) -> Query:
        """A query whose episode exists; neither those of `exclude` nor episodes of which any actor of `other_than` is a
        principal are proposed.

        Raises NotFound, UsageError.
        """
        from kg.analogy.similar import Query

        if episode is not None:
            self.index.position(episode)
        known = [entry.id for entry in self.index.entries]
        if unknown := [id for id in exclude if id not in known]:
            near = get_close_matches(unknown[0], known, 3, 0.5)
            hint = f": did you mean {', '.join(near)}?" if near else ": `precedent cypher` lists what there is"
            raise NotFound(f"no episode {unknown[0]!r} in the graph to leave out{hint}")
        gone = frozenset(self.principals.sharing(other_than)) - {episode} if other_than else frozenset()
        return Query(text, episode, tuple(predicaments), before, gone | frozenset(exclude), tuple(other_than))

    def find_name(self, text: str, limit: int = 20) -> list[dict[str, Any]]:
        """Nodes whose names or aliases match: id, name, type, score. Raises UsageError for a blank text."""
        if not text.strip():
            raise UsageError("nothing to look for: give a name, an alias or a part of one")
        found = self.store.fulltext_search("entity_names", text, limit)
        rows = {row["id"]: row for row in self.run("nodes_by_id", ids=[id for id, _ in found])}
        return [{**rows[id], "score": score} for id, score in found if id in rows]

    def describe(self, id: str) -> dict[str, Any]:
        """A node with its parts and relationships, for `precedent show`. Raises NotFound with near ids."""
        found = self.run("nodes_by_id", ids=[id])
        if not found:
            raise NotFound(f"nothing has the id {id!r}{self._suggest(id)}")
        return {
            "node": self.run("show_node", id=id)[0]["props"],
            "parts": self.run("show_parts", id=id),
            "edges": self.run("show_edges", id=id),
        }

    def _suggest(self, id: str) -> str:
        near = [row["id"] for row in self.find_name(id.replace("-", " "), 3)] if id.strip("-/ ") else []
        return f": did you mean {', '.join(near)}?" if near else ": search with the page Explore or `precedent cypher`"


def open_service(config: StoreConfig | None = None) -> Service:
    """Connect to the configured graph; the embedded one is started if it does not run. Raises StoreUnavailable."""
    return Service(open_store(config))
