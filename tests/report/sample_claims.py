"""A claim of every verdict, the ladder, and the hierarchy that was found."""

from __future__ import annotations

from typing import Any

from sample_parts import METHOD, Json, foot, text


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
