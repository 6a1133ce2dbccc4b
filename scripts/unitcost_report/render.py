"""From a spec to SVG and PNG, without browser or network, and from SVG to what a page can hold."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

from unitcost_report.charts import theme

_VEGA_LITE = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
_PNG_SCALE = 2.0  # for slides and dense screens
_OPEN_TAG = re.compile(r"<svg\b[^>]*>")
_VIEW_BOX = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_DECIMALS = re.compile(r"(\.\d\d)\d+")
_MARK_ROLE = re.compile(r' role="graphics-(?:symbol|object)"| aria-roledescription="[^"]*"')
_IDENTIFIER = re.compile(r'(\bid="|url\(#|href="#)')


def svg(spec: dict[str, Any]) -> str:
    """The drawing of a Vega-Lite spec, in the light colours."""
    return vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE)


def png(drawing: str) -> bytes:
    """The same drawing in pixels."""
    return vl_convert.svg_to_png(drawing, scale=_PNG_SCALE)


def inline(drawing: str, *, name: str, kind: str, description: str) -> Markup:
    """The drawing as part of a page: colours that follow the page's theme, one description for all of it, and no name that
    another drawing of the page has too. Vega escapes the texts inside."""
    box = _VIEW_BOX.search(drawing)
    if box is None:
        raise ValueError(f"{name}: the drawing has no size")
    width, height = (float(end) for end in box.groups())
    body = _OPEN_TAG.sub("", drawing, count=1)
    body = theme.to_variables(_MARK_ROLE.sub("", _shortened(body)))
    body = _IDENTIFIER.sub(rf"\g<1>{name}-{kind}-", body)
    tag = (
        f'<svg class="plot {kind}" viewBox="0 0 {width:.0f} {height:.0f}" style="max-width:{width:.0f}px" role="img" '
        f'aria-label="{escape(description)}">'
    )
    return Markup(tag + body)  # noqa: S704 (made of escaped texts by Vega; tests/report/test_hostile.py)


def _shortened(body: str) -> str:
    """Hundredths of a pixel are enough; only attribute values are touched, not texts."""
    return re.sub(r'\b(transform|d|x2|y2)="[^"]*"', lambda found: _DECIMALS.sub(r"\1", found[0]), body)
