"""Duel folders that nobody measured: pairs with a stated effect and spread, so that what comes out is known beforehand."""

from __future__ import annotations

import json
import math
import random
from dataclasses import dataclass
from pathlib import Path

from run_folders import BUILD, MACHINE, facts, planned


@dataclass(frozen=True)
class Case:
    """What B costs beside A, how much pairs scatter, and what the copy of A costs beside A; as logarithms."""

    key: str
    effect: float = 0.0
    sd: float = 0.002
    control_effect: float = 0.0


CASES = (
    Case("memory/access_order:walk/order:random/page:base/bytes:4096", 0.05),
    Case("memory/access_order:walk/order:random/page:base/bytes:67108864", 0.001),
    Case("memory/bandwidth:copy/bytes:16384", -0.08),
    Case("process/copy_on_write:write/page:huge/who:child", 0.004, 0.03),
    Case("process/fork_vs_thread:fork/bytes:4194304", 0.013, 0.012),
    Case("syscall/batching:raw/chunk:1", 0.0, 0.001),
    Case("syscall/batching:stdio/chunk:4096", 0.0005, 0.002),
)


def make_duel(
    folder: Path, cases: tuple[Case, ...] = CASES, *, pairs: int = 20, pilot: bool = False, seed: int = 1,
    measured: int | None = None,
) -> Path:  # fmt: skip
    """A complete duel, or a pilot, of these cases; with `measured` one that was interrupted after so many pairs."""
    draw = random.Random(seed)
    folder.mkdir(parents=True)
    programs = sorted({case.key.partition(":")[0] for case in cases})
    record = {
        "schema": 1,
        "machine_id": "0123456789ab",
        "label": "",
        "boot": "b",
        "status": "complete" if measured is None else "interrupted",
        "started_utc": "2026-01-02T03:04:05Z",
        "ended_utc": "2026-01-02T03:09:05Z",
        "wall_s": 300.0,
        "reference_steps": 1,
        "reference_median_ns": 2e6,
        "warnings": ["2 of 240 pairs were contaminated"],
        "machine": facts(MACHINE, {"guest": "KVM"}),
        "build": facts(BUILD, {}),
        "absent": {},
        "a": {"name": "A", "digests": {program: f"{i:012x}" for i, program in enumerate(programs)}},
        "b": {"name": "B", "digests": {program: f"{i + (i > 0):012x}" for i, program in enumerate(programs)}},
        "plan": {
            "seed": seed,
            "profile": "quick",
            "only": [],
            "pilot": pilot,
            "pairs": pairs,
            "slice_ms": 0.0,
            "slices": 0,
            "warm_up_share": 0.25,
            "frozen": True,
            "cases": [_planned(case, pairs) for case in cases],
            "only_in_a": [],
            "only_in_b": ["syscall/batching:new/chunk:1"],
        },
    }
    (folder / "duel.json").write_text(json.dumps(record))
    lines = []
    for number in range(1, (pairs if measured is None else measured) + 1):
        for case in cases:
            for kind, effect in (("duel", case.effect), ("control", case.control_effect)):
                if not (pilot and kind == "duel"):
                    lines.append(json.dumps(_pair(case, kind, number, effect + draw.gauss(0, case.sd), len(lines))))
    (folder / "pairs.jsonl").write_text("".join(line + "\n" for line in lines))
    return folder


def _planned(case: Case, pairs: int) -> dict:
    one = planned(case.key, pairs) | {"expected_s": 0.2}
    return {"planned": one, "counter": "access_ns", "has_token": True, "slices": 4, "warm_up_iterations": 1}


def _pair(case: Case, kind: str, number: int, log_ratio: float, position: int) -> dict:
    a = [100.0, 110.0, 100.0, 105.0]
    end = {"kind": "exited", "code": 0, "stderr_tail": ""}
    return {
        "case": case.key,
        "kind": kind,
        "round": number,
        "attempt": 1,
        "position": position,
        "started_utc": "2026-01-02T03:04:05Z",
        "started_first": "a",
        "moved_first": "b",
        "outcome": "measured",
        "reason": "",
        "ends": {"a": end, "b": end},
        "iterations": 20,
        "slices": {"a": {"access_ns": a}, "b": {"access_ns": [value * math.exp(log_ratio) for value in a]}},
        "covariates": {"cpus_asked": [1], "cpus_used": [1]},
        "contaminated": [],
    }
