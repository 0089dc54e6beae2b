"""Questions that a graph can open on, each a choice of relationships."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.ontology import load_ontology


@dataclass(frozen=True)
class Question:
    """Relationship types that answer a question; with `classes`, both ends must be of one of them or a subclass.

    `chain` says that the relationships run from cause to effect, and that the drawing shall run so too.
    """

    key: str
    title: str
    types: tuple[str, ...]
    classes: tuple[str, ...] = ()
    chain: bool = False


EVERYTHING = Question("next", "What is nearby?", ())

EPISODE_QUESTIONS = (
    Question("causes", "What led to what?", ("LED_TO",), chain=True),
    Question("acts", "Who did what?", ("BY", "TOWARDS"), ("Actor", "Move", "Incident")),
    Question("wants", "Who wanted what?", ("WANTS", "HAS_ISSUE")),
    Question(
        "promises", "Who promised what?",
        ("OWED_BY", "OWED_TO", "UNDER", "SIGNED_BY", "HAS_ASSESSMENT"), ("Actor", "Commitment", "Agreement", "Assessment"),
    ),
    Question("parties", "Who took part?", ("PARTICIPATED_IN", "ATTENDED", "HAS_MEETING"), ("Actor", "Episode", "Meeting")),
    Question(
        "failure", "How could it fail?",
        ("HAS_FAILURE_MODE", "HAS_RESPONSE", "BY"), ("Episode", "FailureMode", "Response", "Actor"),
    ),
    Question("readings", "Who reads it how?", ("HELD_BY", "DISPUTES", "READ_BY", "PRECEDENT", "SITUATION", "DRAWN_BY")),
    EVERYTHING,
)  # fmt: skip


ACTOR_QUESTIONS = (
    Question("part", "Where did it take part?", ("PARTICIPATED_IN",)),
    Question("acts", "What did it do?", ("BY",), ("Actor", "Move", "Incident")),
    Question("suffers", "What was done to it?", ("TOWARDS",), ("Actor", "Move", "Incident")),
    Question("promises", "What was promised?", ("OWED_BY", "OWED_TO", "SIGNED_BY")),
    Question(
        "belongs", "Who belongs to it?",
        ("HELD", "NATIONAL_OF", "OFFICE_OF", "PART_OF", "MEMBER_OF", "SUCCEEDS"), ("Actor", "Office"),
    ),
    EVERYTHING,
)  # fmt: skip


def questions_of(type: str) -> tuple[Question, ...]:
    """The questions that can be asked of a node of a class; the first is what a graph opens on."""
    ontology = load_ontology()
    if ontology.is_a(type, "Episode"):
        return EPISODE_QUESTIONS
    return ACTOR_QUESTIONS if ontology.is_a(type, "Actor") else (EVERYTHING,)


def find_question(key: str | None, type: str) -> Question:
    """The question with that key, or the first of the class."""
    asked = questions_of(type)
    return next((question for question in asked if question.key == key), asked[0])
