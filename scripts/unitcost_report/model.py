"""What the report knows of a run: analysis.json (docs/formats.md, section 4) as values. Units stand beside the numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from unitcost_report.comparison.row import Row

Interval = tuple[float | None, float | None]

VERDICTS = ("holds", "holds in part", "refuted", "undecided", "reported", "not measurable")


@dataclass(frozen=True)
class Text:
    """A text for people, by language."""

    by_language: dict[str, str]

    def language(self, wanted: str) -> str:
        """The language that the reader gets: the wanted one, English, or whatever there is."""
        for language in (wanted, "en", *sorted(self.by_language)):
            if self.by_language.get(language):
                return language
        return wanted

    def get(self, wanted: str) -> str:
        """The text in that language; empty where there is none."""
        return self.by_language.get(self.language(wanted), "")


@dataclass(frozen=True)
class Fact:
    """One fact about machine or build; `value` is null with a reason where it could not be read."""

    name: str
    kind: str  # identity | set-up | moving
    value: Any
    reason: str


@dataclass(frozen=True)
class Run:
    """The run that the report is about."""

    id: str
    machine_id: str
    label: str
    status: str  # complete | interrupted | running
    profile: str
    preview: bool
    seed: int
    started_utc: str
    ended_utc: str
    wall_s: float | None
    harness_share: float | None
    rounds: int
    blocks: int
    contaminated: int
    repeated: int
    failed: int
    cases: int
    unmeasurable: int
    machine: tuple[Fact, ...]
    build: tuple[Fact, ...]
    warnings: tuple[str, ...]
    line: str

    def fact(self, name: str) -> Any:  # noqa: ANN401
        """The value of a machine fact, or None."""
        return next((fact.value for fact in self.machine if fact.name == name), None)


@dataclass(frozen=True)
class Check:
    """A control or a ceiling: what guards a verdict."""

    text: str
    value: float | None
    interval: Interval
    passed: bool


@dataclass(frozen=True)
class Part:
    """The verdict for one value of a swept parameter."""

    at: dict[str, str]
    value: float | None
    interval: Interval
    verdict: str


@dataclass(frozen=True)
class Claim:
    """One row of the ledger."""

    id: str
    variant: str
    scenario: str
    source_key: str
    source_section: str
    says: Text
    expected: str
    verdict: str
    value: float | None
    interval: Interval
    unit: str
    n: int
    coverage: float | None
    method: str
    reason: str
    control: Check | None
    ceiling: Check | None
    parts: tuple[Part, ...]
    conflicts: tuple[str, ...]
    guest: bool
    left_out: bool  # the run's profile or --only left its cases, or those of its control, out

    @property
    def asks(self) -> bool:
        """Whether it expects something; else its value is only reported."""
        return self.expected not in {"", "reported"}


@dataclass(frozen=True)
class ClaimSummary:
    """The verdict on a claim over all its variants."""

    id: str
    verdict: str
    variants: tuple[str, ...]
    holds_for: tuple[str, ...]
    refuted_for: tuple[str, ...]


@dataclass(frozen=True)
class Axis:
    """A figure's axis; `lower_is_better` is None where neither is."""

    name: str
    title: str
    unit: str
    scale: str  # linear | log
    lower_is_better: bool | None

    @property
    def shown_unit(self) -> str:
        """The unit to print behind values: none where the title already says what is counted."""
        return "" if self.unit == self.title else self.unit


@dataclass(frozen=True)
class Point:
    """One value of a figure; `x` is None where rows have names."""

    x: float | None
    text: str
    y: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class Series:
    """Points that belong together."""

    label: str
    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Band:
    """A claim's expectation on the value axis; an end that is None is open."""

    claim: str
    text: str
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Mark:
    """A place on an axis that was detected in the data, or that the kernel reports."""

    axis: str
    at: float
    text: str
    kind: str  # detected | reported


@dataclass(frozen=True)
class LadderRow:
    """One rung: what was measured and what the notes say, in nanoseconds."""

    text: str
    value_ns: float | None
    low_ns: float | None
    high_ns: float | None
    n: int
    scenario: str
    key: str
    notes_low_ns: float | None
    notes_high_ns: float | None
    notes_text: str
    claim: str
    verdict: str


@dataclass(frozen=True)
class NoisePoint:
    """The reference spin around one block, against its median in round 0."""

    t_s: float
    reference_ratio: float | None
    steal_ticks: float | None
    contaminated: bool


@dataclass(frozen=True)
class Figure:
    """One figure: what is drawn, what it answers and what stands under it."""

    id: str
    scenario: str
    kind: str
    title: Text
    question: Text
    why: Text
    reading: Text
    x: Axis | None
    y: Axis
    series: tuple[Series, ...]
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    foot: str
    ladder: tuple[LadderRow, ...] = ()
    noise: tuple[NoisePoint, ...] = ()
    forest: tuple[Row, ...] = ()
    counted: str = "block"  # what `n` of a point counts


@dataclass(frozen=True)
class Level:
    """A plateau of the memory hierarchy."""

    name: str
    text: str
    value: float | None
    interval: Interval
    unit: str
    from_bytes: float | None
    to_bytes: float | None
    n: int


@dataclass(frozen=True)
class Cliff:
    """A step of the curve: the size of a cache, or why there is none."""

    name: str
    bytes: float | None
    interval: Interval
    reason: str


@dataclass(frozen=True)
class ReportedCache:
    """A cache as the kernel reports it."""

    level: int
    type: str
    bytes: float | None


@dataclass(frozen=True)
class Hierarchy:
    """Levels and cliffs found in a curve."""

    scenario: str
    case: str
    levels: tuple[Level, ...]
    cliffs: tuple[Cliff, ...]
    reported: tuple[ReportedCache, ...]


@dataclass(frozen=True)
class Estimate:
    """One counter of one case."""

    key: str
    scenario: str
    label: str
    axes: dict[str, str]
    counter: str
    unit: str
    value: float | None
    interval: Interval
    coverage: float | None
    n: int
    minimum: float | None
    lag1: float | None
    widened: bool
    contaminated: int


@dataclass(frozen=True)
class Missing:
    """A case without a value: not measurable here, or failed."""

    key: str
    scenario: str
    label: str
    reason: str
    blocks: int


@dataclass(frozen=True)
class Analysis:
    """The whole document. `ladder` and `noise` are figures like the others."""

    id: str
    tool: str
    run: Run
    claims: tuple[Claim, ...]
    summary: tuple[ClaimSummary, ...]
    hierarchy: Hierarchy | None
    estimates: tuple[Estimate, ...]
    unmeasurable: tuple[Missing, ...]
    failed: tuple[Missing, ...]
    figures: tuple[Figure, ...]
    ladder: Figure | None
    noise: Figure | None
    all_figures: tuple[Figure, ...] = field(init=False)

    @property
    def languages(self) -> set[str]:
        """Those that some text for people is in; English always, as the page's own words are."""
        texts = [claim.says for claim in self.claims]
        for one in self.figures:
            texts += [one.title, one.question, one.why, one.reading]
        return {"en"}.union(*(text.by_language for text in texts))

    def __post_init__(self) -> None:
        ends = (self.ladder, *self.figures, self.noise)
        object.__setattr__(self, "all_figures", tuple(figure for figure in ends if figure))
