"""Pages of comparisons, duels and pilots: what stands on the first screen, and that nothing of the document is lost."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from comparison_pages import Page, page, unitcost
from duel_folders import Case, make_duel
from run_folders import make_run
from unitcost_report import units

WORDS = {"equivalent": "no relevant change"}


def plain(html: str) -> str:
    """The texts of a page, with ordinary spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).replace(units.NO_BREAK, " ")


def rows_of(found: Page) -> list[dict[str, Any]]:
    return found.document["cases"] if found.name == "duel-analysis.json" else found.document["comparisons"][0]["rows"]


def key_of(row: dict[str, Any]) -> str:
    return row.get("key") or row["case"]


@pytest.fixture(params=["comparison", "duel", "pilot", "gated", "gated_duel"])
def each(request: pytest.FixtureRequest) -> Page:
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["comparison", "duel"])
def judged(request: pytest.FixtureRequest) -> Page:
    return request.getfixturevalue(request.param)


def test_facts_that_differ_stand_before_counts_and_figures(comparison: Page) -> None:
    html = comparison.html
    order = [html.index(part) for part in ("Facts that differ", 'class="tally"', "<figure", 'id="ledger-table"')]
    assert order == sorted(order)
    first = plain(html[: html.index("<figure")])
    for fact in comparison.document["comparisons"][0]["facts"]:
        assert f"{fact['name']} {'the code' if fact['declared_by'] == 'code' else fact['kind']}" in first
        assert fact["a"][0] in first
        assert fact["b"][0] in first
    assert "sessions 5 5" in first


def test_the_first_screen_says_how_many_of_each_outcome(judged: Page) -> None:
    first = plain(judged.html[: judged.html.index("<figure")])
    found = [row["outcome"] for row in rows_of(judged)]
    for outcome in ("regression", "improvement", "equivalent", "inconclusive"):
        assert f"{found.count(outcome)} {WORDS.get(outcome, outcome)}" in first
    assert "with no relevant change and" in first


def test_an_inconclusive_duel_says_what_it_could_have_seen_and_what_would_decide(duel: Page) -> None:
    first = plain(duel.html[: duel.html.index("<figure")])
    row = next(row for row in duel.document["cases"] if row["outcome"] == "inconclusive")
    visible = units.change(1 + row["visible"]).replace(units.NO_BREAK, " ").lstrip("+")
    assert f"a change of {visible} would have been seen nine times in ten" in first
    assert f"About {row['more_pairs']} pairs more a case" in first


def test_a_quiet_null_control_and_untested_layout_are_said(duel: Page) -> None:
    first = plain(duel.html[: duel.html.index("<figure")])
    assert "The null control is quiet" in first
    assert "Layout not tested: what another link order does" in first
    assert "Fit for no gate" not in first


def test_a_null_control_that_fires_is_named_and_forbids_the_gate(tmp_path: Path) -> None:
    cases = (Case("a/b:quiet"), Case("a/b:noisy", control_effect=0.05))
    folder = tmp_path / "page"
    ended = unitcost(tmp_path, "report", make_duel(tmp_path / "d", cases), "--output", folder)
    found = page(folder, "duel-analysis.json", ended)
    first = plain(found.html[: found.html.index("<figure")])
    assert "The null control fired: A differs from itself in a/b:noisy. Nothing may be gated on this duel." in first
    assert f"Fit for no gate: {found.document['not_gateable']}" in first
    assert "The null control is quiet" not in first


@pytest.mark.parametrize("pilot", [False, True])
def test_a_duel_of_one_pair_has_neither_interval_nor_spread_nor_a_quiet_control(tmp_path: Path, pilot: bool) -> None:
    cases = (Case("a/b:one", -0.045, control_effect=-0.3), Case("a/b:two"))
    made = make_duel(tmp_path / "d", cases, pairs=40, measured=1, pilot=pilot)
    ended = unitcost(tmp_path, "report", made, "--output", tmp_path / "page")
    found = page(tmp_path / "page", "duel-analysis.json", ended)
    for row in found.document["cases"]:
        assert row["interval"] is row["sd"] is row["coverage"] is None
        assert row["n"] == 1
        assert all(need["pairs"] is None for need in row.get("needs", []))
    text = plain(found.html)
    assert "1 of 40 planned pairs" in text
    assert "interval of at least 95 % from 6 pairs on" in text or pilot
    assert "quiet:" not in text
    assert "over 1000" not in text
    assert "duel interrupted" in text or pilot
    foot = found.document["duel"]["foot"]
    assert "1 of 40 planned pairs a case · too few for" in foot
    assert "95 %" not in foot
    assert "0.00 %" not in ended.stdout
    if not pilot:
        change = 100 * (found.document["cases"][0]["ratio"] - 1)
        assert f"{change:+.2f} %, no interval" in ended.stdout
        assert "The null control has too few pairs for an interval in 2 of 2 cases." in text
        assert "1 pair is too few: 6 at least" in text


def test_a_duel_that_goes_on_says_so(tmp_path: Path) -> None:
    made = make_duel(tmp_path / "d", (Case("a/b:one"),), pairs=20, measured=7)
    record = made / "duel.json"
    record.write_text(record.read_text().replace('"interrupted"', '"running"'))
    found = page(
        tmp_path / "page", "duel-analysis.json", unitcost(tmp_path, "report", made, "--output", tmp_path / "page")
    )
    text = plain(found.html)
    assert "7 of 20 planned pairs · 1 case" in text
    assert "duel not finished: it goes on, or was killed" in text
    assert "Fit for no gate: the duel is not finished" in text
    assert found.document["cases"][0]["interval"] is not None


def test_single_sessions_are_shown_and_nothing_is_concluded(tmp_path: Path) -> None:
    runs = [make_run(tmp_path / f"r{seed}", seed, factor=1 + seed) for seed in range(3)]
    ended = unitcost(tmp_path, "compare", *runs, "--report", tmp_path / "page")
    found = page(tmp_path / "page", "comparison.json", ended)
    text = plain(found.html)
    assert text.count("No regression, no improvement, none with no relevant change and 3 inconclusive") >= 2
    assert "there is too little to say what could have been seen" in text
    assert "r1 against r0, case by case" in text
    assert "r2 against r0, case by case" in text
    assert {path.stem for path in (found.folder / "figures").glob("*.csv")} == {"forest-1", "forest-2", "rows"}


def test_names_of_other_tools_are_whole_whatever_a_colon_in_them(tmp_path: Path) -> None:
    names = ["BM_Lock/threads:8", "BM_Sem/threads:8", "BM_Map<std::vector<int>>/64"]
    for side, scale in (("a", 1.0), ("b", 1.5)):
        rows = [
            {
                "name": name,
                "run_name": name,
                "run_type": "iteration",
                "iterations": 1,
                "real_time": 10 * scale,
                "cpu_time": 10,
            }
            for name in names
        ]
        (tmp_path / f"{side}.json").write_text(json.dumps({"context": {"num_cpus": 1}, "benchmarks": rows}))
    ended = unitcost(tmp_path, "compare", tmp_path / "a.json", tmp_path / "b.json", "--report", tmp_path / "page")
    found = page(tmp_path / "page", "comparison.json", ended)
    drawing = unescape((found.folder / "figures" / "forest.svg").read_text(encoding="utf-8"))
    for name in names:
        assert f'aria-label="{name}: ' in drawing


def test_every_case_is_a_row_with_outcome_and_reason(judged: Page) -> None:
    rows = [plain(row) for row in re.findall(r'<tr class="claim".*?</tr>', judged.html, flags=re.S)]
    assert len(rows) == len(rows_of(judged))
    for text, row in zip(rows, rows_of(judged), strict=True):
        assert text.strip().startswith(WORDS.get(row["outcome"], row["outcome"]))
        assert key_of(row) in text
        assert row["reason"][1:].replace(units.NO_BREAK, " ") in text
        assert (" * " in text) == row["marked"]


def test_every_case_is_a_mark_with_its_label(judged: Page) -> None:
    drawing = (judged.folder / "figures" / "forest.svg").read_text(encoding="utf-8")
    labels = [plain(label) for label in re.findall(r'aria-label="([^"]*)"', drawing)]
    for row in rows_of(judged):
        name = key_of(row).partition(":")[2]
        marks = [one for one in labels if one.startswith(f"{name}: {WORDS.get(row['outcome'], row['outcome'])}, ")]
        assert len(marks) == 1, name
        assert ("slower" in marks[0]) == (row["ratio"] > 1)
        controls = [one for one in labels if one.startswith(f"{name}: null control")]
        assert len(controls) == (judged.name == "duel-analysis.json")


def test_directions_are_words(judged: Page) -> None:
    drawing = (judged.folder / "figures" / "forest.svg").read_text(encoding="utf-8")
    assert ">← faster<" in drawing
    assert ">slower →<" in drawing
    assert "band: no relevant change" in drawing


def test_the_csv_has_the_numbers_of_the_document(judged: Page) -> None:
    with (judged.folder / "figures" / "rows.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == len(rows_of(judged))
    for cells, row in zip(found, rows_of(judged), strict=True):
        assert float(cells["ratio"]) == row["ratio"]
        assert [float(cells["low"]), float(cells["high"])] == row["interval"]
        assert cells["outcome"] == row["outcome"]
        assert float(cells["margin_ratio"]) == row.get("margin", row.get("margin_ratio"))


def test_a_pilot_shows_spread_pairs_and_minutes(pilot: Page) -> None:
    text = plain(pilot.html)
    assert "Pairs and minutes that a duel needs" in text
    rows = [plain(row) for row in re.findall(r'<tr class="claim".*?</tr>', pilot.html, flags=re.S)]
    assert len(rows) == len(pilot.document["cases"])
    for shown, row in zip(rows, pilot.document["cases"], strict=True):
        assert row["key"] in shown
        for need in row["needs"]:
            wanted = f"{need['pairs']} pairs {need['seconds'] / 60:.1f} min" if need["pairs"] else "over 1000"
            assert wanted in shown
    drawing = (pilot.folder / "figures" / "spread.svg").read_text(encoding="utf-8")
    assert all(
        f'aria-label="{row["key"]}: ' in unescape(drawing) or row["key"] in drawing for row in pilot.document["cases"]
    )
    assert "20 pairs" in drawing


def test_warnings_method_and_ids_are_there(each: Page) -> None:
    text = plain(each.html)
    document = each.document
    assert document["id"] in text
    assert plain(document["method"])[1:] in text
    comparisons = document.get("comparisons") or document.get("against")
    warnings = document["duel"]["warnings"] if "duel" in document else comparisons[0]["warnings"]
    assert warnings
    assert all(plain(warning)[1:] in text for warning in warnings)
    assert f'href="{each.name}"' in each.html


def test_facts_that_agree_are_kept(comparison: Page) -> None:
    agreed = comparison.document["comparisons"][0]["facts_that_agree"]
    assert {"name": "cpu_model", "kind": "identity", "value": "Example 9000"} in agreed
    assert not {fact["name"] for fact in agreed} & {"kernel", "commit"}
    assert f"{len(agreed)} facts in which old and new agree" in plain(comparison.html)


def test_the_page_needs_nothing_from_elsewhere_and_its_links_lead_somewhere(each: Page) -> None:
    html = each.html
    assert not re.findall(r"https?:|//[a-z]|@import|url\(", re.sub(r"<script>.*?</script>", "", html, flags=re.S))
    identifiers = re.findall(r'\bid="([^"]+)"', html)
    assert len(identifiers) == len(set(identifiers))
    for link in set(re.findall(r'<a [^>]*href="([^"]+)"', html)):
        assert link[1:] in identifiers if link.startswith("#") else (each.folder / link).is_file(), link
    for anchor in re.findall(r'<use href="#([^"]+)"', html):
        assert anchor in identifiers


def test_every_figure_has_drawings_description_table_and_files(each: Page) -> None:
    figures = re.findall(r'<figure class="figure" id="figure-([^"]+)">(.*?)</figure>', each.html, flags=re.S)
    assert figures
    for name, part in figures:
        assert len(re.findall(r'role="img" aria-label="[^"]{40,}"', part)) == 2
        assert "<table" in part
        for ending in (".svg", ".dark.svg", ".png", ".vl.json", ".csv"):
            assert (each.folder / "figures" / f"{name}{ending}").stat().st_size > 0
