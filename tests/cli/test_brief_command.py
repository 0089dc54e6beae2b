"""`precedent brief`, and what it writes: Markdown, JSON and Word of one object."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from markdown_it import MarkdownIt

from explorer.briefs import BriefDesk, write_docx, write_json, write_markdown, write_sources
from explorer.briefs.firmness import FLIPPED, NONE_IN_PLAY, NOT_COMPARED, say_disputes
from explorer.briefs.selection import USES, choose_uses, shorten_pathways, shorten_risks
from explorer.service import Service
from explorer.words import say_reading
from kg.analogy.brief.model import Brief, Disputes
from kg.store import Store

PARAGRAPH = (
    "The paradox: the other side reads the mere act of sitting down with it as a sign of weakness. It offers moratoriums and "
    "symbolic gestures, and may walk out or provoke. We want a settlement on today's lines, our ally wants more, and talks could "
    "drag on for years."
)
HOSTILE = (
    "# <script>alert('x')</script> <img src=x onerror=alert(1)> An ally wants *more* than its patron | will `fight` for. "
    "[Click](javascript:alert(1)) 1. The talks stall \\ and _nobody_ moves & waits."
)


@pytest.fixture
def precedent(built_home: Path):
    """Runs `precedent brief …`; returns the finished process."""

    def run(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "explorer.cli", "brief", *arguments],
            input=stdin, capture_output=True, text=True, env={**os.environ, "PRECEDENT_HOME": str(built_home)},
        )  # fmt: skip

    return run


@pytest.fixture(scope="module")
def desk(built_home: Path, store: Store) -> BriefDesk:
    return BriefDesk(Service(store))


@pytest.fixture(scope="module")
def paragraph(desk: BriefDesk) -> Brief:
    return desk.make(PARAGRAPH)


@pytest.fixture(scope="module")
def hanoi(desk: BriefDesk) -> Brief:
    return desk.make(episode="hanoi-summit")


@pytest.fixture(params=["paragraph", "hanoi"])
def brief(request: pytest.FixtureRequest) -> Brief:
    return request.getfixturevalue(request.param)


def texts_of(value: Any) -> Iterator[str]:
    """The text of every statement, every early sign and every citation in the JSON of a brief."""
    if isinstance(value, dict):
        if {"text", "status", "cites"} <= set(value):
            yield value["text"]
        yield from value.get("signs", [])
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


def read_docx(content: bytes) -> str:
    """All text of a Word document in reading order, spaces made even."""
    document = docx.Document(BytesIO(content))
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join(parts).split())


class Page(HTMLParser):
    """Tags and text of an HTML page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def render(markdown: str) -> Page:
    """The page that a Markdown reader shows, raw HTML allowed."""
    page = Page()
    page.feed(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))
    return page


def shorten(brief: Brief) -> Brief:
    """The brief as documents and pages tell it, long lists cut."""
    return replace(
        brief,
        pathways=tuple(shorten_pathways(brief.pathways)),
        commitments=tuple(shorten_risks(brief.commitments)),
        drawn=tuple(choose_uses(brief.drawn)),
    )


def test_word_markdown_and_json_say_the_same(brief: Brief) -> None:
    told = json.loads(write_json(shorten(brief)))
    word, page = read_docx(write_docx(brief)), " ".join(render(write_markdown(brief)).text.split())
    texts = list(texts_of(told))
    assert len(texts) > 100
    for text in texts:
        assert " ".join(text.split()) in word, text
        assert " ".join(text.split()) in page, text
    for analogue in told["analogues"]:
        assert analogue["title"] in word and analogue["title"] in page
    for share in told["reference"]["shares"]:
        assert f"{share['count']} of {share['n']}" in word
    assert told["replay"]["data_version"] in word and told["replay"]["model"] in word


def test_every_form_says_what_is_contested_and_what_was_drawn_in_like_situations(brief: Brief) -> None:
    assert brief.robustness.disputes is not None
    word, page = read_docx(write_docx(brief)), " ".join(render(write_markdown(brief)).text.split())
    told = json.loads(write_json(brief))
    for form in (word, page):
        assert FLIPPED in form and say_disputes(brief.robustness.disputes) in form
        assert "Drawn in situations like this one" in form
        for use in choose_uses(brief.drawn):
            assert use.like is None or use.like.text in form
            assert use.reviewed and f"Read again: {say_reading(use.reviewed)}." in form
    flips = told["robustness"]["disputes"]["flips"]
    assert [flip["fact"]["id"] for flip in flips] == [flip.fact.id for flip in brief.robustness.disputes.flips]
    assert {use["relation"] for use in told["drawn"] if use["like"]} == {"like"}


def test_what_is_cut_is_counted_and_the_json_holds_all(brief: Brief) -> None:
    markdown, told = write_markdown(brief), json.loads(write_json(brief))
    short = shorten(brief)
    cut = sum(
        len(risk.promises) - len(few.promises) for risk, few in zip(brief.commitments, short.commitments, strict=False)
    )
    cut += len(brief.drawn) - len(short.drawn)
    said = [
        int(number)
        for number in re.findall(r"^([0-9]+) further ones?(?: in the register)? not shown", markdown, re.MULTILINE)
    ]
    grids = sum(sum(analogue.grid.left_out.values()) for analogue in (*brief.analogues, *brief.distant))
    assert cut > 0 and sum(said) == cut + grids
    assert {use["statement"]["id"] for use in told["drawn"]} == {use.statement.id for use in brief.drawn}


def test_of_many_analogies_those_that_were_judged_are_shown(brief: Brief) -> None:
    joined = [use for use in brief.drawn if use.relation == "precedent"]
    shown = {use.statement.id for use in choose_uses(joined)}
    for precedent in {use.precedent for use in joined}:
        uses = [use for use in joined if use.precedent == precedent]
        kept = [use for use in uses if use.statement.id in shown]
        assert len(kept) == min(USES, len(uses))
        judged = {use.statement.id for use in uses if any(j.verdict != "not-judged" for j in use.judgements)}
        assert judged <= shown or {use.statement.id for use in kept} <= judged


def test_where_nothing_was_compared_or_is_contested_it_says_so(paragraph: Brief, desk: BriefDesk) -> None:
    assert NOT_COMPARED in write_markdown(desk.make("Cold rain on the old harbour."))
    none = Disputes((), 0, 0, {})
    calm = replace(paragraph, robustness=replace(paragraph.robustness, disputes=none))
    assert NONE_IN_PLAY in write_markdown(calm) and NONE_IN_PLAY in read_docx(write_docx(calm))


def test_every_note_is_called_and_every_call_has_its_note(brief: Brief) -> None:
    markdown = write_markdown(brief)
    body, notes = markdown.split("\n\n[^1]: ", 1)
    defined = ["1", *(line.split("]")[0][2:] for line in notes.splitlines() if line.startswith("[^"))]
    called = {part.split("]")[0] for part in body.split("[^")[1:]}
    assert called == set(defined) and len(defined) == len(set(defined))
    told = json.loads(write_json(brief))
    for work in told["works"].values():
        assert work["citation"] and not any(tag in work["citation"] for tag in ("<cite>", "&amp;"))


def test_word_has_headings_tables_and_numbered_sources(paragraph: Brief) -> None:
    document = docx.Document(BytesIO(write_docx(paragraph)))
    styles = {p.style.name for p in document.paragraphs if p.style is not None}
    assert {"Title", "Heading 2", "Heading 3", "Heading 4", "List Bullet"} - styles <= {"Title"}
    assert len(document.tables) > 5
    after = [p.text for p in document.paragraphs]
    sources = after[after.index("Sources") + 1 :]
    assert [int(line.split(".")[0]) for line in sources] == list(range(1, len(sources) + 1)) and sources


def test_facts_read_off_a_text_are_called_presumed(paragraph: Brief) -> None:
    markdown = write_markdown(paragraph)
    assert "read off its text and are presumed" in markdown
    assert "our ally" in markdown.split("#### Who plays whom")[1].split("####")[0]


def test_no_look_at_structure_is_claimed_where_no_fact_was_read(desk: BriefDesk) -> None:
    markdown = write_markdown(desk.make("Cold rain on the old harbour."))
    assert "no facts were read off it" in markdown and "by structure not compared" in markdown
    assert "#### Differences" not in markdown and "#### Who plays whom" not in markdown


def test_what_a_reader_writes_is_shown_and_not_obeyed(desk: BriefDesk) -> None:
    brief = desk.make(HOSTILE, predicaments=["<b>An ally</b> is | left out"])
    page = render(write_markdown(brief))
    assert not page.tags & {"script", "img", "b", "code", "a"}
    assert HOSTILE in " ".join(page.text.split()) and "<b>An ally</b> is | left out" in page.text
    assert HOSTILE in read_docx(write_docx(brief))
    odd = desk.make("An ally \x07 wants more than its patron will fight for.")
    assert "An ally  wants more" in read_docx(write_docx(odd)) or "An ally wants more" in read_docx(write_docx(odd))


def test_a_cut_off_before_everything_says_what_to_do(desk: BriefDesk) -> None:
    from datetime import date

    markdown = write_markdown(desk.make(PARAGRAPH, before=date(1500, 1, 1)))
    assert "Choose a later day" in markdown


def test_the_command_writes_each_format(precedent, tmp_path: Path) -> None:
    told = precedent("-", "--format", "json", "-k", "2", "--before", "1990", stdin=PARAGRAPH)
    assert told.returncode == 0, told.stderr
    brief = json.loads(told.stdout)
    assert len(brief["analogues"]) == 2 and brief["replay"]["query"]["before"] == "1990-01-01"
    file = tmp_path / "brief.docx"
    done = precedent("--episode", "hanoi-summit", "--format", "docx", "-o", str(file))
    assert done.returncode == 0 and done.stdout == "", done.stderr
    assert "Hanoi summit" in read_docx(file.read_bytes()) and list(tmp_path.iterdir()) == [file]
    page = precedent(PARAGRAPH)
    assert page.returncode == 0 and page.stdout.startswith("# Precedents: ") and "Korean armistice talks" in page.stdout


def test_an_episode_left_out_is_gone_and_named_where_the_brief_says_what_it_is(precedent) -> None:
    text = "GENEVA, Sept. 11, 1935. Sir Samuel Hoare spoke for collective resistance. M. Laval and Baron Aloisi heard of Abyssinia."
    plain = precedent(text, "--format", "json")
    told = plain.stderr.splitlines()
    assert ["--before 1935-09-11" in told[0], "--exclude abyssinia-crisis" in told[1], len(told)] == [True, True, 2]
    assert "abyssinia-crisis" in [a["id"] for a in json.loads(plain.stdout)["analogues"]]
    without = precedent(text, "--format", "json", "--exclude", "abyssinia-crisis", "--before", "1935-09-11")
    brief = json.loads(without.stdout)
    assert without.stderr == "" and "abyssinia-crisis" not in [a["id"] for a in brief["analogues"]]
    assert brief["replay"]["query"]["exclude"] == ["abyssinia-crisis"]
    assert [one["id"] for one in brief["limits"]["named_out"]] == ["abyssinia-crisis"]


def test_what_was_left_out_by_name_and_for_its_actors_stands_apart(desk: BriefDesk) -> None:
    brief = desk.make(episode="hanoi-summit", other_than=["north-korea"], exclude=["munich"])
    assert [one.id for one in brief.limits.named_out] == ["munich"]
    assert "munich" not in {one.id for one in brief.limits.left_out} and brief.limits.left_out
    word, page = read_docx(write_docx(brief)), write_markdown(brief)
    for form in (word, page):
        assert "Left out by name, 1 episode: Munich" in form
    assert "| Left out | munich |" in page


def test_stages_are_told_to_a_person_and_to_nobody_else(precedent, built_home: Path) -> None:
    assert precedent("--episode", "hanoi-summit").stderr == ""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "explorer.cli", "brief", "--episode", "hanoi-summit"],
        stdout=subprocess.DEVNULL, stderr=theirs,
        env={**os.environ, "PRECEDENT_HOME": str(built_home), "TERM": "xterm", "COLUMNS": "100"},
    )  # fmt: skip
    os.close(theirs)
    told = b""
    try:
        while piece := os.read(ours, 4096):
            told += piece
    except OSError:  # the far end of a terminal closed
        pass
    finally:
        os.close(ours)
    assert process.wait(60) == 0
    assert b"Opening the index" in told


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        ((), 2, "TEXT"),
        (("x", "--episode", "munich"), 2, "one of"),
        (("x", "--format", "docx"), 2, "--output"),
        (("x", "--before", "July"), 2, "YYYY-MM-DD"),
        (("--episode", "munchen"), 8, "munchen"),
    ],
)
def test_errors_are_one_line_with_a_meaningful_code(
    precedent, arguments: tuple[str, ...], code: int, word: str
) -> None:
    done = precedent(*arguments)
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith("precedent: ") and done.stderr.count("\n") == 1 and word in done.stderr


def test_sources_of_a_brief_are_those_of_its_notes(hanoi: Brief) -> None:
    items = {item["id"]: item for item in json.loads(write_sources(hanoi))}
    notes = [line for line in write_markdown(hanoi).splitlines() if line.startswith("[^")]
    assert items and items.keys() <= hanoi.works.keys()
    assert {work["name"] for id, work in hanoi.works.items() if id in items} == {i["title"] for i in items.values()}
    placed = sum(" At: " in line for line in notes)
    assert placed == sum(
        len(i.get("note", "").partition(" at: ")[2].split("; ")) for i in items.values() if " at: " in i.get("note", "")
    )
