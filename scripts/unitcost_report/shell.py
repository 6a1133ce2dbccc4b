"""What every page has in common: templates, style, script, theme, and numbers in words."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from unitcost_report import model, units
from unitcost_report.charts import theme
from unitcost_report.comparison.row import STATES

_TEMPLATES = Path(__file__).parent / "templates"
_ANSWERS = {"passed": "holds", "failed": "refuted"}  # of a gate, with the signs of verdicts
_SLUGS = {word: word.replace(" ", "-") for word in (*model.VERDICTS, *STATES.values())} | _ANSWERS
_KINDS = (("identity", "The machine"), ("set-up", "How it is set up"), ("moving", "At the time of the run"))


def render(
    template: str,
    language: str,
    filters: Mapping[str, Callable],
    *,
    styles: tuple[str, ...] = ("page.css",),
    **context: Any,  # noqa: ANN401
) -> str:
    """A whole page. Every text of the context is escaped; the script is allowed by its hash alone."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "quantity": units.quantity,
        "percent": units.percent,
        "duration": units.duration,
        "count": lambda value: units.number(value, whole=True),
        "counted": units.plural,
        "size": lambda value: units.quantity(value, "bytes"),
        "sentence": sentence,
        "state": lambda status: "not finished: it goes on, or was killed" if status == "running" else status,
        "slug": lambda verdict: _SLUGS.get(verdict, "reported"),
        "words": lambda text: _words(text, language),
        **filters,
    }
    environment.globals |= {"estimate": units.estimate, "interval": units.interval, "fact": fact_text}
    script = (_TEMPLATES / "page.js").read_text(encoding="utf-8")
    style = "".join((_TEMPLATES / name).read_text(encoding="utf-8") for name in styles)
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return environment.get_template(template).render(
        language=language,
        style=Markup(style),  # noqa: S704 (our own file)
        script=Markup(script),  # noqa: S704 (our own file)
        script_digest=digest,
        light=Markup(theme.css_variables(dark=False)),  # noqa: S704 (our own constants)
        dark=Markup(theme.css_variables(dark=True)),  # noqa: S704 (our own constants)
        **context,
    )


def fact_groups(facts: tuple[model.Fact, ...]) -> list[tuple[str, list[model.Fact]]]:
    """The facts of a machine under their headings."""
    return [(title, [fact for fact in facts if fact.kind == kind]) for kind, title in _KINDS]


def _words(text: model.Text, language: str) -> Markup:
    """A text for people; one in another language than the page's own words, which are English, says so."""
    found = text.language(language)
    if found == "en":
        return Markup.escape(text.get(language))
    return Markup('<span lang="{}">{}</span>').format(found, text.get(language))


def sentence(text: str) -> str:
    """The text with a capital letter, unless it begins with a name of ours."""
    first = text.split(" ", 1)[0]
    return text if re.search(r"[A-Z0-9/_:.]", first.rstrip(",:;.")) else text[:1].upper() + text[1:]


def fact_text(name: str, value: Any) -> str:  # noqa: ANN401
    """A fact about the machine as people read it; `_bytes` in the name makes it a size."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        is_size = name == "bytes" or name.endswith("_bytes")
        return units.quantity(value, "bytes") if is_size else units.number(value, whole=True, strip=True)
    if isinstance(value, list):
        return "; ".join(fact_text(name, element) for element in value)
    if isinstance(value, dict):
        if {"level", "type", "bytes"} <= value.keys():
            return cache_text(value)
        return "; ".join(_members(value))
    return str(value)


def _members(value: dict[str, Any]) -> Iterator[str]:
    for key, member in value.items():
        yield f"{key}: {fact_text(key, member)}"


def cache_text(cache: dict[str, Any]) -> str:
    """`L1 data 48 KiB`, and by how many CPUs it is shared."""
    shared = cache.get("shared_by")
    size = units.quantity(cache["bytes"], "bytes")
    by = f", shared by {shared} CPUs" if isinstance(shared, int) and shared > 1 else ""
    return f"L{cache['level']} {cache['type']} {size}{by}"
