"""Pages of comparisons in a real browser: they fit a phone, follow the theme, and their table is filtered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from browser import MEASURE, look, require_browser
from comparison_pages import Page
from unitcost_report.report import report


@pytest.fixture(scope="module", autouse=True)
def browser() -> None:
    """Without a browser there is nothing to look with."""
    require_browser()


ENDLESS = "anamewithoutanyplacetobreak" * 8
PAGES = ("comparison", "duel", "pilot", "gated", "gated_duel")
FIXED = ("kind", "outcome", "id", "gate", "on_inconclusive")
OPENED = "for (const one of page.querySelectorAll('details')) one.open = true;"
CUT = """
  const outside = [];
  for (const plot of page.querySelectorAll("svg.plot")) {
    const box = plot.getBoundingClientRect();
    if (!box.width) continue;
    for (const text of plot.querySelectorAll("text")) {
      const own = text.getBoundingClientRect();
      if (own.width && (own.left < box.left - 3 || own.right > box.right + 3)) outside.push(text.textContent);
    }
  }
"""


@pytest.mark.parametrize(
    ("which", "width", "kind"),
    [*((one, 320, "narrow") for one in PAGES), ("duel", 1280, "wide"), ("gated", 1280, "wide")],
)
def test_the_page_fits_its_screen(
    request: pytest.FixtureRequest, tmp_path: Path, which: str, width: int, kind: str
) -> None:
    found: Page = request.getfixturevalue(which)
    script = OPENED + CUT + MEASURE.replace("return {", "return { outside,")
    seen, console = look(found.folder, tmp_path, width, script)
    assert seen["view"] == width
    assert seen["page"] <= width
    assert set(seen["plots"]) == {kind}
    assert seen["outside"] == []
    assert console == ""


def lengthened(value: Any, key: str = "") -> Any:
    """The document with every free text, and the name of every fact and program, too long for any screen."""
    if isinstance(value, dict):
        named = key in ("digests", "machine", "build")
        return {f"{name}{ENDLESS}" if named else name: lengthened(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [lengthened(one, key) for one in value]
    return value + ENDLESS if isinstance(value, str) and key not in FIXED else value


@pytest.mark.parametrize("which", PAGES)
def test_long_names_make_no_page_wider(request: pytest.FixtureRequest, tmp_path: Path, which: str) -> None:
    found: Page = request.getfixturevalue(which)
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / found.name).write_text(json.dumps(lengthened(found.document)), encoding="utf-8")
    report(folder)
    seen, _ = look(folder, tmp_path, 320, OPENED + MEASURE)
    assert seen["page"] <= 320


BEHAVIOUR = """
  const rows = () => [...page.querySelectorAll("#ledger-table [data-row]")].filter((row) => !row.hidden)
    .map((row) => row.dataset.verdict);
  const all = rows();
  page.querySelector('button[data-verdict="no relevant change"]').click();
  const same = rows();
  view.location.hash = page.querySelector(".surprises a").getAttribute("href");
  await new Promise((done) => setTimeout(done, 200));
  const button = page.getElementById("theme");
  const themes = {};
  for (let i = 0; i < 3; ++i) {
    button.click();
    const text = page.querySelector("svg.plot.wide text");
    themes[button.textContent] = [view.getComputedStyle(page.body).backgroundColor, view.getComputedStyle(text).fill];
  }
  const drawing = page.querySelector(".drawing");
  drawing.dispatchEvent(new view.KeyboardEvent("keydown", { key: "ArrowRight" }));
  return { all, same, after: rows().length, themes, tip: page.getElementById("hover").textContent };
"""


def test_the_table_is_filtered_the_theme_changes_and_marks_tell_their_values(duel: Page, tmp_path: Path) -> None:
    found, console = look(duel.folder, tmp_path, 1280, BEHAVIOUR)
    assert found["same"] == ["no relevant change"] * found["all"].count("no relevant change")
    assert 0 < len(found["same"]) < len(found["all"]) == found["after"]
    light, dark = (found["themes"][f"Theme: {name}"] for name in ("light", "dark"))
    assert light[0] != dark[0]
    assert light[1] != dark[1]
    assert "null control" in found["tip"] or "regression" in found["tip"]
    assert console == ""
