"""Figures in words: the label of every mark, and the text that stands for a figure where it cannot be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unitcost_report import model, units
from unitcost_report.comparison import words

if TYPE_CHECKING:
    from unitcost_report.charts.strip import Bin

_MOST_ROWS = 12


def place(figure: model.Figure, point: model.Point) -> str:
    """Where a point stands: the swept value, or the row's name."""
    if point.x is None or figure.x is None:
        return point.text
    if figure.x.unit in ("", "count", "threads", "cpus"):
        return units.counted(point.x, figure.x.title or figure.x.name.replace("_", " "))
    return units.quantity(point.x, figure.x.unit, strip=True)


def point(figure: model.Figure, series: model.Series, one: model.Point) -> str:
    """`random huge, 48 KiB: 1.52 ns [1.51, 1.53], 10 blocks`."""
    where = ", ".join(part for part in dict.fromkeys((series.name, place(figure, one))) if part)
    return (
        f"{where}: {units.estimate(one.y, one.low, one.high, figure.y.shown_unit)}, {_counted(one.n, figure.counted)}"
    )


def rung(row: model.LadderRow) -> str:
    """One row of the ladder."""
    value = units.estimate(row.value_ns, row.low_ns, row.high_ns, "ns")
    return f"{row.text}: {value if row.value_ns is not None else 'not measured'}, {_blocks(row.n)}"


def rung_notes(row: model.LadderRow) -> str:
    """What the notes say of a row."""
    verdict = f" ({row.claim}: {row.verdict})" if row.claim and row.verdict else ""
    low, high = (units.quantity(end, "ns", strip=True) for end in (row.notes_low_ns, row.notes_high_ns))
    return f"{row.text}, the notes: {row.notes_text or f'{low} to {high}'}{verdict}"


def noise_point(one: model.NoisePoint) -> str:
    """One block of the noise strip."""
    state = "contaminated" if one.contaminated else "clean"
    steal = "" if one.steal_ticks is None else f", {units.number(one.steal_ticks, whole=True)} steal ticks"
    return f"{units.duration(one.t_s)}: {units.quantity(one.reference_ratio, 'ratio')}, {state}{steal}"


def noise_bin(part: Bin) -> str:
    """A stretch of the noise strip."""
    spread = f"{units.quantity(part.middle, 'ratio')} {units.interval(part.low, part.high, 'ratio', part.middle)}"
    dirty = f", {part.contaminated} contaminated" if part.contaminated else ""
    return f"{units.duration(part.from_s)} to {units.duration(part.to_s)}: {spread}, {_blocks(part.blocks)}{dirty}"


def _blocks(n: int) -> str:
    return _counted(n, "block")


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def figure(one: model.Figure, language: str) -> str:
    """The alternative text: what is drawn, the values that matter, and the claims beside them."""
    parts = [f"{one.title.get(language)}."]
    if one.ladder:
        parts += [_listed([_rung_sentence(row) for row in one.ladder])]
    elif one.noise:
        parts += [_noise_sentence(one)]
    elif one.forest:
        parts += [words.description(one.forest)]
    else:
        better = {True: ", lower is better", False: ", higher is better", None: ""}[one.y.lower_is_better]
        over = f" by {one.x.title or one.x.name}" if one.x else ""
        parts.append(f"{one.y.title or one.y.name}{over}{better}.")
        if one.x and any(p.x is not None for series in one.series for p in series.points):
            parts.append(_listed([_curve_sentence(one, series) for series in one.series]))
        else:
            rows = [point(one, series, p) for series in one.series for p in series.points]
            parts.append(_listed(rows))
    parts += [_marks(one)]
    if one.bands:
        parts.append(f"The notes expect: {', '.join(band.text for band in one.bands)}.")
    return " ".join(part for part in parts if part)


def _listed(sentences: list[str]) -> str:
    shown = sentences[:_MOST_ROWS]
    more = len(sentences) - len(shown)
    return "; ".join(shown) + (f"; and {more} more in the table." if more else ".")


def _rung_sentence(row: model.LadderRow) -> str:
    value = units.quantity(row.value_ns, "ns") if row.value_ns is not None else "not measured"
    return f"{row.text} {value}" + (f" (notes: {row.notes_text})" if row.notes_text else "")


def _curve_sentence(one: model.Figure, series: model.Series) -> str:
    known = [p for p in series.points if p.y is not None]
    if not known:
        return f"{series.name}: not measured"
    first, last = known[0], known[-1]
    ends = [f"{units.quantity(p.y, one.y.shown_unit)} at {place(one, p)}" for p in (first, last)]
    return f"{series.name}: {ends[0]}" + (f" to {ends[1]}" if len(known) > 1 else "")


def _noise_sentence(one: model.Figure) -> str:
    known = [p.reference_ratio for p in one.noise if p.reference_ratio is not None]
    dirty = sum(p.contaminated for p in one.noise)
    if not known:
        return "The reference was not measured."
    low, high = units.quantity(min(known), "ratio"), units.quantity(max(known), "ratio")
    share = f"{dirty} of {_blocks(len(one.noise))} contaminated"
    return f"The reference took between {low} and {high} of its time at the start; {share}."


def _marks(one: model.Figure) -> str:
    found = []
    for kind, lead in (("detected", "Detected in the data"), ("reported", "Reported by the kernel")):
        texts = [mark.text for mark in one.marks if mark.kind == kind]
        if texts:
            found.append(f"{lead}: {', '.join(texts)}.")
    return " ".join(found)
