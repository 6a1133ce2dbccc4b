"""The rows of a comparison as a table for people, and unrounded for a CSV file."""

from __future__ import annotations

from collections.abc import Sequence

from unitcost_report import units
from unitcost_report.comparison import words
from unitcost_report.comparison.model import PilotCase
from unitcost_report.comparison.row import STATES, Row

Cell = str | int | float | bool | None


def forest_rows(rows: Sequence[Row]) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the table under a forest."""
    has_control = any(row.control for row in rows)
    head = ["case", "change", "A", "B", "margin", "outcome", *(["null control"] if has_control else [])]
    found = []
    for row in rows:
        values = [units.quantity(value, row.unit) for value in (row.a, row.b)]
        cells = [row.key, words.span(row.found), *values, f"±{units.percent(row.margin_ratio)}", STATES[row.outcome]]
        found.append(cells + ([words.span(row.control) if row.control else units.DASH] if has_control else []))
    return head, found


def csv_rows(rows: Sequence[Row]) -> tuple[list[str], list[list[Cell]]]:
    """The rows as they stand in the document."""
    head = ["case", "counter", "unit", "lower_is_better", "a", "b", "ratio", "low", "high", "margin_ratio", "outcome"]
    head += ["marked", "control_ratio", "control_low", "control_high", "control_fired"]
    found: list[list[Cell]] = []
    for row in rows:
        control = [row.control.ratio, row.control.low, row.control.high] if row.control else [None, None, None]
        fired = row.control_fired if row.control else None
        ratio = [row.found.ratio, row.found.low, row.found.high, row.margin_ratio]
        case = [row.key, row.counter, row.unit, row.lower_is_better, row.a, row.b]
        found.append([*case, *ratio, row.outcome, row.marked, *control, fired])
    return head, found


def pilot_csv_rows(cases: Sequence[PilotCase]) -> tuple[list[str], list[list[Cell]]]:
    """Spread and needs of every case; an empty cell of pairs is more than a thousand."""
    effects = [need.effect for need in cases[0].needs] if cases else []
    head = ["case", "counter", "unit", "a", "sd", "n", "ratio", "low", "high", "pair_s"]
    head += [f"{what}_for_{effect:g}" for effect in effects for what in ("pairs", "seconds")]
    found: list[list[Cell]] = []
    for case in cases:
        span = case.found
        cells: list[Cell] = [
            case.key,
            case.counter,
            case.unit,
            case.a,
            case.sd,
            case.n,
            span.ratio,
            span.low,
            span.high,
        ]
        needs = [cell for need in case.needs for cell in (need.pairs, need.seconds)]
        found.append([*cells, case.pair_s, *needs])
    return head, found
