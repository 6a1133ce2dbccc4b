"""The built Python programs, run as the harness runs them: by the interpreter that the build recorded."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("UNITCOST_BUILD", REPOSITORY / "build" / "bench"))


def refuse_constant(text: str) -> NoReturn:
    """NaN and infinities are no JSON, though Google Benchmark writes them."""
    raise ValueError(f"{text} is not JSON")


@dataclass(frozen=True)
class PythonBuild:
    """<build>/benchmarks/python and the interpreter that its module is for."""

    folder: Path
    interpreter: dict[str, Any]

    def run(self, program: Path | str, *flags: str) -> subprocess.CompletedProcess[str]:
        """Run a program by path, or by name one of the build's."""
        path = program if isinstance(program, Path) else self.folder / f"{program}.py"
        return self._start([str(path), *flags])

    def evaluate(self, code: str) -> Any:
        """What `code` printed last, as JSON; the programs and the module can be imported in it."""
        ended = self._start(["-c", code])
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout.splitlines()[-1])

    def rows(self, program: Path | str, out: Path, *flags: str) -> dict[str, dict[str, Any]]:
        """The rows of a run that must succeed, by name."""
        ended = self.run(program, f"--benchmark_out={out}", *flags)
        assert ended.returncode == 0, ended.stderr
        return {row["name"]: row for row in self.document(out)["benchmarks"]}

    def document(self, out: Path) -> dict[str, Any]:
        """The whole JSON, read strictly."""
        return json.loads(out.read_text(), parse_constant=refuse_constant)

    def _start(self, arguments: list[str]) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [self.interpreter["executable"], *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, check=False)


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def build() -> PythonBuild:
    folder = BUILD / "benchmarks" / "python"
    record = folder / "interpreter.json"
    if not record.exists():
        pytest.fail(
            f"{record} is missing: the Python programs are not built. Run `make test`, or configure with "
            "-DUNITCOST_PYTHON=<an interpreter with pybind11 and headers>; UNITCOST_BUILD names another build folder.",
            pytrace=False,
        )
    return PythonBuild(folder, json.loads(record.read_text()))
