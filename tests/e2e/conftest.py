"""Real runs of the built `unitcost` on a tiny profile: real benchmark programs beside one that misbehaves on demand."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("UNITCOST_BUILD", REPOSITORY / "build" / "bench"))
DATA = REPOSITORY / "tests" / "data" / "e2e"


sys.path.insert(0, str(Path(__file__).parent))  # for run_folders


@dataclass(frozen=True)
class Unitcost:
    """The program, with a results folder, a programs folder and a lock of its own."""

    folder: Path

    @property
    def results(self) -> Path:
        return self.folder / "results"

    @property
    def latest(self) -> Path:
        return (self.results / "latest").resolve()

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "UNITCOST_PROGRAMS": str(self.folder / "benchmarks"),
            "UNITCOST_SCENARIOS": str(DATA / "scenarios"),
            "UNITCOST_RESULTS": str(self.results),
            "UNITCOST_LOCK_DIR": str(self.folder),
        }

    def command(self, *arguments: str) -> list[str]:
        return [str(BUILD / "unitcost"), *arguments]

    def __call__(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
            env=self.environment() | more,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment(),
        )

    def blocks(self) -> list[dict[str, Any]]:
        """Every whole line of the newest run."""
        file = self.latest / "blocks.jsonl"
        lines = file.read_text().split("\n")[:-1] if file.exists() else []
        return [json.loads(line) for line in lines]

    def record(self) -> dict[str, Any]:
        return json.loads((self.latest / "run.json").read_text())


def with_meanwhile(program: Path) -> Path:
    """Puts a script in the place of `program` that first does what a file says as soon as there is one, which is returned: something that happens
    while the harness asks the program what it can do."""
    real = program.with_name(f"{program.name}.real")
    shutil.copy(program, real)
    program.unlink()
    program.write_text(f'#!/bin/sh\n[ ! -e "$0.sh" ] || . "$0.sh"\nexec "$(dirname "$0")/{real.name}" "$@"\n')
    program.chmod(0o755)
    return program.with_name(f"{program.name}.sh")


@contextmanager
def lock_held(folder: Path) -> Iterator[None]:
    """As while another run measures; one must have measured before."""
    with next(folder.glob("unitcost-*.lock")).open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture
def unitcost(tmp_path: Path) -> Unitcost:
    if not (BUILD / "unitcost").is_file():
        pytest.fail(f"{BUILD / 'unitcost'} is not there; run `make test`, or set UNITCOST_BUILD")
    programs = tmp_path / "benchmarks"
    for program in ("interpreter/dispatch", "syscall/batching"):
        (programs / program).parent.mkdir(parents=True, exist_ok=True)
        (programs / program).symlink_to(BUILD / "benchmarks" / program)
    (programs / "children").mkdir()
    (programs / "children" / "behaviour").symlink_to(DATA / "programs" / "behaviour")
    return Unitcost(tmp_path)
