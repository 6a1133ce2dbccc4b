"""The page in a real browser without network: it fits a phone, shows values on hover, and logs no error."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import MEASURE, look, require_browser


@pytest.fixture(scope="module", autouse=True)
def browser() -> None:
    """Without a browser there is nothing to look with."""
    require_browser()


@pytest.mark.parametrize(("width", "kind"), [(390, "narrow"), (320, "narrow"), (768, "wide"), (1400, "wide")])
def test_the_page_fits_its_screen(rendered: Path, tmp_path: Path, width: int, kind: str) -> None:
    found, console = look(rendered, tmp_path, width, MEASURE)
    assert found["view"] == width
    assert found["page"] <= width
    assert set(found["plots"]) == {kind}
    assert len(found["plots"]) == 10
    assert found["scripted"]
    assert console == ""


def test_opened_details_scroll_in_their_own_box(rendered: Path, tmp_path: Path) -> None:
    script = "for (const one of page.querySelectorAll('details')) one.open = true;" + MEASURE
    found, _ = look(rendered, tmp_path, 390, script)
    assert found["page"] <= 390


HOVER = """
  const drawing = page.querySelector("#figure-ladder .drawing");
  const plot = [...drawing.querySelectorAll("svg.plot")].find((one) => one.getBoundingClientRect().width > 0);
  const mark = plot.querySelector('[aria-label^="L2 hit: "]');
  drawing.scrollIntoView();
  const box = mark.getBoundingClientRect();
  const at = { bubbles: true, clientX: box.left + box.width / 2 + 2, clientY: box.top + box.height / 2 };
  drawing.dispatchEvent(new view.PointerEvent("pointermove", at));
  const tip = page.getElementById("hover");
  const over = [tip.textContent, view.getComputedStyle(tip).visibility, mark.getAttribute("aria-label")];
  drawing.dispatchEvent(new view.PointerEvent("pointerleave", at));
  const gone = view.getComputedStyle(tip).visibility;
  drawing.dispatchEvent(new view.KeyboardEvent("keydown", { key: "ArrowRight" }));
  return { over, gone, key: tip.textContent };
"""


@pytest.mark.parametrize("width", [390, 1400])
def test_hovering_shows_the_value_of_the_nearest_mark(rendered: Path, tmp_path: Path, width: int) -> None:
    found, _ = look(rendered, tmp_path, width, HOVER)
    text, visibility, label = found["over"]
    assert text == label
    assert "5.13\u00a0ns [" in text
    assert visibility == "visible"
    assert found["gone"] == "hidden"
    assert found["key"] != ""


FILTER = """
  const box = page.querySelector('[data-filters="ledger-table"]');
  const rows = () => [...page.querySelectorAll("#ledger-table [data-row]")].filter((row) => !row.hidden)
    .map((row) => row.dataset.verdict);
  const all = rows();
  box.querySelector('button[data-verdict="refuted"]').click();
  const refuted = rows();
  const input = box.querySelector("input");
  input.value = "fork memory";
  input.dispatchEvent(new view.Event("input"));
  const both = rows();
  const count = box.querySelector("output").textContent;
  view.location.hash = "#claim-memory-l1";
  await new Promise((done) => setTimeout(done, 200));
  return { all, refuted, both, count, after: rows().length };
"""


def test_the_ledger_is_filtered_by_verdict_and_text(rendered: Path, tmp_path: Path) -> None:
    found, _ = look(rendered, tmp_path, 1400, FILTER)
    assert len(found["all"]) == 18
    assert found["refuted"] == ["refuted"] * found["all"].count("refuted")
    assert found["both"] == ["refuted"]
    assert found["count"] == "1 of 18 rows"
    assert found["after"] == 18


THEME = """
  const button = page.getElementById("theme");
  const seen = [];
  for (let i = 0; i < 3; ++i) {
    button.click();
    const mark = page.querySelector("#figure-ladder svg.plot.wide text");
    seen.push([button.textContent, view.getComputedStyle(page.body).backgroundColor, view.getComputedStyle(mark).fill]);
  }
  return seen;
"""


def test_the_theme_button_changes_page_and_figures(rendered: Path, tmp_path: Path) -> None:
    found, _ = look(rendered, tmp_path, 1400, THEME)
    by_name = {name: (page, mark) for name, page, mark in found}
    assert set(by_name) == {"Theme: light", "Theme: dark", "Theme: system"}
    assert by_name["Theme: light"][0] != by_name["Theme: dark"][0]
    assert by_name["Theme: light"][1] != by_name["Theme: dark"][1]


def test_every_mark_has_its_words_above_it_and_no_text_is_cut(rendered: Path, tmp_path: Path) -> None:
    script = """
      const outside = [];
      for (const plot of page.querySelectorAll("svg.plot")) {
        const box = plot.getBoundingClientRect();
        if (!box.width) continue;
        for (const text of plot.querySelectorAll("text")) {
          const own = text.getBoundingClientRect();
          if (own.width && (own.left < box.left - 3 || own.right > box.right + 3)) outside.push(text.textContent);
        }
      }
      return outside;
    """
    for width in (390, 1400):
        found, _ = look(rendered, tmp_path, width, script)
        assert found == []
