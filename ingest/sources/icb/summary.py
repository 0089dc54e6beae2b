"""The actors in whose eyes a crisis began, together: actors that entered later are not counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from ingest.sources.icb.table import IcbRow
from ingest.sources.icb.timing import first_day, last_day
from ingest.sources.icb.variables import ACTOR_VARIABLES

_BY_KEY = {variable.key: variable for variable in ACTOR_VARIABLES}
_EXTREMES = (
    ("strongest_actor", "power", max),
    ("weakest_actor", "power", min),
    ("threat_power", "threat_power", max),
    ("nuclear", "nuclear", max),
    ("distance", "distance", max),
    ("largest_territory", "territory", max),
    ("smallest_territory", "territory", min),
    ("youngest_state", "age", max),
    ("youngest_regime", "regime_age", min),
)
_SHARES = (
    ("democracies", "regime", "democratic"),
    ("military_regimes", "regime", "military"),
)
_ANY = (
    ("great_power_leads", "alliance", ("leader",)),
    ("great_power_ally", "alliance", ("informal-with-a-great-power", "formal-with-a-great-power")),
    ("economic_trouble", "economic_trouble", ("increase",)),
    ("social_unrest", "social_unrest", ("increase",)),
    ("mass_violence", "mass_violence", ("increase",)),
    ("government_instability", "government_instability", ("increase",)),
)


def outbreak_actors(crisis: IcbRow, actors: list[IcbRow]) -> list[IcbRow]:
    """Actors whose crisis began with that of the first, or on the next day; at least the first of them."""
    triggered = last_day(crisis, "trig") or first_day(crisis, "trig")
    first = min(first_day(actor, "trig") for actor in actors)
    until = max(triggered, first) + timedelta(days=1)
    return [actor for actor in actors if first_day(actor, "trig") <= until]


def summarize_actors(actors: Iterable[IcbRow]) -> dict[str, object]:
    """Counts, extremes, shares and whether any of them; None where no actor has the value."""
    actors = list(actors)
    found: dict[str, object] = {"actors_at_outbreak": len(actors)}
    for key, source, choose in _EXTREMES:
        numbers = [v for v in _read(actors, source) if isinstance(v, int)]
        found[key] = choose(numbers) if numbers else None
    for key, source, label in _SHARES:
        values = _read(actors, source)
        found[key] = sum(value == label for value in values) / len(values) if values else None
    for key, source, labels in _ANY:
        values = _read(actors, source)
        found[key] = any(value in labels for value in values) if values else None
    return found


def _read(actors: list[IcbRow], key: str) -> list[str | int]:
    values = (_BY_KEY[key].read(actor) for actor in actors)
    return [value for value in values if value is not None]
