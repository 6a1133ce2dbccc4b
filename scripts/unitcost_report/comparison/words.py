"""Rows of a comparison in words: labels of marks, alternative text, directions, and the sentence that sums them up."""

from __future__ import annotations

from collections.abc import Sequence

from unitcost_report import units
from unitcost_report.comparison.row import STATES, Row, Span

_MOST_ROWS = 12


def span(found: Span) -> str:
    """`+5.20 % [+3.10 %, +7.40 %]`."""
    return f"{units.change(found.ratio)} {units.change_interval(found.low, found.high)}".strip()


def direction(row: Row) -> str:
    """What the change is, in a word: `slower`, `faster`, `more`, `less`; nothing where there is none."""
    ratio = row.found.ratio
    if ratio is None or ratio == 1:
        return ""
    left, right = _ends(row)
    return right if ratio > 1 else left


def directions(rows: Sequence[Row]) -> tuple[str, str]:
    """What left and right of no change mean, for rows that have the same direction: `← faster`, `slower →`."""
    if not rows:
        return ("", "")
    left, right = _ends(rows[0]) if all(_ends(row) == _ends(rows[0]) for row in rows) else ("less", "more")
    better = rows[0].lower_is_better
    if left == "less" and better is not None:
        left, right = (f"{left}, {'better' if better else 'worse'}", f"{right}, {'worse' if better else 'better'}")
    return (f"← {left}", f"{right} →")


def _ends(row: Row) -> tuple[str, str]:
    return ("faster", "slower") if row.lower_is_better and units.is_time(row.unit) else ("less", "more")


def label(row: Row) -> str:
    """The label of a row's mark: `walk/bytes:4096: regression, +5.20 % [+3.10 %, +7.40 %], slower, 20 pairs`."""
    parts = [STATES[row.outcome], span(row.found), direction(row), row.evidence, gating(row)]
    return f"{row.name}: {', '.join(part for part in parts if part)}"


def gating(row: Row) -> str:
    """What a gate makes of the row: `fails beyond +1.00 %`, `accepted until 2026-12-31`; nothing where there is no gate."""
    if row.gating is None:
        return ""
    if row.gating.accepted:
        return f"accepted until {row.gating.accepted.until}"
    if row.threshold is not None:
        return f"fails beyond {units.change(row.threshold)}"
    return "" if row.gating.gates else "does not gate"  # a count that left or reached 0 gates without a threshold


def control_label(row: Row) -> str:
    """The label of the null control's mark."""
    fired = ", fired" if row.control_fired else ""
    return f"{row.name}: null control, A against itself: {span(row.control or Span(None, None, None))}{fired}"


def counts(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """How many rows have each outcome, those without any left out; the names are those of the page."""
    found = [row.outcome for row in rows]
    return [(name, found.count(outcome)) for outcome, name in STATES.items() if outcome in found]


def description(rows: Sequence[Row]) -> str:
    """The rows of a figure as a text: the counts, then those that changed, then the others."""
    order = list(STATES)
    shown = sorted(rows, key=lambda row: order.index(row.outcome))[:_MOST_ROWS]
    more = len(rows) - len(shown)
    listed = "; ".join(label(row) for row in shown) + (f"; and {more} more in the table." if more else ".")
    left, right = directions(rows)
    return f"Left of no change: {left[2:]}; right: {right[:-2]}. {summary(rows)} {listed}"


def summary(rows: Sequence[Row]) -> str:
    """`1 regression, no improvement, 36 with no relevant change and 3 inconclusive.`"""
    of = {outcome: sum(row.outcome == outcome for row in rows) for outcome in STATES}
    parts = [
        _counted(of["regression"], "regression"),
        *([f"{of['accepted']} accepted"] if of["accepted"] else []),
        *([f"{of['not worse']} not worse"] if of["not worse"] else []),
        _counted(of["improvement"], "improvement"),
        f"{of['equivalent'] or 'none'} with no relevant change",
        f"{of['inconclusive'] or 'none'} inconclusive",
    ]
    text = f"{', '.join(parts[:-1])} and {parts[-1]}."
    return text[:1].upper() + text[1:]


def _counted(count: int, noun: str) -> str:
    return units.plural(count, noun) if count else f"no {noun}"


def open_questions(rows: Sequence[Row], evidence: str) -> str:
    """What the inconclusive rows could have shown, and what would decide them; empty where there are none. `evidence` is what
    they lack: `pairs`, `sessions a side`."""
    undecided = [row for row in rows if row.outcome == "inconclusive"]
    if not undecided:
        return ""
    visible = sorted(row.visible_ratio for row in undecided if row.visible_ratio is not None)
    sentences = []
    if visible:
        ends = list(dict.fromkeys(units.change(ratio).lstrip("+") for ratio in (visible[0], visible[-1])))
        changes = f"a change of {ends[0]}" if len(ends) == 1 else f"changes of {ends[0]} to {ends[1]}"
        sentences.append(f"Where it is inconclusive, {changes} would have been seen nine times in ten.")
    else:
        sentences.append("Where it is inconclusive, there is too little to say what could have been seen.")
    needed = sorted(row.more for row in undecided if row.more is not None)
    if needed:
        some = str(needed[0]) if needed[0] == needed[-1] else f"{needed[0]} to {needed[-1]}"
        seconds = sum(row.more_s or 0.0 for row in undecided)
        took = f" ({units.duration(seconds)} in all)" if seconds else ""
        which = "" if len(needed) == len(undecided) else f" {len(needed)} of them"
        sentences.append(f"About {some} {evidence}{took} would decide{which}.")
    return " ".join(sentences)
