"""Short texts with a key: who is said to do or to be what towards whom, coded by hand before the reader was run on them.

A fact is (predicate, actor, target); the target is "" when there is none to speak of. Issues and commitments have holders
and obligors for actors.
"""

from __future__ import annotations

Key = tuple[str, str, str]

OP_ED = (
    "The paradox: the other side reads the mere act of sitting down with it as a sign of weakness. It offers moratoriums and "
    "symbolic gestures, and may walk out or provoke. We want a settlement on today's lines, our ally wants more, and talks "
    "could drag on for years."
)

SITUATIONS: dict[str, tuple[str, set[Key]]] = {
    "op-ed": (
        OP_ED,
        {
            ("perceives-weakness", "other-side", "we"), ("unilateral-restraint", "other-side", ""),
            ("gesture", "other-side", ""), ("walk-out", "other-side", ""), ("provoke", "other-side", "we"),
            ("wants-settlement", "we", ""), ("peace-treaty", "we", ""), ("ceasefire-line", "we", ""), ("allied-with", "we-ally", "we"),
            ("wants-more-than-ally", "we-ally", "we"), ("stall", "we", ""),
        },
    ),
    "client": (
        "A great power wants out of a costly war and negotiates secretly with its enemy. Its small client, which depends on it "
        "for weapons and money, fears that it will be abandoned and refuses to sign. The great power threatens to cut off aid.",
        {
            ("war-weary", "great-power", ""), ("wants-settlement", "great-power", ""),
            ("secret-channel", "great-power", "great-power-enemy"), ("patron-of", "great-power", "great-power-small-client"),
            ("depends-on", "great-power-small-client", "great-power"),
            ("fears-abandonment", "great-power-small-client", "great-power"),
            ("reject", "great-power-small-client", ""), ("threaten", "great-power", "great-power-small-client"),
            ("sanction", "great-power", "great-power-small-client"), ("rival-of", "great-power-enemy", "great-power"),
        },
    ),
    "names": (
        "Iran did not attack Iraq. It agreed to freeze enrichment in return for sanctions relief, but Israel distrusts Iran and "
        "has bombed a reactor in Iraq before. The United States imposed new sanctions on Iran because Congress opposed the deal.",
        {
            ("freeze", "iran", ""), ("lift-sanctions", "united-states", "iran"), ("perceives-bad-faith", "israel", "iran"),
            ("use-force", "israel", "iraq"), ("sanction", "united-states", "iran"),
            ("domestic-constraint", "united-states", ""), ("dissent", "united-states", ""),
        },
    ),
    "ultimatum": (
        "After the assassination the empire sent its small neighbour an ultimatum with forty-eight hours to reply. The "
        "neighbour accepted most of the demands, yet the empire mobilized its army, because its ally had promised to support "
        "it. The neighbour's protector called up its reserves in response.",
        {
            ("issue-ultimatum", "empire", "empire-small-neighbour"), ("accept", "empire-small-neighbour", "empire"),
            ("mobilize", "empire", ""), ("allied-with", "empire-ally", "empire"), ("assure", "empire-ally", "empire"),
            ("guarantee", "empire-ally", "empire"), ("patron-of", "empire-small-neighbour-protector", "empire-small-neighbour"),
            ("mobilize", "empire-small-neighbour-protector", ""),
        },
    ),
    "telegram": (
        "SOVIET DELEGATION WALKED OUT OF CONFERENCE TODAY AND ACCUSED US OF BAD FAITH. CHINESE CONTINUE TO MASS TROOPS NEAR "
        "THE BORDER. BRITISH PROPOSE TO RESUME TALKS IN GENEVA.",
        {
            ("walk-out", "soviet-union", ""), ("accuse", "soviet-union", "we"), ("perceives-bad-faith", "soviet-union", "we"),
            ("show-of-force", "china", ""), ("propose-talks", "united-kingdom", ""),
        },
    ),
    "stalemate": (
        "Both sides are exhausted by three years of fighting. The prisoners are the last issue: one side insists on voluntary "
        "repatriation and the other demands that all be returned. A neutral state has offered to mediate. The rebels' patron "
        "died in March, and his successors have hinted at talks.",
        {
            ("war-weary", "one-side", ""), ("fights", "one-side", ""), ("prisoners", "one-side", ""),
            ("prisoners", "other-side", ""), ("mediate", "neutral-state", ""), ("patron-of", "rebel-patron", "rebel"),
            ("change-leadership", "rebel-patron", ""), ("signal-willingness", "rebel-patron", ""),
        },
    ),
    "crisis": (
        "They are secretly building missile bases on the island and deny it. Our planes have photographed the sites. The "
        "generals want an air strike; the president prefers a blockade and has demanded that the missiles be withdrawn. We "
        "could promise not to invade the island if they remove the missiles.",
        {
            ("conceal", "they", ""), ("deny", "they", ""), ("disclose", "we", "they"), ("demand", "we", "they"),
            ("divided-government", "we", ""), ("no-attack", "we", ""), ("withdraw", "they", ""), ("missiles", "we", ""),
        },
    ),
    "nothing": (
        "The ministry never threatened anybody. No troops were mobilized, the talks were not broken off, and neither party "
        "rejected the plan. The state refused to attack its neighbour without cause.",
        set(),
    ),
}  # fmt: skip


# Coded and first read when the reader was finished: 23 of 31 predicates right, 23 of 35 found; mended a little since.
UNSEEN: dict[str, tuple[str, set[Key]]] = {
    "war": (
        "For two years the republic has fought a war against a larger neighbour that occupies a fifth of its "
        "territory. Its main supplier of weapons is tired of paying and urges it to accept a ceasefire. The "
        "invader believes that time is on its side and keeps shelling cities while envoys meet in secret.",
        {
            ("fights", "republic", "larger-neighbour"),
            ("occupies", "larger-neighbour", "republic"),
            ("patron-of", "republic-main-supplier", "republic"),
            ("press-ally", "republic-main-supplier", "republic"),
            ("secret-channel", "", ""),
            ("time-on-its-side", "invader", ""),
            ("use-force", "invader", ""),
            ("war-weary", "republic-main-supplier", ""),
        },
    ),
    "quarantine": (
        "In 1962 the Soviet Union shipped missiles to Cuba in secret. Kennedy announced a quarantine and "
        "demanded their removal. Khrushchev denounced the blockade, but he proposed to withdraw the "
        "missiles if the United States pledged not to invade Cuba.",
        {
            ("accuse", "nikita-khrushchev", ""),
            ("blockade", "john-kennedy", ""),
            ("conceal", "soviet-union", ""),
            ("demand", "john-kennedy", ""),
            ("no-attack", "united-states", "cuba"),
            ("propose", "nikita-khrushchev", ""),
        },
    ),
    "coalition": (
        "Our government is divided: the foreign ministry wants a deal before the election, while the army "
        "refuses to give up the plateau. The other side has broken every promise it ever made, so the "
        "public does not trust it. A mediator has invited both sides to a conference.",
        {
            ("break-commitment", "other-side", ""),
            ("divided-government", "we", ""),
            ("perceives-bad-faith", "public", "other-side"),
            ("propose-talks", "mediator", ""),
            ("reject", "army", ""),
            ("time-pressure", "foreign-ministry", ""),
            ("wants-settlement", "foreign-ministry", ""),
        },
    ),
    "device": (
        "The regime tested a nuclear device, expelled the inspectors and withdrew from the treaty. The great "
        "powers imposed sanctions, but its patron did not enforce them. It now says that it is ready to talk "
        "if sanctions are lifted, and it fears that without the bomb it would be overthrown.",
        {
            ("has-nuclear-weapons", "regime", ""),
            ("patron-of", "regime-patron", "regime"),
            ("perceives-threat", "regime", ""),
            ("refuse-inspection", "regime", ""),
            ("sanction", "great-power", "regime"),
            ("set-precondition", "regime", ""),
            ("signal-willingness", "regime", ""),
            ("withdraw-from-treaty", "regime", ""),
        },
    ),
    "bystander": (
        "The small ally was not invited to the conference at which its land was given away. Its guarantor "
        "told it to accept within hours or fight alone. The aggressor had threatened war and mobilized, and "
        "London feared that an attack would drag it into a war for which it was not ready.",
        {
            ("exclude", "", "small-ally"),
            ("fears-entrapment", "united-kingdom", ""),
            ("issue-ultimatum", "small-ally-guarantor", "small-ally"),
            ("mobilize", "aggressor", ""),
            ("press-ally", "small-ally-guarantor", "small-ally"),
            ("threaten", "aggressor", ""),
        },
    ),
}
