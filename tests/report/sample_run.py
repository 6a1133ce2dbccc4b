"""The run itself: its facts, its noise, and every estimate."""

from __future__ import annotations

import math

from sample_parts import METHOD, RUN_LINE, Json, fact


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
