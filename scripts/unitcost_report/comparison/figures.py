"""The figures of a comparison: forests of at most so many rows, and the spread of a pilot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from unitcost_report import model, units
from unitcost_report.comparison.model import Comparison, Document, PilotCase
from unitcost_report.comparison.row import Row, program_of

_MOST_ROWS = 60
_MOST_NAME = 40
_DIRECTIONS = ("less time is better", "less is better", "more is better", "neither is better")
Member = TypeVar("Member", Row, PilotCase)


def all_of(document: Document) -> list[list[model.Figure]]:
    """The figures of each comparison; of a pilot, its one list."""
    if document.kind == "pilot":
        return [_spreads(document)]
    several = len(document.comparisons) > 1
    return [
        _forests(comparison, f"forest-{i}" if several else "forest", document.duel is not None)
        for i, comparison in enumerate(document.comparisons, 1)
    ]


def _forests(comparison: Comparison, prefix: str, has_control: bool) -> list[model.Figure]:
    """Rows with the same direction stand together, and no figure has more than it can show."""
    title = f"{_short(comparison.b.name)} against {_short(comparison.a.name)}"
    reading = "A row a case: the mark is the change, its line the interval, the band what is no relevant change."
    if any(row.threshold is not None for row in comparison.rows):
        reading += " The dashed line is where a case that gates begins to fail."
    if has_control:
        reading += " The light bar is the null control: how much A differs from itself."
    directions = [way for way in _DIRECTIONS if any(_direction(row) == way for row in comparison.rows)]
    found = []
    taken: set[str] = set()
    for way in directions:
        mine = [row for row in comparison.rows if _direction(row) == way]
        lead = title if len(directions) == 1 else f"{title}, where {way}"
        for name, rows in parts(mine):
            identifier = _identifier(prefix, "" if way == directions[0] else way, name, taken)
            axis = model.Axis("ratio", f"change, {title}", "change", "log", None)
            words = f"{lead}: {name}" if name else lead
            figure = _figure(identifier, "forest", words, reading, axis, comparison.foot)
            found.append(model.Figure(**{**vars(figure), "forest": tuple(rows)}))
    return found


def _direction(row: Row) -> str:
    if row.lower_is_better is None:
        return _DIRECTIONS[3]
    if not row.lower_is_better:
        return _DIRECTIONS[2]
    return _DIRECTIONS[0 if units.is_time(row.unit) else 1]


def _spreads(document: Document) -> list[model.Figure]:
    """The pair spread of every case, the largest first."""
    found = []
    taken: set[str] = set()
    reading = "A row a case: how much the ratio of two processes of one program scatters from pair to pair. Below 1 % is good."
    comparison = document.comparisons[0]
    for name, cases in parts(sorted(document.pilot, key=lambda one: -(one.sd or 0.0))):
        known = [case.sd for case in cases if case.sd is not None]
        log = bool(known) and min(known) > 0
        axis = model.Axis(
            "sd_percent", "spread of a pair's ratio", "%", "log" if log else "linear", lower_is_better=True
        )
        points = [_spread(case) for case in cases]
        title = f"Spread of pairs: {name}" if name else "Spread of pairs"
        figure = _figure(_identifier("spread", "", name, taken), "dots", title, reading, axis, comparison.foot)
        series = (model.Series("spread", "spread of pairs", tuple(points)),)
        found.append(model.Figure(**{**vars(figure), "series": series, "counted": "pair"}))
    return found


def _spread(case: PilotCase) -> model.Point:
    return model.Point(None, case.key, None if case.sd is None else 100 * case.sd, None, None, case.n)


def _figure(identifier: str, kind: str, title: str, reading: str, y: model.Axis, foot: str) -> model.Figure:
    empty = model.Text({})
    return model.Figure(
        id=identifier,
        scenario="",
        kind=kind,
        title=model.Text({"en": title}),
        question=empty,
        why=empty,
        reading=model.Text({"en": reading}),
        x=None,
        y=y,
        series=(),
        bands=(),
        marks=(),
        foot=foot,
    )


def parts(rows: Sequence[Member]) -> list[tuple[str, list[Member]]]:
    """All rows, or where they are too many one part a family, or a program, or so many at a time; each with its name."""
    if len(rows) <= _MOST_ROWS:
        return [("", list(rows))] if rows else []
    found = []
    for family, of_family in _grouped(rows, _family):
        for program, of_program in _fitting(family, of_family, _program):
            found += _cut(program, of_program)
    return found


def _fitting(name: str, rows: list[Member], by: Callable[[Member], str]) -> Iterable[tuple[str, list[Member]]]:
    """The rows as they are if they fit into a figure, else by group."""
    return [(name, rows)] if len(rows) <= _MOST_ROWS else _grouped(rows, by)


def _cut(name: str, rows: list[Member]) -> list[tuple[str, list[Member]]]:
    count = -(-len(rows) // _MOST_ROWS)
    size = -(-len(rows) // count)
    found = [rows[start : start + size] for start in range(0, len(rows), size)]
    return [(name if count == 1 else f"{name} ({i} of {count})", part) for i, part in enumerate(found, 1)]


def _grouped(rows: Sequence[Member], by: Callable[[Member], str]) -> list[tuple[str, list[Member]]]:
    found: dict[str, list[Member]] = {}
    for row in rows:
        found.setdefault(by(row), []).append(row)
    return list(found.items())


def _program(row: Row | PilotCase) -> str:
    return row.program if isinstance(row, Row) else program_of(row.key)


def _family(row: Row | PilotCase) -> str:
    return _program(row).partition("/")[0]


def _short(name: str) -> str:
    return name if len(name) <= _MOST_NAME else name[: _MOST_NAME - 1] + "…"


def _identifier(prefix: str, direction: str, name: str, taken: set[str]) -> str:
    """A file name and anchor that no other figure has: texts of the document are cut down to letters and digits."""
    words = [re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-")[:_MOST_NAME] for part in (direction, name)]
    base = "-".join([prefix, *(word for word in words if word)])
    found = base
    number = 2
    while found in taken:
        found = f"{base}-{number}"
        number += 1
    taken.add(found)
    return found
