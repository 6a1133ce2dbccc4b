"""The page of a run: one HTML file with everything in it, from the analysis and the drawings."""

from __future__ import annotations

from dataclasses import dataclass

from unitcost_report import ledger, model, shell
from unitcost_report.drawn import Drawn

_MOST_SURPRISES = 5


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


def html(analysis: model.Analysis, figures: dict[str, Drawn], language: str) -> str:
    """The whole page."""
    sizes = ledger.size_axes(analysis)
    filters = {
        "anchor": ledger.anchor,
        "parts": lambda claim: ledger.parts_in_words(claim, sizes),
        "range": ledger.range_of_parts,
    }
    return shell.render(
        "page.html.j2",
        language,
        filters,
        title=analysis.run.label or analysis.run.fact("cpu_model") or "a machine",
        analysis=analysis,
        run=analysis.run,
        sections=_sections(analysis, figures),
        ladder=figures.get("ladder"),
        noise=figures.get("noise"),
        groups=ledger.groups(analysis),
        open_claims=ledger.open_claims(analysis),
        counts=ledger.counts(analysis),
        row_counts=ledger.row_counts(analysis),
        surprises=[claim for claim in analysis.claims if claim.verdict == "refuted"],
        most_surprises=_MOST_SURPRISES,
        fact_groups=shell.fact_groups(analysis.run.machine),
    )


def _sections(analysis: model.Analysis, figures: dict[str, Drawn]) -> list[Section]:
    by_scenario: dict[str, list[Drawn]] = {}
    for figure in analysis.figures:
        by_scenario.setdefault(figure.scenario, []).append(figures[figure.id])
    return [
        Section(scenario, "scenario-" + ledger.anchor(scenario).removeprefix("claim-"), tuple(found))
        for scenario, found in by_scenario.items()
    ]
