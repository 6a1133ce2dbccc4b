"""What a page says of a gate: why it ended so, which cases gate, which changes were accepted, what crept since the release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from unitcost_report.comparison.model import Comparison, Document, Gate
from unitcost_report.comparison.row import Row

_MOST_NAMED = 8
_MOST_CREPT = 20


@dataclass(frozen=True)
class Named:
    """A case and the baseline that it was judged against."""

    row: Row
    baseline: str


@dataclass(frozen=True)
class Crept:
    """A case that is not fine against a further baseline."""

    row: Row
    last: Row | None  # the same against the first baseline
    has_crept: bool  # beyond the margin here, and not there


@dataclass(frozen=True)
class Creep:
    """A further baseline, as the last release: what many small steps add up to."""

    baseline: str
    first: str
    crept: int
    rows: list[Crept]
    not_named: int


@dataclass(frozen=True)
class Answer:
    """What stands at the top of the page of a gate."""

    why: str
    deciding: list[Named]
    not_named: int
    gating: str
    idle: list[Named]
    accepted: list[Named]
    creeps: list[Creep]


def answer(document: Document) -> Answer:
    """Everything that the page says about the gate before the comparisons themselves."""
    every = [Named(row, one.a.name) for one in document.comparisons for row in one.judged]
    failing = [one for one in every if one.row.outcome == "regression"]
    deciding = failing or [one for one in every if one.row.outcome == "inconclusive"]
    idle = [one for one in every if not _gates(one.row)]
    first, *further = document.comparisons
    return Answer(
        why=why(document.gate, [one.row for one in every]),
        deciding=deciding[:_MOST_NAMED],
        not_named=max(0, len(deciding) - _MOST_NAMED),
        gating=gating(len(every), len(idle)),
        idle=idle,
        accepted=[one for one in every if one.row.gating and one.row.gating.accepted],
        creeps=[_creep(first, one) for one in further],
    )


def why(gate: Gate, rows: Sequence[Row]) -> str:
    """The rule that made the gate end as it did, in one sentence."""
    of = {word: sum(row.outcome == word for row in rows) for word in ("regression", "accepted", "inconclusive")}
    if gate.word == "failed":
        what = "1 case is" if of["regression"] == 1 else f"{of['regression']} cases are"
        return f"{what} worse by more than the margin with the whole interval, and beyond chance among so many cases."
    open_cases = f"{of['inconclusive']} case{'' if of['inconclusive'] == 1 else 's'}"
    if gate.word == "inconclusive":
        return f"No case is shown to be worse by more than its margin, but {open_cases} may be."
    accepted = f"Apart from {of['accepted']} accepted, no" if of["accepted"] else "No"
    if not of["inconclusive"]:
        return f"{accepted} case can be worse by more than its margin, as far as the intervals tell."
    if gate.lets_open_pass:
        let_pass = f"That {open_cases} may be was let pass, as --on-inconclusive asks."
        return f"{accepted} case is shown to be worse by more than its margin. {let_pass}"
    return f"{accepted} case is shown to be worse by more than its margin."


def gating(every: int, idle: int) -> str:
    """How many cases could have failed the gate."""
    if not idle:
        return "It gates." if every == 1 else f"All {every} cases gate."
    return f"{every - idle or 'None'} of {every} cases gate{'s' if every - idle == 1 else ''}; {idle} cannot fail the gate:"


def _gates(row: Row) -> bool:
    return row.gating is not None and row.gating.gates


def _creep(first: Comparison, further: Comparison) -> Creep:
    last = {(row.key, row.counter): row for row in first.judged}
    found = []
    for row in further.judged:
        if row.outcome not in ("regression", "accepted", "inconclusive"):
            continue
        before = last.get((row.key, row.counter))
        crept = row.outcome != "inconclusive" and (before is None or before.outcome not in ("regression", "accepted"))
        found.append(Crept(row, before, crept))
    found.sort(key=lambda one: not one.has_crept)
    return Creep(
        baseline=further.a.name,
        first=first.a.name,
        crept=sum(one.has_crept for one in found),
        rows=found[:_MOST_CREPT],
        not_named=max(0, len(found) - _MOST_CREPT),
    )
