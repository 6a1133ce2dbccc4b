"""The noise strip: a fixed piece of work over the whole run, and the blocks that were thrown out because of it."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

import altair as alt

from unitcost_report import describe, model, units
from unitcost_report.charts import scales, theme
from unitcost_report.charts.canvas import Canvas, Drawing, marks_on, number_axis, value_title, words

_HEIGHT_PX = 150.0
_LIMIT = 1.10  # METHOD: a reference slower than this contaminates its block
_MOST_LINEAR = 1.6
_MOST_BINS = 120
_MOST_SINGLE = 150  # contaminated blocks drawn one by one


@dataclass(frozen=True)
class Bin:
    """Neighbouring blocks drawn as one: slowest, fastest and median reference."""

    from_s: float
    to_s: float
    low: float
    middle: float
    high: float
    blocks: int
    contaminated: int


def bins(points: tuple[model.NoisePoint, ...], most: int = _MOST_BINS) -> list[Bin]:
    """The run in at most `most` stretches of equally many blocks, in order of time."""
    known = sorted((p for p in points if p.reference_ratio is not None), key=lambda p: p.t_s)
    if not known:
        return []
    size = -(-len(known) // most)
    found = []
    for start in range(0, len(known), size):
        part = known[start : start + size]
        ratios = [p.reference_ratio for p in part if p.reference_ratio is not None]
        middle = statistics.median(ratios)
        dirty = sum(p.contaminated for p in part)
        found.append(Bin(part[0].t_s, part[-1].t_s, min(ratios), middle, max(ratios), len(part), dirty))
    return found


def draw(figure: model.Figure, canvas: Canvas) -> Drawing:
    """Median and range of the reference by time; contaminated blocks as crosses."""
    parts = bins(figure.noise, _MOST_BINS // 2 if canvas.narrow else _MOST_BINS)
    dirty = [p for p in figure.noise if p.contaminated and p.reference_ratio is not None]
    dirty = sorted(dirty, key=lambda p: -(p.reference_ratio or 0))[:_MOST_SINGLE]
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    low, high = min([0.98, *lows]), max([_LIMIT + 0.02, *highs])
    room = (high / low) ** 0.05
    # A burst of ten times must not hide a limit of one tenth.
    y_range = scales.Range(low / room, high * room, _HEIGHT_PX, log=high > _MOST_LINEAR, unit="ratio")
    left = max(scales.text_width(t, canvas.font_px) for t in scales.tick_labels(scales.ticks(y_range, 6), "ratio")) + 12
    times = [p.t_s for p in figure.noise]
    x_range = scales.position_range(times, canvas.width - left - 12, log=False, unit="s")
    y = number_axis(alt.Y, "y", y_range, 6)
    y_low = number_axis(alt.Y, "low", y_range, 6)
    title = "time since the start of the run"
    x = number_axis(alt.X, "x", x_range, 5 if canvas.narrow else 10, title=title)
    rows = [
        {"x": (p.from_s + p.to_s) / 2, "y": p.middle, "low": p.low, "high": p.high, "d": describe.noise_bin(p)}
        for p in parts
    ]
    crosses = [{"x": p.t_s, "y": p.reference_ratio, "d": describe.noise_point(p)} for p in dirty]
    limit = [
        {"y": _LIMIT, "t": f"dashed: one beyond {units.quantity(_LIMIT, 'ratio', strip=True)} contaminates a block"}
    ]
    alarm, calm = theme.colour("alarm"), theme.colour("series-1")
    span = marks_on(rows).mark_rule(aria=False, color=calm, strokeWidth=3, opacity=0.35)
    dots = marks_on(rows).mark_point(filled=True, size=20, opacity=1, color=calm)
    cross = marks_on(crosses).mark_point(shape="cross", filled=True, size=60, opacity=1, color=alarm, angle=45)
    rule = marks_on(limit).mark_rule(aria=False, color=alarm, strokeDash=[5, 4])
    note = words(limit, canvas, align="right", baseline="middle", fontSize=canvas.small_px, color=alarm)
    head = words([{"t": value_title(figure.y)}], canvas, align="left", baseline="middle", color=theme.colour("muted"))
    layers = [
        rule.encode(y=y),
        note.encode(x=alt.XValue(x_range.pixels), y=alt.YValue(-26 if canvas.narrow else -12)),
        span.encode(x=x, y=y_low, y2=alt.Y2("high")),
        dots.encode(x=x, y=y, description=alt.Description("d:N")),
        head.encode(x=alt.XValue(-left), y=alt.YValue(-12)),
    ]
    if crosses:
        layers.append(cross.encode(x=x, y=y, description=alt.Description("d:N")))
    return Drawing(layers, x_range.pixels, _HEIGHT_PX, 32 if canvas.narrow else 20, left)
