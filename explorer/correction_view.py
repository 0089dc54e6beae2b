"""What was read off the reader's text, to be set right: facts dropped, confirmed, changed and added, actors named."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from explorer.address import is_lost, read, write
from explorer.briefs.telling import say_firmness, say_statement
from explorer.opening import as_text
from explorer.templating import render
from explorer.words import count_of, say_term
from kg.analogy.brief.situation import describe_situation
from kg.analogy.provisional.corrections import ACTOR, ADD, CHANGE, CONFIRM, DROP, SCHEMES, Correction, correct
from kg.errors import UsageError
from kg.model.ontology import Ontology, load_ontology

if TYPE_CHECKING:
    from kg.analogy.brief.model import Statement
    from kg.analogy.case import Case

GROUPS: Mapping[str, str] = {
    "move-kinds": "A move: somebody does something", "circumstances": "A circumstance: something holds of somebody",
    "issue-topics": "A position: somebody wants something of it", "commitment-kinds": "A promise: somebody owes something",
}  # fmt: skip
SAID = {DROP: "Dropped", CONFIRM: "Confirmed", CHANGE: "Changed", ADD: "Added", ACTOR: "Set right"}


def read_corrections() -> tuple[Correction, ...]:
    """Corrections in the address. Raises UsageError when they cannot be read."""
    text = read("fix")
    if not text:
        return ()
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if not isinstance(told, list):
        raise UsageError("the corrections in this address cannot be read: take the parameter “fix” out of it")
    return tuple(Correction.from_dict(one) for one in told)


def ask_corrections(case: Case) -> tuple[Correction, ...]:
    """The form, over the case as it was read; gives the corrections that apply."""
    ontology = load_ontology()
    made = read_corrections()
    now, stale = correct(case, made, ontology)
    told = describe_situation(now)
    readers = sum(fact.read == "reader" for fact in told.facts)
    firm = "all presumed" if not readers else f"{readers} known to you, the rest presumed"
    actors = [entity for entity in now.entities if entity.kind == "actor"]
    title = f"As it was read: {count_of(len(actors), 'actor')}, {count_of(len(told.facts), 'fact')}, {firm}"
    with st.expander(f"{title}. Set it right", expanded=bool(made) or is_lost("fix")):
        st.html('<div class="note"><p>Structure and facets are compared by these facts. What you drop, confirm, change or add is known '
                "to you and presumed no longer; the list and the brief follow at once.</p></div>")  # fmt: skip
        if is_lost("fix"):
            st.info("The corrections that this address names are no longer kept here: make them again.")
        if stale:
            st.info(f"The text is read otherwise now: {count_of(len(stale), 'correction')} no longer applied.")
        for fact in told.facts:
            _draw_fact(fact)
        chosen = st.session_state.get("_editing")
        found = next((fact for fact in told.facts if fact.id == chosen), None)
        _edit_fact(found, now, ontology)
        _edit_actor(now, ontology)
        _draw_made([correction for correction in made if correction not in stale], now)
    return tuple(correction for correction in made if correction not in stale)


def _draw_fact(fact: Statement) -> None:
    with st.container(key=f"fact_{fact.id}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(render("brief/fact.html", fact=fact, says=say_statement(fact), firm=say_firmness(fact)))
        name = say_statement(fact)
        if fact.read != "reader":
            _offer("Confirm", fact, f"It is so: {name}", _add, Correction(CONFIRM, fact.id, fact.term))
        _offer("Change", fact, f"Change: {name}", _edit, fact.id)
        _offer("Drop", fact, f"It is not so: {name}", _add, Correction(DROP, fact.id, fact.term))


def _offer(label: str, fact: Statement, help: str, act: Callable[..., None], *args: object) -> None:
    """A button for something that the reader may do to a fact."""
    key = f"{label.lower()}_{fact.id}"
    st.button(label, key=key, help=as_text(help), type="tertiary", on_click=act, args=args)


def _edit_fact(fact: Statement | None, case: Case, ontology: Ontology) -> None:
    """The fields of a fact: those of the one that is being changed, or of a new one."""
    place = fact.id if fact else "new"
    st.subheader(f"Change: {as_text(say_statement(fact))}" if fact else "Add a fact", anchor=False)
    schemes: list[str] = list(SCHEMES)
    group = st.selectbox("What it is", schemes, index=schemes.index(fact.scheme) if fact else 0, format_func=GROUPS.__getitem__,
                         key=f"group_{place}")  # fmt: skip
    terms = [concept.id for concept in ontology.schemes[group].concepts.values()]
    actors = {entity.id: entity.name for entity in case.entities if entity.kind == "actor"}
    old = next((f for f in case.facts if fact and f.id == fact.id), None)
    doers = [id for role, id in old.roles if role in ("actor", "holder", "obligor")] if old else []
    others = [id for role, id in old.roles if role in ("target", "obligee")] if old else []
    with st.form(f"form_{place}", border=False):
        left, right = st.columns(2)
        term = left.selectbox(
            "Term", terms, index=terms.index(fact.term) if fact and fact.term in terms else None, format_func=say_term,
            placeholder="Choose a term", key=f"term_{place}_{group}",
        )  # fmt: skip

        def name(id: str) -> str:
            return actors.get(id, id)

        who = left.multiselect(
            "Who", list(actors), default=doers, format_func=name, accept_new_options=True, key=f"who_{place}"
        )
        whom = right.multiselect("Towards whom", list(actors), default=others, format_func=name, accept_new_options=True,
                                 key=f"whom_{place}")  # fmt: skip
        topics = [concept.id for concept in ontology.schemes["issue-topics"].concepts.values()]
        about = right.multiselect("About", topics, default=[t for t in fact.about if t in topics] if fact else [],
                                  format_func=say_term, key=f"about_{place}")  # fmt: skip
        text = (
            ""
            if fact
            else st.text_input(
                "In your words", key=f"text_{place}", placeholder="One line; it stands in the brief as yours"
            )
        )
        done = st.form_submit_button("Change the fact" if fact else "Add the fact")
    if fact:
        st.button("Leave it as it is", on_click=_edit, args=(None,), type="tertiary")
    if done and (not term or not who):
        st.info("A fact needs a term and somebody whom it is about.")
    elif done and term:
        act = Correction(CHANGE, fact.id, fact.term) if fact else Correction(ADD)
        _add(Correction(act.act, act.id, act.was, term, tuple(who), tuple(whom), tuple(about), text.strip()))
        st.rerun()


def _edit_actor(case: Case, ontology: Ontology) -> None:
    """Roles of an actor, or whom it is the same as."""
    actors = {entity.id: entity for entity in case.entities if entity.kind == "actor"}
    if not actors:
        return

    def name(id: str | None) -> str:
        return actors[id].name if id else ""

    st.subheader("Who is who", anchor=False)
    with st.form("form_actor", border=False):
        one, two, three = st.columns(3)
        chosen = one.selectbox("Actor", list(actors), format_func=name, key="actor_chosen")
        roles = [concept.id for concept in ontology.schemes["party-roles"].concepts.values()]
        given = two.multiselect("Has the roles", roles, format_func=say_term, key="actor_roles")
        same = three.selectbox("Or is the same as", list(actors), index=None, format_func=name,
                               placeholder="Another actor", key="actor_same")  # fmt: skip
        done = st.form_submit_button("Set it right")
    if done and chosen and same == chosen:
        st.info("An actor is always the same as itself: choose another.")
    elif done and chosen and (given or same):
        _add(Correction(ACTOR, chosen, who=(same,) if same else (), terms=() if same else tuple(given)))
        st.rerun()


def _draw_made(made: Sequence[Correction], case: Case) -> None:
    """What the reader has done so far, each to be taken back."""
    if not made:
        return
    st.subheader("What you have changed", anchor=False)
    names = {entity.id: entity.name for entity in case.entities}
    for number, correction in enumerate(made):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(Markup('<div class="note">{}</div>').format(_tell(correction, names)))
            st.button("Take back", key=f"undo_{number}", type="tertiary", on_click=_undo, args=(correction,))
    st.button("Take back all", on_click=write, args=("fix", None), type="tertiary")


def _tell(correction: Correction, names: dict[str, str]) -> str:
    who = [names.get(id, id) for id in correction.who]
    if correction.act == ACTOR:
        of = f"the same as {who[0]}" if who else ", ".join(say_term(t).lower() for t in correction.terms)
        return f"{SAID[ACTOR]}: {names.get(correction.id, correction.id)} is {of}"
    was = say_term(correction.was).lower() if correction.was else ""
    now = say_term(correction.term).lower() if correction.term else ""
    return f"{SAID[correction.act]}: {' → '.join(part for part in (was, now) if part)}" + (
        f" ({', '.join(who)})" if who else ""
    )


def _edit(id: str | None) -> None:
    st.session_state["_editing"] = id


def _write(corrections: Sequence[Correction]) -> None:
    told = [correction.to_dict() for correction in corrections]
    write("fix", json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else None)


def _add(correction: Correction) -> None:
    """One more correction; an earlier one of the same fact, by which it was confirmed, gives way."""
    _edit(None)
    kept = [c for c in read_corrections() if c.act != CONFIRM or c.id != correction.id]
    _write([*kept, correction])


def _undo(correction: Correction) -> None:
    _write([c for c in read_corrections() if c != correction])
