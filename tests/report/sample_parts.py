"""What the made-up documents are put together from."""

from __future__ import annotations

import math
from typing import Any

Json = dict[str, Any]

RUN_LINE = "Sample CPU 9000 @ 2.40GHz, 4 CPUs · Linux 6.1.0-18-amd64 · 2026-01-02"
METHOD = "median of block medians, order statistics"


def text(value: str) -> Json:
    """A text for people, in English."""
    return {"en": value}


def point(x: float | None, y: float | None, name: str = "", spread: float = 0.02, n: int = 10) -> Json:
    """One point with an interval of `spread` to either side; null stays null."""
    if y is None:
        return {"x": x, "text": name, "y": None, "low": None, "high": None, "n": 0}
    low, high = round(y * (1 - spread), 6), round(y * (1 + 1.3 * spread), 6)
    return {"x": x, "text": name, "y": round(y, 6), "low": low, "high": high, "n": n}


def series(label: str, points: list[Json], name: str | None = None) -> Json:
    """One line, or one group of rows."""
    return {"label": label, "name": name or label.replace("_", " "), "points": points}


def axis(name: str, title: str, unit: str, scale: str = "log", **more: bool | None) -> Json:
    """An axis as analysis.json writes it."""
    return {"name": name, "title": title, "unit": unit, "scale": scale, **more}


def foot(what: str, blocks: int = 10) -> str:
    """The line under a figure."""
    return f"{what} · {blocks} blocks a point · 97.9 % order-statistic interval · {RUN_LINE}"


def octaves(first: int, last: int, step: int = 1) -> list[int]:
    """Powers of two from 2^first to 2^last."""
    return [2**k for k in range(first, last + 1, step)]


def wobble(i: int, amount: float = 0.03) -> float:
    """A fixed disturbance around one: no randomness in a golden input."""
    return 1 + amount * math.sin(12.9898 * (i + 1))


def fact(value: object, kind: str = "identity", reason: str = "") -> Json:
    return {"kind": kind, "value": value, "reason": reason}
