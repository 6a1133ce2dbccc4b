"""Numbers for people: three significant digits, times as ns to s, sizes as KiB to GiB, rates as kB/s to GB/s."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

NARROW_SPACE = "\u202f"  # between groups of three digits, does not break
NO_BREAK = "\u00a0"  # between number and unit
MINUS = "\u2212"
DASH = "—"

_TIMES = ((1.0, "ns"), (1e3, "µs"), (1e6, "ms"), (1e9, "s"))
_SIZES = ((1.0, "B"), (1024.0, "KiB"), (1024.0**2, "MiB"), (1024.0**3, "GiB"), (1024.0**4, "TiB"))
# Sizes of memory are powers of two; rates are powers of ten, as everybody states them.
_RATES = ((1.0, "B"), (1e3, "kB"), (1e6, "MB"), (1e9, "GB"), (1e12, "TB"))
_TIME_UNITS = {"ns": 1.0, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9}
_SIZE_UNITS = {"bytes", "byte", "B"}
_RATIO_UNITS = {"ratio", "x", "×", "times"}
_COUNT_UNITS = {"", "count", "1"}
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Scale:
    """A unit to print in: value / divisor is printed before `suffix`."""

    divisor: float
    suffix: str
    whole: bool = False  # print whole numbers in full
    strip: bool = False  # no trailing zeros


def _split(unit: str) -> tuple[str, str]:
    """`ns/page` is a time and `/page`; `bytes_per_second` is bytes and `/s`, and so is `neighbour_bytes_per_second`."""
    head, sign, tail = unit.replace("_per_", "/").partition("/")
    last = head.rpartition("_")[2]
    if last in _SIZE_UNITS or last in _TIME_UNITS:
        head = last
    return head, "/" + ("s" if tail == "second" else tail) if sign else ""


def _largest(steps: tuple[tuple[float, str], ...], value: float, limit: float) -> tuple[float, str]:
    """The largest step that leaves at least one before the unit, after rounding to three digits."""
    for divisor, name in reversed(steps):
        if value / divisor >= limit:
            return divisor, name
    return steps[0]


def scale_for(value: float, unit: str) -> Scale:
    """The unit in which a reader meets `value`, given in `unit`."""
    head, tail = _split(unit)
    size = abs(value)
    if head in _TIME_UNITS:
        base = _TIME_UNITS[head]
        divisor, name = _largest(_TIMES, size * base, 0.9995)
        return Scale(divisor / base, f"{NO_BREAK}{name}{tail}")
    if head in _SIZE_UNITS:
        is_rate = tail == "/s"
        divisor, name = _largest(_RATES if is_rate else _SIZES, size, 1.0)
        return Scale(divisor, f"{NO_BREAK}{name}{tail}", strip=True)
    if head in _RATIO_UNITS:
        return Scale(1.0, f"{NO_BREAK}×{tail}")
    # Everything else is counted, and counts are exact: 29 997 calls are not 30 000.
    if head in _COUNT_UNITS and not tail:
        return Scale(1.0, "", whole=True)
    return Scale(1.0, f"{NO_BREAK}{head}{tail}", whole=True)


def _group(digits: str) -> str:
    head, dot, tail = digits.partition(".")
    groups = f"{int(head):,}".replace(",", NARROW_SPACE) if len(head) > 3 else head
    return groups + dot + tail


def number(value: float, *, whole: bool = False, strip: bool = False) -> str:
    """Three significant digits; with `whole`, whole numbers in full; with `strip`, 1.5 instead of 1.50."""
    sign, size = (MINUS if value < 0 else ""), abs(value)
    if size == 0:
        return "0"
    if whole and size == int(size) and size < 1e15:
        return sign + _group(str(int(size)))
    mantissa, _, exponent = f"{size:.2e}".partition("e")
    power = int(exponent)
    if power < -3 or power > 14:
        digits = mantissa.rstrip("0").rstrip(".") if strip else mantissa
        return f"{sign}{digits}{NARROW_SPACE}·{NARROW_SPACE}10{str(power).translate(_SUPERSCRIPTS)}"
    digits = f"{round(size, 2 - power):.{max(0, 2 - power)}f}"
    if strip and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return sign + _group(digits)


def _in(scale: Scale, value: float, *, strip: bool) -> str:
    # A size that is a whole number of its unit is exact: 1 020 KiB is not 1 020.3.
    exact = scale.whole or (scale.strip and value / scale.divisor >= 1000)
    return number(value / scale.divisor, whole=exact, strip=strip or scale.strip)


def quantity(value: float | None, unit: str, *, strip: bool = False) -> str:
    """A number with its unit: `1.54 µs`, `48 KiB`, `2.50 ×`; a dash where there is none."""
    if value is None:
        return DASH
    scale = scale_for(value, unit)
    suffix = scale.suffix
    if value == 1 and scale.whole and suffix.endswith("s") and "/" not in suffix:
        suffix = suffix[:-1]  # 1 thread, 1 call
    return _in(scale, value, strip=strip) + suffix


def interval(low: float | None, high: float | None, unit: str, like: float | None = None) -> str:
    """`[1.51, 1.53]` in the unit that `like` is printed in; empty where there is none, or nothing but one exact value."""
    if low is None or high is None or low == high == like:
        return ""
    scale = scale_for(high if like is None else like, unit)
    if low != int(low) or high != int(high):
        scale = replace(scale, whole=False)  # [3.00, 3.01], not [3, 3.01]
    return f"[{_in(scale, low, strip=False)}, {_in(scale, high, strip=False)}]"


def estimate(value: float | None, low: float | None, high: float | None, unit: str) -> str:
    """`1.52 ns [1.51, 1.53]`."""
    return f"{quantity(value, unit)} {interval(low, high, unit, value)}".strip() if value is not None else DASH


def axis_value(name: str, value: str, size: bool = False) -> str:
    """A swept parameter's value as a reader writes it: `4096` of `bytes`, or of any axis of sizes, is 4 KiB; `4` of `threads`
    is 4 threads."""
    try:
        parsed = float(value)
    except ValueError:
        return value.replace("_", " ")
    if not math.isfinite(parsed):
        return value
    if size or name == "bytes" or name.endswith("_bytes"):
        return quantity(parsed, "bytes", strip=True)
    return counted(parsed, name.replace("_", " "))


def counted(value: float, noun: str) -> str:
    """`4 threads`, `1 thread`."""
    singular = value == 1 and noun.endswith("s")
    return f"{number(value, whole=True, strip=True)}{NO_BREAK}{noun[:-1] if singular else noun}".rstrip(NO_BREAK)


def plural(count: int, noun: str) -> str:
    """`1 case`, `12 cases`: of whole things, in a sentence."""
    return f"{number(count, whole=True)} {noun}{'' if count == 1 else 's'}"


def percent(share: float | None) -> str:
    """A share as per cent."""
    return DASH if share is None else f"{number(share * 100, strip=True)}{NO_BREAK}%"


def change(ratio: float | None) -> str:
    """A ratio as what changed: `+5.20 %`, `−31.0 %`; factors beyond two as `3.10 ×`."""
    if ratio is None:
        return DASH
    if _is_factor(ratio):
        return quantity(ratio, "ratio")
    share = 100 * (ratio - 1)
    if abs(share) < 0.005:
        return f"0{NO_BREAK}%"
    sign = MINUS if share < 0 else "+"
    return f"{sign}{abs(share):.{2 if abs(share) < 9.95 else 1}f}{NO_BREAK}%"


def change_interval(low: float | None, high: float | None) -> str:
    """`[+3.10 %, +7.40 %]`; both ends as factors where one is; empty where there is none."""
    if low is None or high is None:
        return ""
    if _is_factor(low) or _is_factor(high):
        return f"[{quantity(low, 'ratio')}, {quantity(high, 'ratio')}]"
    return f"[{change(low)}, {change(high)}]"


def _is_factor(ratio: float) -> bool:
    return ratio > 2 or ratio < 0.5


def is_time(unit: str) -> bool:
    """Whether values of this unit are times, also those by something, as `ns/page`."""
    return _split(unit)[0] in _TIME_UNITS


def duration(seconds: float | None) -> str:
    """`9 min 0 s`."""
    if seconds is None:
        return DASH
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "min"), (rest, "s")]
    shown = [f"{count}{NO_BREAK}{name}" for count, name in parts if count]
    return " ".join(shown) or f"0{NO_BREAK}s"
