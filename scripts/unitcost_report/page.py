"""The page: one HTML file with everything in it, from the analysis and the drawings."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from unitcost_report import describe, ledger, model, tables, units
from unitcost_report.charts import theme

_TEMPLATES = Path(__file__).parent / "templates"
_SLUGS = {verdict: verdict.replace(" ", "-") for verdict in model.VERDICTS}
_KINDS = (("identity", "The machine"), ("set-up", "How it is set up"), ("moving", "At the time of the run"))
_MOST_SURPRISES = 5


@dataclass(frozen=True)
class Drawn:
    """A figure ready for the page; the drawings are empty where there is only a table."""

    figure: model.Figure
    wide: Markup
    narrow: Markup
    table: tables.Table
    description: str
    files: tuple[tuple[str, str], ...]  # words, address
    citation: str
    claims: tuple[model.Claim, ...]


@dataclass(frozen=True)
class Section:
    """One scenario: a question, its figures, how to read them, and the claims that they judge, each said once."""

    scenario: str
    anchor: str
    figures: tuple[Drawn, ...]

    @property
    def name(self) -> str:
        """The scenario's short name, for the contents."""
        return self.scenario.rpartition("/")[2].replace("_", " ")

    @property
    def lead(self) -> model.Figure:
        """The figure that carries the scenario's texts."""
        return self.figures[0].figure

    @property
    def readings(self) -> tuple[model.Text, ...]:
        """How to read the figures, without repetition."""
        found: list[model.Text] = []
        for one in self.figures:
            if one.figure.reading.by_language and one.figure.reading not in found:
                found.append(one.figure.reading)
        return tuple(found)

    @property
    def claims(self) -> tuple[model.Claim, ...]:
        """The claims of all figures, without repetition."""
        found: list[model.Claim] = []
        for one in self.figures:
            found += [claim for claim in one.claims if claim not in found]
        return tuple(found)


def drawn(figure: model.Figure, analysis: model.Analysis, language: str, wide: Markup, narrow: Markup) -> Drawn:
    """Everything that stands around a drawing."""
    base = f"figures/{figure.id}"
    files = [("SVG", ".svg"), ("SVG dark", ".dark.svg"), ("PNG", ".png"), ("Vega-Lite", ".vl.json")] if wide else []
    named = {band.claim for band in figure.bands}
    return Drawn(
        figure=figure,
        wide=wide,
        narrow=narrow,
        table=tables.table(figure),
        description=describe.figure(figure, language),
        files=tuple((words, base + ending) for words, ending in [*files, ("CSV", ".csv")]),
        citation=f"{analysis.run.id}/{analysis.id}/{figure.id}",
        claims=tuple(claim for claim in analysis.claims if claim.id in named),
    )


def html(analysis: model.Analysis, figures: dict[str, Drawn], language: str) -> str:
    """The whole page. Every text of the analysis is escaped; the script is allowed by its hash alone."""
    sizes = ledger.size_axes(analysis)
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
        "size": lambda value: units.quantity(value, "bytes"),
        "sentence": sentence,
        "slug": lambda verdict: _SLUGS.get(verdict, "reported"),
        "anchor": ledger.anchor,
        "parts": lambda claim: ledger.parts_in_words(claim, sizes),
        "range": ledger.range_of_parts,
        "words": lambda text: _words(text, language),
    }
    environment.globals |= {"estimate": units.estimate, "interval": units.interval, "fact": fact_text}
    script = (_TEMPLATES / "page.js").read_text(encoding="utf-8")
    style = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return environment.get_template("page.html.j2").render(
        analysis=analysis,
        run=analysis.run,
        language=language,
        sections=_sections(analysis, figures),
        ladder=figures.get("ladder"),
        noise=figures.get("noise"),
        groups=ledger.groups(analysis),
        counts=ledger.counts(analysis),
        row_counts=ledger.row_counts(analysis),
        surprises=[claim for claim in analysis.claims if claim.verdict == "refuted"],
        most_surprises=_MOST_SURPRISES,
        fact_groups=[(title, [f for f in analysis.run.machine if f.kind == kind]) for kind, title in _KINDS],
        style=Markup(style),  # noqa: S704 (our own file)
        script=Markup(script),  # noqa: S704 (our own file)
        script_digest=digest,
        light=Markup(theme.css_variables(dark=False)),  # noqa: S704 (our own constants)
        dark=Markup(theme.css_variables(dark=True)),  # noqa: S704 (our own constants)
    )


def _words(text: model.Text, language: str) -> Markup:
    """A text for people; one in another language than the page's says so."""
    found = text.language(language)
    if found == language:
        return Markup.escape(text.get(language))
    return Markup('<span lang="{}">{}</span>').format(found, text.get(language))


def _sections(analysis: model.Analysis, figures: dict[str, Drawn]) -> list[Section]:
    by_scenario: dict[str, list[Drawn]] = {}
    for figure in analysis.figures:
        by_scenario.setdefault(figure.scenario, []).append(figures[figure.id])
    return [
        Section(scenario, "scenario-" + ledger.anchor(scenario).removeprefix("claim-"), tuple(found))
        for scenario, found in by_scenario.items()
    ]


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
