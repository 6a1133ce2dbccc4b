"""Pages of comparisons, made as a user makes them: the built `unitcost` judges folders that nobody measured and calls the renderer."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("UNITCOST_BUILD", REPOSITORY / "build" / "bench"))


def unitcost(
    results: Path, *arguments: str | Path, program: Path = BUILD / "unitcost", folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs the program with a results folder and a reports folder of its own."""
    if not program.is_file():
        pytest.fail(f"{program} is not there; run `make test`, or set UNITCOST_BUILD")
    own = {"UNITCOST_RESULTS": str(results), "UNITCOST_REPORTS": str(results.parent / "reports")}
    command = [str(program), *map(str, arguments)]
    return subprocess.run(
        command, env={**os.environ, **own}, cwd=folder, capture_output=True, text=True, timeout=240, check=False
    )


@dataclass(frozen=True)
class Page:
    """A folder with a document, its page and its figures."""

    folder: Path
    name: str
    said: str

    @property
    def path(self) -> Path:
        return self.folder / self.name

    @property
    def document(self) -> dict[str, Any]:
        return json.loads(self.path.read_text(encoding="utf-8"))

    @property
    def html(self) -> str:
        return (self.folder / "index.html").read_text(encoding="utf-8")


def page(folder: Path, name: str, ended: subprocess.CompletedProcess[str], status: int = 0) -> Page:
    """What a command wrote into `folder`; it must have ended so."""
    assert ended.returncode == status, ended.stderr
    return Page(folder, name, ended.stdout)
