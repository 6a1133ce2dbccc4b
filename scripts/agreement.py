"""How far two analyses of one machine agree: the share of cases whose intervals overlap.

    python3 scripts/agreement.py reports/FIRST/analysis.json reports/SECOND/analysis.json

Compares every estimate (case and counter) that both have. Prints the share, then the estimates that disagree, widest gap first.
Exit status: 0, or 2 when a file is no analysis or the two have nothing in common.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path


class NoAnalysisError(Exception):
    """A file that is not what unitcost report writes."""


@dataclass(frozen=True)
class Interval:
    """Of one estimate: a case and one of its counters."""

    value: float
    low: float
    high: float

    def overlaps(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def gap_ratio(self, other: Interval) -> float:
        """How far apart the nearer ends are, against the larger value; 0 when they overlap."""
        gap = max(self.low - other.high, other.low - self.high, 0.0)
        return gap / max(abs(self.value), abs(other.value), 1e-300)


def read_costs(path: Path) -> dict[tuple[str, str], Interval]:
    """Interval by (case key, counter), of the counters that are costs in ns."""
    try:
        estimates = json.loads(path.read_text(encoding="utf-8"))["estimates"]
        return {
            (row["key"], row["counter"]): Interval(row["value"], *row["interval"])
            for row in estimates
            if row["counter"].endswith("_ns") and row["value"] is not None and None not in row["interval"]
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoAnalysisError(f"{path}: not an analysis.json: {error}") from error


def main(arguments: list[str]) -> int:
    """Prints the share to standard output."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        first, second = (read_costs(Path(argument)) for argument in arguments)
    except NoAnalysisError as error:
        print(error, file=sys.stderr)
        return 2
    common = sorted(first.keys() & second.keys())
    if not common:
        print("the two analyses have no case in common", file=sys.stderr)
        return 2
    apart = [key for key in common if not first[key].overlaps(second[key])]
    agreeing = len(common) - len(apart)
    print(f"{agreeing} of {len(common)} intervals overlap ({100 * agreeing / len(common):.1f} %)")
    for key in sorted(apart, key=lambda k: first[k].gap_ratio(second[k]), reverse=True):
        a, b = first[key], second[key]
        print(
            f"  {key[0]} {key[1]}: {a.value:.3g} [{a.low:.3g}, {a.high:.3g}] and {b.value:.3g} [{b.low:.3g}, {b.high:.3g}]"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
