"""One report: read the analysis, draw every figure, write page and files."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from unitcost_report import charts, describe, export, model, page, render, tables
from unitcost_report.load import load


def report(folder: Path, language: str = "en") -> Path:
    """Writes index.html and figures/ beside analysis.json; returns the page's path."""
    analysis = load(folder / "analysis.json")
    files = folder / "figures"
    drawn = {figure.id: _figure(figure, analysis, language, files) for figure in analysis.all_figures}
    export.write_text(files / "estimates.csv", export.csv_text(*tables.estimate_rows(analysis)))
    index = folder / "index.html"
    export.write_text(index, page.html(analysis, drawn, language))
    return index


def _figure(figure: model.Figure, analysis: model.Analysis, language: str, files: Path) -> page.Drawn:
    """Draws a figure for wide and narrow screens, and once more with title and foot for its files."""
    description = describe.figure(figure, language)
    inlined = []
    for kind, canvas in (("wide", charts.WIDE), ("narrow", charts.NARROW)):
        spec = charts.draw(figure, canvas, analysis.run, language)
        drawing = render.inline(render.svg(spec), name=figure.id, kind=kind, description=description) if spec else ""
        inlined.append(Markup(drawing))  # noqa: S704 (inline gives Markup)
    spec = charts.draw(figure, charts.FILE, analysis.run, language)
    if spec is not None:
        export.write_drawing(files, figure.id, spec)
    export.write_text(files / f"{figure.id}.csv", export.csv_text(*tables.csv_rows(figure)))
    return page.drawn(figure, analysis, language, *inlined)
