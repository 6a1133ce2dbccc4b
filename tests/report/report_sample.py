"""A made-up analysis.json with every kind of figure, verdict and gap that the renderer has to draw.

Nothing in it was measured. `build()` gives the same document every time; `python report_sample.py DIR` writes it.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
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


def claim(
    claim_id: str, verdict: str, says: str, expected: tuple[str, float | None, float | None], unit: str,
    value: float | None, reason: str, **more: Any,
) -> Json:  # fmt: skip
    """One row of the ledger."""
    scenario = {"memory": "memory/cache_cliffs", "syscall": "syscall/batching", "process": "process/fork_vs_thread"}
    interval = None if value is None else [round(value * 0.985, 6), round(value * 1.02, 6)]
    row = {
        "id": claim_id,
        "variant": "",
        "scenario": scenario.get(claim_id.split(".")[0], "python/gil_threads"),
        "source": {"key": "fundamentos", "section": "1.2"},
        "says": text(says),
        "expected": expected[0],
        "expected_low": expected[1],
        "expected_high": expected[2],
        "verdict": verdict,
        "value": value,
        "interval": interval,
        "unit": unit,
        "n": 10 if value is not None else 0,
        "coverage": 0.978516 if value is not None else None,
        "method": METHOD,
        "reason": reason,
        "control": None,
        "ceiling": None,
        "parts": [],
        "conflicts": [],
        "guest": True,
    }
    return row | more


LONG_REASON = (
    "No cliff was found between 32 MiB and 512 MiB, although the kernel reports 105 MiB of last-level cache: this guest shares it "
    "with neighbours, so that the curve climbs slowly from 20 MiB on and never shows a plateau of two sizes within 10 % of each other."
)


def claims() -> list[Json]:
    fine = {
        "text": "a chain twice as long costs the same per link",
        "value": 1.003,
        "interval": [0.998, 1.01],
        "passed": True,
    }
    bad = {"text": "half the first cache", "value": 1.21, "interval": [1.1, 1.32], "passed": False}
    parts = [
        {"at": {"bytes": "67108864"}, "value": 2.1, "interval": [1.9, 2.2], "verdict": "refuted"},
        {"at": {"bytes": "268435456"}, "value": 9.8, "interval": [9.2, 10.4], "verdict": "undecided"},
        {"at": {"bytes": "1073741824"}, "value": 31.0, "interval": [29.0, 33.0], "verdict": "holds"},
    ]
    return [
        claim("memory.register", "holds", "A register access takes half a nanosecond.", ("0.25–1 ns", 0.25, 1), "ns", 0.331,
              "The whole interval lies inside.", control=fine),
        claim("memory.l1", "holds", "An L1 access takes 1–2 ns.", ("1–2 ns", 1, 2), "ns", 1.52, "The whole interval lies inside."),
        claim("memory.l2", "holds", "An L2 access takes 4–10 ns.", ("4–10 ns", 4, 10), "ns", 5.13, "The whole interval lies inside."),
        claim("memory.l3", "refuted", "An L3 access takes 10–20 ns.", ("10–20 ns", 10, 20), "ns", 31.2,
              "The last cache answers in 31.2 ns, half again as long as the notes allow; many cores share it over a mesh."),
        claim("memory.ram", "refuted", "A RAM access takes 50–100 ns.", ("50–100 ns", 50, 100), "ns", 118.4,
              "Main memory answers in 118 ns; a server's memory controller is farther away than a laptop's."),
        claim("memory.hierarchy-order", "holds", "Each level is slower than the one before.", ("in order, intervals apart", 1, 1),
              "", 1, "Levels are in order and their intervals apart."),
        claim("memory.l3-size", "undecided", "The L3 is 8–32 MiB and shared.", ("8 MiB–32 MiB", 8388608, 33554432), "bytes", None,
              LONG_REASON),
        claim("memory.random-array", "undecided", "Random access is slower because it defeats cache and prefetcher.",
              ("at least 2 ×", 2, None), "ratio", 38.4, "The control failed.", control=bad),
        claim("syscall.batch-100x", "refuted", "Opening and closing for each byte is a hundred times slower than one buffered file.",
              ("50–200 ×", 50, 200), "ratio", 918.0, "It is about 900 times slower: the notes are too kind.", variant="C++, tmpfs",
              source={"key": "fundamentos", "section": "5.3"}),
        claim("syscall.batch-100x", "holds", "Opening and closing for each byte is a hundred times slower than one buffered file.",
              ("50–200 ×", 50, 200), "ratio", 121.0, "The whole interval lies inside.", variant="Python, tmpfs",
              source={"key": "fundamentos", "section": "5.3"}),
        claim("syscall.batch-count", "holds", "Thirty thousand system calls against about ten.", ("3 calls per byte", 3, 3),
              "calls/byte", 3, "Exactly three per byte.", source={"key": "fundamentos", "section": "5.3"}),
        claim("process.creation-ms", "refuted", "Creating a process takes milliseconds.", ("500 µs–1 s", 5e5, 1e9), "ns", 152340.0,
              "It takes 152 µs for a parent of 64 MiB; milliseconds need a parent of half a gigabyte.",
              source={"key": "fundamentos", "section": "4.3"}),
        claim("process.fork-copies", "refuted", "Creating a process copies its memory.", ("at least 0.5 ×", 0.5, None), "ratio", 0.041,
              "fork takes 4 % of the time that copying the resident memory would: it copies page tables.",
              conflicts=["process.fork-not-copy"], source={"key": "fundamentos", "section": "4.1"}),
        claim("process.thread-us", "holds", "Creating a thread takes microseconds.", ("500 ns–1 ms", 500, 1e6), "ns", 11240.0,
              "The whole interval lies inside.", source={"key": "fundamentos", "section": "4.3"}),
        claim("process.fork-not-copy", "holds in part", "fork does not copy memory.", ("at least 10 ×", 10, None), "ratio", 9.8,
              "It holds at 1 GiB; below 256 MiB the fixed price of a process hides it.", parts=parts, variant="base pages",
              conflicts=["process.fork-copies"], source={"key": "review", "section": "3"}),
        claim("sync.cost", "reported", "Mutex and semaphore under contention.", ("", None, None), "ns", 17.2,
              "No expectation: the figure is the answer.", source={"key": "design card", "section": ""},
              scenario="sync/mutex_semaphore"),
        claim("gil.threads-no-speedup", "holds", "Four CPU-bound threads take as long as four in a row.", ("0.8–1.2 ×", 0.8, 1.2),
              "ratio", 0.953, "The whole interval lies inside.", source={"key": "fundamentos", "section": "4.3, 6.3"},
              ceiling={"text": "native threads reach 3.88 of 4", "value": 3.88, "interval": [3.8, 3.93], "passed": True}),
        claim("gil.native-release", "not measurable", "Libraries in C release the GIL.", ("at least 3.2 ×", 3.2, None), "ratio", None,
              "No free-threaded interpreter was found.", variant="free-threaded", source={"key": "fundamentos", "section": "6.3"}),
    ]  # fmt: skip


def claim_summary(rows: list[Json]) -> list[Json]:
    """One row an id: mixed variants hold in part."""
    summary = []
    for claim_id in dict.fromkeys(row["id"] for row in rows):
        mine = [row for row in rows if row["id"] == claim_id]
        verdicts = {row["verdict"] for row in mine}
        summary.append(
            {
                "id": claim_id,
                "verdict": verdicts.pop() if len(verdicts) == 1 else "holds in part",
                "variants": [row["variant"] for row in mine],
                "holds_for": [row["variant"] for row in mine if row["verdict"] == "holds"],
                "refuted_for": [row["variant"] for row in mine if row["verdict"] == "refuted"],
            }
        )
    return summary


def ladder() -> Json:
    """The first figure: what the machine charges beside what the notes say."""
    rows = [
        ("register add", 0.331, 0.25, 1.0, "0.5 ns", "memory.register", "holds"),
        ("L1 hit", 1.52, 1.0, 2.0, "1–2 ns", "memory.l1", "holds"),
        ("L2 hit", 5.13, 4.0, 10.0, "4–10 ns", "memory.l2", "holds"),
        ("L3 hit", 31.2, 10.0, 20.0, "10–20 ns", "memory.l3", "refuted"),
        ("main memory", 118.4, 50.0, 100.0, "50–100 ns", "memory.ram", "refuted"),
        ("bytecode, switch", 3.1, None, None, "", "", ""),
        ("mutex, uncontended", 17.2, None, None, "", "sync.cost", "reported"),
        ("write of one byte", 262.0, None, None, "", "", ""),
        ("page copied on write", 1540.0, None, None, "", "cow.cost", "reported"),
        ("thread", 11240.0, 500.0, 1e6, "~µs", "process.thread-us", "holds"),
        ("fork, 64 MiB", 152340.0, 5e5, 1e9, "~ms", "process.creation-ms", "refuted"),
        ("fork, 1 GiB", 7.4e6, 5e5, 1e9, "~ms", "process.creation-ms", "holds"),
        ("SSD, 4 KiB read", None, 5e4, 1.5e5, "50–150 µs", "memory.ssd", "not measurable"),
    ]
    return {
        "rows": [
            {
                "text": name, "value_ns": v, "low_ns": v and round(v * 0.98, 6), "high_ns": v and round(v * 1.03, 6),
                "n": 10 if v else 0, "scenario": "memory/cache_cliffs", "key": "k", "notes_low_ns": low,
                "notes_high_ns": high, "notes_text": notes, "claim": claim_id, "verdict": verdict,
            }
            for name, v, low, high, notes, claim_id, verdict in rows
        ],
        "foot": foot("time per operation, lower is better"),
    }  # fmt: skip


def noise(count: int = 900) -> Json:
    """The spin reference over the run: quiet, with two bursts."""
    points = []
    for i in range(count):
        burst = 0.18 if 300 <= i < 312 else 0.35 if i == 700 else 0.0
        ratio = round(1.001 + 0.004 * math.sin(78.233 * i) + burst, 6)
        points.append(
            {
                "t_s": round(i * 0.61, 3), "position": i, "reference_ratio": None if i == 5 else ratio,
                "steal_ticks": 3 if burst else 0, "contaminated": burst > 0,
            }
        )  # fmt: skip
    return {"reference_ns": 2000123.0, "points": points, "foot": f"spin reference against round 0 · {RUN_LINE}"}


def fact(value: object, kind: str = "identity", reason: str = "") -> Json:
    return {"kind": kind, "value": value, "reason": reason}


def run_facts() -> Json:
    caches = [
        {"level": 1, "type": "data", "bytes": 49152, "shared_by": 1},
        {"level": 1, "type": "instruction", "bytes": 32768, "shared_by": 1},
        {"level": 2, "type": "unified", "bytes": 2097152, "shared_by": 1},
        {"level": 3, "type": "unified", "bytes": 110100480, "shared_by": 4},
    ]
    return {
        "id": "5f1e2d3c4b5a",
        "machine_id": "a1b2c3d4e5f6",
        "label": "",
        "status": "complete",
        "profile": "standard",
        "preview": False,
        "seed": 20260102,
        "started_utc": "2026-01-02T03:04:05Z",
        "ended_utc": "2026-01-02T03:13:05Z",
        "wall_s": 540.1,
        "harness_share": 0.00412,
        "rounds": 10,
        "blocks": 3012,
        "contaminated": 12,
        "repeated": 9,
        "failed": 0,
        "cases": 271,
        "unmeasurable": 2,
        "machine": {
            "cpu_model": fact("Sample CPU 9000 @ 2.40GHz"),
            "cpus": fact(4),
            "smt": fact(2),
            "caches": fact(caches),
            "memory_bytes": fact(16777216000),
            "page_bytes": fact(4096),
            "huge_pages": fact("madvise", "set-up"),
            "board": fact(None, "identity", "the hypervisor gives no board name"),
            "kernel": fact("6.1.0-18-amd64", "set-up"),
            "mitigations": fact({"meltdown": "Not affected", "spectre_v2": "Enhanced IBRS"}, "set-up"),
            "governor": fact(None, "set-up", "no cpufreq in a guest"),
            "guest": fact("kvm"),
            "emulated": fact(False),
            "load_1min": fact(0.12, "moving"),
        },
        "build": {
            "version": fact("0.1.0", "set-up"),
            "commit": fact("0123456789abcdef", "set-up"),
            "compiler": fact("GCC 12.2.0", "set-up"),
            "flags": fact("-O2 -g", "set-up"),
        },
        "warnings": ["Another process used these CPUs for 4 % of the run."],
        "line": RUN_LINE,
    }


def hierarchy() -> Json:
    def level(name: str, title: str, value: float, low: int, high: int) -> Json:
        interval = [round(value * 0.99, 6), round(value * 1.01, 6)]
        return {"name": name, "text": title, "value": value, "interval": interval, "unit": "ns",
                "from_bytes": low, "to_bytes": high, "n": 10}  # fmt: skip

    return {
        "scenario": "memory/cache_cliffs",
        "case": "random_huge",
        "levels": [
            level("l1", "L1", 1.52, 4096, 32768),
            level("l2", "L2", 5.13, 131072, 1048576),
            level("memory", "memory", 118.4, 134217728, 536870912),
        ],
        "cliffs": [
            {"name": "first", "bytes": 49152, "interval": [45056, 53248], "snapped": True, "reason": ""},
            {"name": "last", "bytes": None, "interval": None, "snapped": False, "reason": LONG_REASON},
        ],
        "reported": [{"level": 1, "type": "data", "bytes": 49152}, {"level": 3, "type": "unified", "bytes": 110100480}],
    }


def estimates(figures: list[Json]) -> list[Json]:
    rows = []
    for figure in figures:
        for line in figure["series"]:
            for p in line["points"]:
                if p["y"] is None:
                    continue
                axes = {figure["x"]["name"]: str(p["x"])} if p["x"] is not None else {}
                rows.append(
                    {
                        "key": f"{figure['scenario']}:{line['label']}/{p['x'] or p['text']}", "scenario": figure["scenario"],
                        "label": line["label"], "axes": axes, "counter": figure["y"]["name"], "unit": figure["y"]["unit"],
                        "value": p["y"], "interval": [p["low"], p["high"]], "coverage": 0.978516, "n": p["n"],
                        "minimum": p["low"], "lag1": 0.05, "widened": False, "contaminated": 0, "method": METHOD,
                    }
                )  # fmt: skip
    return rows


def build(noise_points: int = 900) -> Json:
    """The whole document, as the analysis would write it."""
    figures = [
        *memory_figures(), *syscall_figures(), *process_figures(), *sync_figures(), *interpreter_figures(), *python_figures(),
    ]  # fmt: skip
    rows = claims()
    return {
        "schema": 1,
        "id": "0123456789ab",
        "tool": "0.1.0",
        "run": run_facts(),
        "claims": rows,
        "claim_summary": claim_summary(rows),
        "hierarchy": hierarchy(),
        "estimates": estimates(figures),
        "unmeasurable": [
            {"key": "syscall/batching:io_uring/bytes:4096", "scenario": "syscall/batching", "label": "io_uring",
             "reason": "liburing was not there when the program was built"},
        ],
        "failed": [{"key": "process/copy_on_write:write/page:huge", "reason": "child ended by signal 9", "blocks": 2}],
        "figures": figures,
        "ladder": ladder(),
        "noise": noise(noise_points),
    }  # fmt: skip


def small() -> Json:
    """A document with one figure and few rows, where a test changes something and renders it."""
    document = build(noise_points=4)
    figures = [figure for figure in document["figures"] if figure["id"] == "process-copy_on_write-1"]
    return document | {"figures": figures, "claims": document["claims"][:3], "claim_summary": [], "estimates": []}


def write(folder: Path, document: Json) -> Path:
    """Puts the document where the renderer looks for it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "analysis.json"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    write(Path(sys.argv[1]), build())
