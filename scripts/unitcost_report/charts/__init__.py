"""All drawing. `draw` gives the spec of a figure on a sheet; a kind that is not drawn gives None and is a table."""

from __future__ import annotations

from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from unitcost_report import describe, model
from unitcost_report.charts import curve, forest, rows, strip, theme
from unitcost_report.charts.canvas import FILE, NARROW, WIDE, Canvas, Drawing, foot_lines, wrapped

__all__ = ["FILE", "NARROW", "WIDE", "Canvas", "draw", "has_values"]


def draw(
    figure: model.Figure, canvas: Canvas, language: str, *, preview: bool = False, checked: bool = False
) -> dict[str, Any] | None:
    """The Vega-Lite spec, in the light colours. `preview` is said in the title. `checked` holds every step against Vega-Lite's
    schema, which takes longer than drawing: tests do, readers need not wait for it."""
    with debug_mode(checked):
        drawing = _drawing(figure, canvas) if has_values(figure) else None
        if drawing is None:
            return None
        chart = alt.layer(
            *drawing.layers,
            width=drawing.width,
            height=drawing.height,
            description=describe.figure(figure, language),
            config=_config(canvas),
            **({"title": _title(figure, language, preview)} if canvas.titled else {}),
        )
        return chart.to_dict(validate=checked)


def _drawing(figure: model.Figure, canvas: Canvas) -> Drawing | None:
    """The layers, by the figure's kind."""
    if figure.kind == "ladder" and figure.ladder:
        return rows.ladder(figure, canvas)
    if figure.kind == "forest":
        return forest.draw(figure, canvas)
    if figure.kind == "noise":
        return strip.draw(figure, canvas)
    if figure.kind == "curve" and _is_swept(figure):
        return curve.draw(figure, canvas)
    if figure.kind in ("dots", "ladder", "curve"):
        return rows.dots(figure, canvas)
    return None


def has_values(figure: model.Figure) -> bool:
    """Whether there is anything to draw."""
    values = [p.y for series in figure.series for p in series.points]
    values += [row.value_ns for row in figure.ladder] + [p.reference_ratio for p in figure.noise]
    values += [row.found.ratio for row in figure.forest]
    return any(value is not None for value in values)


def _is_swept(figure: model.Figure) -> bool:
    return figure.x is not None and any(p.x is not None for series in figure.series for p in series.points)


def _title(figure: model.Figure, language: str, preview: bool) -> alt.TitleParams:
    """Title, and under it the line that every figure carries."""
    marked = ["Preview: few rounds, not for a handout"] if preview else []
    foot = foot_lines(figure.foot, 130)
    return alt.TitleParams(
        text=wrapped(figure.title.get(language), 85).split("\n"),
        subtitle=[*marked, *foot],
        anchor="start",
        frame="bounds",
        offset=14,
        color=theme.colour("ink"),
        subtitleColor=theme.colour("muted"),
        fontSize=16,
        subtitleFontSize=11,
        subtitlePadding=6,
    )


def _config(canvas: Canvas) -> alt.Config:
    """Quiet axes in the theme's colours, and no label but those of data."""
    muted = theme.colour("muted")
    axis = {
        "aria": False,
        "labelColor": muted,
        "titleColor": muted,
        "gridColor": theme.colour("grid"),
        "domainColor": theme.colour("axis"),
        "tickColor": theme.colour("axis"),
        "labelFontSize": canvas.font_px,
        "titleFontSize": canvas.font_px,
        "titleFontWeight": "normal",
        "titlePadding": 8,
        "labelOverlap": True,
    }
    ink = theme.colour("ink")
    legend = {"aria": False, "labelColor": ink, "labelFontSize": canvas.font_px, "rowPadding": 4, "offset": 6}
    return alt.Config(
        font=theme.FONT,
        background=theme.colour("surface"),
        padding=14 if canvas.titled else 2,
        axis=axis,
        legend=legend,
        view={"stroke": None},
        title={"aria": False},
    )
