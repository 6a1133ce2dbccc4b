"""One name, one type: two types of one name in one program are undefined, and no compiler says so."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PROGRAMS = {
    "the harness": ["harness"],
    "a benchmark program": ["benchmarks/kernels", "benchmarks/support"],
}


def types_of(path: Path) -> list[str]:
    """Types with external linkage that a file defines at the left margin, with their namespaces."""
    found, namespaces = [], []
    for line in path.read_text().splitlines():
        if opened := re.match(r"namespace( [\w:]+)? \{", line):
            namespaces.append((opened[1] or " unnamed").strip())
        elif line.startswith("}  // namespace"):
            namespaces.pop()
        elif (named := re.match(r"(?:struct|class|enum class) (\w+)[^;]*\{", line)) and "unnamed" not in namespaces:
            found.append("::".join([*namespaces, named[1]]))
    return found


@pytest.mark.parametrize("folders", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_no_two_types_share_a_name(folders):
    places = defaultdict(set)
    for folder in folders:
        for path in (REPOSITORY / folder).rglob("*.[ch]pp"):
            for name in types_of(path):
                places[name].add(str(path.relative_to(REPOSITORY)))
    assert len(places) > 20
    assert {name: sorted(files) for name, files in places.items() if len(files) > 1} == {}
