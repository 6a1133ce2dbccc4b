"""What the contract between scenarios and programs is checked on: the built programs and the expansion that `unitcost` prints."""

from __future__ import annotations

import json
import os
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("UNITCOST_BUILD", REPOSITORY / "build" / "bench"))
SCENARIOS = REPOSITORY / "scenarios"


@dataclass(frozen=True)
class Case:
    """One row of `unitcost list --cases --json`."""

    scenario: str
    label: str
    program: str
    name: str
    observe: str


@dataclass(frozen=True)
class Build:
    """A build folder."""

    folder: Path

    def command_of(self, program: str) -> list[str]:
        """How the program `family/name` is started; Python programs by the interpreter that the build recorded."""
        path = self.folder / "benchmarks" / program
        if path.is_file():
            return [str(path)]
        interpreter = json.loads((path.parent / "interpreter.json").read_text())
        return [interpreter["executable"], f"{path}.py"]

    def listed(self, program: str) -> list[str]:
        """The names of a program's cases, as it prints them."""
        return list(_listed(tuple(self.command_of(program))))

    def expansion(self) -> list[Case]:
        """Every scenario's cases, at the greatest density."""
        environment = {**os.environ, "UNITCOST_SCENARIOS": str(SCENARIOS)}
        command = [str(self.folder / "unitcost"), "list", "--cases", "--dense", "--json"]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=True)
        return [Case(**row) for row in json.loads(ended.stdout)]


@pytest.fixture(scope="session")
def every_program() -> set[str]:
    """As `family/name`, by the rule of the build: one file is one program."""
    sources = REPOSITORY / "benchmarks"
    compiled = {path for path in sources.glob("*/*.cpp") if path.parent.name not in ("kernels", "support", "python")}
    return {f"{path.parent.name}/{path.stem}" for path in compiled | set(sources.glob("python/*.py"))}


@cache
def _listed(command: tuple[str, ...]) -> tuple[str, ...]:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(
        [*command, "--benchmark_list_tests"], capture_output=True, text=True, timeout=120, env=environment, check=True
    )
    return tuple(line for line in ended.stdout.splitlines() if line)


@pytest.fixture(scope="session")
def build() -> Build:
    if not (BUILD / "unitcost").is_file():
        pytest.fail(f"{BUILD / 'unitcost'} is not there; run `make test`, or set UNITCOST_BUILD")
    return Build(BUILD)


@pytest.fixture(scope="session")
def cases(build: Build) -> list[Case]:
    return build.expansion()


@pytest.fixture(scope="session")
def names_by_program(cases: list[Case]) -> dict[str, set[str]]:
    """What scenarios ask of each program."""
    names: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        names[case.program].add(case.name)
    return names
