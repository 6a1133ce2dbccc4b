"""What the claims expect, drawn into a curve: tinted bands with their words, and a line at a ratio of one."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import altair as alt

from unitcost_report import model
from unitcost_report.charts import scales, theme
from unitcost_report.charts.canvas import marks_on, words
from unitcost_report.charts.frame import Frame, drawable


def is_ratio(unit: str) -> bool:
    """Whether one means "no difference"."""
    return unit in ("ratio", "x", "×", "times")


def draw(figure: model.Figure, frame: Frame) -> list[alt.Chart]:
    """Under everything else: bands, their ends dashed where they are on the axis, and their words."""
    y = frame.y_channel()
    seen = _visible(figure, frame)
    areas = [{"y": low, "y2": high} for _, low, high in seen]
    ends = [end for band, _, _ in seen for end in (band.low, band.high) if end is not None]
    edges = [{"y": end} for end in ends if frame.y.holds(end)]
    layers = []
    tint = theme.colour("notes")
    if areas:
        layers.append(marks_on(areas).mark_rect(aria=False, color=tint, opacity=0.13).encode(y=y, y2=alt.Y2("y2")))
        layers.append(marks_on(edges).mark_rule(aria=False, color=tint, strokeDash=[5, 4], opacity=0.75).encode(y=y))
    if is_ratio(frame.y.unit) and frame.y.holds(1.0):
        layers.append(marks_on([{"y": 1}]).mark_rule(aria=False, color=theme.colour("muted")).encode(y=y))
    return [*layers, *_words(figure, frame)]


@dataclass(frozen=True)
class Box:
    """A text's place in pixels: `left` and `middle` from the lower left corner of the plot."""

    left: float
    middle: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of a line lies under the text."""
        return self.left - 2 <= x <= self.left + self.width + 2 and abs(y - self.middle) <= self.height / 2 + 1

    def meets(self, other: Box) -> bool:
        """Whether two texts would cover each other."""
        apart = self.left > other.left + other.width or other.left > self.left + self.width
        return not apart and abs(self.middle - other.middle) < (self.height + other.height) / 2


def _words(figure: model.Figure, frame: Frame) -> list[alt.Chart]:
    """Each band's words where they cover least, with a halo so that a line behind them does not hurt."""
    tint, size = theme.colour("notes"), frame.canvas.small_px
    ink = _ink(figure, frame)
    taken: list[Box] = []
    for band, low, high in _visible(figure, frame):
        width = scales.text_width(band.text, size)
        bottom, top = frame.y.place(low), frame.y.place(high)
        boxes = [Box(x, y, width, size + 2) for y in _heights(bottom, top, size, frame) for x in _sides(width, frame)]
        costs = [sum(b.holds(*p) for p in ink) + 40 * sum(b.meets(t) for t in taken) + i for i, b in enumerate(boxes)]
        best = boxes[costs.index(min(costs))]
        taken.append(best)
    rows = [{"t": band.text} for band, _, _ in _visible(figure, frame)]
    style = {"fontSize": size, "color": tint, "baseline": "middle", "align": "left"}
    halo = {"stroke": theme.colour("surface"), "strokeWidth": 3, "strokeOpacity": 0.85, "strokeJoin": "round"}
    layers = []
    for row, box in zip(rows, taken, strict=True):
        where = {"x": alt.XValue(box.left), "y": alt.YValue(frame.y.pixels - box.middle)}
        layers += [words([row], frame.canvas, **style, **more).encode(**where) for more in (halo, {})]
    return layers


def _sides(width: float, frame: Frame) -> tuple[float, float, float]:
    return (5.0, frame.x.pixels - width - 5, (frame.x.pixels - width) / 2)


def _heights(bottom: float, top: float, size: float, frame: Frame) -> list[float]:
    """In the middle of the band, at its edges, and just outside it."""
    half = size / 2 + 3
    wanted = [(bottom + top) / 2, top - half, bottom + half, top + half, bottom - half]
    return [y for y in wanted if half <= y <= frame.y.pixels - half] or [min(max(wanted[0], half), frame.y.pixels)]


def _ink(figure: model.Figure, frame: Frame) -> list[tuple[float, float]]:
    """Points along everything that words should not cover: the lines, and the rules of detected marks."""
    found = []
    for series in figure.series:
        ends = [(frame.x.place(p.x), frame.y.place(p.y)) for p in series.points if drawable(frame, p)]
        for (x0, y0), (x1, y1) in itertools.pairwise(ends):
            steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0)) / 5))
            found += [(x0 + (x1 - x0) * k / steps, y0 + (y1 - y0) * k / steps) for k in range(steps + 1)]
        found += ends
    for mark in figure.marks:
        if mark.kind == "detected" and mark.axis == "x" and frame.x.holds(mark.at):
            found += [(frame.x.place(mark.at), float(y)) for y in range(0, round(frame.y.pixels), 8)]
    return found


def _visible(figure: model.Figure, frame: Frame) -> list[tuple[model.Band, float, float]]:
    """The bands that reach onto the value axis, and the part of each that does."""
    found = []
    for band in figure.bands:
        low = frame.y.low if band.low is None else max(band.low, frame.y.low)
        high = frame.y.high if band.high is None else min(band.high, frame.y.high)
        if low <= high:
            found.append((band, low, high))
    return found
