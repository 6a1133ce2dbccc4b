"""Forests: how rows are put into figures, what the axis shows, and that drawings keep to sheet and theme."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from comparison_pages import Page
from unitcost_report import charts, describe, model, render, tables, units
from unitcost_report.charts import forest, scales, theme
from unitcost_report.comparison import figures, load, load_duel, words
from unitcost_report.reader import Node

CANVASES = {"wide": charts.WIDE, "narrow": charts.NARROW, "file": charts.FILE}
LONG = "a-name-that-never-ends/" * 20


def row(key: str, ratio: float | None = 1.0, half: float = 0.01, **more: Any) -> dict[str, Any]:
    """A row as `unitcost compare` writes it."""
    interval = None if ratio is None else [ratio * (1 - half), ratio * (1 + half)]
    side = {"value": 100.0, "sessions": 5, "processes": 50, "spread_ratio": 0.01}
    return {
        "case": key, "counter": "access_ns", "unit": "ns", "lower_is_better": True, "a": side, "b": side, "ratio": ratio,
        "interval": interval, "p": 0.01, "q": 0.02, "marked": False, "margin_ratio": 0.01, "outcome": "inconclusive",
        "smallest_visible_ratio": 1.05, "sessions_needed": 9, "reason": "because",
    } | more  # fmt: skip


def drawn(rows: list[dict[str, Any]], name: str = "new") -> list[model.Figure]:
    """The figures of a comparison with these rows."""
    comparison = {"a": {"name": "old"}, "b": {"name": name}, "rows": rows, "foot": "a foot · of two parts"}
    document = {"schema": 1, "id": "0123456789ab", "comparisons": [comparison]}
    return figures.all_of(load.document(Node(document), "comparison.json"))[0]


def test_up_to_sixty_rows_are_one_figure() -> None:
    assert [len(one.forest) for one in drawn([row(f"a/b:{i}") for i in range(60)])] == [60]


def test_more_rows_are_split_by_family_then_by_program_then_by_count() -> None:
    rows = [row(f"memory/walk:{i}") for i in range(30)]
    rows += [row(f"syscall/one:{i}") for i in range(40)] + [row(f"syscall/two:{i}") for i in range(130)]
    found = drawn(rows)
    assert [one.id for one in found] == [
        "forest-memory", "forest-syscall-one", "forest-syscall-two-1-of-3", "forest-syscall-two-2-of-3",
        "forest-syscall-two-3-of-3",
    ]  # fmt: skip
    assert all(0 < len(one.forest) <= 60 for one in found)
    assert sorted(r.key for one in found for r in one.forest) == sorted(r["case"] for r in rows)


def test_names_that_differ_in_signs_alone_get_files_of_their_own() -> None:
    rows = [row(f"{family}/p:{i}") for family in ("a-b", "a b", "a.b", "…") for i in range(20)]
    found = [one.id for one in drawn(rows)]
    assert len(set(found)) == len(found) == 4
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", one) for one in found)


def test_rows_of_other_directions_stand_apart_and_say_theirs() -> None:
    rates = {"lower_is_better": False, "unit": "bytes/s", "counter": "bytes_per_second"}
    rows = [row("m/a:1", 1.2), row("m/a:2", 1.2, **rates), row("m/a:3", 1.2, lower_is_better=None, unit="x")]
    found = drawn(rows)
    assert [words.directions(one.forest) for one in found] == [
        ("← faster", "slower →"), ("← less, worse", "more, better →"), ("← less", "more →"),
    ]  # fmt: skip
    assert len({one.id for one in found}) == 3
    assert "where more is better" in found[1].title.get("en")


def test_costs_that_are_no_times_are_not_called_slow() -> None:
    found = drawn([row("m/a:1", 1.2), row("m/a:2", 1.2, unit="calls", counter="syscalls")])
    assert [words.directions(one.forest) for one in found] == [
        ("← faster", "slower →"), ("← less, better", "more, worse →"),
    ]  # fmt: skip
    assert [one.id for one in found] == ["forest", "forest-less-is-better"]


ODD = {
    "usual": [row("a/b:1", 1.05, outcome="regression"), row("a/b:2", 0.9, outcome="improvement"), row("a/b:3")],
    "no interval": [row("a/b:1", 1.3, interval=None), row("a/b:2", None)],
    "far": [row(f"a/b:{i}", 1 + i / 1000, 0.002) for i in range(20)] + [row("a/b:far", 40.0, outcome="regression")],
    "wide": [row(f"a/b:{i}", 1.0, 0.002) for i in range(20)] + [row("a/b:wide", 1.1, interval=[0.2, 9.0])],
    "factors": [row("a/b:1", 0.01), row("a/b:2", 30.0), row("a/b:3", 1.0)],
    "exact": [row("a/b:1", 1.0, 0.0), row("a/b:2", 1.0, 0.0)],
    "zero": [row("a/b:1", 0.0, 0.0), row("a/b:2", 1.0)],
    "long": [row(f"{LONG}:{LONG}{i}", 1.0 + i) for i in range(3)],
    "foreign": [row("fill/4096", 1.1), row("true", 0.9), row("two words", 1.0)],
    "all faster": [row(f"a/b:{i}", 0.8, outcome="improvement") for i in range(4)],
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_forests_are_vega_lite_and_keep_to_sheet_and_theme(name: str) -> None:
    allowed = {token.light for token in theme.TOKENS} | {"none", "transparent"}
    (one,) = drawn(ODD[name], name=LONG if name == "long" else "new")
    for canvas in CANVASES.values():
        drawing = render.svg(charts.draw(one, canvas, "en", checked=canvas is charts.NARROW))
        assert "NaN" not in drawing
        assert "Infinity" not in drawing
        width = float(re.search(r'viewBox="0 0 ([0-9.]+)', drawing)[1])
        assert width <= canvas.width + 32
        assert set(re.findall(r'\b(?:fill|stroke)="([^"]*)"', drawing)) <= allowed


def test_what_is_far_away_is_an_arrow_and_does_not_squeeze_the_rest() -> None:
    for name in ("far", "wide"):
        (one,) = drawn(ODD[name])
        axis = forest._range(one.forest, 400)
        assert axis.high < 1.2
        drawing = render.svg(charts.draw(one, charts.WIDE, "en"))
        assert sum(f'aria-label="{r.name}: ' in drawing for r in one.forest) == len(one.forest)
    assert ">40.0\u00a0×<" in render.svg(charts.draw(drawn(ODD["far"])[0], charts.WIDE, "en"))


def test_few_rows_are_never_cut_and_what_is_beyond_the_axis_is_no_dot() -> None:
    (one,) = drawn([row("a/b:1", 1.7, interval=None), row("a/b:2", 0.99, interval=None)])
    assert forest._range(one.forest, 400).high > 1.7
    (one,) = drawn([*ODD["far"][:-1], row("a/b:far", 40.0, interval=None)])
    shapes = [layer["mark"].get("shape") for layer in charts.draw(one, charts.WIDE, "en")["layer"]]
    assert shapes.count("triangle-right") == 1


def test_the_margin_is_on_the_axis_on_both_sides() -> None:
    for name, rows in ODD.items():
        (one,) = drawn(rows)
        axis = forest._range(one.forest, 400)
        assert all(axis.low < 1 / (1 + r.margin_ratio) and 1 + r.margin_ratio < axis.high for r in one.forest), name


def test_a_control_that_is_wide_widens_its_own_band(duel: Page) -> None:
    found = load_duel.document(Node(duel.document), duel.name)
    (one,) = figures.all_of(found)[0]
    spec = charts.draw(one, charts.WIDE, "en")
    bands = [
        row
        for layer in spec["layer"]
        for row in layer["data"].get("values", [])
        if {"x", "x2", "y", "y2"} == row.keys()
    ]
    bands += [row for rows in spec.get("datasets", {}).values() for row in rows if {"x", "x2", "y", "y2"} == row.keys()]
    assert len(bands) == len(one.forest)
    for band, one_row in zip(bands, one.forest, strict=True):
        assert (band["x"], band["x2"]) == pytest.approx(one_row.margin)
    assert max(band["x2"] for band in bands) > 1.015 > min(band["x2"] for band in bands)


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (0.95, 1.1, ["−4 %", "−2 %", "0 %", "+2 %", "+4 %", "+6 %", "+8 %", "+10 %"]),
        (0.999, 1.002, ["−0.1 %", "−0.05 %", "0 %", "+0.05 %", "+0.1 %", "+0.15 %", "+0.2 %"]),
        (0.01, 30.0, ["0.01 ×", "0.03 ×", "0.1 ×", "0.3 ×", "1 ×", "3 ×", "10 ×", "30 ×"]),
        (0.01, 900.0, ["0.01 ×", "0.1 ×", "1 ×", "10 ×", "100 ×"]),
    ],
)
def test_ticks_are_per_cent_near_one_and_factors_far_from_it(low: float, high: float, labels: list[str]) -> None:
    scale = scales.Range(low, high, 400, log=True, unit=scales.CHANGE)
    found = scales.ticks(scale, 8)
    assert [text.replace(units.NARROW_SPACE, " ") for text in scales.tick_labels(found, scale.unit)] == labels


@pytest.mark.parametrize(
    ("ratio", "text"),
    [(1.0488, "+4.88 %"), (0.69, "−31.0 %"), (3.1, "3.10 ×"), (0.2, "0.200 ×"), (1.00001, "0 %"), (None, "—")],
)
def test_changes_read_as_the_terminal_prints_them(ratio: float | None, text: str) -> None:
    assert units.change(ratio).replace(units.NO_BREAK, " ") == text


def test_the_description_has_counts_directions_and_the_changes_first() -> None:
    rows = [row(f"a/b:{i}") for i in range(30)] + [row("a/b:worse", 1.2, outcome="regression")]
    (one,) = drawn(rows)
    text = describe.figure(one, "en").replace(units.NO_BREAK, " ")
    assert "new against old" in text
    assert "Left of no change: faster; right: slower." in text
    assert "1 regression, no improvement, none with no relevant change and 30 inconclusive." in text
    assert text.index("worse: regression, +20.0 %") < text.index("inconclusive, 0 %")
    assert "and 19 more in the table." in text


def test_the_table_has_every_row(comparison: Page) -> None:
    found = load.document(Node(comparison.document), comparison.name)
    (one,) = figures.all_of(found)[0]
    table = tables.table(one)
    assert [cells[0] for cells in table.rows] == [r.key for r in found.comparisons[0].rows]
    assert all(len(cells) == len(table.head) for cells in table.rows)


def test_files_carry_title_and_foot(duel: Page) -> None:
    drawing = (duel.folder / "figures" / "forest.svg").read_text(encoding="utf-8")
    shown = " ".join(ElementTree.fromstring(drawing).itertext())
    assert "B against A" in shown
    assert all(part in shown for part in duel.document["duel"]["foot"].split(" · "))


def test_the_same_document_gives_the_same_drawings(duel: Page, tmp_path: Path) -> None:
    found = load_duel.document(Node(duel.document), duel.name)
    (one,) = figures.all_of(found)[0]
    first, second = (render.svg(charts.draw(one, charts.FILE, "en")) for _ in range(2))
    assert first == second == (duel.folder / "figures" / "forest.svg").read_text(encoding="utf-8")
