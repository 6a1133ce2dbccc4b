"""Figures of every kind, of a machine that the sample pretends to be."""

from __future__ import annotations

import math

from sample_parts import Json, axis, foot, octaves, point, series, text, wobble


def access_ns(size: int, huge: bool) -> float:
    """Latency of a dependent walk over `size` bytes on the machine that the sample pretends to be."""
    edges = [(48 * 1024, 1.52), (2 * 1024**2, 5.1), (24 * 1024**2, 31.0), (math.inf, 118.0)]
    value = 0.0
    for i, (edge, cost) in enumerate(edges):
        share = 1 if size <= edge else min(1.0, edge / size)
        before = edges[i - 1][0] if i else 0
        weight = max(0.0, min(size, edge) - before) / size if share else 0.0
        value += weight * cost
    return value * (1.0 if huge or size < 2**21 else 1 + 0.12 * math.log2(size / 2**21))


def memory_figures() -> list[Json]:
    sizes = octaves(12, 29)
    sizes = sorted({*sizes, 40960, 49152, 57344, 1310720, 1572864, 1835008, 20971520, 25165824, 29360128})
    walks = [
        series("random_huge", [point(s, access_ns(s, True) * wobble(i, 0.01)) for i, s in enumerate(sizes)]),
        series("random_base", [point(s, access_ns(s, False) * wobble(i, 0.01)) for i, s in enumerate(sizes)]),
    ]
    walks[1]["points"][-1] = point(sizes[-1], None)
    cliffs = {
        "id": "memory-cache_cliffs-1",
        "scenario": "memory/cache_cliffs",
        "kind": "curve",
        "title": text("Latency of a dependent load by working set"),
        "question": text("What does a dependent load cost when the next address cannot be guessed?"),
        "why": text(
            "A program that follows pointers waits for each one. How long depends on which cache still holds the line, "
            "and that depends on how many bytes the program touches in turn."
        ),
        "reading": text("Flat stretches are levels of the hierarchy; a step up is the size at which one is full."),
        "x": axis("bytes", "working set", "bytes"),
        "y": axis("access_ns", "access", "ns", lower_is_better=True),
        "series": walks,
        "bands": [
            {"claim": "memory.l1", "text": "L1 1–2 ns (fundamentos)", "low": 1, "high": 2},
            {"claim": "memory.l2", "text": "L2 4–10 ns (fundamentos)", "low": 4, "high": 10},
            {"claim": "memory.l3", "text": "L3 10–20 ns (fundamentos)", "low": 10, "high": 20},
            {"claim": "memory.ram", "text": "RAM 50–100 ns (fundamentos)", "low": 50, "high": 100},
        ],
        "marks": [
            {"axis": "x", "at": 49152, "text": "cliff 48 KiB", "kind": "detected"},
            {"axis": "x", "at": 2097152, "text": "cliff 2 MiB", "kind": "detected"},
            {"axis": "x", "at": 25165824, "text": "cliff 24 MiB", "kind": "detected"},
            {"axis": "x", "at": 49152, "text": "L1 data 48 KiB", "kind": "reported"},
            {"axis": "x", "at": 2097152, "text": "L2 2 MiB", "kind": "reported"},
            {"axis": "x", "at": 110100480, "text": "L3 105 MiB", "kind": "reported"},
        ],
        "foot": foot("ns per access, lower is better"),
    }
    sizes2 = octaves(12, 29, 1)
    order = {
        "id": "memory-access_order-1",
        "scenario": "memory/access_order",
        "kind": "curve",
        "title": text("Random order against sequential order"),
        "question": text("Why is reading in random order slower than reading in sequence?"),
        "why": text("The same loads, in another order: only cache and prefetcher can tell them apart."),
        "reading": text("Above 1 the random walk is slower. Past the last cache the gap is the prefetcher's work."),
        "x": axis("bytes", "working set", "bytes"),
        "y": axis("access_ns", "random / sequential", "ratio", lower_is_better=None),
        "series": [series("random", [point(s, max(1.0, access_ns(s, True) / 3.1), spread=0.03) for s in sizes2])],
        "bands": [{"claim": "memory.random-array", "text": "at least 2 × (fundamentos)", "low": 2, "high": None}],
        "marks": [],
        "foot": foot("ratio, paired by round"),
    }
    return [cliffs, order]


def syscall_figures() -> list[Json]:
    chunks = octaves(0, 20, 1)
    per_byte = {
        "raw_write": [260 / c + 0.09 for c in chunks],
        "stdio": [4.1 + 0.05 * wobble(i) for i, _ in enumerate(chunks)],
        "own_buffer": [1.1 * wobble(i) for i, _ in enumerate(chunks)],
        "open_append_close": [3900 / c + 0.12 for c in chunks],
    }
    curve = {
        "id": "syscall-batching-1",
        "scenario": "syscall/batching",
        "kind": "curve",
        "title": text("Cost of a byte by the size of the write"),
        "question": text("What does it cost to hand the kernel one byte at a time?"),
        "why": text("Entering the kernel has a fixed price. A larger call shares it among more bytes."),
        "reading": text(
            "A straight line down is the fixed price being shared; where it flattens, copying is what is left."
        ),
        "x": axis("bytes", "bytes per call", "bytes"),
        "y": axis("byte_ns", "write", "ns/byte", lower_is_better=True),
        "series": [
            series(k, [point(c, y, spread=0.04) for c, y in zip(chunks, v, strict=True)]) for k, v in per_byte.items()
        ],
        "bands": [],
        "marks": [],
        "foot": foot("ns per byte, lower is better"),
    }
    table = {
        "id": "syscall-batching-2",
        "scenario": "syscall/batching",
        "kind": "table",
        "title": text("System calls for 10 000 appended bytes"),
        "question": curve["question"],
        "why": curve["why"],
        "reading": text("Counted with strace in runs of their own; an empty program's calls are subtracted."),
        "x": None,
        "y": axis("syscalls", "system calls", "calls", "linear", lower_is_better=True),
        "series": [
            series("open_each", [point(None, 30000, "open, write, close for each byte", 0, 6)]),
            series("python_open_each", [point(None, 50002, "the same in Python", 0, 6)]),
            series("buffered", [point(None, 12, "one open, buffered writes", 0, 6)]),
            series("io_uring", [point(None, None, "io_uring")]),
        ],
        "bands": [],
        "marks": [],
        "foot": foot("system calls, lower is better", 6),
    }
    return [curve, table]


def process_figures() -> list[Json]:
    sizes = octaves(22, 30, 1)
    fork = {
        "id": "process-fork_vs_thread-1",
        "scenario": "process/fork_vs_thread",
        "kind": "curve",
        "title": text("Making a process by the size of its parent"),
        "question": text("What does it cost to make a process, and what a thread?"),
        "why": text("fork copies page tables, not memory: the cost grows with what the parent has touched."),
        "reading": text("Both axes are logarithmic. vfork, posix_spawn and threads copy no page tables and stay flat."),
        "x": axis("bytes", "resident size of the parent", "bytes"),
        "y": axis("wall_ns", "create and wait", "ns", lower_is_better=True),
        "series": [
            series("fork", [point(s, 95e3 + s / 4096 * 28, spread=0.05) for s in sizes], "fork, base pages"),
            series("fork_huge", [point(s, 88e3 + s / 2**21 * 90, spread=0.05) for s in sizes], "fork, huge pages"),
            series("vfork", [point(s, 61e3 * wobble(i), spread=0.05) for i, s in enumerate(sizes)]),
            series("posix_spawn", [point(s, 402e3 * wobble(i), spread=0.05) for i, s in enumerate(sizes)]),
            series("thread", [point(s, 11.2e3 * wobble(i), spread=0.06) for i, s in enumerate(sizes)]),
        ],
        "bands": [
            {"claim": "process.creation-ms", "text": "process ~ms (fundamentos)", "low": 5e5, "high": 1e9},
            {"claim": "process.thread-us", "text": "thread ~µs (fundamentos)", "low": 500, "high": 1e6},
        ],
        "marks": [],
        "foot": foot("ns per creation, lower is better", 6),
    }
    rows = [
        ("plain write", 3.4),
        ("first touch, zero-filled", 690.0),
        ("copy-on-write, child writes", 1540.0),
        ("copy-on-write, parent writes", 1495.0),
        ("copy-on-write, last owner writes again after the other side has exited", 610.0),
        ("copy-on-write, huge page", 212000.0),
        ("first read after fork", 2.9),
    ]
    cow = {
        "id": "process-copy_on_write-1",
        "scenario": "process/copy_on_write",
        "kind": "dots",
        "title": text("First write and first read of a page"),
        "question": text("Who pays for copy-on-write, and how much?"),
        "why": text("After fork both sides share every page; the first writer takes a fault and copies."),
        "reading": text("Each row is a page. Compare the copy with a first touch: the difference is the copy itself."),
        "x": None,
        "y": axis("page_ns", "per page", "ns", lower_is_better=True),
        "series": [series("cow", [point(None, y, t, 0.04) for t, y in rows])],
        "bands": [],
        "marks": [],
        "foot": foot("ns per page, lower is better"),
    }
    return [fork, cow]


def sync_figures() -> list[Json]:
    threads = list(range(1, 9))
    lines = []
    for lock, base in (("mutex", 17.0), ("semaphore", 22.0)):
        for inside, extra in (("empty", 0.0), ("100 ns", 100.0), ("1 µs", 1000.0)):
            values = [(base * (1 + 1.9 * math.log2(t)) + extra * t**0.9) * wobble(t) for t in threads]
            points = [point(t, v, spread=0.08) for t, v in zip(threads, values, strict=True)]
            lines.append(series(f"{lock}_{inside}", points, f"{lock}, section {inside}"))
    lines[-1]["points"][5] = point(6, None)
    return [
        {
            "id": "sync-mutex_semaphore-1",
            "scenario": "sync/mutex_semaphore",
            "kind": "curve",
            "title": text("Acquire and release by number of threads"),
            "question": text("What does a lock cost, alone and when others want it?"),
            "why": text(
                "An uncontended lock is one atomic instruction; a contended one moves a cache line or wakes a thread."
            ),
            "reading": text("The left end is the price without competition. Compare lines of one section length."),
            "x": axis("threads", "threads", "", "linear"),
            "y": axis("acquire_ns", "acquire and release", "ns", lower_is_better=True),
            "series": lines,
            "bands": [],
            "marks": [{"axis": "x", "at": 4, "text": "4 CPUs", "kind": "reported"}],
            "foot": foot("ns per acquire and release, lower is better"),
        }
    ]


def interpreter_figures() -> list[Json]:
    techniques = {"native": (0.31, 0.62), "computed goto": (2.4, 3.3), "switch": (3.1, 4.0)}
    return [
        {
            "id": "interpreter-dispatch-1",
            "scenario": "interpreter/dispatch",
            "kind": "dots",
            "title": text("Cost of one bytecode by dispatch technique"),
            "question": text("What does it cost to fetch, decode and dispatch one bytecode?"),
            "why": text(
                "A switch funnels every bytecode through one indirect jump; computed goto has one per bytecode."
            ),
            "reading": text("Both workloads give the same result in every technique; native is the floor."),
            "x": None,
            "y": axis("bytecode_ns", "per bytecode", "ns", "linear", lower_is_better=True),
            "series": [
                series("loop", [point(None, v[0], k, 0.03) for k, v in techniques.items()], "loop"),
                series("branchy", [point(None, v[1], k, 0.03) for k, v in techniques.items()], "branchy"),
            ],
            "bands": [],
            "marks": [],
            "foot": foot("ns per bytecode, lower is better"),
        }
    ]


def python_figures() -> list[Json]:
    threads = [1, 2, 3, 4]
    shape = {
        "native threads (ceiling)": [1, 1.98, 2.95, 3.88],
        "compiled kernel, GIL released": [1, 1.95, 2.9, 3.74],
        "compiled kernel, GIL held": [1, 1.0, 0.99, 0.99],
        "pure Python": [1, 0.97, 0.96, 0.95],
    }
    return [
        {
            "id": "python-gil_threads-1",
            "scenario": "python/gil_threads",
            "kind": "curve",
            "title": text("Speed-up by threads, with and without the GIL"),
            "question": text("Do Python threads use the cores?"),
            "why": text(
                "The global interpreter lock lets one thread at a time run bytecode; compiled code can let go of it."
            ),
            "reading": text("The ceiling is the same work on native threads: no Python line can be above it."),
            "x": axis("threads", "threads", "", "linear"),
            "y": axis("speedup_ratio", "speed-up", "ratio", "linear", lower_is_better=False),
            "series": [
                series(k, [point(t, y, spread=0.02) for t, y in zip(threads, v, strict=True)], k)
                for k, v in shape.items()
            ],
            "bands": [
                {
                    "claim": "gil.threads-no-speedup",
                    "text": "no speed-up 0.8–1.2 (fundamentos)",
                    "low": 0.8,
                    "high": 1.2,
                },
                {"claim": "gil.native-release", "text": "at least 3.2 × (fundamentos)", "low": 3.2, "high": None},
            ],
            "marks": [],
            "foot": foot("ratio, higher is better"),
        }
    ]
