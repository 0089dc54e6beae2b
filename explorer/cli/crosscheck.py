"""`precedent crosscheck`: the records against published datasets whose files the user names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from explorer.cli.console import err, out, print_json
from kg.errors import UsageError

if TYPE_CHECKING:
    from ingest.crosscheck import Comparison, Suggestion

Folder = Path | None


def _option(name: str, what: str) -> object:
    return typer.Option(f"--{name}", help=f"Folder with {what}.", file_okay=False)


def crosscheck(
    cow: Annotated[Folder, _option("cow", "cow_states.csv and gw_states.csv")] = None,
    archigos: Annotated[Folder, _option("archigos", "archigos.csv")] = None,
    officers: Annotated[
        Folder, _option("officers", "people.csv and appointments.csv of the Department of State")
    ] = None,
    travels: Annotated[Folder, _option("travels", "the XML files of Presidents' and Secretaries' travels")] = None,
    visits: Annotated[Folder, _option("visits", "the XML files of visits by foreign leaders")] = None,
    icb: Annotated[Folder, _option("icb", "icb1v13.csv and icb2v13.csv")] = None,
    pax: Annotated[Folder, _option("pax", "pax_all_agreements_data.csv")] = None,
    disputes: Annotated[
        Folder,
        _option("disputes", "cow_mid_disps.csv, gml_mid_disps.csv, gml_part.csv, cow_war_inter.csv and cow_states.csv"),
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="List the disputes and wars that an episode may be and does not name.")
    ] = False,
    data: Annotated[Path | None, typer.Option("--data", help="Data folder; PRECEDENT_DATA or data/ otherwise.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One comparison a line, as JSON.")] = False,
) -> None:
    """Compare dates, tenures, journeys, crises, disputes and agreements with published datasets; exit code 3 when something differs."""
    from ingest.crosscheck import crosscheck as run
    from ingest.crosscheck import suggest as run_suggestions
    from ingest.sources.curated import find_data, read_curated

    if (travels is None) != (visits is None):
        raise UsageError("--travels and --visits go together: a meeting was either abroad or at home")
    if suggest and disputes is None:
        raise UsageError("--suggest needs --disputes: name the folder that holds the disputes")
    named = {"cow-states": (cow,), "gleditsch-ward": (cow,), "archigos": (archigos,), "us-officers": (officers,),
             "us-journeys": (travels, visits), "icb": (icb,), "pax": (pax,), "cow-disputes": (disputes,),
             "gml-disputes": (disputes,), "cow-wars": (disputes,)}  # fmt: skip
    folders = _check_folders(named)
    records = list(read_curated(data or find_data()))
    found = run(records, folders)
    suggested = run_suggestions(records, disputes) if disputes and (suggest or not json) else []
    differing = sum(c.verdict == "differs" for c in found)
    if json:
        for told in [*found, *suggested]:
            print_json(told.to_dict())
    else:
        _print_comparisons(found, folders)
        if suggested:
            _print_suggestions(suggested, whole=suggest)
    if differing:
        hint = f"{differing} differences: mend the record, or explain with counterparts: differs_because"
        err.print(hint, soft_wrap=True)
        raise typer.Exit(3)


def _check_folders(named: Mapping[str, Sequence[Folder]]) -> dict[str, list[Path]]:
    """Folders by dataset, of those that were named. Raises UsageError."""
    folders = {name: [f for f in given if f] for name, given in named.items() if all(given)}
    if not folders:
        raise UsageError(
            "name at least one dataset, for example --cow FOLDER; `precedent crosscheck --help` lists them"
        )
    for folder in [folder for given in folders.values() for folder in given]:
        if not folder.is_dir():
            raise UsageError(f"there is no folder {folder}")
    return folders


def _print_comparisons(found: Sequence[Comparison], datasets: Iterable[str]) -> None:
    """What differs, line by line, and the agreement of each dataset."""
    for c in found:
        if c.verdict == "differs":
            said = f"{c.place}: {c.record}: {c.aspect}: {c.ours}, but {c.dataset} {c.key}: {c.theirs}"
            out.print(said, soft_wrap=True)
    for name in datasets:
        own = [c for c in found if c.dataset == name]
        agree = sum(c.agrees for c in own)
        explained = sum(c.verdict == "explained" for c in own)
        rate = f"{agree / len(own):.1%}" if own else "–"
        out.print(f"{name:<15} {len(own):4} compared, {agree:4} agree ({rate}), {explained} explained, "
                  f"{len(own) - agree - explained} differ", highlight=False)  # fmt: skip


def _print_suggestions(suggested: Sequence[Suggestion], whole: bool) -> None:
    """No failure: whether an episode is or contains a dispute is a reader's judgement."""
    for s in suggested if whole else ():
        out.print(f"{s.place}: {s.record}: perhaps {s.dataset} {s.key}: {s.theirs}", soft_wrap=True, highlight=False)
    hint = "" if whole else "; --suggest lists them"
    out.print(
        f"disputes and wars that overlap an episode in days and adversaries and are not linked: {len(suggested)}{hint}",
        soft_wrap=True,
        highlight=False,
    )
