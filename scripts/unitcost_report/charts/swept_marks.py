"""Marks on the swept axis. What was detected in the data goes through the plot as a line; what the kernel reports stays apart
from the data, in a lane of its own above it."""

from __future__ import annotations

import altair as alt

from unitcost_report import model
from unitcost_report.charts import scales, theme
from unitcost_report.charts.canvas import marks_on, words
from unitcost_report.charts.frame import Frame

_ROW_PX = 15.0
_POINTER_PX = 9.0


def draw(figure: model.Figure, frame: Frame) -> tuple[list[alt.Chart], float]:
    """The marks, and how many pixels they take above the plot."""
    mine = [m for m in figure.marks if m.axis == "x" and frame.x.holds(m.at)]
    detected = [m for m in mine if m.kind == "detected"]
    reported = [m for m in mine if m.kind != "detected"]
    layers: list[alt.Chart] = []
    above = 2.0
    if detected:
        rules = marks_on([{"x": m.at} for m in detected]).mark_rule(
            aria=False, color=theme.colour("ink"), strokeWidth=1.2, opacity=0.8
        )
        layers.append(rules.encode(x=frame.x_channel(), y=alt.YValue(-3), y2=alt.Y2Value(frame.y.pixels)))
        labels, above = _labels(detected, frame, above + 3, theme.colour("ink"))
        layers += labels
    if reported:
        above += 3
        pointers = marks_on([{"x": m.at} for m in reported]).mark_point(
            aria=False, shape="triangle-down", size=34, color=theme.colour("muted"), strokeWidth=1.4
        )
        layers.append(pointers.encode(x=frame.x_channel(), y=alt.YValue(-above - _POINTER_PX / 2)))
        labels, above = _labels(reported, frame, above + _POINTER_PX, theme.colour("muted"))
        layers += labels
        layers += _key(frame, above)
        above += _ROW_PX if frame.canvas.narrow else 0
    return layers, above


def _labels(marks: list[model.Mark], frame: Frame, above: float, tint: str) -> tuple[list[alt.Chart], float]:
    """The marks' words, centred over them, in as many rows as keep them apart."""
    size = frame.canvas.small_px
    places = [frame.x.place(mark.at) for mark in marks]
    rows = scales.rows_of_labels(places, [mark.text for mark in marks], size, frame.x.pixels)
    layers = []
    for mark, place, row in zip(marks, places, rows, strict=True):
        left, right = scales.label_span(place, mark.text, size, frame.x.pixels)
        text = words([{"t": mark.text}], frame.canvas, fontSize=size, color=tint, baseline="middle")
        where = {"x": alt.XValue((left + right) / 2), "y": alt.YValue(-above - row * _ROW_PX - 7)}
        layers.append(text.encode(**where))
    return layers, above + (max(rows) + 1) * _ROW_PX


def _key(frame: Frame, above: float) -> list[alt.Chart]:
    """What the pointers are, in the line of the axis title (above it where the sheet is narrow)."""
    text = "as the kernel reports it"
    edge = frame.x.pixels
    tint = theme.colour("muted")
    style = {"fontSize": frame.canvas.small_px, "color": tint, "align": "right", "baseline": "middle"}
    where = {"y": alt.YValue(-above - 10)}
    width = scales.text_width(text, frame.canvas.small_px)
    pointer = marks_on([{}]).mark_point(aria=False, shape="triangle-down", size=34, color=tint, strokeWidth=1.4)
    return [
        words([{"t": text}], frame.canvas, **style).encode(x=alt.XValue(edge), **where),
        pointer.encode(x=alt.XValue(edge - width - 10), **where),
    ]
