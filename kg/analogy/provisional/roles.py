"""Who does what to whom: the role arguments of a match, read from the dependency parse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.analogy.provisional.cast import BOTH, Cast
from kg.analogy.provisional.lexicon import Match, lemma, words_of
from kg.analogy.provisional.parse import children, clause_head, subject_of, verb_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOWARDS = words_of("with to against from on at toward towards upon of into over between for")
_TALKS = words_of("talk negotiation conference summit meeting dialogue diplomacy parley discussion")
# Verbs whose subject is not the one who makes the demand, the offer, the threat that is their object.
_RECEIVING = words_of("accept reject refuse receive face answer ignore meet welcome suffer resist expect fear dismiss")
# Conditions that one is in, though the verb is passive: exhausted, divided, pressed for time.
_UNDERGONE = words_of(
    "war-weary economic-distress divided-government is-overextended time-pressure domestic-constraint under-sanctions"
)
# Circumstances and moves that make no sense without a second party; the other principal is meant when none is named.
TWO_SIDED = words_of(
    "accept perceives-weakness perceives-threat perceives-bad-faith rival-of stronger-than fights demand "
    "issue-ultimatum threaten use-force provoke accuse propose-talks agree-to-talks sanction blockade "
    "propose reject break-commitment does-not-recognize show-of-force"
)
# Bonds that are none unless the text names both: whoever "stands alone with his guns" is nobody's ally.
OF_TWO = words_of("allied-with patron-of rival-of stronger-than hosts-forces-of depends-on")
# Those whose second party is an ally, a patron or a client.
OF_ALLIES = words_of(
    "wants-more-than-ally press-ally defy-ally fears-abandonment fears-entrapment consult-allies hosts- "
    "forces-of depends-on"
)


def read_roles(match: Match, cast: Cast) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Actors and targets that the sentence names for a match; either may be empty."""
    verb = next((t for t in match.tokens if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("amod", "compound")), None)
    noun = None if verb is not None else match.tokens[-1]
    actors: tuple[str, ...] = cast.owner(noun) if noun is not None else ()
    targets = _first(_nouns_towards(noun), cast, actors) if noun is not None else ()
    anchor = verb if verb is not None else verb_of(match.tokens[0])
    subject, passive = subject_of(anchor)
    if noun is not None and subject is None:
        subject, passive = subject_of(clause_head(noun))
    said = () if subject is None else cast.at(subject)
    if subject is not None and lemma(subject) in _TALKS and not said:
        said = (BOTH,)
    undergone = passive and match.form.concept in _UNDERGONE
    agents = tuple(x for a in children(anchor, "agent") for n in children(a, "pobj") for x in cast.at(n))
    if passive and not undergone and noun is None:
        return agents, said
    if noun is not None and not actors and lemma(anchor) in _RECEIVING:
        return (), ()  # whose demand one accepts is not said
    if noun is not None and passive and not undergone:
        said = agents  # "a blockade was imposed by them"
    actors = actors or said
    if not actors and match.form.concept in _UNDERGONE:
        return _first(iter(clause_head(anchor).subtree), cast, ()), ()  # "famine has struck the north"
    if not actors:
        return (), ()
    others = agents if undergone else _first(_objects(anchor), cast, actors)
    return actors, tuple(x for x in targets or others if x not in actors)


def _first(nouns: Iterator[Token], cast: Cast, actors: tuple[str, ...]) -> tuple[str, ...]:
    for noun in nouns:
        if found := tuple(x for x in cast.at(noun) if x not in actors):
            return found
    return ()


def _nouns_towards(noun: Token) -> Iterator[Token]:
    for prep in children(noun, "prep"):
        if prep.lower_ in _TOWARDS:
            yield from children(prep, "pobj")


def _objects(verb: Token) -> Iterator[Token]:
    """What a verb bears on, the nearest first: its objects, then those of its complements."""
    yield from children(verb, "dobj", "dative")
    for thing in children(verb, "dobj", "attr", "acomp"):
        yield from _nouns_towards(thing)
    for prep in children(verb, "prep", "prt", "dative"):
        if prep.lower_ in _TOWARDS or prep.lower_ == "as":
            yield from children(prep, "pobj")
            for inner in children(prep, "pcomp"):
                yield from _objects(inner)
            for inner in children(prep, "prep"):
                yield from children(inner, "pobj")
    for inner in children(verb, "xcomp", "ccomp"):
        yield from children(inner, "nsubj")
        yield from _objects(inner)
