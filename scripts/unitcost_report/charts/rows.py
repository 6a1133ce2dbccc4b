"""One row a thing: dots with intervals on a common value axis, and the latency ladder with the notes' numbers beside them."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt

from unitcost_report import describe, model, units
from unitcost_report.charts import scales, theme
from unitcost_report.charts.bands import is_ratio
from unitcost_report.charts.canvas import Canvas, Drawing, marks_on, value_title, words, wrapped
from unitcost_report.charts.sheet import Sheet

_LABEL_CHARACTERS = 30
_NARROW_LABEL_CHARACTERS = 40
_LINE_PX = 16.0
_MOST_LINEAR = 200.0


@dataclass(frozen=True)
class Dot:
    """One value of a row."""

    value: float | None
    low: float | None
    high: float | None
    text: str  # printed at the end of the row
    description: str
    series: int = 0


@dataclass(frozen=True)
class Row:
    """A thing with a name, its values, and what the notes say of it."""

    name: str
    dots: list[Dot]
    notes: tuple[float | None, float | None] = (None, None)
    remark: str = ""
    remark_description: str = ""


def ladder(figure: model.Figure, canvas: Canvas) -> Drawing:
    """The latency ladder: fastest first, what could not be measured last."""
    ordered = sorted(figure.ladder, key=lambda row: (row.value_ns is None, row.value_ns or row.notes_low_ns or 0.0))
    rows = []
    for row in ordered:
        shown = units.quantity(row.value_ns, "ns") if row.value_ns is not None else "not measured"
        said = [f"notes: {row.notes_text}", row.verdict] if row.notes_text else []
        remark = " · ".join(part for part in said if part)
        dot = Dot(row.value_ns, row.low_ns, row.high_ns, shown, describe.rung(row))
        notes = (row.notes_low_ns, row.notes_high_ns)
        rows.append(Row(row.text, [dot], notes, remark, describe.rung_notes(row)))
    return _draw(figure, rows, canvas, key=any(row.notes != (None, None) for row in rows))


def dots(figure: model.Figure, canvas: Canvas) -> Drawing:
    """Named values: series that share their rows' names stand together in them, others follow one another."""
    names = [point.text for series in figure.series for point in series.points]
    shared = len(figure.series) > 1 and len(set(names)) < len(names)
    by_name: dict[str, list[Dot]] = {}
    for i, series in enumerate(figure.series):
        for point in series.points:
            shown = units.quantity(point.y, figure.y.shown_unit) if point.y is not None else "not measured"
            text = f"{shown}  {series.name}" if shared else shown
            name = point.text or series.name
            dot = Dot(point.y, point.low, point.high, text, describe.point(figure, series, point), i if shared else 0)
            by_name.setdefault(name, []).append(dot)
    return _draw(figure, [Row(name, found) for name, found in by_name.items()], canvas)


def _sheet(figure: model.Figure, rows: list[Row], canvas: Canvas) -> Sheet:
    """Room for names at the left and values at the right; on a narrow sheet both stand above their dots."""
    font = canvas.font_px
    left = right = 8.0
    if not canvas.narrow:
        names = [line for row in rows for line in wrapped(row.name, _LABEL_CHARACTERS).split("\n")]
        left = max(scales.text_width(name, font) for name in names) + 14
        texts = [dot.text for row in rows for dot in row.dots]
        right = max(scales.text_width(text, font) for text in texts) + 16
        remarks = [row.remark for row in rows if row.remark]
        right += max((scales.text_width(remark, canvas.small_px) for remark in remarks), default=-10.0) + 14
    known = [end for row in rows for dot in row.dots for end in (dot.value, dot.low, dot.high) if end is not None]
    ends = [end for row in rows for end in row.notes if end is not None]
    bands = [(band.low, band.high) for band in figure.bands]
    width = canvas.width - left - right
    log = figure.y.scale == "log" or _spans_decades(known)
    values = scales.value_range([*known, *ends], bands, width, log=log, unit=figure.y.shown_unit)
    sheet = Sheet(canvas, values, left, value_title(figure.y))
    for row in rows:
        lines = wrapped(row.name, _NARROW_LABEL_CHARACTERS if canvas.narrow else _LABEL_CHARACTERS).count("\n") + 1
        sheet.tops.append(sheet.height)
        if canvas.narrow:
            head = lines * _LINE_PX + (_LINE_PX if row.remark else 0) + 2
            each = 12.0 if len(row.dots) == 1 else 28.0
            sheet.places.append([sheet.height + head + each * (i + 1) - 4 for i in range(len(row.dots))])
            sheet.height += head + each * len(row.dots) + 14
        else:
            inside = max(len(row.dots), lines)
            need = max(inside * _LINE_PX, 18) + 8
            first = sheet.height + need / 2 - (len(row.dots) - 1) * _LINE_PX / 2
            sheet.places.append([first + _LINE_PX * i for i in range(len(row.dots))])
            sheet.height += need
    return sheet


def _spans_decades(values: list[float]) -> bool:
    """Whether a linear axis would push all but the largest values against its zero."""
    return bool(values) and min(values) > 0 and max(values) / min(values) > _MOST_LINEAR


def _draw(figure: model.Figure, rows: list[Row], canvas: Canvas, *, key: bool = False) -> Drawing:
    sheet = _sheet(figure, rows, canvas)
    bands, above = _bands(figure, sheet)
    layers = [
        *bands,
        *_guides(sheet),
        *_notes(rows, sheet),
        *_dots(rows, sheet),
        *_texts(rows, sheet),
    ]
    if key:
        layers += _key(sheet, above)
        above += 20
    return Drawing(layers, sheet.values.pixels, sheet.height, above, sheet.left)


def _guides(sheet: Sheet) -> list[alt.Chart]:
    """A thin line along each row, so that the eye finds from name to dot; a rule at a ratio of one."""
    lines = [{"y": place} for places in sheet.places for place in places]
    layers = [marks_on(lines).mark_rule(aria=False, color=theme.colour("grid")).encode(y=sheet.y())]
    if is_ratio(sheet.values.unit) and sheet.values.holds(1.0):
        one = marks_on([{"x": 1}]).mark_rule(aria=False, color=theme.colour("muted"))
        layers.append(one.encode(x=sheet.x()))
    return layers


def _bands(figure: model.Figure, sheet: Sheet) -> tuple[list[alt.Chart], float]:
    """The claims' expectations as tinted columns with their words above the plot."""
    scale, tint = sheet.values, theme.colour("notes")
    areas, texts, places = [], [], []
    for band in figure.bands:
        low = scale.low if band.low is None else max(band.low, scale.low)
        high = scale.high if band.high is None else min(band.high, scale.high)
        if low <= high:
            areas.append({"x": low, "x2": high})
            texts.append(band.text)
            places.append((scale.place(low) + scale.place(high)) / 2)
    if not areas:
        return [], 4.0
    size = sheet.canvas.small_px
    levels = scales.rows_of_labels(places, texts, size, scale.pixels)
    layers = [marks_on(areas).mark_rect(aria=False, color=tint, opacity=0.13).encode(x=sheet.x(), x2=alt.X2("x2"))]
    for text, place, level in zip(texts, places, levels, strict=True):
        left, right = scales.label_span(place, text, size, scale.pixels)
        label = words([{"t": text}], sheet.canvas, fontSize=size, color=tint, baseline="middle")
        layers.append(label.encode(x=alt.XValue((left + right) / 2), y=alt.YValue(-8 - level * 15)))
    return layers, 4.0 + 15 * (max(levels) + 1)


def _notes(rows: list[Row], sheet: Sheet) -> list[alt.Chart]:
    """The notes' own numbers: an open bar over their range, an open diamond where they give one number."""
    bars, points = [], []
    for row, places in zip(rows, sheet.places, strict=True):
        low, high = row.notes
        if low is None and high is None:
            continue
        low = sheet.values.low if low is None else max(low, sheet.values.low)  # 0 has no place on a logarithmic axis
        high = sheet.values.high if high is None else min(high, sheet.values.high)
        if high < low:
            continue
        if sheet.values.place(high) - sheet.values.place(low) < 6:
            points.append({"x": high, "y": places[0], "d": row.remark_description})
        else:
            bars.append({"x": low, "x2": high, "y": places[0] - 6, "y2": places[0] + 6, "d": row.remark_description})
    tint = theme.colour("notes")
    layers = []
    if bars:
        bar = marks_on(bars).mark_rect(fill=tint, fillOpacity=0.14, stroke=tint, strokeWidth=1.3, cornerRadius=4)
        layers.append(
            bar.encode(x=sheet.x(), x2=alt.X2("x2"), y=sheet.y(), y2=alt.Y2("y2"), description=alt.Description("d:N"))
        )
    if points:
        point = marks_on(points).mark_point(shape="diamond", size=90, color=tint, strokeWidth=1.6)
        layers.append(point.encode(x=sheet.x(), y=sheet.y(), description=alt.Description("d:N")))
    return layers


def _dots(rows: list[Row], sheet: Sheet) -> list[alt.Chart]:
    by_series: dict[int, list[dict]] = {}
    for row, places in zip(rows, sheet.places, strict=True):
        for dot, place in zip(row.dots, places, strict=True):
            if dot.value is None or (sheet.values.log and dot.value <= 0):
                continue
            mark = {"x": dot.value, "y": place, "d": dot.description}
            if dot.low is not None and dot.high is not None:
                mark |= {"low": max(dot.low, sheet.values.low), "high": dot.high}
            by_series.setdefault(dot.series, []).append(mark)
    layers = []
    for i, found in sorted(by_series.items()):
        tint = theme.SERIES_COLOURS[i % len(theme.SERIES_COLOURS)]
        spans = [mark for mark in found if "low" in mark]
        span = marks_on(spans).mark_rule(aria=False, color=tint, strokeWidth=2.4)
        layers.append(span.encode(x=sheet.x("low"), x2=alt.X2("high"), y=sheet.y()))
        shape = theme.SHAPES[i % len(theme.SHAPES)]
        point = marks_on(found).mark_point(filled=True, size=64, opacity=1, color=tint, shape=shape)
        layers.append(point.encode(x=sheet.x(), y=sheet.y(), description=alt.Description("d:N")))
    return layers


def _texts(rows: list[Row], sheet: Sheet) -> list[alt.Chart]:
    """Names, values and remarks in columns; on a narrow sheet above the dots."""
    canvas, end = sheet.canvas, sheet.values.pixels
    muted = {"color": theme.colour("muted"), "fontSize": canvas.small_px, "baseline": "middle"}
    names, values, remarks = [], [], []
    for row, places, top in zip(rows, sheet.places, sheet.tops, strict=True):
        characters = _NARROW_LABEL_CHARACTERS if canvas.narrow else _LABEL_CHARACTERS
        name = wrapped(row.name, characters)
        lines = name.count("\n") + 1
        middle = sum(places) / len(places)
        names.append({"t": name, "y": top + 2 if canvas.narrow else middle - (lines - 1) * (canvas.font_px + 2) / 2})
        for dot, place in zip(row.dots, places, strict=True):
            above = top + 8 if len(row.dots) == 1 else place - 14
            values.append({"t": dot.text, "y": above if canvas.narrow else place})
        if row.remark:
            remarks.append({"t": row.remark, "y": top + lines * _LINE_PX + 6 if canvas.narrow else middle})
    if canvas.narrow:
        left, right = alt.XValue(0), alt.XValue(end)
        return [
            words(names, canvas, align="left", baseline="top").encode(x=left, y=sheet.y()),
            words(values, canvas, align="right", baseline="middle", fontWeight="bold").encode(x=right, y=sheet.y()),
            words(remarks, canvas, align="left", **muted).encode(x=left, y=sheet.y()),
        ]
    widest = max(scales.text_width(value["t"], canvas.font_px) for value in values)
    return [
        words(names, canvas, align="right", baseline="middle").encode(x=alt.XValue(-10), y=sheet.y()),
        words(values, canvas, align="left", baseline="middle", fontWeight="bold").encode(
            x=alt.XValue(end + 10), y=sheet.y()
        ),
        words(remarks, canvas, align="left", **muted).encode(x=alt.XValue(end + 10 + widest + 14), y=sheet.y()),
    ]


def _key(sheet: Sheet, above: float) -> list[alt.Chart]:
    """What dot and bar mean."""
    canvas = sheet.canvas
    middle = -above - 6
    start = 0.0 if canvas.narrow else 4.0
    second = start + scales.text_width("measured, with interval", canvas.small_px) + 44
    tint = theme.colour("notes")
    style = {"align": "left", "baseline": "middle", "fontSize": canvas.small_px, "color": theme.colour("muted")}
    span = marks_on([{}]).mark_rule(aria=False, color=theme.colour("series-1"), strokeWidth=2.4)
    dot = marks_on([{}]).mark_point(aria=False, filled=True, size=64, opacity=1, color=theme.colour("series-1"))
    bar = marks_on([{}]).mark_rect(
        aria=False, fill=tint, fillOpacity=0.14, stroke=tint, strokeWidth=1.3, cornerRadius=4
    )
    y = alt.YValue(middle)
    return [
        span.encode(x=alt.XValue(start), x2=alt.X2Value(start + 16), y=y),
        dot.encode(x=alt.XValue(start + 8), y=y),
        words([{"t": "measured, with interval"}], canvas, **style).encode(x=alt.XValue(start + 22), y=y),
        bar.encode(
            x=alt.XValue(second), x2=alt.X2Value(second + 18), y=alt.YValue(middle - 5), y2=alt.Y2Value(middle + 5)
        ),
        words([{"t": "what the notes say"}], canvas, **style).encode(x=alt.XValue(second + 24), y=y),
    ]
