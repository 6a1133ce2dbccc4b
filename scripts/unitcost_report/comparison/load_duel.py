"""Reads duel-analysis.json, of a duel and of a pilot."""

from __future__ import annotations

from typing import Any

from unitcost_report import units
from unitcost_report.comparison import words
from unitcost_report.comparison.load import missing, outcome, probabilities, span, texts
from unitcost_report.comparison.model import Comparison, Document, Duel, Need, PilotCase, SharedFact, Side
from unitcost_report.comparison.row import Row
from unitcost_report.load import facts
from unitcost_report.reader import Node

KINDS = ("duel", "pilot")


def document(root: Node, file: str) -> Document:
    """The whole document, checked."""
    kind = root.get("kind").text(None)
    if kind not in KINDS:
        raise root.get("kind").fail("one of " + ", ".join(KINDS))
    cases = list(root.get("cases").list())
    is_pilot = kind == "pilot"
    return Document(
        kind=kind,
        id=root.get("id").text(None),
        tool=root.get("tool").text(),
        file=file,
        comparisons=(_comparison(root, [] if is_pilot else cases),),
        duel=duel(root, [case.get("n").count() for case in cases]),
        pilot=tuple(_pilot_case(case, f"case-{i}") for i, case in enumerate(cases, 1)) if is_pilot else (),
    )


def _side(node: Node) -> Side:
    about = [(name, value.value) for name, value in node.items() if name not in ("name", "digests")]
    return Side(
        name=node.get("name").text(),
        digests=tuple((program, digest.text()) for program, digest in node.get("digests").items()),
        about=tuple((name.replace("_", " "), text) for name, text in about if isinstance(text, str) and text),
    )


def sides(node: Node) -> dict[str, Any]:
    """Both sides of a duel, and the programs in which they differ and agree, as a comparison has them."""
    a, b = _side(node.get("a")), _side(node.get("b"))
    programs = dict.fromkeys(program for side in (a, b) for program, _ in side.digests)
    of_a, of_b = dict(a.digests), dict(b.digests)
    shared = [SharedFact(p, "program", (of_a.get(p, ""),), (of_b.get(p, ""),), "code") for p in programs]
    return {
        "a": a,
        "b": b,
        "differing": tuple(fact for fact in shared if fact.a != fact.b),
        "agreeing": tuple(fact for fact in shared if fact.a == fact.b),
    }


def _comparison(root: Node, cases: list[Node]) -> Comparison:
    node = root.get("duel")
    most = root.get("rule").get("most_margin").number()
    return Comparison(
        **sides(node),
        warnings=texts(node.get("warnings")),
        rows=tuple(_row(case, f"case-1-{i}", most) for i, case in enumerate(cases, 1)),
        not_comparable=tuple(missing(row, "key") for row in root.get("not_compared").list()),
        method=root.get("method").text(),
        foot=node.get("foot").text(),
    )


def duel(root: Node, pairs: list[int] | None = None) -> Duel:
    """What is known of a duel beside its rows; `root` is its analysis, `pairs` how many each case has, where it may have fewer
    than planned."""
    node = root.get("duel")
    counts = ("seed", "pairs", "pairs_run", "contaminated", "failed")
    names = ("machine_id", "label", "status", "started_utc", "ended_utc", "profile", "line")
    measured = [node.get("pairs").count()] if pairs is None else pairs or [0]
    return Duel(
        least_pairs=min(measured),
        most_pairs=max(measured),
        id=node.get("id").text(None),
        wall_s=node.get("wall_s").number(),
        only=texts(node.get("only")),
        layout=node.get("layout").text("not tested"),
        least_margin=root.get("rule").get("least_margin").number(),
        machine=facts(node.get("machine")),
        build=facts(node.get("build")),
        gateable=root.get("gateable").flag(),
        not_gateable=root.get("not_gateable").text(),
        controls_fired=texts(root.get("controls_fired")),
        only_in_a=texts(root.get("only_in_a")),
        only_in_b=texts(root.get("only_in_b")),
        **{name: node.get(name).text() for name in names},
        **{name: node.get(name).count() for name in counts},
    )


def _row(node: Node, anchor: str, most_margin: float | None) -> Row:
    control = node.get("control")
    n, coverage = node.get("n").count(), node.get("coverage").number()
    visible = node.get("visible").number()
    margin = node.get("margin").number() or 0.0
    more = node.get("more_pairs")
    spread = node.get("pooled_sd").number()
    numbers = [
        ("interval", "" if coverage is None else f"{units.percent(coverage)}"),
        ("pair spread", units.percent(spread)),
        ("margin", units.percent(margin)),
        *probabilities(node, ("p", "q", "p_holm")),
        ("contaminated", str(node.get("contaminated").count() or "")),
        ("remark", "interval widened: neighbouring pairs are correlated" if node.get("widened").flag() else ""),
        *_link_orders(node.get("link_orders")),
        ("pairing", "" if node.get("token").flag() else "whole processes in turn: the program knows no token"),
    ]
    return Row(
        anchor=anchor,
        key=node.get("key").text(None),
        counter=node.get("counter").text(),
        unit=node.get("unit").text(),
        lower_is_better=True,
        a=node.get("a").number(),
        b=node.get("b").number(),
        found=span(node),
        margin_ratio=margin,
        outcome=outcome(node.get("outcome")),
        reason=node.get("reason").text(),
        marked=node.get("marked").flag(),
        evidence=f"{n} pair{'' if n == 1 else 's'}",
        numbers=tuple((name, text) for name, text in numbers if text),
        visible_ratio=None if visible is None else 1 + visible,
        more=None if more.value is None else more.count(),
        more_s=node.get("more_s").number(),
        control=None if control.value is None else span(control),
        control_fired=node.get("control_fired").flag(),
        has_band=most_margin is None or margin <= most_margin,
    )


def _link_orders(node: Node) -> list[tuple[str, str]]:
    """What layout alone does to a case, where it was tested."""
    if node.value is None:
        return []
    spread = node.get("sd").number()
    found = [("spread of link orders", "" if spread is None else units.percent(spread))]
    between = span(node)
    return [*found, ("slowest against fastest order", "" if between.ratio is None else words.span(between))]


def _pilot_case(node: Node, anchor: str) -> PilotCase:
    return PilotCase(
        anchor=anchor,
        key=node.get("key").text(None),
        counter=node.get("counter").text(),
        unit=node.get("unit").text(),
        a=node.get("a").number(),
        sd=node.get("sd").number(),
        found=span(node),
        n=node.get("n").count(),
        pair_s=node.get("pair_s").number(),
        numbers=tuple((name, text) for name, text in _link_orders(node.get("link_orders")) if text),
        needs=tuple(_need(need) for need in node.get("needs").list()),
    )


def _need(node: Node) -> Need:
    pairs = node.get("pairs")
    return Need(
        effect=node.get("effect").number() or 0.0,
        pairs=None if pairs.value is None else pairs.count(),
        seconds=node.get("seconds").number(),
    )
