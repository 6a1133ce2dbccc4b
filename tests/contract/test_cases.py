"""Scenarios and programs name the same cases: what one asks for, the other has, and nothing is there that nobody asks for."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Build, Case


def test_every_scenario_asks_for_cases(cases: list[Case]) -> None:
    assert cases


def test_every_program_is_asked(every_program: set[str], names_by_program: dict[str, set[str]]) -> None:
    assert every_program == set(names_by_program)


def test_every_case_that_a_scenario_asks_for_is_in_its_program(build: Build, cases: list[Case]) -> None:
    missing = []
    for case in cases:
        names = build.listed(case.program)
        if case.name in names:
            continue
        near = difflib.get_close_matches(case.name, names, n=1)
        missing.append(f"{case.scenario} [{case.label}]: {case.program} has no '{case.name}'; nearest: {near}")
    assert not missing, "\n".join(missing)


def features(name: str) -> set[str]:
    """What a row does and its axes with their words: "walk", "order:random". A number stands for every number of its axis."""
    return {part if not part.rpartition(":")[2].isdigit() else part.rpartition(":")[0] for part in name.split("/")}


def test_nothing_that_a_program_can_do_is_left_unasked(build: Build, names_by_program: dict[str, set[str]]) -> None:
    # A program offers the whole grid of its axes, and a scenario asks for some points of it. But a row, an axis or a word that no
    # scenario uses even in its densest expansion would never be measured.
    idle = []
    for program, asked in names_by_program.items():
        known = set().union(*map(features, asked))
        idle += [
            f"{program}: no scenario asks for anything with {sorted(features(name) - known)}: '{name}'"
            for name in build.listed(program)
            if not features(name) <= known
        ]
    assert not idle, "\n".join(idle)


def test_no_program_lists_a_case_twice(build: Build, names_by_program: dict[str, set[str]]) -> None:
    for program in names_by_program:
        names = build.listed(program)
        assert len(names) == len(set(names)), program
