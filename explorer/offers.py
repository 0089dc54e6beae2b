"""What a text says of itself, in words: of when it is, and which episode it is about. Offered to the reader, never done for him."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.service import Offer
    from kg.analogy.dated import CutOff
    from kg.analogy.own_episode import OwnEpisode

SHOWN = 4  # names that are given as evidence


def say_cut(cut: CutOff) -> str:
    """The date that was found, without a full stop."""
    return f"The text opens with the date {cut.words}" if cut.opening else f"The latest date in the text is {cut.words}"


def say_own(own: OwnEpisode) -> str:
    """The episode that was found and by what, without a full stop."""
    names = list(dict.fromkeys(own.named))
    more = "and others, " if len(names) > SHOWN else ""
    return f"The text seems to be about this episode: {own.title} (it names {', '.join(names[:SHOWN])}, {more}and {own.date})"


def tell_offer(offer: Offer) -> list[str]:
    """Lines for a reader at a terminal, each with the option that takes the offer."""
    lines: list[str] = []
    if offer.cut:
        lines.append(f"{say_cut(offer.cut)}: --before {offer.cut.day} compares only what had ended before.")
    if offer.own:
        lines.append(f"{say_own(offer.own)}: --exclude {offer.own.id} leaves it out.")
    return lines
