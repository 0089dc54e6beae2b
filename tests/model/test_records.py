from __future__ import annotations

from pathlib import Path

from kg.model.ontology import Ontology
from kg.model.records import Record, list_files, list_values, make_record, read_records


def find(world: list[Record], id: str) -> Record:
    return next(r for r in world if r.id == id)


def test_an_edge_part_in_short_is_its_far_end(world: list[Record]) -> None:
    cite = find(world, "saltmarsh-talks").data["cites"][1]
    assert cite == {"id": "saltmarsh-talks/cites-vale-1911", "type": "Citation", "source": "vale-1911"}
    members = find(world, "ports-commission").data["members"]
    assert [m["actor"] for m in members] == [["aldova"], ["borovia"]]
    assert members[1]["id"] == "ports-commission/members-borovia"


def test_ids_of_parts(world: list[Record]) -> None:
    talks = find(world, "saltmarsh-talks").data
    assert talks["moves"][0]["id"] == "saltmarsh-talks/offer"
    assert talks["moves"][0]["leads_to"][0]["id"] == "saltmarsh-talks/offer/leads_to-meeting-house"
    assert talks["outcome"]["id"] == "saltmarsh-talks/outcome-1"
    assert talks["failure_modes"][0]["responses"][0]["id"] == "saltmarsh-talks/weakness/responses-1"
    positions = [p["id"] for p in talks["issues"][0]["positions"]]
    assert positions == ["saltmarsh-talks/tolls/positions-borovia", "saltmarsh-talks/borovia-later"]


def test_parts_with_the_same_far_end_are_numbered(ontology: Ontology) -> None:
    cites = ["a", {"source": "a", "locator": "p. 2"}, "b"]
    record = make_record({"id": "x", "type": "State", "cites": cites}, ontology)
    assert [c["id"] for c in record.data["cites"]] == ["x/cites-a", "x/cites-a-2", "x/cites-b"]


def test_types_follow_the_range_unless_it_is_abstract(world: list[Record], ontology: Ontology) -> None:
    talks = find(world, "saltmarsh-talks").data
    assert [m["type"] for m in talks["meetings"]] == ["Meeting", "Summit"]
    assert {m["type"] for m in talks["moves"]} == {"Move"}
    record = make_record({"id": "x", "type": "Crisis", "agreements": [{"id": "a"}]}, ontology)
    assert "type" not in record.data["agreements"][0]


def test_references_are_found_in_the_record_first(world: list[Record], ontology: Ontology) -> None:
    talks = find(world, "saltmarsh-talks").data
    assert talks["moves"][0]["issue"] == ["saltmarsh-talks/tolls"]
    assert talks["commitments"][0]["agreement"] == "saltmarsh-talks/convention"
    assert talks["moves"][0]["actor"] == ["aldova"]
    # `about` may name anything: a part if there is one, else a record.
    assert [c["about"] for c in talks["claims"]] == ["saltmarsh-talks/empty-treasury", "aldova"]
    record = make_record({"id": "x", "type": "Crisis", "moves": [{"leads_to": [{"event": "y/z"}]}]}, ontology)
    assert record.data["moves"][0]["leads_to"][0]["event"] == "y/z"


def test_what_may_be_many_is_a_list(world: list[Record]) -> None:
    talks = find(world, "saltmarsh-talks").data
    assert talks["parties"][1]["role"] == ["negotiating-party"]
    assert talks["moves"][0]["kind"] == "signal-willingness"
    assert isinstance(talks["outcome"], dict)


def test_an_empty_list_is_left_out(ontology: Ontology) -> None:
    assert "aliases" not in make_record({"id": "x", "type": "State", "aliases": []}, ontology).data


def test_what_does_not_fit_is_kept(ontology: Ontology) -> None:
    raw = {"id": "x", "type": "State", "moves": ["a", ["b"]], "kapital": {"a": "b"}, "nationality": {"id": "y"}}
    data = make_record(raw, ontology).data
    assert data["moves"] == ["a", ["b"]]
    assert data["kapital"] == {"a": "b"}
    assert data["nationality"] == {"id": "y"}


def test_lines_of_expanded_values(world: list[Record]) -> None:
    talks = find(world, "saltmarsh-talks")
    text = Path(talks.file).read_text(encoding="utf-8").splitlines()
    assert text[talks.line(("moves", 0, "leads_to", 1, "how")) - 1].strip().startswith("leads_to:")
    assert text[talks.line(("cites", 1, "source")) - 1].startswith("cites:")
    assert text[talks.line(("moves", 2, "actor", 0)) - 1].strip().startswith("- {id: frigate-sails")
    assert talks.line(("nowhere",)) == 1


def test_files_are_read_once_in_order_and_unreadable_ones_are_problems(tmp_path: Path, ontology: Ontology) -> None:
    (tmp_path / "b").mkdir()
    for name, text in {"b/x.yaml": "id: x\ntype: State", "a.yml": "id: a\ntype: State", "c.yaml": "- 1"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "notes.md").write_text("no record", encoding="utf-8")
    files = list_files([tmp_path, tmp_path / "a.yml"])
    assert sorted(f.name for f in files) == ["a.yml", "c.yaml", "x.yaml"]
    records, problems = read_records([tmp_path], ontology)
    assert sorted(r.id for r in records) == ["a", "x"]
    assert [(p.rule, Path(p.file).name, p.line) for p in problems] == [("syntax", "c.yaml", 1)]


def test_values() -> None:
    assert (list_values(None), list_values("a"), list_values(["a"]), list_values("")) == ([], ["a"], ["a"], [""])


def test_walk_meets_every_part_once(world: list[Record], ontology: Ontology) -> None:
    talks = find(world, "saltmarsh-talks")
    paths = [path for path, _ in talks.walk(ontology)]
    assert paths[0] == ()
    assert ("moves", 0, "leads_to", 1) in paths
    assert ("outcome",) in paths
    assert ("outcome", "cites", 0) in paths
    assert len(paths) == len(set(paths))
    ids = [node["id"] for _, node in talks.walk(ontology)]
    assert len(ids) == len(set(ids))
