"""Colours of the page and its figures, in a light and a dark theme.

Figures are drawn once, in the light colours. Every colour is one token, so that a drawing becomes the dark one by exchanging
tokens, and the page's drawing follows the reader's theme through CSS variables of the same names.
Series colours are Okabe and Ito's (distinct with every kind of colour vision), darkened or lightened until they
reach 3 : 1 against the surface; texts reach 4.5 : 1. Series differ in shape and dash as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"  # Arial's widths everywhere: labels stay where they were set


@dataclass(frozen=True)
class Token:
    """One colour under its name in both themes. No two tokens share a light colour."""

    name: str
    light: str
    dark: str


TOKENS = (
    Token("surface", "#ffffff", "#181b20"),
    Token("ink", "#1c2127", "#e9ecf0"),
    Token("muted", "#59636e", "#a3adb8"),
    Token("grid", "#e4e7eb", "#30363e"),
    Token("axis", "#9aa4af", "#68727d"),
    Token("notes", "#9c3f80", "#e9a6cf"),
    Token("series-1", "#0072b2", "#5db4ec"),
    Token("series-2", "#d15b00", "#ff9350"),
    Token("series-3", "#008562", "#35cba0"),
    Token("series-4", "#6a4fb3", "#b9a2ff"),
    Token("series-5", "#a97200", "#f2bd3d"),
    Token("series-6", "#3c4650", "#c4ccd4"),
    Token("series-7", "#2e8fbf", "#a5dcf7"),
    Token("series-8", "#85801a", "#e6de60"),
    Token("alarm", "#c2410d", "#ff8f5c"),
)
_BY_NAME = {token.name: token for token in TOKENS}
_BY_LIGHT = {token.light: token for token in TOKENS}

SERIES_COLOURS = tuple(token.light for token in TOKENS if token.name.startswith("series-"))
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right", "triangle-left")
DASHES = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 4], [12, 3], [6, 2, 2, 2, 2, 2], [3, 5])

_COLOUR_ATTRIBUTE = re.compile(r'\b(fill|stroke)="(#[0-9a-f]{6})"')


def colour(name: str) -> str:
    """The light colour of a token: what specs are written in."""
    return _BY_NAME[name].light


def to_dark(svg: str) -> str:
    """The same drawing in the dark theme."""
    return _COLOUR_ATTRIBUTE.sub(lambda found: f'{found[1]}="{_token(found[2]).dark}"', svg)


def to_variables(svg: str) -> str:
    """The same drawing with colours that follow the page's theme."""
    return _COLOUR_ATTRIBUTE.sub(lambda found: f'{found[1]}="var(--{_token(found[2]).name})"', svg)


def _token(light: str) -> Token:
    token = _BY_LIGHT.get(light)
    if token is None:
        raise ValueError(f"colour {light} is drawn but is no token of the theme")
    return token


def css_variables(dark: bool) -> str:
    """The tokens as CSS custom properties."""
    return " ".join(f"--{token.name}: {token.dark if dark else token.light};" for token in TOKENS)
