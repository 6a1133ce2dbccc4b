"""Specs and drawings of every kind of figure."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import report_sample
from unitcost_report import charts, describe, model, render
from unitcost_report.charts import strip, theme
from unitcost_report.load import load

CANVASES = {"wide": charts.WIDE, "narrow": charts.NARROW, "file": charts.FILE}
DRAWN = [figure["id"] for figure in report_sample.build(1)["figures"] if figure["kind"] != "table"] + [
    "ladder",
    "noise",
]


def find(analysis: model.Analysis, identifier: str) -> model.Figure:
    return next(figure for figure in analysis.all_figures if figure.id == identifier)


def spec_of(figure: model.Figure, canvas: charts.Canvas) -> dict:
    spec = charts.draw(figure, canvas, "en")
    assert spec is not None
    return spec


@pytest.mark.parametrize("identifier", DRAWN)
def test_specs_are_vega_lite(analysis: model.Analysis, identifier: str) -> None:
    figure = find(analysis, identifier)
    for canvas in CANVASES.values():
        assert charts.draw(figure, canvas, "en", checked=True) == spec_of(figure, canvas)


@pytest.mark.parametrize("name", CANVASES)
@pytest.mark.parametrize("identifier", DRAWN)
def test_drawings_fit_their_sheet_and_keep_to_the_theme(analysis: model.Analysis, identifier: str, name: str) -> None:
    drawing = render.svg(spec_of(find(analysis, identifier), CANVASES[name]))
    width = float(re.search(r'viewBox="0 0 ([0-9.]+)', drawing)[1])
    assert 0.85 * CANVASES[name].width <= width <= CANVASES[name].width + 32
    allowed = {token.light for token in theme.TOKENS} | {"none", "transparent"}
    assert set(re.findall(r'\b(?:fill|stroke)="([^"]*)"', drawing)) <= allowed


@pytest.mark.parametrize("identifier", [i for i in DRAWN if i not in ("ladder", "noise")])
def test_every_value_is_a_mark_with_its_label(analysis: model.Analysis, identifier: str) -> None:
    figure = find(analysis, identifier)
    drawing = ElementTree.fromstring(render.svg(spec_of(figure, charts.WIDE)))
    labels = sorted(e.get("aria-label") for e in drawing.iter() if e.get("aria-roledescription") == "point")
    wanted = [describe.point(figure, s, p) for s in figure.series for p in s.points if p.y is not None]
    assert labels == sorted(wanted)


def test_the_ladder_has_a_mark_for_each_rung_and_each_note(analysis: model.Analysis) -> None:
    figure = find(analysis, "ladder")
    drawing = render.svg(spec_of(figure, charts.WIDE))
    for row in figure.ladder:
        assert (f'aria-label="{row.text}: ' in drawing) == (row.value_ns is not None)
        assert (f'aria-label="{row.text}, the notes: ' in drawing) == (row.notes_low_ns is not None)


def test_claim_bands_and_marks_are_named_in_the_drawing(analysis: model.Analysis) -> None:
    figure = find(analysis, "memory-cache_cliffs-1")
    for canvas in CANVASES.values():
        drawing = render.svg(spec_of(figure, canvas))
        for text in [band.text for band in figure.bands] + [mark.text for mark in figure.marks]:
            assert f">{text}<" in drawing


def test_a_missing_value_breaks_its_line(analysis: model.Analysis) -> None:
    spec = spec_of(find(analysis, "sync-mutex_semaphore-1"), charts.WIDE)
    rows = [row for data in spec["datasets"].values() for row in data] if "datasets" in spec else []
    rows += [row for layer in spec["layer"] for row in layer["data"].get("values", [])]
    assert {"x": 6, "y": None, "s": "semaphore, section 1 µs"} in rows


def test_a_file_carries_title_foot_and_preview(analysis: model.Analysis) -> None:
    figure = find(analysis, "interpreter-dispatch-1")
    drawing = render.svg(charts.draw(figure, charts.FILE, "en", preview=True))
    assert figure.title.get("en") in drawing
    assert "Preview" in drawing
    shown = " ".join(text for text in ElementTree.fromstring(drawing).itertext())
    assert all(part in shown for part in figure.foot.split(" · "))


def test_what_has_no_values_or_an_unknown_kind_is_not_drawn(analysis: model.Analysis) -> None:
    figure = find(analysis, "process-copy_on_write-1")
    empty = dataclasses.replace(figure, series=(dataclasses.replace(figure.series[0], points=()),))
    assert charts.draw(empty, charts.WIDE, "en") is None
    assert charts.draw(dataclasses.replace(figure, kind="heatmap"), charts.WIDE, "en") is None


def odd(tmp_path: Path, points: list[dict], scale: str, kind: str = "curve") -> model.Figure:
    """A figure of these points alone."""
    document = report_sample.small()
    figure = document["figures"][0]
    figure |= {"kind": kind, "series": [report_sample.series("a", points), report_sample.series("b", points, "a")]}
    figure["x"] = report_sample.axis("bytes", "size", "bytes", scale) if kind == "curve" else None
    figure["y"]["scale"] = scale
    return load(report_sample.write(tmp_path, document)).figures[0]


@pytest.mark.parametrize("scale", ["log", "linear"])
@pytest.mark.parametrize("values", [[(4096, 5.0)], [(0, 1.0), (1, 0.0), (2, -3.0), (4, 8.0)], [(1, 2.0), (1, 3.0)]])
def test_odd_values_are_drawn_as_far_as_they_have_a_place(
    tmp_path: Path, analysis: model.Analysis, values: list[tuple[float, float]], scale: str
) -> None:
    points = [report_sample.point(x, y, f"row {x}") for x, y in values]
    for kind in ("curve", "dots"):
        figure = odd(tmp_path, points, scale, kind)
        for canvas in CANVASES.values():
            drawing = render.svg(charts.draw(figure, canvas, "en", checked=True))
            assert "NaN" not in drawing
            assert "Infinity" not in drawing


def test_noise_is_summed_up_without_losing_a_block(analysis: model.Analysis) -> None:
    known = [p for p in analysis.noise.noise if p.reference_ratio is not None]
    parts = strip.bins(analysis.noise.noise, 50)
    assert len(parts) <= 50
    assert sum(part.blocks for part in parts) == len(known)
    assert sum(part.contaminated for part in parts) == sum(p.contaminated for p in known)
    assert max(part.high for part in parts) == max(p.reference_ratio for p in known)


def test_the_same_figure_gives_the_same_spec(analysis: model.Analysis) -> None:
    for figure in analysis.all_figures:
        first, second = (json.dumps(charts.draw(figure, charts.WIDE, "en")) for _ in range(2))
        assert first == second
