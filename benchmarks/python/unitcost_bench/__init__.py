"""Benchmark programs in Python: typed registration of cases, with the same flags and JSON as the programs in C++.

A program builds one `Program`, adds its cases and hands `sys.argv` to `main`::

    def register(program: Program) -> None:
        program.add_loop("call/kind:function", call_it, counter="call_ns")
        program.add_timed("team/threads:4", run_team_of_four)

    if __name__ == "__main__":
        sys.exit(main(register))

A case is a callable that is handed the iteration count and does all of a sample's iterations: asking from Python before every
iteration whether to go on would cost more than most of what is measured. Raise `Unmeasurable` where this machine cannot run a
case, anything else where the answer is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from unitcost_kernels import Cases, Unmeasurable

__all__ = ["Program", "Sample", "Unmeasurable", "WrongAnswer", "check", "main"]

INTERRUPTED = 130


class WrongAnswer(Exception):
    """The work was not done, or not done right: a wrong program is not fast."""


class Sample:
    """What a case that holds its own stop-watch found in one sample, all its iterations together.

    A plain class: dataclasses would bring inspect and ast along, which doubles the start of every block.
    """

    __slots__ = ("counters", "elapsed_ns", "operations")

    def __init__(self, elapsed_ns: int, operations: int, counters: Mapping[str, float] | None = None) -> None:
        self.elapsed_ns = elapsed_ns
        self.operations = operations
        self.counters = {**(counters or {}), "operations": operations}


TimedBody = Callable[[int], Sample]
LoopBody = Callable[[int], None]


class Program:
    """The cases of one benchmark program, by exact name."""

    def __init__(self) -> None:
        self._cases = Cases()

    def add_loop(self, name: str, body: LoopBody, *, counter: str, operations_per_iteration: float = 1) -> None:
        """`body(n)` does n iterations on Google Benchmark's clock; one operation's cost becomes `counter` (`…_ns`)."""
        self._cases.add_loop(name, body, counter, operations_per_iteration)

    def add_timed(self, name: str, body: TimedBody, *, warm_up: Callable[[], object] | None = None) -> None:
        """`body(n)` does n iterations, times them and says so in a `Sample`.

        `warm_up` runs once a process, before the first sample: the specialising interpreter rewrites a function's bytecode
        in its first few calls. Leave it out where the case is counted (system calls), because it would count too.
        """
        pending = [] if warm_up is None else [warm_up]

        def measure(iterations: int) -> Sample:
            while pending:
                pending.pop()()
            return body(iterations)

        self._cases.add_timed(name, measure)

    def run(self, arguments: list[str]) -> int:
        """Run what `arguments` (program name first) ask for. Returns the exit status: 0, 1 output not written, 2 usage."""
        return self._cases.run(arguments)


def check(found: object, expected: object, what: str) -> None:
    """Raise WrongAnswer unless `found` is `expected`."""
    if found != expected:
        raise WrongAnswer(f"{what}: got {found}, expected {expected}")


def main(register: Callable[[Program], None], arguments: list[str] | None = None) -> int:
    """Register the cases, run what the command line asks for and return the exit status."""
    program = Program()
    register(program)
    try:
        return program.run(sys.argv if arguments is None else arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
