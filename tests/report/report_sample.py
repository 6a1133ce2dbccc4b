"""A made-up analysis.json with every kind of figure, verdict and gap that the renderer has to draw.

Nothing in it was measured. `build()` gives the same document every time; `python report_sample.py DIR` writes it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sample_claims import claim_summary, claims, hierarchy, ladder
from sample_figures import (
    interpreter_figures,
    memory_figures,
    process_figures,
    python_figures,
    sync_figures,
    syscall_figures,
)
from sample_parts import Json, axis, point, series
from sample_run import estimates, noise, run_facts

__all__ = ["Json", "axis", "build", "point", "series", "small", "write"]


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
