"""clang-tidy over every source of a compilation database, those that changed last first, until all are read or the time is up.

A file costs ten seconds and more, most of them spent on the headers of libraries, so on a slow machine the whole tree takes most
of an hour. What changed last is where a new mistake is. With --minutes no file is begun later than that, and how many were left
is said.
Exit status: 0 nothing found, 1 findings, 2 bad usage.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Outcome:
    """Of one file."""

    source: Path
    begun: bool
    findings: str  # empty: none


def sources_of(build: Path, repository: Path) -> list[Path]:
    """Of the database, relative to the repository; what a build generated is none of ours."""
    database = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    files = {Path(entry["directory"], entry["file"]).resolve() for entry in database}
    inside = [file.relative_to(repository) for file in files if file.is_relative_to(repository)]
    return sorted(file for file in inside if not (repository / file).is_relative_to(build))


def newest_first(sources: list[Path], changed: list[str]) -> list[Path]:
    """`changed`: paths as git names them, the latest first, some repeatedly. What git does not know comes first: it is new."""
    rank: dict[Path, int] = {}
    for position, name in enumerate(changed):
        rank.setdefault(Path(name), position)
    return sorted(sources, key=lambda source: rank.get(source, -1))


def changes(repository: Path) -> list[str]:
    """Uncommitted changes, then those of every commit, the latest first. Empty outside a checkout."""
    names: list[str] = []
    for command in (["git", "diff", "--name-only", "HEAD"], ["git", "log", "--name-only", "--pretty=format:"]):
        ended = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
        names += [line for line in ended.stdout.splitlines() if line]
    return names


def lint(source: Path, build: Path, repository: Path, deadline_s: float) -> Outcome:
    """One file, unless it is too late to begin it."""
    if time.monotonic() >= deadline_s:
        return Outcome(source, begun=False, findings="")
    command = ["clang-tidy", "-quiet", "-p", str(build), str(source)]
    ended = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    text = ended.stdout if ended.stdout.strip() else ended.stderr
    return Outcome(source, begun=True, findings=text if ended.returncode != 0 else "")


def main() -> int:
    """Reads the command line; prints findings to standard output and the count to standard error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("build", type=Path, help="folder with compile_commands.json")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="begin no file later than this")
    arguments = parser.parse_args()
    repository = Path(__file__).resolve().parents[1]
    build = arguments.build.resolve()
    if not (build / "compile_commands.json").is_file():
        parser.error(f"{arguments.build}: there is no compile_commands.json; cmake --preset check writes it")

    deadline_s = time.monotonic() + 60.0 * arguments.minutes
    sources = newest_first(sources_of(build, repository), changes(repository))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outcomes = list(pool.map(lambda source: lint(source, build, repository, deadline_s), sources))
    for outcome in outcomes:
        if outcome.findings:
            print(outcome.findings)
    begun = sum(outcome.begun for outcome in outcomes)
    left = (
        f"; {len(outcomes) - begun}, which changed longest ago, were left for want of time"
        if begun < len(outcomes)
        else ""
    )
    print(f"clang-tidy read {begun} of {len(outcomes)} files{left}", file=sys.stderr)
    return 1 if any(outcome.findings for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
