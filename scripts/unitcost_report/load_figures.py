"""Reads the figures of analysis.json into the model, the ladder and the noise strip among them."""

from __future__ import annotations

import re

from unitcost_report import model
from unitcost_report.reader import Node, clean

# A figure's id becomes a file name and an anchor.
_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")


def text(node: Node) -> model.Text:
    """A text for people: in English, or by language."""
    if isinstance(node.value, str):
        return model.Text({"en": clean(node.value)})
    return model.Text({language: value.text() for language, value in node.items()})


def _axis(node: Node) -> model.Axis:
    better = node.get("lower_is_better")
    return model.Axis(
        name=node.get("name").text(),
        title=node.get("title").text(),
        unit=node.get("unit").text(),
        scale=node.get("scale").text("linear"),
        lower_is_better=None if better.value is None else better.flag(),
    )


def figure(node: Node) -> model.Figure:
    """One element of `figures`."""
    identifier = node.get("id").text(None)
    if not _SAFE_ID.fullmatch(identifier):
        raise node.get("id").fail("letters, digits, '.', '_' and '-' only")
    x = node.get("x")
    return model.Figure(
        id=identifier,
        scenario=node.get("scenario").text(),
        kind=node.get("kind").text(None),
        title=text(node.get("title")),
        question=text(node.get("question")),
        why=text(node.get("why")),
        reading=text(node.get("reading")),
        x=None if x.value is None else _axis(x),
        y=_axis(node.get("y")),
        series=tuple(_series(series) for series in node.get("series").list()),
        bands=tuple(
            model.Band(
                band.get("claim").text(),
                band.get("text").text(),
                band.get("low").number(),
                band.get("high").number(),
            )
            for band in node.get("bands").list()
        ),
        marks=tuple(_mark(mark) for mark in node.get("marks").list()),
        foot=node.get("foot").text(),
    )


def _series(node: Node) -> model.Series:
    label = node.get("label").text()
    return model.Series(
        label=label,
        name=node.get("name").text(label) or label,
        points=tuple(
            model.Point(
                x=point.get("x").number(),
                text=point.get("text").text(),
                y=point.get("y").number(),
                low=point.get("low").number(),
                high=point.get("high").number(),
                n=point.get("n").count(),
            )
            for point in node.get("points").list()
        ),
    )


def _mark(node: Node) -> model.Mark:
    at = node.get("at").number()
    if at is None:
        raise node.get("at").fail("a number")
    return model.Mark(node.get("axis").text("x"), at, node.get("text").text(), node.get("kind").text())


def _row_figure(identifier: str, title: str, reading: str, y: model.Axis, foot: str) -> model.Figure:
    empty = model.Text({})
    return model.Figure(
        id=identifier,
        scenario="",
        kind=identifier,
        title=model.Text({"en": title}),
        question=empty,
        why=empty,
        reading=model.Text({"en": reading}),
        x=None,
        y=y,
        series=(),
        bands=(),
        marks=(),
        foot=foot,
    )


def ladder(node: Node) -> model.Figure | None:
    """The latency ladder; None where it has no rows."""
    if node.value is None:
        return None
    rows = tuple(
        model.LadderRow(
            text=row.get("text").text(),
            value_ns=row.get("value_ns").number(),
            low_ns=row.get("low_ns").number(),
            high_ns=row.get("high_ns").number(),
            n=row.get("n").count(),
            scenario=row.get("scenario").text(),
            key=row.get("key").text(),
            notes_low_ns=row.get("notes_low_ns").number(),
            notes_high_ns=row.get("notes_high_ns").number(),
            notes_text=row.get("notes_text").text(),
            claim=row.get("claim").text(),
            verdict=row.get("verdict").text(),
        )
        for row in node.get("rows").list()
    )
    if not rows:
        return None
    empty = _row_figure(
        "ladder",
        "What this machine charges",
        "Equal distances are equal factors. Dot: measured, with its interval. Open bar: what the notes say.",
        model.Axis("value_ns", "time per operation", "ns", "log", lower_is_better=True),
        node.get("foot").text(),
    )
    return model.Figure(**{**vars(empty), "ladder": rows})


def noise(node: Node) -> model.Figure | None:
    """The noise strip; None where it has no points."""
    if node.value is None:
        return None
    points = tuple(
        model.NoisePoint(
            t_s=point.get("t_s").number() or 0.0,
            reference_ratio=point.get("reference_ratio").number(),
            steal_ticks=point.get("steal_ticks").number(),
            contaminated=point.get("contaminated").flag(),
        )
        for point in node.get("points").list()
    )
    if not points:
        return None
    empty = _row_figure(
        "noise",
        "How quiet the machine was",
        "A fixed piece of work before and after every block, the mean of both against its time at the start. A quiet "
        "machine stays at 1. Time that others took, throttling or a change of CPU contaminates a block as well; "
        "contaminated blocks are repeated while there is time.",
        model.Axis("reference_ratio", "reference against round 0", "ratio", "linear", lower_is_better=True),
        node.get("foot").text(),
    )
    return model.Figure(**{**vars(empty), "noise": points})
