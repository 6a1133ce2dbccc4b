"""What does it cost to open, append and close for every byte, against one open and a buffered file object?

Question:  The Python twin of syscall/batching's extreme pair: how far apart are 10 000 appends of one byte, each with its own
           open and close, and 10 000 one-byte writes through one buffered file object?
Method:    Both write the same bytes to an empty file on tmpfs, where no disk takes part. Contents are read back and compared
           outside the timed part; `empty` does just that around no write at all.
Wrong way: Trusting write() and close(): after a full disk, buffered writers may report success. Or timing on a disk, whose
           cache hides or shows its latency as it likes.
Control:   `empty` under strace: what the program around the writes asks of the kernel is subtracted from the counts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter_ns

from unitcost_bench import Program, Sample, WrongAnswer, main
from unitcost_kernels import ScratchFile

SIZES_BYTES = (10_000, 20_000)  # n and 2n: the difference of their counts has no start-up in it
BYTE = b"x"

Writer = Callable[[str, int], None]


def open_each(path: str, size_bytes: int) -> None:
    """Three system calls a byte and more: Python also asks what kind of file it opened, and where in it it is."""
    for _ in range(size_bytes):
        with open(path, "ab") as file:  # noqa: PTH123 - what the notes have
            file.write(BYTE)


def buffered(path: str, size_bytes: int) -> None:
    """The file object collects the bytes and writes whole buffers."""
    with open(path, "ab") as file:  # noqa: PTH123 - the same call as above
        for _ in range(size_bytes):
            file.write(BYTE)


def write_files(write: Writer, size_bytes: int, iterations: int) -> Sample:
    """One sample: `iterations` times a file that is empty, written by `write` and checked."""
    elapsed_ns = 0
    with ScratchFile(room_bytes=size_bytes) as file:
        for _ in range(iterations):
            file.clear()
            begin = perf_counter_ns()
            write(file.path, size_bytes)
            elapsed_ns += perf_counter_ns() - begin
            if not file.holds(BYTE * size_bytes):
                raise WrongAnswer(f"the file does not hold the {size_bytes} bytes that were written")
    operations = iterations * size_bytes
    return Sample(elapsed_ns, operations, {"byte_ns": elapsed_ns / operations})


def write_nothing(iterations: int) -> None:
    """What write_files() does around the write, alone."""
    with ScratchFile(room_bytes=SIZES_BYTES[0]) as file:
        for _ in range(iterations):
            file.clear()
            if not file.holds(b""):
                raise WrongAnswer("the file is not empty")


def register(program: Program) -> None:
    """Both writers at n and 2n, and the program around them."""
    writers: dict[str, Writer] = {"open_each": open_each, "buffered": buffered}
    for name, write in writers.items():
        for size_bytes in SIZES_BYTES:

            def body(iterations: int, write: Writer = write, size_bytes: int = size_bytes) -> Sample:
                return write_files(write, size_bytes, iterations)

            # No warm-up: it would be counted where system calls are, and the loops inside warm themselves.
            program.add_timed(f"{name}/bytes:{size_bytes}", body)
    program.add_loop("empty", write_nothing, counter="check_ns")


if __name__ == "__main__":
    sys.exit(main(register))
