"""A figure as a page holds it: drawn for wide and narrow screens, with its table, its words and the files beside the page."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from unitcost_report import charts, describe, export, model, render, tables


@dataclass(frozen=True)
class Drawn:
    """A figure ready for the page; the drawings are empty where there is only a table."""

    figure: model.Figure
    wide: Markup
    narrow: Markup
    table: tables.Table
    description: str
    files: tuple[tuple[str, str], ...]  # words, address
    citation: str
    claims: tuple[model.Claim, ...] = ()

    @property
    def has_values(self) -> bool:
        """Whether anything of it was measured."""
        return charts.has_values(self.figure)


def draw(
    figure: model.Figure,
    files: export.Files,
    language: str,
    *,
    citation: str,
    preview: bool = False,
    claims: tuple[model.Claim, ...] = (),
) -> Drawn:
    """Draws a figure for wide and narrow screens, and once more with title and foot for its files."""
    description = describe.figure(figure, language)
    inlined = []
    for kind, canvas in (("wide", charts.WIDE), ("narrow", charts.NARROW)):
        spec = charts.draw(figure, canvas, language, preview=preview)
        drawing = render.inline(render.svg(spec), name=figure.id, kind=kind, description=description) if spec else ""
        inlined.append(Markup(drawing))  # noqa: S704 (inline gives Markup)
    spec = charts.draw(figure, charts.FILE, language, preview=preview)
    if spec is not None:
        files.drawing(figure.id, spec)
    files.text(f"{figure.id}.csv", export.csv_text(*tables.csv_rows(figure)))
    wide, narrow = inlined
    base = f"figures/{figure.id}"
    drawings = [("SVG", ".svg"), ("SVG dark", ".dark.svg"), ("PNG", ".png"), ("Vega-Lite", ".vl.json")] if wide else []
    return Drawn(
        figure=figure,
        wide=wide,
        narrow=narrow,
        table=tables.table(figure),
        description=description,
        files=tuple((words, base + ending) for words, ending in [*drawings, ("CSV", ".csv")]),
        citation=f"{citation}/{figure.id}",
        claims=claims,
    )
