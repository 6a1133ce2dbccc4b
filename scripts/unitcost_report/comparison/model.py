"""What a page knows of a comparison: the documents of `unitcost compare` and `unitcost duel` (docs/formats.md, sections 6 and 7)
as values."""

from __future__ import annotations

from dataclasses import dataclass

from unitcost_report import model, units
from unitcost_report.comparison.row import Row, Span


@dataclass(frozen=True)
class Session:
    """A run, or a result file of another tool."""

    source: str
    name: str
    id: str
    machine_id: str
    label: str
    commit: str
    started_utc: str
    profile: str
    line: str  # machine, kernel, date; empty where they are not recorded


@dataclass(frozen=True)
class Side:
    """What one side is made of: sessions of a comparison, programs of a duel."""

    name: str
    sessions: tuple[Session, ...] = ()
    digests: tuple[tuple[str, str], ...] = ()  # program, first digits of its hash
    about: tuple[tuple[str, str], ...] = ()  # what else is said of a duel's side, as its commit

    @property
    def commits(self) -> tuple[str, ...]:
        """Each once, in order."""
        return tuple(dict.fromkeys(one.commit for one in self.sessions if one.commit))


@dataclass(frozen=True)
class SharedFact:
    """A fact about both sides; where they agree the values are the same."""

    name: str
    kind: str  # identity | set-up | moving
    a: tuple[str, ...]
    b: tuple[str, ...]
    declared_by: str  # "code", "kernel", "build", "machine" or nothing


@dataclass(frozen=True)
class Comparison:
    """Two sides and a row for each case and counter."""

    a: Side
    b: Side
    differing: tuple[SharedFact, ...]
    agreeing: tuple[SharedFact, ...]
    warnings: tuple[str, ...]
    rows: tuple[Row, ...]
    not_comparable: tuple[model.Missing, ...]
    method: str
    foot: str
    unpaired: tuple[Row, ...] = ()  # of a gate: cases of the baseline that have no partner

    @property
    def judged(self) -> tuple[Row, ...]:
        """Every case that has an outcome."""
        return self.rows + self.unpaired

    def count(self, outcome: str) -> int:
        """How many rows have this outcome."""
        return sum(row.outcome == outcome for row in self.judged)


@dataclass(frozen=True)
class Need:
    """Pairs that find a change of this size, and the time they take; None: more than a thousand."""

    effect: float
    pairs: int | None
    seconds: float | None


@dataclass(frozen=True)
class PilotCase:
    """How much pairs of a program and its own copy scatter."""

    anchor: str
    key: str
    counter: str
    unit: str
    a: float | None
    sd: float | None  # of the pairs' logarithms, robust: 0.01 is about 1 %
    found: Span
    n: int
    pair_s: float | None
    needs: tuple[Need, ...]
    numbers: tuple[tuple[str, str], ...] = ()  # what else is known, in words


@dataclass(frozen=True)
class Duel:
    """What is known of a duel or a pilot beside its rows."""

    id: str
    machine_id: str
    label: str
    status: str
    started_utc: str
    ended_utc: str
    wall_s: float | None
    seed: int
    profile: str
    only: tuple[str, ...]
    pairs: int  # planned for each case
    least_pairs: int  # that count, of the case with the fewest
    most_pairs: int  # and of that with the most
    pairs_run: int
    contaminated: int
    failed: int
    layout: str
    least_margin: float | None  # what is smaller is never called a difference
    machine: tuple[model.Fact, ...]
    build: tuple[model.Fact, ...]
    line: str
    gateable: bool
    not_gateable: str
    controls_fired: tuple[str, ...]
    only_in_a: tuple[str, ...]
    only_in_b: tuple[str, ...]

    @property
    def pairs_in_words(self) -> str:
        """How many pairs each case has: `20 pairs`; of a duel that is not whole `1 to 3 of 20 planned pairs`."""
        if self.least_pairs == self.most_pairs == self.pairs:
            return units.plural(self.pairs, "pair")
        ends = dict.fromkeys((self.least_pairs, self.most_pairs))
        return f"{' to '.join(map(str, ends))} of {self.pairs} planned pairs"

    def fact(self, name: str) -> object:
        """The value of a machine fact, or None."""
        return next((fact.value for fact in self.machine if fact.name == name), None)


@dataclass(frozen=True)
class Gate:
    """Whether a change may pass, and by what it was judged."""

    word: str  # passed | failed | inconclusive
    verdict: str  # counts, and of a pass what it could have missed
    lets_open_pass: bool  # inconclusive cases do not hold it up
    vary: tuple[str, ...]  # declared to differ
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """One page: several comparisons with a common first side, a gate over one side and its baselines, one duel, or one pilot."""

    kind: str  # comparison | gate | duel | pilot
    id: str
    tool: str
    file: str  # what the document is called beside the page
    comparisons: tuple[Comparison, ...]
    duel: Duel | None = None
    pilot: tuple[PilotCase, ...] = ()
    gate: Gate | None = None

    @property
    def source_id(self) -> str:
        """What a figure is cited by before the document: the duel; a comparison has none of its own."""
        return self.duel.id if self.duel else self.kind
