"""The two axes of a curve and the room around its plot."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt

from unitcost_report import model
from unitcost_report.charts import scales, theme
from unitcost_report.charts.canvas import Canvas, number_axis, wrapped

_HEIGHT_PX = 330.0
_NARROW_HEIGHT_PX = 270.0
NAME_CHARACTERS = 27
LEADER_PX = 18.0  # from the end of the plot to a line's name


@dataclass(frozen=True)
class Frame:
    """Where values go; `names` are those of the series, all different."""

    x: scales.Range
    y: scales.Range
    x_title: str
    left: float
    names: list[str]
    canvas: Canvas

    def x_channel(self) -> alt.X:
        """Field `x` on the swept axis."""
        return number_axis(alt.X, "x", self.x, 5 if self.canvas.narrow else 11, title=self.x_title)

    def y_channel(self, field: str = "y") -> alt.Y:
        """A field on the value axis."""
        return number_axis(alt.Y, field, self.y, 8)

    def colour(self, legend: alt.Legend | None = None) -> alt.Color:
        """Field `s`, the name of a series, as its colour."""
        return alt.Color("s:N", scale=self._by_name(theme.SERIES_COLOURS), legend=legend)

    def shape(self, legend: alt.Legend | None = None) -> alt.Shape:
        """Field `s` as the shape of points."""
        return alt.Shape("s:N", scale=self._by_name(theme.SHAPES), legend=legend)

    def dash(self, legend: alt.Legend | None = None) -> alt.StrokeDash:
        """Field `s` as the dash of a line."""
        return alt.StrokeDash("s:N", scale=self._by_name(theme.DASHES), legend=legend)

    def _by_name(self, values: tuple) -> alt.Scale:
        chosen = [values[i % len(values)] for i in range(len(self.names))]
        return alt.Scale(domain=self.names, range=chosen)


def unique_names(series: tuple[model.Series, ...]) -> list[str]:
    """The names of the series; where two are the same, with their number."""
    names = [one.name for one in series]
    return [name if names.count(name) == 1 else f"{name} ({i + 1})" for i, name in enumerate(names)]


def frame_of(figure: model.Figure, canvas: Canvas) -> Frame:
    """Axes that hold every value, interval and near band end."""
    x_axis = figure.x or model.Axis("", "", "", "linear", None)
    points = [point for series in figure.series for point in series.points]
    values = [end for p in points for end in (p.y, p.low, p.high) if end is not None]
    bands = [(band.low, band.high) for band in figure.bands]
    height = _NARROW_HEIGHT_PX if canvas.narrow else _HEIGHT_PX
    y = scales.value_range(values, bands, height, log=figure.y.scale == "log", unit=figure.y.shown_unit)
    labels = scales.tick_labels(scales.ticks(y, 8), y.unit)
    left = max((scales.text_width(label, canvas.font_px) for label in labels), default=0.0) + 12
    names = unique_names(figure.series)
    right = 12.0
    if not canvas.narrow and len(names) > 1:
        lines = [line for name in names for line in wrapped(name, NAME_CHARACTERS).split("\n")]
        right = max(scales.text_width(line, canvas.font_px) for line in lines) + LEADER_PX + 16
    at = [p.x for p in points if p.x is not None] + [m.at for m in figure.marks if m.axis == "x"]
    unit = "count" if not x_axis.unit and all(place == int(place) for place in at) else x_axis.unit
    x = scales.position_range(at, canvas.width - left - right, log=x_axis.scale == "log", unit=unit)
    return Frame(x, y, x_axis.title or x_axis.name, left, names, canvas)


def drawable(frame: Frame, point: model.Point) -> bool:
    """Whether the point has a place: a logarithmic axis has none for zero."""
    if point.x is None or point.y is None:
        return False
    return (point.x > 0 or not frame.x.log) and (point.y > 0 or not frame.y.log)
