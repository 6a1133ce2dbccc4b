"""One case on two sides, as a figure draws it and a table prints it."""

from __future__ import annotations

from dataclasses import dataclass

# As the documents write them, in the order in which a reader wants to know them; and as the page says them.
OUTCOMES = {
    "regression": "regression",
    "improvement": "improvement",
    "inconclusive": "inconclusive",
    "equivalent": "no relevant change",
}
# What a gate says of a case, with what the comparison says of those that it lets pass, in the same order.
STATES = {
    "regression": "regression",
    "accepted": "accepted",
    "inconclusive": "inconclusive",
    "improvement": "improvement",
    "not worse": "not worse",
    "equivalent": "no relevant change",
}


def program_of(key: str) -> str:
    """The part of a case's key before its own name."""
    return key.partition(":")[0]


@dataclass(frozen=True)
class Span:
    """A ratio, B over A, with its interval; 1 is no change."""

    ratio: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Acceptance:
    """The rule by which a gate lets a change for the worse pass."""

    commit: str
    until: str  # the last day
    reason: str
    at_most_ratio: float | None  # beyond this it is no longer that change


@dataclass(frozen=True)
class Gating:
    """What a gate adds to a row."""

    gates: bool  # it could have failed the gate
    accepted: Acceptance | None = None


@dataclass(frozen=True)
class Row:
    """A case and one counter of it."""

    anchor: str
    key: str
    counter: str
    unit: str
    lower_is_better: bool | None  # None: neither is
    a: float | None
    b: float | None
    found: Span
    margin_ratio: float  # 0.01: what changes by less than 1 % is no relevant change
    outcome: str  # of OUTCOMES; of a gate's row of STATES
    reason: str
    marked: bool
    evidence: str  # "20 pairs", "5 and 5 sessions"
    numbers: tuple[tuple[str, str], ...] = ()  # what else is known, in words
    visible_ratio: float | None = None  # a change by this factor would have been found nine times in ten
    more: int | None = None  # of an inconclusive row: pairs more, or sessions a side, that would tell
    more_s: float | None = None  # and the time they take
    control: Span | None = None  # A against itself: its copy, or another link order of it
    control_fired: bool = False

    foreign: bool = False  # a name of another tool, in which a colon means nothing
    has_band: bool = True  # false: a margin so wide that nothing is called "no relevant change"
    gating: Gating | None = None  # of a gate

    @property
    def margin(self) -> tuple[float, float]:
        """The ends of what is no relevant change."""
        return (1 / (1 + self.margin_ratio), 1 + self.margin_ratio)

    @property
    def threshold(self) -> float | None:
        """The ratio beyond which the case fails a gate; None where it cannot fail one."""
        if self.gating is None or not self.gating.gates or self.lower_is_better is None:
            return None
        return self.margin[1 if self.lower_is_better else 0]

    @property
    def program(self) -> str:
        """The part of the key that names the program; of other tools' names, the part before the first slash."""
        return self.key.partition("/")[0] if self.foreign else program_of(self.key)

    @property
    def name(self) -> str:
        """The case's own name."""
        return self.key if self.foreign else self.key.partition(":")[2] or self.key
