"""The app in a real Chromium: every page at both widths, permalinks, the graph's acts, hostile text, no request elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.explorer.conftest import HOSTILE, SCRIPT

PAGES = ("", "compare", "explore", "episode", "cypher", "about", "?episode=hanoi-summit")
PARTS = ("coverage", "ontology", "vocabularies", "sources", "rights")
PARAGRAPH = "The other side reads the mere act of sitting down with it as a sign of weakness, and talks could drag on for years."
ADDED = json.dumps([{"act": "add", "term": "threaten", "who": [SCRIPT], "whom": ["we"], "text": SCRIPT}])
PATIENCE = 60_000


@dataclass
class Watch:
    """What a page asked for and what went wrong in it."""

    requests: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def page(chromium: Browser, watch: Watch) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("request", lambda request: watch.requests.append(request.url))
    page.on("pageerror", lambda error: watch.failures.append(str(error)))
    yield page
    elsewhere = [
        url
        for url in watch.requests
        if urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).hostname != "localhost"
    ]
    context.close()
    assert elsewhere == []
    assert watch.failures == []


def settle(page: Page) -> None:
    """Wait until the app has drawn the page and rests."""
    page.wait_for_selector("h1")
    page.wait_for_function(
        "() => document.querySelector('.stApp')?.getAttribute('data-test-script-state') === 'notRunning'"
    )
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def sheet(page: Page) -> dict[str, str]:
    """What the drawn graph says of itself."""
    page.wait_for_selector(".sheet[data-drawn]")
    return page.locator(".sheet[data-drawn]").first.evaluate(
        "element => ({...element.dataset, label: element.getAttribute('aria-label')})"
    )


def expect_nodes(page: Page, count: int) -> None:
    page.wait_for_selector(f".sheet[data-nodes='{count}']")
    settle(page)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (800, "dark")])
@pytest.mark.parametrize("path", [*PAGES, *(f"about?part={part}" for part in PARTS[1:])])
def test_page_opens_without_error_and_fits(page: Page, app_address: str, path: str, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{app_address}/{path}")
    settle(page)
    expect(page.locator("[data-testid=stAlertContentError]")).to_have_count(0)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


def test_pasted_text_finds_the_armistice_talks_and_its_permalink_finds_them_again(page: Page, app_address: str) -> None:
    page.goto(app_address)
    settle(page)
    page.get_by_role("button", name="Find precedents").click()
    page.wait_for_selector("article.match")
    first = page.locator("article.match h3").first.inner_text()
    assert "Korean armistice talks" in page.locator("article.match h3").all_inner_texts()[:3]
    box = page.get_by_test_id("stCheckbox").nth(4)
    box.locator("label").click()
    page.wait_for_url(re.compile("case="))
    settle(page)
    ranked = page.locator("article.match h3").all_inner_texts()
    assert first in ranked
    page.goto(page.url)
    page.wait_for_selector("article.match")
    settle(page)
    assert page.locator("article.match h3").all_inner_texts() == ranked
    expect(page.get_by_test_id("stCheckbox").nth(4).locator("input")).to_be_checked()


def test_four_episodes_stand_below_one_another_on_a_narrow_screen(page: Page, app_address: str) -> None:
    page.set_viewport_size({"width": 800, "height": 900})
    ids = ("munich", "hanoi-summit", "reykjavik-summit", "korean-armistice-talks")
    page.goto(f"{app_address}/compare?{'&'.join(f'id={id}' for id in ids)}")
    page.wait_for_selector("#outcome")
    settle(page)
    wide = page.locator(".side-frame, .ledger-frame, .side-grid").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent.slice(0, 80))"
    )
    assert wide == []
    left = page.locator("section.sides").first.locator(".side").evaluate_all("all => all.map(one => one.offsetLeft)")
    assert len(left) == 4 and len(set(left)) == 2


def test_a_long_text_is_there_again_after_reading_an_episode(page: Page, app_address: str) -> None:
    long = PARAGRAPH + " " + " ".join(f"Envoy {n} repeats on day {n} what was said before." for n in range(1, 130))
    page.goto(app_address)
    settle(page)
    page.get_by_role("textbox", name="The situation").fill(long)
    page.get_by_role("button", name="Find precedents").click()
    page.wait_for_selector("article.match h3 a")
    settle(page)
    page.locator("article.match h3 a").first.click()
    page.wait_for_url(re.compile("episode"))
    page.go_back()
    page.wait_for_selector("article.match h3 a")
    assert page.get_by_role("textbox", name="The situation").input_value() == long


def test_sources_of_an_episode_are_taken_to_a_reference_manager(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/episode?id=munich")
    page.wait_for_selector("#sources")
    settle(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Sources (CSL-JSON)", exact=True).click()
    items = {item["id"]: item for item in json.loads(Path(saved.value.path()).read_bytes())}
    assert items["dgfp-d-2"]["type"] == "book" and "dgfp-d-2" not in items["dgfp-d-2"]["title"]
    page.goto(f"{app_address}/about?part=sources")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Bibliography (CSL-JSON)", exact=True).click()
    everything = {item["id"] for item in json.loads(Path(saved.value.path()).read_bytes())}
    assert items.keys() < everything


def test_downloads_are_what_is_shown(page: Page, app_address: str) -> None:
    fix = json.dumps([{"act": "add", "term": "threaten", "who": ["we"], "whom": ["they"], "text": "We threaten them."}])
    page.goto(f"{app_address}/?text={quote(PARAGRAPH)}&count=3&look=structural:2&fix={quote(fix)}")
    page.wait_for_selector("article.analogue")
    settle(page)
    shown = page.locator("article.analogue").evaluate_all("all => all.map(one => one.id.replace('analogue-', ''))")
    page.wait_for_selector(".st-key-downloads")
    files = {}
    for name in ("JSON", "Markdown", "Word"):
        with page.expect_download() as saved:
            page.get_by_role("button", name=name, exact=True).click()
        files[name] = Path(saved.value.path()).read_bytes()
    told = json.loads(files["JSON"])
    assert [a["id"] for a in (*told["analogues"], *told["distant"])] == shown
    assert told["replay"]["k"] == 3 and told["replay"]["look_weights"]["structural"] == 2
    assert told["replay"]["corrections"][0]["text"] == "We threaten them."
    assert "We threaten them." in files["Markdown"].decode() and files["Word"].startswith(b"PK")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Sources (CSL-JSON)", exact=True).click()
    assert {item["id"] for item in json.loads(Path(saved.value.path()).read_bytes())} <= told["works"].keys()


def test_picture_of_an_alignment_is_drawn(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/compare?id={HOSTILE}&id=korean-armistice-talks")
    settle(page)
    picture = page.locator("figure.alignment img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 300
    expect(page.locator("figure.alignment ol li").first).to_be_visible()
    assert page.evaluate("window.hurt") is None


def test_expand_hide_undo_and_the_permalink_of_each(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/explore?question=wants&node=china")
    settle(page)
    before = int(sheet(page)["nodes"])
    page.get_by_role("button", name="Expand").click()
    page.wait_for_selector(f".sheet[data-drawn]:not([data-nodes='{before}'])")
    settle(page)
    opened = int(sheet(page)["nodes"])
    assert opened > before
    page.get_by_role("button", name="Hide").click()
    expect_nodes(page, opened - 1)
    page.goto(page.url)
    expect_nodes(page, opened - 1)
    page.get_by_role("button", name="Undo").click()
    expect_nodes(page, opened)
    page.get_by_role("button", name="Undo").click()
    expect_nodes(page, before)
    assert "step=" not in page.url


def test_click_in_the_drawing_chooses_the_node(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/explore?question=wants")
    settle(page)
    sheet(page)
    place = page.locator(".sheet[data-drawn]").evaluate(
        """element => { const {network, data} = element.closest('.frame').graph; const id = data.nodes[3].id;
        const box = element.getBoundingClientRect(), at = network.canvasToDOM(network.getPosition(id));
        return {id, x: box.x + at.x, y: box.y + at.y}; }"""
    )
    page.mouse.click(place["x"], place["y"])
    page.wait_for_selector(f".sheet[data-selected='{place['id']}']")
    assert quote(place["id"], safe="") in page.url or place["id"] in page.url


@pytest.mark.parametrize("path", [
    f"?episode={HOSTILE}", f"?text={quote(SCRIPT + ' ' + PARAGRAPH)}&own={quote(SCRIPT)}", f"explore?focus={HOSTILE}&question=wants",
    f"explore?focus={HOSTILE}&question=causes&node={quote(HOSTILE + '/autumn-offensive')}", f"explore?focus={HOSTILE}&find={quote(SCRIPT)}",
    f"explore?focus={quote(SCRIPT)}", f"episode?id={HOSTILE}", f"episode?id={quote(SCRIPT)}",
    f"cypher?query={quote('MATCH (e:Episode) RETURN e')}", f"cypher?query={quote(SCRIPT)}", f"?before={quote(SCRIPT)}", "about",
])  # fmt: skip
def test_script_is_text_everywhere(page: Page, app_address: str, path: str) -> None:
    page.goto(f"{app_address}/{path}")
    page.wait_for_selector("h1, [data-testid=stAlert]")
    page.wait_for_function(
        "() => document.querySelector('.stApp')?.getAttribute('data-test-script-state') === 'notRunning'"
    )
    page.wait_for_timeout(700)
    assert page.evaluate("window.hurt") is None
    assert page.locator("img[src=x]").count() == 0
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


@pytest.mark.parametrize("path", [f"episode?id={HOSTILE}", f"explore?focus={HOSTILE}&question=wants"])
def test_hostile_name_is_shown_to_the_letter(page: Page, app_address: str, path: str) -> None:
    page.goto(f"{app_address}/{path}")
    settle(page)
    assert page.locator("h1").inner_text() == f"{SCRIPT} talks"


def test_exports_hold_the_view_and_fetch_nothing(
    page: Page, app_address: str, chromium: Browser, tmp_path: Path
) -> None:
    page.goto(f"{app_address}/explore?focus={HOSTILE}&question=wants")
    settle(page)
    sheet(page)
    with page.expect_download() as picture:
        page.get_by_role("button", name="Save PNG").click()
    assert picture.value.suggested_filename.endswith(".png")
    assert Path(picture.value.path()).read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as table:
        page.get_by_role("button", name="Relationships (CSV)").click()
    assert SCRIPT in Path(table.value.path()).read_text("utf-8")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Page (HTML)").click()
    file = tmp_path / "page.html"
    file.write_bytes(Path(saved.value.path()).read_bytes())
    other = chromium.new_page()
    asked: list[str] = []
    other.on("request", lambda request: asked.append(request.url))
    other.goto(file.as_uri())
    other.wait_for_selector("canvas")
    assert asked == [file.as_uri()]
    assert other.evaluate("window.hurt") is None
    assert json.loads(other.evaluate("JSON.stringify(nodes.getIds().length)")) > 5
    other.close()


def test_source_mark_opens_its_citation(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/episode?id=korean-armistice-talks")
    settle(page)
    note = page.locator("#note-1")
    expect(note).not_to_be_visible()
    page.locator("button.mark").first.click()
    expect(note).to_be_visible()
    assert len(note.inner_text()) > 20
    page.keyboard.press("Escape")
    expect(note).not_to_be_visible()


def test_cypher_permalink_answers(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/cypher?query={quote('MATCH (e:Episode) RETURN count(e) AS episodes')}")
    settle(page)
    expect(page.locator("textarea").first).to_have_value("MATCH (e:Episode) RETURN count(e) AS episodes")
    expect(page.get_by_text("1 row.")).to_be_visible()
