"""Reads what `unitcost gate --json` writes, over runs and over a duel."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from unitcost_report import units
from unitcost_report.comparison import load, load_duel
from unitcost_report.comparison.model import Comparison, Document, Gate
from unitcost_report.comparison.row import Acceptance, Gating, Row
from unitcost_report.reader import Node

_ANSWERS = {"pass": "passed", "fail": "failed", "inconclusive": "inconclusive"}
_WORDS = ("ok", "regression", "accepted", "inconclusive")
_LET_PASS = {word: word for word in ("improvement", "equivalent")}  # the rest of what is ok is "not worse"


def document(root: Node, file: str) -> Document:
    """The whole document, checked."""
    is_duel = root.get("duel").value is not None
    against = tuple(_against(root, node, i, is_duel) for i, node in enumerate(root.get("against").list(), 1))
    if not against:
        raise root.get("against").fail("at least one baseline")
    # A duel that is not fit for a gate is refused before there is a document.
    duel = replace(load_duel.duel(root), gateable=True, not_gateable="") if is_duel else None
    return Document("gate", root.get("id").text(None), root.get("tool").text(), file, against, duel, gate=_gate(root))


def _one_of(node: Node, words: tuple[str, ...]) -> str:
    found = node.text(None)
    if found not in words:
        raise node.fail("one of " + ", ".join(words))
    return found


def _gate(root: Node) -> Gate:
    return Gate(
        word=_ANSWERS[_one_of(root.get("gate"), tuple(_ANSWERS))],
        verdict=root.get("verdict").text().partition(": ")[2],
        lets_open_pass=root.get("on_inconclusive").text() == "pass",
        vary=load.texts(root.get("vary")),
        notes=load.texts(root.get("notes")),
    )


def _against(root: Node, node: Node, number: int, is_duel: bool) -> Comparison:
    most_margin = root.get("rule").get("most_margin").number() if is_duel else None
    read = partial(_duel_row, most_margin=most_margin) if is_duel else _row
    found = load.comparison(node, number, root.get("method").text(), read)
    if is_duel:
        found = replace(found, **load_duel.sides(root.get("duel")))
    unpaired = tuple(row for row in found.rows if not row.counter)
    named = {row.key for row in unpaired}
    return replace(
        found,
        rows=tuple(row for row in found.rows if row.counter),
        unpaired=unpaired,
        not_comparable=tuple(case for case in found.not_comparable if case.key not in named),
    )


def _row(node: Node, anchor: str) -> Row:
    word = _one_of(node.get("gate"), _WORDS)
    has_partner = node.get("outcome").value is not None
    found = load.row(node, anchor) if has_partner else _without_partner(node, anchor)
    margin = ("margin", units.percent(found.margin_ratio)) if has_partner else ("", "")
    numbers = [margin, *found.numbers, *load.probabilities(node, ("holm_p",))]
    return replace(
        found,
        outcome=_LET_PASS.get(found.outcome, "not worse") if word == "ok" else word,
        numbers=tuple((name, text) for name, text in numbers if text),
        visible_ratio=node.get("gate_smallest_visible_ratio").number(),
        gating=Gating(node.get("gates").flag(), _acceptance(node.get("accepted"))),
    )


def _duel_row(node: Node, anchor: str, most_margin: float | None) -> Row:
    found = _row(node, anchor)
    is_too_noisy = most_margin is not None and found.margin_ratio > most_margin and found.outcome == "inconclusive"
    control = node.get("control")
    pairs = node.get("a").get("sessions").count() if found.evidence else 0
    return replace(
        found,
        evidence=f"{pairs} pair{'' if pairs == 1 else 's'}" if pairs else "",
        numbers=tuple((name, text) for name, text in found.numbers if name != "processes"),
        control=None if control.value is None else load.span(control),
        has_band=not is_too_noisy,
    )


def _without_partner(node: Node, anchor: str) -> Row:
    return Row(
        anchor=anchor,
        key=node.get("case").text(None),
        counter="",
        unit="",
        lower_is_better=None,
        a=None,
        b=None,
        found=load.span(node),
        margin_ratio=0.0,
        outcome="inconclusive",
        reason=node.get("reason").text(),
        marked=False,
        evidence="",
    )


def _acceptance(node: Node) -> Acceptance | None:
    if node.value is None:
        return None
    named = {name: node.get(name).text() for name in ("commit", "until", "reason")}
    return Acceptance(**named, at_most_ratio=node.get("at_most_ratio").number())
