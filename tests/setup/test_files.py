"""The files that set-up is made of agree with each other."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = {"build", "measure", "python", "test", "page", "lint"}
LISTS = sorted(path for path in (ROOT / "scripts/packages").iterdir() if path.suffix != ".md")


def words(path: Path) -> list[list[str]]:
    return [line.split() for line in path.read_text().splitlines() if line and not line.startswith("#")]


def locked() -> dict[str, list[str]]:
    """Name -> hashes of each locked package."""
    entries = re.findall(r"^([a-z0-9._-]+)==\S+((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", LOCK.read_text(), re.M)
    return {name: hashes.split("--hash=")[1:] for name, hashes in entries}


LOCK = ROOT / "scripts/requirements.lock"


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_line_names_a_known_part_once(path):
    lines = words(path)
    assert {line[0] for line in lines} == PARTS - ({"page"} if path.name == "libraries" else set())
    keys = [line[2] if path.name == "libraries" else line[1] for line in lines]
    assert len(keys) == len(set(keys))


def test_the_distributions_differ_in_nothing_but_what_is_named_here():
    def packages(name):
        return {line[1] for line in words(ROOT / "scripts/packages" / name)}

    default_boost = {"libboost-dev", "libboost-json-dev"}
    newer_boost = {"libboost1.81-dev", "libboost-json1.81-dev"}
    assert packages("debian-12") ^ packages("debian-13") == default_boost | newer_boost
    assert packages("debian-13") ^ packages("ubuntu-24.04") == {"chromium", "by-hand"}


def test_what_cmake_looks_for_has_a_row_for_other_distributions():
    found = re.findall(r"find_package\((\w+)", (ROOT / "cmake/UnitcostDependencies.cmake").read_text())
    rows = {line[2].lower() for line in words(ROOT / "scripts/packages/libraries")}
    other_names = {"benchmark": "googlebenchmark", "tomlplusplus": "toml++", "pkgconfig": "pkg-config"}
    missing = {name for name in found if other_names.get(name.lower(), name.lower()) not in rows}
    assert missing <= {"Python", "Threads"}


def test_every_locked_package_has_hashes():
    lines = [line for line in LOCK.read_text().splitlines() if re.match(r"[a-z0-9]", line)]
    assert len(lines) == len(locked())
    assert all(locked().values())


def test_the_lock_holds_what_is_asked_for():
    asked = {re.split(r"[<>=~!]", line[0])[0] for line in words(ROOT / "scripts/requirements.in")}
    assert asked
    assert asked <= locked().keys()


def test_the_lock_names_no_place_to_load_from():
    assert not re.search(r"https?:|^--|@ |file:", LOCK.read_text(), re.M)


def test_make_lists_every_target():
    text = (ROOT / "Makefile").read_text()
    (phony,) = re.findall(r"^\.PHONY: (.*)$", text, re.M)
    listed = subprocess.run(["make", "-s", "-C", str(ROOT), "help"], capture_output=True, text=True, check=True).stdout
    assert [f"make {name}" for name in phony.split()] == re.findall(r"^(make \S+?):? ", listed, re.M)
