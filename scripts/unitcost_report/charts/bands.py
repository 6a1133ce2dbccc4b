"""What the claims expect, drawn into a curve: tinted bands with their words, and a line at a ratio of one."""

from __future__ import annotations

import altair as alt

from unitcost_report import model
from unitcost_report.charts import scales, theme
from unitcost_report.charts.canvas import marks_on, words
from unitcost_report.charts.frame import Frame


def is_ratio(unit: str) -> bool:
    """Whether one means "no difference"."""
    return unit in ("ratio", "x", "×", "times")


def draw(figure: model.Figure, frame: Frame) -> list[alt.Chart]:
    """Under everything else: bands, their ends dashed where they are on the axis, and their words."""
    y = frame.y_channel()
    areas, edges, names, wanted = [], [], [], []
    for band in figure.bands:
        low = frame.y.low if band.low is None else max(band.low, frame.y.low)
        high = frame.y.high if band.high is None else min(band.high, frame.y.high)
        if low > high:
            continue
        areas.append({"y": low, "y2": high})
        edges += [{"y": end} for end in (band.low, band.high) if end is not None and frame.y.holds(end)]
        names.append(band.text)
        wanted.append((frame.y.place(low) + frame.y.place(high)) / 2)
    layers = []
    tint = theme.colour("notes")
    if areas:
        layers.append(marks_on(areas).mark_rect(aria=False, color=tint, opacity=0.13).encode(y=y, y2="y2:Q"))
        layers.append(marks_on(edges).mark_rule(aria=False, color=tint, strokeDash=[5, 4], opacity=0.75).encode(y=y))
    if is_ratio(frame.y.unit) and frame.y.holds(1.0):
        layers.append(marks_on([{"y": 1}]).mark_rule(aria=False, color=theme.colour("muted")).encode(y=y))
    if areas:
        places = scales.spread(wanted, frame.canvas.small_px + 2, 6, frame.y.pixels - 6)
        rows = [{"t": t, "y": frame.y.value_at(p)} for t, p in zip(names, places, strict=True)]
        layers += _words(rows, figure, frame)
    return layers


def _words(rows: list[dict], figure: model.Figure, frame: Frame) -> list[alt.Chart]:
    """The bands' words at the emptier end, with a halo so that a line behind them does not hurt."""
    at_right = _right_is_emptier(figure, frame)
    place = alt.value(frame.x.pixels - 5 if at_right else 5)
    style = {
        "fontSize": frame.canvas.small_px,
        "color": theme.colour("notes"),
        "baseline": "middle",
        "align": "right" if at_right else "left",
    }
    halo = {"stroke": theme.colour("surface"), "strokeWidth": 3, "strokeOpacity": 0.85, "strokeJoin": "round"}
    return [words(rows, frame.canvas, **style, **more).encode(y=frame.y_channel(), x=place) for more in (halo, {})]


def _right_is_emptier(figure: model.Figure, frame: Frame) -> bool:
    """Whether words inside the bands meet fewer points at the right end."""
    left = right = 0
    for series in figure.series:
        for point in series.points:
            if point.x is None or point.y is None or (frame.x.log and point.x <= 0):
                continue
            inside = any(_near(frame, band, point.y) for band in figure.bands)
            place = frame.x.place(point.x) / frame.x.pixels
            left += inside and place < 1 / 3
            right += inside and place > 2 / 3
    return right < left


def _near(frame: Frame, band: model.Band, value: float) -> bool:
    return (band.low is None or value >= band.low) and (band.high is None or value <= band.high)
