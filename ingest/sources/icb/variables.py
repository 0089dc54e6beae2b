"""The variables that a coded case holds, from the codebooks of version 13, and which of them were known at the trigger.

Left out, because they tell what came after the trigger: crisis management, the involvement of great powers and
organizations, mediation but for what had begun before, violence in the crisis, the outcome, and what changed by it
(CHACTS, CHALL, POWCH and RUGACH say with the code 5 that another crisis followed, which is the recurrence itself).
TIMVIO is cut to what had happened by the trigger, and IWCMB to whether a war between states was already under way: its
code 2 says that the crisis began a war.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.sources.icb.table import IcbRow

# Coded over the whole crisis by their definitions, though commonly used as known at its trigger.
HINDSIGHT = ("gravity", "actors_involved", "crisis_actors", "salience", "issues", "system_level")


@dataclass(frozen=True)
class Variable:
    """A value of `coded` and its column. With labels it is a category; without, a number, from which `base` is taken."""

    key: str
    column: str
    labels: Mapping[int, str] | None = None
    base: int = 0

    def read(self, row: IcbRow) -> str | int | None:
        """The value; None where it is missing."""
        if self.labels is not None:
            return row.read_code(self.column, self.labels)
        number = row.read_number(self.column)
        return None if number is None else number - self.base


TRIGGER = {
    1: "verbal-act",
    2: "political-act",
    3: "economic-act",
    4: "external-change",
    5: "other-non-violent-act",
    6: "internal-challenge",
    7: "non-violent-military-act",
    8: "indirect-violent-act",
    9: "violent-act",
}
GRAVITY = {
    0: "economic",
    1: "limited-military-damage",
    2: "political",
    3: "territorial",
    4: "influence",
    5: "grave-damage",
    6: "existence",
    7: "other",
}
ISSUES = {
    1: "one-other-than-security",
    2: "two-other-than-security",
    3: "security-alone",
    4: "security-and-another",
    5: "three-or-more",
}
ISSUE = {
    1: "military-security",
    2: "political-diplomatic",
    3: "economic-developmental",
    4: "cultural-status",
    5: "other",
}
SALIENCE = {
    1: "one-subsystem",
    2: "several-subsystems",
    3: "dominant-system-and-one-subsystem",
    4: "dominant-system-and-several-subsystems",
    5: "global-system",
}
REGION = {
    **dict.fromkeys((9, 11, 12, 13, 51), "asia-pacific"),
    **dict.fromkeys((10, 15), "middle-east"),
    **dict.fromkeys((20, 21, 22, 23, 24), "africa"),
    **dict.fromkeys((30, 31, 32, 33, 34, 35), "europe"),
    **dict.fromkeys((41, 42, 43), "americas"),
}
PROXIMITY = {1: "contiguous", 2: "near-neighbours", 3: "distant"}
POLARITY = {1: "multipolar", 2: "world-war", 3: "bipolar", 4: "polycentric", 5: "unipolar"}
SYSTEM_LEVEL = {1: "subsystem", 2: "mainly-subsystem", 3: "mainly-dominant-system", 4: "dominant-system"}
CONFLICT = {1: "not-protracted", 2: "protracted", 3: "long-war"}
ETHNIC = {1: "secessionist", 2: "irredentist", 3: "not-ethnic"}
ETHNIC_DRIVEN = {1: "secessionist", 2: "irredentist", 3: "other", 4: "not-driven-by-ethnicity"}
BY_THE_TRIGGER = {1: "not-yet", 2: "before", 3: "at-the-trigger", 4: "not-yet"}
VIOLENCE = {1: "none", 2: "minor-clashes", 3: "serious-clashes", 4: "full-scale-war"}
FORM = {
    1: "formal agreement",
    2: "semi-formal agreement",
    3: "tacit understanding",
    4: "unilateral act",
    5: "imposed agreement",
    6: "other",
    7: "faded",
}
CONTENT = {1: "ambiguous", 2: "definitive"}
TENSION = {1: "recurred", 2: "did-not-recur", 3: ""}
WAR_UNDER_WAY = {1: "no", 2: "no", **dict.fromkeys(range(3, 11), "yes")}
MEDIATION_BEFORE = {1: "no", 2: "yes", 3: "no", 9: ""}
REGIME = {1: "democratic", 2: "civil-authoritarian", 3: "military", 4: "military", 5: "military"}
# Deviations in the years before the crisis; a state just independent has no normal level.
CHANGE = {1: "increase", 2: "normal", 3: "decrease", 4: ""}
ALLIANCE = {1: "none", 2: "informal-with-a-great-power", 3: "formal-with-a-great-power", 4: "leader"}
ACTOR_FORM = {
    1: FORM[1],
    2: FORM[2],
    3: FORM[3],
    7: "compliance",
    **dict.fromkeys((4, 5, 6), "unilateral act"),
    **dict.fromkeys((8, 9), "imposed agreement"),
    **dict.fromkeys((10, 11, 12, 13, 14), "other"),
    15: "faded",
    99: "",
}
# 9 is not in the codebook; one actor has it.
ACTOR_CONTENT = {1: "definitive", 2: "ambiguous", 3: "ambiguous", 4: "definitive", 5: "", 9: ""}
ACTOR_WAR_UNDER_WAY = {1: "no", **dict.fromkeys(range(2, 11), "yes")}

CRISIS_VARIABLES = (
    Variable("trigger", "break", TRIGGER),
    Variable("gravity", "gravcr", GRAVITY),
    Variable("violence", "timvio", BY_THE_TRIGGER),
    Variable("war_under_way", "iwcmb", WAR_UNDER_WAY),
    Variable("actors_involved", "noactr"),
    Variable("crisis_actors", "cractr"),
    Variable("salience", "geostr", SALIENCE),
    Variable("heterogeneity", "hetero", base=1),
    Variable("issues", "issues", ISSUES),
    Variable("region", "geog", REGION),
    Variable("proximity", "geogrel", PROXIMITY),
    Variable("polarity", "period", POLARITY),
    Variable("system_level", "syslevsy", SYSTEM_LEVEL),
    Variable("conflict", "protrac", CONFLICT),
    Variable("power_gap", "powdissy"),
    Variable("ethnic_component", "ethnic", ETHNIC),
    Variable("ethnic_driven", "ethconf", ETHNIC_DRIVEN),
    Variable("mediation_before", "medtime", MEDIATION_BEFORE),
)
ACTOR_VARIABLES = (
    Variable("trigger", "triggr", TRIGGER),
    Variable("gravity", "gravty", GRAVITY),
    Variable("war_under_way", "iwc", ACTOR_WAR_UNDER_WAY),
    Variable("actors_involved", "noactr"),
    Variable("issue", "issue", ISSUE),
    Variable("region", "geog", REGION),
    Variable("distance", "cractloc", base=1),
    Variable("polarity", "period", POLARITY),
    Variable("conflict", "pc", CONFLICT),
    Variable("power", "powsta"),
    Variable("threat_power", "southpow"),
    Variable("nuclear", "nuclear", base=1),
    Variable("alliance", "allycap", ALLIANCE),
    Variable("regime", "regime", REGIME),
    Variable("regime_age", "durreg"),
    Variable("territory", "territ"),
    Variable("age", "age"),
    Variable("economic_trouble", "econdt", CHANGE),
    Variable("social_unrest", "socunr", CHANGE),
    Variable("mass_violence", "massvl", CHANGE),
    Variable("government_instability", "gvinst", CHANGE),
)
CRISIS_COLUMNS = (
    *("crisno", "crisname", "trigent", "yrtrig", "motrig", "datrig", "yrterm", "moterm", "daterm", "pcid"),
    *("viol", "forout", "subout", "outesr"),
    *(variable.column for variable in CRISIS_VARIABLES),
)
ACTOR_COLUMNS = (
    *("crisno", "cracno", "cracid", "actor", "crisname", "yrtrig", "motrig", "datrig", "yrterm", "moterm", "daterm"),
    *("trigent", "southv", "viol", "outfor", "outcom", "outesr", "trigloc"),
    *(variable.column for variable in ACTOR_VARIABLES),
)
