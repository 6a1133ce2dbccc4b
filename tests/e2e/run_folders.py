"""Run folders that nobody measured: what comes out of them is known beforehand."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from typing import Any

MACHINE = {
    "cpu_model": ("identity", "Example 9000"),
    "cpus": ("identity", 2),
    "memory_bytes": ("identity", 8 << 30),
    "guest": ("identity", ""),
    "emulated": ("identity", False),
    "kernel": ("set-up", "6.1.0"),
    "mitigations": ("set-up", {"retbleed": "Vulnerable", "meltdown": "Not affected"}),
    "libc": ("set-up", "glibc 2.36"),
    "load_1min": ("moving", 0.1),
}
BUILD = {
    "commit": ("set-up", "aaaaaaaaaa"),
    "dirty": ("set-up", False),
    "version": ("set-up", "0.1.0"),
    "compiler": ("set-up", "GNU 12.2.0"),
    "flags": ("set-up", "-O2 -g"),
}
CASES = ("memory/walk:walk/bytes:4096", "memory/walk:walk/bytes:8192", "syscall/write:write/chunk:1")
GONE = "memory/walk:gone/bytes:1"  # of old runs alone
NEW = "memory/walk:new/bytes:1"  # of new ones


def facts(entries: dict[str, tuple[str, Any]], changed: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {"kind": kind, "value": changed.get(name, value), "reason": ""} for name, (kind, value) in entries.items()
    }


def planned(key: str, rounds: int) -> dict[str, Any]:
    program, name = key.split(":", 1)
    return {
        "key": key,
        "program": program,
        "name": name,
        "observe": "time",
        "axes": {},
        "cpus": "one",
        "timeout_s": 60,
        "sample_ms": 5,
        "samples": 1,
        "rounds": rounds,
        "slow": False,
        "memory_bytes": 0,
        "iterations": 10,
        "expected_s": 0.1,
        "dropped": "",
    }


WALK_LABEL = {"scenario": "memory/walk", "label": "walk", "key": CASES[0], "axes": {}}


def walk_scenario(most_ns: float) -> dict[str, Any]:
    return {
        "schema": 1,
        "id": "memory/walk",
        "question": "q",
        "why": "w",
        "reading": "r",
        "cases": {"walk": "walk/bytes:4096"},
        "claim": [
            {
                "id": "memory.walk",
                "source": {"key": "ours"},
                "says": "A step is cheap.",
                "metric": {"value": "walk", "counter": "access_ns"},
                "unit": "ns",
                "expect": {"at_most": most_ns},
            }
        ],
    }


def block(key: str, number: int, value: float, position: int, counter: str) -> dict[str, Any]:
    return {
        "case": key,
        "round": number,
        "attempt": 1,
        "position": position,
        "started_utc": "2026-01-02T03:04:05Z",
        "outcome": "measured",
        "reason": "",
        "end": {"kind": "exited", "code": 0, "stderr_tail": ""},
        "iterations": 10,
        "samples": {counter: [value], "real_ns": [value * 1000], "operations": [1000]},
        "covariates": {"cpus_asked": [1], "cpus_used": [1]},
        "contaminated": [],
    }


def make_run(
    folder: Path,
    seed: int,
    *,
    factor: float | dict[str, float] = 1.0,
    session_sd: float = 0.002,
    cases: tuple[str, ...] = CASES,
    rounds: int = 6,
    counter: str = "access_ns",
    machine_id: str = "0123456789ab",
    started_utc: str = "",
    claim_ns: float | None = None,
    **changed: Any,
) -> Path:
    """A complete run whose cases cost 100 ns times `factor`; sessions differ by `session_sd`, blocks by half a per cent. With `claim_ns` it claims
    that the first case costs at most so much."""
    draw = random.Random(seed)
    folder.mkdir(parents=True)
    record = {
        "schema": 1,
        "machine_id": machine_id,
        "label": "",
        "boot": "b",
        "status": "complete",
        "started_utc": started_utc or f"2026-01-02T{seed % 24:02}:00:00Z",
        "ended_utc": "2026-01-02T23:59:59Z",
        "wall_s": 540.0,
        "harness_cpu_s": 1.0,
        "reference_steps": 1,
        "reference_median_ns": 2e6,
        "warnings": [],
        "machine": facts(MACHINE, changed),
        "build": facts(BUILD, changed),
        "absent": {},
        "plan": {
            "seed": seed,
            "profile": "standard",
            "preview": False,
            "only": [],
            "rounds": rounds,
            "repeat_s": 0.0,
            "frozen": True,
            "cases": [planned(key, rounds) for key in cases],
            "labels": [] if claim_ns is None else [WALK_LABEL],
        },
        "scenarios": [] if claim_ns is None else [walk_scenario(claim_ns)],
    }
    (folder / "run.json").write_text(json.dumps(record))
    lines = []
    for key in cases:
        session = math.exp(draw.gauss(0.0, session_sd))
        times = factor.get(key, 1.0) if isinstance(factor, dict) else factor
        for number in range(rounds + 1):
            value = 100.0 * times * session * math.exp(draw.gauss(0.0, 0.005))
            lines.append(json.dumps(block(key, number, value, len(lines), counter)))
    (folder / "blocks.jsonl").write_text("".join(line + "\n" for line in lines))
    return folder


def make_side(folder: Path, seeds: range, **how: Any) -> Path:
    """A folder of runs, one a seed."""
    for seed in seeds:
        make_run(folder / "0123456789ab" / f"run-{seed}", seed, **how)
    return folder
