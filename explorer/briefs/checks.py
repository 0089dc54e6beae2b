"""What would overturn a reading, and how it stands when something is left out, in words."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.briefs.wording import name_facet
from explorer.findings import CHANNELS
from explorer.words import say_term
from kg.analogy.brief.model import Trial, Tripwire

LOOK_NAMES: Mapping[str, str] = {"all": "", "structural": "by structure", "facet": "by facets"}


def say_check(wire: Tripwire) -> str:
    """A tripwire as a question, before the statement that it rests on."""
    if wire.source == "consequence":
        return f"In {wire.speaks_for_title} this followed; nothing here corresponds to it yet. Is there a sign of it?"
    held = (
        "Is it so here, and from when?"
        if wire.here is None
        else "It is found here, too. Does it hold?"
        if wire.here
        else "It is not found here. Is it so?"
    )
    return f"“{say_term(wire.term)}”: in {wire.speaks_for_title}, and not in {wire.against_title}. {held}"


def say_when(wire: Tripwire) -> str:
    """By when the fact was known there, counted from the beginning of the episode."""
    if wire.months is None:
        return "from the start, or at a time that the record does not give"
    if wire.months == 0:
        return "at the beginning, or in its first month"
    return f"by month {wire.months} from the beginning"


def say_overturn(wire: Tripwire) -> str:
    """Which reading a check would speak for."""
    if wire.source == "consequence":
        return f"If so, the likeness to {wire.speaks_for_title} goes further; if it stays away, less far."
    return f"If so, weigh {wire.speaks_for_title} more, and {wire.against_title} less."


def say_trial(trial: Trial, names: Mapping[str, str]) -> str:
    """What was left out; `names` are those of works."""
    if trial.kind == "look":
        return f"{LOOK_NAMES[trial.look]} alone"
    what = {
        "channel": lambda: f"the channel {CHANNELS[trial.left_out][0].lower()}",
        "passage": lambda: f"the passage “{trial.left_out}”",
        "facet": lambda: f"the facet {name_facet(trial.left_out).lower()}",
        "source": lambda: f"facts that rest on {names[trial.left_out]} alone",
        "contested": lambda: "facts that are contested or presumed",
    }[trial.kind]()
    look = LOOK_NAMES[trial.look]
    return f"{look}, without {what}" if look else f"without {what}"
