"""What does it cost to open, append and close for every byte, against one open and a buffered file object?

Question:  The Python twin of syscall/batching's extreme pair: how far apart are 10 000 appends of one byte, each with its own
           open and close, and 10 000 one-byte writes through one buffered file object?
Method:    Both write the same bytes to a new file on tmpfs, where no disk takes part. Contents are read back and compared,
           and the file is removed, outside the timed part; `empty` does just that around no write at all.
Wrong way: Trusting write() and close(): after a full disk, buffered writers may report success. Or timing on a disk, whose
           cache hides or shows its latency as it likes.
Control:   `empty` under strace: what the program around the writes asks of the kernel is subtracted from the counts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter_ns, time_ns

from unitcost_bench import Program, Sample, Unmeasurable, WrongAnswer, main
from unitcost_kernels import tmpfs_folder

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


def new_file() -> str:
    """Path of a new, empty file on tmpfs."""
    folder = tmpfs_folder()
    if folder is None:
        raise Unmeasurable("no tmpfs that this user may write to")
    path = f"{folder}/unitcost-{os.getpid()}-{time_ns()}"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode=0o600))
    return path


def verify(path: str, size_bytes: int, room_bytes: int) -> None:
    """Raise unless the file holds `size_bytes` times the byte. The calls are the same whatever it holds."""
    file = os.open(path, os.O_RDONLY)
    try:
        found = os.pread(file, room_bytes + 1, 0)
    finally:
        os.close(file)
    if found != BYTE * size_bytes:
        raise WrongAnswer(f"the file holds {len(found)} bytes, and not the {size_bytes} that were written")


def write_files(write: Writer, size_bytes: int, iterations: int) -> Sample:
    """One sample: `iterations` new files, each written by `write`, checked and removed."""
    elapsed_ns = 0
    for _ in range(iterations):
        path = new_file()
        try:
            begin = perf_counter_ns()
            write(path, size_bytes)
            elapsed_ns += perf_counter_ns() - begin
            verify(path, size_bytes, size_bytes)
        finally:
            Path(path).unlink()
    operations = iterations * size_bytes
    return Sample(elapsed_ns, operations, {"byte_ns": elapsed_ns / operations})


def write_nothing(iterations: int) -> None:
    """What write_files() does around the write, alone."""
    for _ in range(iterations):
        path = new_file()
        try:
            verify(path, 0, max(SIZES_BYTES))
        finally:
            Path(path).unlink()


def register(program: Program) -> None:
    """Both writers at n and 2n, and the program around them."""
    writers: dict[str, Writer] = {"open_each": open_each, "buffered": buffered}
    for name, write in writers.items():
        for size_bytes in SIZES_BYTES:

            def body(iterations: int, write: Writer = write, size_bytes: int = size_bytes) -> Sample:
                return write_files(write, size_bytes, iterations)

            # No warm-up: it would be counted where system calls are, and the loops inside warm themselves.
            program.add_timed(f"{name}/bytes:{size_bytes}", body)
    program.add_loop("empty", write_nothing, counter="file_ns")


if __name__ == "__main__":
    sys.exit(main(register))
