"""Questions that a graph of an episode can open on, each a choice of relationships."""

from __future__ import annotations

from dataclasses import dataclass


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


def find_question(key: str | None, episode: bool) -> Question:
    """The question with that key; for an episode the first, for anything else what is next to it."""
    if not episode:
        return EVERYTHING
    return next((q for q in EPISODE_QUESTIONS if q.key == key), EPISODE_QUESTIONS[0])
