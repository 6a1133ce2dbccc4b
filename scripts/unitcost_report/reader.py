"""Checked reading of JSON: every error names the place, and no text leaves here that a page or an SVG cannot hold."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

SCHEMA = 1  # of every document that is read here

# XML 1.0 has no place for control characters and lone surrogates; a figure is XML.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


class BadAnalysisError(Exception):
    """The document is missing, is not JSON, or says something that the format does not allow."""


def clean(text: str) -> str:
    """The text on one line, without characters that XML cannot hold."""
    return _UNPRINTABLE.sub(" ", text)


@dataclass(frozen=True)
class Node:
    """A value of the document and where it stands, as in `figures[2].kind`."""

    value: Any
    path: str = ""

    def fail(self, expected: str) -> BadAnalysisError:
        """The error to raise: what was expected here and what was found."""
        found = "nothing" if self.value is None else f"{type(self.value).__name__} {str(self.value)[:40]!r}"
        return BadAnalysisError(f"{self.path or 'document'}: expected {expected}, found {found}")

    def get(self, key: str) -> Node:
        """The member `key`; a missing one reads as null."""
        if not isinstance(self.value, dict):
            raise self.fail("an object")
        return Node(self.value.get(key), f"{self.path}.{key}" if self.path else key)

    def list(self) -> Iterator[Node]:
        """The elements; null reads as an empty list."""
        if self.value is None:
            return
        if not isinstance(self.value, list):
            raise self.fail("a list")
        for i, element in enumerate(self.value):
            yield Node(element, f"{self.path}[{i}]")

    def items(self) -> Iterator[tuple[str, Node]]:
        """The members; null reads as an empty object."""
        if self.value is None:
            return
        if not isinstance(self.value, dict):
            raise self.fail("an object")
        for key in self.value:
            yield clean(key), self.get(key)

    def text(self, default: str | None = "") -> str:
        """A text; null reads as `default`, and is an error where there is none."""
        if self.value is None and default is not None:
            return default
        if not isinstance(self.value, str):
            raise self.fail("a text")
        return clean(self.value)

    def number(self) -> float | None:
        """A finite number or null."""
        if self.value is None:
            return None
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.fail("a number or null")
        if not math.isfinite(self.value):
            raise self.fail("a finite number")
        return self.value

    def count(self) -> int:
        """A whole number; null reads as none."""
        value = self.number()
        if value is None:
            return 0
        if value != int(value):
            raise self.fail("a whole number")
        return int(value)

    def flag(self) -> bool:
        """True or false; null reads as false."""
        if self.value is None:
            return False
        if not isinstance(self.value, bool):
            raise self.fail("true or false")
        return self.value

    def interval(self) -> tuple[float | None, float | None]:
        """Two numbers, or null: no interval."""
        if self.value is None:
            return (None, None)
        ends = list(self.list())
        if len(ends) != 2:
            raise self.fail("two numbers")
        return (ends[0].number(), ends[1].number())


Document = TypeVar("Document")


def read(path: Path, build: Callable[[Node], Document]) -> Document:
    """The document in `path`, made from its root by `build`. Throws BadAnalysisError with file and place."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse)
    except OSError as error:
        raise BadAnalysisError(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise BadAnalysisError(f"{path}: not JSON: {error}") from error
    try:
        root = Node(value)
        schema = root.get("schema")
        if schema.value != SCHEMA:
            raise schema.fail(f"schema {SCHEMA}, which this renderer reads")
        return build(root)
    except BadAnalysisError as error:
        raise BadAnalysisError(f"{path}: {error}") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number in JSON")
