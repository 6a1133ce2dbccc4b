"""The plot of a figure with named rows: rows from top to bottom in pixels, values from left to right."""

from __future__ import annotations

from dataclasses import dataclass, field

import altair as alt

from unitcost_report.charts import scales
from unitcost_report.charts.canvas import Canvas, number_axis


@dataclass
class Sheet:
    """Where rows and values go. Places are filled in as rows are laid out."""

    canvas: Canvas
    values: scales.Range
    left: float
    title: str
    height: float = 0.0
    places: list[list[float]] = field(default_factory=list)  # of every dot
    tops: list[float] = field(default_factory=list)  # of every row

    def x(self, field_name: str = "x") -> alt.X:
        """A field on the value axis."""
        most = 5 if self.canvas.narrow else 10
        return number_axis(alt.X, field_name, self.values, most, title=self.title)

    def y(self, field_name: str = "y") -> alt.Y:
        """A field in pixels from the top."""
        scale = alt.Scale(domain=[0, self.height], range=[0, self.height], nice=False, zero=False)
        return alt.Y(f"{field_name}:Q", scale=scale, axis=None)
