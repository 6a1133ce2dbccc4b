"""What does a generator save?

Question:  How much memory does it take to sum n squares, and how long, with a list of them and with a generator?
Method:    The same sum of the same squares. The peak of what Python allocates is taken by tracemalloc, in cases of their own,
           because tracing slows every allocation; the time is taken without it.
Wrong way: sys.getsizeof() of both: it leaves out the squares themselves. Or the resident set: it keeps what an earlier pass
           has used.
Control:   The list's peak is proportional to the number of squares, so the tracing sees them.
"""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from time import perf_counter_ns

from unitcost_bench import Program, Sample, check, main

ITEMS = (1_000, 10_000, 100_000)

Summation = Callable[[int], int]


def sum_of_list(items: int) -> int:
    """All squares exist before the first is added."""
    return sum([value * value for value in range(items)])


def sum_of_generator(items: int) -> int:
    """Each square is made when sum() asks for it, and is gone after that."""
    return sum(value * value for value in range(items))


def check_sum(total: int, items: int) -> None:
    check(total, (items - 1) * items * (2 * items - 1) // 6, "the sum of the squares")


def time_sum(summation: Summation, items: int, iterations: int) -> Sample:
    """One sample: `iterations` sums, untraced."""
    begin = perf_counter_ns()
    for _ in range(iterations):
        total = summation(items)
    elapsed_ns = perf_counter_ns() - begin
    check_sum(total, items)
    operations = iterations * items
    return Sample(elapsed_ns, operations, {"item_ns": elapsed_ns / operations})


def trace_sum(summation: Summation, items: int, iterations: int) -> Sample:
    """The same, traced: the most bytes that were allocated at a time, beyond what was there before."""
    peak_bytes = 0
    elapsed_ns = 0
    for _ in range(iterations):
        tracemalloc.start()
        try:
            before_bytes, _ = tracemalloc.get_traced_memory()
            begin = perf_counter_ns()
            total = summation(items)
            elapsed_ns += perf_counter_ns() - begin
            peak_bytes = max(peak_bytes, tracemalloc.get_traced_memory()[1] - before_bytes)
        finally:
            tracemalloc.stop()
        check_sum(total, items)
    return Sample(elapsed_ns, iterations * items, {"peak_bytes": peak_bytes})


def register(program: Program) -> None:
    """Both, timed and traced."""
    summations: dict[str, Summation] = {"list": sum_of_list, "generator": sum_of_generator}
    for kind, summation in summations.items():
        for items in ITEMS:

            def timed(iterations: int, summation: Summation = summation, items: int = items) -> Sample:
                return time_sum(summation, items, iterations)

            def traced(iterations: int, summation: Summation = summation, items: int = items) -> Sample:
                return trace_sum(summation, items, iterations)

            def warm_up(summation: Summation = summation) -> object:
                return summation(ITEMS[0])

            if items == ITEMS[-1]:
                program.add_timed(f"sum/kind:{kind}/items:{items}", timed, warm_up=warm_up)
            program.add_timed(f"peak/kind:{kind}/items:{items}", traced, warm_up=warm_up)


if __name__ == "__main__":
    sys.exit(main(register))
