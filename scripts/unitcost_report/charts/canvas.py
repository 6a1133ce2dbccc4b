"""The sheet that a figure is drawn on, and the few marks that every kind of figure shares."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from unitcost_report import model
from unitcost_report.charts import scales, theme


@dataclass(frozen=True)
class Canvas:
    """How much room there is, in pixels, and whether title and foot belong into the drawing."""

    width: float
    font_px: float = 12.0
    narrow: bool = False
    titled: bool = False

    @property
    def small_px(self) -> float:
        """Font size of what may be overlooked."""
        return self.font_px - 1


WIDE = Canvas(width=800)
NARROW = Canvas(width=350, narrow=True)
FILE = Canvas(width=800, titled=True)  # for slides and papers: nothing around it explains it


@dataclass(frozen=True)
class Drawing:
    """Layers that share their axes, and how far they reach above and to the left of the plot."""

    layers: list[alt.Chart]
    width: float
    height: float
    above: float
    left: float


def marks_on(rows: Sequence[dict[str, Any]]) -> alt.Chart:
    """A chart on its own rows, which go into the spec. Altair copies lists with all they hold at every step, tuples not."""
    return alt.Chart(alt.InlineData(values=tuple(rows)))


def number_axis(
    channel: type[alt.X] | type[alt.Y], field: str, scale: scales.Range, most: int, *, title: str | None = None
) -> alt.X | alt.Y:
    """A channel on an axis whose labels are ours: 1 540 ns reads 1.5 µs, 49 152 bytes reads 48 KiB."""
    values = scales.ticks(scale, most)
    axis = alt.Axis(values=values, title=title)
    if values:
        # Labels by their place among the ticks; a list of texts in JSON is one in Vega's expression language too.
        texts = json.dumps(scales.tick_labels(values, scale.unit))
        place = f"round(datum.index * {len(values) - 1})"
        axis = alt.Axis(values=values, title=title, labelExpr=f"{texts}[{place}]")
    kind = {"type": "log", "base": scale.base} if scale.log else {"type": "linear"}
    return channel(
        f"{field}:Q", axis=axis, scale=alt.Scale(**kind, domain=[scale.low, scale.high], nice=False, zero=False)
    )


def words(rows: Sequence[dict[str, Any]], canvas: Canvas, **mark: Any) -> alt.Chart:  # noqa: ANN401
    """Texts in field `t`, `\\n` between lines; they are read with the figure's description, not one by one."""
    defaults = {"aria": False, "fontSize": canvas.font_px, "lineBreak": "\n", "color": theme.colour("ink")}
    return marks_on(rows).mark_text(**{**defaults, **mark}).encode(text=alt.Text("t:N"))


def wrapped(text: str, characters: int, lines: int = 3) -> str:
    """The text in lines of at most so many characters; what does not fit ends in an ellipsis."""
    if any(len(word) > characters for word in text.split()):
        return wrapped_name(text, characters, lines)
    found = textwrap.wrap(text, characters, break_long_words=True, max_lines=lines, placeholder=" …")
    return "\n".join(found)


def wrapped_name(name: str, characters: int, lines: int = 3) -> str:
    """A case's name in lines of at most so many characters, broken behind slashes and spaces; what does not fit ends in an
    ellipsis."""
    found = [""]
    for part in re.findall(r"[^/ ]*[/ ]|[^/ ]+", name):
        for start in range(0, len(part), characters):
            piece = part[start : start + characters]
            if len(found[-1]) + len(piece) > characters:
                found.append("")
            found[-1] += piece
    if len(found) > lines:
        found = [*found[: lines - 1], found[lines - 1][: characters - 2] + " …"]
    return "\n".join(line.strip() for line in found)


def foot_lines(foot: str, characters: int) -> list[str]:
    """The line under a figure, broken between its parts where it is too long."""
    lines: list[str] = []
    for part in foot.split(" · "):
        if lines and len(lines[-1]) + len(part) + 3 <= characters:
            lines[-1] += f" · {part}"
        else:
            lines += textwrap.wrap(part, characters) or [part]
    return lines


def direction(axis: model.Axis) -> str:
    """`lower is better`, or nothing."""
    if axis.lower_is_better is None:
        return ""
    return "lower is better" if axis.lower_is_better else "higher is better"


def value_title(axis: model.Axis) -> str:
    """The value axis in words: what, and which way is good."""
    parts = [axis.title or axis.name.replace("_", " "), direction(axis)]
    return " · ".join(part for part in parts if part)
