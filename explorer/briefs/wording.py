"""Every sentence that a brief says in its own voice. What the records say is quoted as it stands.

The voice is plain: it says what is recorded, how often, and what was not looked at. It forecasts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.words import count_of, say_date, say_left_out, say_named_out, say_term
from kg.analogy.brief.analogue import Analogue, Looks, Pairing, Row, Tie
from kg.analogy.brief.grid import NEAR
from kg.analogy.brief.model import READERS, Brief, CounterCase, Feature, Limits
from kg.analogy.drawn import LikeSituation
from kg.analogy.evidence import KNOWN
from kg.analogy.outcomes import Difference
from kg.model.ontology import load_ontology

CAPTION = (
    "Shares of a curated corpus, chosen by its editors and not drawn at random. They say how these episodes ended, and "
    "nothing of how likely any ending is elsewhere."
)
LOOKS = (
    "Three looks, kept apart. By text: how near the text comes, as a situation and in its words, fused over several "
    "channels. By structure: how much of the facts and causes can be laid over each other. By facets: how alike a few coded "
    "conditions are. "
    "A dash means that the look was not taken."
)
BADGES: Mapping[str, str] = {
    "surface-trap": (
        "Surface trap: among the nearest by text, in the lower half by structure and not in the upper half by facets. "
        "The words agree more than the facts do."
    ),
    "distant-analogue": (
        "Distant analogue: among the nearest by structure, in the lower half by text. "
        "The facts agree more than the words do."
    ),
}
BADGE_NAMES: Mapping[str, str] = {"": "", "surface-trap": "surface trap", "distant-analogue": "distant analogue"}
ENDINGS: Mapping[str, tuple[str, str]] = {
    "agreed": ("an agreement came about", "no agreement came about, or terms were imposed"),
    "lasted": ("what was agreed was carried out", "what was agreed broke down"),
    "without-violence": ("violence was averted or ended", "violence followed"),
}
MISSING: Mapping[str, str] = {
    "no-case": (
        "The situation is a text, and no facts were read off it: structure and facets were not compared. Episodes were "
        "compared by text alone; likenesses are predicaments that a model found near, and the facts of each analogue are "
        "listed as questions. Nothing is said to differ."
    ),
    "hindsight": (
        "The cut-off leaves out episodes, acts, readings and analogies of later date. Summaries and outcomes were written "
        "from today's knowledge and may mention what came later; the works cited are of any date."
    ),
    "text-case": (
        "The facts of the situation were read off its text and are presumed until the reader confirms them. What the text "
        "does not mention stands as unknown, not as different."
    ),
    "thin-case": (
        "Few facts of the situation are known, so that ranks by structure and facets rest on little; no episode is called a "
        "surface trap or a distant analogue."
    ),
    "query-open": "The ending of the episode that stands as the situation was not used.",
    "register-episodes": (
        "Analogies that people drew are listed when they join episodes named here; situations were not compared with the text, "
        "since the graph holds no texts of them: run `precedent build`."
    ),
}
NOTHING_FOUND = (
    "No episode is left to compare. Choose a later day, leave the cut-off away, or leave out fewer episodes."
)
NO_COUNTER = "No episode that was compared ended otherwise on a question that the leading analogue answers."
TOO_FEW = "Fewer than five episodes: counts only."
LOOK_ORDER: Mapping[str, str] = {"topical": "text", "structural": "structure", "facet": "facets"}
ASKED = "What followed there, and is not found here"
NO_LIKENESS = (
    f"No likeness can be named: none of its predicaments is among the {NEAR} nearest to the situation, and no coded facts correspond. "
    "What brought it here is its abstract as a whole, or words and names that both texts share."
)
UNKNOWN_FACETS = "Not compared, since not known on both sides: "
ALIKE, UNLIKE = 0.66, 0.33  # from the one a facet is called alike, below the other unlike
BASES: Mapping[str, str] = {"text": "by the text as a whole", "fact": "by coded facts"}


def say_period(analogue: Analogue | CounterCase) -> str:
    """Title and dates."""
    return f"{analogue.title}, {say_date(analogue.period)}"


def say_codes(codes: Sequence[str]) -> str:
    """Outcome codes in words."""
    return ", ".join(say_term(code).lower() for code in codes) if codes else "not known at the cut-off"


def say_compared(brief: Brief) -> str:
    """What was compared with what."""
    limits, replay = brief.limits, brief.replay
    before = replay.query.get("before")
    cut = f" that had ended before {say_date(before)}" if before else ""
    aligned = f", the facts of {limits.aligned} aligned with those of the situation" if limits.aligned else ""
    return (
        f"{count_of(limits.considered, 'episode')}{cut} compared, of {limits.corpus} in the corpus; "
        f"the {limits.pool} nearest by text were looked at closely{aligned}. {say_order(replay.look_weights)} "
        f"Data {replay.data_version}, model {replay.model}."
    )


def say_order(weights: Mapping[str, float]) -> str:
    """Which looks the order of the analogues goes by."""
    heard = [word for look, word in LOOK_ORDER.items() if weights.get(look)]
    return f"Their order goes by {' and '.join(heard)}{' alone' if len(heard) == 1 else ''}."


def say_looks(looks: Looks) -> str:
    """The three scores of an analogue with their ranks."""
    nearest = f" (its nearest predicament is {say_place(looks.predicament_rank, looks.predicaments)})"
    said = [
        f"By text {looks.topical:.2f}, rank {looks.topical_rank} of {looks.of}{nearest if looks.predicament_rank else ''}"
    ]
    if looks.structural is None:
        said.append("by structure not compared")
    else:
        said.append(f"by structure {looks.structural:.2f}, rank {looks.structural_rank} of {looks.structural_of}")
    if looks.facet is None:
        said.append("by facets not compared")
    else:
        covered = round(100 * (looks.coverage or 0))
        said.append(
            f"by facets {looks.facet:.2f}, rank {looks.facet_rank} of {looks.structural_of}, {covered} % of facets known on both sides"
        )
    return "; ".join(said) + "."


def say_place(rank: int, of: int) -> str:
    """The place of a predicament among all that the situation was compared with."""
    return f"the nearest of {of}" if rank == 1 else f"number {rank} of {of}"


def say_score(score: float | None, rank: int | None) -> str:
    """A score with its rank in a table; a dash for a look not taken."""
    return "–" if score is None else f"{score:.2f} (#{rank})"


def say_facet(score: float) -> str:
    """How alike the two are in a facet, in a word and a number."""
    word = "alike" if score >= ALIKE else "unlike" if score < UNLIKE else "in part"
    return f"{word}, {score:.2f}"


def name_facet(name: str) -> str:
    """`power_asymmetry` → `Power asymmetry`."""
    return name.replace("_", " ").capitalize()


def say_status(row: Row) -> str:
    """How firm a row is, in one word, and what was compared."""
    return f"{say_firm(row).lower()}, {BASES[row.basis]}"


def say_firm(row: Row) -> str:
    """How firm a row is; what the reader vouches for is known to the reader."""
    readers = row.status == KNOWN and row.here is not None and row.here.id.startswith(READERS)
    here = " to the reader" if readers else ""
    return f"{say_term(row.status)}{here}"


def say_what(row: Row) -> str:
    """What a row is about."""
    if row.basis == "text":
        return "Predicament that a model finds near"
    topics = load_ontology().schemes["issue-topics"].concepts
    return f"At issue: {say_term(row.term).lower()}" if row.term in topics else say_term(row.term).capitalize()


def say_look(score: float | None, rank: int | None, of: int) -> str:
    """A score with its rank among those compared."""
    return "not compared" if score is None else f"{score:.2f}, rank {rank} of {of}"


def say_roles(name: str, roles: Sequence[str]) -> str:
    """Roles or topics in brackets, those left out that only repeat the name."""
    told = [word for role in roles if (word := say_term(role).lower()) != name.lower()]
    return f" ({', '.join(told)})" if told else ""


def say_tie(tie: Tie, pairings: Sequence[Pairing], sides: tuple[str, str] = ("here", "there")) -> str:
    """A relation that runs alike on both sides."""
    here = {pair.here: pair.here_name for pair in pairings}
    there = {pair.there: pair.there_name for pair in pairings}
    ends = [
        f"{names.get(one, one)} → {names.get(other, other)}"
        for names, (one, other) in ((here, tie.here), (there, tie.there))
    ]
    return f"{say_term(tie.term)}: {sides[0]} {ends[0]}, {sides[1]} {ends[1]}"


def say_bearing(row: Row) -> str:
    """How a fact bears on the ending of the analogue."""
    if row.basis == "text":
        return (
            f"{say_place(row.rank, row.of)} predicaments, cosine {row.score:.2f}"
            if row.rank
            else f"cosine {row.score:.2f}"
        )
    if row.there is None:
        return "not recorded there"
    if row.bearing == 0:
        return "part of the ending"
    if row.bearing is not None:
        return f"{count_of(row.bearing, 'causal step')} from the ending"
    return "about an actor whose failure mode struck" if row.shares_actor else "no causal link recorded"


def say_otherwise(differences: Sequence[Difference], lead: str) -> str:
    """In what a counter-case ended otherwise."""
    told = [f"{ENDINGS[d.question][not d.there]}; in {lead}, {ENDINGS[d.question][not d.here]}" for d in differences]
    return "Ended otherwise: " + ". And: ".join(told) + "."


def say_difference(case: CounterCase) -> str:
    """How far the coded facts of two episodes agree."""
    return (
        f"The coded facts of the two share {count_of(case.shared, 'kind')} and differ in {case.differing}. "
        "Those that go most often with one ending and not with the other among the episodes compared:"
    )


def say_feature(feature: Feature) -> str:
    """How often a kind of fact goes with each of two endings."""
    return (
        f"recorded in {feature.with_other} of {feature.of_other} that ended as the counter-case did, "
        f"and in {feature.with_same} of {feature.of_same} that ended as the leading analogue did{say_here(feature.here)}"
    )


def say_here(here: bool | None) -> str:
    """Whether the situation has a kind of fact."""
    return "" if here is None else "; found here, too" if here else "; not found here"


def say_like(like: LikeSituation) -> str:
    """Why an analogy was drawn in a situation like the reader's."""
    return (
        f"nearest of {count_of(like.of, 'situation')} in the register"
        if like.rank == 1
        else f"number {like.rank} of {count_of(like.of, 'situation')} in the register"
    ) + f" by their texts. Here “{like.sentence}”, there “{like.text}” (cosine {like.score:.2f})."


def say_missing(limits: Limits) -> list[str]:
    """What was not compared, and why."""
    said = [MISSING[code] for code in limits.missing]
    said += [say_left_out(limits.left_out, ["actors"])] if limits.left_out else []
    return [*said, say_named_out(limits.named_out)] if limits.named_out else said
