"""A forest: one row a case with its change, its interval and the band of what is no relevant change; light beside it, the null
control. A change beyond the axis is an arrow at its edge."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass

import altair as alt

from unitcost_report import model, units
from unitcost_report.charts import scales, theme
from unitcost_report.charts.canvas import Canvas, Drawing, marks_on, words, wrapped_name
from unitcost_report.charts.sheet import Sheet
from unitcost_report.comparison import words as said
from unitcost_report.comparison.row import STATES, Row

_LABEL_CHARACTERS = 42
_NARROW_LABEL_CHARACTERS = 52
_LINE_PX = 14.0
_HEAD_PX = 24.0
_CONTROL_PX = 5.0  # below the change
_COLOURS = {
    "regression": "alarm",
    "accepted": "series-4",
    "improvement": "series-3",
    "not worse": "series-1",
    "equivalent": "series-1",
    "inconclusive": "series-5",
}
_THRESHOLD_DASH = [3, 2]
_FAR = 8.0  # what lies so many times as far from no change as four fifths of the rows do is cut off,
_FEW = 8  # but not of so few rows that none of them is usual


@dataclass(frozen=True)
class Line:
    """One row of the sheet: where it begins and ends, and where its mark and its texts are."""

    row: Row
    name: str
    top: float
    band: float  # where the band begins: below texts that stand above their mark
    bottom: float
    middle: float
    text: float


def draw(figure: model.Figure, canvas: Canvas) -> Drawing:
    """The whole forest."""
    rows = figure.forest
    sheet = _sheet(figure, canvas)
    heads, lines = _laid_out(rows, sheet)
    layers = [*_band(lines, sheet), *_guides(lines, sheet), *_thresholds(lines, sheet)]
    layers += [*_controls(lines, sheet), *_changes(lines, sheet)]
    layers += _texts(heads, lines, sheet)
    above = 26.0
    layers += _directions(rows, sheet)
    key, above = _key(rows, sheet, above)
    return Drawing([*layers, *key], sheet.values.pixels, sheet.height, above, sheet.left)


def _name(row: Row, rows: tuple[Row, ...]) -> str:
    """The case, and the counter where the figure has several of one case."""
    twins = sum(other.key == row.key for other in rows)
    return f"{row.name} · {row.counter}" if twins > 1 else row.name


def _state(row: Row) -> str:
    return STATES[row.outcome] + (" *" if row.marked else "")


def _sheet(figure: model.Figure, canvas: Canvas) -> Sheet:
    rows = figure.forest
    left = right = 8.0
    if not canvas.narrow:
        names = [line for row in rows for line in wrapped_name(_name(row, rows), _LABEL_CHARACTERS).split("\n")]
        left = max(scales.text_width(name, canvas.small_px) for name in names) + 14
        right = _change_width(rows, canvas) + max(scales.text_width(_state(row), canvas.small_px) for row in rows) + 30
    return Sheet(canvas, _range(rows, canvas.width - left - right), left, figure.y.title)


def _change_width(rows: tuple[Row, ...], canvas: Canvas) -> float:
    return max(scales.text_width(units.change(row.found.ratio), canvas.font_px) for row in rows) * 1.08


def _range(rows: tuple[Row, ...], pixels: float) -> scales.Range:
    """An axis that shows the margins, and everything but what lies far beyond most rows."""
    ends = [[math.log(end) for end in (*_ends(row), *([row.threshold] if row.threshold else []))] for row in rows]
    reaches = sorted(max(map(abs, of_row)) for of_row in ends if of_row) or [0.0]
    usual = reaches[(len(reaches) - 1) * 4 // 5]
    margin = 1.6 * statistics.median(math.log1p(row.margin_ratio) for row in rows)
    near = [reach for reach in reaches if len(reaches) < _FEW or reach <= _FAR * max(usual, margin)]
    limit = max(*near, margin, 1e-4)
    every = [end for of_row in ends for end in of_row]
    low = max(-limit, min([-margin, *every]))
    high = min(limit, max([margin, *every]))
    room = (high - low) * 0.04
    return scales.Range(math.exp(low - room), math.exp(high + room), pixels, log=True, unit=scales.CHANGE)


def _ends(row: Row) -> list[float]:
    spans = [row.found, *([row.control] if row.control else [])]
    found = [end for span in spans for end in (span.ratio, span.low, span.high)]
    return [end for end in found if end is not None and end > 0]


def _laid_out(rows: tuple[Row, ...], sheet: Sheet) -> tuple[list[dict], list[Line]]:
    """Heads of programs and lines of rows, from top to bottom; on a narrow sheet texts stand above their mark."""
    canvas = sheet.canvas
    heads, lines = [], []
    programs = {row.program for row in rows if row.program != row.name}
    before = None
    for row in rows:
        if programs and row.program != before:
            before = row.program
            heads.append({"t": wrapped_name(row.program, 50, 1), "y": sheet.height + _HEAD_PX / 2 + 2})
            sheet.height += _HEAD_PX
        name = wrapped_name(_name(row, rows), _NARROW_LABEL_CHARACTERS if canvas.narrow else _LABEL_CHARACTERS)
        text = (name.count("\n") + 1) * _LINE_PX
        top = sheet.height
        if canvas.narrow:
            middle = top + text + _LINE_PX + 12
            sheet.height = middle + _CONTROL_PX + 9
            lines.append(Line(row, name, top, middle - 9, sheet.height, middle, top + text + _LINE_PX / 2 + 2))
        else:
            sheet.height += max(text, 16) + 5
            middle = (top + sheet.height) / 2 - (1.5 if row.control else 0)
            lines.append(Line(row, name, top, top, sheet.height, middle, middle))
    return heads, lines


def _band(lines: list[Line], sheet: Sheet) -> list[alt.Chart]:
    """What is no relevant change, row by row: the null control widens it where the case is noisy."""
    areas = []
    for line in (one for one in lines if one.row.has_band):
        low, high = (min(max(end, sheet.values.low), sheet.values.high) for end in line.row.margin)
        areas.append({"x": low, "x2": high, "y": line.band, "y2": line.bottom})
    band = marks_on(areas).mark_rect(aria=False, color=theme.colour("axis"), opacity=0.2)
    return [band.encode(x=sheet.x(), x2=alt.X2("x2"), y=sheet.y(), y2=alt.Y2("y2"))]


def _guides(lines: list[Line], sheet: Sheet) -> list[alt.Chart]:
    """A thin line along each row, and no change as a line from top to bottom."""
    guide = marks_on([{"y": line.middle} for line in lines]).mark_rule(aria=False, color=theme.colour("grid"))
    none = marks_on([{"x": 1, "y": line.band, "y2": line.bottom} for line in lines]).mark_rule(
        aria=False, color=theme.colour("muted")
    )
    return [guide.encode(y=sheet.y()), none.encode(x=sheet.x(), y=sheet.y(), y2=alt.Y2("y2"))]


def _thresholds(lines: list[Line], sheet: Sheet) -> list[alt.Chart]:
    """Where a case that gates begins to fail: the worse end of its margin."""
    ends = [
        {"x": line.row.threshold, "y": line.band, "y2": line.bottom}
        for line in lines
        if _shows_threshold(line.row, sheet)
    ]
    if not ends:
        return []
    rule = marks_on(ends).mark_rule(
        aria=False, color=theme.colour("alarm"), strokeDash=_THRESHOLD_DASH, strokeWidth=1.4
    )
    return [rule.encode(x=sheet.x(), y=sheet.y(), y2=alt.Y2("y2"))]


def _shows_threshold(row: Row, sheet: Sheet) -> bool:
    """A margin that reaches far beyond what the other rows show lies outside the plot."""
    return row.threshold is not None and sheet.values.holds(row.threshold)


def _controls(lines: list[Line], sheet: Sheet) -> list[alt.Chart]:
    """The null controls' intervals: light bars under the changes."""
    bars = []
    for line in lines:
        control = line.row.control
        if control is None or control.low is None or control.high is None:
            continue
        low, high = (min(max(end, sheet.values.low), sheet.values.high) for end in (control.low, control.high))
        y = line.middle + _CONTROL_PX
        bars.append({"x": low, "x2": high, "y": y - 2, "y2": y + 2, "d": said.control_label(line.row)})
    if not bars:
        return []
    bar = marks_on(bars).mark_rect(color=theme.colour("muted"), opacity=0.45)
    where = {"x": sheet.x(), "x2": alt.X2("x2"), "y": sheet.y(), "y2": alt.Y2("y2")}
    return [bar.encode(**where, description=alt.Description("d:N"))]


def _changes(lines: list[Line], sheet: Sheet) -> list[alt.Chart]:
    """Interval and mark of each row, in colour and shape of its outcome; arrows where they reach beyond the axis."""
    scale = sheet.values
    layers = []
    for outcome, token in _COLOURS.items():
        tint = theme.colour(token)
        mine = [line for line in lines if line.row.outcome == outcome and (line.row.found.ratio or 0) > 0]
        spans, arrows = [], {"triangle-left": [], "triangle-right": []}
        points: dict[str, list[dict]] = {}
        for line in mine:
            found = line.row.found
            shape = _shape(outcome, found.ratio) if scale.holds(found.ratio) else _arrow(found.ratio)
            if found.low is not None and found.high is not None:
                spans.append({"low": max(found.low, scale.low), "high": min(found.high, scale.high), "y": line.middle})
                arrows["triangle-left"] += [{"x": scale.low, "y": line.middle}] if found.low < scale.low else []
                arrows["triangle-right"] += [{"x": scale.high, "y": line.middle}] if found.high > scale.high else []
            at = min(max(found.ratio, scale.low), scale.high)
            points.setdefault(shape, []).append({"x": at, "y": line.middle, "d": said.label(line.row)})
        if spans:
            span = marks_on([s for s in spans if s["low"] <= s["high"]]).mark_rule(
                aria=False, color=tint, strokeWidth=2.2
            )
            layers.append(span.encode(x=sheet.x("low"), x2=alt.X2("high"), y=sheet.y()))
        for shape, ends in arrows.items():
            if ends:
                arrow = marks_on(ends).mark_point(aria=False, shape=shape, filled=True, size=50, opacity=1, color=tint)
                layers.append(arrow.encode(x=sheet.x(), y=sheet.y()))
        for shape, found_points in points.items():
            style = {
                "filled": outcome not in ("inconclusive", "accepted"),
                "size": 62,
                "opacity": 1,
                "color": tint,
                "shape": shape,
            }
            point = marks_on(found_points).mark_point(**style, **({} if style["filled"] else {"strokeWidth": 2}))
            layers.append(point.encode(x=sheet.x(), y=sheet.y(), description=alt.Description("d:N")))
    return layers


def _arrow(ratio: float) -> str:
    return "triangle-right" if ratio > 1 else "triangle-left"


def _shape(outcome: str, ratio: float) -> str:
    """Decided changes point where they go; the others are round or square, so that no state hangs on its colour."""
    if outcome in ("regression", "accepted", "improvement"):
        return _arrow(ratio)
    return {"equivalent": "circle", "not worse": "square"}.get(outcome, "diamond")


def _texts(heads: list[dict], lines: list[Line], sheet: Sheet) -> list[alt.Chart]:
    """Names, changes and outcomes in columns; on a narrow sheet above the marks."""
    canvas, end = sheet.canvas, sheet.values.pixels
    small = {"fontSize": canvas.small_px}
    names, changes, states = [], [], []
    for line in lines:
        rows = line.name.count("\n")
        y = line.top + 4 if canvas.narrow else line.middle - rows * (canvas.small_px + 2) / 2
        names.append({"t": line.name, "y": y})
        changes.append({"t": units.change(line.row.found.ratio), "y": line.text})
        states.append({"t": _state(line.row), "y": line.text})
    layers = []
    if heads:
        head = words(heads, canvas, align="left", baseline="middle", fontWeight="bold", color=theme.colour("muted"))
        layers.append(head.encode(x=alt.XValue(0 if canvas.narrow else -sheet.left), y=sheet.y()))
    if canvas.narrow:
        name = words(names, canvas, align="left", baseline="top", **small).encode(x=alt.XValue(0), y=sheet.y())
        state = words(states, canvas, align="left", baseline="middle", color=theme.colour("muted"), **small)
        change = words(changes, canvas, align="right", baseline="middle", fontWeight="bold")
        return [
            *layers, name,
            state.encode(x=alt.XValue(0), y=sheet.y()), change.encode(x=alt.XValue(end), y=sheet.y()),
        ]  # fmt: skip
    name = words(names, canvas, align="right", baseline="middle", **small).encode(x=alt.XValue(-10), y=sheet.y())
    widest = _change_width(tuple(line.row for line in lines), canvas)
    change = words(changes, canvas, align="right", baseline="middle", fontWeight="bold")
    state = words(states, canvas, align="left", baseline="middle", color=theme.colour("muted"), **small)
    return [
        *layers, name,
        change.encode(x=alt.XValue(end + 10 + widest), y=sheet.y()),
        state.encode(x=alt.XValue(end + 20 + widest), y=sheet.y()),
    ]  # fmt: skip


def _directions(rows: tuple[Row, ...], sheet: Sheet) -> list[alt.Chart]:
    """Which way is which, in words, over either half."""
    left, right = said.directions(rows)
    canvas, none, end = sheet.canvas, sheet.values.place(1.0), sheet.values.pixels
    widths = [scales.text_width(text, canvas.font_px) * 1.08 for text in (left, right)]
    start = max(min(none + 8, end - widths[1]), widths[0] + 16)
    stop = max(min(none - 8, start - 16), widths[0])
    style = {"baseline": "middle", "color": theme.colour("muted"), "fontWeight": "bold"}
    return [
        words([{"t": left}], canvas, align="right", **style).encode(x=alt.XValue(stop), y=alt.YValue(-11)),
        words([{"t": right}], canvas, align="left", **style).encode(x=alt.XValue(start), y=alt.YValue(-11)),
    ]


def _key(rows: tuple[Row, ...], sheet: Sheet, above: float) -> tuple[list[alt.Chart], float]:
    """What band and light bar are; returns how far the drawing then reaches above the plot."""
    canvas = sheet.canvas
    style = {"align": "left", "baseline": "middle", "fontSize": canvas.small_px, "color": theme.colour("muted")}
    entries = [("band: no relevant change", theme.colour("axis"), 0.2, 6.0)]
    if any(row.control for row in rows):
        entries.append(("light bar: null control, A against itself", theme.colour("muted"), 0.45, 2.0))
    if not all(row.has_band for row in rows):
        entries[0] = ("band: no relevant change (none where it is too noisy to tell)", *entries[0][1:])
    gating = [row for row in rows if row.threshold is not None]
    if gating:
        hidden = sum(not _shows_threshold(row, sheet) for row in gating)
        more = f" ({hidden} of {len(gating)} are beyond the plot)" if hidden else ""
        entries.append((f"dashed: beyond it a case fails{more}", theme.colour("alarm"), 1.0, 0.0))
    layers = []
    start = 0.0 if canvas.narrow else -sheet.left
    lane = above
    for text, tint, opacity, half in reversed(entries) if canvas.narrow else entries:
        y = -lane - 8
        layers.append(_swatch(start, y, tint, opacity, half) if half else _dash(start, y, tint))
        layers.append(words([{"t": text}], canvas, **style).encode(x=alt.XValue(start + 24), y=alt.YValue(y)))
        if canvas.narrow:
            lane += 16
        else:
            start += scales.text_width(text, canvas.small_px) + 24 + 26
    return layers, lane + (0 if canvas.narrow else 16)


def _swatch(start: float, y: float, tint: str, opacity: float, half: float) -> alt.Chart:
    patch = marks_on([{}]).mark_rect(aria=False, color=tint, opacity=opacity)
    return patch.encode(
        x=alt.XValue(start), x2=alt.X2Value(start + 18), y=alt.YValue(y - half), y2=alt.Y2Value(y + half)
    )


def _dash(start: float, y: float, tint: str) -> alt.Chart:
    rule = marks_on([{}]).mark_rule(aria=False, color=tint, strokeDash=_THRESHOLD_DASH, strokeWidth=1.4)
    return rule.encode(x=alt.XValue(start + 9), y=alt.YValue(y - 7), y2=alt.Y2Value(y + 7))
