"""Records against datasets: what agrees, what differs, what the record explains; and files that are not as published.

The files are a few rows in the published form; the whole datasets are the user's and are not shipped.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.crosscheck import Comparison, crosscheck, suggest
from ingest.crosscheck.conflicts import read_cow_disputes
from ingest.sources.curated import find_data, read_curated
from kg.errors import UsageError
from kg.model.records import Record

FILES = {
    "cow_states.csv": """stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version
PRK,731.0,North Korea,1948.0,9.0,9.0,2016.0,12.0,31.0,2016.0
ROK,732.0,South Korea,1949.0,6.0,29.0,2016.0,12.0,31.0,2016.0
USA,2.0,United States of America,1816.0,1.0,1.0,2016.0,12.0,31.0,2016.0
CUB,40.0,Cuba,1902.0,5.0,20.0,2016.0,12.0,31.0,2016.0
RUS,365.0,Russia,1816.0,1.0,1.0,2016.0,12.0,31.0,2016.0
CHN,710.0,China,1860.0,11.0,1.0,2016.0,12.0,31.0,2016.0
""",
    "gw_states.csv": """gwcode,stateabb,statename,startdate,enddate
731.0,PRK,"Korea, People's Republic of",1948-09-09,2017-12-31
""",
    "archigos.csv": """obsid,gwcode,leadid,leader,yrborn,startdate,enddate
USA-1953,2.0,x,Eisenhower,1890.0,1953-01-20,1961-01-20
USA-1969,2.0,x,Nixon,1912.0,1969-01-20,1974-08-09
""",
    "people.csv": "id,surname,forename\nrusk-david-dean,Rusk,David Dean\n",
    "appointments.csv": """id,post,person_id,role,started,ended
1,secretary,rusk-david-dean,secretary,1961-01-21,1969-01-20
""",
    "kennedy.xml": """<trips><trip><id>77</id><name>John F. Kennedy</name><start-date>1961-06-03</start-date>
<end-date>1961-06-04</end-date><locale>Vienna</locale></trip></trips>""",
    "visits/1970.xml": """<visits><visit><id>5</id><start-date>1978-09-05</start-date><end-date>1978-09-18</end-date>
<visitor>President Anwar Sadat</visitor></visit></visits>""",
    "icb1v13.csv": """crisno,crisname,yrtrig,motrig,datrig,yrterm,moterm,daterm
196,CUBAN MISSILES,1962,10,16,1962,11,20
""",
    "icb2v13.csv": "crisno,cracid,actor\n196,2,USA\n196,365,USR\n196,40,CUB\n196,710,CHN\n",
    # Dispute 9001 is of the days of the missile crisis; 9002 is another's matter of those days; in war 901 an ally joins.
    "cow_mid_disps.csv": """dispnum,styear,stmon,outcome,settle,fatality,mindur,maxdur
9001.0,1962.0,10.0,4.0,1.0,0.0,36.0,36.0
9003.0,1962.0,9.0,4.0,4.0,0.0,2.0,2.0
""",
    "gml_mid_disps.csv": """dispnum,styear,stmon,outcome,settle,fatality,mindur,maxdur
9001.0,1962.0,10.0,4.0,1.0,0.0,36.0,36.0
9002.0,1962.0,10.0,5.0,3.0,0.0,5.0,35.0
9004.0,1962.0,10.0,5.0,2.0,0.0,400.0,400.0
""",
    "gml_part.csv": """dispnum,ccode,styear,stmon,stday,endyear,endmon,endday,sidea,orig
9001.0,2.0,1962.0,10.0,16.0,1962.0,11.0,20.0,1.0,1.0
9001.0,40.0,1962.0,10.0,16.0,1962.0,11.0,20.0,0.0,1.0
9001.0,365.0,1962.0,10.0,22.0,1962.0,10.0,-9.0,0.0,0.0
9001.0,710.0,1963.0,2.0,1.0,1963.0,2.0,2.0,0.0,0.0
9002.0,2.0,1962.0,10.0,-9.0,1962.0,11.0,-9.0,1.0,1.0
9002.0,365.0,1962.0,10.0,-9.0,1962.0,11.0,-9.0,0.0,1.0
9004.0,365.0,1962.0,10.0,20.0,1963.0,11.0,20.0,1.0,1.0
9004.0,40.0,1962.0,10.0,20.0,1963.0,11.0,20.0,0.0,1.0
9004.0,710.0,1962.0,10.0,25.0,1962.0,10.0,26.0,0.0,1.0
""",
    "cow_war_inter.csv": """warnum,ccode1,ccode2,year,sidea1
901.0,2.0,731.0,1950.0,1.0
901.0,732.0,731.0,1950.0,1.0
901.0,731.0,2.0,1950.0,2.0
901.0,731.0,732.0,1950.0,2.0
901.0,731.0,2.0,1951.0,2.0
901.0,40.0,731.0,1951.0,1.0
""",
    "pax_all_agreements_data.csv": "AgtId,Agt,Dat\n9,An agreement,1978-09-17\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    return {record.id: record for record in read_curated(find_data())}


def changed(records: dict[str, Record], id: str, **values: object) -> dict[str, Record]:
    """The records, one of them with other values."""
    record = records[id]
    return {**records, id: replace(record, data={**record.data, **values})}


def run(records: dict[str, Record], dataset: str, *folders: Path) -> list[Comparison]:
    return crosscheck(records.values(), {dataset: folders})


def verdicts(found: list[Comparison], record: str) -> dict[str, str]:
    return {c.aspect: c.verdict for c in found if c.record == record}


def test_a_state_agrees_up_to_the_bounds_of_the_list(records: dict[str, Record], folder: Path) -> None:
    assert verdicts(run(records, "cow-states", folder), "north-korea") == {"start": "agrees", "end": "agrees"}
    wrong = changed(records, "north-korea", date="1948-08-15/..")
    assert verdicts(run(wrong, "cow-states", folder), "north-korea")["start"] == "differs"
    ended = changed(records, "north-korea", date="1948-09-09/1991-12-25")
    assert verdicts(run(ended, "gleditsch-ward", folder), "north-korea") == {"start": "agrees", "end": "differs"}


def test_a_difference_is_explained_for_its_dataset_and_key_alone(records: dict[str, Record], folder: Path) -> None:
    def verdict(**reason: str) -> str:
        entry = {"differs_because": "Membership begins later.", **reason}
        told = changed(records, "south-korea", date="1948-08-15/..", counterparts=[entry])
        return verdicts(run(told, "cow-states", folder), "south-korea")["start"]

    assert verdict(in_dataset="cow-states") == "explained"
    assert verdict(in_dataset="cow-states", key="732") == "explained"
    assert verdict(in_dataset="cow-states", key="731") == "differs"
    assert verdict(in_dataset="icb") == "differs"


def test_a_ruler_is_known_by_name_state_and_time(records: dict[str, Record], folder: Path) -> None:
    found = run(records, "archigos", folder)
    assert verdicts(found, "dwight-eisenhower") == {"born": "agrees", "start": "agrees", "end": "agrees"}
    assert verdicts(found, "richard-nixon") == {"born": "differs", "start": "agrees", "end": "agrees"}


def test_an_officer_without_an_appointment_is_a_difference(records: dict[str, Record], folder: Path) -> None:
    found = run(records, "us-officers", folder)
    assert verdicts(found, "dean-rusk")["start"] == "agrees"
    assert verdicts(found, "henry-kissinger") == {"appointment": "differs"}


def test_a_meeting_lies_within_a_trip_or_a_visit(records: dict[str, Record], folder: Path) -> None:
    found = run(records, "us-journeys", folder, folder / "visits")
    by_record = {c.record: c for c in found}
    assert (by_record["vienna-summit-1961/first-day"].key, by_record["vienna-summit-1961/first-day"].agrees) == (
        "77",
        True,
    )
    assert any(c.key == "5" and c.record.startswith("camp-david-accords/") for c in found)
    assert any(c.record.startswith("reykjavik-summit/") and c.verdict == "differs" for c in found)


def test_a_linked_crisis_overlaps_and_its_actors_are_parties(records: dict[str, Record], folder: Path) -> None:
    def found(key: str, date: str) -> dict[str, str]:
        linked = changed(records, "cuban-missile-crisis", date=date, counterparts=[{"in_dataset": "icb", "key": key}])
        return verdicts(run(linked, "icb", folder), "cuban-missile-crisis")

    now = found("196", "1962-10-16/1962-11-20")
    assert now == {
        "days": "agrees",
        "actor USA": "agrees",
        "actor USR": "agrees",
        "actor CUB": "agrees",
        "actor CHN": "differs",
    }
    assert found("196", "1963-10-16/1963-11-20")["days"] == "differs"
    assert found("9999", "1962-10-16/1962-11-20") == {"number": "differs"}


def test_a_linked_agreement_is_of_that_day(records: dict[str, Record], folder: Path) -> None:
    episode = records["camp-david-accords"]
    first, *rest = episode.data["agreements"]
    linked = {**first, "counterparts": [{"in_dataset": "pax", "key": "9"}]}
    told = changed(records, episode.id, agreements=[linked, *rest])
    assert verdicts(run(told, "pax", folder), first["id"]) == {"day": "agrees"}


def linked(records: dict[str, Record], episode: str, dataset: str, key: str, **values: object) -> dict[str, Record]:
    """The records, one of them with this counterpart alone."""
    return changed(records, episode, counterparts=[{"in_dataset": dataset, "key": key}], **values)


def outcome(records: dict[str, Record], episode: str, *codes: str) -> dict[str, object]:
    return {**records[episode].data["outcome"], "codes": list(codes)}


def test_a_linked_dispute_lies_within_the_episode_with_its_states_and_sides(
    records: dict[str, Record], folder: Path
) -> None:
    def found(key: str, **values: object) -> dict[str, str]:
        told = linked(records, "cuban-missile-crisis", "gml-disputes", key, **values)
        return verdicts(run(told, "gml-disputes", folder), "cuban-missile-crisis")

    whole = found(
        "9001", date="1962-10-16/1963-03-01", outcome=outcome(records, "cuban-missile-crisis", "full-agreement")
    )
    assert whole == {
        "start": "agrees",
        "end": "agrees",
        "state USA": "agrees",
        "state CUB": "agrees",
        "state RUS": "agrees",
        "state CHN": "differs",
        "sides": "agrees",
        "settlement": "agrees",
    }
    # What came after the episode is no matter of it: neither the state that joined later nor the settlement.
    early = found("9001", date="1962-10-18/1962-10-30")
    assert (early["start"], early["end"]) == ("differs", "differs")
    assert not {"state CHN", "settlement"} & set(early)
    assert found("9004")["sides"] == "differs"  # allies of ours are adversaries there
    assert found("9999") == {"number": "differs"}


@pytest.mark.parametrize(
    ("settle", "code", "verdict"),
    [
        ("1.0", "framework-agreement", "agrees"),
        ("1.0", "imposed-settlement", "differs"),
        ("2.0", "imposed-settlement", "agrees"),
        ("2.0", "no-agreement", "differs"),
        ("3.0", "status-quo-kept", "agrees"),
        ("3.0", "partial-agreement", "differs"),
        ("4.0", "no-agreement", None),
    ],
)
def test_a_settlement_is_compared_with_the_outcome(
    settle: str, code: str, verdict: str | None, records: dict[str, Record], folder: Path
) -> None:
    file = folder / "cow_mid_disps.csv"
    file.write_text(file.read_text("utf-8").replace("10.0,4.0,1.0", f"10.0,4.0,{settle}"), "utf-8")
    values = {"date": "1962-10-16/1962-11-20", "outcome": outcome(records, "cuban-missile-crisis", code)}
    told = linked(records, "cuban-missile-crisis", "cow-disputes", "9001", **values)
    found = verdicts(run(told, "cow-disputes", folder), "cuban-missile-crisis")
    assert (found["start"], found["end"], found.get("settlement")) == ("agrees", "agrees", verdict)


def test_a_dispute_of_no_day_ends_no_earlier_than_it_begins(folder: Path) -> None:
    file = folder / "cow_mid_disps.csv"
    file.write_text(file.read_text("utf-8").replace("2.0,2.0", "0.0,0.0"), "utf-8")
    dispute = read_cow_disputes(folder)["9003"]
    assert dispute.last == dispute.first


def test_a_dispute_with_months_and_durations_may_end_on_any_day_they_leave_open(
    records: dict[str, Record], folder: Path
) -> None:
    def ends(date: str) -> str:
        told = linked(records, "cuban-missile-crisis", "cow-disputes", "9003", date=date)
        return verdicts(run(told, "cow-disputes", folder), "cuban-missile-crisis")["end"]

    # Begun on a day of September, for two days: it ended from 2 September to 1 October.
    assert ends("1962-10-01/1962-10-05") == "agrees"
    assert ends("1962-10-03/1962-10-05") == "differs"


def test_a_linked_war_has_years_states_and_sides(records: dict[str, Record], folder: Path) -> None:
    told = linked(records, "decision-to-intervene-in-korea", "cow-wars", "901")
    assert verdicts(run(told, "cow-wars", folder), "decision-to-intervene-in-korea") == {
        "start": "agrees",
        "end": "differs",
        "state USA": "agrees",
        "state PRK": "agrees",
        "state ROK": "agrees",
        "sides": "agrees",
    }


def test_what_is_not_linked_is_suggested_where_days_and_adversaries_meet(
    records: dict[str, Record], folder: Path
) -> None:
    def suggested(records: dict[str, Record], episode: str) -> list[str]:
        return [s.key for s in suggest(records.values(), folder) if s.record == episode]

    bare = changed(records, "cuban-missile-crisis", counterparts=[])
    assert suggested(bare, "cuban-missile-crisis") == ["9001", "9002"]  # in 9004 one side of ours fights itself
    one = linked(records, "cuban-missile-crisis", "gml-disputes", "9001")
    assert suggested(one, "cuban-missile-crisis") == ["9002"]
    assert suggested(changed(bare, "cuban-missile-crisis", date="1964"), "cuban-missile-crisis") == []
    alone = [p for p in records["cuban-missile-crisis"].data["parties"] if p["actor"] != ["united-states"]]
    assert suggested(changed(bare, "cuban-missile-crisis", parties=alone), "cuban-missile-crisis") == []
    assert "901" in suggested(records, "korean-armistice-talks")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("cow_states.csv", None, "there is no cow_states.csv"),
        ("cow_states.csv", "ccode,styear\n2,1816\n", "has no column endday, endmonth, endyear, stday, stmonth"),
    ],
)
def test_a_file_that_is_not_as_published(
    name: str, text: str | None, said: str, records: dict[str, Record], folder: Path
) -> None:
    (folder / name).unlink() if text is None else (folder / name).write_text(text, "utf-8")
    with pytest.raises(UsageError, match=said):
        run(records, "cow-states", folder)
