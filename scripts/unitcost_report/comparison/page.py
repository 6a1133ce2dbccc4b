"""The page of a comparison, a gate, a duel or a pilot."""

from __future__ import annotations

from dataclasses import dataclass

from unitcost_report import shell, units
from unitcost_report.comparison import gating, words
from unitcost_report.comparison.model import Comparison, Document, Duel, Side
from unitcost_report.comparison.row import OUTCOMES, STATES, Row
from unitcost_report.drawn import Drawn

_STYLES = ("page.css", "comparison.css")
_MOST_NAMED = 6
_EVIDENCE = {"comparison": "sessions a side", "gate": "sessions a side", "duel": "pairs more a case", "pilot": "pairs"}


@dataclass(frozen=True)
class View:
    """One comparison as the page shows it."""

    comparison: Comparison
    figures: tuple[Drawn, ...]
    counts: list[tuple[str, int]]
    summary: str
    questions: str
    sides: list[tuple[str, str, str]]
    notable: list[Row]
    not_named: int


def html(document: Document, figures: list[list[Drawn]], language: str) -> str:
    """The whole page."""
    views = [_view(document, *pair) for pair in zip(document.comparisons, figures, strict=True)]
    rows = [row for comparison in document.comparisons for row in comparison.judged]
    paired = [row for comparison in document.comparisons for row in comparison.rows]
    filters = {
        "change": units.change,
        "outcome": STATES.get,
        "direction": words.direction,
        "gating": words.gating,
        "day": lambda moment: moment[:10],
    }
    return shell.render(
        "pilot.html.j2" if document.kind == "pilot" else "comparison.html.j2",
        language,
        filters,
        styles=_STYLES,
        title=title(document),
        document=document,
        duel=document.duel,
        gate=document.gate,
        answer=gating.answer(document) if document.gate else None,
        views=views,
        row_counts=words.counts(rows),
        control=control_sentence(document.duel, paired) if document.duel else "",
        fact_groups=shell.fact_groups(document.duel.machine) if document.duel else [],
        change_interval=units.change_interval,
        minutes=minutes,
        when=_when(document),
        plain={"preview": False},
    )


def minutes(seconds: float | None) -> str:
    """`1.5 min`."""
    return "" if seconds is None else f"{seconds / 60:.1f}{units.NO_BREAK}min"


def title(document: Document) -> str:
    """What the page is about."""
    if document.kind == "pilot":
        return "How much pairs of one program scatter"
    first = document.comparisons[0]
    if document.gate:
        baselines = " and ".join(one.a.name for one in document.comparisons)
        return f"Gate {document.gate.word}: {first.b.name} against {baselines}"
    if len(document.comparisons) == 1:
        return f"{first.b.name} against {first.a.name}" + (", in pairs" if document.kind == "duel" else "")
    return f"{len(document.comparisons)} sides against {first.a.name}"


def _view(document: Document, comparison: Comparison, figures: list[Drawn]) -> View:
    rows = comparison.judged
    outcomes = OUTCOMES if document.gate is None else STATES
    notable = [row for outcome in ("regression", "improvement") for row in rows if row.outcome == outcome]
    return View(
        comparison=comparison,
        figures=tuple(figures),
        counts=[(name, comparison.count(outcome)) for outcome, name in outcomes.items()],
        summary=words.summary(rows),
        questions=words.open_questions(rows, _EVIDENCE[document.kind]),
        sides=_duel_sides(comparison, document.duel) if document.duel else _sides(comparison),
        notable=notable[:_MOST_NAMED],
        not_named=max(0, len(notable) - _MOST_NAMED),
    )


def _sides(comparison: Comparison) -> list[tuple[str, str, str]]:
    """Row by row what either side is made of."""
    rows = [
        ("sessions", *(str(len(side.sessions)) for side in (comparison.a, comparison.b))),
        ("machine and kernel", *(_each(side, "line") for side in (comparison.a, comparison.b))),
        ("machine id", *(_each(side, "machine_id") for side in (comparison.a, comparison.b))),
        ("commit", *(_each(side, "commit") for side in (comparison.a, comparison.b))),
        ("measured", *(_days(side) for side in (comparison.a, comparison.b))),
        ("profile", *(_each(side, "profile") for side in (comparison.a, comparison.b))),
        ("made by", *(_each(side, "source") for side in (comparison.a, comparison.b))),
    ]
    return [row for row in rows if row[1] != units.DASH or row[2] != units.DASH]


def _each(side: Side, name: str) -> str:
    """The different values of the sessions, the first few of them."""
    values = list(dict.fromkeys(value for one in side.sessions if (value := getattr(one, name))))
    more = f" and {len(values) - _MOST_NAMED} more" if len(values) > _MOST_NAMED else ""
    return "; ".join(values[:_MOST_NAMED]) + more or units.DASH


def _days(side: Side) -> str:
    moments = sorted(one.started_utc[:16].replace("T", " ") for one in side.sessions if one.started_utc)
    ends = list(dict.fromkeys(moments[:1] + moments[-1:]))
    return f"{' to '.join(ends)} UTC" if ends else units.DASH


def _when(document: Document) -> str:
    """How much was compared, and from when it is."""
    sides = [document.comparisons[0].a, *(comparison.b for comparison in document.comparisons)]
    if document.gate:
        sides = [*(comparison.a for comparison in document.comparisons), document.comparisons[0].b]
    counts = [f"{len(side.sessions)} session{'' if len(side.sessions) == 1 else 's'} of {side.name}" for side in sides]
    days = sorted(one.started_utc[:10] for side in sides for one in side.sessions if one.started_utc)
    ends = " to ".join(dict.fromkeys(days[:1] + days[-1:]))
    return " · ".join(part for part in (", ".join(counts), ends) if part)


def _duel_sides(comparison: Comparison, duel: Duel) -> list[tuple[str, str, str]]:
    """The same of a duel, where machine and time are one."""
    sides = (comparison.a, comparison.b)
    names = dict.fromkeys(name for side in sides for name, _ in side.about)
    about = [(name, *(dict(side.about).get(name, units.DASH) for side in sides)) for name in names]
    different = len(comparison.differing)
    of_b = f"{len(comparison.b.digests)}, of which {different or 'none'} differ{'s' if different == 1 else ''}"
    began = f"{duel.started_utc[:16].replace('T', ' ')} UTC, {duel.pairs_in_words} a case"
    return [
        ("programs", str(len(comparison.a.digests)), of_b),
        *about,
        ("machine and kernel", duel.line or units.DASH, "the same"),
        ("measured", began, "at the same time, in turns"),
    ]


def control_sentence(duel: Duel, rows: list[Row]) -> str:
    """Whether A against itself was quiet. The document says which fired."""
    fired = duel.controls_fired
    if fired:
        named = ", ".join(fired[:_MOST_NAMED]) + (
            f" and {len(fired) - _MOST_NAMED} more" if len(fired) > _MOST_NAMED else ""
        )
        return f"The null control fired: A differs from itself in {named}. Nothing may be gated on this duel."
    limit = units.percent(duel.least_margin)
    silent = sum(row.control is None or row.control.low is None for row in rows)
    if silent:
        return f"The null control has too few pairs for an interval in {silent} of {len(rows)} cases."
    return (
        f"The null control is quiet: in no case is A shown to differ from itself by more than {limit}." if rows else ""
    )
