"""Nothing in the repository says where or by whom it was made, and no file grows beyond one purpose."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Written in pieces, so that this file does not contain what it forbids.
FORBIDDEN = {
    "a home folder": re.compile(r"/(?:home|Users)/(?!user\b|you\b|ana\b)[a-z][\w.-]*|/ro" + r"ot/\w"),
    "a folder of one machine": re.compile(r"/wo" + r"rk/(?:main|shared)"),
    "a package host": re.compile(
        r"deb\.deb" + r"ian\.org|archive\.ubu" + r"ntu\.com|pypi\.o" + r"rg|pythonhos" + r"ted\.org"
    ),
}
LINES_MAX = 350


def tracked(*patterns: str) -> list[Path]:
    """Files that are, or would be, in a commit; without git (a source archive) nothing can be said."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout, or git does not trust its owner: git config safe.directory")
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str | None:
    data = path.read_bytes()
    return None if b"\0" in data else data.decode("utf-8", errors="replace")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what):
    pattern = FORBIDDEN[what]
    found = []
    for path in tracked():
        for number, line in enumerate((text_of(path) or "").splitlines(), 1):
            if match := pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {match.group()}")
    assert found == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a home folder", "/ho" + "me/maria/unitcost"),
        ("a home folder", "cd /ro" + "ot/src"),
        ("a folder of one machine", "/wo" + "rk/main/Makefile"),
        ("a package host", "https://pypi.o" + "rg/simple"),
    ],
)
def test_the_patterns_find_what_they_forbid(what, line):
    assert FORBIDDEN[what].search(line)


def test_no_source_file_has_a_second_purpose():
    files = tracked("*.cpp", "*.hpp", "*.py", "*.cmake", "*.sh")
    assert files
    long = {str(path.relative_to(ROOT)): len((text_of(path) or "").splitlines()) for path in files}
    # A golden document in code is data: it has one purpose at any length.
    assert {name: count for name, count in long.items() if count > LINES_MAX and "sample" not in name} == {}


def test_texts_are_utf8_and_end_in_a_newline():
    wrong = []
    for path in tracked("*.cpp", "*.hpp", "*.py", "*.toml", "*.md", "*.cmake", "*.sh", "Makefile", "scripts/*"):
        data = path.read_bytes()
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            wrong.append(str(path.relative_to(ROOT)))
        if data and not data.endswith(b"\n"):
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []
