"""Values over a swept parameter: one line a series, with intervals, claim bands and marks on the swept axis."""

from __future__ import annotations

import altair as alt

from unitcost_report import describe, model
from unitcost_report.charts import bands, scales, swept_marks, theme
from unitcost_report.charts.canvas import Canvas, Drawing, marks_on, value_title, words, wrapped
from unitcost_report.charts.frame import LEADER_PX, NAME_CHARACTERS, Frame, drawable, frame_of


def draw(figure: model.Figure, canvas: Canvas) -> Drawing:
    """The whole curve."""
    frame = frame_of(figure, canvas)
    marks, above = swept_marks.draw(figure, frame)
    layers = [*bands.draw(figure, frame), *marks, *_series(figure, frame)]
    if not canvas.narrow and len(frame.names) > 1:
        layers += _names(figure, frame)
    title = words([{"t": value_title(figure.y)}], canvas, align="left", baseline="middle", color=theme.colour("muted"))
    layers.append(title.encode(x=alt.XValue(-frame.left), y=alt.YValue(-above - 10)))
    return Drawing(layers, frame.x.pixels, frame.y.pixels, above + 18, frame.left)


def _series(figure: model.Figure, frame: Frame) -> list[alt.Chart]:
    """Lines, intervals and points. A missing value breaks its line."""
    rows = []
    for name, series in zip(frame.names, figure.series, strict=True):
        for point in series.points:
            if not drawable(frame, point):
                if point.x is not None and (point.x > 0 or not frame.x.log):
                    rows.append({"x": point.x, "y": None, "s": name})
                continue
            row = {"x": point.x, "y": point.y, "s": name, "d": describe.point(figure, series, point)}
            if point.low is not None and point.high is not None:
                floor = frame.y.low if frame.y.log else point.low
                row |= {"low": max(point.low, floor), "high": point.high}
            rows.append(row)
    canvas = frame.canvas
    legend = None
    if canvas.narrow and len(frame.names) > 1:
        legend = alt.Legend(orient="bottom", title=None, columns=1, labelLimit=canvas.width - 40, symbolSize=60)
    x, y = frame.x_channel(), frame.y_channel()
    known = [row for row in rows if row["y"] is not None]
    between = [row for row in known if "low" in row]
    line = marks_on(rows).mark_line(aria=False, strokeWidth=2)
    span = marks_on(between).mark_rule(aria=False, strokeWidth=1.5, opacity=0.7)
    dots = marks_on(known).mark_point(filled=True, size=34, opacity=1)
    return [
        line.encode(x=x, y=y, color=frame.colour(legend), strokeDash=frame.dash(legend)),
        span.encode(x=x, y=frame.y_channel("low"), y2=alt.Y2("high"), color=frame.colour(legend)),
        dots.encode(
            x=x, y=y, color=frame.colour(legend), shape=frame.shape(legend), description=alt.Description("d:N")
        ),
    ]


def _names(figure: model.Figure, frame: Frame) -> list[alt.Chart]:
    """Each line's name beside its last point: no legend to look things up in."""
    rows, wanted, lines = [], [], 1
    for name, series in zip(frame.names, figure.series, strict=True):
        known = [point for point in series.points if drawable(frame, point)]
        if not known:
            continue
        text = wrapped(name, NAME_CHARACTERS)
        lines = max(lines, text.count("\n") + 1)
        rows.append({"t": text, "s": name, "x": known[-1].x, "y": known[-1].y})
        wanted.append(frame.y.place(known[-1].y))
    gap = (frame.canvas.font_px + 2) * lines + 2
    for row, place in zip(rows, scales.spread(wanted, gap, 0, frame.y.pixels), strict=True):
        row["ly"] = frame.y.value_at(place)
    end = frame.x.pixels + LEADER_PX
    at_label = frame.y_channel("ly")
    leader = marks_on(rows).mark_rule(aria=False, strokeWidth=1, opacity=0.5)
    symbol = marks_on(rows).mark_point(aria=False, filled=True, size=34, opacity=1)
    text = words(rows, frame.canvas, align="left", baseline="middle")
    return [
        leader.encode(
            x=frame.x_channel(), x2=alt.X2Value(end - 5), y=frame.y_channel(), y2=alt.Y2("ly"), color=frame.colour()
        ),
        symbol.encode(x=alt.XValue(end), y=at_label, color=frame.colour(), shape=frame.shape()),
        text.encode(x=alt.XValue(end + 8), y=at_label),
    ]
