"""Facts of a parsed text: concepts of the vocabularies matched clause by clause, with their roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.analogy.provisional.cast import BOTH, WE, Cast
from kg.analogy.provisional.lexicon import Form, Lexicon, Match, lemma, words_of
from kg.analogy.provisional.parse import Clause, children, is_negated, is_reported, modality_of, split_clauses, verb_of
from kg.analogy.provisional.roles import OF_ALLIES, OF_TWO, TWO_SIDED, read_roles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# What somebody wants, fears, demands or ought to do is not done.
UNREAL = frozenset({"intended", "demanded", "feared", "suspected", "promised", "offered", "should", "must"})
MANY = 4  # with more actors than these an unnamed second party is not guessed to be "we", or theirs
_WANTING = words_of(
    "want seek demand insist claim prefer desire ask require offer propose call hope need pursue press wish aim hold"
)
_PROMISING = words_of("promise pledge commit undertake vow guarantee agree swear commitment")
_LIGHT = words_of("offer propose suggest promise pledge")
_EVENTS = ("move-kinds", "circumstances")


@dataclass(frozen=True)
class Draft:
    """A fact in the making. `place` is (sentence, first token, last token); `clause` the head of its clause."""

    scheme: str
    predicate: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    topics: tuple[str, ...]
    text: str
    sentence: int
    tokens: tuple[Token, ...]
    clause: Token
    modality: str = ""
    guessed: bool = False  # the target is the other principal, whom the sentence does not name
    read: str = "words"  # or "meaning", when only the sentence vectors told

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two drafts the same fact."""
        return (
            self.scheme,
            self.predicate,
            self.actors,
            self.targets,
            self.topics if self.scheme == "issue-topics" else (),
        )


@dataclass(frozen=True)
class Lexicons:
    """The words of each group of vocabularies."""

    events: Lexicon
    topics: Lexicon
    promises: Lexicon


def draft_facts(doc: Doc, sentence: int, cast: Cast, lexicons: Lexicons) -> tuple[list[Draft], list[Clause], list[str]]:
    """Drafts of one sentence, its clauses in which no event was recognised, and the topics it names."""
    drafts: list[Draft] = []
    silent: list[Clause] = []
    named: list[str] = []
    clauses = list(split_clauses(doc))
    for clause in clauses:
        topics = [m for m in lexicons.topics.find(clause.tokens) if not (_is_empty(m) or _is_actor(m, cast))]
        named += [m.form.concept for m in topics]
        below = [t for c in clauses if is_reported(c.head) and c.head.head in clause.tokens for t in c.tokens]
        reach = lexicons.events.find([*clause.tokens, *below])
        own = [m for m in reach if any(t in clause.tokens for t in m.tokens) and not _is_empty(m)]
        own = [m for m in own if not (_is_actor(m, cast) or _is_light(m, own))]
        told = [
            d
            for m in _choose([m for m in own if is_real(m.tokens)])
            if (d := _draft_event(m, clause, sentence, cast, topics)) is not None
        ]
        told += _draft_positions(topics, clause, sentence, cast)
        told += _draft_promises(lexicons.promises, [*clause.tokens, *below], clause, sentence, cast)
        if not own and not told and len(clause.tokens) > 3:
            silent.append(clause)
        drafts += told
    for relation in [r for r in cast.relations if r.token.doc is doc]:
        clause = next(c for c in clauses if relation.token in c.tokens)
        drafts.append(
            Draft("circumstances", relation.predicate, (relation.actor,), (relation.target,), (), clause.text, sentence,
                  (relation.token,), clause.head)
        )  # fmt: skip
    return drafts, silent, named


def complete(drafts: Sequence[Draft], cast: Cast) -> list[Draft]:
    """Groups spelt out and unnamed second parties filled in, once the whole text is read; twins are dropped."""
    principals = cast.principals()
    out: dict[tuple[object, ...], Draft] = {}
    met: list[tuple[int, str]] = []
    for draft in sorted(drafts, key=lambda d: (d.sentence, d.tokens[0].i)):
        actors = _spell_out(draft.actors, principals)
        targets = tuple(x for x in _spell_out(draft.targets, principals) if x not in actors)
        if not actors and targets and draft.scheme == "commitment-kinds":
            actors = _counterpart(draft, targets[0], principals, cast)
        guess = () if targets or len(actors) != 1 else _counterpart(draft, actors[0], principals, cast)
        if guess and len(cast.actors) > 2 and WE not in (*guess, *actors):
            guess = tuple(x for s, x in reversed(met) if s >= draft.sentence - 1 and x not in actors)[:1] or guess
        if len(cast.actors) > MANY and WE in (*guess, *actors):
            guess = ()  # among so many "we" are as often the writer's people as a party
        met += [(draft.sentence, x) for x in (*targets, *actors)]
        if not actors and (not targets or draft.scheme == "circumstances"):
            continue  # whose circumstance it is must be said
        if draft.predicate in OF_TWO and not (targets or guess):
            continue
        done = replace(draft, actors=actors, targets=targets or guess, guessed=bool(guess))
        twin = out.get(done.key)
        if twin is None or (twin.modality and not done.modality):
            out[done.key] = done
    return sorted(out.values(), key=lambda d: (d.sentence, d.tokens[0].i, d.scheme, d.predicate))


def is_real(tokens: Sequence[Token]) -> bool:
    """Whether the text states what the tokens say, as a fact or a possibility."""
    return not is_negated(tokens) and not any(modality_of(t, tokens) in UNREAL for t in tokens)


def _choose(matches: Sequence[Match]) -> Iterator[Match]:
    """One match for each place: a word counts for the first of the longest forms that hold it, once a vocabulary."""
    taken: dict[str, set[int]] = {scheme: set() for scheme in _EVENTS}
    for match in matches:
        own = {t.i for t in match.tokens}
        if own & taken[match.form.scheme]:
            continue
        taken[match.form.scheme] |= own
        yield match


def _is_actor(match: Match, cast: Cast) -> bool:
    return len(match.tokens) == 1 and cast.is_actor(match.tokens[0])


def _is_light(match: Match, others: Sequence[Match]) -> bool:
    """Whether a verb only carries the noun that tells what is done: to offer a moratorium."""
    verb, *more = match.tokens
    if more or lemma(verb) not in _LIGHT:
        return False
    return any(t.dep_ in ("dobj", "xcomp") and t.head.i == verb.i for m in others for t in m.tokens)


def _is_empty(match: Match) -> bool:
    return all(t.is_stop and t.pos_ in ("ADP", "DET", "PRON", "AUX") for t in match.tokens)


def _draft_event(match: Match, clause: Clause, sentence: int, cast: Cast, topics: Sequence[Match]) -> Draft:
    actors, targets = read_roles(match, cast)
    own = {t.i for t in match.tokens}
    about = tuple(dict.fromkeys(m.form.concept for m in topics if not {t.i for t in m.tokens} <= own))[:1]
    modality = next((m for t in match.tokens if (m := modality_of(t, match.tokens))), "")
    form = match.form
    return Draft(
        form.scheme, form.concept, actors, targets, about, clause.text, sentence, match.tokens, clause.head, modality
    )


def _draft_positions(topics: Sequence[Match], clause: Clause, sentence: int, cast: Cast) -> Iterator[Draft]:
    for match in topics:
        verb = verb_of(match.tokens[0])
        if lemma(verb) not in _WANTING or is_negated([verb]):
            continue
        actors, _ = read_roles(replace(match, tokens=(verb,)), cast)
        if actors:
            yield Draft("issue-topics", match.form.concept, actors, (), (match.form.concept,), clause.text, sentence,
                        match.tokens, clause.head, modality_of(verb))  # fmt: skip


def _draft_promises(
    words: Lexicon, tokens: Sequence[Token], clause: Clause, sentence: int, cast: Cast
) -> Iterator[Draft]:
    promise = next((t for t in clause.tokens if lemma(t) in _PROMISING and t.pos_ in ("VERB", "NOUN")), None)
    if promise is None or not is_real([promise]):
        return
    inside = {t.i for t in promise.subtree if t.i > promise.i}
    returned: set[int] = {t.i for t in clause.tokens if t.lower_ in ("return", "exchange") for t in t.subtree}
    matches = [m for m in words.find([t for t in tokens if t.i in inside | returned]) if not _is_empty(m)]
    if not matches and any(is_negated([t]) for t in children(promise, "xcomp")):
        matches = [Match(Form("refrain", "commitment-kinds", ("promise",), False), (promise,))]
    for match in matches:
        denied = is_negated([t for t in match.tokens if t.i in inside]) and "not" not in match.form.words
        obligors, obligees = read_roles(replace(match, tokens=(promise,)), cast)
        if match.tokens[0].i in returned:  # what the other gives for it
            obligors, obligees = obligees, obligors
        predicate = "refrain" if denied else match.form.concept
        yield Draft("commitment-kinds", predicate, obligors, obligees, (), clause.text, sentence, match.tokens, clause.head,
                    modality_of(promise))  # fmt: skip


def _spell_out(ids: Sequence[str], principals: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(y for x in ids for y in (principals if x == BOTH else (x,))))


def _counterpart(draft: Draft, actor: str, principals: Sequence[str], cast: Cast) -> tuple[str, ...]:
    """The second party that a predicate needs and the sentence leaves out."""
    if draft.predicate in OF_ALLIES:
        pairs = [(r.actor, r.target) for r in cast.relations if r.predicate in ("allied-with", "patron-of")]
        found = [b if a == actor else a for a, b in pairs if actor in (a, b)]
        return tuple(found[:1])
    if draft.predicate in TWO_SIDED or draft.scheme == "commitment-kinds":
        others = [x for x in principals if x != actor]
        return tuple(others[:1]) if actor in principals or WE in others else ()
    return ()


def link_places(drafts: Sequence[Draft]) -> Mapping[int, list[int]]:
    """Positions of drafts by sentence."""
    places: dict[int, list[int]] = {}
    for position, draft in enumerate(drafts):
        places.setdefault(draft.sentence, []).append(position)
    return places
