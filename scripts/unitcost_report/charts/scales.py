"""Domains, ticks and places of labels, computed here so that labels can be laid out before anything is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from unitcost_report import units

# A claim's far end may stretch a logarithmic axis by this factor, a linear one by this share; beyond, the band is cut off.
_BAND_REACH_LOG = 30.0
_BAND_REACH_LINEAR = 1.5
# Widths of Arial's characters from U+0020 to U+007E, in thousandths of an em; others count as a wide letter.
_ARIAL = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778,
    722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278,
    278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]  # fmt: skip
_OTHER_WIDTH = 600
CHANGE = "change"  # the unit of ratios that are read as "+5 %"
_WHOLE_UNITS = ("count", "threads", "cpus")  # of swept parameters that have no values in between


@dataclass(frozen=True)
class Range:
    """An axis as it will be drawn: from `low` to `high` over `pixels`."""

    low: float
    high: float
    pixels: float
    log: bool
    unit: str

    @property
    def base(self) -> int:
        """Sizes and numbers of threads are read in powers of two, everything else in powers of ten."""
        return 2 if is_size(self.unit) or self.unit in _WHOLE_UNITS else 10

    def place(self, value: float) -> float:
        """Pixels from the low end."""
        return self._share(value) * self.pixels

    def value_at(self, pixels: float) -> float:
        """The value at that many pixels from the low end."""
        share = pixels / self.pixels
        if self.log:
            return self.low * (self.high / self.low) ** share
        return self.low + (self.high - self.low) * share

    def _share(self, value: float) -> float:
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def holds(self, value: float) -> bool:
        """Whether the value lies on the axis."""
        return self.low <= value <= self.high


def is_size(unit: str) -> bool:
    """Whether values of this unit are sizes in bytes."""
    return unit in ("bytes", "byte", "B")


def text_width(text: str, size: float) -> float:
    """Pixels that a text of this font size takes."""
    codes = [ord(character) - 32 for character in text.replace(units.NO_BREAK, " ")]
    return sum(_ARIAL[code] if 0 <= code < len(_ARIAL) else _OTHER_WIDTH for code in codes) * size / 1000


def value_range(
    values: Iterable[float], bands: Sequence[tuple[float | None, float | None]], pixels: float, *, log: bool, unit: str
) -> Range:
    """The axis of measured values. Of a band the near end is always seen, the far one if it is not too far."""
    seen = [value for value in values if value > 0 or not log] or [1.0]
    low, high = min(seen), max(seen)
    ends = [end for band in bands for end in band if end is not None and (end > 0 or not log)]
    if log:
        reach_low, reach_high = low / _BAND_REACH_LOG, high * _BAND_REACH_LOG
    else:
        low = min(low, 0.0)
        span = (high - low) or abs(high) or 1.0
        reach_low, reach_high = low - span * _BAND_REACH_LINEAR, high + span * _BAND_REACH_LINEAR
    for band in bands:
        known = [end for end in band if end is not None and (end > 0 or not log)]
        if known:
            near = min(known, key=lambda end: max(low - end, end - high, 0.0))
            low, high = min(low, near), max(high, near)
    inside = [end for end in ends if reach_low <= end <= reach_high]
    low, high = min([low, *inside]), max([high, *inside])
    return _padded(low, high, pixels, log=log, unit=unit)


def _padded(low: float, high: float, pixels: float, *, log: bool, unit: str) -> Range:
    """A little room beyond the outermost values; a linear axis keeps its zero."""
    if log:
        factor = max((high / low) ** 0.04, 1.15)
        return Range(low / factor, high * factor, pixels, log=True, unit=unit)
    room = (high - low) * 0.06 or abs(high) * 0.5 or 1.0
    return Range(low if low == 0 else low - room, high + room, pixels, log=False, unit=unit)


def position_range(values: Iterable[float], pixels: float, *, log: bool, unit: str) -> Range:
    """The axis of a swept parameter: from the first to the last value, with a little room."""
    seen = sorted({value for value in values if value > 0 or not log}) or [1.0]
    low, high = seen[0], seen[-1]
    if log:
        factor = (high / low) ** 0.02 if high > low else 2.0
        return Range(low / factor, high * factor, pixels, log=True, unit=unit)
    room = (high - low) * 0.03 or abs(high) * 0.5 or 1.0
    return Range(low - room, high + room, pixels, log=False, unit=unit)


def ticks(scale: Range, most: int) -> list[float]:
    """At most `most` round values on the axis (sizes: powers of two)."""
    if scale.unit == CHANGE:
        return _change_ticks(scale, most)
    found = _log_ticks(scale, most) if scale.log else []
    # Within a power of ten or two a logarithmic axis reads like a linear one.
    return found if len(found) > 2 else _linear_ticks(scale, most)


def _log_ticks(scale: Range, most: int) -> list[float]:
    base = scale.base
    if base == 10:
        fine = [m * 10.0**k for k in range(-15, 16) for m in (1, 2, 5) if scale.holds(m * 10.0**k)]
        if len(fine) <= most:
            return fine
    first = math.ceil(math.log(scale.low, base) - 1e-9)
    last = math.floor(math.log(scale.high, base) + 1e-9)
    for step in (1, 2, 3, 4, 5, 6, 8, 10, 20):
        powers = [k for k in range(first, last + 1) if k % step == 0]
        if len(powers) <= most:
            break
    return [float(base) ** k for k in powers]


def _linear_ticks(scale: Range, most: int) -> list[float]:
    steps = [m * 10.0**k for k in range(-12, 16) for m in (1, 2, 5)]
    if is_size(scale.unit):
        steps = [2.0**k for k in range(60)]
    elif scale.unit in _WHOLE_UNITS:
        steps = [step for step in steps if step >= 1]
    for step in steps:
        first, last = math.ceil(scale.low / step - 1e-9), math.floor(scale.high / step + 1e-9)
        if last - first + 1 > most:
            continue
        found = [round(i * step, 12) for i in range(first, last + 1)]
        if len(set(tick_labels(found, scale.unit))) == len(found):  # three digits may not tell them apart
            return found
    return []


def _change_ticks(scale: Range, most: int) -> list[float]:
    """Ratios around one: even steps of per cent, and factors where the axis reaches beyond two."""
    if scale.low >= 0.5 and scale.high <= 2:
        for step in (m * 10.0**k for k in range(-5, 1) for m in (1, 2, 5)):
            first, last = math.ceil((scale.low - 1) / step - 1e-9), math.floor((scale.high - 1) / step + 1e-9)
            if last - first < most:
                return [round(1 + i * step, 12) for i in range(first, last + 1)]
    for factors in ((1, 2, 5), (1, 3), (1,)):
        found = [m * 10.0**k for k in range(-9, 10) for m in factors if scale.holds(m * 10.0**k)]
        if len(found) <= most:
            return found
    return found[:: -(-len(found) // most)]


def tick_labels(values: Sequence[float], unit: str) -> list[str]:
    """The ticks as people read them."""
    if unit == CHANGE:
        return _change_labels(values)
    shown = "count" if unit in _WHOLE_UNITS else unit
    texts = [units.quantity(value, shown, strip=True).replace(units.NO_BREAK, " ") for value in values]
    return ["0" if value == 0 else text for value, text in zip(values, texts, strict=True)]


def _change_labels(values: Sequence[float]) -> list[str]:
    if not all(0.5 <= value <= 2 for value in values):
        return [units.quantity(value, "ratio", strip=True).replace(units.NO_BREAK, " ") for value in values]
    shares = [round(100 * (value - 1), 9) for value in values]
    signs = ["+" if share > 0 else units.MINUS if share < 0 else "" for share in shares]
    return [f"{sign}{abs(share):g} %" for sign, share in zip(signs, shares, strict=True)]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places near the wanted ones, at least `gap` apart and, where they fit, between `low` and `high`."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups: list[list[int]] = []
    centres: list[float] = []
    for i in order:  # neighbours that collide become one group around their mean
        groups.append([i])
        centres.append(wanted[i])
        while len(groups) > 1 and centres[-1] - centres[-2] < gap * (len(groups[-1]) + len(groups[-2])) / 2:
            merged = groups[-2] + groups[-1]
            groups[-2:] = [merged]
            centres[-2:] = [sum(wanted[k] for k in merged) / len(merged)]
    placed = [0.0] * len(wanted)
    for group, centre in zip(groups, centres, strict=True):
        half = gap * (len(group) - 1) / 2
        middle = max(low + half, min(high - half, centre))
        for k, i in enumerate(group):
            placed[i] = middle - half + k * gap
    return placed


def rows_of_labels(places: Sequence[float], texts: Sequence[str], size: float, pixels: float) -> list[int]:
    """The row (0 is the nearest to the plot) of each centred label, so that none covers another."""
    ends: list[float] = []
    rows = [0] * len(places)
    for i in sorted(range(len(places)), key=lambda k: places[k]):
        left, right = label_span(places[i], texts[i], size, pixels)
        row = next((k for k, end in enumerate(ends) if left >= end + 6), len(ends))
        if row == len(ends):
            ends.append(right)
        ends[row] = right
        rows[i] = row
    return rows


def label_span(place: float, text: str, size: float, pixels: float) -> tuple[float, float]:
    """Where a label centred at `place` begins and ends once it is kept inside the plot."""
    width = text_width(text, size)
    left = max(0.0, min(place - width / 2, pixels - width))
    return left, left + width
