"""The ledger's order: variants of a claim together, and claims that contradict each other beside each other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from unitcost_report import model, units

_LEFT_OUT = "not measured in this run"


@dataclass(frozen=True)
class Entry:
    """A claim with all its variants."""

    id: str
    anchor: str
    verdict: str
    tally: str  # how many variants have which verdict, where they differ
    remarks: tuple[tuple[str, tuple[str, ...]], ...]  # what holds and what does not, where that is mixed
    rows: tuple[model.Claim, ...]


@dataclass(frozen=True)
class Group:
    """Entries that stand together; more than one where they contradict each other."""

    entries: tuple[Entry, ...]

    @property
    def contradicts(self) -> bool:
        """Whether these claims cannot all be true."""
        return len(self.entries) > 1


def anchor(claim_id: str) -> str:
    """The place of a claim in the page."""
    return "claim-" + re.sub(r"[^A-Za-z0-9]+", "-", claim_id)


def groups(analysis: model.Analysis) -> list[Group]:
    """Every claim once, in the analysis' order but for those that a contradiction brings together."""
    entries = {entry.id: entry for entry in (_entry(analysis, one) for one in _summaries(analysis))}
    placed: set[str] = set()
    found = []
    for claim_id in entries:
        if claim_id in placed:
            continue
        together = _contradicting(claim_id, entries)
        placed.update(together)
        found.append(Group(tuple(entries[one] for one in together)))
    return found


def counts(analysis: model.Analysis) -> list[tuple[str, int]]:
    """How many claims got each verdict, those without any left out."""
    verdicts = [summary.verdict for summary in _summaries(analysis)]
    return [(verdict, verdicts.count(verdict)) for verdict in model.VERDICTS if verdict in verdicts]


def row_counts(analysis: model.Analysis) -> list[tuple[str, int]]:
    """How many rows of the ledger have each verdict, those without any left out."""
    verdicts = [claim.verdict for claim in analysis.claims]
    return [(verdict, verdicts.count(verdict)) for verdict in model.VERDICTS if verdict in verdicts]


def open_claims(analysis: model.Analysis) -> list[tuple[str, list[model.Claim]]]:
    """The claims without an answer: those that the machine cannot tell, and those whose cases the run left out."""
    left_out = [claim for claim in analysis.claims if claim.left_out]
    cannot = [claim for claim in analysis.claims if claim.verdict == "not measurable" and not claim.left_out]
    is_whole = analysis.run.status == "complete"
    title = "Claims that cannot be judged on this machine" if is_whole else "Claims that are not judged so far"
    found = [(title, cannot), ("Left out of this run", left_out)]
    return [(title, claims) for title, claims in found if claims]


def size_axes(analysis: model.Analysis) -> set[tuple[str, str]]:
    """Scenario and name of the swept parameters that are sizes, as the figures have them."""
    return {(one.scenario, one.x.name) for one in analysis.figures if one.x and one.x.unit == "bytes"}


def parts_in_words(claim: model.Claim, sizes: set[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """For a claim judged at several values of a parameter: place, value with interval, and verdict of each."""
    found = []
    for part in claim.parts:
        where = [units.axis_value(n, v, size=(claim.scenario, n) in sizes) for n, v in part.at.items()]
        found.append((" and ".join(where), units.estimate(part.value, *part.interval, claim.unit), part.verdict))
    return found


def range_of_parts(claim: model.Claim) -> str:
    """From the least to the largest value of such a claim."""
    values = [part.value for part in claim.parts if part.value is not None]
    if not values:
        return units.DASH
    ends = [units.quantity(end, claim.unit) for end in (min(values), max(values))]
    return " to ".join(dict.fromkeys(ends))


def _summaries(analysis: model.Analysis) -> list[model.ClaimSummary]:
    """The summaries; a claim that has none stands for itself."""
    known = {summary.id for summary in analysis.summary}
    rows = {claim.id: claim for claim in reversed(analysis.claims) if claim.id not in known}
    alone = [model.ClaimSummary(c.id, c.verdict, (c.variant,), (), ()) for c in reversed(rows.values())]
    return [*analysis.summary, *alone]


def _entry(analysis: model.Analysis, summary: model.ClaimSummary) -> Entry:
    rows = tuple(claim for claim in analysis.claims if claim.id == summary.id)
    remarks = (("holds for", summary.holds_for), ("refuted for", summary.refuted_for))
    if len(rows) < 2 or summary.verdict != "holds in part":
        remarks = ()
    named = tuple(remark for remark in remarks if remark[1])
    return Entry(summary.id, anchor(summary.id), summary.verdict, _tally(rows), named, rows)


def _tally(rows: tuple[model.Claim, ...]) -> str:
    """`1 of 4 variants holds, 3 not measured in this run`; empty where all have one verdict."""
    words = [_LEFT_OUT if _is_unmeasured(claim) else claim.verdict for claim in rows]
    found = [(word, words.count(word)) for word in (*model.VERDICTS, _LEFT_OUT) if word in words]
    if len(found) < 2:
        return ""
    (word, n), *others = found
    said = word if n == 1 or not word.startswith("holds") else word.replace("holds", "hold", 1)
    return ", ".join([f"{n} of {len(rows)} variants {said}", *(f"{n} {word}" for word, n in others)])


def _is_unmeasured(claim: model.Claim) -> bool:
    return claim.left_out and claim.verdict == "not measurable"


def _contradicting(claim_id: str, entries: dict[str, Entry]) -> list[str]:
    """The claim and those that it contradicts, directly or in a chain, in the ledger's order."""
    together, waiting = {claim_id}, [claim_id]
    while waiting:
        one = waiting.pop()
        named = {other for row in entries[one].rows for other in row.conflicts}
        named |= {other for other, entry in entries.items() if any(one in row.conflicts for row in entry.rows)}
        new = {other for other in named if other in entries} - together
        together |= new
        waiting += sorted(new)
    return [other for other in entries if other in together]
