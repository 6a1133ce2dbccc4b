"""Reads what `unitcost compare --json` writes. Another schema, a wrong type or an unknown outcome is refused with its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from unitcost_report import model, units
from unitcost_report.comparison.model import Comparison, Document, Session, SharedFact, Side
from unitcost_report.comparison.row import OUTCOMES, Row, Span
from unitcost_report.reader import Node

_HOLM = "p, adjusted by Holm"
_PROBABILITIES = {"p": "p", "q": "p, adjusted by Benjamini and Hochberg", "p_holm": _HOLM, "holm_p": _HOLM}


def document(root: Node, file: str) -> Document:
    """The whole document, checked."""
    method = root.get("method").text()
    found = tuple(comparison(node, i, method) for i, node in enumerate(root.get("comparisons").list(), 1))
    if not found:
        raise root.get("comparisons").fail("at least one comparison")
    return Document("comparison", root.get("id").text(None), root.get("tool").text(), file, found)


def outcome(node: Node) -> str:
    """One of the outcomes that are known."""
    found = node.text(None)
    if found not in OUTCOMES:
        raise node.fail("one of " + ", ".join(OUTCOMES))
    return found


def span(node: Node) -> Span:
    """`ratio` and `interval` of a row."""
    return Span(node.get("ratio").number(), *node.get("interval").interval())


def missing(node: Node, key: str) -> model.Missing:
    """A case that is not compared, and why."""
    return model.Missing(node.get(key).text(), "", "", node.get("reason").text(), 0)


def probabilities(node: Node, keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """Those of the row that are known, under their names."""
    found = [(_PROBABILITIES[key], node.get(key).number()) for key in keys]
    return [(name, units.number(value)) for name, value in found if value is not None]


def texts(node: Node) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(element.text() for element in node.list())


def _session(node: Node) -> Session:
    names = ("source", "name", "id", "machine_id", "label", "commit", "started_utc", "profile", "line")
    return Session(**{name: node.get(name).text() for name in names})


def _side(node: Node) -> Side:
    return Side(node.get("name").text(), tuple(_session(session) for session in node.get("sessions").list()))


def _fact(node: Node) -> SharedFact:
    declared = node.get("declared_by").text()
    return SharedFact(
        node.get("name").text(), node.get("kind").text(), texts(node.get("a")), texts(node.get("b")), declared
    )


def _agreed(node: Node) -> SharedFact:
    value = (node.get("value").text(),)
    return SharedFact(node.get("name").text(), node.get("kind").text(), value, value, "")


def comparison(node: Node, number: int, method: str, read_row: Callable[[Node, str], Row] | None = None) -> Comparison:
    """Two sides and their rows; `read_row` reads those of a document that says more of them."""
    read = read_row or row
    a, b = _side(node.get("a")), _side(node.get("b"))
    sources = {session.source for side in (a, b) for session in side.sessions}
    foreign = bool(sources) and "run" not in sources  # the sides of a duel have no sessions
    rows = (read(one, f"case-{number}-{i}") for i, one in enumerate(node.get("rows").list(), 1))
    return Comparison(
        a=a,
        b=b,
        differing=tuple(_fact(fact) for fact in node.get("facts").list()),
        agreeing=tuple(_agreed(fact) for fact in node.get("facts_that_agree").list()),
        warnings=texts(node.get("warnings")),
        rows=tuple(replace(one, foreign=foreign) for one in rows),
        not_comparable=tuple(missing(one, "case") for one in node.get("not_comparable").list()),
        method=method,
        foot=node.get("foot").text(),
    )


def row(node: Node, anchor: str) -> Row:
    """A case and one counter of it."""
    better = node.get("lower_is_better")
    a, b = node.get("a"), node.get("b")
    sessions = [side.get("sessions").count() for side in (a, b)]
    processes = [side.get("processes").count() for side in (a, b)]
    needed = node.get("sessions_needed")
    numbers = [("processes", f"{processes[0]} and {processes[1]}")]
    numbers += probabilities(node, ("p", "q"))
    return Row(
        anchor=anchor,
        key=node.get("case").text(None),
        counter=node.get("counter").text(),
        unit=node.get("unit").text(),
        lower_is_better=None if better.value is None else better.flag(),
        a=a.get("value").number(),
        b=b.get("value").number(),
        found=span(node),
        margin_ratio=node.get("margin_ratio").number() or 0.0,
        outcome=outcome(node.get("outcome")),
        reason=node.get("reason").text(),
        marked=node.get("marked").flag(),
        evidence=_sessions(*sessions),
        numbers=tuple(numbers),
        visible_ratio=node.get("smallest_visible_ratio").number(),
        more=None if needed.value is None else needed.count(),
    )


def _sessions(a: int, b: int) -> str:
    if a == b:
        return f"{a} session{'' if a == 1 else 's'} a side"
    return f"{a} and {b} sessions"
