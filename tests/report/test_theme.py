"""Colours: readable in both themes, and exchanged without a rest."""

from __future__ import annotations

import itertools

import pytest
from unitcost_report.charts import theme

DECORATION = {"surface", "grid", "axis"}  # gridlines may be faint: nothing is read from them
TEXTS = {"ink", "muted", "notes", "alarm"}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("side", ["light", "dark"])
def test_marks_and_texts_stand_out(side: str) -> None:
    colours = {token.name: getattr(token, side) for token in theme.TOKENS}
    page = {"light": "#f5f6f8", "dark": "#101317"}[side]  # page.html.j2
    for name, colour in colours.items():
        if name in DECORATION:
            continue
        least = 4.5 if name in TEXTS else 3.0
        for ground in (colours["surface"], page):
            assert contrast(colour, ground) >= least, (name, side)


def test_tokens_can_be_told_apart() -> None:
    for side in ("light", "dark"):
        colours = [getattr(token, side) for token in theme.TOKENS]
        assert len(set(colours)) == len(colours)


def test_series_differ_without_colour() -> None:
    looks = list(itertools.zip_longest(theme.SHAPES, map(tuple, theme.DASHES), theme.SERIES_COLOURS))
    assert len({look[0] for look in looks}) == len(looks) == len({look[1] for look in looks})


def test_a_drawing_changes_its_theme() -> None:
    drawing = '<path fill="#0072b2" stroke="none"/>'
    assert theme.to_dark(drawing) == '<path fill="#5db4ec" stroke="none"/>'
    assert theme.to_variables(drawing) == '<path fill="var(--series-1)" stroke="none"/>'


def test_a_colour_outside_the_theme_is_an_error() -> None:
    with pytest.raises(ValueError, match="#123456"):
        theme.to_dark('<path fill="#123456"/>')
